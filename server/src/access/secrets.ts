/** Subkeys of the installation's secret, one for each purpose, so that no value of one kind is valid as another. */
import { createHmac, createSecretKey, hash, hkdfSync, type KeyObject } from 'node:crypto';

export type Purpose =
  | 'api-key'
  | 'audit-checkpoint'
  | 'api-key-name'
  | 'session-token'
  | 'refresh-token'
  | 'oauth-token'
  | 'oauth-client'
  | 'oauth-cookie'
  | 'oauth-signing'
  | 'one-time-link'
  | 'sign-in-token'
  | 'recovery-code';

/** HKDF-SHA-256 (RFC 5869), 32 bytes, with the purpose as its info. */
export function subkey(secret: string, purpose: Purpose): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `headgate:${purpose}:v1`, 32));
}

/** A subkey prepared for `hmac`: with the bare bytes each call takes five times as long (27 instead of 5 µs). */
export function hashSubkey(secret: string, purpose: Purpose): KeyObject {
  return createSecretKey(subkey(secret, purpose));
}

export function hmac(key: KeyObject, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

const BLOCK = 64;
const DIGEST = 32;
/** Longest text that an Hmac takes, in bytes. */
export const MAX_HMAC_TEXT = 512;

/**
 * HMAC-SHA-256 (RFC 2104) of a short ASCII text, written into `digest`, which the next call overwrites.
 * Made of two one-shot hashes that hand over text: 0.6 µs, where createHmac with its stream and buffers takes 2 µs.
 * @throws RangeError for a text of more than MAX_HMAC_TEXT characters.
 */
export interface Hmac {
  (text: string): void;
  readonly digest: Buffer;
}

/** @param key at most 64 bytes. */
export function createAsciiHmac(key: Buffer): Hmac {
  if (key.length > BLOCK) throw new RangeError('The key of an HMAC is longer than a block.');
  const padded = (pad: number) => Buffer.alloc(BLOCK, pad).map((byte, i) => byte ^ (key[i] ?? 0)) as Buffer;
  const inner = createPrefixedHash(padded(0x36));
  const outer = Buffer.concat([padded(0x5c), Buffer.alloc(DIGEST)]);
  const digest = Buffer.alloc(DIGEST);

  function compute(text: string): void {
    outer.write(inner(text), BLOCK, 'binary');
    digest.write(hash('sha256', outer, 'binary'), 0, 'binary');
  }
  return Object.assign(compute, { digest });
}

/**
 * SHA-256 of some bytes and a short ASCII text after them, as 32 characters of one byte each: half of an HMAC, and no MAC by
 * itself (it can be extended).
 * @throws RangeError for a text of more than MAX_HMAC_TEXT characters.
 */
function createPrefixedHash(prefix: Buffer): (text: string) => string {
  const bytes = Buffer.concat([prefix, Buffer.alloc(MAX_HMAC_TEXT)]);
  // One view a length: to make one costs more than to hash a block.
  const views = Array.from({ length: MAX_HMAC_TEXT + 1 }, (_, length) => bytes.subarray(0, prefix.length + length));

  return (text) => {
    const view = views[text.length];
    if (view === undefined) throw new RangeError('The text to hash is too long.');
    // As UTF-8, in which no other character looks like an ASCII one: what is cut off of a text that has some is no ASCII
    // text's hash, whatever it is.
    bytes.write(text, prefix.length, 'utf8');
    return hash('sha256', view, 'binary');
  };
}
