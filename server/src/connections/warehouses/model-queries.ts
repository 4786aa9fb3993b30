/** All SQL of reverse ETL models. */
import { sql } from 'kysely';
import type { Bounds } from '../../db/keyset.ts';
import type { Executor, Scope, Tx } from '../../db/tx.ts';

export interface ModelFields {
  name: string;
  description: string;
  enabled: boolean;
  query: string;
  query_identifier_column: string;
}

export interface ModelRow extends ModelFields {
  id: string;
  source_id: string;
}

const COLUMNS = ['id', 'source_id', 'name', 'description', 'enabled', 'query', 'query_identifier_column'] as const;

function modelsIn(executor: Executor, scope: Scope) {
  return executor
    .selectFrom('reverse_etl_models')
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment);
}

export async function readModels(
  executor: Executor,
  scope: Scope,
  { after, before, order, limit }: Bounds,
): Promise<ModelRow[]> {
  let query = modelsIn(executor, scope).select(COLUMNS).orderBy('id', order).limit(limit);
  if (after !== undefined) query = query.where('id', '>', after);
  if (before !== undefined) query = query.where('id', '<', before);
  return query.execute();
}

export async function countModels(executor: Executor, scope: Scope): Promise<number> {
  const row = await modelsIn(executor, scope)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function findModel(executor: Executor, scope: Scope, id: string): Promise<ModelRow | undefined> {
  return modelsIn(executor, scope).select(COLUMNS).where('id', '=', id).executeTakeFirst();
}

/** The row stays locked until the transaction ends. */
export async function lockModel(tx: Tx, scope: Scope, id: string): Promise<ModelRow | undefined> {
  return modelsIn(tx, scope).select(COLUMNS).where('id', '=', id).forUpdate().executeTakeFirst();
}

export async function insertModel(tx: Tx, scope: Scope, row: ModelRow): Promise<ModelRow> {
  return tx
    .insertInto('reverse_etl_models')
    .values({ ...row, workspace_id: scope.workspaceId, environment: scope.environment })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
}

export async function updateModel(tx: Tx, id: string, change: Partial<ModelFields>): Promise<ModelRow> {
  return tx
    .updateTable('reverse_etl_models')
    .set({ ...change, updated_at: sql<Date>`now()` })
    .where('id', '=', id)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
}

export async function deleteModel(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('reverse_etl_models').where('id', '=', id).execute();
}
