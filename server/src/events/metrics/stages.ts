/**
 * Counts what a batch was: one statement for everything, in the batch's transaction. `names` runs before deliveries are
 * made, because they keep what their event is counted as; `counts` runs last, when it is known what became of each.
 */
import { afterCommit } from '../../context.ts';
import type { Batch, RefusedEvent, Stage, TrackedEvent } from '../types.ts';
import { createNames } from './names.ts';
import { createPeopleMet } from './people.ts';
import { type CountRow, type OutcomeRow, type UsageRow, writeCounts } from './queries.ts';

export function createCounting(): { names: Stage; counts: Stage } {
  const names = createNames();
  const people = createPeopleMet();

  return {
    names: {
      name: 'names',
      async run(tx, batch) {
        await names.load(tx, [...batch.events, ...batch.refused]);
        for (const event of batch.events) event.counted = names.counted(event);
      },
    },
    counts: {
      name: 'counts',
      async run(tx, batch) {
        if (batch.events.length + batch.refused.length === 0) return;
        // Those refused by a stage after `names`, and those of a source that was met by no event.
        await names.load(tx, batch.refused);
        const { sightings, written } = people.sightings(batch.events);
        await writeCounts(tx, {
          outcomes: outcomesOf(batch),
          counts: countsOf(batch, (event) => names.counted(event)),
          calls: callsOf(batch.events),
          sightings,
        });
        await afterCommit(written);
      },
    },
  };
}

/** Adds up rows of the same key. */
function summed<T extends { count: number }>(): { add(key: string, row: () => T): void; rows(): T[] } {
  const rows = new Map<string, T>();
  return {
    add(key, row) {
      const found = rows.get(key);
      if (found) found.count++;
      else rows.set(key, row());
    },
    rows: () => [...rows.values()],
  };
}

/** For the chart of the last minutes: without names. */
function outcomesOf(batch: Batch): OutcomeRow[] {
  const sums = summed<OutcomeRow>();
  const add = ({ scope, sourceId, receivedAt }: TrackedEvent | RefusedEvent, outcome: string): void => {
    const minute = minuteOf(receivedAt);
    sums.add(`${scope.environment} ${sourceId} ${minute} ${outcome}`, () => {
      return { ...place(scope), source_id: sourceId, minute, outcome, count: 1 };
    });
  };
  for (const event of batch.events) add(event, 'accepted');
  for (const item of batch.refused) add(item, item.outcome);
  return sums.rows();
}

function countsOf(batch: Batch, counted: (event: RefusedEvent) => NonNullable<TrackedEvent['counted']>): CountRow[] {
  const sums = summed<CountRow>();
  const add = (
    event: TrackedEvent | RefusedEvent,
    as: NonNullable<TrackedEvent['counted']>,
    rest: Pick<CountRow, 'step' | 'reason'> & Partial<Pick<CountRow, 'destination_id' | 'subscription_id'>>,
  ): void => {
    const { step, reason, destination_id = null, subscription_id = '' } = rest;
    const minute = minuteOf(event.receivedAt);
    const where = `${event.sourceId} ${minute} ${step} ${destination_id} ${subscription_id} ${reason}`;
    sums.add(`${where} ${as.type} ${as.version}\u001f${as.name}`, () => ({
      ...{ ...place(event.scope), source_id: event.sourceId, minute, step, destination_id, subscription_id },
      ...{ type: as.type, name: as.name, version: as.version, reason, count: 1 },
    }));
  };
  const uncounted = { type: '', name: '', version: '' };
  for (const event of batch.events) add(event, event.counted ?? uncounted, { step: 'received', reason: '' });
  for (const item of batch.refused) {
    add(item, counted(item), { step: item.filtered ? 'filtered' : 'refused', reason: item.code });
  }
  for (const { event, destinationId, reason, subscriptionId = '' } of batch.dropped ?? []) {
    const at = { destination_id: destinationId, subscription_id: subscriptionId };
    add(event, event.counted ?? uncounted, { step: 'dropped', reason, ...at });
  }
  return sums.rows();
}

function callsOf(events: readonly TrackedEvent[]): UsageRow[] {
  const sums = summed<UsageRow>();
  for (const { scope, sourceId, receivedAt } of events) {
    const day = new Date(Math.floor(receivedAt.getTime() / 86_400_000) * 86_400_000).toISOString();
    sums.add(`${scope.environment} ${sourceId} ${day}`, () => {
      return { ...place(scope), source_id: sourceId, day, count: 1 };
    });
  }
  return sums.rows();
}

function place({ workspaceId, environment }: TrackedEvent['scope']) {
  return { workspace_id: workspaceId, environment };
}

/** Events of a batch came within few minutes, mostly of one: its text is made once. */
function minuteOf(at: Date): string {
  const minute = Math.floor(at.getTime() / 60_000);
  if (minute !== newest.minute) newest = { minute, text: new Date(minute * 60_000).toISOString() };
  return newest.text;
}

let newest = { minute: Number.NaN, text: '' };
