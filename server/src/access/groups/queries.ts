/** All SQL of groups and who belongs to them. */
import { sql } from 'kysely';
import { type Bounds, type KeysetPage, type KeysetRequest, keysetPage } from '../../db/keyset.ts';
import type { Executor, Tx } from '../../db/tx.ts';

export interface GroupRow {
  readonly id: string;
  readonly name: string;
  readonly created_at: Date;
  /** Members; not those who were invited. */
  readonly member_count: number;
}

const memberCount = sql<number>`(select count(*) from user_group_members m where m.group_id = g.id and m.user_id is not null)`;

function groupsIn(db: Executor, workspaceId: string) {
  return db
    .selectFrom('user_groups as g')
    .select(['g.id', 'g.name', 'g.created_at', memberCount.as('member_count')])
    .where('g.workspace_id', '=', workspaceId);
}

/** Oldest first, both ways. @param userId only those that this member belongs to. */
export async function pageOfGroups(
  db: Executor,
  workspaceId: string,
  request: KeysetRequest,
  userId?: string,
): Promise<KeysetPage<GroupRow> & { total: number }> {
  const of = sql<boolean>`g.id in (
    select group_id from user_group_members where workspace_id = ${workspaceId} and user_id = ${userId ?? null}::uuid)`;
  const page = await keysetPage(
    request,
    (row: GroupRow) => row.id,
    async ({ after, before, order, limit }: Bounds) => {
      let query = groupsIn(db, workspaceId).orderBy('g.id', order).limit(limit);
      if (userId !== undefined) query = query.where(of);
      if (after !== undefined) query = query.where('g.id', '>', after);
      if (before !== undefined) query = query.where('g.id', '<', before);
      return await query.execute();
    },
  );
  let count = db.selectFrom('user_groups as g').where('g.workspace_id', '=', workspaceId);
  if (userId !== undefined) count = count.where(of);
  const { total } = await count.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  return { ...page, total };
}

export async function findGroup(db: Executor, workspaceId: string, id: string): Promise<GroupRow | undefined> {
  return await groupsIn(db, workspaceId).where('g.id', '=', id).executeTakeFirst();
}

export async function countGroups(db: Executor, workspaceId: string): Promise<number> {
  const row = await db
    .selectFrom('user_groups')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  return row.n;
}

export async function insertGroup(tx: Tx, group: { id: string; workspace_id: string; name: string }): Promise<void> {
  await tx.insertInto('user_groups').values(group).execute();
}

export async function renameGroup(tx: Tx, workspaceId: string, id: string, name: string): Promise<void> {
  await tx
    .updateTable('user_groups')
    .set({ name })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}

export async function deleteGroup(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.deleteFrom('user_groups').where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

export interface PersonRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
}

/** Members of the group, oldest account first, both ways. */
export async function pageOfUsers(
  db: Executor,
  workspaceId: string,
  groupId: string,
  request: KeysetRequest,
): Promise<KeysetPage<PersonRow> & { total: number }> {
  const members = db
    .selectFrom('user_group_members as m')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .where('m.workspace_id', '=', workspaceId)
    .where('m.group_id', '=', groupId);
  const page = await keysetPage(
    request,
    (row: PersonRow) => row.id,
    async ({ after, before, order, limit }: Bounds) => {
      let query = members.select(['u.id', 'u.email', 'u.name']).orderBy('u.id', order).limit(limit);
      if (after !== undefined) query = query.where('u.id', '>', after);
      if (before !== undefined) query = query.where('u.id', '<', before);
      return await query.execute();
    },
  );
  const { total } = await members.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  return { ...page, total };
}

export interface InvitedRow {
  readonly id: string;
  readonly email: string;
}

/** Who was invited into the group and can still accept, oldest first, both ways. */
export async function pageOfInvited(
  db: Executor,
  workspaceId: string,
  groupId: string,
  now: Date,
  request: KeysetRequest,
): Promise<KeysetPage<InvitedRow> & { total: number }> {
  const invited = db
    .selectFrom('user_group_members as m')
    .innerJoin('invitations as i', 'i.id', 'm.invitation_id')
    .where('m.workspace_id', '=', workspaceId)
    .where('m.group_id', '=', groupId)
    .where('i.accepted_at', 'is', null)
    .where('i.revoked_at', 'is', null)
    .where('i.expires_at', '>', now);
  const page = await keysetPage(
    request,
    (row: InvitedRow) => row.id,
    async ({ after, before, order, limit }: Bounds) => {
      let query = invited.select(['i.id', 'i.email']).orderBy('i.id', order).limit(limit);
      if (after !== undefined) query = query.where('i.id', '>', after);
      if (before !== undefined) query = query.where('i.id', '<', before);
      return await query.execute();
    },
  );
  const { total } = await invited.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  return { ...page, total };
}

/** Who belongs to it, by address, with those who were invited. */
export async function emailsOf(db: Executor, workspaceId: string, groupId: string): Promise<string[]> {
  const { rows } = await sql<{ email: string }>`
    select coalesce(u.email, i.email) as email
    from user_group_members m
    left join users u on u.id = m.user_id
    left join invitations i on i.id = m.invitation_id and i.accepted_at is null and i.revoked_at is null
    where m.workspace_id = ${workspaceId} and m.group_id = ${groupId} and coalesce(u.email, i.email) is not null
    order by m.id`.execute(db);
  return rows.map((row) => row.email);
}

/** Who belongs to it already stays. */
export async function addToGroup(
  tx: Tx,
  workspaceId: string,
  groupId: string,
  who: { userIds: readonly string[]; invitationIds: readonly string[] },
): Promise<void> {
  await sql`
    insert into user_group_members (workspace_id, group_id, user_id, invitation_id)
    select ${workspaceId}::uuid, ${groupId}::uuid, u, null from unnest(${[...who.userIds]}::uuid[]) u
    union all
    select ${workspaceId}::uuid, ${groupId}::uuid, null, i from unnest(${[...who.invitationIds]}::uuid[]) i
    on conflict do nothing`.execute(tx);
}

/** @param emails of members and of those who were invited. */
export async function removeFromGroup(
  tx: Tx,
  workspaceId: string,
  groupId: string,
  emails: readonly string[],
): Promise<void> {
  await sql`
    delete from user_group_members m
    where m.workspace_id = ${workspaceId} and m.group_id = ${groupId} and (
      m.user_id in (select id from users where email = any(${[...emails]}::text[]))
      or m.invitation_id in (
        select id from invitations where workspace_id = ${workspaceId} and email = any(${[...emails]}::text[])))`.execute(
    tx,
  );
}
