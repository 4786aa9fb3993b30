/** /destination/{destinationId}/filters and the preview: what of a source's events a destination gets. */
import { scopeOf } from '../../../access/principal.ts';
import type { Filters } from '../../../connections/filters/filters.ts';
import type { FilterRow } from '../../../connections/filters/queries.ts';
import { notFound } from '../../../errors.ts';
import type { Call, Handlers } from '../protocol/door.ts';
import { shortId, uuidOf } from '../protocol/ids.ts';
import { pageRequest, pagination } from '../protocol/paging.ts';

export function filtersHandlers({ filters }: { filters: Filters }): Handlers {
  return {
    previewDestinationFilter({ body }) {
      const { filter, payload } = body;
      return { inputPayload: payload, result: filters.preview(filter, payload) };
    },

    async listFiltersFromDestination(call) {
      const request = pageRequest(call.query['pagination']);
      const page = await filters.page(scopeOf(call.caller), idOf(call, 'destinationId'), request);
      return {
        filters: page.rows.map(serialize),
        pagination: pagination(request, { ...page, keys: page.rows.map(({ id }) => id) }),
      };
    },

    async createFilterForDestination(call) {
      const { sourceId, if: condition, actions, title, description, enabled } = call.body;
      const row = await filters.create(scopeOf(call.caller), idOf(call, 'destinationId'), {
        sourceId: uuidOf(sourceId) ?? sourceId,
        if: condition,
        actions,
        title,
        description,
        enabled,
      });
      return { filter: serialize(row) };
    },

    async getFilterInDestination(call) {
      return { filter: serialize(await filters.get(scopeOf(call.caller), ...idsOf(call))) };
    },

    async updateFilterForDestination(call) {
      const { if: condition, actions, title, description, enabled } = call.body;
      const change = { if: condition, actions, title, description, enabled };
      return { filter: serialize(await filters.update(scopeOf(call.caller), ...idsOf(call), change)) };
    },

    async removeFilterFromDestination(call) {
      await filters.remove(scopeOf(call.caller), ...idsOf(call));
      return { status: 'SUCCESS' };
    },
  };
}

function serialize(row: FilterRow): object {
  return {
    id: shortId(row.id),
    sourceId: shortId(row.source_id),
    destinationId: shortId(row.destination_id),
    if: row.condition,
    actions: row.actions,
    title: row.title,
    ...(row.description !== null && { description: row.description }),
    enabled: row.enabled,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

function idsOf(call: Call): [destinationId: string, filterId: string] {
  return [idOf(call, 'destinationId'), idOf(call, 'filterId')];
}

function idOf({ params }: Call, name: 'destinationId' | 'filterId'): string {
  const id = uuidOf(params[name] ?? '');
  if (id === null) throw notFound(name === 'filterId' ? 'filter' : 'destination');
  return id;
}
