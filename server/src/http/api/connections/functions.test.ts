import { beforeAll, expect, test } from 'vitest';
import { newWorkspace, type TestApp, testApp } from '../../../../test/support/app.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are compared field by field.
type Answer = { status: number; body: any };

beforeAll(async () => void (await testApp()));

async function start() {
  const app = await testApp();
  const w = await newWorkspace(app);
  return { app, w, call: caller(app, await w.keyHeaders()) };
}

function caller(app: TestApp, headers: Record<string, string>) {
  return async (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object): Promise<Answer> => {
    const answer = await app.http.inject({ method, url: `/api/v1${path}`, headers, ...(payload && { payload }) });
    return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() };
  };
}

const CODE = `async function onTrack(event, settings) {
  console.log('seen', event.event);
  return { ...event, properties: { plan: settings.plan } };
}`;

test('a function is made, listed, read, changed, deployed and deleted', async () => {
  const { w, app } = await start();
  const call = caller(app, w.ownerHeaders());
  const setting = { name: 'plan', label: 'Plan', description: '', type: 'STRING', required: false, sensitive: false };
  const made = await call('POST', '/functions', { kind: 'destination', name: 'Plan', code: CODE, settings: [setting] });
  expect(made).toEqual({
    status: 201,
    body: {
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      kind: 'destination',
      name: 'Plan',
      description: null,
      logo_url: null,
      environment: 'live',
      settings: [setting],
      code: CODE,
      is_latest_version: false,
      deployed_at: null,
      created_at: expect.any(String),
      updated_at: expect.any(String),
    },
  });
  const at = `/functions/${made.body.id}`;
  expect((await call('GET', at)).body).toEqual(made.body);
  const { code: _, ...listed } = made.body;
  expect((await call('GET', '/functions')).body).toEqual({ items: [listed], cursor: null, total: 1 });
  expect((await call('GET', '/functions?kind=source')).body.items).toEqual([]);

  expect((await call('POST', `${at}/deploy`)).body).toMatchObject({ is_latest_version: true });
  const changed = await call('PATCH', at, { code: `${CODE}\n`, description: 'Adds the plan' });
  expect(changed.body).toMatchObject({ is_latest_version: false, description: 'Adds the plan' });
  const { items: versions } = (await call('GET', `${at}/versions`)).body;
  expect(versions).toMatchObject([
    { is_current: true, is_deployed: false, deployed_at: null },
    { is_current: false, is_deployed: true, code: CODE },
  ]);
  const restored = await call('POST', `${at}/versions/${versions[1].id}/restore`);
  expect(restored.body).toMatchObject({ code: CODE, is_latest_version: true });

  expect((await call('PATCH', at, { code: 'function (' })).body.error).toMatchObject({
    code: 'validation_error',
    details: [{ field: 'code', message: expect.stringMatching(/^"code" does not parse: line 1, column \d+: /) }],
  });
  expect((await call('POST', '/functions', { kind: 'destination', name: 'plan', code: '1' })).status).toBe(409);
  expect((await call('DELETE', at)).status).toBe(204);
  expect((await call('GET', at)).status).toBe(404);
});

test('the last hundred versions are kept, and always the deployed one', async () => {
  const { call } = await start();
  const { body } = await call('POST', '/functions', { kind: 'source', name: 'Many', code: '0' });
  const at = `/functions/${body.id}`;
  await call('POST', `${at}/deploy`);
  for (let n = 1; n <= 103; n++) expect((await call('PATCH', at, { code: String(n) })).status).toBe(200);
  const first = (await call('GET', `${at}/versions?limit=100`)).body;
  expect([first.total, first.items.length, first.items[0].code]).toEqual([101, 100, '103']);
  const second = (await call('GET', `${at}/versions?limit=100&cursor=${first.cursor}`)).body;
  expect(second.items).toMatchObject([{ code: '0', is_deployed: true }]);
});

test('a preview runs the current code, or other code, and tells what it did', async () => {
  const { call } = await start();
  const { body } = await call('POST', '/functions', { kind: 'destination', name: 'Plan', code: CODE });
  const at = `/functions/${body.id}/preview`;
  const event = { type: 'track', event: 'Signed up' };
  expect(await call('POST', at, { event, settings: { plan: 'pro' } })).toEqual({
    status: 200,
    body: {
      result: { ...event, properties: { plan: 'pro' } },
      events: [],
      error: null,
      logs: [{ level: 'log', message: 'seen Signed up', at: expect.any(String) }],
      logs_truncated: false,
      ms: expect.any(Number),
    },
  });
  const failing = await call('POST', at, {
    event,
    code: "function onTrack() {\n  throw new DropEvent('not this one')\n}",
  });
  expect(failing.body).toMatchObject({
    result: null,
    error: { name: 'DropEvent', message: 'not this one', line: 2, column: expect.any(Number) },
  });
  expect((await call('POST', at, { event, code: 'function (' })).body.error).toMatchObject({ name: 'SyntaxError' });
  expect((await call('POST', at, { event: { type: 'page' } })).body.error).toMatchObject({ name: 'EventNotSupported' });
  expect((await call('POST', at, { event: { text: 'x'.repeat(600_000) } })).status).toBe(422);

  const source = await call('POST', '/functions', {
    kind: 'source',
    name: 'Hook',
    code: 'async function onRequest(request) { Segment.track({ event: request.json().name, userId: "u" }) }',
  });
  const request = { body: { name: 'Called' }, headers: {}, queryParameters: {} };
  expect((await call('POST', `/functions/${source.body.id}/preview`, { event: request })).body).toMatchObject({
    result: null,
    error: null,
    events: [{ type: 'track', event: 'Called', userId: 'u' }],
  });
});

test('previews are limited by caller, and need the right to write', async () => {
  const { app, w, call } = await start();
  const { body } = await call('POST', '/functions', { kind: 'destination', name: 'Plan', code: CODE });
  const at = `/functions/${body.id}/preview`;
  const reader = caller(app, await w.keyHeaders({ scopes: ['workspace:read'] }));
  expect((await reader('GET', `/functions/${body.id}`)).status).toBe(200);
  expect((await reader('POST', at, { event: {} })).status).toBe(403);
  const statuses = new Set<number>();
  for (let n = 0; n < 61; n++) statuses.add((await call('POST', at, { event: {} })).status);
  expect([...statuses].sort()).toEqual([200, 429]);
});
