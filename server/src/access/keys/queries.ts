/** All SQL of API keys. */
import { sql } from 'kysely';
import type { Environment, Executor, Tx } from '../../db/tx.ts';
import type { Permission } from '../permissions/types.ts';
import type { ScopeName } from '../scopes.ts';

export interface IndexRow {
  id: number;
  workspace_id: string;
  environment: Environment;
  public_id: string;
  name: string;
  hash: Buffer;
  secret_id: string | null;
  lineage: string;
  scopes: string[];
  may_send: boolean;
  agent: boolean;
  canary: boolean;
  quarantined: boolean;
  shadow_scopes: string[] | null;
  allowed_ips: string[];
  rate_per_minute: number | null;
  recipients_per_send: number | null;
  recipients_per_day: number | null;
  approval_above: number | null;
  permissions: readonly Permission[] | null;
  /** The earlier of expiry and retirement. */
  ends_at: Date | null;
  revoked: boolean;
  revision: number;
}

/** Keys changed after `revision`, of every workspace: the index of a node is of the whole installation. */
export async function keysChangedSince(db: Executor, revision: number): Promise<IndexRow[]> {
  const rows = await sql<IndexRow>`
    select id, workspace_id, environment, public_id, name, hash, secret_id, lineage, scopes, may_send, agent, canary,
           quarantined_at is not null as quarantined, shadow_scopes, allowed_ips, rate_per_minute, recipients_per_send,
           recipients_per_day, approval_above, permissions, least(expires_at, retires_at) as ends_at,
           revoked_at is not null as revoked, revision
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

/** The columns that PATCH may change, beside the text and history of a key. */
export interface KeyRights {
  name: string;
  description: string;
  scopes: string[];
  may_send: boolean;
  agent: boolean;
  expires_at: Date | null;
  allowed_ips: string[];
  rate_per_minute: number | null;
  recipients_per_send: number | null;
  recipients_per_day: number | null;
  approval_above: number | null;
  shadow_scopes: string[] | null;
  /** null: what the scopes say. */
  permissions: readonly Permission[] | null;
}

export interface NewKey extends KeyRights {
  uuid: string;
  workspace_id: string;
  environment: Environment;
  public_id: string;
  prefix: string;
  hash: Buffer;
  secret_id: string;
  lineage: string;
  canary: boolean;
  rotated_from: number | null;
  created_by_user_id: string | null;
  created_by_key_id: number | null;
  revision: number;
}

export async function insertKey(tx: Tx, key: NewKey): Promise<number> {
  const row = await tx.insertInto('api_keys').values(stored(key)).returning('id').executeTakeFirstOrThrow();
  return row.id;
}

function stored<T extends KeyRights>(rights: T): Omit<T, 'permissions'> & { permissions: string | null } {
  return { ...rights, permissions: rights.permissions && JSON.stringify(rights.permissions) };
}

/** When the workspace's `number`th newest key was made; undefined: it has not had so many. */
export async function madeAt(tx: Tx, workspaceId: string, number: number): Promise<Date | undefined> {
  const row = await tx
    .selectFrom('api_keys')
    .select('created_at')
    .where('workspace_id', '=', workspaceId)
    .orderBy('id', 'desc')
    .offset(number - 1)
    .limit(1)
    .executeTakeFirst();
  return row?.created_at;
}

export async function updateKey(tx: Tx, keyId: number, rights: KeyRights, revision: number): Promise<void> {
  await tx
    .updateTable('api_keys')
    .set({ ...stored(rights), revision })
    .where('id', '=', keyId)
    .execute();
}

/** Which keys a caller sees; `environment` null: both. */
export interface KeyFilter {
  workspaceId: string;
  environment: Environment | null;
  /** Default: revoked ones too. */
  activeOnly?: boolean;
  /** Only keys that have this scope, by name or by full access. */
  withScope?: ScopeName;
}

/** A page by position (`offset`) or by the last id of the page before (`before`). */
export interface KeyPage {
  limit: number;
  offset?: number;
  before?: number | null;
}

export interface KeyRow extends KeyRights {
  id: number;
  uuid: string;
  public_id: string;
  prefix: string;
  workspace_id: string;
  environment: Environment;
  lineage: string;
  canary: boolean;
  retires_at: Date | null;
  rotated_from: number | null;
  quarantined_at: Date | null;
  quarantine_reason: string | null;
  created_by_user_id: string | null;
  created_by_key_id: number | null;
  created_at: Date;
  revoked_at: Date | null;
  revoke_reason: string | null;
  last_used_at: Date | null;
  user_name: string | null;
  user_email: string | null;
  key_name: string | null;
  predecessor: string | null;
  successor: string | null;
}

function selectKeys(db: Executor, filter: KeyFilter) {
  return db
    .selectFrom('api_keys as k')
    .leftJoin('api_key_usage as used', 'used.key_id', 'k.id')
    .leftJoin('users as u', 'u.id', 'k.created_by_user_id')
    .leftJoin('api_keys as parent', 'parent.id', 'k.created_by_key_id')
    .leftJoin('api_keys as before', 'before.id', 'k.rotated_from')
    .leftJoin('api_keys as after', 'after.rotated_from', 'k.id')
    .select([
      'k.id',
      'k.uuid',
      'k.name',
      'k.description',
      'k.public_id',
      'k.prefix',
      'k.workspace_id',
      'k.environment',
      'k.lineage',
      'k.scopes',
      'k.may_send',
      'k.agent',
      'k.canary',
      'k.expires_at',
      'k.retires_at',
      'k.rotated_from',
      'k.allowed_ips',
      'k.rate_per_minute',
      'k.recipients_per_send',
      'k.recipients_per_day',
      'k.approval_above',
      'k.shadow_scopes',
      'k.permissions',
      'k.quarantined_at',
      'k.quarantine_reason',
      'k.created_by_user_id',
      'k.created_by_key_id',
      'k.created_at',
      'k.revoked_at',
      'k.revoke_reason',
      'used.last_used_at',
      'u.name as user_name',
      'u.email as user_email',
      'parent.name as key_name',
      'before.uuid as predecessor',
      'after.uuid as successor',
    ])
    .where('k.workspace_id', '=', filter.workspaceId)
    .$if(filter.environment !== null, (q) => q.where('k.environment', '=', filter.environment ?? 'live'))
    .$if(filter.activeOnly === true, (q) => q.where('k.revoked_at', 'is', null))
    .$if(filter.withScope !== undefined, (q) =>
      q.where(sql<boolean>`(${filter.withScope ?? ''} = any(k.scopes) or cardinality(k.scopes) = 0) and not k.canary`),
    );
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
    .$if(filter.withScope !== undefined, (q) =>
      q.where(sql<boolean>`(${filter.withScope ?? ''} = any(scopes) or cardinality(scopes) = 0) and not canary`),
    )
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

export async function retireKey(tx: Tx, keyId: number, at: Date, revision: number): Promise<void> {
  await sql`update api_keys set retires_at = least(retires_at, expires_at, ${at}), revision = ${revision}
    where id = ${keyId}`.execute(tx);
}

export interface ChangedKey {
  id: number;
  uuid: string;
  name: string;
  public_id: string;
  workspace_id: string;
  environment: Environment;
}

/**
 * Revokes those of the keys that live. With children also what they, and the keys they were rotated from, have made, and
 * what those made; `children` null: where the workspace's policy says so.
 * @returns the keys that were alive.
 */
export async function revokeKeys(
  tx: Tx,
  change: { keyIds: readonly number[]; children: boolean | null; at: Date; reason: string | null; revision: number },
): Promise<ChangedKey[]> {
  const rows = await sql<ChangedKey>`
    with recursive named as (
      select k.id, k.rotated_from, coalesce(${change.children}::boolean, p.revoke_children, false) as children
      from api_keys k left join key_policies p using (workspace_id)
      where k.id = any(${[...change.keyIds]}::bigint[])
      union
      select k.id, k.rotated_from, true from named n join api_keys k on k.id = n.rotated_from where n.children
    ), doomed as (
      select id, children from named
      union
      select k.id, true from doomed d join api_keys k on k.created_by_key_id = d.id where d.children
    )
    update api_keys k set revoked_at = ${change.at}, revoke_reason = ${change.reason}, revision = ${change.revision}
    where k.id in (select id from doomed) and k.revoked_at is null
    returning k.id, k.uuid, k.name, k.public_id, k.workspace_id, k.environment`.execute(tx);
  return rows.rows;
}

/** @returns the keys that were not in quarantine before. */
export async function quarantineKeys(
  tx: Tx,
  change: { keyIds: readonly number[]; at: Date; reason: string; revision: number },
): Promise<ChangedKey[]> {
  const rows = await sql<ChangedKey>`
    update api_keys set quarantined_at = ${change.at}, quarantine_reason = ${change.reason}, revision = ${change.revision}
    where id = any(${[...change.keyIds]}::bigint[]) and quarantined_at is null and revoked_at is null
    returning id, uuid, name, public_id, workspace_id, environment`.execute(tx);
  return rows.rows;
}

export async function releaseKey(tx: Tx, keyId: number, revision: number): Promise<void> {
  await tx
    .updateTable('api_keys')
    .set({ quarantined_at: null, quarantine_reason: null, revision })
    .where('id', '=', keyId)
    .execute();
}

/** Touches nothing but the hash, and only of the key as it was when it was used. */
export async function replaceHashes(
  tx: Tx,
  changes: readonly { keyId: number; old: Buffer; hash: Buffer }[],
  secretId: string,
  revision: number,
): Promise<void> {
  await sql`
    update api_keys k set hash = decode(n.hash, 'hex'), secret_id = ${secretId}, revision = ${revision}
    from unnest(
      ${changes.map((c) => c.keyId)}::bigint[], ${changes.map((c) => c.old.toString('hex'))}::text[],
      ${changes.map((c) => c.hash.toString('hex'))}::text[]) as n (id, old, hash)
    where k.id = n.id and k.hash = decode(n.old, 'hex')`.execute(tx);
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
