/** All SQL of suppressions and of the rows of regulations; what a regulation deletes is in erase-queries.ts. */
import { type RawBuilder, sql } from 'kysely';
import { type KeysetPage, type KeysetRequest, keysetPage } from '../../db/keyset.ts';
import type { Environment, Executor, Scope, Tx } from '../../db/tx.ts';
import type { Identifier, TrackedEvent } from '../../events/types.ts';

/** The source id of what holds for the whole workspace. */
export const EVERY_SOURCE = '00000000-0000-0000-0000-000000000000';

export async function suppressingScopes(tx: Tx, scopes: readonly Scope[]): Promise<Scope[]> {
  const { rows } = await sql<{ workspace_id: string; environment: Environment }>`
    select workspace_id, environment
    from unnest(${scopes.map((s) => s.workspaceId)}::uuid[], ${scopes.map((s) => s.environment)}::text[]) t(workspace_id, environment)
    where exists (select from suppressions s where s.workspace_id = t.workspace_id and s.environment = t.environment)`.execute(
    tx,
  );
  return rows.map((row) => ({ workspaceId: row.workspace_id, environment: row.environment }));
}

/** The places of events that name a suppressed user id, or an identifier of a person who has one. */
export async function findSuppressed(
  tx: Tx,
  keys: readonly { place: number; event: TrackedEvent; identifier: Identifier }[],
): Promise<number[]> {
  const { rows } = await sql<{ place: number }>`
    with k as materialized (
      select * from unnest(
        ${keys.map((k) => k.place)}::int[], ${keys.map((k) => k.event.scope.workspaceId)}::uuid[],
        ${keys.map((k) => k.event.scope.environment)}::text[], ${keys.map((k) => k.event.sourceId)}::uuid[],
        ${keys.map((k) => k.identifier.type)}::text[], ${keys.map((k) => k.identifier.value)}::text[]
      ) t(place, workspace_id, environment, source_id, type, value))
    select k.place from k join suppressions s on s.workspace_id = k.workspace_id and s.environment = k.environment
      and s.user_id = k.value and s.source_id in (${EVERY_SOURCE}::uuid, k.source_id)
    where k.type = 'user_id'
    union
    select k.place from k
    join identifiers i on i.workspace_id = k.workspace_id and i.environment = k.environment and i.type = k.type and i.value = k.value
    join identifiers u on u.profile_id = i.profile_id and u.type = 'user_id'
    join suppressions s on s.workspace_id = k.workspace_id and s.environment = k.environment and s.user_id = u.value
      and s.source_id in (${EVERY_SOURCE}::uuid, k.source_id)`.execute(tx);
  return rows.map((row) => row.place);
}

/** Of the regulation's subjects, all at once. */
export async function suppressSubjects(tx: Tx, scope: Scope, id: string, sourceId: string): Promise<void> {
  await sql`
    insert into suppressions (workspace_id, environment, source_id, user_id)
    select ${scope.workspaceId}, ${scope.environment}, ${sourceId}, value
    from regulation_subjects where regulation_id = ${id} order by position
    on conflict do nothing`.execute(tx);
}

/** @returns how many of its subjects stay suppressed, because the whole workspace suppresses them. */
export async function unsuppressSubjects(tx: Tx, scope: Scope, id: string, sourceId: string): Promise<number> {
  const scoped = sql`s.workspace_id = ${scope.workspaceId} and s.environment = ${scope.environment}`;
  await sql`
    delete from suppressions s using regulation_subjects r
    where r.regulation_id = ${id} and s.user_id = r.value and s.source_id = ${sourceId} and ${scoped}`.execute(tx);
  if (sourceId === EVERY_SOURCE) return 0;
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from regulation_subjects r
    join suppressions s on s.user_id = r.value and s.source_id = ${EVERY_SOURCE} and ${scoped}
    where r.regulation_id = ${id}`.execute(tx);
  return rows[0]?.n ?? 0;
}

/** Of the whole workspace, oldest first; the key is the row's number. */
export async function pageOfSuppressions(
  db: Executor,
  scope: Scope,
  request: KeysetRequest,
): Promise<KeysetPage<{ id: number; user_id: string; created_at: Date }>> {
  return keysetPage(
    request,
    (row) => String(row.id),
    async ({ after, before, order, limit }) => {
      let query = db
        .selectFrom('suppressions')
        .select(['id', 'user_id', 'created_at'])
        .where('workspace_id', '=', scope.workspaceId)
        .where('environment', '=', scope.environment)
        .where('source_id', '=', EVERY_SOURCE);
      if (after !== undefined) query = query.where('id', '>', Number(after));
      if (before !== undefined) query = query.where('id', '<', Number(before));
      return query.orderBy('id', order).limit(limit).execute();
    },
  );
}

export interface RegulationRow {
  id: string;
  workspace_id: string;
  environment: Environment;
  source_id: string | null;
  type: string;
  subject_type: string;
  collection: string | null;
  subjects: number;
  subject_bytes: number;
  status: string;
  error: string | null;
  stage: string;
  scanned: number;
  erasing_since: Date | null;
  tries: number;
  created_at: Date;
  finished_at: Date | null;
}

const REGULATION = sql.raw(`id, workspace_id, environment, source_id, type, subject_type, collection, subjects,
  subject_bytes, status, error, stage, scanned, erasing_since, tries, created_at, finished_at`);

/** @returns how many are used then; null: they do not fit, and nothing was taken. */
export async function takeQuota(
  tx: Tx,
  scope: Scope,
  { month, kind, count, most }: { month: Date; kind: string; count: number; most: number },
): Promise<number | null> {
  const { rows } = await sql<{ used: number }>`
    insert into regulation_quotas as q (workspace_id, environment, month, kind, used)
    values (${scope.workspaceId}, ${scope.environment}, ${month}, ${kind}, ${count})
    on conflict (workspace_id, environment, month, kind) do update set used = q.used + excluded.used
      where q.used + excluded.used <= ${most}
    returning used`.execute(tx);
  return rows[0]?.used ?? null;
}

export async function readQuota(db: Executor, scope: Scope, month: Date, kind: string): Promise<number> {
  const { rows } = await sql<{ used: number }>`
    select used from regulation_quotas where workspace_id = ${scope.workspaceId} and environment = ${scope.environment}
      and month = ${month} and kind = ${kind}`.execute(db);
  return rows[0]?.used ?? 0;
}

export async function insertRegulation(
  tx: Tx,
  scope: Scope,
  row: Pick<RegulationRow, 'id' | 'source_id' | 'type' | 'subject_type' | 'collection'> & { values: readonly string[] },
): Promise<RegulationRow> {
  const bytes = row.values.reduce((sum, value) => sum + value.length, 0);
  const { rows } = await sql<RegulationRow>`
    insert into regulations (id, workspace_id, environment, source_id, type, subject_type, collection, subjects, subject_bytes)
    values (${row.id}, ${scope.workspaceId}, ${scope.environment}, ${row.source_id}, ${row.type}, ${row.subject_type},
      ${row.collection}, ${row.values.length}, ${bytes})
    returning ${REGULATION}`.execute(tx);
  await sql`
    insert into regulation_subjects (regulation_id, position, workspace_id, value)
    select ${row.id}, n, ${scope.workspaceId}, value from unnest(${[...row.values]}::text[]) with ordinality t(value, n)`.execute(
    tx,
  );
  const [made] = rows;
  if (!made) throw new Error('The regulation was not inserted.');
  return made;
}

export interface RegulationFilter {
  /** null: those of the whole workspace. */
  readonly sourceId: string | null;
  readonly status?: string | undefined;
  readonly types?: readonly string[] | undefined;
  readonly since: Date;
}

/** Oldest first. */
export async function pageOfRegulations(
  db: Executor,
  scope: Scope,
  filter: RegulationFilter,
  request: KeysetRequest,
): Promise<KeysetPage<RegulationRow>> {
  const conditions: RawBuilder<unknown>[] = [
    sql`workspace_id = ${scope.workspaceId} and environment = ${scope.environment} and created_at >= ${filter.since}`,
    filter.sourceId === null ? sql`source_id is null` : sql`source_id = ${filter.sourceId}`,
  ];
  if (filter.status !== undefined) conditions.push(sql`status = ${filter.status}`);
  if (filter.types !== undefined) conditions.push(sql`type = any(${[...filter.types]}::text[])`);
  return keysetPage(
    request,
    (row) => row.id,
    async ({ after, before, order, limit }) => {
      const bounds = [...conditions];
      if (after !== undefined) bounds.push(sql`id > ${after}`);
      if (before !== undefined) bounds.push(sql`id < ${before}`);
      const { rows } = await sql<RegulationRow>`
        select ${REGULATION} from regulations where ${sql.join(bounds, sql` and `)}
        order by id ${sql.raw(order)} limit ${limit}`.execute(db);
      return rows;
    },
  );
}

export async function findRegulation(
  db: Executor,
  scope: Scope,
  id: string,
  since: Date,
): Promise<RegulationRow | undefined> {
  const { rows } = await sql<RegulationRow>`
    select ${REGULATION} from regulations
    where workspace_id = ${scope.workspaceId} and environment = ${scope.environment} and id = ${id}
      and created_at >= ${since}`.execute(db);
  return rows[0];
}

/** regulation → its subjects, in their order. */
export async function subjectsOf(db: Executor, ids: readonly string[]): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ regulation_id: string; values: string[] }>`
    select regulation_id, array_agg(value order by position) as values from regulation_subjects
    where regulation_id = any(${[...ids]}::uuid[]) group by regulation_id`.execute(db);
  return new Map(rows.map((row) => [row.regulation_id, row.values]));
}

/** Only one that has not begun. @returns whether it was there. */
export async function withdrawRegulation(tx: Tx, scope: Scope, id: string): Promise<boolean> {
  const { rows } = await sql`
    delete from regulations where workspace_id = ${scope.workspaceId} and environment = ${scope.environment}
      and id = ${id} and status = 'INITIALIZED' returning id`.execute(tx);
  return rows.length > 0;
}

/** The next one whose time it is and that no other process is at, locked until the transaction ends. */
export async function takeRegulation(tx: Tx): Promise<RegulationRow | null> {
  const { rows } = await sql<RegulationRow>`
    select ${REGULATION} from regulations where finished_at is null and not_before <= clock_timestamp()
    order by not_before, id limit 1 for update skip locked`.execute(tx);
  return rows[0] ?? null;
}

export type Progress = Partial<Pick<RegulationRow, 'status' | 'error' | 'stage' | 'scanned'>> & {
  /** Now, by the database's clock. */
  erasingSince?: true;
  waitMs?: number;
  tries?: number;
  finished?: true;
};

export async function saveProgress(tx: Tx, id: string, change: Progress): Promise<void> {
  const { status, error, stage, scanned, erasingSince, waitMs = 0, tries = 0, finished } = change;
  const sets = [sql`tries = ${tries}`, sql`not_before = clock_timestamp() + make_interval(secs => ${waitMs / 1_000})`];
  if (status !== undefined) sets.push(sql`status = ${status}`);
  if (error !== undefined) sets.push(sql`error = ${error}`);
  if (stage !== undefined) sets.push(sql`stage = ${stage}`);
  if (scanned !== undefined) sets.push(sql`scanned = ${scanned}`);
  if (erasingSince) sets.push(sql`erasing_since = clock_timestamp()`);
  if (finished) sets.push(sql`finished_at = now()`);
  await sql`update regulations set ${sql.join(sets)} where id = ${id}`.execute(tx);
}

export async function countRegulations(
  db: Executor,
  scope: Scope,
  sourceId: string | null,
  since: Date,
): Promise<number> {
  const of = sourceId === null ? sql`source_id is null` : sql`source_id = ${sourceId}`;
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from regulations where workspace_id = ${scope.workspaceId}
      and environment = ${scope.environment} and created_at >= ${since} and ${of}`.execute(db);
  return rows[0]?.n ?? 0;
}

export async function countSuppressions(db: Executor, scope: Scope, most: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (select from suppressions where workspace_id = ${scope.workspaceId}
      and environment = ${scope.environment} and source_id = ${EVERY_SOURCE} limit ${most}) s`.execute(db);
  return rows[0]?.n ?? 0;
}
