/** All SQL of permissions of members, groups and invitations. Those of keys are columns of api_keys. */
import { sql } from 'kysely';
import type { Executor, Tx } from '../../db/tx.ts';
import { newId } from '../../ids.ts';
import type { Role } from '../principal.ts';
import type { Permission } from './types.ts';

/** Whose they are. */
export type Holder = { readonly userId: string } | { readonly groupId: string } | { readonly invitationId: string };

export interface HeldPermission extends Permission {
  readonly id: string;
}

function column(holder: Holder): { name: 'user_id' | 'group_id' | 'invitation_id'; id: string } {
  if ('userId' in holder) return { name: 'user_id', id: holder.userId };
  if ('groupId' in holder) return { name: 'group_id', id: holder.groupId };
  return { name: 'invitation_id', id: holder.invitationId };
}

/** In the order they were given. */
export async function permissionsOf(db: Executor, workspaceId: string, holder: Holder): Promise<HeldPermission[]> {
  const { name, id } = column(holder);
  const rows = await db
    .selectFrom('permissions')
    .select(['id', 'role_id', 'resources', 'labels'])
    .where('workspace_id', '=', workspaceId)
    .where(name, '=', id)
    .orderBy('number')
    .execute();
  return rows.map(toPermission);
}

/** Those that a member has by groups. */
export async function permissionsByGroups(db: Executor, workspaceId: string, userId: string): Promise<Permission[]> {
  const rows = await db
    .selectFrom('permissions as p')
    .innerJoin('user_group_members as g', (join) =>
      join.onRef('g.group_id', '=', 'p.group_id').onRef('g.workspace_id', '=', 'p.workspace_id'),
    )
    .select(['p.id', 'p.role_id', 'p.resources', 'p.labels'])
    .where('p.workspace_id', '=', workspaceId)
    .where('g.user_id', '=', userId)
    .execute();
  return rows.map(toPermission);
}

/** Who may be an owner and can sign in: those who are by role, and those with permissions by groups, a row for each of them. */
export async function mayOwn(
  db: Executor,
  workspaceIds: readonly string[],
): Promise<{ workspaceId: string; email: string; role: Role; permission: Permission | null }[]> {
  if (workspaceIds.length === 0) return [];
  const rows = await db
    .selectFrom('memberships as m')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .leftJoin('user_group_members as g', (join) =>
      join.onRef('g.user_id', '=', 'm.user_id').onRef('g.workspace_id', '=', 'm.workspace_id'),
    )
    .leftJoin('permissions as p', (join) =>
      join.onRef('p.group_id', '=', 'g.group_id').onRef('p.workspace_id', '=', 'g.workspace_id'),
    )
    .select(['m.workspace_id', 'm.role', 'u.email', 'p.id', 'p.role_id', 'p.resources', 'p.labels'])
    .where('m.workspace_id', 'in', [...workspaceIds])
    .where('u.disabled_at', 'is', null)
    .where((where) => where.or([where('m.role', '=', 'owner'), where('p.id', 'is not', null)]))
    .orderBy('u.email')
    .execute();
  return rows.map(({ workspace_id, role, email, id, role_id, resources, labels }) => ({
    workspaceId: workspace_id,
    email,
    role,
    permission: id === null || role_id === null || !resources ? null : toPermission({ id, role_id, resources, labels }),
  }));
}

/** The same for many, by the id of the holder. */
export async function permissionsOfMany(
  db: Executor,
  workspaceId: string,
  kind: 'user_id' | 'group_id' | 'invitation_id',
  ids: readonly string[],
): Promise<Map<string, HeldPermission[]>> {
  const found = new Map<string, HeldPermission[]>();
  if (ids.length === 0) return found;
  const rows = await db
    .selectFrom('permissions')
    .select(['id', 'role_id', 'resources', 'labels', `${kind} as holder`])
    .where('workspace_id', '=', workspaceId)
    .where(kind, 'in', [...ids])
    .orderBy('number')
    .execute();
  for (const row of rows) {
    const holder = row.holder ?? '';
    found.set(holder, [...(found.get(holder) ?? []), toPermission(row)]);
  }
  return found;
}

function toPermission(row: {
  id: string;
  role_id: string;
  resources: Permission['resources'];
  labels: Permission['labels'] | null;
}): HeldPermission {
  return { id: row.id, roleId: row.role_id, resources: row.resources, ...(row.labels && { labels: row.labels }) };
}

/** One that was there before keeps its id. */
export async function insertPermissions(
  tx: Tx,
  workspaceId: string,
  holder: Holder,
  permissions: readonly (Permission & { readonly id?: string })[],
): Promise<void> {
  if (permissions.length === 0) return;
  const { name, id } = column(holder);
  const rows = permissions.map(({ id: own = newId(), roleId, resources, labels }) => ({
    id: own,
    workspace_id: workspaceId,
    [name]: id,
    role_id: roleId,
    resources: JSON.stringify(resources),
    labels: labels ? JSON.stringify(labels) : null,
  }));
  await tx
    .insertInto('permissions')
    .values(rows as never)
    .execute();
}

/** @param roleIds default: whatever role. */
export async function deletePermissions(
  tx: Tx,
  workspaceId: string,
  holder: Holder,
  roleIds?: readonly string[],
): Promise<void> {
  const { name, id } = column(holder);
  let query = tx.deleteFrom('permissions').where('workspace_id', '=', workspaceId).where(name, '=', id);
  if (roleIds) query = query.where('role_id', 'in', [...roleIds]);
  await query.execute();
}

/** All that somebody gets by accepting: by the invitation itself, and by the groups it was put into. */
export async function waitingFor(db: Executor, workspaceId: string, invitationId: string): Promise<HeldPermission[]> {
  const rows = await db
    .selectFrom('permissions')
    .select(['id', 'role_id', 'resources', 'labels'])
    .where('workspace_id', '=', workspaceId)
    .where((e) =>
      e.or([
        e('invitation_id', '=', invitationId),
        e(
          'group_id',
          'in',
          e.selectFrom('user_group_members').select('group_id').where('invitation_id', '=', invitationId),
        ),
      ]),
    )
    .execute();
  return rows.map(toPermission);
}

/** What waited for the invitation's acceptance is the new member's: permissions and places in groups. */
export async function handOver(tx: Tx, workspaceId: string, invitationId: string, userId: string): Promise<void> {
  await tx
    .updateTable('permissions')
    .set({ user_id: userId, invitation_id: null })
    .where('workspace_id', '=', workspaceId)
    .where('invitation_id', '=', invitationId)
    .execute();
  await tx
    .updateTable('user_group_members')
    .set({ user_id: userId, invitation_id: null })
    .where('workspace_id', '=', workspaceId)
    .where('invitation_id', '=', invitationId)
    .execute();
}

/** Of invitations that are over. */
export async function dropWaiting(tx: Tx, workspaceId: string, invitationIds: readonly string[]): Promise<void> {
  if (invitationIds.length === 0) return;
  for (const table of ['permissions', 'user_group_members'] as const) {
    await sql`delete from ${sql.table(table)}
      where workspace_id = ${workspaceId} and invitation_id = any(${[...invitationIds]}::uuid[])`.execute(tx);
  }
}

/** Of a member or a group. */
export async function findPermission(
  db: Executor,
  workspaceId: string,
  id: string,
): Promise<{ userId: string | null; groupId: string | null } | undefined> {
  const row = await db
    .selectFrom('permissions')
    .select(['user_id', 'group_id'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('invitation_id', 'is', null)
    .executeTakeFirst();
  return row && { userId: row.user_id, groupId: row.group_id };
}
