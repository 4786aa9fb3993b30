/** All SQL of approvals. */
import { type Selectable, sql } from 'kysely';
import type { Tables } from '../../db/tables.ts';
import type { Executor, Tx } from '../../db/tx.ts';

export type ApprovalRow = Selectable<Tables['approvals']> & { key_public_id: string; key_name: string };

export async function insertApproval(
  tx: Tx,
  approval: Pick<
    ApprovalRow,
    'id' | 'workspace_id' | 'environment' | 'key_id' | 'lineage' | 'route' | 'fingerprint' | 'recipients'
  > & { requested_at: Date; expires_at: Date },
  most: number,
): Promise<boolean> {
  const { rows } = await sql`
    insert into approvals (id, workspace_id, environment, key_id, lineage, route, fingerprint, recipients, requested_at, expires_at)
    select ${approval.id}::uuid, ${approval.workspace_id}::uuid, ${approval.environment}, ${approval.key_id}::bigint,
           ${approval.lineage}, ${approval.route}, ${approval.fingerprint}::bytea, ${approval.recipients}::integer,
           ${approval.requested_at}::timestamptz, ${approval.expires_at}::timestamptz
    where (select count(*) from approvals
           where lineage = ${approval.lineage} and state = 'pending' and expires_at > ${approval.requested_at}) < ${most}
    returning 1`.execute(tx);
  return rows.length > 0;
}

/**
 * Spends an approval: one conditional statement, so that of a thousand at the same time one gets it.
 * @returns whether it was this one.
 */
export async function redeemApproval(
  tx: Tx,
  by: {
    id: string;
    workspaceId: string;
    lineage: string;
    route: string;
    fingerprint: Buffer;
    recipients: number;
    at: Date;
  },
): Promise<boolean> {
  const result = await tx
    .updateTable('approvals')
    .set({ state: 'used', used_at: by.at })
    .where('id', '=', by.id)
    .where('workspace_id', '=', by.workspaceId)
    .where('lineage', '=', by.lineage)
    .where('route', '=', by.route)
    .where('fingerprint', '=', by.fingerprint)
    .where('recipients', '>=', by.recipients)
    .where('state', '=', 'approved')
    .where('expires_at', '>', by.at)
    .executeTakeFirst();
  return result.numUpdatedRows > 0;
}

/** One that waits for a decision on the same request. */
export async function findPending(
  tx: Tx,
  same: { lineage: string; fingerprint: Buffer; at: Date },
): Promise<{ id: string } | undefined> {
  return await tx
    .selectFrom('approvals')
    .select('id')
    .where('lineage', '=', same.lineage)
    .where('fingerprint', '=', same.fingerprint)
    .where('state', '=', 'pending')
    .where('expires_at', '>', same.at)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export async function decideApproval(
  tx: Tx,
  id: string,
  decision: { state: 'approved' | 'rejected'; userId: string; label: string; note: string; at: Date; expiresAt: Date },
): Promise<boolean> {
  const result = await tx
    .updateTable('approvals')
    .set({
      state: decision.state,
      decided_at: decision.at,
      decided_by_user_id: decision.userId,
      decided_by: decision.label,
      note: decision.note,
      expires_at: decision.expiresAt,
    })
    .where('id', '=', id)
    .where('state', '=', 'pending')
    .where('expires_at', '>', decision.at)
    .executeTakeFirst();
  return result.numUpdatedRows > 0;
}

/** Users who made a key of the lineage, or a key that made one, and so on. */
export async function makersOf(tx: Tx, lineage: string): Promise<Set<string>> {
  const { rows } = await sql<{ user_id: string }>`
    with recursive makers as (
      select id, created_by_user_id, created_by_key_id from api_keys where lineage = ${lineage}
      union
      select k.id, k.created_by_user_id, k.created_by_key_id
      from api_keys k join makers m on k.id = m.created_by_key_id
    )
    select distinct created_by_user_id as user_id from makers where created_by_user_id is not null`.execute(tx);
  return new Set(rows.map((row) => row.user_id));
}

export interface ApprovalFilter {
  readonly workspaceId: string;
  readonly environment: 'live' | 'test' | null;
  readonly state?: ApprovalRow['state'] | undefined;
}

function filtered(db: Executor, { workspaceId, environment, state }: ApprovalFilter) {
  let query = db.selectFrom('approvals').where('approvals.workspace_id', '=', workspaceId);
  if (environment) query = query.where('approvals.environment', '=', environment);
  if (state) query = query.where('state', '=', state);
  return query;
}

function withKey(db: Executor, filter: ApprovalFilter) {
  return filtered(db, filter)
    .innerJoin('api_keys', 'api_keys.id', 'approvals.key_id')
    .selectAll('approvals')
    .select(['api_keys.public_id as key_public_id', 'api_keys.name as key_name']);
}

/** Newest first. */
export async function listApprovals(
  db: Executor,
  filter: ApprovalFilter,
  page: { limit: number; before: string | null },
): Promise<ApprovalRow[]> {
  let query = withKey(db, filter);
  if (page.before) query = query.where('approvals.id', '<', page.before);
  return query.orderBy('approvals.id', 'desc').limit(page.limit).execute();
}

/** Exact up to `most`. */
export async function countApprovals(db: Executor, filter: ApprovalFilter, most: number): Promise<number> {
  const row = await db
    .selectFrom(filtered(db, filter).select('approvals.id').limit(most).as('counted'))
    .select((q) => q.fn.countAll<number>().as('total'))
    .executeTakeFirst();
  return row?.total ?? 0;
}

export async function findApproval(db: Executor, filter: ApprovalFilter, id: string): Promise<ApprovalRow | null> {
  return (await withKey(db, filter).where('approvals.id', '=', id).executeTakeFirst()) ?? null;
}
