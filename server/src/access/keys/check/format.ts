/**
 * The text of an API key: `<prefix>_<live|test>_hg_<id:8><secret:32><crc:6>`, base62; the prefix is `sk` unless the
 * installation has another. `id` is public (logs, lists). `crc` is the CRC-32 of everything before it, so a scanner can
 * tell a key without a server; a typing error is told from a key that is none of ours, and it is no security.
 */
import { randomBytes } from 'node:crypto';
import type { Environment } from '../../../db/tx.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ID_LENGTH = 8;
const SECRET_LENGTH = 32;
const CRC_LENGTH = 6;
const TAIL_LENGTH = ID_LENGTH + SECRET_LENGTH + CRC_LENGTH;
const MAX_PREFIX = 8;
const LIVE = '_live_hg_';
const TEST = '_test_hg_';

export const DEFAULT_PREFIX = 'sk';

const LOOKS_LIKE_KEY = /^[a-z]{1,8}_(?:live|test)_/;
/** Finds keys inside other text, such as a URL. */
const WITH_PREFIX = /[a-z]{1,8}_(?:live|test)_hg_[0-9A-Za-z]{46}/;
const ANYWHERE = /[a-z]_(?:live|test)_hg_[0-9A-Za-z]{46}/;

export interface ParsedKey {
  readonly environment: Environment;
  readonly publicId: string;
}

/** A new key: 32 random base62 characters are 190 bits. */
export function makeKey(environment: Environment, prefix = DEFAULT_PREFIX): ParsedKey & { readonly text: string } {
  const publicId = randomBase62(ID_LENGTH);
  const body = `${prefix}_${environment}_hg_${publicId}${randomBase62(SECRET_LENGTH)}`;
  return { environment, publicId, text: body + checksum(body) };
}

/** @returns null when the text is not a key or its checksum is wrong. */
export function parseKey(text: string): ParsedKey | null {
  const publicId = publicIdOf(text);
  return publicId === null ? null : { environment: text.includes(LIVE) ? 'live' : 'test', publicId };
}

function publicIdOf(text: string): string | null {
  if (idNumberOf(text) < 0) return null;
  const start = text.length - TAIL_LENGTH;
  return text.slice(start, start + ID_LENGTH);
}

/** A public id as a number in base 62, below 2^48. -1: it is none. */
export function numberOfId(publicId: string): number {
  return publicId.length === ID_LENGTH ? numberAt(publicId, 0) : -1;
}

/**
 * The number of the public id that a text would have, were it a key: where to look while idNumberOf() tells whether it is one.
 * @returns -1 when the text cannot be a key.
 */
export function idNumberIn(text: string): number {
  const prefix = text.length - LIVE.length - TAIL_LENGTH;
  return prefix < 1 || prefix > MAX_PREFIX ? -1 : numberAt(text, prefix + LIVE.length);
}

/** What stands in the place of a text's checksum, right or not, as a number: another one for other ASCII characters. */
export function checksumIn(text: string): number {
  let value = 0;
  for (let i = text.length - CRC_LENGTH; i < text.length; i++) value = value * 256 + (text.charCodeAt(i) & 255);
  return value;
}

function numberAt(text: string, start: number): number {
  let id = 0;
  let digits = 0;
  for (let i = start; i < start + ID_LENGTH; i++) {
    const digit = DIGITS[text.charCodeAt(i)] ?? FOREIGN;
    digits |= digit;
    id = id * 62 + digit;
  }
  return digits >= FOREIGN ? -1 : id;
}

/**
 * The number of a key's public id, for the index, of a text that was not right before: character checks, because a
 * pattern takes twice as long.
 * @returns -1 when the text is not a key or its checksum is wrong.
 */
export function idNumberOf(text: string): number {
  const prefix = text.length - LIVE.length - TAIL_LENGTH;
  if (prefix < 1 || prefix > MAX_PREFIX) return -1;
  for (let i = 0; i < prefix; i++) {
    const code = text.charCodeAt(i);
    if (code < 97 || code > 122) return -1;
  }
  if (!text.startsWith(LIVE, prefix) && !text.startsWith(TEST, prefix)) return -1;
  const start = prefix + LIVE.length;
  const end = text.length - CRC_LENGTH;
  // Tables and no branches: a processor remembers how branches went for the keys it sees often, and a guess that begins
  // like one of them would be read faster. One loop for both sums, because to read a character is what costs.
  let digits = 0;
  let id = 0;
  let crc = crc32(text, start);
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    const digit = DIGITS[code] ?? FOREIGN;
    digits |= digit;
    if (i < start + ID_LENGTH) id = id * 62 + digit;
    crc = nextCrc(crc, code);
  }
  if (digits >= FOREIGN) return -1;
  let rest = ~crc >>> 0;
  for (let i = text.length - 1; i >= end; i--) {
    // Whole numbers: as fractions they take ten times as long.
    const next = (rest / 62) >>> 0;
    if ((DIGITS[text.charCodeAt(i)] ?? FOREIGN) !== ((rest - Math.imul(next, 62)) | 0)) return -1;
    rest = next;
  }
  return id;
}

/** Whether a credential is meant to be an API key, well formed or not; everything else is a token. */
export function looksLikeKey(text: string): boolean {
  return LOOKS_LIKE_KEY.test(text);
}

/** The first thing in a text that has the form of a key; letters before it may be part of it. */
export function keyIn(text: string): string | null {
  return text.includes('_hg_') ? (WITH_PREFIX.exec(text)?.[0] ?? null) : null;
}

export function containsKey(text: string): boolean {
  return text.includes('_hg_') && ANYWHERE.test(text);
}

/** What is no digit has a bit that no digit has. */
const FOREIGN = 64;
/** By character code: its value in base 62. */
const DIGITS = Uint8Array.from({ length: 256 }, (_, code) => {
  const digit = ALPHABET.indexOf(String.fromCharCode(code));
  return digit < 0 ? FOREIGN : digit;
});

function checksum(body: string): string {
  let rest = ~crc32(body, body.length) >>> 0;
  let text = '';
  for (let i = 0; i < CRC_LENGTH; i++) {
    text = ALPHABET.charAt(rest % 62) + text;
    rest = Math.floor(rest / 62);
  }
  return text;
}

const CRC_TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 of the first `length` characters of an ASCII text, not yet inverted: for 60 faster than a call of zlib's. */
function crc32(text: string, length: number): number {
  let crc = -1;
  for (let i = 0; i < length; i++) crc = nextCrc(crc, text.charCodeAt(i));
  return crc;
}

function nextCrc(crc: number, code: number): number {
  return (CRC_TABLE[(crc ^ code) & 255] ?? 0) ^ (crc >>> 8);
}

function randomBase62(length: number): string {
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      // 248 is the largest multiple of 62 in a byte: taking the rest of a larger one would favour some characters.
      if (byte < 248 && text.length < length) text += ALPHABET.charAt(byte % 62);
    }
  }
  return text;
}
