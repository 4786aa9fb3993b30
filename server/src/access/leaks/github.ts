/**
 * Whether a report really comes from GitHub's secret scanning: ECDSA P-256 with SHA-256 over the raw body, by a key of
 * the list that GitHub publishes (docs of the secret scanning partner programme). The list is kept for 30 minutes,
 * asked for again with its ETag, and once more when a report names a key it lacks. Closed networks pin the keys instead.
 */
import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';

export const GITHUB_KEYS_URL = 'https://api.github.com/meta/public_keys/secret_scanning';

const FRESH_MS = 30 * 60_000;
/** After this long without an answer the list is believed no more. */
const USABLE_MS = 24 * 3_600_000;
/** Anybody can name an unknown key; GitHub is not asked more often than this. */
const PAUSE_MS = 60_000;
/** How much of the list is read; it holds a few keys of 300 bytes. */
export const KEY_LIST_BYTES = 65_536;

/** A PEM file has no identifier: its key is good for any. */
export type PinnedKeys = ReadonlyMap<string, KeyObject> | KeyObject;

/** One GET through the guarded client. */
export type Get = (
  url: string,
  headers: Readonly<Record<string, string>>,
) => Promise<{ status: number; text: string; headers: Readonly<Record<string, string | string[] | undefined>> }>;

export type GithubKeys = ReturnType<typeof createGithubKeys>;

export function createGithubKeys(parts: {
  get: Get;
  url: string;
  /** When given, nothing is fetched. */
  pinned: PinnedKeys | null;
  now: () => Date;
  log: Pick<FastifyBaseLogger, 'warn'>;
}) {
  const { get, url, pinned, now, log } = parts;
  let keys: ReadonlyMap<string, KeyObject> = new Map();
  let etag: string | null = null;
  let confirmedAt = Number.NEGATIVE_INFINITY;
  let askedAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | null = null;

  async function ask(): Promise<void> {
    askedAt = now().getTime();
    try {
      const headers = { accept: 'application/vnd.github+json', 'user-agent': 'headgate' };
      const answer = await get(url, { ...headers, ...(etag !== null && { 'if-none-match': etag }) });
      if (answer.status === 200) {
        keys = readKeyList(answer.text);
        const tag = answer.headers['etag'];
        etag = typeof tag === 'string' ? tag : null;
      } else if (answer.status !== 304) {
        throw new Error(`the answer has the status ${answer.status}`);
      }
      confirmedAt = askedAt;
    } catch (error) {
      log.warn({ err: error }, 'leaks: the list of secret scanning keys could not be read');
    }
  }

  function refresh(): Promise<void> {
    asking ??= ask().finally(() => {
      asking = null;
    });
    return asking;
  }

  async function keyOf(identifier: string): Promise<KeyObject | null> {
    if (pinned instanceof Map) return pinned.get(identifier) ?? null;
    if (pinned) return pinned as KeyObject;
    const at = now().getTime();
    const stale = at - confirmedAt > FRESH_MS;
    if ((stale || !keys.has(identifier)) && (asking || at - askedAt > PAUSE_MS)) await refresh();
    if (now().getTime() - confirmedAt > USABLE_MS) return null;
    return keys.get(identifier) ?? null;
  }

  return {
    /** Never throws: whatever cannot be verified is not GitHub's. */
    async verify(report: { identifier: string; signature: string; body: Buffer }): Promise<boolean> {
      const { identifier, signature, body } = report;
      if (!/^[0-9a-f]{1,128}$/i.test(identifier) || !/^[0-9A-Za-z+/]{1,200}={0,2}$/.test(signature)) return false;
      const key = await keyOf(identifier);
      if (!key) return false;
      try {
        return verify('sha256', body, key, Buffer.from(signature, 'base64'));
      } catch {
        // Not DER, or not a signature of this curve.
        return false;
      }
    },
  };
}

/** `{public_keys: [{key_identifier, key (PEM), is_current}]}`. @throws Error when it is something else. */
export function readKeyList(text: string): ReadonlyMap<string, KeyObject> {
  const list: unknown = JSON.parse(text);
  const items = typeof list === 'object' && list !== null && 'public_keys' in list ? list.public_keys : null;
  if (!Array.isArray(items) || items.length > 100) throw new Error('it is no list of public keys');
  const keys = new Map<string, KeyObject>();
  for (const item of items as unknown[]) {
    if (typeof item !== 'object' || item === null || !('key_identifier' in item) || !('key' in item)) continue;
    if (typeof item.key_identifier === 'string' && typeof item.key === 'string') {
      keys.set(item.key_identifier, readKey(item.key));
    }
  }
  return keys;
}

/** What HEADGATE_SECRET_SCANNING_KEYS names: such a list, or one key as PEM. @throws Error */
export function readPinnedKeys(text: string): PinnedKeys {
  return text.trimStart().startsWith('{') ? readKeyList(text) : readKey(text);
}

function readKey(pem: string): KeyObject {
  const key = createPublicKey(pem);
  if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new Error('a key is not of the curve P-256');
  }
  return key;
}
