/**
 * Sorts what the writer wrote in a hurry: the requests of everybody's rows are copied to rows of their callers, many small
 * rows of an hour become one, and so do a caller's of a whole day, if one can hold them. Makes the partitions of the days
 * to come and drops those whose time is over. Runs every ten minutes.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import type { Db } from '../../../db/open.ts';
import { inTransaction, lockInTransaction } from '../../../db/tx.ts';
import {
  deleteDenials,
  deleteRows,
  dropPartition,
  type Group,
  insertRows,
  listOf,
  makePartition,
  markSorted,
  partitions,
  scatteredInDay,
  scatteredInHour,
  scatteredRows,
  type UsageRow,
  unsortedRows,
} from '../queries.ts';
import { decodeChunk } from './chunk.ts';
import { CAPACITY, type Columns, copyOne, createColumns, principalOf } from './columns.ts';
import { addColumns, createTally, summaryOf } from './tally.ts';
import { bareRow } from './writer.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Newer ones are few enough to be looked through. */
const SORT_AFTER_MS = 60_000;
/** Requests that are sorted in one transaction, and held in memory for it. */
const SORT_REQUESTS = 16 * CAPACITY;
/** Small rows are looked for this far back; older ones were written late and stay as they are. */
const LOOK_BACK_MS = 26 * HOUR_MS;
/** A row of at least this many requests is not small. */
export const FULL = CAPACITY;
const GROUPS = 1_000;
/** Groups that are merged in one transaction. */
const AT_ONCE = 25;
/** A pause between two steps lets requests through. */
const PAUSE_MS = 5;
const MAKE_AHEAD_DAYS = 3;

export interface Compaction {
  sorted: number;
  merged: number;
  dropped: number;
}

export function createUsageMaintenance({ db, now, keepDays }: { db: Db; now: () => Date; keepDays: number }) {
  /** Sorts rows of one workspace and hour. @returns requests in them. */
  async function sortSome(): Promise<number> {
    const before = new Date(now().getTime() - SORT_AFTER_MS);
    return await inTransaction(db, async (tx) => {
      const rows = await unsortedRows(tx, before, SORT_REQUESTS);
      if (rows.length === 0) return 0;
      const chunks: Columns[] = [];
      for (const row of rows) {
        chunks.push(decodeChunk(row.body));
        await breathe();
      }
      const sorted = split(chunks).map(mergedRow);
      for (let n = 0; n < sorted.length; n += 200) await insertRows(tx, sorted.slice(n, n + 200));
      await markSorted(tx, rows);
      return rows.reduce((sum, row) => sum + row.requests, 0);
    });
  }

  /** @returns rows that became fewer. */
  async function mergeSome(groups: readonly Group[]): Promise<number> {
    return await inTransaction(db, async (tx) => {
      await lockInTransaction(tx, 'merging the usage log');
      const found = await scatteredRows(tx, groups, FULL);
      const merged: UsageRow[] = [];
      const gone: UsageRow[] = [];
      for (let n = 0; n < groups.length; n++) {
        const rows = found.filter((row) => row.group === n);
        // Another process was faster, or two rows are too much for one.
        if (rows.length < 2) continue;
        const row = mergedRow(join(rows.map(({ body }) => decodeChunk(body))));
        merged.push(groups[n]?.principal === '' ? { ...row, principal: '' } : row);
        gone.push(...rows);
        await breathe();
      }
      if (gone.length === 0) return 0;
      await insertRows(tx, merged);
      await deleteRows(tx, gone);
      return gone.length;
    });
  }

  /** @param find a list of groups, which is shorter when they are merged. */
  async function mergeAll(find: () => Promise<Group[]>, signal: AbortSignal | undefined): Promise<number> {
    let merged = 0;
    while (!signal?.aborted) {
      const groups = await find();
      let progress = 0;
      for (let n = 0; n < groups.length && !signal?.aborted; n += AT_ONCE) {
        progress += await mergeSome(groups.slice(n, n + AT_ONCE));
        await pause();
      }
      merged += progress;
      // What could not be merged (two rows that are nearly full) would come again.
      if (progress === 0 || groups.length < GROUPS) break;
    }
    return merged;
  }

  async function mergeHours(signal: AbortSignal | undefined): Promise<number> {
    const at = now().getTime();
    // The newest hour is written to; ten minutes more for processes that lag behind.
    const to = new Date(Math.floor((at - 600_000) / HOUR_MS) * HOUR_MS);
    return await mergeAll(() => scatteredInHour(db, new Date(at - LOOK_BACK_MS), to, FULL, GROUPS), signal);
  }

  async function mergeDays(signal: AbortSignal | undefined): Promise<number> {
    const today = Math.floor((now().getTime() - HOUR_MS) / DAY_MS) * DAY_MS;
    let merged = 0;
    for (let days = 1; days <= 2; days++) {
      const day = new Date(today - days * DAY_MS);
      merged += await mergeAll(() => scatteredInDay(db, day, FULL, GROUPS), signal);
    }
    return merged;
  }

  async function turnOver(): Promise<number> {
    const today = now().getTime();
    for (let day = 0; day <= MAKE_AHEAD_DAYS; day++) await makePartition(db, dayOf(today + day * DAY_MS));
    const oldest = dayOf(today - keepDays * DAY_MS).replaceAll('-', '');
    let dropped = 0;
    for (const day of await partitions(db)) {
      if (day >= oldest) continue;
      await inTransaction(db, (tx) => dropPartition(tx, day));
      dropped++;
    }
    while ((await deleteDenials(db, new Date(today - keepDays * DAY_MS))) > 0) await pause();
    return dropped;
  }

  return {
    /** May run at any time, in several processes. @param signal ends the run after the step it is in. */
    async run(signal?: AbortSignal): Promise<Compaction> {
      const done: Compaction = { sorted: 0, merged: 0, dropped: 0 };
      while (!signal?.aborted) {
        const sorted = await sortSome();
        if (sorted === 0) break;
        done.sorted += sorted;
        await pause();
      }
      done.merged = (await mergeHours(signal)) + (await mergeDays(signal));
      done.dropped = await turnOver();
      return done;
    },
  };
}

/** The requests of some rows by caller, each caller's in sets of the length they need. */
function split(chunks: readonly Columns[]): Columns[] {
  /** Chunk and index, by turns. */
  const places = new Map<string, number[]>();
  for (const [n, { subjects, subject, count }] of chunks.entries()) {
    const principals = subjects.values.map(principalOf);
    for (let i = 0; i < count; i++) {
      const principal = principals[subject[i] ?? 0] ?? '';
      const place = places.get(principal);
      if (place) place.push(n, i);
      else places.set(principal, [n, i]);
    }
  }
  const sets: Columns[] = [];
  for (const place of places.values()) {
    for (let from = 0; from < place.length; from += 2 * FULL) {
      const to = createColumns(Math.min(FULL, (place.length - from) / 2), chunks[0]?.workspaceId);
      for (let p = from; p < place.length && p < from + 2 * FULL; p += 2) {
        const chunk = chunks[place[p] ?? 0];
        if (chunk) copyOne(chunk, place[p + 1] ?? 0, to);
      }
      sets.push(to);
    }
  }
  return sets;
}

/** All requests, in the order of the rows. */
function join(chunks: readonly Columns[]): Columns {
  const count = chunks.reduce((sum, chunk) => sum + chunk.count, 0);
  const all = createColumns(count, chunks[0]?.workspaceId);
  for (const chunk of chunks) for (let i = 0; i < chunk.count; i++) copyOne(chunk, i, all);
  return all;
}

/** A caller's row with its summary. */
function mergedRow(columns: Columns): UsageRow {
  const principal = principalOf(columns.subjects.values[0] ?? '');
  const tally = createTally();
  addColumns(tally, columns);
  return { ...bareRow(columns), principal, principals: listOf([]), sorted: true, summary: summaryOf(tally) };
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function pause(): Promise<void> {
  return new Promise((done) => setTimeout(done, PAUSE_MS));
}
