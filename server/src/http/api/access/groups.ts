/** /groups: members who share permissions; /roles: what a permission can give. */
import { type Static, Type } from 'typebox';
import type { Group } from '../../../access/groups/groups.ts';
import { ROLES } from '../../../access/permissions/roles.ts';
import type { Access } from '../../../access/service.ts';
import type { KeysetRequest } from '../../../db/keyset.ts';
import { AppError, type FieldError } from '../../../errors.ts';
import { plainAddress } from '../../../messaging/address.ts';
import { type Http, principalOf } from '../../route.ts';
import { ErrorBody, encodeCursor, IdParams, label, PageOf, PageQuery, pageOfIds, time } from '../conventions.ts';
import { PermissionBody, PermissionRequest, permissionInputs, serializePermission } from './permission-schemas.ts';

const GroupBody = Type.Object({
  id: Type.String(),
  name: Type.String(),
  member_count: Type.Integer({ description: 'Without those who were invited and have not accepted yet.' }),
  created_at: Type.String(),
  permissions: Type.Array(PermissionBody),
});

const MemberOfGroup = Type.Object({ id: Type.String(), email: Type.String(), name: Type.String() });
const InvitedToGroup = Type.Object({ id: Type.String({ description: "The invitation's." }), email: Type.String() });

const RoleBody = Type.Object({
  id: Type.String(),
  name: Type.String(),
  description: Type.String(),
  resources: Type.Array(Type.String(), { description: 'What it can be given on.' }),
  member_role: Type.Union([Type.String(), Type.Null()], {
    description: 'On the whole workspace it makes this of a member.',
  }),
});

const Permissions = Type.Object({ permissions: PermissionRequest }, { additionalProperties: false });
const PermissionList = PageOf(PermissionBody);

const tags = ['Groups'];
const read = { access: { scope: 'members:read' } } as const;
const write = { access: { scope: 'members:manage' } } as const;

export function groupRoutes(app: Http, { access }: { access: Access }): void {
  const { groups, permissions } = access;
  type Request = Parameters<typeof principalOf>[0];

  async function serialize(request: Request, rows: readonly Group[]): Promise<Static<typeof GroupBody>[]> {
    const caller = principalOf(request);
    const held = await permissions.ofGroups(
      caller,
      rows.map(({ id }) => id),
    );
    return rows.map(({ id, name, member_count, created_at }) => ({
      id,
      name,
      member_count,
      created_at: time(created_at),
      permissions: (held.get(id) ?? []).map((one) => serializePermission(caller, one)),
    }));
  }

  async function one(request: Request, group: Group): Promise<Static<typeof GroupBody>> {
    const [body] = await serialize(request, [group]);
    if (!body) throw new Error('A group is a group.');
    return body;
  }

  app.route({
    method: 'GET',
    url: '/roles',
    config: read,
    schema: {
      operationId: 'roles.list',
      tags,
      summary: 'List the roles that permissions can give',
      response: { 200: PageOf(RoleBody), '4xx': ErrorBody },
    },
    handler: async () => ({
      items: ROLES.map(({ id, name, description, resources, membership = null }) => ({
        id,
        name,
        description,
        resources: [...resources],
        member_role: membership,
      })),
      cursor: null,
      total: ROLES.length,
    }),
  });

  app.route({
    method: 'GET',
    url: '/groups',
    config: read,
    schema: {
      operationId: 'groups.list',
      tags,
      summary: 'List groups, oldest first',
      querystring: PageQuery,
      response: { 200: PageOf(GroupBody), '4xx': ErrorBody },
    },
    async handler(request) {
      const page = await groups.page(principalOf(request), keysetOf(request.query));
      return { items: await serialize(request, page.rows), cursor: nextOf(page), total: page.total };
    },
  });

  app.route({
    method: 'POST',
    url: '/groups',
    config: write,
    schema: {
      operationId: 'groups.create',
      tags,
      summary: 'Create a group',
      body: Type.Object({ name: label() }, { additionalProperties: false }),
      response: { 201: GroupBody, '4xx': ErrorBody },
    },
    async handler(request, reply) {
      const group = await groups.create(principalOf(request), request.body.name);
      return reply.code(201).send(await one(request, group));
    },
  });

  app.route({
    method: 'GET',
    url: '/groups/:id',
    config: read,
    schema: {
      operationId: 'groups.get',
      tags,
      summary: 'Get a group',
      params: IdParams,
      response: { 200: GroupBody, '4xx': ErrorBody },
    },
    handler: async (request) => one(request, await groups.get(principalOf(request), request.params.id)),
  });

  app.route({
    method: 'PATCH',
    url: '/groups/:id',
    config: write,
    schema: {
      operationId: 'groups.update',
      tags,
      summary: 'Rename a group',
      params: IdParams,
      body: Type.Object({ name: label() }, { additionalProperties: false }),
      response: { 200: GroupBody, '4xx': ErrorBody },
    },
    handler: async (request) =>
      one(request, await groups.rename(principalOf(request), request.params.id, request.body.name)),
  });

  app.route({
    method: 'DELETE',
    url: '/groups/:id',
    config: write,
    schema: {
      operationId: 'groups.delete',
      tags,
      summary: 'Delete a group',
      description: 'Its members stay, without what the group gave them.',
      params: IdParams,
      response: { 204: Type.Null(), '4xx': ErrorBody },
    },
    async handler(request, reply) {
      await groups.remove(principalOf(request), request.params.id);
      return reply.code(204).send(null);
    },
  });

  app.route({
    method: 'GET',
    url: '/groups/:id/members',
    config: read,
    schema: {
      operationId: 'groups.members',
      tags,
      summary: "List a group's members, oldest account first",
      params: IdParams,
      querystring: PageQuery,
      response: { 200: PageOf(MemberOfGroup), '4xx': ErrorBody },
    },
    async handler(request) {
      const page = await groups.users(principalOf(request), request.params.id, keysetOf(request.query));
      return { items: page.rows.map((row) => ({ ...row })), cursor: nextOf(page), total: page.total };
    },
  });

  app.route({
    method: 'GET',
    url: '/groups/:id/invitations',
    config: read,
    schema: {
      operationId: 'groups.invitations',
      tags,
      summary: 'List who was invited into a group and has not accepted yet',
      params: IdParams,
      querystring: PageQuery,
      response: { 200: PageOf(InvitedToGroup), '4xx': ErrorBody },
    },
    async handler(request) {
      const page = await groups.invited(principalOf(request), request.params.id, keysetOf(request.query));
      return { items: page.rows.map((row) => ({ ...row })), cursor: nextOf(page), total: page.total };
    },
  });

  app.route({
    method: 'PUT',
    url: '/groups/:id/members',
    config: write,
    schema: {
      operationId: 'groups.setMembers',
      tags,
      summary: "Set a group's members",
      description:
        'Who is no member of the workspace yet is invited, and belongs to the group from the acceptance on. Nobody puts anybody into a group that has more than they could give.',
      params: IdParams,
      body: Type.Object(
        { emails: Type.Array(Type.String({ maxLength: 254 }), { maxItems: 1_000 }) },
        { additionalProperties: false },
      ),
      response: { 200: GroupBody, '4xx': ErrorBody },
    },
    async handler(request) {
      const emails = readEmails(request.body.emails);
      return one(request, await groups.changeMembers(principalOf(request), request.params.id, emails, 'replace'));
    },
  });

  app.route({
    method: 'PUT',
    url: '/groups/:id/permissions',
    config: write,
    schema: {
      operationId: 'groups.setPermissions',
      tags,
      summary: 'Set what the members of a group may',
      params: IdParams,
      body: Permissions,
      response: { 200: GroupBody, '4xx': ErrorBody },
    },
    async handler(request) {
      const caller = principalOf(request);
      const { id } = await groups.get(caller, request.params.id);
      const given = await permissions.read(caller, permissionInputs(request.body.permissions), 'permissions');
      await permissions.change(caller, { groupId: id }, given, 'replace');
      return one(request, await groups.get(caller, id));
    },
  });

  app.route({
    method: 'GET',
    url: '/members/:id/permissions',
    config: read,
    schema: {
      operationId: 'members.permissions',
      tags: ['Members'],
      summary: "List a member's own permissions",
      description: 'The role as a permission on the workspace, too; without what groups give.',
      params: IdParams,
      response: { 200: PermissionList, '4xx': ErrorBody },
    },
    async handler(request) {
      const caller = principalOf(request);
      const list = await permissions.ofMember(caller, request.params.id);
      return { items: list.map((one) => serializePermission(caller, one)), cursor: null, total: list.length };
    },
  });

  app.route({
    method: 'PUT',
    url: '/members/:id/permissions',
    config: write,
    schema: {
      operationId: 'members.setPermissions',
      tags: ['Members'],
      summary: "Set a member's own permissions",
      description:
        "The member's role follows: Workspace Owner, Admin, Editor or Read-only on the workspace; with none of them the member is `limited` to what permissions give.",
      params: IdParams,
      body: Permissions,
      response: { 200: PermissionList, '4xx': ErrorBody },
    },
    async handler(request) {
      const caller = principalOf(request);
      const { id } = await access.users.members.get(caller, request.params.id);
      const given = await permissions.read(caller, permissionInputs(request.body.permissions), 'permissions');
      const list = await permissions.change(caller, { userId: id }, given, 'replace');
      return { items: list.map((one) => serializePermission(caller, one)), cursor: null, total: list.length };
    },
  });
}

/** Oldest first, where lists of ours are newest first otherwise: groups are few, and in an order that people know. */
function keysetOf(query: Static<typeof PageQuery>): KeysetRequest {
  const { limit, before } = pageOfIds(query).request;
  return { count: limit, ...(before !== null && { after: before }) };
}

function nextOf(page: { rows: readonly { id: string }[]; hasAfter: boolean }): string | null {
  const last = page.rows.at(-1);
  return page.hasAfter && last ? encodeCursor([last.id]) : null;
}

/** @throws AppError validation_error naming each that is no plain address. */
function readEmails(emails: readonly string[]): string[] {
  const fields: FieldError[] = [];
  const read = emails.map((email, n) => {
    const address = plainAddress(email);
    if (address === null)
      fields.push({ field: `emails.${n}`, message: 'give one plain address, such as ada@example.com' });
    return address?.toLowerCase() ?? '';
  });
  if (fields.length > 0) throw new AppError('validation_error', fields[0]?.message ?? '', { fields });
  return read;
}
