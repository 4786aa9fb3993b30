/** What is counted of real events and deliveries: delivery overview, events volume, delivery metrics, usage of a month. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { shortId } from '../../../../src/http/segment/protocol/ids.ts';
import { newWorkspace, processEvents, type TestApp } from '../../../support/app.ts';
import type { SegmentClient } from '../../client.ts';

const MINUTE = 60_000;

export async function run(client: SegmentClient, app: TestApp): Promise<void> {
  const { call, fails, workspace } = client;
  const scope = workspace.scope();
  const source = await app.connections.sources.create(scope, { name: 'Shop' });
  const other = await app.connections.sources.create(scope, { name: 'Blog' });
  // Nothing listens there, and no worker runs here: what became of deliveries is written as the worker does.
  const { row: destination } = await app.connections.destinations.createWebhook(scope, {
    sourceId: source.id,
    name: 'Hook',
    url: 'http://127.0.0.1:9/',
  });
  const [writeKey = '', otherKey = ''] = [source.write_keys[0], other.write_keys[0]];
  const twice = { event: 'Paid', userId: 'u1', anonymousId: 'a1', messageId: randomUUID() };
  for (const event of [twice, twice, { event: 'Paid', anonymousId: 'a2' }]) await track(app, writeKey, event);
  await track(app, writeKey, { event: 'Seen', userId: 'u2', context: { app: { version: '2.1' } } });
  await track(app, otherKey, { event: 'Read', userId: 'u1' });
  await processEvents(app);
  await deliver(app, destination.id);

  const now = Date.now();
  const window = {
    granularity: 'MINUTE',
    startTime: new Date(now - 5 * MINUTE).toISOString(),
    endTime: new Date(now + MINUTE).toISOString(),
  };
  const sourceId = shortId(source.id);
  const destinationConfigId = shortId(destination.id);
  const at = { ...window, sourceId, destinationConfigId };

  const received = await call('getIngressSuccessMetricsFromDeliveryOverview', { query: { ...window, sourceId } });
  expect(received).toMatchObject({ total: 3, dataset: [{ total: 3 }], pagination: { current: 'MA==' } });
  expect(received.dataset[0].series.length).toBeGreaterThanOrEqual(6);
  expect(received.dataset[0].series.reduce((sum: number, { count }: { count: number }) => sum + count, 0)).toBe(3);
  for (const granularity of ['HOUR', 'DAY']) {
    const query = { ...window, sourceId, granularity };
    expect(await call('getIngressSuccessMetricsFromDeliveryOverview', { query })).toMatchObject({ total: 3 });
  }

  const grouped = { ...window, sourceId, groupBy: 'eventName,event Type', 'pagination.count': '1' };
  const first = await call('getIngressSuccessMetricsFromDeliveryOverview', { query: grouped });
  expect(first).toMatchObject({ total: 3, dataset: [{ eventName: 'Paid', eventType: 'track', total: 2 }] });
  expect(first.pagination).toMatchObject({ totalEntries: 2 });
  const rest = { ...grouped, 'pagination.cursor': first.pagination.next };
  const second = await call('getIngressSuccessMetricsFromDeliveryOverview', { query: rest });
  expect(second.dataset).toMatchObject([{ eventName: 'Seen', total: 1 }]);
  expect(second.pagination).toEqual({ current: first.pagination.next, previous: expect.any(String), totalEntries: 2 });
  const filtered = { ...window, sourceId, 'filter.eventName': 'Seen', 'filter[appVersion][0]': '2.1' };
  expect(await call('getIngressSuccessMetricsFromDeliveryOverview', { query: filtered })).toMatchObject({ total: 1 });

  const refused = { query: { ...window, sourceId, groupBy: 'discardReason' } };
  expect((await call('getIngressFailedMetricsFromDeliveryOverview', refused)).dataset).toMatchObject([
    { discardReason: 'duplicate', total: 1 },
  ]);
  expect(await call('getFilteredAtSourceMetricsFromDeliveryOverview', refused)).toMatchObject({
    total: 0,
    dataset: [],
  });
  expect(await call('getFilteredAtDestinationMetricsFromDeliveryOverview', { query: at })).toMatchObject({ total: 0 });
  const delivered = await call('getEgressSuccessMetricsFromDeliveryOverview', { query: at });
  expect(delivered).toMatchObject({ total: 2, dataset: [{ total: 2, totalRetryCount: 1 }] });
  const again = { ...at, filter: '{"discardReason":["successes.attempt.2"]}', groupBy: 'discardReason' };
  expect((await call('getEgressSuccessMetricsFromDeliveryOverview', { query: again })).dataset).toMatchObject([
    { discardReason: 'successes.attempt.2', total: 1 },
  ]);
  expect(
    (await call('getEgressFailedMetricsFromDeliveryOverview', { query: { ...at, groupBy: 'discardReason' } })).dataset,
  ).toMatchObject([{ discardReason: 'discarded_404', total: 1 }]);

  const params = { destinationId: destinationConfigId };
  const metrics = await call('listDeliveryMetricsSummaryFromDestination', { params, query: { sourceId } });
  expect(metrics.deliveryMetricsSummary).toMatchObject({ sourceId, destinationMetadataId: expect.any(String) });
  const totals = metrics.deliveryMetricsSummary.metrics.map((one: { metricName: string; total: number }) => [
    one.metricName,
    one.total,
  ]);
  expect(Object.fromEntries(totals)).toEqual({
    ...{ successes: 2, expired: 0, discarded: 1, retried: 1, time_to_success: 2 },
  });
  await call('listDeliveryMetricsSummaryFromDestination', {
    params,
    query: { sourceId, granularity: 'DAY' },
    version: 'v1alpha',
  });
  const elsewhere = { params, query: { sourceId: shortId(other.id) } };
  expect((await fails('listDeliveryMetricsSummaryFromDestination', elsewhere)).status).toBe(404);

  await eventsVolume(client, window, sourceId, shortId(other.id));
  await usage(client, sourceId, shortId(other.id));
  await badInput(client, app, { ...at });
}

async function eventsVolume(
  { call, fails }: SegmentClient,
  window: Record<string, string>,
  shop: string,
  blog: string,
) {
  const all = await call('getEventsVolumeFromWorkspace', { query: window });
  expect(all).toMatchObject({ path: expect.any(String), query: window, result: [{ total: 4 }] });
  const bySource = await call('getEventsVolumeFromWorkspace', { query: { ...window, groupBy: 'source,eventName' } });
  expect(bySource.result).toMatchObject([
    { source: { id: shop, name: 'Shop', slug: 'shop' }, eventName: 'Paid', total: 2 },
    { total: 1 },
    { total: 1 },
  ]);
  const some = { ...window, 'sourceId.0': blog, 'eventType.0': 'track', groupBy: 'eventType' };
  expect((await call('getEventsVolumeFromWorkspace', { query: some })).result).toMatchObject([
    { eventType: 'track', total: 1 },
  ]);
  const version = { ...window, 'appVersion.0': '2.1', 'eventName.0': 'Seen' };
  expect((await call('getEventsVolumeFromWorkspace', { query: version, version: 'v1alpha' })).result).toMatchObject([
    { total: 1 },
  ]);
  const wrong = await fails('getEventsVolumeFromWorkspace', {
    query: { ...window, granularity: 'WEEK', startTime: 'x' },
  });
  expect([wrong.status, wrong.errors.map(({ field }) => field)]).toEqual([422, ['granularity']]);
  const times = await fails('getEventsVolumeFromWorkspace', { query: { ...window, startTime: 'x', endTime: 'y' } });
  expect(times.errors.map(({ field }) => field)).toEqual(['startTime', 'endTime']);
}

async function usage({ call, fails }: SegmentClient, shop: string, blog: string): Promise<void> {
  const today = new Date();
  const period = `${today.toISOString().slice(0, 7)}-01`;
  const days = today.getUTCDate();
  const calls = (await call('getDailyWorkspaceAPICallsUsage', { query: { period } })).dailyWorkspaceAPICallsUsage;
  expect(calls).toHaveLength(days);
  expect(calls.at(-1)).toEqual({ apiCalls: '4', timestamp: `${today.toISOString().slice(0, 10)}T00:00:00.000Z` });
  const start = Date.parse(period) / 1_000;
  const end = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1) / 1_000;
  const users = (await call('getDailyWorkspaceMTUUsage', { query: { period } })).dailyWorkspaceMTUUsage;
  // a1 came with u1, a2 never did.
  const counts = { anonymous: '2', anonymousIdentified: '1', identified: '2', neverIdentified: '1' };
  expect(users.at(-1)).toMatchObject({ periodStart: start, periodEnd: end, ...counts });

  const query = { period, 'pagination.count': String(2 * days - 1) };
  const page = await call('getDailyPerSourceAPICallsUsage', { query });
  const next = { ...query, 'pagination.cursor': page.pagination.next };
  const last = await call('getDailyPerSourceAPICallsUsage', { query: next });
  const pages = { current: page.pagination.next, previous: expect.any(String), totalEntries: 2 * days };
  expect(last.pagination).toEqual(pages);
  const listed = [...page.dailyPerSourceAPICallsUsage, ...last.dailyPerSourceAPICallsUsage];
  expect(listed.slice(-2).map(({ sourceId, apiCalls }) => [sourceId, apiCalls])).toEqual([
    [shop, '3'],
    [blog, '1'],
  ]);
  const perSource = (await call('getDailyPerSourceMTUUsage', { query: { period } })).dailyPerSourceMTUUsage;
  expect(perSource.slice(-2)).toMatchObject([
    { sourceId: shop, identified: '2', neverIdentified: '1' },
    { sourceId: blog, identified: '1', neverIdentified: '0' },
  ]);
  for (const wrong of ['', 'yesterday', '2026-13-01']) {
    const answer = await fails('getDailyWorkspaceMTUUsage', { query: { period: wrong } });
    expect([answer.status, answer.errors[0]?.field]).toEqual([422, 'period']);
  }
  const later = await call('getDailyWorkspaceAPICallsUsage', { query: { period: '2099-01-01' } });
  expect(later.dailyWorkspaceAPICallsUsage).toEqual([]);
}

async function badInput({ fails }: SegmentClient, app: TestApp, at: Record<string, string>): Promise<void> {
  const refused = async (query: Record<string, string>) => {
    const { status, errors } = await fails('getEgressFailedMetricsFromDeliveryOverview', { query });
    return [status, errors.map(({ field }) => field)];
  };
  expect(await refused({})).toEqual([422, ['sourceId', 'destinationConfigId', 'startTime', 'endTime', 'granularity']]);
  const days = (count: number) => new Date(Date.now() - count * 86_400_000).toISOString();
  expect(await refused({ ...at, startTime: days(3), endTime: days(2) })).toEqual([422, ['endTime', 'startTime']]);
  expect(await refused({ ...at, granularity: 'DAY', startTime: days(31) })).toEqual([422, ['endTime', 'startTime']]);
  expect(await refused({ ...at, startTime: at['endTime'] ?? '' })).toEqual([422, ['endTime']]);
  expect(await refused({ ...at, groupBy: 'eventName,constructor' })).toEqual([422, ['groupBy']]);
  expect(await refused({ ...at, 'filter.nothing': 'x' })).toEqual([422, ['filter.nothing']]);
  expect(await refused({ ...at, 'filter.eventName': '\u0000' })).toEqual([422, ['filter.eventName.0']]);
  const cursor = { 'pagination.count': '1', 'pagination.cursor': 'x' };
  expect(await refused({ ...at, ...cursor })).toEqual([422, ['pagination.cursor']]);
  // An id of another workspace is one that is not there.
  const stranger = await newWorkspace(app);
  const theirs = await app.connections.sources.create(stranger.scope(), { name: 'Theirs' });
  expect(await refused({ ...at, sourceId: shortId(theirs.id) })).toEqual([404, [undefined]]);
  expect(await refused({ ...at, sourceId: 'nothing' })).toEqual([404, [undefined]]);
  expect(await refused({ ...at, destinationConfigId: shortId(theirs.id) })).toEqual([404, [undefined]]);
}

async function track(app: TestApp, writeKey: string, payload: object): Promise<void> {
  const answer = await app.http.inject({ method: 'POST', url: '/v1/track', payload: { writeKey, ...payload } });
  expect(answer.statusCode).toBe(200);
}

/** The first at once, the second after a retry, the third refused. */
async function deliver(app: TestApp, destinationId: string): Promise<void> {
  const { db } = app.database;
  const { recordOutcomes } = await import('../../../../src/delivery/queries.ts');
  const rows = await db
    .selectFrom('deliveries')
    .select('id')
    .where('destination_id', '=', destinationId)
    .orderBy('id')
    .execute();
  const attempt = { startedAt: Date.now(), durationMs: 5, response: null };
  const base = { nextAttemptAt: null, attempt, status: 200, error: null, attempts: 1 };
  const [one = 0, two = 0, three = 0] = rows.map(({ id }) => id);
  await recordOutcomes(
    db,
    [
      { ...base, id: one, state: 'delivered' },
      { ...base, id: two, state: 'pending', status: 503, nextAttemptAt: Date.now() },
      { ...base, id: three, state: 'failed', status: 404 },
    ],
    Date.now(),
  );
  await recordOutcomes(db, [{ ...base, id: two, state: 'delivered', attempts: 2 }], Date.now());
}
