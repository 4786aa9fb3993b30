/** SegOps's error shapes (contract segops §3): `{"detail": text}`, and for bad fields `{"<field>": [text, …]}` with 400. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { toAppError } from '../api/conventions.ts';

/** Either shape: `detail` is a text, every other member a list of texts. */
export const SegopsError = Type.Object(
  { detail: Type.Optional(Type.String()) },
  { additionalProperties: Type.Array(Type.String()) },
);

export function handleSegopsError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const known = toAppError(error);
  if (known.status >= 500) request.log.error({ err: error }, 'request failed');
  const { fields, retryAfter } = known.details;
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
  if (known.code === 'validation_error' && fields && fields.length > 0) {
    // A null prototype: a field may be called __proto__.
    const body: Record<string, string[]> = Object.create(null);
    for (const { field, message } of fields) {
      const name = field === '' ? 'non_field_errors' : field;
      body[name] = [...(body[name] ?? []), message];
    }
    reply.code(400).send(body);
    return;
  }
  const detail = known.status >= 500 ? 'Something failed on our side. Try again.' : known.message;
  reply.code(known.code === 'validation_error' ? 400 : known.status).send({ detail });
}

/** Standard lists take `page` and `page_size`, or `limit` and `offset` (contract segops §5). */
export const SegopsPageQuery = Type.Object({
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
  page_size: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000_000 })),
});

export interface SegopsPage {
  readonly limit: number;
  readonly offset: number;
}

export function readPage(query: { page?: number; page_size?: number; limit?: number; offset?: number }): SegopsPage {
  const limit = query.page_size ?? query.limit ?? 50;
  return { limit, offset: query.offset ?? ((query.page ?? 1) - 1) * limit };
}

/** `next` and `previous` are paths with the same parameters moved on. */
export function pageEnvelope<T>(path: string, page: SegopsPage, count: number, results: T[]) {
  const at = (offset: number) => `${path}?limit=${page.limit}&offset=${offset}`;
  return {
    count,
    next: page.offset + results.length < count && results.length > 0 ? at(page.offset + page.limit) : null,
    previous: page.offset > 0 ? at(Math.max(0, page.offset - page.limit)) : null,
    results,
  };
}
