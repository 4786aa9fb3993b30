/** Setting another password: with the one there is, or by a mailed link when it is forgotten. Both end sessions. */
import { type KeyObject, randomBytes } from 'node:crypto';
import { asSystem } from '../../context.ts';
import type { Db } from '../../db/open.ts';
import { inTransaction, type Tx } from '../../db/tx.ts';
import { AppError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import type { Notify } from '../notify.ts';
import { type Principal, personOf } from '../principal.ts';
import { hmac } from '../secrets.ts';
import { checkPassword, type Passwords } from './passwords.ts';
import {
  countOpenResets,
  deleteResets,
  findOpenReset,
  findPassword,
  findUserByEmail,
  insertReset,
  setPassword,
  useReset,
} from './queries.ts';
import type { Background } from './sign-in/background.ts';
import { type Person, workForAccount } from './sign-in/decoy.ts';
import { confirmSession, endSessionsOf } from './sign-in/queries.ts';
import type { SignIn } from './sign-in/sign-in.ts';
import type { SignInThrottle } from './sign-in/throttle.ts';
import { type Client, clientOfRequest, recordOfPerson, userOf } from './sign-in/trail.ts';

const TOKEN_PREFIX = 'hgp_';
const MINUTES = 30;
/** Mails to one person within the life of a link, whoever asks for them. */
const MOST_OPEN = 3;

export type PasswordChange = ReturnType<typeof createPasswordChange>;

export function createPasswordChange(parts: {
  db: Db;
  now: () => Date;
  hashKey: KeyObject;
  passwords: Passwords;
  throttle: SignInThrottle;
  signIn: SignIn;
  background: Background;
  notify: Notify;
  publicUrl: string;
}) {
  const { db, now, hashKey, passwords, throttle, signIn, background, notify, publicUrl } = parts;

  const hashOf = (token: string) => hmac(hashKey, `password reset ${token}`);

  async function store(
    user: Person,
    hash: string,
    how: { action: string; keepSession?: string; client: Client | null; resetHash?: Buffer },
  ): Promise<void> {
    const { action, keepSession, client, resetHash } = how;
    await inTransaction(db, async (tx) => {
      if (resetHash && !(await useReset(tx, resetHash, now()))) throw over();
      await setPassword(tx, user.id, hash, now());
      if (!resetHash) await deleteResets(tx, user.id);
      await endSessionsOf(tx, user.id, now(), { id: keepSession });
      await notify(tx, {
        workspaceId: null,
        to: user.email,
        kind: 'password-changed',
        subject: 'Your Headgate password was changed',
        text: `The password of ${user.email} was changed${client ? ` from ${client.ip}` : ''}. Other sessions were signed out.\n\nIf this was not you, set another one now: ${publicUrl}/app/forgot-password\n`,
      });
      const target = { type: 'user', id: user.id, name: user.email };
      await recordOfPerson(tx, user.id, { action, target, by: user, client });
    });
  }

  async function mailLink(tx: Tx, user: Person, client: Client): Promise<void> {
    const token = TOKEN_PREFIX + randomBytes(32).toString('base64url');
    const at = now();
    await insertReset(tx, {
      id: newId(at.getTime()),
      user_id: user.id,
      token_hash: hashOf(token),
      expires_at: new Date(at.getTime() + MINUTES * 60_000),
    });
    await notify(tx, {
      workspaceId: null,
      to: user.email,
      kind: 'password-reset',
      subject: 'Set a new Headgate password',
      text: `Somebody at ${client.ip} asked for a new password for ${user.email}.\n\nSet it within ${MINUTES} minutes:\n\n${publicUrl}/app/reset-password#${token}\n\nThe link works once. If this was not you, ignore this mail: nothing has changed.\n`,
    });
    const target = { type: 'user', id: user.id, name: user.email };
    await recordOfPerson(tx, user.id, { action: 'password.reset_requested', target, client });
  }

  return {
    /** Gives the password once more, so that the session may change what guards the account. @throws AppError forbidden. */
    async confirm(principal: Principal, password: string): Promise<void> {
      const caller = personOf(principal);
      const client = clientOfRequest();
      await asSystem(async () => {
        await signIn.checkPassword(userOf(caller), password, client ?? NOWHERE);
        await confirmSession(db, caller.sessionId, now());
      });
    },

    /** Ends all other sessions. @throws AppError forbidden (the current one is wrong), validation_error, rate_limit_exceeded. */
    async change(principal: Principal, current: string, next: string): Promise<void> {
      const caller = personOf(principal);
      const client = clientOfRequest();
      await asSystem(async () => {
        await signIn.checkPassword(userOf(caller), current, client ?? NOWHERE);
        checkPassword('new_password', next, caller.label);
        const hash = await passwords.hash(next);
        await store(userOf(caller), hash, { action: 'password.changed', keepSession: caller.sessionId, client });
      });
    },

    /**
     * Mails a link, if there is such an account; the answer is the same, and comes before anything is looked up.
     * @throws AppError rate_limit_exceeded.
     */
    async forgot(email: string, client: Client): Promise<void> {
      const account = email.toLowerCase();
      await throttle.attempt('reset', account, client.ip);
      background.run('mail of a password reset', async () => {
        const user = await findUserByEmail(db, account);
        const open = await countOpenResets(db, user?.id ?? NOBODY, now());
        await workForAccount(db, open < MOST_OPEN ? user : undefined, (tx, person) => mailLink(tx, person, client));
      });
    },

    /** Ends all sessions. A second factor stays: it is asked for at the next sign-in. @throws AppError bad_request, validation_error. */
    async reset(token: string, password: string, client: Client): Promise<void> {
      await throttle.attempt('reset', null, client.ip);
      const resetHash = hashOf(token);
      const userId = token.startsWith(TOKEN_PREFIX) ? await findOpenReset(db, resetHash, now()) : undefined;
      const account = userId === undefined ? undefined : await findPassword(db, userId);
      if (userId === undefined || !account) throw over();
      checkPassword('password', password, account.email);
      const hash = await passwords.hash(password);
      await store({ id: userId, email: account.email }, hash, { action: 'password.reset', client, resetHash });
      await throttle.succeeded('reset', account.email, client.ip);
    },
  };
}

/** The id of no account. */
const NOBODY = '00000000-0000-0000-0000-000000000000';
/** A caller without an address: only tests ask like this. */
const NOWHERE: Client = { ip: '0.0.0.0', userAgent: null, requestId: null };

function over(): AppError {
  return new AppError('bad_request', 'This link was used, or is over. Ask for a new one.');
}
