/** Deliveries: the ledger row of each (event, destination), the worker that sends them, and looking at both. */
import type { FastifyBaseLogger } from 'fastify';
import type { LiveDestination } from '../connections/destinations/live.ts';
import type { Connections } from '../connections/service.ts';
import type { Database } from '../db/open.ts';
import type { Executor, Scope, Tx } from '../db/tx.ts';
import { notFound } from '../errors.ts';
import type { Batch, DroppedDelivery, JsonObject, Stage } from '../events/types.ts';
import type { Metrics } from '../metrics.ts';
import type { OutboundHttp } from '../outbound/http.ts';
import { createLease } from './lease.ts';
import type { AttemptRow, DeliveryRow, DeliveryState } from './queries.ts';
import * as queries from './queries.ts';
import { createRecorder } from './recorder.ts';
import { RETRY_POLICY, type RetryPolicy } from './retry.ts';
import { createSender, type Insert } from './sender.ts';
import { createWorker } from './worker.ts';

export interface DeliveryParts {
  readonly database: Pick<Database, 'db' | 'kind'>;
  readonly connections: Connections;
  readonly http: OutboundHttp;
  readonly metrics: Pick<Metrics, 'deliveries'>;
  readonly log: FastifyBaseLogger;
  readonly now: () => Date;
  readonly random?: () => number;
  readonly policy?: RetryPolicy;
  /** Runs functions on what is about to be sent; null: there is none. Default: none. */
  readonly insert?: Insert;
  /** What a destination gets of an event. Default: every one as it is. */
  readonly decide?: (destination: LiveDestination, event: JsonObject) => Decision;
}

export type Decision =
  /** The same object: nothing is changed for this destination. */
  | { readonly payload: JsonObject; readonly dropped?: never }
  /** Why it gets nothing, of a bounded set of words. */
  | { readonly dropped: string; readonly payload?: never };

export type NamedDelivery = DeliveryRow & { destination_name: string };

/** What became of an event at one destination, as lists and the live stream show it. */
export interface DeliverySummary {
  id: string;
  destination_id: string;
  destination_name: string;
  state: DeliveryState;
  attempts: number;
  last_status: number | null;
  last_error: string | null;
}

/** In one statement: a source may have any number of destinations, and each may get its own form of an event. */
const MAX_ROWS = 10_000;
const MAX_CHARACTERS = 8 * 1024 * 1024;

export type Delivery = ReturnType<typeof createDelivery>;

export function createDelivery(parts: DeliveryParts) {
  const { database, connections, metrics, log, now, http, random = Math.random, policy = RETRY_POLICY } = parts;
  const { decide = (_, payload) => ({ payload }), insert = () => null } = parts;
  const { db } = database;
  const worker = createWorker({
    db,
    connections,
    lease: createLease({ db, name: 'delivery', log }),
    recorder: createRecorder({ db, now, log }),
    sender: createSender({ http, now, random, policy, insert }),
    metrics,
    log,
    now,
  });

  /** A pending row for each event and each enabled destination of its source that is to get it, in the order of the events. */
  const stage: Stage = {
    name: 'deliveries',
    async run(tx: Tx, batch: Batch): Promise<void> {
      let rows: queries.NewDelivery[] = [];
      let changed: { scope: Scope; eventId: number; destinationId: string; payload: string }[] = [];
      let characters = 0;
      const write = async (): Promise<void> => {
        if (rows.length > 0) await queries.insertDeliveries(tx, rows);
        if (changed.length > 0) await queries.insertPayloads(tx, changed);
        [rows, changed, characters] = [[], [], 0];
      };
      const dropped: DroppedDelivery[] = [];
      for (const event of batch.events) {
        const { scope, sourceId, id: eventId, profileId, counted } = event;
        for (const destination of connections.destinationsOf(sourceId)) {
          const destinationId = destination.id;
          const decision = decide(destination, event.payload);
          if (decision.payload === undefined) {
            dropped.push({ event, destinationId, reason: decision.dropped });
            continue;
          }
          const { payload } = decision;
          if (destination.targetsOf(() => payload).length === 0) continue;
          worker.hint(destinationId);
          rows.push({ scope, eventId, destinationId, profileId, sourceId, counted });
          if (payload !== event.payload) {
            const text = JSON.stringify(payload);
            characters += text.length;
            changed.push({ scope, eventId, destinationId, payload: text });
          }
          if (rows.length >= MAX_ROWS || characters >= MAX_CHARACTERS) await write();
        }
      }
      await write();
      if (dropped.length > 0) batch.dropped = [...(batch.dropped ?? []), ...dropped];
    },
  };

  async function withNames(executor: Executor, scope: Scope, rows: readonly DeliveryRow[]): Promise<NamedDelivery[]> {
    const ids = [...new Set(rows.map((row) => row.destination_id))];
    const names =
      ids.length > 0 ? await connections.destinations.names(executor, scope, ids) : new Map<string, string>();
    return rows.map((row) => ({ ...row, destination_name: names.get(row.destination_id) ?? 'deleted' }));
  }

  return {
    stage,
    /** Hook of people's merges, in their transaction: what is pending goes on in the order of the person who stays. */
    repoint: queries.repoint,
    wake: worker.wake,
    start: () => worker.start({ force: database.kind === 'embedded' }),
    stop: worker.stop,

    /** Of one destination, newest first. `total` counts to 10,000. @throws AppError not_found */
    async list(
      scope: Scope,
      destinationId: string,
      filter: { state: DeliveryState | null; limit: number; beforeId: number | null },
    ): Promise<{ rows: NamedDelivery[]; total: number }> {
      await connections.destinations.get(scope, destinationId);
      const page = await queries.listDeliveries(db, scope, { ...filter, destinationId });
      return { rows: await withNames(db, scope, page.rows), total: page.total };
    },

    /** @throws AppError not_found */
    async get(scope: Scope, id: number): Promise<{ delivery: NamedDelivery; attempts: AttemptRow[] }> {
      const row = await queries.findDelivery(db, scope, id);
      const [delivery] = row ? await withNames(db, scope, [row]) : [];
      if (!delivery) throw notFound('delivery');
      return { delivery, attempts: await queries.listAttempts(db, delivery.id) };
    },

    /** event id → what became of it, in the order of the deliveries. An event without deliveries has no entry. */
    async summariesOf(
      executor: Executor,
      scope: Scope,
      eventIds: readonly number[],
    ): Promise<Map<number, DeliverySummary[]>> {
      const found = new Map<number, DeliverySummary[]>();
      if (eventIds.length === 0) return found;
      const rows = await queries.deliveriesOfEvents(executor, scope, eventIds);
      for (const row of await withNames(executor, scope, rows)) {
        const list = found.get(row.event_id) ?? [];
        found.set(row.event_id, list);
        list.push({
          id: String(row.id),
          destination_id: row.destination_id,
          destination_name: row.destination_name,
          state: row.state,
          attempts: row.attempts,
          last_status: row.last_status,
          last_error: row.last_error,
        });
      }
      return found;
    },
  };
}
