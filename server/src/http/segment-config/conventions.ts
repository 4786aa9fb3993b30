/**
 * What every call of Segment's Config API shares (contract segment-config-api §1–§4): errors are `{"error", "code"}` with
 * gRPC's numbers, success is always 200, lists take `page_size` and `page_token`, bodies are JSON whatever they are called.
 */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { AppError } from '../../errors.ts';
import { decodeCursor, encodeCursor, toAppError } from '../api/conventions.ts';
import type { Http } from '../route.ts';

export const ConfigError = Type.Object({ error: Type.String(), code: Type.Integer() });

/** HTTP status → HTTP status and gRPC number of this door (contract §3). */
const CODES: Readonly<Record<number, readonly [status: number, code: number]>> = {
  400: [400, 3],
  401: [401, 16],
  403: [403, 7],
  404: [404, 5],
  405: [404, 5],
  408: [400, 3],
  409: [409, 6],
  413: [400, 3],
  415: [400, 3],
  422: [400, 3],
  429: [429, 8],
  503: [503, 14],
};

export function handleConfigError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const known = toAppError(error);
  if (known.status >= 500) request.log.error({ err: error }, 'request failed');
  if (known.details.retryAfter !== undefined) reply.header('retry-after', String(known.details.retryAfter));
  const [status, code] = CODES[known.status] ?? [500, 13];
  reply
    .code(status)
    .type('application/json')
    .send({ error: messageOf(known), code });
}

function messageOf(error: AppError): string {
  // The only text of a 403 that the vendor documents; the challenge header names the scope.
  if (error.code === 'insufficient_scope') return 'insufficient scope';
  return error.status >= 500 ? 'Something failed on our side. Try again.' : error.message;
}

/** An empty `page_token` is as good as none: some clients send it on page one (contract §4). */
export const ConfigPageQuery = Type.Object({
  page_size: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
  page_token: Type.Optional(Type.String({ maxLength: 200 })),
});

const MAX_PAGE = 100;

/** Newest first by a row number. @throws AppError validation_error for a made-up token. */
export function readConfigPage(query: { page_size?: number; page_token?: string }): {
  limit: number;
  before: number | null;
  next(numbers: readonly number[]): string;
} {
  const limit = Math.min(query.page_size ?? MAX_PAGE, MAX_PAGE);
  const before = query.page_token ? Number(decodeCursor(query.page_token, 1)[0]) : null;
  return {
    limit,
    before: before === null || Number.isSafeInteger(before) ? before : 0,
    next(numbers) {
      const last = numbers.at(-1);
      return last !== undefined && numbers.length === limit ? encodeCursor([last]) : '';
    },
  };
}

/** The vendor's samples send a form's content type, or none (contract §1). */
export function readEveryBodyAsJson(door: Http): void {
  const parseJson = door.getDefaultJsonParser('error', 'error');
  door.removeAllContentTypeParsers();
  door.addContentTypeParser('*', { parseAs: 'string' }, (request, text: string, done) => {
    if (text === '') done(null, undefined);
    else void parseJson(request, text, done);
  });
}
