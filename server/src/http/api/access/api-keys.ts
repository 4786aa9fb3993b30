/** /api-keys (subscribeflow §13, extended): the workspace's keys; the key itself is shown once, when it is made. */
import { type Static, Type } from 'typebox';
import { FULL_ACCESS_WARNING, type Key } from '../../../access/keys/keys.ts';
import type { Access } from '../../../access/service.ts';
import { invalidField } from '../../../errors.ts';
import { type Http, principalOf } from '../../route.ts';
import {
  decodeCursor,
  ErrorBody,
  encodeCursor,
  IdParams,
  label,
  PageOf,
  PageQuery,
  time,
  timeOrNull,
} from '../conventions.ts';

const Environment = Type.Union([Type.Literal('live'), Type.Literal('test')]);

const FIELDS = {
  id: Type.String(),
  number: Type.Integer({ description: 'The same key in SegOps routes, which name keys by integers.' }),
  name: Type.String(),
  public_id: Type.String({ description: 'Eight characters of the key that are no secret; logs name the key by them.' }),
  environment: Environment,
  scopes: Type.Array(Type.String()),
  full_access: Type.Boolean({ description: 'Made without scopes: everything in its environment is allowed.' }),
  may_send: Type.Boolean({ description: 'May make messages leave. Never given by scopes, not even by full access.' }),
  created_at: Type.String(),
  created_by: Type.Union([Type.String(), Type.Null()]),
  last_used_at: Type.Union([Type.String(), Type.Null()]),
  revoked_at: Type.Union([Type.String(), Type.Null()]),
};

const ApiKey = Type.Object(FIELDS);

const NewApiKey = Type.Object({
  ...FIELDS,
  key: Type.String({ description: 'Shown only now. Keep it where secrets are kept.' }),
  warning: Type.Optional(Type.String()),
});

function serialize(key: Key): Static<typeof ApiKey> {
  return {
    id: key.id,
    number: key.number,
    name: key.name,
    public_id: key.publicId,
    environment: key.environment,
    scopes: [...key.scopes],
    full_access: key.fullAccess,
    may_send: key.maySend,
    created_at: time(key.createdAt),
    created_by: key.createdBy,
    last_used_at: timeOrNull(key.lastUsedAt),
    revoked_at: timeOrNull(key.revokedAt),
  };
}

const tags = ['API keys'];

export function apiKeyRoutes(app: Http, { access }: { access: Access }): void {
  const { keys } = access;

  app.route({
    method: 'GET',
    url: '/api-keys',
    config: { access: { scope: 'api-keys:manage' } },
    schema: {
      operationId: 'apiKeys.list',
      tags,
      summary: 'List API keys, newest first',
      description: 'A user sees the keys of both environments, a key those of its own. Revoked keys stay in the list.',
      querystring: PageQuery,
      response: { 200: PageOf(ApiKey), '4xx': ErrorBody },
    },
    async handler(request) {
      const { limit = 50, cursor } = request.query;
      const found = await keys.list(principalOf(request), { limit, before: readCursor(cursor) });
      const last = found.keys.at(-1);
      return {
        items: found.keys.map(serialize),
        cursor: last && found.keys.length === limit ? encodeCursor([last.number]) : null,
        total: found.total,
      };
    },
  });

  app.route({
    method: 'POST',
    url: '/api-keys',
    config: { access: { scope: 'api-keys:manage' } },
    schema: {
      operationId: 'apiKeys.create',
      tags,
      summary: 'Create an API key',
      description:
        'A key cannot be given what its maker lacks. Without `scopes` it has full access, which the answer warns of.',
      body: Type.Object(
        {
          name: label(),
          scopes: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 200 })),
          environment: Type.Optional(Environment),
          may_send: Type.Optional(Type.Boolean({ default: false })),
        },
        { additionalProperties: false },
      ),
      response: { 201: NewApiKey, '4xx': ErrorBody },
    },
    async handler(request, reply) {
      const { name, scopes, environment, may_send } = request.body;
      const made = await keys.mint(principalOf(request), {
        name,
        ...(scopes && { scopes }),
        ...(environment && { environment }),
        maySend: may_send ?? false,
      });
      reply.header('cache-control', 'no-store');
      return reply.code(201).send({
        ...serialize(made.key),
        key: made.text,
        ...(made.key.fullAccess && { warning: FULL_ACCESS_WARNING }),
      });
    },
  });

  app.route({
    method: 'DELETE',
    url: '/api-keys/:id',
    config: { access: { scope: 'api-keys:manage' } },
    schema: {
      operationId: 'apiKeys.revoke',
      tags,
      summary: 'Revoke an API key',
      description: 'The key is refused from the next request on. This cannot be undone.',
      params: IdParams,
      response: { 204: Type.Null(), '4xx': ErrorBody },
    },
    async handler(request, reply) {
      await keys.revoke(principalOf(request), request.params.id);
      return reply.code(204).send(null);
    },
  });
}

function readCursor(cursor: string | undefined): number | null {
  if (cursor === undefined) return null;
  const [number] = decodeCursor(cursor, 1);
  if (typeof number !== 'number') throw invalidField('cursor', 'take it unchanged from the previous page');
  return number;
}
