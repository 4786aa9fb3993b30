/**
 * Sign in, refresh, sign out: /api/auth/token/, /api/auth/token/refresh/, /api/auth/logout/ (contract segops §2.2), and
 * what goes beyond the contract: the second step, passkeys, forgotten passwords.
 */
import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Access } from '../../access/service.ts';
import type { Client } from '../../access/users/sign-in/trail.ts';
import { AppError, invalidField } from '../../errors.ts';
import { sessionCookie } from '../guard/session-cookie.ts';
import { AssertionBody } from '../guard/webauthn.ts';
import type { Http } from '../route.ts';
import { SegopsError } from './conventions.ts';

const Tokens = Type.Object({
  access: Type.String({ description: 'JWT, good for 60 minutes: Authorization: Bearer <access>.' }),
  refresh: Type.Optional(Type.String({ description: 'Good once, within 30 days. Absent where a cookie carries it.' })),
});

/** Of a 403 that asks for the second step; any other 403 has `detail` alone. */
const SecondStepNeeded = Type.Object({
  detail: Type.String(),
  code: Type.Optional(Type.Literal('second_factor_required')),
  mfa_token: Type.Optional(
    Type.String({
      description: 'For POST /api/auth/token/second-factor/ only, once, within five minutes. No session.',
    }),
  ),
  expires_in: Type.Optional(Type.Integer({ description: 'Seconds.' })),
  methods: Type.Optional(Type.Array(Type.String({ description: 'totp, passkey, recovery_code' }))),
  passkey_options: Type.Optional(
    Type.Union([Type.Unknown({ description: 'For navigator.credentials.get; null without passkeys.' }), Type.Null()]),
  ),
});

const Email = Type.String({ maxLength: 320, pattern: '^[^\\u0000]*$' });
const Password = Type.String({ maxLength: 1024 });

const RefreshBody = Type.Object(
  { refresh: Type.Optional(Type.String({ maxLength: 200 })) },
  { additionalProperties: false },
);

const tags = ['Session'];
const publicly = { access: { scope: 'public' } } as const;

export function clientOf(request: FastifyRequest): Client {
  const userAgent = request.headers['user-agent']?.slice(0, 256) ?? null;
  return { ip: request.ip, userAgent, requestId: request.id };
}

export function sessionRoutes(app: Http, { access, publicUrl }: { access: Access; publicUrl: string }): void {
  const cookies = sessionCookie(publicUrl);
  const { signIn } = access.users;

  app.route({
    method: 'POST',
    url: '/token/',
    config: publicly,
    schema: {
      operationId: 'session.create',
      tags,
      summary: 'Sign in with email and password',
      description:
        'An account with a second factor gets 403 with an `mfa_token` for the second step instead of tokens.',
      body: Type.Object({ email: Email, password: Password }, { additionalProperties: false }),
      response: { 200: Tokens, 403: SecondStepNeeded, '4xx': SegopsError },
    },
    async handler(request, reply) {
      const byCookie = cookies.asked(request);
      const { email, password } = request.body;
      const result = await signIn.withPassword(email, password, clientOf(request));
      if ('access' in result) return cookies.answer(reply, result, byCookie);
      reply.header('cache-control', 'no-store');
      return reply.code(403).send({
        detail: 'This account has a second factor. Give it to POST /api/auth/token/second-factor/ with this mfa_token.',
        code: 'second_factor_required',
        mfa_token: result.mfaToken,
        expires_in: result.expiresIn,
        methods: [...result.methods],
        passkey_options: result.passkeyOptions,
      });
    },
  });

  app.route({
    method: 'POST',
    url: '/token/second-factor/',
    config: publicly,
    schema: {
      operationId: 'session.secondFactor',
      tags,
      summary: 'The second step of signing in',
      description: 'Exactly one of `code`, `recovery_code` and `passkey`. A code is good once.',
      body: Type.Object(
        {
          mfa_token: Type.String({ maxLength: 200 }),
          code: Type.Optional(Type.String({ pattern: '^[0-9]{6}$' })),
          recovery_code: Type.Optional(Type.String({ maxLength: 40 })),
          passkey: Type.Optional(AssertionBody),
        },
        { additionalProperties: false },
      ),
      response: { 200: Tokens, '4xx': SegopsError },
    },
    async handler(request, reply) {
      const byCookie = cookies.asked(request);
      const { mfa_token, code, recovery_code, passkey } = request.body;
      if ([code, recovery_code, passkey].filter((one) => one !== undefined).length !== 1) {
        throw invalidField('code', 'Send exactly one of code, recovery_code and passkey.');
      }
      const step = { code, recoveryCode: recovery_code, passkey: passkey as AuthenticationResponseJSON | undefined };
      const session = await signIn.withSecondFactor(mfa_token, step, clientOf(request));
      return cookies.answer(reply, session, byCookie);
    },
  });

  app.route({
    method: 'POST',
    url: '/passkey/options/',
    config: publicly,
    schema: {
      operationId: 'session.passkeyOptions',
      tags,
      summary: 'What a browser needs to sign in with a passkey',
      description: 'The answer goes into navigator.credentials.get as it is. It is good once, within five minutes.',
      body: Type.Optional(Type.Object({}, { additionalProperties: false })),
      response: { 200: Type.Unknown(), '4xx': SegopsError },
    },
    async handler(_request, reply) {
      reply.header('cache-control', 'no-store');
      return await access.users.passkeys.signInOptions();
    },
  });

  app.route({
    method: 'POST',
    url: '/passkey/',
    config: publicly,
    schema: {
      operationId: 'session.passkey',
      tags,
      summary: 'Sign in with a passkey',
      description:
        'Its device must have verified who holds it; then neither a password nor a second factor is asked for.',
      body: AssertionBody,
      response: { 200: Tokens, '4xx': SegopsError },
    },
    async handler(request, reply) {
      const byCookie = cookies.asked(request);
      const session = await signIn.withPasskey(request.body as AuthenticationResponseJSON, clientOf(request));
      return cookies.answer(reply, session, byCookie);
    },
  });

  app.route({
    method: 'POST',
    url: '/token/refresh/',
    config: publicly,
    schema: {
      operationId: 'session.refresh',
      tags,
      summary: 'Exchange the refresh token for a new pair',
      description:
        'A refresh token is good once; within ten seconds, and while its successor is unused, it gets the same successor again. Any other use of a used one ends the session.',
      body: RefreshBody,
      response: { 200: Tokens, '4xx': SegopsError },
    },
    async handler(request, reply) {
      const byCookie = cookies.asked(request);
      const token = byCookie ? cookies.read(request) : request.body.refresh;
      if (!token && byCookie) throw new AppError('invalid_token', 'Nobody is signed in here. Sign in.');
      if (!token) throw invalidField('refresh', 'This field is required.');
      return cookies.answer(reply, await access.tokens.refresh(token, clientOf(request)), byCookie);
    },
  });

  app.route({
    method: 'POST',
    url: '/logout/',
    config: publicly,
    schema: {
      operationId: 'session.delete',
      tags,
      summary: 'Sign out',
      description:
        'Ends the session of the refresh token, or of the access token in Authorization: all its tokens are refused from the next request on.',
      body: RefreshBody,
      response: { 204: Type.Null(), '4xx': SegopsError },
    },
    async handler(request, reply) {
      const byCookie = cookies.asked(request);
      const refresh = request.body.refresh ?? (byCookie ? cookies.read(request) : undefined);
      const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
      await signIn.signOut({ refresh, access: bearer }, clientOf(request));
      if (byCookie) cookies.clear(reply);
      return reply.code(204).send(null);
    },
  });

  app.route({
    method: 'POST',
    url: '/password/forgot/',
    config: publicly,
    schema: {
      operationId: 'password.forgot',
      tags,
      summary: 'Ask for a mail to set a new password',
      description:
        'The answer is the same whether there is such an account or not. The link is good once, for 30 minutes.',
      body: Type.Object({ email: Email }, { additionalProperties: false }),
      response: { 202: Type.Object({ detail: Type.String() }), '4xx': SegopsError },
    },
    async handler(request, reply) {
      await access.users.passwordChange.forgot(request.body.email, clientOf(request));
      return reply.code(202).send({ detail: 'If there is an account with this address, a mail is on its way to it.' });
    },
  });

  app.route({
    method: 'POST',
    url: '/password/reset/',
    config: publicly,
    schema: {
      operationId: 'password.reset',
      tags,
      summary: 'Set a new password with the mailed token',
      description: 'Ends all sessions of the account. A second factor stays.',
      body: Type.Object(
        { token: Type.String({ maxLength: 100 }), password: Password },
        { additionalProperties: false },
      ),
      response: { 204: Type.Null(), '4xx': SegopsError },
    },
    async handler(request, reply) {
      await access.users.passwordChange.reset(request.body.token, request.body.password, clientOf(request));
      return reply.code(204).send(null);
    },
  });
}
