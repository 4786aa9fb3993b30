/** All SQL of destinations; that of sources is in sources/. */
import { sql } from 'kysely';
import { type KeysetPage, type KeysetRequest, keysetPage } from '../db/keyset.ts';
import type { Environment, Executor, Scope, Tx } from '../db/tx.ts';
import type { Page } from './sources/queries.ts';

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

function destinationsIn(executor: Executor, scope: Scope) {
  return executor
    .selectFrom('destinations')
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where('deleted_at', 'is', null);
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

/** Of one source, oldest first, in both directions. */
export async function pageOfDestinations(
  executor: Executor,
  scope: Scope,
  sourceId: string,
  request: KeysetRequest,
): Promise<KeysetPage<DestinationRow>> {
  return keysetPage(
    request,
    (row: DestinationRow) => row.id,
    ({ after, before, order, limit }) => {
      let query = destinationsIn(executor, scope).select(DESTINATION).where('source_id', '=', sourceId);
      if (after !== undefined) query = query.where('id', '>', after);
      if (before !== undefined) query = query.where('id', '<', before);
      return query.orderBy('id', order).limit(limit).execute();
    },
  );
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
    .returning(DESTINATION)
    .execute();
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

/** Of every workspace, for memory. @param since a revision; -1: all that are not deleted. */
export async function changedDestinations(
  executor: Executor,
  since: number,
): Promise<(DestinationRow & { deleted: boolean })[]> {
  const query = executor
    .selectFrom('destinations')
    .select(DESTINATION)
    .select(sql<boolean>`deleted_at is not null`.as('deleted'));
  return (since < 0 ? query.where('deleted_at', 'is', null) : query.where('revision', '>', since)).execute();
}

/** Of every workspace. */
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
  await sql`
    update destinations d set secret_sealed = decode(n.sealed, 'hex')
    from unnest(
      ${changes.map((c) => c.id)}::uuid[], ${changes.map((c) => c.old.toString('hex'))}::text[],
      ${changes.map((c) => c.sealed.toString('hex'))}::text[]) as n (id, old, sealed)
    where d.id = n.id and d.secret_sealed = decode(n.old, 'hex')`.execute(tx);
}
