/** POST, GET and DELETE /api/auth/api-keys/ as SegOps documents them (contract segops §2.2): keys have numbers. */
import { type Static, Type } from 'typebox';
import type { Key } from '../../access/keys/key.ts';
import type { Access } from '../../access/service.ts';
import { invalidField, notFound } from '../../errors.ts';
import { type Http, principalOf } from '../route.ts';
import { pageEnvelope, readPage, SegopsError, SegopsPageQuery } from './conventions.ts';

const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '^[^\\u0000]*$' });

const ListedKey = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  prefix: Type.String({ description: 'The part of the key that is no secret.' }),
  environment: Type.String(),
  scopes: Type.Array(Type.String()),
  may_send: Type.Boolean(),
  created_at: Type.String(),
  last_used_at: Type.Union([Type.String(), Type.Null()]),
});

function serialize(key: Key): Static<typeof ListedKey> {
  return {
    id: key.number,
    name: key.name,
    prefix: `${key.prefix}_${key.environment}_hg_${key.publicId}`,
    environment: key.environment,
    scopes: [...key.scopes],
    may_send: key.maySend,
    created_at: key.createdAt.toISOString(),
    last_used_at: key.lastUsedAt?.toISOString() ?? null,
  };
}

const tags = ['SegOps'];

export function segopsApiKeyRoutes(app: Http, { access }: { access: Access }): void {
  app.route({
    method: 'POST',
    url: '/api-keys/',
    config: { access: { scope: 'api-keys:manage' } },
    schema: {
      operationId: 'segopsApiKeys.create',
      tags,
      summary: 'Create an API key (SegOps)',
      description: 'Without `scopes` the key has full access, as SegOps keys have; it cannot send unless `may_send`.',
      body: Type.Object(
        {
          name: Text(200),
          tenant_slug: Text(100),
          scopes: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 200 })),
          environment: Type.Optional(Type.Union([Type.Literal('live'), Type.Literal('test')])),
          may_send: Type.Optional(Type.Boolean()),
        },
        { additionalProperties: false },
      ),
      response: {
        201: Type.Object({ id: Type.Integer(), name: Type.String(), key: Type.String() }),
        '4xx': SegopsError,
      },
    },
    async handler(request, reply) {
      const caller = principalOf(request);
      const { name, tenant_slug, scopes, environment, may_send } = request.body;
      const { workspace } = await access.workspaces.describe(caller);
      if (tenant_slug !== workspace.slug) {
        // The same words for a slug that exists elsewhere and one that does not.
        throw invalidField('tenant_slug', 'is not the tenant of this call; name another with X-Headgate-Workspace');
      }
      const made = await access.keys.mint(caller, {
        name,
        ...(scopes && { scopes }),
        ...(environment && { environment }),
        maySend: may_send ?? false,
      });
      reply.header('cache-control', 'no-store');
      return reply.code(201).send({ id: made.key.number, name: made.key.name, key: made.text });
    },
  });

  app.route({
    method: 'GET',
    url: '/api-keys/',
    config: { access: { scope: 'api-keys:manage' } },
    schema: {
      operationId: 'segopsApiKeys.list',
      tags,
      summary: 'List the active API keys (SegOps)',
      querystring: SegopsPageQuery,
      response: {
        200: Type.Object({
          count: Type.Integer(),
          next: Type.Union([Type.String(), Type.Null()]),
          previous: Type.Union([Type.String(), Type.Null()]),
          results: Type.Array(ListedKey),
        }),
        '4xx': SegopsError,
      },
    },
    async handler(request) {
      const page = readPage(request.query);
      const { keys, total } = await access.keys.list(principalOf(request), { ...page, activeOnly: true });
      return pageEnvelope(request.routeOptions.url ?? '', page, total, keys.map(serialize));
    },
  });

  app.route({
    method: 'DELETE',
    url: '/api-keys/:id/',
    config: { access: { scope: 'api-keys:manage' } },
    schema: {
      operationId: 'segopsApiKeys.revoke',
      tags,
      summary: 'Revoke an API key (SegOps)',
      params: Type.Object({ id: Type.String({ maxLength: 40 }) }),
      response: { 204: Type.Null(), '4xx': SegopsError },
    },
    async handler(request, reply) {
      if (!/^[1-9]\d{0,14}$/.test(request.params.id)) throw notFound('API key');
      await access.keys.revoke(principalOf(request), Number(request.params.id));
      return reply.code(204).send(null);
    },
  });
}
