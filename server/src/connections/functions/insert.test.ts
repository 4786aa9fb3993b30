/** Insert functions at work: events through the tracking door, the pipeline, a function and the delivery worker to a receiver. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApp, newWorkspace, processEvents, type TestApp } from '../../../test/support/app.ts';
import { newDatabase } from '../../../test/support/database.ts';
import { type Receiver, startReceiver } from '../../../test/support/peers/receiver.ts';
import { shortId } from '../../http/segment/protocol/ids.ts';

let app: TestApp;
let receiver: Receiver;

beforeAll(async () => {
  // Its own: a delivery worker takes what is pending of everyone.
  app = await buildApp({
    database: await newDatabase(),
    retryPolicy: { baseMs: 20, maxMs: 200, windowMs: 4_000 },
  });
  receiver = await startReceiver();
  await app.start();
});

afterAll(async () => {
  await app.stop();
  await receiver.stop();
  await app.database.close();
});

const SECRET = { name: 'key', label: 'Key', description: '', type: 'STRING', required: true, sensitive: true };

async function place(environment: 'live' | 'test' = 'live') {
  const w = await newWorkspace(app);
  const headers = await w.keyHeaders({ environment });
  // biome-ignore lint/suspicious/noExplicitAny: answers of several doors.
  const call = async (method: 'GET' | 'POST' | 'PATCH', url: string, payload?: object): Promise<any> => {
    const answer = await app.http.inject({ method, url, headers, ...(payload && { payload }) });
    expect(answer.statusCode, `${url} ${answer.body}`).toBeLessThan(300);
    return answer.json();
  };
  const source = await call('POST', '/api/v1/sources', { name: 'Web' });
  const settings = { url: receiver.url };
  const hook = await call('POST', '/api/v1/destinations', { name: 'Hook', source_id: source.id, settings });

  return {
    call,
    hook,
    /** Puts the code in before the destination. @returns both ids. */
    async insert(code: string, { deployed = true, enabled = true } = {}) {
      const name = `f${Math.random()}`;
      const made = await call('POST', '/api/v1/functions', {
        kind: 'insert_destination',
        name,
        code,
        settings: [SECRET],
      });
      if (deployed) await call('POST', `/api/v1/functions/${made.id}/deploy`);
      const { data } = await call('POST', '/insert-function-instances', {
        functionId: shortId(made.id),
        integrationId: shortId(hook.id),
        name,
        enabled,
        settings: { key: 'of the instance' },
      });
      return { id: String(made.id), instance: String(data.insertFunctionInstance.id) };
    },
    /** Sends one event through. @returns what the receiver got of it, and what the ledger says in the end. */
    async track(name: string) {
      const event = `${name} ${Math.random()}`;
      const payload = { writeKey: source.write_key, userId: 'u', event, properties: {}, messageId: event };
      await app.http.inject({ method: 'POST', url: '/v1/track', payload });
      await processEvents(app);
      const until = Date.now() + 25_000;
      for (;;) {
        const { items } = await call('GET', `/api/v1/destinations/${hook.id}/deliveries`);
        const [newest] = items;
        if (newest && newest.state !== 'pending') {
          return { got: receiver.calls.filter(({ body }) => body['event'] === event), delivery: newest };
        }
        expect(Date.now(), 'still pending').toBeLessThan(until);
        await new Promise((done) => setTimeout(done, 30));
      }
    },
  };
}

test('changes what is delivered, once it is deployed and while it is enabled', async () => {
  const { insert, track, call } = await place();
  const code = (text: string) => `async function onTrack(event, settings) {
    return { ...event, properties: { by: '${text}', key: settings.key } };
  }`;
  const { id, instance } = await insert(code('first'), { deployed: false });
  expect((await track('Before')).got[0]?.body).toMatchObject({ properties: {} });
  await call('POST', `/api/v1/functions/${id}/deploy`);
  const { got, delivery } = await track('After');
  expect(got).toHaveLength(1);
  expect(got[0]?.body).toMatchObject({ properties: { by: 'first', key: 'of the instance' } });
  expect(delivery).toMatchObject({ state: 'delivered', attempts: 1 });

  // New code works when it is deployed, not before.
  await call('PATCH', `/api/v1/functions/${id}`, { code: code('second') });
  expect((await track('Kept')).got[0]?.body).toMatchObject({ properties: { by: 'first' } });
  await call('POST', `/api/v1/functions/${id}/deploy`);
  expect((await track('New')).got[0]?.body).toMatchObject({ properties: { by: 'second' } });

  await call('PATCH', `/insert-function-instances/${instance}`, { settings: { key: 'another' } });
  expect((await track('Set')).got[0]?.body).toMatchObject({ properties: { key: 'another' } });
  // A second one gets what the first one made.
  await insert('const onTrack = (event) => ({ ...event, properties: { ...event.properties, also: 1 } })');
  expect((await track('Both')).got[0]?.body).toMatchObject({ properties: { by: 'second', also: 1 } });
  await call('PATCH', `/insert-function-instances/${instance}`, { enabled: false, settings: {} });
  expect((await track('Off')).got[0]?.body).toMatchObject({ properties: { also: 1 } });
});

test.each([
  ["throw new DropEvent('not for them')", 'DropEvent: not for them'],
  ["throw new EventNotSupported('no')", 'EventNotSupported: no'],
  ["throw new ValidationError('bad')", 'ValidationError: bad'],
  ['return undefined.name', 'TypeError'],
  ['return null', 'returned no event'],
  ["return 'text'", 'returned no event'],
])('ends a delivery: %s', async (code, told) => {
  const { insert, track } = await place();
  await insert(`async function onTrack(event) { ${code} }`);
  const { got, delivery } = await track('Ended');
  expect(got).toEqual([]);
  expect(delivery.state).toBe('failed');
  expect(delivery.last_error).toContain(told);
});

test('a RetryError is tried again', async () => {
  let asked = 0;
  const gate = await startReceiver(() => ({ status: ++asked < 3 ? 503 : 200 }));
  const { insert, track } = await place();
  await insert(`async function onTrack(event) {
    const answer = await fetch('${gate.url}', { method: 'POST', body: '{}' });
    if (!answer.ok) throw new RetryError('the gate answered ' + answer.status);
    return event;
  }`);
  const { got, delivery } = await track('Again');
  await gate.stop();
  expect([got.length, asked]).toEqual([1, 3]);
  expect(delivery).toMatchObject({ state: 'delivered', attempts: 3 });
});

test('attack row 31: one that never ends holds up only its own destination', async () => {
  const [bad, good] = [await place(), await place()];
  await bad.insert('function onTrack() { for (;;) {} }');
  await good.insert('const onTrack = (event) => event');
  const failing = bad.track('Stuck');
  const began = Date.now();
  expect((await good.track('Through')).delivery.state).toBe('delivered');
  expect(Date.now() - began).toBeLessThan(4_000);
  const { got, delivery } = await failing;
  expect([got.length, delivery.state]).toEqual([0, 'failed']);
  expect(delivery.last_error).toContain('Timeout');
});

test('in the test environment what it fetches is captured, and what it made of the event', async () => {
  const { insert, track, call } = await place('test');
  await insert(`async function onTrack(event) {
    const { status } = await fetch('https://example.com/', { method: 'POST', body: '{}' });
    return { ...event, properties: { status } };
  }`);
  const { got, delivery } = await track('Captured');
  expect([got.length, delivery.state]).toEqual([0, 'captured']);
  const { items } = await call('GET', '/api/v1/sandbox');
  expect(items.map(({ summary }: { summary: string }) => summary)).toEqual([
    `POST ${receiver.url}`,
    'POST https://example.com/',
  ]);
  const { content } = await call('GET', `/api/v1/sandbox/${items[0].id}`);
  expect(content.body).toMatchObject({ properties: { status: 200 } });
});
