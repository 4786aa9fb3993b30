/** Deletes what is kept for a time only, a bounded batch a statement: a long delete would hold up the pipeline. */
import { type RawBuilder, sql } from 'kysely';
import type { Executor } from '../db/tx.ts';

/** Rows a statement: at most a few ten milliseconds on the embedded engine, which runs one statement at a time. */
export const BATCH = 5_000;

/** What is deleted when, by name. Each statement deletes at most `BATCH` rows. */
export const RETENTION: Readonly<Record<string, (now: Date) => RawBuilder<unknown>>> = {
  // Clients repeat a message id for 24 hours at most; a day more costs little.
  seen_messages: (now) => sql`
    delete from seen_messages where ctid in (
      select ctid from seen_messages where seen_at < ${hoursBefore(now, 48)} limit ${BATCH})`,
  // The newest hour stays for those who look into an accident. A row is a whole group commit, so fewer a statement.
  event_log: (now) => sql`
    delete from event_log where (tx, seq) in (
      select log.tx, log.seq
      from event_log log, (select tx, seq from log_cursors order by tx, seq limit 1) slowest
      where (log.tx, log.seq) <= (slowest.tx, slowest.seq) and log.created_at < ${hoursBefore(now, 1)}
      order by log.tx, log.seq limit ${BATCH / 10})`,
  // A used one is kept until it would have run out: seeing it again is the sign of a theft.
  refresh_tokens: (now) => sql`
    delete from refresh_tokens where id in (select id from refresh_tokens where expires_at < ${now} limit ${BATCH})`,
  // A token that was used up is kept like one that was not: seeing it again is the sign of a theft.
  oauth_store: (now) => sql`
    delete from oauth_store where ctid in (
      select ctid from oauth_store where expires_at < ${now} limit ${BATCH})`,
  rate_counts: (now) => sql`
    delete from rate_counts where key in (select key from rate_counts where ends_at < ${now} limit ${BATCH})`,
  rate_processes: (now) => sql`delete from rate_processes where seen_at < ${hoursBefore(now, 1)}`,
  // 24 hours, as Segmentflow has it (contract segmentflow §4).
  idempotency_records: (now) => sql`
    delete from idempotency_records where id in (
      select id from idempotency_records where created_at < ${hoursBefore(now, 24)} limit ${BATCH / 10})`,
  // A month longer than they could be used: from where somebody has signed in counts when others guess (sign-in throttle).
  sessions: (now) => sql`
    delete from sessions where id in (
      select id from sessions where expires_at < ${hoursBefore(now, 30 * 24)}
        or ended_at < ${hoursBefore(now, 30 * 24)} limit ${BATCH})`,
  spent_tokens: (now) => sql`
    delete from spent_tokens where hash in (select hash from spent_tokens where expires_at < ${now} limit ${BATCH})`,
  password_resets: (now) => sql`
    delete from password_resets where id in (select id from password_resets where expires_at < ${now} limit ${BATCH})`,
  sign_in_tries: (now) => sql`
    delete from sign_in_tries where key in (
      select key from sign_in_tries where started_at < ${hoursBefore(now, 0.25)} limit ${BATCH})`,
  // Accepted ones tell how somebody got in.
  invitations: (now) => sql`
    delete from invitations where id in (
      select id from invitations where accepted_at is null and expires_at < ${hoursBefore(now, 90 * 24)} limit ${BATCH})`,
  notices: (now) => sql`
    delete from notices where id in (
      select id from notices where finished_at < ${hoursBefore(now, 30 * 24)} limit ${BATCH})`,
  // Previews of a month are counted; an audience keeps its last run.
  audience_runs: (now) => sql`
    delete from audience_runs where id in (
      select id from audience_runs where audience_id is null and state <> 'running'
        and created_at < ${hoursBefore(now, 40 * 24)} limit ${BATCH / 10})`,
  alert_marks: (now) => sql`
    delete from alert_marks where ctid in (select ctid from alert_marks where until < ${now} limit ${BATCH})`,
  // The brakes look back a week.
  brake_hours: (now) => sql`
    delete from brake_hours where ctid in (
      select ctid from brake_hours where hour < ${hoursBefore(now, 8 * 24)} limit ${BATCH})`,
  send_days: (now) => sql`
    delete from send_days where ctid in (
      select ctid from send_days where day < ${hoursBefore(now, 8 * 24)} limit ${BATCH})`,
  // A day longer than the windows that reports have (docs/metrics.md).
  metric_minutes: (now) => sql`
    delete from metric_counts where ctid in (
      select ctid from metric_counts where grain = 'minute' and bucket < ${hoursBefore(now, 72)} limit ${BATCH})`,
  metric_hours: (now) => sql`
    delete from metric_counts where ctid in (
      select ctid from metric_counts where grain = 'hour' and bucket < ${hoursBefore(now, 31 * 24)} limit ${BATCH})`,
  metric_days: (now) => sql`
    delete from metric_counts where ctid in (
      select ctid from metric_counts where grain = 'day' and bucket < ${hoursBefore(now, 400 * 24)} limit ${BATCH})`,
  // Events of a month that is over may wait in the log for a while.
  month_people: (now) => sql`
    delete from month_people where ctid in (
      select ctid from month_people where month < ${hoursBefore(now, 62 * 24)} limit ${BATCH})`,
  regulations: (now) => sql`
    delete from regulations where id in (
      select id from regulations where created_at < ${hoursBefore(now, 90 * 24)} and finished_at is not null
      order by created_at limit 2)`,
  // What a destination got instead of the event itself is of use until it has it.
  delivery_payloads: () => sql`
    delete from delivery_payloads where ctid in (
      select p.ctid from delivery_payloads p
      join deliveries d on d.event_id = p.event_id and d.destination_id = p.destination_id
      where d.state <> 'pending' limit ${BATCH})`,
  sandbox_items: (now) => sql`
    delete from sandbox_items where id in (
      select id from sandbox_items where created_at < ${hoursBefore(now, 30 * 24)} limit ${BATCH / 10})`,
};

/** @returns how many rows were deleted. */
export async function deleteBatch(executor: Executor, statement: RawBuilder<unknown>): Promise<number> {
  return Number((await statement.execute(executor)).numAffectedRows ?? 0);
}

function hoursBefore(now: Date, hours: number): Date {
  return new Date(now.getTime() - hours * 3_600_000);
}
