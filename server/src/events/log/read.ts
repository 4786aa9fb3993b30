/** Reading the event log by cursor: all SQL of the reader. */
import { sql } from 'kysely';
import type { Executor, Tx } from '../../db/tx.ts';
import type { Batch } from '../types.ts';
import { decodeChunk } from './chunk.ts';
import { decodeEntry, type LogPosition } from './normalise.ts';

export interface Cursor extends LogPosition {
  readonly partition: number;
}

export interface LogBatch {
  readonly batch: Batch;
  /** The last row that was read. */
  readonly end: LogPosition;
  /** Rows that could not be read whole; what could be is in the batch. */
  readonly damaged: readonly DamagedRow[];
}

export interface DamagedRow extends LogPosition {
  /** Holds nothing of the row's content. */
  readonly reason: string;
}

/** The cursors that no other process is working on, held until the transaction ends. */
export async function takeCursors(tx: Tx): Promise<Cursor[]> {
  const { rows } = await sql<Cursor>`
    select partition, tx::text as tx, seq from log_cursors order by partition for update skip locked`.execute(tx);
  return rows;
}

export async function saveCursors(tx: Tx, cursors: readonly Cursor[], end: LogPosition): Promise<void> {
  const partitions = cursors.filter((cursor) => isBefore(cursor, end)).map((cursor) => cursor.partition);
  await sql`update log_cursors set tx = ${end.tx}::xid8, seq = ${end.seq} where partition = any(${partitions}::smallint[])`.execute(
    tx,
  );
}

/**
 * Rows after the furthest-behind cursor, whole, until they hold `budget` events; at least one row.
 * Only rows below the snapshot's xmin: a transaction still open could otherwise commit behind the cursor.
 * @returns null when there is nothing to read.
 */
export async function readLog(tx: Tx, cursors: readonly Cursor[], budget: number): Promise<LogBatch | null> {
  const first = cursors.reduce<Cursor | null>(
    (least, cursor) => (least && !isBefore(cursor, least) ? least : cursor),
    null,
  );
  if (!first) return null;
  const { rows } = await sql<{ tx: string; seq: number; body: Buffer }>`
    with ahead as (
      select tx, seq, sum(events) over (order by tx, seq) - events as before
      from event_log
      where (tx, seq) > (${first.tx}::xid8, ${first.seq}) and tx < pg_snapshot_xmin(pg_current_snapshot())
      order by tx, seq limit 256)
    select event_log.tx::text as tx, event_log.seq, event_log.body
    from ahead join event_log using (tx, seq)
    where ahead.before < ${budget} order by event_log.tx, event_log.seq`.execute(tx);
  const end = rows.at(-1);
  if (!end) return null;
  const batch: Batch = { events: [], refused: [] };
  const damaged: DamagedRow[] = [];
  for (const row of rows) {
    const mine = new Set(cursors.filter((cursor) => isBefore(cursor, row)).map((cursor) => cursor.partition));
    const { body, ...at } = row;
    const { entries, damage } = decodeChunk(body);
    if (damage !== null) damaged.push({ ...at, reason: damage });
    for (const [index, entry] of entries.entries()) {
      try {
        const decoded = decodeEntry(entry, row, index, (partition) => mine.has(partition));
        batch.events.push(...decoded.events);
        batch.refused.push(...decoded.refused);
      } catch {
        // The parser's message would quote the event.
        damaged.push({ ...at, reason: `entry ${index} cannot be read` });
      }
    }
  }
  return { batch, end, damaged };
}

/** Keeps the rows beyond the log's hour; a row that another reader has set aside is left as it is. */
export async function setAside(tx: Tx, damaged: readonly DamagedRow[]): Promise<void> {
  if (damaged.length === 0) return;
  await sql`
    insert into damaged_log_rows (tx, seq, partitions, events, body, created_at, reason)
    select distinct on (l.tx, l.seq) l.tx, l.seq, l.partitions, l.events, l.body, l.created_at, d.reason
    from unnest(${damaged.map((row) => row.tx)}::xid8[], ${damaged.map((row) => row.seq)}::bigint[],
                ${damaged.map((row) => row.reason)}::text[]) as d (tx, seq, reason) join event_log l using (tx, seq)
    on conflict (tx, seq) do nothing`.execute(tx);
}

export async function isBehind(executor: Executor): Promise<boolean> {
  const { rows } = await sql<{ behind: boolean }>`
    select exists (select from event_log
      where (tx, seq) > (select tx, seq from log_cursors order by tx, seq limit 1)) as behind`.execute(executor);
  return rows[0]?.behind ?? false;
}

/** How far the pipeline is behind: events not processed yet and the age of the oldest in seconds. */
export async function readLag(executor: Executor): Promise<{ events: number; seconds: number }> {
  const { rows } = await sql<{ events: number; seconds: number }>`
    select coalesce(sum(events), 0)::float8 as events,
           coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as seconds
    from event_log, (select tx as from_tx, seq as from_seq from log_cursors order by tx, seq limit 1) cursor
    where (tx, seq) > (from_tx, from_seq)`.execute(executor);
  return rows[0] ?? { events: 0, seconds: 0 };
}

function isBefore(a: LogPosition, b: LogPosition): boolean {
  const left = BigInt(a.tx);
  const right = BigInt(b.tx);
  return left === right ? a.seq < b.seq : left < right;
}
