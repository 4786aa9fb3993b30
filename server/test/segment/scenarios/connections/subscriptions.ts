/** Subscriptions: actions of a destination, their triggers and mappings; what is sent for the events they are for. */
import { expect } from 'vitest';
import { newWorkspace, processEvents, type TestApp } from '../../../support/app.ts';
import { type Data, type SegmentClient, segmentClient } from '../../client.ts';

const ACTIONS_WEBHOOK = '614a3c7d791c91c41bae7599';
const SEND = 'nFPnRozhz1mh4Gbx4MLvT5';

export async function run(first: SegmentClient, app: TestApp): Promise<void> {
  // Five calls a minute and operation are allowed to each token.
  const another = () => segmentClient(app, { workspace: first.workspace });
  const source = await newSource(first);
  const destination = await newDestination(first, source);
  const params = { destinationId: destination.id };
  const settings = { url: 'https://in.example/track', method: 'POST', headers: { 'x-team': 'tides' } };
  const body = { name: 'All tracks', actionId: SEND, trigger: 'type = "track"', enabled: true, settings };
  const { destinationSubscription } = await first.call('createDestinationSubscription', { params, body });
  expect(destinationSubscription).toEqual({
    id: expect.stringMatching(/^\w{22}$/),
    ...body,
    actionSlug: 'send',
    destinationId: destination.id,
  });
  const ids = { ...params, id: destinationSubscription.id };
  const read = async () => (await first.call('getSubscriptionFromDestination', { params: ids })).subscription;
  expect(await read()).toEqual(destinationSubscription);

  await refusedCreations(await another(), params, body);
  await updates(await another(), ids, destinationSubscription);
  await schedules(another, ids);
  await models(await another(), app, source, ids);
  await concurrent(await another(), ids);
  await pages(await another(), params, destinationSubscription);
  await secrets(await another(), app, source);
  await deliveries(await another(), app);
  await limits(await another(), ids);
  await elsewhere(first, ids, destination);

  const last = await another();
  expect(await last.call('removeSubscriptionFromDestination', { params: ids })).toEqual({ status: 'SUCCESS' });
  for (const operation of ['getSubscriptionFromDestination', 'removeSubscriptionFromDestination']) {
    expect(await last.fails(operation, { params: ids })).toEqual({
      status: 404,
      errors: [{ type: 'NotFound', message: 'No subscription here with this id.' }],
    });
  }
  await first.call('deleteDestination', { params });
  expect((await first.fails('listSubscriptionsFromDestination', { params })).status).toBe(404);
}

async function newSource({ call }: SegmentClient): Promise<Data> {
  const slug = `s-${Math.random().toString(36).slice(2)}`;
  return (await call('createSource', { body: { slug, enabled: true, metadataId: 'IqDTy1TpoU', settings: {} } })).source;
}

async function newDestination({ call }: SegmentClient, { id }: Data, metadataId = ACTIONS_WEBHOOK): Promise<Data> {
  return (await call('createDestination', { body: { sourceId: id, metadataId, settings: {} } })).destination;
}

async function refusedCreations({ fails }: SegmentClient, params: Data, good: object): Promise<void> {
  const refused = async (body: object) => {
    const { status, errors } = await fails('createDestinationSubscription', { params, body });
    return [status, ...errors.map(({ message }) => message)];
  };
  expect(await refused({})).toEqual([
    422,
    ...['name', 'actionId', 'trigger', 'enabled'].map((field) => `"${field}" is required`),
  ]);
  const wrong = { name: '', actionId: 'nothing', trigger: 'type = "track" and', modelId: 'nothing', enabled: true };
  expect(await refused(wrong)).toEqual([
    422,
    '"name" is not allowed to be empty',
    '"trigger" must be an FQL statement; line 1, character 19: a condition begins with a field or an opening parenthesis, but the statement ends',
    '"actionId" must be the id of an action of the destination\'s type',
    '"modelId" must be the id of a reverse ETL model of this workspace',
  ]);
  const mapping = { method: 'GET', headers: 5, nothing: 1, data: { '@nothing': 'x' }, batch_size: 'many' };
  expect(await refused({ ...good, settings: mapping })).toEqual([
    422,
    '"settings.method" must be one of [POST, PUT, PATCH]',
    '"settings.headers" must be of type object',
    '"settings.nothing" is not allowed',
    '"settings.data" must be a directive that there is, not @nothing',
    '"settings.batch_size" must be a number',
    '"settings.url" is required',
  ]);
  expect(await refused({ ...good, settings: { url: 'ftp://in.example' } })).toEqual([
    422,
    '"settings.url" must be a full URL that starts with https:// or http://',
  ]);
}

async function updates({ call, fails }: SegmentClient, ids: Data, subscription: Data): Promise<void> {
  const update = async (input: object) =>
    (await call('updateSubscriptionForDestination', { params: ids, body: { input } })).subscription;
  // As the provider does right after creating it.
  const { name, trigger, enabled, settings } = subscription;
  expect(await update({ name, trigger, enabled, settings })).toEqual(subscription);
  const change = { name: 'Some', trigger: 'event = "Bought"', enabled: false };
  const mapping = { headers: null, batch_keys: ['url'], enable_batching: true };
  expect(await update({ ...change, settings: mapping })).toEqual({
    ...subscription,
    ...change,
    settings: { url: settings.url, method: 'POST', batch_keys: ['url'], enable_batching: true },
  });
  const { errors } = await fails('updateSubscriptionForDestination', {
    params: ids,
    body: {
      input: {
        name: '',
        trigger: '(',
        settings: { x: 1 },
        reverseETLModelId: 'x',
        reverseETLSchedule: { strategy: 'CRON' },
      },
    },
  });
  expect(errors.map(({ field }) => field)).toEqual([
    'input.name',
    'input.trigger',
    'input.settings.x',
    'input.reverseETLModelId',
    'input.reverseETLSchedule.config.spec',
    'input.reverseETLSchedule.config.timezone',
  ]);
  expect((await fails('updateSubscriptionForDestination', { params: ids, body: {} })).errors).toMatchObject([
    { type: 'input-validation', field: 'input', message: '"input" is required' },
  ]);
}

/** Each strategy comes back with exactly its fields. */
async function schedules(another: () => Promise<SegmentClient>, ids: Data): Promise<void> {
  const valid = [
    { strategy: 'PERIODIC', config: { interval: '3h25m30s' } },
    { strategy: 'SPECIFIC_DAYS', config: { days: [0, 6], hours: [0, 23], timezone: 'Europe/Paris' } },
    { strategy: 'CRON', config: { spec: '*/15 8-18 * * MON-FRI', timezone: 'America/Los_Angeles' } },
    { strategy: 'DBT_CLOUD', config: { jobId: '1', accountId: '2' } },
  ];
  let { call, fails } = await another();
  for (const schedule of valid) {
    const sent = { ...schedule, config: { ...schedule.config, more: 1 } };
    const input = { reverseETLSchedule: sent };
    const { subscription } = await call('updateSubscriptionForDestination', { params: ids, body: { input } });
    expect(subscription.reverseETLSchedule).toEqual(schedule);
  }
  ({ call, fails } = await another());
  for (const config of [null, undefined]) {
    const input = { reverseETLSchedule: { strategy: 'MANUAL', config } };
    const { subscription } = await call('updateSubscriptionForDestination', { params: ids, body: { input } });
    expect(subscription.reverseETLSchedule).toEqual({ strategy: 'MANUAL' });
  }
  for (const [schedule, field] of [
    [{ strategy: 'PERIODIC', config: { interval: '10m' } }, 'interval'],
    [{ strategy: 'CRON', config: { spec: '*/5 * * * *', timezone: 'Nowhere' } }, 'spec'],
    [{ strategy: 'SPECIFIC_DAYS', config: { days: [7], hours: [], timezone: 'UTC' } }, 'days.0'],
  ] as const) {
    const body = { input: { reverseETLSchedule: schedule } };
    const { status, errors } = await fails('updateSubscriptionForDestination', { params: ids, body });
    expect([status, errors[0]?.field]).toEqual([422, `input.reverseETLSchedule.config.${field}`]);
  }
}

async function models(client: SegmentClient, app: TestApp, source: Data, ids: Data): Promise<void> {
  const model = (of: Data) => ({
    sourceId: of.id,
    name: 'Buyers',
    description: '',
    enabled: true,
    query: 'select 1 as id',
    queryIdentifierColumn: 'id',
  });
  const { reverseEtlModel } = await client.call('createReverseEtlModel', { body: model(source) });
  const update = (id: string) => ({ params: ids, body: { input: { reverseETLModelId: id } } });
  const { subscription } = await client.call('updateSubscriptionForDestination', update(reverseEtlModel.id));
  expect(subscription.modelId).toBe(reverseEtlModel.id);
  const none = (await client.call('updateSubscriptionForDestination', update(''))).subscription;
  expect(none).not.toHaveProperty('modelId');
  // One of another workspace is as none at all.
  const stranger = await segmentClient(app, { workspace: await newWorkspace(app) });
  const theirs = await stranger.call('createReverseEtlModel', { body: model(await newSource(stranger)) });
  const unknown = await client.fails('updateSubscriptionForDestination', update('0'.repeat(22)));
  expect(await client.fails('updateSubscriptionForDestination', update(theirs.reverseEtlModel.id))).toEqual(unknown);
  expect(unknown).toMatchObject({ status: 422, errors: [{ field: 'input.reverseETLModelId' }] });
}

async function concurrent({ call }: SegmentClient, ids: Data): Promise<void> {
  const update = (input: object) => call('updateSubscriptionForDestination', { params: ids, body: { input } });
  await Promise.all([
    update({ name: 'Both' }),
    update({ enabled: true }),
    update({ settings: { batch_size: 5 } }),
    update({ settings: { headers: { a: 'b' } } }),
  ]);
  expect((await call('getSubscriptionFromDestination', { params: ids })).subscription).toMatchObject({
    name: 'Both',
    enabled: true,
    settings: { batch_size: 5, headers: { a: 'b' } },
  });
}

async function pages({ call, fails }: SegmentClient, params: Data, { id }: Data): Promise<void> {
  const body = { name: 'Waits', actionId: SEND, trigger: 'type = "identify"', enabled: true };
  const { destinationSubscription: second } = await call('createDestinationSubscription', { params, body });
  expect(second.settings).toEqual({});
  const list = async (query: Record<string, string>) => {
    const page = await call('listSubscriptionsFromDestination', { params, query });
    return [page.subscriptions.map((one: Data) => one.id), page.pagination];
  };
  expect(await list({})).toEqual([[id, second.id], { current: 'MA==', totalEntries: 2 }]);
  const [ids, { next }] = await list({ 'pagination.count': '1', 'pagination.cursor': 'MA==' });
  expect(ids).toEqual([id]);
  const [rest, last] = await list({ 'pagination.count': '1', 'pagination.cursor': next });
  expect([rest, Object.keys(last)]).toEqual([[second.id], ['current', 'previous', 'totalEntries']]);
  const cursor = Buffer.from('>made up').toString('base64');
  const query = { 'pagination.count': '1', 'pagination.cursor': cursor };
  expect((await fails('listSubscriptionsFromDestination', { params, query })).errors).toMatchObject([
    { field: 'pagination.cursor' },
  ]);
  await call('removeSubscriptionFromDestination', { params: { ...params, id: second.id } });
}

/** Fields of type password, as destinations' settings. */
async function secrets(client: SegmentClient, app: TestApp, source: Data): Promise<void> {
  const { destinationsCatalog } = await client.call('getDestinationsCatalog', {
    query: { 'pagination.count': '1000' },
  });
  const type = destinationsCatalog.find(({ slug }: Data) => slug === 'actions-liveramp-audiences');
  const action = type.actions.find(({ slug }: Data) => slug === 'audienceEnteredSFTP');
  const destination = await newDestination(client, source, type.id);
  const params = { destinationId: destination.id };
  const settings = { sftp_password: 'pass word' };
  const body = { name: 'SFTP', actionId: action.id, trigger: 'type = "track"', enabled: false, settings };
  const { destinationSubscription: made } = await client.call('createDestinationSubscription', { params, body });
  expect(made.settings).toEqual({ sftp_password: '••••••••' });
  const input = { settings: { ...made.settings, sftp_username: 'u' } };
  const ids = { ...params, id: made.id };
  expect(
    (await client.call('updateSubscriptionForDestination', { params: ids, body: { input } })).subscription.settings,
  ).toEqual(input.settings);
  const { db } = app.database;
  const rows = await db.selectFrom('destination_subscriptions').selectAll().where('name', '=', 'SFTP').execute();
  const entries = await db.selectFrom('audit_entries').selectAll().where('target_type', '=', 'subscription').execute();
  expect(Object.keys(rows.at(-1)?.settings_sealed ?? {})).toEqual(['sftp_password']);
  expect(entries.length).toBeGreaterThan(3);
  expect(JSON.stringify([rows, entries])).not.toContain('pass word');
  await client.call('deleteDestination', { params });
}

/** An event is queued where the trigger of an enabled subscription is for it. */
async function deliveries(client: SegmentClient, app: TestApp): Promise<void> {
  const source = await newSource(client);
  const params = { destinationId: (await newDestination(client, source)).id };
  const body = {
    name: 'Bought',
    actionId: SEND,
    trigger: 'type = "track" and event = "Bought"',
    enabled: true,
    settings: { url: 'https://in.example/bought' },
  };
  const { id } = (await client.call('createDestinationSubscription', { params, body })).destinationSubscription;
  const track = async (event: string) => {
    const payload = { writeKey: source.writeKeys[0], userId: 'u', event };
    expect((await app.http.inject({ method: 'POST', url: '/v1/track', payload })).statusCode).toBe(200);
    await processEvents(app);
    const of = app.database.db.selectFrom('deliveries').where('workspace_id', '=', client.workspace.workspace.id);
    return (await of.select('id').execute()).length;
  };
  expect(await track('Bought')).toBe(1);
  expect(await track('Seen')).toBe(1);
  const update = (input: object) =>
    client.call('updateSubscriptionForDestination', { params: { ...params, id }, body: { input } });
  await update({ trigger: 'type = "track"' });
  expect(await track('Seen')).toBe(2);
  await update({ enabled: false });
  expect(await track('Seen')).toBe(2);
  // A body that is put together from the event is not made yet.
  await update({ enabled: true, settings: { data: { name: { '@path': '$.event' } } } });
  expect(await track('Seen')).toBe(2);
  await client.call('deleteSource', { params: { sourceId: source.id } });
}

async function limits({ call, fails }: SegmentClient, ids: Data): Promise<void> {
  const ask = { params: ids, body: { input: { name: 'Limited' } } };
  for (let n = 0; n < 5; n++) await call('updateSubscriptionForDestination', ask);
  expect(await fails('updateSubscriptionForDestination', ask)).toMatchObject({
    status: 429,
    errors: [{ type: 'RequestError', message: 'Too many requests' }],
  });
}

/** A subscription is one of its own destination. */
async function elsewhere(client: SegmentClient, { id }: Data, { sourceId }: Data): Promise<void> {
  const other = await newDestination(client, { id: sourceId });
  const params = { destinationId: other.id, id };
  expect((await client.fails('getSubscriptionFromDestination', { params })).status).toBe(404);
  expect((await client.fails('getSubscriptionFromDestination', { params: { ...params, id: 'x' } })).status).toBe(404);
  await client.call('deleteDestination', { params: { destinationId: other.id } });
}
