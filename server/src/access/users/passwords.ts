/** Passwords: argon2id with bounded concurrency, and the throttle that slows guessing. */
import { hash, verify } from '@node-rs/argon2';
import { AppError } from '../../errors.ts';

// OWASP's first choice for argon2id: 19 MiB, 2 passes, 1 lane.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** Each hash takes 19 MiB and a core for about 20 ms: two at a time, and a short queue. */
const CONCURRENT = 2;
const QUEUED = 64;

// Compared for unknown users, so that they take the same time. Made on first use from nothing anybody could type.
let nobodysHash: Promise<string> | null = null;

export type Passwords = ReturnType<typeof createPasswords>;

export function createPasswords() {
  let running = 0;
  const waiting: (() => void)[] = [];

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= CONCURRENT) {
      if (waiting.length >= QUEUED) {
        throw new AppError('unavailable', 'Too many sign-ins at once. Try again in a few seconds.', { retryAfter: 5 });
      }
      // The one that finishes hands its place over, so `running` stays as it is.
      await new Promise<void>((go) => waiting.push(go));
    } else running++;
    try {
      return await work();
    } finally {
      const go = waiting.shift();
      if (go) go();
      else running--;
    }
  }

  return {
    hash: (password: string): Promise<string> => inTurn(() => hash(password, COST)),

    /** @param stored null for an unknown user: takes as long and is false. */
    verify: (stored: string | null, password: string): Promise<boolean> =>
      inTurn(async () => {
        nobodysHash ??= hash('\u0000nobody', COST);
        const nobody = await nobodysHash;
        const matches = await verify(stored ?? nobody, password);
        return matches && stored !== null;
      }),
  };
}

const WINDOW_MS = 15 * 60_000;
const PER_ACCOUNT_AND_ADDRESS = 10;
const PER_ADDRESS = 60;
const MAX_ENTRIES = 20_000;

export type SignInThrottle = ReturnType<typeof createSignInThrottle>;

/**
 * At most 10 tries per account and network, and 60 per network, in 15 minutes. There is no limit by account alone:
 * with one anybody could lock the owner out.
 */
export function createSignInThrottle(now: () => Date) {
  // In order of their windows' starts, so the oldest is the first to go when the map is full.
  const windows = new Map<string, { startedAt: number; tries: number }>();

  function take(key: string, limit: number): void {
    const at = now().getTime();
    let window = windows.get(key);
    if (!window || at - window.startedAt >= WINDOW_MS) {
      windows.delete(key);
      if (windows.size >= MAX_ENTRIES) {
        const oldest = windows.keys().next();
        if (!oldest.done) windows.delete(oldest.value);
      }
      window = { startedAt: at, tries: 0 };
      windows.set(key, window);
    }
    if (window.tries >= limit) {
      const retryAfter = Math.ceil((window.startedAt + WINDOW_MS - at) / 1_000);
      throw new AppError('rate_limit_exceeded', `Too many sign-in attempts. Try again in ${retryAfter} s.`, {
        retryAfter,
      });
    }
    window.tries++;
  }

  return {
    /** Counts before the password is checked, so that parallel tries count as well. @throws AppError rate_limit_exceeded */
    attempt(email: string, address: string): void {
      const network = networkOf(address);
      take(network, PER_ADDRESS);
      take(`${network} ${email}`, PER_ACCOUNT_AND_ADDRESS);
    },
    succeeded(email: string, address: string): void {
      windows.delete(`${networkOf(address)} ${email}`);
    },
  };
}

/** An IPv6 caller owns a /64, so all its addresses count as one. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1]) return mapped[1];
  if (!address.includes(':')) return address;
  const [head = '', tail] = (address.split('%')[0] ?? '').toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
