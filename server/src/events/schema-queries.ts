/** What came from sources, by name and field: all SQL of schema.ts. */
import { sql } from 'kysely';
import type { Executor, Scope } from '../db/tx.ts';

/** Names shown at most, and fields. */
const MAX_EVENTS = 1_000;
const MAX_FIELDS = 5_000;

export interface SeenEvent {
  type: string;
  /** Empty for events without one. */
  name: string;
  received: number;
  /** Stopped by a rule of the workspace. */
  blocked: number;
  /** A day, UTC. */
  last_seen: Date;
}

export async function seenEvents(
  executor: Executor,
  scope: Scope,
  sourceIds: readonly string[],
  since: Date,
): Promise<SeenEvent[]> {
  const { rows } = await sql<SeenEvent>`
    select type, name,
      coalesce(sum(count) filter (where step = 'received'), 0)::float8 as received,
      coalesce(sum(count) filter (where step = 'filtered'), 0)::float8 as blocked,
      max(bucket) as last_seen
    from metric_counts
    where workspace_id = ${scope.workspaceId} and environment = ${scope.environment} and grain = 'day'
      and bucket >= ${since} and source_id = any(${[...sourceIds]}::uuid[]) and step in ('received', 'filtered')
      and type <> ''
    group by type, name order by sum(count) desc, type, name limit ${MAX_EVENTS}`.execute(executor);
  return rows;
}

export interface SampledField {
  type: string;
  name: string;
  part: 'properties' | 'traits';
  field: string;
  /** JSON types it had. */
  types: string[];
  /** Events of the sample that had it. */
  seen: number;
  /** Events of this name in the sample, and those of them that broke a tracking plan. */
  sampled: number;
  violating: number;
}

/** One row a field; an event without fields has one with an empty name. */
export async function sampledFields(
  executor: Executor,
  scope: Scope,
  sourceIds: readonly string[],
  sample: number,
): Promise<SampledField[]> {
  const { rows } = await sql<SampledField>`
    with newest as (
      select source_id, type, coalesce(name, '') as name, payload from events
      where workspace_id = ${scope.workspaceId} and environment = ${scope.environment}
      order by id desc limit ${sample}
    ), mine as (
      select type, name, case when type in ('identify', 'group') then 'traits' else 'properties' end as part,
        payload -> (case when type in ('identify', 'group') then 'traits' else 'properties' end) as fields,
        jsonb_typeof(payload #> '{context,violations}') = 'array' as violating
      from newest where source_id = any(${[...sourceIds]}::uuid[])
    ), names as (
      select type, name, count(*) as sampled, count(*) filter (where violating) as violating from mine group by type, name
    )
    select m.type, m.name, m.part, coalesce(f.key, '') as field,
      coalesce(array_agg(distinct jsonb_typeof(f.value)) filter (where f.key is not null), '{}') as types,
      count(f.key)::float8 as seen, n.sampled::float8 as sampled, n.violating::float8 as violating
    from mine m join names n on n.type = m.type and n.name = m.name
    left join lateral jsonb_each(case when jsonb_typeof(m.fields) = 'object' then m.fields else '{}' end) f on true
    group by m.type, m.name, m.part, f.key, n.sampled, n.violating
    order by m.type, m.name, seen desc, field limit ${MAX_FIELDS}`.execute(executor);
  return rows;
}
