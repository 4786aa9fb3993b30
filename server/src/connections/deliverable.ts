/** Filters and transformations together: what a destination gets of an event, and what all of a source's events are changed to. */
import type { FastifyBaseLogger } from 'fastify';
import type { Db } from '../db/open.ts';
import type { JsonObject } from '../events/types.ts';
import type { Catalog } from './catalog/catalog.ts';
import type { LiveDestination } from './destinations/live.ts';
import { applyFilters } from './filters/apply.ts';
import { createFilters } from './filters/filters.ts';
import type { Connections } from './service.ts';
import { applyTransformations } from './transformations/apply.ts';
import { transformationsStage } from './transformations/stage.ts';
import { createTransformations } from './transformations/transformations.ts';

export type Deliverable =
  /** The same object when nothing is changed for this destination. */
  | { readonly payload: JsonObject; readonly dropped?: never }
  | {
      readonly dropped: 'destination_transformation' | 'destination_filter' | 'destination_filter_sample';
      readonly payload?: never;
    };

/** Before the lookup is loaded for the first time: both are attached to it. */
export function createRules(parts: {
  db: Db;
  connections: Pick<Connections, 'attach' | 'reload' | 'seal'>;
  catalog: Catalog;
  log: FastifyBaseLogger;
}) {
  const { connections, ...rest } = parts;
  const filters = createFilters({ db: parts.db, lookup: connections });
  const transformations = createTransformations({ ...rest, lookup: connections, seal: connections.seal });

  /** Its type's transformations, then its filters. */
  function decide(destination: LiveDestination, event: JsonObject): Deliverable {
    const rules = transformations.ofDestination(destination.sourceId, destination.metadataId);
    const transformed = applyTransformations(rules, event);
    if (transformed.droppedBy) return { dropped: 'destination_transformation' };
    const filtered = applyFilters(filters.of(destination.id), transformed.payload);
    if (!filtered.droppedBy) return { payload: filtered.payload };
    return { dropped: filtered.reason === 'sample' ? 'destination_filter_sample' : 'destination_filter' };
  }

  return { filters, transformations, decide, transformationsStage: transformationsStage(transformations) };
}
