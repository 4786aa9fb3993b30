/** All SQL of the system's own mails. */
import { sql } from 'kysely';
import type { Executor } from '../db/tx.ts';

export interface NewNotice {
  readonly id: string;
  readonly workspace_id: string | null;
  readonly to_address: string;
  readonly kind: string;
  readonly subject: string;
  readonly text: string | null;
  readonly state: 'queued' | 'no_smtp';
}

/** Without `returning`: a request may write a mail and read none. */
export async function insertNotices(db: Executor, notices: readonly NewNotice[], at: Date): Promise<void> {
  await sql`
    insert into notices (id, workspace_id, to_address, kind, subject, text, state, next_attempt_at, created_at, finished_at)
    select id, workspace_id, to_address, kind, subject, text, state, ${at}, ${at},
           case when state = 'no_smtp' then ${at}::timestamptz end
    from json_to_recordset(${JSON.stringify(notices)}::json)
      as n (id uuid, workspace_id uuid, to_address text, kind text, subject text, text text, state text)`.execute(db);
}

export interface ClaimedNotice {
  readonly id: string;
  readonly to_address: string;
  readonly kind: string;
  readonly subject: string;
  readonly text: string;
  readonly attempts: number;
  readonly created_at: Date;
}

/**
 * Takes due mails for this process alone, committed before anything is sent. `until`: when a sender that has not
 * reported back counts as dead.
 */
export async function claimNotices(
  db: Executor,
  { now, until, limit }: { now: Date; until: Date; limit: number },
): Promise<ClaimedNotice[]> {
  const { rows } = await sql<ClaimedNotice>`
    update notices n set state = 'sending', attempts = attempts + 1, next_attempt_at = ${until}
    from (
      select id from notices where state = 'queued' and next_attempt_at <= ${now}
      order by next_attempt_at, id limit ${limit} for update skip locked
    ) due
    where n.id = due.id
    returning n.id, n.to_address, n.kind, n.subject, n.text, n.attempts, n.created_at`.execute(db);
  return rows;
}

/** What came of one attempt; the text goes with the last one. */
export async function recordNotice(
  db: Executor,
  claimed: { id: string; attempts: number },
  result: {
    state: 'queued' | 'sent' | 'failed' | 'unknown';
    at: Date;
    nextAttemptAt: Date | null;
    error: string | null;
  },
): Promise<void> {
  const again = result.state === 'queued';
  await db
    .updateTable('notices')
    .set({
      state: result.state,
      ...(result.nextAttemptAt && { next_attempt_at: result.nextAttemptAt }),
      ...(!again && { text: null }),
      error: result.error,
      finished_at: again ? null : result.at,
    })
    .where('id', '=', claimed.id)
    .where('attempts', '=', claimed.attempts)
    .where('state', 'in', again ? ['sending'] : ['sending', 'unknown'])
    .execute();
}

/** Gives up on mails whose sender died: nobody knows whether they left, so nobody sends them again. */
export async function giveUpLost(db: Executor, { now, all }: { now: Date; all: boolean }): Promise<string[]> {
  let query = db
    .updateTable('notices')
    .set({ state: 'unknown', finished_at: now, text: null, error: 'The sender stopped while the mail was under way.' })
    .where('state', '=', 'sending');
  if (!all) query = query.where('next_attempt_at', '<=', now);
  return (await query.returning('id').execute()).map((row) => row.id);
}
