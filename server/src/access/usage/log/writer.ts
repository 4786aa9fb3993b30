/**
 * Takes every request's record at the cost of some numbers in arrays, and writes them twice a second: one row for each
 * workspace that was busy. A process that is killed loses half a second of them, or what a slow database had not taken.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import { asSystem } from '../../../context.ts';
import type { Db } from '../../../db/open.ts';
import { newId, PROCESS } from '../../../ids.ts';
import { containsKey } from '../../keys/check/format.ts';
import type { Meter } from '../../meter.ts';
import { addDenials, insertRows, listOf, makePartition, type UsageRow } from '../queries.ts';
import { activityOf, type KeyActivity } from './activity.ts';
import { encodeChunk } from './chunk.ts';
import { type Columns, copyOne, createColumns, principalOf } from './columns.ts';
import { createDenials } from './denials.ts';
import { append, clearIntake, columnsOf, createIntake, type Intake, isFull, type UsageRecord } from './intake.ts';

const FLUSH_MS = 500;
const UNAUTHORIZED = 401;
const HOUR_MS = 3_600_000;
/** Sets of 4,096 requests that wait to be written: 17 MB, and their texts. Beyond it the oldest are dropped. */
const MOST_SETS = 64;
const LEAST_KEPT = 4;
/** The same for rows that a database which is away did not take. */
const MOST_BYTES = 16 * 1024 * 1024;
/** Rows a statement: the embedded engine does one at a time. */
const ROWS = 50;

export type UsageListener = (activity: readonly KeyActivity[]) => unknown;

export type UsageWriter = ReturnType<typeof createUsageWriter>;

export function createUsageWriter(parts: {
  db: Db;
  now: () => Date;
  log: Pick<FastifyBaseLogger, 'error'>;
  /** Told at each flush when and from where each key was used last. */
  onLastUse?: (key: Meter, at: number, ip: string) => void;
}) {
  const { db, now, log, onLastUse } = parts;
  const denials = createDenials();
  const listeners: UsageListener[] = [];
  const free: Intake[] = [];
  const full: Intake[] = [];
  /** As many sets are kept as were filled between two flushes lately: to take memory anew for each is felt by every request. */
  let kept = LEAST_KEPT;
  /**
   * The numbers of one set at a time, by columns. Whoever fills it is through with it before anything is waited for: a request
   * that finds no room fills it, too.
   */
  const numbers = createColumns();
  /** Sets end with the hour, so that rows do. */
  let current = createIntake(PROCESS);
  let unsent: UsageRow[] = [];
  let unsentBytes = 0;
  let dropped = 0;
  let failing = false;
  let flushing: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;
  const days = new Set<string>();

  function turn(at: number): void {
    if (current.count > 0) {
      full.push(current);
      if (full.length > MOST_SETS) {
        const oldest = full.shift();
        if (oldest) {
          if (onLastUse) tellLastUses(columnsOf(oldest, numbers), onLastUse);
          recycle(oldest, oldest.count);
        }
      }
      current = free.pop() ?? createIntake(PROCESS);
    }
    current.since = Math.floor(at / HOUR_MS) * HOUR_MS;
  }

  function recycle(intake: Intake, lost = 0): void {
    dropped += lost;
    clearIntake(intake);
    if (free.length < kept) free.push(intake);
  }

  async function encodeAll(): Promise<void> {
    turn(now().getTime());
    kept = Math.max(full.length, kept - 1, LEAST_KEPT);
    free.length = Math.min(free.length, kept);
    for (let intake = full.shift(); intake; intake = full.shift()) {
      const columns = columnsOf(intake, numbers);
      withoutCredentials(columns);
      if (onLastUse) tellLastUses(columns, onLastUse);
      if (listeners.length > 0) tell(columns);
      for (const row of rowsOf(columns)) {
        unsent.push(row);
        unsentBytes += row.body.length;
      }
      recycle(intake);
      while (unsentBytes > MOST_BYTES && unsent.length > 1) {
        const oldest = unsent.shift();
        unsentBytes -= oldest?.body.length ?? 0;
        dropped += oldest?.requests ?? 0;
      }
      // Requests come first: a set takes a millisecond or two.
      if (full.length > 0) await breathe();
    }
  }

  function tell(columns: Columns): void {
    const activity = activityOf(columns);
    if (activity.length === 0) return;
    for (const listener of listeners) {
      // Whatever a listener does, the log is written.
      new Promise((done) => done(listener(activity))).catch((error: unknown) =>
        log.error({ err: error }, 'looking at the use of API keys failed'),
      );
    }
  }

  async function write(): Promise<void> {
    while (unsent.length > 0) {
      const rows = unsent.slice(0, ROWS);
      await makeDays(rows);
      await insertRows(db, rows);
      // Some may have been dropped meanwhile.
      const written = new Set(rows);
      unsent = unsent.filter((row) => !written.has(row));
      unsentBytes = unsent.reduce((sum, row) => sum + row.body.length, 0);
    }
    const counts = denials.take();
    if (counts.length === 0) return;
    const minute = new Date(Math.floor(now().getTime() / 60_000) * 60_000);
    try {
      await addDenials(db, minute, counts);
    } catch (error) {
      denials.giveBack(counts);
      throw error;
    }
  }

  async function makeDays(rows: readonly UsageRow[]): Promise<void> {
    for (const row of rows) {
      const day = row.until.toISOString().slice(0, 10);
      if (days.has(day)) continue;
      await makePartition(db, day);
      days.add(day);
    }
  }

  async function flushOnce(): Promise<void> {
    await encodeAll();
    try {
      await write();
      if (failing && dropped > 0) log.error({ dropped }, 'the usage log is written again; requests were lost');
      failing = false;
    } catch (error) {
      // A partition may have been dropped by another process.
      days.clear();
      if (!failing) log.error({ err: error }, 'writing the usage log failed; trying again');
      failing = true;
    }
  }

  /** Resolves when everything recorded before the call is written, or could not be. */
  async function flush(): Promise<void> {
    while (flushing) await flushing;
    flushing = asSystem(flushOnce).finally(() => {
      flushing = null;
    });
    await flushing;
  }

  return {
    flush,

    record(record: UsageRecord): void {
      const time = record.at - current.since;
      if (isFull(current) || time < 0 || time >= HOUR_MS) turn(record.at);
      append(current, record);
    },

    /** A request that was refused, of a caller that is not known. */
    denied(ip: string, door: string, code: string): void {
      denials.note(ip, door, code, now().getTime());
    },

    /** Called with what each key did, at each flush, before it is written. */
    observe(listener: UsageListener): void {
      listeners.push(listener);
    },

    /** Requests that were dropped because the database was away for too long. */
    dropped: () => dropped,

    start(): void {
      const loop = () => {
        timer = setTimeout(() => void flush().finally(() => timer && loop()), FLUSH_MS);
        timer.unref();
      };
      asSystem(loop);
    },

    async stop(): Promise<void> {
      if (timer) clearTimeout(timer);
      timer = null;
      await flush();
    },
  };
}

function tellLastUses(columns: Columns, told: (key: Meter, at: number, ip: string) => void): void {
  const last = new Int32Array(columns.callers.length).fill(-1);
  // A key that is refused was revoked or has expired: that is no use of it.
  for (let i = 0; i < columns.count; i++) if (columns.status[i] !== UNAUTHORIZED) last[columns.subject[i] ?? 0] = i;
  for (const [place, caller] of columns.callers.entries()) {
    const i = last[place] ?? -1;
    if (caller.keyId === null || i < 0) continue;
    told(caller, columns.at[i] ?? 0, columns.ips.values[columns.ip[i] ?? 0] ?? '');
  }
}

/** One row for each workspace in a set. */
function rowsOf(columns: Columns): UsageRow[] {
  if (columns.workspaceId !== null) return [rowOf(columns)];
  const workspaces = columns.callers.map((caller) => caller.workspaceId);
  const places = new Map(workspaces.map((id) => [id, [] as number[]]));
  for (let i = 0; i < columns.count; i++) places.get(workspaces[columns.subject[i] ?? 0] ?? '')?.push(i);
  return [...places].map(([workspaceId, indexes]) => {
    const own = createColumns(indexes.length, workspaceId);
    for (const i of indexes) copyOne(columns, i, own);
    return rowOf(own);
  });
}

/** Everybody's row, of requests of one workspace within one hour, at least one. */
function rowOf(columns: Columns): UsageRow {
  const principals = listOf(columns.subjects.values.map(principalOf));
  return { ...bareRow(columns), principal: '', principals, sorted: false, summary: null };
}

/** What rows of every kind have. */
export function bareRow(columns: Columns) {
  let since = columns.at[0] ?? 0;
  let until = since;
  for (let i = 1; i < columns.count; i++) {
    const at = columns.at[i] ?? 0;
    if (at < since) since = at;
    if (at > until) until = at;
  }
  return {
    id: newId(until),
    workspaceId: columns.workspaceId ?? '',
    since: new Date(since),
    until: new Date(until),
    requests: columns.count,
    body: encodeChunk(columns),
  };
}

const HIDDEN = '[a credential]';

/** The one text in here that a caller writes freely. Looked at once for each set and not for each request. */
function withoutCredentials({ agents }: Columns): void {
  for (const [n, agent] of agents.values.entries()) {
    if (containsKey(agent) || /\b(?:bearer|basic|apikey)\s+\S|\beyJ[\w-]{8,}\./i.test(agent)) agents.values[n] = HIDDEN;
  }
}
