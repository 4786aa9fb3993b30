/** /destinations: destinations of every type of the catalog. An instance's id and its type's are two (`id`, `metadata.id`). */
import { scopeOf } from '../../../access/principal.ts';
import type { DestinationRow } from '../../../connections/destinations/queries.ts';
import type { Connections } from '../../../connections/service.ts';
import { notFound } from '../../../errors.ts';
import type { Call, Handlers } from '../protocol/door.ts';
import { shortId, uuidOf } from '../protocol/ids.ts';
import { idPageRequest, pagination } from '../protocol/paging.ts';
import { destinationMetadata } from './catalog.ts';

export function destinationsHandlers({ connections }: { connections: Pick<Connections, 'destinations'> }): Handlers {
  const { destinations } = connections;
  const serialize = destinationSerializer(connections);

  return {
    async listDestinations({ caller, query }) {
      const request = idPageRequest(query['pagination']);
      const page = await destinations.page(scopeOf(caller), null, request);
      return {
        destinations: page.rows.map(serialize),
        pagination: pagination(request, { ...page, keys: page.rows.map(({ id }) => id) }),
      };
    },

    async createDestination({ caller, body }) {
      const { sourceId, metadataId, name, enabled, settings } = body;
      const source = uuidOf(sourceId) ?? sourceId;
      const made = await destinations.create(scopeOf(caller), {
        sourceId: source,
        metadataId,
        name,
        enabled,
        settings,
      });
      return { destination: serialize(made) };
    },

    async getDestination(call) {
      return { destination: serialize(await destinations.get(scopeOf(call.caller), destinationIdOf(call))) };
    },

    async updateDestination(call) {
      const { name, enabled, settings } = call.body;
      const row = await destinations.update(scopeOf(call.caller), destinationIdOf(call), { name, enabled, settings });
      return { destination: serialize(row) };
    },

    async deleteDestination(call) {
      await destinations.remove(scopeOf(call.caller), destinationIdOf(call));
      return { status: 'SUCCESS' };
    },
  };
}

/** Without a name where none was given (contract §3.2). */
export function destinationSerializer({
  destinations,
}: Pick<Connections, 'destinations'>): (row: DestinationRow) => object {
  return (row) => ({
    id: shortId(row.id),
    ...(row.name !== null && { name: row.name }),
    enabled: row.enabled,
    metadata: destinationMetadata(destinations.typeOf(row)),
    sourceId: shortId(row.source_id),
    settings: row.settings,
  });
}

/** @throws AppError not_found for what is no id of ours. */
export function destinationIdOf({ params }: Call): string {
  const id = uuidOf(params['destinationId'] ?? '');
  if (id === null) throw notFound('destination');
  return id;
}
