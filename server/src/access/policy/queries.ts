/** All SQL of the policies for keys. */
import { sql } from 'kysely';
import type { Executor, Tx } from '../../db/tx.ts';

export interface PolicyRow {
  max_life_days: number | null;
  force_expiry: boolean;
  force_allowed_ips: boolean;
  may_mint: string[];
  may_mint_sending: string[];
  revoke_children: boolean;
  leak_action: 'revoke' | 'quarantine';
  brake_action: 'alert' | 'quarantine';
}

export async function findPolicy(db: Executor, workspaceId: string): Promise<PolicyRow | undefined> {
  return await db
    .selectFrom('key_policies')
    .select([
      'max_life_days',
      'force_expiry',
      'force_allowed_ips',
      'may_mint',
      'may_mint_sending',
      'revoke_children',
      'leak_action',
      'brake_action',
    ])
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst();
}

export async function savePolicy(tx: Tx, workspaceId: string, policy: PolicyRow, at: Date): Promise<void> {
  const row = { ...policy, updated_at: at };
  await tx
    .insertInto('key_policies')
    .values({ workspace_id: workspaceId, ...row })
    .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(row))
    .execute();
}

export interface NonCompliantRow {
  uuid: string;
  public_id: string;
  name: string;
  no_expiry: boolean;
  lives_too_long: boolean;
  no_allowed_ips: boolean;
  total: number;
}

/** Living keys that could not be made today, newest first. A canary has no rights that a policy would have to bound. */
export async function findNonCompliant(
  db: Executor,
  workspaceId: string,
  policy: PolicyRow,
  page: { at: Date; limit: number },
): Promise<NonCompliantRow[]> {
  const forced = policy.force_expiry || policy.max_life_days !== null;
  const rows = await sql<NonCompliantRow>`
    select *, count(*) over () as total from (
      select id, uuid, public_id, name,
             ${forced} and expires_at is null as no_expiry,
             coalesce(expires_at > created_at + make_interval(days => ${policy.max_life_days}::int), false) as lives_too_long,
             ${policy.force_allowed_ips} and allowed_ips = '{}' as no_allowed_ips
      from api_keys
      where workspace_id = ${workspaceId} and revoked_at is null and not canary
        and coalesce(least(expires_at, retires_at) > ${page.at}, true)
    ) k
    where no_expiry or lives_too_long or no_allowed_ips
    order by id desc limit ${page.limit}`.execute(db);
  return rows.rows;
}
