/**
 * Registers the operations of the contract that have a handler: version, query and body are read and checked here, the
 * answer is shaped here, and the handler in between deals in plain values.
 */
import type { Principal } from '../../../access/principal.ts';
import { AppError } from '../../../errors.ts';
import { type Http, principalOf, type RouteLimit } from '../../route.ts';
import { shaped } from './answer.ts';
import { asDocumented } from './bodies.ts';
import { OPERATIONS, type Operation, resolved, type Version } from './contract.ts';
import { handleSegmentError } from './errors.ts';
import { readQuery } from './query.ts';
import { checkBody, checkQuery } from './validate.ts';
import { answerVersion, bodyVersion } from './versions.ts';

export interface Call {
  readonly caller: Principal;
  readonly params: Readonly<Record<string, string>>;
  /** Checked, declared parameters only. */
  // biome-ignore lint/suspicious/noExplicitAny: each handler knows its operation's parameters by the contract.
  readonly query: Readonly<Record<string, any>>;
  /** Checked; `{}` where none came. */
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  readonly body: Readonly<Record<string, any>>;
  /** Of the answer. */
  readonly version: Version;
  /** Without those that carry a credential. */
  readonly headers: Readonly<Record<string, unknown>>;
  /** Of the answer, errors included. */
  setHeader(name: string, value: string): void;
}

/** @returns what stands under `data`; fields that the answer's version does not declare are left out. */
export type Handler = (call: Call) => unknown;

export type Handlers = Readonly<Record<string, Handler>>;

/** Asks a handler for its answer where the caller's permissions allow it, and shows what they let see (permissions/guard.ts). */
export interface CallGuard {
  /** @throws AppError forbidden, not_found. */
  answer(operationId: string, call: Call, handler: Handler): Promise<unknown>;
}

/** Contract §1.9: 25 MiB. */
const BODY_LIMIT = 26_214_400;
const JSON_BODIES = /^(application\/(vnd\.segment\.[a-z0-9]+\+)?json|text\/json)(;|$)/;

export function segmentDoor(app: Http, handlers: Handlers, guard: CallGuard): void {
  app.setErrorHandler(handleSegmentError);
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser(JSON_BODIES, { parseAs: 'string', bodyLimit: BODY_LIMIT }, (request, text: string, done) => {
    // Clients name a content type on calls that have no body (contract §1.11).
    if (text === '') done(null, undefined);
    else void parseJson(request, text, done);
  });
  for (const name of Object.keys(handlers)) {
    if (!OPERATIONS.some((operation) => operation.id === name))
      throw new Error(`The contract has no operation ${name}.`);
  }
  for (const operation of OPERATIONS) register(app, operation, handlers[operation.id], guard);
}

/** Without a handler the operation says that it is not here: docs/segment-compatibility.md lists those. */
function register(app: Http, operation: Operation, handler: Handler | undefined, guard: CallGuard): void {
  app.route({
    method: operation.method,
    url: operation.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    bodyLimit: BODY_LIMIT,
    config: {
      access: {
        scope: operation.method === 'GET' ? 'workspace:read' : 'workspace',
        door: 'segment',
        ...limitOf(operation),
        ...(!handler && { unavailable: true as const }),
      },
    },
    // The Public API has a document of its own; it is not part of ours.
    schema: { hide: true, operationId: operation.id },
    async handler(request, reply) {
      if (!handler) throw new AppError('not_available', `${operation.id} is not available in Headgate.`);
      const version = answerVersion(operation, request.headers.accept);
      const came = operation.method === 'DELETE' || operation.body ? request.body : undefined;
      const sent = asDocumented(operation.id, came);
      if (operation.body) checkBody(operation, bodyVersion(operation, request.headers['content-type']), sent);
      const queryString = request.url.split('?').slice(1).join('?');
      const query = readQuery(operation, queryString, sent);
      checkQuery(operation, query);
      const params = request.params as Record<string, string>;
      const body = (sent ?? {}) as Record<string, unknown>;
      const headers = withoutCredentials(request.headers);
      const setHeader = (name: string, value: string): void => void reply.header(name, value);
      const call = { caller: principalOf(request), params, query, body, version, headers, setHeader };
      const data = await guard.answer(operation.id, call, handler);
      reply.code(operation.status).type('application/json');
      return { data: shaped(dataSchema(operation, version), data) };
    },
  });
}

/** The documented limit of the one operation, for each caller (contract §1.8). */
function limitOf({ id, limit }: Operation): { limit?: RouteLimit } {
  if (!limit) return {};
  const name = id.replaceAll(/[A-Z]+/g, (capitals) => `-${capitals.toLowerCase()}`);
  return { limit: { name, quota: limit.requests, windowSeconds: limit.per === 'day' ? 86_400 : 60 } };
}

const CREDENTIALS = new Set(['authorization', 'x-api-key', 'cookie', 'proxy-authorization']);

function withoutCredentials(headers: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !CREDENTIALS.has(name)));
}

function dataSchema(operation: Operation, version: Version) {
  const envelope = resolved(operation.answer[version] ?? {});
  return envelope.properties?.['data'] ?? {};
}
