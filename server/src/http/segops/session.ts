/**
 * Sign in, refresh, sign out: /api/auth/token/, /api/auth/token/refresh/, /api/auth/logout/ (contract segops §2.2).
 * With `X-Headgate-Client: dashboard` the refresh token stands in a cookie that scripts cannot read; otherwise it
 * is in the bodies.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Access } from '../../access/service.ts';
import { REFRESH_TOKEN_SECONDS, type Session } from '../../access/users/sessions.ts';
import { AppError, invalidField } from '../../errors.ts';
import type { Http } from '../route.ts';
import { SegopsError } from './conventions.ts';

const COOKIE = 'headgate_refresh';
const COOKIE_VALUE = new RegExp(`(?:^|; *)${COOKIE}=([\\w-]{1,200})(?:;|$)`);

const Tokens = Type.Object({
  access: Type.String({ description: 'JWT, good for 60 minutes: Authorization: Bearer <access>.' }),
  refresh: Type.Optional(Type.String({ description: 'Good once, within 30 days. Absent where a cookie carries it.' })),
});

const RefreshBody = Type.Object(
  { refresh: Type.Optional(Type.String({ maxLength: 200 })) },
  { additionalProperties: false },
);

const tags = ['Session'];

export function sessionRoutes(app: Http, { access, publicUrl }: { access: Access; publicUrl: string }): void {
  const cookies = refreshCookie(publicUrl);

  app.route({
    method: 'POST',
    url: '/token/',
    config: { access: { scope: 'public' } },
    schema: {
      operationId: 'session.create',
      tags,
      summary: 'Sign in with email and password',
      body: Type.Object(
        {
          email: Type.String({ maxLength: 320, pattern: '^[^\\u0000]*$' }),
          password: Type.String({ maxLength: 1024 }),
        },
        { additionalProperties: false },
      ),
      response: { 200: Tokens, '4xx': SegopsError },
    },
    async handler(request, reply) {
      const byCookie = cookies.asked(request);
      const { email, password } = request.body;
      const session = await access.workspaces.signIn(email, password, request.ip);
      return cookies.answer(reply, session, byCookie);
    },
  });

  app.route({
    method: 'POST',
    url: '/token/refresh/',
    config: { access: { scope: 'public' } },
    schema: {
      operationId: 'session.refresh',
      tags,
      summary: 'Exchange the refresh token for a new pair',
      description:
        'A refresh token is good once. Using one again ends the whole session, so never refresh twice at the same time.',
      body: RefreshBody,
      response: { 200: Tokens, '4xx': SegopsError },
    },
    async handler(request, reply) {
      const byCookie = cookies.asked(request);
      const token = byCookie ? cookies.read(request) : request.body.refresh;
      if (!token && byCookie) throw new AppError('invalid_token', 'Nobody is signed in here. Sign in.');
      if (!token) throw invalidField('refresh', 'This field is required.');
      return cookies.answer(reply, await access.tokens.refresh(token), byCookie);
    },
  });

  app.route({
    method: 'POST',
    url: '/logout/',
    config: { access: { scope: 'public' } },
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
      const token = request.body.refresh ?? (byCookie ? cookies.read(request) : undefined);
      if (token) await access.tokens.revokeByRefresh(token);
      const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
      if (bearer) await access.tokens.revokeByAccess(bearer);
      if (byCookie) cookies.clear(reply);
      return reply.code(204).send(null);
    },
  });
}

function refreshCookie(publicUrl: string) {
  const secure = publicUrl.startsWith('https://') ? '; Secure' : '';
  const attributes = `; Path=/api/auth; HttpOnly; SameSite=Strict${secure}`;
  const publicOrigin = new URL(publicUrl).origin;

  return {
    /** @throws AppError forbidden when another site's page makes the call. */
    asked(request: FastifyRequest): boolean {
      // A form of another site cannot send this header, and without it the cookie is not looked at.
      if (request.headers['x-headgate-client'] !== 'dashboard') return false;
      if (!sameOrigin(request, publicOrigin)) {
        throw new AppError('forbidden', 'Sessions in cookies are only for pages of this server.');
      }
      return true;
    },

    read(request: FastifyRequest): string | undefined {
      return COOKIE_VALUE.exec(request.headers.cookie ?? '')?.[1];
    },

    answer(reply: FastifyReply, session: Session, byCookie: boolean): { access: string; refresh?: string } {
      reply.header('cache-control', 'no-store');
      if (!byCookie) return { access: session.access, refresh: session.refresh };
      reply.header('set-cookie', `${COOKIE}=${session.refresh}; Max-Age=${REFRESH_TOKEN_SECONDS}${attributes}`);
      return { access: session.access };
    },

    clear(reply: FastifyReply): void {
      reply.header('set-cookie', `${COOKIE}=; Max-Age=0${attributes}`);
    },
  };
}

/** By Fetch Metadata where the browser sends it, else by Origin. No browser at all: nothing to forge. */
function sameOrigin(request: FastifyRequest, publicOrigin: string): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin } = request.headers;
  if (origin === undefined || origin === publicOrigin) return true;
  return URL.canParse(origin) && new URL(origin).host === request.headers.host;
}
