/** All SQL of shared rate limits. Of the whole installation: run it as the system, never within a request's context. */
import { sql } from 'kysely';
import type { Executor } from '../../db/tx.ts';

/** What one process tells of one count, and what more it wants. */
export interface Told {
  readonly key: string;
  readonly windowMs: number;
  /** The cell that `told` and `toldBefore` are of: it and the one before. */
  readonly index: number;
  /** Spent ahead of a reservation; negative: given back. */
  readonly told: number;
  readonly toldBefore: number;
  readonly wanted: number;
  readonly quota: number;
}

export interface SharedCount {
  readonly key: string;
  readonly cell: number;
  readonly current: number;
  readonly previous: number;
  readonly granted: number;
}

/** In the order of their keys, so that two processes never wait for each other. Keys must differ. */
export async function exchangeUnits(db: Executor, all: readonly Told[]): Promise<SharedCount[]> {
  const { rows } = await sql<SharedCount>`
    select r.key, r.cell, r.current, r.previous, r.granted
    from (select * from json_to_recordset(${JSON.stringify(all)}::json) as t(
      key text, "windowMs" bigint, "index" bigint, told integer, "toldBefore" integer, wanted integer, quota integer)
      order by key collate "C") t,
      reserve_units(t.key, t."windowMs", t."index", t.told, t."toldBefore", t.wanted, t.quota) r`.execute(db);
  return rows;
}

export interface Presence {
  /** The database's clock, milliseconds since 1970. */
  readonly at: number;
  readonly number: number;
  /** Processes that were seen lately, this one too. */
  readonly live: number;
  readonly newest: number;
  /** What all the others have taken account of; null: there are none. */
  readonly known: number | null;
}

/** Says that this process lives and knows of all processes up to `knows`. */
export async function beat(db: Executor, id: string, knows: number, leaseMs: number): Promise<Presence> {
  await sql`
    insert into rate_processes (id, knows, seen_at) values (${id}, ${knows}, clock_timestamp())
    on conflict (id) do update set knows = excluded.knows, seen_at = excluded.seen_at`.execute(db);
  const { rows } = await sql<Presence>`
    select (extract(epoch from clock_timestamp()) * 1000)::double precision as at, max(number) as newest,
           max(number) filter (where id = ${id}) as number, count(*)::integer as live,
           min(knows) filter (where id <> ${id}) as known
    from rate_processes where seen_at > clock_timestamp() - make_interval(secs => ${leaseMs / 1000})`.execute(db);
  const row = rows[0];
  if (!row) throw new Error('A process that told of itself is not there.');
  return row;
}

export async function leave(db: Executor, id: string): Promise<void> {
  await sql`delete from rate_processes where id = ${id}`.execute(db);
}
