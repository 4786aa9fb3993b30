/** SQL of registered clients and consents. */
import { sql } from 'kysely';
import type { Environment, Executor, Tx } from '../../db/tx.ts';
import type { Role } from '../principal.ts';

export type AuthMethod = 'none' | 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt';

export interface ClientRow {
  id: string;
  workspace_id: string;
  environment: Environment;
  name: string;
  homepage: string | null;
  auth_method: AuthMethod;
  secret_hash: Buffer | null;
  jwks: { keys: Record<string, unknown>[] } | null;
  grant_types: string[];
  redirect_uris: string[];
  scopes: string[];
  may_send: boolean;
  created_by: string;
  created_at: Date;
  updated_at: Date;
  secret_rotated_at: Date | null;
}

/** `environment` null: both, as users see them. */
export interface OAuthFilter {
  readonly workspaceId: string;
  readonly environment: Environment | null;
}

export interface Page {
  readonly limit: number;
  /** Only ids below this one: newest first. */
  readonly before: string | null;
}

/** By id alone: for the protocol, whose routes know no workspace. */
export async function findAnyClient(db: Executor, id: string): Promise<ClientRow | undefined> {
  return await db.selectFrom('oauth_clients').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function findClient(db: Executor, filter: OAuthFilter, id: string): Promise<ClientRow | undefined> {
  return await clientsOf(db, filter).selectAll().where('id', '=', id).executeTakeFirst();
}

export async function listClients(db: Executor, filter: OAuthFilter, page: Page): Promise<ClientRow[]> {
  return await clientsOf(db, filter)
    .selectAll()
    .$if(page.before !== null, (query) => query.where('id', '<', page.before as string))
    .orderBy('id', 'desc')
    .limit(page.limit)
    .execute();
}

export async function countClients(db: Executor, filter: OAuthFilter): Promise<number> {
  const row = await clientsOf(db, filter)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

function clientsOf(db: Executor, { workspaceId, environment }: OAuthFilter) {
  return db
    .selectFrom('oauth_clients')
    .where('workspace_id', '=', workspaceId)
    .$if(environment !== null, (query) => query.where('environment', '=', environment as Environment));
}

export type NewClient = Omit<ClientRow, 'created_at' | 'updated_at' | 'secret_rotated_at'>;

export async function insertClient(tx: Tx, { jwks, ...client }: NewClient): Promise<ClientRow> {
  return await tx
    .insertInto('oauth_clients')
    .values({ ...client, jwks: jwks && JSON.stringify(jwks) })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export type ClientChange = Partial<
  Pick<ClientRow, 'name' | 'homepage' | 'redirect_uris' | 'scopes' | 'may_send' | 'jwks'>
>;

export async function updateClient(
  tx: Tx,
  filter: OAuthFilter,
  id: string,
  { jwks, ...change }: ClientChange,
  at: Date,
): Promise<ClientRow | undefined> {
  return await tx
    .updateTable('oauth_clients')
    .set({ ...change, ...(jwks && { jwks: JSON.stringify(jwks) }), updated_at: at })
    .where('workspace_id', '=', filter.workspaceId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
}

export async function setClientSecret(tx: Tx, filter: OAuthFilter, id: string, hash: Buffer, at: Date): Promise<void> {
  await tx
    .updateTable('oauth_clients')
    .set({ secret_hash: hash, secret_rotated_at: at, updated_at: at })
    .where('workspace_id', '=', filter.workspaceId)
    .where('id', '=', id)
    .execute();
}

/** Consents and tokens go with it. */
export async function deleteClient(tx: Tx, filter: OAuthFilter, id: string): Promise<void> {
  await tx.deleteFrom('oauth_clients').where('workspace_id', '=', filter.workspaceId).where('id', '=', id).execute();
}

// consents ----------------------------------------------------------------------------------------

export interface GrantRow {
  id: string;
  workspace_id: string;
  environment: Environment;
  client_id: string;
  client_name: string | null;
  user_id: string;
  email: string | null;
  scopes: string[];
  may_send: boolean;
  created_at: Date;
}

export interface NewGrant {
  id: string;
  workspace_id: string;
  environment: Environment;
  client_id: string;
  user_id: string;
  scopes: string[];
  may_send: boolean;
}

/** The oldest beyond `keep` of the same user, client and workspace go. */
export async function insertGrant(tx: Tx, grant: NewGrant, keep: number): Promise<void> {
  await tx.insertInto('oauth_grants').values(grant).execute();
  await sql`
    delete from oauth_grants where id in (
      select id from oauth_grants
      where workspace_id = ${grant.workspace_id} and client_id = ${grant.client_id} and user_id = ${grant.user_id}
      order by id desc offset ${keep})`.execute(tx);
}

function grantsOf(filter: OAuthFilter) {
  const { workspaceId, environment } = filter;
  return sql`g.workspace_id = ${workspaceId} and (${environment}::text is null or g.environment = ${environment})`;
}

/** Run as system with a workspace's filter: the client may be registered elsewhere. */
export async function listGrants(db: Executor, filter: OAuthFilter, page: Page): Promise<GrantRow[]> {
  const { rows } = await sql<GrantRow>`
    select g.*, c.name as client_name, u.email
    from oauth_grants g join oauth_clients c on c.id = g.client_id join users u on u.id = g.user_id
    where ${grantsOf(filter)} and (${page.before}::uuid is null or g.id < ${page.before})
    order by g.id desc limit ${page.limit}`.execute(db);
  return rows;
}

export async function countGrants(db: Executor, filter: OAuthFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from oauth_grants g where ${grantsOf(filter)}`.execute(db);
  return rows[0]?.count ?? 0;
}

export async function findGrant(db: Executor, filter: OAuthFilter, id: string): Promise<GrantRow | undefined> {
  const { rows } = await sql<GrantRow>`
    select g.*, c.name as client_name, u.email
    from oauth_grants g join oauth_clients c on c.id = g.client_id join users u on u.id = g.user_id
    where ${grantsOf(filter)} and g.id = ${id}`.execute(db);
  return rows[0];
}

export async function deleteGrant(tx: Tx, filter: OAuthFilter, id: string): Promise<void> {
  await tx.deleteFrom('oauth_grants').where('workspace_id', '=', filter.workspaceId).where('id', '=', id).execute();
}

export interface MembershipOfUser {
  workspace_id: string;
  slug: string;
  name: string;
  role: Role;
  second_factor_required: boolean;
}

/** Run as system: they are of several workspaces. */
export async function membershipsOf(db: Executor, userId: string): Promise<MembershipOfUser[]> {
  return await db
    .selectFrom('memberships as m')
    .innerJoin('workspaces as w', 'w.id', 'm.workspace_id')
    .select(['m.workspace_id', 'w.slug', 'w.name', 'm.role', 'w.second_factor_required'])
    .where('m.user_id', '=', userId)
    .orderBy('m.created_at')
    .orderBy('m.workspace_id')
    .execute();
}

export async function workspaceName(db: Executor, id: string): Promise<string> {
  const row = await db.selectFrom('workspaces').select('name').where('id', '=', id).executeTakeFirst();
  return row?.name ?? '';
}
