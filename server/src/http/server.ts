/** The bare HTTP server every door is registered on: validation rules, body limits, request ids, no request logging of its own. */
import type { IncomingMessage } from 'node:http';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import Fastify, { type FastifyBaseLogger, type FastifySchemaCompiler, LogController } from 'fastify';
import { AppError } from '../errors.ts';
import { isUuid, PROCESS } from '../ids.ts';
import { handleApiError } from './api/conventions.ts';
import { type Http, requireDeclarations } from './route.ts';

declare module 'node:http' {
  interface IncomingMessage {
    /** Of the requests of this process; with PROCESS its id. */
    number?: number;
  }
}

/** Bodies of the API doors; the tracking door has its own. */
export const API_BODY_LIMIT = 1_048_576;
/**
 * `GET /` means two things: a browser is led to the dashboard (`constraints: { reader: 'browser' }`), a program is
 * answered by the Public API. Asked for every request, so it looks at that one path only.
 */
const READERS: Parameters<Http['addConstraintStrategy']>[0] = {
  name: 'reader',
  storage() {
    const routes = new Map<unknown, RouteHandler>();
    return { get: (reader) => routes.get(reader) ?? null, set: (reader, route) => void routes.set(reader, route) };
  },
  deriveConstraint({ url, headers }: IncomingMessage): string {
    return url === '/' && headers.accept?.includes('text/html') && !headers.authorization ? 'browser' : 'program';
  },
};
/** How a route is kept by its reader. */
type RouteHandler = NonNullable<ReturnType<ReturnType<Parameters<Http['addConstraintStrategy']>[0]['storage']>['get']>>;

/** How long a drain waits for requests that are being received or answered. */
const LAST_ANSWERS_MS = 5_000;

export function createHttpServer(options: { log: FastifyBaseLogger; trustedProxies: readonly string[] }): Http {
  const app = Fastify({
    loggerInstance: options.log,
    // http/logging.ts logs one line a request, without the URL: a URL may hold a write key.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestId,
    bodyLimit: API_BODY_LIMIT,
    // A slow client may hold a socket for a minute, not for ever.
    requestTimeout: 60_000,
    trustProxy: options.trustedProxies.length > 0 ? [...options.trustedProxies] : false,
    // Clients of Segment's Config API write both.
    rewriteUrl: ({ url = '/' }) => withColons(url),
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, maxParamLength: 400 },
    // Bodies with __proto__ or constructor.prototype are refused by the JSON parser.
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    // Before routing: no hook runs, and the framework's own answer would quote the URL, which may hold a key.
    frameworkErrors: (_error, request, reply) => {
      const error = new AppError('bad_request', 'The path cannot be read: write each % as %25, and text as UTF-8.');
      reply.header('x-request-id', request.id);
      handleApiError(error, request, reply);
    },
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.setValidatorCompiler(createValidatorCompiler());
  app.addConstraintStrategy(READERS);
  app.decorateRequest('principal', null);
  rememberAddresses(app);
  requireDeclarations(app);
  closeConnectionsWhenDraining(app);
  return app;
}

/**
 * Node forgets to whom a closed connection led, unless somebody asked while it was open: `request.ip` of a client that
 * leaves while his credential is checked would be undefined, and whoever counts by it would end the process.
 */
function rememberAddresses(app: Http): void {
  app.addHook('onRequest', (request, _reply, done) => {
    void request.raw.socket.remoteAddress;
    done();
  });
}

/**
 * Node closes the connections that are idle when closing begins. One that is answering then becomes idle afterwards, and
 * would hold up the drain for as long as its client keeps it. One that is still sending its request is cut off in the
 * end: the loops that come after this in the drain have mail on its way.
 */
function closeConnectionsWhenDraining(app: Http): void {
  app.addHook('preClose', async () => {
    const timer = setInterval(() => app.server.closeIdleConnections(), 50);
    const last = setTimeout(() => app.server.closeAllConnections(), LAST_ANSWERS_MS);
    app.server.once('close', () => {
      clearInterval(timer);
      clearTimeout(last);
    });
  });
}

/** Some clients of the Config API escape the colon of its verbs: `…/source-connections%3AbatchCreateConnections`. */
function withColons(url: string): string {
  if (!url.includes('%3') || !url.includes('/v1beta/')) return url;
  const query = url.indexOf('?');
  const path = query < 0 ? url : url.slice(0, query);
  return path.replaceAll(/%3a/gi, ':') + url.slice(path.length);
}

let requests = 0;

/** The usage log takes the number alone, which is cheaper than to read it from the id. */
function requestId(request: IncomingMessage): string {
  request.number = ++requests;
  return `${PROCESS}-${requests}`;
}

/**
 * Bodies are checked as they are: "5" is not a number and an unknown field is an error (attack list 9).
 * Queries, params and headers arrive as text, so there types are converted.
 */
function createValidatorCompiler(): FastifySchemaCompiler<object> {
  const body = { strict: false, removeAdditional: false, useDefaults: true } as const;
  const quick = new Ajv(body);
  const strict = new Ajv({ ...body, allErrors: true });
  const converting = new Ajv({ allErrors: true, strict: false, coerceTypes: 'array', useDefaults: true });
  // ajv-formats is CommonJS: under Node's ESM the function is the default export's `default`.
  const formats = addFormats as unknown as typeof addFormats.default;
  for (const ajv of [quick, strict, converting]) {
    formats(ajv);
    // The package's own also takes `urn:uuid:…`, which PostgreSQL does not.
    ajv.addFormat('uuid', { type: 'string', validate: isUuid });
  }
  return ({ schema, httpPart }) =>
    httpPart === 'body' ? everyErrorOfSmall(quick.compile(schema), strict.compile(schema)) : converting.compile(schema);
}

/** Values of a body whose every error is told. Of more, only the first: to find 400,000 takes the only thread 2 s. */
const SMALL = 1_000;

function everyErrorOfSmall(quick: ValidateFunction, strict: ValidateFunction): ValidateFunction {
  const validate = ((data: unknown): boolean => {
    const valid = quick(data) || (hasAtMost(data, SMALL) && strict(data));
    if (!valid) validate.errors = strict.errors ?? quick.errors ?? null;
    strict.errors = null;
    return valid;
  }) as ValidateFunction;
  return validate;
}

function hasAtMost(data: unknown, count: number): boolean {
  const open = [data];
  let left = count;
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    for (const inner of Object.values(value)) {
      if (--left < 0) return false;
      open.push(inner);
    }
  }
  return true;
}
