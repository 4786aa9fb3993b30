/** Databases with many keys, for the benches of their verification. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { makeKey } from '../../server/src/access/keys/check/format.ts';
import { createKeyHashes } from '../../server/src/access/keys/check/hashes.ts';
import { readConfig } from '../../server/src/config.ts';
import { migrate } from '../../server/src/db/migrate.ts';
import { type Database, openDatabase } from '../../server/src/db/open.ts';
import { SCOPE, SECRET } from './shared.ts';

export interface Keys {
  readonly databaseUrl: string;
  readonly count: number;
  readonly texts: readonly string[];
}

/** An installation's database with this many keys, each with a limit that no bench reaches. */
export async function withKeys(databaseUrl: string, count: number): Promise<Keys> {
  const database: Database = await openDatabase(readConfig({ DATABASE_URL: databaseUrl }));
  const { db } = database;
  await migrate(db);
  const workspaceId = randomUUID();
  await db.insertInto('workspaces').values({ id: workspaceId, slug: 'bench', name: 'Bench' }).execute();
  const hashes = createKeyHashes(SECRET, null);
  const made = Array.from({ length: count }, () => makeKey('live'));
  for (let from = 0; from < count; from += 10_000) {
    const part = made.slice(from, from + 10_000);
    await sql`
      insert into api_keys (uuid, workspace_id, environment, public_id, lineage, hash, secret_id, name, scopes, rate_per_minute, revision)
      select gen_random_uuid(), ${workspaceId}, 'live', k.id, k.id, decode(k.hash, 'hex'), ${hashes.secretId}, 'bench', ${[SCOPE]}::text[], 1000000000, 2
      from unnest(${part.map((key) => key.publicId)}::text[], ${part.map((key) => hashes.hash(key.text).toString('hex'))}::text[]) as k (id, hash)`.execute(
      db,
    );
  }
  await database.close();
  return { databaseUrl, count, texts: made.map((key) => key.text) };
}
