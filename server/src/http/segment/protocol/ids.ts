/** Ids as Segment's clients know them: 22 letters and digits (contract segment-public-api §1.10). Ours are UUIDs: the same number in base 62. */
import { isUuid } from '../../../ids.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const LENGTH = 22;
const LARGEST = (1n << 128n) - 1n;

export function shortId(uuid: string): string {
  let rest = BigInt(`0x${uuid.replaceAll('-', '')}`);
  let text = '';
  for (let i = 0; i < LENGTH; i++) {
    text = ALPHABET.charAt(Number(rest % 62n)) + text;
    rest /= 62n;
  }
  return text;
}

/** @returns null for a text that is no id of ours. */
export function uuidOf(id: string): string | null {
  if (id.length !== LENGTH || !/^[0-9A-Za-z]+$/.test(id)) return null;
  let value = 0n;
  for (const character of id) value = value * 62n + BigInt(ALPHABET.indexOf(character));
  if (value > LARGEST) return null;
  const hex = value.toString(16).padStart(32, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Of families whose ids begin with letters of their own, such as `tp_` (contract §1.10). */
export function prefixedId(prefix: string, uuid: string): string {
  return prefix + shortId(uuid);
}

/** @returns null for a text that is no id of ours with this prefix. */
export function uuidOfPrefixed(prefix: string, id: string): string | null {
  return id.startsWith(prefix) ? uuidOf(id.slice(prefix.length)) : null;
}

/** For texts that people write, where either form may stand. @returns null for what is no id. */
export function anyUuidOf(id: string): string | null {
  return isUuid(id) ? id : uuidOf(id);
}
