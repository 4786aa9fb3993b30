/** All SQL of the usage log. */
import { sql } from 'kysely';
import type { Environment, Executor, Tx } from '../../db/tx.ts';
import type { DenialCount } from './log/denials.ts';
import type { Summary } from './log/tally.ts';

export interface UsageRow {
  readonly id: string;
  readonly workspaceId: string;
  /** '' of everybody. */
  readonly principal: string;
  readonly since: Date;
  readonly until: Date;
  /** listOf() its callers; a text, as an array of thousands is felt while it waits. */
  readonly principals: string;
  readonly requests: number;
  /** Of everybody's rows: its requests stand in rows of their callers, too. */
  readonly sorted: boolean;
  readonly summary: Summary | null;
  readonly body: Buffer;
}

/** A row that is there already is left alone: the write was repeated because its answer got lost. */
export async function insertRows(db: Executor, rows: readonly UsageRow[]): Promise<void> {
  await db
    .insertInto('usage_log')
    .values(
      rows.map((row) => ({
        workspace_id: row.workspaceId,
        principal: row.principal,
        until_at: row.until,
        id: row.id,
        since_at: row.since,
        principals: sql<string[]>`${row.principals}::text[]`,
        requests: row.requests,
        sorted: row.sorted,
        summary: row.summary && JSON.stringify(row.summary),
        body: row.body,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** An array literal of names without control characters, which JSON quotes as PostgreSQL does; the driver is slower. */
export function listOf(names: readonly string[]): string {
  return `{${JSON.stringify(names).slice(1, -1)}}`;
}

/** @param day `2026-01-31`, of UTC. */
export async function makePartition(db: Executor, day: string): Promise<void> {
  await sql`select make_usage_partition(${day}::date)`.execute(db);
}

/** Adds to the counts of a minute. */
export async function addDenials(db: Executor, minute: Date, counts: readonly DenialCount[]): Promise<void> {
  await sql`
    insert into usage_denials (minute, network, door, code, requests)
    select ${minute}, * from unnest(
      ${counts.map((one) => one.network)}::text[], ${counts.map((one) => one.door)}::text[],
      ${counts.map((one) => one.code)}::text[], ${counts.map((one) => one.requests)}::bigint[])
    on conflict (minute, network, door, code) do update set requests = usage_denials.requests + excluded.requests`.execute(
    db,
  );
}

/** Whose requests are looked for; `principal` null: everybody's. */
export interface Range {
  readonly workspaceId: string;
  readonly principal: string | null;
  readonly from: Date;
  /** Not included. */
  readonly to: Date;
}

/** No row is longer than these, so that a range names the partitions it needs. */
const EVERYBODYS_MS = 3_600_000;
const CALLERS_MS = 86_400_000;

function inRange({ workspaceId, principal, from, to }: Range) {
  const whose =
    principal === null
      ? sql`principal = ''`
      : sql`(principal = ${principal} or (principal = '' and not sorted and ${principal} = any(principals)))`;
  const end = new Date(to.getTime() + (principal === null ? EVERYBODYS_MS : CALLERS_MS));
  return sql`workspace_id = ${workspaceId} and ${whose}
    and until_at >= ${from} and until_at < ${end} and since_at < ${to}`;
}

export interface Page {
  /** Rows after these in the order below; null: the first. */
  readonly after: { readonly until: Date; readonly id: string } | null;
  readonly limit: number;
}

/** What rows must say they hold to be worth reading; null: anything. */
export interface RowFilter {
  readonly route: string | null;
  readonly ip: string | null;
}

/** Newest last request first. */
export async function newestRows(
  db: Executor,
  range: Range,
  filter: RowFilter,
  { after, limit }: Page,
): Promise<UsageRow[]> {
  const beyond = after ? sql`and (until_at, id) < (${after.until}, ${after.id})` : sql``;
  const route =
    filter.route === null ? sql`` : sql`and (summary is null or jsonb_exists(summary->'routes', ${filter.route}))`;
  const ip =
    filter.ip === null
      ? sql``
      : sql`and (summary is null or jsonb_exists_any(summary->'ips', ${[filter.ip, '*']}::text[]))`;
  const { rows } = await sql<UsageRow>`
    select id, principal, since_at as since, until_at as until, requests, body
    from usage_log where ${inRange(range)} ${beyond} ${route} ${ip}
    order by until_at desc, id desc limit ${limit}`.execute(db);
  return rows;
}

/** Either of the two is null. */
export interface SummaryRow {
  readonly summary: Summary | null;
  /** To be read, because only part of the row is asked for. */
  readonly body: Buffer | null;
  readonly since: Date;
}

/** Rows of a range, oldest first. @param bucketMs a row that reaches over two of these gives its body. */
export async function summaryRows(db: Executor, range: Range, bucketMs: number): Promise<SummaryRow[]> {
  const { rows } = await sql<SummaryRow>`
    select since_at as since, case when whole then summary end as summary,
      case when not whole or summary is null then body end as body
    from (
      select *, since_at >= ${range.from} and until_at < ${range.to}
        and floor(extract(epoch from since_at) * 1000 / ${bucketMs}) = floor(extract(epoch from until_at) * 1000 / ${bucketMs})
        as whole
      from usage_log where ${inRange(range)}) found
    order by until_at, id`.execute(db);
  return rows;
}

/** Everybody's rows of one workspace and hour that are not sorted and older than `before`: the oldest, up to `requests`. */
export async function unsortedRows(tx: Tx, before: Date, requests: number): Promise<UsageRow[]> {
  const { rows } = await sql<UsageRow>`
    with first as (
      select workspace_id, date_trunc('hour', until_at, 'UTC') as hour from usage_log
      where principal = '' and not sorted and until_at < ${before} order by until_at limit 1),
    ahead as (
      select l.workspace_id, l.until_at, l.id, sum(l.requests) over (order by l.until_at, l.id) - l.requests as before
      from usage_log l, first
      where l.principal = '' and not l.sorted and l.workspace_id = first.workspace_id and l.until_at < ${before}
        and l.until_at >= first.hour and l.until_at < first.hour + interval '1 hour')
    select l.id, l.workspace_id as "workspaceId", l.principal, l.since_at as since, l.until_at as until, l.requests, l.body
    from usage_log l join ahead using (workspace_id, until_at, id)
    where l.principal = '' and not l.sorted and ahead.before < ${requests}
    order by l.until_at, l.id for update of l skip locked`.execute(tx);
  return rows;
}

export interface Group {
  readonly workspaceId: string;
  /** '' everybody's. */
  readonly principal: string;
  readonly from: Date;
  readonly to: Date;
}

/** Small rows of one caller, or everybody's, in an hour that is over. @param full requests of a row that is not small */
export async function scatteredInHour(
  db: Executor,
  from: Date,
  to: Date,
  full: number,
  limit: number,
): Promise<Group[]> {
  const { rows } = await sql<Group>`
    select workspace_id as "workspaceId", principal, hour as "from", hour + interval '1 hour' as "to" from (
      select *, date_trunc('hour', until_at, 'UTC') as hour from usage_log
      where (principal <> '' or sorted) and until_at >= ${from} and until_at < ${to} and requests < ${full}) small
    group by workspace_id, principal, hour having count(*) > 1 order by hour limit ${limit}`.execute(db);
  return rows;
}

/** Rows of a caller in a day that is over, where one row can hold all of them. */
export async function scatteredInDay(db: Executor, day: Date, full: number, limit: number): Promise<Group[]> {
  const end = new Date(day.getTime() + 86_400_000);
  const { rows } = await sql<Group>`
    select workspace_id as "workspaceId", principal, ${day}::timestamptz as "from", ${end}::timestamptz as "to"
    from usage_log where principal <> '' and until_at >= ${day} and until_at < ${end}
    group by workspace_id, principal having count(*) > 1 and sum(requests) <= ${full} limit ${limit}`.execute(db);
  return rows;
}

/** Each group's small rows, oldest first, until they hold `full` requests. @returns rows with the number of their group */
export async function scatteredRows(
  tx: Tx,
  groups: readonly Group[],
  full: number,
): Promise<(UsageRow & { readonly group: number })[]> {
  const { rows } = await sql<UsageRow & { group: number }>`
    select n::int - 1 as group, id, workspace_id as "workspaceId", principal, since_at as since, until_at as until, requests, body
    from (
      select l.*, g.n, sum(requests) over (partition by g.n order by until_at, id) as total
      from unnest(
        ${groups.map((group) => group.workspaceId)}::uuid[], ${groups.map((group) => group.principal)}::text[],
        ${groups.map((group) => group.from)}::timestamptz[], ${groups.map((group) => group.to)}::timestamptz[]
      ) with ordinality as g (workspace_id, principal, since, until, n)
      join usage_log l on l.workspace_id = g.workspace_id and l.principal = g.principal
        and l.until_at >= g.since and l.until_at < g.until
      where (l.principal <> '' or l.sorted) and l.requests < ${full}) small
    where total <= ${full} order by n, until_at, id`.execute(tx);
  return rows;
}

export async function markSorted(tx: Tx, rows: readonly UsageRow[]): Promise<void> {
  await sql`
    update usage_log l set sorted = true, principals = '{}' from unnest(
      ${rows.map((row) => row.workspaceId)}::uuid[], ${rows.map((row) => row.until)}::timestamptz[],
      ${rows.map((row) => row.id)}::uuid[]) as done (w, u, i)
    where l.workspace_id = done.w and l.principal = '' and l.until_at = done.u and l.id = done.i`.execute(tx);
}

export async function deleteRows(tx: Tx, rows: readonly UsageRow[]): Promise<void> {
  await sql`
    delete from usage_log l using unnest(
      ${rows.map((row) => row.workspaceId)}::uuid[], ${rows.map((row) => row.principal)}::text[],
      ${rows.map((row) => row.until)}::timestamptz[], ${rows.map((row) => row.id)}::uuid[]) as gone (w, p, u, i)
    where l.workspace_id = gone.w and l.principal = gone.p and l.until_at = gone.u and l.id = gone.i`.execute(tx);
}

/** Days that have a partition: `20260131`. */
export async function partitions(db: Executor): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'usage_log'::regclass order by 1`.execute(db);
  return rows.map((row) => row.name.slice('usage_log_'.length));
}

/** Waits for readers two seconds at most. @throws the database's error when they take longer. */
export async function dropPartition(tx: Tx, day: string): Promise<void> {
  await sql`set local lock_timeout = '2s'`.execute(tx);
  await sql`drop table if exists ${sql.table(`usage_log_${day}`)}`.execute(tx);
}

export async function deleteDenials(db: Executor, before: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from usage_denials where ctid in (select ctid from usage_denials where minute < ${before} limit 5000)`.execute(
    db,
  );
  return Number(numAffectedRows ?? 0);
}

export interface KeyName {
  readonly id: number;
  readonly uuid: string;
  readonly name: string;
  readonly publicId: string;
}

export async function keyNames(db: Executor, workspaceId: string, numbers: readonly number[]): Promise<KeyName[]> {
  const { rows } = await sql<KeyName>`
    select id, uuid, name, public_id as "publicId" from api_keys
    where workspace_id = ${workspaceId} and id = any(${numbers}::bigint[])`.execute(db);
  return rows;
}

export async function userEmails(db: Executor, ids: readonly string[]): Promise<{ id: string; email: string }[]> {
  const { rows } = await sql<{ id: string; email: string }>`
    select id, email from users where id = any(${ids}::uuid[])`.execute(db);
  return rows;
}

export interface ChildKey extends KeyName {
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
}

/** Keys that a key made in a time. */
export async function childKeys(db: Executor, keyId: number, from: Date, to: Date): Promise<ChildKey[]> {
  const { rows } = await sql<ChildKey>`
    select id, uuid, name, public_id as "publicId", created_at as "createdAt", revoked_at as "revokedAt" from api_keys
    where created_by_key_id = ${keyId} and created_at >= ${from} and created_at < ${to}
    order by id limit 1000`.execute(db);
  return rows;
}

export interface UnusedKey extends KeyName {
  readonly environment: Environment;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

/** Keys that could still be used, were made before `since` and not used from then on; longest unused first. */
export async function unusedKeys(
  db: Executor,
  workspaceId: string,
  environment: Environment | null,
  since: Date,
  limit: number,
): Promise<UnusedKey[]> {
  const { rows } = await sql<UnusedKey>`
    select k.id, k.uuid, k.name, k.public_id as "publicId", k.environment, k.created_at as "createdAt",
      used.last_used_at as "lastUsedAt"
    from api_keys k left join api_key_usage used on used.key_id = k.id
    where k.workspace_id = ${workspaceId} and k.revoked_at is null and k.created_at < ${since} and not k.canary
      and (${environment}::text is null or k.environment = ${environment})
      and (k.expires_at is null or k.expires_at > now()) and (k.retires_at is null or k.retires_at > now())
      and (used.last_used_at is null or used.last_used_at < ${since})
    order by coalesce(used.last_used_at, k.created_at), k.id limit ${limit}`.execute(db);
  return rows;
}
