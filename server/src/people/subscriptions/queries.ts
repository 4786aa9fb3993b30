/** All SQL of messaging subscriptions. */
import { sql } from 'kysely';
import type { Tables } from '../../db/tables.ts';
import type { Executor, Scope, Tx } from '../../db/tx.ts';

export type Channel = Tables['messaging_subscriptions']['type'];
export type Status = Tables['messaging_subscriptions']['status'];

export interface SubscriptionRow {
  type: Channel;
  key: string;
  status: Status;
  groups: Record<string, { status: Status; updatedAt: string }>;
  updated_at: Date;
}

export interface Address {
  readonly type: Channel;
  readonly key: string;
}

/** Those that are stored, in no order. */
export async function findSubscriptions(
  executor: Executor,
  scope: Scope,
  addresses: readonly Address[],
): Promise<SubscriptionRow[]> {
  if (addresses.length === 0) return [];
  const { rows } = await sql<SubscriptionRow>`
    select s.type, s.key, s.status, s.groups, s.updated_at
    from unnest(${addresses.map(({ type }) => type)}::text[], ${addresses.map(({ key }) => key)}::text[]) as a(type, key)
    join messaging_subscriptions s on s.workspace_id = ${scope.workspaceId} and s.environment = ${scope.environment}
      and s.type = a.type and s.key = a.key`.execute(executor);
  return rows;
}

export async function putSubscriptions(tx: Tx, scope: Scope, rows: readonly SubscriptionRow[]): Promise<void> {
  if (rows.length === 0) return;
  const values = rows.map(({ type, key, status, groups, updated_at }) => ({
    type,
    key,
    status,
    groups,
    updated_at: updated_at.toISOString(),
  }));
  await sql`
    insert into messaging_subscriptions (workspace_id, environment, type, key, status, groups, updated_at)
    select ${scope.workspaceId}, ${scope.environment}, type, key, status, groups, updated_at
    from json_to_recordset(${JSON.stringify(values)}::json)
      as r(type text, key text, status text, groups jsonb, updated_at timestamptz)
    on conflict (workspace_id, environment, type, key)
    do update set status = excluded.status, groups = excluded.groups, updated_at = excluded.updated_at`.execute(tx);
}

/** Of all groups, by name. */
export async function groupIds(executor: Executor, scope: Scope): Promise<Map<string, string>> {
  const rows = await executor
    .selectFrom('subscription_groups')
    .select(['id', 'name'])
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .execute();
  return new Map(rows.map(({ id, name }) => [name, id]));
}

export async function insertGroup(tx: Tx, scope: Scope, group: { id: string; name: string }): Promise<void> {
  await tx
    .insertInto('subscription_groups')
    .values({ ...group, workspace_id: scope.workspaceId, environment: scope.environment })
    .execute();
}
