/**
 * Invitations: a one-time link for one address, good for seven days. Who has an account accepts it signed in; who has none
 * makes one by it. The link is mailed; only where there is no mail server is it shown to the inviter instead.
 */
import { type KeyObject, randomBytes } from 'node:crypto';
import type { KeysetRequest } from '../../db/keyset.ts';
import type { Db } from '../../db/open.ts';
import { inTransaction, lockInTransaction, sqlState, type Tx, UNIQUE_VIOLATION } from '../../db/tx.ts';
import { AppError, invalidField, notFound } from '../../errors.ts';
import { isUuid, newId } from '../../ids.ts';
import { record } from '../audit/record.ts';
import type { Notify } from '../notify.ts';
import { inWords } from '../permissions/describe.ts';
import { refuseGiving, refuseManaging } from '../permissions/giving.ts';
import { membershipOf } from '../permissions/permission.ts';
import { dropWaiting, handOver, insertPermissions, permissionsOfMany, waitingFor } from '../permissions/queries.ts';
import { standingOf, standingOfInvitation } from '../permissions/standing.ts';
import type { Permission } from '../permissions/types.ts';
import { type Principal, personOf, RANK, type Role } from '../principal.ts';
import { hmac } from '../secrets.ts';
import {
  acceptInvitation,
  findInvitation,
  findOpenInvitation,
  type InvitationRow,
  insertInvitation,
  listInvitations,
  type OpenInvitation,
  openInvitationsTo,
  pageOfOpenInvitations,
  renewInvitation,
  revokeInvitations,
} from './invitation-queries.ts';
import { mayGrant } from './members.ts';
import { checkPassword, type Passwords } from './passwords.ts';
import { findMember, findUserByEmail, findWorkspace, insertMembership, insertUser, isMember } from './queries.ts';
import type { SignInThrottle } from './sign-in/throttle.ts';
import { type Client, recordAs } from './sign-in/trail.ts';

const TOKEN_PREFIX = 'hgi_';
const DAYS = 7;
/** Waiting at once in one workspace. */
const MOST = 1_000;

export type Invitation = InvitationRow;

export interface Accepted {
  readonly workspace: { readonly id: string; readonly slug: string; readonly name: string };
  readonly email: string;
  readonly role: Role;
  /** Made now; else an account that was there. */
  readonly newAccount: boolean;
}

export type Invitations = ReturnType<typeof createInvitations>;

export function createInvitations(parts: {
  db: Db;
  now: () => Date;
  hashKey: KeyObject;
  passwords: Passwords;
  throttle: SignInThrottle;
  notify: Notify;
  /** Without a mail server the link is shown to the inviter. */
  hasMail: boolean;
  publicUrl: string;
}) {
  const { db, now, hashKey, passwords, throttle, notify, hasMail, publicUrl } = parts;

  const hashOf = (token: string) => hmac(hashKey, `invitation ${token}`);

  async function mustBeOpen(token: string): Promise<OpenInvitation> {
    const found = token.startsWith(TOKEN_PREFIX) ? await findOpenInvitation(db, hashOf(token), now()) : undefined;
    if (!found || !(await standsBy(db, found))) throw over();
    return found;
  }

  /** An invitation is its maker's word: it ends with the right to give it, however that was lost. */
  async function standsBy(executor: Db | Tx, invitation: InvitationRow): Promise<boolean> {
    const { workspace_id, invited_by, role } = invitation;
    if (invited_by === null) return true;
    const maker = await findMember(executor, workspace_id, invited_by);
    if (!maker) return false;
    return RANK[await standingOf(executor, workspace_id, maker)] >= Math.max(RANK.admin, RANK[role]);
  }

  /** Who takes an invitation away must be able to manage what it would make. @throws AppError forbidden. */
  async function refuseTaking(tx: Tx, caller: Principal, invitation: InvitationRow): Promise<void> {
    refuseManaging(caller, await standingOfInvitation(tx, invitation));
  }

  /** The last step for both kinds of people, in the transaction of the system that may have made the account. */
  async function join(tx: Tx, invitation: OpenInvitation, user: { id: string; email: string }, client: Client) {
    const { id, workspace_id, role } = invitation;
    if (!(await acceptInvitation(tx, id, now())) || !(await standsBy(tx, invitation))) throw over();
    if (await isMember(tx, workspace_id, user.email)) throw new AppError('conflict', 'You are a member already.');
    await insertMembership(tx, { workspace_id, user_id: user.id, role });
    await handOver(tx, workspace_id, id, user.id);
    await recordAs(tx, workspace_id, user, client, {
      action: 'invitation.accepted',
      target: { type: 'invitation', id, name: user.email },
    });
    await recordAs(tx, workspace_id, user, client, {
      action: 'member.added',
      target: { type: 'member', id: user.id, name: user.email },
      after: { email: user.email, role },
    });
  }

  /** Replaces an open invitation of the same address. */
  async function inviteIn(
    tx: Tx,
    caller: Principal,
    invited: { email: string; role: Role; permissions: readonly Permission[] },
  ): Promise<{ invitation: InvitationRow; link: string }> {
    const { workspaceId } = caller;
    const { role, permissions } = invited;
    const email = invited.email.toLowerCase();
    if (await isMember(tx, workspaceId, email)) throw new AppError('conflict', `${email} is a member already.`);
    const at = now();
    for (const open of await openInvitationsTo(tx, workspaceId, at, [email])) await refuseTaking(tx, caller, open);
    const replaced = await revokeInvitations(tx, workspaceId, { email }, at);
    await dropWaiting(
      tx,
      workspaceId,
      replaced.map(({ id }) => id),
    );
    const { total } = await listInvitations(tx, workspaceId, { limit: 1, before: null });
    if (total >= MOST) throw new AppError('conflict', `At most ${MOST} invitations. Revoke some first.`);
    const { token, link } = newLink();
    const invitation = await insertInvitation(tx, {
      id: newId(at.getTime()),
      workspace_id: workspaceId,
      email,
      role,
      token_hash: hashOf(token),
      invited_by: caller.kind === 'user' ? caller.userId : null,
      invited_by_key: caller.kind === 'key' ? caller.keyId : null,
      created_at: at,
      expires_at: endOf(at),
    });
    await insertPermissions(tx, workspaceId, { invitationId: invitation.id }, permissions);
    await mail(tx, caller, { email, role }, link);
    await record(tx, {
      action: 'invitation.created',
      target: { type: 'invitation', id: invitation.id, name: email },
      after: { email, role, ...(permissions.length > 0 && { permissions: inWords(permissions) }) },
    });
    return { invitation, link };
  }

  async function mail(tx: Tx, caller: Principal, to: { email: string; role: Role }, link: string): Promise<void> {
    const { email, role } = to;
    const { workspaceId } = caller;
    const workspace = await findWorkspace(tx, { id: workspaceId });
    const as = role === 'limited' ? 'a member with limited access' : role;
    await notify(tx, {
      workspaceId,
      to: email,
      kind: 'invitation',
      subject: `${caller.label} invites you to ${workspace?.name ?? 'a workspace'} on Headgate`,
      text: `${caller.label} invites you to the workspace ${workspace?.name ?? ''} as ${as}.\n\nAccept within ${DAYS} days:\n\n${link}\n\nThe link works once. If you expected nothing like it, ignore this mail.\n`,
    });
  }

  function newLink(): { token: string; link: string } {
    const token = TOKEN_PREFIX + randomBytes(32).toString('base64url');
    return { token, link: `${publicUrl}/app/invitation#${token}` };
  }

  const endOf = (at: Date) => new Date(at.getTime() + DAYS * 86_400_000);

  /** @returns whether it was open. */
  async function withdraw(tx: Tx, workspaceId: string, which: { id: string }): Promise<boolean> {
    const [gone] = await revokeInvitations(tx, workspaceId, which, now());
    if (!gone) return false;
    await dropWaiting(tx, workspaceId, [gone.id]);
    const target = { type: 'invitation', id: gone.id, name: gone.email };
    await record(tx, { action: 'invitation.revoked', target, before: { role: gone.role } });
    return true;
  }

  /** @param check refuses what the caller may not take away. */
  async function takeAway(caller: Principal, id: string, check: typeof refuseTaking): Promise<void> {
    await inTransaction(db, async (tx) => {
      const found = isUuid(id) ? await findInvitation(tx, caller.workspaceId, id) : undefined;
      if (!found) throw notFound('invitation');
      await check(tx, caller, found);
      if (!(await withdraw(tx, caller.workspaceId, { id }))) throw notFound('invitation');
    });
  }

  return {
    async list(caller: Principal, page: { limit: number; before: string | null }) {
      return await listInvitations(db, caller.workspaceId, page);
    },

    /**
     * Replaces an open invitation of the same address.
     * @param email a plain address. @returns the link only where no mail can bring it.
     * @throws AppError forbidden (above the own role), conflict (a member already).
     */
    async create(
      principal: Principal,
      email: string,
      role: Role,
    ): Promise<{ invitation: Invitation; link: string | null }> {
      const caller = personOf(principal);
      if (!mayGrant(caller, role))
        throw new AppError('forbidden', `You cannot invite anybody as ${role}: it is above your role.`);
      const made = await inTransaction(db, async (tx) => {
        await lockInTransaction(tx, `invitations ${caller.workspaceId}`);
        return await inviteIn(tx, caller, { email, role, permissions: [] });
      });
      return { invitation: made.invitation, link: hasMail ? null : made.link };
    },

    /**
     * With permissions that wait for the acceptance: all of them or none.
     * @param given addresses are plain and in lower case, permissions checked and within what the caller gives (refuseGiving).
     * @throws AppError conflict (a member already).
     */
    async createMany(
      caller: Principal,
      given: readonly { email: string; permissions: readonly Permission[] }[],
      options: { again: 'replace' | 'refuse' },
    ): Promise<Invitation[]> {
      for (const { permissions } of given) refuseGiving(caller, permissions);
      return await inTransaction(db, async (tx) => {
        await lockInTransaction(tx, `invitations ${caller.workspaceId}`);
        const made: Invitation[] = [];
        for (const { email, permissions } of given) {
          if (options.again === 'refuse') {
            const [open] = await openInvitationsTo(tx, caller.workspaceId, now(), [email]);
            if (open) throw new AppError('conflict', `${email} is invited already.`);
          }
          const role = membershipOf(permissions);
          made.push((await inviteIn(tx, caller, { email, role, permissions })).invitation);
        }
        return made;
      });
    },

    /**
     * A new link for an open invitation, as good as inviting anew; the one before no longer works. The mail goes out again.
     * @returns the link only where no mail can bring it.
     * @throws AppError not_found; forbidden for who could not give all that waits for the acceptance.
     */
    async renew(principal: Principal, id: string): Promise<{ invitation: Invitation; link: string | null }> {
      const { workspaceId } = principal;
      const made = await inTransaction(db, async (tx) => {
        await lockInTransaction(tx, `invitations ${workspaceId}`);
        const at = now();
        const found = isUuid(id) ? await findInvitation(tx, workspaceId, id) : undefined;
        if (!found || found.accepted_at || found.revoked_at) throw notFound('invitation');
        const caller = personOf(principal);
        if (!mayGrant(caller, found.role)) {
          throw new AppError('forbidden', `You cannot invite anybody as ${found.role}: it is above your role.`);
        }
        refuseGiving(caller, await waitingFor(tx, workspaceId, id));
        const { token, link } = newLink();
        const invitation = await renewInvitation(tx, workspaceId, id, {
          token_hash: hashOf(token),
          invited_by: caller.userId,
          invited_by_key: null,
          expires_at: endOf(at),
        });
        await mail(tx, caller, found, link);
        await record(tx, { action: 'invitation.renewed', target: { type: 'invitation', id, name: found.email } });
        return { invitation, link };
      });
      return { invitation: made.invitation, link: hasMail ? null : made.link };
    },

    /** In a transaction of another service, which has locked `invitations <workspace>`. */
    inviteIn,

    /** Those that can be accepted, oldest first, both ways. */
    async pageOfOpen(caller: Principal, request: KeysetRequest) {
      return await pageOfOpenInvitations(db, caller.workspaceId, now(), request);
    },

    /** What waits for their acceptance, by the invitation's id. */
    async permissionsOf(caller: Principal, ids: readonly string[]) {
      return await permissionsOfMany(db, caller.workspaceId, 'invitation_id', ids);
    },

    /** @param emails in lower case. @throws AppError not_found when one of them is not invited: then all stay. */
    async revokeMany(caller: Principal, emails: readonly string[]): Promise<void> {
      await inTransaction(db, async (tx) => {
        await lockInTransaction(tx, `invitations ${caller.workspaceId}`);
        for (const email of new Set(emails)) {
          const [open] = await openInvitationsTo(tx, caller.workspaceId, now(), [email]);
          if (!open) throw new AppError('not_found', `${email} is not invited.`);
          await refuseTaking(tx, caller, open);
          await withdraw(tx, caller.workspaceId, { id: open.id });
        }
      });
    },

    /** For Segment's doors. @throws AppError not_found; forbidden for what is above the caller. */
    withdraw: (caller: Principal, id: string): Promise<void> => takeAway(caller, id, refuseTaking),

    /** @throws AppError not_found, also for one that was accepted; forbidden for what is above the caller. */
    async revoke(caller: Principal, id: string): Promise<void> {
      // A key that manages members takes away what would manage nothing, and no more.
      const free = caller.kind !== 'user' && caller.scopes.has('members:manage') ? RANK.member : -1;
      await takeAway(caller, id, async (tx, by, found) => {
        if (RANK[await standingOfInvitation(tx, found)] > free) await refuseTaking(tx, by, found);
      });
    },

    /** What the page behind the link shows before anything is accepted. @throws AppError not_found. */
    async look(token: string, client: Client) {
      await throttle.attempt('reset', null, client.ip);
      const invitation = await mustBeOpen(token);
      await throttle.succeeded('reset', null, client.ip);
      const user = await findUserByEmail(db, invitation.email);
      return { ...invitation, hasAccount: user !== undefined };
    },

    /**
     * @param given.signedIn who sends the call, where somebody is signed in.
     * @throws AppError not_found (unknown, used, revoked or expired), unauthorized (the address has an account: sign in),
     * forbidden (signed in as somebody else), validation_error (name, password).
     */
    async accept(
      token: string,
      given: {
        name?: string | undefined;
        password?: string | undefined;
        signedIn: { id: string; email: string } | null;
      },
      client: Client,
    ): Promise<Accepted> {
      await throttle.attempt('reset', null, client.ip);
      const invitation = await mustBeOpen(token);
      await throttle.succeeded('reset', null, client.ip);
      const { email, role, workspace_id, slug, workspace_name } = invitation;
      const accepted = { workspace: { id: workspace_id, slug, name: workspace_name }, email, role };
      const { signedIn } = given;
      if (signedIn) {
        if (signedIn.email !== email) {
          throw new AppError('forbidden', 'This invitation is for another address. Sign in as that one, or sign out.');
        }
        await inTransaction(db, (tx) => join(tx, invitation, signedIn, client));
        return { ...accepted, newAccount: false };
      }
      if (await findUserByEmail(db, email)) {
        throw new AppError('unauthorized', `${email} has an account here. Sign in with it to accept.`);
      }
      if (given.password === undefined) throw invalidField('password', 'choose one for your new account');
      checkPassword('password', given.password, email);
      const password_hash = await passwords.hash(given.password);
      const user = { id: newId(now().getTime()), email };
      try {
        await inTransaction(db, async (tx) => {
          await insertUser(tx, { ...user, name: given.name ?? '', password_hash });
          await join(tx, invitation, user, client);
        });
      } catch (error) {
        if (sqlState(error) === UNIQUE_VIOLATION) throw over();
        throw error;
      }
      return { ...accepted, newAccount: true };
    },
  };
}

function over(): AppError {
  return new AppError('not_found', 'This invitation does not exist, was used, or is over. Ask for a new one.');
}
