/** All SQL of the instances of insert functions. */
import { sql } from 'kysely';
import { type KeysetPage, type KeysetRequest, keysetPage } from '../../db/keyset.ts';
import type { Environment, Executor, Scope, Tx } from '../../db/tx.ts';

export interface InstanceRow {
  id: string;
  workspace_id: string;
  environment: Environment;
  function_id: string;
  source_id: string | null;
  destination_id: string | null;
  name: string;
  enabled: boolean;
  settings_sealed: Buffer;
  secret_names: string[];
  created_at: Date;
  updated_at: Date;
}

const COLUMNS = [
  'id',
  'workspace_id',
  'environment',
  'function_id',
  'source_id',
  'destination_id',
  'name',
  'enabled',
  'settings_sealed',
  'secret_names',
  'created_at',
  'updated_at',
] as const;

function instancesIn(executor: Executor, scope: Scope) {
  return executor
    .selectFrom('function_instances')
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment);
}

/** Oldest first, in both directions. */
export async function pageOfInstances(
  executor: Executor,
  scope: Scope,
  functionId: string,
  request: KeysetRequest,
): Promise<KeysetPage<InstanceRow>> {
  return keysetPage(
    request,
    (row: InstanceRow) => row.id,
    ({ after, before, order, limit }) => {
      let query = instancesIn(executor, scope)
        .select(COLUMNS)
        .where('function_id', '=', functionId)
        .orderBy('id', order)
        .limit(limit);
      if (after !== undefined) query = query.where('id', '>', after);
      if (before !== undefined) query = query.where('id', '<', before);
      return query.execute();
    },
  );
}

/** @param functionId null: of the whole scope. */
export async function countInstances(executor: Executor, scope: Scope, functionId: string | null): Promise<number> {
  let query = instancesIn(executor, scope).select((eb) => eb.fn.countAll<number>().as('count'));
  if (functionId !== null) query = query.where('function_id', '=', functionId);
  return (await query.executeTakeFirstOrThrow()).count;
}

export async function findInstance(executor: Executor, scope: Scope, id: string): Promise<InstanceRow | undefined> {
  return instancesIn(executor, scope).select(COLUMNS).where('id', '=', id).executeTakeFirst();
}

export async function lockInstance(tx: Tx, scope: Scope, id: string): Promise<InstanceRow | undefined> {
  return instancesIn(tx, scope).select(COLUMNS).where('id', '=', id).forUpdate().executeTakeFirst();
}

export async function insertInstance(
  tx: Tx,
  scope: Scope,
  given: {
    id: string;
    functionId: string;
    sourceId: string | null;
    destinationId: string | null;
    name: string;
    enabled: boolean;
    settingsSealed: Buffer;
    secretNames: readonly string[];
  },
): Promise<InstanceRow> {
  return tx
    .insertInto('function_instances')
    .values({
      id: given.id,
      workspace_id: scope.workspaceId,
      environment: scope.environment,
      function_id: given.functionId,
      source_id: given.sourceId,
      destination_id: given.destinationId,
      name: given.name,
      enabled: given.enabled,
      settings_sealed: given.settingsSealed,
      secret_names: [...given.secretNames],
    })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
}

export async function updateInstance(
  tx: Tx,
  scope: Scope,
  id: string,
  change: { name?: string; enabled?: boolean; settings_sealed?: Buffer; secret_names?: string[] },
): Promise<InstanceRow | undefined> {
  return tx
    .updateTable('function_instances')
    .set({ ...change, updated_at: sql<Date>`now()` })
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where('id', '=', id)
    .returning(COLUMNS)
    .executeTakeFirst();
}

export async function deleteInstance(tx: Tx, scope: Scope, id: string): Promise<InstanceRow | undefined> {
  return tx
    .deleteFrom('function_instances')
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where('id', '=', id)
    .returning(COLUMNS)
    .executeTakeFirst();
}

export interface LiveInstanceRow {
  id: string;
  function_id: string;
  function_name: string;
  /** Of the deployed code. */
  version_id: string;
  destination_id: string;
  settings_sealed: Buffer;
}

/** Of every workspace, for memory: what is to run before deliveries, oldest first. */
export async function liveInstances(executor: Executor): Promise<LiveInstanceRow[]> {
  const rows = await executor
    .selectFrom('function_instances as i')
    .innerJoin('functions as f', 'f.id', 'i.function_id')
    .select(['i.id', 'i.function_id', 'i.destination_id', 'i.settings_sealed', 'f.name as function_name'])
    .select('f.deployed_version_id as version_id')
    .where('i.enabled', '=', true)
    .where('i.destination_id', 'is not', null)
    .where('f.deployed_version_id', 'is not', null)
    .orderBy('i.id')
    .execute();
  return rows.flatMap(({ version_id, destination_id, ...row }) =>
    version_id === null || destination_id === null ? [] : [{ ...row, version_id, destination_id }],
  );
}

/** A version's code never changes. */
export async function codeOfVersion(executor: Executor, id: string): Promise<string | undefined> {
  const query = executor.selectFrom('function_versions').select('code').where('id', '=', id);
  return (await query.executeTakeFirst())?.code;
}

/** Of every workspace. */
export async function allSealed(executor: Executor): Promise<{ id: string; settings_sealed: Buffer }[]> {
  return executor.selectFrom('function_instances').select(['id', 'settings_sealed']).execute();
}

/** Only while it is still what was read. */
export async function replaceSeal(tx: Tx, id: string, old: Buffer, sealed: Buffer): Promise<void> {
  await tx
    .updateTable('function_instances')
    .set({ settings_sealed: sealed })
    .where('id', '=', id)
    .where('settings_sealed', '=', old)
    .execute();
}
