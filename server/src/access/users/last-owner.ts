/** What every way to take a role from somebody has to heed. */
import type { Tx } from '../../db/tx.ts';
import { AppError } from '../../errors.ts';
import { record } from '../audit/record.ts';
import { dropWaiting } from '../permissions/queries.ts';
import { revokeInvitations } from './invitation-queries.ts';
import { countOwners, type MemberRow } from './queries.ts';

/** There is always an owner. Call it with the workspace's members locked. @throws AppError conflict. */
export async function refuseOnlyOwner(tx: Tx, workspaceId: string, member: Pick<MemberRow, 'role'>): Promise<void> {
  if (member.role === 'owner' && (await countOwners(tx, workspaceId)) === 1) {
    throw new AppError('conflict', 'This is the only owner. Make somebody else an owner first.');
  }
}

/** An invitation is its maker's word; it ends with the right to give it. */
export async function withdrawInvitationsBy(tx: Tx, workspaceId: string, userId: string, at: Date): Promise<void> {
  const withdrawn = await revokeInvitations(tx, workspaceId, { invitedBy: userId }, at);
  for (const { id, email, role } of withdrawn) {
    await record(tx, {
      action: 'invitation.revoked',
      target: { type: 'invitation', id, name: email },
      before: { role },
    });
  }
  await dropWaiting(
    tx,
    workspaceId,
    withdrawn.map(({ id }) => id),
  );
}
