/** What the outcome of an attempt is counted as (docs/metrics.md), and the SQL that counts: part of the recorder's one statement. */
import { sql } from 'kysely';
import type { Outcome } from '../queries.ts';

/** Attempts beyond it are counted with it (contract segment-public-api, successful-delivery). */
const MOST_ATTEMPTS = 10;

/** `step` and `reason` of a row of metric_counts. Reasons are of a bounded set: an answer has a status of three digits. */
export function countedAs(outcome: Pick<Outcome, 'state' | 'attempts' | 'status' | 'attempt'>): {
  step: 'delivered' | 'failed' | 'retried';
  reason: string;
} {
  const { state, attempts, status, attempt } = outcome;
  if (state === 'pending') return { step: 'retried', reason: `retried_${status ?? 'no_answer'}` };
  if (state !== 'failed') {
    // What the test environment captured was delivered, as far as it goes there.
    return { step: 'delivered', reason: `successes.attempt.${Math.min(Math.max(1, attempts), MOST_ATTEMPTS)}` };
  }
  if (attempt === null) return { step: 'failed', reason: 'discarded_not_sent' };
  const final = status !== null && status >= 400 && status < 500 && status !== 408 && status !== 429;
  return { step: 'failed', reason: final ? `discarded_${status}` : 'expired' };
}

/**
 * The end of a statement whose CTE `counted` has what happened: workspace_id, environment, source_id, destination_id,
 * event_type, event_name, app_version, step, reason, at, waited_ms. Deliveries of before there were counts have no source.
 */
export const countDeliveries = sql`
  insert into metric_counts as m (workspace_id, environment, source_id, grain, bucket, step, destination_id, type, name,
    version, reason, series, count, waited_ms)
  select workspace_id, environment, source_id, grain, bucket, step, destination_id, type, name, version, reason,
    metric_series(step, destination_id, '', type, name, version, reason) as series, count, waited_ms
  from (
    select workspace_id, environment, source_id, grain, date_trunc(grain, at, 'UTC') as bucket, step, destination_id,
      coalesce(event_type, '') as type, coalesce(event_name, '') as name, coalesce(app_version, '') as version, reason,
      count(*) as count, sum(waited_ms)::bigint as waited_ms
    from counted cross join (values ('day'), ('hour'), ('minute')) g (grain)
    where source_id is not null
    group by workspace_id, environment, source_id, grain, bucket, step, destination_id, type, name, version, reason) s
  order by source_id, grain, bucket, series
  on conflict (source_id, grain, bucket, series)
  do update set count = m.count + excluded.count, waited_ms = m.waited_ms + excluded.waited_ms`;
