/** SQL of what the protocol keeps. All of it is work of the whole installation: its routes are public. */
import { sql } from 'kysely';
import type { Environment, Executor, Tx } from '../../../db/tx.ts';

export interface StoredRow {
  id_hash: Buffer;
  payload_sealed: Buffer;
  consumed_at: Date | null;
}

export interface NewStored {
  model: string;
  id_hash: Buffer;
  payload_sealed: Buffer;
  client_id: string | null;
  grant_id: string | null;
  uid_hash: Buffer | null;
  expires_at: Date;
}

/** Written again it keeps that it was consumed. */
export async function upsertStored(db: Executor, row: NewStored): Promise<void> {
  await db
    .insertInto('oauth_store')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['model', 'id_hash']).doUpdateSet((eb) => ({
        payload_sealed: eb.ref('excluded.payload_sealed'),
        uid_hash: eb.ref('excluded.uid_hash'),
        expires_at: eb.ref('excluded.expires_at'),
      })),
    )
    .execute();
}

/** @returns false when it is there already. */
export async function insertStored(db: Executor, row: NewStored): Promise<boolean> {
  const inserted = await db
    .insertInto('oauth_store')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('model')
    .executeTakeFirst();
  return inserted !== undefined;
}

/** Ends what is oldest beyond `keep` of a model, of one grant or else of one client. */
export async function keepNewest(db: Executor, row: NewStored, keep: number): Promise<void> {
  const of = row.grant_id ? sql`grant_id = ${row.grant_id}` : sql`client_id = ${row.client_id}`;
  await sql`
    delete from oauth_store where (model, id_hash) in (
      select model, id_hash from oauth_store where model = ${row.model} and ${of}
      order by expires_at desc offset ${keep})`.execute(db);
}

export async function findStored(
  db: Executor,
  model: string,
  by: { id_hash: Buffer } | { uid_hash: Buffer },
): Promise<StoredRow | undefined> {
  const query = db
    .selectFrom('oauth_store')
    .select(['id_hash', 'payload_sealed', 'consumed_at'])
    .where('model', '=', model);
  return await ('id_hash' in by
    ? query.where('id_hash', '=', by.id_hash)
    : query.where('uid_hash', '=', by.uid_hash)
  ).executeTakeFirst();
}

/** @returns false when somebody else was first: the one statement decides, on any number of processes. */
export async function consumeStored(db: Executor, model: string, idHash: Buffer, at: Date): Promise<boolean> {
  const consumed = await db
    .updateTable('oauth_store')
    .set({ consumed_at: at })
    .where('model', '=', model)
    .where('id_hash', '=', idHash)
    .where('consumed_at', 'is', null)
    .returning('model')
    .executeTakeFirst();
  return consumed !== undefined;
}

/** The grant that a code or token was made under. */
export async function grantOfStored(db: Executor, model: string, idHash: Buffer): Promise<string | null> {
  const row = await db
    .selectFrom('oauth_store')
    .select('grant_id')
    .where('model', '=', model)
    .where('id_hash', '=', idHash)
    .executeTakeFirst();
  return row?.grant_id ?? null;
}

export async function deleteStored(db: Executor, model: string, idHash: Buffer): Promise<void> {
  await db.deleteFrom('oauth_store').where('model', '=', model).where('id_hash', '=', idHash).execute();
}

/** With it go its codes and tokens. @returns it, undefined when it is gone already. */
export async function deleteAnyGrant(
  tx: Tx,
  grantId: string,
): Promise<{ workspace_id: string; environment: Environment; client_id: string; user_id: string } | undefined> {
  return await tx
    .deleteFrom('oauth_grants')
    .where('id', '=', grantId)
    .returning(['workspace_id', 'environment', 'client_id', 'user_id'])
    .executeTakeFirst();
}

export interface TokenRow {
  model: string;
  payload_sealed: Buffer;
  expires_at: Date;
  client_id: string;
  client_name: string;
  client_workspace: string;
  client_environment: 'live' | 'test';
  client_scopes: string[];
  client_may_send: boolean;
  grant_id: string | null;
  workspace_id: string | null;
  environment: 'live' | 'test' | null;
  scopes: string[] | null;
  may_send: boolean | null;
  user_id: string | null;
  email: string | null;
  role: 'owner' | 'admin' | 'member' | 'viewer' | 'limited' | null;
}

/** An access token with all that it rests on; membership and user are missing when they are gone or disabled. */
export async function findAccessToken(
  db: Executor,
  hashes: { AccessToken: Buffer; ClientCredentials: Buffer },
): Promise<TokenRow | undefined> {
  const { rows } = await sql<TokenRow>`
    select s.model, s.payload_sealed, s.expires_at,
           c.id as client_id, c.name as client_name, c.workspace_id as client_workspace,
           c.environment as client_environment, c.scopes as client_scopes, c.may_send as client_may_send,
           g.id as grant_id, g.workspace_id, g.environment, g.scopes, g.may_send,
           u.id as user_id, u.email, m.role
    from oauth_store s
    join oauth_clients c on c.id = s.client_id
    left join oauth_grants g on g.id = s.grant_id
    left join memberships m on m.workspace_id = g.workspace_id and m.user_id = g.user_id
    left join users u on u.id = m.user_id and u.disabled_at is null
    where (s.model = 'AccessToken' and s.id_hash = ${hashes.AccessToken})
       or (s.model = 'ClientCredentials' and s.id_hash = ${hashes.ClientCredentials})`.execute(db);
  return rows[0];
}

export async function userIsEnabled(db: Executor, userId: string): Promise<boolean> {
  const row = await db
    .selectFrom('users')
    .select('id')
    .where('id', '=', userId)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}
