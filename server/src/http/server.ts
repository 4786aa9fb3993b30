/** The bare HTTP server every door is registered on: validation rules, body limits, request ids, no request logging of its own. */
import { randomBytes } from 'node:crypto';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import Fastify, { type FastifyBaseLogger, type FastifySchemaCompiler, LogController } from 'fastify';
import { type Http, requireDeclarations } from './route.ts';

/** Bodies of the API doors; the tracking door has its own. */
export const API_BODY_LIMIT = 1_048_576;

export function createHttpServer(options: { log: FastifyBaseLogger; trustedProxies: readonly string[] }): Http {
  const app = Fastify({
    loggerInstance: options.log,
    // http/logging.ts logs one line a request, without the URL: a URL may hold a write key.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestIds(),
    bodyLimit: API_BODY_LIMIT,
    // A slow client may hold a socket for a minute, not for ever.
    requestTimeout: 60_000,
    trustProxy: options.trustedProxies.length > 0 ? [...options.trustedProxies] : false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 400 },
    // Bodies with __proto__ or constructor.prototype are refused by the JSON parser.
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.setValidatorCompiler(createValidatorCompiler());
  app.decorateRequest('principal', null);
  requireDeclarations(app);
  closeConnectionsWhenDraining(app);
  return app;
}

/**
 * Node closes the connections that are idle when closing begins. One that is answering then becomes idle afterwards, and
 * would hold up the drain for as long as its client keeps it.
 */
function closeConnectionsWhenDraining(app: Http): void {
  app.addHook('preClose', async () => {
    const timer = setInterval(() => app.server.closeIdleConnections(), 50);
    app.server.once('close', () => clearInterval(timer));
  });
}

/** Short, cheap (a random UUID a request is not) and not repeated by the next process. */
function requestIds(): () => string {
  const process = randomBytes(4).toString('hex');
  let count = 0;
  return () => `${process}-${++count}`;
}

/**
 * Bodies are checked as they are: "5" is not a number and an unknown field is an error (attack list 9).
 * Queries, params and headers arrive as text, so there types are converted.
 */
function createValidatorCompiler(): FastifySchemaCompiler<object> {
  const strict = new Ajv({ allErrors: true, strict: false, removeAdditional: false, useDefaults: true });
  const converting = new Ajv({ allErrors: true, strict: false, coerceTypes: 'array', useDefaults: true });
  // ajv-formats is CommonJS: under Node's ESM the function is the default export's `default`.
  const formats = addFormats as unknown as typeof addFormats.default;
  formats(strict);
  formats(converting);
  return ({ schema, httpPart }) => (httpPart === 'body' ? strict : converting).compile(schema);
}
