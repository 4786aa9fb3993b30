/** What deleting people does to the database, a bounded piece a call. */
import { sql } from 'kysely';
import type { Scope, Tx } from '../../db/tx.ts';

/** Whether all that arrived before a moment has gone through the pipeline. Call it holding the people's lock. */
export async function logHasPassed(tx: Tx, moment: Date): Promise<boolean> {
  const { rows } = await sql<{ waiting: boolean }>`
    select exists (select from event_log l, (select tx, seq from log_cursors order by tx, seq limit 1) c
      where (l.tx, l.seq) > (c.tx, c.seq) and l.created_at <= ${moment}) as waiting`.execute(tx);
  return rows[0]?.waiting === false;
}

export async function nextSubjects(tx: Tx, regulationId: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ value: string }>`
    select value from regulation_subjects where regulation_id = ${regulationId} and not done
    order by position limit ${limit}`.execute(tx);
  return rows.map((row) => row.value);
}

export async function subjectsDone(tx: Tx, regulationId: string, values: readonly string[]): Promise<void> {
  await sql`update regulation_subjects set done = true
    where regulation_id = ${regulationId} and value = any(${[...values]}::text[])`.execute(tx);
}

/** The profiles of these ids with all that were merged into them, roots first. */
export async function profilesOf(tx: Tx, scope: Scope, type: string, values: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with roots as (
      select distinct i.profile_id as id from identifiers i
      where i.workspace_id = ${scope.workspaceId} and i.environment = ${scope.environment} and i.type = ${type}
        and i.value = any(${[...values]}::text[]))
    select id from roots
    union all
    select p.id from profiles p join roots on p.merged_into = roots.id`.execute(tx);
  return rows.map((row) => row.id);
}

/** Notes whose events go, and every id of theirs. */
export async function noteForErasure(
  tx: Tx,
  scope: Scope,
  regulationId: string,
  { profileIds, values }: { profileIds: readonly string[]; values: readonly string[] },
): Promise<void> {
  await sql`
    insert into regulation_people (regulation_id, profile_id, workspace_id)
    select ${regulationId}, p, ${scope.workspaceId} from unnest(${[...profileIds]}::uuid[]) p on conflict do nothing`.execute(
    tx,
  );
  await sql`
    insert into regulation_traces (regulation_id, value, workspace_id)
    select distinct ${regulationId}::uuid, value, ${scope.workspaceId}::uuid from (
      select i.value from identifiers i where i.profile_id = any(${[...profileIds]}::uuid[])
      union all select v from unnest(${[...values]}::text[]) v) t
    on conflict do nothing`.execute(tx);
}

/** Profiles with their identifiers, traits and marks of who was seen this month. Call it holding the people's lock. */
export async function deleteProfiles(tx: Tx, scope: Scope, profileIds: readonly string[]): Promise<void> {
  const ids = sql`any(${[...profileIds]}::uuid[])`;
  await sql`
    delete from month_people where workspace_id = ${scope.workspaceId} and environment = ${scope.environment}
      and (month, person) in (
        select m.month, md5(i.workspace_id || ' ' || i.environment || ' '
          || case i.type when 'user_id' then 'user' else 'anonymous' end || ' ' || i.value)::uuid
        from identifiers i, unnest(array[date_trunc('month', now(), 'UTC'),
          date_trunc('month', now() - interval '1 month', 'UTC'), date_trunc('month', now() - interval '2 months', 'UTC')]) m (month)
        where i.profile_id = ${ids} and i.type in ('user_id', 'anonymous_id'))`.execute(tx);
  // Who asked for no more messages stays known as that, or the next import would write to them again.
  await sql`
    delete from messaging_subscriptions s using identifiers i
    where i.profile_id = ${ids} and s.workspace_id = i.workspace_id and s.environment = i.environment and s.key = i.value
      and s.status <> 'UNSUBSCRIBED'`.execute(tx);
  await sql`delete from identifiers where profile_id = ${ids}`.execute(tx);
  await sql`delete from profiles where merged_into = ${ids} or id = ${ids}`.execute(tx);
}

/** @returns how many events were deleted; fewer than `limit`: none is left of these people. */
export async function deleteEvents(
  tx: Tx,
  scope: Scope,
  { profileIds, sourceId, limit }: { profileIds: readonly string[]; sourceId: string | null; limit: number },
): Promise<number> {
  const ofSource = sourceId === null ? sql`true` : sql`source_id = ${sourceId}`;
  const { rows } = await sql<{ id: number }>`
    delete from events where id in (
      select id from events where profile_id = any(${[...profileIds]}::uuid[]) and ${ofSource}
        and workspace_id = ${scope.workspaceId} and environment = ${scope.environment} limit ${limit})
    returning id`.execute(tx);
  const gone = sql`any(${rows.map((row) => row.id)}::bigint[])`;
  // With their attempts, which hold what the receiver answered, and what filters made of the events.
  await sql`delete from deliveries where event_id = ${gone}`.execute(tx);
  await sql`delete from delivery_payloads where event_id = ${gone}`.execute(tx);
  return rows.length;
}

export async function peopleToErase(tx: Tx, regulationId: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ profile_id: string }>`
    select profile_id from regulation_people where regulation_id = ${regulationId} order by profile_id limit ${limit}`.execute(
    tx,
  );
  return rows.map((row) => row.profile_id);
}

export async function peopleErased(tx: Tx, regulationId: string, profileIds: readonly string[]): Promise<void> {
  await sql`delete from regulation_people where regulation_id = ${regulationId}
    and profile_id = any(${[...profileIds]}::uuid[])`.execute(tx);
}

/** The people among these of whom no event is left, from any source: their root profiles. */
export async function withoutEvents(tx: Tx, profileIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct coalesce(p.merged_into, p.id) as id from profiles p
    where p.id = any(${[...profileIds]}::uuid[]) and not exists (
      select from profiles o join events e on e.profile_id = o.id
      where o.id = coalesce(p.merged_into, p.id) or o.merged_into = coalesce(p.merged_into, p.id))`.execute(tx);
  return rows.map((row) => row.id);
}

/** Refusals after a row, with what arrived. */
export async function nextRefusals(
  tx: Tx,
  scope: Scope,
  { after, sourceId, limit }: { after: number; sourceId: string | null; limit: number },
): Promise<{ id: number; payload: string }[]> {
  const ofSource = sourceId === null ? sql`true` : sql`source_id = ${sourceId}`;
  const { rows } = await sql<{ id: number; payload: string }>`
    select id, payload from refused_events
    where workspace_id = ${scope.workspaceId} and environment = ${scope.environment} and id > ${after} and ${ofSource}
    order by id limit ${limit}`.execute(tx);
  return rows;
}

export async function tracesAmong(tx: Tx, regulationId: string, values: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ value: string }>`
    select value from regulation_traces where regulation_id = ${regulationId} and value = any(${[...values]}::text[])`.execute(
    tx,
  );
  return new Set(rows.map((row) => row.value));
}

export async function deleteRefusals(tx: Tx, ids: readonly number[]): Promise<void> {
  await sql`delete from refused_events where id = any(${[...ids]}::bigint[])`.execute(tx);
}

/** Captured requests and mails in which one of the ids stands as a value, wherever a mapping has put it. @returns the last row looked at; null: none was left. */
export async function deleteCaptured(
  tx: Tx,
  scope: Scope,
  regulationId: string,
  { after, limit }: { after: number; limit: number },
): Promise<number | null> {
  const { rows } = await sql<{ last: number | null }>`
    with looked as materialized (
      select id, content from sandbox_items
      where workspace_id = ${scope.workspaceId} and environment = ${scope.environment} and id > ${after}
      order by id limit ${limit}),
    gone as (
      delete from sandbox_items s using looked l where s.id = l.id and exists (
        select from jsonb_path_query(l.content, 'lax $.** ? (@.type() == "string")') t(value)
        join regulation_traces r on r.regulation_id = ${regulationId}
          and r.value in (t.value #>> '{}', lower(t.value #>> '{}'))
        where length(t.value #>> '{}') <= 512))
    select max(id) as last from looked`.execute(tx);
  return rows[0]?.last ?? null;
}

export async function forgetTraces(tx: Tx, regulationId: string): Promise<void> {
  await sql`delete from regulation_traces where regulation_id = ${regulationId}`.execute(tx);
}
