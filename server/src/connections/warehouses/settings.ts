/** A warehouse's settings: which are secret, how a change is merged into them, and what a reader sees. */

import { storableText } from '../../db/text.ts';
import type { FieldError } from '../../errors.ts';
import type { WarehouseType } from '../catalog/catalog.ts';
import { problem } from '../problems.ts';

export type Settings = Readonly<Record<string, unknown>>;

/** Of all settings, in characters of JSON: a private key fits with room to spare. */
const MAX_CHARACTERS = 64 * 1_024;
const MAX_KEYS = 100;
/** Public catalogs do not list every setting of every type: those that are not listed are judged by their name. */
const SECRET_NAME = /pass(word|phrase)|secret|token|credential(?!_id)|cipher|private.?key|access.?key/i;
const BULLETS = '••••••••';
/** Never shown, not even masked (contract segment-public-api §1.11). */
const HIDDEN = 'password';

/** Where a connection goes to: a stored secret is not sent to another place than it was given for. */
const PLACES = ['hostname', 'host', 'port', 'account'];

export function isSecret(type: WarehouseType, name: string): boolean {
  return type.options.some((option) => option.name === name && option.type === 'password') || SECRET_NAME.test(name);
}

/** @returns every problem, by the setting's dotted path. */
export function settingsProblems(type: WarehouseType, settings: Settings): FieldError[] {
  if (JSON.stringify(settings).length > MAX_CHARACTERS)
    return [problem('settings', `must not be longer than ${MAX_CHARACTERS} characters of JSON`)];
  const names = Object.keys(settings);
  if (names.length > MAX_KEYS) return [problem('settings', `must not have more than ${MAX_KEYS} keys`)];
  const problems: FieldError[] = [];
  for (const name of names) {
    const value = settings[name];
    const field = `settings.${name.slice(0, 100)}`;
    if (hasUnstorable(name) || hasUnstorable(value)) {
      problems.push(problem(field, 'must not contain NUL or half a character'));
      continue;
    }
    const declared = type.options.find((option) => option.name === name)?.type;
    if (value === null || declared === undefined) continue;
    if (name === 'name' && typeof value !== 'string') problems.push(problem(field, 'must be a string'));
    else if (declared === 'boolean' && typeof value !== 'boolean') problems.push(problem(field, 'must be a boolean'));
    else if (declared !== 'boolean' && typeof value !== 'string' && !(name === 'port' && typeof value === 'number'))
      problems.push(problem(field, 'must be a string'));
  }
  return problems;
}

function hasUnstorable(value: unknown): boolean {
  if (typeof value === 'string') return storableText(value) !== value;
  if (Array.isArray(value)) return value.some(hasUnstorable);
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).some(([key, inner]) => hasUnstorable(key) || hasUnstorable(inner));
  return false;
}

/** Key by key: null removes one, a masked value that comes back keeps what is stored (contract §1.11). */
export function merged(stored: Settings, given: Settings): Settings {
  const all: Record<string, unknown> = { ...stored };
  for (const [name, value] of Object.entries(given)) {
    if (value === null) delete all[name];
    else if (typeof value === 'string' && value.includes('•')) continue;
    else all[name] = value;
  }
  return all;
}

/** Secrets that the change would send to another host than they were given for. */
export function movedSecrets(type: WarehouseType, before: Settings, after: Settings, given: Settings): FieldError[] {
  // Without any of them they were given for nowhere. One more of them can be another place, too: `host` beside `hostname`.
  if (PLACES.every((name) => before[name] === undefined)) return [];
  if (PLACES.every((name) => before[name] === after[name])) return [];
  return Object.keys(after)
    .filter((name) => isSecret(type, name) && (given[name] === undefined || String(given[name]).includes('•')))
    .map((name) => problem(`settings.${name}`, 'must be given again when the host changes'));
}

export function split(type: WarehouseType, settings: Settings): { open: Settings; secret: Settings } {
  const entries = Object.entries(settings);
  return {
    open: Object.fromEntries(entries.filter(([name]) => !isSecret(type, name))),
    secret: Object.fromEntries(entries.filter(([name]) => isSecret(type, name))),
  };
}

/** What a reader sees of the secrets. */
export function masked(secretNames: readonly string[]): Settings {
  return Object.fromEntries(secretNames.filter((name) => name !== HIDDEN).map((name) => [name, BULLETS]));
}
