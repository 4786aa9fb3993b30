/** /groups and /group: members who share permissions. */
import type { Group } from '../../../access/groups/groups.ts';
import type { PermissionInput } from '../../../access/permissions/input.ts';
import type { Permission } from '../../../access/permissions/types.ts';
import type { Access } from '../../../access/service.ts';
import { notFound } from '../../../errors.ts';
import type { Call, Handlers } from '../protocol/door.ts';
import { shortId, uuidOf } from '../protocol/ids.ts';
import { idPageRequest, pagination } from '../protocol/paging.ts';
import { readAddresses, serializePermission } from './serialize.ts';
import { serializeUser } from './users.ts';

export function groupsHandlers({ access }: { access: Access }): Handlers {
  const { groups, permissions } = access;

  async function serialize({ caller }: Call, rows: readonly Group[]): Promise<object[]> {
    const held = await permissions.ofGroups(
      caller,
      rows.map(({ id }) => id),
    );
    return rows.map(({ id, name, member_count }) => ({
      id: shortId(id),
      name,
      memberCount: member_count,
      permissions: (held.get(id) ?? []).map((one) => serializePermission(caller, one)),
    }));
  }

  async function one(call: Call, group: Promise<Group>): Promise<object> {
    const [userGroup] = await serialize(call, [await group]);
    return { userGroup };
  }

  async function changeMembers(call: Call, how: 'add' | 'replace' | 'remove'): Promise<Group> {
    const id = groupIdOf(call);
    await groups.get(call.caller, id);
    const sent: string[] = how === 'remove' ? call.query['emails'] : call.body['emails'];
    const emails = readAddresses(
      sent.filter((email) => how !== 'remove' || email !== ''),
      (n) => `emails.${n}`,
      'emails',
    );
    return await groups.changeMembers(call.caller, id, emails, how);
  }

  async function changePermissions(call: Call, how: 'add' | 'replace') {
    const { caller, body } = call;
    const groupId = groupIdOf(call);
    await groups.get(caller, groupId);
    const given = await permissions.read(caller, body['permissions'] as PermissionInput[], 'permissions');
    const list: Permission[] = await permissions.change(caller, { groupId }, given, how);
    return { permissions: list.map((permission) => serializePermission(caller, permission)) };
  }

  return {
    async listUserGroups(call) {
      const request = idPageRequest(call.query['pagination']);
      const page = await groups.page(call.caller, request);
      return {
        userGroups: await serialize(call, page.rows),
        pagination: pagination(request, { ...page, keys: page.rows.map(({ id }) => id) }),
      };
    },

    createUserGroup: (call) => one(call, groups.create(call.caller, call.body['name'])),
    getUserGroup: (call) => one(call, groups.get(call.caller, groupIdOf(call))),
    updateUserGroup: (call) => one(call, groups.rename(call.caller, groupIdOf(call), call.body['name'])),

    async deleteUserGroup(call) {
      await groups.remove(call.caller, groupIdOf(call));
      return { status: 'SUCCESS' };
    },

    async listUsersFromUserGroup(call) {
      const request = idPageRequest(call.query['pagination']);
      const page = await groups.users(call.caller, groupIdOf(call), request);
      return {
        users: page.rows.map(serializeUser),
        pagination: pagination(request, { ...page, keys: page.rows.map(({ id }) => id) }),
      };
    },

    async listInvitesFromUserGroup(call) {
      const request = idPageRequest(call.query['pagination']);
      const page = await groups.invited(call.caller, groupIdOf(call), request);
      return {
        emails: page.rows.map(({ email }) => email),
        pagination: pagination(request, { ...page, keys: page.rows.map(({ id }) => id) }),
      };
    },

    addUsersToUserGroup: (call) => one(call, changeMembers(call, 'add')),
    replaceUsersInUserGroup: (call) => one(call, changeMembers(call, 'replace')),

    async removeUsersFromUserGroup(call) {
      await changeMembers(call, 'remove');
      return { status: 'SUCCESS' };
    },

    addPermissionsToUserGroup: (call) => changePermissions(call, 'add'),
    replacePermissionsForUserGroup: (call) => changePermissions(call, 'replace'),
  };
}

function groupIdOf({ params }: Call): string {
  const id = uuidOf(params['userGroupId'] ?? '');
  if (id === null) throw notFound('user group');
  return id;
}
