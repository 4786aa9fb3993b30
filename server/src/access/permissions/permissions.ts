/**
 * What members and groups may in the control plane. A member's role in the rest of Headgate follows the permissions:
 * Workspace Owner on the workspace makes an owner; who has none of the roles of members is `limited` to permissions.
 */
import type { Db } from '../../db/open.ts';
import { type Executor, inTransaction, lockInTransaction, type Scope, type Tx } from '../../db/tx.ts';
import { AppError, notFound } from '../../errors.ts';
import { isUuid } from '../../ids.ts';
import { record } from '../audit/record.ts';
import { findGroup, type GroupRow } from '../groups/queries.ts';
import { type Principal, RANK } from '../principal.ts';
import { refuseOnlyOwner, withdrawInvitationsBy } from '../users/last-owner.ts';
import { findMember, type MemberRow, setRole } from '../users/queries.ts';
import { inWords } from './describe.ts';
import { refuseGiving, refuseManaging } from './giving.ts';
import { type MissingResources, type PermissionInput, readPermissions } from './input.ts';
import { membershipOf, within } from './permission.ts';
import * as queries from './queries.ts';
import { roleOf, roleOfMembership } from './roles.ts';
import { standingOf } from './standing.ts';
import type { Permission } from './types.ts';

/** Of one holder. */
const MOST = 1_000;

export type Permissions = ReturnType<typeof createPermissions>;

/** The member's role as a permission where none of its own says so. Its resource has no id: it is the workspace. */
export function permissionsOfMember(member: Pick<MemberRow, 'role'>, own: readonly Permission[]): Permission[] {
  if (member.role === 'limited' || own.some(({ roleId }) => roleOf(roleId)?.membership === member.role))
    return [...own];
  return [{ roleId: roleOfMembership(member.role).id, resources: [{ id: '', type: 'WORKSPACE' }] }, ...own];
}

export function createPermissions({ db, now, missing }: { db: Db; now: () => Date; missing: MissingResources }) {
  async function memberOf(executor: Executor, workspaceId: string, id: string): Promise<MemberRow> {
    const found = isUuid(id) ? await findMember(executor, workspaceId, id) : undefined;
    if (!found) throw notFound('user');
    return found;
  }

  async function groupOf(executor: Executor, workspaceId: string, id: string): Promise<GroupRow> {
    const found = isUuid(id) ? await findGroup(executor, workspaceId, id) : undefined;
    if (!found) throw notFound('user group');
    return found;
  }

  /** @param how of the list that is there. */
  async function changeMember(
    tx: Tx,
    caller: Principal,
    userId: string,
    how: (own: readonly Permission[]) => readonly Permission[],
  ): Promise<Permission[]> {
    const { workspaceId } = caller;
    await lockInTransaction(tx, `members ${workspaceId}`);
    const member = await memberOf(tx, workspaceId, userId);
    refuseManaging(caller, await standingOf(tx, workspaceId, member));
    const own = await queries.permissionsOf(tx, workspaceId, { userId });
    const before = permissionsOfMember(member, own);
    const after = how(before);
    refuseMany(after);
    refuseGiving(caller, beyond(after, before));
    const role = membershipOf(after);
    if (role !== member.role) {
      if (role !== 'owner') await refuseOnlyOwner(tx, workspaceId, member);
      await setRole(tx, workspaceId, userId, role);
      if (RANK[role] < RANK.admin) await withdrawInvitationsBy(tx, workspaceId, userId, now());
    }
    await queries.deletePermissions(tx, workspaceId, { userId });
    await queries.insertPermissions(
      tx,
      workspaceId,
      { userId },
      // A role without a place to stand is the membership's own.
      after.filter(({ resources }) => resources[0]?.id !== ''),
    );
    await tell(tx, { type: 'member', id: member.id, name: member.email }, before, after);
    return permissionsOfMember({ role }, await queries.permissionsOf(tx, workspaceId, { userId }));
  }

  async function changeGroup(
    tx: Tx,
    caller: Principal,
    groupId: string,
    how: (own: readonly Permission[]) => readonly Permission[],
  ): Promise<Permission[]> {
    const { workspaceId } = caller;
    await lockInTransaction(tx, `members ${workspaceId}`);
    const group = await groupOf(tx, workspaceId, groupId);
    const before = await queries.permissionsOf(tx, workspaceId, { groupId });
    const after = how(before);
    refuseMany(after);
    refuseManaging(caller, membershipOf(before));
    refuseGiving(caller, beyond(after, before));
    await queries.deletePermissions(tx, workspaceId, { groupId });
    await queries.insertPermissions(tx, workspaceId, { groupId }, after);
    await tell(tx, { type: 'user_group', id: group.id, name: group.name }, before, after);
    return [...after];
  }

  return {
    /** What a request names, checked. @throws AppError validation_error. */
    read: (scope: Scope, list: readonly PermissionInput[], field: string): Promise<Permission[]> =>
      readPermissions(scope, list, field, missing),

    /** @throws AppError not_found. */
    async ofMember(caller: Principal, userId: string): Promise<Permission[]> {
      const member = await memberOf(db, caller.workspaceId, userId);
      return permissionsOfMember(member, await queries.permissionsOf(db, caller.workspaceId, { userId }));
    },

    async ofGroups(caller: Principal, groupIds: readonly string[]): Promise<Map<string, queries.HeldPermission[]>> {
      return await queries.permissionsOfMany(db, caller.workspaceId, 'group_id', groupIds);
    },

    /**
     * @param permissions checked by `read`. @returns the whole list.
     * @throws AppError not_found; forbidden (more than the caller has); conflict (the only owner).
     */
    async change(
      caller: Principal,
      holder: { userId: string } | { groupId: string },
      permissions: readonly Permission[],
      how: 'add' | 'replace',
    ): Promise<Permission[]> {
      const list = (own: readonly Permission[]) => (how === 'add' ? [...own, ...permissions] : permissions);
      return await inTransaction(db, (tx) =>
        'userId' in holder
          ? changeMember(tx, caller, holder.userId, list)
          : changeGroup(tx, caller, holder.groupId, list),
      );
    },

    /**
     * Narrows one permission, or takes it away.
     * @param id the permission's; of a member's role, which has none, the member's.
     * @param narrowed what remains of it: null for nothing, the same for what is not meant.
     * @returns whether there was any such thing. @throws AppError as `change`.
     */
    async takeAway(
      caller: Principal,
      id: string,
      roleId: string,
      narrowed: (permission: Permission) => Permission | null,
    ): Promise<boolean> {
      return await inTransaction(db, async (tx) => {
        const { workspaceId } = caller;
        const row = await queries.findPermission(tx, workspaceId, id);
        if (!row && !(await findMember(tx, workspaceId, id))) return false;
        let found = false;
        const list = (own: readonly Permission[]) =>
          own.flatMap((permission) => {
            const meant = 'id' in permission ? permission.id === id : !row;
            const rest = meant && permission.roleId === roleId ? narrowed(permission) : permission;
            found ||= rest === null || rest.resources.length !== permission.resources.length;
            return rest === null ? [] : [rest];
          });
        if (row?.groupId) await changeGroup(tx, caller, row.groupId, list);
        else await changeMember(tx, caller, row?.userId ?? id, list);
        return found;
      });
    },
  };
}

/** Those that were not there before. */
function beyond(after: readonly Permission[], before: readonly Permission[]): Permission[] {
  return after.filter((permission) => !within([permission], before));
}

function refuseMany(permissions: readonly Permission[]): void {
  if (permissions.length > MOST) throw new AppError('bad_request', `Nobody has more than ${MOST} permissions.`);
}

async function tell(
  tx: Tx,
  target: { type: string; id: string; name: string },
  before: readonly Permission[],
  after: readonly Permission[],
): Promise<void> {
  const removed = before.some((permission) => !after.includes(permission));
  const action = after.length === 0 ? 'permission.deleted' : removed ? 'permission.updated' : 'permission.created';
  await record(tx, {
    action,
    target,
    before: { permissions: inWords(before) },
    after: { permissions: inWords(after) },
  });
}
