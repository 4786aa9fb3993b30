/**
 * Hands every request of a caller, let in or refused, to the usage log when it is answered. No URL, header or body is
 * looked at beyond what is named here: the route's pattern, an id in it, the user agent and the idempotency key's digest.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { looksLikeKey } from '../../access/keys/check/format.ts';
import { meterOf } from '../../access/meter.ts';
import type { Principal } from '../../access/principal.ts';
import type { Access } from '../../access/service.ts';
import { idempotencyDigest } from '../../access/usage/log/chunk.ts';
import { routeText } from '../../access/usage/log/columns.ts';
import { isDenied } from '../../access/usage/log/tally.ts';
import { isUuid } from '../../ids.ts';
import { toAppError } from '../api/conventions.ts';
import { doorOf } from '../logging.ts';
import type { Http } from '../route.ts';

declare module 'fastify' {
  interface FastifyRequest {
    usage: RequestUsage | null;
  }
}

/** What is learnt of a request before its answer is complete. */
interface RequestUsage {
  rows: number;
  code: string | null;
  /** Of a streamed answer: what the connection had sent before it. */
  sentBefore: number;
  /** Written already: an answer without an end. */
  recorded: boolean;
}

interface KnownRoute {
  readonly text: string;
  readonly door: string;
  /** Callers sign in or present nothing at all; only refusals are counted. */
  readonly open: boolean;
  readonly hasId: boolean;
}

const MAX_USER_AGENT = 256;
/** The longest form of an IPv6 address; what a trusted proxy passes on is not always one. */
const MAX_ADDRESS = 45;
/** Nobody listens any more: the connection was closed before the answer. */
const CLIENT_CLOSED = 499;

export function useUsage(http: Http, access: Access, now: () => Date): void {
  const { usage } = access;
  http.decorateRequest('usage', null);
  const routes = routeTable();

  /** @param answered the status, where it is known before the answer. */
  function record(request: FastifyRequest, reply: FastifyReply, answered?: number): void {
    const route = routes(request);
    if (!route) return;
    const learnt = request.usage;
    if (learnt?.recorded) return;
    const status = answered ?? (reply.raw.headersSent ? reply.statusCode : CLIENT_CLOSED);
    const code = learnt?.code ?? null;
    const caller = request.principal ?? refusedKey(request, code, access);
    if (!caller) {
      const refused = route.open ? isDenied(status) : status >= 400;
      if (refused) usage.denied(request.ip.slice(0, MAX_ADDRESS), route.door, code ?? String(status));
      return;
    }
    const { headers } = request;
    const idempotency = headers['idempotency-key'];
    usage.record({
      at: now().getTime(),
      caller: meterOf(caller),
      route: route.text,
      status,
      rows: learnt?.rows ?? 0,
      bytes: bytesOf(request, reply, learnt),
      ms: reply.elapsedTime,
      ip: request.ip.slice(0, MAX_ADDRESS),
      agent: agentOf(headers['user-agent']),
      test: caller.environment === 'test',
      number: request.raw.number ?? 0,
      code,
      shadow: request.shadowRefusal,
      entity: route.hasId ? idOf(request.params) : null,
      idempotency: typeof idempotency === 'string' ? idempotencyDigest(idempotency) : null,
    });
  }

  // Callback hooks throughout: a promise for each of them is felt.
  http.addHook('preSerialization', (request, _reply, payload, done) => {
    const rows = countRows(payload);
    if (rows > 0) learn(request).rows = rows;
    done(null, payload);
  });
  http.addHook('onSend', (request, _reply, payload, done) => {
    if (typeof payload === 'object' && payload !== null && 'pipe' in payload) {
      learn(request).sentBefore = request.raw.socket.bytesWritten;
    }
    done(null, payload);
  });
  http.addHook('onError', (request, _reply, error, done) => {
    learn(request).code = toAppError(error).code;
    done();
  });
  http.addHook('onResponse', (request, reply, done) => {
    record(request, reply);
    done();
  });
  // An answer without an end is recorded when it begins.
  http.addHook('onRoute', (route) => {
    if (!route.config?.access?.endless) return;
    route.preHandler = [
      ...[route.preHandler ?? []].flat(),
      (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
        record(request, reply, 200);
        learn(request).recorded = true;
        done();
      },
    ];
  });
}

function learn(request: FastifyRequest): RequestUsage {
  request.usage ??= { rows: 0, code: null, sentBefore: -1, recorded: false };
  return request.usage;
}

/** Each route's texts are made once. @returns null for what has no callers: the tracking door, unknown paths. */
function routeTable(): (request: FastifyRequest) => KnownRoute | null {
  const known = new Map<object, Map<string, KnownRoute | null>>();
  return (request) => {
    const { config } = request.routeOptions;
    let methods = known.get(config);
    if (!methods) {
      methods = new Map();
      known.set(config, methods);
    }
    let route = methods.get(request.method);
    if (route === undefined) {
      route = describe(request);
      methods.set(request.method, route);
    }
    return route;
  };
}

function describe(request: FastifyRequest): KnownRoute | null {
  const { config, url = 'none', schema } = request.routeOptions;
  const { access } = config;
  if (!access || access.scope === 'write-key' || request.is404) return null;
  const { operationId } = (schema ?? {}) as { operationId?: string };
  return {
    text: routeText({
      method: request.method,
      path: url,
      operation: operationId ?? null,
      scope: access.scope,
      sends: access.sends === true,
    }),
    door: doorOf(url, access),
    open: access.scope === 'public',
    hasId: /:id(?![A-Za-z_])/.test(url),
  };
}

/** A key that is ours and no longer let in: its owner wants to know who still has it. */
function refusedKey(request: FastifyRequest, code: string | null, access: Access): Principal | null {
  if (code !== 'api_key_revoked' && code !== 'api_key_expired') return null;
  const { authorization = '', 'x-api-key': apiKey } = request.headers;
  const text = typeof apiKey === 'string' ? apiKey.trim() : authorization.slice(authorization.lastIndexOf(' ') + 1);
  return looksLikeKey(text) ? (access.keys.identify(text)?.principal ?? null) : null;
}

function agentOf(agent: string | undefined): string {
  return agent === undefined ? '' : agent.length > MAX_USER_AGENT ? agent.slice(0, MAX_USER_AGENT) : agent;
}

function idOf(params: unknown): string | null {
  const { id } = params as { id?: string };
  return id !== undefined && (isUuid(id) || /^\d{1,15}$/.test(id)) ? id : null;
}

function bytesOf(request: FastifyRequest, reply: FastifyReply, learnt: RequestUsage | null): number {
  if (request.method === 'HEAD') return 0;
  const length = reply.getHeader('content-length');
  if (length !== undefined) return Number(length);
  return learnt && learnt.sentBefore >= 0 ? request.raw.socket.bytesWritten - learnt.sentBefore : 0;
}

/** The names under which the doors give lists. */
const LISTS = ['items', 'results', 'data', 'sources', 'destinations', 'workspaces', 'members', 'entries'] as const;

/** Objects in an answer: the length of its list, 1 for a single object with an id. */
export function countRows(payload: unknown): number {
  if (typeof payload !== 'object' || payload === null) return 0;
  if (Array.isArray(payload)) return payload.length;
  const fields = payload as Record<string, unknown>;
  for (const name of LISTS) {
    const list = fields[name];
    if (Array.isArray(list)) return list.length;
    // The Public API of Segment has the list one level down, under the resource's name.
    if (name === 'data' && typeof list === 'object' && list !== null) {
      for (const inner of Object.values(list)) if (Array.isArray(inner)) return inner.length;
      return 1;
    }
  }
  return 'id' in fields || 'uuid' in fields ? 1 : 0;
}
