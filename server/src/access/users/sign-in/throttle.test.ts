import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { newWorkspace, testApp } from '../../../../test/support/app.ts';
import { testDatabase } from '../../../../test/support/database.ts';
import { createSignInThrottle, LIMITS, networkOf, subnetOf } from './throttle.ts';

const MINUTE = 60_000;

/** A subnet that no other test has: /48 of documentation space. */
function newSubnet(): string {
  const part = () => randomBytes(2).toString('hex');
  return `2001:${part()}:${part()}`;
}

async function throttleAt() {
  const { db } = await testDatabase();
  let at = Date.now();
  const make = () => createSignInThrottle({ db, now: () => new Date(at) });
  const email = `${randomBytes(6).toString('hex')}@x.test`;
  return { throttle: make(), another: make(), pass: (ms: number) => (at += ms), email, db };
}

async function refused(work: Promise<void>): Promise<number | null> {
  try {
    await work;
    return null;
  } catch (error) {
    expect(error).toMatchObject({ code: 'rate_limit_exceeded' });
    return (error as { details: { retryAfter: number } }).details.retryAfter;
  }
}

test('the eleventh try on an account from one network must wait for the window to end', async () => {
  const { throttle, pass, email } = await throttleAt();
  const net = newSubnet();
  for (let i = 0; i < LIMITS.accountAndNetwork; i++) await throttle.attempt('password', email, `${net}:1::1`);
  pass(5 * MINUTE);
  expect(await refused(throttle.attempt('password', email, `${net}:1::1`))).toBe(600);
  await throttle.attempt('password', email, `${net}:2::1`);
  await throttle.attempt('password', `other-${email}`, `${net}:1::1`);
  await throttle.attempt('second-factor', email, `${net}:1::1`);
  pass(10 * MINUTE);
  await throttle.attempt('password', email, `${net}:1::1`);
});

test('another process counts the same tries', async () => {
  const { throttle, another, email } = await throttleAt();
  const address = `${newSubnet()}::1`;
  for (let i = 0; i < LIMITS.accountAndNetwork; i++) {
    await (i % 2 ? throttle : another).attempt('password', email, address);
  }
  expect(await refused(another.attempt('password', email, address))).toBeGreaterThan(0);
});

test('tries at once count as well', async () => {
  const { throttle, email } = await throttleAt();
  const address = `${newSubnet()}::1`;
  const results = await Promise.all(
    Array.from({ length: 30 }, () => refused(throttle.attempt('password', email, address))),
  );
  expect(results.filter((result) => result === null)).toHaveLength(LIMITS.accountAndNetwork);
});

test('a right password clears the count of its account and is no try of its network', async () => {
  const { throttle, email } = await throttleAt();
  const address = `${newSubnet()}::1`;
  for (let i = 0; i < 100; i++) {
    await throttle.attempt('password', email, address);
    await throttle.succeeded('password', email, address);
  }
  for (let i = 0; i < LIMITS.accountAndNetwork; i++) await throttle.attempt('password', email, address);
  expect(await refused(throttle.attempt('password', email, address))).toBeGreaterThan(0);
});

test('trying many accounts from one network is limited, and from one subnet', async () => {
  const { throttle, email } = await throttleAt();
  const net = newSubnet();
  for (let i = 0; i < LIMITS.network; i++) await throttle.attempt('password', `${i}-${email}`, `${net}:1::1`);
  expect(await refused(throttle.attempt('password', `more-${email}`, `${net}:1::1`))).toBeGreaterThan(0);
  for (let i = LIMITS.network + 1; i < LIMITS.subnet; i++) {
    await throttle.attempt('password', null, `${net}:${i.toString(16)}::1`);
  }
  expect(await refused(throttle.attempt('password', null, `${net}:ffff::1`))).toBeGreaterThan(0);
});

test('a thousand addresses of one /64 count as one', async () => {
  const { throttle, email } = await throttleAt();
  const net = newSubnet();
  let admitted = 0;
  for (let i = 0; i < 1_000; i++) {
    if ((await refused(throttle.attempt('password', email, `${net}:7::${i.toString(16)}`))) === null) admitted++;
  }
  expect(admitted).toBe(LIMITS.accountAndNetwork);
});

test('guessing one account from everywhere is limited, and its owner still gets in from where he was before', async () => {
  const { throttle } = await throttleAt();
  const app = await testApp();
  const w = await newWorkspace(app);
  const home = `${newSubnet()}:9::5`;
  await app.access.tokens.issue(w.owner.id, { client: { ip: home, userAgent: null, requestId: null } });
  for (let i = 0; i < LIMITS.account; i++) await throttle.attempt('password', w.owner.email, `${newSubnet()}::1`);
  expect(await refused(throttle.attempt('password', w.owner.email, `${newSubnet()}::1`))).toBeGreaterThan(0);
  expect(await refused(throttle.attempt('password', w.owner.email, home))).toBeNull();
});

test('the table of tries has rows of one length, and no more than networks and their limits allow', async () => {
  const { throttle, db, email } = await throttleAt();
  const before = await db.selectFrom('sign_in_tries').select('key').execute();
  const address = `${newSubnet()}::1`;
  for (let i = 0; i < 200; i++) await refused(throttle.attempt('password', `${'x'.repeat(200)}${i}${email}`, address));
  const after = await db.selectFrom('sign_in_tries').select('key').execute();
  // The network, its subnet, and two for each account that was let through.
  expect(after.length - before.length).toBe(2 + 2 * LIMITS.network);
  for (const { key } of after) expect(key).toHaveLength(16);
});

test('an address belongs to its IPv4 /24 or its /64', () => {
  expect(networkOf('192.0.2.7')).toBe('192.0.2/24');
  expect(networkOf('::ffff:192.0.2.7')).toBe('192.0.2/24');
  expect(networkOf('2001:db8::1')).toBe('2001:db8:0:0::/64');
  expect(networkOf('2001:0DB8:0:0:ffff::1')).toBe('2001:db8:0:0::/64');
  expect(networkOf('::1')).toBe('0:0:0:0::/64');
  expect(networkOf('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
  expect(subnetOf('2001:db8:1:2::3')).toBe('2001:db8:1::/48');
  expect(subnetOf('192.0.2.7')).toBe('192.0/16');
});
