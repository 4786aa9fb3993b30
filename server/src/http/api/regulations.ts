/** Requests to suppress or delete people, and who is suppressed. */
import { type Static, Type } from 'typebox';
import { scopeOf } from '../../access/principal.ts';
import type { Connections } from '../../connections/service.ts';
import { invalidField } from '../../errors.ts';
import { isUuid } from '../../ids.ts';
import { MAX_SUBJECTS, type Regulation, type Regulations } from '../../people/suppression/regulations.ts';
import { REGULATION_TYPES, STATUSES, SUBJECT_TYPES } from '../../people/suppression/types.ts';
import { type Http, principalOf } from '../route.ts';
import { decodeCursor, ErrorBody, encodeCursor, IdParams, PageOf, PageQuery, time, timeOrNull } from './conventions.ts';

const TypeName = Type.Union(REGULATION_TYPES.map((type) => Type.Literal(type.toLowerCase())));
const Nullable = Type.Union([Type.String(), Type.Null()]);

const RegulationItem = Type.Object({
  id: Type.String(),
  type: Type.String(),
  subject_type: Type.String(),
  subject_ids: Type.Array(Type.String()),
  source_id: Nullable,
  status: Type.String({ description: STATUSES.join(', ').toLowerCase() }),
  error: Nullable,
  created_at: Type.String(),
  finished_at: Nullable,
});

const Suppressed = Type.Object({ user_id: Type.String(), created_at: Type.String() });
const tags = ['People'];
/** Behind every id. */
const END = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
/** 5,000 ids of 512 characters, escaped. */
const BODY_LIMIT = 16 * 1024 * 1024;

export function regulationsRoutes(
  app: Http,
  { regulations, connections }: { regulations: Regulations; connections: Connections },
): void {
  app.route({
    method: 'POST',
    url: '/regulations',
    bodyLimit: BODY_LIMIT,
    config: { access: { scope: 'profiles:write' } },
    schema: {
      operationId: 'regulations.create',
      tags,
      summary: 'Suppress or delete people',
      description:
        'Runs in the background; a suppression holds within a second. At most 110,000 people a calendar month, apart for types that also ask destinations.',
      body: Type.Object(
        {
          type: TypeName,
          subject_type: Type.Optional(Type.Union(SUBJECT_TYPES.map((type) => Type.Literal(type.toLowerCase())))),
          subject_ids: Type.Array(Type.String({ minLength: 1, maxLength: 512, pattern: '^[^\\u0000]*$' }), {
            minItems: 1,
            maxItems: MAX_SUBJECTS,
          }),
          source_id: Type.Optional(Type.Union([Type.String({ maxLength: 100 }), Type.Null()])),
        },
        { additionalProperties: false },
      ),
      response: { 201: RegulationItem, '4xx': ErrorBody },
    },
    handler: async (request, reply) => {
      const scope = scopeOf(principalOf(request));
      const { type, subject_type = 'user_id', subject_ids: subjectIds, source_id = null } = request.body;
      const source = source_id === null ? null : await connections.sources.find(scope, source_id);
      if (source === undefined) {
        throw invalidField('source_id', 'no source with this id in this workspace and environment');
      }
      const { regulation } = await regulations.create(scope, {
        type: named(REGULATION_TYPES, type),
        subjectType: named(SUBJECT_TYPES, subject_type),
        ...{ subjectIds, sourceId: source?.id ?? null },
      });
      reply.code(201);
      return serialize(await regulations.get(scope, regulation.id));
    },
  });

  app.route({
    method: 'GET',
    url: '/regulations',
    config: { access: { scope: 'profiles:read' } },
    schema: {
      operationId: 'regulations.list',
      tags,
      summary:
        'List the requests of the last 90 days about people of the whole workspace, or of one source; newest first',
      querystring: Type.Object({ ...PageQuery.properties, source_id: Type.Optional(Type.String({ format: 'uuid' })) }),
      response: { 200: PageOf(RegulationItem), '4xx': ErrorBody },
    },
    handler: async (request) => {
      const { limit = 50, cursor, source_id: sourceId = null } = request.query;
      const before = cursor === undefined ? END : String(decodeCursor(cursor, 1)[0]);
      if (!isUuid(before)) throw invalidField('cursor', 'take it unchanged from the previous page');
      const scope = scopeOf(principalOf(request));
      const page = await regulations.list(scope, { sourceId }, { count: limit, before });
      const items = page.rows.toReversed();
      const last = items.at(-1);
      return {
        items: items.map(serialize),
        cursor: last && page.hasBefore ? encodeCursor([last.id]) : null,
        total: await regulations.count(scope, sourceId),
      };
    },
  });

  app.route({
    method: 'GET',
    url: '/regulations/:id',
    config: { access: { scope: 'profiles:read' } },
    schema: {
      operationId: 'regulations.get',
      tags,
      summary: 'Where a request stands',
      params: IdParams,
      response: { 200: RegulationItem, '4xx': ErrorBody },
    },
    handler: async (request) => serialize(await regulations.get(scopeOf(principalOf(request)), request.params.id)),
  });

  app.route({
    method: 'DELETE',
    url: '/regulations/:id',
    config: { access: { scope: 'profiles:write' } },
    schema: {
      operationId: 'regulations.delete',
      tags,
      summary: 'Withdraw a request that has not begun',
      params: IdParams,
      response: { 204: Type.Null(), '4xx': ErrorBody },
    },
    handler: async (request, reply) => {
      await regulations.withdraw(scopeOf(principalOf(request)), request.params.id);
      reply.code(204);
      return null;
    },
  });

  app.route({
    method: 'GET',
    url: '/suppressions',
    config: { access: { scope: 'profiles:read' } },
    schema: {
      operationId: 'suppressions.list',
      tags,
      summary: 'User ids whose events are not taken, in the order they became so',
      querystring: PageQuery,
      response: { 200: PageOf(Suppressed), '4xx': ErrorBody },
    },
    handler: async (request) => {
      const { limit = 50, cursor } = request.query;
      const after = cursor === undefined ? undefined : String(decodeCursor(cursor, 1)[0]);
      const scope = scopeOf(principalOf(request));
      const page = await regulations.suppressed(scope, { count: limit, ...(after !== undefined && { after }) });
      const last = page.rows.at(-1);
      return {
        items: page.rows.map((row) => ({ user_id: row.user_id, created_at: time(row.created_at) })),
        cursor: last && page.hasAfter ? encodeCursor([String(last.id)]) : null,
        total: await regulations.countSuppressed(scope),
      };
    },
  });
}

function serialize(row: Regulation): Static<typeof RegulationItem> {
  return {
    id: row.id,
    type: row.type.toLowerCase(),
    subject_type: row.subject_type.toLowerCase(),
    subject_ids: [...row.values],
    source_id: row.source_id,
    status: row.status.toLowerCase(),
    error: row.error,
    created_at: time(row.created_at),
    finished_at: timeOrNull(row.finished_at),
  };
}

/** The schema let only these in. */
function named<T extends string>(all: readonly T[], text: string): T {
  const found = all.find((one) => one.toLowerCase() === text);
  if (!found) throw invalidField('type', `must be one of ${all.join(', ').toLowerCase()}`);
  return found;
}
