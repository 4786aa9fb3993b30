import { PgBoss } from 'pg-boss';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { testDatabase } from '../../test/support/database.ts';
import { createJobs } from './jobs.ts';

test('a job runs beside other queries, and stopping waits for it', async () => {
  const { pool, db } = await testDatabase();
  const ran = Promise.withResolvers<void>();
  const { promise: release, resolve: finish } = Promise.withResolvers<void>();
  let finished = false;
  const jobs = createJobs({
    pool,
    log: pino({ level: 'silent' }),
    pollSeconds: 1,
    jobs: [
      {
        name: 'test-job',
        cron: '0 0 1 1 *',
        async run() {
          ran.resolve();
          await release;
          finished = true;
        },
      },
    ],
  });
  await jobs.start();
  const sender = new PgBoss({
    schema: 'pgboss',
    schedule: false,
    supervise: false,
    migrate: false,
    db: { executeSql: (text, values) => pool.query(text, values) },
  });
  await sender.start();
  await sender.send('test-job', {});
  await ran.promise;
  // The one session of the embedded engine is free while a job runs.
  await db.selectFrom('workspaces').select('id').limit(1).execute();
  setTimeout(finish, 200);
  await jobs.stop();
  expect(finished).toBe(true);
  await sender.stop();
});
