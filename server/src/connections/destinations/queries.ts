/** All SQL of destinations. */
import { sql } from 'kysely';
import { type KeysetPage, type KeysetRequest, keysetPage, MAX_COUNTED } from '../../db/keyset.ts';
import type { Environment, Executor, Scope, Tx } from '../../db/tx.ts';

export type ConnectionMode = 'CLOUD' | 'DEVICE';

export interface DestinationRow {
  id: string;
  workspace_id: string;
  environment: Environment;
  source_id: string;
  /** Id of the catalog's type. */
  metadata_id: string;
  /** null: none was given. */
  name: string | null;
  /** Secret ones as bullets. */
  settings: Record<string, unknown>;
  /** The secret ones (settings.ts). */
  settings_sealed: Record<string, string>;
  /** Of a webhook made through our own API; null: its deliveries are not signed that way. */
  secret_sealed: Buffer | null;
  connection_mode: ConnectionMode | null;
  enabled: boolean;
  created_at: Date;
  updated_at: Date;
}

export interface Page {
  readonly limit: number;
  /** The last id of the previous page; newest first, ids are time-ordered. */
  readonly before: string | null;
}

const COLUMNS = [
  'id',
  'workspace_id',
  'environment',
  'source_id',
  'metadata_id',
  'name',
  'settings',
  'settings_sealed',
  'secret_sealed',
  'connection_mode',
  'enabled',
  'created_at',
  'updated_at',
] as const;

function destinationsIn(executor: Executor, scope: Scope, sourceId: string | null = null) {
  const query = executor
    .selectFrom('destinations')
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where('deleted_at', 'is', null);
  return sourceId === null ? query : query.where('source_id', '=', sourceId);
}

/** Newest first. */
export async function listDestinations(
  executor: Executor,
  scope: Scope,
  page: Page,
  sourceId: string | null,
): Promise<DestinationRow[]> {
  let query = destinationsIn(executor, scope, sourceId).select(COLUMNS).orderBy('id', 'desc').limit(page.limit);
  if (page.before !== null) query = query.where('id', '<', page.before);
  return query.execute();
}

/** Oldest first, in both directions. @param sourceId null: of every source. */
export async function pageOfDestinations(
  executor: Executor,
  scope: Scope,
  sourceId: string | null,
  request: KeysetRequest,
): Promise<KeysetPage<DestinationRow>> {
  return keysetPage(
    request,
    (row: DestinationRow) => row.id,
    ({ after, before, order, limit }) => {
      let query = destinationsIn(executor, scope, sourceId).select(COLUMNS);
      if (after !== undefined) query = query.where('id', '>', after);
      if (before !== undefined) query = query.where('id', '<', before);
      return query.orderBy('id', order).limit(limit).execute();
    },
  );
}

/** As a page tells it; undefined: more than are counted for one. */
export async function totalOfDestinations(
  executor: Executor,
  scope: Scope,
  sourceId: string | null,
): Promise<number | undefined> {
  const some = destinationsIn(executor, scope, sourceId)
    .select('id')
    .limit(MAX_COUNTED + 1);
  const row = await executor
    .selectFrom(some.as('some'))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count > MAX_COUNTED ? undefined : row.count;
}

export async function countDestinations(executor: Executor, scope: Scope, sourceId: string | null): Promise<number> {
  const row = await destinationsIn(executor, scope, sourceId)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function findDestination(
  executor: Executor,
  scope: Scope,
  id: string,
): Promise<DestinationRow | undefined> {
  return destinationsIn(executor, scope).select(COLUMNS).where('id', '=', id).executeTakeFirst();
}

/** A source's of one type, oldest first. */
export async function destinationsOfType(
  executor: Executor,
  scope: Scope,
  sourceId: string,
  metadataId: string,
): Promise<DestinationRow[]> {
  return destinationsIn(executor, scope, sourceId)
    .select(COLUMNS)
    .where('metadata_id', '=', metadataId)
    .orderBy('id')
    .execute();
}

export async function oldestOfTypes(executor: Executor, scope: Scope, sourceId: string): Promise<string[]> {
  const rows = await destinationsIn(executor, scope, sourceId)
    .select('id')
    .distinctOn('metadata_id')
    .orderBy('metadata_id')
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Locked until the transaction ends: what it was before a change is what the change replaced. */
export async function lockDestination(tx: Tx, scope: Scope, id: string): Promise<DestinationRow | undefined> {
  return destinationsIn(tx, scope).select(COLUMNS).where('id', '=', id).forUpdate().executeTakeFirst();
}

/** Names and types of destinations, deleted ones too: what was delivered to them is still shown. */
export async function destinationNames(
  executor: Executor,
  scope: Scope,
  ids: readonly string[],
): Promise<Pick<DestinationRow, 'id' | 'name' | 'metadata_id'>[]> {
  return executor
    .selectFrom('destinations')
    .select(['id', 'name', 'metadata_id'])
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where('id', 'in', ids)
    .execute();
}

export interface NewDestinationRow {
  readonly id: string;
  readonly sourceId: string;
  readonly metadataId: string;
  readonly name: string | null;
  readonly settings: Record<string, unknown>;
  readonly settingsSealed: Record<string, string>;
  readonly secretSealed: Buffer | null;
  readonly connectionMode: ConnectionMode | null;
  readonly enabled: boolean;
}

export async function insertDestination(tx: Tx, scope: Scope, made: NewDestinationRow): Promise<DestinationRow> {
  return tx
    .insertInto('destinations')
    .values({
      id: made.id,
      workspace_id: scope.workspaceId,
      environment: scope.environment,
      source_id: made.sourceId,
      metadata_id: made.metadataId,
      name: made.name,
      settings: JSON.stringify(made.settings),
      settings_sealed: JSON.stringify(made.settingsSealed),
      secret_sealed: made.secretSealed,
      connection_mode: made.connectionMode,
      enabled: made.enabled,
      deleted_at: null,
    })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
}

export interface DestinationChange {
  name?: string | null;
  enabled?: boolean;
  /** JSON. */
  settings?: string;
  /** JSON. */
  settings_sealed?: string;
  connection_mode?: ConnectionMode | null;
  deleted_at?: Date;
}

/** @returns the destination as it is now; undefined when it is deleted. */
export async function updateDestination(
  tx: Tx,
  scope: Scope,
  id: string,
  change: DestinationChange,
): Promise<DestinationRow | undefined> {
  return tx
    .updateTable('destinations')
    .set({ ...change, updated_at: sql<Date>`now()` })
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .returning(COLUMNS)
    .executeTakeFirst();
}

/** Its subscriptions changed: memory reads it anew. */
export async function touchDestination(tx: Tx, id: string): Promise<void> {
  await tx.updateTable('destinations').set({ updated_at: sql<Date>`now()` }).where('id', '=', id).execute();
}

/** @returns them as they were. */
export async function removeDestinationsOf(
  tx: Tx,
  scope: Scope,
  sourceId: string,
  deletedAt: Date,
): Promise<DestinationRow[]> {
  return tx
    .updateTable('destinations')
    .set({ deleted_at: deletedAt, updated_at: sql<Date>`now()` })
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where('source_id', '=', sourceId)
    .where('deleted_at', 'is', null)
    .returning(COLUMNS)
    .execute();
}

/** Of every workspace, for memory. @param since a revision; -1: all that are not deleted. */
export async function changedDestinations(
  executor: Executor,
  since: number,
): Promise<(DestinationRow & { deleted: boolean })[]> {
  const query = executor
    .selectFrom('destinations')
    .select(COLUMNS)
    .select(sql<boolean>`deleted_at is not null`.as('deleted'));
  return (since < 0 ? query.where('deleted_at', 'is', null) : query.where('revision', '>', since)).execute();
}

export interface Seals {
  readonly id: string;
  readonly revision: number;
  readonly secret: Buffer | null;
  readonly settings: Record<string, string>;
}

/** Of every workspace. */
export async function allSeals(executor: Executor): Promise<Seals[]> {
  return executor
    .selectFrom('destinations')
    .select(['id', 'revision', 'secret_sealed as secret', 'settings_sealed as settings'])
    .where('deleted_at', 'is', null)
    .where((or) => or.or([or('secret_sealed', 'is not', null), sql<boolean>`settings_sealed <> '{}'`]))
    .execute();
}

/** Each only while it is still what was read: a new secret of the destination's own is not overwritten. */
export async function replaceSeals(tx: Tx, changes: readonly Seals[]): Promise<void> {
  const rows = changes.map(({ secret, ...rest }) => ({ ...rest, secret: secret?.toString('hex') ?? null }));
  await sql`
    update destinations d set secret_sealed = decode(n.secret, 'hex'), settings_sealed = n.settings
    from json_to_recordset(${JSON.stringify(rows)}::json) as n (id uuid, revision bigint, secret text, settings jsonb)
    where d.id = n.id and d.revision = n.revision`.execute(tx);
}
