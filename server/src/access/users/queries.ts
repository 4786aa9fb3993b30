/** All SQL of workspaces, the people who sign in, and their sessions. */
import { sql } from 'kysely';
import type { Executor, Tx } from '../../db/tx.ts';
import type { Role } from '../principal.ts';

export interface WorkspaceRow {
  id: string;
  number: number;
  slug: string;
  name: string;
}

export async function insertWorkspace(tx: Tx, workspace: { id: string; slug: string; name: string }): Promise<void> {
  await tx.insertInto('workspaces').values(workspace).execute();
}

export async function findWorkspace(
  db: Executor,
  by: { id: string } | { slug: string },
): Promise<WorkspaceRow | undefined> {
  const query = db.selectFrom('workspaces').select(['id', 'number', 'slug', 'name']);
  return await ('id' in by ? query.where('id', '=', by.id) : query.where('slug', '=', by.slug)).executeTakeFirst();
}

export interface UserRow {
  id: string;
  email: string;
  name: string;
  password_hash: string;
}

/** @param email in lower case. */
export async function findUserByEmail(db: Executor, email: string): Promise<UserRow | undefined> {
  return await db
    .selectFrom('users')
    .select(['id', 'email', 'name', 'password_hash'])
    .where('email', '=', email)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
}

export async function findUser(db: Executor, id: string): Promise<Omit<UserRow, 'password_hash'> | undefined> {
  return await db.selectFrom('users').select(['id', 'email', 'name']).where('id', '=', id).executeTakeFirst();
}

export async function insertUser(
  tx: Tx,
  user: { id: string; email: string; name: string; password_hash: string },
): Promise<void> {
  await tx.insertInto('users').values(user).execute();
}

export async function insertMembership(
  tx: Tx,
  membership: { workspace_id: string; user_id: string; role: Role },
): Promise<void> {
  await tx.insertInto('memberships').values(membership).execute();
}

export interface MembershipRow {
  workspace_id: string;
  slug: string;
  role: Role;
  email: string;
}

/**
 * Memberships of a user whose session is alive, oldest first; none when the session was ended or the user disabled.
 * Asked on every call with a session token: signing out and a changed role count at once.
 */
export async function membershipsOfSession(db: Executor, userId: string, familyId: string): Promise<MembershipRow[]> {
  const rows = await sql<MembershipRow>`
    select m.workspace_id, w.slug, m.role, u.email
    from users u
    join memberships m on m.user_id = u.id
    join workspaces w on w.id = m.workspace_id
    where u.id = ${userId} and u.disabled_at is null
      and (select bool_and(revoked_at is null) from refresh_tokens where family_id = ${familyId} and user_id = u.id)
    order by m.created_at, m.workspace_id`.execute(db);
  return rows.rows;
}

// sessions ----------------------------------------------------------------------------------------

export async function insertRefreshToken(
  db: Executor,
  token: { id: string; family_id: string; user_id: string; token_hash: Buffer; expires_at: Date },
): Promise<void> {
  await db.insertInto('refresh_tokens').values(token).execute();
}

export interface RefreshTokenRow {
  id: string;
  family_id: string;
  user_id: string;
  expires_at: Date;
  used_at: Date | null;
  revoked_at: Date | null;
  user_enabled: boolean;
}

export async function findRefreshToken(db: Executor, hash: Buffer): Promise<RefreshTokenRow | undefined> {
  const rows = await sql<RefreshTokenRow>`
    select t.id, t.family_id, t.user_id, t.expires_at, t.used_at, t.revoked_at, u.disabled_at is null as user_enabled
    from refresh_tokens t join users u on u.id = t.user_id where t.token_hash = ${hash}`.execute(db);
  return rows.rows[0];
}

export async function markRefreshTokenUsed(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('refresh_tokens').set({ used_at: at }).where('id', '=', id).execute();
}

export async function revokeFamily(tx: Tx, familyId: string, at: Date): Promise<void> {
  await tx
    .updateTable('refresh_tokens')
    .set({ revoked_at: at })
    .where('family_id', '=', familyId)
    .where('revoked_at', 'is', null)
    .execute();
}
