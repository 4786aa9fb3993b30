/**
 * Tokens that are good once and for minutes: the step between password and second factor, and WebAuthn challenges. They are
 * signed, not stored, so that asking for many fills nothing; what is kept is that one was used.
 */
import { createHash, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Executor } from '../../../db/tx.ts';
import { hmac } from '../../secrets.ts';
import { spend } from './queries.ts';

export type OneTimePurpose = 'second-factor' | 'passkey-sign-in' | 'passkey-second-factor' | 'passkey-registration';

const SECONDS = 300;

// time of expiry (6 bytes, milliseconds) + random (16) + HMAC-SHA-256 (32)
const TIME_END = 6;
const RANDOM_END = 22;
const LENGTH = RANDOM_END + 32;

export interface OpenToken {
  readonly expiresAt: Date;
  readonly madeAt: Date;
}

export type OneTimeTokens = ReturnType<typeof createOneTimeTokens>;

/** @param parts.key of a purpose of its own. */
export function createOneTimeTokens({ key, now }: { key: KeyObject; now: () => Date }) {
  const sign = (head: Buffer, purpose: OneTimePurpose, subject: string) =>
    hmac(key, `${purpose}\n${subject}\n${head.toString('hex')}`);

  return {
    seconds: SECONDS,

    /** @param subject whom it is for; '' for nobody in particular. It must be known when the token comes back. */
    make(purpose: OneTimePurpose, subject: string): Buffer {
      const head = randomBytes(RANDOM_END);
      head.writeUIntBE(now().getTime() + SECONDS * 1_000, 0, TIME_END);
      return Buffer.concat([head, sign(head, purpose, subject)]);
    },

    /** null when it is not one of ours, for something or somebody else, or too old. Whether it was used, `spend` tells. */
    open(token: Buffer, purpose: OneTimePurpose, subject: string): OpenToken | null {
      if (token.length !== LENGTH) return null;
      const head = token.subarray(0, RANDOM_END);
      if (!timingSafeEqual(sign(head, purpose, subject), token.subarray(RANDOM_END))) return null;
      const expiry = token.readUIntBE(0, TIME_END);
      if (expiry <= now().getTime()) return null;
      return { expiresAt: new Date(expiry), madeAt: new Date(expiry - SECONDS * 1_000) };
    },

    /** Of many at once one gets true. Forgotten again when the transaction is rolled back. */
    spend: (db: Executor, token: Buffer, { expiresAt }: OpenToken): Promise<boolean> =>
      spend(db, createHash('sha256').update(token).digest(), expiresAt),
  };
}
