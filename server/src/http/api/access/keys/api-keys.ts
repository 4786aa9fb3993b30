/** /api-keys (subscribeflow §13, extended): the workspace's keys; the key itself is shown once, when it is made. */
import { Type } from 'typebox';
import { FULL_ACCESS_WARNING } from '../../../../access/keys/keys.ts';
import { DEFAULT_OVERLAP_SECONDS, MAX_OVERLAP_SECONDS } from '../../../../access/keys/rotation.ts';
import type { Access } from '../../../../access/service.ts';
import { type Http, principalOf } from '../../../route.ts';
import { ErrorBody, encodeCursor, IdParams, label, PageOf, PageQuery, rowBefore } from '../../conventions.ts';
import {
  ApiKey,
  Environment,
  Expiry,
  KeyPatch,
  Networks,
  NewApiKey,
  RIGHTS,
  RotatedApiKey,
  readExpiry,
  readKeyPermissions,
  readRights,
  ScopeList,
  serialize,
} from './api-key-schemas.ts';

const tags = ['API keys'];
const config = { access: { scope: 'api-keys:manage' } } as const;

export function apiKeyRoutes(app: Http, { access }: { access: Access }): void {
  const { keys } = access;
  lifecycleRoutes(app, { access });

  app.route({
    method: 'GET',
    url: '/api-keys',
    config,
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
      const found = await keys.list(principalOf(request), { limit, before: rowBefore(cursor) });
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
    config,
    schema: {
      operationId: 'apiKeys.create',
      tags,
      summary: 'Create an API key',
      description:
        'A key cannot be given what its maker lacks, and has its maker’s bounds where the request names none. Without ' +
        '`scopes` it has full access, which the answer warns of and only an owner or a key with full access can give.',
      body: Type.Object(
        {
          name: label(),
          environment: Type.Optional(Environment),
          canary: Type.Optional(Type.Boolean()),
          ...RIGHTS,
        },
        { additionalProperties: false },
      ),
      response: { 201: NewApiKey, '4xx': ErrorBody },
    },
    async handler(request, reply) {
      const { name, environment, canary } = request.body;
      const caller = principalOf(request);
      const scope = { workspaceId: caller.workspaceId, environment: environment ?? caller.environment };
      const rights = {
        ...readRights(request.body, new Date()),
        ...(await readKeyPermissions(access, scope, request.body)),
      };
      const made = await keys.mint(caller, { ...rights, name, environment, canary });
      reply.header('cache-control', 'no-store');
      return reply.code(201).send({
        ...serialize(made.key),
        key: made.text,
        ...(made.key.fullAccess && { warning: FULL_ACCESS_WARNING }),
      });
    },
  });

  app.route({
    method: 'GET',
    url: '/api-keys/:id',
    config,
    schema: {
      operationId: 'apiKeys.get',
      tags,
      summary: 'Get an API key, without its text',
      params: IdParams,
      response: { 200: ApiKey, '4xx': ErrorBody },
    },
    handler: async (request) => serialize(await keys.get(principalOf(request), request.params.id)),
  });

  app.route({
    method: 'PATCH',
    url: '/api-keys/:id',
    config,
    schema: {
      operationId: 'apiKeys.update',
      tags,
      summary: 'Change an API key',
      description: 'Scopes can only become fewer. The key as it would be must be within what the caller could make.',
      params: IdParams,
      body: KeyPatch,
      response: { 200: ApiKey, '4xx': ErrorBody },
    },
    async handler(request) {
      const caller = principalOf(request);
      const { environment } = await keys.get(caller, request.params.id);
      const scope = { workspaceId: caller.workspaceId, environment };
      const rights = {
        ...readRights(request.body, new Date()),
        ...(await readKeyPermissions(access, scope, request.body)),
      };
      return serialize(await keys.update(caller, request.params.id, rights));
    },
  });

  app.route({
    method: 'DELETE',
    url: '/api-keys/:id',
    config,
    schema: {
      operationId: 'apiKeys.revoke',
      tags,
      summary: 'Revoke an API key',
      description: 'The key is refused from the next request on. This cannot be undone.',
      params: IdParams,
      querystring: Type.Object(
        {
          revoke_children: Type.Optional(
            Type.Boolean({ description: 'Also the keys it made, and theirs. Default: as the policy for keys says.' }),
          ),
        },
        { additionalProperties: false },
      ),
      response: { 204: Type.Null(), '4xx': ErrorBody },
    },
    async handler(request, reply) {
      const { revoke_children: children } = request.query;
      await keys.revoke(principalOf(request), request.params.id, { children });
      return reply.code(204).send(null);
    },
  });
}

/** New keys from old ones, and quarantine. */
function lifecycleRoutes(app: Http, { access }: { access: Access }): void {
  const { keys } = access;

  app.route({
    method: 'POST',
    url: '/api-keys/:id/rotate',
    config,
    schema: {
      operationId: 'apiKeys.rotate',
      tags,
      summary: 'Replace an API key by a successor',
      description:
        'The successor has the same rights and lineage. The old key goes on for `overlap_seconds`, never beyond its own expiry.',
      params: IdParams,
      body: Type.Object(
        {
          overlap_seconds: Type.Optional(
            Type.Integer({ minimum: 0, maximum: MAX_OVERLAP_SECONDS, default: DEFAULT_OVERLAP_SECONDS }),
          ),
          expires_at: Type.Optional(Expiry),
        },
        { additionalProperties: false },
      ),
      response: { 201: RotatedApiKey, '4xx': ErrorBody },
    },
    async handler(request, reply) {
      const { overlap_seconds: overlapSeconds = DEFAULT_OVERLAP_SECONDS, expires_at } = request.body;
      const rotation = { overlapSeconds, expiresAt: readExpiry(expires_at, new Date()) };
      const made = await keys.rotate(principalOf(request), request.params.id, rotation);
      reply.header('cache-control', 'no-store');
      return reply.code(201).send({ ...serialize(made.key), key: made.text, previous: serialize(made.previous) });
    },
  });

  app.route({
    method: 'POST',
    url: '/api-keys/:id/twin',
    config,
    schema: {
      operationId: 'apiKeys.twin',
      tags,
      summary: 'Make a narrower key beside this one',
      description: 'It shares the lineage, and with it rate limits and idempotency records. The old key is left alone.',
      params: IdParams,
      body: Type.Object(
        {
          name: Type.Optional(label()),
          scopes: ScopeList,
          allowed_ips: Type.Optional(Networks),
          expires_at: Type.Optional(Expiry),
          may_send: Type.Optional(Type.Boolean()),
        },
        { additionalProperties: false },
      ),
      response: { 201: NewApiKey, '4xx': ErrorBody },
    },
    async handler(request, reply) {
      const { name, scopes, allowed_ips, expires_at, may_send } = request.body;
      const made = await keys.twin(principalOf(request), request.params.id, {
        name,
        scopes,
        allowedIps: allowed_ips,
        expiresAt: readExpiry(expires_at, new Date()),
        maySend: may_send,
      });
      reply.header('cache-control', 'no-store');
      return reply.code(201).send({ ...serialize(made.key), key: made.text });
    },
  });

  app.route({
    method: 'POST',
    url: '/api-keys/:id/quarantine',
    config,
    schema: {
      operationId: 'apiKeys.quarantine',
      tags,
      summary: 'Hold a key back: it may only read, and sends nothing',
      params: IdParams,
      body: Type.Object({ reason: label() }, { additionalProperties: false }),
      response: { 200: ApiKey, '4xx': ErrorBody },
    },
    handler: async (request) =>
      serialize(await keys.holdBack(principalOf(request), request.params.id, request.body.reason)),
  });

  app.route({
    method: 'POST',
    url: '/api-keys/:id/release',
    config,
    schema: {
      operationId: 'apiKeys.release',
      tags,
      summary: 'Release a key from quarantine',
      description: 'Owners and admins only.',
      params: IdParams,
      response: { 200: ApiKey, '4xx': ErrorBody },
    },
    handler: async (request) => serialize(await keys.release(principalOf(request), request.params.id)),
  });
}
