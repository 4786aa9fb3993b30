/** All SQL of alerts. */
import { type Selectable, sql } from 'kysely';
import type { Tables } from '../../db/tables.ts';
import type { Executor, Tx } from '../../db/tx.ts';

export type AlertRow = Selectable<Tables['alerts']> & { key_public_id: string | null; key_name: string | null };

export interface Mark {
  readonly workspace_id: string;
  readonly dedupe: string;
  readonly until: Date;
}

/** @returns those whose window was over or never began, as `<workspace> <dedupe>`; they are this transaction's to raise. */
export async function takeMarks(tx: Tx, marks: readonly Mark[], now: Date): Promise<Set<string>> {
  // In one order, so that two transactions that take the same ones do not wait for each other.
  const sorted = [...marks].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const { rows } = await sql<{ workspace_id: string; dedupe: string }>`
    insert into alert_marks as m (workspace_id, dedupe, until)
    select workspace_id, dedupe, until
    from json_to_recordset(${JSON.stringify(sorted)}::json) as n (workspace_id uuid, dedupe text, until timestamptz)
    on conflict (workspace_id, dedupe) do update set until = excluded.until where m.until <= ${now}
    returning workspace_id, dedupe`.execute(tx);
  return new Set(rows.map(keyOf));
}

export function keyOf(mark: { workspace_id: string; dedupe: string }): string {
  return `${mark.workspace_id} ${mark.dedupe}`;
}

export interface NewAlertRow {
  readonly id: string;
  readonly workspace_id: string;
  readonly environment: 'live' | 'test' | null;
  readonly kind: string;
  readonly severity: AlertRow['severity'];
  readonly title: string;
  readonly text: string;
  readonly key_id: number | null;
  readonly data: Readonly<Record<string, unknown>>;
}

export async function insertAlerts(tx: Tx, alerts: readonly NewAlertRow[], at: Date): Promise<void> {
  await sql`
    insert into alerts (id, workspace_id, environment, kind, severity, title, text, key_id, data, created_at)
    select id, workspace_id, environment, kind, severity, title, text, key_id, data, ${at}
    from json_to_recordset(${JSON.stringify(alerts)}::json)
      as n (id uuid, workspace_id uuid, environment text, kind text, severity text, title text, text text,
            key_id bigint, data jsonb)`.execute(tx);
}

export interface AlertFilter {
  readonly workspaceId: string;
  /** null: of both and of neither. */
  readonly environment: 'live' | 'test' | null;
  readonly state?: 'open' | 'acknowledged' | undefined;
}

function filtered(db: Executor, { workspaceId, environment, state }: AlertFilter) {
  let query = db.selectFrom('alerts').where('alerts.workspace_id', '=', workspaceId);
  if (environment) query = query.where('alerts.environment', '=', environment);
  if (state) query = query.where('acknowledged_at', state === 'open' ? 'is' : 'is not', null);
  return query;
}

function withKey(db: Executor, filter: AlertFilter) {
  return filtered(db, filter)
    .leftJoin('api_keys', 'api_keys.id', 'alerts.key_id')
    .selectAll('alerts')
    .select(['api_keys.public_id as key_public_id', 'api_keys.name as key_name']);
}

/** Newest first. */
export async function listAlerts(
  db: Executor,
  filter: AlertFilter,
  page: { limit: number; before: string | null },
): Promise<AlertRow[]> {
  let query = withKey(db, filter);
  if (page.before) query = query.where('alerts.id', '<', page.before);
  return query.orderBy('alerts.id', 'desc').limit(page.limit).execute();
}

/** Exact up to `most`. */
export async function countAlerts(db: Executor, filter: AlertFilter, most: number): Promise<number> {
  const row = await db
    .selectFrom(filtered(db, filter).select('alerts.id').limit(most).as('counted'))
    .select((q) => q.fn.countAll<number>().as('total'))
    .executeTakeFirst();
  return row?.total ?? 0;
}

export async function findAlert(db: Executor, filter: AlertFilter, id: string): Promise<AlertRow | null> {
  return (await withKey(db, filter).where('alerts.id', '=', id).executeTakeFirst()) ?? null;
}

/** @returns false when it was acknowledged before. */
export async function markAcknowledged(tx: Tx, filter: AlertFilter, id: string, by: { label: string; at: Date }) {
  const result = await tx
    .updateTable('alerts')
    .set({ acknowledged_at: by.at, acknowledged_by: by.label })
    .where('id', '=', id)
    .where('workspace_id', '=', filter.workspaceId)
    .where('acknowledged_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0;
}
