/**
 * The dashboard's refresh token: with `X-Headgate-Client: dashboard` it stands in a cookie that scripts cannot read, otherwise
 * in the bodies. The header cannot be sent by another site's form, and the page must be one of this server.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { REFRESH_TOKEN_SECONDS, type Session } from '../../access/users/sign-in/sessions.ts';
import { AppError } from '../../errors.ts';

const COOKIE = 'headgate_refresh';
const COOKIE_VALUE = new RegExp(`(?:^|; *)${COOKIE}=([\\w-]{1,200})(?:;|$)`);

export type SessionCookie = ReturnType<typeof sessionCookie>;

export function sessionCookie(publicUrl: string) {
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
