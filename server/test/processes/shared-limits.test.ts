/** Three processes on one PostgreSQL, all hammered with one key: together they let in what one would. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startFleet } from '../support/processes/fleet.ts';

const LIMIT = 1_000;

test('three processes hammered at once let in at most 5 % more than the limit', {
  timeout: 240_000,
}, async (context) => {
  const fleet = await startFleet(3);
  if (!fleet) return context.skip('PostgreSQL is not installed');
  try {
    for (let round = 0; round < 2; round++) {
      const key = await fleet.mint({ name: `hammered ${round}`, scopes: ['templates:read'] });
      // Other processes learn of a key within half a second.
      await sleep(1_500);
      const startedAt = Date.now();
      const counts = await Promise.all(fleet.nodes.map(({ url }) => hammer(url, key)));
      const allowed = counts.reduce((sum, { ok }) => sum + ok, 0);
      const refused = counts.reduce((sum, { limited }) => sum + limited, 0);
      // Across the turn of a minute the window slides on.
      const slid = ((Date.now() - startedAt) / 60_000) * LIMIT;
      const minuteTurned = Math.floor(startedAt / 60_000) !== Math.floor(Date.now() / 60_000);
      report(`round ${round}: ${allowed} let in, ${refused} refused by three processes; the limit is ${LIMIT}`);
      expect(allowed).toBeLessThanOrEqual(LIMIT * 1.05 + (minuteTurned ? slid : 0));
      expect(allowed).toBeGreaterThan(LIMIT * 0.85);
      expect(refused).toBeGreaterThan(0);
    }
  } finally {
    await fleet.stop();
  }
});

function report(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function hammer(url: string, key: string): Promise<{ ok: number; limited: number }> {
  const counts = { ok: 0, limited: 0 };
  let left = 900;
  const worker = async () => {
    while (left-- > 0) {
      const { status, body } = await fetch(`${url}/api/v1/me`, { headers: { 'x-api-key': key } });
      await body?.cancel();
      if (status === 200) counts.ok++;
      else if (status === 429) counts.limited++;
      else throw new Error(`unexpected ${status}`);
    }
  };
  await Promise.all(Array.from({ length: 20 }, worker));
  return counts;
}
