/**
 * Rate limits at every door: each request of a caller spends its route's cost, after admission and before the body is
 * read. Its answer tells what is left: X-RateLimit-* as SubscribeFlow has them (contract subscribeflow §4), and RateLimit
 * with RateLimit-Policy (draft-ietf-httpapi-ratelimit-headers-11).
 */
import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import type { Decision, Policy } from '../../access/limits/limiter.ts';
import type { Limits } from '../../access/limits/service.ts';
import { quotaOf, spenderOf } from '../../access/meter.ts';
import type { Principal } from '../../access/principal.ts';
import { withContext } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { toAppError } from '../api/conventions.ts';
import type { Http, RouteAccess, RouteLimit } from '../route.ts';

const MINUTE = 60_000;

interface DoorLimit extends Policy {
  /** The door's documented limit holds for every key; else a key's own number takes its place. */
  readonly fixed?: true;
  /** Segment's Public API names and writes the headers differently (contract segment-public-api §1.8). */
  readonly segmentHeaders?: true;
}

/** Our own API and the doors that publish 1,000 a minute or nothing: one count for all of them. */
const API: DoorLimit = { name: 'api', quota: 1_000, windowMs: MINUTE };
const DOORS: Readonly<Record<NonNullable<RouteAccess['door']>, DoorLimit>> = {
  'segment-config': { name: 'segment-config', quota: 200, windowMs: MINUTE, fixed: true },
  // Segment publishes limits of single operations only; its routes declare them.
  segment: { name: 'segment', quota: 1_000, windowMs: MINUTE, segmentHeaders: true },
};

interface RouteLimits {
  readonly door: DoorLimit;
  readonly own: Policy | null;
  readonly cost: number;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Made of `access` when the route is registered; null: not limited. */
    limits?: RouteLimits | null;
  }
}

/** Call after the hooks that admit callers, and before any door is registered. */
export function useLimits(http: Http, limits: Limits): void {
  http.addHook('onRoute', (route) => {
    const access = route.config?.access;
    if (route.config && access) route.config = { ...route.config, limits: limitsOf(route, access) };
  });
  // A callback hook without a promise in the usual case: every request of a caller passes it.
  http.addHook('onRequest', (request, reply, done) => {
    const route = request.routeOptions.config.limits;
    const caller = request.principal;
    if (!route || !caller) {
      done();
      return;
    }
    const outcome = take(limits, route, caller);
    if (!(outcome instanceof Promise)) {
      done(tell(reply, route, outcome, limits.now()));
      return;
    }
    void outcome.then((all) => {
      const next = () => done(tell(reply, route, all, limits.now()));
      if (request.context) withContext(request.context, next);
      else next();
    });
  });
  // A caller who is known and may not use the route has spent its cost too.
  http.addHook('onError', (request, reply, error, done) => {
    const route = request.routeOptions.config.limits;
    const caller = request.principal;
    const { code, status } = toAppError(error);
    // Who has a stolen key could else use up its limit from where the key itself is of no use.
    const refused = status === 403 && code !== 'address_not_allowed';
    if (route && caller && refused && !reply.hasHeader('ratelimit')) {
      const outcome = take(limits, route, caller);
      if (!(outcome instanceof Promise)) tell(reply, route, outcome, limits.now());
    }
    done();
  });
}

/**
 * A wrong credential was presented: counted for its network.
 * @returns what to answer instead of `error` when there were too many.
 */
export function afterFailure(limits: Limits, request: FastifyRequest, error: Error): Error {
  if (!(error instanceof AppError)) return error;
  // None at all is not a wrong one; one that is not for this network is.
  const wrong = error.status === 401 ? error.code !== 'unauthorized' : error.code === 'address_not_allowed';
  if (!wrong) return error;
  const { allowed, retryAfterMs } = limits.failures.spend(request.ip);
  if (allowed) return error;
  return new AppError('rate_limit_exceeded', 'Too many wrong credentials from this network. Try again later.', {
    retryAfter: seconds(retryAfterMs),
  });
}

function limitsOf(route: RouteOptions, access: RouteAccess): RouteLimits | null {
  const { scope, cost = 1, limit } = access;
  const where = `Route ${String(route.method)} ${route.url}`;
  const door = access.door ? DOORS[access.door] : API;
  const own = limit ? policyOf(limit, where) : null;
  if (!Number.isSafeInteger(cost) || cost < 1) throw new Error(`${where}: its cost must be a whole number from 1.`);
  if (cost > door.quota || (own && cost > own.quota)) throw new Error(`${where}: it costs more than its limit allows.`);
  return scope === 'public' || scope === 'write-key' ? null : { door, own, cost };
}

function policyOf({ name, quota, windowSeconds }: RouteLimit, where: string): Policy {
  const good = Number.isSafeInteger(quota) && quota >= 1 && Number.isSafeInteger(windowSeconds) && windowSeconds >= 1;
  if (!good || !/^[a-z][a-z0-9-]{0,80}$/.test(name)) throw new Error(`${where}: its limit is not one.`);
  return { name, quota, windowMs: windowSeconds * 1_000 };
}

interface Outcome {
  readonly door: Decision;
  readonly own: Decision | null;
}

/** All or nothing: what one limit let through and the other refused is given back. */
function take(limits: Limits, route: RouteLimits, caller: Principal): Outcome | Promise<Outcome> {
  const { door, own, cost } = route;
  const decision = limits.take(door, spenderOf(caller), cost, unitsOf(door, caller));
  if (!own)
    return decision instanceof Promise
      ? decision.then((it) => ({ door: it, own: null }))
      : { door: decision, own: null };
  // By its name: the cell in the meter is the door's.
  return takeBoth(limits, { ...route, own }, quotaOf(caller), decision);
}

async function takeBoth(
  limits: Limits,
  { door, own, cost }: RouteLimits & { own: Policy },
  subject: string,
  first: Decision | Promise<Decision>,
): Promise<Outcome> {
  const decision = await first;
  if (!decision.allowed) return { door: decision, own: null };
  const second = await limits.take(own, subject, cost);
  if (second.allowed) return { door: decision, own: second };
  limits.giveBack(door, subject, cost);
  return { door: { ...decision, remaining: decision.remaining + cost }, own: second };
}

/** Units of the caller's quota at this door. */
function unitsOf(door: DoorLimit, caller: Principal): number {
  const rate = caller.kind === 'key' ? caller.ratePerMinute : null;
  if (rate === null) return door.quota;
  return door.fixed ? Math.min(rate, door.quota) : rate;
}

/** Writes the headers. @returns the error to answer when a limit refused. */
function tell(reply: FastifyReply, route: RouteLimits, { door, own }: Outcome, now: number): AppError | undefined {
  const ownIsTighter = own !== null && (!own.allowed || own.remaining < door.remaining);
  const tight = ownIsTighter ? own : door;
  const reset = Math.max(1, Math.ceil((tight.resetAt - now) / 1_000));
  if (route.door.segmentHeaders) {
    reply.header('x-ratelimit-consumed', String(tight.quota - tight.remaining));
    reply.header('x-ratelimit-remaining', String(tight.remaining));
    reply.header('x-ratelimit-reset', new Date(tight.resetAt).toUTCString());
  } else {
    reply.header('x-ratelimit-limit', String(tight.quota));
    reply.header('x-ratelimit-remaining', String(tight.remaining));
    reply.header('x-ratelimit-reset', String(Math.ceil(tight.resetAt / 1_000)));
  }
  let policy = policyText(route.door, door.quota);
  let state = `"${route.door.name}";r=${door.remaining};t=${Math.max(1, Math.ceil((door.resetAt - now) / 1_000))}`;
  if (own && route.own) {
    policy += `, ${policyText(route.own, own.quota)}`;
    state += `, "${route.own.name}";r=${own.remaining};t=${Math.max(1, Math.ceil((own.resetAt - now) / 1_000))}`;
  }
  reply.header('ratelimit-policy', policy);
  reply.header('ratelimit', state);
  if (tight.allowed) return undefined;
  return new AppError(
    'rate_limit_exceeded',
    `Too many requests: ${tight.quota} in ${((ownIsTighter && route.own) || route.door).windowMs / 1_000} s are allowed here. ` +
      `Try again in ${reset} s.`,
    { retryAfter: seconds(tight.retryAfterMs) },
  );
}

function policyText(policy: Policy, quota: number): string {
  return `"${policy.name}";q=${quota};w=${policy.windowMs / 1_000}`;
}

/** Rounded up: whoever waits that long is let in. */
function seconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1_000));
}
