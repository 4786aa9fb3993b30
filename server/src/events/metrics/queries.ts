/** What counting writes, and what it must know before. Reports are read in report-queries.ts. */
import { sql } from 'kysely';
import type { Tx } from '../../db/tx.ts';
import type { Sighting } from './people.ts';

interface Place {
  workspace_id: string;
  environment: string;
  source_id: string;
  count: number;
}

export interface OutcomeRow extends Place {
  minute: string;
  outcome: string;
}

export interface CountRow extends Place {
  minute: string;
  step: 'received' | 'refused' | 'filtered' | 'dropped';
  destination_id: string | null;
  subscription_id: string;
  type: string;
  name: string;
  version: string;
  reason: string;
}

export interface UsageRow extends Place {
  day: string;
}

/** The source id under which a whole workspace is counted. */
export const WHOLE_WORKSPACE = '00000000-0000-0000-0000-000000000000';

/** The series of sources that were counted on a day. */
export async function readCombinations(
  tx: Tx,
  days: readonly { sourceId: string; day: Date }[],
): Promise<{ source_id: string; bucket: Date; type: string; name: string; version: string }[]> {
  const { rows } = await sql<{ source_id: string; bucket: Date; type: string; name: string; version: string }>`
    select distinct m.source_id, m.bucket, m.type, m.name, m.version
    from unnest(${days.map((d) => d.sourceId)}::uuid[], ${days.map((d) => d.day.toISOString())}::timestamptz[]) as t(source, day)
    join metric_counts m on m.source_id = t.source and m.grain = 'day' and m.bucket = t.day
    where m.step in ('received', 'refused', 'filtered')`.execute(tx);
  return rows;
}

/**
 * One statement for all that is counted of a batch. Rows are written in one order, so that two processes with the same
 * sources wait for each other instead of deadlocking.
 */
export async function writeCounts(
  tx: Tx,
  {
    outcomes,
    counts,
    calls,
    sightings,
  }: {
    outcomes: readonly OutcomeRow[];
    counts: readonly CountRow[];
    calls: readonly UsageRow[];
    sightings: readonly Sighting[];
  },
): Promise<void> {
  const met = sightings.map(({ scope, sourceId, month, day, person, isUser, identified }) => ({
    workspace_id: scope.workspaceId,
    environment: scope.environment,
    source_id: sourceId,
    month,
    day,
    person,
    is_user: isUser,
    identified,
  }));
  await sql`
    with outcomes as (
      insert into event_counts (workspace_id, environment, source_id, minute, outcome, count)
      select * from json_to_recordset(${JSON.stringify(outcomes)}::json) as t(workspace_id uuid, environment text,
        source_id uuid, minute timestamptz, outcome text, count bigint)
      order by source_id, minute, outcome
      on conflict (workspace_id, environment, minute, source_id, outcome)
      do update set count = event_counts.count + excluded.count),
    counted as (
      insert into metric_counts as m (workspace_id, environment, source_id, grain, bucket, step, destination_id,
        subscription_id, type, name, version, reason, series, count)
      select workspace_id, environment, source_id, grain, bucket, step, destination_id, subscription_id, type, name,
        version, reason, metric_series(step, destination_id, subscription_id, type, name, version, reason) as series, count
      from (
        select workspace_id, environment, source_id, grain, date_trunc(grain, minute, 'UTC') as bucket, step,
          destination_id, subscription_id, type, name, version, reason, sum(count)::bigint as count
        from json_to_recordset(${JSON.stringify(counts)}::json) as t(workspace_id uuid, environment text, source_id uuid,
          minute timestamptz, step text, destination_id uuid, subscription_id text, type text, name text, version text,
          reason text, count bigint)
        cross join (values ('day'), ('hour'), ('minute')) g (grain)
        group by workspace_id, environment, source_id, grain, bucket, step, destination_id, subscription_id, type, name,
          version, reason) s
      order by source_id, grain, bucket, series
      on conflict (source_id, grain, bucket, series) do update set count = m.count + excluded.count),
    met as materialized (
      select * from json_to_recordset(${JSON.stringify(met)}::json) as t(workspace_id uuid, environment text,
        source_id uuid, month timestamptz, day timestamptz, person uuid, is_user boolean, identified boolean)),
    -- As the workspace knew them before this batch, from any source.
    known as materialized (
      select p.workspace_id, p.environment, p.month, p.person, bool_or(p.identified) as identified
      from (select distinct workspace_id, environment, month, person from met) k
      join month_people p using (workspace_id, environment, month, person)
      group by p.workspace_id, p.environment, p.month, p.person),
    written as (
      insert into month_people as p (workspace_id, environment, month, person, source_id, is_user, identified)
      select workspace_id, environment, month, person, source_id, is_user, identified from met
      order by month, person, source_id
      on conflict (workspace_id, environment, month, person, source_id) do update set identified = true
        where excluded.identified and not p.identified
      returning p.workspace_id, p.environment, p.month, p.person, p.source_id, p.is_user, p.identified, xmax = 0 as fresh),
    news as (
      select w.*, met.day, known.person is not null as known, coalesce(known.identified, false) as was_identified
      from written w
      join met using (workspace_id, environment, month, person, source_id)
      left join known using (workspace_id, environment, month, person)),
    usage as (
      select workspace_id, environment, day, source_id, count as api_calls, 0 as users, 0 as anonymous, 0 as identified
      from json_to_recordset(${JSON.stringify(calls)}::json) as t(workspace_id uuid, environment text, source_id uuid,
        day timestamptz, count bigint)
      union all
      select workspace_id, environment, day, ${WHOLE_WORKSPACE}::uuid, count, 0, 0, 0
      from json_to_recordset(${JSON.stringify(calls)}::json) as t(workspace_id uuid, environment text, day timestamptz, count bigint)
      union all
      select workspace_id, environment, day, source_id, 0, (fresh and is_user)::int, (fresh and not is_user)::int,
        (identified and not is_user)::int
      from news
      union all
      -- Once a person, whichever of the batch's sources it came from.
      select workspace_id, environment, min(day), ${WHOLE_WORKSPACE}::uuid, 0, (bool_and(not known) and is_user)::int,
        (bool_and(not known) and not is_user)::int, (bool_or(identified) and not bool_or(was_identified) and not is_user)::int
      from news group by workspace_id, environment, person, is_user)
    insert into usage_days as u (workspace_id, environment, day, source_id, api_calls, users, anonymous, identified)
    select workspace_id, environment, day, source_id, sum(api_calls), sum(users), sum(anonymous), sum(identified)
    from usage group by workspace_id, environment, day, source_id
    order by workspace_id, environment, day, source_id
    on conflict (workspace_id, environment, day, source_id) do update set api_calls = u.api_calls + excluded.api_calls,
      users = u.users + excluded.users, anonymous = u.anonymous + excluded.anonymous,
      identified = u.identified + excluded.identified`.execute(tx);
}
