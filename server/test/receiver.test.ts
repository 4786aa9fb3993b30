/**
 * A receiver that answers by script: 50 people × 40 events, each event with its own list of answers. Each person's events
 * arrive in their order, none before the one ahead of it has its final state, and each ends in exactly one.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../src/db/open.ts';
import { buildApp, newWorkspace, type TestApp } from './support/app.ts';
import { newDatabase } from './support/database.ts';
import { type Receiver, type Reply, startReceiver } from './support/peers/receiver.ts';

const PEOPLE = 50;
const EVENTS = 40;
const RETRY_AFTER_MS = 1_000;

let database: Database;
let app: TestApp;
let receiver: Receiver;

/** The answers to each event, by messageId; the last is final. */
const scripts = makeScripts(20_260_301);
const tried = new Map<string, number>();

beforeAll(async () => {
  receiver = await startReceiver((body) => {
    const id = String(body['messageId']);
    const attempt = tried.get(id) ?? 0;
    tried.set(id, attempt + 1);
    // Nothing may be tried after its final answer: 299 would show in the lists below.
    return scripts.get(id)?.[attempt] ?? { status: 299 };
  });
  database = await newDatabase();
  // The rules of retrying are as in production; only the waits are short.
  app = await buildApp({ database, retryPolicy: { baseMs: 5, maxMs: 40, windowMs: 600_000 } });
  await app.start();
});

afterAll(async () => {
  await app?.stop();
  await database?.close();
  await receiver?.stop();
});

test('every event gets its scripted attempts, in order for each person, and one final state', {
  timeout: 60_000,
}, async () => {
  const workspace = await newWorkspace(app);
  const scope = workspace.scope();
  const source = await app.connections.sources.create(scope, { name: 'Site' });
  await app.connections.destinations.createWebhook(scope, { sourceId: source.id, name: 'Scripted', url: receiver.url });
  for (let n = 0; n < EVENTS; n++) {
    const batch = Array.from({ length: PEOPLE }, (_, person) => ({
      type: 'track',
      event: 'Scripted',
      userId: `person-${person}`,
      messageId: `person-${person}:${n}`,
    }));
    const payload = { writeKey: String(source.write_keys[0]), batch };
    expect((await app.http.inject({ method: 'POST', url: '/v1/batch', payload })).statusCode).toBe(200);
  }
  const rows = () =>
    database.db
      .selectFrom('deliveries')
      .innerJoin('events', 'events.id', 'deliveries.event_id')
      .select(['deliveries.id', 'events.message_id', 'state', 'attempts', 'next_attempt_at', 'finished_at'])
      .where('deliveries.workspace_id', '=', scope.workspaceId)
      .orderBy('deliveries.id')
      .execute();
  const finished = async () => (await rows()).filter(({ state }) => state !== 'pending').length;
  await expect.poll(finished, { timeout: 45_000, interval: 200 }).toBe(PEOPLE * EVENTS);

  const deliveries = new Map((await rows()).map((row) => [row.message_id, row]));
  const attempts = await database.db.selectFrom('delivery_attempts').selectAll().orderBy('attempt').execute();
  const attemptsOf = Map.groupBy(attempts, (attempt) => attempt.delivery_id);
  const callsOf = Map.groupBy(receiver.calls, (call) => String(call.body['userId']));
  expect([...callsOf.keys()].sort()).toEqual(Array.from({ length: PEOPLE }, (_, n) => `person-${n}`).sort());

  for (const [person, calls] of callsOf) {
    const ids = Array.from({ length: EVENTS }, (_, n) => `${person}:${n}`);
    const scripted = ids.flatMap((id) => statusesOf(id).map((status) => [id, status]));
    expect(calls.map(({ body, status }) => [body['messageId'], status])).toEqual(scripted);
    let earliest = 0;
    for (const id of ids) {
      const delivery = deliveries.get(id);
      const own = attemptsOf.get(delivery?.id ?? 0) ?? [];
      const final = statusesOf(id).at(-1) ?? 0;
      expect(delivery, id).toMatchObject({ state: final < 300 ? 'delivered' : 'failed', attempts: own.length });
      expect(own.map(({ attempt, status }) => [attempt, status])).toEqual(statusesOf(id).map((s, n) => [n + 1, s]));
      // By the server's own clock: no attempt begins before the one ahead of it has ended.
      for (const { started_at, duration_ms } of own) {
        expect(started_at.getTime(), id).toBeGreaterThanOrEqual(earliest);
        earliest = started_at.getTime() + Math.max(0, duration_ms - 1);
      }
    }
  }
});

test('Retry-After is waited for', () => {
  let waited = 0;
  for (const [id, answers] of scripts) {
    const calls = receiver.calls.filter(({ body }) => body['messageId'] === id);
    for (const [n, { headers }] of answers.entries()) {
      if (headers?.['retry-after'] !== String(RETRY_AFTER_MS / 1_000)) continue;
      waited++;
      expect((calls[n + 1]?.at ?? 0) - (calls[n]?.at ?? 0), id).toBeGreaterThanOrEqual(RETRY_AFTER_MS - 20);
    }
  }
  expect(waited).toBeGreaterThan(PEOPLE / 2);
});

function statusesOf(id: string): number[] {
  return (scripts.get(id) ?? []).map(({ status }) => status);
}

/** Up to three answers that ask for another attempt, then a final one. The same for the same seed. */
function makeScripts(seed: number): Map<string, Reply[]> {
  const random = seededRandom(seed);
  const pick = <T>(from: readonly [T, ...T[]]): T => from[Math.floor(random() * from.length)] ?? from[0];
  const made = new Map<string, Reply[]>();
  for (let person = 0; person < PEOPLE; person++) {
    const patient = Math.floor(random() * EVENTS);
    for (let n = 0; n < EVENTS; n++) {
      const answers: Reply[] = [];
      for (let left = pick([0, 0, 0, 1, 1, 2, 3]); left > 0; left--) {
        const status = pick([500, 500, 502, 503, 408, 429]);
        answers.push(status === 429 || status === 503 ? { status, headers: { 'retry-after': '0' } } : { status });
      }
      // One event of each person is asked to wait for real: more of them would only add up.
      if (n === patient) answers.push({ status: 429, headers: { 'retry-after': String(RETRY_AFTER_MS / 1_000) } });
      answers.push({ status: pick([200, 200, 200, 201, 204, 400, 404, 410, 422]) });
      made.set(`person-${person}:${n}`, answers);
    }
  }
  return made;
}

/** mulberry32: small, and the same everywhere. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
