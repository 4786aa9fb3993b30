/** /usage: every request of every caller of the workspace, let in or refused, newest first. */
import { type Static, Type } from 'typebox';
import type { Access } from '../../../../access/service.ts';
import type { UsageCursor, UsageEntry } from '../../../../access/usage/read.ts';
import type { UsageCaller } from '../../../../access/usage/usage.ts';
import { invalidField } from '../../../../errors.ts';
import { type Http, principalOf } from '../../../route.ts';
import { decodeCursor, ErrorBody, encodeCursor, PageQuery, time } from '../../conventions.ts';

const NullableText = Type.Union([Type.String(), Type.Null()]);

const Entry = Type.Object({
  id: Type.String({ description: 'The request, as its `x-request-id` names it.' }),
  time: Type.String({ description: 'When it was answered.' }),
  caller: Type.Object({
    kind: Type.Union([Type.Literal('key'), Type.Literal('user'), Type.Literal('oauth')]),
    id: Type.String(),
    label: NullableText,
    public_id: NullableText,
  }),
  environment: Type.Union([Type.Literal('live'), Type.Literal('test')]),
  method: Type.String(),
  route: Type.String({ description: 'The pattern: paths and queries are not kept.' }),
  operation: NullableText,
  scope: Type.String({ description: 'What the route asks for.' }),
  object_id: Type.Union([Type.String(), Type.Null()], { description: 'The id in the path.' }),
  status: Type.Integer({ description: '499: the caller was gone before the answer.' }),
  denied: Type.Boolean(),
  code: NullableText,
  shadow_refusal: Type.Union([Type.String(), Type.Null()], {
    description: 'The scope that the set on trial (`shadow_scopes`) lacks for this call.',
  }),
  rows: Type.Integer({ description: 'Objects in the answer.' }),
  bytes: Type.Integer(),
  ms: Type.Number(),
  ip: Type.String(),
  user_agent: Type.String(),
  idempotency_digest: Type.Union([Type.String(), Type.Null()], {
    description: 'The first 16 characters of the base64url SHA-256 of the `Idempotency-Key`.',
  }),
});

const instant = (description: string) =>
  Type.Optional(Type.String({ format: 'date-time', maxLength: 40, description }));

export const TimesQuery = {
  from: instant('Default: a week before `to`.'),
  to: instant('Up to, and not with. Default: now.'),
};

const WEEK_MS = 7 * 86_400_000;

export function timesOf(query: { from?: string | undefined; to?: string | undefined }): { from: Date; to: Date } {
  // What was answered in this millisecond belongs to it.
  const to = query.to === undefined ? new Date(Date.now() + 1) : new Date(query.to);
  const from = query.from === undefined ? new Date(to.getTime() - WEEK_MS) : new Date(query.from);
  return { from, to };
}

const FilterQuery = {
  key_id: Type.Optional(Type.String({ maxLength: 100 })),
  user_id: Type.Optional(Type.String({ format: 'uuid', maxLength: 36 })),
  client_id: Type.Optional(Type.String({ minLength: 1, maxLength: 200, pattern: '^[\\x21-\\x7e]+$' })),
  route: Type.Optional(
    Type.String({ maxLength: 300, pattern: '^[A-Z]+ /[^\\u0000]*$', description: '`GET /api/v1/people/:id`' }),
  ),
  status: Type.Optional(Type.String({ pattern: '^[1-5]xx$', maxLength: 3, description: '`4xx`' })),
  ip: Type.Optional(Type.String({ maxLength: 45, pattern: '^[0-9a-fA-F.:]+$' })),
  ...TimesQuery,
};

function serialize(entry: UsageEntry, callers: ReadonlyMap<string, UsageCaller>): Static<typeof Entry> {
  const caller = callers.get(entry.principal);
  return {
    id: entry.id,
    time: time(entry.at),
    caller: {
      kind: caller?.kind ?? 'user',
      id: caller?.id ?? '',
      label: caller?.label ?? null,
      public_id: caller?.publicId ?? null,
    },
    environment: entry.environment,
    method: entry.route.method,
    route: entry.route.path,
    operation: entry.route.operation,
    scope: entry.route.scope,
    object_id: entry.entity,
    status: entry.status,
    denied: entry.denied,
    code: entry.code,
    shadow_refusal: entry.shadowRefusal,
    rows: entry.rows,
    bytes: entry.bytes,
    ms: entry.ms,
    ip: entry.ip,
    user_agent: entry.userAgent,
    idempotency_digest: entry.idempotencyDigest,
  };
}

export function usageRoutes(app: Http, { access }: { access: Access }): void {
  app.route({
    method: 'GET',
    url: '/usage',
    config: { access: { scope: 'usage:read' } },
    schema: {
      operationId: 'usage.list',
      tags: ['Usage'],
      summary: 'List the requests of callers, newest first',
      description:
        'Every request with a credential of this workspace, also refused ones: revoked and expired keys, missing scopes, ' +
        'wrong addresses, limits. It is there a second after its answer. A filter that fits almost nothing may give a page ' +
        'with few or no items and a `cursor`: go on with it. A key sees its own environment.',
      querystring: Type.Object({ ...PageQuery.properties, ...FilterQuery }, { additionalProperties: false }),
      response: {
        200: Type.Object({ items: Type.Array(Entry), cursor: NullableText }),
        '4xx': ErrorBody,
      },
    },
    async handler(request) {
      const { limit = 50, cursor, key_id, user_id, client_id, route, status, ip, ...times } = request.query;
      const query = {
        key: key_id ?? null,
        user: user_id?.toLowerCase() ?? null,
        client: client_id ?? null,
        route: route ?? null,
        statusClass: status === undefined ? null : Number(status[0]),
        ip: ip ?? null,
        ...timesOf(times),
      };
      const found = await access.usage.list(principalOf(request), query, { limit, before: readCursor(cursor) });
      return {
        items: found.entries.map((entry) => serialize(entry, found.callers)),
        cursor: found.next && encodeCursor([found.next.at, found.next.id]),
      };
    },
  });
}

function readCursor(cursor: string | undefined): UsageCursor | null {
  if (cursor === undefined) return null;
  const [at, id] = decodeCursor(cursor, 2);
  if (typeof at !== 'number' || typeof id !== 'string' || Math.abs(at) > 8.64e15) {
    throw invalidField('cursor', 'take it unchanged from the previous page');
  }
  return { at, id };
}
