import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { newScope, testDatabase } from '../../../test/support/database.ts';
import { inTransaction } from '../../db/tx.ts';
import { checkpointFile, createCheckpointKey, readCheckpoints } from './checkpoints.ts';
import { CHECKPOINT_ENTRIES, CHECKPOINT_MS, createAuditKeeper } from './keeper.ts';
import { record } from './record.ts';
import { verifyAudit } from './verify.ts';

const SECRET = 'a secret of this test, 32 characters or more';
const DAY = 24 * 3_600_000;
const directory = mkdtempSync(join(tmpdir(), 'headgate-audit-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function setUp(days: number | null = null) {
  const database = await testDatabase();
  const { db } = database;
  const { workspaceId } = await newScope(database);
  const key = createCheckpointKey(SECRET);
  const file = checkpointFile(mkdtempSync(join(directory, 'data-')));
  const clock = { now: Date.now() };
  const problems: unknown[] = [];
  const log = { error: (...problem: unknown[]) => void problems.push(problem) };
  const keeper = createAuditKeeper({ db, key, file, days, now: () => new Date(clock.now), log });
  const add = (count = 1) =>
    inTransaction(db, async (tx) => {
      for (let n = 0; n < count; n++) {
        await record(tx, { action: 'a.b', target: { type: 'a', id: n, name: 'x' }, workspaceId });
      }
    });
  const signed = async () =>
    (
      await db
        .selectFrom('audit_checkpoints')
        .selectAll()
        .where('workspace_id', '=', workspaceId)
        .orderBy('seq')
        .execute()
    ).map(({ seq, kind }) => `${kind} ${seq}`);
  const written = async () => (await readCheckpoints(file, workspaceId)).checkpoints;
  const verify = async () =>
    (await verifyAudit({ db, workspaceId, checkpoints: { key, exported: await written() } })).workspaces[0];
  return { db, workspaceId, key, file, clock, keeper, add, signed, written, verify, problems };
}

test('a checkpoint is signed for the first entry, then every ten minutes and every thousand entries', async () => {
  const { keeper, clock, add, signed, verify } = await setUp();
  await keeper.signDue();
  expect(await signed()).toEqual([]);
  await add();
  await keeper.signDue();
  await add();
  await keeper.signDue();
  expect(await signed()).toEqual(['head 1']);
  clock.now += CHECKPOINT_MS;
  await keeper.signDue();
  await keeper.signDue();
  expect(await signed()).toEqual(['head 1', 'head 2']);
  await add(CHECKPOINT_ENTRIES);
  await keeper.signDue();
  expect(await signed()).toEqual(['head 1', 'head 2', `head ${2 + CHECKPOINT_ENTRIES}`]);
  await add();
  await keeper.signDue(true);
  expect((await signed()).length).toBe(4);
  expect(await verify()).toMatchObject({ ok: true, checkpoints: 8 });
});

test('the file is only its owner’s to read, says the same as the table, and survives a line cut short', async () => {
  const { keeper, file, key, add, written, workspaceId, verify } = await setUp();
  await add();
  await keeper.signDue();
  expect(statSync(file).mode & 0o777).toBe(0o600);
  appendFileSync(file, '\n{"workspace_id":"');
  await add();
  await keeper.signDue(true);
  const found = await written();
  expect(found.map((one) => one.seq)).toEqual([1, 2]);
  for (const one of found) expect(key.verify(one)).toBe(true);
  expect((await readCheckpoints(file)).unreadable).toBe(1);
  expect(readFileSync(file, 'utf8')).toContain(workspaceId);
  expect((await verify())?.ok).toBe(true);
});

test('another secret is another key', () => {
  const [a, b] = [createCheckpointKey(SECRET), createCheckpointKey(`${SECRET}!`)];
  expect(createCheckpointKey(SECRET).publicKey).toBe(a.publicKey);
  expect(b.publicKey).not.toBe(a.publicKey);
});

test('retention removes what is old, with a signed start, and the rest verifies', async () => {
  const { keeper, clock, db, workspaceId, add, signed, verify } = await setUp(30);
  await add(10);
  await keeper.signDue();
  clock.now += 20 * DAY;
  await keeper.forget();
  expect((await verify())?.firstSeq).toBe(1);
  clock.now += 11 * DAY;
  await keeper.forget();
  expect(await verify()).toMatchObject({ ok: true, firstSeq: 11, entries: 0 });
  await add(5);
  await keeper.signDue(true);
  expect(await verify()).toMatchObject({ ok: true, firstSeq: 11, lastSeq: 15, entries: 5 });
  expect(await signed()).toEqual(['head 10', 'start 10', 'head 15']);

  await db.transaction().execute(async (tx) => {
    await sql`alter table audit_checkpoints disable trigger user`.execute(tx);
    await sql`delete from audit_checkpoints where workspace_id = ${workspaceId} and kind = 'start'`.execute(tx);
    await sql`alter table audit_checkpoints enable trigger user`.execute(tx);
  });
  expect((await verify())?.ok).toBe(true);
});

test('retention leaves a chain alone that was tampered with', async () => {
  const { keeper, clock, db, workspaceId, add, verify, problems } = await setUp(30);
  await add(10);
  await db.transaction().execute(async (tx) => {
    await sql`alter table audit_entries disable trigger user`.execute(tx);
    await sql`update audit_entries set at = at - interval '40 days' where workspace_id = ${workspaceId} and seq <= 4`.execute(
      tx,
    );
    await sql`alter table audit_entries enable trigger user`.execute(tx);
  });
  await keeper.forget();
  clock.now += 31 * DAY;
  await keeper.forget();
  expect((await verify())?.problems.map((problem) => problem.seq)).toEqual([1, 2, 3, 4]);
  expect(problems.length).toBeGreaterThan(0);
  await db.transaction().execute(async (tx) => {
    await sql`alter table audit_entries disable trigger user`.execute(tx);
    await sql`delete from audit_entries where workspace_id = ${workspaceId}`.execute(tx);
    await sql`alter table audit_entries enable trigger user`.execute(tx);
  });
});

test('entries, checkpoints and heads can only be added to, whoever asks', async () => {
  const { db, add, keeper, workspaceId } = await setUp();
  await add(3);
  await keeper.signDue();
  for (const statement of [
    sql`update audit_entries set action = 'c.d' where workspace_id = ${workspaceId}`,
    sql`delete from audit_entries where workspace_id = ${workspaceId}`,
    sql`truncate audit_entries`,
    sql`update audit_checkpoints set seq = 2 where workspace_id = ${workspaceId}`,
    sql`delete from audit_checkpoints where workspace_id = ${workspaceId}`,
    sql`truncate audit_checkpoints`,
    sql`delete from audit_heads where workspace_id = ${workspaceId}`,
    sql`update audit_heads set seq = 1 where workspace_id = ${workspaceId}`,
    sql`truncate audit_heads`,
    sql`insert into audit_entries select workspace_id, 9, gen_random_uuid(), at, environment, actor_kind, actor_id,
      actor_label, ip, user_agent, request_id, action, target_type, target_id, target_name, before, after, prev_hash, hash
      from audit_entries where workspace_id = ${workspaceId} and seq = 3`,
  ]) {
    await expect(statement.execute(db)).rejects.toThrow(/audit/);
  }
  const confined = async (statement: ReturnType<typeof sql>) =>
    await db.transaction().execute(async (tx) => {
      await sql`set local role headgate_app`.execute(tx);
      await sql`select set_config('headgate.workspace', ${workspaceId}, true)`.execute(tx);
      return await statement.execute(tx);
    });
  expect((await confined(sql`select 1 from audit_entries`)).rows).toHaveLength(3);
  for (const statement of [
    sql`update audit_entries set action = 'c.d'`,
    sql`delete from audit_entries`,
    sql`truncate audit_entries`,
    sql`update audit_heads set first_seq = 3`,
    sql`insert into audit_heads (workspace_id) values (gen_random_uuid())`,
    sql`delete from audit_checkpoints`,
    sql`insert into audit_checkpoints select * from audit_checkpoints`,
    sql`alter table audit_entries disable trigger user`,
    sql`select * from audit_head(gen_random_uuid())`,
  ]) {
    await expect(confined(statement)).rejects.toThrow(/permission denied|must be owner|another workspace/);
  }
});
