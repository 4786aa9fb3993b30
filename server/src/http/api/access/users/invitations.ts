/** /invitations: asking people into the workspace by a one-time link, and accepting it. */
import { type Static, Type } from 'typebox';
import type { Access } from '../../../../access/service.ts';
import type { Invitation } from '../../../../access/users/invitations.ts';
import { invalidField } from '../../../../errors.ts';
import { plainAddress } from '../../../../messaging/address.ts';
import { type Http, principalOf } from '../../../route.ts';
import { clientOf } from '../../../segops/session.ts';
import { ErrorBody, IdParams, PageOf, PageQuery, pageOfIds, time, timeOrNull } from '../../conventions.ts';
import { RoleName } from './members.ts';

const FIELDS = {
  id: Type.String(),
  email: Type.String(),
  role: RoleName,
  created_at: Type.String(),
  expires_at: Type.String(),
  accepted_at: Type.Union([Type.String(), Type.Null()]),
};

const InvitationBody = Type.Object(FIELDS);

const NewInvitation = Type.Object({
  ...FIELDS,
  link: Type.Union([Type.String(), Type.Null()], {
    description: 'Only where no mail server is configured, and only now: give it to the person yourself. Else null.',
  }),
});

function serialize(invitation: Invitation): Static<typeof InvitationBody> {
  const { id, email, role } = invitation;
  const { created_at, expires_at, accepted_at } = invitation;
  return {
    id,
    email,
    role,
    created_at: time(created_at),
    expires_at: time(expires_at),
    accepted_at: timeOrNull(accepted_at),
  };
}

const tags = ['Members'];
const Token = Type.String({ maxLength: 100 });

export function invitationRoutes(app: Http, { access }: { access: Access }): void {
  const { invitations } = access.users;

  app.route({
    method: 'GET',
    url: '/invitations',
    config: { access: { scope: 'members:read' } },
    schema: {
      operationId: 'invitations.list',
      tags,
      summary: 'List invitations, newest first',
      description: 'Open, expired and accepted ones; revoked and replaced ones are gone.',
      querystring: PageQuery,
      response: { 200: PageOf(InvitationBody), '4xx': ErrorBody },
    },
    async handler(request) {
      const page = pageOfIds(request.query);
      const found = await invitations.list(principalOf(request), page.request);
      return { items: found.invitations.map(serialize), cursor: page.next(found.invitations), total: found.total };
    },
  });

  app.route({
    method: 'POST',
    url: '/invitations',
    config: { access: { scope: 'members:manage' } },
    schema: {
      operationId: 'invitations.create',
      tags,
      summary: 'Invite somebody',
      description:
        'Mails a link that is good once, for seven days, for this address only. Inviting again replaces it. Nobody invites above their own role; keys invite nobody.',
      body: Type.Object({ email: Type.String({ maxLength: 254 }), role: RoleName }, { additionalProperties: false }),
      response: { 201: NewInvitation, '4xx': ErrorBody },
    },
    async handler(request, reply) {
      const email = plainAddress(request.body.email);
      if (email === null) throw invalidField('email', 'give one plain address, such as ada@example.com');
      const made = await invitations.create(principalOf(request), email, request.body.role);
      reply.header('cache-control', 'no-store');
      return reply.code(201).send({ ...serialize(made.invitation), link: made.link });
    },
  });

  app.route({
    method: 'POST',
    url: '/invitations/:id/link',
    config: { access: { scope: 'members:manage' } },
    schema: {
      operationId: 'invitations.renew',
      tags,
      summary: 'Make a new link for an open invitation',
      description:
        'Mails it again, for seven days from now; the link before no longer works. What waits for the acceptance stays. Keys make no links.',
      params: IdParams,
      response: { 200: NewInvitation, '4xx': ErrorBody },
    },
    async handler(request, reply) {
      const made = await invitations.renew(principalOf(request), request.params.id);
      reply.header('cache-control', 'no-store');
      return { ...serialize(made.invitation), link: made.link };
    },
  });

  app.route({
    method: 'DELETE',
    url: '/invitations/:id',
    config: { access: { scope: 'members:manage' } },
    schema: {
      operationId: 'invitations.revoke',
      tags,
      summary: 'Revoke an invitation',
      params: IdParams,
      response: { 204: Type.Null(), '4xx': ErrorBody },
    },
    async handler(request, reply) {
      await invitations.revoke(principalOf(request), request.params.id);
      return reply.code(204).send(null);
    },
  });

  app.route({
    method: 'POST',
    url: '/invitations/look',
    config: { access: { scope: 'public' } },
    schema: {
      operationId: 'invitations.look',
      tags,
      summary: 'What an invitation is for',
      description: 'For the page behind the link: it changes nothing.',
      body: Type.Object({ token: Token }, { additionalProperties: false }),
      response: {
        200: Type.Object({
          email: Type.String(),
          role: RoleName,
          workspace: Type.Object({ slug: Type.String(), name: Type.String() }),
          expires_at: Type.String(),
          has_account: Type.Boolean({ description: 'Then sign in to accept; else choose a password.' }),
        }),
        '4xx': ErrorBody,
      },
    },
    async handler(request) {
      const found = await invitations.look(request.body.token, clientOf(request));
      const { email, role, slug, workspace_name: name } = found;
      const expires_at = time(found.expires_at);
      return { email, role, workspace: { slug, name }, expires_at, has_account: found.hasAccount };
    },
  });

  app.route({
    method: 'POST',
    url: '/invitations/accept',
    config: { access: { scope: 'public' } },
    schema: {
      operationId: 'invitations.accept',
      tags,
      summary: 'Accept an invitation',
      description:
        'Who has an account sends its access token in Authorization; for a new account give a password of at least 12 characters. Sign in afterwards: no tokens are answered.',
      body: Type.Object(
        {
          token: Token,
          name: Type.Optional(Type.String({ maxLength: 200, pattern: '^[^\\u0000]*$' })),
          password: Type.Optional(Type.String({ maxLength: 1024 })),
        },
        { additionalProperties: false },
      ),
      response: {
        200: Type.Object({
          email: Type.String(),
          role: RoleName,
          workspace: Type.Object({ id: Type.String(), slug: Type.String(), name: Type.String() }),
          new_account: Type.Boolean(),
        }),
        '4xx': ErrorBody,
      },
    },
    async handler(request) {
      const { token, name, password } = request.body;
      const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
      const claims = bearer ? await access.tokens.verifyAccess(bearer) : null;
      const signedIn = claims && (await access.workspaces.mustBePersonOf(claims));
      const done = await invitations.accept(token, { name, password, signedIn }, clientOf(request));
      return { email: done.email, role: done.role, workspace: done.workspace, new_account: done.newAccount };
    },
  });
}
