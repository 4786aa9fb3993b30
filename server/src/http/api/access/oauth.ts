/** /oauth: the workspace's registered apps, and what users agreed to. */
import { type Static, Type } from 'typebox';
import type { ClientRow, GrantRow } from '../../../access/oauth/queries.ts';
import type { Access } from '../../../access/service.ts';
import { type Http, principalOf } from '../../route.ts';
import { ErrorBody, IdParams, label, PageOf, PageQuery, pageOfIds, time, timeOrNull } from '../conventions.ts';

const Environment = Type.Union([Type.Literal('live'), Type.Literal('test')]);
const AuthMethod = Type.Union([
  Type.Literal('none'),
  Type.Literal('client_secret_basic'),
  Type.Literal('client_secret_post'),
  Type.Literal('private_key_jwt'),
]);
const GrantType = Type.Union([
  Type.Literal('authorization_code'),
  Type.Literal('refresh_token'),
  Type.Literal('client_credentials'),
]);

const FIELDS = {
  id: Type.String({ description: 'The client_id.' }),
  name: Type.String(),
  homepage: Type.Union([Type.String(), Type.Null()]),
  environment: Type.Unsafe<'live' | 'test'>({
    ...Environment,
    description: 'A test client never gets at live data. A live one asks the user which environment.',
  }),
  auth_method: AuthMethod,
  grant_types: Type.Array(Type.String()),
  redirect_uris: Type.Array(Type.String()),
  scopes: Type.Array(Type.String()),
  may_send: Type.Boolean(),
  created_at: Type.String(),
  created_by: Type.String(),
  updated_at: Type.String(),
  secret_rotated_at: Type.Union([Type.String(), Type.Null()]),
};

const Client = Type.Object(FIELDS);
const ClientWithSecret = Type.Object({
  ...FIELDS,
  client_secret: Type.Union([Type.String(), Type.Null()], {
    description: 'Shown only now. null for clients without one.',
  }),
});

const Grant = Type.Object({
  id: Type.String(),
  client_id: Type.String(),
  client_name: Type.String(),
  user_id: Type.String(),
  user_email: Type.String(),
  environment: Environment,
  scopes: Type.Array(Type.String()),
  may_send: Type.Boolean(),
  created_at: Type.String(),
});

const uri = () => Type.String({ minLength: 1, maxLength: 2_000, pattern: '^[^\\u0000]*$' });
const PublicKeys = Type.Object(
  { keys: Type.Array(Type.Record(Type.String({ maxLength: 100 }), Type.Unknown()), { minItems: 1, maxItems: 5 }) },
  { additionalProperties: false, description: 'With private_key_jwt: a JWK set of public keys.' },
);
const CHANGEABLE = {
  name: label(),
  homepage: Type.Union([uri(), Type.Null()]),
  redirect_uris: Type.Array(uri(), {
    maxItems: 20,
    description: 'https, or http on localhost. Requests must name one of them to the letter.',
  }),
  scopes: Type.Array(Type.String({ maxLength: 100 }), { minItems: 1, maxItems: 200 }),
  may_send: Type.Boolean({ description: 'Only a signed-in owner can switch it on.' }),
  jwks: PublicKeys,
};

function serialize(client: ClientRow): Static<typeof Client> {
  return {
    id: client.id,
    name: client.name,
    homepage: client.homepage,
    environment: client.environment,
    auth_method: client.auth_method,
    grant_types: client.grant_types,
    redirect_uris: client.redirect_uris,
    scopes: client.scopes,
    may_send: client.may_send,
    created_at: time(client.created_at),
    created_by: client.created_by,
    updated_at: time(client.updated_at),
    secret_rotated_at: timeOrNull(client.secret_rotated_at),
  };
}

function serializeGrant(grant: GrantRow): Static<typeof Grant> {
  const { id, client_id, client_name, user_id, email, environment, scopes, may_send, created_at } = grant;
  return {
    id,
    client_id,
    client_name: client_name ?? '',
    user_id,
    user_email: email ?? '',
    environment,
    scopes,
    may_send,
    created_at: time(created_at),
  };
}

const tags = ['OAuth'];
const config = { access: { scope: 'oauth:manage' } } as const;
export function oauthClientRoutes(app: Http, { access }: { access: Access }): void {
  const { clients, consents } = access.oauth;

  app.route({
    method: 'GET',
    url: '/oauth/clients',
    config,
    schema: {
      operationId: 'oauthClients.list',
      tags,
      summary: 'List registered apps, newest first',
      querystring: PageQuery,
      response: { 200: PageOf(Client), '4xx': ErrorBody },
    },
    async handler(request) {
      const page = pageOfIds(request.query);
      const found = await clients.list(principalOf(request), page.request);
      return { items: found.clients.map(serialize), cursor: page.next(found.clients), total: found.total };
    },
  });

  app.route({
    method: 'POST',
    url: '/oauth/clients',
    config,
    schema: {
      operationId: 'oauthClients.create',
      tags,
      summary: 'Register an app',
      description:
        'It can be given no more than its maker has, and no scope of the group Access. Without a browser flow leave ' +
        '`redirect_uris` out: then it acts for itself with client credentials.',
      body: Type.Object(
        {
          name: CHANGEABLE.name,
          scopes: CHANGEABLE.scopes,
          homepage: Type.Optional(CHANGEABLE.homepage),
          redirect_uris: Type.Optional(CHANGEABLE.redirect_uris),
          may_send: Type.Optional(CHANGEABLE.may_send),
          jwks: Type.Optional(CHANGEABLE.jwks),
          auth_method: Type.Optional(AuthMethod),
          grant_types: Type.Optional(Type.Array(GrantType, { minItems: 1, maxItems: 3 })),
          environment: Type.Optional(Environment),
        },
        { additionalProperties: false },
      ),
      response: { 201: ClientWithSecret, '4xx': ErrorBody },
    },
    async handler(request, reply) {
      const { name, scopes, homepage, redirect_uris, may_send, jwks, auth_method, grant_types, environment } =
        request.body;
      const { client, secret } = await clients.create(principalOf(request), {
        name,
        scopes,
        ...(homepage !== undefined && { homepage }),
        ...(redirect_uris && { redirectUris: redirect_uris }),
        ...(may_send !== undefined && { maySend: may_send }),
        ...(jwks && { jwks }),
        ...(auth_method && { authMethod: auth_method }),
        ...(grant_types && { grantTypes: grant_types }),
        ...(environment && { environment }),
      });
      reply.header('cache-control', 'no-store');
      return reply.code(201).send({ ...serialize(client), client_secret: secret });
    },
  });

  app.route({
    method: 'GET',
    url: '/oauth/clients/:id',
    config,
    schema: {
      operationId: 'oauthClients.get',
      tags,
      summary: 'Get a registered app',
      params: IdParams,
      response: { 200: Client, '4xx': ErrorBody },
    },
    handler: async (request) => serialize(await clients.get(principalOf(request), request.params.id)),
  });

  app.route({
    method: 'PATCH',
    url: '/oauth/clients/:id',
    config,
    schema: {
      operationId: 'oauthClients.update',
      tags,
      summary: 'Change a registered app',
      description: 'Scopes that are taken away are gone from its tokens with the next request.',
      params: IdParams,
      body: Type.Partial(Type.Object(CHANGEABLE), { additionalProperties: false, minProperties: 1 }),
      response: { 200: Client, '4xx': ErrorBody },
    },
    async handler(request) {
      const { redirect_uris, may_send, ...rest } = request.body;
      const patch = {
        ...rest,
        ...(redirect_uris && { redirectUris: redirect_uris }),
        ...(may_send !== undefined && { maySend: may_send }),
      };
      return serialize(await clients.update(principalOf(request), request.params.id, patch));
    },
  });

  app.route({
    method: 'POST',
    url: '/oauth/clients/:id/rotate-secret',
    config,
    schema: {
      operationId: 'oauthClients.rotateSecret',
      tags,
      summary: 'Give an app a new secret',
      description: 'The old one is refused from now on. Tokens that are out live on.',
      params: IdParams,
      response: { 200: ClientWithSecret, '4xx': ErrorBody },
    },
    async handler(request, reply) {
      const { client, secret } = await clients.rotateSecret(principalOf(request), request.params.id);
      reply.header('cache-control', 'no-store');
      return { ...serialize(client), client_secret: secret };
    },
  });

  app.route({
    method: 'DELETE',
    url: '/oauth/clients/:id',
    config,
    schema: {
      operationId: 'oauthClients.delete',
      tags,
      summary: 'Delete a registered app',
      description: 'Its consents and tokens are gone from the next request on.',
      params: IdParams,
      response: { 204: Type.Null(), '4xx': ErrorBody },
    },
    async handler(request, reply) {
      await clients.remove(principalOf(request), request.params.id);
      return reply.code(204).send(null);
    },
  });

  app.route({
    method: 'GET',
    url: '/oauth/grants',
    config,
    schema: {
      operationId: 'oauthGrants.list',
      tags,
      summary: 'List what users agreed to, newest first',
      description: 'Of this workspace, also for apps that another workspace registered.',
      querystring: PageQuery,
      response: { 200: PageOf(Grant), '4xx': ErrorBody },
    },
    async handler(request) {
      const page = pageOfIds(request.query);
      const found = await consents.list(principalOf(request), page.request);
      return { items: found.grants.map(serializeGrant), cursor: page.next(found.grants), total: found.total };
    },
  });

  app.route({
    method: 'DELETE',
    url: '/oauth/grants/:id',
    config,
    schema: {
      operationId: 'oauthGrants.revoke',
      tags,
      summary: 'End a consent',
      description: 'Its tokens are refused from the next request on.',
      params: IdParams,
      response: { 204: Type.Null(), '4xx': ErrorBody },
    },
    async handler(request, reply) {
      await consents.revoke(principalOf(request), request.params.id);
      return reply.code(204).send(null);
    },
  });
}
