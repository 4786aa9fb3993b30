import { describe, expect, test } from 'vitest';
import { Meter } from '../meter.ts';
import { createFailureBudget, networkOf } from './failures.ts';
import { createLimiter, type Decision, type Limiter, type Policy } from './limiter.ts';

const MINUTE = 60_000;
const POLICY: Policy = { name: 'api', quota: 1_000, windowMs: MINUTE };
/** The start of a cell. */
const START = 1_800_000_000_000 - (1_800_000_000_000 % MINUTE);

function setUp(policy = POLICY) {
  const time = { at: START };
  const limiter = createLimiter({ now: () => time.at });
  return { time, limiter, take: (cost = 1, subject = 'k') => alone(limiter, policy, subject, cost) };
}

function alone(limiter: Limiter, policy: Policy, subject: string, cost: number): Decision {
  const decision = limiter.take(policy, subject, cost);
  if (decision instanceof Promise) throw new Error('a process that is alone asks nobody');
  return decision;
}

function admitted(count: number, take: () => Decision): number {
  let allowed = 0;
  for (let i = 0; i < count; i++) if (take().allowed) allowed++;
  return allowed;
}

describe('a subject that remembers its cell', () => {
  test('is answered as by its name, through sweeps, rotated twins, two policies and what is given back', () => {
    const time = { at: START };
    const parts = { now: () => time.at, mostCells: 1_100 };
    const [byMeter, byName] = [createLimiter(parts), createLimiter(parts)];
    // A key and its successor spend one quota.
    const meters = Array.from(
      { length: 3_000 },
      (_, n) => new Meter({ quota: `quota${n >> 1}`, workspaceId: 'w', keyId: n }),
    );
    const policies = [
      { ...POLICY, quota: 7 },
      { name: 'other', quota: 7, windowMs: 10_000 },
    ];
    const random = randomNumbers(7);
    const pick = <T>(items: readonly T[]): T => items[random() % items.length] as T;
    let refused = 0;
    for (let n = 0; n < 120_000; n++) {
      time.at += random() % 20;
      // Some come again and again, so that limits are met.
      const meter = n % 3 === 0 ? pick(meters.slice(0, 20)) : pick(meters);
      const [policy, cost] = [pick(policies), 1 + (random() % 3)];
      if (random() % 20 === 0) {
        for (const limiter of [byMeter, byName]) limiter.giveBack(policy, meter.subject, 1);
        continue;
      }
      const decision = byMeter.take(policy, meter, cost) as Decision;
      if (!decision.allowed) refused++;
      expect(decision).toEqual(byName.take(policy, meter.subject, cost));
    }
    expect(refused).toBeGreaterThan(1_000);
  });

  test('counts in its own cell again when it comes back after it was forgotten', () => {
    const time = { at: START };
    const limiter = createLimiter({ now: () => time.at });
    const meters = Array.from({ length: 3_000 }, (_, n) => new Meter({ quota: `k${n}`, workspaceId: 'w', keyId: n }));
    const own = () => meters.filter((meter) => meter.policy === POLICY && !meter.gone).length;
    for (let round = 1; round <= 3; round++) {
      for (const meter of meters) expect(limiter.take(POLICY, meter, 1)).toMatchObject({ remaining: 999 });
      expect(own(), `round ${round}`).toBe(3_000);
      time.at += 2.5 * MINUTE;
      for (let n = 0; n < 4_000 * 4 ** round; n++) void limiter.take(POLICY, `newcomer ${round} ${n}`, 1);
      expect(own(), `after round ${round}`).toBe(0);
    }
  });
});

/** The same sequence each time (Park and Miller). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 0x7fff_ffff;
    return state;
  };
}

describe('one process', () => {
  test('lets in exactly the limit, and tells what is left', () => {
    const { take } = setUp();
    expect(take()).toMatchObject({ allowed: true, quota: 1_000, remaining: 999, resetAt: START + MINUTE });
    expect(admitted(2_000, take)).toBe(999);
    expect(take()).toMatchObject({ allowed: false, remaining: 0 });
  });

  test('no double spend at the edge of a window: what was spent before it still counts after it', () => {
    const { time, take } = setUp();
    time.at = START + MINUTE - 1;
    expect(admitted(2_000, take)).toBe(1_000);
    time.at = START + MINUTE;
    expect(admitted(2_000, take)).toBe(0);
    time.at = START + MINUTE + 600;
    expect(admitted(2_000, take)).toBe(10);
  });

  test('hammered for an hour it lets in the limit of every minute, within 1 %', () => {
    const { time, take } = setUp();
    const perMinute: number[] = [];
    for (let minute = 0; minute < 60; minute++) {
      let allowed = 0;
      for (let ms = 0; ms < MINUTE; ms += 10) {
        time.at = START + minute * MINUTE + ms;
        if (take().allowed) allowed++;
        if (take().allowed) allowed++;
      }
      perMinute.push(allowed);
    }
    for (const allowed of perMinute) expect(allowed).toBeLessThanOrEqual(1_010);
    expect(perMinute.reduce((a, b) => a + b)).toBeGreaterThan(59 * 990);
  });

  test('steady traffic just below the limit is never refused: the window closes while it goes on', () => {
    const { time, take } = setUp();
    for (let i = 0; i < 10_000; i++) {
      time.at = START + i * 61;
      expect(take().allowed).toBe(true);
    }
  });

  test.each([
    [0, 1_000, 1],
    [59_999, 1_000, 1],
    [30_000, 700, 400],
    [12_345, 999, 7],
  ])('Retry-After is the first moment that lets in (spent at %d ms: %d, cost %d)', (ms, spent, cost) => {
    const { time, take } = setUp();
    time.at = START + ms;
    expect(take(spent).allowed).toBe(true);
    const refused = take(cost);
    expect(refused.allowed).toBe(false);
    const from = time.at;
    time.at = from + refused.retryAfterMs - 2;
    expect(take(cost).allowed).toBe(false);
    time.at = from + refused.retryAfterMs;
    expect(take(cost).allowed).toBe(true);
  });

  test('a refused request costs nothing', () => {
    const { time, take } = setUp();
    admitted(100_000, take);
    time.at = START + 2 * MINUTE;
    expect(admitted(2_000, take)).toBe(1_000);
  });

  test('a cost above the quota is all of it, so that it is not refused for ever', () => {
    const { limiter } = setUp();
    expect(limiter.take(POLICY, 'k', 50, 10)).toMatchObject({ allowed: true, remaining: 0 });
    expect(limiter.take(POLICY, 'k', 1, 10)).toMatchObject({ allowed: false });
  });

  test("subjects, and policies, do not spend each other's", () => {
    const { limiter, take } = setUp();
    admitted(1_000, take);
    expect(take(1, 'other').allowed).toBe(true);
    expect(limiter.take({ ...POLICY, name: 'export' }, 'k', 1)).toMatchObject({ allowed: true });
  });

  test('a clock that goes back 5 s gives nothing away', () => {
    const { time, take } = setUp();
    time.at = START + 2_000;
    admitted(1_000, take);
    time.at = START - 3_000;
    expect(admitted(1_000, take)).toBe(0);
    time.at = START + 4_000;
    expect(admitted(1_000, take)).toBe(0);
  });

  test('what was given back can be spent again', () => {
    const { limiter, take } = setUp();
    admitted(1_000, take);
    limiter.giveBack(POLICY, 'k', 5);
    expect(admitted(10, take)).toBe(5);
  });

  test('attack row 27: a million subjects leave no more than two windows of them', () => {
    const { time, limiter, take } = setUp();
    for (let i = 0; i < 100_0000; i++) {
      time.at = START + i;
      take(1, `subject ${i}`);
    }
    expect(limiter.size()).toBeLessThanOrEqual(400_000);
    time.at += 10 * MINUTE;
    for (let i = 0; i < 500_000; i++) take(1, `later ${i}`);
    expect(limiter.size()).toBeLessThanOrEqual(200_000);
  });
});

describe('failures', () => {
  test('1,000 addresses of one IPv6 /64 are one network, and an IPv4 address in IPv6 form is that address', () => {
    const networks = new Set(Array.from({ length: 1_000 }, (_, i) => networkOf(`2001:db8:1:2:${i.toString(16)}::1`)));
    expect(networks.size).toBe(1);
    expect(networkOf('2001:db8:1:3::1')).not.toBe(networkOf('2001:db8:1:2::1'));
    expect(networkOf('::ffff:192.0.2.7')).toBe(networkOf('192.0.2.7'));
  });

  test('600 a minute, then refused; another network is not', () => {
    const failures = createFailureBudget(() => START);
    for (let i = 0; i < 600; i++) expect(failures.spend('192.0.2.7').allowed).toBe(true);
    expect(failures.spend('192.0.2.7').allowed).toBe(false);
    expect(failures.spend('192.0.2.8').allowed).toBe(true);
  });

  test('attack row 27: a million networks are not remembered', () => {
    const failures = createFailureBudget(() => START);
    for (let i = 0; i < 100_0000; i++) failures.spend(`2001:db8:${(i >> 8).toString(16)}:${(i & 255).toString(16)}::`);
    expect(failures.networks()).toBeLessThanOrEqual(20_000);
  });
});
