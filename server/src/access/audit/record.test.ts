import { expect, test } from 'vitest';
import { newScope, testDatabase } from '../../../test/support/database.ts';
import { type Context, withContext } from '../../context.ts';
import { inTransaction } from '../../db/tx.ts';
import { GENESIS } from './chain.ts';
import { record, recordMany } from './record.ts';

async function setUp() {
  const database = await testDatabase();
  const { workspaceId } = await newScope(database);
  const context: Context = {
    workspaceId,
    actor: { kind: 'user', id: '0190-user', label: 'anna@example.test' },
    ip: '203.0.113.7',
    userAgent: 'curl/8',
    requestId: 'req-1',
    ambient: null,
  };
  const entries = () =>
    database.db
      .selectFrom('audit_entries')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .orderBy('seq')
      .execute();
  return { db: database.db, workspaceId, context, entries };
}

const TARGET = { type: 'source', id: 'id-1', name: 'Web' };

test('an entry says who, from where, what, and what changed', async () => {
  const { db, context, entries } = await setUp();
  await withContext(context, () =>
    inTransaction(db, (tx) =>
      record(tx, {
        action: 'source.updated',
        target: TARGET,
        before: { name: 'Old', enabled: true, updated_at: new Date(0) },
        after: { name: 'Web', enabled: true, updated_at: new Date() },
        environment: 'live',
      }),
    ),
  );
  expect(await entries()).toMatchObject([
    {
      seq: 1,
      environment: 'live',
      actor_kind: 'user',
      actor_id: '0190-user',
      actor_label: 'anna@example.test',
      ip: '203.0.113.7',
      user_agent: 'curl/8',
      request_id: 'req-1',
      action: 'source.updated',
      target_type: 'source',
      target_id: 'id-1',
      target_name: 'Web',
      before: '{"name":"Old"}',
      after: '{"name":"Web"}',
      prev_hash: GENESIS,
    },
  ]);
});

test('without a request it is the system, of the workspace that is named', async () => {
  const { db, workspaceId, entries } = await setUp();
  await inTransaction(db, (tx) => record(tx, { action: 'workspace.created', target: TARGET, workspaceId }));
  expect(await entries()).toMatchObject([{ actor_kind: 'system', actor_id: null, ip: null, before: null }]);
  await expect(inTransaction(db, (tx) => record(tx, { action: 'x.y', target: TARGET }))).rejects.toThrow('x.y');
});

test('a change that is rolled back leaves no entry', async () => {
  const { db, context, entries } = await setUp();
  const failed = withContext(context, () =>
    inTransaction(db, async (tx) => {
      await record(tx, { action: 'source.created', target: TARGET, after: { name: 'Web' } });
      throw new Error('no');
    }),
  );
  await expect(failed).rejects.toThrow('no');
  expect(await entries()).toEqual([]);
  await withContext(context, () => inTransaction(db, (tx) => record(tx, { action: 'a.b', target: TARGET })));
  expect(await entries()).toMatchObject([{ seq: 1, prev_hash: GENESIS }]);
});

test('a hundred changes at once make one chain without a gap', async () => {
  const { db, context, entries } = await setUp();
  await withContext(context, () =>
    Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        inTransaction(db, (tx) => record(tx, { action: 'a.b', target: { ...TARGET, id: n } })),
      ),
    ),
  );
  const rows = await entries();
  expect(rows.map((row) => row.seq)).toEqual(Array.from({ length: 100 }, (_, n) => n + 1));
  for (const [n, row] of rows.entries()) expect(row.prev_hash).toEqual(n === 0 ? GENESIS : rows[n - 1]?.hash);
});

test('many at once are one chain, over several workspaces and statements', async () => {
  const [a, b] = [await setUp(), await setUp()];
  const many = Array.from({ length: 2_500 }, (_, n) => ({
    action: 'a.b',
    target: { ...TARGET, id: n },
    workspaceId: n % 5 === 0 ? b.workspaceId : a.workspaceId,
  }));
  await inTransaction(a.db, (tx) => recordMany(tx, many));
  await inTransaction(a.db, (tx) => recordMany(tx, []));
  for (const { entries, workspaceId } of [a, b]) {
    const rows = await entries();
    const own = many.filter((event) => event.workspaceId === workspaceId);
    expect(rows.map((row) => row.target_id)).toEqual(own.map(({ target }) => String(target.id)));
    for (const [n, row] of rows.entries()) expect(row.prev_hash).toEqual(n === 0 ? GENESIS : rows[n - 1]?.hash);
  }
});
