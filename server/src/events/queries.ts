/** Reading stored events and refusals: list, one, counts, and what is new for the live stream. */
import { type RawBuilder, sql } from 'kysely';
import type { Executor, Scope } from '../db/tx.ts';

export interface EventRow {
  id: number;
  outcome: 'accepted' | 'duplicate' | 'rejected';
  code: string | null;
  reason: string | null;
  type: string | null;
  name: string | null;
  message_id: string | null;
  source_id: string;
  user_id: string | null;
  anonymous_id: string | null;
  profile_id: string | null;
  occurred_at: Date | null;
  received_at: Date;
}

export interface EventFilter {
  readonly sourceId?: string | undefined;
  readonly type?: string | undefined;
  readonly outcome?: EventRow['outcome'] | undefined;
  /** Part of the name, or a user's, anonymous or message id, whole. */
  readonly text?: string | undefined;
  /** One person's profiles. A refusal has none: ask with `outcome: 'accepted'`. */
  readonly profileIds?: readonly string[] | undefined;
  readonly beforeId?: number | undefined;
  readonly afterId?: number | undefined;
}

const ACCEPTED = sql`id, 'accepted' as outcome, null as code, null as reason, type, name, message_id, source_id, user_id,
  anonymous_id, profile_id, occurred_at, received_at`;
const REFUSED = sql`id, outcome, code, reason, type, name, message_id, source_id, null as user_id,
  null as anonymous_id, null::uuid as profile_id, null::timestamptz as occurred_at, received_at`;

/** Newest first. */
export async function listEvents(db: Executor, scope: Scope, filter: EventFilter, limit: number): Promise<EventRow[]> {
  const parts: RawBuilder<unknown>[] = [];
  if (filter.outcome === undefined || filter.outcome === 'accepted') {
    const ids = sql`user_id = ${filter.text} or anonymous_id = ${filter.text} or message_id = ${filter.text}`;
    parts.push(
      sql`(select ${ACCEPTED} from events where ${where(scope, filter, ids)} order by id desc limit ${limit})`,
    );
  }
  if (filter.outcome !== 'accepted') {
    const outcome = filter.outcome === undefined ? sql`true` : sql`outcome = ${filter.outcome}`;
    const ids = sql`message_id = ${filter.text}`;
    parts.push(
      sql`(select ${REFUSED} from refused_events where ${outcome} and ${where(scope, filter, ids)} order by id desc limit ${limit})`,
    );
  }
  const { rows } = await sql<EventRow>`
    select * from (${sql.join(parts, sql` union all `)}) as found order by id desc limit ${limit}`.execute(db);
  return rows;
}

function where(scope: Scope, filter: EventFilter, ids: RawBuilder<unknown>): RawBuilder<unknown> {
  const conditions = [sql`workspace_id = ${scope.workspaceId} and environment = ${scope.environment}`];
  if (filter.sourceId !== undefined) conditions.push(sql`source_id = ${filter.sourceId}`);
  if (filter.type !== undefined) conditions.push(sql`type = ${filter.type}`);
  if (filter.profileIds !== undefined) conditions.push(sql`profile_id = any(${[...filter.profileIds]}::uuid[])`);
  if (filter.beforeId !== undefined) conditions.push(sql`id < ${filter.beforeId}`);
  if (filter.afterId !== undefined) conditions.push(sql`id > ${filter.afterId}`);
  if (filter.text !== undefined) conditions.push(sql`(strpos(lower(name), lower(${filter.text})) > 0 or ${ids})`);
  return sql.join(conditions, sql` and `);
}

/** Exact up to 1,000, which is where a reader stops caring and counting starts to cost. */
export async function countEvents(db: Executor, scope: Scope, filter: EventFilter): Promise<number> {
  const rows = await listEvents(db, scope, filter, 1_000);
  return rows.length;
}

/** One event or refusal with its payload; a refusal's is the text that arrived, parsed where it still is JSON. */
export async function findEvent(
  db: Executor,
  scope: Scope,
  id: number,
): Promise<(EventRow & { payload: unknown }) | null> {
  const scoped = sql`id = ${id} and workspace_id = ${scope.workspaceId} and environment = ${scope.environment}`;
  const { rows } = await sql<EventRow & { payload: unknown }>`
    select ${ACCEPTED}, payload from events where ${scoped}
    union all
    select ${REFUSED}, to_jsonb(payload) from refused_events where ${scoped}`.execute(db);
  return rows[0] ?? null;
}

export async function newestEventId(db: Executor, scope: Scope): Promise<number> {
  const rows = await listEvents(db, scope, {}, 1);
  return rows[0]?.id ?? 0;
}

export interface CountRow {
  minute: Date;
  accepted: number;
  duplicate: number;
  rejected: number;
}

/** One row for each minute of the last `minutes`, empty ones too, oldest first. */
export async function countsPerMinute(db: Executor, scope: Scope, minutes: number, now: Date): Promise<CountRow[]> {
  const { rows } = await sql<CountRow>`
    select minute,
      coalesce(sum(count) filter (where outcome = 'accepted'), 0)::float8 as accepted,
      coalesce(sum(count) filter (where outcome = 'duplicate'), 0)::float8 as duplicate,
      coalesce(sum(count) filter (where outcome = 'rejected'), 0)::float8 as rejected
    from generate_series(date_trunc('minute', ${now}::timestamptz) - make_interval(mins => ${minutes - 1}),
      date_trunc('minute', ${now}::timestamptz), interval '1 minute') as minute
    left join (select * from event_counts
      where workspace_id = ${scope.workspaceId} and environment = ${scope.environment}) counts using (minute)
    group by minute order by minute`.execute(db);
  return rows;
}
