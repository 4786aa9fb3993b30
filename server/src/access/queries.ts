/** All SQL of access: workspaces, users, keys, refresh tokens. */
import { sql } from 'kysely';
import type { Environment, Executor, Tx } from '../db/tx.ts';
import type { Role } from './principal.ts';

// keys ---------------------------------------------------------------------------------------------

export interface IndexRow {
  id: number;
  workspace_id: string;
  environment: Environment;
  public_id: string;
  hash: Buffer;
  scopes: string[];
  may_send: boolean;
  revoked: boolean;
  revision: number;
}

/** Keys changed after `revision`, of every workspace: the index of a node is of the whole installation. */
export async function keysChangedSince(db: Executor, revision: number): Promise<IndexRow[]> {
  const rows = await sql<IndexRow>`
    select id, workspace_id, environment, public_id, hash, scopes, may_send, revoked_at is not null as revoked, revision
    from api_keys where revision > ${revision} order by revision`.execute(db);
  return rows.rows;
}

/** Its row lock orders all changes of keys; call it first in the transaction. */
export async function bumpRevision(tx: Tx): Promise<number> {
  const rows = await sql<{ revision: number }>`
    update access_revision set revision = revision + 1 returning revision`.execute(tx);
  const row = rows.rows[0];
  if (!row) throw new Error('access_revision has no row.');
  return row.revision;
}

export interface NewKey {
  uuid: string;
  workspace_id: string;
  environment: Environment;
  public_id: string;
  hash: Buffer;
  name: string;
  scopes: string[];
  may_send: boolean;
  created_by_user_id: string | null;
  created_by_key_id: number | null;
  revision: number;
}

export async function insertKey(tx: Tx, key: NewKey): Promise<number> {
  const row = await tx.insertInto('api_keys').values(key).returning('id').executeTakeFirstOrThrow();
  return row.id;
}

export async function keyIsActive(tx: Tx, keyId: number): Promise<boolean> {
  const row = await tx
    .selectFrom('api_keys')
    .select('id')
    .where('id', '=', keyId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** Which keys a caller sees; `environment` null: both. */
export interface KeyFilter {
  workspaceId: string;
  environment: Environment | null;
  /** Default: revoked ones too. */
  activeOnly?: boolean;
}

/** A page by position (`offset`) or by the last id of the page before (`before`). */
export interface KeyPage {
  limit: number;
  offset?: number;
  before?: number | null;
}

export interface KeyRow {
  id: number;
  uuid: string;
  name: string;
  public_id: string;
  environment: Environment;
  scopes: string[];
  may_send: boolean;
  created_at: Date;
  revoked_at: Date | null;
  last_used_at: Date | null;
  user_name: string | null;
  user_email: string | null;
  key_name: string | null;
}

function selectKeys(db: Executor, filter: KeyFilter) {
  return db
    .selectFrom('api_keys as k')
    .leftJoin('api_key_usage as used', 'used.key_id', 'k.id')
    .leftJoin('users as u', 'u.id', 'k.created_by_user_id')
    .leftJoin('api_keys as parent', 'parent.id', 'k.created_by_key_id')
    .select([
      'k.id',
      'k.uuid',
      'k.name',
      'k.public_id',
      'k.environment',
      'k.scopes',
      'k.may_send',
      'k.created_at',
      'k.revoked_at',
      'used.last_used_at',
      'u.name as user_name',
      'u.email as user_email',
      'parent.name as key_name',
    ])
    .where('k.workspace_id', '=', filter.workspaceId)
    .$if(filter.environment !== null, (q) => q.where('k.environment', '=', filter.environment ?? 'live'))
    .$if(filter.activeOnly === true, (q) => q.where('k.revoked_at', 'is', null));
}

/** Newest first. */
export async function listKeys(db: Executor, filter: KeyFilter, page: KeyPage): Promise<KeyRow[]> {
  const before = page.before ?? null;
  return await selectKeys(db, filter)
    .$if(before !== null, (q) => q.where('k.id', '<', before ?? 0))
    .orderBy('k.id', 'desc')
    .limit(page.limit)
    .offset(page.offset ?? 0)
    .execute();
}

export async function countKeys(db: Executor, filter: KeyFilter): Promise<number> {
  const row = await db
    .selectFrom('api_keys')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('workspace_id', '=', filter.workspaceId)
    .$if(filter.environment !== null, (q) => q.where('environment', '=', filter.environment ?? 'live'))
    .$if(filter.activeOnly === true, (q) => q.where('revoked_at', 'is', null))
    .executeTakeFirstOrThrow();
  return row.n;
}

/** By its UUID (string) or its number. */
export async function findKey(db: Executor, filter: KeyFilter, id: string | number): Promise<KeyRow | undefined> {
  const query = selectKeys(db, filter);
  return await (typeof id === 'number'
    ? query.where('k.id', '=', id)
    : query.where('k.uuid', '=', id)
  ).executeTakeFirst();
}

export async function revokeKey(tx: Tx, keyId: number, at: Date, revision: number): Promise<void> {
  await tx
    .updateTable('api_keys')
    .set({ revoked_at: at, revision })
    .where('id', '=', keyId)
    .where('revoked_at', 'is', null)
    .execute();
}

/** Moves last use forward only. */
export async function recordUses(
  db: Executor,
  uses: readonly { keyId: number; at: Date; ip: string }[],
): Promise<void> {
  await sql`
    insert into api_key_usage (key_id, last_used_at, last_used_ip)
    select * from unnest(
      ${uses.map((use) => use.keyId)}::bigint[], ${uses.map((use) => use.at)}::timestamptz[], ${uses.map((use) => use.ip)}::text[])
    on conflict (key_id) do update
      set last_used_at = excluded.last_used_at, last_used_ip = excluded.last_used_ip
      where api_key_usage.last_used_at < excluded.last_used_at`.execute(db);
}

// workspaces and users -----------------------------------------------------------------------------

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
}

/**
 * Memberships of a user whose session is alive, oldest first; none when the session was ended or the user disabled.
 * Asked on every call with a session token: signing out and a changed role count at once.
 */
export async function membershipsOfSession(db: Executor, userId: string, familyId: string): Promise<MembershipRow[]> {
  const rows = await sql<MembershipRow>`
    select m.workspace_id, w.slug, m.role
    from users u
    join memberships m on m.user_id = u.id
    join workspaces w on w.id = m.workspace_id
    where u.id = ${userId} and u.disabled_at is null
      and (select bool_and(revoked_at is null) from refresh_tokens where family_id = ${familyId} and user_id = u.id)
    order by m.created_at, m.workspace_id`.execute(db);
  return rows.rows;
}

// refresh tokens -----------------------------------------------------------------------------------

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
