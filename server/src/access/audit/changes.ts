/**
 * What an audit entry keeps of an object before and after: the fields that changed, without secrets, bounded in size.
 * Secrets are found by the name of their field and by how they look, so that one in a free text is not kept either.
 */
import { createHash } from 'node:crypto';
import { storableText } from '../../db/text.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** Of one text; a template's HTML is told by its beginning, length and hash. */
const MAX_TEXT = 500;
const MAX_ITEMS = 100;
const MAX_DEPTH = 6;
/** Of all fields together, in characters of JSON. */
const MAX_TOTAL = 16_000;

export const MASKED = '[masked]';
/** A look-alike says too little with fewer characters left over. */
const SHOWN = 4;

/** Fields that say nothing about the change. */
const LEFT_OUT = new Set(['updated_at', 'updatedAt', 'revision']);

/** Wholly masked: of a password not even the end is anybody's business. */
const SECRET_WORDS = new Set(
  'secret secrets password passwords passphrase token tokens hash sealed credential credentials otp totp recovery pin'.split(
    ' ',
  ),
);
/** Named by their end, as the rest of Headgate shows them. */
const KEY_NAME = /(?:^|_)(?:key|keys)$/;
/** Headgate's keys (whatever their prefix), tokens and signing secrets, those of others, JSON web tokens, PEM. */
const LOOKS_SECRET =
  /[a-z]{1,16}_(?:live|test)_hg_\w{8,}|\b(?:(?:sk|pk|rk)_(?:live|test)_\w{8,}|hg[impr]_[\w-]{20,}|hgo_(?:at|rt|ac|cs)_[\w-]{8,}|whsec_[\w+/=-]{8,}|gh[a-z]_\w{20,}|re_[A-Za-z0-9]{8}_[A-Za-z0-9]{20,}|SG\.[\w.-]{16,}|AKIA[A-Z0-9]{16}|eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*)|-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*-----|$)/g;
/** A password in a URL. */
const URL_PASSWORD = /(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{0,200}:)[^\s/@]+(?=@)/gi;

/** @returns the fields that differ, as JSON; null where the object did not exist or nothing of it changed. */
export function changed(
  before: Fields | undefined,
  after: Fields | undefined,
): { before: string | null; after: string | null } {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter(
    (name) => !LEFT_OUT.has(name) && (!before || !after || plain(before[name]) !== plain(after[name])),
  );
  const side = (fields: Fields | undefined) => (fields && names.length > 0 ? bounded(fields, names) : null);
  return { before: side(before), after: side(after) };
}

function plain(value: unknown): string {
  return JSON.stringify(value) ?? 'undefined';
}

function bounded(fields: Fields, names: readonly string[]): string {
  const kept: [string, unknown][] = [];
  let left = MAX_TOTAL;
  for (const name of names) {
    if (fields[name] === undefined) continue;
    let value = masked(name, fields[name], 0);
    const size = plain(value).length + name.length;
    if (size > left) value = `[left out: ${size} characters]`;
    else left -= size;
    kept.push([cut(name), value]);
    if (kept.length === MAX_ITEMS) break;
  }
  return storableText(JSON.stringify(Object.fromEntries(kept)));
}

/** The value as it may be kept. */
function masked(name: string, value: unknown, depth: number): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  if (words.some((word) => SECRET_WORDS.has(word))) return MASKED;
  if (typeof value === 'string') return KEY_NAME.test(words.join('_')) ? ending(value) : cut(withoutSecrets(value));
  if (value instanceof Date) return value.toISOString();
  if (Buffer.isBuffer(value)) return MASKED;
  if (typeof value !== 'object') return String(value);
  if (depth === MAX_DEPTH) return '[deeper]';
  if (value instanceof Set) return masked(name, [...value], depth);
  if (Array.isArray(value)) {
    const items = value.slice(0, MAX_ITEMS).map((item) => masked(name, item, depth + 1));
    return value.length > MAX_ITEMS ? [...items, `[${value.length - MAX_ITEMS} more]`] : items;
  }
  const entries = Object.entries(value);
  const inner = entries
    .slice(0, MAX_ITEMS)
    .map(([key, item]) => [cut(withoutSecrets(key)), masked(key, item, depth + 1)]);
  return Object.fromEntries(inner);
}

/** A text that people may read: names, labels, addresses. */
export function withoutSecrets(text: string): string {
  return text.replace(LOOKS_SECRET, ending).replace(URL_PASSWORD, `$1${MASKED}`);
}

function ending(secret: string): string {
  return secret.length >= SHOWN * 3 ? `…${secret.slice(-SHOWN)}` : MASKED;
}

function cut(text: string): string {
  if (text.length <= MAX_TEXT) return text;
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return `${text.slice(0, MAX_TEXT)}… (${text.length} characters, SHA-256 ${digest}…)`;
}
