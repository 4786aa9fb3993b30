/**
 * Headgate's own API, as SubscribeFlow's conventions have it (contract §3, §5): error envelope, cursor lists, times.
 * Every route under /api/v1 uses these and nothing else.
 */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { type Static, type TSchema, Type } from 'typebox';
import { AppError, type ErrorCode, type FieldError, invalidField, notFound } from '../../errors.ts';
import { isUuid } from '../../ids.ts';

export const ErrorBody = Type.Object({
  error: Type.Object({
    code: Type.String(),
    message: Type.String(),
    details: Type.Optional(Type.Array(Type.Object({ field: Type.String(), message: Type.String() }))),
    required: Type.Optional(Type.Array(Type.String())),
    approval_id: Type.Optional(Type.String()),
  }),
  detail: Type.String(),
});

/** Query of every cursor list: default 50, at most 100 (contract §5.1). */
export const PageQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
});

export type PageRequest = Static<typeof PageQuery>;

export function PageOf<T extends TSchema>(item: T) {
  return Type.Object({
    items: Type.Array(item),
    cursor: Type.Union([Type.String(), Type.Null()]),
    total: Type.Integer(),
  });
}

/** Params of every route of one object. What is no id of ours is not found, so only the length is checked here. */
export const IdParams = Type.Object({ id: Type.String({ maxLength: 100 }) });

/** A name that people give to things: one to 200 characters. PostgreSQL's text cannot hold NUL. */
export function label() {
  return Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000]*$' });
}

/** Newest-first paging by an id that grows with time: what the queries need, and the cursor of the next page. */
export function pageOfIds(query: PageRequest): {
  request: { limit: number; before: string | null };
  next(rows: readonly { id: string }[]): string | null;
} {
  const limit = query.limit ?? 50;
  const before = query.cursor === undefined ? null : String(decodeCursor(query.cursor, 1)[0]);
  if (before !== null && !isUuid(before)) throw invalidField('cursor', 'take it unchanged from the previous page');
  return {
    request: { limit, before },
    next(rows) {
      const last = rows.at(-1);
      return last && rows.length === limit ? encodeCursor([last.id]) : null;
    },
  };
}

/** A row number given as an id. @throws AppError not_found when the text cannot be one. */
export function numericId(text: string, what: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw notFound(what);
  return Number(text);
}

/** The row number in a cursor of a list by row number; null: the first page. */
export function rowBefore(cursor: string | undefined): number | null {
  if (cursor === undefined) return null;
  const id = decodeCursor(cursor, 1)[0];
  if (typeof id !== 'number') throw invalidField('cursor', 'take it unchanged from the previous page');
  return id;
}

/** A cursor is the base64url JSON of the last row's sort key; callers treat it as opaque. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** @throws AppError validation_error when the text is not a cursor with `length` parts. */
export function decodeCursor(cursor: string, length: number): (string | number)[] {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (
      Array.isArray(key) &&
      key.length === length &&
      key.every((k) => typeof k === 'string' || Number.isSafeInteger(k))
    ) {
      return key;
    }
  } catch {
    // Not base64url JSON: the same answer as any other wrong cursor.
  }
  throw new AppError('validation_error', 'cursor: take it unchanged from the previous page.', {
    fields: [{ field: 'cursor', message: 'take it unchanged from the previous page' }],
  });
}

/** ISO 8601 with an explicit offset, as SubscribeFlow's server writes it (contract §1). */
export function time(date: Date): string {
  return date.toISOString().replace('Z', '+00:00');
}

export function timeOrNull(date: Date | null): string | null {
  return date ? time(date) : null;
}

/** The door's error handler. A 5xx never shows its message; a 4xx says what to change. */
export function handleApiError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const known = toAppError(error);
  if (known.status >= 500) request.log.error({ err: error }, 'request failed');
  const { fields, required, retryAfter, approvalId } = known.details;
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
  const message = known.status >= 500 ? 'Something failed on our side. Try again.' : known.message;
  reply.code(known.status).send({
    error: {
      code: known.code,
      message,
      ...(fields && { details: fields }),
      ...(required && { required }),
      ...(approvalId && { approval_id: approvalId }),
    },
    detail: message,
  });
}

const MAX_FIELDS = 20;

const FASTIFY_CODES: Readonly<Record<number, ErrorCode>> = {
  400: 'bad_request',
  404: 'not_found',
  405: 'method_not_allowed',
  408: 'request_timeout',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
};

/** What Fastify and the parsers throw, in our own terms. */
export function toAppError(error: FastifyError | Error): AppError {
  if (error instanceof AppError) return error;
  if ('validation' in error && error.validation) {
    const part = error.validationContext === 'body' ? '' : `${error.validationContext}.`;
    // Of a thousand wrong items nobody reads more, and the answer stays smaller than the question.
    const fields: FieldError[] = error.validation.slice(0, MAX_FIELDS).map((issue) => {
      const missing = issue.params['missingProperty'] ?? issue.params['additionalProperty'];
      const path = issue.instancePath.slice(1).replaceAll('/', '.');
      const name = [path, typeof missing === 'string' ? missing : ''].filter((s) => s !== '').join('.');
      return { field: part + name, message: issue.message ?? 'is not valid' };
    });
    const first = fields[0];
    return new AppError('validation_error', `The request is not valid: ${first?.field} ${first?.message}.`, { fields });
  }
  if (error instanceof SyntaxError)
    return new AppError('malformed_json', `The body is not valid JSON: ${error.message}`);
  const status = 'statusCode' in error ? (error.statusCode ?? 500) : 500;
  const code = FASTIFY_CODES[status];
  return code ? new AppError(code, error.message) : new AppError('internal_error', error.message, {}, { cause: error });
}
