/**
 * (b) Accept → webhook with one destination: how many events a second leave again, and how long each was on its way.
 * Each event carries the moment it was sent; a receiver in this process, which answers at once, takes the difference.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { startPostgres } from '../server/test/support/processes/postgres.ts';
import { startHeadgate, WRITE_KEY } from './lib/headgate.ts';
import { sampleEvent } from './lib/load.ts';
import { percentile, print } from './lib/report.ts';

const BURST = Number(process.env['BENCH_EVENTS'] ?? 20_000);
const STEADY_PER_SECOND = 500;
const STEADY_SECONDS = 10;

interface Receiver {
  readonly url: string;
  /** Milliseconds each event was on its way. */
  readonly delays: number[];
  close(): void;
}

export async function benchEndToEnd(): Promise<void> {
  print('### Accept → webhook, one destination\n');
  print(
    `| database | burst of ${BURST}: events/s to the last delivery | at ${STEADY_PER_SECOND}/s: p50 ms | p95 ms | p99 ms |`,
  );
  print('| --- | --- | --- | --- | --- |');
  const cluster = await startPostgres();
  if (cluster) await measure('PostgreSQL', { DATABASE_URL: cluster.url });
  await cluster?.stop();
  await measure('embedded', {});
  print('');
}

async function measure(name: string, env: Record<string, string>): Promise<void> {
  const headgate = await startHeadgate(env);
  const receiver = await startReceiver();
  await addDestination(headgate.url, await headgate.signIn(), receiver.url);

  // First at a steady pace: delays in a burst would tell of the queue only.
  for (let second = 0; second < STEADY_SECONDS; second++) {
    for (let tick = 0; tick < 10; tick++) {
      void send(headgate.url, STEADY_PER_SECOND / 10);
      await new Promise((done) => setTimeout(done, 100));
    }
  }
  await until(() => receiver.delays.length === STEADY_PER_SECOND * STEADY_SECONDS);
  const delays = receiver.delays.splice(0);

  const began = performance.now();
  for (let sent = 0; sent < BURST; sent += 1_000) {
    await Promise.all(Array.from({ length: 10 }, () => send(headgate.url, 100)));
  }
  await until(() => receiver.delays.length === BURST);
  const perSecond = BURST / ((performance.now() - began) / 1000);
  const [p50, p95, p99] = [50, 95, 99].map((percent) => Math.round(percentile(delays, percent)));
  print(`| ${name} | ${Math.round(perSecond)} | ${p50} | ${p95} | ${p99} |`);
  receiver.close();
  await headgate.stop();
}

async function send(url: string, count: number): Promise<void> {
  const batch = Array.from({ length: count }, (_, n) => ({
    ...sampleEvent(n),
    messageId: randomUUID(),
    properties: { sent: Date.now(), n },
  }));
  const answer = await fetch(`${url}/v1/batch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${WRITE_KEY}` },
    body: JSON.stringify({ batch }),
  });
  if (answer.status !== 200) throw new Error(`The batch was answered ${answer.status}.`);
  await answer.arrayBuffer();
}

async function addDestination(url: string, token: string, target: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const sources = (await (await fetch(`${url}/api/v1/sources`, { headers })).json()) as { items: { id: string }[] };
  const answer = await fetch(`${url}/api/v1/destinations`, {
    method: 'POST',
    headers,
    body: JSON.stringify({
      type: 'webhook',
      name: 'bench',
      source_id: sources.items[0]?.id,
      settings: { url: target },
    }),
  });
  if (answer.status !== 201) throw new Error(`The destination was answered ${answer.status}: ${await answer.text()}`);
}

function startReceiver(): Promise<Receiver> {
  const delays: number[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const event = JSON.parse(Buffer.concat(parts).toString()) as { properties: { sent: number } };
      delays.push(Date.now() - event.properties.sent);
      response.end('ok');
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = address && typeof address === 'object' ? address.port : 0;
      resolve({ url: `http://127.0.0.1:${port}/`, delays, close: () => server.close() });
    });
  });
}

async function until(condition: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 180_000; !condition(); ) {
    if (Date.now() > deadline) throw new Error('Not everything arrived within 3 minutes.');
    await new Promise((done) => setTimeout(done, 10));
  }
}
