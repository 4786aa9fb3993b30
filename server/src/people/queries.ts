/** The statements of the identity stage: each takes a whole batch. Lists and lookups are in search.ts. */
import { sql } from 'kysely';
import type { Scope, Tx } from '../db/tx.ts';
import type { Identifier } from '../events/types.ts';

export interface IdentifierOwner {
  /** Place in the list asked for, from 0. */
  place: number;
  profile_id: string;
  created_at: Date;
  has_user: boolean;
}

/** Owners of known identifiers. */
export async function findOwners(
  tx: Tx,
  keys: readonly { scope: Scope; identifier: Identifier }[],
): Promise<IdentifierOwner[]> {
  const found = await sql<IdentifierOwner>`
    select (k.n - 1)::int as place, i.profile_id, p.created_at,
      exists (select from identifiers u where u.profile_id = i.profile_id and u.type = 'user_id') as has_user
    from unnest(
      ${keys.map((k) => k.scope.workspaceId)}::uuid[], ${keys.map((k) => k.scope.environment)}::text[],
      ${keys.map((k) => k.identifier.type)}::text[], ${keys.map((k) => k.identifier.value)}::text[]
    ) with ordinality k (workspace_id, environment, type, value, n)
    join identifiers i using (workspace_id, environment, type, value)
    join profiles p on p.id = i.profile_id`.execute(tx);
  return found.rows;
}

export interface StoredTraits {
  id: string;
  traits: Record<string, unknown>;
  trait_times: Record<string, number>;
  first_seen_at: Date;
  last_seen_at: Date;
}

export async function findTraits(tx: Tx, ids: readonly string[]): Promise<StoredTraits[]> {
  return tx
    .selectFrom('profiles')
    .select(['id', 'traits', 'trait_times', 'first_seen_at', 'last_seen_at'])
    .where('id', 'in', sql<string>`(select unnest(${[...ids]}::uuid[]))`)
    .execute();
}

export interface ProfileWrite {
  id: string;
  scope: Scope;
  /** JSON texts. */
  traits: string;
  traitTimes: string;
  /** ms */
  firstSeen: number;
  lastSeen: number;
  createdAt: number;
}

// Times travel as ms since 1970 and not as text: the year 0 of a broken clock is no PostgreSQL timestamp text.
const FROM_MS = sql.raw(`'epoch'::timestamptz + interval '1 millisecond' *`);

export async function insertProfiles(tx: Tx, rows: readonly ProfileWrite[]): Promise<void> {
  await sql`
    insert into profiles (id, workspace_id, environment, traits, trait_times, first_seen_at, last_seen_at, created_at)
    select id, workspace_id, environment, traits::jsonb, trait_times::jsonb,
      ${FROM_MS} first_seen, ${FROM_MS} last_seen, ${FROM_MS} created
    from unnest(
      ${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.scope.workspaceId)}::uuid[],
      ${rows.map((r) => r.scope.environment)}::text[], ${rows.map((r) => r.traits)}::text[],
      ${rows.map((r) => r.traitTimes)}::text[], ${rows.map((r) => r.firstSeen)}::float8[],
      ${rows.map((r) => r.lastSeen)}::float8[], ${rows.map((r) => r.createdAt)}::float8[]
    ) n (id, workspace_id, environment, traits, trait_times, first_seen, last_seen, created)`.execute(tx);
}

/** Traits and times as they shall stand. */
export async function updateProfiles(tx: Tx, rows: readonly ProfileWrite[]): Promise<void> {
  await sql`
    update profiles p set traits = n.traits::jsonb, trait_times = n.trait_times::jsonb,
      first_seen_at = ${FROM_MS} n.first_seen, last_seen_at = ${FROM_MS} n.last_seen
    from unnest(
      ${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.traits)}::text[], ${rows.map((r) => r.traitTimes)}::text[],
      ${rows.map((r) => r.firstSeen)}::float8[], ${rows.map((r) => r.lastSeen)}::float8[]
    ) n (id, traits, trait_times, first_seen, last_seen)
    where p.id = n.id`.execute(tx);
}

/** Only widens; a person already seen at that time is not written. */
export async function touchProfiles(
  tx: Tx,
  rows: readonly { id: string; firstSeen: number; lastSeen: number }[],
): Promise<void> {
  await sql`
    update profiles p set
      first_seen_at = least(p.first_seen_at, n.first_seen), last_seen_at = greatest(p.last_seen_at, n.last_seen)
    from (
      select id, ${FROM_MS} first_ms as first_seen, ${FROM_MS} last_ms as last_seen
      from unnest(
        ${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.firstSeen)}::float8[], ${rows.map((r) => r.lastSeen)}::float8[]
      ) k (id, first_ms, last_ms)
    ) n
    where p.id = n.id and (n.first_seen < p.first_seen_at or n.last_seen > p.last_seen_at)`.execute(tx);
}

/** Everything that pointed to a loser points to its winner afterwards, so no chain is ever longer than one step. */
export async function writeMerges(tx: Tx, merges: readonly { loserId: string; winnerId: string }[]): Promise<void> {
  const pairs = sql`unnest(${merges.map((m) => m.loserId)}::uuid[], ${merges.map((m) => m.winnerId)}::uuid[]) m (loser, winner)`;
  await sql`update identifiers i set profile_id = m.winner from ${pairs} where i.profile_id = m.loser`.execute(tx);
  await sql`update profiles p set merged_into = m.winner from ${pairs} where p.merged_into = m.loser`.execute(tx);
  // The winner holds the traits now; a second copy would only have to be found when the person is deleted.
  await sql`update profiles p set merged_into = m.winner, traits = '{}', trait_times = '{}'
    from ${pairs} where p.id = m.loser`.execute(tx);
}

/** New identifiers, and known ones that go to another person. Later in the list is newer. */
export async function pointIdentifiers(
  tx: Tx,
  rows: readonly { scope: Scope; identifier: Identifier; profileId: string }[],
): Promise<void> {
  await sql`
    insert into identifiers (workspace_id, environment, type, value, profile_id, created_at)
    select workspace_id, environment, type, value, profile_id, now() + interval '1 microsecond' * n
    from unnest(
      ${rows.map((r) => r.scope.workspaceId)}::uuid[], ${rows.map((r) => r.scope.environment)}::text[],
      ${rows.map((r) => r.identifier.type)}::text[], ${rows.map((r) => r.identifier.value)}::text[],
      ${rows.map((r) => r.profileId)}::uuid[]
    ) with ordinality k (workspace_id, environment, type, value, profile_id, n)
    on conflict (workspace_id, environment, type, value) do update set profile_id = excluded.profile_id`.execute(tx);
}
