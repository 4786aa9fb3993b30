/** All SQL of the brakes. Statements name lineages in one order, so that two processes do not wait for each other. */
import { sql } from 'kysely';
import type { Executor, Tx } from '../../db/tx.ts';

export interface LineageUse {
  readonly lineage: string;
  readonly workspace_id: string;
  readonly requests: number;
}

/** Counts uses. @returns what was known before this use. */
export async function countUses(
  tx: Tx,
  uses: readonly LineageUse[],
  at: Date,
): Promise<Map<string, { firstUsedAt: Date; usesBefore: number }>> {
  const { rows } = await sql<{ lineage: string; first_used_at: Date; before: number }>`
    with used as (
      select * from json_to_recordset(${JSON.stringify(uses)}::json)
        as u (lineage text, workspace_id uuid, requests bigint)
    ), counted as (
      insert into brake_keys as k (lineage, workspace_id, first_used_at, uses)
      select lineage, workspace_id, ${at}, requests from used
      on conflict (lineage) do update set uses = k.uses + excluded.uses
      returning lineage, first_used_at, uses
    )
    select c.lineage, c.first_used_at, c.uses - u.requests as before
    from counted c join used u using (lineage)`.execute(tx);
  return new Map(rows.map((row) => [row.lineage, { firstUsedAt: row.first_used_at, usesBefore: Number(row.before) }]));
}

export interface Seen {
  readonly lineage: string;
  readonly workspace_id: string;
  readonly kind: 'network' | 'scope';
  readonly value: string;
}

/** @returns those that were not known; of a lineage with `most` values nothing more is kept or told. */
export async function insertSeen(tx: Tx, seen: readonly Seen[], at: Date, most: number): Promise<Seen[]> {
  const { rows } = await sql<Seen>`
    insert into brake_seen (lineage, kind, value, workspace_id, first_seen_at)
    select n.lineage, n.kind, n.value, n.workspace_id, ${at}
    from json_to_recordset(${JSON.stringify(seen)}::json) as n (lineage text, kind text, value text, workspace_id uuid)
    where (select count(*) from brake_seen b where b.lineage = n.lineage and b.kind = n.kind) < ${most}
    on conflict (lineage, kind, value) do nothing
    returning lineage, kind, value, workspace_id`.execute(tx);
  return rows;
}

export interface HourUse {
  readonly lineage: string;
  readonly workspace_id: string;
  readonly rows: number;
  readonly sends: number;
}

export interface HourCount {
  readonly lineage: string;
  readonly rows: number;
  readonly sends: number;
  /** Most in one hour of the days before `since`'s end, this hour left out. */
  readonly most_rows: number;
  readonly most_sends: number;
}

/** Adds to the running hour. @returns its counts, of all processes, beside the largest hour since `since`. */
export async function countHour(
  tx: Tx,
  uses: readonly HourUse[],
  { hour, since }: { hour: Date; since: Date },
): Promise<HourCount[]> {
  const { rows } = await sql<HourCount>`
    with counted as (
      insert into brake_hours as h (lineage, hour, workspace_id, row_count, send_count)
      select lineage, ${hour}, workspace_id, rows, sends
      from json_to_recordset(${JSON.stringify(uses)}::json)
        as u (lineage text, workspace_id uuid, rows bigint, sends bigint)
      on conflict (lineage, hour) do update
        set row_count = h.row_count + excluded.row_count, send_count = h.send_count + excluded.send_count
      returning lineage, row_count, send_count
    )
    select c.lineage, c.row_count as rows, c.send_count as sends,
           coalesce(max(h.row_count), 0) as most_rows, coalesce(max(h.send_count), 0) as most_sends
    from counted c left join brake_hours h
      on h.lineage = c.lineage and h.hour >= ${since} and h.hour < ${hour}
    group by c.lineage, c.row_count, c.send_count`.execute(tx);
  return rows;
}

export interface KeyName {
  readonly id: number;
  readonly public_id: string;
  readonly name: string;
  readonly environment: 'live' | 'test';
}

export async function keyNames(db: Executor, ids: readonly number[]): Promise<Map<number, KeyName>> {
  const rows = await db
    .selectFrom('api_keys')
    .select(['id', 'public_id', 'name', 'environment'])
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

export async function brakeActions(db: Executor, workspaceIds: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('key_policies')
    .select('workspace_id')
    .where('workspace_id', 'in', workspaceIds)
    .where('brake_action', '=', 'quarantine')
    .execute();
  return new Set(rows.map((row) => row.workspace_id));
}

/**
 * Adds to a lineage's recipients of the day, unless they would be more than `cap`: one conditional statement, so that of
 * sends at the same time no more get through than there is room for. The row stays locked until `tx` ends.
 */
export async function takeRecipients(
  tx: Tx,
  day: { lineage: string; workspaceId: string; day: Date },
  recipients: number,
  cap: number,
): Promise<boolean> {
  if (recipients > cap) return false;
  const { rows } = await sql`
    insert into send_days as d (lineage, day, workspace_id, recipients)
    values (${day.lineage}, ${day.day}, ${day.workspaceId}, ${recipients})
    on conflict (lineage, day) do update set recipients = d.recipients + excluded.recipients
      where d.recipients + excluded.recipients <= ${cap}
    returning 1`.execute(tx);
  return rows.length > 0;
}
