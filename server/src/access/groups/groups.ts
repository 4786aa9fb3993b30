/**
 * Groups: what they may, all their members may. Who is no member of the workspace yet is invited, and belongs to the
 * group from the acceptance on. To put somebody into a group is to give what the group has, and takes the same rights.
 */
import type { KeysetRequest } from '../../db/keyset.ts';
import type { Db } from '../../db/open.ts';
import { storableText } from '../../db/text.ts';
import { type Executor, inTransaction, lockInTransaction, type Tx } from '../../db/tx.ts';
import { AppError, notFound } from '../../errors.ts';
import { isUuid, newId } from '../../ids.ts';
import { record } from '../audit/record.ts';
import { refuseGiving, refuseManaging } from '../permissions/giving.ts';
import { membershipOf } from '../permissions/permission.ts';
import { permissionsOf } from '../permissions/queries.ts';
import type { Principal } from '../principal.ts';
import { openInvitationsTo } from '../users/invitation-queries.ts';
import type { Invitations } from '../users/invitations.ts';
import { findMember, membersByEmail } from '../users/queries.ts';
import * as queries from './queries.ts';

const MAX_NAME = 255;
/** In a workspace. */
const MOST = 1_000;
/** In one group. */
const MOST_MEMBERS = 10_000;

export type Group = queries.GroupRow;
export type Groups = ReturnType<typeof createGroups>;

export function createGroups({ db, now, invitations }: { db: Db; now: () => Date; invitations: Invitations }) {
  async function groupOf(executor: Executor, workspaceId: string, id: string): Promise<Group> {
    const found = isUuid(id) ? await queries.findGroup(executor, workspaceId, id) : undefined;
    if (!found) throw notFound('user group');
    return found;
  }

  const targetOf = (group: Group) => ({ type: 'user_group', id: group.id, name: group.name });

  /** One change of one group at a time. */
  async function change<T>(caller: Principal, id: string, work: (tx: Tx, group: Group) => Promise<T>): Promise<T> {
    const { workspaceId } = caller;
    return await inTransaction(db, async (tx) => {
      await lockInTransaction(tx, `members ${workspaceId}`);
      const group = await groupOf(tx, workspaceId, id);
      const has = await permissionsOf(tx, workspaceId, { groupId: id });
      refuseManaging(caller, membershipOf(has));
      return await work(tx, group);
    });
  }

  /** @param emails plain, in lower case. */
  async function changeMembers(
    caller: Principal,
    id: string,
    emails: readonly string[],
    how: 'add' | 'replace' | 'remove',
  ): Promise<Group> {
    const { workspaceId } = caller;
    return await change(caller, id, async (tx, group) => {
      const before = await queries.emailsOf(tx, workspaceId, id);
      const asked = [...new Set(emails)];
      const going = how === 'add' ? [] : before.filter((email) => (how === 'remove') === asked.includes(email));
      const coming = how === 'remove' ? [] : asked.filter((email) => !before.includes(email));
      if (before.length - going.length + coming.length > MOST_MEMBERS) {
        throw new AppError('bad_request', `A group has at most ${MOST_MEMBERS} members.`);
      }
      if (coming.length > 0) refuseGiving(caller, await permissionsOf(tx, workspaceId, { groupId: id }));
      await queries.removeFromGroup(tx, workspaceId, id, going);
      await queries.addToGroup(tx, workspaceId, id, await peopleAt(tx, caller, coming));
      const after = await queries.emailsOf(tx, workspaceId, id);
      if (going.length > 0 || coming.length > 0) {
        await record(tx, {
          action: going.length > 0 ? 'group.members-removed' : 'group.members-added',
          target: targetOf(group),
          before: { members: before },
          after: { members: after },
        });
      }
      return await groupOf(tx, workspaceId, id);
    });
  }

  /** Members by their address; the others are invited, if they are not yet. */
  async function peopleAt(tx: Tx, caller: Principal, emails: readonly string[]) {
    const { workspaceId } = caller;
    if (emails.length > 0) await lockInTransaction(tx, `invitations ${workspaceId}`);
    const members = await membersByEmail(tx, workspaceId, emails);
    const others = emails.filter((email) => !members.some((member) => member.email === email));
    const invited = await openInvitationsTo(tx, workspaceId, now(), others);
    const invitationIds = invited.map(({ id }) => id);
    for (const email of others) {
      if (invited.some((invitation) => invitation.email === email)) continue;
      const made = await invitations.inviteIn(tx, caller, { email, role: 'limited', permissions: [] });
      invitationIds.push(made.invitation.id);
    }
    return { userIds: members.map(({ id }) => id), invitationIds };
  }

  return {
    /** Oldest first, both ways. */
    page: (caller: Principal, request: KeysetRequest) => queries.pageOfGroups(db, caller.workspaceId, request),

    /** @throws AppError not_found. */
    async pageOfMember(caller: Principal, userId: string, request: KeysetRequest) {
      const member = isUuid(userId) ? await findMember(db, caller.workspaceId, userId) : undefined;
      if (!member) throw notFound('user');
      return await queries.pageOfGroups(db, caller.workspaceId, request, userId);
    },

    /** @throws AppError not_found. */
    get: (caller: Principal, id: string): Promise<Group> => groupOf(db, caller.workspaceId, id),

    /** @throws AppError validation_error, forbidden. */
    async create(caller: Principal, name: string): Promise<Group> {
      refuseName(name);
      refuseGiving(caller, []);
      const id = newId(now().getTime());
      return await inTransaction(db, async (tx) => {
        await lockInTransaction(tx, `members ${caller.workspaceId}`);
        if ((await queries.countGroups(tx, caller.workspaceId)) >= MOST) {
          throw new AppError('bad_request', `A workspace has at most ${MOST} groups.`);
        }
        await queries.insertGroup(tx, { id, workspace_id: caller.workspaceId, name });
        await record(tx, { action: 'group.created', target: { type: 'user_group', id, name }, after: { name } });
        return await groupOf(tx, caller.workspaceId, id);
      });
    },

    /** @throws AppError not_found, validation_error, forbidden. */
    async rename(caller: Principal, id: string, name: string): Promise<Group> {
      refuseName(name);
      return await change(caller, id, async (tx, group) => {
        await queries.renameGroup(tx, caller.workspaceId, id, name);
        await record(tx, {
          action: 'group.updated',
          target: { ...targetOf(group), name },
          before: { name: group.name },
          after: { name },
        });
        return { ...group, name };
      });
    },

    /** @throws AppError not_found, forbidden. */
    async remove(caller: Principal, id: string): Promise<void> {
      await change(caller, id, async (tx, group) => {
        const members = await queries.emailsOf(tx, caller.workspaceId, id);
        await queries.deleteGroup(tx, caller.workspaceId, id);
        await record(tx, { action: 'group.deleted', target: targetOf(group), before: { name: group.name, members } });
      });
    },

    /** @throws AppError not_found. */
    async users(caller: Principal, id: string, request: KeysetRequest) {
      await groupOf(db, caller.workspaceId, id);
      return await queries.pageOfUsers(db, caller.workspaceId, id, request);
    },

    /** Who was invited into it and has not accepted yet. @throws AppError not_found. */
    async invited(caller: Principal, id: string, request: KeysetRequest) {
      await groupOf(db, caller.workspaceId, id);
      return await queries.pageOfInvited(db, caller.workspaceId, id, now(), request);
    },

    /** @throws AppError not_found; forbidden (the group has more than the caller gives). */
    changeMembers,
  };
}

function refuseName(name: string): void {
  const what =
    name.trim() === ''
      ? 'is not allowed to be empty'
      : name.length > MAX_NAME
        ? `length must be less than or equal to ${MAX_NAME} characters long`
        : storableText(name) !== name
          ? 'must not contain NUL or half a character'
          : null;
  if (what === null) return;
  const message = `"name" ${what}`;
  throw new AppError('validation_error', message, { fields: [{ field: 'name', message }] });
}
