/** Destinations of Segment's two kinds of webhooks, delivered to real receivers: every URL, its headers, method and signature. */
import { createHmac } from 'node:crypto';
import { pino } from 'pino';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { newScope, testDatabase } from '../../test/support/database.ts';
import { eventOf } from '../../test/support/events.ts';
import { type Receiver, type Reply, startReceiver } from '../../test/support/peers/receiver.ts';
import { ACTIONS_WEBHOOK, WEBHOOKS } from '../connections/destinations/targets.ts';
import { type Connections, createConnections } from '../connections/service.ts';
import type { Database } from '../db/open.ts';
import { inTransaction, type Scope } from '../db/tx.ts';
import { storeStage } from '../events/pipeline/store.ts';
import { newId } from '../ids.ts';
import { createMetrics } from '../metrics.ts';
import { createOutboundHttp } from '../outbound/http.ts';
import { createDelivery, type Delivery } from './service.ts';

const log = pino({ level: 'silent' });
const now = () => new Date();
const SEND = 'nFPnRozhz1mh4Gbx4MLvT5';
let database: Database;
let connections: Connections;
const cleanUp: (() => unknown)[] = [];

beforeAll(async () => {
  database = await testDatabase();
  connections = createConnections({ db: database.db, secret: 'x'.repeat(32), log, now, checkUrl: (url) => url });
  await connections.reload();
}, 60_000);

afterEach(async () => {
  for (const work of cleanUp.splice(0).reverse()) await work();
});

async function running(): Promise<Delivery> {
  const http = createOutboundHttp({ allowPrivateNetwork: true });
  const policy = { baseMs: 20, maxMs: 200, windowMs: 60_000 };
  const metrics = createMetrics({ process: false });
  const delivery = createDelivery({ database, connections, http, metrics, log, now, policy });
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

/** Until everything is final. @returns how it ended. */
async function track(delivery: Delivery, scope: Scope, sourceId: string, name: string): Promise<string[]> {
  const event = Object.assign(eventOf(scope, { userId: 'u' }), {
    sourceId,
    profileId: newId(),
    payload: { type: 'track', event: name, userId: 'u' },
  });
  await inTransaction(database.db, async (tx) => {
    const batch = { events: [event], refused: [] };
    await storeStage.run(tx, batch);
    await delivery.stage.run(tx, batch);
  });
  delivery.wake();
  for (const until = Date.now() + 20_000; Date.now() < until; ) {
    const of = database.db.selectFrom('deliveries').select('state').where('workspace_id', '=', scope.workspaceId);
    const states = (await of.orderBy('id').execute()).map(({ state }) => state);
    if (!states.includes('pending')) return states;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error('still pending');
}

test('webhooks get every event at each of their URLs, signed, until all have taken it', async () => {
  const scope = await newScope(database);
  const source = await connections.sources.create(scope, { name: 'Site' });
  let failures = 1;
  const [first, second] = [await receiving(), await receiving(() => ({ status: failures-- > 0 ? 500 : 200 }))];
  const headers = [
    { key: 'X-Team', value: 'tides' },
    { key: 'Host', value: 'elsewhere' },
    { key: 'X-Signature', value: 'forged' },
  ];
  const settings = { globalHook: first.url, hooks: [{ hook: second.url, headers }], sharedSecret: 's3cret' };
  await connections.destinations.create(scope, { sourceId: source.id, metadataId: WEBHOOKS, settings });
  expect(await track(await running(), scope, source.id, 'Bought')).toEqual(['delivered']);
  expect([first.calls.length, second.calls.length]).toEqual([2, 2]);
  for (const request of [...first.calls, ...second.calls]) {
    expect(request.headers['x-signature']).toBe(createHmac('sha1', 's3cret').update(request.text).digest('hex'));
    expect(request.headers).not.toHaveProperty('webhook-signature');
    expect(request.body).toMatchObject({ event: 'Bought' });
  }
  expect(second.calls[0]?.headers).toMatchObject({ 'x-team': 'tides', host: new URL(second.url).host });
  expect(new Set(first.calls.map((request) => request.headers['webhook-id'])).size).toBe(1);
  expect(first.calls[0]?.headers['webhook-id']).not.toBe(second.calls[0]?.headers['webhook-id']);
});

test('an action of webhooks gets the events of its trigger, by its method and with its headers', async () => {
  const scope = await newScope(database);
  const source = await connections.sources.create(scope, { name: 'Site' });
  const [bought, all] = [await receiving(), await receiving()];
  const made = { sourceId: source.id, metadataId: ACTIONS_WEBHOOK, settings: {} };
  const { id } = await connections.destinations.create(scope, made);
  const subscription = (name: string, trigger: string, settings: object) =>
    connections.subscriptions.create(scope, id, {
      name,
      actionId: SEND,
      trigger,
      enabled: true,
      settings: { ...settings },
    });
  await subscription('Bought', 'event = "Bought"', { url: bought.url, method: 'PUT', headers: { 'X-Team': 'tides' } });
  await subscription('All', 'type = "track"', { url: all.url, data: { '@path': '$.' } });
  await subscription('Mapped', 'type = "track"', { url: all.url, data: { name: { '@path': '$.event' } } });
  const delivery = await running();
  expect(await track(delivery, scope, source.id, 'Seen')).toEqual(['delivered']);
  expect(await track(delivery, scope, source.id, 'Bought')).toEqual(['delivered', 'delivered']);
  expect(bought.calls.map(({ method, headers }) => [method, headers['x-team']])).toEqual([['PUT', 'tides']]);
  expect(all.calls.map(({ method, body }) => [method, body['event']])).toEqual([
    ['POST', 'Seen'],
    ['POST', 'Bought'],
  ]);
});
