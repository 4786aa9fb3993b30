/** GET /api/v1/me: who the credential speaks for. GET /api/v1/scopes: the registry of scopes. */
import { Type } from 'typebox';
import { SCOPE_NAMES, scopeInfo } from '../../../access/scopes.ts';
import type { Access } from '../../../access/service.ts';
import { type Http, principalOf } from '../../route.ts';
import { ErrorBody } from '../conventions.ts';

const Environment = Type.Union([Type.Literal('live'), Type.Literal('test')]);

const Me = Type.Object({
  kind: Type.Union([Type.Literal('key'), Type.Literal('user'), Type.Literal('oauth')]),
  user: Type.Union([Type.Object({ id: Type.String(), email: Type.String(), name: Type.String() }), Type.Null()]),
  key: Type.Union([Type.Object({ number: Type.Integer(), public_id: Type.String() }), Type.Null()]),
  role: Type.Union([
    Type.Literal('owner'),
    Type.Literal('admin'),
    Type.Literal('member'),
    Type.Literal('viewer'),
    Type.Null(),
  ]),
  workspace: Type.Object({ id: Type.String(), slug: Type.String(), name: Type.String() }),
  environment: Environment,
  scopes: Type.Array(Type.String()),
  may_send: Type.Boolean(),
});

const Scope = Type.Object({
  name: Type.String(),
  description: Type.String(),
  group: Type.String(),
  reads: Type.Boolean({ description: 'Changes nothing; a viewer has it.' }),
});

export function accountRoutes(app: Http, { access }: { access: Access }): void {
  app.route({
    method: 'GET',
    url: '/me',
    config: { access: { scope: 'signed-in' } },
    schema: {
      operationId: 'me.get',
      tags: ['Account'],
      summary: 'Who is calling',
      description: 'The workspace, environment and rights of the credential.',
      response: { 200: Me, '4xx': ErrorBody },
    },
    async handler(request) {
      const caller = principalOf(request);
      const { workspace, user } = await access.workspaces.describe(caller);
      return {
        kind: caller.kind,
        user,
        key: caller.kind === 'key' ? { number: caller.keyId, public_id: caller.publicId } : null,
        role: caller.kind === 'user' ? caller.role : null,
        workspace: { id: workspace.id, slug: workspace.slug, name: workspace.name },
        environment: caller.environment,
        scopes: [...caller.scopes],
        may_send: caller.maySend,
      };
    },
  });

  app.route({
    method: 'GET',
    url: '/scopes',
    config: { access: { scope: 'signed-in' } },
    schema: {
      operationId: 'scopes.list',
      tags: ['Account'],
      summary: 'All scopes a key can have',
      response: { 200: Type.Object({ items: Type.Array(Scope) }), '4xx': ErrorBody },
    },
    handler: () => ({
      items: SCOPE_NAMES.map((name) => {
        const { description, group, reads } = scopeInfo(name);
        return { name, description, group, reads: reads === true };
      }),
    }),
  });
}
