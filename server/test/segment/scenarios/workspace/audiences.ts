/** Spaces and audiences: definitions, previews of real people, what refers to what, schedules, forced runs. */
import { expect } from 'vitest';
import { processEvents, type TestApp } from '../../../support/app.ts';
import type { Data, SegmentClient } from '../../client.ts';

const VERSIONS = ['v1', 'v1beta', 'v1alpha'] as const;

export async function run(client: SegmentClient, app: TestApp): Promise<void> {
  const { call, fails } = client;
  const { workspace } = await call('getWorkspace');
  const { spaces, pagination } = await call('listSpaces');
  expect(spaces).toEqual([{ id: expect.stringMatching(/^\w{22}$/), slug: workspace.slug, name: workspace.name }]);
  expect(pagination).toEqual({ current: 'MA==', totalEntries: 1 });
  const [space] = spaces;
  expect(space.id).not.toBe(workspace.id);
  const params = { spaceId: space.id };
  expect(await call('getSpace', { params })).toEqual({ space });
  expect((await fails('getSpace', { params: { spaceId: workspace.id } })).errors[0]?.type).toBe('NotFound');

  await people(client, app);
  const audience = await creation(client, app, space.id);
  await refusals(client, space.id);
  await previews(client, app, space.id);
  const second = await references(client, space.id, audience);
  await updates(client, app, space.id, audience);
  await pages(client, space.id, [audience.id, ...second]);
  await linked(client, app, space.id);

  const own = { ...params, id: audience.id };
  expect(await call('removeAudienceFromSpace', { params: own })).toEqual({ status: 'SUCCESS' });
  for (const operation of [
    'getAudience',
    'removeAudienceFromSpace',
    'listAudienceSchedulesFromSpaceAndAudience',
    'listAudienceConsumersFromSpaceAndAudience',
  ]) {
    expect(await fails(operation, { params: own })).toEqual({
      status: 404,
      errors: [{ type: 'NotFound', message: 'No audience here with this id.' }],
    });
  }
}

/** Three people: two on a plan, one of whom paid twice; a third without any known identifier but an anonymous one. */
async function people({ workspace }: SegmentClient, app: TestApp): Promise<void> {
  const headers = await workspace.keyHeaders();
  const source = (await app.http
    .inject({ method: 'POST', url: '/api/v1/sources', headers, payload: { name: 'Web' } })
    .then((answer) => answer.json())) as { write_key: string };
  const authorization = `Basic ${Buffer.from(`${source.write_key}:`).toString('base64')}`;
  const batch = [
    { type: 'identify', userId: 'ada', traits: { plan: 'team' } },
    { type: 'identify', userId: 'bob', traits: { plan: 'team' } },
    { type: 'track', userId: 'ada', event: 'Paid', properties: { amount: 30 } },
    { type: 'track', userId: 'ada', event: 'Paid', properties: { amount: 5 } },
    { type: 'track', userId: 'bob', event: 'Paid', properties: { amount: 5 } },
    { type: 'track', anonymousId: 'nobody', event: 'Paid', properties: { amount: 30 } },
    { type: 'group', userId: 'ada', groupId: 'acme', traits: { seats: 5 } },
  ];
  await app.http.inject({ method: 'POST', url: '/v1/batch', headers: { authorization }, payload: { batch } });
  await processEvents(app);
}

const TWO = `trait('plan') = 'team' AND event('Paid').count() >= 2`;

async function creation({ call }: SegmentClient, app: TestApp, spaceId: string): Promise<Data> {
  const params = { spaceId };
  const body = {
    name: 'Big Payers',
    description: 'Paid twice',
    definition: { query: TWO },
    audienceType: 'USERS',
    options: { includeHistoricalData: true, backfillEventDataDays: 30 },
  };
  const { audience } = await call('createAudience', { params, body });
  expect(audience).toEqual({
    id: expect.stringMatching(/^aud_\w{22}$/),
    spaceId,
    ...{ name: 'Big Payers', description: 'Paid twice', key: 'big_payers', enabled: true },
    definition: { query: TWO },
    status: 'Computing',
    createdBy: expect.stringMatching(/^public-api-token\/\w{8}$/),
    updatedBy: audience.createdBy,
    createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
    updatedAt: audience.createdAt,
    audienceType: 'USERS',
    options: body.options,
  });
  const own = { spaceId, id: audience.id };
  const filterByExternalIds = ['user_id', 'email', 'android.idfa', 'ios.idfa'];
  const options = { filterByExternalIds, ...body.options };
  const before = await call('getAudience', { params: own });
  expect(before.audience).toEqual({ ...audience, options, computeCadence: { type: 'BATCH' } });
  await app.audiences.runner.runAll();
  for (const version of VERSIONS) {
    const { audience: counted } = await call('getAudience', { params: own, query: { include: 'schedules' }, version });
    expect(counted).toMatchObject({ status: 'Not Computing', size: { count: 1, type: 'USERS' }, schedules: [] });
  }
  return audience;
}

async function refusals({ fails }: SegmentClient, spaceId: string): Promise<void> {
  const params = { spaceId };
  const good = { name: 'x', definition: { query: TWO }, audienceType: 'USERS' };
  const refused = async (body: object) => {
    const { status, errors } = await fails('createAudience', { params, body });
    return [status, ...errors.map(({ field, type }) => field ?? type)];
  };
  expect(await refused({})).toEqual([422, 'name', 'definition', 'audienceType']);
  expect(await refused({ ...good, name: 1, audienceType: 'CATS' })).toEqual([422, 'name', 'audienceType']);
  expect(await refused({ ...good, name: ' ' })).toEqual([422, 'name']);
  expect(await refused({ ...good, name: 'x'.repeat(256), description: 'x'.repeat(2_001) })).toEqual([
    ...[422, 'name', 'description'],
  ]);
  expect(await refused({ ...good, description: '\u0000' })).toEqual([422, 'description']);
  expect(
    await refused({ ...good, options: { filterByExternalIds: ['user_id', 'a b'], backfillEventDataDays: 0.5 } }),
  ).toEqual([422, 'options.backfillEventDataDays', 'options.filterByExternalIds.1']);
  expect(await refused({ ...good, options: { backfillEventDataDays: 7 } })).toEqual([400, 'bad-request']);
  expect(await refused({ ...good, definition: { query: TWO, targetEntity: 'cars' } })).toEqual([
    422,
    'definition.targetEntity',
  ]);
  const wrong = await fails('createAudience', {
    params,
    body: { ...good, definition: { query: `trait('plan') = 'team'\n AND event('Paid')` } },
  });
  expect(wrong).toEqual({
    status: 422,
    errors: [
      {
        type: 'input-validation',
        field: 'definition.query',
        message: expect.stringContaining('"definition.query" line 2, column 19: expected .where(…)'),
      },
    ],
  });
}

/** Four: more than five a minute are refused. */
async function previews({ call, fails }: SegmentClient, app: TestApp, spaceId: string): Promise<void> {
  const params = { spaceId };
  const ask = async (definition: object, rest: object = {}) => {
    const body = { definition, audienceType: 'USERS', ...rest };
    const { audiencePreview } = await call('createAudiencePreview', { params, body });
    return { spaceId, id: audiencePreview.id };
  };
  const first = await ask({ query: `event('Paid').max(property('amount')) > 20` });
  expect((await call('getAudiencePreview', { params: first })).audiencePreview).toEqual({
    id: first.id,
    audienceType: 'USERS',
    definition: { query: `event('Paid').max(property('amount')) > 20` },
    options: { filterByExternalIds: ['user_id', 'email', 'android.idfa', 'ios.idfa'] },
    status: 'RUNNING',
  });
  const all = await ask(
    { query: `event('Paid').max(property('amount')) > 20` },
    { options: { filterByExternalIds: ['anonymous_id', 'user_id'], backfillEventDataDays: 1 } },
  );
  const accounts = await ask(
    { query: `trait('seats') = 5 AND ANY trait('plan') = 'team'` },
    { audienceType: 'ACCOUNTS' },
  );
  await app.audiences.runner.runAll();
  for (const version of VERSIONS) {
    const { audiencePreview } = await call('getAudiencePreview', { params: first, version });
    expect(audiencePreview).toMatchObject({ status: 'COMPLETED', size: { count: 1, type: 'USERS' } });
    expect(audiencePreview.results).toEqual([{ id: expect.stringMatching(/^\w{22}$/) }]);
  }
  expect((await call('getAudiencePreview', { params: all })).audiencePreview).toMatchObject({
    options: { filterByExternalIds: ['anonymous_id', 'user_id'], backfillEventDataDays: 1 },
    size: { count: 2, type: 'USERS' },
  });
  expect((await call('getAudiencePreview', { params: accounts })).audiencePreview).toMatchObject({
    results: [{ id: 'acme' }],
    size: { count: 1, type: 'ACCOUNTS' },
  });
  const linked = { definition: { query: `entity('cars').count() > 1` }, audienceType: 'LINKED' };
  const refused = await fails('createAudiencePreview', { params, body: linked });
  expect([refused.status, refused.errors[0]?.type]).toEqual([400, 'bad-request']);
  expect(refused.errors[0]?.message).toContain('no linked data');
  expect((await fails('getAudiencePreview', { params: { spaceId, id: 'nothing' } })).status).toBe(404);
  expect((await fails('createAudiencePreview', { params, body: {} })).status).toBe(422);
  expect((await fails('createAudiencePreview', { params, body: linked })).status).toBe(429);
}

async function references({ call }: SegmentClient, spaceId: string, audience: Data): Promise<string[]> {
  const make = async (name: string, query: string) => {
    const body = { name, definition: { query }, audienceType: 'USERS' };
    return (await call('createAudience', { params: { spaceId }, body })).audience;
  };
  const zoe = await make('Zoe', `trait('big_payers') = true`);
  const amy = await make('Amy', `NOT trait('big_payers') = true AND trait('plan').exists()`);
  const same = await make('Big payers!', `trait('plan') = 'none'`);
  expect(same.key).toBe('big_payers_2');
  const params = { spaceId, id: audience.id };
  const names = async (query: Record<string, string> = {}) => {
    const found = await call('listAudienceConsumersFromSpaceAndAudience', { params, query });
    return [found.audiences.map(({ name }: Data) => name), found.pagination];
  };
  expect((await names())[0]).toEqual(['Zoe', 'Amy']);
  expect((await names({ 'sort.field': 'NAME', 'sort.direction': 'ASC' }))[0]).toEqual(['Amy', 'Zoe']);
  expect((await names({ 'search.type': 'NAME', 'search.query': 'zO' }))[0]).toEqual(['Zoe']);
  const sorted = { 'sort.field': 'NAME', 'sort.direction': 'DESC', 'pagination.count': '1' };
  const [one, { next }] = await names(sorted);
  const [two, last] = await names({ ...sorted, 'pagination.cursor': next });
  expect([one, two, last]).toEqual([
    ['Zoe'],
    ['Amy'],
    { current: next, previous: expect.any(String), totalEntries: 2 },
  ]);
  return [zoe.id, amy.id, same.id];
}

async function updates({ call, fails }: SegmentClient, app: TestApp, spaceId: string, audience: Data): Promise<void> {
  const params = { spaceId, id: audience.id };
  await app.audiences.runner.runAll();
  const [renamed, described] = await Promise.all([
    call('updateAudienceForSpace', { params, body: { name: 'Payers' } }),
    call('updateAudienceForSpace', { params, body: { description: '' } }),
  ]);
  expect([renamed.audience.name, described.audience.description]).toEqual(['Payers', '']);
  const { audience: both } = await call('getAudience', { params });
  expect(both).toMatchObject({ name: 'Payers', description: '', key: 'big_payers', size: { count: 1 } });

  const definition = { query: `trait('plan') = 'team'` };
  const { audience: redefined } = await call('updateAudienceForSpace', {
    params,
    body: { definition },
    version: 'v1alpha',
  });
  expect(redefined).toMatchObject({ definition, status: 'Computing' });
  // Locked until it is counted.
  expect(await fails('updateAudienceForSpace', { params, body: { definition } })).toMatchObject({
    status: 409,
    errors: [{ type: 'conflict' }],
  });
  await app.audiences.runner.runAll();
  expect((await call('getAudience', { params })).audience).toMatchObject({
    size: { count: 2 },
    status: 'Not Computing',
  });
  expect((await fails('updateAudienceForSpace', { params, body: { definition: { query: 'x' } } })).status).toBe(422);
  const off = await call('updateAudienceForSpace', { params, body: { enabled: false } });
  expect(off.audience.status).toBe('Disabled');
}

async function pages({ call, fails }: SegmentClient, spaceId: string, ids: readonly string[]): Promise<void> {
  const params = { spaceId };
  const page = (query: Record<string, string>) => call('listAudiences', { params, query });
  const first = await page({ 'pagination.count': '3' });
  expect(first.pagination).toEqual({ current: 'MA==', next: expect.any(String), totalEntries: ids.length });
  const second = await page({ 'pagination.count': '3', 'pagination.cursor': first.pagination.next });
  expect(second.pagination.next).toBeUndefined();
  expect([...first.audiences, ...second.audiences].map(({ id }: Data) => id)).toEqual(ids);
  const named = async (type: string, query: string) =>
    (await page({ 'search.type': type, 'search.query': query })).audiences.map(({ key }: Data) => key);
  expect(await named('KEY', 'big')).toEqual(['big_payers', 'big_payers_2']);
  expect(await named('KEY', 'payers')).toEqual([]);
  expect(await named('NAME', 'ZO')).toEqual(['zoe']);
  expect(await named('DEFINITION', "trait('big_payers')")).toEqual(['zoe', 'amy']);
  expect((await page({ include: 'schedules' })).audiences[0].schedules).toEqual([]);
  const wrong = await fails('listAudiences', { params, query: { 'pagination.count': '201' } });
  expect(wrong.errors[0]?.field).toBe('pagination.count');
}

async function linked({ call, fails }: SegmentClient, app: TestApp, spaceId: string): Promise<void> {
  const make = async (query: string, targetEntity?: string) => {
    const body = {
      name: 'Linked',
      definition: { query, ...(targetEntity && { targetEntity }) },
      audienceType: 'LINKED',
    };
    return (await call('createAudience', { params: { spaceId }, body })).audience;
  };
  const cars = await make(`entity('cars').where(property('color') = 'red').count() >= 1`, 'cars');
  expect(cars).toMatchObject({ status: 'Not Computing', definition: { targetEntity: 'cars' } });
  const people = await make(`trait('plan') = 'team'`, 'profile');
  const params = { spaceId, id: people.id };
  const forced = { spaceId, audienceId: people.id };
  for (const version of ['v1', 'v1alpha'] as const) {
    expect(await call('forceExecuteAudienceRun', { params: forced, version })).toEqual({
      run: { id: expect.stringMatching(/^\w{22}$/) },
    });
  }
  await app.audiences.runner.runAll();
  expect((await call('getAudience', { params })).audience.size).toEqual({ count: 2, type: 'USERS' });
  const refused = await fails('forceExecuteAudienceRun', { params: { spaceId, audienceId: cars.id } });
  expect([refused.status, refused.errors[0]?.message]).toEqual([400, expect.stringContaining('no linked data')]);

  const specific = { strategy: 'SPECIFIC_DAYS', config: { days: [1, 5], hours: [9], timezone: 'Europe/Oslo' } };
  const { audienceSchedule: schedule } = await call('addAudienceScheduleToAudience', { params, body: specific });
  expect(schedule).toEqual({
    id: expect.stringMatching(/^sch_\w{22}$/),
    ...specific,
    nextExecution: expect.stringMatching(/T0[78]:00:00.000Z$/),
  });
  const own = { ...params, scheduleId: schedule.id };
  expect(await call('getAudienceScheduleFromSpaceAndAudience', { params: own })).toEqual({
    audienceSchedule: schedule,
  });
  const periodic = { strategy: 'PERIODIC', config: { interval: '15m' } };
  const changed = await call('updateAudienceScheduleForAudience', { params: own, body: periodic, version: 'v1alpha' });
  expect(changed.audienceSchedule).toMatchObject({ id: schedule.id, ...periodic });
  const listed = await call('listAudienceSchedulesFromSpaceAndAudience', { params });
  expect(listed.audienceSchedules).toEqual([changed.audienceSchedule]);
  const { audience } = await call('getAudience', { params, query: { include: 'schedules' } });
  expect(audience.schedules).toEqual(listed.audienceSchedules);

  const wrong = async (body: object) => {
    const { status, errors } = await fails('addAudienceScheduleToAudience', { params, body });
    return [status, ...errors.map(({ field }) => field)];
  };
  expect(await wrong({})).toEqual([422, 'strategy', 'config']);
  expect(await wrong({ strategy: 'PERIODIC', config: { interval: '20m' } })).toEqual([422, 'config.interval']);
  expect(await wrong({ strategy: 'PERIODIC', config: specific.config })).toEqual([
    ...[422, 'config.interval', 'config.days', 'config.hours', 'config.timezone'],
  ]);
  expect(
    await wrong({ strategy: 'SPECIFIC_DAYS', config: { days: [7], hours: [9, 9], timezone: 'Nowhere/City' } }),
  ).toEqual([422, 'config.days', 'config.hours', 'config.timezone']);

  expect(await call('removeAudienceScheduleFromAudience', { params: own })).toEqual({ status: 'SUCCESS' });
  expect((await fails('getAudienceScheduleFromSpaceAndAudience', { params: own })).status).toBe(404);
  await call('removeAudienceFromSpace', { params: { spaceId, id: people.id } });
  await call('removeAudienceFromSpace', { params: { spaceId, id: cars.id } });
  const users = { name: 'Users', definition: { query: `trait('a') = 1` }, audienceType: 'USERS', enabled: false };
  const { audience: plain } = await call('createAudience', { params: { spaceId }, body: users });
  const others = { spaceId, id: plain.id };
  expect((await fails('addAudienceScheduleToAudience', { params: others, body: periodic })).status).toBe(400);
  const run = await fails('forceExecuteAudienceRun', { params: { spaceId, audienceId: plain.id } });
  expect(run).toEqual({
    status: 400,
    errors: [{ type: 'bad-request', message: 'Only LINKED audiences have schedules and forced runs.' }],
  });
}
