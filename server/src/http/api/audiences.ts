/** /audiences: who belongs together, by a definition in the query language; previews, and a check of a text while it is written. */
import { type Static, Type } from 'typebox';
import { scopeOf } from '../../access/principal.ts';
import { checkQuery } from '../../audiences/check.ts';
import type { AudienceRow } from '../../audiences/queries.ts';
import type { RunRow } from '../../audiences/runs/queries.ts';
import type { AudienceService } from '../../audiences/service.ts';
import { type Http, principalOf } from '../route.ts';
import { ErrorBody, IdParams, label, PageOf, PageQuery, pageOfIds, time, timeOrNull } from './conventions.ts';

const AudienceType = Type.Union([Type.Literal('users'), Type.Literal('accounts'), Type.Literal('linked')]);
const Query = Type.String({ maxLength: 20_000, description: 'In the query language: docs/audiences.md.' });
const Options = Type.Object(
  {
    include_historical_data: Type.Optional(
      Type.Boolean({ description: 'false: only events from now on count. Default: all.' }),
    ),
    identifier_types: Type.Optional(
      Type.Array(Type.String({ maxLength: 64 }), {
        minItems: 1,
        maxItems: 20,
        description:
          'Kinds of identifiers of which a person must have one. Default: user_id, email and two mobile ones.',
      }),
    ),
    backfill_event_data_days: Type.Optional(Type.Integer({ minimum: 1, maximum: 3_650 })),
  },
  { additionalProperties: false },
);

const Audience = Type.Object({
  id: Type.String(),
  key: Type.String({ description: "What other definitions call it by: trait('key') = true." }),
  name: Type.String(),
  description: Type.Union([Type.String(), Type.Null()]),
  type: AudienceType,
  query: Type.String(),
  enabled: Type.Boolean(),
  options: Options,
  state: Type.Union([
    Type.Literal('disabled'),
    Type.Literal('computing'),
    Type.Literal('failed'),
    Type.Literal('counted'),
    Type.Literal('not_counted'),
  ]),
  size: Type.Union([Type.Integer(), Type.Null()], { description: 'As it was counted last.' }),
  sized_at: Type.Union([Type.String(), Type.Null()]),
  created_at: Type.String(),
  updated_at: Type.String(),
});

const Preview = Type.Object({
  id: Type.String(),
  type: AudienceType,
  query: Type.String(),
  state: Type.Union([Type.Literal('running'), Type.Literal('completed'), Type.Literal('failed')]),
  size: Type.Union([Type.Integer(), Type.Null()]),
  members: Type.Array(Type.String(), { description: 'Up to a hundred of them: ids of people, or of accounts.' }),
  failure: Type.Union([Type.String(), Type.Null()]),
  created_at: Type.String(),
});

const Check = Type.Object({
  valid: Type.Boolean(),
  problem: Type.Union([
    Type.Object({
      message: Type.String(),
      line: Type.Integer({ description: 'From 1.' }),
      column: Type.Integer({ description: 'From 1, in characters.' }),
      offset: Type.Integer({ description: 'From 0, in UTF-16 units.' }),
      expected: Type.Array(Type.String()),
    }),
    Type.Null(),
  ]),
  printed: Type.Union([Type.String(), Type.Null()], { description: 'The query written in one way.' }),
  traits: Type.Array(Type.String()),
  events: Type.Array(Type.String()),
});

const strict = { additionalProperties: false };
const Description = Type.String({ maxLength: 2_000, pattern: '^[^\\u0000]*$' });
const AudienceNew = Type.Object(
  {
    name: label(),
    description: Type.Optional(Description),
    type: Type.Optional(AudienceType),
    query: Query,
    enabled: Type.Optional(Type.Boolean()),
    options: Type.Optional(Options),
  },
  strict,
);
const AudienceChange = Type.Object(
  {
    name: Type.Optional(label()),
    description: Type.Optional(Description),
    query: Type.Optional(Query),
    enabled: Type.Optional(Type.Boolean()),
    options: Type.Optional(Options),
  },
  { ...strict, minProperties: 1 },
);

const tags = ['Audiences'];
const reads = { access: { scope: 'segments:read' } } as const;
const writes = { access: { scope: 'segments:write' } } as const;

export function audienceRoutes(app: Http, { audiences: service }: { audiences: AudienceService }): void {
  const { audiences, previews } = service;

  app.route({
    method: 'GET',
    url: '/audiences',
    config: reads,
    schema: {
      operationId: 'audiences.list',
      tags,
      summary: 'List audiences, newest first',
      querystring: PageQuery,
      response: { 200: PageOf(Audience), '4xx': ErrorBody },
    },
    async handler(request) {
      const page = pageOfIds(request.query);
      const { rows, total } = await audiences.list(scopeOf(principalOf(request)), page.request);
      return { items: rows.map(serialize), cursor: page.next(rows), total };
    },
  });

  app.route({
    method: 'POST',
    url: '/audiences',
    config: writes,
    schema: {
      operationId: 'audiences.create',
      tags,
      summary: 'Create an audience; its size is counted in the background',
      body: AudienceNew,
      response: { 201: Audience, '4xx': ErrorBody },
    },
    async handler(request, reply) {
      const { type = 'users', options, ...rest } = request.body;
      const fields = { ...rest, type: upper(type), options: options && optionsOf(options) };
      return reply.code(201).send(serialize(await audiences.create(scopeOf(principalOf(request)), fields, FIELDS)));
    },
  });

  app.route({
    method: 'GET',
    url: '/audiences/:id',
    config: reads,
    schema: {
      operationId: 'audiences.get',
      tags,
      summary: 'Get an audience',
      params: IdParams,
      response: { 200: Audience, '4xx': ErrorBody },
    },
    async handler(request) {
      return serialize(await audiences.get(scopeOf(principalOf(request)), request.params.id));
    },
  });

  app.route({
    method: 'PATCH',
    url: '/audiences/:id',
    config: writes,
    schema: {
      operationId: 'audiences.update',
      tags,
      summary: 'Rename, enable, disable or redefine an audience',
      description: 'While it is counted its definition cannot change: 409.',
      params: IdParams,
      body: AudienceChange,
      response: { 200: Audience, '4xx': ErrorBody },
    },
    async handler(request) {
      const { options, ...rest } = request.body;
      const change = { ...rest, options: options && optionsOf(options) };
      return serialize(await audiences.update(scopeOf(principalOf(request)), request.params.id, change, FIELDS));
    },
  });

  app.route({
    method: 'DELETE',
    url: '/audiences/:id',
    config: writes,
    schema: {
      operationId: 'audiences.delete',
      tags,
      summary: 'Delete an audience',
      params: IdParams,
      response: { 204: Type.Null(), '4xx': ErrorBody },
    },
    async handler(request, reply) {
      await audiences.remove(scopeOf(principalOf(request)), request.params.id);
      return reply.code(204).send(null);
    },
  });

  app.route({
    method: 'POST',
    url: '/audiences/check',
    config: reads,
    schema: {
      operationId: 'audiences.check',
      tags,
      summary: 'Check a query; tells where a mistake is',
      body: Type.Object({ query: Query, type: Type.Optional(AudienceType) }, strict),
      response: { 200: Check, '4xx': ErrorBody },
    },
    handler: async ({ body }) => checkQuery(upper(body.type ?? 'users'), body.query),
  });

  app.route({
    method: 'POST',
    url: '/audiences/previews',
    config: { access: { scope: 'segments:read', limit: { name: 'audience-previews', quota: 30, windowSeconds: 60 } } },
    schema: {
      operationId: 'audiences.preview',
      tags,
      summary: 'Count who a query holds for, in the background',
      body: Type.Object({ query: Query, type: Type.Optional(AudienceType) }, strict),
      response: { 201: Preview, '4xx': ErrorBody },
    },
    async handler(request, reply) {
      const { query, type = 'users' } = request.body;
      const scope = scopeOf(principalOf(request));
      const { id } = await previews.create(scope, { type: upper(type), query }, { metered: false, ...FIELDS });
      return reply.code(201).send(serializePreview(await previews.get(scope, id)));
    },
  });

  app.route({
    method: 'GET',
    url: '/audiences/previews/:id',
    config: reads,
    schema: {
      operationId: 'audiences.getPreview',
      tags,
      summary: 'Get a preview: running, then completed or failed',
      params: IdParams,
      response: { 200: Preview, '4xx': ErrorBody },
    },
    async handler(request) {
      return serializePreview(await previews.get(scopeOf(principalOf(request)), request.params.id));
    },
  });
}

/** Where the query stands in bodies of this door. */
const FIELDS = { queryField: 'query' } as const;

const upper = (type: Static<typeof AudienceType>) => type.toUpperCase() as AudienceRow['type'];
const lower = (type: AudienceRow['type']) => type.toLowerCase() as Static<typeof AudienceType>;

function optionsOf(options: Static<typeof Options>): AudienceRow['options'] {
  const { include_historical_data, identifier_types, backfill_event_data_days } = options;
  return {
    ...(include_historical_data !== undefined && { includeHistoricalData: include_historical_data }),
    ...(identifier_types !== undefined && { filterByExternalIds: identifier_types }),
    ...(backfill_event_data_days !== undefined && { backfillEventDataDays: backfill_event_data_days }),
  };
}

function serialize(row: AudienceRow): Static<typeof Audience> {
  const { includeHistoricalData, filterByExternalIds, backfillEventDataDays } = row.options;
  return {
    id: row.id,
    key: row.key,
    name: row.name,
    description: row.description,
    type: lower(row.type),
    query: row.query,
    enabled: row.enabled,
    options: {
      ...(includeHistoricalData !== undefined && { include_historical_data: includeHistoricalData }),
      ...(filterByExternalIds !== undefined && { identifier_types: filterByExternalIds }),
      ...(backfillEventDataDays !== undefined && { backfill_event_data_days: backfillEventDataDays }),
    },
    state: stateOf(row),
    size: row.size,
    sized_at: timeOrNull(row.sized_at),
    created_at: time(row.created_at),
    updated_at: time(row.updated_at),
  };
}

function stateOf({ enabled, run_state, size }: AudienceRow) {
  if (!enabled) return 'disabled';
  if (run_state === 'running') return 'computing';
  if (run_state === 'failed') return 'failed';
  return size === null ? 'not_counted' : 'counted';
}

function serializePreview(row: RunRow): Static<typeof Preview> {
  return {
    id: row.id,
    type: lower(row.type),
    query: row.query,
    state: row.state,
    size: row.size,
    members: row.results ?? [],
    failure: row.failure,
    created_at: time(row.created_at),
  };
}
