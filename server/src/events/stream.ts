/**
 * Live events for whoever watches: one poll a scope while somebody does, hurried along by this process's commits.
 * The table is the truth: events committed by another process arrive too, half a second later at most.
 */
import { asSystem } from '../context.ts';
import type { Db } from '../db/open.ts';
import type { Scope } from '../db/tx.ts';
import { AppError } from '../errors.ts';
import { type EventRow, listEvents, newestEventId } from './queries.ts';
import type { Events, EventWithDeliveries } from './service.ts';

export type StreamItem<S> =
  | { readonly kind: 'event'; readonly event: EventWithDeliveries<S> }
  | { readonly kind: 'delivery'; readonly eventId: number; readonly deliveries: S[] };

export interface EventStream<S> {
  /**
   * @param afterId where to continue; undefined: from now.
   * @returns a function that ends it.
   * @throws AppError rate_limit_exceeded when too many watch already.
   */
  watch(scope: Scope, send: (item: StreamItem<S>) => void, afterId?: number): () => void;
  wake(): void;
  stop(): void;
}

interface Watch<S> {
  scope: Scope;
  send: (item: StreamItem<S>) => void;
  /** undefined until the first poll has found where "now" is. */
  lastId: number | undefined;
  /** Accepted events whose deliveries may still change → what was sent of them. */
  open: Map<number, { row: EventRow; sent: string }>;
}

const POLL_MS = 500;
const MAX_WATCHES = 200;
/** At more events a second than this a person cannot follow; the newest are shown. */
const PER_POLL = 100;
const MAX_OPEN = 300;

export function createEventStream<S extends { state: string }>({
  db,
  events,
}: {
  db: Db;
  events: Events<S>;
}): EventStream<S> {
  const watches = new Set<Watch<S>>();
  let timer: NodeJS.Timeout | null = null;
  let polling = false;
  let again = false;

  /** For everybody who watches, so in nobody's workspace: a timer keeps the context of the request that set it. */
  const poll = (): Promise<void> => asSystem(pollAll);

  async function pollAll(): Promise<void> {
    if (polling) {
      again = true;
      return;
    }
    polling = true;
    try {
      do {
        again = false;
        for (const watch of watches) await pollOne(watch);
      } while (again);
    } catch {
      // The database is away: the next poll tries again, and the request log tells of it elsewhere.
    } finally {
      polling = false;
    }
  }

  async function pollOne(watch: Watch<S>): Promise<void> {
    if (watch.lastId === undefined) {
      watch.lastId = await newestEventId(db, watch.scope);
      return;
    }
    const rows = await listEvents(db, watch.scope, { afterId: watch.lastId }, PER_POLL);
    watch.lastId = rows[0]?.id ?? watch.lastId;
    for (const event of await events.withDeliveries(watch.scope, rows.reverse())) {
      watch.send({ kind: 'event', event });
      if (event.outcome === 'accepted')
        watch.open.set(event.id, { row: event, sent: JSON.stringify(event.deliveries) });
    }
    await pollDeliveries(watch);
  }

  async function pollDeliveries(watch: Watch<S>): Promise<void> {
    for (const id of [...watch.open.keys()].slice(0, Math.max(0, watch.open.size - MAX_OPEN))) watch.open.delete(id);
    const rows = [...watch.open.values()].map((open) => open.row);
    for (const event of await events.withDeliveries(watch.scope, rows)) {
      const now = JSON.stringify(event.deliveries);
      if (now !== watch.open.get(event.id)?.sent) {
        watch.open.set(event.id, { row: event, sent: now });
        watch.send({ kind: 'delivery', eventId: event.id, deliveries: event.deliveries });
      }
      if (event.deliveries.every((delivery) => delivery.state !== 'pending')) watch.open.delete(event.id);
    }
  }

  return {
    watch(scope, send, afterId) {
      if (watches.size >= MAX_WATCHES) {
        throw new AppError('rate_limit_exceeded', 'Too many live streams are open. Close one.', { retryAfter: 10 });
      }
      const watch: Watch<S> = { scope, send, lastId: afterId, open: new Map() };
      watches.add(watch);
      timer ??= setInterval(() => void poll(), POLL_MS);
      void poll();
      return () => {
        watches.delete(watch);
        if (watches.size === 0 && timer) {
          clearInterval(timer);
          timer = null;
        }
      };
    },
    wake() {
      if (watches.size > 0) void poll();
    },
    stop() {
      if (timer) clearInterval(timer);
      timer = null;
      watches.clear();
    },
  };
}
