/** The embedded database: one process on a directory, and nothing that was committed is lost when it is killed. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, expect, test, vi } from 'vitest';
import { DataDirectoryInUse, startEmbedded } from './embedded.ts';
import { openDatabase } from './open.ts';
import { inTransaction } from './tx.ts';

// A start takes half a second on an idle machine and five on a busy one.
vi.setConfig({ testTimeout: 60_000 });

// One for all tests: making a new database takes most of a start's time.
const dataDir = mkdtempSync(join(tmpdir(), 'headgate-embedded-'));
const socketDir = mkdtempSync(join(tmpdir(), 'headgate-socket-'));

afterAll(() => {
  vi.resetConfig();
  for (const directory of [dataDir, socketDir]) rmSync(directory, { recursive: true, force: true });
});

test('what was committed is there after the database was killed twice', async () => {
  for (let round = 1; round <= 2; round++) {
    const child = await forkDatabase();
    const client = new pg.Client({ host: socketDir, user: 'postgres', database: 'postgres' });
    client.on('error', () => {});
    await client.connect();
    await client.query('create table if not exists kept (n integer primary key, filler text)');
    for (let n = 0; n < 50; n++) {
      await client.query('insert into kept values ($1, $2)', [round * 1000 + n, 'x'.repeat(2_000)]);
    }
    // A transaction that is open when the process dies must not show.
    await client.query('begin');
    await client.query('insert into kept values ($1)', [-round]);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await client.end().catch(() => {});
  }
  const database = await openDatabase({ databaseUrl: null, dataDir });
  const { rows } = await sql<{ count: number; least: number }>`
    select count(*) as count, min(n) as least from kept`.execute(database.db);
  await database.close();
  expect(rows).toEqual([{ count: 100, least: 1000 }]);
});

test('a second process on the same directory is refused, and the first goes on', async () => {
  const database = await openDatabase({ databaseUrl: null, dataDir });
  const refusal = await startEmbedded(dataDir).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(DataDirectoryInUse);
  expect(String(refusal)).toContain(`Another Headgate is running on ${dataDir}`);
  const { rows } = await sql<{ one: number }>`select 1 as one`.execute(database.db);
  expect(rows).toEqual([{ one: 1 }]);
  await database.close();
  // And the directory is free again once the first has stopped.
  await (await openDatabase({ databaseUrl: null, dataDir })).close();
});

test('statements and transactions that run at the same time do not get into each other', async () => {
  const { db, close } = await openDatabase({ databaseUrl: null, dataDir });
  await sql`create table notes (n integer primary key, note text)`.execute(db);
  const alone = (n: number) => sql`insert into notes values (${n}, ${`alone ${n}`.padEnd(20_000)})`.execute(db);
  const together = (n: number) =>
    inTransaction(db, async (tx) => {
      await sql`insert into notes values (${n})`.execute(tx);
      await sql`update notes set note = ${`together ${n}`} where n = ${n}`.execute(tx);
    });
  await Promise.all(Array.from({ length: 200 }, (_, n) => (n % 2 === 0 ? alone(n) : together(n))));
  const { rows } = await sql<{ note: string }>`select trim(note) as note from notes order by n`.execute(db);
  await close();
  expect(rows.map((row) => row.note)).toEqual(rows.map((_, n) => `${n % 2 === 0 ? 'alone' : 'together'} ${n}`));
  expect(rows).toHaveLength(200);
});

test('a database that was asked to stop is not reported as lost, and cleans up its socket', async () => {
  const embedded = await startEmbedded(dataDir);
  const { host } = embedded.connection;
  expect(statSync(host).mode & 0o777).toBe(0o700);
  let told = 0;
  embedded.onExit(() => told++);
  await embedded.stop();
  await expect.poll(() => existsSync(host)).toBe(false);
  expect(told).toBe(0);
});

test('the database ends with the process that started it', async () => {
  const child = await forkDatabase();
  const ended = once(child, 'exit');
  child.disconnect();
  await ended;
});

async function forkDatabase(): Promise<ChildProcess> {
  const args = [dataDir, join(socketDir, '.s.PGSQL.5432')];
  rmSync(join(socketDir, '.s.PGSQL.5432'), { force: true });
  const child = fork(new URL('./embedded-child.ts', import.meta.url), args, {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [message] = await once(child, 'message');
  expect(message).toEqual({ ready: true });
  return child;
}
