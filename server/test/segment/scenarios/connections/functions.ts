/** Functions from their creation to their end: code, versions, deployment, and instances of insert functions. */
import { expect } from 'vitest';
import { newWorkspace, type TestApp } from '../../../support/app.ts';
import { type Data, type SegmentClient, segmentClient } from '../../client.ts';

const VERSIONS = ['v1', 'v1beta', 'v1alpha'] as const;
const API_KEY = {
  name: 'apiKey',
  label: 'API key',
  description: '',
  type: 'STRING',
  required: true,
  sensitive: true,
} as const;
const REGION = { ...API_KEY, name: 'region', required: false, sensitive: false } as const;
const CODE = 'async function onTrack(event) { return event }';

export async function run(client: SegmentClient, app: TestApp): Promise<void> {
  const { call, fails } = client;
  const { workspace } = await call('getWorkspace');
  const body = { code: CODE, settings: [API_KEY], displayName: 'Stamp', resourceType: 'INSERT_DESTINATION' };
  const { function: made } = await call('createFunction', { body });
  expect(made).toEqual({
    id: expect.stringMatching(/^ifnd_\w{22}$/),
    resourceType: 'INSERT_DESTINATION',
    createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
    displayName: `Stamp (${workspace.name})`,
    code: CODE,
    settings: [API_KEY],
    catalogId: made.id.slice('ifnd_'.length),
    isLatestVersion: false,
  });
  const params = { functionId: made.id };
  for (const version of VERSIONS) expect((await call('getFunction', { params, version })).function).toEqual(made);
  expect((await call('getFunction', { params: { functionId: made.catalogId } })).function).toEqual(made);

  await refusedCreations(client);
  await kindsAndPages(client);
  await updates(client, made, workspace.name);
  await versions(client, made);
  await instances(client, app, made);

  expect(await call('deleteFunction', { params })).toEqual({ status: 'SUCCESS' });
  for (const operation of ['getFunction', 'deleteFunction', 'createFunctionDeployment', 'listFunctionVersions']) {
    expect(await fails(operation, { params })).toEqual({
      status: 404,
      errors: [{ type: 'NotFound', message: 'No function here with this id.' }],
    });
  }
  expect((await fails('updateFunction', { params, body: {} })).status).toBe(404);
  expect((await fails('getFunction', { params: { functionId: 'ifnd_nothing' } })).status).toBe(404);
}

async function refusedCreations({ fails }: SegmentClient): Promise<void> {
  const good = { code: CODE, displayName: 'Other', resourceType: 'DESTINATION' };
  const refused = async (body: object) => {
    const { status, errors } = await fails('createFunction', { body });
    return [status, ...errors.map(({ field, type }) => field ?? type)];
  };
  expect((await fails('createFunction', { body: {} })).errors.map(({ message }) => message)).toEqual([
    '"code" is required',
    '"displayName" is required',
    '"resourceType" is required',
  ]);
  expect(await refused({ ...good, resourceType: 'EDGE', settings: [{ name: 1 }] })).toEqual([
    422,
    'settings.0.label',
    'settings.0.description',
    'settings.0.type',
    'settings.0.required',
    'settings.0.sensitive',
    'settings.0.name',
    'resourceType',
  ]);
  expect(await fails('createFunction', { body: { ...good, code: 'function onTrack() {\n  const = 1\n}' } })).toEqual({
    status: 422,
    errors: [
      {
        type: 'input-validation',
        field: 'code',
        message: expect.stringMatching(/^"code" does not parse: line 2, column 9: /),
      },
    ],
  });
  expect(await refused({ ...good, code: '', displayName: '' })).toEqual([422, 'displayName', 'code']);
  expect(await refused({ ...good, displayName: 'x'.repeat(201), description: 'x'.repeat(2_001) })).toEqual([
    422,
    'displayName',
    'description',
  ]);
  expect(await refused({ ...good, code: `// ${'x'.repeat(524_288)}` })).toEqual([422, 'code']);
  expect(await refused({ ...good, displayName: 'a\u0000' })).toEqual([422, 'displayName']);
  expect(await refused({ ...good, logoUrl: 'javascript:alert(1)' })).toEqual([422, 'logoUrl']);
  expect(await refused({ ...good, settings: [API_KEY, API_KEY] })).toEqual([422, 'settings.1.name']);
  // A name is one function's of its kind, whatever its capitals.
  const taken = { ...good, displayName: 'STAMP', resourceType: 'INSERT_DESTINATION' };
  expect(await refused(taken)).toEqual([409, 'conflict']);
}

async function kindsAndPages({ call, fails }: SegmentClient): Promise<void> {
  const prefixes = { SOURCE: 'sfnc_', DESTINATION: 'dfnd_', INSERT_SOURCE: 'ifns_', INSERT_TRANSFORMATION: 'ifnt_' };
  for (const [resourceType, prefix] of Object.entries(prefixes)) {
    const body = { code: CODE, displayName: 'Stamp', resourceType, settings: [], description: '', logoUrl: '' };
    const { function: made } = await call('createFunction', { body });
    expect(made).toMatchObject({ id: expect.stringContaining(prefix), description: '', logoUrl: '' });
    if (resourceType === 'SOURCE') expect(made.displayName).toBe('Stamp');
  }
  for (const displayName of ['Second', 'Third']) {
    await call('createFunction', { body: { code: CODE, displayName, resourceType: 'SOURCE' } });
  }
  const namesOf = (page: Data) => page.functions.map((one: Data) => one.displayName);
  const query = { resourceType: 'SOURCE', 'pagination.count': '2', 'pagination.cursor': 'MA==' };
  for (const version of VERSIONS) {
    const first = await call('listFunctions', { query, version });
    expect(namesOf(first)).toEqual(['Stamp', 'Second']);
    expect(first.pagination).toEqual({ current: 'MA==', next: expect.any(String), totalEntries: 3 });
    const next = { ...query, 'pagination.cursor': first.pagination.next };
    const last = await call('listFunctions', { query: next, version });
    expect([namesOf(last), Object.keys(last.pagination)]).toEqual([['Third'], ['current', 'previous', 'totalEntries']]);
  }
  expect(Object.keys((await call('listFunctions', { query })).functions[0])).not.toContain('code');
  expect((await fails('listFunctions')).errors).toMatchObject([{ field: 'resourceType' }]);
  expect((await fails('listFunctions', { query: { resourceType: 'EDGE' } })).status).toBe(422);
}

async function updates({ call, fails }: SegmentClient, made: Data, workspace: string): Promise<void> {
  const params = { functionId: made.id };
  const update = async (body: object) => (await call('updateFunction', { params, body })).function;
  expect(await update({})).toEqual(made);
  // What was read may be sent back.
  expect(await update({ displayName: made.displayName, code: made.code, settings: made.settings })).toEqual(made);
  expect((await update({ displayName: 'Stamped', description: 'Adds a stamp' })).displayName).toBe(
    `Stamped (${workspace})`,
  );
  expect((await fails('updateFunction', { params, body: { code: 'function (' } })).errors).toMatchObject([
    { field: 'code' },
  ]);
  // Changes of different fields all survive.
  await Promise.all([
    update({ logoUrl: 'https://example.com/logo.png' }),
    update({ description: 'Both' }),
    update({ settings: [API_KEY, REGION] }),
  ]);
  expect((await call('getFunction', { params })).function).toMatchObject({
    displayName: `Stamped (${workspace})`,
    description: 'Both',
    logoUrl: 'https://example.com/logo.png',
    settings: [API_KEY, REGION],
    code: CODE,
  });
}

async function versions({ call, fails }: SegmentClient, made: Data): Promise<void> {
  const params = { functionId: made.id };
  const read = async () => (await call('getFunction', { params })).function;
  const list = async (query = {}) => call('listFunctionVersions', { params, query });
  expect(await call('createFunctionDeployment', { params })).toEqual({ functionDeployment: { status: 'SUCCESS' } });
  expect(await read()).toMatchObject({ isLatestVersion: true, deployedAt: expect.stringMatching(/Z$/) });
  const second = `${CODE} // 2`;
  await call('updateFunction', { params, body: { code: second } });
  expect(await read()).toMatchObject({ code: second, isLatestVersion: false });
  await call('updateFunction', { params, body: { code: second } });

  const { versions: all } = await list();
  expect(all).toEqual([
    {
      id: expect.stringMatching(/^\w{22}$/),
      code: CODE,
      isDeployed: true,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
      deployedAt: expect.any(String),
    },
    expect.objectContaining({ code: second, isDeployed: false }),
  ]);
  const first = await list({ 'pagination.count': '1' });
  expect(first.versions).toEqual([all[0]]);
  expect((await list({ 'pagination.count': '1', 'pagination.cursor': first.pagination.next })).versions).toEqual([
    all[1],
  ]);
  const one = { ...params, versionId: all[0].id };
  expect((await call('getFunctionVersion', { params: one })).version).toEqual(all[0]);
  const restored = await call('restoreFunctionVersion', { params, body: { versionId: all[0].id } });
  expect(restored.version).toEqual(all[0]);
  expect(await read()).toMatchObject({ code: CODE, isLatestVersion: true });
  for (const versionId of ['nothing', made.catalogId]) {
    expect((await fails('getFunctionVersion', { params: { ...params, versionId } })).status).toBe(404);
    expect((await fails('restoreFunctionVersion', { params, body: { versionId } })).status).toBe(404);
  }
  expect((await fails('restoreFunctionVersion', { params, body: {} })).errors).toMatchObject([{ field: 'versionId' }]);
}

async function instances(client: SegmentClient, app: TestApp, made: Data): Promise<void> {
  const { call, fails } = client;
  const integrationId = await destinationOf(client, app);
  const body = {
    functionId: made.catalogId,
    integrationId,
    name: 'Stamp on hook',
    enabled: true,
    settings: { apiKey: 'a secret of ours', region: 'eu' },
  };
  const { insertFunctionInstance: one } = await call('createInsertFunctionInstance', { body });
  expect(one).toEqual({
    id: expect.stringMatching(/^\w{22}$/),
    name: 'Stamp on hook',
    integrationId,
    classId: made.catalogId,
    enabled: true,
    createdAt: expect.any(String),
    updatedAt: expect.any(String),
    settings: { apiKey: expect.stringMatching(/^\u2022+$/), region: 'eu' },
    encryptedSettings: { apiKey: expect.stringMatching(/^\u2022+$/) },
  });
  const params = { instanceId: one.id };
  expect((await call('getInsertFunctionInstance', { params })).insertFunctionInstance).toEqual(one);
  await refusedInstances(client, app, body);

  // With the prefix and without it.
  for (const functionId of [made.id, made.catalogId]) {
    const page = await call('listInsertFunctionInstances', { query: { functionId } });
    expect(page).toEqual({ instances: [one], pagination: { current: 'MA==', totalEntries: 1 } });
  }
  const second = { ...body, functionId: made.id, integrationId: await destinationOf(client, app), enabled: false };
  const { insertFunctionInstance: two } = await call('createInsertFunctionInstance', { body: second });
  expect([two.classId, two.enabled]).toEqual([made.catalogId, false]);
  const query = { functionId: made.id, 'pagination.count': '1' };
  const first = await call('listInsertFunctionInstances', { query });
  expect(first.instances).toEqual([one]);
  const next = { ...query, 'pagination.cursor': first.pagination.next };
  expect((await call('listInsertFunctionInstances', { query: next })).instances).toEqual([two]);
  expect((await call('listInsertFunctionInstances', { query: { functionId: 'nothing' } })).instances).toEqual([]);
  expect((await fails('listInsertFunctionInstances')).errors).toMatchObject([{ field: 'functionId' }]);

  const update = async (change: object) =>
    (await call('updateInsertFunctionInstance', { params, body: { settings: {}, ...change } })).insertFunctionInstance;
  // A mask sent back changes nothing; null removes.
  expect(await update({ settings: one.settings })).toMatchObject({ settings: one.settings });
  await Promise.all([update({ name: 'Renamed' }), update({ enabled: false }), update({ settings: { region: null } })]);
  expect((await call('getInsertFunctionInstance', { params })).insertFunctionInstance).toMatchObject({
    name: 'Renamed',
    enabled: false,
    settings: { apiKey: one.settings.apiKey },
    encryptedSettings: { apiKey: one.settings.apiKey },
  });
  for (const [settings, field] of [
    [{ apiKey: null }, 'settings.apiKey'],
    [{ apiKey: 7 }, 'settings.apiKey'],
    [{ region: '\u2022\u2022' }, 'settings.region'],
    [{ unknown: 'x' }, 'settings.unknown'],
    [{ constructor: 'x' }, 'settings.constructor'],
  ] as const) {
    expect((await fails('updateInsertFunctionInstance', { params, body: { settings } })).errors).toMatchObject([
      { type: 'input-validation', field },
    ]);
  }
  // A definition that stops calling a setting sensitive does not show what was written as one.
  const owner = { functionId: made.id };
  await call('updateFunction', { params: owner, body: { settings: [{ ...API_KEY, sensitive: false }, REGION] } });
  expect((await call('getInsertFunctionInstance', { params })).insertFunctionInstance.settings).toEqual({
    apiKey: one.settings.apiKey,
  });

  expect((await fails('deleteFunction', { params: owner })).errors).toMatchObject([{ type: 'conflict' }]);
  for (const { id } of [one, two]) {
    expect(await call('deleteInsertFunctionInstance', { params: { instanceId: id } })).toEqual({ status: 'SUCCESS' });
  }
  for (const operation of ['getInsertFunctionInstance', 'deleteInsertFunctionInstance']) {
    expect((await fails(operation, { params })).errors).toMatchObject([{ type: 'NotFound' }]);
  }
  expect((await fails('updateInsertFunctionInstance', { params, body: { settings: {} } })).status).toBe(404);
}

async function refusedInstances(client: SegmentClient, app: TestApp, good: Data): Promise<void> {
  const { call, fails } = client;
  const refused = async (change: object) => {
    const { status, errors } = await fails('createInsertFunctionInstance', { body: { ...good, ...change } });
    return [status, ...errors.map(({ field, type }) => field ?? type)];
  };
  expect((await fails('createInsertFunctionInstance', { body: {} })).errors.map(({ field }) => field)).toEqual([
    'functionId',
    'integrationId',
    'name',
    'settings',
  ]);
  expect(await refused({})).toEqual([409, 'conflict']);
  expect(await refused({ functionId: 'nothing', integrationId: 'nothing', name: '' })).toEqual([
    422,
    'name',
    'functionId',
    'integrationId',
  ]);
  expect(await refused({ settings: {} })).toEqual([422, 'settings.apiKey']);
  // A source is no place for a function of destinations, and a function of sources is put in nowhere.
  const { sources } = await call('listSources');
  expect(await refused({ integrationId: sources[0].id })).toEqual([422, 'integrationId']);
  const { functions } = await call('listFunctions', { query: { resourceType: 'SOURCE' } });
  expect(await refused({ functionId: functions[0].id })).toEqual([422, 'functionId']);
  // Those of another workspace are as unknown as none.
  const other = await segmentClient(app, { workspace: await newWorkspace(app) });
  expect(await refused({ integrationId: await destinationOf(other, app) })).toEqual([422, 'integrationId']);
  const body = { code: CODE, displayName: 'Foreign', resourceType: 'INSERT_DESTINATION' };
  const { function: foreign } = await other.call('createFunction', { body });
  expect(await refused({ functionId: foreign.id })).toEqual([422, 'functionId']);
}

/** @returns the id of a new destination of the client's workspace. */
async function destinationOf({ call, headers }: SegmentClient, app: TestApp): Promise<string> {
  const post = async (path: string, payload: object) =>
    (await app.http.inject({ method: 'POST', url: `/api/v1${path}`, headers, payload })).json();
  const source = await post('/sources', { name: 'Web' });
  await post('/destinations', { name: 'Hook', source_id: source.id, settings: { url: 'https://example.com/' } });
  const { sources } = await call('listSources');
  const params = { sourceId: sources.at(-1).id };
  return (await call('listConnectedDestinationsFromSource', { params })).destinations[0].id;
}
