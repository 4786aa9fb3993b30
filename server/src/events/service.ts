/** Looking at events: lists, one event, counts for the chart. The deliveries beside each event come from delivery. */
import type { Db } from '../db/open.ts';
import type { Executor, Scope } from '../db/tx.ts';
import { notFound } from '../errors.ts';
import {
  type CountRow,
  countEvents,
  countsPerMinute,
  type EventFilter,
  type EventRow,
  findEvent,
  listEvents,
} from './queries.ts';

/** What became of an event at one destination; delivery's own shape passes through. */
export type Summaries<S> = (db: Executor, scope: Scope, eventIds: readonly number[]) => Promise<Map<number, S[]>>;

export type EventWithDeliveries<S> = EventRow & { deliveries: S[] };

export interface Events<S> {
  list(scope: Scope, filter: EventFilter, limit: number): Promise<{ events: EventWithDeliveries<S>[]; total: number }>;
  /** @throws AppError not_found */
  get(scope: Scope, id: number): Promise<EventWithDeliveries<S> & { payload: unknown }>;
  counts(scope: Scope, minutes: number): Promise<CountRow[]>;
  /** Adds to each event what became of it. */
  withDeliveries<E extends EventRow>(scope: Scope, events: readonly E[]): Promise<(E & { deliveries: S[] })[]>;
}

export function createEvents<S>({
  db,
  summaries,
  now,
}: {
  db: Db;
  summaries: Summaries<S>;
  now: () => Date;
}): Events<S> {
  async function withDeliveries<E extends EventRow>(
    scope: Scope,
    events: readonly E[],
  ): Promise<(E & { deliveries: S[] })[]> {
    const accepted = events.filter((event) => event.outcome === 'accepted').map((event) => event.id);
    const found = accepted.length > 0 ? await summaries(db, scope, accepted) : new Map<number, S[]>();
    return events.map((event) => ({ ...event, deliveries: found.get(event.id) ?? [] }));
  }

  return {
    withDeliveries,
    async list(scope, filter, limit) {
      const rows = await listEvents(db, scope, filter, limit);
      const total = await countEvents(db, scope, { ...filter, beforeId: undefined });
      return { events: await withDeliveries(scope, rows), total };
    },
    async get(scope, id) {
      const row = await findEvent(db, scope, id);
      if (!row) throw notFound('event');
      const [event] = await withDeliveries(scope, [row]);
      if (!event) throw notFound('event');
      return event;
    },
    counts: (scope, minutes) => countsPerMinute(db, scope, minutes, now()),
  };
}
