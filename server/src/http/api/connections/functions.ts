/** /functions: code of a workspace's own, its versions, and running it to see what it does. */
import { type Static, Type } from 'typebox';
import { scopeOf } from '../../../access/principal.ts';
import type { FunctionRow, ListedFunction, VersionRow } from '../../../connections/functions/queries.ts';
import type { FunctionService } from '../../../connections/functions/service.ts';
import { type Http, principalOf } from '../../route.ts';
import { ErrorBody, IdParams, label, PageOf, PageQuery, pageOfIds, time, timeOrNull } from '../conventions.ts';

const strict = { additionalProperties: false } as const;
const text = (maxLength: number) => Type.String({ maxLength, pattern: '^[^\\u0000]*$' });
/** Characters; the rules check it too, for every door. */
const Code = Type.String({ minLength: 1, maxLength: 524_288, pattern: '^[^\\u0000]*$' });

const Kind = Type.Union([
  Type.Literal('source'),
  Type.Literal('destination'),
  Type.Literal('insert_source'),
  Type.Literal('insert_destination'),
  Type.Literal('insert_transformation'),
]);

const Setting = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100, pattern: '^[^\\u0000]*$' }),
    label: text(200),
    description: text(2_000),
    type: Type.Union([
      Type.Literal('STRING'),
      Type.Literal('BOOLEAN'),
      Type.Literal('ARRAY'),
      Type.Literal('TEXT_MAP'),
    ]),
    required: Type.Boolean(),
    sensitive: Type.Boolean({ description: 'Sealed in the database and never shown again.' }),
  },
  strict,
);

const listed = {
  id: Type.String(),
  kind: Kind,
  name: Type.String(),
  description: Type.Union([Type.String(), Type.Null()]),
  logo_url: Type.Union([Type.String(), Type.Null()]),
  environment: Type.Union([Type.Literal('live'), Type.Literal('test')]),
  settings: Type.Array(Setting),
  is_latest_version: Type.Boolean({ description: 'The current code is the deployed one.' }),
  deployed_at: Type.Union([Type.String(), Type.Null()]),
  created_at: Type.String(),
  updated_at: Type.String(),
};
const Listed = Type.Object(listed);
const OneFunction = Type.Object({ ...listed, code: Type.String({ description: 'The current version.' }) });

const Version = Type.Object({
  id: Type.String(),
  code: Type.String(),
  is_deployed: Type.Boolean(),
  is_current: Type.Boolean(),
  created_at: Type.String(),
  deployed_at: Type.Union([Type.String(), Type.Null()]),
});

const fields = {
  description: Type.Optional(text(2_000)),
  logo_url: Type.Optional(text(2_048)),
  settings: Type.Optional(Type.Array(Setting, { maxItems: 100 })),
};

const Outcome = Type.Object({
  result: Type.Unknown({ description: 'What the handler returned; null when it failed.' }),
  events: Type.Array(Type.Unknown(), { description: 'What a source function gave to Segment.track and its like.' }),
  error: Type.Union([
    Type.Object({
      name: Type.String(),
      message: Type.String(),
      line: Type.Optional(Type.Integer()),
      column: Type.Optional(Type.Integer()),
    }),
    Type.Null(),
  ]),
  logs: Type.Array(Type.Object({ level: Type.String(), message: Type.String(), at: Type.String() })),
  logs_truncated: Type.Boolean(),
  ms: Type.Number(),
});

const reads = { access: { scope: 'workspace:read' } } as const;
const writes = { access: { scope: 'workspace' } } as const;
/** Of a caller and minute: each run may compute for a second. */
const PREVIEWS = { name: 'function-previews', quota: 60, windowSeconds: 60 } as const;
const tags = ['Functions'];

export function functionRoutes(app: Http, { functions }: { functions: FunctionService }): void {
  app.route({
    method: 'GET',
    url: '/functions',
    config: reads,
    schema: {
      operationId: 'functions.list',
      tags,
      summary: 'List functions, newest first, without their code',
      querystring: Type.Object({ ...PageQuery.properties, kind: Type.Optional(Kind) }),
      response: { 200: PageOf(Listed), '4xx': ErrorBody },
    },
    async handler(request) {
      const page = pageOfIds(request.query);
      const scope = scopeOf(principalOf(request));
      const { rows, total } = await functions.list(scope, request.query.kind ?? null, page.request);
      return { items: rows.map(serialize), cursor: page.next(rows), total };
    },
  });

  app.route({
    method: 'POST',
    url: '/functions',
    config: writes,
    schema: {
      operationId: 'functions.create',
      tags,
      summary: 'Create a function; it is not deployed',
      body: Type.Object({ kind: Kind, name: label(), code: Code, ...fields }, strict),
      response: { 201: OneFunction, '4xx': ErrorBody },
    },
    async handler(request, reply) {
      const { logo_url: logoUrl, ...rest } = request.body;
      const row = await functions.create(scopeOf(principalOf(request)), { ...rest, logoUrl });
      return reply.code(201).send(whole(row));
    },
  });

  app.route({
    method: 'GET',
    url: '/functions/:id',
    config: reads,
    schema: {
      operationId: 'functions.get',
      tags,
      summary: 'Get a function with its current code',
      params: IdParams,
      response: { 200: OneFunction, '4xx': ErrorBody },
    },
    handler: async (request) => whole(await functions.get(scopeOf(principalOf(request)), request.params.id)),
  });

  app.route({
    method: 'PATCH',
    url: '/functions/:id',
    config: writes,
    schema: {
      operationId: 'functions.update',
      tags,
      summary: 'Change a function; other code becomes a new version, what is deployed stays',
      params: IdParams,
      body: Type.Object(
        { name: Type.Optional(label()), code: Type.Optional(Code), ...fields },
        { ...strict, minProperties: 1 },
      ),
      response: { 200: OneFunction, '4xx': ErrorBody },
    },
    async handler(request) {
      const { logo_url: logoUrl, ...rest } = request.body;
      return whole(await functions.update(scopeOf(principalOf(request)), request.params.id, { ...rest, logoUrl }));
    },
  });

  app.route({
    method: 'DELETE',
    url: '/functions/:id',
    config: writes,
    schema: {
      operationId: 'functions.delete',
      tags,
      summary: 'Delete a function with its versions',
      params: IdParams,
      response: { 204: Type.Null(), '4xx': ErrorBody },
    },
    async handler(request, reply) {
      await functions.remove(scopeOf(principalOf(request)), request.params.id);
      return reply.code(204).send(null);
    },
  });

  app.route({
    method: 'POST',
    url: '/functions/:id/deploy',
    config: writes,
    schema: {
      operationId: 'functions.deploy',
      tags,
      summary: 'Make the current code the deployed one',
      params: IdParams,
      response: { 200: OneFunction, '4xx': ErrorBody },
    },
    handler: async (request) => whole(await functions.deploy(scopeOf(principalOf(request)), request.params.id)),
  });

  app.route({
    method: 'GET',
    url: '/functions/:id/versions',
    config: reads,
    schema: {
      operationId: 'functions.versions',
      tags,
      summary: 'List the versions of a function, newest first; the last hundred are kept',
      params: IdParams,
      querystring: PageQuery,
      response: { 200: PageOf(Version), '4xx': ErrorBody },
    },
    async handler(request) {
      const page = pageOfIds(request.query);
      const scope = scopeOf(principalOf(request));
      const { id } = request.params;
      const { current_version_id: current } = await functions.get(scope, id);
      const { rows, total } = await functions.versions.list(scope, id, page.request);
      return { items: rows.map((row) => version(row, current)), cursor: page.next(rows), total };
    },
  });

  app.route({
    method: 'POST',
    url: '/functions/:id/versions/:version/restore',
    config: writes,
    schema: {
      operationId: 'functions.restore',
      tags,
      summary: 'Make the code of an old version the current one',
      params: Type.Object({ ...IdParams.properties, version: Type.String({ maxLength: 100 }) }),
      response: { 200: OneFunction, '4xx': ErrorBody },
    },
    async handler(request) {
      const scope = scopeOf(principalOf(request));
      await functions.versions.restore(scope, request.params.id, request.params.version);
      return whole(await functions.get(scope, request.params.id));
    },
  });

  app.route({
    method: 'POST',
    url: '/functions/:id/preview',
    // A run may take seconds: no transaction is to be open around it.
    config: { access: { scope: 'workspace', idempotent: false, limit: PREVIEWS } },
    schema: {
      operationId: 'functions.preview',
      tags,
      summary: 'Run the code of a function with an event; nothing is stored, but what it fetches is fetched',
      params: IdParams,
      body: Type.Object(
        {
          event: Type.Unknown({
            description: 'An event or an array of events; for source functions {body, headers, queryParameters}.',
          }),
          settings: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { maxProperties: 100 })),
          code: Type.Optional(Code),
        },
        strict,
      ),
      response: { 200: Outcome, '4xx': ErrorBody },
    },
    async handler(request) {
      const scope = scopeOf(principalOf(request));
      const { kind, code: kept } = await functions.get(scope, request.params.id);
      const { event, settings = {}, code = kept } = request.body;
      const { logsTruncated, logs, ...rest } = await functions.preview(scope, { kind, code, payload: event, settings });
      return {
        ...rest,
        events: [...rest.events],
        logs: logs.map(({ level, message, at }) => ({ level, message, at: time(new Date(at)) })),
        logs_truncated: logsTruncated,
      };
    },
  });
}

function serialize(row: ListedFunction): Static<typeof Listed> {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    description: row.description,
    logo_url: row.logo_url,
    environment: row.environment,
    settings: row.settings,
    is_latest_version: row.deployed_version_id === row.current_version_id,
    deployed_at: timeOrNull(row.deployed_at),
    created_at: time(row.created_at),
    updated_at: time(row.updated_at),
  };
}

function whole(row: FunctionRow): Static<typeof OneFunction> {
  return { ...serialize(row), code: row.code };
}

function version(row: VersionRow, current: string): Static<typeof Version> {
  return {
    id: row.id,
    code: row.code,
    is_deployed: row.is_deployed,
    is_current: row.id === current,
    created_at: time(row.created_at),
    deployed_at: timeOrNull(row.deployed_at),
  };
}
