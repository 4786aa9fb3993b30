import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { startPostgres } from '../../test/support/processes/postgres.ts';
import { openDatabase } from './open.ts';

const postgres = await startPostgres();

test.skipIf(!postgres)(
  'a server that drops a connection in a transaction fails that transaction and nothing else',
  async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'headgate-open-'));
    const database = await openDatabase({ databaseUrl: postgres?.url ?? '', dataDir });
    const work = database.db.transaction().execute(async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
      await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(database.db);
      // Between two statements: the break has no query to fail, and an error nobody hears would end the process.
      await new Promise((done) => setTimeout(done, 100));
      await sql`select 1`.execute(tx);
    });
    await expect(work).rejects.toThrow();
    expect((await sql<{ one: number }>`select 1 as one`.execute(database.db)).rows).toEqual([{ one: 1 }]);
    await database.close();
    await postgres?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  },
);
