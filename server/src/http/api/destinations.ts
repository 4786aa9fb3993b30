/** /destinations: where the events of a source are delivered. */
import { type Static, Type } from 'typebox';
import { scopeOf } from '../../access/principal.ts';
import type { DestinationRow } from '../../connections/queries.ts';
import type { Connections } from '../../connections/service.ts';
import { type Http, principalOf } from '../route.ts';
import { ErrorBody, IdParams, label, PageOf, PageQuery, pageOfIds, time } from './conventions.ts';

const Settings = Type.Object(
  {
    url: Type.String({
      minLength: 1,
      maxLength: 2_048,
      pattern: '^[^\\u0000]*$',
      description: 'http:// or https://, without a user name or password, on a public address.',
    }),
  },
  { additionalProperties: false },
);

const fields = {
  id: Type.String(),
  type: Type.Literal('webhook'),
  name: Type.String(),
  source_id: Type.String(),
  environment: Type.Union([Type.Literal('live'), Type.Literal('test')]),
  settings: Type.Object({ url: Type.String() }),
  enabled: Type.Boolean({ description: 'A disabled destination gets no new events; pending deliveries wait.' }),
  created_at: Type.String(),
  updated_at: Type.String(),
};
const Destination = Type.Object(fields);
const NewDestination = Type.Object({
  ...fields,
  signing_secret: Type.String({
    description: 'Verifies the webhook-signature header (standardwebhooks.com). Shown now and never again.',
  }),
});

function serialize(row: DestinationRow): Static<typeof Destination> {
  return {
    id: row.id,
    type: row.type,
    name: row.name,
    source_id: row.source_id,
    environment: row.environment,
    settings: { url: String(row.settings['url'] ?? '') },
    enabled: row.enabled,
    created_at: time(row.created_at),
    updated_at: time(row.updated_at),
  };
}

const tags = ['Destinations'];

export function destinationsRoutes(app: Http, { connections }: { connections: Connections }): void {
  const { destinations } = connections;

  app.route({
    method: 'GET',
    url: '/destinations',
    config: { access: { scope: 'destinations:read' } },
    schema: {
      operationId: 'destinations.list',
      tags,
      summary: 'List destinations, newest first',
      querystring: Type.Object({
        ...PageQuery.properties,
        source_id: Type.Optional(Type.String({ maxLength: 100 })),
      }),
      response: { 200: PageOf(Destination), '4xx': ErrorBody },
    },
    async handler(request) {
      const page = pageOfIds(request.query);
      const scope = scopeOf(principalOf(request));
      const { rows, total } = await destinations.list(scope, page.request, request.query.source_id ?? null);
      return { items: rows.map(serialize), cursor: page.next(rows), total };
    },
  });

  app.route({
    method: 'POST',
    url: '/destinations',
    config: { access: { scope: 'destinations:write' } },
    schema: {
      operationId: 'destinations.create',
      tags,
      summary: 'Create a webhook destination of a source',
      body: Type.Object(
        {
          type: Type.Optional(Type.Literal('webhook')),
          name: label(),
          source_id: Type.String({ maxLength: 100 }),
          settings: Settings,
          enabled: Type.Optional(Type.Boolean()),
        },
        { additionalProperties: false },
      ),
      response: { 201: NewDestination, '4xx': ErrorBody },
    },
    async handler(request, reply) {
      const { name, source_id: sourceId, settings, enabled } = request.body;
      const scope = scopeOf(principalOf(request));
      const created = await destinations.create(scope, { sourceId, name, url: settings.url, enabled });
      return reply.code(201).send({ ...serialize(created.row), signing_secret: created.signingSecret });
    },
  });

  app.route({
    method: 'GET',
    url: '/destinations/:id',
    config: { access: { scope: 'destinations:read' } },
    schema: {
      operationId: 'destinations.get',
      tags,
      summary: 'Get a destination',
      params: IdParams,
      response: { 200: Destination, '4xx': ErrorBody },
    },
    async handler(request) {
      return serialize(await destinations.get(scopeOf(principalOf(request)), request.params.id));
    },
  });

  app.route({
    method: 'PATCH',
    url: '/destinations/:id',
    config: { access: { scope: 'destinations:write' } },
    schema: {
      operationId: 'destinations.update',
      tags,
      summary: 'Change a destination; what is pending goes by the new settings',
      params: IdParams,
      body: Type.Object(
        {
          name: Type.Optional(label()),
          settings: Type.Optional(Settings),
          enabled: Type.Optional(Type.Boolean()),
        },
        { additionalProperties: false, minProperties: 1 },
      ),
      response: { 200: Destination, '4xx': ErrorBody },
    },
    async handler(request) {
      const { name, settings, enabled } = request.body;
      const scope = scopeOf(principalOf(request));
      return serialize(await destinations.update(scope, request.params.id, { name, enabled, url: settings?.url }));
    },
  });

  app.route({
    method: 'DELETE',
    url: '/destinations/:id',
    config: { access: { scope: 'destinations:write' } },
    schema: {
      operationId: 'destinations.delete',
      tags,
      summary: 'Delete a destination; its pending deliveries end as failed',
      params: IdParams,
      response: { 204: Type.Null(), '4xx': ErrorBody },
    },
    async handler(request, reply) {
      await destinations.remove(scopeOf(principalOf(request)), request.params.id);
      return reply.code(204).send(null);
    },
  });
}
