/** All SQL of subscriptions: the mappings of a destination that has actions. Who changes one touches its destination's row. */
import { sql } from 'kysely';
import { type KeysetPage, type KeysetRequest, keysetPage } from '../../../db/keyset.ts';
import type { Executor, Scope, Tx } from '../../../db/tx.ts';
import type { Schedule } from './schedules.ts';

export interface SubscriptionRow {
  id: string;
  destination_id: string;
  action_id: string;
  name: string;
  trigger: string;
  enabled: boolean;
  /** Secret ones as bullets. */
  settings: Record<string, unknown>;
  settings_sealed: Record<string, string>;
  model_id: string | null;
  schedule: Schedule | null;
  created_at: Date;
  updated_at: Date;
}

const COLUMNS = [
  'id',
  'destination_id',
  'action_id',
  'name',
  'trigger',
  'enabled',
  'settings',
  'settings_sealed',
  'model_id',
  'schedule',
  'created_at',
  'updated_at',
] as const;

function subscriptionsOf(executor: Executor, scope: Scope, destinationId: string) {
  return executor
    .selectFrom('destination_subscriptions')
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where('destination_id', '=', destinationId);
}

/** Oldest first, in both directions. */
export async function pageOfSubscriptions(
  executor: Executor,
  scope: Scope,
  destinationId: string,
  request: KeysetRequest,
): Promise<KeysetPage<SubscriptionRow>> {
  return keysetPage(
    request,
    (row: SubscriptionRow) => row.id,
    async ({ after, before, order, limit }) => {
      let query = subscriptionsOf(executor, scope, destinationId).select(COLUMNS);
      if (after !== undefined) query = query.where('id', '>', after);
      if (before !== undefined) query = query.where('id', '<', before);
      return (await query.orderBy('id', order).limit(limit).execute()) as SubscriptionRow[];
    },
  );
}

export async function countSubscriptions(executor: Executor, scope: Scope, destinationId: string): Promise<number> {
  const row = await subscriptionsOf(executor, scope, destinationId)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function findSubscription(
  executor: Executor,
  scope: Scope,
  destinationId: string,
  id: string,
): Promise<SubscriptionRow | undefined> {
  const row = await subscriptionsOf(executor, scope, destinationId)
    .select(COLUMNS)
    .where('id', '=', id)
    .executeTakeFirst();
  return row as SubscriptionRow | undefined;
}

export async function insertSubscription(
  tx: Tx,
  scope: Scope,
  made: Omit<SubscriptionRow, 'created_at' | 'updated_at'>,
): Promise<SubscriptionRow> {
  const row = await tx
    .insertInto('destination_subscriptions')
    .values({
      ...made,
      workspace_id: scope.workspaceId,
      environment: scope.environment,
      settings: JSON.stringify(made.settings),
      settings_sealed: JSON.stringify(made.settings_sealed),
      schedule: made.schedule === null ? null : JSON.stringify(made.schedule),
    })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
  return row as SubscriptionRow;
}

export interface SubscriptionChange {
  name?: string;
  trigger?: string;
  enabled?: boolean;
  /** JSON. */
  settings?: string;
  /** JSON. */
  settings_sealed?: string;
  model_id?: string | null;
  /** JSON. */
  schedule?: string | null;
}

export async function updateSubscription(
  tx: Tx,
  scope: Scope,
  id: string,
  change: SubscriptionChange,
): Promise<SubscriptionRow> {
  const row = await tx
    .updateTable('destination_subscriptions')
    .set({ ...change, updated_at: sql<Date>`now()` })
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where('id', '=', id)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
  return row as SubscriptionRow;
}

export async function deleteSubscription(tx: Tx, scope: Scope, id: string): Promise<void> {
  await tx
    .deleteFrom('destination_subscriptions')
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where('id', '=', id)
    .execute();
}

/** Of destinations that are deleted. */
export async function deleteSubscriptionsOf(tx: Tx, scope: Scope, destinationIds: readonly string[]): Promise<void> {
  await sql`
    delete from destination_subscriptions
    where workspace_id = ${scope.workspaceId} and destination_id = any(${destinationIds}::uuid[])`.execute(tx);
}

/** Of every workspace: the enabled ones of these destinations, oldest first. */
export async function enabledSubscriptions(
  executor: Executor,
  destinationIds: readonly string[],
): Promise<SubscriptionRow[]> {
  if (destinationIds.length === 0) return [];
  const { rows } = await sql<SubscriptionRow>`
    select id, destination_id, action_id, name, trigger, enabled, settings, settings_sealed, model_id, schedule,
      created_at, updated_at
    from destination_subscriptions
    where destination_id = any(${destinationIds}::uuid[]) and enabled order by id`.execute(executor);
  return rows;
}

/** What was sealed under the previous secret; few actions have secret fields. */
export async function sealedSubscriptions(
  executor: Executor,
): Promise<{ id: string; sealed: Record<string, string> }[]> {
  const { rows } = await sql<{ id: string; sealed: Record<string, string> }>`
    select id, settings_sealed as sealed from destination_subscriptions where settings_sealed <> '{}'`.execute(
    executor,
  );
  return rows;
}

/** Each only while it is still what was read. */
export async function replaceSubscriptionSeals(
  tx: Tx,
  changes: readonly { id: string; old: Record<string, string>; sealed: Record<string, string> }[],
): Promise<void> {
  await sql`
    update destination_subscriptions s set settings_sealed = n.sealed
    from json_to_recordset(${JSON.stringify(changes)}::json) as n (id uuid, old jsonb, sealed jsonb)
    where s.id = n.id and s.settings_sealed = n.old`.execute(tx);
}
