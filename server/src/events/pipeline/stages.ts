/**
 * What happens to a batch, in order. Everything a stage writes commits with the log cursor.
 * Tracking plans, source filters, audiences and journeys join this list where the comments stand.
 */

import type { Stage } from '../types.ts';
import { countStage, dedupeStage, storeStage } from './store.ts';

export function pipelineStages(others: { identity: Stage; deliveries: Stage }): Stage[] {
  return [
    dedupeStage, //           a source's message id counts once in at least 24 hours
    //                        tracking plan, source filters
    others.identity, //       identifiers → profile; traits; merges; one writer a scope from here to the commit
    storeStage, //            events and refusals, with ids
    //                        audiences, journeys
    others.deliveries, //     one ledger row for each (event, destination)
    countStage, //            counts a minute, for the charts
  ];
}
