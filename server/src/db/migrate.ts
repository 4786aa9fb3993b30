/** Applies server/migrations/NNNN_name.sql in order, each in a transaction of its own, forward only. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { sql } from 'kysely';
import type { Db } from './open.ts';
import { lockInTransaction, type Tx } from './tx.ts';

const DIRECTORY = new URL('../../migrations/', import.meta.url);

interface Migration {
  name: string;
  checksum: string;
  text: string;
}

/**
 * @returns the names that were applied now.
 * @throws Error when an applied migration's text changed, or the database is newer than this code.
 */
export async function migrate(db: Db, migrations: readonly Migration[] = readMigrations()): Promise<string[]> {
  await sql`create table if not exists migrations (
    name text primary key, checksum text not null, applied_at timestamptz not null default now())`.execute(db);
  const applied: string[] = [];
  for (const migration of migrations) {
    const ran = await db.transaction().execute((tx) => apply(tx, migration));
    if (ran) applied.push(migration.name);
  }
  const known = new Set(migrations.map((migration) => migration.name));
  const rows = await sql<{ name: string }>`select name from migrations`.execute(db);
  const unknown = rows.rows.find((row) => !known.has(row.name));
  if (unknown) throw new Error(`The database was migrated by a newer Headgate (${unknown.name}). Start that version.`);
  return applied;
}

async function apply(tx: Tx, migration: Migration): Promise<boolean> {
  await lockInTransaction(tx, 'migrations');
  const rows = await sql<{ checksum: string }>`select checksum from migrations where name = ${migration.name}`.execute(
    tx,
  );
  const row = rows.rows[0];
  if (row && row.checksum !== migration.checksum) {
    throw new Error(
      `Migration ${migration.name} was changed after it was applied. Migrations are forward only: add a new one.`,
    );
  }
  if (row) return false;
  await sql.raw(migration.text).execute(tx);
  await sql`insert into migrations (name, checksum) values (${migration.name}, ${migration.checksum})`.execute(tx);
  return true;
}

export function readMigrations(): Migration[] {
  return readdirSync(DIRECTORY)
    .filter((name) => /^\d{4}_.*\.sql$/.test(name))
    .sort()
    .map((name) => {
      const text = readFileSync(new URL(name, DIRECTORY), 'utf8');
      return { name: name.replace(/\.sql$/, ''), text, checksum: createHash('sha256').update(text).digest('hex') };
    });
}
