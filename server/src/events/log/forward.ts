/** Appends what a stage made of its events for other sources, in the stage's own transaction: a repeated batch sends it once. */
import { sql } from 'kysely';
import type { Tx } from '../../db/tx.ts';
import type { ForwardedEvent } from '../types.ts';
import { type Entry, encodeChunk } from './chunk.ts';
import { partitionOf } from './partition.ts';

/** As many as one request may have. */
const ROW_EVENTS = 2_500;

export async function appendForwarded(tx: Tx, events: readonly ForwardedEvent[]): Promise<void> {
  for (let from = 0; from < events.length; from += ROW_EVENTS) {
    const some = events.slice(from, from + ROW_EVENTS);
    const partitions = some.reduce((bits, sent) => bits | (1 << partitionFor(sent)), 0);
    const body = encodeChunk(some.map(entryOf));
    await sql`insert into event_log (partitions, events, body) values (${partitions}, ${some.length}, ${body})`.execute(
      tx,
    );
  }
}

function partitionFor({ event, payload }: ForwardedEvent): number {
  return partitionOf(event.scope.workspaceId, payload['anonymousId'], payload['userId']);
}

function entryOf({ event, sourceId, type, payload }: ForwardedEvent): Entry {
  const receivedAt = event.receivedAt.getTime();
  const context = payload['context'] as { ip?: unknown } | undefined;
  const ip = typeof context?.ip === 'string' ? context.ip : '';
  const header = { ...event.scope, sourceId, receivedAt, ip, kind: type, forwarded: true as const };
  return { header, body: Buffer.from(JSON.stringify(payload)) };
}
