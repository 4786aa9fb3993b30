/** All SQL of workspaces, the people who sign in, and their passwords. */
import { sql } from 'kysely';
import type { Executor, Tx } from '../../db/tx.ts';
import type { Role, SecondFactor } from '../principal.ts';

export interface WorkspaceRow {
  id: string;
  number: number;
  slug: string;
  name: string;
  created_at: Date;
}

export async function insertWorkspace(tx: Tx, workspace: { id: string; slug: string; name: string }): Promise<void> {
  await tx.insertInto('workspaces').values(workspace).execute();
}

export async function findWorkspace(
  db: Executor,
  by: { id: string } | { slug: string },
): Promise<WorkspaceRow | undefined> {
  const query = db.selectFrom('workspaces').select(['id', 'number', 'slug', 'name', 'created_at']);
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
  second_factor: SecondFactor | null;
  second_factor_required: boolean;
}

/**
 * Memberships of a user whose session is alive, oldest first; 'ended' when it was ended or the user disabled.
 * Asked on every call with a session token: signing out and a changed role count at once.
 */
export async function membershipsOfSession(
  db: Executor,
  userId: string,
  sessionId: string,
): Promise<MembershipRow[] | 'ended'> {
  const { rows } = await sql<MembershipRow | { workspace_id: null }>`
    select m.workspace_id, w.slug, m.role, u.email, s.second_factor, w.second_factor_required
    from sessions s
    join users u on u.id = s.user_id
    left join memberships m on m.user_id = u.id
    left join workspaces w on w.id = m.workspace_id
    where s.id = ${sessionId} and s.user_id = ${userId} and s.ended_at is null and u.disabled_at is null
    order by m.created_at, m.workspace_id`.execute(db);
  if (rows.length === 0) return 'ended';
  return rows.filter((row): row is MembershipRow => row.workspace_id !== null);
}

/** In the order of ids. */
export async function workspaceIdsOf(db: Executor, userId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('memberships')
    .select('workspace_id')
    .where('user_id', '=', userId)
    .orderBy('workspace_id')
    .execute();
  return rows.map((row) => row.workspace_id);
}

export interface OwnWorkspaceRow {
  id: string;
  slug: string;
  name: string;
  role: Role;
}

/** In the order they were joined. */
export async function workspacesOf(db: Executor, userId: string): Promise<OwnWorkspaceRow[]> {
  return await db
    .selectFrom('memberships as m')
    .innerJoin('workspaces as w', 'w.id', 'm.workspace_id')
    .select(['w.id', 'w.slug', 'w.name', 'm.role'])
    .where('m.user_id', '=', userId)
    .orderBy('m.created_at')
    .orderBy('w.id')
    .execute();
}

export async function isSecondFactorRequired(db: Executor, workspaceId: string): Promise<boolean> {
  const row = await db
    .selectFrom('workspaces')
    .select('second_factor_required')
    .where('id', '=', workspaceId)
    .executeTakeFirst();
  return row?.second_factor_required ?? false;
}

export async function requireSecondFactor(tx: Tx, workspaceId: string, required: boolean): Promise<void> {
  await tx.updateTable('workspaces').set({ second_factor_required: required }).where('id', '=', workspaceId).execute();
}

// passwords ---------------------------------------------------------------------------------------

export async function findPassword(
  db: Executor,
  userId: string,
): Promise<{ email: string; password_hash: string; password_changed_at: Date | null } | undefined> {
  return await db
    .selectFrom('users')
    .select(['email', 'password_hash', 'password_changed_at'])
    .where('id', '=', userId)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
}

export async function setPassword(tx: Tx, userId: string, hash: string, at: Date): Promise<void> {
  await tx
    .updateTable('users')
    .set({ password_hash: hash, password_changed_at: at })
    .where('id', '=', userId)
    .execute();
}

export async function insertReset(
  tx: Tx,
  reset: { id: string; user_id: string; token_hash: Buffer; expires_at: Date },
): Promise<void> {
  await tx.insertInto('password_resets').values(reset).execute();
}

export async function countOpenResets(db: Executor, userId: string, now: Date): Promise<number> {
  const row = await db
    .selectFrom('password_resets')
    .select(({ fn }) => fn.countAll<number>().as('open'))
    .where('user_id', '=', userId)
    .where('expires_at', '>', now)
    .executeTakeFirstOrThrow();
  return row.open;
}

/** Whose password it is for. */
export async function findOpenReset(db: Executor, tokenHash: Buffer, now: Date): Promise<string | undefined> {
  const row = await db
    .selectFrom('password_resets')
    .select('user_id')
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row?.user_id;
}

/** Voids the person's other links with it. @returns whose password may be set now; of many at once one gets it. */
export async function useReset(tx: Tx, tokenHash: Buffer, at: Date): Promise<string | undefined> {
  const row = await tx
    .updateTable('password_resets')
    .set({ used_at: at })
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', at)
    .returning('user_id')
    .executeTakeFirst();
  return row?.user_id;
}

export async function deleteResets(tx: Tx, userId: string): Promise<void> {
  await tx.deleteFrom('password_resets').where('user_id', '=', userId).execute();
}

// members -----------------------------------------------------------------------------------------

export interface MemberRow {
  id: string;
  email: string;
  name: string;
  role: Role;
  joined_at: Date;
}

const memberColumns = ['u.id', 'u.email', 'u.name', 'm.role', 'm.created_at as joined_at'] as const;

/** Newest account first. */
export async function listMembers(
  db: Executor,
  workspaceId: string,
  page: { limit: number; before: string | null },
): Promise<{ members: MemberRow[]; total: number }> {
  let query = db
    .selectFrom('memberships as m')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .select(memberColumns)
    .where('m.workspace_id', '=', workspaceId)
    .orderBy('u.id', 'desc')
    .limit(page.limit);
  if (page.before !== null) query = query.where('u.id', '<', page.before);
  const members = await query.execute();
  const { total } = await db
    .selectFrom('memberships')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  return { members, total };
}

export async function findMember(db: Executor, workspaceId: string, userId: string): Promise<MemberRow | undefined> {
  return await db
    .selectFrom('memberships as m')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .select(memberColumns)
    .where('m.workspace_id', '=', workspaceId)
    .where('m.user_id', '=', userId)
    .executeTakeFirst();
}

export async function isMember(db: Executor, workspaceId: string, email: string): Promise<boolean> {
  const found = await db
    .selectFrom('memberships as m')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .select('u.id')
    .where('m.workspace_id', '=', workspaceId)
    .where('u.email', '=', email)
    .executeTakeFirst();
  return found !== undefined;
}

export async function countOwners(db: Executor, workspaceId: string): Promise<number> {
  const row = await db
    .selectFrom('memberships')
    .select(({ fn }) => fn.countAll<number>().as('owners'))
    .where('workspace_id', '=', workspaceId)
    .where('role', '=', 'owner')
    .executeTakeFirstOrThrow();
  return row.owners;
}

export async function setRole(tx: Tx, workspaceId: string, userId: string, role: Role): Promise<void> {
  await tx
    .updateTable('memberships')
    .set({ role })
    .where('workspace_id', '=', workspaceId)
    .where('user_id', '=', userId)
    .execute();
}

export async function deleteMembership(tx: Tx, workspaceId: string, userId: string): Promise<void> {
  await tx.deleteFrom('memberships').where('workspace_id', '=', workspaceId).where('user_id', '=', userId).execute();
}

// invitations -------------------------------------------------------------------------------------

export interface InvitationRow {
  id: string;
  workspace_id: string;
  email: string;
  role: Role;
  invited_by: string | null;
  created_at: Date;
  expires_at: Date;
  accepted_at: Date | null;
  revoked_at: Date | null;
}

const invitationColumns = [
  'id',
  'workspace_id',
  'email',
  'role',
  'invited_by',
  'created_at',
  'expires_at',
  'accepted_at',
  'revoked_at',
] as const;

export async function insertInvitation(
  tx: Tx,
  invitation: Omit<InvitationRow, 'accepted_at' | 'revoked_at'> & { token_hash: Buffer },
): Promise<InvitationRow> {
  return await tx.insertInto('invitations').values(invitation).returning(invitationColumns).executeTakeFirstOrThrow();
}

/** Newest first: those that can still be accepted, and those that were. */
export async function listInvitations(
  db: Executor,
  workspaceId: string,
  page: { limit: number; before: string | null },
): Promise<{ invitations: InvitationRow[]; total: number }> {
  const all = db.selectFrom('invitations').where('workspace_id', '=', workspaceId).where('revoked_at', 'is', null);
  let query = all.select(invitationColumns).orderBy('id', 'desc').limit(page.limit);
  if (page.before !== null) query = query.where('id', '<', page.before);
  const invitations = await query.execute();
  const { total } = await all.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  return { invitations, total };
}

/** Open ones: neither accepted nor revoked. Expired ones are among them. @returns those that were. */
export async function revokeInvitations(
  tx: Tx,
  workspaceId: string,
  which: { id: string } | { email: string } | { invitedBy: string },
  at: Date,
): Promise<InvitationRow[]> {
  let query = tx
    .updateTable('invitations')
    .set({ revoked_at: at })
    .where('workspace_id', '=', workspaceId)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null);
  if ('id' in which) query = query.where('id', '=', which.id);
  else if ('email' in which) query = query.where('email', '=', which.email);
  else query = query.where('invited_by', '=', which.invitedBy);
  return await query.returning(invitationColumns).execute();
}

export interface OpenInvitation extends InvitationRow {
  slug: string;
  workspace_name: string;
}

/** One that can be accepted now. */
export async function findOpenInvitation(db: Executor, hash: Buffer, now: Date): Promise<OpenInvitation | undefined> {
  return await db
    .selectFrom('invitations as i')
    .innerJoin('workspaces as w', 'w.id', 'i.workspace_id')
    .select(invitationColumns.map((column) => `i.${column}` as const))
    .select(['w.slug', 'w.name as workspace_name'])
    .where('i.token_hash', '=', hash)
    .where('i.accepted_at', 'is', null)
    .where('i.revoked_at', 'is', null)
    .where('i.expires_at', '>', now)
    .executeTakeFirst();
}

/** Of many at once one gets it. */
export async function acceptInvitation(tx: Tx, id: string, at: Date): Promise<boolean> {
  const accepted = await tx
    .updateTable('invitations')
    .set({ accepted_at: at })
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', at)
    .executeTakeFirst();
  return accepted.numUpdatedRows > 0n;
}
