/** All SQL of audiences and computed traits. */
import { type Selectable, sql } from 'kysely';
import type { Bounds } from '../db/keyset.ts';
import type { AudienceTables } from '../db/tables/audiences.ts';
import type { Executor, Scope, Tx } from '../db/tx.ts';

export type ComputedTraitRow = Selectable<AudienceTables['computed_traits']>;
export type AudienceRow = Selectable<AudienceTables['audiences']> & {
  /** Of the run that counts or counted it; null: none. */
  run_state: 'running' | 'completed' | 'failed' | null;
};

export interface Search {
  readonly type: 'DEFINITION' | 'KEY' | 'NAME';
  readonly query: string;
}

const scoped = ({ workspaceId, environment }: Scope) => ({ workspace_id: workspaceId, environment }) as const;

function audiencesIn(executor: Executor, scope: Scope) {
  return executor
    .selectFrom('audiences')
    .selectAll('audiences')
    .select(
      sql<AudienceRow['run_state']>`(select r.state from audience_runs r where r.id = audiences.run_id)`.as(
        'run_state',
      ),
    )
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment);
}

export async function readAudiences(
  executor: Executor,
  scope: Scope,
  { after, before, order, limit }: Bounds,
  search?: Search,
): Promise<AudienceRow[]> {
  let query = audiencesIn(executor, scope).orderBy('id', order).limit(limit);
  if (search) query = query.where(matching(search));
  if (after !== undefined) query = query.where('id', '>', after);
  if (before !== undefined) query = query.where('id', '<', before);
  return await query.execute();
}

function matching({ type, query }: Search) {
  if (type === 'KEY') return sql<boolean>`starts_with(audiences.key, ${query})`;
  const text = type === 'NAME' ? sql`audiences.name` : sql`audiences.query`;
  return sql<boolean>`strpos(lower(${text}), lower(${query})) > 0`;
}

export async function countAudiences(executor: Executor, scope: Scope, search?: Search): Promise<number> {
  let query = executor
    .selectFrom('audiences')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment);
  if (search) query = query.where(matching(search));
  return (await query.executeTakeFirstOrThrow()).count;
}

export async function findAudience(executor: Executor, scope: Scope, id: string): Promise<AudienceRow | undefined> {
  return await audiencesIn(executor, scope).where('id', '=', id).executeTakeFirst();
}

/** The row stays locked until the transaction ends. */
export async function lockAudience(tx: Tx, scope: Scope, id: string): Promise<AudienceRow | undefined> {
  return await audiencesIn(tx, scope).where('id', '=', id).forUpdate('audiences').executeTakeFirst();
}

/** Audiences whose query names the key; a space has a bounded number. */
export async function audiencesNaming(executor: Executor, scope: Scope, key: string): Promise<AudienceRow[]> {
  return await audiencesIn(executor, scope).where(sql<boolean>`${key} = any(audiences.traits)`).execute();
}

export type AudienceWrite = Omit<AudienceRow, 'workspace_id' | 'environment' | 'run_state'>;

export async function insertAudience(tx: Tx, scope: Scope, row: AudienceWrite): Promise<void> {
  await tx
    .insertInto('audiences')
    .values({ ...row, ...scoped(scope), options: JSON.stringify(row.options) })
    .execute();
}

export async function updateAudience(tx: Tx, id: string, change: Partial<AudienceWrite>): Promise<void> {
  const { options, ...rest } = change;
  await tx
    .updateTable('audiences')
    .set({ ...rest, ...(options && { options: JSON.stringify(options) }) })
    .where('id', '=', id)
    .execute();
}

export async function deleteAudience(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('audiences').where('id', '=', id).execute();
}

// computed traits -----------------------------------------------------------------------------------

function traitsIn(executor: Executor, scope: Scope) {
  return executor
    .selectFrom('computed_traits')
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment);
}

export async function readTraits(
  executor: Executor,
  scope: Scope,
  { after, before, order, limit }: Bounds,
): Promise<ComputedTraitRow[]> {
  let query = traitsIn(executor, scope).selectAll().orderBy('id', order).limit(limit);
  if (after !== undefined) query = query.where('id', '>', after);
  if (before !== undefined) query = query.where('id', '<', before);
  return await query.execute();
}

export async function countTraits(executor: Executor, scope: Scope): Promise<number> {
  const query = traitsIn(executor, scope).select((eb) => eb.fn.countAll<number>().as('count'));
  return (await query.executeTakeFirstOrThrow()).count;
}

export async function findTrait(executor: Executor, scope: Scope, id: string): Promise<ComputedTraitRow | undefined> {
  return await traitsIn(executor, scope).selectAll().where('id', '=', id).executeTakeFirst();
}

export async function lockTrait(tx: Tx, scope: Scope, id: string): Promise<ComputedTraitRow | undefined> {
  return await traitsIn(tx, scope).selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

export type TraitWrite = Omit<ComputedTraitRow, 'workspace_id' | 'environment'>;

export async function insertTrait(tx: Tx, scope: Scope, row: TraitWrite): Promise<void> {
  await tx
    .insertInto('computed_traits')
    .values({ ...row, ...scoped(scope), options: JSON.stringify(row.options) })
    .execute();
}

export async function updateTrait(tx: Tx, id: string, change: Partial<Omit<TraitWrite, 'options'>>): Promise<void> {
  await tx.updateTable('computed_traits').set(change).where('id', '=', id).execute();
}

export async function deleteTrait(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('computed_traits').where('id', '=', id).execute();
}

// keys ----------------------------------------------------------------------------------------------

const KEYS = sql`(select key, workspace_id, environment from audiences
  union all select key, workspace_id, environment from computed_traits) k`;

function keysOf({ workspaceId, environment }: Scope) {
  return sql`k.workspace_id = ${workspaceId} and k.environment = ${environment}`;
}

export async function countKeys(executor: Executor, scope: Scope): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) from ${KEYS} where ${keysOf(scope)}`.execute(executor);
  return rows[0]?.count ?? 0;
}

export async function keysLike(executor: Executor, scope: Scope, base: string): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    select key from ${KEYS} where ${keysOf(scope)} and starts_with(k.key, ${base})`.execute(executor);
  return rows.map(({ key }) => key);
}

export interface NamedRow {
  key: string;
  kind: 'audience' | 'trait';
  query: string;
}

/** Definitions about people that other definitions may name by these keys; disabled ones are as if they were not there. */
export async function definitionsNamed(executor: Executor, scope: Scope, keys: readonly string[]): Promise<NamedRow[]> {
  const own = sql`workspace_id = ${scope.workspaceId} and environment = ${scope.environment}
    and key = any(${[...keys]}::text[]) and enabled and type = 'USERS'`;
  const { rows } = await sql<NamedRow>`
    select key, 'audience' as kind, query from audiences where ${own}
    union all select key, 'trait', query from computed_traits where ${own}`.execute(executor);
  return rows;
}
