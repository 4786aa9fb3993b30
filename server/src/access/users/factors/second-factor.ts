/**
 * The second factor of an account: time-based codes (RFC 6238: SHA-1, 6 digits, 30 s, one step either way) and recovery
 * codes; what happens to sessions when the first factor is set up or the last one removed; a workspace that requires one.
 */
import { type KeyObject, randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { asSystem } from '../../../context.ts';
import type { Db } from '../../../db/open.ts';
import { inTransaction, lockInTransaction, type Tx } from '../../../db/tx.ts';
import { AppError, invalidField } from '../../../errors.ts';
import type { Seal } from '../../../seal.ts';
import { record } from '../../audit/record.ts';
import { type Principal, personOf, type SecondFactor, type UserPrincipal } from '../../principal.ts';
import { hmac } from '../../secrets.ts';
import { isSecondFactorRequired, requireSecondFactor } from '../queries.ts';
import { endSessionsOf, forgetSecondFactorOfSessions } from '../sign-in/queries.ts';
import type { Sessions } from '../sign-in/session-list.ts';
import type { Session, Tokens } from '../sign-in/sessions.ts';
import { type Client, clientOfRequest, recordOfPerson, userOf } from '../sign-in/trail.ts';
import {
  beginTotp,
  confirmTotp,
  deleteTotp,
  type Factors,
  factorsOf,
  findTotp,
  isRequiredOf,
  replaceRecoveryCodes,
  takeStep,
  useRecoveryCode,
} from './queries.ts';

const STEP_SECONDS = 30;
const RECOVERY_CODES = 10;
/** Without what is mistaken for something else: 0/o, 1/l/i, u. 10 of them are 49 bits. */
const RECOVERY_ALPHABET = '23456789abcdefghjkmnpqrstvwxyz';

export interface Enrolled {
  /** Shown this once; null when there were some already. */
  readonly recoveryCodes: readonly string[] | null;
  /** Replaces the caller's, which has ended; null when that had a second factor already. */
  readonly session: Session | null;
}

export type SecondFactors = ReturnType<typeof createSecondFactors>;

export function createSecondFactors(parts: {
  db: Db;
  now: () => Date;
  seal: Seal;
  hashKey: KeyObject;
  tokens: Tokens;
  sessions: Sessions;
  /** What authenticator apps show above the code. */
  issuer: string;
}) {
  const { db, now, seal, hashKey, tokens, sessions, issuer } = parts;

  const totp = (secret: string, label: string) =>
    new TOTP({ issuer, label, secret: Secret.fromBase32(secret), period: STEP_SECONDS });

  const hashOf = (userId: string, code: string) =>
    hmac(hashKey, `${userId}\n${code.toLowerCase().replace(/[^0-9a-z]/g, '')}`);

  async function newRecoveryCodes(tx: Tx, userId: string): Promise<string[]> {
    const codes = Array.from({ length: RECOVERY_CODES }, () => {
      const signs = Array.from({ length: 10 }, () => RECOVERY_ALPHABET[randomInt(RECOVERY_ALPHABET.length)]).join('');
      return `${signs.slice(0, 5)}-${signs.slice(5)}`;
    });
    await replaceRecoveryCodes(
      tx,
      userId,
      codes.map((code) => hashOf(userId, code)),
    );
    return codes;
  }

  /** Whether the code is right and its step new. @param unconfirmed while it is being set up. */
  async function takeCode(tx: Tx, userId: string, code: string, unconfirmed = false): Promise<boolean> {
    const found = await findTotp(tx, userId);
    if (!found || (found.confirmed_at === null) !== unconfirmed) return false;
    const timestamp = now().getTime();
    const delta = totp(seal.open(found.secret_sealed, userId), '').validate({ token: code, timestamp, window: 1 });
    if (delta === null) return false;
    return await takeStep(tx, userId, Math.floor(timestamp / 1_000 / STEP_SECONDS) + delta);
  }

  /**
   * After a factor was added, in its transaction: sessions without one end, the caller's goes on under a new id, and the
   * first factor comes with recovery codes.
   */
  async function added(tx: Tx, caller: UserPrincipal, factor: SecondFactor, client: Client | null): Promise<Enrolled> {
    const { recovery_codes_left } = await factorsOf(tx, caller.userId);
    const recoveryCodes = recovery_codes_left === 0 ? await newRecoveryCodes(tx, caller.userId) : null;
    await endSessionsOf(tx, caller.userId, now(), { withSecondFactor: true });
    if (caller.secondFactor !== null) return { recoveryCodes, session: null };
    const { session } = await tokens.issueIn(tx, caller.userId, { client, secondFactor: factor });
    return { recoveryCodes, session };
  }

  /** After one was removed, in its transaction. @throws AppError invalid_state where a workspace requires one. */
  async function removed(tx: Tx, userId: string): Promise<void> {
    const left = await factorsOf(tx, userId);
    if (left.totp || left.passkeys > 0) return;
    if (await isRequiredOf(tx, userId)) {
      throw new AppError('invalid_state', 'A workspace of yours requires a second factor. Set up another one first.');
    }
    await replaceRecoveryCodes(tx, userId, []);
    await forgetSecondFactorOfSessions(tx, userId);
  }

  /** All changes of one account's factors take turns. */
  function change<T>(caller: UserPrincipal, work: (tx: Tx) => Promise<T>): Promise<T> {
    return asSystem(() =>
      inTransaction(db, async (tx) => {
        await lockInTransaction(tx, `second-factor ${caller.userId}`);
        return await work(tx);
      }),
    );
  }

  const target = (caller: UserPrincipal) => ({ type: 'user', id: caller.userId, name: caller.label });

  return {
    takeCode,
    added,
    removed,
    change,

    /** Whether the code is one of theirs and was not used. */
    takeRecoveryCode: (tx: Tx, userId: string, code: string): Promise<boolean> =>
      useRecoveryCode(tx, userId, hashOf(userId, code), now()),

    statusOf: (userId: string): Promise<Factors> => asSystem(() => factorsOf(db, userId)),

    /** A new secret, asked for at sign-in only once a code of it was given. @throws AppError invalid_state. */
    async beginTotp(principal: Principal): Promise<{ secret: string; uri: string }> {
      const caller = personOf(principal);
      await sessions.mustBeConfirmed(caller);
      const secret = new Secret({ size: 20 }).base32;
      const begun = await change(caller, (tx) => beginTotp(tx, caller.userId, seal.seal(secret, caller.userId), now()));
      if (!begun) throw new AppError('invalid_state', 'Codes are set up already. Remove them to set them up anew.');
      return { secret, uri: totp(secret, caller.label).toString() };
    },

    /** @throws AppError validation_error for a wrong code, invalid_state when nothing was begun. */
    async confirmTotp(principal: Principal, code: string): Promise<Enrolled> {
      const caller = personOf(principal);
      await sessions.mustBeConfirmed(caller);
      const client = clientOfRequest();
      return await change(caller, async (tx) => {
        const found = await findTotp(tx, caller.userId);
        if (!found || found.confirmed_at)
          throw new AppError('invalid_state', 'Begin with POST /api/v1/second-factor/totp.');
        if (!(await takeCode(tx, caller.userId, code, true))) {
          throw invalidField('code', 'this is not the code of this moment; check the clock of the device');
        }
        await confirmTotp(tx, caller.userId, now());
        const enrolled = await added(tx, caller, 'totp', client);
        const by = userOf(caller);
        await recordOfPerson(tx, caller.userId, {
          action: 'second_factor.added',
          target: target(caller),
          by,
          client,
          after: { kind: 'totp' },
        });
        return enrolled;
      });
    },

    /** @throws AppError not_found, invalid_state (the last one, and required). */
    async removeTotp(principal: Principal): Promise<void> {
      const caller = personOf(principal);
      await sessions.mustBeConfirmed(caller);
      const client = clientOfRequest();
      await change(caller, async (tx) => {
        if (!(await deleteTotp(tx, caller.userId))) throw new AppError('not_found', 'No codes are set up.');
        await removed(tx, caller.userId);
        const by = userOf(caller);
        await recordOfPerson(tx, caller.userId, {
          action: 'second_factor.removed',
          target: target(caller),
          by,
          client,
          before: { kind: 'totp' },
        });
      });
    },

    /** Ten new ones; those before are void. @throws AppError invalid_state without a second factor. */
    async renewRecoveryCodes(principal: Principal): Promise<string[]> {
      const caller = personOf(principal);
      await sessions.mustBeConfirmed(caller);
      const client = clientOfRequest();
      return await change(caller, async (tx) => {
        const factors = await factorsOf(tx, caller.userId);
        if (!factors.totp && factors.passkeys === 0) {
          throw new AppError('invalid_state', 'Recovery codes come with a second factor. Set one up first.');
        }
        const codes = await newRecoveryCodes(tx, caller.userId);
        const by = userOf(caller);
        await recordOfPerson(tx, caller.userId, {
          action: 'recovery_codes.renewed',
          target: target(caller),
          by,
          client,
        });
        return codes;
      });
    },

    isRequired: (caller: Principal): Promise<boolean> => isSecondFactorRequired(db, caller.workspaceId),

    /** @throws AppError forbidden (not an owner), invalid_state (an owner without one would be shut out at once). */
    async require(principal: Principal, required: boolean): Promise<void> {
      const caller = personOf(principal);
      if (caller.role !== 'owner') throw new AppError('forbidden', 'Only an owner decides this.');
      if (required && caller.secondFactor === null) {
        throw new AppError('invalid_state', 'Set up a second factor of your own first.');
      }
      await inTransaction(db, async (tx) => {
        const before = await isSecondFactorRequired(tx, caller.workspaceId);
        if (before === required) return;
        await requireSecondFactor(tx, caller.workspaceId, required);
        await record(tx, {
          action: 'workspace.updated',
          target: { type: 'workspace', id: caller.workspaceId, name: caller.workspaceId },
          before: { second_factor_required: before },
          after: { second_factor_required: required },
        });
      });
    },
  };
}
