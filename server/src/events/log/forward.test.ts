/** What a stage sends on can be read back, however much it is together. */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { newScope, testDatabase } from '../../../test/support/database.ts';
import { newId } from '../../ids.ts';
import { decodeChunk } from './chunk.ts';
import { appendForwarded } from './forward.ts';

test('rows stay as small as those of requests', async () => {
  const database = await testDatabase();
  const scope = await newScope(database);
  const event = { scope, receivedAt: new Date() };
  const payload = { type: 'track', event: 'Big', userId: 'ada', text: 'a'.repeat(60_000) } as const;
  const sent = Array.from({ length: 100 }, () => ({ event, sourceId: newId(), type: 'track' as const, payload }));
  await database.db.transaction().execute(async (tx) => {
    await appendForwarded(tx, sent);
    const { rows } = await sql<{ events: number; body: Buffer }>`
      delete from event_log where tx = pg_current_xact_id() returning events, body`.execute(tx);
    const chunks = rows.map(({ events, body }) => ({ events, entries: decodeChunk(body).entries }));
    expect(chunks.reduce((sum, { entries }) => sum + entries.length, 0)).toBe(100);
    for (const { events, entries } of chunks) {
      expect(entries).toHaveLength(events);
      expect(entries.reduce((sum, { body }) => sum + body.length, 0)).toBeLessThan(1_200_000);
    }
  });
});
