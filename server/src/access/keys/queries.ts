/** All SQL of API keys. */
import { sql } from 'kysely';
import type { Environment, Executor, Tx } from '../../db/tx.ts';

export interface IndexRow {
  id: number;
  workspace_id: string;
  environment: Environment;
  public_id: string;
  name: string;
  hash: Buffer;
  scopes: string[];
  may_send: boolean;
  revoked: boolean;
  revision: number;
}

/** Keys changed after `revision`, of every workspace: the index of a node is of the whole installation. */
export async function keysChangedSince(db: Executor, revision: number): Promise<IndexRow[]> {
  const rows = await sql<IndexRow>`
    select id, workspace_id, environment, public_id, name, hash, scopes, may_send, revoked_at is not null as revoked, revision
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
