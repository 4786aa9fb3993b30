/** All SQL of deliveries and their attempts. */
import { sql } from 'kysely';
import { storableText } from '../db/text.ts';
import type { Executor, Scope, Tx } from '../db/tx.ts';
import type { TrackedEvent } from '../events/types.ts';
import { countDeliveries, countedAs } from './metrics/counting.ts';

export type DeliveryState = 'pending' | 'delivered' | 'failed' | 'captured';

/** What the worker keeps of a pending delivery. Times in ms since 1970. */
export interface PendingRow {
  readonly id: number;
  readonly destination_id: string;
  readonly profile_id: string;
  readonly event_id: number;
  readonly attempts: number;
  readonly next_attempt_at: number;
  readonly created_at: number;
}

export interface DeliveryRow {
  id: number;
  event_id: number;
  destination_id: string;
  profile_id: string;
  state: DeliveryState;
  attempts: number;
  next_attempt_at: Date;
  created_at: Date;
  finished_at: Date | null;
  last_status: number | null;
  last_error: string | null;
}

export interface AttemptRow {
  attempt: number;
  started_at: Date;
  duration_ms: number;
  status: number | null;
  error: string | null;
  response: string | null;
}

const PENDING = sql`id, destination_id, profile_id, event_id, attempts,
  (extract(epoch from next_attempt_at) * 1000)::float8 as next_attempt_at,
  (extract(epoch from created_at) * 1000)::float8 as created_at`;

export interface NewDelivery {
  readonly scope: Scope;
  readonly eventId: number;
  readonly destinationId: string;
  readonly profileId: string;
  readonly sourceId: string;
  /** Under which names its event is counted. */
  readonly counted: TrackedEvent['counted'];
}

export async function insertDeliveries(tx: Tx, rows: readonly NewDelivery[]): Promise<void> {
  // In this order: the ids a person's deliveries get are the order they are sent in.
  await sql`
    insert into deliveries (workspace_id, environment, event_id, destination_id, profile_id, source_id, event_type,
      event_name, app_version)
    select w, e, v, d, p, s, t, n, a from unnest(
      ${rows.map((row) => row.scope.workspaceId)}::uuid[], ${rows.map((row) => row.scope.environment)}::text[],
      ${rows.map((row) => row.eventId)}::bigint[], ${rows.map((row) => row.destinationId)}::uuid[],
      ${rows.map((row) => row.profileId)}::uuid[], ${rows.map((row) => row.sourceId)}::uuid[],
      ${rows.map((row) => row.counted?.type ?? '')}::text[], ${rows.map((row) => row.counted?.name ?? '')}::text[],
      ${rows.map((row) => row.counted?.version ?? '')}::text[]) with ordinality as r(w, e, v, d, p, s, t, n, a, position)
    order by position`.execute(tx);
}

/**
 * Moves what is pending of people who were merged into others, and notes it for the process that delivers.
 * Rows are locked in the order of their ids, as recordOutcomes does.
 */
export async function repoint(tx: Tx, merges: readonly { loserId: string; winnerId: string }[]): Promise<void> {
  const losers = merges.map((merge) => merge.loserId);
  const winners = merges.map((merge) => merge.winnerId);
  await sql`
    with merged as materialized (
      select * from unnest(${losers}::uuid[], ${winners}::uuid[]) with ordinality as t(loser, winner, position)),
    waiting as materialized (
      select id from deliveries where profile_id = any(${losers}::uuid[]) and state = 'pending' order by id for update),
    moved as (
      update deliveries set profile_id = merged.winner from merged
      where deliveries.profile_id = merged.loser and id = any(array(select id from waiting))
      returning destination_id, loser, winner, position)
    insert into delivery_merges (destination_id, loser_id, winner_id)
    select destination_id, loser, winner from (select distinct destination_id, loser, winner, position from moved) m
    order by position`.execute(tx);
}

/** Takes the notes of repoint. Called after scanPending, so that it knows of every merge before the rows that were read. */
export async function takeMerges(
  executor: Executor,
): Promise<{ destination_id: string; loser_id: string; winner_id: string }[]> {
  const { rows } = await sql<{ id: number; destination_id: string; loser_id: string; winner_id: string }>`
    delete from delivery_merges returning id, destination_id, loser_id, winner_id`.execute(executor);
  return rows.sort((a, b) => a.id - b.id);
}

/** For each destination its pending rows after an id, in order, at most `limit` each. */
export async function scanPending(
  executor: Executor,
  destinations: readonly { id: string; after: number; limit: number }[],
): Promise<PendingRow[]> {
  const { rows } = await sql<PendingRow>`
    select d.* from unnest(${destinations.map((one) => one.id)}::uuid[], ${destinations.map((one) => one.after)}::bigint[],
      ${destinations.map((one) => one.limit)}::int[]) as t(destination, after, lim)
    cross join lateral (
      select ${PENDING} from deliveries
      where destination_id = t.destination and state = 'pending' and id > t.after
      order by destination_id, id limit t.lim) d
    order by d.id`.execute(executor);
  return rows;
}

/** For each (destination, person) its pending rows between two ids, in order, at most `limit` each. */
export async function loadLanes(
  executor: Executor,
  lanes: readonly { destinationId: string; profileId: string; after: number; through: number }[],
  limit: number,
): Promise<PendingRow[]> {
  const { rows } = await sql<PendingRow>`
    select d.* from unnest(
      ${lanes.map((lane) => lane.destinationId)}::uuid[], ${lanes.map((lane) => lane.profileId)}::uuid[],
      ${lanes.map((lane) => lane.after)}::bigint[], ${lanes.map((lane) => lane.through)}::bigint[])
      as t(destination, profile, after, through)
    cross join lateral (
      select ${PENDING} from deliveries
      where profile_id = t.profile and destination_id = t.destination and state = 'pending'
        and id > t.after and id <= t.through
      order by profile_id, destination_id, id limit ${limit}) d
    order by d.id`.execute(executor);
  return rows;
}

/** Ids of destinations with pending rows: one index probe each, however many rows there are. */
export async function pendingDestinations(executor: Executor): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive found(id) as (
      (select destination_id from deliveries where state = 'pending' order by destination_id limit 1)
      union all
      select (select destination_id from deliveries where state = 'pending' and destination_id > found.id
        order by destination_id limit 1) from found where found.id is not null)
    select id from found where id is not null`.execute(executor);
  return rows.map((row) => row.id);
}

export async function failPending(executor: Executor, destinationIds: readonly string[], error: string): Promise<void> {
  await sql`
    with counted as (
      update deliveries set state = 'failed', finished_at = now(), last_error = ${error}
      where destination_id = any(${destinationIds}::uuid[]) and state = 'pending'
      returning workspace_id, environment, source_id, destination_id, event_type, event_name, app_version,
        'failed' as step, 'discarded_destination_deleted' as reason, finished_at as at, 0 as waited_ms)
    ${countDeliveries}`.execute(executor);
}

/** What a destination gets in place of an event that filters or transformations changed for it. */
export async function insertPayloads(
  tx: Tx,
  rows: readonly { scope: Scope; eventId: number; destinationId: string; payload: string }[],
): Promise<void> {
  await sql`
    insert into delivery_payloads (workspace_id, event_id, destination_id, payload)
    select * from unnest(
      ${rows.map((row) => row.scope.workspaceId)}::uuid[], ${rows.map((row) => row.eventId)}::bigint[],
      ${rows.map((row) => row.destinationId)}::uuid[], ${rows.map((row) => row.payload)}::jsonb[])`.execute(tx);
}

/** In the order that was asked: what a destination gets of an event, as JSON text. undefined: the event is gone. */
export async function readPayloads(
  executor: Executor,
  wanted: readonly Pick<PendingRow, 'event_id' | 'destination_id'>[],
): Promise<(string | undefined)[]> {
  const events = [...new Set(wanted.map((one) => one.event_id))];
  const { rows } = await sql<{ id: number; destination_id: string | null; payload: string }>`
    select id, null as destination_id, payload::text as payload from events where id = any(${events}::bigint[])
    union all
    select p.event_id, p.destination_id, p.payload::text from delivery_payloads p
    join unnest(${wanted.map((one) => one.event_id)}::bigint[], ${wanted.map((one) => one.destination_id)}::uuid[])
      as t(event, destination) on p.event_id = t.event and p.destination_id = t.destination`.execute(executor);
  const stored = new Map<number, string>();
  const changed = new Map<string, string>();
  for (const { id, destination_id, payload } of rows) {
    if (destination_id === null) stored.set(id, payload);
    else changed.set(`${id} ${destination_id}`, payload);
  }
  // An event that was deleted is not sent in its changed form either.
  return wanted.map(({ event_id, destination_id }) =>
    stored.has(event_id) ? (changed.get(`${event_id} ${destination_id}`) ?? stored.get(event_id)) : undefined,
  );
}

export interface Outcome {
  readonly id: number;
  readonly state: DeliveryState;
  /** Attempts made so far, this one included. */
  readonly attempts: number;
  /** ms; of a delivery that stays pending. */
  readonly nextAttemptAt: number | null;
  /** The attempt that led here; null when there was none (captured, deleted). */
  readonly attempt: { startedAt: number; durationMs: number; response: string | null } | null;
  readonly status: number | null;
  readonly error: string | null;
}

/**
 * Attempts, new states and counts of many deliveries in one statement. One that is finished already keeps its state.
 * `= any(array(…))` and `finished_at is null` make PostgreSQL go by primary key: with joins and the partial indexes in
 * reach it read the whole table, 13 ms instead of 2 at 20,000 rows.
 */
export async function recordOutcomes(executor: Executor, outcomes: readonly Outcome[], now: number): Promise<void> {
  const rows = outcomes.map((outcome) => ({
    id: outcome.id,
    state: outcome.state,
    attempts: outcome.attempts,
    next_attempt_at: outcome.nextAttemptAt === null ? null : new Date(outcome.nextAttemptAt),
    finished_at: outcome.state === 'pending' ? null : new Date(now),
    status: outcome.status,
    error: storable(outcome.error),
    started_at: outcome.attempt === null ? null : new Date(outcome.attempt.startedAt),
    duration_ms: outcome.attempt === null ? null : Math.round(outcome.attempt.durationMs),
    response: storable(outcome.attempt?.response ?? null),
    ...countedAs(outcome),
    at: new Date(now),
  }));
  await sql`
    with o as materialized (
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as t(id bigint, state text, attempts integer,
        next_attempt_at timestamptz, finished_at timestamptz, status integer, error text, started_at timestamptz,
        duration_ms integer, response text, step text, reason text, at timestamptz)),
    locked as materialized (
      select id from deliveries where id = any(array(select id from o)) order by id for update),
    changed as (
      update deliveries d set state = o.state, attempts = o.attempts, finished_at = o.finished_at,
        next_attempt_at = coalesce(o.next_attempt_at, d.next_attempt_at), last_status = o.status, last_error = o.error
      from o where d.id = o.id and d.finished_at is null and d.id = any(array(select id from locked))
      returning d.id, d.workspace_id, d.environment, d.source_id, d.destination_id, d.event_type, d.event_name,
        d.app_version, d.created_at),
    attempted as (
      insert into delivery_attempts (delivery_id, attempt, started_at, duration_ms, status, error, response)
      select id, attempts, started_at, duration_ms, status, error, response
      from o where started_at is not null and id in (select id from locked)
      on conflict do nothing),
    counted as (
      select changed.*, o.step, o.reason, o.at,
        case when o.step = 'delivered' then greatest(0, extract(epoch from o.at - changed.created_at) * 1000)::bigint else 0 end
          as waited_ms
      from changed join o using (id))
    ${countDeliveries}`.execute(executor);
}

function storable(text: string | null): string | null {
  return text === null ? null : storableText(text);
}

const DELIVERY = [
  'id',
  'event_id',
  'destination_id',
  'profile_id',
  'state',
  'attempts',
  'next_attempt_at',
  'created_at',
  'finished_at',
  'last_status',
  'last_error',
] as const;

/** Totals are counted no further than this: a destination may have millions. */
const COUNTED = 10_000;

export async function listDeliveries(
  executor: Executor,
  scope: Scope,
  filter: { destinationId: string; state: DeliveryState | null; limit: number; beforeId: number | null },
): Promise<{ rows: DeliveryRow[]; total: number }> {
  let query = executor
    .selectFrom('deliveries')
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where('destination_id', '=', filter.destinationId);
  if (filter.state !== null) query = query.where('state', '=', filter.state);
  const counted = executor
    .selectFrom(query.select('id').limit(COUNTED).as('some'))
    .select((eb) => eb.fn.countAll<number>().as('total'));
  let page = query.select(DELIVERY).orderBy('id', 'desc').limit(filter.limit);
  if (filter.beforeId !== null) page = page.where('id', '<', filter.beforeId);
  const rows = await page.execute();
  return { rows, total: (await counted.executeTakeFirstOrThrow()).total };
}

export async function findDelivery(executor: Executor, scope: Scope, id: number): Promise<DeliveryRow | undefined> {
  return executor
    .selectFrom('deliveries')
    .select(DELIVERY)
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function listAttempts(executor: Executor, deliveryId: number): Promise<AttemptRow[]> {
  return executor
    .selectFrom('delivery_attempts')
    .select(['attempt', 'started_at', 'duration_ms', 'status', 'error', 'response'])
    .where('delivery_id', '=', deliveryId)
    .orderBy('attempt')
    .execute();
}

export async function deliveriesOfEvents(
  executor: Executor,
  scope: Scope,
  eventIds: readonly number[],
): Promise<DeliveryRow[]> {
  return executor
    .selectFrom('deliveries')
    .select(DELIVERY)
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where('event_id', 'in', eventIds)
    .orderBy('id')
    .execute();
}
