/** Roles, policies and users (contract segment-config-api §17). Invites: invites.ts. */
import { type Static, Type } from 'typebox';
import { ROLES, type RoleInfo, roleOf } from '../../access/permissions/roles.ts';
import type { Permission } from '../../access/permissions/types.ts';
import type { Access } from '../../access/service.ts';
import { invalidField, notFound } from '../../errors.ts';
import { type Http, principalOf } from '../route.ts';
import { shortId, uuidOf } from '../segment/protocol/ids.ts';
import { type Policies, policyId, readPolicyId, withoutResource } from './policies.ts';
import { ConfigError, ConfigPageQuery, configPageOf, Nothing, readConfigKeyset } from './protocol/conventions.ts';
import { MAX_NAME, NamePart, type Names, type Place, WorkspaceParams } from './protocol/names.ts';

const Role = Type.Object({
  name: Type.String({ description: '`workspaces/<slug>/roles/<id>`' }),
  display_name: Type.String(),
  description: Type.String(),
  actions: Type.Array(Type.String(), { description: '`<area>.read`, `<area>.write`' }),
});

const Policy = Type.Object({
  name: Type.String(),
  resource: Type.String({ description: 'What it is on, by name.' }),
  subject: Type.String({ description: '`users/<id>` or `groups/<id>`' }),
});

const User = Type.Object({ name: Type.String(), email: Type.String(), display_name: Type.String() });

const text = (maxLength: number) => Type.String({ maxLength, pattern: '^[^\\u0000]*$' });
const NewPolicy = Type.Object({ subject: text(100), resource: text(MAX_NAME) });

const RoleParams = Type.Object({ workspace: NamePart, role: NamePart });
const PolicyParams = Type.Object({ workspace: NamePart, role: NamePart, policy: NamePart });

/** Any role (contract §1, wildcard parent). */
const ANY = '-';

const tags = ['Segment Config API'];
const read = { access: { scope: 'workspace:read', door: 'segment-config' } } as const;
const write = { access: { scope: 'workspace', door: 'segment-config' } } as const;

/** Whose policies they are. */
interface Holder {
  readonly subject: string;
  readonly id: string;
  readonly permissions: readonly Permission[];
}

export function iamRoutes(
  door: Http,
  { access, names, policies }: { access: Access; names: Names; policies: Policies },
): void {
  const { permissions, groups } = access;
  const { members } = access.users;
  type Request = Parameters<typeof principalOf>[0];

  async function ofHolder(place: Place, holder: Holder, role: RoleInfo | null): Promise<Static<typeof Policy>[]> {
    const found: Static<typeof Policy>[] = [];
    for (const permission of holder.permissions) {
      if (role && permission.roleId !== role.id) continue;
      for (const resource of permission.resources) {
        // A member's role has no row of its own.
        const id = 'id' in permission ? String(permission.id) : holder.id;
        found.push({
          name: `${policies.roleName(place, permission.roleId)}/policies/${policyId(id, resource)}`,
          resource: await policies.resourceName(place, resource),
          subject: holder.subject,
        });
      }
    }
    return found;
  }

  /** @throws AppError not_found; null for any. */
  function roleIn(id: string): RoleInfo | null {
    if (id === ANY) return null;
    const role = roleOf(id);
    if (!role) throw notFound('role');
    return role;
  }

  door.route({
    method: 'GET',
    url: '/workspaces/:workspace/roles',
    config: read,
    schema: {
      operationId: 'segmentConfigIam.roles',
      tags,
      summary: 'List the roles (Segment Config API)',
      params: WorkspaceParams,
      querystring: ConfigPageQuery,
      response: {
        200: Type.Object({ roles: Type.Array(Role), next_page_token: Type.String() }),
        '4xx': ConfigError,
      },
    },
    async handler(request) {
      const place = await names.workspace(request, request.params);
      const all = ROLES.map((role, n) => ({ ...role, key: String(n).padStart(3, '0') }));
      const { items, nextPageToken } = configPageOf(all, ({ key }) => key, request.query);
      return { roles: items.map((role) => serializeRole(place, role)), next_page_token: nextPageToken };
    },
  });

  door.route({
    method: 'GET',
    url: '/workspaces/:workspace/roles/:role/policies',
    config: read,
    schema: {
      operationId: 'segmentConfigIam.policies',
      tags,
      summary: 'List the policies of a role; `-` stands for any (Segment Config API)',
      description:
        'Those of members, then those of groups. A page is of so many members or groups: it may hold more policies, or none.',
      params: RoleParams,
      querystring: ConfigPageQuery,
      response: {
        200: Type.Object({ policies: Type.Array(Policy), next_page_token: Type.String() }),
        '4xx': ConfigError,
      },
    },
    async handler(request) {
      const place = await names.workspace(request, request.params);
      const role = roleIn(request.params.role);
      const { request: wanted, next } = readConfigKeyset(request.query);
      const { holders, token } = await holdersAfter(request, wanted);
      const found: Static<typeof Policy>[] = [];
      for (const holder of holders) found.push(...(await ofHolder(place, holder, role)));
      return { policies: found, next_page_token: token === null ? '' : next({ hasAfter: true }, [token]) };
    },
  });

  /** A key is `u` or `g` and the last id. */
  async function holdersAfter(
    request: Request,
    { count, after = 'u' }: { count: number; after?: string },
  ): Promise<{ holders: Holder[]; token: string | null }> {
    const caller = principalOf(request);
    const [, kind = '', id = ''] = /^([ug])([0-9a-f-]{36})?$/.exec(after) ?? [];
    if (kind === '') throw invalidField('page_token', 'take it unchanged from the previous page');
    const page = { count, ...(id !== '' && { after: id }) };
    if (kind === 'u') {
      const { rows, hasAfter } = await members.page(caller, page);
      const holders = await Promise.all(
        rows.map(async (row) => ({
          subject: `users/${shortId(row.id)}`,
          id: row.id,
          permissions: await permissions.ofMember(caller, row.id),
        })),
      );
      if (hasAfter) return { holders, token: `u${rows.at(-1)?.id ?? ''}` };
      const first = await groups.page(caller, { count: 1 });
      return { holders, token: first.rows.length > 0 ? 'g' : null };
    }
    const { rows, hasAfter } = await groups.page(caller, page);
    const held = await permissions.ofGroups(
      caller,
      rows.map((row) => row.id),
    );
    const holders = rows.map((row) => ({
      subject: `groups/${shortId(row.id)}`,
      id: row.id,
      permissions: held.get(row.id) ?? [],
    }));
    return { holders, token: hasAfter ? `g${rows.at(-1)?.id ?? ''}` : null };
  }

  door.route({
    method: 'POST',
    url: '/workspaces/:workspace/roles/:role/policies',
    config: write,
    schema: {
      operationId: 'segmentConfigIam.createPolicy',
      tags,
      summary: 'Give a user or group a role on a resource (Segment Config API)',
      params: RoleParams,
      // Wrapped or not: a union would drop the fields of one kind while it tries the other.
      body: Type.Object({ policy: Type.Optional(NewPolicy), ...Type.Partial(NewPolicy).properties }),
      response: { 200: Policy, '4xx': ConfigError },
    },
    async handler(request) {
      const place = await names.workspace(request, request.params);
      const caller = principalOf(request);
      const role = roleIn(request.params.role);
      if (!role) throw notFound('role');
      const { subject = '', resource = '' } = request.body.policy ?? request.body;
      const on = await policies.resourceNamed(place, resource, 'policy.resource');
      const holder = await holderNamed(request, subject);
      const given = await permissions.read(caller, [{ roleId: role.id, resources: [on] }], 'policy');
      const list = await permissions.change(caller, holder, given, 'add');
      const made = list.findLast((one) => one.roleId === role.id && one.resources.some(({ id }) => id === on.id));
      const id = made && 'id' in made ? String(made.id) : idOf(holder);
      return {
        name: `${policies.roleName(place, role.id)}/policies/${policyId(id, on)}`,
        resource: await policies.resourceName(place, on),
        subject,
      };
    },
  });

  /** @throws AppError validation_error for somebody who is not here. */
  async function holderNamed(request: Request, subject: string): Promise<{ userId: string } | { groupId: string }> {
    const [, kind, id = ''] = /^(users|groups)\/(\w+)$/.exec(subject) ?? [];
    const uuid = uuidOf(id);
    const caller = principalOf(request);
    const nobody = () => invalidField('policy.subject', 'names no user or group of the workspace: users/<id>');
    if (uuid === null || kind === undefined) throw nobody();
    try {
      if (kind === 'users') return { userId: (await members.get(caller, uuid)).id };
      return { groupId: (await groups.get(caller, uuid)).id };
    } catch {
      throw nobody();
    }
  }

  door.route({
    method: 'DELETE',
    url: '/workspaces/:workspace/roles/:role/policies/:policy',
    config: write,
    schema: {
      operationId: 'segmentConfigIam.deletePolicy',
      tags,
      summary: 'Take a role on a resource away (Segment Config API)',
      params: PolicyParams,
      response: { 200: Nothing, '4xx': ConfigError },
    },
    async handler(request) {
      await names.workspace(request, request.params);
      const { role, policy } = request.params;
      const named = readPolicyId(policy);
      if (!roleIn(role) || !named) throw notFound('policy');
      const gone = await permissions.takeAway(principalOf(request), named.holder, role, (permission) =>
        withoutResource(permission, named.isOn),
      );
      if (!gone) throw notFound('policy');
      return {};
    },
  });

  door.route({
    method: 'GET',
    url: '/workspaces/:workspace/users',
    config: read,
    schema: {
      operationId: 'segmentConfigIam.users',
      tags,
      summary: 'List the users (Segment Config API)',
      params: WorkspaceParams,
      querystring: ConfigPageQuery,
      response: {
        200: Type.Object({ users: Type.Array(User), next_page_token: Type.String() }),
        '4xx': ConfigError,
      },
    },
    async handler(request) {
      await names.workspace(request, request.params);
      const { request: wanted, next } = readConfigKeyset(request.query);
      const page = await members.page(principalOf(request), wanted);
      return {
        users: page.rows.map(({ id, email, name }) => ({
          name: `users/${shortId(id)}`,
          email,
          display_name: name || email,
        })),
        next_page_token: next(
          page,
          page.rows.map(({ id }) => id),
        ),
      };
    },
  });
}

function idOf(holder: { userId: string } | { groupId: string }): string {
  return 'userId' in holder ? holder.userId : holder.groupId;
}

function serializeRole(place: Place, role: RoleInfo): Static<typeof Role> {
  return {
    name: `${place.name}/roles/${role.id}`,
    display_name: role.name,
    description: role.description,
    actions: Object.entries(role.allows).flatMap(([area, level]) =>
      level === 'write' ? [`${area}.read`, `${area}.write`] : [`${area}.read`],
    ),
  };
}
