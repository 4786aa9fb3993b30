/** Attack 34: whoever may write to the database, with triggers off, is found out and the place is named. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RawBuilder, sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { newScope, testDatabase } from '../../../test/support/database.ts';
import type { Db } from '../../db/open.ts';
import { inTransaction } from '../../db/tx.ts';
import { newId } from '../../ids.ts';
import { type ChainedEntry, hashOf } from './chain.ts';
import { checkpointFile, createCheckpointKey, readCheckpoints, type SignedCheckpoint } from './checkpoints.ts';
import { createAuditKeeper } from './keeper.ts';
import { record } from './record.ts';
import { verifyAudit, type WorkspaceReport } from './verify.ts';

const SECRET = 'a secret of this test, 32 characters or more';
const ENTRIES = 20;
const directory = mkdtempSync(join(tmpdir(), 'headgate-audit-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

interface Chain {
  db: Db;
  id: string;
  key: ReturnType<typeof createCheckpointKey>;
  file: string;
  keeper: ReturnType<typeof createAuditKeeper>;
  add(count: number): Promise<void>;
  /** Raw SQL of somebody who may do everything with the database. */
  tamper(...statements: RawBuilder<unknown>[]): Promise<void>;
  verify(options?: { withoutFile?: boolean; fromSeq?: number; maxEntries?: number }): Promise<WorkspaceReport>;
  /** Kinds and places of what is found. */
  found(options?: { withoutFile?: boolean }): Promise<string[]>;
}

async function chain(options: { days?: number; now?: () => Date } = {}): Promise<Chain> {
  const { db } = await testDatabase();
  const { workspaceId: id } = await newScope(await testDatabase());
  const key = createCheckpointKey(SECRET);
  const file = checkpointFile(mkdtempSync(join(directory, 'data-')));
  const { days = null, now = () => new Date() } = options;
  const keeper = createAuditKeeper({ db, key, file, days, now, log: { error: () => {} } });

  async function add(count: number): Promise<void> {
    for (let n = 0; n < count; n++) {
      await inTransaction(db, (tx) =>
        record(tx, {
          action: 'source.updated',
          target: { type: 'source', id: newId(), name: `Source ${n}` },
          before: { name: `Old ${n}` },
          after: { name: `Source ${n}` },
          workspaceId: id,
        }),
      );
    }
  }

  async function verify({ withoutFile = false, ...bounds } = {}): Promise<WorkspaceReport> {
    const { checkpoints } = await readCheckpoints(file, id);
    const exported: SignedCheckpoint[] = withoutFile ? [] : checkpoints;
    const { workspaces } = await verifyAudit({ db, workspaceId: id, checkpoints: { key, exported }, ...bounds });
    const [report] = workspaces;
    if (!report) throw new Error('no report');
    return report;
  }

  await add(ENTRIES);
  return {
    db,
    id,
    key,
    file,
    keeper,
    add,
    verify,
    async tamper(...statements) {
      await inTransaction(db, async (tx) => {
        const tables = ['audit_entries', 'audit_heads', 'audit_checkpoints'];
        for (const table of tables) await sql`alter table ${sql.table(table)} disable trigger user`.execute(tx);
        for (const statement of statements) await statement.execute(tx);
        for (const table of tables) await sql`alter table ${sql.table(table)} enable trigger user`.execute(tx);
      });
    },
    async found(options) {
      const { problems } = await verify(options);
      return problems.map(({ kind, seq, toSeq }) => `${kind} ${seq}${toSeq === seq ? '' : `-${toSeq}`}`);
    },
  };
}

/** The chain from `seq` on, calculated anew as somebody who has read our code would. */
async function rehash({ db, id }: Chain, from: number, to: number): Promise<RawBuilder<unknown>[]> {
  const { rows } = await sql<ChainedEntry & { hash: Buffer }>`
    select *, (extract(epoch from at) * 1000000)::bigint as at from audit_entries
    where workspace_id = ${id} and seq >= ${from} and seq <= ${to} order by seq`.execute(db);
  const statements: RawBuilder<unknown>[] = [];
  let previous: Buffer | null = null;
  for (const row of rows) {
    const entry: ChainedEntry = { ...row, prev_hash: previous ?? row.prev_hash };
    const hash = hashOf(entry);
    statements.push(sql`update audit_entries set prev_hash = ${entry.prev_hash}, hash = ${hash}
      where workspace_id = ${id} and seq = ${row.seq}`);
    previous = hash;
  }
  statements.push(sql`update audit_heads set hash = ${previous} where workspace_id = ${id} and seq = ${to}`);
  return statements;
}

test('an untouched chain is in order, signed or not', async () => {
  const c = await chain();
  expect(await c.verify()).toMatchObject({ ok: true, entries: ENTRIES, firstSeq: 1, lastSeq: ENTRIES, checkpoints: 0 });
  expect(await c.keeper.signDue()).toBeGreaterThanOrEqual(1);
  expect(await c.verify()).toMatchObject({ ok: true, checkpoints: 2, problems: [] });
});

test('a changed value in any column is found in its entry', async () => {
  const c = await chain();
  const { id } = c;
  const changes: Record<string, RawBuilder<unknown>> = {
    id: sql`${newId()}::uuid`,
    at: sql`at + interval '1 microsecond'`,
    environment: sql`'test'`,
    actor_kind: sql`'user'`,
    actor_id: sql`'somebody'`,
    actor_label: sql`'headgate'`,
    ip: sql`'192.0.2.1'`,
    user_agent: sql`'curl'`,
    request_id: sql`''`,
    action: sql`'source.created'`,
    target_type: sql`'sourcf'`,
    target_id: sql`target_id || ' '`,
    target_name: sql`lower(target_name)`,
    before: sql`null`,
    after: sql`replace(after, ':', ': ')`,
    prev_hash: sql`set_byte(prev_hash, 31, get_byte(prev_hash, 31) # 1)`,
    hash: sql`set_byte(hash, 0, get_byte(hash, 0) # 128)`,
  };
  const { rows } = await sql<{ name: string }>`select column_name as name from information_schema.columns
    where table_name = 'audit_entries' and column_name not in ('workspace_id', 'seq')`.execute(c.db);
  expect(Object.keys(changes).sort()).toEqual(rows.map((row) => row.name).sort());
  for (const seq of [1, 7, ENTRIES]) {
    for (const [column, value] of Object.entries(changes)) {
      const where = sql`workspace_id = ${id} and seq = ${seq}`;
      await c.tamper(
        sql`create table kept_copy as select * from audit_entries where ${where}`,
        sql`update audit_entries set ${sql.ref(column)} = ${value} where ${where}`,
      );
      expect(await c.found(), `${column} of ${seq}`).toEqual([`altered ${seq}`]);
      await c.tamper(
        sql`delete from audit_entries where ${where}`,
        sql`insert into audit_entries select * from kept_copy`,
        sql`drop table kept_copy`,
      );
    }
  }
  expect(await c.found()).toEqual([]);
});

test('a removed entry is missing: the first, one in the middle, several, the last', async () => {
  for (const [first, last] of [
    [1, 1],
    [9, 9],
    [4, 6],
    [ENTRIES, ENTRIES],
  ] as const) {
    const c = await chain();
    await c.tamper(sql`delete from audit_entries where workspace_id = ${c.id} and seq between ${first} and ${last}`);
    expect(await c.found()).toEqual([`missing ${first}${last === first ? '' : `-${last}`}`]);
  }
});

test('a removed first entry is found also where the head says that the chain starts later', async () => {
  const c = await chain();
  await c.tamper(
    sql`delete from audit_entries where workspace_id = ${c.id} and seq <= 3`,
    sql`update audit_heads set first_seq = 4 where workspace_id = ${c.id}`,
  );
  expect(await c.found()).toEqual(['missing 1-3']);
});

test('removed and closed up: the numbers are made to fit, the hashes do not', async () => {
  const c = await chain();
  await c.tamper(
    sql`delete from audit_entries where workspace_id = ${c.id} and seq = 5`,
    sql`alter table audit_entries drop constraint audit_entries_seq_check`,
    sql`update audit_entries set seq = -seq where workspace_id = ${c.id} and seq > 5`,
    sql`update audit_entries set seq = -seq - 1 where workspace_id = ${c.id} and seq < 0`,
    sql`alter table audit_entries add constraint audit_entries_seq_check check (seq > 0)`,
    sql`update audit_heads set seq = seq - 1 where workspace_id = ${c.id}`,
  );
  expect((await c.found())[0]).toBe('altered 5');
});

test('two entries in the place of each other are told as such, by their numbers or by what they say', async () => {
  const c = await chain();
  const move = (from: number, to: number) =>
    sql`update audit_entries set seq = ${to} where workspace_id = ${c.id} and seq = ${from}`;
  await c.tamper(move(4, 999), move(11, 4), move(999, 11));
  expect(await c.found()).toEqual(['swapped 4-11']);

  const d = await chain();
  const said = sql`actor_label, action, target_type, target_id, target_name, before, after, at`;
  await d.tamper(
    sql`update audit_entries e set (${said}) = (select ${said} from audit_entries o
        where o.workspace_id = e.workspace_id and o.seq = 17 - e.seq)
      where e.workspace_id = ${d.id} and e.seq in (8, 9)`,
  );
  expect(await d.found()).toEqual(['swapped 8-9']);
});

test('an entry written anew with a right hash does not fit what comes after it', async () => {
  const c = await chain();
  await c.tamper(sql`update audit_entries set actor_label = 'mallory' where workspace_id = ${c.id} and seq = 6`);
  await c.tamper(...(await rehash(c, 6, 6)));
  expect(await c.found()).toEqual(['rewritten 6']);
});

test('a chain calculated anew to its end contradicts the signed checkpoint, in the table or in the file', async () => {
  for (const withoutFile of [true, false]) {
    const c = await chain();
    await c.keeper.signDue();
    await c.add(10);
    await c.tamper(sql`update audit_entries set ip = '192.0.2.9' where workspace_id = ${c.id} and seq = 12`);
    await c.tamper(...(await rehash(c, 12, ENTRIES + 10)));
    if (!withoutFile) await c.tamper(sql`delete from audit_checkpoints where workspace_id = ${c.id}`);
    expect(await c.found({ withoutFile })).toEqual([`rewritten 1-${ENTRIES}`]);
  }
});

test('between two checkpoints it says so: what was signed before is in order', async () => {
  let time = Date.now();
  const c = await chain({ now: () => new Date(time) });
  await c.keeper.signDue();
  await c.add(10);
  time += 11 * 60_000;
  await c.keeper.signDue();
  await c.tamper(sql`update audit_entries set ip = '192.0.2.9' where workspace_id = ${c.id} and seq = ${ENTRIES + 4}`);
  await c.tamper(...(await rehash(c, ENTRIES + 4, ENTRIES + 10)));
  expect(await c.found()).toEqual([`rewritten ${ENTRIES + 1}-${ENTRIES + 10}`]);
});

test('an end cut off after a checkpoint is found, with the checkpoints of the table cut off too', async () => {
  const c = await chain();
  await c.keeper.signDue();
  const cut = (seq: number) => [
    sql`delete from audit_entries where workspace_id = ${c.id} and seq > ${seq}`,
    sql`update audit_heads set seq = ${seq}, hash = coalesce((select hash from audit_entries
      where workspace_id = ${c.id} and seq = ${seq}), hash) where workspace_id = ${c.id}`,
  ];
  await c.tamper(...cut(15));
  expect(await c.found({ withoutFile: true })).toEqual([`truncated 16-${ENTRIES}`]);
  await c.tamper(sql`delete from audit_checkpoints where workspace_id = ${c.id}`);
  expect(await c.found({ withoutFile: true })).toEqual([]);
  expect(await c.found()).toEqual([`truncated 16-${ENTRIES}`]);

  await c.tamper(sql`delete from audit_entries where workspace_id = ${c.id}`);
  await c.tamper(sql`delete from audit_heads where workspace_id = ${c.id}`);
  const { checkpoints } = await readCheckpoints(c.file);
  const all = await verifyAudit({ db: c.db, checkpoints: { key: c.key, exported: checkpoints } });
  expect(all.workspaces.find((one) => one.workspaceId === c.id)?.problems).toMatchObject([
    { kind: 'truncated', seq: 1, toSeq: ENTRIES },
  ]);
});

test('a checkpoint that was not signed here is told, and what it says is not believed', async () => {
  const c = await chain();
  await c.keeper.signDue();
  const forged = createCheckpointKey('another secret, also 32 characters or more').sign({
    workspaceId: c.id,
    seq: 7,
    kind: 'start',
    hash: Buffer.alloc(32, 7),
    at: Date.now(),
  });
  await c.tamper(
    sql`insert into audit_checkpoints (workspace_id, seq, kind, hash, at, signature)
      values (${c.id}, 7, 'start', ${forged.hash}, ${new Date(forged.at)}, ${forged.signature})`,
  );
  expect(await c.found()).toEqual(['forged_checkpoint 7']);
  for (const change of [sql`seq = seq - 1`, sql`at = at + interval '1 microsecond'`, sql`kind = 'start'`]) {
    const d = await chain();
    await d.keeper.signDue();
    await d.tamper(sql`update audit_checkpoints set ${change} where workspace_id = ${d.id}`);
    expect((await d.found()).map((problem) => problem.split(' ')[0])).toEqual(['forged_checkpoint']);
  }
});

test('a secret that was replaced vouches for what the one before signed, and nobody else does', async () => {
  const c = await chain();
  await c.keeper.signDue();
  const [next, third] = ['second', 'third'].map((n) => createCheckpointKey(`the ${n} secret of this test, 32 or more`));
  if (!next || !third) throw new Error('no keys');
  const { checkpoints: exported } = await readCheckpoints(c.file);
  const kinds = async (key: typeof next) => {
    const { workspaces } = await verifyAudit({ db: c.db, workspaceId: c.id, checkpoints: { key, exported } });
    return workspaces.flatMap((one) => one.problems.map((problem) => problem.kind));
  };
  expect(await kinds(next)).toEqual(['forged_checkpoint', 'forged_checkpoint']);
  const { public_key, vouched_by } = next.vouchFor(c.key);
  const vouched = (signature: Buffer) =>
    sql`insert into audit_keys values (${public_key}, ${vouched_by}, ${signature})
      on conflict (public_key) do update set signature = ${signature}`.execute(c.db);
  await vouched(third.vouchFor(c.key).signature);
  expect(await kinds(next)).toEqual(['forged_checkpoint', 'forged_checkpoint']);
  await vouched(next.vouchFor(c.key).signature);
  expect(await kinds(next)).toEqual([]);
  const log = { error: () => {} };
  const now = () => new Date();
  const keeper = createAuditKeeper({ db: c.db, key: third, previousKey: next, file: c.file, days: null, now, log });
  await keeper.start();
  await keeper.stop();
  expect(await kinds(third)).toEqual([]);
  await sql`delete from audit_keys`.execute(c.db);
});

test('an entry put at the end past the server, and a removed head, are found', async () => {
  const c = await chain();
  const copy = sql`insert into audit_entries select workspace_id, seq + 1, gen_random_uuid(), at, environment, actor_kind,
    actor_id, actor_label, ip, user_agent, request_id, action, target_type, target_id, target_name, before, after, hash, hash
    from audit_entries where workspace_id = ${c.id} and seq = ${ENTRIES}`;
  await c.tamper(copy);
  expect(await c.found()).toEqual([`added ${ENTRIES + 1}`]);
  await c.tamper(sql`delete from audit_heads where workspace_id = ${c.id}`);
  expect((await c.found())[0]).toBe('head 0');
});

test('what is done to one workspace is no problem of another', async () => {
  const [c, other] = [await chain(), await chain()];
  await c.tamper(sql`delete from audit_entries where workspace_id = ${c.id} and seq = 3`);
  expect((await other.verify()).ok).toBe(true);
  const all = await verifyAudit({ db: c.db, checkpoints: { key: c.key, exported: [] } });
  expect(all.ok).toBe(false);
  expect(all.workspaces.find((one) => one.workspaceId === other.id)?.ok).toBe(true);
  await c.tamper(
    ...['audit_entries', 'audit_heads'].map(
      (table) => sql`delete from ${sql.table(table)} where workspace_id = ${c.id}`,
    ),
  );
});

test('a part at a time finds the same', async () => {
  const c = await chain();
  await c.tamper(sql`update audit_entries set ip = '192.0.2.9' where workspace_id = ${c.id} and seq = 13`);
  const first = await c.verify({ maxEntries: 8 });
  expect(first).toMatchObject({ ok: true, complete: false, entries: 8, lastSeq: 8 });
  const second = await c.verify({ fromSeq: first.lastSeq + 1, maxEntries: 8 });
  expect(second).toMatchObject({ ok: false, complete: false, problems: [{ kind: 'altered', seq: 13 }] });
  expect(await c.verify({ fromSeq: 17 })).toMatchObject({ ok: true, complete: true, entries: 4 });
});
