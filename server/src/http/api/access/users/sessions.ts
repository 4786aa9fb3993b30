/** /sessions: where somebody is signed in; the password, once more or another one. */
import { type Static, Type } from 'typebox';
import type { Access } from '../../../../access/service.ts';
import type { SessionView } from '../../../../access/users/sign-in/session-list.ts';
import { type Http, principalOf } from '../../../route.ts';
import { ErrorBody, IdParams, PageOf, time } from '../../conventions.ts';

const Nullable = Type.Union([Type.String(), Type.Null()]);

export const SessionItem = Type.Object({
  id: Type.String(),
  current: Type.Boolean({ description: 'The one this call was made with.' }),
  created_at: Type.String(),
  last_used_at: Type.String({ description: 'To about ten seconds.' }),
  expires_at: Type.String(),
  ip: Nullable,
  user_agent: Nullable,
  second_factor: Type.Union([Type.String(), Type.Null()], { description: 'totp, recovery_code or passkey.' }),
});

export function serializeSession(session: SessionView): Static<typeof SessionItem> {
  const { id, current, ip, user_agent, second_factor } = session;
  return {
    id,
    current,
    created_at: time(session.created_at),
    last_used_at: time(session.last_used_at),
    expires_at: time(session.expires_at),
    ip,
    user_agent,
    second_factor,
  };
}

const tags = ['Account'];
const Password = Type.String({ maxLength: 1024 });

export function ownSessionRoutes(app: Http, { access }: { access: Access }): void {
  const { sessions, members, passwordChange } = access.users;

  app.route({
    method: 'GET',
    url: '/sessions',
    config: { access: { scope: 'signed-in' } },
    schema: {
      operationId: 'sessions.list',
      tags,
      summary: 'List my sessions, last used first',
      description: 'At most a hundred. An API key has none.',
      response: { 200: PageOf(SessionItem), '4xx': ErrorBody },
    },
    async handler(request) {
      const found = await sessions.list(principalOf(request));
      return { items: found.map(serializeSession), cursor: null, total: found.length };
    },
  });

  app.route({
    method: 'DELETE',
    url: '/sessions/:id',
    config: { access: { scope: 'signed-in' } },
    schema: {
      operationId: 'sessions.delete',
      tags,
      summary: 'End a session',
      description:
        'Mine, or as an owner or admin one of a member I manage. Its tokens are refused from the next request on.',
      params: IdParams,
      response: { 204: Type.Null(), '4xx': ErrorBody },
    },
    async handler(request, reply) {
      const caller = principalOf(request);
      await sessions.end(caller, request.params.id, (userId) => members.manages(caller, userId));
      return reply.code(204).send(null);
    },
  });

  app.route({
    method: 'DELETE',
    url: '/sessions',
    config: { access: { scope: 'signed-in' } },
    schema: {
      operationId: 'sessions.deleteOthers',
      tags,
      summary: 'Sign out everywhere else',
      response: { 204: Type.Null(), '4xx': ErrorBody },
    },
    async handler(request, reply) {
      const caller = principalOf(request);
      await sessions.endOthers(caller);
      return reply.code(204).send(null);
    },
  });

  app.route({
    method: 'POST',
    url: '/sessions/confirm',
    config: { access: { scope: 'signed-in', idempotent: false, whileEnrolling: true } },
    schema: {
      operationId: 'sessions.confirm',
      tags,
      summary: 'Give the password once more',
      description:
        'What guards an account (second factors, passkeys, recovery codes) changes only within 15 minutes after the password was given; otherwise 403 `confirmation_required`.',
      body: Type.Object({ password: Password }, { additionalProperties: false }),
      response: { 204: Type.Null(), '4xx': ErrorBody },
    },
    async handler(request, reply) {
      await passwordChange.confirm(principalOf(request), request.body.password);
      return reply.code(204).send(null);
    },
  });

  app.route({
    method: 'POST',
    url: '/password',
    config: { access: { scope: 'signed-in', idempotent: false } },
    schema: {
      operationId: 'password.change',
      tags,
      summary: 'Change my password',
      description:
        'At least 12 characters, 5 of them different, and none of those everybody tries. Ends all my other sessions.',
      body: Type.Object({ current_password: Password, new_password: Password }, { additionalProperties: false }),
      response: { 204: Type.Null(), '4xx': ErrorBody },
    },
    async handler(request, reply) {
      const { current_password, new_password } = request.body;
      await passwordChange.change(principalOf(request), current_password, new_password);
      return reply.code(204).send(null);
    },
  });
}
