/** Several processes on one database, all simulated: clocks, counts, and what takes time. */
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { type Context, waitsForItself, withContext } from '../../context.ts';
import { Cell } from './cell.ts';
import { createLimiter, type Policy } from './limiter.ts';
import type { Presence, SharedCount, Told } from './queries.ts';
import { createSharing } from './sharing.ts';

const MINUTE = 60_000;
const START = 1_800_000_000_000 - (1_800_000_000_000 % MINUTE);
const POLICY: Policy = { name: 'api', quota: 1_000, windowMs: MINUTE };
const log = pino({ level: 'silent' });

/** As reserve_units and rate_processes do it (migration limits). */
function fakeDatabase() {
  const rows = new Map<string, { cell: number; current: number; previous: number }>();
  const processes = new Map<number, { knows: number; seenAt: number }>();
  const database = {
    at: START,
    down: false,
    statements: 0,
    current: (key: string) => rows.get(key)?.current ?? 0,
    connect(number: number) {
      const answer = async <T>(work: () => T): Promise<T> => {
        await Promise.resolve();
        if (database.down) throw new Error('gone');
        database.statements++;
        return work();
      };
      return {
        exchange: (all: readonly Told[]) => answer(() => all.map(reserve)),
        beat: (knows: number, leaseMs: number) =>
          answer((): Presence => {
            processes.set(number, { knows, seenAt: database.at });
            const live = [...processes].filter(([, { seenAt }]) => seenAt > database.at - leaseMs);
            const others = live.filter(([other]) => other !== number);
            return {
              at: database.at,
              number,
              live: live.length,
              newest: Math.max(...live.map(([other]) => other)),
              known: others.length === 0 ? null : Math.min(...others.map(([, other]) => other.knows)),
            };
          }),
        leave: () => answer(() => void processes.delete(number)),
      };
    },
  };

  function reserve(told: Told): SharedCount {
    const at = database.at / told.windowMs;
    const running = Math.floor(at);
    const found = rows.get(told.key) ?? { cell: running, current: 0, previous: 0 };
    const cell = Math.max(running, found.cell);
    let current = found.cell === cell ? found.current : 0;
    let previous = found.cell === cell ? found.previous : found.cell === cell - 1 ? found.current : 0;
    if (told.index >= cell) {
      current = Math.max(0, current + told.told);
      previous += told.toldBefore;
    } else if (told.index === cell - 1) previous = Math.max(0, previous + told.told);
    const left = Math.floor(told.quota - current - previous * (1 - Math.max(0, Math.min(1, at - cell))));
    const granted = Math.max(0, Math.min(told.wanted, left));
    current += granted;
    rows.set(told.key, { cell, current, previous });
    return { key: told.key, cell, current, previous, granted };
  }
  return database;
}

type Fake = ReturnType<typeof fakeDatabase>;

/** A process whose clock is `skew` ms ahead of the database's. */
function newProcess(database: Fake, number: number, skew = 0) {
  const now = () => database.at + skew;
  const sharing = createSharing({ counts: database.connect(number), now, log });
  const limiter = createLimiter({ now, sharing });
  let started = false;
  return {
    limiter,
    sharing,
    /** One beat; the loop's own never run here, its time is simulated. */
    async sync() {
      if (!started) sharing.know(limiter.cells);
      started = true;
      await sharing.sync().catch(() => {});
    },
    take: async (cost = 1, subject = 'k') => await limiter.take(POLICY, subject, cost),
  };
}

type Process = ReturnType<typeof newProcess>;

async function together(database: Fake, skews: readonly number[]): Promise<Process[]> {
  const processes = skews.map((skew, i) => newProcess(database, i + 1, skew));
  // Until each has heard that the others have heard of it.
  for (let round = 0; round < 3; round++) for (const process of processes) await process.sync();
  return processes;
}

test('a cell that was forgotten in haste and its successor are both answered', async () => {
  const database = fakeDatabase();
  const [one] = await together(database, [0, 0]);
  const cells = [new Cell('k', POLICY, START / MINUTE), new Cell('k', POLICY, START / MINUTE)];
  await Promise.all(cells.map((cell) => one?.sharing.reserve(cell, POLICY.quota, 5)));
  expect(cells.map((cell) => cell.budget >= 5)).toEqual([true, true]);
});

/** Every process asked as much as it can, in simulated time. @returns let in each minute. */
async function hammer(database: Fake, processes: readonly Process[], minutes: number, stepMs = 50): Promise<number[]> {
  const allowed: number[] = [];
  const from = database.at;
  for (let ms = 0; ms < minutes * MINUTE; ms += stepMs) {
    database.at = from + ms;
    if (ms % 500 === 0) for (const process of processes) await process.sync();
    const asked = processes.flatMap((process) => Array.from({ length: 3 }, () => process.take()));
    const minute = Math.floor(ms / MINUTE);
    for (const decision of await Promise.all(asked)) {
      if (decision.allowed) allowed[minute] = (allowed[minute] ?? 0) + 1;
    }
  }
  return allowed;
}

test('a request that waits for the database as it goes away is decided by the process itself, and not refused', async () => {
  const database = fakeDatabase();
  const [first] = await together(database, [0, 0]);
  if (!first) throw new Error('no process');
  // As many as may go ahead of a reservation, and one that has to ask.
  for (let n = 0; n < 20; n++) expect(await first.take()).toMatchObject({ allowed: true });
  expect(first.sharing.cutOff()).toBe(false);
  database.down = true;
  const waiting = Array.from({ length: 5 }, () => first.take());
  for (const decision of await Promise.all(waiting)) expect(decision.allowed).toBe(true);
  expect(first.sharing.cutOff()).toBe(true);
});

describe('three processes', () => {
  test.each([
    ['clocks agree', [0, 0, 0]],
    ['clocks are 5 s apart both ways', [-5_000, 0, 5_000]],
  ])('hammered they let in at most 5 % more than the limit of every minute; %s', async (_name, skews) => {
    const database = fakeDatabase();
    const processes = await together(database, skews);
    const allowed = await hammer(database, processes, 5);
    for (const minute of allowed) {
      expect(minute).toBeLessThanOrEqual(1_050);
      expect(minute).toBeGreaterThan(900);
    }
  });

  test('a burst on all of them at once, at the edge of a window, is the limit once', async () => {
    const database = fakeDatabase();
    const processes = await together(database, [0, 0, 0]);
    const burst = async () => {
      const asked = processes.flatMap((process) => Array.from({ length: 1_000 }, () => process.take()));
      return (await Promise.all(asked)).filter((decision) => decision.allowed).length;
    };
    database.at = START + MINUTE - 1;
    const before = await burst();
    database.at = START + MINUTE;
    const after = await burst();
    expect(before).toBeGreaterThan(900);
    expect(before + after).toBeLessThanOrEqual(1_050);
  });

  test('far below the limit no request asks the database', async () => {
    const database = fakeDatabase();
    const processes = await together(database, [0, 0, 0]);
    const before = database.statements;
    for (const process of processes) {
      for (let i = 0; i < 10; i++) expect(process.limiter.take(POLICY, 'k', 1)).not.toBeInstanceOf(Promise);
    }
    expect(database.statements).toBe(before);
    // A whole quota costs a few dozen statements.
    const allowed = await hammer(database, processes, 1);
    expect(allowed[0]).toBeGreaterThan(900);
  });

  test('a caller of one process gets nearly all of the limit, wherever it went before', async () => {
    const database = fakeDatabase();
    const processes = await together(database, [0, 0, 0]);
    let allowed = 0;
    for (let i = 0; i < 600; i++) if ((await processes[0]?.take())?.allowed) allowed++;
    for (let i = 0; i < 3; i++) for (const process of processes) await process.sync();
    for (let i = 0; i < 600; i++) if ((await processes[1]?.take())?.allowed) allowed++;
    expect(allowed).toBeGreaterThan(960);
    expect(allowed).toBeLessThanOrEqual(1_050);
  });
});

describe('a process that joins', () => {
  test('finds what the other let in while it was alone', async () => {
    const database = fakeDatabase();
    const [first, second] = [newProcess(database, 1), newProcess(database, 2)];
    await first.sync();
    let allowed = 0;
    for (let i = 0; i < 700; i++) if ((await first.take()).allowed) allowed++;
    await second.sync();
    // Before the first one knows of it, it reserves nothing.
    const early = Array.from({ length: 1_000 }, () => second.take());
    for (let i = 0; i < 700; i++) if ((await first.take()).allowed) allowed++;
    for (let round = 0; round < 3; round++) for (const process of [first, second]) await process.sync();
    for (const decision of await Promise.all(early)) if (decision.allowed) allowed++;
    expect(allowed).toBeGreaterThan(990);
    expect(allowed).toBeLessThanOrEqual(1_050);
  });

  test('alone again after the others ended, it decides by itself', async () => {
    const database = fakeDatabase();
    const [first] = (await together(database, [0, 0])) as [Process, Process];
    await first.take(50);
    database.at += 3_000;
    await first.sync();
    const before = database.statements;
    let allowed = 0;
    for (let i = 0; i < 2_000; i++) if ((await first.take()).allowed) allowed++;
    expect(allowed).toBe(950);
    expect(database.statements).toBe(before);
  });
});

test('without the database each process allows its part, and none waits', async () => {
  const database = fakeDatabase();
  const processes = await together(database, [0, 0, 0]);
  database.down = true;
  const allowed = await hammer(database, processes, 3);
  for (const minute of allowed) {
    expect(minute).toBeLessThanOrEqual(1_050);
    expect(minute).toBeGreaterThan(900);
  }
  database.down = false;
  for (let i = 0; i < 3; i++) for (const process of processes) await process.sync();
  for (const minute of await hammer(database, processes, 2)) expect(minute).toBeLessThanOrEqual(1_050);
});

test('subjects that nobody asks for any more are let go', async () => {
  const database = fakeDatabase();
  const [first] = (await together(database, [0, 0])) as [Process, Process];
  for (let i = 0; i < 5_000; i++) await first.take(1, `s${i}`);
  database.at += 5 * MINUTE;
  for (let i = 0; i < 3_000; i++) await first.take(1, `t${i}`);
  for (let i = 0; i < 3; i++) await first.sync();
  expect(first.limiter.size()).toBeLessThanOrEqual(8_192);
});

test('a count that one request asks for is not part of the transaction that it opens next', async () => {
  const database = fakeDatabase();
  const counts = database.connect(1);
  const context: Context = {
    workspaceId: 'w',
    actor: { kind: 'system', id: null, label: 'x' },
    ip: null,
    userAgent: null,
    requestId: null,
    ambient: null,
  };
  const inside: boolean[] = [];
  let ask: (subject: string) => unknown = () => {};
  const sharing = createSharing({
    counts: {
      ...counts,
      exchange: async (all) => {
        inside.push(waitsForItself());
        // While the first is under way the second is asked for; then the first goes on into its transaction.
        if (inside.length === 1) void ask('second');
        const answer = await counts.exchange(all);
        context.ambient = { afterCommit: () => {} };
        return answer;
      },
    },
    now: () => database.at,
    log,
  });
  const limiter = createLimiter({ now: () => database.at, sharing });
  sharing.know(limiter.cells);
  await database.connect(2).beat(9, 2_000);
  await sharing.sync();
  ask = (subject) => limiter.take(POLICY, subject, 100);
  await withContext(context, () => ask('first'));
  await new Promise((done) => setTimeout(done, 50));
  expect(inside).toEqual([false, false]);
  expect(sharing.cutOff()).toBe(false);
});
