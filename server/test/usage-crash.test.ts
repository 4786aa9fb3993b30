/** A process that is killed (SIGKILL) loses at most a second of the usage log: what was answered before is there. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { call, install, signIn } from './support/processes/process.ts';

/** What the log may lose. */
const LOST_MS = 1_000;

test('kill -9 loses at most a second of the usage log', { timeout: 120_000 }, async () => {
  const installation = await install();
  try {
    let running = await installation.start();
    const { url } = installation;
    const { access: token } = await signIn(url);
    const body = { name: 'watched', scopes: ['sources:read'], rate_per_minute: 100_000 };
    const key = await call<{ id: string; key: string }>(url, '/api/v1/api-keys', { token, body });
    const answered: { id: string; at: number }[] = [];
    let stopped = false;
    const sender = async () => {
      while (!stopped) {
        const answer = await fetch(`${url}/api/v1/sources`, { headers: { 'x-api-key': key.key } }).catch(() => null);
        if (answer?.ok) answered.push({ id: answer.headers.get('x-request-id') ?? '', at: Date.now() });
        await sleep(5);
      }
    };
    const senders = [sender(), sender(), sender()];
    await sleep(4_000);
    const killedAt = Date.now();
    await running.kill();
    stopped = true;
    await Promise.all(senders);

    running = await installation.start();
    const again = await signIn(url);
    const stored = new Set<string>();
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = `key_id=${key.id}&limit=100${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const page: { items: { id: string }[]; cursor: string | null } = await call(url, `/api/v1/usage?${query}`, {
        token: again.access,
      });
      for (const item of page.items) stored.add(item.id);
      cursor = page.cursor;
    }
    const due = answered.filter(({ at }) => at < killedAt - LOST_MS);
    expect(due.length).toBeGreaterThan(100);
    expect(due.filter(({ id }) => !stored.has(id))).toEqual([]);
    await running.stop();
  } finally {
    installation.remove();
  }
});
