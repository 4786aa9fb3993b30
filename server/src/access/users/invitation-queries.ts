/** All SQL of invitations. */
import { sql } from 'kysely';
import { type KeysetPage, type KeysetRequest, keysetPage } from '../../db/keyset.ts';
import type { Executor, Tx } from '../../db/tx.ts';
import type { Role } from '../principal.ts';

export interface InvitationRow {
  id: string;
  workspace_id: string;
  email: string;
  role: Role;
  invited_by: string | null;
  /** A key; its invitations end with it. */
  invited_by_key: number | null;
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
  'invited_by_key',
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

export async function findInvitation(
  db: Executor,
  workspaceId: string,
  id: string,
): Promise<InvitationRow | undefined> {
  return await db
    .selectFrom('invitations')
    .select(invitationColumns)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function renewInvitation(
  tx: Tx,
  workspaceId: string,
  id: string,
  change: { token_hash: Buffer; invited_by: string; invited_by_key: null; expires_at: Date },
): Promise<InvitationRow> {
  return await tx
    .updateTable('invitations')
    .set(change)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .returning(invitationColumns)
    .executeTakeFirstOrThrow();
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

/** Those that can be accepted, oldest first, both ways. */
export async function pageOfOpenInvitations(
  db: Executor,
  workspaceId: string,
  now: Date,
  request: KeysetRequest,
): Promise<KeysetPage<InvitationRow> & { total: number }> {
  const open = db
    .selectFrom('invitations')
    .where('workspace_id', '=', workspaceId)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now);
  const page = await keysetPage(
    request,
    (row: InvitationRow) => row.id,
    async ({ after, before, order, limit }) => {
      let query = open.select(invitationColumns).orderBy('id', order).limit(limit);
      if (after !== undefined) query = query.where('id', '>', after);
      if (before !== undefined) query = query.where('id', '<', before);
      return await query.execute();
    },
  );
  const { total } = await open.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  return { ...page, total };
}

/** Of them, those to these addresses. */
export async function openInvitationsTo(
  db: Executor,
  workspaceId: string,
  now: Date,
  emails: readonly string[],
): Promise<InvitationRow[]> {
  if (emails.length === 0) return [];
  return await db
    .selectFrom('invitations')
    .select(invitationColumns)
    .where('workspace_id', '=', workspaceId)
    .where('email', 'in', [...emails])
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .execute();
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
    .where(makerStandsBy('i'))
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
    .where(makerStandsBy('invitations'))
    .executeTakeFirst();
  return accepted.numUpdatedRows > 0n;
}

/** A key that was revoked or held back invites nobody any more. */
function makerStandsBy(table: 'i' | 'invitations') {
  const maker = sql.ref(`${table}.invited_by_key`);
  return sql<boolean>`(${maker} is null or exists (
    select from api_keys k where k.id = ${maker} and k.revoked_at is null and k.quarantined_at is null))`;
}
