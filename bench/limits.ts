/**
 * (g) Rate limits: what one decision costs, and by how much three processes on one PostgreSQL that are hammered at once
 * exceed a limit together. HEADGATE_BENCH_LIMIT_ROUNDS: how often they are hammered, default 3.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { createLimiter, type Policy } from '../server/src/access/limits/limiter.ts';
import { startFleet } from '../server/test/support/processes/fleet.ts';
import { median, print } from './lib/report.ts';

const POLICY: Policy = { name: 'api', quota: 1_000_000_000, windowMs: 60_000 };
const DECISIONS = 2_000_000;
const RUNS = 5;
const LIMIT = 1_000;
const ROUNDS = Number(process.env['HEADGATE_BENCH_LIMIT_ROUNDS'] ?? 3);

export async function benchLimits(): Promise<void> {
  print('### Rate limits\n');
  print('| callers in memory | one decision, ns (median of 5 runs) |');
  print('| --- | --- |');
  for (const callers of [1, 1_000, 100_000])
    print(`| ${callers.toLocaleString('en')} | ${Math.round(decisionNs(callers))} |`);
  print('');
  await hammerFleet();
}

function decisionNs(callers: number): number {
  const subjects = Array.from({ length: callers }, (_, i) => `subject${i.toString(36)}`);
  const runs = Array.from({ length: RUNS + 1 }, () => {
    const limiter = createLimiter({ now: Date.now });
    for (const subject of subjects) void limiter.take(POLICY, subject, 1);
    const startedAt = process.hrtime.bigint();
    // A step that visits all of them in no order.
    for (let i = 0, at = 0; i < DECISIONS; i++, at = (at + 7_919) % callers) {
      void limiter.take(POLICY, subjects[at] ?? '', 1);
    }
    return Number(process.hrtime.bigint() - startedAt) / DECISIONS;
  });
  // The first one is compiled while it runs.
  return median(runs.slice(1));
}

async function hammerFleet(): Promise<void> {
  const fleet = await startFleet(3);
  if (!fleet) return print('PostgreSQL is not installed: three processes were not measured.\n');
  try {
    print(`Three processes, one key of ${LIMIT} a minute, 60 requests at a time:\n`);
    print('| round | sent | let in | over the limit |');
    print('| --- | --- | --- | --- |');
    for (let round = 1; round <= ROUNDS; round++) {
      const key = await fleet.mint({ name: `hammered ${round}`, scopes: ['templates:read'] });
      // The other processes learn of the key; and the minute must not turn while it is hammered.
      await sleep(1_500);
      if (Date.now() % 60_000 > 45_000) await sleep(60_000 - (Date.now() % 60_000));
      const counts = await Promise.all(fleet.nodes.map(({ url }) => hammer(url, key, 1_000)));
      const allowed = counts.reduce((sum, count) => sum + count, 0);
      print(`| ${round} | 3,000 | ${allowed} | ${(Math.max(0, allowed / LIMIT - 1) * 100).toFixed(1)} % |`);
    }
    print('');
  } finally {
    await fleet.stop();
  }
}

/** @returns how many were let in. */
async function hammer(url: string, key: string, requests: number): Promise<number> {
  let left = requests;
  let allowed = 0;
  const worker = async () => {
    while (left-- > 0) {
      const { status, body } = await fetch(`${url}/api/v1/me`, { headers: { 'x-api-key': key } });
      await body?.cancel();
      if (status === 200) allowed++;
    }
  };
  await Promise.all(Array.from({ length: 20 }, worker));
  return allowed;
}
