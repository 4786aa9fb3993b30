/** Tracking plans of our own API: plans with rules, the sources that follow them, and what really came. */
import { beforeAll, expect, test } from 'vitest';
import { newWorkspace, processEvents, type TestApp, testApp } from '../../../../test/support/app.ts';

let app: TestApp;

beforeAll(async () => {
  app = await testApp();
});

async function start() {
  const w = await newWorkspace(app);
  const headers = await w.keyHeaders({ scopes: ['sources:read', 'sources:write'] });
  const call = async (method: string, path: string, payload?: object) => {
    const url = `/api/v1${path}`;
    const answer = await app.http.inject({ method: method as 'GET', url, headers, ...(payload && { payload }) });
    // biome-ignore lint/suspicious/noExplicitAny: answers are compared field by field.
    const body: any = answer.body === '' ? null : answer.json();
    return { status: answer.statusCode, body };
  };
  return { app, w, call };
}

const fields = (part: 'properties' | 'traits', properties: object) => ({
  properties: { [part]: { type: 'object', properties } },
});

test('a plan is made, listed, changed and deleted', async () => {
  const { call } = await start();
  const rule = { type: 'TRACK', key: 'Seen', schema: fields('properties', { id: { type: 'string' } }) };
  const made = await call('POST', '/tracking-plans', { name: 'Shop', rules: [rule] });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({
    type: 'LIVE',
    name: 'Shop',
    description: null,
    rules: [{ ...rule, version: 1, description: null }],
  });
  const at = `/tracking-plans/${made.body.id}`;
  expect((await call('GET', at)).body).toEqual(made.body);
  const other = (await call('POST', '/tracking-plans', { name: 'Other', type: 'TEMPLATE' })).body;
  const first = (await call('GET', '/tracking-plans?limit=1')).body;
  expect(first).toMatchObject({ total: 2, items: [{ id: made.body.id }] });
  expect((await call('GET', `/tracking-plans?limit=1&cursor=${first.cursor}`)).body).toMatchObject({
    cursor: null,
    items: [{ id: other.id }],
  });
  expect((await call('PATCH', at, { description: 'All of it' })).body).toMatchObject({ description: 'All of it' });
  const replaced = await call('PUT', `${at}/rules`, {
    rules: [
      { ...rule, description: 'Somebody looked' },
      { type: 'COMMON', schema: {} },
    ],
  });
  expect(replaced.body.rules).toMatchObject([{ description: 'Somebody looked' }, { type: 'COMMON', key: null }]);
  const broken = await call('PUT', `${at}/rules`, { rules: [{ ...rule, schema: { type: 'money' } }] });
  expect([broken.status, broken.body.error.details]).toMatchObject([400, [{ field: 'rules.0.schema.type' }]]);
  expect((await call('PUT', `${at}/rules`, { rules: [{ type: 'TRACK', schema: {} }] })).status).toBe(422);
  expect((await call('DELETE', at)).status).toBe(204);
  expect((await call('GET', at)).status).toBe(404);
});

test('sources follow it, and what they sent stands beside what is planned', async () => {
  const { app, w, call } = await start();
  const source = await app.connections.sources.create(w.scope(), { name: 'Web' });
  const rules = [
    { type: 'TRACK', key: 'Order Completed', schema: fields('properties', { id: { type: 'string' } }) },
    { type: 'IDENTIFY', schema: fields('traits', { email: {} }) },
  ];
  const { body: plan } = await call('POST', '/tracking-plans', { name: 'Shop', rules });
  const at = `/tracking-plans/${plan.id}`;
  expect((await call('PUT', `${at}/sources/${source.id}`)).status).toBe(204);
  expect((await call('GET', `${at}/sources`)).body).toEqual({
    items: [{ id: source.id, name: 'Web', slug: 'web', enabled: true }],
    cursor: null,
    total: 1,
  });
  expect((await call('GET', `/sources/${source.id}`)).body).toMatchObject({ tracking_plan_id: plan.id });
  const track = { allowUnplannedEvents: false };
  const off = { forwardViolationsTo: null, forwardBlockedTo: null };
  await app.connections.sources.updateSchemaSettings(w.scope(), source.id, { ...off, track });
  const batch = [
    { type: 'track', event: 'Order Completed', properties: { id: 'o1', total: 1 } },
    { type: 'track', event: 'Order Completed', properties: { id: 7, total: null } },
    { type: 'track', event: 'Never Planned' },
    { type: 'identify', traits: { email: 'a@example.com', age: 7 } },
  ].map((event) => ({ ...event, userId: 'ada' }));
  const sent = await app.http.inject({
    method: 'POST',
    url: '/v1/batch',
    payload: { writeKey: source.write_keys[0], batch },
  });
  expect(sent.statusCode).toBe(200);
  await processEvents(app);
  const { body: seen } = await call('GET', `${at}/schema`);
  const day = expect.stringMatching(/^\d{4}-\d\d-\d\dT00:00:00/);
  expect(seen).toMatchObject({ days: 30 });
  expect(seen.events).toEqual([
    {
      ...{ type: 'track', name: 'Order Completed', planned: true, received: 2, blocked: 0, last_seen_on: day },
      ...{ sampled: 2, violating: 1 },
      fields: [
        { name: 'id', types: ['number', 'string'], seen: 2, planned: true },
        { name: 'total', types: ['null', 'number'], seen: 2, planned: false },
      ],
    },
    {
      ...{ type: 'identify', name: '', planned: true, received: 1, blocked: 0, last_seen_on: day },
      ...{ sampled: 1, violating: 0 },
      fields: [
        { name: 'age', types: ['number'], seen: 1, planned: false },
        { name: 'email', types: ['string'], seen: 1, planned: true },
      ],
    },
    {
      ...{ type: 'track', name: 'Never Planned', planned: false, received: 0, blocked: 1, last_seen_on: day },
      ...{ sampled: 0, violating: 0, fields: [] },
    },
  ]);
  expect((await call('DELETE', `${at}/sources/${source.id}`)).status).toBe(204);
  expect((await call('GET', `${at}/schema`)).body.events).toEqual([]);
  expect((await call('GET', `${at}/schema?source_id=${source.id}`)).body.events).toEqual(seen.events);
  // Another workspace's source is as unknown as one that nobody has.
  const stranger = await start();
  const { body: theirs } = await stranger.call('POST', '/tracking-plans', { name: 'Theirs' });
  for (const id of [source.id, 'none'])
    expect((await stranger.call('GET', `/tracking-plans/${theirs.id}/schema?source_id=${id}`)).status).toBe(404);
  expect((await stranger.call('PUT', `/tracking-plans/${theirs.id}/sources/${source.id}`)).status).toBe(404);
});
