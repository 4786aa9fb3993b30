/** Sources and catalogs of the Config API, and that the Public API sees the same. */
import { expect, test } from 'vitest';
import { newWorkspace, type TestApp, testApp } from '../../../../test/support/app.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are compared field by field.
type Answer = { status: number; body: any };

async function start() {
  const app = await testApp();
  const w = await newWorkspace(app);
  const headers = await w.keyHeaders();
  const call = caller(app, headers);
  return { app, w, call, at: `/workspaces/${w.workspace.slug}`, name: `workspaces/${w.workspace.slug}` };
}

function caller(app: TestApp, headers: Record<string, string>) {
  return async (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object): Promise<Answer> => {
    const answer = await app.http.inject({ method, url: `/v1beta${path}`, headers, ...(payload && { payload }) });
    return { status: answer.statusCode, body: answer.json() };
  };
}

test('a source is made, listed, read, changed by mask and deleted, and the Public API sees all of it', async () => {
  const { app, w, call, at, name } = await start();
  const source = { name: `${name}/sources/web-shop`, catalog_name: 'catalog/sources/javascript' };
  const made = await call('POST', `${at}/sources`, { source: { ...source, labels: { environment: 'prod' } } });
  expect(made).toEqual({
    status: 200,
    body: {
      name: `${name}/sources/web-shop`,
      parent: name,
      display_name: 'web-shop',
      write_keys: [expect.stringMatching(/^\w{24}$/)],
      library_config: { metrics_enabled: false, retry_queue: false, cross_domain_id_enabled: false, api_host: '' },
      labels: { environment: 'prod' },
      id: expect.stringMatching(/^\w{22}$/),
      function_config: [],
      create_time: expect.stringMatching(/\.\d{3}Z$/),
      catalog_name: 'catalog/sources/javascript',
    },
  });
  for (const path of [`${at}/sources/web-shop`, `/workspaces//${w.workspace.slug}/sources/${made.body.id}/`]) {
    expect(await call('GET', path)).toEqual(made);
  }
  expect(await call('POST', `${at}/sources`, { source })).toEqual({
    status: 409,
    body: { error: 'Another source has the slug "web-shop". Choose another one.', code: 6 },
  });

  const other = { name: `${name}/sources/other`, catalogName: 'catalog/sources/go', displayName: 'Other one' };
  expect((await call('POST', `${at}/sources`, { source: other })).body.display_name).toBe('Other one');
  const first = await call('GET', `${at}/sources?&page_size=1&page_token=`);
  expect(first.body.sources).toEqual([made.body]);
  const second = await call('GET', `${at}/sources?page_size=1&page_token=${first.body.next_page_token}`);
  expect(second.body.sources.map((one: { name: string }) => one.name)).toEqual([`${name}/sources/other`]);
  expect(second.body.next_page_token).toBe('');

  const change = (source: object | undefined, update_mask?: unknown) =>
    call('PATCH', `${at}/sources/web-shop`, { ...(source && { source }), update_mask });
  // What no path names is ignored, without a mask everything.
  expect(await change({ display_name: 'ignored' })).toEqual(made);
  expect(await change({ display_name: 'ignored' }, { paths: [] })).toEqual(made);
  const changed = await change(
    { display_name: 'Shop', labels: { environment: 'dev', team: 'a' }, library_config: { retry_queue: 'true' } },
    { paths: ['source.display_name', 'labels', 'source.libraryConfig'] },
  );
  expect(changed.body).toEqual({
    ...made.body,
    display_name: 'Shop',
    labels: { environment: 'dev', team: 'a' },
    library_config: { ...made.body.library_config, retry_queue: true },
  });
  const bearer = { headers: { authorization: (await w.keyHeaders())['authorization'] ?? '' } };
  const seen = await app.http.inject({ url: `/sources/${made.body.id}`, ...bearer });
  expect(seen.json().data.source).toMatchObject({
    name: 'Shop',
    slug: 'web-shop',
    labels: [
      { key: 'environment', value: 'dev' },
      { key: 'team', value: 'a' },
    ],
    writeKeys: made.body.write_keys,
  });
  // A path without a value resets.
  const reset = await change(undefined, 'source.labels,source.display_name,source.library_config');
  expect(reset.body).toEqual({ ...made.body, labels: {} });

  expect(await call('DELETE', `${at}/sources/web-shop`)).toEqual({ status: 200, body: {} });
  expect(await call('DELETE', `${at}/sources/web-shop`)).toMatchObject({ status: 404, body: { code: 5 } });
  expect((await app.http.inject({ url: `/sources/${made.body.id}`, ...bearer })).statusCode).toBe(404);
});

test('the schema configuration is that of the Public API, in one level, changed by mask', async () => {
  const { app, w, call, at, name } = await start();
  for (const slug of ['web', 'violations']) {
    await call('POST', `${at}/sources`, {
      source: { name: `${name}/sources/${slug}`, catalog_name: 'catalog/sources/go' },
    });
  }
  const untouched = {
    name: `${name}/sources/web/schema-config`,
    parent: `${name}/sources/web`,
    allow_unplanned_track_events: true,
    allow_unplanned_identify_traits: true,
    allow_unplanned_group_traits: true,
    forwarding_blocked_events_to: '',
    allow_unplanned_track_event_properties: true,
    allow_track_event_on_violations: true,
    allow_identify_traits_on_violations: true,
    allow_group_traits_on_violations: true,
    forwarding_violations_to: '',
    allow_track_properties_on_violations: true,
    common_track_event_on_violations: 'ALLOW',
    common_identify_event_on_violations: 'ALLOW',
    common_group_event_on_violations: 'ALLOW',
  };
  const path = `${at}/sources/web/schema-config`;
  expect(await call('GET', path)).toEqual({ status: 200, body: untouched });
  const patch = (schema_config: object, ...paths: string[]) =>
    call('PATCH', path, { schema_config, update_mask: { paths: paths.map((one) => `schema_config.${one}`) } });
  const changed = await patch(
    { allow_track_event_on_violations: true, forwarding_violations_to: 'violations' },
    'allow_unplanned_track_events',
    'allow_track_event_on_violations',
    'forwarding_violations_to',
  );
  const now = { ...untouched, allow_unplanned_track_events: false, forwarding_violations_to: 'violations' };
  expect(changed).toEqual({ status: 200, body: now });
  expect(await patch({ common_track_event_on_violations: 'BLOCK' })).toEqual(changed);

  const violations = (await call('GET', `${at}/sources/violations`)).body;
  const web = (await call('GET', `${at}/sources/web`)).body;
  const headers = await w.keyHeaders();
  const settings = await app.http.inject({ url: `/sources/${web.id}/settings`, headers });
  expect(settings.json().data.settings).toMatchObject({
    track: { allowUnplannedEvents: false },
    forwardingViolationsTo: violations.id,
    forwardingBlockedEventsTo: '',
  });

  expect(await patch({ forwarding_violations_to: 'nobody' }, 'forwarding_violations_to')).toMatchObject({
    status: 400,
    body: { code: 3 },
  });
  expect(await patch({ common_track_event_on_violations: 'Block' }, 'common_track_event_on_violations')).toMatchObject({
    status: 400,
    body: { code: 3 },
  });
  expect(await patch({}, 'no_such_field')).toMatchObject({ status: 400, body: { code: 3 } });
  expect((await patch({}, 'forwarding_violations_to')).body.forwarding_violations_to).toBe('');
  expect((await call('PATCH', path, {})).status).toBe(200);
});

test('what is wrong is told, and what is elsewhere is as unknown as what is nowhere', async () => {
  const { app, call, at, name } = await start();
  const go = 'catalog/sources/go';
  for (const [source, words] of [
    [{ name: 'workspaces/elsewhere/sources/a', catalog_name: go }, `write ${name}/sources/ and then a slug`],
    [{ name: `${name}/sources/`, catalog_name: go }, 'and then a slug'],
    [{ name: `${name}/sources/a/b`, catalog_name: go }, 'and then a slug'],
    [{ name: `${name}/sources/a b`, catalog_name: go }, 'slug'],
    [{ name: `${name}/sources/a\u0000`, catalog_name: go }, 'name'],
    [{ name: `${name}/sources/a`, catalog_name: 'catalog/sources/nothing' }, 'is the name of no source'],
    [{ name: `${name}/sources/a` }, 'catalog_name'],
    [{ name: `${name}/sources/a`, catalog_name: go, labels: { a: 1 } }, 'labels'],
  ] as const) {
    const answer = await call('POST', `${at}/sources`, { source });
    expect(answer, JSON.stringify(source)).toEqual({
      status: 400,
      body: { error: expect.stringContaining(words), code: 3 },
    });
  }
  expect((await call('GET', `${at}/sources`)).body.sources).toEqual([]);

  const other = await start();
  await other.call('POST', `${other.at}/sources`, {
    source: { name: `${other.name}/sources/theirs`, catalog_name: go },
  });
  for (const path of [`${other.at}/sources`, `${other.at}/sources/theirs`, `${at}/sources/theirs`]) {
    expect(await call('GET', path), path).toMatchObject({ status: 404, body: { code: 5 } });
  }
  expect(await call('PATCH', `${at}/sources/nothing/connected-warehouses`, { warehouse_id: 'x' })).toMatchObject({
    status: 404,
  });
  const denied = await app.http.inject({ method: 'DELETE', url: `/v1beta${at}/sources/a` });
  expect(denied.statusCode).toBe(401);
});

test('the catalogs are read page by page and one by one', async () => {
  const { call } = await start();
  for (const kind of ['sources', 'destinations']) {
    const names: string[] = [];
    for (let token = ''; ; ) {
      const { status, body } = await call('GET', `//catalog/${kind}?page_size=100&page_token=${token}`);
      expect(status).toBe(200);
      names.push(...body[kind].map((one: { name: string }) => one.name));
      token = body.next_page_token;
      if (token === '') break;
    }
    expect(names.length).toBeGreaterThan(100);
    expect(new Set(names).size).toBe(names.length);
  }
  expect((await call('GET', '/catalog/sources/go')).body).toEqual({
    name: 'catalog/sources/go',
    display_name: 'Go',
    description: expect.any(String),
    categories: ['Server'],
    type: 'event',
    logos: { logo: '', mark: '' },
  });
  const { body } = await call('GET', '/catalog/destinations/webhooks');
  expect(body).toMatchObject({
    name: 'catalog/destinations/webhooks',
    type: 'STREAMING',
    components: [{ type: 'CLOUD' }],
  });
  expect(body.settings.map(({ name, type }: { name: string; type: string }) => [name, type])).toEqual([
    ['globalHook', 'STRING'],
    ['hooks', 'MIXED'],
    ['sharedSecret', 'STRING'],
  ]);
  for (const kind of ['sources', 'destinations']) {
    expect(await call('GET', `/catalog/${kind}/no-such-type`)).toMatchObject({ status: 404, body: { code: 5 } });
  }
});

test('a source is connected to a warehouse and disconnected', async () => {
  const { app, w, call, at, name } = await start();
  const headers = await w.keyHeaders();
  const payload = { metadataId: '55d3d3aea3c', settings: {}, disconnectAllSources: true };
  const warehouse = (await app.http.inject({ method: 'POST', url: '/warehouses', headers, payload })).json().data
    .warehouse;
  const source = { name: `${name}/sources/web`, catalog_name: 'catalog/sources/go' };
  const { id } = (await call('POST', `${at}/sources`, { source })).body;
  const connected = async () =>
    (await app.http.inject({ url: `/sources/${id}/connected-warehouses`, headers })).json().data.warehouses.length;
  // A new source feeds every warehouse.
  expect(await connected()).toBe(1);
  const path = `${at}/sources/web/connected-warehouses`;
  const nothing = { status: 200, body: {} };
  expect(await call('PATCH', path, { warehouse_id: warehouse.id, enabled: false })).toEqual(nothing);
  expect(await connected()).toBe(0);
  expect(await call('PATCH', path, { warehouse_id: warehouse.id, enabled: true })).toEqual(nothing);
  expect(await connected()).toBe(1);
  expect(await call('PATCH', path, { warehouse_id: 'nothing', enabled: true })).toMatchObject({ status: 404 });
});
