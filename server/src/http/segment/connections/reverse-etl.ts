/** /reverse-etl-models: models of warehouse sources. Their syncs are not here. */
import { scopeOf } from '../../../access/principal.ts';
import type { ModelFields, ModelRow } from '../../../connections/warehouses/model-queries.ts';
import type { Models } from '../../../connections/warehouses/models.ts';
import { notFound } from '../../../errors.ts';
import type { Call, Handlers } from '../protocol/door.ts';
import { shortId, uuidOf } from '../protocol/ids.ts';
import { pageRequest, pagination } from '../protocol/paging.ts';

export function reverseEtlHandlers({ models }: { models: Models }): Handlers {
  return {
    async listReverseEtlModels({ caller, query }) {
      const request = pageRequest(query['pagination']);
      const page = await models.page(scopeOf(caller), request);
      return {
        models: page.rows.map(serialize),
        pagination: pagination(request, { ...page, keys: page.rows.map(({ id }) => id) }),
      };
    },

    async createReverseEtlModel({ caller, body }) {
      const sourceId = uuidOf(body['sourceId']) ?? '';
      const made = await models.create(scopeOf(caller), sourceId, {
        name: body['name'],
        description: body['description'],
        enabled: body['enabled'],
        query: body['query'],
        query_identifier_column: body['queryIdentifierColumn'],
      });
      return { reverseEtlModel: serialize(made) };
    },

    async getReverseEtlModel(call) {
      return { reverseEtlModel: serialize(await models.get(scopeOf(call.caller), idOf(call))) };
    },

    async updateReverseEtlModel(call) {
      const { name, description, enabled, query, queryIdentifierColumn: query_identifier_column } = call.body;
      const given = Object.entries({ name, description, enabled, query, query_identifier_column });
      const change: Partial<ModelFields> = Object.fromEntries(given.filter(([, value]) => value !== undefined));
      return { reverseEtlModel: serialize(await models.update(scopeOf(call.caller), idOf(call), change)) };
    },

    async deleteReverseEtlModel(call) {
      await models.remove(scopeOf(call.caller), idOf(call));
      return { status: 'SUCCESS' };
    },
  };
}

function serialize({ id, source_id, name, description, enabled, query, query_identifier_column }: ModelRow): object {
  return {
    id: shortId(id),
    sourceId: shortId(source_id),
    name,
    description,
    enabled,
    query,
    queryIdentifierColumn: query_identifier_column,
  };
}

function idOf({ params }: Call): string {
  const id = uuidOf(params['modelId'] ?? '');
  if (id === null) throw notFound('model');
  return id;
}
