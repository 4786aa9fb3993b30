/** Functions of the Config API with their preview, and that the Public API sees the same. */
import { beforeAll, expect, test } from 'vitest';
import { newWorkspace, testApp } from '../../../../test/support/app.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are compared field by field.
type Answer = { status: number; body: any };

beforeAll(async () => void (await testApp()));

async function start() {
  const app = await testApp();
  const w = await newWorkspace(app);
  const headers = w.ownerHeaders();
  const call = async (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object): Promise<Answer> => {
    const url = `/v1beta/workspaces/${w.workspace.slug}${path}`;
    const answer = await app.http.inject({ method, url, headers, ...(payload && { payload }) });
    return { status: answer.statusCode, body: answer.json() };
  };
  return { app, w, headers, call, workspace: `Workspace ${w.workspace.slug}` };
}

const API_KEY = {
  name: 'apiKey',
  label: 'API key',
  type: 'string',
  description: '',
  required: true,
  sensitive: true,
};

test('a function is made, listed, read, changed by mask, deployed and deleted', async () => {
  const { app, headers, call, workspace } = await start();
  const code = "async function onRequest(request) { Segment.track({ event: 'Tide', userId: 'u1' }) }";
  const made = await call('POST', '/functions?type=SOURCE', {
    type: 'SOURCE',
    function: { display_name: 'Tide webhook', buildpack: 'boreal', code, settings: [API_KEY] },
  });
  expect(made).toEqual({
    status: 200,
    body: {
      id: expect.stringMatching(/^sfnc_\w{22}$/),
      workspace_id: expect.stringMatching(/^\w{22}$/),
      display_name: 'Tide webhook',
      type: 'SOURCE',
      description: '',
      logo_url: '',
      buildpack: 'boreal',
      code,
      settings: [API_KEY],
      catalog_id: '',
      created_at: expect.stringMatching(/Z$/),
      created_by: expect.stringMatching(/^\w{22}$/),
      is_latest: false,
    },
  });
  const at = `/functions/${made.body.id}`;
  expect(await call('GET', at)).toEqual(made);
  expect(await call('GET', '/functions?type=source')).toEqual({
    status: 200,
    body: { functions: [made.body], next_page_token: '' },
  });
  expect((await call('GET', '/functions?type=DESTINATION')).body.functions).toEqual([]);

  const other = { display_name: 'Other', code: '1', type: 'destination', logo_uri: 'https://example.com/a.png' };
  const second = await call('POST', '/functions', { function: other });
  expect(second.body).toMatchObject({
    id: expect.stringMatching(/^dfnd_/),
    display_name: `Other (${workspace})`,
    logo_url: 'https://example.com/a.png',
  });
  // Other clients know the prefix differently.
  expect((await call('GET', `/functions/${second.body.id.replace('dfnd_', 'dfnc_')}`)).body).toEqual(second.body);

  const change = (changed: object | undefined, update_mask?: unknown) =>
    call('PATCH', at, { ...(changed && { function: changed }), update_mask });
  expect((await change({ code: '2' })).body.code).toBe(code);
  const masked = { paths: ['function.code', 'function.buildpack'] };
  expect((await change({ code: '2', description: 'ignored' }, masked)).body).toEqual({ ...made.body, code: '2' });
  expect((await change({ ...made.body, code: '3' }, 'function.code')).body.code).toBe('3');
  expect((await change({ description: 'Tides' }, { paths: ['function.description'] })).body.description).toBe('Tides');
  expect((await change({}, { paths: ['description', 'settings'] })).body).toMatchObject({
    description: '',
    settings: [],
  });

  const latest = async () => (await call('GET', `${at}/is-latest-version`)).body;
  expect(await latest()).toEqual({ is_latest: false });
  expect(await call('POST', `${at}/deploy`)).toEqual({ status: 200, body: {} });
  expect(await latest()).toEqual({ is_latest: true });
  await change({ code: '4' }, 'function.code');
  expect(await latest()).toEqual({ is_latest: false });
  expect(await call('GET', `${at}/deploy`)).toEqual({ status: 200, body: {} });
  expect((await call('GET', at)).body).toMatchObject({
    is_latest: true,
    catalog_id: made.body.id.slice('sfnc_'.length),
    deployed_at: expect.any(String),
  });

  // The other door reads and deletes the same.
  const seen = await app.http.inject({ url: `/functions/${made.body.id}`, headers });
  expect(seen.json().data.function).toMatchObject({ id: made.body.id, code: '4', isLatestVersion: true });
  await app.http.inject({ method: 'DELETE', url: `/functions/${made.body.id}`, headers });
  expect(await call('GET', at)).toEqual({
    status: 404,
    body: { error: 'No function here with this id.', code: 5 },
  });
  expect(await call('DELETE', `/functions/${second.body.id}`)).toEqual({ status: 200, body: {} });
});

test('what is refused', async () => {
  const { call } = await start();
  const refused = async (method: 'GET' | 'POST' | 'PATCH', path: string, payload?: object) => {
    const { status, body } = await call(method, path, payload);
    expect(Object.keys(body).sort()).toEqual(['code', 'error']);
    return [status, body.code];
  };
  const good = { display_name: 'Name', code: '1' };
  expect(await refused('GET', '/functions')).toEqual([400, 3]);
  expect(await refused('GET', '/functions?type=EDGE')).toEqual([400, 3]);
  expect(await refused('POST', '/functions', { function: good })).toEqual([400, 3]);
  expect((await call('POST', '/functions?type=SOURCE', { function: good })).status).toBe(200);
  expect(await refused('POST', '/functions?type=SOURCE', { function: good })).toEqual([409, 6]);
  const bad = { ...good, display_name: 'Bad' };
  expect(await refused('POST', '/functions?type=SOURCE', { function: { ...bad, code: 'function (' } })).toEqual([
    400, 3,
  ]);
  const long = `// ${'x'.repeat(600_000)}`;
  expect(await refused('POST', '/functions?type=SOURCE', { function: { ...bad, code: long } })).toEqual([400, 3]);
  const settings = [{ name: 'a', type: 'number' }];
  expect(await refused('POST', '/functions?type=SOURCE', { function: { ...bad, settings } })).toEqual([400, 3]);
  expect(await refused('PATCH', '/functions/sfnc_none', { function: {}, update_mask: 'function.code' })).toEqual([
    404, 5,
  ]);
  expect(await refused('POST', '/functions/sfnc_none/deploy')).toEqual([404, 5]);
  expect(await refused('POST', '/functions/preview', { function: { code: '1' }, payload: 'no json' })).toEqual([
    400, 3,
  ]);
});

test('a preview really runs the code', async () => {
  const { call } = await start();
  const preview = async (code: string, payload: unknown, rest: object = {}, type = '') =>
    (await call('POST', `/functions/preview${type}`, { function: { code, ...rest }, payload: JSON.stringify(payload) }))
      .body;
  const request = { payload: { body: { n: 1 }, headers: { 'X-A': ['b'] }, queryParameters: { q: ['1'] } } };
  expect(await preview("async function onRequest(r) { console.log('hi') }", request)).toEqual({
    invoke: { success: true, output: '', error_reason: null },
    logs: [{ message: 'hi', created_at: expect.stringMatching(/Z$/) }],
    logs_truncated: false,
    session_id: expect.stringMatching(/^sess-/),
  });
  const reading = `async function onRequest(r) {
    return [r.json().n, r.headers.get('x-a'), r.url.searchParams.get('q')];
  }`;
  expect((await preview(reading, request, {}, '?type=SOURCE')).invoke.output).toBe('[1,"b","1"]');
  const event = { type: 'track', event: 'E' };
  const settings = [{ name: 'apiKey', value: 'v' }];
  const onTrack = 'function onTrack(event, settings) { return settings.apiKey }';
  expect((await preview(onTrack, event, { settings }, '?type=DESTINATION')).invoke.output).toBe('"v"');
  expect((await preview('function onBatch(all) { return all.length }', [event, event])).invoke.output).toBe('2');
  expect((await preview('function onTrack() {\n throw new RetryError("later") }', event)).invoke).toEqual({
    success: false,
    output: '',
    error_reason: expect.stringMatching(/^RetryError: later \(line 2, column \d+\)$/),
  });
  const { session_id } = (await call('POST', '/functions/preview', { function: { code: '1' }, session_id: 'sess-51' }))
    .body;
  expect(session_id).toBe('sess-51');
});
