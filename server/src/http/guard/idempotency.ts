/**
 * Idempotency-Key at every door (draft-ietf-httpapi-idempotency-key-header-07, and Segmentflow's rules): a POST of a
 * caller that carries one is carried out once, and a repetition gets the first answer byte for byte. What is refused
 * before the handler, or fails in it, is not kept: its repetition is carried out.
 */
import { createHash, type Hash } from 'node:crypto';
import { Transform } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import {
  type Answer,
  type FirstRequest,
  type Idempotency,
  MOST_KEPT_BYTES,
  readIdempotencyKey,
} from '../../access/idempotency/records.ts';
import type { Http, RouteAccess } from '../route.ts';

interface Repeatable {
  readonly key: string;
  /** Of what was read of the body so far. */
  readonly body: Hash;
  /** The transaction of the work, from before the handler until its answer is known. */
  first: FirstRequest | null;
  handling: boolean;
  /** The connection is closed: nobody may be there to end the transaction any more. */
  closed: boolean;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set while a request with an Idempotency-Key is handled. */
    repeatable: Repeatable | null;
  }
  interface FastifyContextConfig {
    /** Made of `access` when the route is registered. */
    idempotent?: boolean;
  }
}

const HEADER = 'idempotency-key';

/** Call before any door is registered. */
export function useIdempotency(http: Http, idempotency: Idempotency): void {
  http.decorateRequest('repeatable', null);
  http.addHook('onRoute', (route) => {
    const access = route.config?.access;
    if (!route.config || !access || !takesKey(String(route.method), access)) return;
    // Its own copy: several routes may be declared with one object, GETs among them.
    route.config = { ...route.config, idempotent: true };
    route.schema = { ...route.schema, headers: route.schema?.headers ?? DocumentedHeader };
    const { handler } = route;
    route.handler = function (request, reply) {
      const { repeatable } = request;
      if (!repeatable?.first) return handler.call(this, request, reply);
      return handled(repeatable, async () => (await handler.call(this, request, reply)) as unknown);
    };
  });
  http.addHook('preParsing', (request, _reply, payload, done) => {
    const header = request.routeOptions.config.idempotent ? request.headers[HEADER] : undefined;
    if (header === undefined || !request.context) {
      done(null, payload);
      return;
    }
    try {
      const key = readIdempotencyKey(String(header));
      const body = createHash('sha256').update(`${contentTypeOf(request)}\n`);
      request.repeatable = { key, body, first: null, handling: false, closed: false };
      done(null, payload.pipe(hashing(body)));
    } catch (error) {
      done(error as Error);
    }
  });
  http.addHook('preHandler', (request, reply, done) => {
    const { repeatable, context, principal } = request;
    if (!repeatable || !context || !principal) {
      done();
      return;
    }
    const { method, url } = request;
    const fingerprint = repeatable.body.digest();
    idempotency.begin(context, { caller: principal, method, url, key: repeatable.key, fingerprint }).then(
      (outcome) => {
        if ('replay' in outcome) {
          request.repeatable = null;
          replay(reply, outcome.replay);
          return;
        }
        repeatable.first = outcome.first;
        reply.raw.once('close', () => {
          repeatable.closed = true;
          if (!repeatable.handling) void outcome.first.abandon();
        });
        done();
      },
      (error: Error) => {
        request.repeatable = null;
        done(error);
      },
    );
  });
  http.addHook('onSend', (request, reply, payload, done) => {
    const first = request.repeatable?.first;
    if (!first) {
      done(null, payload);
      return;
    }
    // An error while this is stored is answered too, and must not come here again.
    request.repeatable = null;
    settle(first, reply, payload).then(
      () => done(null, payload),
      (error: Error) => done(error),
    );
  });
}

function takesKey(method: string, { scope, idempotent }: RouteAccess): boolean {
  return method === 'POST' && scope !== 'public' && scope !== 'write-key' && idempotent !== false;
}

const DocumentedHeader = Type.Object({
  [HEADER]: Type.Optional(
    Type.String({
      maxLength: 512,
      description:
        'Repeating the request with the same key and body within 24 hours answers as the first did ' +
        '(`Idempotent-Replayed: true`) and does nothing again. 1 to 255 visible ASCII characters.',
    }),
  ),
});

/** Commits the work with its answer before a byte of it leaves, or undoes it. */
async function settle(first: FirstRequest, reply: FastifyReply, payload: unknown): Promise<void> {
  const status = reply.statusCode;
  if (status >= 400) return await first.abandon();
  const body = payload ?? '';
  const kept = (typeof body === 'string' || Buffer.isBuffer(body)) && Buffer.byteLength(body) <= MOST_KEPT_BYTES;
  if (!kept) return await first.finish({ status, tooLong: true });
  await first.finish({ status, contentType: header(reply, 'content-type'), location: header(reply, 'location'), body });
}

function replay(reply: FastifyReply, { status, contentType, location, body }: Answer): void {
  reply.code(status).header('idempotent-replayed', 'true');
  if (contentType !== null) reply.header('content-type', contentType);
  if (location !== null) reply.header('location', location);
  reply.serializer((bytes: unknown) => bytes as string);
  void reply.send(body === '' && contentType === null ? undefined : body);
}

/**
 * Knows when the handler has ended: until then its queries need the transaction, though the client may be gone. It is
 * carried out to its end all the same, and kept; a repetition finds the answer.
 */
async function handled<T>(repeatable: Repeatable, handler: () => Promise<T>): Promise<T> {
  const { first } = repeatable;
  repeatable.handling = true;
  try {
    return await handler();
  } finally {
    repeatable.handling = false;
    // Its answer may have nowhere to go, and then nothing settles the transaction.
    if (repeatable.closed) setImmediate(() => void first?.abandon());
  }
}

/** Passes bytes on and hashes them. */
function hashing(hash: Hash): Transform & { receivedEncodedLength: number } {
  const through = Object.assign(
    new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        through.receivedEncodedLength += chunk.length;
        done(null, chunk);
      },
    }),
    { receivedEncodedLength: 0 },
  );
  return through;
}

function contentTypeOf(request: FastifyRequest): string {
  return (request.headers['content-type'] ?? '').trim().toLowerCase();
}

function header(reply: FastifyReply, name: string): string | null {
  const value = reply.getHeader(name);
  return typeof value === 'string' ? value : null;
}
