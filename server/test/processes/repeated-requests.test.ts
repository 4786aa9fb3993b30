/**
 * The promise of an Idempotency-Key: 200 copies of one POST at the same time, over three processes that are killed
 * (SIGKILL) at random, and it is carried out exactly once; every copy gets the bytes of the first answer, or 409 while it
 * runs. HEADGATE_SOAK_ROUNDS runs it longer.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openDatabase } from '../../src/db/open.ts';
import { type Fleet, startFleet } from '../support/processes/fleet.ts';

const ROUNDS = Number(process.env['HEADGATE_SOAK_ROUNDS'] ?? 3);
const COPIES = 200;

test('200 copies over three processes killed at random: one execution', {
  timeout: 120_000 + ROUNDS * 40_000,
}, async (context) => {
  const fleet = await startFleet(3);
  if (!fleet) return context.skip('PostgreSQL is not installed');
  const { db, close } = await openDatabase({ databaseUrl: fleet.databaseUrl, dataDir: '.' });
  try {
    const key = await fleet.mint({ name: 'repeats', scopes: ['templates:write'], rate_per_minute: 100_000 });
    await sleep(1_500);
    let interrupted = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const name = `Round ${round}`;
      const killed = killOne(fleet, round);
      const copies = Array.from({ length: COPIES }, (_, i) => untilAnswered(fleet, key, name, i));
      const outcomes = await Promise.all(copies);
      await killed;
      interrupted += outcomes.reduce((sum, { broken }) => sum + broken, 0);
      expect(new Set(outcomes.map(({ body }) => body)).size, 'all the same bytes').toBe(1);
      expect(outcomes.filter(({ replayed }) => !replayed).length).toBeLessThanOrEqual(1);
      const { rows } = await sql<{ n: number }>`
        select count(*)::int as n from templates where name = ${name}`.execute(db);
      expect(rows[0]?.n, 'executions').toBe(1);
    }
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from idempotency_records`.execute(db);
    expect(rows[0]?.n).toBe(ROUNDS);
    process.stdout.write(
      `${ROUNDS} rounds of ${COPIES} copies: one execution each; ${interrupted} requests were cut off\n`,
    );
    expect(interrupted).toBeGreaterThan(0);
  } finally {
    await close();
    await fleet.stop();
  }
});

/** One of the processes dies somewhere in the middle, and comes back. */
async function killOne(fleet: Fleet, round: number): Promise<void> {
  const node = round % fleet.nodes.length;
  await sleep((round * 37) % 150);
  await fleet.kill(node);
  await fleet.revive(node);
}

interface Outcome {
  readonly body: string;
  readonly replayed: boolean;
  /** How often the connection broke. */
  readonly broken: number;
}

/** As a careful client does it: the same request again until there is an answer, at another process when one is gone. */
async function untilAnswered(fleet: Fleet, key: string, name: string, copy: number): Promise<Outcome> {
  const body = JSON.stringify({ name, subject: 'S', html: '<p>x</p>' });
  const headers = { 'x-api-key': key, 'content-type': 'application/json', 'idempotency-key': name.replace(' ', '-') };
  let broken = 0;
  for (let attempt = 0; ; attempt++) {
    const node = fleet.nodes[(copy + attempt) % fleet.nodes.length];
    let answer: Response;
    let text: string;
    try {
      answer = await fetch(`${node?.url}/api/v1/templates`, { method: 'POST', headers, body });
      text = await answer.text();
    } catch {
      broken++;
      await sleep(100);
      continue;
    }
    if (answer.status === 201) {
      return { body: text, replayed: answer.headers.get('idempotent-replayed') === 'true', broken };
    }
    // 503: the key index of a process that just began.
    expect([409, 503], text).toContain(answer.status);
    if (answer.status === 409) expect(JSON.parse(text).error.code).toBe('idempotency_in_progress');
    await sleep(100);
  }
}
