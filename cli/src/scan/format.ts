/**
 * How one of our keys is told from other text: `<prefix>_<live|test>_hg_<id:8><secret:32><crc:6>`, base62, the CRC-32
 * being of everything before it. The server's own copy is server/src/access/keys/check/format.ts; format.test.ts compares them.
 */
import { crc32 } from 'node:zlib';

/** What every key contains, whatever its prefix. */
export const MARKER = Buffer.from('_hg_', 'latin1');
const ENVIRONMENTS = { live: Buffer.from('_live', 'latin1'), test: Buffer.from('_test', 'latin1') } as const;
const ENVIRONMENT_LENGTH = 5;
const UNDERSCORE = 0x5f;
const ID_LENGTH = 8;
const BODY_LENGTH = 46;
const CRC_LENGTH = 6;
/** An installation may choose its prefix; the checksum covers it, so it need not be known. */
const MAX_PREFIX = 16;

/** Of a key with the longest prefix, in bytes. */
export const MAX_KEY_LENGTH = MAX_PREFIX + ENVIRONMENT_LENGTH + MARKER.length + BODY_LENGTH;

export interface KeyInText {
  /** Of its first byte. */
  readonly start: number;
  /** Behind its last byte. */
  readonly end: number;
  readonly publicId: string;
  readonly environment: 'live' | 'test';
}

/** Value of each base62 digit, -1 for every other byte. */
const DIGITS = new Int8Array(256).fill(-1);
[...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'].forEach((character, value) => {
  DIGITS[character.charCodeAt(0)] = value;
});

/**
 * The key around a marker.
 * @param marker where MARKER begins.
 * @param prefix only keys with this one; null: any of letters and digits.
 * @returns null where there is none with a right checksum.
 */
export function keyAt(bytes: Buffer, marker: number, prefix: Buffer | null): KeyInText | null {
  const before = marker - ENVIRONMENT_LENGTH;
  const body = marker + MARKER.length;
  const end = body + BODY_LENGTH;
  if (before < 1 || end > bytes.length) return null;
  // Two looks that most near misses do not survive; the rest costs calls.
  if (bytes[before] !== UNDERSCORE || digit(bytes, body) < 0) return null;
  const environment = environmentAt(bytes, before);
  if (!environment) return null;
  for (let i = body; i < end; i++) if (digit(bytes, i) < 0) return null;
  const expected = checksum(bytes, end);
  for (const start of starts(bytes, before, prefix)) {
    if (crc32(bytes.subarray(start, end - CRC_LENGTH)) !== expected) continue;
    return { start, end, publicId: bytes.toString('latin1', body, body + ID_LENGTH), environment };
  }
  return null;
}

function environmentAt(bytes: Buffer, at: number): 'live' | 'test' | null {
  for (const name of ['live', 'test'] as const) {
    if (bytes.compare(ENVIRONMENTS[name], 0, ENVIRONMENT_LENGTH, at, at + ENVIRONMENT_LENGTH) === 0) return name;
  }
  return null;
}

function* starts(bytes: Buffer, end: number, prefix: Buffer | null): Generator<number> {
  if (prefix) {
    const start = end - prefix.length;
    if (start >= 0 && bytes.compare(prefix, 0, prefix.length, start, end) === 0) yield start;
    return;
  }
  for (let start = end - 1; start >= Math.max(0, end - MAX_PREFIX) && digit(bytes, start) >= 0; start--) yield start;
}

function digit(bytes: Buffer, at: number): number {
  return DIGITS[bytes[at] ?? 0] ?? -1;
}

function checksum(bytes: Buffer, end: number): number {
  let value = 0;
  for (let i = end - CRC_LENGTH; i < end; i++) value = value * 62 + digit(bytes, i);
  return value;
}
