/**
 * Mails to whoever made a key, or to the owners: rotate it after 90 days, and it expires in a week, in a day. Each is sent
 * once, in the transaction that notes it; what one person is to be told at one time comes in one mail.
 */
import type { Db } from '../../../db/open.ts';
import { inTransaction } from '../../../db/tx.ts';
import type { Notice, Notify } from '../../notify.ts';
import { ownersOf } from '../../permissions/standing.ts';
import { type DueReminder, takeDueReminders } from './reminder-queries.ts';

const BATCH = 500;

export function createKeyReminders(parts: { db: Db; notify: Notify; publicUrl: string; now: () => Date }) {
  const { db, notify, publicUrl, now } = parts;
  return {
    /** The job of the clock. @returns how many keys people were reminded of. */
    async run(signal?: AbortSignal): Promise<{ reminded: number }> {
      let reminded = 0;
      for (;;) {
        const taken = await inTransaction(db, async (tx) => {
          const due = await takeDueReminders(tx, now(), BATCH);
          const orphans = due.filter((key) => key.maker === null).map((key) => key.workspace_id);
          const owners = await ownersOf(tx, [...new Set(orphans)]);
          await notify(tx, noticesOf(due, owners, publicUrl));
          return due.length;
        });
        reminded += taken;
        if (taken < BATCH || signal?.aborted) return { reminded };
      }
    },
  };
}

function noticesOf(
  due: readonly DueReminder[],
  owners: ReadonlyMap<string, ReadonlySet<string>>,
  publicUrl: string,
): Notice[] {
  const letters = new Map<string, { to: string; keys: DueReminder[] }>();
  for (const key of due) {
    for (const to of key.maker === null ? (owners.get(key.workspace_id) ?? []) : [key.maker]) {
      const name = `${key.workspace_id} ${key.kind} ${to}`;
      const letter = letters.get(name) ?? { to, keys: [] };
      letter.keys.push(key);
      letters.set(name, letter);
    }
  }
  return [...letters.values()].map(({ to, keys }) => letterOf(to, keys, publicUrl));
}

const SHOWN = 50;

function letterOf(to: string, keys: readonly DueReminder[], publicUrl: string): Notice {
  const [first] = keys;
  if (!first) throw new Error('A letter without keys.');
  const { kind, workspace_id, workspace_name } = first;
  const many = keys.length === 1 ? `API key “${first.name}”` : `${keys.length} API keys`;
  const lines = keys.slice(0, SHOWN).map((key) => {
    const when = key.due_at.toISOString().slice(0, 16).replace('T', ' ');
    const about = kind === 'rotate' ? '' : `, expires ${when} UTC`;
    return `- ${key.name} (${key.environment}, ${key.public_id})${about}`;
  });
  if (keys.length > SHOWN) lines.push(`- and ${keys.length - SHOWN} more`);
  const said =
    kind === 'rotate'
      ? {
          subject: `${many} of ${workspace_name}: time to rotate`,
          text: 'These keys are 90 days old. A rotation makes a successor and leaves the old key working for as long as you choose:',
        }
      : {
          subject: `${many} of ${workspace_name}: expiring ${kind === 'expires_day' ? 'within a day' : 'within a week'}`,
          text: 'These keys end soon; requests with them will then be refused. Give them another expiry or rotate them:',
        };
  return {
    workspaceId: workspace_id,
    to,
    kind: kind === 'rotate' ? 'key-rotation' : 'key-expiry',
    subject: said.subject,
    text: [said.text, '', ...lines, '', `${publicUrl}/app/settings/api-keys`].join('\n'),
  };
}
