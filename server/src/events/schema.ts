/**
 * Which events came from sources lately, and what was in them: names from the counts of days, fields from the newest
 * events of the scope. The sample is bounded, whatever a source sends.
 */
import type { Executor, Scope } from '../db/tx.ts';
import { type SampledField, type SeenEvent, sampledFields, seenEvents } from './schema-queries.ts';

const DAYS = 30;
const DAY_MS = 86_400_000;
/** Of the scope, newest first; those of other sources among them are not looked at. */
const SAMPLE = 5_000;

export interface SeenSchema {
  readonly days: number;
  readonly events: readonly SeenEvent[];
  readonly fields: readonly SampledField[];
}

export type ReadSchema = (scope: Scope, sourceIds: readonly string[]) => Promise<SeenSchema>;

export function createSchemaReader({ db, now }: { db: Executor; now: () => Date }): ReadSchema {
  return async (scope, sourceIds) => {
    if (sourceIds.length === 0) return { days: DAYS, events: [], fields: [] };
    const since = new Date(now().getTime() - DAYS * DAY_MS);
    return {
      days: DAYS,
      events: await seenEvents(db, scope, sourceIds, since),
      fields: await sampledFields(db, scope, sourceIds, SAMPLE),
    };
  };
}
