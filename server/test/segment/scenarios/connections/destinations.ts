/** Destinations of every kind of type: settings by their metadata, secrets, read-only settings, what is delivered. */
import { expect } from 'vitest';
import { createCatalog } from '../../../../src/connections/catalog/catalog.ts';
import { newWorkspace, processEvents, type TestApp } from '../../../support/app.ts';
import { type Data, type SegmentClient, segmentClient } from '../../client.ts';

const WEBHOOKS = '54521fdc25e721e32a72ef04';
const ACTIONS_WEBHOOK = '614a3c7d791c91c41bae7599';
const VERSIONS = ['v1', 'v1beta', 'v1alpha'] as const;
const MASK = expect.stringMatching(/^•+$/);

const catalog = createCatalog();

function typeId(slug: string): string {
  return catalog.destinations.find(slug)?.id ?? '';
}

export async function run(client: SegmentClient, app: TestApp): Promise<void> {
  const { call, fails } = client;
  const source = await newSource(client);
  const body = {
    sourceId: source.id,
    metadataId: ACTIONS_WEBHOOK,
    enabled: true,
    settings: { sharedSecret: 's3cret' },
  };
  const { destination } = await call('createDestination', { body });
  expect(destination).toEqual({
    id: expect.stringMatching(/^\w{22}$/),
    enabled: true,
    sourceId: source.id,
    settings: { sharedSecret: MASK },
    metadata: expect.objectContaining({
      id: ACTIONS_WEBHOOK,
      slug: 'actions-webhook',
      options: [expect.objectContaining({ name: 'sharedSecret', type: 'password', required: false })],
      actions: [expect.objectContaining({ slug: 'send' })],
    }),
  });
  const params = { destinationId: destination.id };
  for (const version of VERSIONS) expect(await call('getDestination', { params, version })).toEqual({ destination });
  await refusedCreations(client, source);
  await foreignSource(client, app);
  await names(client, destination);

  const braze = await typedSettings(client, source);
  await secrets(client, app, destination, braze);
  await readOnly(client, source);
  await pages(client, source, [destination.id, braze.id]);
  await concurrent(client, destination);
  await deliveries(client, app);

  expect(await call('deleteDestination', { params })).toEqual({ status: 'SUCCESS' });
  for (const operation of ['getDestination', 'deleteDestination', 'updateDestination']) {
    expect(await fails(operation, { params, body: { enabled: true } })).toEqual({
      status: 404,
      errors: [{ type: 'NotFound', message: 'No destination here with this id.' }],
    });
  }
}

async function newSource({ call }: SegmentClient, slug = `s-${Math.random().toString(36).slice(2)}`): Promise<Data> {
  const body = { slug, enabled: true, metadataId: 'IqDTy1TpoU', settings: {} };
  return (await call('createSource', { body })).source;
}

async function refusedCreations({ call, fails }: SegmentClient, source: Data): Promise<void> {
  const good = { sourceId: source.id, metadataId: typeId('actions-braze-cloud'), settings: {} };
  const refused = async (body: object) => {
    const { status, errors } = await fails('createDestination', { body });
    return [status, ...errors.map(({ field, type, message }) => (field ? message : type))];
  };
  expect(await refused({})).toEqual([
    422,
    '"sourceId" is required',
    '"metadataId" is required',
    '"settings" is required',
  ]);
  expect(await refused({ sourceId: 1, metadataId: [], settings: 'none', enabled: 'yes', name: 5 })).toHaveLength(6);
  expect(await refused({ ...good, sourceId: 'nothing', metadataId: 'nothing', name: '' })).toEqual([
    422,
    '"sourceId" must be the id of a source of this workspace',
    '"name" is not allowed to be empty',
    '"metadataId" must be the id of a destination of the catalog',
  ]);
  expect(await refused(good)).toEqual([422, '"settings.api_key" is required']);
  expect(await refused({ ...good, settings: { api_key: '' } })).toEqual([
    422,
    '"settings.api_key" is not allowed to be empty',
  ]);
  const wrong = { api_key: 5, app_id: true, endpoint: 'https://elsewhere.example', toString: 'x', nothing: 1 };
  expect(await refused({ ...good, settings: wrong })).toEqual([
    422,
    '"settings.api_key" must be a string',
    '"settings.app_id" must be a string',
    expect.stringMatching(/^"settings.endpoint" must be one of \[https:/),
    '"settings.toString" is not allowed',
    '"settings.nothing" is not allowed',
  ]);
  expect(await refused({ ...good, settings: { api_key: '••••••••', app_id: 'a', endpoint: '' } })).toEqual([
    422,
    '"settings.api_key" is masked; give the secret itself',
  ]);
  let deep: object = {};
  for (let n = 0; n < 60; n++) deep = { deep };
  expect(await refused({ ...good, settings: { api_key: deep } })).toEqual([
    422,
    '"settings" must not be nested deeper than 32 levels',
  ]);
  expect(await refused({ ...good, settings: { api_key: 'x'.repeat(300_000) } })).toHaveLength(2);
  expect(await refused({ ...good, settings: { api_key: 'a\u0000' } })).toHaveLength(2);

  // One a source, of a type of before the actions.
  const once = { sourceId: source.id, metadataId: typeId('1flow'), settings: { apiKey: 'k' } };
  const { destination } = await call('createDestination', { body: once });
  expect(await fails('createDestination', { body: once })).toEqual({
    status: 400,
    errors: [{ type: 'bad-request', message: 'Multiple configurations of this destination type not supported.' }],
  });
  await call('deleteDestination', { params: { destinationId: destination.id } });
  const again = await call('createDestination', { body: once });
  await call('deleteDestination', { params: { destinationId: again.destination.id } });
}

async function foreignSource({ fails }: SegmentClient, app: TestApp): Promise<void> {
  const stranger = await segmentClient(app, { workspace: await newWorkspace(app) });
  const theirs = await newSource(stranger);
  const refused = async (sourceId: string) =>
    fails('createDestination', { body: { sourceId, metadataId: ACTIONS_WEBHOOK, settings: {} } });
  const unknown = await refused(`0000${theirs.id.slice(4)}`);
  expect(await refused(theirs.id)).toEqual(unknown);
  expect(unknown).toMatchObject({ status: 422, errors: [{ type: 'input-validation', field: 'sourceId' }] });
}

async function names({ call, fails }: SegmentClient, { id, ...rest }: Data): Promise<void> {
  const params = { destinationId: id };
  const update = async (body: object) => (await call('updateDestination', { params, body })).destination;
  expect(await update({ name: 'My hook' })).toEqual({ id, ...rest, name: 'My hook' });
  expect(await update({ enabled: false })).toEqual({ id, ...rest, name: 'My hook', enabled: false });
  // As the provider unsets it.
  expect(await update({ name: null, enabled: true, settings: { sharedSecret: '••••••••' } })).toEqual({ id, ...rest });
  expect((await fails('updateDestination', { params, body: { name: '' } })).errors).toMatchObject([{ field: 'name' }]);
  expect(
    (await fails('updateDestination', { params, body: { name: 'x'.repeat(300), enabled: 1 } })).errors,
  ).toHaveLength(1);
}

async function typedSettings({ call, fails }: SegmentClient, source: Data): Promise<Data> {
  const endpoint = 'https://rest.iad-01.braze.com';
  const settings = { api_key: 'very secret', app_id: 'app', endpoint };
  const made = {
    sourceId: source.id,
    metadataId: typeId('actions-braze-cloud'),
    name: 'Braze',
    enabled: false,
    settings,
  };
  const { destination } = await call('createDestination', { body: made, version: 'v1beta' });
  expect(destination).toMatchObject({ name: 'Braze', enabled: false, settings: { ...settings, api_key: MASK } });
  expect(destination.metadata.presets.length).toBeGreaterThan(0);
  const params = { destinationId: destination.id };
  const update = async (given: object) =>
    (await call('updateDestination', { params, body: { settings: given } })).destination.settings;
  // Key by key; a masked secret is the stored one.
  expect(await update({ app_id: 'other' })).toEqual({ api_key: MASK, app_id: 'other', endpoint });
  expect(await update({ ...settings, api_key: destination.settings.api_key })).toEqual(destination.settings);
  expect(
    (await fails('updateDestination', { params, body: { settings: { app_id: 7, api_key: null, x: 1 } } })).errors,
  ).toEqual([
    { type: 'input-validation', field: 'settings.app_id', message: '"settings.app_id" must be a string' },
    { type: 'input-validation', field: 'settings.api_key', message: '"settings.api_key" is required' },
    { type: 'input-validation', field: 'settings.x', message: '"settings.x" is not allowed' },
  ]);

  // Every type of option of a type of before the actions, echoed with its JSON type.
  const classic = {
    apiKey: 'k',
    traitsToIncrement: ['a', 'b'],
    mapQueryParams: { q: 'query' },
    enableLocationListening: false,
    eventUploadThreshold: 30,
    endpoint: 'api.amplitude.com',
  };
  const type = catalog.destinations.find('amplitude');
  const amplitude = { sourceId: source.id, metadataId: type?.id, settings: classic };
  const shown = (await call('createDestination', { body: amplitude })).destination;
  expect(shown.settings).toEqual(classic);
  expect(shown).not.toHaveProperty('name');
  await call('deleteDestination', { params: { destinationId: shown.id } });
  return destination;
}

/** What is stored does not show them, nor does the audit trail; what came back masked is the old one. */
async function secrets(client: SegmentClient, app: TestApp, hook: Data, braze: Data): Promise<void> {
  const { db } = app.database;
  const { id: workspaceId } = client.workspace.workspace;
  const rows = await db.selectFrom('destinations').selectAll().where('workspace_id', '=', workspaceId).execute();
  const entries = await db.selectFrom('audit_entries').selectAll().where('workspace_id', '=', workspaceId).execute();
  const stored = JSON.stringify([rows, entries]);
  expect(entries.map(({ action }) => action)).toContain('destination.created');
  expect(stored).not.toContain('s3cret');
  expect(stored).not.toContain('very secret');
  const uuid = rows.find(({ metadata_id }) => metadata_id === hook.metadata.id)?.id ?? '';
  expect(app.connections.destination(uuid)?.sharedSecret).toBe('s3cret');
  const params = { destinationId: hook.id };
  await client.call('updateDestination', { params, body: { settings: { sharedSecret: 'newer' } } });
  expect(app.connections.destination(uuid)?.sharedSecret).toBe('newer');
  await client.call('updateDestination', { params, body: { settings: { sharedSecret: null } } });
  expect(app.connections.destination(uuid)?.sharedSecret).toBeNull();
  expect((await client.call('getDestination', { params })).destination.settings).toEqual({});
  expect(braze.settings.api_key).toBe('••••••••');
}

async function readOnly({ call, fails }: SegmentClient, source: Data): Promise<void> {
  const type = catalog.destinations.find('amazon-kinesis');
  const settings = Object.fromEntries((type?.options ?? []).filter((o) => o.required).map((o) => [o.name, 'text']));
  const body = { sourceId: source.id, metadataId: type?.id, settings: { ...settings, secretId: 'external' } };
  const { destination } = await call('createDestination', { body });
  const params = { destinationId: destination.id };
  expect(await fails('updateDestination', { params, body: { settings: { secretId: 'mine' } } })).toEqual({
    status: 400,
    errors: [{ type: 'bad-request', message: 'These settings are read-only: secretId.' }],
  });
  const both = { region: 'eu-west-1', secretId: 'mine' };
  expect((await call('updateDestination', { params, body: { settings: both } })).destination.settings).toEqual({
    ...destination.settings,
    region: 'eu-west-1',
  });
  await call('deleteDestination', { params });
}

async function pages({ call, fails }: SegmentClient, source: Data, ids: string[]): Promise<void> {
  const idsOf = (page: Data) => page.destinations.map(({ id }: Data) => id);
  const all = await call('listDestinations', { query: { 'pagination.count': '5', 'pagination.cursor': 'MA==' } });
  expect([idsOf(all), all.pagination]).toEqual([ids, { current: 'MA==', totalEntries: 2 }]);
  const first = await call('listDestinations', { query: { 'pagination.count': '1' }, version: 'v1alpha' });
  expect([idsOf(first), Object.keys(first.pagination)]).toEqual([[ids[0]], ['current', 'next', 'totalEntries']]);
  const query = { 'pagination[count]': '1', 'pagination[cursor]': first.pagination.next };
  const last = await call('listDestinations', { query });
  expect([idsOf(last), Object.keys(last.pagination)]).toEqual([[ids[1]], ['current', 'previous', 'totalEntries']]);
  const cursor = Buffer.from('>made up').toString('base64');
  expect(
    (await fails('listDestinations', { query: { 'pagination.count': '0', 'pagination.cursor': cursor } })).status,
  ).toBe(422);
  const connected = await call('listConnectedDestinationsFromSource', { params: { sourceId: source.id } });
  expect(connected.destinations).toEqual(all.destinations);
}

async function concurrent({ call }: SegmentClient, { id }: Data): Promise<void> {
  const params = { destinationId: id };
  await Promise.all([
    call('updateDestination', { params, body: { name: 'Both' } }),
    call('updateDestination', { params, body: { enabled: false } }),
    call('updateDestination', { params, body: { settings: { sharedSecret: 'x' } } }),
  ]);
  expect((await call('getDestination', { params })).destination).toMatchObject({
    name: 'Both',
    enabled: false,
    settings: { sharedSecret: MASK },
  });
}

/** Webhooks get what happens; one that is disabled or of another type does not. */
async function deliveries(client: SegmentClient, app: TestApp): Promise<void> {
  const { call } = client;
  const source = await newSource(client);
  const headers = [{ key: 'X-Team', value: 'tides' }];
  const hooks = {
    globalHook: 'https://in.example/v1',
    hooks: [{ hook: 'https://in.example/v2', headers }],
    sharedSecret: 'x',
  };
  const bodyOf = (metadataId: string, settings: object) => ({ sourceId: source.id, metadataId, settings });
  const webhooks = (await call('createDestination', { body: bodyOf(WEBHOOKS, hooks) })).destination;
  expect(webhooks.settings).toEqual({ ...hooks, sharedSecret: MASK });
  await call('createDestination', { body: bodyOf(typeId('1flow'), { apiKey: 'k' }) });
  const refused = await client.fails('createDestination', {
    body: bodyOf(WEBHOOKS, { globalHook: 'ftp://x', hooks: [{ hook: 'no' }] }),
  });
  expect(refused.errors.map(({ field }) => field)).toEqual(['settings.globalHook', 'settings.hooks.0.hook']);

  const track = async () => {
    const payload = { writeKey: source.writeKeys[0], userId: 'u', event: 'Bought' };
    expect((await app.http.inject({ method: 'POST', url: '/v1/track', payload })).statusCode).toBe(200);
    await processEvents(app);
    const { rows } = await queued(app, client);
    return rows;
  };
  expect(await track()).toBe(1);
  const params = { destinationId: webhooks.id };
  await call('updateDestination', { params, body: { enabled: false } });
  expect(await track()).toBe(1);
  await call('updateDestination', { params, body: { enabled: true } });
  expect(await track()).toBe(2);
  await call('updateDestination', { params, body: { settings: { globalHook: null, hooks: [] } } });
  expect(await track()).toBe(2);
  await call('deleteSource', { params: { sourceId: source.id } });
  expect((await client.fails('getDestination', { params })).status).toBe(404);
}

async function queued(app: TestApp, { workspace }: SegmentClient): Promise<{ rows: number }> {
  const list = await app.database.db
    .selectFrom('deliveries')
    .select('id')
    .where('workspace_id', '=', workspace.workspace.id)
    .execute();
  return { rows: list.length };
}
