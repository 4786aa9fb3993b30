/** Transformations from their creation to their end, and that they change what is stored and what is delivered. */
import { expect } from 'vitest';
import { newWorkspace, processEvents, type TestApp } from '../../../support/app.ts';
import { type Data, type SegmentClient, segmentClient } from '../../client.ts';
import { connected } from './filters.ts';

const VERSIONS = ['v1', 'v1beta', 'v1alpha'] as const;
const WEBHOOKS = '54521fdc25e721e32a72ef04';

export async function run(client: SegmentClient, app: TestApp): Promise<void> {
  const { call, fails } = client;
  const { sourceId, writeKey } = await connected(client, app);
  // As the provider sends it.
  const body = {
    sourceId,
    name: 'rename signup',
    enabled: true,
    if: "event = 'Signed Up'",
    newEventName: 'Account Created',
    propertyRenames: [],
    propertyValueTransformations: [],
    fqlDefinedProperties: [],
  };
  const { transformation } = await call('createTransformation', { body });
  expect(transformation).toEqual({ ...body, id: expect.stringMatching(/^\w{22}$/) });
  const params = { transformationId: transformation.id };
  for (const version of VERSIONS) {
    expect(await call('getTransformation', { params, version })).toEqual({ transformation });
  }
  const rich = {
    sourceId,
    destinationMetadataId: WEBHOOKS,
    name: 'all of it',
    enabled: true,
    if: 'all',
    drop: false,
    propertyRenames: [{ oldName: 'total', newName: 'amount' }],
    propertyValueTransformations: [{ propertyPaths: ['properties.plan', 'context.channel'], propertyValue: 'web' }],
    fqlDefinedProperties: [{ fql: 'lowercase(event)', propertyName: 'kind' }],
    allowProperties: ['amount', 'plan', 'kind', 'email'],
    hashPropertiesConfiguration: { algorithm: 'SHA256', key: 'pepper', encoding: 'BASE64', paths: ['email'] },
  };
  const { transformation: second } = await call('createTransformation', { body: rich, version: 'v1alpha' });
  expect(second).toEqual({ ...rich, id: second.id });
  await refused(client, body, app);
  await pages(client, [transformation.id, second.id]);

  await acts(app, client, writeKey);

  const update = async (change: object) =>
    (await call('updateTransformation', { params, body: change })).transformation;
  expect(await update({})).toEqual(transformation);
  expect(await update({ name: 'other', drop: true })).toEqual({ ...transformation, name: 'other', drop: true });
  await Promise.all([update({ drop: false }), update({ newEventName: 'Joined' }), update({ enabled: false })]);
  expect((await call('getTransformation', { params })).transformation).toEqual({
    ...transformation,
    name: 'other',
    drop: false,
    newEventName: 'Joined',
    enabled: false,
  });
  expect(
    (await fails('updateTransformation', { params, body: { if: 'x y', sourceId: 'nothing' } })).errors,
  ).toMatchObject([{ field: 'if' }]);
  expect((await fails('updateTransformation', { params, body: { sourceId: 'nothing' } })).errors).toMatchObject([
    { field: 'sourceId' },
  ]);

  expect(await call('deleteTransformation', { params })).toEqual({ status: 'SUCCESS' });
  for (const operation of ['getTransformation', 'updateTransformation', 'deleteTransformation']) {
    expect(await fails(operation, { params, body: {} })).toEqual({
      status: 404,
      errors: [{ type: 'NotFound', message: 'No transformation here with this id.' }],
    });
  }
}

async function refused({ fails }: SegmentClient, body: object, app: TestApp): Promise<void> {
  const create = async (changes: object) => {
    const { status, errors } = await fails('createTransformation', { body: { ...body, ...changes } });
    return [status, ...errors.map(({ field, type }) => field ?? type)];
  };
  expect((await fails('createTransformation', { body: {} })).errors.map(({ field }) => field)).toEqual([
    'name',
    'sourceId',
    'enabled',
    'if',
  ]);
  const foreign = await connected(await segmentClient(app, { workspace: await newWorkspace(app) }), app);
  expect(await create({ sourceId: foreign.sourceId })).toEqual([422, 'sourceId']);
  expect(await create({ name: '', if: 'event = ', destinationMetadataId: 'nothing' })).toEqual([
    422,
    'name',
    'destinationMetadataId',
    'if',
  ]);
  const path = { oldName: 'a', newName: '' };
  expect(
    await create({ newEventName: '', propertyRenames: [path, { oldName: 'a.', newName: 'x'.repeat(256) }] }),
  ).toEqual([
    422,
    'newEventName',
    'propertyRenames.0.newName',
    'propertyRenames.1.oldName',
    'propertyRenames.1.newName',
  ]);
  const values = { propertyPaths: Array(11).fill('a'), propertyValue: 'x'.repeat(1_001) };
  expect(await create({ propertyValueTransformations: [values] })).toEqual([
    422,
    'propertyValueTransformations.0.propertyPaths',
    'propertyValueTransformations.0.propertyValue',
  ]);
  expect(await create({ propertyValueTransformations: Array(11).fill(values) })).toEqual([
    422,
    'propertyValueTransformations',
  ]);
  const fql = { fql: 'length(', propertyName: 'x' };
  expect(await create({ fqlDefinedProperties: [fql] })).toEqual([422, 'fqlDefinedProperties.0.fql']);
  expect(await create({ fqlDefinedProperties: [fql, fql] })).toEqual([422, 'fqlDefinedProperties']);
  expect(await create({ hashPropertiesConfiguration: { algorithm: 'ROT13', encoding: 'MORSE', paths: [] } })).toEqual([
    422,
    'hashPropertiesConfiguration.encoding',
  ]);
  expect(await create({ hashPropertiesConfiguration: { algorithm: 'ROT13', paths: [''] } })).toEqual([
    422,
    'hashPropertiesConfiguration.algorithm',
    'hashPropertiesConfiguration.paths.0',
  ]);
}

async function pages({ call }: SegmentClient, ids: string[]): Promise<void> {
  const idsOf = (page: Data) => page.transformations.map(({ id }: Data) => id);
  const first = await call('listTransformations', { query: { 'pagination.count': '1', 'pagination.cursor': 'MA==' } });
  expect([idsOf(first), Object.keys(first.pagination)]).toEqual([[ids[0]], ['current', 'next', 'totalEntries']]);
  const query = { 'pagination.count': '1', 'pagination.cursor': first.pagination.next };
  const last = await call('listTransformations', { query, version: 'v1beta' });
  expect([idsOf(last), Object.keys(last.pagination)]).toEqual([[ids[1]], ['current', 'previous', 'totalEntries']]);
}

async function acts(app: TestApp, { workspace }: SegmentClient, writeKey: string): Promise<void> {
  const properties = { total: 5, email: 'mila@example.org', secret: 'x' };
  const payload = { writeKey, userId: 'u', event: 'Signed Up', properties };
  await app.http.inject({ method: 'POST', url: '/v1/track', payload });
  await processEvents(app);
  const { events } = await app.events.list(workspace.scope(), { outcome: 'accepted' }, 1);
  // Of everything the source feeds: the store has it so.
  expect(events[0]?.name).toBe('Account Created');
  const stored = await app.database.db
    .selectFrom('events')
    .select('payload')
    .where('id', '=', Number(events[0]?.id))
    .executeTakeFirstOrThrow();
  expect(stored.payload).toMatchObject({ event: 'Account Created', properties });
  // Of the one type of destination: on top of that.
  const { payload: sent } = await app.database.db
    .selectFrom('delivery_payloads')
    .select('payload')
    .where('event_id', '=', Number(events[0]?.id))
    .executeTakeFirstOrThrow();
  expect(sent).toMatchObject({ event: 'Account Created', context: { channel: 'web' } });
  expect(sent['properties']).toEqual({
    amount: 5,
    plan: 'web',
    kind: 'account created',
    email: expect.stringMatching(/^[\w+/]{43}=$/),
  });
}
