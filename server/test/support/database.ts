/**
 * One migrated database for each test worker: the embedded one in a temporary directory, or with DATABASE_URL a new
 * database on that server. Tests share it and keep apart by making a workspace each; nothing is ever truncated.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../../src/db/migrate.ts';
import { type Database, openDatabase } from '../../src/db/open.ts';
import type { Environment, Scope } from '../../src/db/tx.ts';
import { newId } from '../../src/ids.ts';

// Files share a process and module registry may not be shared between them, so the one place is the global object.
const holder: typeof globalThis & { headgateTestDatabase?: Promise<Database> } = globalThis;

export function testDatabase(): Promise<Database> {
  holder.headgateTestDatabase ??= newDatabase();
  return holder.headgateTestDatabase;
}

/** One for a test that must be alone: a delivery worker takes what is pending of everyone. The test closes it. */
export async function newDatabase(): Promise<Database> {
  const dataDir = mkdtempSync(join(tmpdir(), 'headgate-test-'));
  process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }));
  const server = process.env['DATABASE_URL'];
  const database = await openDatabase({ databaseUrl: server ? await createDatabaseOn(server) : null, dataDir });
  await migrate(database.db);
  return database;
}

/**
 * A new, empty database. Names carry the process id, so that leftovers of ended workers can be told and dropped.
 * @returns its URL.
 */
export async function createDatabaseOn(server: string): Promise<string> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>(
      `select datname from pg_database where datname ~ '^headgate_test_[0-9]+_[0-9a-f]+$'`,
    );
    for (const { datname } of rows) {
      if (!isRunning(Number(datname.split('_')[2]))) {
        await client.query(`drop database if exists ${datname} with (force)`);
      }
    }
    const name = `headgate_test_${process.pid}_${randomBytes(4).toString('hex')}`;
    await client.query(`create database ${name}`);
    const url = new URL(server);
    url.pathname = `/${name}`;
    return url.href;
  } finally {
    await client.end();
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A new, empty workspace. */
export async function newScope(database: Database, environment: Environment = 'live'): Promise<Scope> {
  const workspaceId = newId();
  await database.db
    .insertInto('workspaces')
    .values({ id: workspaceId, slug: `w-${workspaceId}`, name: 'Test workspace' })
    .execute();
  return { workspaceId, environment };
}
