/**
 * What the dashboard's consent page asks and answers. The caller is a user by their session in `Authorization`, which no
 * other site can send; a signed cookie of /oauth binds the question to the browser that was sent here by the app.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { scopeInfo } from '../../access/scopes.ts';
import type { Access } from '../../access/service.ts';
import { ErrorBody } from '../api/conventions.ts';
import { type Http, principalOf } from '../route.ts';

const Environment = Type.Union([Type.Literal('live'), Type.Literal('test')]);

const Question = Type.Object({
  uid: Type.String(),
  client: Type.Object({
    id: Type.String(),
    name: Type.String(),
    homepage: Type.Union([Type.String(), Type.Null()]),
    registered_by: Type.String({ description: 'Name of the workspace that registered the app.' }),
  }),
  redirect_uri: Type.String(),
  scopes: Type.Array(
    Type.Object({
      name: Type.String(),
      description: Type.String(),
      group: Type.String(),
      reads: Type.Boolean(),
    }),
  ),
  environments: Type.Array(Environment),
  workspaces: Type.Array(
    Type.Object({
      id: Type.String(),
      slug: Type.String(),
      name: Type.String(),
      role: Type.String(),
      scopes: Type.Array(Type.String(), { description: 'Those of the asked that the user can give here.' }),
      may_send: Type.Boolean({ description: 'Whether the app can be allowed to send here.' }),
      second_factor_missing: Type.Boolean({ description: 'Sign in with a second factor to agree for this workspace.' }),
    }),
  ),
});

const Answered = Type.Object({ redirect_to: Type.String({ description: 'Send the browser there.' }) });
const UidParams = Type.Object({ uid: Type.String({ maxLength: 100 }) });

const tags = ['OAuth'];
const access = { scope: 'signed-in' } as const;

export function consentRoutes(app: Http, { access: { oauth } }: { access: Access }): void {
  const { consents } = oauth;
  const browserOf = (request: FastifyRequest, reply: FastifyReply) => ({ request: request.raw, response: reply.raw });

  app.route({
    method: 'GET',
    url: '/oauth/interaction/:uid',
    config: { access },
    schema: {
      operationId: 'oauth.question',
      tags,
      summary: 'What an app asks the signed-in user for',
      params: UidParams,
      response: { 200: Question, '4xx': ErrorBody },
    },
    async handler(request, reply) {
      const question = await consents.question(principalOf(request), request.params.uid, browserOf(request, reply));
      const { client, redirectUri, scopes, environments, workspaces } = question;
      reply.header('cache-control', 'no-store');
      return {
        uid: question.uid,
        client: { id: client.id, name: client.name, homepage: client.homepage, registered_by: client.registeredBy },
        redirect_uri: redirectUri,
        scopes: scopes.map((name) => {
          const { description, group, reads } = scopeInfo(name);
          return { name, description, group, reads: reads === true };
        }),
        environments: [...environments],
        workspaces: workspaces.map(({ maySend, secondFactorMissing, scopes: own, ...workspace }) => ({
          ...workspace,
          scopes: [...own],
          may_send: maySend,
          second_factor_missing: secondFactorMissing,
        })),
      };
    },
  });

  app.route({
    method: 'POST',
    url: '/oauth/interaction/:uid/confirm',
    config: { access: { ...access, idempotent: false } },
    schema: {
      operationId: 'oauth.confirm',
      tags,
      summary: 'Agree to what an app asks for',
      description:
        'A user gives at most what their role has. Sending is given only where it is asked for here by name.',
      params: UidParams,
      body: Type.Object(
        {
          workspace_id: Type.String({ maxLength: 100 }),
          environment: Environment,
          scopes: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 200 })),
          may_send: Type.Optional(Type.Boolean({ default: false })),
        },
        { additionalProperties: false },
      ),
      response: { 200: Answered, '4xx': ErrorBody },
    },
    async handler(request, reply) {
      const { workspace_id, environment, scopes, may_send } = request.body;
      const consent = {
        workspaceId: workspace_id,
        environment,
        ...(scopes && { scopes }),
        maySend: may_send ?? false,
      };
      const browser = browserOf(request, reply);
      reply.header('cache-control', 'no-store');
      return { redirect_to: await consents.confirm(principalOf(request), request.params.uid, consent, browser) };
    },
  });

  app.route({
    method: 'POST',
    url: '/oauth/interaction/:uid/abort',
    config: { access: { ...access, idempotent: false } },
    schema: {
      operationId: 'oauth.abort',
      tags,
      summary: 'Refuse what an app asks for',
      params: UidParams,
      response: { 200: Answered, '4xx': ErrorBody },
    },
    async handler(request, reply) {
      reply.header('cache-control', 'no-store');
      const browser = browserOf(request, reply);
      return { redirect_to: await consents.abort(principalOf(request), request.params.uid, browser) };
    },
  });
}
