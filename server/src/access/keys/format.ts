/**
 * The text of an API key: `sk_<live|test>_hg_<id:8><secret:32><crc:6>`, base62.
 * `id` is public (logs, lists). `crc` is the CRC-32 of everything before it, so a scanner can tell a key without a
 * server; it keeps typing errors away from the index and is no security.
 */
import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Environment } from '../../db/tx.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ID_LENGTH = 8;
const SECRET_LENGTH = 32;
const CRC_LENGTH = 6;

const PATTERN = /^sk_(live|test)_hg_([0-9A-Za-z]{8})[0-9A-Za-z]{38}$/;
/** Finds keys inside other text, such as a URL. */
const ANYWHERE = /sk_(?:live|test)_hg_[0-9A-Za-z]{46}/;

export interface ParsedKey {
  readonly environment: Environment;
  readonly publicId: string;
}

/** A new key: 32 random base62 characters are 190 bits. */
export function makeKey(environment: Environment): ParsedKey & { readonly text: string } {
  const publicId = randomBase62(ID_LENGTH);
  const body = `sk_${environment}_hg_${publicId}${randomBase62(SECRET_LENGTH)}`;
  return { environment, publicId, text: body + checksum(body) };
}

/** @returns null when the text is not a key or its checksum is wrong. */
export function parseKey(text: string): ParsedKey | null {
  const match = PATTERN.exec(text);
  if (!match) return null;
  const [, environment, publicId] = match;
  if (publicId === undefined || checksum(text.slice(0, -CRC_LENGTH)) !== text.slice(-CRC_LENGTH)) return null;
  return { environment: environment === 'live' ? 'live' : 'test', publicId };
}

/** Whether a credential is meant to be an API key, well formed or not; everything else is a session token. */
export function looksLikeKey(text: string): boolean {
  return text.startsWith('sk_');
}

export function containsKey(text: string): boolean {
  return ANYWHERE.test(text);
}

function checksum(body: string): string {
  let rest = crc32(body);
  let text = '';
  for (let i = 0; i < CRC_LENGTH; i++) {
    text = ALPHABET.charAt(rest % 62) + text;
    rest = Math.floor(rest / 62);
  }
  return text;
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
