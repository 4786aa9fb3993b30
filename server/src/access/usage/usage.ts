/** The usage log: what every caller did, written as it happens and asked for later. */
import type { FastifyBaseLogger } from 'fastify';
import type { Db } from '../../db/open.ts';
import type { Environment } from '../../db/tx.ts';
import { AppError, invalidField, notFound } from '../../errors.ts';
import { isUuid } from '../../ids.ts';
import { findKey } from '../keys/queries.ts';
import type { Meter } from '../meter.ts';
import type { Principal } from '../principal.ts';
import { isScopeName, SCOPE_NAMES } from '../scopes.ts';
import { createGeoIp } from './geoip.ts';
import { type LeastPrivilege, leastPrivilege } from './least-privilege.ts';
import { createUsageMaintenance } from './log/compact.ts';
import { createUsageWriter } from './log/writer.ts';
import { type ChildKey, childKeys, keyNames, type UnusedKey, unusedKeys, userEmails } from './queries.ts';
import { listUsage, sumUsage, type UsageCursor, type UsageEntry, type UsageFilter, type UsageSum } from './read.ts';

/** Who made a request, for people. */
export interface UsageCaller {
  readonly kind: 'key' | 'user' | 'oauth';
  /** A key's or user's UUID, an OAuth client's id. */
  readonly id: string;
  /** A key's name, a user's email; null: it is gone. */
  readonly label: string | null;
  readonly publicId: string | null;
}

export interface UsageQuery extends Omit<UsageFilter, 'environment'> {
  /** At most one of the three. */
  readonly key: string | null;
  readonly user: string | null;
  readonly client: string | null;
  readonly from: Date;
  readonly to: Date;
}

export interface UsageSummary extends UsageSum {
  readonly from: Date;
  readonly to: Date;
  /** By requests; '*' stands for what is not told apart. */
  readonly countries: readonly { country: string; requests: number }[] | null;
  readonly children: readonly ChildKey[];
  /** Messages made by the key in the time. */
  readonly sends: number;
}

export type Usage = ReturnType<typeof createUsage>;

const MOST_DAYS = 400;
const DAY_MS = 86_400_000;
const MOST_UNUSED = 1_000;

export function createUsage(parts: {
  db: Db;
  now: () => Date;
  log: Pick<FastifyBaseLogger, 'error'>;
  keepDays: number;
  /** An MMDB file; null: no countries. */
  geoIpFile: string | null;
  /** Messages that a key made in a time. */
  countSends: (workspaceId: string, keyId: number, from: Date, to: Date) => Promise<number>;
  onLastUse: (key: Meter, at: number, ip: string) => void;
}) {
  const { db, now, log, keepDays, countSends } = parts;
  const writer = createUsageWriter({ db, now, log, onLastUse: parts.onLastUse });
  const maintenance = createUsageMaintenance({ db, now, keepDays });
  const geoIp = createGeoIp(parts.geoIpFile);

  /** @throws AppError not_found, also for keys of other workspaces and of the other environment of a key's. */
  async function keyOf(caller: Principal, id: string) {
    const filter = { workspaceId: caller.workspaceId, environment: environmentOf(caller) };
    const row = isUuid(id) ? await findKey(db, filter, id) : undefined;
    if (!row) throw notFound('API key');
    return row;
  }

  async function principalOf(caller: Principal, query: UsageQuery): Promise<string | null> {
    const given = [query.key, query.user, query.client].filter((one) => one !== null);
    if (given.length > 1) throw new AppError('validation_error', 'Ask for one of key, user and client.');
    if (query.key !== null) return `key:${(await keyOf(caller, query.key)).id}`;
    if (query.user !== null) return `user:${query.user}`;
    return query.client === null ? null : `oauth:${query.client}`;
  }

  async function callersOf(caller: Principal, entries: readonly UsageEntry[]): Promise<Map<string, UsageCaller>> {
    const principals = [...new Set(entries.map((entry) => entry.principal))];
    const of = (kind: string) => principals.filter((one) => one.startsWith(`${kind}:`));
    const callers = new Map<string, UsageCaller>();
    for (const name of principals) {
      const [kind = '', id = ''] = [name.slice(0, name.indexOf(':')), name.slice(name.indexOf(':') + 1)];
      callers.set(name, { kind: kind as UsageCaller['kind'], id, label: null, publicId: null });
    }
    const numbers = of('key').map((name) => Number(name.slice(4)));
    if (numbers.length > 0) {
      for (const key of await keyNames(db, caller.workspaceId, numbers)) {
        callers.set(`key:${key.id}`, { kind: 'key', id: key.uuid, label: key.name, publicId: key.publicId });
      }
    }
    const users = of('user').map((name) => name.slice(5));
    if (users.length > 0) {
      for (const user of await userEmails(db, users)) {
        callers.set(`user:${user.id}`, { kind: 'user', id: user.id, label: user.email, publicId: null });
      }
    }
    return callers;
  }

  function countriesOf(sum: UsageSum): UsageSummary['countries'] {
    if (!geoIp.configured) return null;
    const countries = new Map<string, number>();
    for (const [ip, [requests]] of sum.total.ips) {
      const country = geoIp.countryOf(ip) ?? '*';
      countries.set(country, (countries.get(country) ?? 0) + requests);
    }
    return [...countries].map(([country, requests]) => ({ country, requests })).sort((a, b) => b.requests - a.requests);
  }

  return {
    record: writer.record,
    denied: writer.denied,
    observe: writer.observe,
    dropped: writer.dropped,
    /** Writes what was recorded so far; the loop does it twice a second. */
    flush: writer.flush,
    /** Sorts, merges, makes and drops partitions. Runs every ten minutes. */
    maintain: maintenance.run,
    start: writer.start,
    stop: writer.stop,

    /** Newest first. @throws AppError not_found (key), validation_error. */
    async list(
      caller: Principal,
      query: UsageQuery,
      page: { limit: number; before: UsageCursor | null },
    ): Promise<{ entries: UsageEntry[]; callers: Map<string, UsageCaller>; next: UsageCursor | null }> {
      checkRange(query.from, query.to);
      const { from, to, route, statusClass, ip } = query;
      const range = { workspaceId: caller.workspaceId, principal: await principalOf(caller, query), from, to };
      const filter = { route, statusClass, ip, environment: environmentOf(caller) };
      const { entries, next } = await listUsage(db, range, filter, page);
      return { entries, callers: await callersOf(caller, entries), next };
    },

    /** What a key did in a time. @throws AppError not_found, validation_error. */
    async summary(caller: Principal, id: string, from: Date, to: Date): Promise<UsageSummary> {
      checkRange(from, to);
      const key = await keyOf(caller, id);
      const { workspaceId } = caller;
      const sum = await sumUsage(db, { workspaceId, principal: `key:${key.id}`, from, to });
      return {
        ...sum,
        from,
        to,
        countries: countriesOf(sum),
        children: await childKeys(db, key.id, from, to),
        sends: await countSends(workspaceId, key.id, from, to),
      };
    },

    /** What a key used in the last days against what it has. @throws AppError not_found. */
    async leastPrivilege(caller: Principal, id: string, days: number): Promise<LeastPrivilege> {
      const key = await keyOf(caller, id);
      const to = new Date(now().getTime() + 1);
      const from = new Date(to.getTime() - days * DAY_MS);
      const range = { workspaceId: caller.workspaceId, principal: `key:${key.id}`, from, to };
      const { total } = await sumUsage(db, range);
      const granted = key.scopes.length === 0 && !key.canary ? SCOPE_NAMES : key.scopes.filter(isScopeName);
      return leastPrivilege(total, granted);
    },

    /** Active keys that were not used for so many days, or never; longest first, 1,000 at most. */
    async unusedKeys(caller: Principal, days: number): Promise<UnusedKey[]> {
      const since = new Date(now().getTime() - days * DAY_MS);
      return await unusedKeys(db, caller.workspaceId, environmentOf(caller), since, MOST_UNUSED);
    },
  };
}

/** A user sees both environments, whoever acts with a key or an app only its own. */
function environmentOf(caller: Principal): Environment | null {
  return caller.kind === 'user' ? null : caller.environment;
}

function checkRange(from: Date, to: Date): void {
  if (Number.isNaN(from.getTime())) throw invalidField('from', 'is no time');
  if (Number.isNaN(to.getTime())) throw invalidField('to', 'is no time');
  if (from >= to) throw invalidField('from', 'must be before `to`');
  if (to.getTime() - from.getTime() > MOST_DAYS * DAY_MS) throw invalidField('from', `at most ${MOST_DAYS} days`);
}
