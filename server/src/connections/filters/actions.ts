/** What a destination filter does with the events it is about (contract segment-public-api §4.6): kinds, checks, effects. */
import { hash } from 'node:crypto';
import type { FieldError } from '../../errors.ts';
import type { JsonObject } from '../../events/types.ts';
import { problem, textProblems } from '../problems.ts';
import { isObject, type Path, pathOf, read } from './paths.ts';

const TYPES = ['DROP', 'SAMPLE', 'ALLOW_PROPERTIES', 'DROP_PROPERTIES'] as const;
export type ActionType = (typeof TYPES)[number];

/** As it was sent: what was left out stays out. */
export interface FilterAction {
  readonly type: ActionType;
  /** SAMPLE: the share that passes, 0 to 1. Left out: none. */
  readonly percent?: number;
  /** SAMPLE: events with the same value there pass or do not together. Left out: each by its messageId. */
  readonly path?: string;
  /** ALLOW_PROPERTIES, DROP_PROPERTIES: path of an object → names in it. The path "" is the event itself. */
  readonly fields?: Readonly<Record<string, readonly string[]>>;
  /** The Config API's word for the type, where one of several was sent. */
  readonly word?: string;
}

// Contract §1.9.
const MAX_ACTIONS = 4;
const MAX_OBJECTS = 8;
const MAX_NAMES = 64;
const MAX_PATH = 255;

const OWN: Readonly<Record<ActionType, readonly string[]>> = {
  DROP: [],
  SAMPLE: ['percent', 'path'],
  ALLOW_PROPERTIES: ['fields'],
  DROP_PROPERTIES: ['fields'],
};

/** Every problem of a list of actions, whatever was sent as one. */
export function actionProblems(actions: unknown): FieldError[] {
  if (!Array.isArray(actions)) return [problem('actions', 'must be an array')];
  if (actions.length === 0) return [problem('actions', 'must contain at least 1 item')];
  if (actions.length > MAX_ACTIONS) return [problem('actions', `must contain at most ${MAX_ACTIONS} items`)];
  return actions.flatMap((action: unknown, index) => problemsOf(action, `actions.${index}`));
}

function problemsOf(action: unknown, at: string): FieldError[] {
  if (!isObject(action)) return [problem(at, 'must be an object')];
  const type = TYPES.find((one) => one === action['type']);
  if (!type) return [problem(`${at}.type`, `must be one of [${TYPES.join(', ')}]`)];
  const problems = ['percent', 'path', 'fields']
    .filter((name) => action[name] !== undefined && !OWN[type].includes(name))
    .map((name) => problem(`${at}.${name}`, `is not allowed for ${type}`));
  if (problems.length > 0) return problems;
  const { percent, path, fields } = action;
  if (percent !== undefined && !(typeof percent === 'number' && percent >= 0 && percent <= 1)) {
    problems.push(problem(`${at}.percent`, 'must be a number from 0 to 1'));
  }
  if (path !== undefined) problems.push(...textProblems(`${at}.path`, path, { most: MAX_PATH }));
  if (OWN[type].includes('fields')) problems.push(...fieldsProblems(fields, `${at}.fields`));
  return problems;
}

const OBJECTS: ReadonlySet<string> = new Set(['', 'properties', 'context', 'traits']);

function fieldsProblems(fields: unknown, at: string): FieldError[] {
  if (fields === undefined) return [problem(at, 'is required')];
  if (!isObject(fields)) return [problem(at, 'must be an object')];
  const keys = Object.keys(fields);
  if (keys.length === 0) return [problem(at, 'must name at least 1 object')];
  if (keys.length > MAX_OBJECTS) return [problem(at, `must name at most ${MAX_OBJECTS} objects`)];
  return keys.flatMap((key) => {
    const shown = `${at}.${key.slice(0, 100)}`;
    const names: unknown = fields[key];
    if (!OBJECTS.has(pathOf(key)[0] ?? '')) return [problem(shown, 'must be under properties, context or traits')];
    const wrong = textProblems(shown, key, { most: MAX_PATH });
    if (wrong.length > 0) return wrong;
    if (!Array.isArray(names)) return [problem(shown, 'must be an array of names')];
    if (names.length > MAX_NAMES) return [problem(shown, `must contain at most ${MAX_NAMES} items`)];
    return names.flatMap((name, index) => textProblems(`${shown}.${index}`, name, { most: MAX_PATH, least: 1 }));
  });
}

/** Only what an action is made of, from an input that has no problems. */
export function actionsOf(actions: readonly FilterAction[]): FilterAction[] {
  return actions.map(({ type, percent, path, fields, word }) => ({
    type,
    ...(percent !== undefined && { percent }),
    ...(path !== undefined && { path }),
    ...(fields !== undefined && { fields }),
    ...(word !== undefined && { word }),
  }));
}

/**
 * Whether a SAMPLE lets an event pass: the first 64 bits of the MD5 of the value's JSON, as a fraction, are below `percent`.
 * The same value decides the same everywhere and always.
 */
export function passes({ percent = 0, path = '' }: FilterAction, event: JsonObject): boolean {
  if (percent <= 0 || percent >= 1) return percent >= 1;
  const given = path === '' ? undefined : read(event, pathOf(path));
  // Where the field is missing the others' events must not all share one fate.
  const value = given ?? event['messageId'] ?? null;
  const bits = hash('md5', JSON.stringify(value), 'buffer').readBigUInt64BE();
  return Number(bits) / 2 ** 64 < percent;
}

/** Changes the event that is given: inside each named object only the named fields stay, or the named ones go. */
export function applyFields({ type, fields = {} }: FilterAction, event: JsonObject): void {
  for (const [key, names] of Object.entries(fields)) {
    const path: Path = key === '' ? [] : pathOf(key);
    const target = read(event, path);
    for (const object of Array.isArray(target) ? target : [target]) {
      if (!isObject(object)) continue;
      if (type === 'DROP_PROPERTIES') for (const name of names) delete object[name];
      else for (const name of Object.keys(object)) if (!names.includes(name)) delete object[name];
    }
  }
}
