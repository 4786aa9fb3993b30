/**
 * Segment's Tracking API: /v1/track … /v1/batch, the short paths of browser libraries, and the settings that
 * analytics-next loads. Answers 200 only when the events are durable. The one door with open CORS.
 */
import type { FastifyReply, FastifyRequest, FastifyTypeProviderDefault } from 'fastify';
import { Type } from 'typebox';
import { AppError } from '../../errors.ts';
import type { EventLog } from '../../events/log/append.ts';
import type { EntryHeader } from '../../events/log/chunk.ts';
import type { EventType, JsonObject } from '../../events/types.ts';
import { MAX_BATCH_BYTES } from '../../events/validate.ts';
import type { Metrics } from '../../metrics.ts';
import { toAppError } from '../api/conventions.ts';
import type { Http } from '../route.ts';
import { type CheckedBody, checkBatch, checkSingle, inflate, parse, problemCode } from './body.ts';
import { writeKeyInHeaders } from './credentials.ts';
import { segmentSettings } from './settings.ts';

export interface TrackedSource {
  readonly id: string;
  readonly scope: { readonly workspaceId: string; readonly environment: 'live' | 'test' };
  readonly enabled: boolean;
}

export interface TrackingServices {
  /** Answers from memory. */
  findByWriteKey(writeKey: string): TrackedSource | null;
  readonly log: EventLog;
  readonly publicUrl: string;
  now(): Date;
  readonly metrics: Pick<Metrics, 'accepted' | 'rejected'>;
}

type Kind = EventType | 'batch';

/** Long path → what its body is; `import` is a batch of history. The letters are those of analytics.js. */
const PATHS: readonly (readonly [long: string, short: string, kind: Kind])[] = [
  ['identify', 'i', 'identify'],
  ['track', 't', 'track'],
  ['page', 'p', 'page'],
  ['screen', 's', 'screen'],
  ['group', 'g', 'group'],
  ['alias', 'a', 'alias'],
  ['batch', 'b', 'batch'],
  ['import', 'm', 'batch'],
];

const SUCCESS = '{"success":true}';
const SHOWN_BYTES = 4_096;

const EventSchema = Type.Object({}, { additionalProperties: true, description: 'A Segment message.' });
const Answer = Type.Object({
  success: Type.Boolean(),
  rejected: Type.Optional(
    Type.Array(Type.Object({ index: Type.Integer(), code: Type.String(), message: Type.String() })),
  ),
});
const Refusal = Type.Object({ success: Type.Literal(false), code: Type.String(), message: Type.String() });

export function trackingRoutes(door: Http, services: TrackingServices): void {
  // Answers are ready-made text; the schemas describe them but do not serialize.
  const app = door.withTypeProvider<FastifyTypeProviderDefault>();
  // Browser libraries send JSON as text/plain to avoid a preflight request.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_BATCH_BYTES }, (_request, body, done) =>
    done(null, body),
  );
  app.decorateRequest('trackedSource', null);
  // The body is checked by this door's own code: schemas here only describe it.
  app.setValidatorCompiler(() => () => true);
  app.setErrorHandler(async (error: Error, request, reply) => answerError(services, error, request, reply));
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('access-control-allow-origin', '*');
    done();
  });
  // A logger of its own for each request costs 2 µs; this door logs only failures.
  app.setChildLoggerFactory((logger) => logger);
  app.options('/v1/*', { schema: { hide: true } }, preflight);

  for (const [long, short, kind] of PATHS) {
    for (const path of [long, short]) {
      app.route({
        method: 'POST',
        url: `/v1/${path}`,
        bodyLimit: MAX_BATCH_BYTES,
        config: { access: { scope: 'write-key' }, kind },
        schema: {
          operationId: `tracking.${long}`,
          tags: ['Tracking'],
          summary: kind === 'batch' ? 'Accept many events' : `Accept one ${kind} event`,
          ...(path === short && { hide: true }),
          body:
            kind === 'batch'
              ? Type.Object({ batch: Type.Array(EventSchema) }, { additionalProperties: true })
              : EventSchema,
          response: { 200: Answer, '4xx': Refusal, 503: Refusal },
        },
        handler: (request, reply) => accept(services, kind, request, reply),
      });
    }
  }

  app.route({
    method: 'GET',
    url: '/v1/projects/:writeKey/settings',
    config: { access: { scope: 'write-key' } },
    schema: {
      operationId: 'tracking.settings',
      tags: ['Tracking'],
      summary: 'Settings that analytics-next loads',
      params: Type.Object({ writeKey: Type.String() }),
    },
    handler: async (request, reply) => {
      const { writeKey } = request.params as { writeKey: string };
      if (!services.findByWriteKey(writeKey)) throw new AppError('not_found', 'No source has this write key.');
      reply.header('cache-control', 'public, max-age=60');
      return segmentSettings(writeKey, services.publicUrl);
    },
  });
}

async function accept(
  services: TrackingServices,
  kind: Kind,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const receivedAt = services.now().getTime();
  let source = sourceOf(services, writeKeyInHeaders(request));
  request.trackedSource = source;
  const raw = request.body;
  if (!Buffer.isBuffer(raw) || raw.length === 0)
    throw new AppError('bad_request', 'The body is empty: send a JSON object.');
  const body = await inflate(raw, request.headers['content-encoding']);
  const parsed = parse(body);
  source ??= sourceOf(services, writeKeyInBody(parsed));
  request.trackedSource = source;
  if (!source)
    throw new AppError(
      'unauthorized',
      'Give the write key as Basic user name, as Bearer token or as writeKey in the body.',
    );
  if (!source.enabled) throw new AppError('forbidden', 'This source is switched off.');
  const workspaceId = source.scope.workspaceId;
  const checked =
    kind === 'batch' ? checkBatch(body, parsed, workspaceId) : checkSingle(body, parsed, kind, workspaceId);
  const header: EntryHeader = {
    workspaceId,
    environment: source.scope.environment,
    sourceId: source.id,
    receivedAt,
    ip: request.ip,
    kind,
    ...(checked.refused.length > 0 && { refused: checked.refused }),
  };
  // Refusals are told by partition 0's reader.
  const partitions = checked.refused.length > 0 ? checked.partitions | 1 : checked.partitions;
  await services.log.append({ header, body }, partitions, checked.events);
  services.metrics.accepted.inc(checked.events - checked.refused.length);
  for (const [, code] of checked.refused) services.metrics.rejected.inc({ code });
  return answer(reply, checked);
}

function answer(reply: FastifyReply, checked: CheckedBody): FastifyReply {
  reply.header('content-type', 'application/json; charset=utf-8');
  if (checked.refused.length === 0) return reply.send(SUCCESS);
  const rejected = checked.refused.map(([index, code, message]) => ({ index, code, message }));
  // Stored all the same, so that the debugger shows each of them.
  if (checked.refused.length === checked.events) {
    const first = rejected[0];
    const message = `No event of the batch was accepted. The first: ${first?.message}`;
    return reply.code(400).send(JSON.stringify({ success: false, code: first?.code, message, rejected }));
  }
  return reply.send(JSON.stringify({ success: true, rejected }));
}

/** @throws AppError unauthorized for a key that no source has. */
function sourceOf(services: TrackingServices, writeKey: string | null): TrackedSource | null {
  if (writeKey === null || writeKey === '') return null;
  const source = services.findByWriteKey(writeKey);
  if (!source) throw new AppError('unauthorized', 'No source has this write key.');
  return source;
}

function writeKeyInBody(body: JsonObject): string | null {
  const value = body['writeKey'];
  return typeof value === 'string' ? value : null;
}

async function answerError(
  services: TrackingServices,
  error: Error,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const known = toAppError(error);
  const code = problemCode(known);
  if (known.status >= 500) request.log.error({ err: known.cause ?? error }, 'events were not accepted');
  if (known.status < 500) {
    services.metrics.rejected.inc({ code });
    await tellDebugger(services, known, code, request);
  }
  if (known.status === 401) reply.header('www-authenticate', 'Basic realm="headgate"');
  if (known.details.retryAfter !== undefined) reply.header('retry-after', String(known.details.retryAfter));
  const message = known.code === 'internal_error' ? 'Something failed on our side. Send it again.' : known.message;
  return reply
    .code(known.status)
    .header('content-type', 'application/json; charset=utf-8')
    .send(JSON.stringify({ success: false, code, message }));
}

/** A request that is refused whole is visible too, once its source is known. Best effort: the sender has its 4xx anyway. */
async function tellDebugger(
  services: TrackingServices,
  error: AppError,
  code: string,
  request: FastifyRequest,
): Promise<void> {
  const source = request.trackedSource ?? services.findByWriteKey(writeKeyInHeaders(request) ?? '');
  if (!source) return;
  const header: EntryHeader = {
    ...source.scope,
    sourceId: source.id,
    receivedAt: services.now().getTime(),
    ip: request.ip,
    kind: 'refused',
    refused: [[0, code, error.message]],
  };
  const body =
    Buffer.isBuffer(request.body) && !request.headers['content-encoding']
      ? request.body.subarray(0, SHOWN_BYTES)
      : Buffer.alloc(0);
  await services.log.append({ header, body }, 1, 1).catch(() => {});
}

async function preflight(_request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  return reply
    .code(204)
    .header('access-control-allow-methods', 'GET, POST, OPTIONS')
    .header('access-control-allow-headers', 'Authorization, Content-Type, Content-Encoding, X-API-Key')
    .header('access-control-max-age', '86400')
    .send();
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Tracking door: what the route's body is. */
    kind?: Kind;
  }
  interface FastifyRequest {
    /** Tracking door: the source, once known. */
    trackedSource: TrackedSource | null;
  }
}
