/** /sources: where events come from, with the write keys they come with. */
import { type Static, Type } from 'typebox';
import { seesNoWriteKeys } from '../../../../access/permissions/authority.ts';
import { type Principal, scopeOf } from '../../../../access/principal.ts';
import type { Catalog } from '../../../../connections/catalog/catalog.ts';
import type { Connections } from '../../../../connections/service.ts';
import type { SourceRow } from '../../../../connections/sources/queries.ts';
import { invalidField } from '../../../../errors.ts';
import { type Http, principalOf } from '../../../route.ts';
import { ErrorBody, IdParams, label, PageOf, PageQuery, pageOfIds, time } from '../../conventions.ts';

const Label = Type.Object(
  {
    key: Type.String({ minLength: 1, maxLength: 255 }),
    value: Type.String({ minLength: 1, maxLength: 255 }),
  },
  { additionalProperties: false },
);

export const Source = Type.Object({
  id: Type.String(),
  name: Type.String(),
  environment: Type.Union([Type.Literal('live'), Type.Literal('test')]),
  slug: Type.String({ description: 'Unique among the sources; made from the name.' }),
  type: Type.Object(
    { id: Type.String(), slug: Type.String(), name: Type.String() },
    { description: 'Of the catalog.' },
  ),
  write_key: Type.String({
    description: 'Goes into the SDK or snippet that sends the events. The oldest one; empty when all were removed.',
  }),
  write_keys: Type.Array(Type.String(), { description: 'All of them, oldest first.' }),
  labels: Type.Array(Label),
  settings: Type.Record(Type.String(), Type.Unknown()),
  tracking_plan_id: Type.Union([Type.String(), Type.Null()], { description: 'The plan that it follows.' }),
  enabled: Type.Boolean({ description: 'Events sent with a disabled source are refused.' }),
  created_at: Type.String(),
  updated_at: Type.String(),
});

export function serializeSource(row: SourceRow, catalog: Catalog): Static<typeof Source> {
  const { id, slug, name } = catalog.sources.find(row.metadata_id) ?? { id: row.metadata_id, slug: '', name: '' };
  return {
    id: row.id,
    name: row.name,
    environment: row.environment,
    slug: row.slug,
    type: { id, slug, name },
    write_key: row.write_keys[0] ?? '',
    write_keys: row.write_keys,
    labels: row.labels.map(({ key, value }) => ({ key, value })),
    settings: row.settings,
    tracking_plan_id: row.tracking_plan_id,
    enabled: row.enabled,
    created_at: time(row.created_at),
    updated_at: time(row.updated_at),
  };
}

const tags = ['Sources'];

const settings = Type.Record(Type.String({ maxLength: 200 }), Type.Unknown(), {
  description: 'Merged key by key; null removes a key.',
});
const slug = Type.String({ minLength: 1, maxLength: 255, pattern: '^[A-Za-z0-9_][A-Za-z0-9_.-]*$' });
const labels = Type.Array(Label, {
  maxItems: 200,
  description: 'All that it has from now on; made where they are new.',
});

export function sourcesRoutes(
  app: Http,
  { connections, catalog }: { connections: Connections; catalog: Catalog },
): void {
  const { sources } = connections;
  const serialize = (row: SourceRow, caller: Principal) => {
    const source = serializeSource(row, catalog);
    return seesNoWriteKeys(caller) ? { ...source, write_key: '', write_keys: [] } : source;
  };

  app.route({
    method: 'GET',
    url: '/sources',
    config: { access: { scope: 'sources:read' } },
    schema: {
      operationId: 'sources.list',
      tags,
      summary: 'List sources, newest first',
      querystring: PageQuery,
      response: { 200: PageOf(Source), '4xx': ErrorBody },
    },
    async handler(request) {
      const caller = principalOf(request);
      const page = pageOfIds(request.query);
      const { rows, total } = await sources.list(scopeOf(caller), page.request);
      return { items: rows.map((row) => serialize(row, caller)), cursor: page.next(rows), total };
    },
  });

  app.route({
    method: 'POST',
    url: '/sources',
    config: { access: { scope: 'sources:write' } },
    schema: {
      operationId: 'sources.create',
      tags,
      summary: 'Create a source; its write key is made here',
      body: Type.Object(
        {
          name: label(),
          slug: Type.Optional(slug),
          type: Type.Optional(
            Type.String({
              maxLength: 100,
              description: 'Id or slug of a source type of the catalog. Default: http-api.',
            }),
          ),
          settings: Type.Optional(settings),
          labels: Type.Optional(labels),
          enabled: Type.Optional(Type.Boolean()),
        },
        { additionalProperties: false },
      ),
      response: { 201: Source, '4xx': ErrorBody },
    },
    async handler(request, reply) {
      const { type, ...rest } = request.body;
      const metadataId = type === undefined ? undefined : catalog.sources.find(type)?.id;
      if (type !== undefined && metadataId === undefined)
        throw invalidField('type', 'is no source type of the catalog');
      const row = await sources.create(scopeOf(principalOf(request)), { ...rest, metadataId });
      return reply.code(201).send(serializeSource(row, catalog));
    },
  });

  app.route({
    method: 'GET',
    url: '/sources/:id',
    config: { access: { scope: 'sources:read' } },
    schema: {
      operationId: 'sources.get',
      tags,
      summary: 'Get a source',
      params: IdParams,
      response: { 200: Source, '4xx': ErrorBody },
    },
    async handler(request) {
      const caller = principalOf(request);
      return serialize(await sources.get(scopeOf(caller), request.params.id), caller);
    },
  });

  app.route({
    method: 'PATCH',
    url: '/sources/:id',
    config: { access: { scope: 'sources:write' } },
    schema: {
      operationId: 'sources.update',
      tags,
      summary: 'Change a source, enable or disable it',
      params: IdParams,
      body: Type.Object(
        {
          name: Type.Optional(label()),
          slug: Type.Optional(slug),
          settings: Type.Optional(settings),
          labels: Type.Optional(labels),
          enabled: Type.Optional(Type.Boolean()),
        },
        { additionalProperties: false, minProperties: 1 },
      ),
      response: { 200: Source, '4xx': ErrorBody },
    },
    async handler(request) {
      const row = await sources.update(scopeOf(principalOf(request)), request.params.id, request.body);
      return serializeSource(row, catalog);
    },
  });

  app.route({
    method: 'DELETE',
    url: '/sources/:id',
    config: { access: { scope: 'sources:write' } },
    schema: {
      operationId: 'sources.delete',
      tags,
      summary: 'Delete a source that has no destinations; its write key stops working',
      params: IdParams,
      response: { 204: Type.Null(), '4xx': ErrorBody },
    },
    async handler(request, reply) {
      await sources.remove(scopeOf(principalOf(request)), request.params.id);
      return reply.code(204).send(null);
    },
  });
}
