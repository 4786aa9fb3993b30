/** What many destinations get of a batch is written in bounded pieces, and nothing is lost between them. */
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { newScope, testDatabase } from '../../test/support/database.ts';
import { eventOf } from '../../test/support/events.ts';
import type { LiveDestination } from '../connections/destinations/live.ts';
import { createConnections } from '../connections/service.ts';
import { inTransaction } from '../db/tx.ts';
import { newId } from '../ids.ts';
import { createMetrics } from '../metrics.ts';
import { createOutboundHttp } from '../outbound/http.ts';
import { createDelivery } from './service.ts';

test('a form of each event for each destination, more than one statement holds', async () => {
  const database = await testDatabase();
  const { db } = database;
  const scope = await newScope(database);
  const log = pino({ level: 'silent' });
  const now = () => new Date();
  const connections = createConnections({ db, secret: 'x'.repeat(32), log, now, checkUrl: (url) => url });
  const target = { key: '', url: 'https://example.com/', method: 'POST' as const, headers: {}, trigger: null };
  const ids = [newId(), newId(), newId()];
  const destinations = ids.map((id) => ({ id, scope, targetsOf: () => [target] }) as unknown as LiveDestination);
  const delivery = createDelivery({
    database,
    connections: { ...connections, destinationsOf: () => destinations },
    http: createOutboundHttp({ allowPrivateNetwork: true }),
    metrics: createMetrics({ process: false }),
    decide: ({ id }) => ({ payload: { id, text: 'a'.repeat(60_000) } }),
    ...{ log, now },
  });
  const first = Date.now() * 1_000;
  const events = Array.from({ length: 60 }, (_, n) =>
    Object.assign(eventOf(scope, { userId: 'ada' }), { id: first + n, profileId: newId() }),
  );
  await inTransaction(db, (tx) => delivery.stage.run(tx, { events, refused: [] }));
  const rows = await db
    .selectFrom('deliveries')
    .select('event_id')
    .where('destination_id', 'in', ids)
    .orderBy('id')
    .execute();
  expect(rows.map(({ event_id }) => event_id)).toEqual(events.flatMap(({ id }) => [id, id, id]));
  const payloads = await db
    .selectFrom('delivery_payloads')
    .select('event_id')
    .where('destination_id', 'in', ids)
    .execute();
  expect(payloads).toHaveLength(180);
});
