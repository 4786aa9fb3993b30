/**
 * Names of destinations in the Config API (contract segment-config-api §6, §13): a source's first one of a type is called
 * by the type's slug, each further one by an id below that.
 */
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Catalog, DestinationType } from '../../../connections/catalog/catalog.ts';
import type { DestinationRow } from '../../../connections/destinations/queries.ts';
import type { Connections } from '../../../connections/service.ts';
import type { Scope } from '../../../db/tx.ts';
import { notFound } from '../../../errors.ts';
import { uuidOf } from '../../segment/protocol/ids.ts';
import { NamePart, type Names, type SourcePlace } from '../protocol/names.ts';

export const DestinationParams = Type.Object({ workspace: NamePart, source: NamePart, destination: NamePart });
export const ConnectionParams = Type.Object({ ...DestinationParams.properties, connection: NamePart });

export interface DestinationPlace extends SourcePlace {
  readonly destination: DestinationRow;
  readonly type: DestinationType;
  /** `workspaces/<slug>/sources/<slug>/destinations/<slug>`, and `/config/<id>` of a further one. */
  readonly destinationName: string;
}

export type DestinationNames = ReturnType<typeof createDestinationNames>;

export function createDestinationNames({
  names,
  catalog,
  connections: { destinations },
}: {
  names: Names;
  catalog: Catalog;
  connections: Pick<Connections, 'destinations'>;
}) {
  /** A source's of the type with this slug, or the one with this id of the Public API; oldest first. */
  async function named(scope: Scope, sourceId: string, text: string): Promise<DestinationRow[]> {
    const type = catalog.destinations.find(text);
    if (type) return destinations.ofType(scope, sourceId, type.id);
    const id = uuidOf(text);
    const row = id === null ? null : await destinations.get(scope, id).catch(() => null);
    return row?.source_id === sourceId ? [row] : [];
  }

  /** @throws AppError not_found */
  async function destination(
    request: Pick<FastifyRequest, 'principal'>,
    params: {
      readonly workspace: string;
      readonly source: string;
      readonly destination: string;
      /** The id of one of several. */
      readonly connection?: string;
    },
  ): Promise<DestinationPlace> {
    const place = await names.source(request, params);
    const { connection } = params;
    const rows = await named(place.scope, place.source.id, params.destination);
    const row = connection === undefined ? rows[0] : rows.find(({ id }) => connectionId(id) === connection);
    if (!row) throw notFound('destination');
    const oldest = await destinations.oldestOfTypes(place.scope, place.source.id);
    return { ...place, destination: row, type: destinations.typeOf(row), destinationName: nameOf(place, row, oldest) };
  }

  /** @param oldest of each type of the source: their ids. */
  function nameOf({ sourceName }: Pick<SourcePlace, 'sourceName'>, row: DestinationRow, oldest: ReadonlySet<string>) {
    const name = `${sourceName}/destinations/${destinations.typeOf(row).slug}`;
    return oldest.has(row.id) ? name : `${name}/config/${connectionId(row.id)}`;
  }

  return { destination, nameOf };
}

/** 24 hex digits, as the vendor's are. */
export function connectionId(uuid: string): string {
  return uuid.replaceAll('-', '').slice(-24);
}
