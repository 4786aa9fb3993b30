/**
 * What every call of Segment's Config API shares (contract segment-config-api §1–§4): errors are `{"error", "code"}` with
 * gRPC's numbers, success is always 200, lists take `page_size` and `page_token`, bodies are JSON whatever they are called.
 */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { KeysetRequest } from '../../../db/keyset.ts';
import { type AppError, invalidField } from '../../../errors.ts';
import { decodeCursor, encodeCursor, toAppError } from '../../api/conventions.ts';
import type { Http } from '../../route.ts';
import { snakeCase } from './mask.ts';

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
  501: [501, 12],
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
  return error.status >= 500 && error.code !== 'not_available'
    ? 'Something failed on our side. Try again.'
    : error.message;
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

/**
 * Oldest first by a key that stays with its row.
 * @param isKey whether a token's key can be one of this list's: what cannot is refused before a query has it.
 * @throws AppError validation_error for a made-up token.
 */
export function readConfigKeyset(
  query: { page_size?: number; page_token?: string },
  isKey: (key: string) => boolean = () => true,
): {
  request: KeysetRequest;
  next(page: { hasAfter: boolean }, keys: readonly string[]): string;
} {
  const after = query.page_token ? decodeCursor(query.page_token, 1)[0] : undefined;
  if (after !== undefined && (typeof after !== 'string' || !isKey(after))) {
    throw invalidField('page_token', 'take it unchanged from the previous page');
  }
  return {
    request: { count: Math.min(query.page_size ?? MAX_PAGE, MAX_PAGE), ...(after !== undefined && { after }) },
    next(page, keys) {
      const last = keys.at(-1);
      return page.hasAfter && last !== undefined ? encodeCursor([last]) : '';
    },
  };
}

/** As above, of what is in memory. @param keyOf unique, and what the list is sorted by. */
export function configPageOf<T>(
  all: readonly T[],
  keyOf: (item: T) => string,
  query: { page_size?: number; page_token?: string },
): { items: T[]; nextPageToken: string } {
  const { request, next } = readConfigKeyset(query);
  const { count, after } = request;
  const rest = all.filter((item) => after === undefined || keyOf(item) > after);
  const items = rest.slice(0, count);
  return { items, nextPageToken: next({ hasAfter: rest.length > count }, items.map(keyOf)) };
}

/** The vendor's samples send a form's content type, or none (contract §1). */
export function readEveryBodyAsJson(door: Http): void {
  const parseJson = door.getDefaultJsonParser('error', 'error');
  door.removeAllContentTypeParsers();
  door.addContentTypeParser('*', { parseAs: 'string' }, (request, text: string, done) => {
    if (text === '') done(null, undefined);
    else void parseJson(request, text, done);
  });
  door.addHook('preValidation', async (request) => {
    request.body = inSnakeCase(request.body);
  });
}

/** Resources that stand under a key of their own in a body (contract §1). */
const WRAPPERS = new Set(
  'source schema_config destination tracking_plan filter function access_token app policy invite'.split(' '),
);

/** The vendor's server took lowerCamelCase for its own field names too. What stands inside them is people's. */
function inSnakeCase(body: unknown): unknown {
  if (!isObject(body)) return body;
  return withSnakeNames(body, (name, value) => (WRAPPERS.has(name) && isObject(value) ? withSnakeNames(value) : value));
}

function withSnakeNames(
  object: Readonly<Record<string, unknown>>,
  each: (name: string, value: unknown) => unknown = (_, value) => value,
): Record<string, unknown> {
  const entries = Object.entries(object).map(([name, value]): [string, unknown] => {
    const snake = snakeCase(name);
    const own = snake !== name && Object.hasOwn(object, snake) ? name : snake;
    return [own, each(own, value)];
  });
  return Object.fromEntries(entries);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One sample of the vendor's sends a boolean as text. */
export const LooseBoolean = Type.Union([Type.Boolean(), Type.Literal('true'), Type.Literal('false')]);

export function truth(value: boolean | 'true' | 'false' | undefined): boolean {
  return value === true || value === 'true';
}

/** Every answer is 200 with JSON; Go's client compares the body of a delete with exactly this. */
export const Nothing = Type.Object({});
