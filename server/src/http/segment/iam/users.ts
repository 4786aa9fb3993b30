/** /users: who belongs to the workspace, and what they may; /roles. */
import type { PermissionInput } from '../../../access/permissions/input.ts';
import { ROLES } from '../../../access/permissions/roles.ts';
import type { Permission } from '../../../access/permissions/types.ts';
import type { Access } from '../../../access/service.ts';
import type { MemberRow } from '../../../access/users/queries.ts';
import { AppError, notFound } from '../../../errors.ts';
import type { Call, Handlers } from '../protocol/door.ts';
import { shortId, uuidOf } from '../protocol/ids.ts';
import { idPageRequest, pageOf, pagination } from '../protocol/paging.ts';
import { serializePermission } from './serialize.ts';

const MOST = 200;

export function usersHandlers({ access }: { access: Access }): Handlers {
  const { permissions, groups } = access;
  const { members } = access.users;

  async function change(call: Call, how: 'add' | 'replace') {
    const { caller, body } = call;
    const userId = userIdOf(call);
    await members.get(caller, userId);
    const given = await permissions.read(caller, body['permissions'] as PermissionInput[], 'permissions');
    return listed(call, await permissions.change(caller, { userId }, given, how));
  }

  const listed = ({ caller }: Call, list: readonly Permission[]) => ({
    permissions: list.map((one) => serializePermission(caller, one)),
  });

  return {
    async listUsers({ caller, query }) {
      const request = idPageRequest(query['pagination']);
      const page = await members.page(caller, request);
      return {
        users: page.rows.map(serializeUser),
        pagination: pagination(request, { ...page, keys: page.rows.map(({ id }) => id) }),
      };
    },

    async getUser(call) {
      const id = userIdOf(call);
      const user = await members.get(call.caller, id);
      return { user: { ...serializeUser(user), ...listed(call, await permissions.ofMember(call.caller, id)) } };
    },

    /** An empty id is none: the Terraform provider sends one for an invitation (contract §3.3). */
    async deleteUsers({ caller, query }) {
      const ids = (query['userIds'] as string[]).filter((id) => id !== '');
      if (ids.length > MOST) {
        const message = `"userIds" must contain less than or equal to ${MOST} items`;
        throw new AppError('validation_error', message, { fields: [{ field: 'userIds', message }] });
      }
      const users = ids.map((id) => uuidOf(id));
      if (users.includes(null)) throw notFound('user');
      await members.removeMany(
        caller,
        users.filter((id) => id !== null),
      );
      return { status: 'SUCCESS' };
    },

    async listUserGroupsFromUser(call) {
      const request = idPageRequest(call.query['pagination']);
      const page = await groups.pageOfMember(call.caller, userIdOf(call), request);
      return {
        groups: page.rows.map(({ id, name }) => ({ id: shortId(id), name })),
        pagination: pagination(request, { ...page, keys: page.rows.map(({ id }) => id) }),
      };
    },

    addPermissionsToUser: (call) => change(call, 'add'),
    replacePermissionsForUser: (call) => change(call, 'replace'),

    listRoles({ query }) {
      // In memory, and in one order for ever: the place in it is the key.
      const all = ROLES.map((role, n) => ({ ...role, key: String(n).padStart(3, '0') }));
      const { items, pagination: page } = pageOf(all, ({ key }) => key, query['pagination']);
      return { roles: items.map(({ id, name, description }) => ({ id, name, description })), pagination: page };
    },
  };
}

export function serializeUser({ id, name, email }: Pick<MemberRow, 'id' | 'name' | 'email'>): object {
  return { id: shortId(id), name: name || email, email };
}

function userIdOf({ params }: Call): string {
  const id = uuidOf(params['userId'] ?? '');
  if (id === null) throw notFound('user');
  return id;
}
