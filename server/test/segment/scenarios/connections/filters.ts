/** Destination filters from their creation to their end, the preview, and that they act on what is delivered. */
import { expect } from 'vitest';
import { shortId, uuidOf } from '../../../../src/http/segment/protocol/ids.ts';
import { newWorkspace, processEvents, type TestApp } from '../../../support/app.ts';
import { type Data, type SegmentClient, segmentClient } from '../../client.ts';

const VERSIONS = ['v1', 'v1beta', 'v1alpha'] as const;

export async function run(client: SegmentClient, app: TestApp): Promise<void> {
  const { call, fails } = client;
  const { sourceId, destinationId, writeKey } = await connected(client, app);
  const params = { destinationId };
  const body = {
    sourceId,
    title: 'drop test traffic',
    if: "type = 'track' and match(event, 'Test *')",
    actions: [{ type: 'DROP' }],
    enabled: true,
  };
  const { filter } = await call('createFilterForDestination', { params, body });
  expect(filter).toEqual({
    ...body,
    id: expect.stringMatching(/^\w{22}$/),
    destinationId,
    createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
    updatedAt: filter.createdAt,
  });
  const one = { ...params, filterId: filter.id };
  for (const version of VERSIONS)
    expect(await call('getFilterInDestination', { params: one, version })).toEqual({ filter });
  await refused(client, { destinationId, sourceId, body }, app);

  // What was left out stays out, whatever else an action may have.
  const rich = {
    ...body,
    title: 'x'.repeat(64),
    description: 'Half of them',
    if: 'all',
    actions: [
      { type: 'SAMPLE' },
      { type: 'SAMPLE', percent: 0.5, path: 'userId' },
      { type: 'ALLOW_PROPERTIES', fields: { properties: ['a', 'b'], 'context.page': [] } },
      { type: 'DROP_PROPERTIES', fields: { traits: ['phone'], '': ['secret'] } },
    ],
    enabled: false,
  };
  const { filter: second } = await call('createFilterForDestination', { params, body: rich, version: 'v1beta' });
  expect(second).toMatchObject(rich);
  expect(second.actions).toEqual(rich.actions);
  await pages(client, params, [filter.id, second.id]);

  const update = async (change: object) =>
    (await call('updateFilterForDestination', { params: one, body: change })).filter;
  expect(await update({})).toEqual({ ...filter, updatedAt: expect.any(String) });
  expect(await update({ description: 'About tests' })).toMatchObject({ title: body.title, description: 'About tests' });
  expect(await update({ description: null })).not.toHaveProperty('description');
  await Promise.all([update({ title: 'Both' }), update({ if: "event = 'Test run'" })]);
  expect(await update({})).toMatchObject({ title: 'Both', if: "event = 'Test run'", enabled: true });
  expect(
    (await fails('updateFilterForDestination', { params: one, body: { if: 'type =', title: '' } })).errors,
  ).toEqual([
    {
      type: 'input-validation',
      field: 'if',
      message: expect.stringMatching(/^"if" is not valid FQL: line 1, column 7: /),
    },
    { type: 'input-validation', field: 'title', message: '"title" is not allowed to be empty' },
  ]);

  await limitOfTen(client, params, body);
  await acts(app, client, { writeKey, destinationId, filterId: filter.id });
  await preview(client);

  expect(await call('removeFilterFromDestination', { params: one })).toEqual({ status: 'SUCCESS' });
  for (const operation of ['getFilterInDestination', 'updateFilterForDestination', 'removeFilterFromDestination']) {
    expect(await fails(operation, { params: one, body: {} })).toEqual({
      status: 404,
      errors: [{ type: 'NotFound', message: 'No filter here with this id.' }],
    });
  }
}

export async function connected({ headers }: SegmentClient, app: TestApp) {
  const post = async (url: string, payload: object): Promise<Data> => {
    const answer = await app.http.inject({ method: 'POST', url: `/api/v1${url}`, headers: { ...headers }, payload });
    expect([answer.statusCode, answer.body]).toEqual([201, expect.any(String)]);
    return answer.json();
  };
  const source = await post('/sources', { name: 'Site' });
  const settings = { url: 'http://127.0.0.1:9/hook' };
  const destination = await post('/destinations', { name: 'Hook', source_id: source.id, settings });
  return {
    sourceId: shortId(source.id),
    destinationId: shortId(destination.id),
    destinationUuid: String(destination.id),
    writeKey: String(source.write_key),
  };
}

async function refused(
  { fails, headers }: SegmentClient,
  { destinationId, sourceId, body }: { destinationId: string; sourceId: string; body: object },
  app: TestApp,
): Promise<void> {
  const params = { destinationId };
  const create = async (changes: object, at: object = params) => {
    const ask = { params: at as Record<string, string>, body: { ...body, ...changes } };
    const { status, errors } = await fails('createFilterForDestination', ask);
    return [status, ...errors.map(({ field, type }) => field ?? type)];
  };
  expect((await fails('createFilterForDestination', { params, body: {} })).errors).toEqual(
    ['sourceId', 'if', 'actions', 'title', 'enabled'].map((field) => ({
      type: 'input-validation',
      field,
      message: `"${field}" is required`,
    })),
  );
  const actions = (...list: object[]) => create({ actions: list });
  expect(await create({ title: 'x'.repeat(65), description: 'x'.repeat(1_001), if: '(' })).toEqual([
    422,
    'if',
    'title',
    'description',
  ]);
  expect(await create({ if: `event = '${'x'.repeat(3_072)}'` })).toEqual([422, 'if']);
  expect(await create({ if: '('.repeat(3_000) })).toEqual([422, 'if']);
  expect(await actions()).toEqual([422, 'actions']);
  expect(await actions(...Array(5).fill({ type: 'DROP' }))).toEqual([422, 'actions']);
  expect(await actions({ type: 'EXPLODE' }, {})).toEqual([422, 'actions.0.type', 'actions.1.type']);
  expect(await actions({ type: 'DROP', percent: 0.5 })).toEqual([422, 'actions.0.percent']);
  expect(await actions({ type: 'SAMPLE', fields: {} })).toEqual([422, 'actions.0.fields']);
  expect(await actions({ type: 'SAMPLE', percent: 1.1 }, { type: 'SAMPLE', percent: -1 })).toEqual([
    422,
    'actions.0.percent',
    'actions.1.percent',
  ]);
  expect(await actions({ type: 'DROP_PROPERTIES' })).toEqual([422, 'actions.0.fields']);
  expect(await actions({ type: 'DROP_PROPERTIES', fields: { messageId: ['x'], properties: 'a' } })).toEqual([
    422,
    'actions.0.fields.messageId',
    'actions.0.fields.properties',
  ]);
  expect(await actions({ type: 'ALLOW_PROPERTIES', fields: { properties: [1, ''] } })).toEqual([
    422,
    'actions.0.fields.properties.0',
    'actions.0.fields.properties.1',
  ]);
  const many = { properties: Array.from({ length: 65 }, (_, n) => `p${n}`) };
  expect(await actions({ type: 'ALLOW_PROPERTIES', fields: many })).toEqual([422, 'actions.0.fields.properties']);
  // A source of somebody else's is as unknown as one that is not there, and one that feeds another destination is no better.
  const other = await segmentClient(app, { workspace: await newWorkspace(app) });
  const foreign = await connected(other, app);
  const own = await app.http.inject({
    method: 'POST',
    url: '/api/v1/sources',
    headers: { ...headers },
    payload: { name: 'B' },
  });
  for (const unknown of [foreign.sourceId, shortId(own.json().id), 'nothing', '']) {
    expect(await create({ sourceId: unknown })).toEqual([422, 'sourceId']);
  }
  for (const id of [foreign.destinationId, '0000000000000000000000', 'nothing']) {
    expect(await create({}, { destinationId: id })).toEqual([404, 'NotFound']);
  }
  // A destination that is removed has no filters any more.
  const gone = await app.http.inject({
    method: 'POST',
    url: '/api/v1/destinations',
    headers: { ...headers },
    payload: { name: 'Gone', source_id: uuid(sourceId), settings: { url: 'http://127.0.0.1:9/' } },
  });
  const removed = { destinationId: shortId(gone.json().id) };
  const { filter } = await other.call('createFilterForDestination', {
    params: { destinationId: foreign.destinationId },
    body: { ...body, sourceId: foreign.sourceId },
  });
  expect(await fails('getFilterInDestination', { params: { ...removed, filterId: filter.id } })).toMatchObject({
    status: 404,
  });
  await app.http.inject({ method: 'DELETE', url: `/api/v1/destinations/${gone.json().id}`, headers: { ...headers } });
  expect(await create({}, removed)).toEqual([404, 'NotFound']);
  expect((await fails('listFiltersFromDestination', { params: removed })).status).toBe(404);
}

function uuid(short: string): string {
  const found = uuidOf(short);
  if (!found) throw new Error(`${short} is no id.`);
  return found;
}

async function pages({ call }: SegmentClient, params: Record<string, string>, ids: string[]): Promise<void> {
  const idsOf = (page: Data) => page.filters.map(({ id }: Data) => id);
  const first = await call('listFiltersFromDestination', { params, query: { 'pagination.count': '1' } });
  expect([idsOf(first), Object.keys(first.pagination)]).toEqual([[ids[0]], ['current', 'next', 'totalEntries']]);
  const query = { 'pagination.count': '1', 'pagination.cursor': first.pagination.next };
  const last = await call('listFiltersFromDestination', { params, query, version: 'v1alpha' });
  expect([idsOf(last), Object.keys(last.pagination)]).toEqual([[ids[1]], ['current', 'previous', 'totalEntries']]);
}

async function limitOfTen({ call, fails }: SegmentClient, params: Record<string, string>, body: object): Promise<void> {
  const off = { ...body, enabled: false };
  for (let n = 3; n <= 10; n++) await call('createFilterForDestination', { params, body: { ...off, title: `${n}` } });
  expect(await fails('createFilterForDestination', { params, body: off })).toEqual({
    status: 400,
    errors: [{ type: 'bad-request', message: 'A destination has at most 10 filters. Remove one first.' }],
  });
}

/** Each call's filter is in force when it is answered. */
async function acts(
  app: TestApp,
  { call, workspace }: SegmentClient,
  { writeKey, destinationId, filterId }: { writeKey: string; destinationId: string; filterId: string },
): Promise<void> {
  const delivered = async (event: string, properties: object): Promise<Data> => {
    const payload = { writeKey, userId: 'u', event, properties };
    await app.http.inject({ method: 'POST', url: '/v1/track', payload });
    await processEvents(app);
    const { events } = await app.events.list(workspace.scope(), { outcome: 'accepted' }, 1);
    const [newest] = events;
    expect(newest?.name).toBe(event);
    const rows = await app.database.db
      .selectFrom('deliveries')
      .leftJoin('delivery_payloads', (join) =>
        join
          .onRef('delivery_payloads.event_id', '=', 'deliveries.event_id')
          .onRef('delivery_payloads.destination_id', '=', 'deliveries.destination_id'),
      )
      .select('payload')
      .where('deliveries.event_id', '=', Number(newest?.id))
      .execute();
    return rows.map((row) => row.payload?.['properties'] ?? 'as it is');
  };
  const params = { destinationId, filterId };
  const update = (body: object) => call('updateFilterForDestination', { params, body });
  expect(await delivered('Test run', { a: 1 })).toEqual([]);
  expect(await delivered('Order', { a: 1 })).toEqual(['as it is']);
  await update({ actions: [{ type: 'DROP_PROPERTIES', fields: { properties: ['a'] } }] });
  expect(await delivered('Test run', { a: 1, b: 2 })).toEqual([{ b: 2 }]);
  await update({ actions: [{ type: 'SAMPLE', percent: 0 }] });
  expect(await delivered('Test run', { a: 1 })).toEqual([]);
  await update({ enabled: false });
  expect(await delivered('Test run', { a: 1 })).toEqual(['as it is']);
  const counted = await app.database.db
    .selectFrom('metric_counts')
    .select(['reason', 'count'])
    .where('destination_id', '=', uuid(destinationId))
    .where('step', '=', 'dropped')
    .where('grain', '=', 'day')
    .orderBy('reason')
    .execute();
  expect(counted).toEqual([
    { reason: 'destination_filter', count: 1 },
    { reason: 'destination_filter_sample', count: 1 },
  ]);
}

async function preview({ call, fails }: SegmentClient): Promise<void> {
  const payload = {
    type: 'track',
    event: 'Order',
    messageId: 'm',
    properties: { a: 1, b: { c: 2 } },
    context: { ip: 'x' },
  };
  const result = async (actions: object[], condition = "event = 'Order'") => {
    const body = { filter: { if: condition, actions }, payload };
    const answer = await call('previewDestinationFilter', { body });
    expect(answer.inputPayload).toEqual(payload);
    return answer.result;
  };
  expect(await result([{ type: 'DROP' }])).toBeNull();
  expect(await result([{ type: 'DROP' }], "event = 'other'")).toEqual(payload);
  expect(await result([{ type: 'SAMPLE', percent: 1 }], 'all')).toEqual(payload);
  expect(await result([{ type: 'SAMPLE' }], 'all')).toBeNull();
  expect(await result([{ type: 'ALLOW_PROPERTIES', fields: { properties: ['b'] } }])).toEqual({
    ...payload,
    properties: { b: { c: 2 } },
  });
  expect(await result([{ type: 'DROP_PROPERTIES', fields: { 'properties.b': ['c'], '': ['context'] } }])).toEqual({
    type: 'track',
    event: 'Order',
    messageId: 'm',
    properties: { a: 1, b: {} },
  });
  const filter = { if: 'all', actions: [{ type: 'DROP' }] };
  const refused = async (body: object) => {
    const { status, errors } = await fails('previewDestinationFilter', { body });
    return [status, ...errors.map(({ field }) => field)];
  };
  expect(await refused({})).toEqual([422, 'filter', 'payload']);
  expect(await refused({ filter: { if: 'a b', actions: [] }, payload })).toEqual([422, 'filter.if', 'filter.actions']);
  expect(await refused({ filter, payload: { text: 'x'.repeat(131_073) } })).toEqual([422, 'payload']);
  let deep: Data = {};
  for (let n = 0; n < 60; n++) deep = { deep };
  expect(await refused({ filter, payload: deep })).toEqual([422, 'payload']);
  for (let n = 0; n < 2_000; n++) deep = { deep };
  expect((await refused({ filter, payload: deep }))[0]).toBe(422);
}
