/**
 * Who belongs to a workspace, and as what. Owners manage everybody; admins everybody but owners, and make none. There is
 * always an owner. A change counts from the next request on, because every request reads the membership.
 */
import { afterCommit, asSystem } from '../../context.ts';
import type { KeysetRequest } from '../../db/keyset.ts';
import type { Db } from '../../db/open.ts';
import { inTransaction, lockInTransaction, type Tx } from '../../db/tx.ts';
import { AppError, notFound } from '../../errors.ts';
import { isUuid } from '../../ids.ts';
import { record } from '../audit/record.ts';
import { refuseManaging } from '../permissions/giving.ts';
import { deletePermissions } from '../permissions/queries.ts';
import { ROLES } from '../permissions/roles.ts';
import { standingOf } from '../permissions/standing.ts';
import { type Principal, personOf, RANK, type Role } from '../principal.ts';
import { withSecondFactor } from './factors/queries.ts';
import { refuseOnlyOwner, withdrawInvitationsBy } from './last-owner.ts';
import {
  deleteMembership,
  findMember,
  listMembers,
  type MemberRow,
  pageOfMembers,
  setRole,
  workspaceIdsOf,
} from './queries.ts';
import { endSessionsOf } from './sign-in/queries.ts';
import type { Sessions, SessionView } from './sign-in/session-list.ts';

/** What would say something else than the role that is set. */
const ROLES_OF_MEMBERS = ROLES.filter(({ membership }) => membership !== undefined).map(({ id }) => id);

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
  async function mustManage(executor: Db | Tx, caller: Principal, target: MemberRow): Promise<void> {
    if (caller.kind === 'user' && caller.userId === target.id) return;
    const role = await standingOf(executor, caller.workspaceId, target);
    const reach = caller.kind === 'user' ? RANK[caller.role] : RANK.member;
    const enough = caller.kind === 'user' ? reach >= RANK.admin : caller.scopes.has('members:manage');
    if (!enough || RANK[role] > reach) {
      throw new AppError('forbidden', `Your role is not enough to manage a member who is ${role}.`);
    }
  }

  /** Two owners who leave at once must not both find the other one still there. */
  function change<T>(caller: Principal, work: (tx: Tx) => Promise<T>): Promise<T> {
    return inTransaction(db, async (tx) => {
      await lockInTransaction(tx, `members ${caller.workspaceId}`);
      return await work(tx);
    });
  }

  async function told(rows: MemberRow[]): Promise<Member[]> {
    const ids = rows.map((row) => row.id);
    const having = ids.length > 0 ? await asSystem(() => withSecondFactor(db, ids)) : new Set<string>();
    return rows.map((row) => ({ ...row, secondFactor: having.has(row.id) }));
  }

  async function takeOut(tx: Tx, { workspaceId }: Principal, member: MemberRow): Promise<void> {
    await refuseOnlyOwner(tx, workspaceId, member);
    await deleteMembership(tx, workspaceId, member.id);
    await withdrawInvitationsBy(tx, workspaceId, member.id, now());
    await record(tx, {
      action: 'member.removed',
      target: targetOf(member),
      before: { email: member.email, role: member.role },
    });
  }

  const targetOf = (member: MemberRow) => ({ type: 'member', id: member.id, name: member.email });

  return {
    async list(caller: Principal, page: { limit: number; before: string | null }) {
      const { members, total } = await listMembers(db, caller.workspaceId, page);
      return { members: await told(members), total };
    },

    /** Oldest account first, both ways. */
    async page(caller: Principal, request: KeysetRequest) {
      return await pageOfMembers(db, caller.workspaceId, request);
    },

    /** @throws AppError not_found. */
    get: (caller: Principal, userId: string): Promise<MemberRow> => memberOf(db, caller.workspaceId, userId),

    /** @throws AppError not_found, forbidden, conflict (the last owner). */
    async setRole(caller: Principal, userId: string, role: Role): Promise<Member> {
      const row = await change(caller, async (tx) => {
        const member = await memberOf(tx, caller.workspaceId, userId);
        personOf(caller);
        await mustManage(tx, caller, member);
        if (!mayGrant(caller, role))
          throw new AppError('forbidden', `You cannot make anybody ${role}: it is above your role.`);
        if (role === member.role) return member;
        if (role !== 'owner') await refuseOnlyOwner(tx, caller.workspaceId, member);
        await setRole(tx, caller.workspaceId, userId, role);
        await deletePermissions(tx, caller.workspaceId, { userId }, ROLES_OF_MEMBERS);
        if (RANK[role] < RANK.admin) await withdrawInvitationsBy(tx, caller.workspaceId, userId, now());
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
        await mustManage(tx, caller, member);
        await takeOut(tx, caller, member);
      });
    },

    /**
     * For Segment's doors: all of them or none. Who belongs to no other workspace is signed out.
     * @throws AppError not_found, forbidden, conflict (the last owner).
     */
    async removeMany(caller: Principal, userIds: readonly string[]): Promise<void> {
      const ids = [...new Set(userIds)];
      await change(caller, async (tx) => {
        for (const userId of ids) {
          const member = await memberOf(tx, caller.workspaceId, userId);
          refuseManaging(caller, await standingOf(tx, caller.workspaceId, member));
          await takeOut(tx, caller, member);
        }
      });
      await afterCommit(async () => {
        for (const userId of ids) {
          if ((await workspaceIdsOf(db, userId)).length > 0) continue;
          await inTransaction(db, async (tx) => void (await endSessionsOf(tx, userId, now(), {})));
        }
      });
    },

    /** Whether this person's sessions are the caller's to see and end. */
    async manages(caller: Principal, userId: string): Promise<boolean> {
      const member = await findMember(db, caller.workspaceId, userId);
      if (!member || caller.kind !== 'user' || RANK[caller.role] < RANK.admin) return false;
      return RANK[await standingOf(db, caller.workspaceId, member)] <= RANK[caller.role];
    },

    /** @throws AppError not_found, forbidden. */
    async sessionsOf(caller: Principal, userId: string): Promise<SessionView[]> {
      const member = await memberOf(db, caller.workspaceId, userId);
      const person = personOf(caller);
      await mustManage(db, person, member);
      return await sessions.listOf(userId, person.sessionId);
    },

    /** Signs the member out everywhere. @throws AppError not_found, forbidden. */
    async endSessionsOf(caller: Principal, userId: string): Promise<void> {
      const member = await memberOf(db, caller.workspaceId, userId);
      const person = personOf(caller);
      await mustManage(db, person, member);
      await sessions.endAll(person, userId);
    },
  };
}
