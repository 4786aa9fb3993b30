/** What somebody is in a workspace: the role of the membership, or a higher one that permissions of groups amount to. */
import type { Executor } from '../../db/tx.ts';
import { RANK, type Role } from '../principal.ts';
import { membershipOf } from './permission.ts';
import { mayOwn, permissionsByGroups, waitingFor } from './queries.ts';
import type { Permission } from './types.ts';

export function standingWith(role: Role, permissions: readonly Permission[]): Role {
  const given = membershipOf(permissions);
  return RANK[given] > RANK[role] ? given : role;
}

/** What somebody will be by accepting: by the invitation's own role, or by the groups it leads into. */
export async function standingOfInvitation(
  db: Executor,
  invitation: { readonly id: string; readonly workspace_id: string; readonly role: Role },
): Promise<Role> {
  return standingWith(invitation.role, await waitingFor(db, invitation.workspace_id, invitation.id));
}

/** Asked before somebody is managed: who is an owner by a group is managed by owners. */
export async function standingOf(
  db: Executor,
  workspaceId: string,
  member: { readonly id: string; readonly role: Role },
): Promise<Role> {
  if (member.role === 'owner') return 'owner';
  return standingWith(member.role, await permissionsByGroups(db, workspaceId, member.id));
}

/** Addresses of the owners of each workspace who can still sign in: whom it tells of what it should know. */
export async function ownersOf(
  db: Executor,
  workspaceIds: readonly string[],
): Promise<Map<string, ReadonlySet<string>>> {
  const owners = new Map(workspaceIds.map((id) => [id, new Set<string>()]));
  for (const { workspaceId, email, role, permission } of await mayOwn(db, workspaceIds)) {
    if (standingWith(role, permission ? [permission] : []) === 'owner') owners.get(workspaceId)?.add(email);
  }
  return owners;
}
