/** All SQL of the mails about keys that should be rotated or soon expire. */
import { sql } from 'kysely';
import type { Tx } from '../../../db/tx.ts';

export interface DueReminder {
  key_id: number;
  kind: 'rotate' | 'expires_week' | 'expires_day';
  due_at: Date;
  workspace_id: string;
  workspace_name: string;
  name: string;
  public_id: string;
  environment: string;
  /** While they belong to the workspace. */
  maker: string | null;
}

/**
 * Notes and returns what is due, each key, kind and time once, oldest first. A key that lives shorter than the warning
 * is long gets none: whoever made it knows.
 */
export async function takeDueReminders(tx: Tx, now: Date, limit: number): Promise<DueReminder[]> {
  const rows = await sql<DueReminder>`
    with live as (
      select id, workspace_id, name, public_id, environment, created_at, expires_at, created_by_user_id
      from api_keys
      where revoked_at is null and retires_at is null and not canary and coalesce(expires_at > ${now}, true)
    ), due as (
      select id, 'rotate' as kind, created_at + interval '90 days' as due_at from live
      where created_at <= ${now}::timestamptz - interval '90 days'
        and coalesce(expires_at > ${now}::timestamptz + interval '7 days', true)
      union all
      select id, 'expires_week', expires_at from live
      where expires_at <= ${now}::timestamptz + interval '7 days' and expires_at > ${now}::timestamptz + interval '1 day'
        and created_at <= expires_at - interval '7 days'
      union all
      select id, 'expires_day', expires_at from live
      where expires_at <= ${now}::timestamptz + interval '1 day' and created_at <= expires_at - interval '1 day'
    ), taken as (
      insert into key_reminders (key_id, kind, due_at, sent_at)
      select id, kind, due_at, ${now} from due d
      where not exists (select from key_reminders r where r.key_id = d.id and r.kind = d.kind and r.due_at = d.due_at)
      order by due_at, id limit ${limit}
      on conflict do nothing returning key_id, kind, due_at
    )
    select t.key_id, t.kind, t.due_at, k.workspace_id, w.name as workspace_name, k.name, k.public_id, k.environment,
           (select u.email from users u join memberships m on m.user_id = u.id
            where u.id = k.created_by_user_id and m.workspace_id = k.workspace_id and u.disabled_at is null) as maker
    from taken t join live k on k.id = t.key_id join workspaces w on w.id = k.workspace_id
    order by t.due_at, t.key_id`.execute(tx);
  return rows.rows;
}
