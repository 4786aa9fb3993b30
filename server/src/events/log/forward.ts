/** Appends what a stage made of its events for other sources, in the stage's own transaction: a repeated batch sends it once. */
import { sql } from 'kysely';
import type { Tx } from '../../db/tx.ts';
import type { ForwardedEvent } from '../types.ts';
import { type Entry, encodeChunk } from './chunk.ts';
import { partitionOf } from './partition.ts';

/** As many as one request may have, and of bytes as append.ts puts together: a row must stay readable. */
const ROW_EVENTS = 2_500;
const ROW_BYTES = 1024 * 1024;

export async function appendForwarded(tx: Tx, events: readonly ForwardedEvent[]): Promise<void> {
  let row: Entry[] = [];
  let [partitions, bytes] = [0, 0];
  const flush = async (): Promise<void> => {
    await sql`insert into event_log (partitions, events, body) values (${partitions}, ${row.length}, ${encodeChunk(row)})`.execute(
      tx,
    );
    row = [];
    [partitions, bytes] = [0, 0];
  };
  for (const sent of events) {
    const entry = entryOf(sent);
    row.push(entry);
    partitions |= 1 << partitionFor(sent);
    bytes += entry.body.length;
    if (row.length === ROW_EVENTS || bytes >= ROW_BYTES) await flush();
  }
  if (row.length > 0) await flush();
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
