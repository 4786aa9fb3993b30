/** /passkeys: the caller's passkeys, registered, named and removed. */
import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import { type Static, Type } from 'typebox';
import type { Access } from '../../../../access/service.ts';
import type { Passkey } from '../../../../access/users/factors/passkeys.ts';
import { sessionCookie } from '../../../guard/session-cookie.ts';
import { AttestationBody } from '../../../guard/webauthn.ts';
import { type Http, principalOf } from '../../../route.ts';
import { ErrorBody, IdParams, label, PageOf, time, timeOrNull } from '../../conventions.ts';
import { EnrolledFields, serializeEnrolled } from './enrolled.ts';

const FIELDS = {
  id: Type.String(),
  name: Type.String(),
  backed_up: Type.Boolean({ description: 'Kept by a provider, so that it is on several devices.' }),
  created_at: Type.String(),
  last_used_at: Type.Union([Type.String(), Type.Null()]),
};

const PasskeyBody = Type.Object(FIELDS);

function serialize(passkey: Passkey): Static<typeof PasskeyBody> {
  const { id, name, backed_up } = passkey;
  return { id, name, backed_up, created_at: time(passkey.created_at), last_used_at: timeOrNull(passkey.last_used_at) };
}

const tags = ['Account'];
const own = { access: { scope: 'signed-in', idempotent: false, whileEnrolling: true } } as const;

export function passkeyRoutes(app: Http, { access, publicUrl }: { access: Access; publicUrl: string }): void {
  const { passkeys } = access.users;
  const cookies = sessionCookie(publicUrl);

  app.route({
    method: 'GET',
    url: '/passkeys',
    config: { access: { scope: 'signed-in', whileEnrolling: true } },
    schema: {
      operationId: 'passkeys.list',
      tags,
      summary: 'List my passkeys, oldest first',
      description: 'An API key has none.',
      response: { 200: PageOf(PasskeyBody), '4xx': ErrorBody },
    },
    async handler(request) {
      const found = await passkeys.list(principalOf(request));
      return { items: found.map(serialize), cursor: null, total: found.length };
    },
  });

  app.route({
    method: 'POST',
    url: '/passkeys/options',
    config: own,
    schema: {
      operationId: 'passkeys.options',
      tags,
      summary: 'What a browser needs to make a passkey',
      description: 'The answer goes into navigator.credentials.create as it is. It is good once, within five minutes.',
      response: { 200: Type.Unknown(), '4xx': ErrorBody },
    },
    async handler(request, reply) {
      reply.header('cache-control', 'no-store');
      return await passkeys.registrationOptions(principalOf(request));
    },
  });

  app.route({
    method: 'POST',
    url: '/passkeys',
    config: own,
    schema: {
      operationId: 'passkeys.create',
      tags,
      summary: 'Register a passkey',
      description:
        'It signs in without a password, and is a second factor after one. The first second factor ends sessions without one; the session of this call goes on as a new one.',
      body: Type.Object({ name: label(), response: AttestationBody }, { additionalProperties: false }),
      response: { 201: Type.Object({ ...FIELDS, ...EnrolledFields }), '4xx': ErrorBody },
    },
    async handler(request, reply) {
      const byCookie = cookies.asked(request);
      const { name, response } = request.body;
      const made = await passkeys.register(principalOf(request), name, response as RegistrationResponseJSON);
      const enrolled = serializeEnrolled(reply, cookies, made.enrolled, byCookie);
      return reply.code(201).send({ ...serialize(made.passkey), ...enrolled });
    },
  });

  app.route({
    method: 'PATCH',
    url: '/passkeys/:id',
    config: { access: { scope: 'signed-in' } },
    schema: {
      operationId: 'passkeys.update',
      tags,
      summary: 'Rename a passkey',
      params: IdParams,
      body: Type.Object({ name: label() }, { additionalProperties: false }),
      response: { 200: PasskeyBody, '4xx': ErrorBody },
    },
    async handler(request) {
      return serialize(await passkeys.rename(principalOf(request), request.params.id, request.body.name));
    },
  });

  app.route({
    method: 'DELETE',
    url: '/passkeys/:id',
    config: { access: { scope: 'signed-in' } },
    schema: {
      operationId: 'passkeys.delete',
      tags,
      summary: 'Remove a passkey',
      params: IdParams,
      response: { 204: Type.Null(), '4xx': ErrorBody },
    },
    async handler(request, reply) {
      await passkeys.remove(principalOf(request), request.params.id);
      return reply.code(204).send(null);
    },
  });
}
