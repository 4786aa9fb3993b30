/** Gives a request's work its context (../../context.ts): what it may see and who asks. */
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../access/principal.ts';
import { type Actor, type Context, withContext } from '../../context.ts';
import type { Http } from '../route.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** null on routes without a caller. */
    context: Context | null;
  }
}

const MAX_USER_AGENT = 256;

export function useContext(http: Http): void {
  http.decorateRequest('context', null);
  // Reading the body leaves the context: what comes afterwards runs where the socket's events do.
  http.addHook('preValidation', (request, _reply, done) => {
    if (request.context) withContext(request.context, done);
    else done();
  });
}

/** Goes on with `next` in the context of this caller. */
export function enterContext(request: FastifyRequest, caller: Principal, next: () => void): void {
  const context: Context = {
    workspaceId: caller.workspaceId,
    actor: actorOf(caller),
    ip: request.ip,
    userAgent: request.headers['user-agent']?.slice(0, MAX_USER_AGENT) ?? null,
    requestId: request.id,
    ambient: null,
  };
  request.context = context;
  withContext(context, next);
}

export function actorOf(caller: Principal): Actor {
  return { kind: caller.kind, id: idOf(caller), label: caller.label };
}

function idOf(caller: Principal): string {
  if (caller.kind === 'key') return caller.publicId;
  return caller.kind === 'oauth' ? caller.clientId : caller.userId;
}
