/** All SQL of leaks. */
import { sql } from 'kysely';
import type { Executor, Tx } from '../../db/tx.ts';

export interface NewLeakRow {
  readonly id: string;
  readonly workspace_id: string;
  readonly environment: 'live' | 'test';
  readonly key_id: number;
  /** Hex, as JSON has no bytes. */
  readonly token_hash: string;
  readonly reported_by: 'github' | 'finder' | 'url';
  readonly source: string;
  readonly url: string;
  readonly note: string;
  readonly place: string;
  readonly action: 'revoked' | 'quarantined' | 'none';
}

/** A place that is known for this key only counts up. */
export async function insertLeaks(tx: Tx, leaks: readonly NewLeakRow[], at: Date): Promise<void> {
  const sorted = [...leaks].sort((a, b) => a.key_id - b.key_id || (a.place < b.place ? -1 : 1));
  await sql`
    insert into leaks as l (id, workspace_id, environment, key_id, token_hash, reported_by, source, url, note, place,
                            action, found_at, last_reported_at)
    select id, workspace_id, environment, key_id, decode(token_hash, 'hex'), reported_by, source, url, note,
           decode(place, 'hex'), action, ${at}, ${at}
    from json_to_recordset(${JSON.stringify(sorted)}::json)
      as n (id uuid, workspace_id uuid, environment text, key_id bigint, token_hash text, reported_by text,
            source text, url text, note text, place text, action text)
    on conflict (key_id, place) do update
      set reports = l.reports + 1, last_reported_at = excluded.last_reported_at`.execute(tx);
}

/** The action of each workspace that changed its policy. */
export async function leakActions(tx: Tx, workspaceIds: readonly string[]): Promise<Map<string, LeakAction>> {
  const rows = await tx
    .selectFrom('key_policies')
    .select(['workspace_id', 'leak_action'])
    .where('workspace_id', 'in', workspaceIds)
    .execute();
  return new Map(rows.map((row) => [row.workspace_id, row.leak_action]));
}

export type LeakAction = 'revoke' | 'quarantine';

export interface KeyDeeds {
  readonly id: number;
  readonly created_at: Date;
  readonly last_used_at: Date | null;
  readonly last_used_ip: string | null;
  /** Keys it made that are not revoked. */
  readonly living_children: string[];
}

/** What the keys' own tables tell of them. */
export async function deedsOf(db: Executor, keyIds: readonly number[]): Promise<Map<number, KeyDeeds>> {
  const { rows } = await sql<KeyDeeds>`
    select k.id, k.created_at, u.last_used_at, u.last_used_ip,
           array(select c.public_id from api_keys c where c.created_by_key_id = k.id and c.revoked_at is null
                 order by c.id limit 100) as living_children
    from api_keys k left join api_key_usage u on u.key_id = k.id
    where k.id = any(${keyIds}::bigint[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

export interface LeakListRow {
  readonly id: string;
  readonly environment: 'live' | 'test';
  readonly key_id: number;
  readonly key_public_id: string;
  readonly key_name: string;
  readonly reported_by: NewLeakRow['reported_by'];
  readonly source: string;
  readonly url: string;
  readonly note: string;
  readonly action: NewLeakRow['action'];
  readonly found_at: Date;
  readonly last_reported_at: Date;
  readonly reports: number;
  readonly token_hash: Buffer;
  readonly scopes: string[];
  readonly may_send: boolean;
  readonly allowed_ips: string[];
  readonly revoked_at: Date | null;
  readonly canary: boolean;
}

interface LeakFilter {
  readonly workspaceId: string;
  readonly environment: 'live' | 'test' | null;
}

function filtered(db: Executor, { workspaceId, environment }: LeakFilter) {
  const query = db.selectFrom('leaks').where('leaks.workspace_id', '=', workspaceId);
  return environment ? query.where('leaks.environment', '=', environment) : query;
}

/** Newest first. */
export async function listLeaks(
  db: Executor,
  filter: LeakFilter,
  page: { limit: number; before: string | null },
): Promise<LeakListRow[]> {
  let query = filtered(db, filter)
    .innerJoin('api_keys', 'api_keys.id', 'leaks.key_id')
    .select([
      'leaks.id',
      'leaks.environment',
      'leaks.key_id',
      'api_keys.public_id as key_public_id',
      'api_keys.name as key_name',
      'reported_by',
      'source',
      'url',
      'note',
      'action',
      'found_at',
      'last_reported_at',
      'reports',
      'token_hash',
      'api_keys.scopes',
      'api_keys.may_send',
      'api_keys.allowed_ips',
      'api_keys.revoked_at',
      'api_keys.canary',
    ]);
  if (page.before) query = query.where('leaks.id', '<', page.before);
  return query.orderBy('leaks.id', 'desc').limit(page.limit).execute();
}

/** Exact up to `most`. */
export async function countLeaks(db: Executor, filter: LeakFilter, most: number): Promise<number> {
  const row = await db
    .selectFrom(filtered(db, filter).select('leaks.id').limit(most).as('counted'))
    .select((q) => q.fn.countAll<number>().as('total'))
    .executeTakeFirst();
  return row?.total ?? 0;
}
