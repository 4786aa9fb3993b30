/**
 * The loop that delivers: while it holds the lease it reads pending rows into lanes, sends what is ready, records what
 * came of it, and lets the next of a lane go only after that is durable. The table is the truth; memory is a window on it.
 */
import type { FastifyBaseLogger } from 'fastify';
import type { Lookup } from '../connections/lookup.ts';
import type { Db } from '../db/open.ts';
import { createLoop } from '../loop.ts';
import type { Metrics } from '../metrics.ts';
import { createLanes, LANE_ROWS, type Lane, type Taken } from './lanes.ts';
import type { Lease } from './lease.ts';
import * as queries from './queries.ts';
import type { Recorder } from './recorder.ts';
import { type Attempted, DESTINATION_DELETED, type Sender } from './sender.ts';

/** Deliveries being sent or recorded at a time, of all destinations together. */
const MAX_BUSY = 512;
/** Payloads in one read: 32 KB each at most. */
const PAYLOADS = 128;
const POLL_MS = 300;
const SWEEP_MS = 10_000;
const AFTER_ERROR_MS = 500;
const DRAIN_MS = 10_000;
const LANES_A_READ = 500;
/** Rows in one read, over all destinations. */
const ROWS_A_READ = 20_000;
const ROWS_A_DESTINATION = 500;
/** How long the pipeline's hint stands: its commit comes some time after it. */
const HINT_MS = 2_000;

export interface WorkerParts {
  readonly db: Db;
  readonly connections: Pick<Lookup, 'destination' | 'reload' | 'onChange'>;
  readonly lease: Lease;
  readonly recorder: Recorder;
  readonly sender: Sender;
  readonly metrics: Pick<Metrics, 'deliveries'>;
  readonly log: FastifyBaseLogger;
  readonly now: () => Date;
}

export interface Worker {
  /** The pipeline is about to commit rows for this destination. */
  hint(destinationId: string): void;
  wake(): void;
  start(options: { force: boolean }): Promise<void>;
  /** Sends nothing more, waits up to 10 s for what is on its way, records it and gives the lease back. */
  stop(): Promise<void>;
}

export function createWorker({ db, connections, lease, recorder, sender, metrics, log, now }: WorkerParts): Worker {
  const hints = new Map<string, number>();
  let started = false;
  let busy = 0;
  let onIdle: (() => void) | null = null;
  let pumping = false;
  let pumpAgain = false;
  let working = false;
  let polledAt = Number.NEGATIVE_INFINITY;
  let sweptAt = Number.NEGATIVE_INFINITY;

  const lanes = createLanes({
    now: () => now().getTime(),
    isEnabled: (id) => connections.destination(id)?.enabled === true,
    onReady() {
      if (lanes.hasToLoad()) loop.wake();
      pump();
    },
  });

  connections.onChange(() => {
    for (const id of lanes.destinationIds()) if (!connections.destination(id)) lanes.drop(id);
    lanes.resume();
    sweptAt = Number.NEGATIVE_INFINITY;
    loop.wake();
  });

  const loop = createLoop({
    step: async () => (await mayWork()) && (await read()),
    pollMs: POLL_MS,
    afterErrorMs: AFTER_ERROR_MS,
    onError: (err) => log.error({ err }, 'deliveries could not be read'),
  });

  /** Follows the lease. Whoever gets it reads everything anew, after what this process still had on its way has ended. */
  async function mayWork(): Promise<boolean> {
    if (!lease.held()) {
      if (working) log.warn('another process delivers now');
      working = false;
      lanes.clear();
      return false;
    }
    if (!working) {
      await idle(DRAIN_MS);
      if (busy > 0 || loop.stopping()) return false;
      lanes.clear();
      working = true;
      polledAt = sweptAt = Number.NEGATIVE_INFINITY;
    }
    return true;
  }

  function idle(ms: number): Promise<void> {
    if (busy === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      onIdle = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** @returns whether there is more to read at once. */
  async function read(): Promise<boolean> {
    const time = performance.now();
    if (time - sweptAt >= SWEEP_MS) {
      sweptAt = time;
      await failDeleted();
    }
    await readLanes();
    return (await scan(time)) || lanes.hasToLoad();
  }

  async function readLanes(): Promise<void> {
    const wanted = lanes.takeToLoad(LANES_A_READ);
    if (wanted.length === 0) return;
    try {
      const asked = wanted.map((lane) => ({
        destinationId: lane.queue.destinationId,
        profileId: lane.profileId,
        after: lane.lastId,
        through: lane.queue.cursor,
      }));
      const found = Map.groupBy(await queries.loadLanes(db, asked, LANE_ROWS), laneKey);
      for (const lane of wanted) {
        const rows = found.get(`${lane.queue.destinationId} ${lane.profileId}`) ?? [];
        lanes.loaded(lane, rows, rows.length === LANE_ROWS);
      }
    } catch (error) {
      for (const lane of wanted) lanes.loadAgain(lane);
      throw error;
    }
  }

  async function scan(time: number): Promise<boolean> {
    const wanted = await destinationsToScan(time);
    if (wanted.length === 0) return false;
    const limit = Math.max(16, Math.min(ROWS_A_DESTINATION, Math.floor(ROWS_A_READ / wanted.length)));
    const rows = await queries.scanPending(
      db,
      wanted.map((one) => ({ ...one, limit })),
    );
    // After the rows and before they join their lanes: a row of a merged person must find that person's older ones.
    if (rows.length > 0 || !lanes.isEmpty()) {
      for (const merge of await queries.takeMerges(db)) {
        lanes.merge(merge.destination_id, merge.loser_id, merge.winner_id);
      }
    }
    if (!lease.held()) return false;
    const counts = new Map<string, number>();
    for (const row of rows) {
      lanes.add(row);
      counts.set(row.destination_id, (counts.get(row.destination_id) ?? 0) + 1);
    }
    return [...counts].some(([id, count]) => count === limit && lanes.wanted(id) !== null);
  }

  /** All with something pending every POLL_MS, of which there are few among many; in between those that the pipeline named. */
  async function destinationsToScan(time: number): Promise<{ id: string; after: number }[]> {
    let ids: string[] = [];
    if (time - polledAt >= POLL_MS) {
      polledAt = time;
      ids = (await queries.pendingDestinations(db)).filter((id) => connections.destination(id)?.enabled);
    } else {
      for (const [id, until] of hints) {
        if (until < time) hints.delete(id);
        else if (connections.destination(id)?.enabled) ids.push(id);
      }
    }
    return ids.flatMap((id) => lanes.wanted(id) ?? []);
  }

  async function failDeleted(): Promise<void> {
    const isUnknown = (id: string): boolean => connections.destination(id) === null;
    let unknown = (await queries.pendingDestinations(db)).filter(isUnknown);
    if (unknown.length === 0) return;
    // Another process may have made it a moment ago.
    await connections.reload();
    unknown = unknown.filter(isUnknown);
    if (unknown.length > 0) await queries.failPending(db, unknown, DESTINATION_DELETED);
  }

  function pump(): void {
    pumpAgain = true;
    if (pumping) return;
    pumping = true;
    void send();
  }

  /** Takes what can be sent now, reads the payloads together, and sends without waiting for the answers. */
  async function send(): Promise<void> {
    while (pumpAgain) {
      // Answers of the same moment free their places first.
      await new Promise((done) => setImmediate(done));
      pumpAgain = false;
      const taken = takeMany();
      if (taken.length === 0) continue;
      pumpAgain = true;
      try {
        const payloads = await queries.readPayloads(
          db,
          taken.map(({ row }) => row),
        );
        for (const [n, one] of taken.entries()) void deliver(one, payloads[n]);
      } catch (error) {
        log.error({ err: error }, 'payloads could not be read');
        for (const one of taken) putBack(one);
      }
    }
    pumping = false;
  }

  function takeMany(): Taken[] {
    const taken: Taken[] = [];
    while (!loop.stopping() && lease.held() && busy < MAX_BUSY && taken.length < PAYLOADS) {
      const one = lanes.take();
      if (!one) break;
      busy++;
      taken.push(one);
    }
    return taken;
  }

  /** Not an attempt: the row waits a moment as it is. */
  function putBack({ lane, row }: Taken): void {
    setTimeout(() => {
      lanes.responded(lane, true);
      ended(lane, row);
    }, AFTER_ERROR_MS);
  }

  async function deliver({ lane, row }: Taken, payload: string | undefined): Promise<void> {
    let attempted: Attempted;
    try {
      attempted = await sender.attempt(row, connections.destination(row.destination_id), payload);
    } catch (error) {
      log.error({ err: error, delivery: row.id }, 'an attempt could not be made');
      putBack({ lane, row });
      return;
    }
    const { outcome, captured, alive } = attempted;
    lanes.responded(lane, alive);
    recorder.add({
      outcome,
      captured,
      done() {
        metrics.deliveries.inc({ outcome: outcome.state === 'pending' ? 'retried' : outcome.state });
        const { attempts, nextAttemptAt } = outcome;
        ended(lane, nextAttemptAt === null ? null : { ...row, attempts, next_attempt_at: nextAttemptAt });
      },
    });
  }

  function ended(lane: Lane, retry: queries.PendingRow | null): void {
    busy--;
    lanes.recorded(lane, retry);
    if (busy === 0) onIdle?.();
    pump();
  }

  return {
    hint(destinationId) {
      hints.set(destinationId, performance.now() + HINT_MS);
    },
    wake: loop.wake,
    async start({ force }) {
      await lease.start({ force });
      started = true;
      loop.start();
    },
    async stop() {
      if (!started) return;
      await loop.stop();
      await idle(DRAIN_MS);
      if (busy > 0) log.warn({ deliveries: busy }, 'stopped before every answer came; these will be sent again');
      await recorder.stop();
      lanes.clear();
      await lease.stop();
    },
  };
}

function laneKey(row: queries.PendingRow): string {
  return `${row.destination_id} ${row.profile_id}`;
}
