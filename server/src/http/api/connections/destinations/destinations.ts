/** /destinations: where the events of a source go. A webhook of our own has one URL; every other type has what the catalog says. */
import { type Static, Type } from 'typebox';
import { scopeOf } from '../../../../access/principal.ts';
import type { Catalog } from '../../../../connections/catalog/catalog.ts';
import type { DestinationRow } from '../../../../connections/destinations/queries.ts';
import { delivers } from '../../../../connections/destinations/targets.ts';
import type { Connections } from '../../../../connections/service.ts';
import { AppError, type FieldError } from '../../../../errors.ts';
import { firstPart, withFieldNames } from '../../../fields.ts';
import { type Http, principalOf } from '../../../route.ts';
import { ErrorBody, IdParams, label, PageOf, PageQuery, pageOfIds, time } from '../../conventions.ts';

/** Our own webhook: one URL, signed requests. */
const WEBHOOK = 'webhook';

const Settings = Type.Object(
  {
    url: Type.Optional(
      Type.String({
        maxLength: 2_048,
        pattern: '^[^\\u0000]*$',
        description:
          'Of a webhook: http:// or https://, without a user name or password, on a public address. Other types take the options of the catalog.',
      }),
    ),
  },
  { additionalProperties: true },
);

const fields = {
  id: Type.String(),
  type: Type.String({ description: '`webhook`, or the slug of a type of the catalog.' }),
  metadata_id: Type.String({ description: "The type's id in the catalog." }),
  name: Type.String({ description: "The type's name where none was given." }),
  source_id: Type.String(),
  environment: Type.Union([Type.Literal('live'), Type.Literal('test')]),
  settings: Type.Object({ url: Type.Optional(Type.String()) }, { additionalProperties: true }),
  enabled: Type.Boolean({ description: 'A disabled destination gets no new events; pending deliveries wait.' }),
  delivers: Type.Boolean({ description: 'Whether Headgate delivers to this type. If not, no event is queued for it.' }),
  created_at: Type.String(),
  updated_at: Type.String(),
};
const Destination = Type.Object(fields);
const NewDestination = Type.Object({
  ...fields,
  signing_secret: Type.Optional(
    Type.String({
      description:
        'Of a webhook: verifies the webhook-signature header (standardwebhooks.com). Shown now and never again.',
    }),
  ),
});

function isOwn(row: DestinationRow): boolean {
  return row.secret_sealed !== null;
}

function serializer({ typeOf, nameOf }: Connections['destinations']) {
  return (row: DestinationRow): Static<typeof Destination> => {
    const type = typeOf(row);
    return {
      id: row.id,
      type: isOwn(row) ? WEBHOOK : type.slug,
      metadata_id: type.id,
      name: nameOf(row),
      source_id: row.source_id,
      environment: row.environment,
      settings: isOwn(row) ? { url: String(row.settings['globalHook'] ?? '') } : row.settings,
      enabled: row.enabled,
      delivers: delivers(type),
      created_at: time(row.created_at),
      updated_at: time(row.updated_at),
    };
  };
}

/** The one setting of a webhook. @throws AppError validation_error */
function urlIn(settings: Static<typeof Settings>): string {
  const { url, ...others } = settings;
  const refused: FieldError[] = Object.keys(others).map((name) => ({
    field: `settings.${name.slice(0, 100)}`,
    message: 'must NOT have additional properties',
  }));
  if (!url) refused.unshift({ field: 'settings.url', message: 'must be a URL' });
  if (url && refused.length === 0) return url;
  throw new AppError('validation_error', `${refused[0]?.field}: ${refused[0]?.message}`, {
    fields: refused.slice(0, 20),
  });
}

const NAMES = firstPart({ sourceId: 'source_id', metadataId: 'type' });

const tags = ['Destinations'];

export function destinationsRoutes(
  app: Http,
  { connections, catalog }: { connections: Connections; catalog: Catalog },
): void {
  const { destinations } = connections;
  const serialize = serializer(destinations);

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
      summary: 'Create a destination of a source: a webhook, or of any type of the catalog',
      body: Type.Object(
        {
          type: Type.Optional(
            Type.String({
              maxLength: 200,
              description: '`webhook` (the default), or the slug or id of a type of the catalog.',
            }),
          ),
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
      const { type = WEBHOOK, name, source_id: sourceId, settings, enabled } = request.body;
      const scope = scopeOf(principalOf(request));
      if (type === WEBHOOK) {
        const made = await destinations.createWebhook(scope, { sourceId, name, url: urlIn(settings), enabled });
        return reply.code(201).send({ ...serialize(made.row), signing_secret: made.signingSecret });
      }
      const metadataId = catalog.destinations.find(type)?.id ?? type;
      const row = await withFieldNames(NAMES, () =>
        destinations.create(scope, { sourceId, metadataId, name, settings, enabled }),
      );
      return reply.code(201).send(serialize(row));
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
      const { id } = request.params;
      if (settings !== undefined && isOwn(await destinations.get(scope, id))) {
        return serialize(await destinations.updateWebhook(scope, id, { name, enabled, url: urlIn(settings) }));
      }
      return serialize(await destinations.update(scope, id, { name, enabled, settings }));
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
