/** /members: who belongs to the workspace and as what; their sessions. */
import { type Static, Type } from 'typebox';
import type { Access } from '../../../../access/service.ts';
import type { Member } from '../../../../access/users/members.ts';
import { type Http, principalOf } from '../../../route.ts';
import { ErrorBody, IdParams, PageOf, PageQuery, pageOfIds, time } from '../../conventions.ts';
import { SessionItem, serializeSession } from './sessions.ts';

export const RoleName = Type.Union([
  Type.Literal('owner'),
  Type.Literal('admin'),
  Type.Literal('member'),
  Type.Literal('viewer'),
  Type.Literal('limited'),
]);

const MemberBody = Type.Object({
  id: Type.String({ description: "The user's id." }),
  email: Type.String(),
  name: Type.String(),
  role: RoleName,
  joined_at: Type.String(),
  second_factor: Type.Boolean({ description: 'Has one set up.' }),
});

function serialize(member: Member): Static<typeof MemberBody> {
  const { id, email, name, role, secondFactor } = member;
  return { id, email, name, role, joined_at: time(member.joined_at), second_factor: secondFactor };
}

const tags = ['Members'];

export function memberRoutes(app: Http, { access }: { access: Access }): void {
  const { members } = access.users;

  app.route({
    method: 'GET',
    url: '/members',
    config: { access: { scope: 'members:read' } },
    schema: {
      operationId: 'members.list',
      tags,
      summary: 'List members, newest account first',
      querystring: PageQuery,
      response: { 200: PageOf(MemberBody), '4xx': ErrorBody },
    },
    async handler(request) {
      const page = pageOfIds(request.query);
      const found = await members.list(principalOf(request), page.request);
      return { items: found.members.map(serialize), cursor: page.next(found.members), total: found.total };
    },
  });

  app.route({
    method: 'PATCH',
    url: '/members/:id',
    config: { access: { scope: 'members:manage' } },
    schema: {
      operationId: 'members.update',
      tags,
      summary: "Change a member's role",
      description:
        'Counts from the next request on. An admin neither changes owners nor makes any; the only owner stays one (409). Keys change no roles.',
      params: IdParams,
      body: Type.Object({ role: RoleName }, { additionalProperties: false }),
      response: { 200: MemberBody, '4xx': ErrorBody },
    },
    async handler(request) {
      return serialize(await members.setRole(principalOf(request), request.params.id, request.body.role));
    },
  });

  app.route({
    method: 'DELETE',
    url: '/members/:id',
    // Everybody may leave; whether somebody else may be removed, the service says.
    config: { access: { scope: 'signed-in' } },
    schema: {
      operationId: 'members.delete',
      tags,
      summary: 'Remove a member, or leave',
      description:
        'Counts from the next request on. The account lives on, and so do API keys the person made: revoke those too. The only owner cannot go (409). A key with members:manage removes members and viewers.',
      params: IdParams,
      response: { 204: Type.Null(), '4xx': ErrorBody },
    },
    async handler(request, reply) {
      await members.remove(principalOf(request), request.params.id);
      return reply.code(204).send(null);
    },
  });

  app.route({
    method: 'GET',
    url: '/members/:id/sessions',
    config: { access: { scope: 'members:manage' } },
    schema: {
      operationId: 'members.sessions',
      tags,
      summary: "List a member's sessions, last used first",
      params: IdParams,
      response: { 200: PageOf(SessionItem), '4xx': ErrorBody },
    },
    async handler(request) {
      const found = await members.sessionsOf(principalOf(request), request.params.id);
      return { items: found.map(serializeSession), cursor: null, total: found.length };
    },
  });

  app.route({
    method: 'DELETE',
    url: '/members/:id/sessions',
    config: { access: { scope: 'members:manage' } },
    schema: {
      operationId: 'members.signOut',
      tags,
      summary: 'Sign a member out everywhere',
      params: IdParams,
      response: { 204: Type.Null(), '4xx': ErrorBody },
    },
    async handler(request, reply) {
      await members.endSessionsOf(principalOf(request), request.params.id);
      return reply.code(204).send(null);
    },
  });
}
