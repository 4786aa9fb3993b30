/** What the pipeline counts: series by minute, hour and day, the cap on names, calls and tracked users of a month. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { newWorkspace, processEvents, type TestApp, testApp } from '../../../test/support/app.ts';
import type { Scope } from '../../db/tx.ts';
import { createEventLog } from '../log/append.ts';
import { OTHER, SERIES_A_DAY } from './names.ts';
import { WHOLE_WORKSPACE } from './queries.ts';

let app: TestApp;
let scope: Scope;
let sourceId: string;

beforeAll(async () => {
  app = await testApp();
});

beforeEach(async () => {
  const workspace = await newWorkspace(app);
  scope = workspace.scope();
  sourceId = (await app.connections.sources.create(scope, { name: 'Site' })).id;
});

async function send(batch: object[], source = sourceId, receivedAt = Date.now()): Promise<void> {
  const header = { ...scope, sourceId: source, receivedAt, ip: '203.0.113.1', kind: 'batch' as const };
  const body = Buffer.from(JSON.stringify({ batch: batch.map((one) => ({ messageId: randomUUID(), ...one })) }));
  await createEventLog({ db: app.database.db }).append({ header, body }, 0xffff, batch.length);
  await processEvents(app);
}

const track = (name: string, extra: object = {}) => ({ type: 'track', event: name, userId: 'u', ...extra });

async function counts(grain: string) {
  const { rows } = await sql<{ step: string; type: string; name: string; version: string; reason: string; n: number }>`
    select step, type, name, version, reason, sum(count)::int as n from metric_counts
    where workspace_id = ${scope.workspaceId} and grain = ${grain} group by step, type, name, version, reason
    order by step, type, name, version, reason`.execute(app.database.db);
  return rows.map((row) => [row.step, row.type, row.name, row.version, row.reason, row.n]);
}

async function usage(source: string) {
  const { rows } = await sql<{ api_calls: number; users: number; anonymous: number; identified: number }>`
    select sum(api_calls)::int as api_calls, sum(users)::int as users, sum(anonymous)::int as anonymous,
      sum(identified)::int as identified
    from usage_days where workspace_id = ${scope.workspaceId} and source_id = ${source}`.execute(app.database.db);
  return rows[0];
}

test('counts every series by minute, hour and day', async () => {
  const twice = track('Paid', { messageId: 'twice' });
  await send([twice, twice, track('Paid', { context: { app: { version: '1.2' } } }), { type: 'page', userId: 'u' }]);
  await send([track('Paid')]);
  const expected = [
    ['received', 'page', '', '', '', 1],
    ['received', 'track', 'Paid', '', '', 2],
    ['received', 'track', 'Paid', '1.2', '', 1],
    ['refused', 'track', 'Paid', '', 'duplicate', 1],
  ];
  for (const grain of ['minute', 'hour', 'day']) expect(await counts(grain)).toEqual(expected);
});

test('names of an attacker end in one series', async () => {
  const attack = Array.from({ length: SERIES_A_DAY + 400 }, (_, n) => track(`name ${n}`));
  await send(attack.slice(0, 700));
  await send(attack.slice(700));
  await send([track('name 5'), track('one more'), track('\u0001'.repeat(900))]);
  const names = new Map((await counts('minute')).map(([, , name, , , n]) => [name, n]));
  expect(names.size).toBe(SERIES_A_DAY + 1);
  expect(names.get(OTHER)).toBe(402);
  expect(names.get('name 5')).toBe(2);
});

test('names that are made to look like two parts of a series stop nobody', async () => {
  const app = (version: string) => ({ context: { app: { version } } });
  await send([track('a\u001fb'), track('a', app('b\u001f')), track('a', app('b')), track('a b'), track('a\u0001')]);
  const rows = (await counts('day')).map(([, , name, version, , n]) => [name, version, n]);
  expect(rows).toEqual([
    ['a', 'b', 1],
    ['a', 'b ', 1],
    ['a\u0001', '', 1],
    ['a b', '', 2],
  ]);
});

test('tracked users of a month: user ids, anonymous ids, and those that became known', async () => {
  await send([
    { type: 'page', anonymousId: 'a1' },
    { type: 'page', anonymousId: 'a2' },
    { type: 'identify', anonymousId: 'a1', userId: 'u1' },
  ]);
  await send([
    { type: 'page', anonymousId: 'a1', userId: 'u1' },
    { type: 'page', userId: 'u2' },
    { type: 'page', anonymousId: 'a2', userId: 'u2' },
  ]);
  const other = (await app.connections.sources.create(scope, { name: 'Shop' })).id;
  await send([{ type: 'page', anonymousId: 'a1', userId: 'u1' }], other);
  expect(await usage(sourceId)).toEqual({ api_calls: 6, users: 2, anonymous: 2, identified: 2 });
  expect(await usage(other)).toEqual({ api_calls: 1, users: 1, anonymous: 1, identified: 1 });
  // The workspace counts a person once, whatever source it came from.
  expect(await usage(WHOLE_WORKSPACE)).toEqual({ api_calls: 7, users: 2, anonymous: 2, identified: 2 });
});

test('a person of two sources in one batch, and of two months', async () => {
  const other = (await app.connections.sources.create(scope, { name: 'Shop' })).id;
  const log = createEventLog({ db: app.database.db });
  for (const [source, extra] of [
    [sourceId, {}],
    [other, { anonymousId: 'a' }],
  ] as const) {
    const header = { ...scope, sourceId: source, receivedAt: Date.now(), ip: '203.0.113.1', kind: 'batch' as const };
    const batch = [{ type: 'page', userId: 'u', ...extra }];
    await log.append({ header, body: Buffer.from(JSON.stringify({ batch })) }, 0xffff, 1);
  }
  await processEvents(app);
  expect(await usage(WHOLE_WORKSPACE)).toEqual({ api_calls: 2, users: 1, anonymous: 1, identified: 1 });
  await send([{ type: 'page', userId: 'u' }], sourceId, Date.now() - 40 * 86_400_000);
  expect(await usage(WHOLE_WORKSPACE)).toEqual({ api_calls: 3, users: 2, anonymous: 1, identified: 1 });
});
