/** What a destination gets of an event: what its transformations make of it, as far as its filters let that through. */
import type { JsonObject } from '../events/types.ts';
import type { LiveDestination } from './destinations/live.ts';
import { applyFilters } from './filters/apply.ts';
import type { Filters } from './filters/filters.ts';
import { applyTransformations } from './transformations/apply.ts';
import type { Transformations } from './transformations/transformations.ts';

export type Deliverable =
  | { readonly payload: JsonObject; readonly dropped?: never }
  | {
      readonly dropped: 'destination_transformation' | 'destination_filter' | 'destination_filter_sample';
      readonly payload?: never;
    };

export function createDeliverable({
  filters,
  transformations,
}: {
  filters: Pick<Filters, 'of'>;
  transformations: Pick<Transformations, 'ofDestination'>;
}) {
  return (destination: LiveDestination, event: JsonObject): Deliverable => {
    const rules = transformations.ofDestination(destination.sourceId, destination.metadataId);
    const transformed = applyTransformations(rules, event);
    if (transformed.droppedBy) return { dropped: 'destination_transformation' };
    const filtered = applyFilters(filters.of(destination.id), transformed.payload);
    if (!filtered.droppedBy) return { payload: filtered.payload };
    return { dropped: filtered.reason === 'sample' ? 'destination_filter_sample' : 'destination_filter' };
  };
}
