/** What the mail about leaked keys says. */
import { storableText } from '../../db/text.ts';

export interface LeakedKey {
  readonly publicId: string;
  readonly label: string;
  readonly environment: 'live' | 'test';
  readonly action: 'revoked' | 'quarantined' | 'none';
  /** Before it was held back. */
  readonly scopes: readonly string[];
  readonly fullAccess: boolean;
  readonly maySend: boolean;
  readonly allowedIps: readonly string[];
  readonly places: readonly { readonly source: string; readonly url: string; readonly note: string }[];
  readonly createdAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly lastUsedIp: string | null;
  readonly messages: number;
  /** Public ids of keys it made that are not revoked. */
  readonly livingChildren: readonly string[];
  readonly lastUses: readonly string[];
}

/** Beyond this many keys the mail names the rest by their public ids. */
export const DETAILED = 20;
const MAX_PLACES = 10;

export function leakSubject(keys: readonly LeakedKey[]): string {
  const [first] = keys;
  if (keys.length !== 1 || !first) return `${keys.length} API keys were found in public`;
  return `API key "${first.label}" (${first.publicId}) was found in public and ${wordOf(first.action)}`;
}

export function leakText(keys: readonly LeakedKey[]): string {
  const detailed = keys.slice(0, DETAILED).map(keyText);
  const rest = keys.slice(DETAILED);
  if (rest.length > 0) {
    detailed.push(
      `And ${rest.length} more:\n${rest.map((key) => `  ${key.publicId} ${wordOf(key.action)}`).join('\n')}`,
    );
  }
  return `${detailed.join('\n\n')}\n\nMake new keys where they are needed, and look at what the leaked ones did.`;
}

export function keyText(key: LeakedKey): string {
  const lines = [
    `The API key "${key.label}" (${key.publicId}, ${key.environment}) was found in public. ${DONE[key.action]}`,
    '',
    'Where it was found:',
    ...key.places.slice(0, MAX_PLACES).map(placeText),
  ];
  if (key.places.length > MAX_PLACES) lines.push(`  and ${key.places.length - MAX_PLACES} more places`);
  const scopes = key.fullAccess ? 'everything in its environment' : key.scopes.join(', ') || 'nothing';
  lines.push(
    '',
    'What it could do:',
    `  scopes: ${scopes}`,
    `  send messages: ${key.maySend ? 'yes' : 'no'}`,
    `  from: ${key.allowedIps.length > 0 ? key.allowedIps.join(', ') : 'anywhere'}`,
    '',
    'What it did:',
    `  made: ${key.createdAt?.toISOString() ?? 'unknown'}`,
    `  last used: ${key.lastUsedAt ? `${key.lastUsedAt.toISOString()} from ${key.lastUsedIp ?? 'unknown'}` : 'never'}`,
    `  messages made in the last 90 days: ${key.messages}`,
    `  keys it made that still work: ${key.livingChildren.length > 0 ? key.livingChildren.join(', ') : 'none'}`,
  );
  if (key.lastUses.length > 0) lines.push('  latest requests:', ...key.lastUses.map((use) => `    ${use}`));
  return storableText(lines.join('\n'));
}

const DONE = {
  revoked: 'It was revoked and no longer works.',
  quarantined: 'It was quarantined: it only reads and sends nothing. Replace it and revoke it.',
  none: 'It did not work any more, so nothing had to be done.',
} as const;

function wordOf(action: LeakedKey['action']): string {
  return action === 'none' ? 'did not work any more' : action;
}

function placeText({ source, url, note }: LeakedKey['places'][number]): string {
  return `  ${source}${url ? ` ${url}` : ''}${note ? ` (${note})` : ''}`.replace(/[\r\n]+/g, ' ');
}
