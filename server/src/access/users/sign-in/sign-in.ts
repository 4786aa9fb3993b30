/**
 * Signing in: by password, then a second factor where the account has one, or by a passkey alone. Before the last step
 * there is no session, only a token that is good for that step.
 */
import type { AuthenticationResponseJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import type { Db } from '../../../db/open.ts';
import { inTransaction, type Tx } from '../../../db/tx.ts';
import { AppError } from '../../../errors.ts';
import type { SecondFactor } from '../../principal.ts';
import type { Passkeys } from '../factors/passkeys.ts';
import type { SecondFactors } from '../factors/second-factor.ts';
import type { Passwords } from '../passwords.ts';
import { findPassword, findUser, findUserByEmail } from '../queries.ts';
import type { Background } from './background.ts';
import { type Person, workForAccount } from './decoy.ts';
import type { OneTimeTokens } from './one-time.ts';
import type { Session, Tokens } from './sessions.ts';
import type { SignInThrottle } from './throttle.ts';
import { type Client, recordOfPerson } from './trail.ts';

const MFA_PREFIX = 'hgm_';
const USER_ID_BYTES = 16;

export interface NeedsSecondFactor {
  /** No session: good for the second step only, within five minutes, once. */
  readonly mfaToken: string;
  readonly expiresIn: number;
  readonly methods: readonly SecondFactor[];
  readonly passkeyOptions: PublicKeyCredentialRequestOptionsJSON | null;
}

/** Exactly one of them. */
export interface SecondStep {
  readonly code?: string | undefined;
  readonly recoveryCode?: string | undefined;
  readonly passkey?: AuthenticationResponseJSON | undefined;
}

export type SignIn = ReturnType<typeof createSignIn>;

export function createSignIn(parts: {
  db: Db;
  passwords: Passwords;
  throttle: SignInThrottle;
  tokens: Tokens;
  oneTime: OneTimeTokens;
  factors: SecondFactors;
  passkeys: Passkeys;
  background: Background;
}) {
  const { db, passwords, throttle, tokens, oneTime, factors, passkeys, background } = parts;

  async function begin(tx: Tx, user: Person, client: Client, secondFactor: SecondFactor | null): Promise<Session> {
    const { id, session } = await tokens.issueIn(tx, user.id, { client, secondFactor });
    await recordOfPerson(tx, user.id, {
      action: 'session.created',
      target: { type: 'session', id, name: user.email },
      after: { second_factor: secondFactor },
      by: user,
      client,
    });
    return session;
  }

  /** Behind the answer, and alike for an account that does not exist: to write it takes time. */
  function failed(account: Person | undefined, client: Client, step: 'password' | 'second factor' | 'passkey'): void {
    background.run('audit of a failed sign-in', () =>
      workForAccount(db, account, (tx, user) =>
        recordOfPerson(tx, user.id, {
          action: 'sign_in.failed',
          target: { type: 'user', id: user.id, name: user.email },
          after: { step },
          client,
        }),
      ),
    );
  }

  function mfaTokenFor(userId: string): string {
    const id = Buffer.from(userId.replaceAll('-', ''), 'hex');
    return MFA_PREFIX + Buffer.concat([id, oneTime.make('second-factor', userId)]).toString('base64url');
  }

  /** Whose token it is. @throws AppError invalid_token. */
  function openMfaToken(text: string) {
    const bytes = Buffer.from(text.startsWith(MFA_PREFIX) ? text.slice(MFA_PREFIX.length) : '', 'base64url');
    const hex = bytes.subarray(0, USER_ID_BYTES).toString('hex');
    const userId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    const token = bytes.subarray(USER_ID_BYTES);
    const open = oneTime.open(token, 'second-factor', userId);
    if (!open) throw expired();
    return { userId, token, open };
  }

  /** Checks what was given outside of the transaction and answers what takes it inside. */
  async function prepare(userId: string, step: SecondStep) {
    const { code, recoveryCode, passkey } = step;
    if (code !== undefined) {
      return { factor: 'totp', take: (tx: Tx) => factors.takeCode(tx, userId, code) } as const;
    }
    if (recoveryCode !== undefined) {
      return { factor: 'recovery_code', take: (tx: Tx) => factors.takeRecoveryCode(tx, userId, recoveryCode) } as const;
    }
    const assertion = passkey ? await passkeys.check(passkey, userId) : null;
    return { factor: 'passkey', take: async (tx: Tx) => (await assertion?.take(tx)) ?? false } as const;
  }

  return {
    /**
     * Same answer and about the same time for an unknown user and a wrong password.
     * @throws AppError invalid_token, rate_limit_exceeded (with retryAfter), unavailable.
     */
    async withPassword(email: string, password: string, client: Client): Promise<Session | NeedsSecondFactor> {
      const account = email.toLowerCase();
      await throttle.attempt('password', account, client.ip);
      const user = await findUserByEmail(db, account);
      if (!(await passwords.verify(user?.password_hash ?? null, password)) || !user) {
        failed(user, client, 'password');
        throw new AppError('invalid_token', 'Email or password is wrong.');
      }
      await throttle.succeeded('password', account, client.ip);
      const has = await factors.statusOf(user.id);
      if (!has.totp && has.passkeys === 0) return await inTransaction(db, (tx) => begin(tx, user, client, null));
      return {
        mfaToken: mfaTokenFor(user.id),
        expiresIn: oneTime.seconds,
        methods: [
          ...(has.totp ? (['totp'] as const) : []),
          ...(has.passkeys > 0 ? (['passkey'] as const) : []),
          ...(has.recovery_codes_left > 0 ? (['recovery_code'] as const) : []),
        ],
        passkeyOptions: await passkeys.secondFactorOptions(user.id),
      };
    },

    /** @throws AppError invalid_token, rate_limit_exceeded (with retryAfter). */
    async withSecondFactor(mfaToken: string, step: SecondStep, client: Client): Promise<Session> {
      const { userId, token, open } = openMfaToken(mfaToken);
      const account = await findPassword(db, userId);
      // The password that the first step took is not the account's any more.
      if (!account || (account.password_changed_at && account.password_changed_at >= open.madeAt)) throw expired();
      const user = { id: userId, email: account.email };
      await throttle.attempt('second-factor', user.email, client.ip);
      const given = await prepare(userId, step);
      const session = await inTransaction(db, async (tx) => {
        if (!(await given.take(tx))) return null;
        // Thrown, so that the code counts as unused again.
        if (!(await oneTime.spend(tx, token, open))) throw expired();
        return await begin(tx, user, client, given.factor);
      });
      if (!session) {
        failed(user, client, 'second factor');
        throw new AppError('invalid_token', 'This is not right, or was used before. Try the next code.');
      }
      await throttle.succeeded('second-factor', user.email, client.ip);
      return session;
    },

    /** By a passkey whose device verified its holder: no password, no name. @throws AppError invalid_token, rate_limit_exceeded. */
    async withPasskey(response: AuthenticationResponseJSON, client: Client): Promise<Session> {
      await throttle.attempt('password', null, client.ip);
      const assertion = await passkeys.check(response, null);
      const session =
        assertion &&
        (await inTransaction(db, async (tx) =>
          (await assertion.take(tx))
            ? await begin(tx, { id: assertion.userId, email: assertion.email }, client, 'passkey')
            : null,
        ));
      if (!session) {
        if (assertion) failed({ id: assertion.userId, email: assertion.email }, client, 'passkey');
        throw new AppError('invalid_token', 'This passkey is not known here, or the request is too old. Try again.');
      }
      await throttle.succeeded('password', null, client.ip);
      return session;
    },

    /** Tokens that are not valid are no error: they are signed out already. */
    async signOut(given: { refresh?: string | undefined; access?: string | undefined }, client: Client): Promise<void> {
      for (const { userId, familyId } of await tokens.sessionOf(given)) {
        const user = await findUser(db, userId);
        if (!user) continue;
        await inTransaction(db, async (tx) => {
          if (!(await tokens.revoke(tx, familyId))) return;
          const target = { type: 'session', id: familyId, name: user.email };
          await recordOfPerson(tx, userId, { action: 'session.ended', target, by: user, client });
        });
      }
    },

    /** @throws AppError when somebody guesses. The password of an account, asked for once more. */
    async checkPassword(user: Person, password: string, client: Client): Promise<void> {
      await throttle.attempt('password', user.email, client.ip);
      const account = await findPassword(db, user.id);
      if (!(await passwords.verify(account?.password_hash ?? null, password))) {
        if (account) failed(user, client, 'password');
        throw new AppError('forbidden', 'The password is wrong.');
      }
      await throttle.succeeded('password', user.email, client.ip);
    },
  };
}

function expired(): AppError {
  return new AppError('invalid_token', 'This sign-in took too long or is over. Begin again with email and password.');
}
