/**
 * Brakes: what a key does is compared with what it did before. A new network, a scope it never used, far more rows or
 * sends than in any hour of the last week: the owners are told and, where the workspace wants it, the key is put in
 * quarantine. Follows the lineage, so that a successor is no stranger, and is counted over all processes.
 */
import type { FastifyBaseLogger } from 'fastify';
import { asSystem } from '../../context.ts';
import type { Db } from '../../db/open.ts';
import { inTransaction, type Tx } from '../../db/tx.ts';
import { createLoop } from '../../loop.ts';
import type { Alerts, NewAlert } from '../alerts/alerts.ts';
import { brakeActions, countHour, countUses, insertSeen, type KeyName, keyNames } from './queries.ts';

/** What a key did since the last time it was told of; access/usage gives it at each flush. */
export interface KeyUse {
  readonly keyId: number;
  readonly lineage: string;
  readonly workspaceId: string;
  readonly networks: readonly string[];
  readonly scopes: readonly string[];
  readonly requests: number;
  readonly rows: number;
  readonly sends: number;
  readonly lastIp: string;
}

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
/** Until then a key is getting known, and nothing of it is told. */
export const LEARNING = { ms: DAY_MS, uses: 100 };
export const JUMP = { factor: 10, overDays: 7, rows: 5_000, sends: 100 };

const EVERY_MS = 1_000;
const MAX_KNOWN = 500_000;
const MAX_PENDING = 50_000;
/** A key with more networks is used from anywhere: one more is no news. */
const MAX_VALUES = 500;

interface Pending {
  keyId: number;
  readonly lineage: string;
  readonly workspaceId: string;
  readonly networks: Set<string>;
  readonly scopes: Set<string>;
  requests: number;
  rows: number;
  sends: number;
  lastIp: string;
}

type Reason = 'new_network' | 'new_scope' | 'export_jump' | 'send_jump';

interface Sign {
  readonly of: Pending;
  readonly kind: Reason;
  readonly what: string;
  readonly dedupe: string;
  readonly data: Record<string, unknown>;
}

export type Brakes = ReturnType<typeof createBrakes>;

export function createBrakes(parts: {
  db: Db;
  alerts: Pick<Alerts, 'raiseAll'>;
  quarantine: (tx: Tx, keyId: number, reason: string) => Promise<boolean>;
  /** Reads changed keys into memory. */
  refresh: () => Promise<void>;
  now: () => Date;
  log: Pick<FastifyBaseLogger, 'error'>;
}) {
  const { db, alerts, quarantine, refresh, now, log } = parts;
  let pending = new Map<string, Pending>();
  // What the database knows already; saves a statement for each flush of a busy key.
  const known = new Set<string>();

  function observe(uses: readonly KeyUse[]): void {
    for (const use of uses) {
      let sum = pending.get(use.lineage);
      if (!sum) {
        if (pending.size >= MAX_PENDING) continue;
        const { keyId, lineage, workspaceId, lastIp } = use;
        const zero = { requests: 0, rows: 0, sends: 0, networks: new Set<string>(), scopes: new Set<string>() };
        sum = { keyId, lineage, workspaceId, lastIp, ...zero };
        pending.set(lineage, sum);
      }
      sum.keyId = use.keyId;
      sum.lastIp = use.lastIp;
      sum.requests += use.requests;
      sum.rows += use.rows;
      sum.sends += use.sends;
      for (const network of use.networks) sum.networks.add(network);
      for (const scope of use.scopes) sum.scopes.add(scope);
    }
  }

  function unknownOf(use: Pending) {
    const list = (kind: 'network' | 'scope', values: ReadonlySet<string>) =>
      [...values]
        .map((value) => ({ lineage: use.lineage, workspace_id: use.workspaceId, kind, value }))
        .filter((one) => !known.has(`${one.lineage} ${kind} ${one.value}`));
    return [...list('network', use.networks), ...list('scope', use.scopes)];
  }

  async function signsIn(tx: Tx, uses: readonly Pending[], at: Date): Promise<Sign[]> {
    const by = new Map(uses.map((use) => [use.lineage, use]));
    const counts = uses.map(({ lineage, workspaceId, requests }) => ({ lineage, workspace_id: workspaceId, requests }));
    const before = await countUses(tx, counts, at);
    const learned = (lineage: string) => {
      const one = before.get(lineage);
      return (
        one !== undefined && one.usesBefore >= LEARNING.uses && at.getTime() - one.firstUsedAt.getTime() >= LEARNING.ms
      );
    };
    const signs: Sign[] = [];
    const add = (lineage: string, kind: Reason, what: string, dedupe: string, data: Record<string, unknown>) => {
      const of = by.get(lineage);
      if (of && learned(lineage)) signs.push({ of, kind, what, dedupe: `${kind}:${lineage}:${dedupe}`, data });
    };

    const seen = uses.flatMap(unknownOf);
    if (seen.length > 0) {
      for (const { lineage, kind, value } of await insertSeen(tx, seen, at, MAX_VALUES)) {
        if (kind === 'network')
          add(lineage, 'new_network', `was used from ${value} for the first time`, value, { network: value });
        else add(lineage, 'new_scope', `used the scope ${value} for the first time`, value, { scope: value });
      }
    }

    const hour = new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS);
    const since = new Date(hour.getTime() - JUMP.overDays * DAY_MS);
    const moved = uses.filter((use) => use.rows > 0 || use.sends > 0);
    const rowsOf = ({ lineage, workspaceId, rows, sends }: Pending) => ({
      lineage,
      workspace_id: workspaceId,
      rows,
      sends,
    });
    for (const one of moved.length > 0 ? await countHour(tx, moved.map(rowsOf), { hour, since }) : []) {
      if (one.rows >= JUMP.rows && one.rows > one.most_rows * JUMP.factor) {
        const what = `read ${one.rows} rows within an hour; in the week before it was ${one.most_rows} at most`;
        add(one.lineage, 'export_jump', what, hour.toISOString(), { rows: one.rows, most_before: one.most_rows });
      }
      if (one.sends >= JUMP.sends && one.sends > one.most_sends * JUMP.factor) {
        const what = `sent ${one.sends} messages within an hour; in the week before it was ${one.most_sends} at most`;
        add(one.lineage, 'send_jump', what, hour.toISOString(), { sends: one.sends, most_before: one.most_sends });
      }
    }
    return signs;
  }

  /** Looks at what was observed so far; the loop does it every second. */
  async function run(): Promise<void> {
    const taken = pending;
    pending = new Map();
    const uses = [...taken.values()].filter((use) => use.requests > 0).sort((a, b) => (a.lineage < b.lineage ? -1 : 1));
    if (uses.length === 0) return;
    const at = now();
    let held = false;
    try {
      await asSystem(() =>
        inTransaction(db, async (tx) => {
          held = false;
          const signs = await signsIn(tx, uses, at);
          if (signs.length === 0) return;
          const stopping = await brakeActions(tx, [...new Set(signs.map((sign) => sign.of.workspaceId))]);
          const names = await keyNames(tx, [...new Set(signs.map((sign) => sign.of.keyId))]);
          const list = signs.map((sign) => alertOf(sign, names, stopping.has(sign.of.workspaceId)));
          const raised = await alerts.raiseAll(tx, list);
          const stopped = new Set(raised.filter((one) => stopping.has(one.workspaceId)).map((one) => one.keyId));
          for (const keyId of stopped) {
            const why = signs.find((sign) => sign.of.keyId === keyId)?.kind ?? 'brakes';
            if (keyId && (await quarantine(tx, keyId, `brakes: ${why}`))) held = true;
          }
        }),
      );
    } catch (error) {
      // Counted again with the next uses.
      observe(uses.map((use) => ({ ...use, networks: [...use.networks], scopes: [...use.scopes] })));
      throw error;
    }
    if (known.size > MAX_KNOWN) known.clear();
    for (const use of uses) for (const one of unknownOf(use)) known.add(`${one.lineage} ${one.kind} ${one.value}`);
    if (held) await asSystem(refresh);
  }

  const loop = createLoop({
    async step() {
      await run();
      return false;
    },
    pollMs: EVERY_MS,
    afterErrorMs: 5_000,
    onError: (err) => log.error({ err }, 'brakes: comparing what keys do failed; trying again'),
  });

  return {
    observe,
    run,
    start: loop.start,
    async stop() {
      await loop.stop();
      await run().catch((err: unknown) => log.error({ err }, 'brakes: the last look failed'));
    },
  };
}

function alertOf(sign: Sign, names: ReadonlyMap<number, KeyName>, stops: boolean): NewAlert {
  const { of, kind, what, dedupe, data } = sign;
  const name = names.get(of.keyId);
  const key = `API key "${name?.name ?? ''}" (${name?.public_id ?? of.lineage})`;
  return {
    workspaceId: of.workspaceId,
    environment: name?.environment ?? null,
    kind,
    severity: stops ? 'critical' : 'warning',
    title: `${key} ${what}`,
    text:
      `The ${key} ${what}. Its last request came from ${of.lastIp}.\n\n` +
      (stops
        ? "It was put in quarantine, as the workspace's policy says: it only reads and sends nothing. An owner or admin can release it."
        : 'Nothing was stopped. If this is not yours, revoke the key.'),
    keyId: of.keyId,
    dedupe,
    data: { ...data, ip: of.lastIp, quarantined: stops },
  };
}
