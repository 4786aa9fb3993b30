/** Suppression and deletion of people, for the workspace and for one source. */
import { expect } from 'vitest';
import { shortId } from '../../../../src/http/segment/protocol/ids.ts';
import { processEvents, type TestApp } from '../../../support/app.ts';
import type { SegmentClient } from '../../client.ts';

export async function run(client: SegmentClient, app: TestApp): Promise<void> {
  const { call, fails, workspace, headers } = client;
  const scope = workspace.scope();
  const source = await app.connections.sources.create(scope, { name: 'Shop' });
  const writeKey = source.write_keys[0] ?? '';
  const sourceId = shortId(source.id);
  const body = { regulationType: 'SUPPRESS_ONLY', subjectType: 'USER_ID', subjectIds: ['u1', 'u2'] };
  const params = { sourceId };

  await track(app, writeKey, 'u1', 'before');
  const { regulateId } = await call('createWorkspaceRegulation', { body });
  expect(await call('getRegulation', { params: { regulateId } })).toMatchObject({
    regulation: { id: regulateId, overallStatus: 'INITIALIZED', streamStatus: [{ destinationStatus: [{}] }] },
  });
  await work(app);
  await track(app, writeKey, 'u1', 'suppressed');
  await track(app, writeKey, 'u3', 'after');
  expect(await names(app, scope)).toEqual(['before', 'after']);
  const { regulation } = await call('getRegulation', { params: { regulateId } });
  expect(regulation).toMatchObject({
    ...{ overallStatus: 'FINISHED', finishedAt: expect.any(String), workspaceId: expect.stringMatching(/^\w{22}$/) },
    streamStatus: [{ destinationStatus: [{ name: 'Headgate', status: 'FINISHED' }] }],
  });

  const suppressed = await call('listSuppressions');
  expect(suppressed.suppressed).toEqual([{ subjectType: 'userId', subjectIds: ['u1', 'u2'] }]);
  const page = await call('listSuppressions', { query: { 'pagination.count': '1', 'pagination.cursor': 'MA==' } });
  expect(page.suppressed).toEqual([{ subjectType: 'userId', subjectIds: ['u1'] }]);
  const next = { 'pagination.count': '1', 'pagination.cursor': page.pagination.next };
  expect(await call('listSuppressions', { query: next })).toEqual({
    suppressed: [{ subjectType: 'userId', subjectIds: ['u2'] }],
    pagination: { current: page.pagination.next, previous: expect.any(String) },
  });

  // A source cannot undo what holds for the workspace.
  const undo = { ...body, regulationType: 'UNSUPPRESS', subjectIds: ['u1'] };
  const refused = await call('createSourceRegulation', { params, body: undo });
  await work(app);
  expect(await call('getRegulation', { params: { regulateId: refused.regulateId } })).toMatchObject({
    regulation: {
      overallStatus: 'FAILED',
      streamStatus: [{ id: sourceId, destinationStatus: [{ status: 'FAILED' }] }],
    },
  });
  await call('createWorkspaceRegulation', { body: undo, version: 'v1beta' });
  await work(app);
  await track(app, writeKey, 'u1', 'again');
  expect(await names(app, scope)).toEqual(['before', 'after', 'again']);

  await app.connections.destinations.createWebhook(scope, {
    sourceId: source.id,
    name: 'Hook',
    url: 'http://127.0.0.1:9/',
  });
  const erase = { ...body, regulationType: 'SUPPRESS_WITH_DELETE', subjectIds: ['u1'] };
  const erased = await call('createWorkspaceRegulation', { body: erase });
  await work(app);
  expect(await names(app, scope)).toEqual(['after']);
  const { streamStatus } = (await call('getRegulation', { params: { regulateId: erased.regulateId } })).regulation;
  expect(streamStatus).toMatchObject([
    { destinationStatus: [{ name: 'Headgate', status: 'FINISHED' }] },
    { id: sourceId, destinationStatus: [{ name: 'Hook', status: 'NOT_SUPPORTED', errString: expect.any(String) }] },
  ]);

  await call('createSourceRegulation', {
    params,
    body: { ...body, regulationType: 'DELETE_ONLY', subjectIds: ['u3'] },
  });
  await work(app);
  expect(await names(app, scope)).toEqual([]);
  const objects = { regulationType: 'DELETE_ONLY', subjectType: 'OBJECT_ID', subjectIds: ['o1'], collection: 'users' };
  const cloud = await call('createCloudSourceRegulation', { params, body: objects });
  await work(app);
  expect(await call('getRegulation', { params: { regulateId: cloud.regulateId } })).toMatchObject({
    regulation: { overallStatus: 'NOT_SUPPORTED' },
  });

  await lists(client, sourceId);
  await badInput(client, params, body);
  await quota(client, app, headers);
  await app.database.db
    .updateTable('regulations')
    .set({ created_at: new Date(Date.now() - 91 * 86_400_000) })
    .where('workspace_id', '=', scope.workspaceId)
    .execute();
  expect((await fails('getRegulation', { params: { regulateId } })).status).toBe(404);
  expect((await call('listWorkspaceRegulations')).regulations).toEqual([]);
}

async function lists({ call, fails }: SegmentClient, sourceId: string): Promise<void> {
  const all = (await call('listWorkspaceRegulations')).regulations;
  expect(all.map((one: { regulationType: string }) => one.regulationType)).toEqual([
    'SUPPRESS_ONLY',
    'UNSUPPRESS',
    'SUPPRESS_WITH_DELETE',
  ]);
  expect(all[0]).toMatchObject({ subjectType: 'USER_ID', subjects: ['u1', 'u2'], status: 'FINISHED' });
  const first = await call('listWorkspaceRegulations', { query: { 'pagination.count': '2' } });
  const query = { 'pagination.count': '2', 'pagination.cursor': first.pagination.next };
  expect((await call('listWorkspaceRegulations', { query })).regulations).toEqual([all[2]]);
  const some = { status: 'FINISHED', regulationTypes: 'UNSUPPRESS,SUPPRESS_WITH_DELETE' };
  expect((await call('listWorkspaceRegulations', { query: some })).regulations).toEqual([all[1], all[2]]);
  const running = { query: { status: 'RUNNING' }, version: 'v1alpha' as const };
  expect((await call('listWorkspaceRegulations', running)).regulations).toEqual([]);
  const ofSource = await call('listRegulationsFromSource', { params: { sourceId }, query: { status: 'FINISHED' } });
  expect(ofSource.regulations).toMatchObject([{ regulationType: 'DELETE_ONLY', subjects: ['u3'] }]);
  expect((await fails('listWorkspaceRegulations', { query: { status: 'DONE' } })).status).toBe(422);
}

async function badInput({ fails }: SegmentClient, params: { sourceId: string }, body: object): Promise<void> {
  const refused = async (change: object, operation = 'createWorkspaceRegulation', more: object = {}) => {
    const { status, errors } = await fails(operation, { body: { ...body, ...change }, ...more });
    return [status, errors.map(({ field }) => field)];
  };
  expect(await refused({ regulationType: 'FORGET', subjectType: 'x', subjectIds: 1 })).toEqual([
    422,
    ['regulationType', 'subjectType', 'subjectIds'],
  ]);
  expect(await refused({ subjectIds: [] })).toEqual([422, ['subjectIds']]);
  expect(await refused({ subjectIds: Array.from({ length: 5_001 }, (_, n) => `u${n}`) })).toEqual([
    422,
    ['subjectIds'],
  ]);
  const ids = ['', 'fine', 'x'.repeat(513)];
  expect(await refused({ subjectIds: ids })).toEqual([422, ['subjectIds.0', 'subjectIds.2']]);
  expect((await refused({ subjectIds: ['\u0000'] }))[0]).toBe(422);
  expect(await refused({ subjectType: 'ANONYMOUS_ID' }, 'createSourceRegulation', { params })).toEqual([
    400,
    [undefined],
  ]);
  expect(await refused({ regulationType: 'DELETE_ARCHIVE_ONLY' })).toEqual([422, ['regulationType']]);
  const nowhere = { params: { sourceId: 'nothing' } };
  expect((await refused({}, 'createSourceRegulation', nowhere))[0]).toBe(404);
}

async function quota({ fails, headers, workspace }: SegmentClient, app: TestApp, as: Readonly<Record<string, string>>) {
  const payload = { regulationType: 'DELETE_INTERNAL', subjectType: 'USER_ID', subjectIds: ['q1', 'q2'] };
  const answer = await app.http.inject({ method: 'POST', url: '/regulations', headers: { ...as }, payload });
  const consumed = Number(answer.headers['x-ratelimit-consumed']);
  expect(answer.headers).toMatchObject({
    'x-ratelimit-remaining': String(110_000 - consumed),
    'x-ratelimit-reset': expect.stringMatching(/^\w{3}, 01 \w{3} \d{4} 00:00:00 GMT$/),
  });
  await app.database.db
    .updateTable('regulation_quotas')
    .set({ used: 109_999 })
    .where('kind', '=', 'internal')
    .where('workspace_id', '=', workspace.workspace.id)
    .execute();
  expect((await fails('createWorkspaceRegulation', { body: payload })).errors).toMatchObject([
    { type: 'RequestError' },
  ]);
  const refused = await app.http.inject({ method: 'POST', url: '/regulations', headers: { ...headers }, payload });
  expect(refused.headers).toMatchObject({
    'x-ratelimit-remaining': '1',
    'retry-after': expect.stringMatching(/^\d+$/),
  });
  // The other kind has a quota of its own.
  const other = { ...payload, regulationType: 'DELETE_ONLY' };
  expect(
    (await app.http.inject({ method: 'POST', url: '/regulations', headers: { ...headers }, payload: other }))
      .statusCode,
  ).toBe(200);
}

/** Until nothing is left to do. */
async function work(app: TestApp): Promise<void> {
  await processEvents(app);
  while (await app.eraser.runOnce());
}

async function names(app: TestApp, scope: Parameters<TestApp['events']['list']>[0]) {
  const { events } = await app.events.list(scope, { outcome: 'accepted' }, 100);
  return events.map(({ name }) => name).reverse();
}

async function track(app: TestApp, writeKey: string, userId: string, event: string): Promise<void> {
  const payload = { writeKey, userId, event };
  expect((await app.http.inject({ method: 'POST', url: '/v1/track', payload })).statusCode).toBe(200);
  await processEvents(app);
}
