/** Regulations and delivery metrics of the Config API, and that the Public API sees the same rows. */
import { beforeAll, expect, test } from 'vitest';
import { newWorkspace, processEvents, type TestApp, testApp } from '../../../test/support/app.ts';
import { recordOutcomes } from '../../delivery/queries.ts';
import { shortId } from '../segment/protocol/ids.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are compared field by field.
type Answer = { status: number; body: any };

// The app is made once for all of them.
beforeAll(async () => void (await testApp()), 120_000);

async function start() {
  const app = await testApp();
  const w = await newWorkspace(app);
  const headers = await w.keyHeaders();
  const call = async (method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object): Promise<Answer> => {
    const url = path.startsWith('/segment/') ? path : `/v1beta${path}`;
    const answer = await app.http.inject({ method, url, headers, ...(payload && { payload }) });
    return { status: answer.statusCode, body: answer.json() };
  };
  const source = await app.connections.sources.create(w.scope(), { slug: 'shop', name: 'Shop' });
  return { app, w, call, source, at: `/workspaces/${w.workspace.slug}`, name: `workspaces/${w.workspace.slug}` };
}

async function work(app: TestApp): Promise<void> {
  await processEvents(app);
  while (await app.eraser.runOnce());
}

async function track(app: TestApp, writeKey: string, userId: string): Promise<void> {
  await app.http.inject({ method: 'POST', url: '/v1/track', payload: { writeKey, userId, event: 'Paid' } });
  await processEvents(app);
}

test('a regulation is made, read, withdrawn and listed, and the Public API sees it', async () => {
  const { app, w, call, at, name, source } = await start();
  const attributes = { name: 'userId', values: ['u-17', 'u-18'] };
  const made = await call('POST', `${at}/regulations`, { regulation_type: 'Suppress_With_Delete', attributes });
  expect(made).toEqual({ status: 200, body: { regulate_id: expect.stringMatching(/^\w{22}$/) } });
  const id = made.body.regulate_id;
  const read = await call('GET', `${at}/regulations/${id}`);
  expect(read.body).toEqual({
    ...{ name: `${name}/regulations/${id}`, id, workspace_id: expect.stringMatching(/^\w{22}$/) },
    ...{ regulation_type: 'Suppress_With_Delete', attributes, overall_status: 'INITIALIZED' },
    ...{ created_at: expect.stringMatching(/Z$/), finished_at: '' },
    stream_status: [
      {
        id: expect.any(String),
        destination_status: [
          { id: 'headgate', name: 'Headgate', status: 'INITIALIZED', err_string: '', finished_at: '' },
        ],
      },
    ],
  });
  expect((await call('GET', `/segment/regulations/${id}`)).body.data.regulation).toMatchObject({ id });
  const second = await call('POST', `${at}/sources/shop/regulations`, { regulation_type: 'DELETE_ONLY', attributes });
  expect(await call('DELETE', `${at}/regulations/${second.body.regulate_id}`)).toEqual({ status: 200, body: {} });
  expect((await call('GET', `${at}/regulations/${second.body.regulate_id}`)).status).toBe(404);

  await work(app);
  await track(app, source.write_keys[0] ?? '', 'u-17');
  expect((await app.events.list(w.scope(), { outcome: 'accepted' }, 10)).events).toEqual([]);
  expect((await call('DELETE', `${at}/regulations/${id}`)).body).toMatchObject({ code: 3 });
  expect(await call('GET', `${at}/suppressed-users?page_size=1`)).toMatchObject({
    body: { suppressed_users: ['u-17'], next_page_token: expect.stringMatching(/./) },
  });
  const listed = await call('GET', `${at}/regulations?status=finished&regulation_types=Suppress_With_Delete,Delete`);
  expect(listed.body).toMatchObject({ regulations: [{ id }], next_page_token: '' });
});

test('bad input of regulations', async () => {
  const { call, at } = await start();
  const attributes = { name: 'userId', values: ['u'] };
  for (const body of [
    { attributes },
    { regulation_type: 'Forget', attributes },
    { regulation_type: 'Suppress', attributes: { ...attributes, name: 'email' } },
    { regulation_type: 'Suppress', attributes: { ...attributes, values: [] } },
    { regulation_type: 'Suppress', attributes: { ...attributes, values: ['\u0000'] } },
    { regulation_type: 'constructor', attributes },
  ]) {
    expect(await call('POST', `${at}/regulations`, body)).toMatchObject({ status: 400, body: { code: 3 } });
  }
  expect((await call('POST', `${at}/sources/none/regulations`, { regulation_type: 'Delete', attributes })).status).toBe(
    404,
  );
  expect((await call('GET', `${at}/regulations?status=done`)).status).toBe(400);
  expect((await call('GET', `${at}/suppressed-users?page_token=%00`)).status).toBe(400);
});

test('delivery metrics: series, some of them, a summary, summaries of several destinations', async () => {
  const { app, w, call, at, name, source } = await start();
  const { row: hook } = await app.connections.destinations.createWebhook(w.scope(), {
    sourceId: source.id,
    name: 'Hook',
    url: 'http://127.0.0.1:9/',
  });
  const type = app.connections.destinations.typeOf(hook).slug;
  await track(app, source.write_keys[0] ?? '', 'u');
  const rows = await app.database.db
    .selectFrom('deliveries')
    .select('id')
    .where('destination_id', '=', hook.id)
    .execute();
  const attempt = { startedAt: Date.now(), durationMs: 5, response: null };
  const outcome = { id: rows[0]?.id ?? 0, nextAttemptAt: null, attempt, error: null };
  const now = Date.now();
  await recordOutcomes(app.database.db, [{ ...outcome, state: 'pending', attempts: 1, status: 502 }], now);
  await recordOutcomes(app.database.db, [{ ...outcome, state: 'delivered', attempts: 2, status: 200 }], now);

  const path = `${at}/sources/shop/destinations`;
  const full = `${name}/sources/shop/destinations/${type}`;
  const end_time = new Date(now + 60_000).toISOString();
  for (const id of [type, shortId(hook.id)]) {
    const one = await call('GET', `${path}/${id}/metrics/retried_502?end_time=${end_time}`);
    expect(one.body).toMatchObject({ name: `${full}/metrics/retried_502`, granularity: 'MINUTE' });
    expect(one.body.points.length).toBeGreaterThan(60);
    expect(one.body.points.filter(({ value }: { value: number }) => value > 0)).toHaveLength(1);
  }
  const all = await call('GET', `${path}/${type}/metrics?granularity=hour&end_time=${end_time}`);
  const sums = all.body.metrics.map((one: { name: string; points: { value: number }[] }) => [
    one.name.slice(full.length + '/metrics/'.length),
    one.points.reduce((sum, { value }) => sum + value, 0) > 0,
  ]);
  expect(Object.fromEntries(sums)).toMatchObject({
    ...{ successes: true, successes_after_retry: true, successes_on_first_attempt: false, retried: true },
    ...{ retried_502: true, expired: false, discarded: false, 'successes.attempt.2': true },
  });
  const names = [`${full}/metrics/successes`, 'retried'];
  const asked = [
    call('GET', `${path}/${type}/metrics:batchGet?names=${names.join(',')}`),
    call('GET', `${path}/${type}/metrics%3AbatchGet?names[]=${names[0]}&names[]=${names[1]}`),
    call('GET', `${path}/${type}/metrics:batchGet`, { names }),
  ];
  for (const { body } of await Promise.all(asked)) {
    expect(body.metrics.map((one: { name: string }) => one.name)).toEqual([names[0], `${full}/metrics/retried`]);
  }
  const summary = await call('GET', `${path}/${type}/metrics:getSummary?end_time=${end_time}`);
  expect(summary.body).toMatchObject({ name: full, metrics: [{ metric_name: 'successes', total: 1 }, {}, {}, {}, {}] });
  const several = await call('GET', `${at}/event-delivery-metrics:batchGetSummary?names=${full}&end_time=${end_time}`);
  expect(several.body).toEqual({ summaries: [summary.body] });

  for (const wrong of [
    `${path}/none/metrics`,
    `${path}/${type}/metrics/unheard_of`,
    `${path}/${type}/metrics:batchGet?names=${name}/sources/other/destinations/${type}/metrics/successes`,
    `${path}/${type}/metrics:delete`,
    `${at}/event-delivery-metrics:batchGetSummary?names=${full}x`,
    `${at}/sources/none/destinations/${type}/metrics`,
  ]) {
    expect((await call('GET', wrong)).body, wrong).toMatchObject({ code: 5 });
  }
  for (const query of ['granularity=WEEK', 'start_time=x', 'start_time=2020-01-01T00:00:00Z']) {
    expect((await call('GET', `${path}/${type}/metrics:getSummary?${query}`)).body, query).toMatchObject({ code: 3 });
  }
  expect((await call('GET', `${at}/event-delivery-metrics:batchGetSummary`)).body).toMatchObject({ code: 3 });
});
