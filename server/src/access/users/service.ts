/** Puts together what concerns people: workspaces, members, invitations, sign-in, sessions, second factors, passwords. */
import type { FastifyBaseLogger } from 'fastify';
import type { Db } from '../../db/open.ts';
import { createSeal } from '../../seal.ts';
import type { Notify } from '../notify.ts';
import { hashSubkey, subkey } from '../secrets.ts';
import { createPasskeys } from './factors/passkeys.ts';
import { renewTotpSeals } from './factors/renew.ts';
import { createSecondFactors } from './factors/second-factor.ts';
import { createInvitations } from './invitations.ts';
import { createMembers } from './members.ts';
import { createPasswordChange } from './password-change.ts';
import { createPasswords } from './passwords.ts';
import { createBackground } from './sign-in/background.ts';
import { createOneTimeTokens } from './sign-in/one-time.ts';
import { createSessions } from './sign-in/session-list.ts';
import { createTokens } from './sign-in/sessions.ts';
import { createSignIn } from './sign-in/sign-in.ts';
import { createSignInThrottle } from './sign-in/throttle.ts';
import { createWorkspaces } from './workspaces.ts';

export type Users = ReturnType<typeof createUsers>;

export function createUsers(parts: {
  db: Db;
  secret: string;
  /** The secret before it; null: none. */
  previousSecret: string | null;
  now: () => Date;
  log: Pick<FastifyBaseLogger, 'error'>;
  notify: Notify;
  /** Without a mail server an invitation's link is shown to the inviter. */
  hasMail: boolean;
  publicUrl: string;
}) {
  const { db, secret, now, log, notify, hasMail, publicUrl } = parts;
  const linkKey = hashSubkey(secret, 'one-time-link');
  const tokens = createTokens({
    db,
    signingKey: subkey(secret, 'session-token'),
    hashKey: hashSubkey(secret, 'refresh-token'),
    now,
  });
  const seal = createSeal(secret, 'second-factor', parts.previousSecret);
  const passwords = createPasswords();
  const throttle = createSignInThrottle({ db, now });
  const background = createBackground({ log });
  const oneTime = createOneTimeTokens({ key: hashSubkey(secret, 'sign-in-token'), now });
  const sessions = createSessions({ db, now, log });
  const workspaces = createWorkspaces({ db, passwords, now, onUse: sessions.note });
  const secondFactor = createSecondFactors({
    db,
    now,
    seal,
    hashKey: hashSubkey(secret, 'recovery-code'),
    tokens,
    sessions,
    issuer: `Headgate (${new URL(publicUrl).hostname})`,
  });
  const passkeys = createPasskeys({ db, now, oneTime, sessions, factors: secondFactor, publicUrl });
  const signIn = createSignIn({
    db,
    passwords,
    throttle,
    tokens,
    oneTime,
    factors: secondFactor,
    passkeys,
    background,
  });
  return {
    tokens,
    workspaces,
    sessions,
    signIn,
    secondFactor,
    passkeys,
    members: createMembers({ db, now, sessions }),
    invitations: createInvitations({ db, now, hashKey: linkKey, passwords, throttle, notify, hasMail, publicUrl }),
    passwordChange: createPasswordChange({
      db,
      now,
      hashKey: linkKey,
      passwords,
      throttle,
      signIn,
      background,
      notify,
      publicUrl,
    }),

    /** Resolves when what stands behind answered requests is done: mails of resets, entries of failed sign-ins. */
    settled: background.settled,
    /** Seals what the secret before this one sealed anew, then keeps up. */
    async start(): Promise<void> {
      if (parts.previousSecret !== null) await renewTotpSeals(db, seal);
      sessions.start();
    },
    /** Writes what is still to be written. */
    async stop(): Promise<void> {
      await background.settled();
      await sessions.stop();
    },
  };
}
