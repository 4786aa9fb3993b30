/** All SQL of transformations. Those of a deleted source are gone with it. */
import { sql } from 'kysely';
import { type KeysetPage, type KeysetRequest, keysetPage } from '../../db/keyset.ts';
import type { Environment, Executor, Scope, Tx } from '../../db/tx.ts';
import type { StoredDefinition } from './hash-key.ts';
import type { Definition } from './transformation.ts';

export interface TransformationRow extends StoredDefinition {
  id: string;
  workspace_id: string;
  environment: Environment;
  source_id: string;
  /** Id of the catalog's destination type; null: for everything the source feeds. */
  destination_metadata_id: string | null;
  name: string;
  condition: string;
  enabled: boolean;
  created_at: Date;
  updated_at: Date;
}

export interface TransformationChange {
  readonly source_id?: string;
  readonly destination_metadata_id?: string;
  readonly name?: string;
  readonly condition?: string;
  /** JSON. */
  readonly definition?: string;
  readonly hash_key_sealed?: Buffer | null;
  readonly enabled?: boolean;
  readonly deleted_at?: Date;
}

const COLUMNS = [
  'id',
  'workspace_id',
  'environment',
  'source_id',
  'destination_metadata_id',
  'name',
  'condition',
  'definition',
  'hash_key_sealed',
  'enabled',
  'created_at',
  'updated_at',
] as const;

function transformationsIn(executor: Executor, scope: Scope) {
  return executor
    .selectFrom('transformations')
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where('deleted_at', 'is', null)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('sources')
          .select('sources.id')
          .whereRef('sources.id', '=', 'transformations.source_id')
          .where('sources.deleted_at', 'is', null),
      ),
    );
}

/** Oldest first, both ways. */
export async function pageOfTransformations(
  executor: Executor,
  scope: Scope,
  request: KeysetRequest,
): Promise<KeysetPage<TransformationRow>> {
  return keysetPage(
    request,
    ({ id }) => id,
    async ({ after, before, order, limit }) => {
      let query = transformationsIn(executor, scope).select(COLUMNS).orderBy('id', order).limit(limit);
      if (after !== undefined) query = query.where('id', '>', after);
      if (before !== undefined) query = query.where('id', '<', before);
      return (await query.execute()) as TransformationRow[];
    },
  );
}

export async function countTransformations(executor: Executor, scope: Scope): Promise<number> {
  const row = await transformationsIn(executor, scope)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function findTransformation(executor: Executor, scope: Scope, id: string) {
  const query = transformationsIn(executor, scope).select(COLUMNS).where('id', '=', id);
  return (await query.executeTakeFirst()) as TransformationRow | undefined;
}

export async function lockTransformation(tx: Tx, scope: Scope, id: string) {
  const query = transformationsIn(tx, scope).select(COLUMNS).where('id', '=', id).forUpdate('transformations');
  return (await query.executeTakeFirst()) as TransformationRow | undefined;
}

/** A source that is there stays there until the transaction ends. */
export async function lockSource(tx: Tx, scope: Scope, id: string): Promise<boolean> {
  const row = await tx
    .selectFrom('sources')
    .select('id')
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .forShare()
    .executeTakeFirst();
  return row !== undefined;
}

export async function insertTransformation(
  tx: Tx,
  scope: Scope,
  row: Pick<
    TransformationRow,
    'id' | 'source_id' | 'destination_metadata_id' | 'name' | 'condition' | 'definition' | 'hash_key_sealed' | 'enabled'
  >,
): Promise<TransformationRow> {
  const made = await tx
    .insertInto('transformations')
    .values({
      ...row,
      definition: JSON.stringify(row.definition),
      workspace_id: scope.workspaceId,
      environment: scope.environment,
      deleted_at: null,
    })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
  return made as TransformationRow;
}

/** The row is locked by the caller. */
export async function updateTransformation(
  tx: Tx,
  id: string,
  change: TransformationChange,
): Promise<TransformationRow> {
  const row = await tx
    .updateTable('transformations')
    .set({ ...change, updated_at: sql<Date>`now()` })
    .where('id', '=', id)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
  return row as TransformationRow;
}

export type ChangedTransformation = Pick<
  TransformationRow,
  'id' | 'source_id' | 'destination_metadata_id' | 'name' | 'condition' | 'definition' | 'hash_key_sealed'
> & {
  /** Enabled and not deleted. */
  readonly active: boolean;
};

/** Of every workspace: what changed after a revision. Deleted ones only where somebody may still hold them. */
export async function changedTransformations(executor: Executor, since: number): Promise<ChangedTransformation[]> {
  let query = executor
    .selectFrom('transformations')
    .select(['id', 'source_id', 'destination_metadata_id', 'name', 'condition', 'definition', 'hash_key_sealed'])
    .select(sql<boolean>`enabled and deleted_at is null`.as('active'))
    .where('revision', '>', since)
    .orderBy('id');
  if (since < 0) query = query.where('deleted_at', 'is', null).where('enabled', '=', true);
  return (await query.execute()) as ChangedTransformation[];
}

export async function countOfSource(tx: Tx, sourceId: string): Promise<number> {
  const row = await tx
    .selectFrom('transformations')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('source_id', '=', sourceId)
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow();
  return row.count;
}

// keys of hashes, of every workspace; the rows stay as they are until the transaction ends --------------

export async function sealedHashKeys(tx: Tx): Promise<{ id: string; sealed: Buffer }[]> {
  const query = tx.selectFrom('transformations').select(['id', 'hash_key_sealed as sealed']).orderBy('id').forUpdate();
  const rows = await query.where('hash_key_sealed', 'is not', null).execute();
  return rows.flatMap(({ id, sealed }) => (sealed === null ? [] : [{ id, sealed }]));
}

/** Those that stand in the definition. */
export async function openHashKeys(tx: Tx): Promise<{ id: string; definition: Definition }[]> {
  const there = sql<boolean>`definition #> '{hashPropertiesConfiguration,key}' is not null`;
  const query = tx.selectFrom('transformations').select(['id', 'definition']).orderBy('id').forUpdate();
  return (await query.where(there).execute()) as { id: string; definition: Definition }[];
}

export async function replaceHashKey(
  tx: Tx,
  id: string,
  change: Pick<TransformationChange, 'definition' | 'hash_key_sealed'>,
): Promise<void> {
  await tx.updateTable('transformations').set(change).where('id', '=', id).execute();
}
