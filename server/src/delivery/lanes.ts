/**
 * The order of sending, in memory and without I/O. A lane is one person at one destination: its deliveries go out one
 * after another by id, and one that waits for a retry holds up only those behind it. A queue is one destination.
 *
 * Memory is bounded: a queue keeps about WINDOW rows. A lane that cannot send keeps its first row alone; the rest is
 * forgotten (`more`) and read again from the table when its turn comes.
 */
import type { PendingRow } from './queries.ts';

/** Rows kept for one destination; it is read on when less than half is left. */
export const WINDOW = 5_000;
/** Rows kept for one person at one destination. */
export const LANE_ROWS = 50;
/** Requests to one destination at a time: grows with each answer, halves with each time-out or broken connection. */
const MAX_IN_FLIGHT = 64;
const FIRST_IN_FLIGHT = 8;

export interface Lane {
  readonly queue: Queue;
  readonly profileId: string;
  rows: PendingRow[];
  /** The table has pending rows of this lane after `lastId` and up to the queue's cursor that are not in `rows`. */
  more: boolean;
  lastId: number;
  /** Rows that were taken and whose outcome is not recorded yet. Above 1 only after a merge of two busy lanes. */
  busy: number;
  place: 'idle' | 'ready' | 'waiting' | 'loading' | 'gone';
  timer: NodeJS.Timeout | null;
  /** Set when its person was merged into another. */
  mergedInto: Lane | null;
}

export interface Queue {
  readonly destinationId: string;
  /** Every pending row up to this id was seen. */
  cursor: number;
  readonly lanes: Map<string, Lane>;
  ready: Lane[];
  inFlight: number;
  limit: number;
  /** Rows in `lanes`. */
  kept: number;
  inRing: boolean;
  dropped: boolean;
}

export interface Taken {
  readonly lane: Lane;
  readonly row: PendingRow;
}

export type Lanes = ReturnType<typeof createLanes>;

export function createLanes(options: {
  now: () => number;
  isEnabled: (destinationId: string) => boolean;
  /** Called when `take` may give something again. */
  onReady: () => void;
}) {
  const { now, isEnabled, onReady } = options;
  const queues = new Map<string, Queue>();
  // Queues that can send, each once: taking turns keeps one destination from crowding out the others.
  let ring: Queue[] = [];
  const toLoad = new Set<Lane>();

  function queueOf(destinationId: string): Queue {
    let queue = queues.get(destinationId);
    if (!queue) {
      queue = {
        destinationId,
        cursor: 0,
        lanes: new Map(),
        ready: [],
        inFlight: 0,
        limit: FIRST_IN_FLIGHT,
        kept: 0,
        inRing: false,
        dropped: false,
      };
      queues.set(destinationId, queue);
    }
    return queue;
  }

  function laneOf(queue: Queue, profileId: string): Lane {
    let lane = queue.lanes.get(profileId);
    if (!lane) {
      lane = {
        queue,
        profileId,
        rows: [],
        more: false,
        lastId: 0,
        busy: 0,
        place: 'idle',
        timer: null,
        mergedInto: null,
      };
      queue.lanes.set(profileId, lane);
    }
    return lane;
  }

  /** A row that a scan found; rows of a queue come in the order of their ids, each once. */
  function add(row: PendingRow): void {
    const queue = queueOf(row.destination_id);
    queue.cursor = Math.max(queue.cursor, row.id);
    const lane = laneOf(queue, row.profile_id);
    if (lane.more) return;
    if (lane.rows.length >= LANE_ROWS || lane.place === 'waiting') {
      lane.more = true;
      return;
    }
    keep(lane, row);
    if (lane.place === 'idle') settle(lane);
  }

  function keep(lane: Lane, row: PendingRow): void {
    lane.rows.push(row);
    lane.lastId = row.id;
    lane.queue.kept++;
  }

  /** Puts a lane where it belongs after anything changed. */
  function settle(lane: Lane): void {
    if (lane.place === 'gone') return;
    unschedule(lane);
    lane.place = 'idle';
    if (lane.busy > 0) return;
    const [head] = lane.rows;
    if (!head) {
      if (lane.more) {
        lane.place = 'loading';
        toLoad.add(lane);
        onReady();
      } else {
        lane.place = 'gone';
        lane.queue.lanes.delete(lane.profileId);
      }
      return;
    }
    // The first attempt is due at once: its time was set by the database's clock, which may be another one.
    const wait = head.attempts === 0 ? 0 : head.next_attempt_at - now();
    if (wait > 0) hold(lane, head, wait);
    else {
      lane.place = 'ready';
      lane.queue.ready.push(lane);
      enter(lane.queue);
    }
  }

  function hold(lane: Lane, head: PendingRow, wait: number): void {
    lane.place = 'waiting';
    if (lane.rows.length > 1) {
      lane.queue.kept -= lane.rows.length - 1;
      lane.rows = [head];
      lane.lastId = head.id;
      lane.more = true;
    }
    lane.timer = setTimeout(() => settle(lane), Math.min(wait, 2 ** 31 - 1));
    lane.timer.unref();
  }

  function unschedule(lane: Lane): void {
    if (lane.timer) clearTimeout(lane.timer);
    lane.timer = null;
  }

  function enter(queue: Queue): void {
    if (queue.inRing || queue.dropped || queue.ready.length === 0 || queue.inFlight >= queue.limit) return;
    if (!isEnabled(queue.destinationId)) return;
    queue.inRing = true;
    ring.push(queue);
    onReady();
  }

  /** The next delivery to send, of the destinations in turn; null: nothing can be sent now. */
  function take(): Taken | null {
    for (let queue = ring.shift(); queue; queue = ring.shift()) {
      queue.inRing = false;
      const taken = queue.dropped || !isEnabled(queue.destinationId) ? null : takeFrom(queue);
      enter(queue);
      if (taken) return taken;
    }
    return null;
  }

  function takeFrom(queue: Queue): Taken | null {
    for (let lane = queue.ready.shift(); lane; lane = queue.ready.shift()) {
      // It may have been merged, or taken by an older entry of itself.
      if (lane.place !== 'ready') continue;
      const row = lane.rows.shift();
      if (!row) continue;
      queue.kept--;
      queue.inFlight++;
      lane.place = 'idle';
      lane.busy++;
      return { lane, row };
    }
    return null;
  }

  /** The request of a taken row ended. `alive`: with an answer. */
  function responded({ queue }: Lane, alive: boolean): void {
    queue.inFlight--;
    queue.limit = alive ? Math.min(MAX_IN_FLIGHT, queue.limit + 1) : Math.max(1, queue.limit >> 1);
    enter(queue);
  }

  /** The outcome of a taken row is durable. `retry`: the row as it is now, when it stays pending. */
  function recorded(taken: Lane, retry: PendingRow | null): void {
    let lane = taken;
    while (lane.mergedInto) lane = lane.mergedInto;
    lane.busy--;
    const willBeLoaded = retry !== null && lane.more && lane.lastId < retry.id;
    if (retry && !willBeLoaded && lane.place !== 'gone') {
      const at = lane.rows.findIndex((row) => row.id > retry.id);
      lane.rows.splice(at === -1 ? lane.rows.length : at, 0, retry);
      lane.lastId = Math.max(lane.lastId, retry.id);
      lane.queue.kept++;
    }
    settle(lane);
  }

  /** Lanes to read from the table, at most `limit`; each must come back through `loaded`. */
  function takeToLoad(limit: number): Lane[] {
    const lanes: Lane[] = [];
    for (const lane of toLoad) {
      if (lanes.length === limit) break;
      toLoad.delete(lane);
      // Otherwise it was merged or dropped, or is waiting for an outcome and comes again after it.
      if (lane.place === 'loading') lanes.push(lane);
    }
    return lanes;
  }

  /** The lane's rows after `lastId`; `more`: the table may have still more of them. */
  function loaded(lane: Lane, rows: readonly PendingRow[], more: boolean): void {
    if (lane.place !== 'loading') return;
    for (const row of rows) keep(lane, row);
    lane.more = more;
    settle(lane);
  }

  /** The reading of this lane failed. */
  function loadAgain(lane: Lane): void {
    if (lane.place === 'loading') toLoad.add(lane);
  }

  /** Pending rows of one person now belong to another: both lanes become one, read afresh in the order of ids. */
  function merge(destinationId: string, loserId: string, winnerId: string): void {
    const queue = queues.get(destinationId);
    if (!queue) return;
    const winner = laneOf(queue, winnerId);
    forget(winner);
    winner.more = true;
    winner.lastId = 0;
    const loser = queue.lanes.get(loserId);
    if (loser) {
      forget(loser);
      loser.place = 'gone';
      loser.mergedInto = winner;
      winner.busy += loser.busy;
      queue.lanes.delete(loserId);
    }
    settle(winner);
  }

  function forget(lane: Lane): void {
    unschedule(lane);
    lane.queue.kept -= lane.rows.length;
    lane.rows = [];
    toLoad.delete(lane);
  }

  function drop(queue: Queue): void {
    queue.dropped = true;
    for (const lane of queue.lanes.values()) {
      forget(lane);
      lane.place = 'gone';
    }
    queue.lanes.clear();
    queue.ready = [];
    queues.delete(queue.destinationId);
  }

  return {
    add,
    take,
    responded,
    recorded,
    takeToLoad,
    loaded,
    loadAgain,
    merge,
    /** Where to read on for a destination; null: enough is kept. */
    wanted(destinationId: string): { id: string; after: number } | null {
      const queue = queues.get(destinationId);
      if (!queue) return { id: destinationId, after: 0 };
      return queue.kept < WINDOW / 2 ? { id: destinationId, after: queue.cursor } : null;
    },
    /** Destinations with something in memory. */
    destinationIds: () => [...queues.keys()],
    /** Nothing is known of any person: no merge concerns this process. */
    isEmpty: () => [...queues.values()].every((queue) => queue.lanes.size === 0),
    hasToLoad: () => toLoad.size > 0,
    /** A destination was enabled: what is ready goes on. */
    resume() {
      for (const queue of queues.values()) enter(queue);
    },
    drop(destinationId: string) {
      const queue = queues.get(destinationId);
      if (queue) drop(queue);
    },
    clear() {
      for (const queue of queues.values()) drop(queue);
      ring = [];
      toLoad.clear();
    },
  };
}
