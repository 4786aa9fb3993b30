/**
 * Who belongs to a workspace, and as what. Owners manage everybody; admins everybody but owners, and make none. There is
 * always an owner. A change counts from the next request on, because every request reads the membership.
 */
import { asSystem } from '../../context.ts';
import type { Db } from '../../db/open.ts';
import { inTransaction, lockInTransaction, type Tx } from '../../db/tx.ts';
import { AppError, notFound } from '../../errors.ts';
import { isUuid } from '../../ids.ts';
import { record } from '../audit/record.ts';
import { type Principal, personOf, type Role } from '../principal.ts';
import { withSecondFactor } from './factors/queries.ts';
import {
  countOwners,
  deleteMembership,
  findMember,
  listMembers,
  type MemberRow,
  revokeInvitations,
  setRole,
} from './queries.ts';
import type { Sessions, SessionView } from './sign-in/session-list.ts';

const RANK: Readonly<Record<Role, number>> = { viewer: 0, member: 1, admin: 2, owner: 3 };

export interface Member extends MemberRow {
  readonly secondFactor: boolean;
}

export type Members = ReturnType<typeof createMembers>;

/** Whether somebody may give this role away: nobody gives more than they have, and only people who manage give any. */
export function mayGrant(caller: Principal, role: Role): boolean {
  return caller.kind === 'user' && RANK[caller.role] >= RANK.admin && RANK[role] <= RANK[caller.role];
}

export function createMembers({ db, now, sessions }: { db: Db; now: () => Date; sessions: Sessions }) {
  /** @throws AppError not_found. */
  async function memberOf(executor: Db | Tx, workspaceId: string, userId: string): Promise<MemberRow> {
    const found = isUuid(userId) ? await findMember(executor, workspaceId, userId) : undefined;
    if (!found) throw notFound('member');
    return found;
  }

  /** @throws AppError forbidden. A key takes members away at most, and only such that manage nothing. */
  function mustManage(caller: Principal, target: MemberRow): void {
    if (caller.kind === 'user' && caller.userId === target.id) return;
    const reach = caller.kind === 'user' ? RANK[caller.role] : RANK.member;
    const enough = caller.kind === 'user' ? reach >= RANK.admin : caller.scopes.has('members:manage');
    if (!enough || RANK[target.role] > reach) {
      throw new AppError('forbidden', `Your role is not enough to manage a member who is ${target.role}.`);
    }
  }

  /** Two owners who leave at once must not both find the other one still there. */
  function change<T>(caller: Principal, work: (tx: Tx) => Promise<T>): Promise<T> {
    return inTransaction(db, async (tx) => {
      await lockInTransaction(tx, `members ${caller.workspaceId}`);
      return await work(tx);
    });
  }

  async function mustNotBeLastOwner(tx: Tx, workspaceId: string, target: MemberRow): Promise<void> {
    if (target.role === 'owner' && (await countOwners(tx, workspaceId)) === 1) {
      throw new AppError('conflict', 'This is the only owner. Make somebody else an owner first.');
    }
  }

  async function told(rows: MemberRow[]): Promise<Member[]> {
    const ids = rows.map((row) => row.id);
    const having = ids.length > 0 ? await asSystem(() => withSecondFactor(db, ids)) : new Set<string>();
    return rows.map((row) => ({ ...row, secondFactor: having.has(row.id) }));
  }

  const targetOf = (member: MemberRow) => ({ type: 'member', id: member.id, name: member.email });

  return {
    async list(caller: Principal, page: { limit: number; before: string | null }) {
      const { members, total } = await listMembers(db, caller.workspaceId, page);
      return { members: await told(members), total };
    },

    /** @throws AppError not_found, forbidden, conflict (the last owner). */
    async setRole(caller: Principal, userId: string, role: Role): Promise<Member> {
      const row = await change(caller, async (tx) => {
        const member = await memberOf(tx, caller.workspaceId, userId);
        personOf(caller);
        mustManage(caller, member);
        if (!mayGrant(caller, role))
          throw new AppError('forbidden', `You cannot make anybody ${role}: it is above your role.`);
        if (role === member.role) return member;
        if (role !== 'owner') await mustNotBeLastOwner(tx, caller.workspaceId, member);
        await setRole(tx, caller.workspaceId, userId, role);
        if (RANK[role] < RANK.admin) await withdrawInvitationsBy(tx, caller.workspaceId, userId);
        const after = { ...member, role };
        await record(tx, {
          action: 'member.updated',
          target: targetOf(member),
          before: { role: member.role },
          after: { role },
        });
        return after;
      });
      const [member] = await told([row]);
      if (!member) throw notFound('member');
      return member;
    },

    /** Also to leave. The account lives on, and so do keys the person made. @throws AppError as setRole. */
    async remove(caller: Principal, userId: string): Promise<void> {
      await change(caller, async (tx) => {
        const member = await memberOf(tx, caller.workspaceId, userId);
        mustManage(caller, member);
        await mustNotBeLastOwner(tx, caller.workspaceId, member);
        await deleteMembership(tx, caller.workspaceId, userId);
        await withdrawInvitationsBy(tx, caller.workspaceId, userId);
        await record(tx, {
          action: 'member.removed',
          target: targetOf(member),
          before: { email: member.email, role: member.role },
        });
      });
    },

    /** Whether this person's sessions are the caller's to see and end. */
    async manages(caller: Principal, userId: string): Promise<boolean> {
      const member = await findMember(db, caller.workspaceId, userId);
      if (!member || caller.kind !== 'user' || RANK[caller.role] < RANK.admin) return false;
      return RANK[member.role] <= RANK[caller.role];
    },

    /** @throws AppError not_found, forbidden. */
    async sessionsOf(caller: Principal, userId: string): Promise<SessionView[]> {
      const member = await memberOf(db, caller.workspaceId, userId);
      const person = personOf(caller);
      mustManage(person, member);
      return await sessions.listOf(userId, person.sessionId);
    },

    /** Signs the member out everywhere. @throws AppError not_found, forbidden. */
    async endSessionsOf(caller: Principal, userId: string): Promise<void> {
      const member = await memberOf(db, caller.workspaceId, userId);
      const person = personOf(caller);
      mustManage(person, member);
      await sessions.endAll(person, userId);
    },
  };

  /** An invitation is its maker's word; it ends with the right to give it. */
  async function withdrawInvitationsBy(tx: Tx, workspaceId: string, userId: string): Promise<void> {
    for (const invitation of await revokeInvitations(tx, workspaceId, { invitedBy: userId }, now())) {
      const target = { type: 'invitation', id: invitation.id, name: invitation.email };
      await record(tx, { action: 'invitation.revoked', target, before: { role: invitation.role } });
    }
  }
}
