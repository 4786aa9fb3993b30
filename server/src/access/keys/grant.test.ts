import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { AppError } from '../../errors.ts';
import { DEFAULT_RATE_PER_MINUTE } from '../principal.ts';
import { SCOPE_NAMES, type ScopeName } from '../scopes.ts';
import { addressList, lieWithin, normalRanges } from './check/addresses.ts';
import { type Bounds, boundsOfKey, newRights, type Rights, refuseBeyond, withRequest } from './grant.ts';
import type { KeyRow } from './queries.ts';

const NETWORKS = [
  '10.0.0.0/8',
  '10.1.0.0/16',
  '10.1.2.0/24',
  '10.1.2.3',
  '192.0.2.0/24',
  '2001:db8::/32',
  '2001:db8:1::/48',
];
const ADDRESSES = [
  '10.0.0.1',
  '10.1.9.9',
  '10.1.2.3',
  '10.1.2.4',
  '192.0.2.7',
  '198.51.100.1',
  '2001:db8::1',
  '2001:db8:1::1',
];
const TIMES = [1, 5, 10, 50].map((days) => new Date(Date.UTC(2027, 0, days)));

const coin = (chance = 0.5) => Math.random() < chance;
const some = <T>(items: readonly T[], share: number) => items.filter(() => coin(share));
const one = <T>(items: readonly T[]): T => items[randomInt(items.length)] as T;

function randomRights(): Partial<Rights> {
  const agent = coin(0.2);
  return {
    environment: one(['live', 'test'] as const),
    scopes: coin(0.25) ? [] : [...some(SCOPE_NAMES, 0.5), 'events:read'],
    may_send: !agent && coin(),
    agent,
    expires_at: coin() ? null : one(TIMES),
    allowed_ips: coin() ? [] : normalRanges(some(NETWORKS, 0.4), 'allowed_ips'),
    rate_per_minute: coin() ? null : randomInt(1, 3_000),
    recipients_per_send: coin() ? null : randomInt(1, 100),
    recipients_per_day: coin() ? null : randomInt(1, 100),
    approval_above: coin() ? null : randomInt(0, 100),
  };
}

const rowOf = (rights: Partial<Rights>) =>
  ({ canary: false, retires_at: null, shadow_scopes: null, ...rights }) as KeyRow;

/** Everything a check could ask of a key: what it says yes to. */
function passes(rights: Rights): Set<string> {
  const list = addressList(rights.allowed_ips);
  const under = (most: number | null) => [0, 10, 50, 99, 1e9].filter((n) => most === null || n <= most);
  const scopes = rights.scopes.length === 0 ? ['a scope of a later version', ...SCOPE_NAMES] : rights.scopes;
  return new Set([
    rights.environment,
    ...scopes,
    ...(rights.may_send ? ['send'] : []),
    ...(rights.agent ? [] : ['not bound to agents']),
    ...ADDRESSES.filter((ip) => list?.allows(ip) ?? true),
    ...[...TIMES, new Date('2999-01-01')].filter((at) => !rights.expires_at || at < rights.expires_at).map(String),
    ...[1, 500, 1_000, 2_000]
      .filter((n) => n <= (rights.rate_per_minute ?? DEFAULT_RATE_PER_MINUTE))
      .map((n) => `rate ${n}`),
    ...under(rights.recipients_per_send).map((n) => `send ${n}`),
    ...under(rights.recipients_per_day).map((n) => `day ${n}`),
    ...under(rights.approval_above).map((n) => `unapproved ${n}`),
  ]);
}

function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof AppError && (error.status === 403 || error.status === 422)) return null;
    throw error;
  }
}

function request(rights: Partial<Rights>) {
  const leave = <T>(value: T): T | undefined => (coin(0.4) ? undefined : value);
  return {
    name: 'child',
    scopes: leave(rights.scopes),
    maySend: leave(rights.may_send),
    agent: leave(rights.agent),
    expiresAt: leave(rights.expires_at),
    allowedIps: leave(rights.allowed_ips),
    ratePerMinute: leave(rights.rate_per_minute),
    recipientsPerSend: leave(rights.recipients_per_send),
    recipientsPerDay: leave(rights.recipients_per_day),
    approvalAbove: leave(rights.approval_above),
  };
}

test('of ten thousand random children none passes a check that its parent fails', () => {
  let made = 0;
  for (let i = 0; i < 10_000; i++) {
    const parent = rowOf({ ...randomRights(), name: 'parent', description: '' });
    const bounds = boundsOfKey(parent);
    const wish = randomRights();
    const environment = coin(0.8) ? parent.environment : one(['live', 'test'] as const);
    const child = attempt(() => {
      const rights = newRights(request(wish), { environment, canary: false }, bounds);
      refuseBeyond(bounds, rights);
      return rights;
    });
    if (!child) continue;
    made++;
    const may = passes({ ...parent });
    expect([...passes(child)].filter((check) => !may.has(check))).toEqual([]);
  }
  expect(made).toBeGreaterThan(200);
});

test('of ten thousand random changes none gives a key what the caller lacks', () => {
  let made = 0;
  for (let i = 0; i < 10_000; i++) {
    const caller = rowOf({ ...randomRights(), name: 'caller', description: '' });
    const bounds = boundsOfKey(caller);
    const old = { ...rowOf({ ...randomRights(), name: 'old', description: '' }) };
    const changed = attempt(() => {
      const rights = withRequest(request(randomRights()), old);
      refuseBeyond(bounds, rights);
      return rights;
    });
    if (!changed) continue;
    made++;
    const may = passes({ ...caller });
    expect([...passes(changed)].filter((check) => !may.has(check))).toEqual([]);
  }
  expect(made).toBeGreaterThan(2);
});

const OWNER: Bounds = {
  environment: null,
  scopes: new Set<ScopeName>(SCOPE_NAMES),
  fullAccess: true,
  maySend: true,
  agent: false,
  endsAt: null,
  allowedIps: [],
  ratePerMinute: null,
  recipientsPerSend: null,
  recipientsPerDay: null,
  approvalAbove: null,
  permissions: null,
};
const LIVE = { environment: 'live' as const, canary: false };

test('a key for an agent never sends, and what an agent makes is for agents', () => {
  expect(() => newRights({ name: 'n', agent: true, maySend: true }, LIVE, OWNER)).toThrow('never send');
  const child = newRights({ name: 'n', scopes: ['events:read'] }, LIVE, { ...OWNER, agent: true });
  expect(child.agent).toBe(true);
  expect(() => refuseBeyond({ ...OWNER, agent: true }, { ...child, agent: false })).toThrow('agent');
});

test('what a request leaves out is taken over from a bounded maker', () => {
  const bounds = {
    ...OWNER,
    endsAt: TIMES[0] as Date,
    allowedIps: ['10.0.0.0/8'],
    ratePerMinute: 5,
    recipientsPerDay: 7,
  };
  const child = newRights({ name: 'n', scopes: ['events:read'] }, LIVE, bounds);
  expect(child).toMatchObject({
    expires_at: TIMES[0],
    allowed_ips: ['10.0.0.0/8'],
    rate_per_minute: 5,
    recipients_per_day: 7,
  });
  expect(() => refuseBeyond(bounds, child)).not.toThrow();
});

test('networks are compared by their numbers, IPv4 inside IPv6 too', () => {
  expect(normalRanges(['10.1.2.3/8', '::ffff:192.0.2.9', '::ffff:10.0.0.0/104', '2001:DB8::1/32'], 'f')).toEqual([
    '10.0.0.0/8',
    '192.0.2.9/32',
    '2001:db8::/32',
  ]);
  const list = addressList(['192.0.2.0/24', '2001:db8::/32']);
  for (const ip of ['192.0.2.1', '::ffff:192.0.2.1', '::ffff:c000:0201', '2001:db8:ffff::1']) {
    expect(list?.allows(ip), ip).toBe(true);
  }
  for (const ip of ['192.0.3.1', '::ffff:192.0.3.1', '2001:db9::1', '', 'nonsense', '192.0.2', 'fe80::1%eth0']) {
    expect(list?.allows(ip), ip).toBe(false);
  }
  for (const text of [
    '',
    '10.0.0.0/33',
    '10.0.0/8',
    '::/129',
    '10.0.0.0/8/8',
    '10.0.0.0/ 8',
    '0x7f.1',
    'host',
    '::ffff:10.0.0.0/8',
  ]) {
    expect(() => normalRanges([text], 'f'), text).toThrow('no address');
  }
  expect(lieWithin(['10.1.0.0/16'], ['10.0.0.0/8'])).toBe(true);
  expect(lieWithin(['10.0.0.0/8'], ['10.1.0.0/16'])).toBe(false);
  expect(lieWithin([], ['10.0.0.0/8'])).toBe(false);
  expect(addressList([])).toBeNull();
});
