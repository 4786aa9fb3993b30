/**
 * What every route declares beside its schemas, and the hook that refuses a route without it.
 * Credentials, OpenAPI, the docs, the dashboard and the cross-tenant test read these declarations.
 */
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifySchema,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { Area } from '../access/permissions/roles.ts';
import type { Principal } from '../access/principal.ts';
import type { ScopeName } from '../access/scopes.ts';
import { AppError } from '../errors.ts';

/** The Fastify instance every door gets: schemas are TypeBox and give the types. */
export type Http = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression<RawServerDefault>,
  RawReplyDefaultExpression<RawServerDefault>,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** A limit of one route, or of several that name it the same, beside the door's. */
export interface RouteLimit {
  /** Lower case, as the RateLimit headers show it. */
  readonly name: string;
  /** Units a window. */
  readonly quota: number;
  readonly windowSeconds: number;
}

export interface RouteAccess {
  /**
   * - a scope: the principal must have it, else 403 naming it;
   * - `signed-in`: any valid credential;
   * - `public`: none needed (health, docs, sign-in);
   * - `write-key`: the tracking door, which knows its callers by a source's write key.
   */
  readonly scope: ScopeName | 'signed-in' | 'public' | 'write-key';
  /** What the call is about where the scope is that of something else, too: permissions of a person are to reach it. */
  readonly area?: Area;
  /** The call can make a message leave: the principal must also be allowed to send, else 403 send_not_allowed. */
  readonly sends?: true;
  /** The answer goes on until the caller leaves: the usage log has it when it begins. */
  readonly endless?: true;
  /** Open to a member who must first set up the second factor that the workspace requires. */
  readonly whileEnrolling?: true;
  /** Units of the caller's rate limit that a call spends; default 1. */
  readonly cost?: number;
  readonly limit?: RouteLimit;
  /** A door whose limits are not those of our own API (http/guard/limits.ts). */
  readonly door?: 'segment' | 'segment-config';
  /** A documented operation of another system that is not here: it answers 501. */
  readonly unavailable?: true;
  /** false: this POST takes no Idempotency-Key. Only for what cannot be one transaction. */
  readonly idempotent?: false;
}

/** A route as it was registered, for the test that walks all of them. */
export interface DeclaredRoute {
  readonly method: string;
  /** With its prefix, as it was declared: `/api/v1/sources/:id`. */
  readonly url: string;
  readonly access: RouteAccess;
  readonly schema: FastifySchema;
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Every route but HEAD and OPTIONS; complete after `ready()`. */
    declaredRoutes: readonly DeclaredRoute[];
  }
  interface FastifyContextConfig {
    access?: RouteAccess;
  }
  interface FastifyRequest {
    /** Set by http/credentials on every route that is not public. */
    principal: Principal | null;
  }
}

/** Makes a route without `config.access` a start-up error, so that none can forget it. */
export function requireDeclarations(app: FastifyInstance): void {
  const routes: DeclaredRoute[] = [];
  app.decorate('declaredRoutes', routes);
  app.addHook('onRoute', (route) => {
    const access = route.config?.access;
    for (const method of [route.method].flat()) {
      if (method === 'HEAD' || method === 'OPTIONS') continue;
      if (!access) throw new Error(`Route ${method} ${route.url} declares no access.`);
      routes.push({ method, url: route.url, access, schema: route.schema ?? {} });
    }
  });
}

/** The caller of a route that is not public. */
export function principalOf(request: { principal: Principal | null }): Principal {
  if (!request.principal) throw new AppError('unauthorized', 'This route needs a credential.');
  return request.principal;
}
