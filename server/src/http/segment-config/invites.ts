/** Invites of the Config API (contract segment-config-api §17.3): the invitations of the workspace. */
import { type Static, Type } from 'typebox';
import type { Permission } from '../../access/permissions/types.ts';
import type { Access } from '../../access/service.ts';
import type { Invitation } from '../../access/users/invitations.ts';
import { invalidField, notFound } from '../../errors.ts';
import { plainAddress } from '../../messaging/address.ts';
import { type Http, principalOf } from '../route.ts';
import { shortId, uuidOf } from '../segment/protocol/ids.ts';
import type { Policies } from './policies.ts';
import { ConfigError, ConfigPageQuery, Nothing, readConfigKeyset } from './protocol/conventions.ts';
import { MAX_NAME, NamePart, type Names, type Place, WorkspaceParams } from './protocol/names.ts';

const Grant = Type.Object({ role: Type.String(), resource: Type.String() });

const Invite = Type.Object({
  name: Type.String({ description: '`workspaces/<slug>/invites/<id>`' }),
  parent: Type.String(),
  email: Type.String(),
  create_time: Type.String(),
  expire_time: Type.String(),
  policies: Type.Array(Grant),
});

const text = (maxLength: number) => Type.String({ maxLength, pattern: '^[^\\u0000]*$' });
const NewInvite = Type.Object({
  email: text(254),
  policies: Type.Optional(
    Type.Array(Type.Object({ role: text(MAX_NAME), resource: text(MAX_NAME) }), { maxItems: 200 }),
  ),
});

const tags = ['Segment Config API'];

export function inviteRoutes(
  door: Http,
  { access, names, policies }: { access: Access; names: Names; policies: Policies },
): void {
  const { invitations } = access.users;

  async function serialize(
    place: Place,
    invitation: Invitation,
    permissions: readonly Permission[],
  ): Promise<Static<typeof Invite>> {
    const grants: Static<typeof Grant>[] = [];
    for (const { roleId, resources } of permissions) {
      for (const resource of resources) {
        grants.push({
          role: policies.roleName(place, roleId),
          resource: await policies.resourceName(place, resource),
        });
      }
    }
    return {
      name: `${place.name}/invites/${shortId(invitation.id)}`,
      parent: place.name,
      email: invitation.email,
      create_time: invitation.created_at.toISOString(),
      expire_time: invitation.expires_at.toISOString(),
      policies: grants,
    };
  }

  door.route({
    method: 'GET',
    url: '/workspaces/:workspace/invites',
    config: { access: { scope: 'workspace:read', door: 'segment-config' } },
    schema: {
      operationId: 'segmentConfigInvites.list',
      tags,
      summary: 'List the invites that can be accepted (Segment Config API)',
      params: WorkspaceParams,
      querystring: ConfigPageQuery,
      response: {
        200: Type.Object({ invites: Type.Array(Invite), next_page_token: Type.String() }),
        '4xx': ConfigError,
      },
    },
    async handler(request) {
      const place = await names.workspace(request, request.params);
      const caller = principalOf(request);
      const { request: wanted, next } = readConfigKeyset(request.query);
      const page = await invitations.pageOfOpen(caller, wanted);
      const ids = page.rows.map(({ id }) => id);
      const held = await invitations.permissionsOf(caller, ids);
      const invites = await Promise.all(page.rows.map((row) => serialize(place, row, held.get(row.id) ?? [])));
      return { invites, next_page_token: next(page, ids) };
    },
  });

  door.route({
    method: 'POST',
    url: '/workspaces/:workspace/invites',
    config: { access: { scope: 'workspace', door: 'segment-config' } },
    schema: {
      operationId: 'segmentConfigInvites.create',
      tags,
      summary: 'Invite somebody with policies (Segment Config API)',
      params: WorkspaceParams,
      // Wrapped or not: a union would drop the fields of one kind while it tries the other.
      body: Type.Object({ invite: Type.Optional(NewInvite), ...Type.Partial(NewInvite).properties }),
      response: { 200: Invite, '4xx': ConfigError },
    },
    async handler(request) {
      const place = await names.workspace(request, request.params);
      const caller = principalOf(request);
      const invite = request.body.invite ?? request.body;
      const email = plainAddress(invite.email ?? '')?.toLowerCase();
      if (email === undefined) throw invalidField('invite.email', 'give one plain address, such as ada@example.com');
      const inputs = await policies.inputs(place, invite.policies ?? [], 'invite.policies');
      const permissions = await access.permissions.read(caller, inputs, 'invite.policies');
      const [made] = await invitations.createMany(caller, [{ email, permissions }], { again: 'refuse' });
      if (!made) throw new Error('An invitation was made.');
      return await serialize(place, made, permissions);
    },
  });

  door.route({
    method: 'DELETE',
    url: '/workspaces/:workspace/invites/:invite',
    config: { access: { scope: 'workspace', door: 'segment-config' } },
    schema: {
      operationId: 'segmentConfigInvites.delete',
      tags,
      summary: 'Withdraw an invite (Segment Config API)',
      params: Type.Object({ workspace: NamePart, invite: NamePart }),
      response: { 200: Nothing, '4xx': ConfigError },
    },
    async handler(request) {
      await names.workspace(request, request.params);
      const id = uuidOf(request.params.invite);
      if (id === null) throw notFound('invite');
      await invitations.withdraw(principalOf(request), id);
      return {};
    },
  });
}
