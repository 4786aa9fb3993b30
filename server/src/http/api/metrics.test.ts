/** The charts' routes and requests about people, of our own API. */
import { beforeAll, expect, test } from 'vitest';
import { newWorkspace, processEvents, testApp } from '../../../test/support/app.ts';
import { recordOutcomes } from '../../delivery/queries.ts';

// The app is made once for all of them.
beforeAll(async () => void (await testApp()), 120_000);

async function start() {
  const app = await testApp();
  const w = await newWorkspace(app);
  const headers = await w.keyHeaders();
  const call = async (method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object) => {
    const answer = await app.http.inject({ method, url: `/api/v1${path}`, headers, ...(payload && { payload }) });
    return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() };
  };
  const source = await app.connections.sources.create(w.scope(), { name: 'Shop' });
  const track = async (userId: string, event: string) => {
    const payload = { writeKey: source.write_keys[0], userId, event };
    await app.http.inject({ method: 'POST', url: '/v1/track', payload });
    await processEvents(app);
  };
  return { app, w, call, source, track };
}

const window = () => {
  const [start, end] = [-3_600_000, 60_000].map((ms) => new Date(Date.now() + ms).toISOString());
  return `granularity=minute&start=${start}&end=${end}`;
};

test('events, deliveries and usage for charts', async () => {
  const { app, w, call, source, track } = await start();
  const { row } = await app.connections.destinations.createWebhook(w.scope(), {
    sourceId: source.id,
    name: 'Hook',
    url: 'http://127.0.0.1:9/',
  });
  for (const name of ['Paid', 'Paid', 'Seen']) await track('u', name);
  const first = await call('GET', `/metrics/events?${window()}&group_by=name,source_id&limit=1`);
  expect(first.body).toMatchObject({ total: 2, items: [{ name: 'Paid', source_id: source.id, total: 2 }] });
  const rest = await call('GET', `/metrics/events?${window()}&group_by=name&limit=1&cursor=${first.body.cursor}`);
  expect(rest.status).toBe(200);
  expect((await call('GET', `/metrics/events?${window()}&name=Seen`)).body).toMatchObject({ items: [{ total: 1 }] });

  const pending = await app.database.db
    .selectFrom('deliveries')
    .select('id')
    .where('destination_id', '=', row.id)
    .execute();
  const attempt = { startedAt: Date.now(), durationMs: 5, response: null };
  const outcome = { id: pending[0]?.id ?? 0, nextAttemptAt: null, attempt, error: null, attempts: 1 };
  await recordOutcomes(app.database.db, [{ ...outcome, state: 'failed', status: 410 }], Date.now());
  const deliveries = await call('GET', `/metrics/deliveries?${window()}&destination_id=${row.id}`);
  expect(deliveries.body.reasons).toEqual([{ outcome: 'failed', reason: 'discarded_410', total: 1 }]);
  expect(deliveries.body.items.filter((point: { failed: number }) => point.failed === 1)).toHaveLength(1);

  const month = new Date().toISOString().slice(0, 7);
  const usage = await call('GET', `/metrics/usage?month=${month}`);
  const last = { source_id: null, api_calls: 3, tracked_users: 1, user_ids: 1, anonymous_ids: 0 };
  expect(usage.body.items.at(-1)).toMatchObject(last);
  const perSource = await call('GET', `/metrics/usage?month=${month}&per_source=true&limit=1`);
  expect(perSource.body.items).toMatchObject([{ source_id: source.id }]);

  const stranger = (await newWorkspace(app)).keyHeaders();
  const url = `/api/v1/metrics/deliveries?${window()}&destination_id=${row.id}`;
  expect((await app.http.inject({ url, headers: await stranger })).statusCode).toBe(404);
  for (const wrong of [
    `events?${window()}&group_by=nothing`,
    `events?${window().replace('minute', 'week')}`,
    `events?${window()}&cursor=x`,
    'events?granularity=day&start=x&end=y',
    `deliveries?${window()}&destination_id=x`,
    'usage?month=2026',
    'usage?month=2026-13',
  ]) {
    expect((await call('GET', `/metrics/${wrong}`)).status, wrong).toBe(422);
  }
});

test('requests about people', async () => {
  const { app, call, source, track } = await start();
  await track('ann', 'before');
  const body = { type: 'suppress_with_delete', subject_ids: ['ann'] };
  const made = await call('POST', '/regulations', body);
  expect(made).toMatchObject({
    status: 201,
    body: { ...body, subject_type: 'user_id', source_id: null, status: 'initialized', error: null, finished_at: null },
  });
  const other = await call('POST', '/regulations', { ...body, type: 'delete_only' });
  expect(await call('DELETE', `/regulations/${other.body.id}`)).toEqual({ status: 204, body: null });
  while (await app.eraser.runOnce());
  await track('ann', 'after');
  expect((await call('GET', `/regulations/${made.body.id}`)).body).toMatchObject({ status: 'finished' });
  expect((await call('GET', '/events?outcome=accepted')).body.items).toEqual([]);
  expect((await call('GET', '/suppressions')).body).toMatchObject({ total: 1, items: [{ user_id: 'ann' }] });
  const next = await call('POST', '/regulations', { ...body, type: 'unsuppress' });
  const page = await call('GET', '/regulations?limit=1');
  expect(page.body).toMatchObject({ total: 2, items: [{ id: next.body.id }] });
  const second = await call('GET', `/regulations?limit=1&cursor=${page.body.cursor}`);
  expect(second.body).toMatchObject({ cursor: null, items: [{ id: made.body.id }] });
  await call('POST', '/regulations', { ...body, source_id: source.id });
  expect((await call('GET', `/regulations?source_id=${source.id}`)).body).toMatchObject({ total: 1 });

  for (const wrong of [
    { type: 'forget' },
    { subject_ids: [] },
    { subject_ids: [''] },
    { subject_ids: ['\u0000'] },
    { source_id: 'nothing' },
  ]) {
    expect((await call('POST', '/regulations', { ...body, ...wrong })).status, JSON.stringify(wrong)).toBe(422);
  }
  expect((await call('POST', '/regulations', { ...body, subject_type: 'anonymous_id' })).status).toBe(400);
  expect((await call('DELETE', `/regulations/${made.body.id}`)).status).toBe(400);
});
