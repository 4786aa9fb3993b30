/** GET /api/v1/me: who the credential speaks for. GET /api/v1/scopes: the registry of scopes. */
import { Type } from 'typebox';
import type { Principal } from '../../../access/principal.ts';
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
    Type.Literal('limited'),
    Type.Null(),
  ]),
  workspace: Type.Object({ id: Type.String(), slug: Type.String(), name: Type.String() }),
  environment: Environment,
  scopes: Type.Array(Type.String()),
  may_send: Type.Boolean(),
  workspaces: Type.Array(
    Type.Object({ id: Type.String(), slug: Type.String(), name: Type.String(), role: Type.String() }),
    { description: 'Of a user: those that X-Headgate-Workspace can choose, in the order they were joined.' },
  ),
  second_factor: Type.Union([
    Type.Object({
      totp: Type.Boolean(),
      passkeys: Type.Integer(),
      recovery_codes_left: Type.Integer(),
      required: Type.Boolean({ description: 'The workspace asks for one.' }),
      used: Type.Boolean({ description: 'This session was made with one.' }),
      must_enrol: Type.Boolean({ description: 'Until one is set up everything else is refused.' }),
    }),
    Type.Null(),
  ]),
});

const Scope = Type.Object({
  name: Type.String(),
  description: Type.String(),
  group: Type.String(),
  reads: Type.Boolean({ description: 'Changes nothing; a viewer has it.' }),
});

export function accountRoutes(app: Http, { access }: { access: Access }): void {
  async function secondFactorOf(caller: Principal) {
    if (caller.kind !== 'user') return null;
    const { secondFactor } = access.users;
    return {
      ...(await secondFactor.statusOf(caller.userId)),
      required: await secondFactor.isRequired(caller),
      used: caller.secondFactor !== null,
      must_enrol: caller.mustEnrol,
    };
  }

  app.route({
    method: 'GET',
    url: '/me',
    config: { access: { scope: 'signed-in', whileEnrolling: true } },
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
        workspaces: await access.workspaces.ofCaller(caller),
        second_factor: await secondFactorOf(caller),
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
