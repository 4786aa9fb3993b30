/**
 * Invitations: a one-time link for one address, good for seven days. Who has an account accepts it signed in; who has none
 * makes one by it. The link is mailed; only where there is no mail server is it shown to the inviter instead.
 */
import { type KeyObject, randomBytes } from 'node:crypto';
import type { Db } from '../../db/open.ts';
import { inTransaction, lockInTransaction, sqlState, type Tx, UNIQUE_VIOLATION } from '../../db/tx.ts';
import { AppError, invalidField, notFound } from '../../errors.ts';
import { isUuid, newId } from '../../ids.ts';
import { record } from '../audit/record.ts';
import type { Notify } from '../notify.ts';
import { type Principal, personOf, type Role } from '../principal.ts';
import { hmac } from '../secrets.ts';
import { mayGrant } from './members.ts';
import { checkPassword, type Passwords } from './passwords.ts';
import {
  acceptInvitation,
  findOpenInvitation,
  findUserByEmail,
  findWorkspace,
  type InvitationRow,
  insertInvitation,
  insertMembership,
  insertUser,
  isMember,
  listInvitations,
  type OpenInvitation,
  revokeInvitations,
} from './queries.ts';
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
    if (!found) throw over();
    return found;
  }

  /** The last step for both kinds of people, in the transaction of the system that may have made the account. */
  async function join(tx: Tx, invitation: OpenInvitation, user: { id: string; email: string }, client: Client) {
    const { id, workspace_id, role } = invitation;
    if (!(await acceptInvitation(tx, id, now()))) throw over();
    if (await isMember(tx, workspace_id, user.email)) throw new AppError('conflict', 'You are a member already.');
    await insertMembership(tx, { workspace_id, user_id: user.id, role });
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
      const address = email.toLowerCase();
      if (!mayGrant(caller, role))
        throw new AppError('forbidden', `You cannot invite anybody as ${role}: it is above your role.`);
      const token = TOKEN_PREFIX + randomBytes(32).toString('base64url');
      const link = `${publicUrl}/app/invitation#${token}`;
      const at = now();
      const invitation = await inTransaction(db, async (tx) => {
        await lockInTransaction(tx, `invitations ${caller.workspaceId}`);
        if (await isMember(tx, caller.workspaceId, address))
          throw new AppError('conflict', `${address} is a member already.`);
        await revokeInvitations(tx, caller.workspaceId, { email: address }, at);
        const { total } = await listInvitations(tx, caller.workspaceId, { limit: 1, before: null });
        if (total >= MOST) throw new AppError('conflict', `At most ${MOST} invitations. Revoke some first.`);
        const row = await insertInvitation(tx, {
          id: newId(at.getTime()),
          workspace_id: caller.workspaceId,
          email: address,
          role,
          token_hash: hashOf(token),
          invited_by: caller.userId,
          created_at: at,
          expires_at: new Date(at.getTime() + DAYS * 86_400_000),
        });
        const workspace = await findWorkspace(tx, { id: caller.workspaceId });
        await notify(tx, {
          workspaceId: caller.workspaceId,
          to: address,
          kind: 'invitation',
          subject: `${caller.label} invites you to ${workspace?.name ?? 'a workspace'} on Headgate`,
          text: `${caller.label} invites you to the workspace ${workspace?.name ?? ''} as ${role}.\n\nAccept within ${DAYS} days:\n\n${link}\n\nThe link works once. If you expected nothing like it, ignore this mail.\n`,
        });
        await record(tx, {
          action: 'invitation.created',
          target: { type: 'invitation', id: row.id, name: address },
          after: { email: address, role },
        });
        return row;
      });
      return { invitation, link: hasMail ? null : link };
    },

    /** @throws AppError not_found, also for one that was accepted. */
    async revoke(caller: Principal, id: string): Promise<void> {
      await inTransaction(db, async (tx) => {
        const [gone] = isUuid(id) ? await revokeInvitations(tx, caller.workspaceId, { id }, now()) : [];
        if (!gone) throw notFound('invitation');
        const target = { type: 'invitation', id, name: gone.email };
        await record(tx, { action: 'invitation.revoked', target, before: { role: gone.role } });
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
