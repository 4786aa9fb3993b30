/** Destinations of the Config API, and that the Public API sees the same. */
import { beforeAll, expect, test } from 'vitest';
import { newWorkspace, testApp } from '../../../../test/support/app.ts';
import { connectionId } from './destination-names.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are compared field by field.
type Answer = { status: number; body: any };

beforeAll(async () => {
  await testApp();
}, 120_000);

async function start(slug = 'web-shop') {
  const app = await testApp();
  const w = await newWorkspace(app);
  const headers = await w.keyHeaders();
  const source = await app.connections.sources.create(w.scope(), { name: slug, slug });
  const parent = `workspaces/${w.workspace.slug}/sources/${slug}`;
  const call = async (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object): Promise<Answer> => {
    const answer = await app.http.inject({ method, url: `/v1beta/${path}`, headers, ...(payload && { payload }) });
    return { status: answer.statusCode, body: answer.json() };
  };
  const seen = async (id: string) =>
    (await app.http.inject({ url: `/destinations/${id}`, headers })).json().data?.destination;
  const listed = async () => (await app.http.inject({ url: '/destinations', headers })).json().data.destinations;
  return { app, w, headers, source, parent, at: `${parent}/destinations`, call, seen, listed };
}

const HOOKS = [{ hook: 'https://in.example/v1', headers: [{ key: 'X-Team', value: 'tides' }] }];

test('a destination is made, listed, read, changed by mask and deleted, and the Public API sees all of it', async () => {
  const { call, at, parent, seen, listed } = await start();
  const name = `${at}/webhooks`;
  const destination = {
    name,
    connection_mode: 'cloud',
    enabled: 'true',
    config: [{ name: `${name}/config/hooks`, type: 'mixed', display_name: 'ignored', value: HOOKS }],
  };
  const made = await call('POST', at, { destination });
  const item = (setting: string, value: unknown, type: string) => ({
    name: `${name}/config/${setting}`,
    display_name: setting,
    value,
    type,
  });
  const whole = {
    name,
    parent,
    display_name: 'Webhooks',
    enabled: true,
    connection_mode: 'CLOUD',
    config: [item('globalHook', '', 'string'), item('hooks', HOOKS, 'mixed'), item('sharedSecret', '', 'string')],
    catalog_id: expect.stringMatching(/^[0-9a-f]{24}$/),
    create_time: expect.stringMatching(/\.\d{3}Z$/),
    update_time: expect.stringMatching(/\.\d{3}Z$/),
  };
  expect(made).toEqual({ status: 200, body: whole });
  expect(await call('GET', name)).toEqual(made);
  expect(await call('GET', at)).toEqual({ status: 200, body: { destinations: [made.body], next_page_token: '' } });
  expect(await call('POST', at, { destination })).toEqual({
    status: 409,
    body: { error: expect.stringContaining('destination already exists'), code: 6 },
  });

  // The secret is set, the other settings stay; a path without a value is a reset.
  const secret = { name: `${name}/config/sharedSecret`, type: 'string', value: 's3cret' };
  const mask = { paths: ['destination.enabled', 'destination.config'] };
  const changed = await call('PATCH', name, { destination: { config: [secret] }, update_mask: mask });
  const masked = item('sharedSecret', expect.stringMatching(/^•+$/), 'string');
  expect(changed.body).toEqual({ ...whole, enabled: false, config: [...whole.config.slice(0, 2), masked] });
  const [{ id, ...shown }] = await listed();
  expect(shown).toMatchObject({ enabled: false, settings: { hooks: HOOKS, sharedSecret: '••••••••' } });
  expect(shown).not.toHaveProperty('name');

  // Without a mask nothing changes; what no path names is ignored; the mask may stand within.
  expect(await call('PATCH', name, { destination: { enabled: true } })).toEqual(changed);
  const inner = { destination: { enabled: true, config: [], update_mask: { paths: ['destination.config'] } } };
  expect((await call('PATCH', name, inner)).body).toEqual({ ...changed.body, update_time: expect.any(String) });
  // All that was read, sent back, changes nothing.
  const back = { destination: changed.body, update_mask: 'destination.config,destination.connection_mode' };
  expect((await call('PATCH', name, back)).body.config).toEqual(changed.body.config);
  const rest = await call('PATCH', name, {
    destination: { displayName: 'Mine', connectionMode: 'UNSPECIFIED' },
    updateMask: { paths: ['destination.displayName', 'connectionMode'] },
  });
  expect(rest.body).toMatchObject({ display_name: 'Mine', connection_mode: 'UNSPECIFIED' });
  expect(await seen(id)).toMatchObject({ name: 'Mine' });

  expect(await call('DELETE', name)).toEqual({ status: 200, body: {} });
  for (const method of ['GET', 'DELETE'] as const) {
    expect(await call(method, name)).toMatchObject({ status: 404, body: { code: 5 } });
  }
  expect(await seen(id)).toBeUndefined();
});

test('what cannot be a destination is refused, and nothing is stored', async () => {
  const { call, at, parent } = await start();
  const name = `${at}/google-analytics`;
  const refused = async (destination: object) => {
    const { status, body } = await call('POST', at, { destination });
    return [status, body.code];
  };
  const config = (setting: string, value: unknown) => [{ name: `${name}/config/${setting}`, value }];
  expect(await refused({ name: `${at}/no-such-type` })).toEqual([400, 3]);
  expect(await refused({ name: `${parent}/webhooks` })).toEqual([400, 3]);
  expect(await refused({ name: `${at}/webhooks`, config: [{ name: 'nothing', value: 1 }] })).toEqual([400, 3]);
  expect(await refused({ name: `${at}/webhooks`, config: [{ name: 'sharedSecret', value: 1 }] })).toEqual([400, 3]);
  expect(await refused({ name: `${at}/webhooks`, config: config('hooks', []) })).toEqual([400, 3]);
  expect(await refused({ name: `${at}/webhooks`, connection_mode: 'sideways' })).toEqual([400, 3]);
  expect(await refused({})).toEqual([400, 3]);
  expect((await call('POST', `${parent}x/destinations`, { destination: { name } })).status).toBe(404);
  expect((await call('GET', at)).body.destinations).toEqual([]);
  const mask = { destination: {}, update_mask: { paths: ['destination.nothing'] } };
  expect((await call('PATCH', `${at}/webhooks`, mask)).status).toBe(404);
  expect((await call('GET', `${at}?page_token=WyJ4Il0`)).body.code).toBe(3);
});

test('further ones of a type, made through another door, are called by their ids; pages go through all', async () => {
  const { app, w, call, at, source } = await start();
  const scope = w.scope();
  const url = 'http://127.0.0.1:9/';
  const hooks = [];
  for (const name of ['a', 'b']) {
    hooks.push((await app.connections.destinations.createWebhook(scope, { sourceId: source.id, name, url })).row);
  }
  const second = connectionId(hooks[1]?.id ?? '');
  const names = async (page: string) => {
    const { body } = await call('GET', `${at}?page_size=1&page_token=${page}`);
    return [body.destinations.map((one: { name: string }) => one.name), body.next_page_token];
  };
  const [first, next] = await names('');
  expect([first, await names(next)]).toEqual([[`${at}/webhooks`], [[`${at}/webhooks/config/${second}`], '']]);
  const long = `${at}/webhooks/config/${second}`;
  expect((await call('GET', long)).body).toMatchObject({ name: long, display_name: 'b' });
  const config = [{ name: `${long}/config/globalHook`, value: 'http://127.0.0.1:9/b' }];
  const mask = { paths: ['destination.config'] };
  expect((await call('PATCH', long, { destination: { config }, update_mask: mask })).body.config[0].value).toBe(
    'http://127.0.0.1:9/b',
  );
  expect(await call('DELETE', long)).toEqual({ status: 200, body: {} });
  expect((await call('GET', `${at}/webhooks`)).body.display_name).toBe('a');
  expect((await call('GET', long)).status).toBe(404);
});
