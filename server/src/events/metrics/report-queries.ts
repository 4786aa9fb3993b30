/** Reading what was counted: series with their totals, the points of some of them, days of usage. */
import { type RawBuilder, sql } from 'kysely';
import type { Executor, Scope } from '../../db/tx.ts';
import type { Granularity, Window } from './windows.ts';

export type Step = 'received' | 'refused' | 'filtered' | 'dropped' | 'delivered' | 'failed' | 'retried';

/** What a series can be told apart by. The last three are never set: linked audiences are not here. */
export const DIMENSIONS = [
  'eventName',
  'eventType',
  'discardReason',
  'appVersion',
  'subscriptionId',
  'source',
  'activationId',
  'audienceId',
  'spaceId',
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

const COLUMNS: Readonly<Record<Dimension, RawBuilder<string>>> = {
  eventName: sql<string>`m.name`,
  eventType: sql<string>`m.type`,
  discardReason: sql<string>`m.reason`,
  appVersion: sql<string>`m.version`,
  subscriptionId: sql<string>`m.subscription_id`,
  source: sql<string>`m.source_id::text`,
  activationId: sql<string>`''`,
  audienceId: sql<string>`''`,
  spaceId: sql<string>`''`,
};

export type Filter = Readonly<Partial<Record<Dimension, readonly string[]>>>;

export interface SeriesRequest {
  readonly step: Step;
  readonly window: Window;
  readonly groupBy: readonly Dimension[];
  readonly filter: Filter;
  readonly destinationId?: string | undefined;
}

export interface SeriesRow {
  /** Of its dimensions: the same in every answer. */
  key: string;
  /** In the order of `groupBy`. */
  values: string[];
  total: number;
  /** Of delivered: those that took more than one attempt. */
  retries: number;
}

const GRAINS: Readonly<Record<Granularity, string>> = { MINUTE: 'minute', HOUR: 'hour', DAY: 'day' };
const RETRIES = sql`coalesce(sum(m.count) filter (where m.step = 'delivered' and m.reason <> 'successes.attempt.1'), 0)::float8`;

/** The biggest first. */
export async function findSeries(
  db: Executor,
  scope: Scope,
  request: SeriesRequest,
  limit: number,
): Promise<SeriesRow[]> {
  const { rows } = await sql<SeriesRow>`
    select ${keyOf(request)} as key, ${valuesOf(request)} as values, sum(m.count)::float8 as total, ${RETRIES} as retries
    from metric_counts m where ${where(scope, request)}
    group by 1, 2 order by total desc, key limit ${limit}`.execute(db);
  return rows;
}

export interface PointRow {
  key: string;
  bucket: Date;
  count: number;
  retries: number;
}

export async function findPoints(
  db: Executor,
  scope: Scope,
  request: SeriesRequest,
  keys: readonly string[],
): Promise<PointRow[]> {
  const { rows } = await sql<PointRow>`
    select * from (
      select ${keyOf(request)} as key, m.bucket, sum(m.count)::float8 as count, ${RETRIES} as retries
      from metric_counts m where ${where(scope, request)} group by 1, 2) s
    where key = any(${[...keys]}::text[])`.execute(db);
  return rows;
}

function valuesOf({ groupBy }: SeriesRequest): RawBuilder<unknown> {
  return groupBy.length === 0
    ? sql`array[]::text[]`
    : sql`array[${sql.join(groupBy.map((name) => COLUMNS[name]))}]::text[]`;
}

function keyOf(request: SeriesRequest): RawBuilder<unknown> {
  return sql`md5(array_to_string(${valuesOf(request)}, chr(31)))`;
}

function where(scope: Scope, { step, window, filter, destinationId }: SeriesRequest): RawBuilder<unknown> {
  const conditions = [
    sql`m.workspace_id = ${scope.workspaceId} and m.environment = ${scope.environment}`,
    sql`m.grain = ${GRAINS[window.granularity]} and m.bucket >= ${window.from} and m.bucket < ${window.to}`,
    sql`m.step = ${step}`,
  ];
  if (destinationId !== undefined) conditions.push(sql`m.destination_id = ${destinationId}`);
  for (const name of DIMENSIONS) {
    const values = filter[name];
    if (values === undefined) continue;
    // By the primary key, which begins with the source.
    if (name === 'source') conditions.push(sql`m.source_id = any(${[...values]}::uuid[])`);
    else conditions.push(sql`${COLUMNS[name]} = any(${[...values]}::text[])`);
  }
  return sql.join(conditions, sql` and `);
}

export interface DeliveryTotal {
  step: 'delivered' | 'failed' | 'retried';
  reason: string;
  bucket: Date;
  count: number;
  waited_ms: number;
}

/** What became of deliveries to one destination, by bucket. */
export async function deliveryTotals(
  db: Executor,
  scope: Scope,
  { sourceId, destinationId, window }: { sourceId: string; destinationId: string; window: Window },
): Promise<DeliveryTotal[]> {
  const { rows } = await sql<DeliveryTotal>`
    select step, reason, bucket, sum(count)::float8 as count, sum(waited_ms)::float8 as waited_ms
    from metric_counts
    where workspace_id = ${scope.workspaceId} and environment = ${scope.environment} and source_id = ${sourceId}
      and grain = ${GRAINS[window.granularity]} and bucket >= ${window.from} and bucket < ${window.to}
      and destination_id = ${destinationId} and step in ('delivered', 'failed', 'retried')
    group by step, reason, bucket order by step, reason, bucket`.execute(db);
  return rows;
}

export interface UsageDay {
  source_id: string;
  day: Date;
  api_calls: number;
  users: number;
  anonymous: number;
  identified: number;
}

/** Of each source that was counted in the month: its running totals at the end of every day that has begun. */
export async function runningUsage(
  db: Executor,
  scope: Scope,
  { from, days, sources }: { from: Date; days: number; sources: 'each' | string },
  page: {
    after: { day: Date; sourceId: string } | null;
    before: { day: Date; sourceId: string } | null;
    limit: number;
  },
): Promise<{ rows: UsageDay[]; total: number }> {
  const scoped = sql`workspace_id = ${scope.workspaceId} and environment = ${scope.environment}
    and day >= ${from} and day < ${from}::timestamptz + make_interval(days => ${days})`;
  const which =
    sources === 'each' ? sql`source_id <> '00000000-0000-0000-0000-000000000000'` : sql`source_id = ${sources}`;
  const series = sql`
    select s.source_id, d.day from generate_series(0, ${days - 1}::int) n
    cross join lateral (select ${from}::timestamptz + make_interval(days => n) as day) d
    cross join ${sources === 'each' ? sql`(select distinct source_id from usage_days where ${scoped} and ${which})` : sql`(select ${sources}::uuid as source_id)`} s`;
  const at = (key: { day: Date; sourceId: string }) => sql`(${key.day}::timestamptz, ${key.sourceId}::uuid)`;
  const bound = page.after
    ? sql`(k.day, k.source_id) > ${at(page.after)}`
    : page.before
      ? sql`(k.day, k.source_id) < ${at(page.before)}`
      : sql`true`;
  const direction = page.before && !page.after ? sql`desc` : sql`asc`;
  const { rows } = await sql<UsageDay & { total: number }>`
    with series as materialized (${series})
    select k.source_id, k.day, (select count(*)::int from series) as total, u.*
    from (select * from series k where ${bound} order by day ${direction}, source_id ${direction} limit ${page.limit}) k
    cross join lateral (
      select coalesce(sum(api_calls), 0)::float8 as api_calls, coalesce(sum(users), 0)::float8 as users,
        coalesce(sum(anonymous), 0)::float8 as anonymous, coalesce(sum(identified), 0)::float8 as identified
      from usage_days where ${scoped} and source_id = k.source_id and day <= k.day) u
    order by k.day ${direction}, k.source_id ${direction}`.execute(db);
  return { rows, total: rows[0]?.total ?? 0 };
}

/**
 * What 95 of 100 deliveries stayed below that ended in the window, of the destination's newest `most`, in ms: bucket → it,
 * and under null that of the whole window.
 */
export async function waitP95(
  db: Executor,
  scope: Scope,
  { destinationId, window, most }: { destinationId: string; window: Window; most: number },
): Promise<Map<number | null, number>> {
  const { rows } = await sql<{ bucket: Date | null; ms: number }>`
    select bucket, percentile_disc(0.95) within group (order by ms) as ms
    from (
      select date_trunc(${GRAINS[window.granularity]}, finished_at, 'UTC') as bucket,
        greatest(0, extract(epoch from finished_at - created_at) * 1000)::float8 as ms
      from (select finished_at, created_at, state from deliveries
        where workspace_id = ${scope.workspaceId} and environment = ${scope.environment}
          and destination_id = ${destinationId}
        order by destination_id desc, id desc limit ${most}) newest
      where state in ('delivered', 'captured') and finished_at >= ${window.from} and finished_at < ${window.to}) d
    group by grouping sets ((bucket), ()) having count(*) > 0`.execute(db);
  return new Map(rows.map(({ bucket, ms }) => [bucket?.getTime() ?? null, Math.round(ms)]));
}
