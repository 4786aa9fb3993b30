/** Settings of an instance: checked against the function's definitions, merged key by key, masked in reads. */
import { storableText } from '../../db/text.ts';
import type { FieldError } from '../../errors.ts';
import { problem } from '../problems.ts';
import type { SettingDefinition } from './queries.ts';

export type Settings = Readonly<Record<string, unknown>>;

/** Clients take a text with this character for one that was hidden (contract segment-public-api §3.2). */
const BULLET = '\u2022';
const MASK = BULLET.repeat(8);
const MAX_JSON = 65_536;

export interface Stored {
  readonly values: Settings;
  /** Of what was sensitive when it was written. It stays hidden when the definition says otherwise later. */
  readonly secrets: readonly string[];
}

/**
 * @param given null removes a key; what a read masked and a client sends back stays as it is.
 * @returns what is to be stored, and what is wrong with what was given.
 */
export function mergedSettings(
  definitions: readonly SettingDefinition[],
  before: Stored,
  given: Settings,
): { stored: Stored; problems: FieldError[]; changedSecrets: string[] } {
  const problems: FieldError[] = [];
  const known = new Map(definitions.map((definition) => [definition.name, definition]));
  const values = new Map(Object.entries(before.values).filter(([name]) => known.has(name)));
  const secrets = new Set(before.secrets.filter((name) => values.has(name)));
  const changedSecrets: string[] = [];
  for (const [name, value] of Object.entries(given)) {
    const field = `settings.${name.slice(0, 200)}`;
    const definition = known.get(name);
    if (!definition) {
      // Removing what is not there is done already.
      if (value !== null) problems.push(problem(field, 'is not a setting of the function'));
      continue;
    }
    if (value === null) {
      values.delete(name);
      secrets.delete(name);
      continue;
    }
    if (isMasked(value)) {
      if (!secrets.has(name)) problems.push(problem(field, 'must be the value itself, not its mask'));
      continue;
    }
    const wrong = typeProblem(definition, value);
    if (wrong !== null) problems.push(problem(field, wrong));
    else {
      values.set(name, value);
      if (definition.sensitive) {
        secrets.add(name);
        changedSecrets.push(name);
      } else secrets.delete(name);
    }
  }
  for (const { name, required } of definitions) {
    const field = `settings.${name}`;
    if (required && !values.has(name) && !problems.some((one) => one.field === field)) {
      problems.push(problem(field, 'is required'));
    }
  }
  const merged = Object.fromEntries(values);
  if (JSON.stringify(merged).length > MAX_JSON) {
    problems.push(problem('settings', `must not be longer than ${MAX_JSON} characters of JSON`));
  }
  return { stored: { values: merged, secrets: [...secrets] }, problems, changedSecrets };
}

/** @returns all of them with secrets masked, and the secrets alone. */
export function shownSettings(
  definitions: readonly SettingDefinition[],
  { values, secrets }: Stored,
): { settings: Record<string, unknown>; encrypted: Record<string, unknown> } {
  const hidden = new Set([...secrets, ...definitions.filter((one) => one.sensitive).map((one) => one.name)]);
  const all = Object.entries(values).map(([name, value]) => [name, hidden.has(name) ? masked(value) : value] as const);
  return {
    settings: Object.fromEntries(all),
    encrypted: Object.fromEntries(all.filter(([name]) => hidden.has(name))),
  };
}

/** Of the same JSON type, telling nothing of what is in it, nor how much. */
function masked(value: unknown): unknown {
  if (Array.isArray(value)) return [MASK];
  if (typeof value === 'object' && value !== null) return { [MASK]: MASK };
  return MASK;
}

function isMasked(value: unknown): boolean {
  if (typeof value === 'string') return value.includes(BULLET);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((one) => typeof one === 'string' && one.includes(BULLET));
}

function typeProblem({ type }: SettingDefinition, value: unknown): string | null {
  const isText = (one: unknown): one is string => typeof one === 'string' && storableText(one) === one;
  switch (type) {
    case 'STRING':
      return isText(value) ? null : 'must be a string';
    case 'BOOLEAN':
      return typeof value === 'boolean' ? null : 'must be a boolean';
    case 'ARRAY':
      return Array.isArray(value) && value.every(isText) ? null : 'must be an array of strings';
    default: {
      const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
      const entries = isMap ? Object.entries(value) : [];
      return isMap && entries.every(([name, one]) => isText(name) && isText(one))
        ? null
        : 'must be an object of strings';
    }
  }
}
