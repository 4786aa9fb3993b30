/** Passwords: argon2id with bounded concurrency, and which ones are taken. */
import { hash, verify } from '@node-rs/argon2';
import { AppError, invalidField } from '../../errors.ts';

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

const MIN_LENGTH = 12;
export const MAX_PASSWORD = 1_024;
const MIN_DIFFERENT = 5;

/** What guessers try first, without the digits and signs that people hang onto it. */
const COMMON = new Set(
  (
    'password passwort motdepasse contrasena passphrase secret letmein welcome willkommen bienvenue changeme qwerty qwertz ' +
    'azerty qwertyuiop qwertzuiop azertyuiop asdfghjkl asdfghjkloe yxcvbnm zxcvbnm qazwsx qazwsxedc administrator admin root superuser ' +
    'iloveyou sunshine princess football baseball superman batman dragon monkey shadow master trustno headgate segment ' +
    'abcdefghijkl abcdefghijklmnopqrstuvwxyz correcthorsebatterystaple default guest test testtest login'
  ).split(' '),
);
const SIGNS: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/**
 * At least 12 characters, 5 of them different, and neither the email address nor one of the words everybody tries, however
 * often repeated and whatever digits follow. Length is what helps; demands for signs and capitals are left out.
 * @throws AppError validation_error for `field`.
 */
export function checkPassword(field: string, password: string, email: string): void {
  if ([...password].length < MIN_LENGTH) throw invalidField(field, `take at least ${MIN_LENGTH} characters`);
  const plain = password.toLowerCase();
  const account = email.toLowerCase();
  if (new Set(plain).size < MIN_DIFFERENT || isRun(plain)) {
    throw invalidField(field, 'take one that is not a repetition or a sequence');
  }
  const bare = plain.replace(/[^\p{L}]+$/u, '');
  const letters = [...bare]
    .map((sign) => SIGNS[sign] ?? sign)
    .join('')
    .replace(/[^\p{L}]/gu, '');
  const words = [plain, bare, letters, unitOf(letters)];
  if (words.some((word) => COMMON.has(word)) || plain === account || bare === account.split('@')[0]) {
    throw invalidField(field, 'take one that is not among the first that everybody tries');
  }
}

/** 123456789012, abcdefghijkl, 987654321098: every character follows from the one before. */
function isRun(text: string): boolean {
  const steps = new Set<number>();
  for (let i = 1; i < text.length; i++) steps.add((text.charCodeAt(i) - text.charCodeAt(i - 1) + 10) % 10);
  return steps.size === 1;
}

/** The shortest text of which this one is a repetition. */
function unitOf(text: string): string {
  const at = `${text}${text}`.indexOf(text, 1);
  return at > 0 && at < text.length ? text.slice(0, at) : text;
}
