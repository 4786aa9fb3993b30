/** What a key may send: its caps, and a second person's approval above a number. Asked in the transaction that queues. */
import type { Tx } from '../../db/tx.ts';
import { AppError } from '../../errors.ts';
import type { Principal } from '../principal.ts';
import type { Approvals } from './approvals.ts';
import { DAY_MS } from './brakes.ts';
import { takeRecipients } from './queries.ts';

/**
 * Spends the caller's allowance for this many recipients with `tx`: rolled back with it, nothing is spent.
 * @throws AppError send_not_allowed, send_cap_exceeded, approval_required
 */
export type SendingAllowance = (tx: Tx, caller: Principal, recipients: number) => Promise<void>;

export function createSendingAllowance(parts: {
  approvals: Pick<Approvals, 'redeem'>;
  now: () => Date;
}): SendingAllowance {
  return async (tx, caller, recipients) => {
    if (!caller.maySend) throw new AppError('send_not_allowed', 'This caller may not send.');
    if (caller.kind !== 'key') return;
    // Asked at the door too; a feature that forgot it there still stops here.
    if (caller.agent) throw new AppError('send_not_allowed', 'A key for an agent never sends.');
    if (!caller.caps) return;
    const { recipientsPerSend, recipientsPerDay, approvalAbove } = caller.caps;
    if (recipientsPerSend !== null && recipients > recipientsPerSend) {
      throw new AppError(
        'send_cap_exceeded',
        `This key sends to at most ${recipientsPerSend} recipients at once; this send has ${recipients}.`,
      );
    }
    if (recipientsPerDay !== null) {
      const at = parts.now().getTime();
      const day = new Date(Math.floor(at / DAY_MS) * DAY_MS);
      const place = { lineage: caller.lineage, workspaceId: caller.workspaceId, day };
      if (!(await takeRecipients(tx, place, recipients, recipientsPerDay))) {
        throw new AppError(
          'send_cap_exceeded',
          `This key sends to at most ${recipientsPerDay} recipients a day (UTC), and the rest of today is less than this send.`,
          { retryAfter: Math.ceil((day.getTime() + DAY_MS - at) / 1_000) },
        );
      }
    }
    if (approvalAbove !== null && recipients > approvalAbove) await parts.approvals.redeem(tx, caller, recipients);
  };
}
