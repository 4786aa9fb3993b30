import { pino } from 'pino';
import { expect, test } from 'vitest';
import { newScope, testDatabase } from '../../test/support/database.ts';
import { inTransaction } from '../db/tx.ts';
import { newId } from '../ids.ts';
import { insertDeliveries, type Outcome } from './queries.ts';
import { createRecorder } from './recorder.ts';

test('an outcome whose capture can never be stored holds up no other', async () => {
  const database = await testDatabase();
  const { db } = database;
  const scope = await newScope(database);
  const place = { scope, sourceId: newId(), counted: undefined };
  const rows = [1, 2, 3].map((eventId) => ({ ...place, eventId, destinationId: newId(), profileId: newId() }));
  await inTransaction(db, (tx) => insertDeliveries(tx, rows));
  const pending = await db
    .selectFrom('deliveries')
    .select('id')
    .where('workspace_id', '=', scope.workspaceId)
    .orderBy('id')
    .execute();
  const recorder = createRecorder({ db, now: () => new Date(), log: pino({ level: 'silent' }) });
  const captured = { kind: 'http' as const, summary: 'POST', content: {} };
  const outcomeOf = (id: number): Outcome => ({
    id,
    state: 'captured',
    attempts: 0,
    nextAttemptAt: null,
    attempt: null,
    status: null,
    error: null,
  });
  await Promise.all(
    pending.map(({ id }, n) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      // The second belongs to a workspace that is gone: its foreign key fails every time.
      const owner = n === 1 ? { ...scope, workspaceId: newId() } : scope;
      recorder.add({ outcome: outcomeOf(id), captured: { ...captured, scope: owner }, done: resolve });
      return promise;
    }),
  );
  await recorder.stop();
  const recorded = await db
    .selectFrom('deliveries')
    .select(['state', 'last_error'])
    .where('workspace_id', '=', scope.workspaceId)
    .orderBy('id')
    .execute();
  expect(recorded).toEqual([
    { state: 'captured', last_error: null },
    { state: 'captured', last_error: 'the answer could not be stored' },
    { state: 'captured', last_error: null },
  ]);
});
