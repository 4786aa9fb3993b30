/** All SQL of labels: those of a workspace, and those that its sources have. */
import { sql } from 'kysely';
import type { Executor, Scope, Tx } from '../../db/tx.ts';
import type { LabelOfSource } from './queries.ts';

export interface LabelRow {
  id: number;
  key: string;
  value: string;
  description: string | null;
}

const COLUMNS = ['id', 'key', 'value', 'description'] as const;

export async function listLabels(executor: Executor, scope: Scope): Promise<LabelRow[]> {
  return executor
    .selectFrom('labels')
    .select(COLUMNS)
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .orderBy('id')
    .execute();
}

/** Those of the given ones that the workspace has. Locked against deletion until the transaction ends. */
export async function lockLabels(
  tx: Tx,
  scope: Scope,
  wanted: readonly { key: string; value: string }[],
): Promise<LabelRow[]> {
  const { rows } = await sql<LabelRow>`
    select l.id, l.key, l.value, l.description
    from labels l
    where l.workspace_id = ${scope.workspaceId} and l.environment = ${scope.environment}
      and (l.key, l.value) in (
        select * from unnest(${wanted.map(({ key }) => key)}::text[], ${wanted.map(({ value }) => value)}::text[]))
    order by l.id for key share`.execute(tx);
  return rows;
}

/** @returns undefined when the workspace has it already. */
export async function insertLabel(tx: Tx, scope: Scope, label: LabelOfSource): Promise<LabelRow | undefined> {
  return tx
    .insertInto('labels')
    .values({ workspace_id: scope.workspaceId, environment: scope.environment, ...label })
    .onConflict((conflict) => conflict.doNothing())
    .returning(COLUMNS)
    .executeTakeFirst();
}

export async function countLabels(tx: Tx, scope: Scope): Promise<number> {
  const row = await tx
    .selectFrom('labels')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Takes it off every source too. */
export async function deleteLabel(
  tx: Tx,
  scope: Scope,
  which: { id: number } | { key: string; value: string },
): Promise<LabelRow | undefined> {
  const query = tx
    .deleteFrom('labels')
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment);
  const one =
    'id' in which
      ? query.where('id', '=', which.id)
      : query.where('key', '=', which.key).where('value', '=', which.value);
  return one.returning(COLUMNS).executeTakeFirst();
}

/** In the order given, after those that stay. */
export async function insertSourceLabels(
  tx: Tx,
  scope: Scope,
  sourceId: string,
  labels: readonly { labelId: number; description: string | null }[],
): Promise<void> {
  if (labels.length === 0) return;
  await sql`
    insert into source_labels (workspace_id, source_id, label_id, description)
    select ${scope.workspaceId}, ${sourceId}, n.label_id, n.description
    from unnest(${labels.map(({ labelId }) => labelId)}::bigint[], ${labels.map((l) => l.description)}::text[])
      with ordinality as n (label_id, description, position)
    order by n.position
    on conflict (source_id, label_id) do nothing`.execute(tx);
}

export async function deleteSourceLabels(tx: Tx, scope: Scope, sourceId: string): Promise<void> {
  await tx
    .deleteFrom('source_labels')
    .where('workspace_id', '=', scope.workspaceId)
    .where('source_id', '=', sourceId)
    .execute();
}
