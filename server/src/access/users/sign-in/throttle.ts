/**
 * Slows the guessing of passwords and codes. Tries are counted in the database before anything is checked, so that parallel
 * tries and other processes count as well; what succeeds is taken back.
 */
import { createHash } from 'node:crypto';
import type { Db } from '../../../db/open.ts';
import { AppError } from '../../../errors.ts';
import { countTries, forgetTries, hasSessionFrom, takeTryBack } from './queries.ts';

export const WINDOW_MS = 15 * 60_000;

/** Failed tries in a window. */
export const LIMITS = {
  /** On one account from one network. */
  accountAndNetwork: 10,
  /** From one network, on whatever. */
  network: 60,
  /** From one subnet. */
  subnet: 300,
  /** On one account, of all networks from which it was never signed in to. */
  account: 100,
} as const;

/** What is guessed. Counted apart, but for the limits of a network. */
export type Guess = 'password' | 'second-factor' | 'reset';

export type SignInThrottle = ReturnType<typeof createSignInThrottle>;

/**
 * The limit of an account alone holds only for networks that its owner has not used within the last month or more: without
 * that exception anybody could lock the owner out.
 */
export function createSignInThrottle({ db, now }: { db: Db; now: () => Date }) {
  async function count(
    limits: readonly { key: Buffer; limit: number; spared?: () => Promise<boolean> }[],
  ): Promise<void> {
    const at = now();
    const rows = await countTries(
      db,
      limits.map(({ key }) => key),
      at,
      new Date(at.getTime() - WINDOW_MS),
    );
    for (const { key, limit, spared } of limits) {
      const row = rows.find((one) => one.key.equals(key));
      if (!row || row.tries <= limit || (await spared?.())) continue;
      const retryAfter = Math.max(1, Math.ceil((row.started_at.getTime() + WINDOW_MS - at.getTime()) / 1_000));
      throw new AppError('rate_limit_exceeded', `Too many attempts. Try again in ${retryAfter} s.`, { retryAfter });
    }
  }

  return {
    /**
     * @param email of the account, in lower case; null where none is named.
     * @throws AppError rate_limit_exceeded with retryAfter.
     */
    async attempt(guess: Guess, email: string | null, address: string): Promise<void> {
      const network = networkOf(address);
      // First what bounds how many rows one network can make here.
      await count([
        { key: keyOf('network', network), limit: LIMITS.network },
        { key: keyOf('subnet', subnetOf(address)), limit: LIMITS.subnet },
      ]);
      if (email === null) return;
      await count([
        { key: keyOf(guess, network, email), limit: LIMITS.accountAndNetwork },
        { key: keyOf(guess, email), limit: LIMITS.account, spared: () => hasSessionFrom(db, email, network) },
      ]);
    },

    async succeeded(guess: Guess, email: string | null, address: string): Promise<void> {
      const network = networkOf(address);
      if (email !== null) await forgetTries(db, keyOf(guess, network, email));
      await takeTryBack(db, [
        keyOf('network', network),
        keyOf('subnet', subnetOf(address)),
        ...(email === null ? [] : [keyOf(guess, email)]),
      ]);
    },
  };
}

/** Of fixed length, so that no email makes a long row. */
function keyOf(...parts: string[]): Buffer {
  return createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16);
}

/** What one caller can be expected to have for himself: an IPv6 /64, an IPv4 /24. */
export function networkOf(address: string): string {
  return blockOf(address, 3, 4);
}

/** What one provider hands out together: an IPv6 /48, an IPv4 /16. */
export function subnetOf(address: string): string {
  return blockOf(address, 2, 3);
}

function blockOf(address: string, bytes: number, groups: number): string {
  const v4 = /^(?:::ffff:)?(\d+(?:\.\d+){3})$/i.exec(address)?.[1];
  if (v4) return `${v4.split('.').slice(0, bytes).join('.')}/${bytes * 8}`;
  const [head = '', tail] = (address.split('%')[0] ?? '').toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const all = [...left, ...Array<string>(zeros).fill('0'), ...right];
  return `${all
    .slice(0, groups)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/${groups * 16}`;
}
