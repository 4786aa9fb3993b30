/** /sources: where events come from, with the write keys they come with. */
import { type Static, Type } from 'typebox';
import { scopeOf } from '../../access/principal.ts';
import type { Connections } from '../../connections/service.ts';
import type { SourceRow } from '../../connections/sources/queries.ts';
import { type Http, principalOf } from '../route.ts';
import { ErrorBody, IdParams, label, PageOf, PageQuery, pageOfIds, time } from './conventions.ts';

const Source = Type.Object({
  id: Type.String(),
  name: Type.String(),
  environment: Type.Union([Type.Literal('live'), Type.Literal('test')]),
  slug: Type.String({ description: 'Unique among the sources; made from the name.' }),
  metadata_id: Type.String({ description: "The source's type: an id of the catalog." }),
  write_key: Type.String({
    description: 'Goes into the SDK or snippet that sends the events. The oldest one; empty when all were removed.',
  }),
  write_keys: Type.Array(Type.String(), { description: 'All of them, oldest first.' }),
  enabled: Type.Boolean({ description: 'Events sent with a disabled source are refused.' }),
  created_at: Type.String(),
  updated_at: Type.String(),
});

function serialize(row: SourceRow): Static<typeof Source> {
  return {
    id: row.id,
    name: row.name,
    environment: row.environment,
    slug: row.slug,
    metadata_id: row.metadata_id,
    write_key: row.write_keys[0] ?? '',
    write_keys: row.write_keys,
    enabled: row.enabled,
    created_at: time(row.created_at),
    updated_at: time(row.updated_at),
  };
}

const tags = ['Sources'];

export function sourcesRoutes(app: Http, { connections }: { connections: Connections }): void {
  const { sources } = connections;

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
      const page = pageOfIds(request.query);
      const { rows, total } = await sources.list(scopeOf(principalOf(request)), page.request);
      return { items: rows.map(serialize), cursor: page.next(rows), total };
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
      body: Type.Object({ name: label(), enabled: Type.Optional(Type.Boolean()) }, { additionalProperties: false }),
      response: { 201: Source, '4xx': ErrorBody },
    },
    async handler(request, reply) {
      const row = await sources.create(scopeOf(principalOf(request)), request.body);
      return reply.code(201).send(serialize(row));
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
      return serialize(await sources.get(scopeOf(principalOf(request)), request.params.id));
    },
  });

  app.route({
    method: 'PATCH',
    url: '/sources/:id',
    config: { access: { scope: 'sources:write' } },
    schema: {
      operationId: 'sources.update',
      tags,
      summary: 'Rename, enable or disable a source',
      params: IdParams,
      body: Type.Object(
        { name: Type.Optional(label()), enabled: Type.Optional(Type.Boolean()) },
        { additionalProperties: false, minProperties: 1 },
      ),
      response: { 200: Source, '4xx': ErrorBody },
    },
    async handler(request) {
      return serialize(await sources.update(scopeOf(principalOf(request)), request.params.id, request.body));
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
