/** Destinations of every type in our own API, and the subscriptions of those that have actions. */
import { beforeAll, expect, test } from 'vitest';
import { newWorkspace, type TestApp, type TestWorkspace, testApp } from '../../../../../test/support/app.ts';
import { createSeal } from '../../../../seal.ts';

let app: TestApp;
let w: TestWorkspace;
let sourceId: string;

// biome-ignore lint/suspicious/noExplicitAny: answers are compared field by field.
async function call(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object): Promise<any> {
  const headers = w.ownerHeaders();
  const answer = await app.http.inject({ method, url: `/api/v1${path}`, headers, ...(payload && { payload }) });
  return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() };
}

beforeAll(async () => {
  app = await testApp();
  w = await newWorkspace(app);
  sourceId = (await call('POST', '/sources', { name: 'Shop' })).body.id;
}, 60_000);

const braze = { api_key: 'very secret', app_id: 'app' };

test('one of any type has the settings of its type, with the secret ones masked, and says that nothing is delivered', async () => {
  const made = await call('POST', '/destinations', {
    type: 'actions-braze-cloud',
    name: 'Braze',
    source_id: sourceId,
    settings: braze,
  });
  expect([made.status, made.body]).toEqual([
    201,
    {
      id: expect.any(String),
      type: 'actions-braze-cloud',
      metadata_id: expect.stringMatching(/^[0-9a-f]{24}$/),
      name: 'Braze',
      source_id: sourceId,
      environment: 'live',
      settings: { api_key: '••••••••', app_id: 'app' },
      enabled: true,
      delivers: false,
      created_at: expect.any(String),
      updated_at: expect.any(String),
    },
  ]);
  const path = `/destinations/${made.body.id}`;
  const changed = await call('PATCH', path, { settings: { api_key: '••••••••', app_id: 'other' } });
  expect(changed.body.settings).toEqual({ api_key: '••••••••', app_id: 'other' });
  expect(app.connections.destinationsOf(sourceId)).toEqual([]);
  expect((await call('GET', path)).body).toEqual(changed.body);
  expect((await call('DELETE', path)).status).toBe(204);
});

test('what it does not take is told field by field', async () => {
  const refused = async (body: object) => {
    const good = { name: 'X', source_id: sourceId, settings: {} };
    const { status, body: answer } = await call('POST', '/destinations', { ...good, ...body });
    return [status, answer.error.details?.map(({ field }: { field: string }) => field)];
  };
  expect(await refused({ type: 'no-such-type' })).toEqual([422, ['type']]);
  expect(await refused({ type: 'actions-braze-cloud', source_id: 'nothing', settings: { api_key: 1, x: 1 } })).toEqual([
    422,
    ['source_id', 'settings.api_key', 'settings.x'],
  ]);
  expect(await refused({ settings: {} })).toEqual([422, ['settings.url']]);
  expect(await refused({ settings: { url: 'https://a.example', sharedSecret: 'x' } })).toEqual([
    422,
    ['settings.sharedSecret'],
  ]);
  expect(await refused({ settings: { url: 'https://a.example/\u0000' } })).toEqual([422, ['settings.url']]);
});

test('subscriptions are made, listed, changed and deleted', async () => {
  const body = { type: 'actions-webhook', name: 'Hook', source_id: sourceId, settings: { sharedSecret: 'x' } };
  const { id, delivers } = (await call('POST', '/destinations', body)).body;
  expect(delivers).toBe(true);
  const type = (await call('GET', '/catalog/destinations/actions-webhook')).body;
  const [action] = type.action_types;
  expect(type.settings).toMatchObject([{ name: 'sharedSecret', secret: true, read_only: false }]);
  const at = `/destinations/${id}/subscriptions`;
  const headers = { Authorization: 'Bearer of-theirs' };
  const mapping = {
    name: 'All',
    action_id: action.id,
    trigger: 'type = "track"',
    settings: { url: 'https://a.example/', headers },
  };
  const made = await call('POST', at, mapping);
  expect([made.status, made.body]).toEqual([
    201,
    {
      id: expect.any(String),
      destination_id: id,
      action_slug: 'send',
      enabled: true,
      delivers: true,
      model_id: null,
      schedule: null,
      created_at: expect.any(String),
      updated_at: expect.any(String),
      ...mapping,
    },
  ]);
  const second = (await call('POST', at, { ...mapping, name: 'More' })).body;
  const page = (await call('GET', `${at}?limit=1`)).body;
  expect([page.items, page.total]).toEqual([[made.body], 2]);
  expect((await call('GET', `${at}?limit=1&cursor=${page.cursor}`)).body).toEqual({
    items: [second],
    cursor: null,
    total: 2,
  });
  const one = `${at}/${made.body.id}`;
  const schedule = { strategy: 'PERIODIC', config: { interval: '1h' } };
  expect((await call('PATCH', one, { enabled: false, schedule })).body).toMatchObject({ enabled: false, schedule });
  const { body: refused } = await call('PATCH', one, { trigger: 'nonsense', model_id: 'nothing', settings: { x: 1 } });
  expect(refused.error.details.map(({ field }: { field: string }) => field)).toEqual([
    'trigger',
    'settings.x',
    'model_id',
  ]);
  expect((await call('GET', `${at}?cursor=WyJ4Il0`)).status).toBe(422);
  expect((await call('DELETE', one)).status).toBe(204);
  expect((await call('GET', one)).status).toBe(404);
  // Headers carry credentials: the audit trail names them only.
  const entries = await app.database.db
    .selectFrom('audit_entries')
    .select('after')
    .where('target_id', '=', made.body.id)
    .execute();
  expect(JSON.stringify(entries)).toContain('Authorization');
  expect(JSON.stringify(entries)).not.toContain('of-theirs');
});

test('secret settings go on under a new secret of the installation', async () => {
  const body = { type: 'actions-webhook', name: 'Hook', source_id: sourceId, settings: { sharedSecret: 'older' } };
  const { id } = (await call('POST', '/destinations', body)).body;
  const { db } = app.database;
  const before = 'the secret of last year, 32 characters or more';
  const sealed = createSeal(before, 'connections').seal('older', `${id} sharedSecret`).toString('base64');
  const settings_sealed = JSON.stringify({ sharedSecret: sealed });
  await db.updateTable('destinations').set({ settings_sealed }).where('id', '=', id).execute();
  const { createConnections } = await import('../../../../connections/service.ts');
  const parts = {
    db,
    secret: app.secret,
    previousSecret: before,
    now: () => new Date(),
    checkUrl: (url: string) => url,
  };
  const next = createConnections({ ...parts, log: app.http.log });
  expect(await next.renewSeals()).toBe(1);
  expect(await next.renewSeals()).toBe(0);
  expect(next.destination(id)?.sharedSecret).toBe('older');
});
