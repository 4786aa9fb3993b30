/** All SQL of sessions, their refresh tokens, the counted tries and one-time tokens. None of it belongs to a workspace. */
import { sql } from 'kysely';
import type { Executor, Tx } from '../../../db/tx.ts';
import type { SecondFactor } from '../../principal.ts';

export interface NewSession {
  id: string;
  user_id: string;
  created_at: Date;
  last_used_at: Date;
  expires_at: Date;
  ip: string | null;
  network: string | null;
  user_agent: string | null;
  second_factor: SecondFactor | null;
  confirmed_at: Date;
}

export async function insertSession(tx: Tx, session: NewSession): Promise<void> {
  await tx.insertInto('sessions').values(session).execute();
}

export interface SessionRow extends NewSession {
  ended_at: Date | null;
}

export async function findSession(db: Executor, id: string): Promise<SessionRow | undefined> {
  return await db.selectFrom('sessions').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Those that live, last used first; of somebody with more, the newest hundred. */
export async function sessionsOf(db: Executor, userId: string, now: Date): Promise<SessionRow[]> {
  return await db
    .selectFrom('sessions')
    .selectAll()
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('last_used_at', 'desc')
    .limit(100)
    .execute();
}

/** @returns whether it lived until now. */
export async function endSession(tx: Tx, id: string, at: Date): Promise<boolean> {
  const ended = await tx
    .updateTable('sessions')
    .set({ ended_at: at })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return ended.numUpdatedRows > 0n;
}

/** @returns how many lived until now. */
export async function endSessionsOf(
  tx: Tx,
  userId: string,
  at: Date,
  but: { id?: string | undefined; withSecondFactor?: true } = {},
): Promise<number> {
  let query = tx
    .updateTable('sessions')
    .set({ ended_at: at })
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null);
  if (but.id !== undefined) query = query.where('id', '<>', but.id);
  if (but.withSecondFactor) query = query.where('second_factor', 'is', null);
  return Number((await query.executeTakeFirst()).numUpdatedRows);
}

export async function forgetSecondFactorOfSessions(tx: Tx, userId: string): Promise<void> {
  await tx.updateTable('sessions').set({ second_factor: null }).where('user_id', '=', userId).execute();
}

export async function confirmSession(db: Executor, id: string, at: Date): Promise<void> {
  await db.updateTable('sessions').set({ confirmed_at: at }).where('id', '=', id).execute();
}

export async function recordSessionUses(db: Executor, uses: readonly { id: string; at: Date }[]): Promise<void> {
  await sql`
    update sessions s set last_used_at = u.at
    from unnest(${uses.map((use) => use.id)}::uuid[], ${uses.map((use) => use.at)}::timestamptz[]) u (id, at)
    where s.id = u.id and s.last_used_at < u.at`.execute(db);
}

export async function renewSession(
  tx: Tx,
  id: string,
  use: { at: Date; expiresAt: Date; ip: string | null; network: string | null; userAgent: string | null },
): Promise<void> {
  await sql`
    update sessions set last_used_at = ${use.at}, expires_at = ${use.expiresAt}, ip = coalesce(${use.ip}, ip),
      network = coalesce(${use.network}, network), user_agent = coalesce(${use.userAgent}, user_agent)
    where id = ${id}`.execute(tx);
}

/** Whether somebody has signed in from there before: as this account, within the time sessions are kept. */
export async function hasSessionFrom(db: Executor, email: string, network: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from sessions s join users u on u.id = s.user_id
    where u.email = ${email} and s.network = ${network} limit 1`.execute(db);
  return rows.length > 0;
}

// refresh tokens ----------------------------------------------------------------------------------

export async function insertRefreshToken(
  tx: Tx,
  token: { id: string; family_id: string; user_id: string; token_hash: Buffer; expires_at: Date },
): Promise<void> {
  await tx.insertInto('refresh_tokens').values(token).execute();
}

export interface RefreshTokenRow {
  id: string;
  family_id: string;
  user_id: string;
  expires_at: Date;
  used_at: Date | null;
  /** The session has not been ended and the user may sign in. */
  alive: boolean;
}

export async function findRefreshToken(db: Executor, hash: Buffer): Promise<RefreshTokenRow | undefined> {
  const rows = await sql<RefreshTokenRow>`
    select t.id, t.family_id, t.user_id, t.expires_at, t.used_at, s.ended_at is null and u.disabled_at is null as alive
    from refresh_tokens t join sessions s on s.id = t.family_id join users u on u.id = t.user_id
    where t.token_hash = ${hash}`.execute(db);
  return rows.rows[0];
}

export async function markRefreshTokenUsed(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('refresh_tokens').set({ used_at: at }).where('id', '=', id).execute();
}

// tries -------------------------------------------------------------------------------------------

export interface TriesRow {
  key: Buffer;
  started_at: Date;
  tries: number;
}

/** Counts one more try for each key; a window that began before `cutoff` begins anew. Keys in order, so that no two wait for each other. */
export async function countTries(db: Executor, keys: readonly Buffer[], now: Date, cutoff: Date): Promise<TriesRow[]> {
  const { rows } = await sql<TriesRow>`
    insert into sign_in_tries as t (key, started_at, tries)
    select key, ${now}, 1 from unnest(${keys.toSorted(Buffer.compare)}::bytea[]) key
    on conflict (key) do update set
      started_at = case when t.started_at <= ${cutoff} then excluded.started_at else t.started_at end,
      tries = case when t.started_at <= ${cutoff} then 1 else least(t.tries + 1, 1000000) end
    returning key, started_at, tries`.execute(db);
  return rows;
}

export async function forgetTries(db: Executor, key: Buffer): Promise<void> {
  await db.deleteFrom('sign_in_tries').where('key', '=', key).execute();
}

export async function takeTryBack(db: Executor, keys: readonly Buffer[]): Promise<void> {
  await sql`
    update sign_in_tries t set tries = greatest(t.tries - 1, 0)
    from (select key from sign_in_tries where key = any(${keys}::bytea[]) order by key for update) k
    where t.key = k.key`.execute(db);
}

// one-time tokens ---------------------------------------------------------------------------------

/** @returns false when it was spent before. */
export async function spend(db: Executor, hash: Buffer, expiresAt: Date): Promise<boolean> {
  const done = await db
    .insertInto('spent_tokens')
    .values({ hash, expires_at: expiresAt })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}
