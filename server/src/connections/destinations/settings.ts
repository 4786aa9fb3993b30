/**
 * Settings of a destination: checked against its type's options, merged key by key, secret ones apart and sealed. What
 * stands in `settings` can be shown to anybody who may read the destination.
 */
import type { FieldError } from '../../errors.ts';
import type { Seal } from '../../seal.ts';
import type { DestinationType, Option } from '../catalog/catalog.ts';
import { jsonProblem, named, problem } from '../problems.ts';

/** What a secret looks like in reads. Its length says nothing about the secret's. */
export const MASK = '••••••••';
const BULLET = '•';

/** Of all settings of one destination, in characters of JSON. */
const MAX_SETTINGS = 256 * 1_024;
const MAX_PROBLEMS = 100;

/** Types of before the actions have no type for secrets: there the name tells. */
const SECRET_NAME = /secret|password|private_?key|(?<!public.*)token$/i;

export interface StoredSettings {
  /** Secret ones as bullets. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Secret ones: name → sealed, in base64. */
  readonly sealed: Readonly<Record<string, string>>;
}

export const NO_SETTINGS: StoredSettings = { settings: {}, sealed: {} };

export interface Given {
  readonly type: DestinationType;
  readonly settings: Readonly<Record<string, unknown>>;
  /** What is stored already; null: a new destination. */
  readonly stored: StoredSettings | null;
  /** Whether all required settings must be there. */
  readonly complete: boolean;
}

export function isSecret({ mode }: Pick<DestinationType, 'mode'>, { name, type }: Option): boolean {
  return type === 'password' || (mode === null && type === 'string' && SECRET_NAME.test(name));
}

/** Given once, by the vendor or when the destination is made, and not changed by an update (contract §1.9). */
export function isReadOnly({ name, label }: Option): boolean {
  return name === 'secretId' || /\(read-only\)/i.test(label ?? '');
}

/** Every failing field, as `settings.<key>`. */
export function settingsProblems({ type, settings, stored, complete }: Given): FieldError[] {
  const whole = jsonProblem('settings', settings, MAX_SETTINGS);
  if (whole) return [whole];
  const options = new Map(type.options.map((option) => [option.name, option]));
  const problems: FieldError[] = [];
  for (const [name, value] of Object.entries(settings)) {
    if (problems.length === MAX_PROBLEMS) return problems;
    const field = named('settings', name);
    const option = options.get(name);
    if (!option) problems.push(problem(field, 'is not allowed'));
    else if (value === null) {
      if (stored && isNeeded(option)) problems.push(problem(field, 'is required'));
    } else problems.push(...valueProblems(field, option, isSecret(type, option), value, stored));
  }
  if (!complete) return problems;
  for (const option of type.options) {
    const value = settings[option.name] ?? stored?.settings[option.name];
    if (!isNeeded(option)) continue;
    const field = `settings.${option.name}`;
    if (value === undefined) problems.push(problem(field, 'is required'));
    else if (value === '') problems.push(problem(field, 'is not allowed to be empty'));
  }
  return problems.slice(0, MAX_PROBLEMS);
}

/** One that has a default of its own goes by that. */
function isNeeded(option: Option): boolean {
  const { required, defaultValue } = option;
  return required && !isReadOnly(option) && (defaultValue === undefined || isEmpty(defaultValue));
}

function isEmpty(value: unknown): boolean {
  return (
    value === null || value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
  );
}

function valueProblems(
  field: string,
  option: Option,
  secret: boolean,
  value: unknown,
  stored: StoredSettings | null,
): readonly FieldError[] {
  const { type, multiple, choices, defaultValue } = option;
  if (secret && isMasked(value)) {
    if (stored && Object.hasOwn(stored.settings, option.name)) return [];
    return [problem(field, 'is masked; give the secret itself')];
  }
  if (value === defaultValue) return [];
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean' ? [] : [problem(field, 'must be a boolean')];
    case 'number':
      return typeof value === 'number' ? [] : [problem(field, 'must be a number')];
    case 'array':
      return Array.isArray(value) ? [] : [problem(field, 'must be an array')];
    case 'map':
      return isObject(value) ? [] : [problem(field, 'must be of type object')];
    case 'text-map': {
      if (!isObject(value)) return [problem(field, 'must be of type object')];
      const wrong = Object.entries(value).filter(([, text]) => typeof text !== 'string');
      return wrong.map(([key]) => problem(named(field, key), 'must be a string'));
    }
    case 'mixed':
      return typeof value === 'object' ? [] : [problem(field, 'must be one of [array, object]')];
    default:
      if (multiple && Array.isArray(value)) {
        return value.flatMap((item, n) => textProblems(`${field}.${n}`, item, choices));
      }
      return textProblems(field, value, choices);
  }
}

function textProblems(field: string, value: unknown, choices: Option['choices']): FieldError[] {
  if (typeof value !== 'string') return [problem(field, 'must be a string')];
  if (!choices || value === '' || choices.some((choice) => choice.value === value)) return [];
  return [problem(field, `must be one of [${choices.map((choice) => choice.value).join(', ')}]`)];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isMasked(value: unknown): boolean {
  return typeof value === 'string' && value.includes(BULLET);
}

/**
 * Merges checked settings key by key: null takes a key away, a masked secret stays what it is.
 * @param isSecretKey which keys are sealed.
 * @param context of the seal: the row's id.
 */
export function mergedSettings(
  stored: StoredSettings,
  given: Readonly<Record<string, unknown>>,
  { seal, context, isSecretKey }: { seal: Seal; context: string; isSecretKey: (name: string) => boolean },
): StoredSettings {
  const settings = new Map(Object.entries(stored.settings));
  const sealed = new Map(Object.entries(stored.sealed));
  for (const [name, value] of Object.entries(given)) {
    if (isSecretKey(name) && isMasked(value)) continue;
    sealed.delete(name);
    if (value === null) settings.delete(name);
    else if (isSecretKey(name) && typeof value === 'string' && value !== '') {
      settings.set(name, MASK);
      sealed.set(name, seal.seal(value, sealContext(context, name)).toString('base64'));
    } else settings.set(name, value);
  }
  return { settings: Object.fromEntries(settings), sealed: Object.fromEntries(sealed) };
}

/** @throws Error when it was sealed under another installation's secret. */
export function openedSecret(seal: Seal, stored: StoredSettings, context: string, name: string): string | null {
  const sealed = Object.hasOwn(stored.sealed, name) ? stored.sealed[name] : undefined;
  return sealed === undefined ? null : seal.open(Buffer.from(sealed, 'base64'), sealContext(context, name));
}

/** Under the secret of today; null where all of them are already. */
export function renewedSecrets(
  seal: Seal,
  sealed: Readonly<Record<string, string>>,
  context: string,
): Record<string, string> | null {
  let changed = false;
  const renewed = Object.entries(sealed).map(([name, value]) => {
    const anew = seal.renewed(Buffer.from(value, 'base64'), sealContext(context, name));
    if (anew) changed = true;
    return [name, anew?.toString('base64') ?? value] as const;
  });
  return changed ? Object.fromEntries(renewed) : null;
}

function sealContext(id: string, name: string): string {
  return `${id} ${name}`;
}

/** As the audit trail keeps them: headers are named, and often carry a credential. */
export function withoutHeaderValues(value: unknown, inHeaders = false): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutHeaderValues(item, inHeaders));
  if (typeof value !== 'object' || value === null) return inHeaders ? MASK : value;
  const entries = Object.entries(value).map(([name, item]) => {
    // A list of {key, value}, or an object of values by name.
    const inner = inHeaders ? name !== 'key' : name === 'headers';
    return [name, withoutHeaderValues(item, inner)] as const;
  });
  return Object.fromEntries(entries);
}
