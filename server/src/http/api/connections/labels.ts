/** /labels: key and value, which sources can carry. */
import { type Static, Type } from 'typebox';
import { scopeOf } from '../../../access/principal.ts';
import type { Connections } from '../../../connections/service.ts';
import type { LabelRow } from '../../../connections/sources/label-queries.ts';
import { type Http, principalOf } from '../../route.ts';
import { ErrorBody, IdParams, numericId, PageOf } from '../conventions.ts';

const Label = Type.Object({
  id: Type.String(),
  key: Type.String(),
  value: Type.String(),
  description: Type.Union([Type.String(), Type.Null()]),
});

const tags = ['Labels'];

export function labelsRoutes(app: Http, { connections }: { connections: Connections }): void {
  const { labels } = connections;

  app.route({
    method: 'GET',
    url: '/labels',
    config: { access: { scope: 'sources:read', area: 'labels' } },
    schema: {
      operationId: 'labels.list',
      tags,
      summary: 'List all labels, oldest first',
      response: { 200: PageOf(Label), '4xx': ErrorBody },
    },
    async handler(request) {
      const rows = await labels.list(scopeOf(principalOf(request)));
      return { items: rows.map(serialize), cursor: null, total: rows.length };
    },
  });

  app.route({
    method: 'POST',
    url: '/labels',
    config: { access: { scope: 'sources:write', area: 'labels' } },
    schema: {
      operationId: 'labels.create',
      tags,
      summary: 'Create a label',
      body: Type.Object(
        {
          key: Type.String({ maxLength: 255 }),
          value: Type.String({ maxLength: 255 }),
          description: Type.Optional(Type.String({ maxLength: 1_000, pattern: '^[^\\u0000]*$' })),
        },
        { additionalProperties: false },
      ),
      response: { 201: Label, '4xx': ErrorBody },
    },
    async handler(request, reply) {
      return reply.code(201).send(serialize(await labels.create(scopeOf(principalOf(request)), request.body)));
    },
  });

  app.route({
    method: 'DELETE',
    url: '/labels/:id',
    config: { access: { scope: 'sources:write', area: 'labels' } },
    schema: {
      operationId: 'labels.delete',
      tags,
      summary: 'Delete a label, also from every source that carries it',
      params: IdParams,
      response: { 204: Type.Null(), '4xx': ErrorBody },
    },
    async handler(request, reply) {
      await labels.removeById(scopeOf(principalOf(request)), numericId(request.params.id, 'label'));
      return reply.code(204).send(null);
    },
  });
}

function serialize({ id, key, value, description }: LabelRow): Static<typeof Label> {
  return { id: String(id), key, value, description };
}
