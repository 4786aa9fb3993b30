/**
 * Structured logs that hold no secret: the logger, and one line for each request.
 * Three guards stand one behind the other: serializers that pick what is logged, redaction by field name, and a scrub
 * of the finished line for anything that looks like a credential.
 */
import type { Writable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Logger, pino, stdSerializers } from 'pino';
import { build as buildPretty } from 'pino-pretty';
import type { Principal } from '../access/principal.ts';
import type { Metrics } from '../metrics.ts';
import type { Http, RouteAccess } from './route.ts';

/** Fields whose value is never logged, at any depth. */
const SECRET_FIELDS = [
  'authorization',
  'x-api-key',
  'cookie',
  'set-cookie',
  'password',
  'refresh',
  'access',
  'key',
  'token',
  'mfa_token',
  'recovery_code',
  'recovery_codes',
  'current_password',
  'new_password',
  'link',
  'secret',
  'signing_secret',
  'write_key',
  'writeKey',
  'html',
  'text',
];

const HIDDEN = '[redacted]';

export interface LoggerOptions {
  readonly level: string;
  /** For people at a terminal: one coloured line instead of JSON. */
  readonly pretty?: boolean;
  /** Default: standard output. */
  readonly destination?: Writable;
}

export function createLogger({ level, pretty = false, destination }: LoggerOptions): Logger {
  const out = destination ?? process.stdout;
  const stream = pretty
    ? buildPretty({ colorize: true, translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname', destination: out })
    : (destination ?? pino.destination({ fd: 1, sync: true }));
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRET_FIELDS.flatMap((name) => [`["${name}"]`, `*["${name}"]`]), censor: HIDDEN },
      serializers: { err: serializeError, error: serializeError, req: serializeRequest },
      hooks: { streamWrite: scrub },
    },
    stream,
  );
}

/** An error without the driver's `detail`, `where` and `parameters`: those quote values of the row. */
function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : HIDDEN;
  const { type, message, stack } = stdSerializers.err(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const constraint = 'constraint' in error && typeof error.constraint === 'string' ? error.constraint : undefined;
  return { type, message, stack, ...(code && { code }), ...(constraint && { constraint }) };
}

/** Never the URL: it may hold a write key or a token. */
function serializeRequest(request: unknown): unknown {
  if (typeof request !== 'object' || request === null) return HIDDEN;
  const { method, routeOptions } = request as { method?: string; routeOptions?: { url?: string } };
  return { method, route: routeOptions?.url };
}

const NAMES = SECRET_FIELDS.join('|');
const FIELD = new RegExp(`"(${NAMES})"\\s*:\\s*"(?:[^"\\\\]|\\\\.)*"`, 'gi');
// The same inside a JSON text that is itself a quoted value, such as a body in an error's message.
const QUOTED_FIELD = new RegExp(
  `\\\\"(${NAMES})\\\\"\\s*:\\s*\\\\"(?:[^\\\\]|\\\\\\\\(?:\\\\["\\\\]|[^\\\\]))*?\\\\"`,
  'gi',
);
// API keys keep their public id; RFC 9110 credentials, JSON Web Tokens and a URL's user info go whole.
const CREDENTIALS: readonly [RegExp, string][] = [
  [/\b([a-z]{1,16}_(?:live|test)_hg_[0-9A-Za-z]{8})[0-9A-Za-z]+/g, `$1${HIDDEN}`],
  [/\b(Bearer|Basic|ApiKey)\s+[\w.~+/=-]{8,}/gi, `$1 ${HIDDEN}`],
  [/\b(hgo_(?:at|rt|ac|cs)_)[\w-]{8,}/g, `$1${HIDDEN}`],
  // One-time links and sign-in tokens: hgi_ invitations, hgp_ password resets, hgm_ second steps, hgr_ refresh.
  [/\bhg[impr]_[\w-]{20,}/g, HIDDEN],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, HIDDEN],
  [/(:\/\/)[^\s/@"'\\]+@/g, `$1${HIDDEN}@`],
];

/** Takes credentials out of one finished log line. The line stays valid JSON. */
export function scrub(line: string): string {
  let clean = line.replace(FIELD, `"$1":"${HIDDEN}"`).replace(QUOTED_FIELD, `\\"$1\\":\\"${HIDDEN}\\"`);
  for (const [pattern, replacement] of CREDENTIALS) clean = clean.replace(pattern, replacement);
  return clean;
}

/** One line and one measurement a request. Tracking requests are logged at debug level: there are too many of them. */
export function logRequests(app: Http, { metrics }: { metrics: Metrics }): void {
  const observe = requestObserver(metrics);
  // Callback hooks: at 25,000 requests a second a promise for each hook is felt.
  app.addHook('onRequest', (request, reply, done) => {
    // Callers quote it when something failed; the SDK puts it on its errors. Tracking requests have no line to find.
    if (request.routeOptions.config.access?.scope !== 'write-key') reply.header('x-request-id', request.id);
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    observe(request, reply);
    const tracking = request.routeOptions.config.access?.scope === 'write-key';
    if (!tracking || request.log.level === 'debug' || request.log.level === 'trace') {
      request.log[tracking ? 'debug' : 'info'](
        {
          method: request.method,
          route: request.routeOptions.url ?? 'none',
          status: reply.statusCode,
          ms: Math.round(reply.elapsedTime * 10) / 10,
          ...(request.principal && { principal: publicNameOf(request.principal) }),
        },
        'request',
      );
    }
    done();
  });
}

/** Finding a histogram's row by four labels costs more than observing it, so each (method, route, status) is looked up once. */
function requestObserver(metrics: Metrics): (request: FastifyRequest, reply: FastifyReply) => void {
  const rows = new Map<string, { observe(seconds: number): void }>();
  return (request, reply) => {
    const { config, url } = request.routeOptions;
    const route = url ?? 'none';
    const name = `${request.method} ${reply.statusCode} ${route}`;
    let row = rows.get(name);
    if (!row) {
      const door = doorOf(route, config.access);
      row = metrics.requestSeconds.labels({ door, method: request.method, route, status: reply.statusCode });
      rows.set(name, row);
    }
    row.observe(reply.elapsedTime / 1000);
  };
}

/** How logs name a caller: a key by its public id, a user by the user's id, an app by its client id. */
function publicNameOf(principal: Principal): string {
  if (principal.kind === 'oauth') return `oauth:${principal.clientId}`;
  return principal.kind === 'key' ? `key:${principal.publicId}` : `user:${principal.userId}`;
}

/** Which folder of http/ answers, by the route's pattern. */
export function doorOf(route: string, access: RouteAccess | undefined): string {
  if (access?.scope === 'write-key') return 'tracking';
  if (/^\/(segment|segment-config|segmentflow|subscribeflow|segops)\//.test(route)) return route.split('/', 2)[1] ?? '';
  if (/^\/api\/v1\//.test(route)) return 'api';
  if (/^\/api\//.test(route)) return 'segops';
  if (/^\/app/.test(route)) return 'dashboard';
  return 'ops';
}
