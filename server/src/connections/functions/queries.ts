/** All SQL of functions and their versions. */
import { sql } from 'kysely';
import { type KeysetPage, type KeysetRequest, keysetPage } from '../../db/keyset.ts';
import type { Tables } from '../../db/tables.ts';
import type { Environment, Executor, Scope, Tx } from '../../db/tx.ts';

export type FunctionKind = Tables['functions']['kind'];

export interface SettingDefinition {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly type: 'STRING' | 'BOOLEAN' | 'ARRAY' | 'TEXT_MAP';
  readonly required: boolean;
  readonly sensitive: boolean;
}

export interface FunctionRow {
  id: string;
  workspace_id: string;
  environment: Environment;
  kind: FunctionKind;
  name: string;
  description: string | null;
  logo_url: string | null;
  settings: SettingDefinition[];
  current_version_id: string;
  deployed_version_id: string | null;
  deployed_at: Date | null;
  created_by: string | null;
  created_at: Date;
  updated_at: Date;
  /** Of the current version. */
  code: string;
}

export type ListedFunction = Omit<FunctionRow, 'code'>;

export interface VersionRow {
  id: string;
  function_id: string;
  code: string;
  author: string | null;
  created_at: Date;
  updated_at: Date;
  deployed_at: Date | null;
  is_deployed: boolean;
}

const COLUMNS = [
  'functions.id',
  'functions.workspace_id',
  'functions.environment',
  'functions.kind',
  'functions.name',
  'functions.description',
  'functions.logo_url',
  sql<SettingDefinition[]>`functions.settings`.as('settings'),
  'functions.current_version_id',
  'functions.deployed_version_id',
  'functions.deployed_at',
  'functions.created_by',
  'functions.created_at',
  'functions.updated_at',
] as const;

function functionsIn(executor: Executor, scope: Scope) {
  return executor
    .selectFrom('functions')
    .where('functions.workspace_id', '=', scope.workspaceId)
    .where('functions.environment', '=', scope.environment);
}

function wholeFunctions(executor: Executor, scope: Scope) {
  return functionsIn(executor, scope)
    .innerJoin('function_versions as current', 'current.id', 'functions.current_version_id')
    .select(COLUMNS)
    .select('current.code');
}

/** Oldest first, in both directions; without their code. */
export async function pageOfFunctions(
  executor: Executor,
  scope: Scope,
  kind: FunctionKind | null,
  request: KeysetRequest,
): Promise<KeysetPage<ListedFunction>> {
  return keysetPage(
    request,
    (row: ListedFunction) => row.id,
    ({ after, before, order, limit }) => {
      let query = functionsIn(executor, scope).select(COLUMNS).orderBy('functions.id', order).limit(limit);
      if (kind !== null) query = query.where('functions.kind', '=', kind);
      if (after !== undefined) query = query.where('functions.id', '>', after);
      if (before !== undefined) query = query.where('functions.id', '<', before);
      return query.execute();
    },
  );
}

/** Newest first; without their code. @param before the last id of the previous page. */
export async function listFunctions(
  executor: Executor,
  scope: Scope,
  kind: FunctionKind | null,
  page: { limit: number; before: string | null },
): Promise<ListedFunction[]> {
  let query = functionsIn(executor, scope).select(COLUMNS).orderBy('functions.id', 'desc').limit(page.limit);
  if (kind !== null) query = query.where('functions.kind', '=', kind);
  if (page.before !== null) query = query.where('functions.id', '<', page.before);
  return query.execute();
}

/** Of these functions, by their id. */
export async function codesOf(executor: Executor, scope: Scope, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await wholeFunctions(executor, scope).where('functions.id', 'in', ids).execute();
  return new Map(rows.map(({ id, code }) => [id, code]));
}

export async function countFunctions(executor: Executor, scope: Scope, kind: FunctionKind | null): Promise<number> {
  let query = functionsIn(executor, scope).select((eb) => eb.fn.countAll<number>().as('count'));
  if (kind !== null) query = query.where('functions.kind', '=', kind);
  return (await query.executeTakeFirstOrThrow()).count;
}

export async function findFunction(executor: Executor, scope: Scope, id: string): Promise<FunctionRow | undefined> {
  return wholeFunctions(executor, scope).where('functions.id', '=', id).executeTakeFirst();
}

/** The row stays locked until the transaction ends. */
export async function lockFunction(tx: Tx, scope: Scope, id: string): Promise<FunctionRow | undefined> {
  const locked = await functionsIn(tx, scope)
    .select('functions.id')
    .where('functions.id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  // A statement of its own: it sees the version as it is after the wait for the lock.
  return locked && findFunction(tx, scope, id);
}

export async function insertFunction(
  tx: Tx,
  scope: Scope,
  given: {
    id: string;
    kind: FunctionKind;
    name: string;
    description: string | null;
    logoUrl: string | null;
    settings: readonly SettingDefinition[];
    versionId: string;
    code: string;
    author: string | null;
  },
): Promise<FunctionRow> {
  const { id, kind, name, versionId, code, author } = given;
  await tx
    .insertInto('functions')
    .values({
      id,
      workspace_id: scope.workspaceId,
      environment: scope.environment,
      kind,
      name,
      description: given.description,
      logo_url: given.logoUrl,
      settings: JSON.stringify(given.settings),
      current_version_id: versionId,
      deployed_version_id: null,
      deployed_at: null,
      created_by: author,
    })
    .execute();
  await insertVersion(tx, scope, { id: versionId, functionId: id, code, author });
  return wholeFunctions(tx, scope).where('functions.id', '=', id).executeTakeFirstOrThrow();
}

export interface FunctionChange {
  name?: string;
  description?: string;
  logo_url?: string;
  /** JSON. */
  settings?: string;
  current_version_id?: string;
  deployed_version_id?: string;
  deployed_at?: Date;
}

export async function updateFunction(
  tx: Tx,
  scope: Scope,
  id: string,
  change: FunctionChange,
): Promise<FunctionRow | undefined> {
  await tx
    .updateTable('functions')
    .set({ ...change, updated_at: sql<Date>`now()` })
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where('id', '=', id)
    .execute();
  return findFunction(tx, scope, id);
}

/** With its versions. */
export async function deleteFunction(tx: Tx, scope: Scope, id: string): Promise<void> {
  await tx
    .deleteFrom('functions')
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where('id', '=', id)
    .execute();
}

export async function insertVersion(
  tx: Tx,
  scope: Scope,
  version: { id: string; functionId: string; code: string; author: string | null },
): Promise<void> {
  await tx
    .insertInto('function_versions')
    .values({
      id: version.id,
      workspace_id: scope.workspaceId,
      function_id: version.functionId,
      code: version.code,
      author: version.author,
      deployed_at: null,
    })
    .execute();
}

/** Keeps the newest `keep` of a function, the current one and the deployed one. */
export async function forgetVersions(tx: Tx, scope: Scope, functionId: string, keep: number): Promise<void> {
  await sql`
    delete from function_versions v
    using functions f
    where v.workspace_id = ${scope.workspaceId} and v.function_id = ${functionId} and f.id = v.function_id
      and v.id <> f.current_version_id and v.id is distinct from f.deployed_version_id
      and v.id not in (
        select n.id from function_versions n where n.function_id = ${functionId} order by n.id desc limit ${keep})`.execute(
    tx,
  );
}

export async function markDeployed(tx: Tx, scope: Scope, versionId: string, at: Date): Promise<void> {
  await tx
    .updateTable('function_versions')
    .set({ deployed_at: at, updated_at: at })
    .where('workspace_id', '=', scope.workspaceId)
    .where('id', '=', versionId)
    .execute();
}

function versionsOf(executor: Executor, scope: Scope, functionId: string) {
  return executor
    .selectFrom('function_versions as v')
    .innerJoin('functions as f', 'f.id', 'v.function_id')
    .select(['v.id', 'v.function_id', 'v.code', 'v.author', 'v.created_at', 'v.updated_at', 'v.deployed_at'])
    .select(sql<boolean>`v.id is not distinct from f.deployed_version_id`.as('is_deployed'))
    .where('f.workspace_id', '=', scope.workspaceId)
    .where('f.environment', '=', scope.environment)
    .where('v.function_id', '=', functionId);
}

export async function pageOfVersions(
  executor: Executor,
  scope: Scope,
  functionId: string,
  request: KeysetRequest,
): Promise<KeysetPage<VersionRow>> {
  return keysetPage(
    request,
    (row: VersionRow) => row.id,
    ({ after, before, order, limit }) => {
      let query = versionsOf(executor, scope, functionId).orderBy('v.id', order).limit(limit);
      if (after !== undefined) query = query.where('v.id', '>', after);
      if (before !== undefined) query = query.where('v.id', '<', before);
      return query.execute();
    },
  );
}

/** Newest first. @param before the last id of the previous page. */
export async function listVersions(
  executor: Executor,
  scope: Scope,
  functionId: string,
  page: { limit: number; before: string | null },
): Promise<VersionRow[]> {
  let query = versionsOf(executor, scope, functionId).orderBy('v.id', 'desc').limit(page.limit);
  if (page.before !== null) query = query.where('v.id', '<', page.before);
  return query.execute();
}

export async function countVersions(executor: Executor, scope: Scope, functionId: string): Promise<number> {
  const row = await executor
    .selectFrom('function_versions')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('workspace_id', '=', scope.workspaceId)
    .where('function_id', '=', functionId)
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function findVersion(
  executor: Executor,
  scope: Scope,
  functionId: string,
  id: string,
): Promise<VersionRow | undefined> {
  return versionsOf(executor, scope, functionId).where('v.id', '=', id).executeTakeFirst();
}
