import { createServer } from 'node:http';
import { pino } from 'pino';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newScope, testDatabase } from '../../test/support/database.ts';
import { eventOf } from '../../test/support/events.ts';
import { type Receiver, type Reply, startReceiver } from '../../test/support/peers/receiver.ts';
import { type Connections, createConnections } from '../connections/service.ts';
import type { Database } from '../db/open.ts';
import { inTransaction, type Scope } from '../db/tx.ts';
import { storeStage } from '../events/pipeline/store.ts';
import type { TrackedEvent } from '../events/types.ts';
import { newId } from '../ids.ts';
import { createMaintenance } from '../jobs/maintenance.ts';
import { createMetrics } from '../metrics.ts';
import { createOutboundHttp } from '../outbound/http.ts';
import { createSandbox } from '../outbound/sandbox.ts';
import { LANE_ROWS } from './lanes.ts';
import { createDelivery, type Delivery, type DeliveryParts } from './service.ts';

const log = pino({ level: process.env['TEST_LOG_LEVEL'] ?? 'silent' });
const now = () => new Date();
const policy = { baseMs: 20, maxMs: 200, windowMs: 60_000 };
let database: Database;
let connections: Connections;
const cleanUp: (() => unknown)[] = [];

beforeAll(async () => {
  database = await testDatabase();
  connections = createConnections({ db: database.db, secret: 'x'.repeat(32), log, now, checkUrl: (url) => url });
  await connections.reload();
});

afterEach(async () => {
  for (const work of cleanUp.splice(0).reverse()) await work();
});

async function running(decide?: DeliveryParts['decide']): Promise<Delivery> {
  const http = createOutboundHttp({ allowPrivateNetwork: true });
  const metrics = createMetrics({ process: false });
  const delivery = createDelivery({
    database,
    connections,
    http,
    metrics,
    log,
    now,
    policy,
    ...(decide && { decide }),
  });
  await delivery.start();
  cleanUp.push(async () => {
    await delivery.stop();
    await http.close();
  });
  return delivery;
}

async function receiving(answer?: (body: Record<string, unknown>) => Reply): Promise<Receiver> {
  const receiver = await startReceiver(answer);
  cleanUp.push(() => receiver.stop());
  return receiver;
}

async function connected(scope: Scope, ...urls: string[]) {
  const source = await connections.sources.create(scope, { name: 'Site' });
  const destinations = [];
  for (const url of urls) {
    destinations.push(await connections.destinations.createWebhook(scope, { sourceId: source.id, name: 'Hook', url }));
  }
  return { source, destinations };
}

/** Events of these people in this order, stored and staged as the pipeline does. */
async function track(
  delivery: Delivery,
  scope: Scope,
  sourceId: string,
  list: readonly { profileId: string; payload: Record<string, unknown> }[],
): Promise<TrackedEvent[]> {
  const events = list.map((one) => Object.assign(eventOf(scope, { userId: one.profileId }), { sourceId, ...one }));
  await inTransaction(database.db, async (tx) => {
    const batch = { events, refused: [] };
    await storeStage.run(tx, batch);
    await delivery.stage.run(tx, batch);
  });
  delivery.wake();
  return events;
}

async function states(scope: Scope) {
  return database.db
    .selectFrom('deliveries')
    .selectAll()
    .where('workspace_id', '=', scope.workspaceId)
    .orderBy('id')
    .execute();
}

async function settled(scope: Scope, seconds = 20) {
  const until = Date.now() + seconds * 1_000;
  for (;;) {
    const rows = await states(scope);
    if (rows.every((row) => row.state !== 'pending')) return rows;
    if (Date.now() > until) throw new Error(`${rows.filter((row) => row.state === 'pending').length} still pending`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

describe('delivering', () => {
  it('gives each destination what was decided for it, at every attempt, and the others the event itself', async () => {
    const scope = await newScope(database);
    let asked = 0;
    const [changing, plain] = [await receiving(() => ({ status: asked++ === 0 ? 503 : 200 })), await receiving()];
    const { source, destinations } = await connected(scope, changing.url, plain.url, plain.url);
    const [changed, same, none] = destinations.map(({ row }) => row.id);
    const delivery = await running((destination, event) => {
      if (destination.id === none) return { dropped: 'a rule' };
      return { payload: destination.id === changed ? { n: event['n'], less: true } : event };
    });
    const profileId = newId();
    const events = await track(delivery, scope, source.id, [{ profileId, payload: { n: 1, secret: 'x' } }]);
    const rows = await settled(scope);
    expect(rows.map((row) => row.destination_id).sort()).toEqual([changed, same].sort());
    expect(changing.calls.map(({ body }) => body)).toEqual([
      { n: 1, less: true },
      { n: 1, less: true },
    ]);
    expect(plain.calls.map(({ body }) => body)).toEqual([{ n: 1, secret: 'x' }]);
    const kept = () =>
      database.db
        .selectFrom('delivery_payloads')
        .selectAll()
        .where('event_id', '=', events[0]?.id ?? 0)
        .execute();
    expect(await kept()).toHaveLength(1);
    // What was delivered is forgotten.
    await createMaintenance({ db: database.db, now }).run();
    expect(await kept()).toEqual([]);
  });

  it('keeps the order of each person through every kind of answer, with one final state each', async () => {
    const scope = await newScope(database);
    // The n-th event's own list of answers, the same for everyone; the last one is final.
    const scripts = [[200], [500, 500, 200], [429, 200], [404], [503, 408, 302, 200], [200], [500, 400]];
    const tried = new Map<string, number>();
    const receiver = await receiving((body) => {
      const key = `${body['person']}/${body['n']}`;
      const count = tried.get(key) ?? 0;
      tried.set(key, count + 1);
      const status = scripts[Number(body['n']) % scripts.length]?.[count] ?? 599;
      return status === 429 ? { status, headers: { 'retry-after': '0' } } : { status };
    });
    const { source } = await connected(scope, receiver.url);
    const delivery = await running();
    const people = Array.from({ length: 20 }, () => newId());
    for (let n = 0; n < 14; n++) {
      await track(
        delivery,
        scope,
        source.id,
        people.map((person) => ({ profileId: person, payload: { person, n } })),
      );
    }
    const rows = await settled(scope);
    expect(rows).toHaveLength(20 * 14);
    for (const person of people) {
      const wanted = Array.from({ length: 14 }, (_, n) =>
        (scripts[n % scripts.length] ?? []).map((s) => [n, s]),
      ).flat();
      const calls = receiver.calls.filter((call) => call.body['person'] === person);
      expect(calls.map((call) => [call.body['n'], call.status])).toEqual(wanted);
      const own = rows.filter((row) => row.profile_id === person);
      expect(own.map((row) => row.state)).toEqual(
        own.map((_, n) => (scripts[n % scripts.length]?.at(-1) === 200 ? 'delivered' : 'failed')),
      );
      expect(own.map((row) => row.attempts)).toEqual(own.map((_, n) => scripts[n % scripts.length]?.length));
    }
  });

  it('signs the message so that a receiver can verify it, with the same id at each attempt', async () => {
    const scope = await newScope(database);
    let count = 0;
    const receiver = await receiving(() => ({ status: count++ === 0 ? 500 : 200 }));
    const { source, destinations } = await connected(scope, receiver.url);
    const delivery = await running();
    await track(delivery, scope, source.id, [
      { profileId: newId(), payload: { type: 'track', event: 'Grüße 👋', n: 1.5 } },
    ]);
    await settled(scope);
    expect(receiver.calls).toHaveLength(2);
    const webhook = new Webhook(destinations[0]?.signingSecret ?? '');
    for (const call of receiver.calls) {
      const headers = call.headers as Record<string, string>;
      expect(webhook.verify(call.text, headers)).toEqual({ type: 'track', event: 'Grüße 👋', n: 1.5 });
      expect(() => webhook.verify(`${call.text} `, headers)).toThrow();
      expect(headers['user-agent']).toBe('Headgate');
    }
    expect(new Set(receiver.calls.map((call) => call.headers['webhook-id'])).size).toBe(1);
  });

  it('shows every attempt', async () => {
    const scope = await newScope(database);
    let count = 0;
    const receiver = await receiving(() => ({ status: count++ === 0 ? 500 : 418 }));
    const { source } = await connected(scope, receiver.url);
    const delivery = await running();
    const [event] = await track(delivery, scope, source.id, [{ profileId: newId(), payload: {} }]);
    const [row] = await settled(scope);
    const shown = await delivery.get(scope, row?.id ?? 0);
    expect(shown.delivery).toMatchObject({ state: 'failed', attempts: 2, last_status: 418, destination_name: 'Hook' });
    expect(shown.attempts.map(({ attempt, status }) => [attempt, status])).toEqual([
      [1, 500],
      [2, 418],
    ]);
    const summaries = await delivery.summariesOf(database.db, scope, [event?.id ?? 0, 999_999_999]);
    expect([...summaries.values()]).toEqual([
      [
        {
          id: String(row?.id),
          destination_id: row?.destination_id,
          destination_name: 'Hook',
          state: 'failed',
          attempts: 2,
          last_status: 418,
          last_error: 'the receiver answered 418',
        },
      ],
    ]);
    const elsewhere = await newScope(database);
    await expect(delivery.get(elsewhere, row?.id ?? 0)).rejects.toMatchObject({ code: 'not_found' });
    expect((await delivery.summariesOf(database.db, elsewhere, [event?.id ?? 0])).size).toBe(0);
  });

  it('is not slowed for one destination by another that hangs', async () => {
    const scope = await newScope(database);
    const hanging = createServer(() => {});
    await new Promise<void>((done) => hanging.listen(0, '127.0.0.1', done));
    cleanUp.push(() => {
      hanging.closeAllConnections();
      hanging.close();
    });
    const address = hanging.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const receiver = await receiving();
    const { source } = await connected(scope, `http://127.0.0.1:${port}/`, receiver.url);
    const delivery = await running();
    // The drain must not wait for the ten seconds of a hanging request.
    cleanUp.push(() => hanging.closeAllConnections());
    const started = Date.now();
    await track(
      delivery,
      scope,
      source.id,
      Array.from({ length: 600 }, (_, n) => ({ profileId: newId(), payload: { n } })),
    );
    while (receiver.calls.length < 600 && Date.now() - started < 8_000)
      await new Promise((done) => setTimeout(done, 20));
    expect(receiver.calls).toHaveLength(600);
    expect(Date.now() - started).toBeLessThan(8_000);
  });

  it('holds up nobody but the person whose delivery waits, however many wait behind it', async () => {
    const scope = await newScope(database);
    let open = false;
    const receiver = await receiving((body) => ({ status: body['person'] === 'stuck' && !open ? 500 : 200 }));
    const { source } = await connected(scope, receiver.url);
    const delivery = await running();
    const stuck = newId();
    const count = LANE_ROWS * 2 + 7;
    const list = Array.from({ length: count }, (_, n) => [
      { profileId: stuck, payload: { person: 'stuck', n } },
      { profileId: newId(), payload: { person: 'other', n } },
    ]).flat();
    await track(delivery, scope, source.id, list);
    const others = () => receiver.calls.filter((call) => call.body['person'] === 'other').length;
    while (others() < count) await new Promise((done) => setTimeout(done, 20));
    expect(receiver.calls.filter((call) => call.body['person'] === 'stuck' && call.body['n'] !== 0)).toEqual([]);
    open = true;
    await settled(scope);
    const sent = receiver.calls.filter((call) => call.body['person'] === 'stuck' && call.status === 200);
    expect(sent.map((call) => call.body['n'])).toEqual(Array.from({ length: count }, (_, n) => n));
  });

  it('keeps the order when two people become one', async () => {
    const scope = await newScope(database);
    let open = false;
    const receiver = await receiving(() => ({ status: open ? 200 : 500 }));
    const { source } = await connected(scope, receiver.url);
    const delivery = await running();
    const [anonymous, known] = [newId(), newId()];
    const of = (profileId: string, n: number) => ({ profileId, payload: { n } });
    await track(delivery, scope, source.id, [of(anonymous, 0), of(known, 1), of(anonymous, 2), of(known, 3)]);
    while (receiver.calls.length < 4) await new Promise((done) => setTimeout(done, 10));
    await inTransaction(database.db, (tx) => delivery.repoint(tx, [{ loserId: anonymous, winnerId: known }]));
    await track(delivery, scope, source.id, [of(known, 4), of(known, 5)]);
    await new Promise((done) => setTimeout(done, 600));
    open = true;
    await settled(scope);
    const sent = receiver.calls.filter((call) => call.status === 200).map((call) => call.body['n']);
    expect(sent).toEqual([0, 1, 2, 3, 4, 5]);
    expect(await database.db.selectFrom('delivery_merges').selectAll().execute()).toEqual([]);
  });

  it('lets a person wait for what the anonymous one they were still waits for', async () => {
    const scope = await newScope(database);
    let asked = 0;
    const receiver = await receiving(() =>
      asked++ === 0 ? { status: 429, headers: { 'retry-after': '1' } } : { status: 200 },
    );
    const { source } = await connected(scope, receiver.url);
    const delivery = await running();
    const [anonymous, known] = [newId(), newId()];
    await track(delivery, scope, source.id, [{ profileId: anonymous, payload: { n: 0 } }]);
    while (receiver.calls.length < 1) await new Promise((done) => setTimeout(done, 10));
    await inTransaction(database.db, (tx) => delivery.repoint(tx, [{ loserId: anonymous, winnerId: known }]));
    await track(delivery, scope, source.id, [{ profileId: known, payload: { n: 1 } }]);
    await settled(scope);
    expect(receiver.calls.map((call) => [call.body['n'], call.status])).toEqual([
      [0, 429],
      [0, 200],
      [1, 200],
    ]);
  });

  it('goes on after a stop where it was, in order and with nothing twice', async () => {
    const scope = await newScope(database);
    const receiver = await receiving();
    const { source } = await connected(scope, receiver.url);
    const people = Array.from({ length: 5 }, () => newId());
    const list = Array.from({ length: 400 }, (_, n) => ({ profileId: people[n % 5] ?? '', payload: { n } }));
    const first = await running();
    await track(first, scope, source.id, list);
    while (receiver.calls.length < 60) await new Promise((done) => setTimeout(done, 1));
    await first.stop();
    const before = receiver.calls.length;
    expect(before).toBeLessThan(400);
    expect((await states(scope)).filter((row) => row.state === 'delivered')).toHaveLength(before);
    await running();
    await settled(scope);
    expect(receiver.calls).toHaveLength(400);
    for (let person = 0; person < 5; person++) {
      const own = receiver.calls.map((call) => Number(call.body['n'])).filter((n) => n % 5 === person);
      expect(own).toEqual([...own].sort((a, b) => a - b));
    }
  });

  it('sends nothing in the test environment and keeps the whole request', async () => {
    const scope = await newScope(database, 'test');
    const receiver = await receiving();
    const { source, destinations } = await connected(scope, receiver.url);
    const delivery = await running();
    await track(delivery, scope, source.id, [
      { profileId: newId(), payload: { type: 'track', event: 'Half \\ud83d' } },
    ]);
    const [row] = await settled(scope);
    expect(row).toMatchObject({ state: 'captured', attempts: 0, last_status: null, last_error: null });
    expect(receiver.calls).toEqual([]);
    const sandbox = createSandbox({ db: database.db });
    const { items, total } = await sandbox.list(scope, { kind: 'http', limit: 10, beforeId: null });
    expect([total, items[0]?.summary]).toEqual([1, `POST ${receiver.url}`]);
    const { content } = await sandbox.get(scope, items[0]?.id ?? 0);
    expect(content).toMatchObject({
      method: 'POST',
      url: receiver.url,
      headers: { 'content-type': 'application/json', 'webhook-signature': expect.stringMatching(/^v1,/) },
      body: { type: 'track', event: 'Half \\ud83d' },
    });
    expect(JSON.stringify(content)).not.toContain(destinations[0]?.signingSecret);
  });

  it('waits while a destination is disabled, and ends what is pending when it is deleted', async () => {
    const scope = await newScope(database);
    const receiver = await receiving((body) => ({ status: body['n'] === 0 ? 500 : 200 }));
    const { source, destinations } = await connected(scope, receiver.url);
    const id = destinations[0]?.row.id ?? '';
    const delivery = await running();
    const person = newId();
    await track(delivery, scope, source.id, [
      { profileId: person, payload: { n: 0 } },
      { profileId: person, payload: { n: 1 } },
    ]);
    while (receiver.calls.length < 2) await new Promise((done) => setTimeout(done, 10));
    await connections.destinations.update(scope, id, { enabled: false });
    await new Promise((done) => setTimeout(done, 100));
    const calls = receiver.calls.length;
    await new Promise((done) => setTimeout(done, 500));
    expect(receiver.calls).toHaveLength(calls);
    expect((await states(scope)).map((row) => row.state)).toEqual(['pending', 'pending']);
    await connections.destinations.remove(scope, id);
    const rows = await settled(scope);
    expect(rows.map((row) => [row.state, row.last_error])).toEqual([
      ['failed', 'the destination was deleted'],
      ['failed', 'the destination was deleted'],
    ]);
    expect((await delivery.get(scope, rows[0]?.id ?? 0)).delivery.destination_name).toBe('Hook');
  });

  it('says so when the event of a delivery is gone', async () => {
    const scope = await newScope(database);
    const receiver = await receiving();
    const { source } = await connected(scope, receiver.url);
    const http = createOutboundHttp({ allowPrivateNetwork: true });
    const metrics = createMetrics({ process: false });
    const stopped = createDelivery({ database, connections, http, metrics, log, now, policy });
    const events = await track(stopped, scope, source.id, [{ profileId: newId(), payload: {} }]);
    await database.db
      .deleteFrom('events')
      .where('id', '=', events[0]?.id ?? 0)
      .execute();
    await http.close();
    await running();
    const [row] = await settled(scope);
    expect(row).toMatchObject({ state: 'failed', last_error: 'the event is not stored any more' });
  });

  it('gives up when the window is over', async () => {
    const scope = await newScope(database);
    const receiver = await receiving(() => ({ status: 500, headers: { 'retry-after': '3600' } }));
    const { source } = await connected(scope, receiver.url);
    const http = createOutboundHttp({ allowPrivateNetwork: true });
    const metrics = createMetrics({ process: false });
    const short = { ...policy, windowMs: 400 };
    const delivery = createDelivery({ database, connections, http, metrics, log, now, policy: short });
    await delivery.start();
    cleanUp.push(async () => {
      await delivery.stop();
      await http.close();
    });
    await track(delivery, scope, source.id, [{ profileId: newId(), payload: {} }]);
    const [row] = await settled(scope);
    expect(row).toMatchObject({ state: 'failed', attempts: 2, last_status: 500 });
  });

  it('finds what another process left, also where there are thousands of destinations', async () => {
    const scope = await newScope(database);
    const receiver = await receiving();
    const { source, destinations } = await connected(scope, receiver.url);
    const [one] = [...connections.allDestinations()].filter(({ id }) => id === destinations[0]?.row.id);
    const others = Array.from({ length: 2_000 }, () => one && { ...one, id: newId() }).filter((other) => !!other);
    const many = { ...connections, allDestinations: () => [...connections.allDestinations(), ...others] };
    const http = createOutboundHttp({ allowPrivateNetwork: true });
    const metrics = createMetrics({ process: false });
    const parts = { database, http, metrics, log, now, policy };
    const elsewhere = createDelivery({ ...parts, connections });
    const delivery = createDelivery({ ...parts, connections: many });
    await delivery.start();
    cleanUp.push(async () => {
      await delivery.stop();
      await http.close();
    });
    await track(elsewhere, scope, source.id, [{ profileId: newId(), payload: { n: 1 } }]);
    expect((await settled(scope)).map(({ state }) => state)).toEqual(['delivered']);
    expect(receiver.calls.map(({ body }) => body)).toEqual([{ n: 1 }]);
  });
});
