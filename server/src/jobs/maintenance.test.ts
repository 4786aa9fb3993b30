import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { newScope, testDatabase } from '../../test/support/database.ts';
import { newId } from '../ids.ts';
import { createMaintenance } from './maintenance.ts';

const HOUR = 3_600_000;

/** The other rows of the shared test database are young, so a clock that is right deletes only what a test made old. */
async function setUp() {
  const database = await testDatabase();
  const scope = await newScope(database);
  return { db: database.db, scope, maintenance: createMaintenance({ db: database.db, now: () => new Date() }) };
}

function ago(hours: number): Date {
  return new Date(Date.now() - hours * HOUR);
}

test('message ids are kept for 48 hours and then forgotten, however many there are', async () => {
  const { db, maintenance } = await setUp();
  const source = newId();
  await sql`insert into seen_messages (source_id, message_hash, seen_at)
    select ${source}::uuid, decode(md5(n::text), 'hex'), ${ago(49)} from generate_series(1, 12000) n`.execute(db);
  await sql`insert into seen_messages (source_id, message_hash, seen_at)
    values (${source}, ${randomBytes(16)}, ${ago(47)})`.execute(db);
  const deleted = await maintenance.run();
  expect(deleted['seen_messages']).toBeGreaterThanOrEqual(12_000);
  const rest = await sql<{
    n: number;
  }>`select count(*)::int as n from seen_messages where source_id = ${source}`.execute(db);
  expect(rest.rows[0]?.n).toBe(1);
});

test('the log keeps what the slowest partition has not read, however old', async () => {
  const { db } = await setUp();
  const undo = new Error('everything as it was: the cursors are those of all tests');
  const work = db.transaction().execute(async (tx) => {
    const maintenance = createMaintenance({ db: tx, now: () => new Date() });
    const added = await sql<{ seq: number }>`insert into event_log (partitions, events, body, created_at)
      values (0, 0, '', ${ago(3)}) returning seq`.execute(tx);
    const seq = added.rows[0]?.seq ?? 0;
    const left = async () =>
      (await sql<{ n: number }>`select count(*)::int as n from event_log where seq = ${seq}`.execute(tx)).rows[0]?.n;

    await maintenance.run();
    expect(await left()).toBe(1);

    await sql`update log_cursors set (tx, seq) = (select tx, seq from event_log order by tx desc, seq desc limit 1)`.execute(
      tx,
    );
    await maintenance.run();
    expect(await left()).toBe(0);
    throw undo;
  });
  await expect(work).rejects.toBe(undo);
});

test('captured items go after 30 days', async () => {
  const { db, scope, maintenance } = await setUp();
  for (const age of [31 * 24, 29 * 24]) {
    await sql`insert into sandbox_items (workspace_id, environment, kind, summary, content, created_at)
      values (${scope.workspaceId}, 'test', 'email', ${String(age)}, '{}', ${ago(age)})`.execute(db);
  }
  await maintenance.run();
  const rows = await sql<{ summary: string }>`
    select summary from sandbox_items where workspace_id = ${scope.workspaceId}`.execute(db);
  expect(rows.rows.map((row) => row.summary)).toEqual([String(29 * 24)]);
});
