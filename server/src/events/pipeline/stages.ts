/**
 * What happens to a batch, in order. Everything a stage writes commits with the log cursor.
 * Source filters, audiences and journeys join this list where the comments stand.
 */

import { createCounting } from '../metrics/stages.ts';
import type { Stage } from '../types.ts';
import { dedupeStage, storeStage } from './store.ts';

export function pipelineStages(others: {
  trackingPlans: Stage;
  identity: Stage;
  deliveries: Stage;
  suppression?: Stage;
  transformations?: Stage;
}): Stage[] {
  const counting = createCounting();
  return [
    dedupeStage, //           a source's message id counts once in at least 24 hours
    ...(others.suppression ? [others.suppression] : []), // events of people whose events are not wanted
    ...(others.transformations ? [others.transformations] : []), // what a source's events are changed to, for all that follows
    others.trackingPlans, //  what the source's plan blocks or trims; blocked events and violations for other sources
    //                        source filters
    others.identity, //       identifiers → profile; traits; merges; one writer a scope from here to the commit
    storeStage, //            events and refusals, with ids
    //                        audiences, journeys
    counting.names, //        what each is counted as
    others.deliveries, //     one ledger row for each (event, destination)
    counting.counts, //       counts by minute, hour and day; who was seen this month
  ];
}
