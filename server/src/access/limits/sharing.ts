/**
 * How the processes on one database share counts. Each tells twice a second that it lives, and what it let in. One that is
 * alone decides by itself. With others it reserves blocks of units with the database, small ones as a limit comes near,
 * many cells in one statement; between two blocks no request asks anything.
 *
 * A process that joins reserves nothing before every other one knows of it, because until then one of them may believe to
 * be alone. When the database does not answer, each process allows its fair part of every limit.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import { asSystem } from '../../context.ts';
import { createLoop } from '../../loop.ts';
import { type Cell, roll } from './cell.ts';
import type { Sharing } from './limiter.ts';
import type { Presence, SharedCount, Told } from './queries.ts';
import { unitsAt } from './window.ts';

/** The database's side, as queries.ts has it. */
export interface SharedCounts {
  exchange(all: readonly Told[]): Promise<SharedCount[]>;
  beat(knows: number, leaseMs: number): Promise<Presence>;
  leave(): Promise<void>;
}

const BEAT_MS = 500;
const JOINING_BEAT_MS = 50;
/** A process that was not heard of for so long is gone. */
const LEASE_MS = 2_000;
/** How long a request waits for an answer of the database before it is decided without. */
const ANSWER_MS = 1_000;
/** Cells a statement. */
const MOST_AT_ONCE = 500;
/** Requests that wait for the database at the same time; more are decided without it. */
const MOST_WAITING = 10_000;
/** A block is this part of what is left for each process: eight processes leave an eighth of an eighth lying about. */
const BLOCKS = 8;

interface Wish {
  quota: number;
  wanted: number;
  waiting: (() => void)[];
}

export interface SharedLimits extends Sharing {
  /** What a process that is no longer alone has to tell of. */
  know(cells: () => Iterable<Cell>): void;
  /** Resolves when the other processes have been heard of once. */
  start(): Promise<void>;
  /** Gives back what is reserved. */
  stop(): Promise<void>;
  /** One beat and one exchange now, for tests. */
  sync(): Promise<void>;
}

export function createSharing(parts: {
  counts: SharedCounts;
  now: () => number;
  log: Pick<FastifyBaseLogger, 'warn' | 'info'>;
}): SharedLimits {
  const { counts, now, log } = parts;
  let processes = 1;
  let skew = 0;
  let failing = false;
  /** The highest number of a process whose arrival was taken account of. */
  let knows = 0;
  /** Whether all the others know of this one. */
  let joined = false;
  let waiting = 0;
  let exchanging: Promise<void> | null = null;
  let fulfilling = false;
  let allCells: () => Iterable<Cell> = () => [];
  const wishes = new Map<Cell, Wish>();
  /** Cells with units to tell or to give back. */
  const active = new Set<Cell>();

  async function beat(): Promise<void> {
    const sentAt = now();
    const seen = await inTime(asSystem(() => counts.beat(knows, LEASE_MS)));
    skew = seen.at - (sentAt + now()) / 2;
    joined = seen.known === null || seen.known >= seen.number;
    const others = seen.live > 1;
    if (others && processes === 1) {
      // What was let in alone, all of it: the database knows nothing of it yet.
      for (const cell of allCells()) if (cell.untold > 0 || cell.untoldBefore > 0) active.add(cell);
    }
    processes = seen.live;
    if (seen.newest > knows) {
      if (others) await tellAll();
      knows = seen.newest;
      // The newcomer waits to hear that it is known.
      if (others && seen.newest !== seen.number) await inTime(asSystem(() => counts.beat(knows, LEASE_MS)));
    }
    if (failing) log.info('rate limits are shared with the other processes again');
    failing = false;
  }

  async function inTime<T>(work: Promise<T>): Promise<T> {
    const late = new AbortController();
    try {
      return await Promise.race([
        work,
        sleep(ANSWER_MS, undefined, { signal: late.signal, ref: false }).then(() => {
          throw new Error('no answer in time');
        }),
      ]);
    } finally {
      late.abort();
    }
  }

  function failed(error: unknown): void {
    if (!failing) log.warn({ err: error }, 'sharing rate limits failed: each process allows its part of them');
    failing = true;
    // Nobody waits for a database that is away.
    for (const wish of wishes.values()) settle(wish);
    wishes.clear();
  }

  function settle(wish: Wish): void {
    waiting -= wish.waiting.length;
    for (const done of wish.waiting) done();
  }

  /** Tells what is active and fulfils wishes, one statement at a time. */
  async function exchangeOnce(cells: readonly Cell[]): Promise<void> {
    const byKey = new Map<string, { cell: Cell; wish: Wish | undefined; told: number; before: number; at: number }>();
    const all: Told[] = [];
    for (const cell of cells) {
      const key = `${cell.policy.name}|${cell.subject}`;
      // Of a cell that was forgotten in haste and its successor one waits for the next statement.
      if (byKey.has(key)) continue;
      const wish = wishes.get(cell);
      wishes.delete(cell);
      active.delete(cell);
      const at = now() + skew;
      const index = Math.floor(at / cell.policy.windowMs);
      if (index > cell.index) roll(cell, index);
      // A block that lies about is given back, so that the others need not do without it.
      const back = !wish && !cell.busy ? cell.budget : 0;
      cell.budget -= back;
      const told = cell.untold - back;
      const quota = wish?.quota ?? cell.policy.quota;
      const spare = wish
        ? Math.floor(Math.max(0, quota - unitsAt(cell, at, cell.policy.windowMs)) / (BLOCKS * processes))
        : 0;
      byKey.set(key, { cell, wish, told: cell.untold, before: cell.untoldBefore, at: cell.index });
      all.push({
        key,
        windowMs: cell.policy.windowMs,
        index: cell.index,
        told,
        toldBefore: cell.untoldBefore,
        wanted: (wish?.wanted ?? 0) + spare,
        quota,
      });
      cell.untold = 0;
      cell.untoldBefore = 0;
      cell.busy = false;
      if (cell.budget > 0) active.add(cell);
    }
    try {
      for (const count of await inTime(asSystem(() => counts.exchange(all)))) {
        const asked = byKey.get(count.key);
        if (asked) learn(asked.cell, count);
      }
      for (const { wish } of byKey.values()) if (wish) settle(wish);
    } catch (error) {
      // First, so that whoever is told to go on knows that the database did not answer.
      failed(error);
      for (const { cell, wish, told, before, at } of byKey.values()) {
        // Told again with the next exchange. It may have arrived: too much counted is the safer mistake.
        if (cell.index === at) {
          cell.untold += told;
          cell.untoldBefore += before;
        } else if (cell.index === at + 1) cell.untoldBefore += told;
        active.add(cell);
        if (wish) settle(wish);
      }
      throw error;
    }
  }

  function learn(cell: Cell, count: SharedCount): void {
    if (count.cell > cell.index) roll(cell, count.cell);
    if (count.cell === cell.index) {
      // `untold` was spent while the statement ran.
      cell.current = count.current + cell.untold;
      cell.previous = count.previous;
    } else {
      // Granted of a cell that is over here and not there: counted in both.
      cell.current += count.granted;
      cell.untold += count.granted;
    }
    cell.budget += count.granted;
    if (cell.budget > 0 || cell.untold > 0) active.add(cell);
  }

  /** One after the other: an older answer that came later would bring old counts back. */
  async function exchange(cells: readonly Cell[]): Promise<void> {
    while (exchanging) await exchanging.catch(() => {});
    exchanging = exchangeOnce(cells);
    try {
      await exchanging;
    } finally {
      exchanging = null;
    }
  }

  async function tellAll(): Promise<void> {
    const cells = [...active];
    for (let i = 0; i < cells.length; i += MOST_AT_ONCE) await exchange(cells.slice(i, i + MOST_AT_ONCE));
  }

  /** Fulfils wishes until there are none. */
  async function fulfil(): Promise<void> {
    if (fulfilling) return;
    fulfilling = true;
    try {
      while (joined && wishes.size > 0) await exchange([...wishes.keys()].slice(0, MOST_AT_ONCE));
    } catch (error) {
      failed(error);
    } finally {
      fulfilling = false;
    }
  }

  async function sync(): Promise<void> {
    await beat();
    if (processes > 1 && joined) await tellAll();
    void fulfil();
  }

  const loop = createLoop({
    async step() {
      await sync();
      if (!joined) await sleep(JOINING_BEAT_MS);
      return !joined;
    },
    pollMs: BEAT_MS,
    afterErrorMs: BEAT_MS,
    onError: failed,
  });

  return {
    processes: () => processes,
    cutOff: () => failing,
    skewMs: () => skew,
    note: (cell) => void active.add(cell),
    reserve(cell, quota, cost) {
      if (failing || waiting >= MOST_WAITING) return Promise.resolve();
      waiting++;
      return new Promise((done) => {
        const wish = wishes.get(cell);
        if (wish) {
          wish.wanted += cost;
          wish.quota = quota;
          wish.waiting.push(done);
        } else wishes.set(cell, { quota, wanted: cost, waiting: [done] });
        // After what arrived together. For all of them: the request that asked first may be in its transaction by then.
        if (!fulfilling) setImmediate(() => void asSystem(fulfil));
      });
    },
    sync,
    know(cells) {
      allCells = cells;
    },
    async start() {
      await sync().catch(failed);
      loop.start();
    },
    async stop() {
      await loop.stop();
      try {
        for (const cell of active) cell.busy = false;
        if (processes > 1 && !failing) await tellAll();
        await inTime(asSystem(() => counts.leave()));
      } catch {
        // The lease ends by itself.
      }
      for (const wish of wishes.values()) settle(wish);
    },
  };
}
