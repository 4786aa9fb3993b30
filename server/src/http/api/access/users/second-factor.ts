/** /second-factor: one-time codes and recovery codes of the caller; whether the workspace requires a second factor. */
import { Type } from 'typebox';
import type { Access } from '../../../../access/service.ts';
import { sessionCookie } from '../../../guard/session-cookie.ts';
import { type Http, principalOf } from '../../../route.ts';
import { ErrorBody } from '../../conventions.ts';
import { EnrolledFields, serializeEnrolled } from './enrolled.ts';

const Policy = Type.Object({ required: Type.Boolean() }, { additionalProperties: false });

const tags = ['Account'];
const own = { access: { scope: 'signed-in', idempotent: false, whileEnrolling: true } } as const;

export function secondFactorRoutes(app: Http, { access, publicUrl }: { access: Access; publicUrl: string }): void {
  const { secondFactor } = access.users;
  const cookies = sessionCookie(publicUrl);

  app.route({
    method: 'POST',
    url: '/second-factor/totp',
    config: own,
    schema: {
      operationId: 'secondFactor.beginTotp',
      tags,
      summary: 'Begin to set up one-time codes',
      description: 'Show `uri` as a QR code, then confirm with a code. Nothing is asked for at sign-in until then.',
      response: {
        201: Type.Object({
          secret: Type.String({ description: 'Base32, for typing in.' }),
          uri: Type.String({ description: 'otpauth://totp/…' }),
        }),
        '4xx': ErrorBody,
      },
    },
    async handler(request, reply) {
      reply.header('cache-control', 'no-store');
      return reply.code(201).send(await secondFactor.beginTotp(principalOf(request)));
    },
  });

  app.route({
    method: 'POST',
    url: '/second-factor/totp/confirm',
    config: own,
    schema: {
      operationId: 'secondFactor.confirmTotp',
      tags,
      summary: 'Finish setting up one-time codes',
      description:
        'Ends sessions without a second factor. The session of this call goes on as a new one: take the tokens of the answer.',
      body: Type.Object({ code: Type.String({ pattern: '^[0-9]{6}$' }) }, { additionalProperties: false }),
      response: { 200: Type.Object(EnrolledFields), '4xx': ErrorBody },
    },
    async handler(request, reply) {
      const byCookie = cookies.asked(request);
      const enrolled = await secondFactor.confirmTotp(principalOf(request), request.body.code);
      return serializeEnrolled(reply, cookies, enrolled, byCookie);
    },
  });

  app.route({
    method: 'DELETE',
    url: '/second-factor/totp',
    config: { access: { scope: 'signed-in' } },
    schema: {
      operationId: 'secondFactor.deleteTotp',
      tags,
      summary: 'Remove one-time codes',
      description:
        'The last second factor takes the recovery codes with it. 409 where a workspace of mine requires one.',
      response: { 204: Type.Null(), '4xx': ErrorBody },
    },
    async handler(request, reply) {
      await secondFactor.removeTotp(principalOf(request));
      return reply.code(204).send(null);
    },
  });

  app.route({
    method: 'POST',
    url: '/second-factor/recovery-codes',
    config: { access: { scope: 'signed-in', idempotent: false } },
    schema: {
      operationId: 'secondFactor.renewRecoveryCodes',
      tags,
      summary: 'Make ten new recovery codes',
      description: 'Shown this once, each good once. Those before are void.',
      response: { 201: Type.Object({ recovery_codes: Type.Array(Type.String()) }), '4xx': ErrorBody },
    },
    async handler(request, reply) {
      reply.header('cache-control', 'no-store');
      return reply.code(201).send({ recovery_codes: await secondFactor.renewRecoveryCodes(principalOf(request)) });
    },
  });

  app.route({
    method: 'GET',
    url: '/second-factor/policy',
    config: { access: { scope: 'signed-in', whileEnrolling: true } },
    schema: {
      operationId: 'secondFactor.policy',
      tags,
      summary: 'Whether the workspace requires a second factor',
      response: { 200: Policy, '4xx': ErrorBody },
    },
    handler: async (request) => ({ required: await secondFactor.isRequired(principalOf(request)) }),
  });

  app.route({
    method: 'PUT',
    url: '/second-factor/policy',
    config: { access: { scope: 'members:manage' } },
    schema: {
      operationId: 'secondFactor.setPolicy',
      tags,
      summary: 'Require a second factor of all members',
      description:
        'Only an owner, who has one. Members whose session was made without can from then on only set one up. API keys are not concerned.',
      body: Policy,
      response: { 200: Policy, '4xx': ErrorBody },
    },
    async handler(request) {
      const { required } = request.body;
      await secondFactor.require(principalOf(request), required);
      return { required };
    },
  });
}
