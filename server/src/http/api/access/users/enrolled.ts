/** What is answered when a second factor was set up: recovery codes, and the session that replaces the caller's. */
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import type { Enrolled } from '../../../../access/users/factors/second-factor.ts';
import type { SessionCookie } from '../../../guard/session-cookie.ts';

export const EnrolledFields = {
  recovery_codes: Type.Union([Type.Array(Type.String()), Type.Null()], {
    description: 'Ten, shown this once, each good once; null when there were some already.',
  }),
  session: Type.Union([Type.Object({ access: Type.String(), refresh: Type.Optional(Type.String()) }), Type.Null()], {
    description: 'Replaces the session of this call, which has ended; null when that had a second factor already.',
  }),
};

export function serializeEnrolled(
  reply: FastifyReply,
  cookies: SessionCookie,
  { recoveryCodes, session }: Enrolled,
  byCookie: boolean,
) {
  reply.header('cache-control', 'no-store');
  return {
    recovery_codes: recoveryCodes && [...recoveryCodes],
    session: session && cookies.answer(reply, session, byCookie),
  };
}
