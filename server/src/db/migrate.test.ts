/** Migrations run once, in order, each whole or not at all; a changed one and a newer database are refused. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate, readMigrations } from './migrate.ts';
import { type Database, openDatabase } from './open.ts';

// An embedded database of its own on both engines: what is tried here would spoil the one that tests share.
const dataDir = mkdtempSync(join(tmpdir(), 'headgate-migrate-'));
let database: Database;

beforeAll(async () => {
  database = await openDatabase({ databaseUrl: null, dataDir });
});

afterAll(async () => {
  await database.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const first = { name: '0001_first', checksum: 'a', text: 'create table fruits (name text primary key);' };
const second = { name: '0002_second', checksum: 'b', text: "insert into fruits values ('apple'); select 1;" };

async function fruits(): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from fruits order by name`.execute(database.db);
  return rows.map((row) => row.name);
}

test('each migration runs once and is remembered', async () => {
  expect(await migrate(database.db, [first])).toEqual(['0001_first']);
  expect(await migrate(database.db, [first, second])).toEqual(['0002_second']);
  expect(await migrate(database.db, [first, second])).toEqual([]);
  expect(await fruits()).toEqual(['apple']);
});

test('a migration that was changed after it was applied is refused', async () => {
  await expect(migrate(database.db, [first, { ...second, checksum: 'c' }])).rejects.toThrow(
    'Migration 0002_second was changed after it was applied',
  );
  expect(await fruits()).toEqual(['apple']);
});

test('a database that a newer version migrated is refused', async () => {
  await expect(migrate(database.db, [first])).rejects.toThrow('migrated by a newer Headgate (0002_second)');
});

test('a migration that fails leaves nothing of itself, and runs when it is mended', async () => {
  const broken = { name: '0003_third', checksum: 'd', text: "insert into fruits values ('pear'); select nonsense;" };
  await expect(migrate(database.db, [first, second, broken])).rejects.toThrow('nonsense');
  expect(await fruits()).toEqual(['apple']);
  const mended = { ...broken, checksum: 'e', text: "insert into fruits values ('plum');" };
  expect(await migrate(database.db, [first, second, mended])).toEqual(['0003_third']);
  expect(await fruits()).toEqual(['apple', 'plum']);
});

test('the migrations of this version are numbered without gaps', () => {
  const numbers = readMigrations().map((migration) => Number(migration.name.slice(0, 4)));
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
});
