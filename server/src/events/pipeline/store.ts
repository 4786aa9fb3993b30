/** The event feature's own stages: dedupe and the event store. All their SQL. */
import { sql } from 'kysely';
import type { Tx } from '../../db/tx.ts';
import { messageHash } from '../log/normalise.ts';
import { refusalOf } from '../refusal.ts';
import type { RefusedEvent, Stage, TrackedEvent } from '../types.ts';

export const dedupeStage: Stage = {
  name: 'dedupe',
  async run(tx, batch) {
    if (batch.events.length === 0) return;
    const keys = new Map<string, { sourceId: string; hash: Buffer }>();
    const keyed = batch.events.map((event) => {
      const hash = messageHash(event.messageId);
      const key = event.sourceId + hash.toString('hex');
      keys.set(key, { sourceId: event.sourceId, hash });
      return { event, key };
    });
    // Sorted, so that two processes with the same ids wait for each other instead of deadlocking.
    const sorted = [...keys].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
    const { rows } = await sql<{ source_id: string; hash: string }>`
      insert into seen_messages (source_id, message_hash)
      select s, decode(h, 'hex') from unnest(${sorted.map((k) => k.sourceId)}::uuid[], ${sorted.map((k) => k.hash.toString('hex'))}::text[]) as t(s, h)
      on conflict do nothing
      returning source_id, encode(message_hash, 'hex') as hash`.execute(tx);
    const fresh = new Set(rows.map((row) => row.source_id + row.hash));
    const events: TrackedEvent[] = [];
    for (const { event, key } of keyed) {
      // Deleting makes the second copy within this batch a duplicate too.
      if (fresh.delete(key)) events.push(event);
      else batch.refused.push(refusalOf(event, DUPLICATE));
    }
    batch.events = events;
  },
};

const DUPLICATE = {
  outcome: 'duplicate',
  code: 'duplicate',
  reason: 'This source sent the same messageId before.',
} as const;

export const storeStage: Stage = {
  name: 'store',
  async run(tx, batch) {
    const count = batch.events.length + batch.refused.length;
    if (count === 0) return;
    const { rows } = await sql<{
      id: number;
    }>`select nextval('event_ids') as id from generate_series(1, ${count})`.execute(tx);
    const ids = rows.map((row) => row.id);
    for (const [index, event] of batch.events.entries()) event.id = ids[index] ?? 0;
    await insertEvents(tx, batch.events);
    await insertRefused(tx, batch.refused, ids.slice(batch.events.length));
  },
};

async function insertEvents(tx: Tx, events: readonly TrackedEvent[]): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((event) => ({
    id: event.id,
    workspace_id: event.scope.workspaceId,
    environment: event.scope.environment,
    source_id: event.sourceId,
    message_id: event.messageId,
    type: event.type,
    name: event.name,
    profile_id: event.profileId,
    user_id: event.userId,
    anonymous_id: event.anonymousId,
    occurred_at: event.occurredAt,
    received_at: event.receivedAt,
    payload: event.payload,
  }));
  await sql`
    insert into events (id, workspace_id, environment, source_id, message_id, type, name, profile_id, user_id, anonymous_id,
      occurred_at, received_at, payload)
    select * from json_to_recordset(${JSON.stringify(rows)}::json) as t(id bigint, workspace_id uuid, environment text,
      source_id uuid, message_id text, type text, name text, profile_id uuid, user_id text, anonymous_id text,
      occurred_at timestamptz, received_at timestamptz, payload jsonb)`.execute(tx);
}

async function insertRefused(tx: Tx, refused: readonly RefusedEvent[], ids: readonly number[]): Promise<void> {
  if (refused.length === 0) return;
  const rows = refused.map((item, index) => ({
    id: ids[index],
    workspace_id: item.scope.workspaceId,
    environment: item.scope.environment,
    source_id: item.sourceId,
    outcome: item.outcome,
    code: item.code,
    reason: item.reason,
    message_id: item.messageId,
    type: item.type,
    name: item.name,
    payload: item.payload,
    received_at: item.receivedAt,
  }));
  await sql`
    insert into refused_events (id, workspace_id, environment, source_id, outcome, code, reason, message_id, type, name,
      payload, received_at)
    select * from json_to_recordset(${JSON.stringify(rows)}::json) as t(id bigint, workspace_id uuid, environment text,
      source_id uuid, outcome text, code text, reason text, message_id text, type text, name text, payload text,
      received_at timestamptz)`.execute(tx);
}
