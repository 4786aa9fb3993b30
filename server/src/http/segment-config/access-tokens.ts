/** The access-token service (contract segment-config-api §8). A token is an API key of ours with rights over the workspace. */
import { type Static, Type } from 'typebox';
import type { Key } from '../../access/keys/key.ts';
import type { ScopeName } from '../../access/scopes.ts';
import type { Access } from '../../access/service.ts';
import { invalidField, notFound } from '../../errors.ts';
import { type Http, principalOf } from '../route.ts';
import type { Policies } from './policies.ts';
import { ConfigError, ConfigPageQuery, readConfigPage } from './protocol/conventions.ts';
import { MAX_NAME, type Names, workspaceName } from './protocol/names.ts';

/** What the vendor calls owner, member and read-only access. Only an owner's token manages tokens. */
const GRANTS = {
  owner: ['workspace', 'workspace:read', 'api-keys:manage'],
  member: ['workspace', 'workspace:read'],
  read_only: ['workspace:read'],
} as const satisfies Record<string, readonly ScopeName[]>;

const Token = Type.Object({
  name: Type.String({ description: '`access-tokens/<number>`' }),
  description: Type.String(),
  scopes: Type.String({ description: '`workspace` or `workspace:read`' }),
  create_time: Type.String({ description: 'To the second.' }),
  workspace_names: Type.Array(Type.String()),
});

const NewToken = Type.Object({ ...Token.properties, token: Type.String({ description: 'Shown this once.' }) });

const WorkspaceNames = Type.Array(Type.String({ minLength: 1, maxLength: 120 }), { minItems: 1, maxItems: 1 });

const text = (maxLength: number) => Type.String({ maxLength, pattern: '^[^\\u0000]*$' });

const tags = ['Segment Config API'];
const params = Type.Object({ number: Type.String({ maxLength: 40 }) });

export function accessTokenRoutes(
  door: Http,
  { access, names, policies }: { access: Access; names: Names; policies: Policies },
): void {
  door.route({
    method: 'POST',
    url: '/access-tokens',
    config: { access: { scope: 'api-keys:manage', door: 'segment-config' } },
    schema: {
      operationId: 'segmentConfigAccessTokens.create',
      tags,
      summary: 'Create an access token (Segment Config API)',
      description:
        'Only owners of the workspace, and tokens with owner access, make one. `role` tells owner from member access where `scopes` is `workspace`; a member has what its `policies` give, and nothing without any.',
      body: Type.Object(
        {
          access_token: Type.Object(
            {
              description: Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000]*$' }),
              scopes: Type.Union([Type.Literal('workspace'), Type.Literal('workspace:read')]),
              role: Type.Optional(Type.Union([Type.Literal('owner'), Type.Literal('member')])),
              policies: Type.Optional(
                Type.Array(Type.Object({ role: text(MAX_NAME), resource: text(MAX_NAME) }), { maxItems: 200 }),
              ),
              workspace_names: Type.Optional(WorkspaceNames),
              workspaceNames: Type.Optional(WorkspaceNames),
            },
            { additionalProperties: false },
          ),
        },
        { additionalProperties: false },
      ),
      response: { 200: NewToken, '4xx': ConfigError },
    },
    async handler(request, reply) {
      const caller = principalOf(request);
      const { description, scopes, workspace_names, workspaceNames, policies: given } = request.body.access_token;
      const { role = given ? 'member' : 'owner' } = request.body.access_token;
      const own = workspaceName((await access.workspaces.describe(caller)).workspace.slug);
      const [asked] = workspace_names ?? workspaceNames ?? [];
      // The same words for a workspace that exists elsewhere and one that does not.
      if (asked !== own) throw invalidField('workspace_names', `names one workspace, that of this call: ${own}`);
      const grant = scopes === 'workspace:read' ? GRANTS.read_only : GRANTS[role];
      if (given && role === 'owner') throw invalidField('policies', 'are for members: an owner may do everything');
      const inputs = await policies.inputs(await names.placeOf(request), given ?? [], 'access_token.policies');
      const permissions = await access.permissions.read(caller, inputs, 'access_token.policies');
      const made = await access.keys.mint(caller, {
        name: description,
        scopes: [...grant],
        ...(role === 'member' && { permissions }),
      });
      reply.header('cache-control', 'no-store');
      return { ...serialize(made.key, own), token: made.text };
    },
  });

  door.route({
    method: 'GET',
    url: '/access-tokens',
    config: { access: { scope: 'workspace:read', door: 'segment-config' } },
    schema: {
      operationId: 'segmentConfigAccessTokens.list',
      tags,
      summary: 'List the active access tokens, newest first (Segment Config API)',
      description: 'Those keys that have rights over the workspace.',
      querystring: ConfigPageQuery,
      response: {
        200: Type.Object({ access_tokens: Type.Array(Token), next_page_token: Type.String() }),
        '4xx': ConfigError,
      },
    },
    async handler(request) {
      const caller = principalOf(request);
      const page = readConfigPage(request.query);
      const { workspace } = await access.workspaces.describe(caller);
      const { limit, before } = page;
      const { keys } = await access.keys.list(caller, { limit, before, activeOnly: true, withScope: 'workspace:read' });
      return {
        access_tokens: keys.map((key) => serialize(key, workspaceName(workspace.slug))),
        next_page_token: page.next(keys.map((key) => key.number)),
      };
    },
  });

  door.route({
    method: 'GET',
    url: '/access-tokens/:number',
    config: { access: { scope: 'workspace:read', door: 'segment-config' } },
    schema: {
      operationId: 'segmentConfigAccessTokens.get',
      tags,
      summary: 'Get an access token, without its text (Segment Config API)',
      params,
      response: { 200: Token, '4xx': ConfigError },
    },
    async handler(request) {
      const caller = principalOf(request);
      const { workspace } = await access.workspaces.describe(caller);
      return serialize(await find(request, request.params.number), workspaceName(workspace.slug));
    },
  });

  door.route({
    method: 'DELETE',
    url: '/access-tokens/:number',
    config: { access: { scope: 'api-keys:manage', door: 'segment-config' } },
    schema: {
      operationId: 'segmentConfigAccessTokens.delete',
      tags,
      summary: 'Revoke an access token (Segment Config API)',
      params,
      response: { 200: Type.Object({}), '4xx': ConfigError },
    },
    async handler(request) {
      const key = await find(request, request.params.number);
      await access.keys.revoke(principalOf(request), key.number);
      return {};
    },
  });

  /** @throws AppError not_found, also for keys without rights over the workspace and for revoked ones. */
  async function find(request: Parameters<typeof principalOf>[0], text: string): Promise<Key> {
    const number = /^[1-9]\d{0,14}$/.test(text) ? Number(text) : 0;
    const page = { limit: 1, before: number + 1, activeOnly: true, withScope: 'workspace:read' } as const;
    const [key] = number > 0 ? (await access.keys.list(principalOf(request), page)).keys : [];
    if (key?.number !== number) throw notFound('access token');
    return key;
  }
}

function serialize(key: Key, workspace: string): Static<typeof Token> {
  return {
    name: `access-tokens/${key.number}`,
    description: key.name,
    scopes: key.fullAccess || key.scopes.includes('workspace') ? 'workspace' : 'workspace:read',
    create_time: key.createdAt.toISOString().replace(/\.\d+Z$/, 'Z'),
    workspace_names: [workspace],
  };
}
