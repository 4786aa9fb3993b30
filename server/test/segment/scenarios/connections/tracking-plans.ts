/** Tracking plans, from their creation to their end: rules in every way they are written, the sources that follow them. */
import { expect } from 'vitest';
import { newWorkspace, type TestApp } from '../../../support/app.ts';
import { type Data, type SegmentClient, segmentClient } from '../../client.ts';

const VERSIONS = ['v1', 'v1beta', 'v1alpha'] as const;
const DONE = { status: 'SUCCESS' };
const NOT_FOUND = {
  status: 404,
  errors: [{ type: 'NotFound', message: 'No tracking plan here with this id.' }],
};

export async function run(client: SegmentClient, app: TestApp): Promise<void> {
  const { call, fails } = client;
  const { trackingPlan: plan } = await call('createTrackingPlan', {
    body: { name: 'Shop, web', type: 'LIVE', description: 'What the shop sends' },
  });
  expect(plan).toEqual({
    id: expect.stringMatching(/^tp_\w{22}$/),
    name: 'Shop, web',
    slug: 'shop-web',
    description: 'What the shop sends',
    type: 'LIVE',
    createdAt: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/),
    updatedAt: expect.stringMatching(/Z$/),
  });
  const { trackingPlan: bare } = await call('createTrackingPlan', { body: { name: '', type: 'RULE_LIBRARY' } });
  expect(Object.keys(bare).sort()).toEqual(['createdAt', 'id', 'name', 'type', 'updatedAt']);
  const params = { trackingPlanId: plan.id };
  for (const version of VERSIONS)
    expect(await call('getTrackingPlan', { params, version })).toEqual({ trackingPlan: plan });

  await refusedPlans(client);
  await pages(client, [plan.id, bare.id]);
  expect(await call('updateTrackingPlan', { params, body: { name: 'Shop' } })).toEqual(DONE);
  expect(await call('updateTrackingPlan', { params, body: { description: '' } })).toEqual(DONE);
  expect((await call('getTrackingPlan', { params })).trackingPlan).toMatchObject({
    name: 'Shop',
    description: '',
    slug: 'shop-web',
  });
  await rules(client, app, plan.id);
  await refusedRules(client, plan.id);
  await races(client, plan.id);
  await sources(client, app, plan.id, bare.id);

  expect(await call('deleteTrackingPlan', { params })).toEqual(DONE);
  for (const operation of ['getTrackingPlan', 'deleteTrackingPlan', 'listRulesFromTrackingPlan'])
    expect(await fails(operation, { params })).toEqual(NOT_FOUND);
  expect(await fails('replaceRulesInTrackingPlan', { params, body: { rules: [] } })).toEqual(NOT_FOUND);
  for (const id of [plan.id.slice(3), 'tp_', 'tp_made-up', 'tp_0000000000000000000000'])
    expect(await fails('getTrackingPlan', { params: { trackingPlanId: id } })).toEqual(NOT_FOUND);
}

async function refusedPlans({ fails }: SegmentClient): Promise<void> {
  const refused = async (body: object) => {
    const { status, errors } = await fails('createTrackingPlan', { body });
    return [status, ...errors.map(({ field }) => field)];
  };
  expect(await refused({})).toEqual([422, 'name', 'type']);
  expect(await refused({ name: 1, type: 'OTHER', description: [] })).toEqual([422, 'name', 'description', 'type']);
  expect(await refused({ name: 'x'.repeat(501), type: 'LIVE' })).toEqual([422, 'name']);
  expect(await refused({ name: 'a\u0000', type: 'LIVE', description: '\ud800' })).toEqual([422, 'name', 'description']);
}

async function pages({ call, fails }: SegmentClient, ids: string[]): Promise<void> {
  const idsOf = (page: Data) => page.trackingPlans.map(({ id }: Data) => id);
  const first = await call('listTrackingPlans', { query: { 'pagination.count': '1', 'pagination.cursor': 'MA==' } });
  expect([idsOf(first), Object.keys(first.pagination)]).toEqual([[ids[0]], ['current', 'next', 'totalEntries']]);
  const query = { pagination: JSON.stringify({ count: 1, cursor: first.pagination.next }) };
  const second = await call('listTrackingPlans', { query, version: 'v1beta' });
  expect([idsOf(second), Object.keys(second.pagination)]).toEqual([[ids[1]], ['current', 'previous', 'totalEntries']]);
  expect(idsOf(await call('listTrackingPlans', { query: { type: 'RULE_LIBRARY' } }))).toEqual([ids[1]]);
  expect((await fails('listTrackingPlans', { query: { type: 'NONE' } })).errors).toMatchObject([{ field: 'type' }]);
  const forged = Buffer.from('>1; drop').toString('base64');
  expect((await fails('listTrackingPlans', { query: { 'pagination.cursor': forged } })).errors).toMatchObject([
    { field: 'pagination.count' },
  ]);
  const both = { 'pagination.count': '1', 'pagination.cursor': forged };
  expect((await fails('listTrackingPlans', { query: both })).errors).toMatchObject([{ field: 'pagination.cursor' }]);
}

const schema = (properties: object, more: object = {}) => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  labels: {},
  properties: { context: {}, traits: {}, properties: { type: 'object', properties, required: [], ...more } },
});

const track = (key: string, properties: object = {}, version = 1) => ({
  type: 'TRACK',
  key,
  version,
  jsonSchema: schema(properties),
});

async function listed({ call }: Pick<SegmentClient, 'call'>, id: string): Promise<Data[]> {
  return (await call('listRulesFromTrackingPlan', { params: { trackingPlanId: id } })).rules;
}

async function rules(client: SegmentClient, app: TestApp, id: string): Promise<void> {
  const { call, fails, headers } = client;
  const params = { trackingPlanId: id };
  expect(await listed(client, id)).toEqual([]);
  const all = [
    { type: 'COMMON', version: 1, jsonSchema: { type: 'object', properties: {} } },
    track('Order Completed', { total: { type: ['number', 'null'], enum: [1, null] } }),
    track('Order Completed', { total: { type: 'string' } }, 2),
    { type: 'IDENTIFY', version: 1, jsonSchema: schema({}) },
    { type: 'GROUP', version: 1, jsonSchema: {} },
    { type: 'PAGE', key: 'Home', version: 1, jsonSchema: {} },
    { type: 'SCREEN', version: 1, jsonSchema: {} },
  ];
  expect(await call('replaceRulesInTrackingPlan', { params, body: { rules: all } })).toEqual(DONE);
  const kept = await listed(client, id);
  const times = { createdAt: expect.stringMatching(/Z$/), updatedAt: expect.stringMatching(/Z$/) };
  // As they were sent, to the key.
  expect(kept).toEqual(all.map((rule) => ({ ...rule, ...times })));
  expect(JSON.stringify(kept[1].jsonSchema)).toBe(JSON.stringify(all[1]?.jsonSchema));

  const first = await call('listRulesFromTrackingPlan', { params, query: { 'pagination.count': '3' } });
  const cursor = { 'pagination.count': '10', 'pagination.cursor': first.pagination.next };
  const rest = await call('listRulesFromTrackingPlan', { params, query: cursor });
  expect([...first.rules, ...rest.rules]).toEqual(kept);
  expect(rest.pagination).not.toHaveProperty('next');

  // A PATCH adds, replaces by name, renames; the others stay as they are.
  const changes = [
    track('Cart Opened'),
    { ...track('Order Completed', { total: { type: 'integer' } }, 2), newKey: 'Order Placed' },
  ];
  expect(await call('updateRulesInTrackingPlan', { params, body: { rules: changes } })).toEqual(DONE);
  const names = (list: Data[]) => list.map(({ type, key, version }) => [type, key, version].join(' ').trim());
  expect(names(await listed(client, id))).toEqual([
    'COMMON  1',
    'TRACK Order Completed 1',
    'TRACK Order Placed 2',
    'IDENTIFY  1',
    'GROUP  1',
    'PAGE Home 1',
    'SCREEN  1',
    'TRACK Cart Opened 1',
  ]);
  const taken = { ...track('Cart Opened'), newKey: 'Order Completed' };
  expect((await fails('updateRulesInTrackingPlan', { params, body: { rules: [taken] } })).status).toBe(409);

  // DELETE takes the names as every client writes them.
  const remove = (query: Record<string, string>) => call('removeRulesFromTrackingPlan', { params, query });
  await remove({ 'rules.0[key]': 'Cart Opened', 'rules.0[type]': 'TRACK', 'rules.0[version]': '1' });
  await remove({
    'rules[0][type]': 'GROUP',
    'rules[0][version]': '1',
    'rules[1][type]': 'SCREEN',
    'rules[1][version]': '1',
  });
  await remove({ rules: JSON.stringify([{ type: 'PAGE', key: 'Home', version: 1 }]) });
  await remove({ 'rules.0.type': 'IDENTIFY', 'rules.0.version': '1' });
  const response = await app.http.inject({
    method: 'DELETE',
    url: `/tracking-plans/${id}/rules`,
    headers,
    payload: { trackingPlanId: id, rules: [{ type: 'TRACK', key: 'Order Placed', version: 2 }] },
  });
  expect([response.statusCode, response.json()]).toEqual([200, { data: DONE }]);
  expect(names(await listed(client, id))).toEqual(['COMMON  1', 'TRACK Order Completed 1']);
  // All of them or none.
  const missing = [track('Order Completed'), track('Never')].map(({ jsonSchema: _, ...name }) => name);
  expect(await fails('removeRulesFromTrackingPlan', { params, query: { rules: JSON.stringify(missing) } })).toEqual({
    status: 404,
    errors: [{ type: 'NotFound', message: 'This tracking plan has no rule TRACK Never v1.' }],
  });
  expect((await fails('removeRulesFromTrackingPlan', { params })).errors).toMatchObject([{ field: 'rules' }]);
  expect(await listed(client, id)).toHaveLength(2);

  await call('replaceRulesInTrackingPlan', { params, body: { rules: [] } });
  expect(await listed(client, id)).toEqual([]);
}

async function refusedRules(client: SegmentClient, id: string): Promise<void> {
  const { call, fails } = client;
  const params = { trackingPlanId: id };
  await call('replaceRulesInTrackingPlan', { params, body: { rules: [track('Kept')] } });
  const refused = async (...rules: object[]) => {
    const results = [];
    for (const operation of ['replaceRulesInTrackingPlan', 'updateRulesInTrackingPlan']) {
      const { status, errors } = await fails(operation, { params, body: { rules } });
      results.push([status, ...errors.map(({ field }) => field)]);
    }
    expect(results[0]).toEqual(results[1]);
    return results[0];
  };
  expect(await refused({})).toEqual([422, 'rules.0.type', 'rules.0.jsonSchema', 'rules.0.version']);
  expect(await refused({ ...track('a'), type: 'ALIAS', version: '1' })).toEqual([
    422,
    'rules.0.type',
    'rules.0.version',
  ]);
  expect(await refused(track(''), track('x'.repeat(501)), { ...track('b'), version: 1.5 })).toEqual([
    422,
    'rules.0.key',
    'rules.1.key',
    'rules.2.version',
  ]);
  expect(await refused(track('a\u0000'))).toEqual([422, 'rules.0.key']);
  expect(await refused(track('a'), track('a'))).toEqual([422, 'rules.1']);
  // A schema that is none is told with its place.
  const at = (jsonSchema: unknown) => refused(track('Fine'), { ...track('Broken'), jsonSchema });
  const place = 'rules.1.jsonSchema';
  expect(await at('text')).toEqual([400, place]);
  expect(await at(null)).toEqual([400, place]);
  expect(await at(schema({ total: { type: 'money' } }))).toEqual([
    400,
    `${place}.properties.properties.properties.total.type`,
  ]);
  expect(await at({ properties: { a: { minimum: '1' }, b: { required: 'b' } } })).toEqual([
    400,
    `${place}.properties.a.minimum`,
    `${place}.properties.b.required`,
  ]);
  for (const pattern of ['[a', '(?=a)', '(a)\\1', '(?<!x)y', 'a{2,1}', `${'(a?){900}'.repeat(8)}`, 'x'.repeat(2_000)])
    expect(await at({ properties: { a: { pattern } } })).toEqual([400, `${place}.properties.a.pattern`]);
  for (const $ref of ['http://example.com/schema.json', '#/definitions/missing', 'other.json#/a', '#x'])
    expect(await at({ properties: { a: { $ref } } })).toEqual([400, `${place}.properties.a.$ref`]);
  let deep: object = {};
  for (let level = 0; level < 70; level++) deep = { properties: { a: deep } };
  expect((await at(deep))?.[0]).toBe(422);
  expect(await at({ enum: Array.from({ length: 60_000 }, (_, n) => n) })).toEqual([400, place]);
  const many = Array.from({ length: 2_001 }, (_, n) => track(`e${n}`));
  expect(await refused(...many)).toEqual([422, 'rules']);
  expect((await listed(client, id)).map(({ key }) => key)).toEqual(['Kept']);
  // As many as there can be.
  await call('replaceRulesInTrackingPlan', { params, body: { rules: many.slice(0, 2_000).map(small) } });
  expect((await fails('updateRulesInTrackingPlan', { params, body: { rules: [track('One more')] } })).status).toBe(422);
  await call('replaceRulesInTrackingPlan', { params, body: { rules: [track('Kept')] } });
}

const small = <T extends object>(rule: T): T => ({ ...rule, jsonSchema: {} });

/** A PUT that races another one ends as one of the two, whole; PATCHes of different rules all survive. */
async function races(client: SegmentClient, id: string): Promise<void> {
  const { call } = client;
  const params = { trackingPlanId: id };
  const sets = ['a', 'b', 'c'].map((set) =>
    Array.from({ length: 40 }, (_, n) => track(`Event ${n}`, { [set]: { type: 'string' } })),
  );
  await Promise.all(sets.map((set) => call('replaceRulesInTrackingPlan', { params, body: { rules: set } })));
  const found = await listed(client, id);
  const schemas = found.map(({ jsonSchema }) => JSON.stringify(jsonSchema));
  expect(found).toHaveLength(40);
  expect(new Set(schemas).size).toBe(1);
  await Promise.all(
    ['x', 'y', 'z'].map((key) => call('updateRulesInTrackingPlan', { params, body: { rules: [track(key)] } })),
  );
  expect(
    (await listed(client, id))
      .slice(40)
      .map(({ key }) => key)
      .sort(),
  ).toEqual(['x', 'y', 'z']);
}

async function sources({ call, fails }: SegmentClient, app: TestApp, id: string, otherId: string): Promise<void> {
  const params = { trackingPlanId: id };
  const made = async (slug: string) => {
    const body = { slug, enabled: true, metadataId: 'IqDTy1TpoU' };
    return (await call('createSource', { body })).source;
  };
  const one = await made('plan-one');
  const two = await made('plan-two');
  const planOf = async (source: Data) => (await call('getSource', { params: { sourceId: source.id } })).trackingPlanId;
  expect(await planOf(one)).toBeNull();
  for (const source of [one, two])
    expect(await call('addSourceToTrackingPlan', { params, body: { sourceId: source.id } })).toEqual(DONE);
  const again = { params, body: { sourceId: one.id }, changesNothing: true } as const;
  expect(await call('addSourceToTrackingPlan', again)).toEqual(DONE);
  expect([await planOf(one), await planOf(two)]).toEqual([id, id]);

  const first = await call('listSourcesFromTrackingPlan', { params, query: { 'pagination.count': '1' } });
  expect(first.sources).toEqual([one]);
  const query = { 'pagination.count': '1', 'pagination.cursor': first.pagination.next };
  const second = await call('listSourcesFromTrackingPlan', { params, query });
  expect([second.sources, Object.keys(second.pagination)]).toEqual([[two], ['current', 'previous', 'totalEntries']]);

  const connect = (sourceId: unknown, plan = id) =>
    fails('addSourceToTrackingPlan', { params: { trackingPlanId: plan }, body: { sourceId } });
  expect(await connect(one.id, otherId)).toMatchObject({ status: 409, errors: [{ type: 'conflict' }] });
  const stranger = await segmentClient(app, { workspace: await newWorkspace(app) });
  const body = { slug: 'theirs', enabled: true, metadataId: 'IqDTy1TpoU' };
  const { source: theirs } = await stranger.call('createSource', { body });
  const unknown = { status: 404, errors: [{ type: 'NotFound', message: 'No source here with this id.' }] };
  for (const sourceId of [theirs.id, 'made up', '']) expect(await connect(sourceId)).toEqual(unknown);
  expect((await connect(7)).errors).toMatchObject([{ field: 'sourceId' }]);

  expect(await call('removeSourceFromTrackingPlan', { params, query: { sourceId: one.id } })).toEqual(DONE);
  expect(await planOf(one)).toBeNull();
  for (const sourceId of [one.id, theirs.id])
    expect((await fails('removeSourceFromTrackingPlan', { params, query: { sourceId } })).status).toBe(404);
  expect((await fails('removeSourceFromTrackingPlan', { params })).errors).toMatchObject([{ field: 'sourceId' }]);
  // A plan that goes leaves its sources.
  await call('addSourceToTrackingPlan', { params: { trackingPlanId: otherId }, body: { sourceId: one.id } });
  await call('deleteTrackingPlan', { params: { trackingPlanId: otherId } });
  expect(await planOf(one)).toBeNull();
}
