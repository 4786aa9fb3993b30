/** All SQL of templates and messages. */
import { type Selectable, sql } from 'kysely';
import type { Tables } from '../db/tables.ts';
import type { Executor, Scope, Tx } from '../db/tx.ts';

export type TemplateRow = Selectable<Tables['templates']>;
export type MessageRow = Selectable<Tables['messages']>;
export type MessageState = MessageRow['state'];

// templates -----------------------------------------------------------------------------------------

export interface TemplateWrite {
  name: string;
  slug: string;
  subject: string;
  html: string;
  category: TemplateRow['category'];
  variables_schema: Readonly<Record<string, string>>;
}

export async function insertTemplate(
  db: Executor,
  scope: Scope,
  template: TemplateWrite & { id: string; created_at: Date },
): Promise<TemplateRow> {
  return db
    .insertInto('templates')
    .values({
      ...template,
      ...scoped(scope),
      variables_schema: JSON.stringify(template.variables_schema),
      updated_at: template.created_at,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** By id, archived ones too; by slug the active one. */
export async function findTemplate(
  db: Executor,
  scope: Scope,
  by: { id: string } | { slug: string },
): Promise<TemplateRow | null> {
  let query = db.selectFrom('templates').selectAll();
  query = 'id' in by ? query.where('id', '=', by.id) : query.where('slug', '=', by.slug).where('is_active', '=', true);
  const row = await query
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .executeTakeFirst();
  return row ?? null;
}

/** Locked until the transaction ends: what it was before a change is what the change replaced. */
export async function lockTemplate(tx: Tx, scope: Scope, id: string): Promise<TemplateRow | undefined> {
  return tx
    .selectFrom('templates')
    .selectAll()
    .where('id', '=', id)
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .forUpdate()
    .executeTakeFirst();
}

/** Active ones, newest first. */
export async function listTemplates(
  db: Executor,
  scope: Scope,
  { category, skip, limit }: { category?: TemplateRow['category'] | undefined; skip: number; limit: number },
): Promise<{ items: TemplateRow[]; total: number }> {
  let query = db
    .selectFrom('templates')
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where('is_active', '=', true);
  if (category) query = query.where('category', '=', category);
  const items = await query.selectAll().orderBy('id', 'desc').offset(skip).limit(limit).execute();
  const counted = await query.select((q) => q.fn.countAll<number>().as('total')).executeTakeFirst();
  return { items, total: counted?.total ?? 0 };
}

/** Only an active template changes. */
export async function updateTemplate(
  db: Executor,
  scope: Scope,
  id: string,
  change: Partial<TemplateWrite> & { is_active?: boolean; updated_at: Date },
): Promise<TemplateRow | null> {
  const { variables_schema: schema, ...rest } = change;
  const row = await db
    .updateTable('templates')
    .set({ ...rest, ...(schema && { variables_schema: JSON.stringify(schema) }) })
    .where('id', '=', id)
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where('is_active', '=', true)
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

// messages ------------------------------------------------------------------------------------------

export type MessageWrite = Pick<
  MessageRow,
  | 'id'
  | 'template_id'
  | 'from_address'
  | 'to_address'
  | 'subject'
  | 'html'
  | 'text'
  | 'idempotency_key'
  | 'request_hash'
  | 'created_by_key_id'
  | 'created_by_user_id'
  | 'created_at'
> & { state: 'queued' | 'captured' };

/** @returns false when the idempotency key is taken: the unique index decides between two at the same time. */
export async function insertMessage(db: Executor, scope: Scope, message: MessageWrite): Promise<boolean> {
  const row = await db
    .insertInto('messages')
    .values({
      ...message,
      ...scoped(scope),
      next_attempt_at: message.created_at,
      finished_at: message.state === 'captured' ? message.created_at : null,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'environment', 'idempotency_key'])
        .where('idempotency_key', 'is not', null)
        .doNothing(),
    )
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function findByIdempotencyKey(
  db: Executor,
  scope: Scope,
  key: string,
): Promise<Pick<MessageRow, 'id' | 'request_hash'> | null> {
  const row = await db
    .selectFrom('messages')
    .select(['id', 'request_hash'])
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where('idempotency_key', '=', key)
    .executeTakeFirst();
  return row ?? null;
}

/** What a list shows: all but the bodies. */
export type MessageItem = Omit<MessageRow, 'html' | 'text' | 'request_hash'> & { template_slug: string };
export type MessageDetail = MessageItem & Pick<MessageRow, 'html' | 'text'>;

const ITEM = [
  'messages.id',
  'messages.workspace_id',
  'messages.environment',
  'template_id',
  'profile_id',
  'from_address',
  'to_address',
  'messages.subject',
  'state',
  'idempotency_key',
  'attempts',
  'next_attempt_at',
  'provider_message_id',
  'error',
  'created_by_key_id',
  'created_by_user_id',
  'messages.created_at',
  'finished_at',
  'templates.slug as template_slug',
] as const;

export interface MessageFilter {
  readonly state?: MessageState | undefined;
  readonly to?: string | undefined;
  /** Last id of the page before. */
  readonly before?: string | null | undefined;
}

/** Newest first. */
export async function listMessages(
  db: Executor,
  scope: Scope,
  filter: MessageFilter,
  limit: number,
): Promise<MessageItem[]> {
  let query = filtered(db, scope, filter).innerJoin('templates', 'templates.id', 'messages.template_id').select(ITEM);
  if (filter.before) query = query.where('messages.id', '<', filter.before);
  return query.orderBy('messages.id', 'desc').limit(limit).execute();
}

/** Messages that keys made since then, by key; those that made none are left out. */
export async function countMessagesOfKeys(
  db: Executor,
  keyIds: readonly number[],
  since: Date,
): Promise<Map<number, number>> {
  if (keyIds.length === 0) return new Map();
  const { rows } = await sql<{ key_id: number; n: number }>`
    select created_by_key_id as key_id, count(*) as n from messages
    where created_by_key_id = any(${keyIds}::bigint[]) and created_at >= ${since}
    group by 1`.execute(db);
  return new Map(rows.map((row) => [row.key_id, row.n]));
}

/** Messages of both environments that a key made in a time. */
export async function countMessagesOfKey(
  db: Executor,
  workspaceId: string,
  keyId: number,
  from: Date,
  to: Date,
): Promise<number> {
  const row = await db
    .selectFrom('messages')
    .select((q) => q.fn.countAll<number>().as('n'))
    .where('workspace_id', '=', workspaceId)
    .where('created_by_key_id', '=', keyId)
    .where('created_at', '>=', from)
    .where('created_at', '<', to)
    .executeTakeFirstOrThrow();
  return row.n;
}

/** Exact up to `most`. */
export async function countMessages(db: Executor, scope: Scope, filter: MessageFilter, most: number): Promise<number> {
  const counted = await db
    .selectFrom(filtered(db, scope, filter).select('messages.id').limit(most).as('counted'))
    .select((q) => q.fn.countAll<number>().as('total'))
    .executeTakeFirst();
  return counted?.total ?? 0;
}

function filtered(db: Executor, scope: Scope, { state, to }: MessageFilter) {
  let query = db
    .selectFrom('messages')
    .where('messages.workspace_id', '=', scope.workspaceId)
    .where('messages.environment', '=', scope.environment);
  if (state) query = query.where('messages.state', '=', state);
  if (to) query = query.where('messages.to_address', '=', to);
  return query;
}

export async function findMessage(db: Executor, scope: Scope, id: string): Promise<MessageDetail | null> {
  const row = await filtered(db, scope, {})
    .innerJoin('templates', 'templates.id', 'messages.template_id')
    .select([...ITEM, 'messages.html', 'messages.text'])
    .where('messages.id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

// sending, across all workspaces ----------------------------------------------------------------------

export type ClaimedMessage = Pick<
  MessageRow,
  'id' | 'from_address' | 'to_address' | 'subject' | 'html' | 'text' | 'attempts' | 'created_at'
>;

/**
 * Takes due messages for this process alone. Committed before anything is sent, so that nobody else, and not this
 * process after a crash, sends them too. `until`: when a sender that has not reported back counts as dead.
 */
export async function claimMessages(
  db: Executor,
  { now, until, limit }: { now: Date; until: Date; limit: number },
): Promise<ClaimedMessage[]> {
  const { rows } = await sql<ClaimedMessage>`
    update messages m set state = 'sending', attempts = attempts + 1, next_attempt_at = ${until}
    from (
      select id from messages where state = 'queued' and next_attempt_at <= ${now}
      order by next_attempt_at limit ${limit} for update skip locked
    ) due
    where m.id = due.id
    returning m.id, m.from_address, m.to_address, m.subject, m.html, m.text, m.attempts, m.created_at`.execute(db);
  return rows;
}

/** What came of one attempt. Also says the truth of a message that was given up as unknown in the meantime. */
export async function recordAttempt(
  db: Executor,
  claimed: { id: string; attempts: number },
  result: {
    state: 'queued' | 'sent' | 'failed' | 'unknown';
    at: Date;
    nextAttemptAt: Date | null;
    providerMessageId: string | null;
    error: string | null;
  },
): Promise<void> {
  await db
    .updateTable('messages')
    .set({
      state: result.state,
      ...(result.nextAttemptAt && { next_attempt_at: result.nextAttemptAt }),
      provider_message_id: result.providerMessageId,
      error: result.error,
      finished_at: result.state === 'queued' ? null : result.at,
    })
    .where('id', '=', claimed.id)
    .where('attempts', '=', claimed.attempts)
    .where('state', 'in', ['sending', 'unknown'])
    .execute();
}

/** Gives up on messages whose sender died: nobody knows whether they left, so nobody sends them again. */
export async function giveUpLost(
  db: Executor,
  { now, all }: { now: Date /** Also those whose time is not over: this process is the only one. */; all: boolean },
): Promise<string[]> {
  let query = db
    .updateTable('messages')
    .set({
      state: 'unknown',
      finished_at: now,
      error: 'The sender stopped while the message was under way. It may have arrived; it is not sent again.',
    })
    .where('state', '=', 'sending');
  if (!all) query = query.where('next_attempt_at', '<=', now);
  const rows = await query.returning('id').execute();
  return rows.map((row) => row.id);
}

function scoped(scope: Scope) {
  return { workspace_id: scope.workspaceId, environment: scope.environment };
}
