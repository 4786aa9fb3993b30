/** All SQL of sources and destinations. Every change bumps connections_revision in its own transaction. */
import { sql } from 'kysely';
import type { Environment, Executor, Scope, Tx } from '../db/tx.ts';

export interface SourceRow {
  id: string;
  workspace_id: string;
  environment: Environment;
  name: string;
  write_key: string;
  enabled: boolean;
  created_at: Date;
  updated_at: Date;
}

export interface DestinationRow {
  id: string;
  workspace_id: string;
  environment: Environment;
  source_id: string;
  type: 'webhook';
  name: string;
  settings: Record<string, unknown>;
  secret_sealed: Buffer;
  enabled: boolean;
  created_at: Date;
  updated_at: Date;
}

export interface Page {
  readonly limit: number;
  /** The last id of the previous page; newest first, ids are time-ordered. */
  readonly before: string | null;
}

const SOURCE = [
  'id',
  'workspace_id',
  'environment',
  'name',
  'write_key',
  'enabled',
  'created_at',
  'updated_at',
] as const;

const DESTINATION = [
  'id',
  'workspace_id',
  'environment',
  'source_id',
  'type',
  'name',
  'settings',
  'secret_sealed',
  'enabled',
  'created_at',
  'updated_at',
] as const;

function sourcesIn(executor: Executor, scope: Scope) {
  return executor
    .selectFrom('sources')
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where('deleted_at', 'is', null);
}

function destinationsIn(executor: Executor, scope: Scope) {
  return executor
    .selectFrom('destinations')
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where('deleted_at', 'is', null);
}

export async function listSources(executor: Executor, scope: Scope, page: Page): Promise<SourceRow[]> {
  let query = sourcesIn(executor, scope).select(SOURCE).orderBy('id', 'desc').limit(page.limit);
  if (page.before !== null) query = query.where('id', '<', page.before);
  return query.execute();
}

export async function countSources(executor: Executor, scope: Scope): Promise<number> {
  const row = await sourcesIn(executor, scope)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function findSource(executor: Executor, scope: Scope, id: string): Promise<SourceRow | undefined> {
  return sourcesIn(executor, scope).select(SOURCE).where('id', '=', id).executeTakeFirst();
}

/** The row stays locked until the transaction ends, so that a destination cannot be added to a source on its way out. */
export async function lockSource(tx: Tx, scope: Scope, id: string): Promise<SourceRow | undefined> {
  return sourcesIn(tx, scope).select(SOURCE).where('id', '=', id).forUpdate().executeTakeFirst();
}

export async function firstSource(executor: Executor, scope: Scope): Promise<SourceRow | undefined> {
  return sourcesIn(executor, scope).select(SOURCE).orderBy('id').limit(1).executeTakeFirst();
}

export async function insertSource(
  tx: Tx,
  scope: Scope,
  source: { id: string; name: string; writeKey: string; enabled: boolean },
): Promise<SourceRow> {
  await bumpRevision(tx);
  return tx
    .insertInto('sources')
    .values({
      id: source.id,
      workspace_id: scope.workspaceId,
      environment: scope.environment,
      name: source.name,
      write_key: source.writeKey,
      enabled: source.enabled,
      deleted_at: null,
    })
    .returning(SOURCE)
    .executeTakeFirstOrThrow();
}

export async function updateSource(
  tx: Tx,
  scope: Scope,
  id: string,
  change: { name?: string; enabled?: boolean; deleted_at?: Date },
): Promise<SourceRow | undefined> {
  await bumpRevision(tx);
  return tx
    .updateTable('sources')
    .set({ ...change, updated_at: sql<Date>`now()` })
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .returning(SOURCE)
    .executeTakeFirst();
}

export async function listDestinations(
  executor: Executor,
  scope: Scope,
  page: Page,
  sourceId: string | null,
): Promise<DestinationRow[]> {
  let query = destinationsIn(executor, scope).select(DESTINATION).orderBy('id', 'desc').limit(page.limit);
  if (page.before !== null) query = query.where('id', '<', page.before);
  if (sourceId !== null) query = query.where('source_id', '=', sourceId);
  return query.execute();
}

export async function countDestinations(executor: Executor, scope: Scope, sourceId: string | null): Promise<number> {
  let query = destinationsIn(executor, scope).select((eb) => eb.fn.countAll<number>().as('count'));
  if (sourceId !== null) query = query.where('source_id', '=', sourceId);
  return (await query.executeTakeFirstOrThrow()).count;
}

export async function findDestination(
  executor: Executor,
  scope: Scope,
  id: string,
): Promise<DestinationRow | undefined> {
  return destinationsIn(executor, scope).select(DESTINATION).where('id', '=', id).executeTakeFirst();
}

/** Locked until the transaction ends: what it was before a change is what the change replaced. */
export async function lockDestination(tx: Tx, scope: Scope, id: string): Promise<DestinationRow | undefined> {
  return destinationsIn(tx, scope).select(DESTINATION).where('id', '=', id).forUpdate().executeTakeFirst();
}

/** Names of destinations, deleted ones too: what was delivered to them is still shown. */
export async function destinationNames(
  executor: Executor,
  scope: Scope,
  ids: readonly string[],
): Promise<{ id: string; name: string }[]> {
  return executor
    .selectFrom('destinations')
    .select(['id', 'name'])
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where('id', 'in', ids)
    .execute();
}

export async function insertDestination(
  tx: Tx,
  scope: Scope,
  destination: {
    id: string;
    sourceId: string;
    type: 'webhook';
    name: string;
    settings: Record<string, unknown>;
    secretSealed: Buffer;
    enabled: boolean;
  },
): Promise<DestinationRow> {
  await bumpRevision(tx);
  return tx
    .insertInto('destinations')
    .values({
      id: destination.id,
      workspace_id: scope.workspaceId,
      environment: scope.environment,
      source_id: destination.sourceId,
      type: destination.type,
      name: destination.name,
      settings: JSON.stringify(destination.settings),
      secret_sealed: destination.secretSealed,
      enabled: destination.enabled,
      deleted_at: null,
    })
    .returning(DESTINATION)
    .executeTakeFirstOrThrow();
}

export async function updateDestination(
  tx: Tx,
  scope: Scope,
  id: string,
  change: { name?: string; enabled?: boolean; settings?: string; deleted_at?: Date },
): Promise<DestinationRow | undefined> {
  await bumpRevision(tx);
  return tx
    .updateTable('destinations')
    .set({ ...change, updated_at: sql<Date>`now()` })
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .returning(DESTINATION)
    .executeTakeFirst();
}

export async function readRevision(executor: Executor): Promise<number> {
  const row = await executor.selectFrom('connections_revision').select('revision').executeTakeFirstOrThrow();
  return row.revision;
}

/** First statement of every change: its row lock also makes changes commit one after another. */
async function bumpRevision(tx: Tx): Promise<void> {
  await tx.updateTable('connections_revision').set({ revision: sql<number>`revision + 1` }).execute();
}

/** Of every workspace: what the in-memory lookup holds. */
export async function allSources(executor: Executor): Promise<SourceRow[]> {
  return executor.selectFrom('sources').select(SOURCE).where('deleted_at', 'is', null).execute();
}

/** Of every workspace: what the in-memory lookup holds. */
export async function allDestinations(executor: Executor): Promise<DestinationRow[]> {
  return executor
    .selectFrom('destinations')
    .select(DESTINATION)
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .execute();
}

/** Each only while it is still what was read: a new secret of the destination's own is not overwritten. */
export async function replaceSeals(
  tx: Tx,
  changes: readonly { id: string; old: Buffer; sealed: Buffer }[],
): Promise<void> {
  await bumpRevision(tx);
  await sql`
    update destinations d set secret_sealed = decode(n.sealed, 'hex')
    from unnest(
      ${changes.map((c) => c.id)}::uuid[], ${changes.map((c) => c.old.toString('hex'))}::text[],
      ${changes.map((c) => c.sealed.toString('hex'))}::text[]) as n (id, old, sealed)
    where d.id = n.id and d.secret_sealed = decode(n.old, 'hex')`.execute(tx);
}
