/** All SQL of destination filters. */
import { sql } from 'kysely';
import { type KeysetPage, type KeysetRequest, keysetPage } from '../../db/keyset.ts';
import type { Environment, Executor, Scope, Tx } from '../../db/tx.ts';
import type { FilterAction } from './actions.ts';

export interface FilterRow {
  id: string;
  workspace_id: string;
  environment: Environment;
  source_id: string;
  destination_id: string;
  title: string;
  description: string | null;
  condition: string;
  actions: FilterAction[];
  enabled: boolean;
  created_at: Date;
  updated_at: Date;
}

export interface FilterChange {
  readonly title?: string;
  readonly description?: string | null;
  readonly condition?: string;
  /** JSON. */
  readonly actions?: string;
  readonly enabled?: boolean;
  readonly deleted_at?: Date;
}

const FILTER = [
  'id',
  'workspace_id',
  'environment',
  'source_id',
  'destination_id',
  'title',
  'description',
  'condition',
  'actions',
  'enabled',
  'created_at',
  'updated_at',
] as const;

function filtersOf(executor: Executor, scope: Scope, destinationId: string) {
  return executor
    .selectFrom('destination_filters')
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where('destination_id', '=', destinationId)
    .where('deleted_at', 'is', null);
}

/** Oldest first, both ways. */
export async function pageOfFilters(
  executor: Executor,
  scope: Scope,
  destinationId: string,
  request: KeysetRequest,
): Promise<KeysetPage<FilterRow>> {
  return keysetPage(
    request,
    ({ id }) => id,
    async ({ after, before, order, limit }) => {
      let query = filtersOf(executor, scope, destinationId).select(FILTER).orderBy('id', order).limit(limit);
      if (after !== undefined) query = query.where('id', '>', after);
      if (before !== undefined) query = query.where('id', '<', before);
      return (await query.execute()) as FilterRow[];
    },
  );
}

export async function countFilters(executor: Executor, scope: Scope, destinationId: string): Promise<number> {
  const row = await filtersOf(executor, scope, destinationId)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function findFilter(
  executor: Executor,
  scope: Scope,
  destinationId: string,
  id: string,
): Promise<FilterRow | undefined> {
  const row = await filtersOf(executor, scope, destinationId).select(FILTER).where('id', '=', id).executeTakeFirst();
  return row as FilterRow | undefined;
}

export async function lockFilter(tx: Tx, scope: Scope, destinationId: string, id: string) {
  const query = filtersOf(tx, scope, destinationId).select(FILTER).where('id', '=', id).forUpdate();
  return (await query.executeTakeFirst()) as FilterRow | undefined;
}

/** The source of a destination that is there; undefined: it is not. */
export async function sourceOf(executor: Executor, scope: Scope, destinationId: string): Promise<string | undefined> {
  return (await destination(executor, scope, destinationId).executeTakeFirst())?.source_id;
}

/** As above; it stays there until the transaction ends. */
export async function lockSourceOf(tx: Tx, scope: Scope, destinationId: string): Promise<string | undefined> {
  return (await destination(tx, scope, destinationId).forShare().executeTakeFirst())?.source_id;
}

function destination(executor: Executor, scope: Scope, id: string) {
  return executor
    .selectFrom('destinations')
    .select('source_id')
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where('id', '=', id)
    .where('deleted_at', 'is', null);
}

export async function insertFilter(
  tx: Tx,
  scope: Scope,
  filter: Pick<
    FilterRow,
    'id' | 'source_id' | 'destination_id' | 'title' | 'description' | 'condition' | 'actions' | 'enabled'
  >,
): Promise<FilterRow> {
  const row = await tx
    .insertInto('destination_filters')
    .values({
      ...filter,
      actions: JSON.stringify(filter.actions),
      workspace_id: scope.workspaceId,
      environment: scope.environment,
      deleted_at: null,
    })
    .returning(FILTER)
    .executeTakeFirstOrThrow();
  return row as FilterRow;
}

/** The row is locked by the caller. */
export async function updateFilter(tx: Tx, id: string, change: FilterChange): Promise<FilterRow> {
  const row = await tx
    .updateTable('destination_filters')
    .set({ ...change, updated_at: sql<Date>`now()` })
    .where('id', '=', id)
    .returning(FILTER)
    .executeTakeFirstOrThrow();
  return row as FilterRow;
}

export interface ChangedFilter {
  readonly id: string;
  readonly destination_id: string;
  readonly title: string;
  readonly condition: string;
  readonly actions: FilterAction[];
  /** Enabled and not deleted. */
  readonly active: boolean;
}

/** Of every workspace: what changed after a revision. Deleted ones only where somebody may still hold them. */
export async function changedFilters(executor: Executor, since: number): Promise<ChangedFilter[]> {
  let query = executor
    .selectFrom('destination_filters')
    .select(['id', 'destination_id', 'title', 'condition', 'actions'])
    .select(sql<boolean>`enabled and deleted_at is null`.as('active'))
    .where('revision', '>', since)
    .orderBy('id');
  if (since < 0) query = query.where('deleted_at', 'is', null).where('enabled', '=', true);
  return (await query.execute()) as unknown as ChangedFilter[];
}
