/** Sources, from their creation to their end: slugs, settings, write keys, labels, schema settings, what they feed. */
import { expect } from 'vitest';
import { newWorkspace, type TestApp } from '../../../support/app.ts';
import { type Data, type SegmentClient, segmentClient } from '../../client.ts';

const JAVASCRIPT = 'IqDTy1TpoU';
const WEBHOOKS = '54521fdc25e721e32a72ef04';
const POSTGRES = '55d3d3aea3c';
const VERSIONS = ['v1', 'v1beta', 'v1alpha'] as const;

export async function run(client: SegmentClient, app: TestApp): Promise<void> {
  const { call, fails } = client;
  const { workspace } = await call('getWorkspace');
  const body = { slug: 'web', enabled: true, metadataId: JAVASCRIPT, settings: { region: 'eu', depth: 3 } };
  const { source } = await call('createSource', { body });
  expect(source).toEqual({
    id: expect.stringMatching(/^\w{22}$/),
    slug: 'web',
    name: 'web',
    metadata: expect.objectContaining({ id: JAVASCRIPT, slug: 'javascript', logos: { default: '' } }),
    workspaceId: workspace.id,
    enabled: true,
    writeKeys: [expect.stringMatching(/^\w{24}$/)],
    settings: { region: 'eu', depth: 3 },
    labels: [],
  });
  const params = { sourceId: source.id };
  for (const version of VERSIONS) {
    expect(await call('getSource', { params, version })).toEqual({ source, trackingPlanId: null });
  }
  await refusedCreations(client);

  const named = { slug: 'app', enabled: false, metadataId: JAVASCRIPT, name: 'The app' };
  const { source: second } = await call('createSource', { body: named, version: 'v1alpha' });
  expect(second).toMatchObject({ name: 'The app', enabled: false, settings: {} });
  await pages(client, [source.id, second.id]);

  await updates(client, source);
  await writeKeys(client, app, source);
  await labels(client, source);
  await schemaSettings(client, source, second);
  await whatItFeeds(client, app, source);

  // With all that it feeds.
  const [destination] = (await call('listConnectedDestinationsFromSource', { params })).destinations;
  const [warehouse] = (await call('listConnectedWarehousesFromSource', { params })).warehouses;
  expect(await call('deleteSource', { params })).toEqual({ status: 'SUCCESS' });
  expect((await fails('getDestination', { params: { destinationId: destination.id } })).status).toBe(404);
  const feeding = await call('listConnectedSourcesFromWarehouse', { params: { warehouseId: warehouse.id } });
  expect(feeding.sources).toEqual([]);
  for (const operation of ['getSource', 'deleteSource', 'listSchemaSettingsInSource', 'createWriteKeyForSource']) {
    expect(await fails(operation, { params })).toEqual({
      status: 404,
      errors: [{ type: 'NotFound', message: 'No source here with this id.' }],
    });
  }
  const left = await call('listSources');
  expect(left.sources.map(({ id }: Data) => id)).toEqual([second.id]);
}

async function refusedCreations({ fails }: SegmentClient): Promise<void> {
  const good = { slug: 'other', enabled: true, metadataId: JAVASCRIPT };
  const refused = async (body: object) => {
    const { status, errors } = await fails('createSource', { body });
    return [status, ...errors.map(({ field, type }) => field ?? type)];
  };
  expect((await fails('createSource', { body: {} })).errors).toEqual(
    ['slug', 'enabled', 'metadataId'].map((field) => ({
      type: 'input-validation',
      field,
      message: `"${field}" is required`,
    })),
  );
  expect(await refused({ slug: 1, enabled: 'yes', metadataId: [], settings: 'none' })).toEqual([
    422,
    'slug',
    'enabled',
    'metadataId',
    'settings',
  ]);
  expect(await refused({ ...good, slug: 'web' })).toEqual([409, 'conflict']);
  expect(await refused({ ...good, slug: '' })).toEqual([422, 'slug']);
  expect(await refused({ ...good, slug: 'a/b c' })).toEqual([422, 'slug']);
  expect(await refused({ ...good, slug: 'x'.repeat(300) })).toEqual([422, 'slug']);
  expect(await refused({ ...good, slug: 'x\u0000' })).toEqual([422, 'slug']);
  expect(await refused({ ...good, metadataId: 'nothing', slug: ' ' })).toEqual([422, 'slug', 'metadataId']);
  expect(await refused({ ...good, settings: { text: 'x'.repeat(300_000) } })).toEqual([422, 'settings']);
}

async function pages({ call, fails }: SegmentClient, ids: string[]): Promise<void> {
  const idsOf = (page: Data) => page.sources.map(({ id }: Data) => id);
  const all = await call('listSources', { query: { 'pagination.count': '5', 'pagination.cursor': 'MA==' } });
  expect(idsOf(all)).toEqual(ids);
  expect(all.pagination).toEqual({ current: 'MA==', totalEntries: 2 });
  const first = await call('listSources', { query: { 'pagination.count': '1' } });
  expect([idsOf(first), Object.keys(first.pagination)]).toEqual([[ids[0]], ['current', 'next', 'totalEntries']]);
  const query = { 'pagination[count]': '1', 'pagination[cursor]': first.pagination.next };
  const last = await call('listSources', { query, version: 'v1alpha' });
  expect([idsOf(last), Object.keys(last.pagination)]).toEqual([[ids[1]], ['current', 'previous', 'totalEntries']]);
  const back = await call('listSources', { query: { ...query, 'pagination[cursor]': last.pagination.previous } });
  expect(idsOf(back)).toEqual([ids[0]]);
  expect((await fails('listSources', { query: { 'pagination.count': '0' } })).errors).toMatchObject([
    { type: 'input-validation', field: 'pagination.count' },
  ]);
  expect(
    (await fails('listSources', { query: { 'pagination.count': '5', 'pagination.cursor': 'made up' } })).status,
  ).toBe(422);
}

async function updates({ call, fails }: SegmentClient, source: Data): Promise<void> {
  const params = { sourceId: source.id };
  const update = async (body: object) => (await call('updateSource', { params, body })).source;
  expect(await update({})).toEqual(source);
  expect(await update({ name: 'Web shop' })).toEqual({ ...source, name: 'Web shop' });
  // Key by key; null removes one.
  const settings = { region: null, added: [1] };
  expect((await update({ settings, slug: 'web-shop' })).settings).toEqual({ depth: 3, added: [1] });
  expect(await fails('updateSource', { params, body: { slug: 'app' } })).toMatchObject({
    status: 409,
    errors: [{ type: 'conflict', message: 'Another source has the slug "app". Choose another one.' }],
  });
  expect((await fails('updateSource', { params, body: { name: '', slug: ' ' } })).errors).toMatchObject([
    { field: 'name' },
    { field: 'slug' },
  ]);
  // Two that change different fields both survive.
  await Promise.all([
    update({ name: 'Both' }),
    update({ settings: { one: 1 } }),
    update({ settings: { two: 2, added: null } }),
  ]);
  expect((await call('getSource', { params })).source).toMatchObject({
    name: 'Both',
    slug: 'web-shop',
    settings: { depth: 3, one: 1, two: 2 },
  });
}

async function writeKeys({ call, fails }: SegmentClient, app: TestApp, source: Data): Promise<void> {
  const params = { sourceId: source.id };
  const [first] = source.writeKeys;
  const { source: more } = await call('createWriteKeyForSource', { params });
  expect(more.writeKeys).toEqual([first, expect.stringMatching(/^\w{24}$/)]);
  const second = more.writeKeys[1];
  const track = async (writeKey: string) => {
    const payload = { writeKey, userId: 'u', event: 'Seen' };
    return (await app.http.inject({ method: 'POST', url: '/v1/track', payload })).statusCode;
  };
  expect([await track(first), await track(second)]).toEqual([200, 200]);
  expect(await call('removeWriteKeyFromSource', { params: { ...params, writeKey: first } })).toEqual({
    status: 'SUCCESS',
  });
  expect([await track(first), await track(second)]).toEqual([401, 200]);
  expect((await call('getSource', { params })).source.writeKeys).toEqual([second]);
  expect((await fails('removeWriteKeyFromSource', { params: { ...params, writeKey: first } })).status).toBe(404);
  // A disabled source refuses.
  await call('updateSource', { params, body: { enabled: false } });
  expect(await track(second)).toBe(403);
  await call('updateSource', { params, body: { enabled: true } });
  expect(await track(second)).toBe(200);
}

async function labels({ call, fails }: SegmentClient, source: Data): Promise<void> {
  const params = { sourceId: source.id };
  const [a, b, c] = [
    { key: 'env', value: 'a' },
    { key: 'env', value: 'b', description: 'the second' },
    { key: 'team', value: 'c' },
  ];
  for (const label of [a, b, c]) await call('createLabel', { body: { label } });
  expect(await call('addLabelsToSource', { params, body: { labels: [a] } })).toEqual({ labels: [a] });
  for (const version of VERSIONS) {
    expect(await call('addLabelsToSource', { params, body: { labels: [a, b] }, version })).toEqual({ labels: [a, b] });
  }
  expect(await call('replaceLabelsInSource', { params, body: { labels: [c, b] } })).toEqual({ labels: [c, b] });
  expect((await call('getSource', { params })).source.labels).toEqual([c, b]);
  const unknown = { key: 'env', value: 'nobody made it' };
  expect(await fails('replaceLabelsInSource', { params, body: { labels: [a, unknown] } })).toMatchObject({
    status: 422,
    errors: [{ type: 'input-validation', field: 'labels.1' }],
  });
  expect((await fails('addLabelsToSource', { params, body: { labels: [{ key: 'env' }] } })).errors).toMatchObject([
    { field: 'labels.0.value', message: '"labels.0.value" is required' },
  ]);
  const many = Array.from({ length: 201 }, () => a);
  expect((await fails('addLabelsToSource', { params, body: { labels: many } })).errors).toMatchObject([
    { field: 'labels' },
  ]);
  expect((await call('getSource', { params })).source.labels).toEqual([c, b]);
  await call('deleteLabel', { params: c });
  expect((await call('getSource', { params })).source.labels).toEqual([b]);
  expect(await call('replaceLabelsInSource', { params, body: { labels: [] } })).toEqual({ labels: [] });
}

async function schemaSettings({ call, fails }: SegmentClient, source: Data, target: Data): Promise<void> {
  const params = { sourceId: source.id };
  const traits = { allowUnplannedTraits: true, allowTraitsOnViolations: true, commonEventOnViolations: 'ALLOW' };
  const untouched = {
    track: {
      allowUnplannedEvents: true,
      allowUnplannedEventProperties: true,
      allowEventOnViolations: true,
      allowPropertiesOnViolations: true,
      commonEventOnViolations: 'ALLOW',
    },
    identify: traits,
    group: traits,
    forwardingViolationsTo: '',
    forwardingBlockedEventsTo: '',
  };
  const read = () => call('listSchemaSettingsInSource', { params });
  expect(await read()).toEqual({ sourceId: source.id, settings: untouched });
  // The troubleshooting section's sample, which writes one word in small letters.
  const group = { allowTraitsOnViolations: false, allowUnplannedTraits: false, commonEventOnViolations: 'ALLOW' };
  const track = {
    allowEventOnViolations: false,
    allowPropertiesOnViolations: false,
    allowUnplannedEventProperties: false,
    allowUnplannedEvents: false,
    commonEventOnViolations: 'OMIT_PROPERTIES',
  };
  const identified = { allowTraitsOnViolations: true, allowUnplannedTraits: true, commonEventOnViolations: 'Block' };
  const sample = { group, identify: identified, track };
  expect((await call('updateSchemaSettingsInSource', { params, body: sample })).settings).toEqual({
    ...untouched,
    group,
    identify: { ...traits, commonEventOnViolations: 'BLOCK' },
    track,
  });
  await call('updateSchemaSettingsInSource', { params, body: { identify: traits } });
  const body = { group, track, forwardingViolationsTo: target.id };
  expect(await call('updateSchemaSettingsInSource', { params, body })).toEqual({
    sourceId: source.id,
    settings: { ...untouched, group, track, forwardingViolationsTo: target.id },
  });
  // A group that is left out stays, a key that is left out stays, and a forwarding field that is left out is off.
  const identify = { commonEventOnViolations: 'BLOCK' };
  await call('updateSchemaSettingsInSource', { params, body: { identify }, version: 'v1alpha' });
  const now = { ...untouched, group, track, identify: { ...traits, ...identify } };
  expect((await read()).settings).toEqual(now);

  const stranger = { forwardingViolationsTo: source.id, forwardingBlockedEventsTo: '0000000000000000000000' };
  for (const [bad, ...fields] of [
    [{ identify: { commonEventOnViolations: 'Drop' } }, 'identify.commonEventOnViolations'],
    [{ track: { commonEventOnViolations: 'OMIT_TRAITS' } }, 'track.commonEventOnViolations'],
    [{ group: { allowUnplannedTraits: 'no' } }, 'group.allowUnplannedTraits'],
    [{ forwardingViolationsTo: '' }, 'forwardingViolationsTo'],
    [{ forwardingBlockedEventsTo: null }, 'forwardingBlockedEventsTo'],
    [stranger, 'forwardingViolationsTo', 'forwardingBlockedEventsTo'],
  ] as [object, ...string[]][]) {
    const { status, errors } = await fails('updateSchemaSettingsInSource', { params, body: bad });
    expect([status, ...errors.map(({ field }) => field)]).toEqual([422, ...fields]);
  }
  expect((await read()).settings).toEqual(now);
}

async function whatItFeeds(client: SegmentClient, app: TestApp, source: Data): Promise<void> {
  const { call, fails } = client;
  const params = { sourceId: source.id };
  for (const [operation, key] of [
    ['listConnectedDestinationsFromSource', 'destinations'],
    ['listConnectedWarehousesFromSource', 'warehouses'],
  ] as const) {
    const none = { [key]: [], pagination: { current: 'MA==', totalEntries: 0 } };
    expect(await call(operation, { params, query: { 'pagination.count': '5', 'pagination.cursor': 'MA==' } })).toEqual(
      none,
    );
    expect((await fails(operation, { params: { sourceId: 'nothing' } })).status).toBe(404);
  }
  const hook = { metadataId: WEBHOOKS, name: 'Hook', settings: { globalHook: 'https://hooks.example/' } };
  const { destination } = await call('createDestination', { body: { ...hook, sourceId: source.id } });
  for (const version of VERSIONS) {
    const fed = await call('listConnectedDestinationsFromSource', { params, version });
    expect(fed).toEqual({ destinations: [destination], pagination: { current: 'MA==', totalEntries: 1 } });
  }
  const payload = { metadataId: POSTGRES, settings: {}, disconnectAllSources: true };
  const { warehouse } = await call('createWarehouse', { body: payload });
  await call('addConnectionFromSourceToWarehouse', { params: { ...params, warehouseId: warehouse.id } });
  expect((await call('listConnectedWarehousesFromSource', { params })).warehouses).toEqual([warehouse]);
  // Another workspace's source is as unknown in a body as one that is not there.
  const other = await segmentClient(app, { workspace: await newWorkspace(app) });
  const body = { slug: 'web', enabled: true, metadataId: JAVASCRIPT };
  const { source: foreign } = await other.call('createSource', { body });
  expect(
    (await fails('updateSchemaSettingsInSource', { params, body: { forwardingViolationsTo: foreign.id } })).errors,
  ).toMatchObject([{ field: 'forwardingViolationsTo' }]);
}
