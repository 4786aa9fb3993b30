/** All SQL of the audit trail. */
import { type Insertable, type Selectable, sql } from 'kysely';
import { type KeysetPage, type KeysetRequest, keysetPage } from '../../db/keyset.ts';
import type { AuditTables } from '../../db/tables/access/audit.ts';
import type { Environment, Executor, Tx } from '../../db/tx.ts';
import { isUuid } from '../../ids.ts';
import type { ChainedEntry } from './chain.ts';
import type { KeyVoucher, SignedCheckpoint } from './checkpoints.ts';

export interface Head {
  seq: number;
  hash: Buffer;
  first_seq: number;
}

/** The end of the workspace's chain, locked until the transaction ends; made if there is none. */
export async function lockHead(tx: Tx, workspaceId: string): Promise<Head> {
  const { rows } = await sql<Head>`select seq, hash, first_seq from audit_head(${workspaceId})`.execute(tx);
  const head = rows[0];
  if (!head) throw new Error('The audit trail has no head.');
  return head;
}

/** In the order of the chain. */
export async function insertEntries(
  tx: Tx,
  entries: readonly Insertable<AuditTables['audit_entries']>[],
): Promise<void> {
  await tx.insertInto('audit_entries').values(entries).execute();
}

// verification and checkpoints ----------------------------------------------------------------------

export async function readHead(db: Executor, workspaceId: string): Promise<Head | undefined> {
  return await db
    .selectFrom('audit_heads')
    .select(['seq', 'hash', 'first_seq'])
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst();
}

/** Of every table: what was removed from one of them is still in another. */
export async function auditedWorkspaces(db: Executor): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select workspace_id as id from audit_heads
    union select distinct workspace_id from audit_entries
    union select distinct workspace_id from audit_checkpoints`.execute(db);
  return rows.map((row) => row.id);
}

/** By the slug of the workspace, or by its id, also when the workspace itself is gone. */
export async function findAudited(db: Executor, slugOrId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`select id from workspaces where slug = ${slugOrId}`.execute(db);
  return rows[0]?.id ?? (isUuid(slugOrId) ? slugOrId.toLowerCase() : null);
}

/** Entries in the order of the chain, with the time as exactly as it is stored. */
export async function entriesFrom(
  db: Executor,
  workspaceId: string,
  range: { from: number; to: number; limit: number },
): Promise<(ChainedEntry & { hash: Buffer })[]> {
  const { rows } = await sql<ChainedEntry & { hash: Buffer }>`
    select workspace_id, seq, id, (extract(epoch from at) * 1000000)::bigint as at, environment, actor_kind, actor_id,
           actor_label, ip, user_agent, request_id, action, target_type, target_id, target_name, before, after, prev_hash, hash
    from audit_entries
    where workspace_id = ${workspaceId} and seq >= ${range.from} and seq <= ${range.to}
    order by seq limit ${range.limit}`.execute(db);
  return rows;
}

/** How many entries are before the chain's start or after its end, all of them where it has none. One statement: one moment. */
export async function rowsOutside(db: Executor, workspaceId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from audit_entries e left join audit_heads h using (workspace_id)
    where e.workspace_id = ${workspaceId} and (h.seq is null or e.seq > h.seq or e.seq < h.first_seq)`.execute(db);
  return rows[0]?.n ?? 0;
}

export async function checkpointsOf(db: Executor, workspaceId: string): Promise<SignedCheckpoint[]> {
  const { rows } = await sql<SignedCheckpoint>`
    select workspace_id as "workspaceId", seq, kind, hash, (extract(epoch from at) * 1000)::float8 as at, signature
    from audit_checkpoints where workspace_id = ${workspaceId} order by seq`.execute(db);
  return rows;
}

export interface HeadToSign {
  workspace_id: string;
  seq: number;
  hash: Buffer;
  signed_seq: number;
  signed_at: Date | null;
}

/** Chains that have grown since their last checkpoint. */
export async function headsToSign(db: Executor): Promise<HeadToSign[]> {
  const { rows } = await sql<HeadToSign>`
    select h.workspace_id, h.seq, h.hash, coalesce(c.seq, 0) as signed_seq, c.at as signed_at
    from audit_heads h left join lateral (
      select seq, at from audit_checkpoints c where c.workspace_id = h.workspace_id order by c.seq desc limit 1
    ) c on true
    where h.seq > coalesce(c.seq, 0)`.execute(db);
  return rows;
}

/** Another process may have signed the same one. */
export async function insertCheckpoints(db: Executor, checkpoints: readonly SignedCheckpoint[]): Promise<void> {
  await db
    .insertInto('audit_checkpoints')
    .values(
      checkpoints.map(({ workspaceId, seq, kind, hash, at, signature }) => ({
        workspace_id: workspaceId,
        seq,
        kind,
        hash,
        at: new Date(at),
        signature,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function keyVouchers(db: Executor): Promise<KeyVoucher[]> {
  return await db.selectFrom('audit_keys').selectAll().execute();
}

/** The newer secret vouches again where an older one did. */
export async function insertVoucher(db: Executor, voucher: KeyVoucher): Promise<void> {
  const { vouched_by, signature } = voucher;
  await db
    .insertInto('audit_keys')
    .values(voucher)
    .onConflict((conflict) => conflict.column('public_key').doUpdateSet({ vouched_by, signature }))
    .execute();
}

// retention -----------------------------------------------------------------------------------------

/** Chains whose oldest entry is older than `before`. */
export async function headsToShorten(db: Executor, before: Date): Promise<string[]> {
  const { rows } = await sql<{ workspace_id: string }>`
    select h.workspace_id from audit_heads h join audit_entries e on e.workspace_id = h.workspace_id and e.seq = h.first_seq
    where e.at < ${before}`.execute(db);
  return rows.map((row) => row.workspace_id);
}

/** The last of the entries from `from` on that are all older than `before`; null when the first one is not. */
export async function lastBefore(
  db: Executor,
  workspaceId: string,
  before: Date,
  range: { from: number; most: number },
): Promise<number | null> {
  const { rows } = await sql<{ seq: number; old: boolean }>`
    select seq, at < ${before} as old from audit_entries
    where workspace_id = ${workspaceId} and seq >= ${range.from} order by seq limit ${range.most}`.execute(db);
  const young = rows.findIndex((row) => !row.old);
  const old = young < 0 ? rows : rows.slice(0, young);
  return old.at(-1)?.seq ?? null;
}

/** Moves the start of the chain behind seq and deletes what is before it. @returns how many entries. */
export async function shorten(tx: Tx, workspaceId: string, seq: number): Promise<number> {
  await sql`update audit_heads set first_seq = ${seq + 1} where workspace_id = ${workspaceId}`.execute(tx);
  await sql`delete from audit_checkpoints where workspace_id = ${workspaceId} and seq < ${seq}`.execute(tx);
  const deleted = await sql`delete from audit_entries where workspace_id = ${workspaceId} and seq <= ${seq}`.execute(
    tx,
  );
  return Number(deleted.numAffectedRows ?? 0);
}

// reading -------------------------------------------------------------------------------------------

export type EntryRow = Selectable<AuditTables['audit_entries']>;

export interface EntryFilter {
  readonly workspaceId: string;
  /** `live`: and what belongs to no environment; null: all. */
  readonly environment: Environment | null;
  /** An id, or a part of the label. */
  readonly actor?: string | undefined;
  /** How the action begins: `api_key.`, `source.updated`. */
  readonly action?: string | undefined;
  readonly targetType?: string | undefined;
  /** One of them. */
  readonly targetTypes?: readonly string[] | undefined;
  readonly targetId?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  /** A part of any text, in any case. */
  readonly q?: string | undefined;
}

function entriesIn(db: Executor, filter: EntryFilter) {
  let query = db.selectFrom('audit_entries').where('workspace_id', '=', filter.workspaceId);
  const { environment, actor, action, targetType, targetTypes, targetId, from, to, q } = filter;
  if (environment === 'test') query = query.where('environment', '=', 'test');
  if (environment === 'live') query = query.where(sql<boolean>`environment is distinct from 'test'`);
  if (actor !== undefined) {
    query = query.where((e) => e.or([e('actor_id', '=', actor), e('actor_label', 'ilike', part(actor))]));
  }
  if (action !== undefined) query = query.where('action', 'like', `${escaped(action)}%`);
  if (targetType !== undefined) query = query.where('target_type', '=', targetType);
  if (targetTypes !== undefined) query = query.where('target_type', 'in', [...targetTypes]);
  if (targetId !== undefined) query = query.where('target_id', '=', targetId);
  if (from !== undefined) query = query.where('at', '>=', from);
  if (to !== undefined) query = query.where('at', '<', to);
  if (q !== undefined) {
    const columns = ['action', 'actor_label', 'ip', 'target_id', 'target_name', 'before', 'after'] as const;
    query = query.where((e) => e.or(columns.map((column) => e(column, 'ilike', part(q)))));
  }
  return query;
}

function escaped(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

function part(text: string): string {
  return `%${escaped(text)}%`;
}

/** Newest first. @param before the last seq of the page before. */
export async function listEntries(
  db: Executor,
  filter: EntryFilter,
  page: { limit: number; before: number | null },
): Promise<EntryRow[]> {
  let query = entriesIn(db, filter).selectAll().orderBy('seq', 'desc').limit(page.limit);
  if (page.before !== null) query = query.where('seq', '<', page.before);
  return await query.execute();
}

/** Newest first, both ways. */
export async function pageOfEntries(
  db: Executor,
  filter: EntryFilter,
  request: KeysetRequest,
): Promise<KeysetPage<EntryRow>> {
  return await keysetPage(
    request,
    (row: EntryRow) => String(row.seq),
    async ({ after, before, order, limit }) => {
      let query = entriesIn(db, filter)
        .selectAll()
        .orderBy('seq', order === 'asc' ? 'desc' : 'asc')
        .limit(limit);
      if (after !== undefined) query = query.where('seq', '<', Number(after));
      if (before !== undefined) query = query.where('seq', '>', Number(before));
      return await query.execute();
    },
  );
}

/** To 10,000: nobody reads further, and counting all of a long trail would take its time. */
export async function countEntries(db: Executor, filter: EntryFilter): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from (${entriesIn(db, filter).select('seq').limit(10_000)}) found`.execute(db);
  return rows[0]?.n ?? 0;
}

export async function findEntry(
  db: Executor,
  filter: EntryFilter,
  by: { id: string } | { seq: number },
): Promise<EntryRow | undefined> {
  const query = entriesIn(db, filter).selectAll();
  return await ('id' in by ? query.where('id', '=', by.id) : query.where('seq', '=', by.seq)).executeTakeFirst();
}
