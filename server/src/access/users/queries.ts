/** All SQL of workspaces, the people who sign in, and their passwords. */
import { sql } from 'kysely';
import { type KeysetPage, type KeysetRequest, keysetPage } from '../../db/keyset.ts';
import type { Executor, Tx } from '../../db/tx.ts';
import type { Permission } from '../permissions/types.ts';
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
  /** The person's own and those of their groups; null: none, or an owner, who needs none. */
  permissions: Permission[] | null;
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
    select m.workspace_id, w.slug, m.role, u.email, s.second_factor, w.second_factor_required,
           case when m.role <> 'owner' then (
             select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
               'roleId', p.role_id, 'resources', p.resources, 'labels', p.labels)) order by p.number)
             from permissions p
             where p.workspace_id = m.workspace_id and (p.user_id = m.user_id or p.group_id in (
               select g.group_id from user_group_members g where g.workspace_id = m.workspace_id and g.user_id = m.user_id))
           ) end as permissions
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

/** Of all workspaces, and not disabled. @returns undefined where nobody has joined any yet. */
export async function newestMember(db: Executor): Promise<{ id: string; email: string } | undefined> {
  return await db
    .selectFrom('users as u')
    .select(['u.id', 'u.email'])
    .where('u.disabled_at', 'is', null)
    .where(({ exists, selectFrom }) =>
      exists(selectFrom('memberships as m').select('m.user_id').whereRef('m.user_id', '=', 'u.id')),
    )
    .orderBy('u.id', 'desc')
    .limit(1)
    .executeTakeFirst();
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

/** Oldest account first, both ways. */
export async function pageOfMembers(
  db: Executor,
  workspaceId: string,
  request: KeysetRequest,
): Promise<KeysetPage<MemberRow> & { total: number }> {
  const page = await keysetPage(
    request,
    (row: MemberRow) => row.id,
    async ({ after, before, order, limit }) => {
      let query = db
        .selectFrom('memberships as m')
        .innerJoin('users as u', 'u.id', 'm.user_id')
        .select(memberColumns)
        .where('m.workspace_id', '=', workspaceId)
        .orderBy('u.id', order)
        .limit(limit);
      if (after !== undefined) query = query.where('u.id', '>', after);
      if (before !== undefined) query = query.where('u.id', '<', before);
      return await query.execute();
    },
  );
  const { total } = await db
    .selectFrom('memberships')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  return { ...page, total };
}

export async function membersByEmail(
  db: Executor,
  workspaceId: string,
  emails: readonly string[],
): Promise<MemberRow[]> {
  if (emails.length === 0) return [];
  return await db
    .selectFrom('memberships as m')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .select(memberColumns)
    .where('m.workspace_id', '=', workspaceId)
    .where('u.email', 'in', [...emails])
    .execute();
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
