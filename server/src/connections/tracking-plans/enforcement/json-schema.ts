/**
 * Checks a value against a JSON schema of draft 07 and tells what does not fit, in the words of violations. It walks the
 * schema as it is: a plan of hundreds of rules costs no compiler and no memory beyond its text. Every step is counted, so
 * that no schema, however its references multiply, takes more than a bounded time for one event.
 */
import { storableText } from '../../../db/text.ts';
import { isObject, type JsonObject, resolvePointer } from '../json.ts';
import { compilePattern, type Pattern } from '../patterns.ts';
import { FORMATS, isOf } from './formats.ts';

export interface Violation {
  readonly type: string;
  /** Dotted path into the event. */
  readonly field: string;
  readonly description: string;
}

/** With the whole path, however long: what is told of it is cut. */
export interface Found extends Violation {
  readonly at: string;
}

/** What one event may cost: about two milliseconds at the worst. */
const MAX_STEPS = 100_000;
const MAX_LEVELS = 300;
/** More fields than an event has room for. */
const MAX_FOUND = 10_000;
const MAX_FIELD = 500;
const STEPS_OF_PATTERN = 100;
/** Kept between events; each may hold megabytes of what it learned of the texts it saw. */
const MAX_PATTERNS = 500;

export interface Check {
  readonly found: Found[];
  steps: number;
}

export function newCheck(): Check {
  return { found: [], steps: 0 };
}

interface Walk {
  readonly check: Check;
  readonly root: unknown;
  readonly patterns: Map<string, Pattern | null>;
  /** Of objects that were met: how many fields they have. */
  readonly sizes: Map<object, number>;
}

const TOO_COSTLY = Symbol('too costly');

/** @param patterns compiled ones, kept between events. */
export function checkValue(schema: unknown, value: unknown, check: Check, patterns: Map<string, Pattern | null>): void {
  try {
    matches({ check, root: schema, patterns, sizes: new Map() }, schema, value, '', 0, true);
  } catch (error) {
    if (error !== TOO_COSTLY) throw error;
    const description = 'the rule takes too long to check on this event';
    check.found.push({ type: 'Too Complex', field: '', description, at: '' });
  }
}

/** @param tells false: whether it fits is all that is asked, and the first that does not ends it. */
function matches(walk: Walk, schema: unknown, value: unknown, at: string, level: number, tells: boolean): boolean {
  walk.check.steps += 1 + costOf(walk, value);
  if (walk.check.steps > MAX_STEPS || level > MAX_LEVELS) throw TOO_COSTLY;
  if (schema === true) return true;
  if (schema === false) return fail(walk, tells, 'Not Allowed', at, 'is not allowed');
  if (!isObject(schema)) return true;
  const reference = schema['$ref'];
  // In draft 07 nothing beside a reference counts. One that leads nowhere is fitted by everything.
  if (typeof reference === 'string') {
    walk.check.steps += reference.length >> 3;
    return matches(walk, resolvePointer(walk.root, reference), value, at, level + 1, tells);
  }
  let fits = true;
  for (const keyword in schema) {
    walk.check.steps++;
    const rule = KEYWORDS.get(keyword);
    if (!rule || rule({ walk, schema, given: schema[keyword], value, at, level: level + 1, tells })) continue;
    fits = false;
    if (!tells) return false;
  }
  return fits;
}

/** Keywords look at the whole of a value: a large one costs more at each schema that it is held against. */
function costOf({ sizes }: Walk, value: unknown): number {
  if (typeof value === 'string') return value.length >> 3;
  if (Array.isArray(value)) return value.length;
  if (!isObject(value)) return 0;
  const known = sizes.get(value) ?? Object.keys(value).length;
  sizes.set(value, known);
  return known;
}

interface Asked {
  readonly walk: Walk;
  readonly schema: JsonObject;
  /** The keyword's own value. */
  readonly given: unknown;
  readonly value: unknown;
  readonly at: string;
  readonly level: number;
  readonly tells: boolean;
}

type Rule = (asked: Asked) => boolean;

function fail(walk: Walk, tells: boolean, type: string, at: string, problem: string): false {
  if (tells && walk.check.found.length < MAX_FOUND) {
    // What is cut may end in half a character.
    const field = at === '' ? '(root)' : storableText(at.slice(0, MAX_FIELD));
    walk.check.found.push({ type, field, description: storableText(`${field} ${problem}`), at });
  }
  return false;
}

const wrong = ({ walk, tells, at }: Asked, problem: string) => fail(walk, tells, 'Invalid Value', at, problem);
const below = (at: string, name: string | number) => (at === '' ? String(name) : `${at}.${name}`);

function inner(asked: Asked, schema: unknown, value: unknown, name: string | number): boolean {
  return matches(asked.walk, schema, value, below(asked.at, name), asked.level, asked.tells);
}

/** Without a word of what does not fit. */
function fitsSilently({ walk, at, level }: Asked, schema: unknown, value: unknown): boolean {
  return matches(walk, schema, value, at, level, false);
}

/** The rest of a list is looked at too, so that everything is told. */
function all<T>(asked: Asked, items: Iterable<T>, fits: (item: T) => boolean): boolean {
  let every = true;
  for (const item of items) {
    if (fits(item)) continue;
    if (!asked.tells) return false;
    every = false;
  }
  return every;
}

function number(limit: unknown, value: unknown, holds: (value: number, limit: number) => boolean): boolean {
  return typeof value !== 'number' || typeof limit !== 'number' || holds(value, limit);
}

function size(
  asked: Asked,
  of: number | null,
  holds: (size: number, limit: number) => boolean,
  words: string,
): boolean {
  const { given } = asked;
  return (
    of === null || typeof given !== 'number' || holds(of, given) || wrong(asked, words.replace('%', String(given)))
  );
}

const lengthOf = (value: unknown) => (typeof value === 'string' ? [...value].length : null);
const itemsOf = (value: unknown) => (Array.isArray(value) ? value.length : null);
const keysOf = (value: unknown) => (isObject(value) ? Object.keys(value).length : null);
const atMost = (a: number, b: number) => a <= b;
const atLeast = (a: number, b: number) => a >= b;

const KEYWORDS: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['type', typeRule],
  ['enum', enumRule],
  [
    'const',
    (asked) => canonical(asked, asked.value) === canonical(asked, asked.given) || wrong(asked, 'is not the one value'),
  ],
  [
    'multipleOf',
    (asked) => number(asked.given, asked.value, isMultiple) || wrong(asked, `is no multiple of ${asked.given}`),
  ],
  ['maximum', (asked) => number(asked.given, asked.value, atMost) || wrong(asked, `must be at most ${asked.given}`)],
  ['minimum', (asked) => number(asked.given, asked.value, atLeast) || wrong(asked, `must be at least ${asked.given}`)],
  [
    'exclusiveMaximum',
    (asked) => number(asked.given, asked.value, (v, l) => v < l) || wrong(asked, `must be less than ${asked.given}`),
  ],
  [
    'exclusiveMinimum',
    (asked) => number(asked.given, asked.value, (v, l) => v > l) || wrong(asked, `must be more than ${asked.given}`),
  ],
  ['maxLength', (asked) => size(asked, lengthOf(asked.value), atMost, 'must have at most % characters')],
  ['minLength', (asked) => size(asked, lengthOf(asked.value), atLeast, 'must have at least % characters')],
  ['pattern', (asked) => patternRule(asked)],
  ['format', formatRule],
  ['maxItems', (asked) => size(asked, itemsOf(asked.value), atMost, 'must have at most % items')],
  ['minItems', (asked) => size(asked, itemsOf(asked.value), atLeast, 'must have at least % items')],
  ['uniqueItems', uniqueRule],
  ['items', itemsRule],
  ['contains', containsRule],
  ['maxProperties', (asked) => size(asked, keysOf(asked.value), atMost, 'must have at most % properties')],
  ['minProperties', (asked) => size(asked, keysOf(asked.value), atLeast, 'must have at least % properties')],
  ['required', requiredRule],
  ['properties', propertiesRule],
  ['patternProperties', (asked) => patternPropertiesRule(asked)],
  ['additionalProperties', additionalRule],
  ['propertyNames', namesRule],
  ['dependencies', dependenciesRule],
  ['allOf', (asked) => all(asked, listOf(asked.given), (one) => matchesHere(asked, one))],
  ['anyOf', (asked) => listOf(asked.given).some((one) => fitsSilently(asked, one, asked.value)) || none(asked)],
  ['oneOf', oneOfRule],
  ['not', (asked) => !fitsSilently(asked, asked.given, asked.value) || wrong(asked, 'is just what it must not be')],
  ['if', ifRule],
]);

function matchesHere({ walk, value, at, level, tells }: Asked, schema: unknown): boolean {
  return matches(walk, schema, value, at, level, tells);
}

function none(asked: Asked): false {
  return fail(asked.walk, asked.tells, 'Condition', asked.at, 'fits none of the alternatives');
}

function oneOfRule(asked: Asked): boolean {
  const fitting = listOf(asked.given).filter((one) => fitsSilently(asked, one, asked.value)).length;
  if (fitting === 1) return true;
  if (fitting === 0) return none(asked);
  return fail(asked.walk, asked.tells, 'Condition', asked.at, 'fits more than one of the alternatives');
}

function ifRule(asked: Asked): boolean {
  const branch = asked.schema[fitsSilently(asked, asked.given, asked.value) ? 'then' : 'else'];
  return branch === undefined || matchesHere(asked, branch);
}

function typeRule(asked: Asked): boolean {
  const { given, value } = asked;
  const types = Array.isArray(given) ? given : [given];
  if (types.some((type) => isOf(type, value))) return true;
  return fail(asked.walk, asked.tells, 'Invalid Type', asked.at, `must be of type ${types.map(String).join(' or ')}`);
}

function enumRule(asked: Asked): boolean {
  const { given, value } = asked;
  const allowed = listOf(given);
  const plain = typeof value !== 'object' || value === null;
  asked.walk.check.steps += allowed.length;
  const wanted = plain ? value : canonical(asked, value);
  const fits = allowed.some((one) =>
    plain ? one === wanted : typeof one === 'object' && one !== null && canonical(asked, one) === wanted,
  );
  return fits || wrong(asked, 'is none of the values allowed');
}

function patternRule(asked: Asked): boolean {
  const { walk, given, value } = asked;
  if (typeof value !== 'string' || typeof given !== 'string') return true;
  return isMatch(walk, given, value) || wrong(asked, `does not match ${given.slice(0, 200)}`);
}

function isMatch({ check, patterns }: Walk, source: string, text: string): boolean {
  let pattern = patterns.get(source);
  if (pattern === undefined) {
    try {
      pattern = compilePattern(source);
    } catch {
      // Stored rules were checked; a reference may lead where no schema was looked for.
      pattern = null;
    }
    if (patterns.size >= MAX_PATTERNS) patterns.clear();
    patterns.set(source, pattern);
  }
  if (!pattern) return true;
  check.steps += Math.floor((text.length * pattern.size) / STEPS_OF_PATTERN);
  if (check.steps > MAX_STEPS) throw TOO_COSTLY;
  return pattern.test(text);
}

/** Nothing that has a format is longer. */
const MAX_FORMATTED = 2_000;

function formatRule(asked: Asked): boolean {
  const { given, value } = asked;
  const format = typeof given === 'string' ? FORMATS.get(given) : undefined;
  if (!format || typeof value !== 'string') return true;
  return (value.length <= MAX_FORMATTED && format(value)) || wrong(asked, `is no ${given}`);
}

function uniqueRule(asked: Asked): boolean {
  const { given, value } = asked;
  if (given !== true || !Array.isArray(value)) return true;
  const seen = new Set(value.map((item) => canonical(asked, item)));
  return seen.size === value.length || wrong(asked, 'has the same item more than once');
}

function itemsRule(asked: Asked): boolean {
  const { given, value, schema } = asked;
  if (!Array.isArray(value)) return true;
  if (!Array.isArray(given)) return all(asked, value.entries(), ([n, item]) => inner(asked, given, item, n));
  const rest = schema['additionalItems'];
  return all(asked, value.entries(), ([n, item]) => {
    const own = n < given.length ? given[n] : rest;
    return own === undefined || inner(asked, own, item, n);
  });
}

function containsRule(asked: Asked): boolean {
  const { given, value } = asked;
  if (!Array.isArray(value)) return true;
  return value.some((item) => fitsSilently(asked, given, item)) || wrong(asked, 'has no item that it must have');
}

function requiredRule(asked: Asked): boolean {
  const { given, value, walk, tells, at } = asked;
  if (!isObject(value)) return true;
  return all(asked, listOf(given), (name) => {
    walk.check.steps++;
    if (typeof name !== 'string' || Object.hasOwn(value, name)) return true;
    return fail(walk, tells, 'Required', below(at, name), 'is required');
  });
}

function propertiesRule(asked: Asked): boolean {
  const { given, value } = asked;
  if (!isObject(value) || !isObject(given)) return true;
  // Along the shorter of the two: plans name a hundred properties, events have ten.
  return all(
    asked,
    Object.keys(value),
    (name) => !Object.hasOwn(given, name) || inner(asked, given[name], value[name], name),
  );
}

function patternPropertiesRule(asked: Asked): boolean {
  const { given, value, walk } = asked;
  if (!isObject(value) || !isObject(given)) return true;
  walk.check.steps += costOf(walk, given);
  return all(asked, Object.entries(given), ([pattern, schema]) =>
    all(asked, Object.keys(value), (name) => !isMatch(walk, pattern, name) || inner(asked, schema, value[name], name)),
  );
}

function additionalRule(asked: Asked): boolean {
  const { given, value, schema, walk, tells, at } = asked;
  if (!isObject(value) || given === true) return true;
  const names = schema['properties'];
  const patterns = isObject(schema['patternProperties']) ? Object.keys(schema['patternProperties']) : [];
  return all(asked, Object.keys(value), (name) => {
    walk.check.steps++;
    if (isObject(names) && Object.hasOwn(names, name)) return true;
    if (patterns.some((pattern) => isMatch(walk, pattern, name))) return true;
    if (given === false) return fail(walk, tells, 'Not Allowed', below(at, name), 'is not in the rule');
    return inner(asked, given, value[name], name);
  });
}

function namesRule(asked: Asked): boolean {
  const { given, value, walk, tells, at } = asked;
  if (!isObject(value)) return true;
  return all(
    asked,
    Object.keys(value),
    (name) =>
      fitsSilently(asked, given, name) ||
      fail(walk, tells, 'Not Allowed', below(at, name), 'has a name that is not allowed'),
  );
}

function dependenciesRule(asked: Asked): boolean {
  const { given, value, walk } = asked;
  if (!isObject(value) || !isObject(given)) return true;
  walk.check.steps += costOf(walk, given);
  return all(asked, Object.entries(given), ([name, needed]) => {
    if (!Object.hasOwn(value, name)) return true;
    return Array.isArray(needed) ? requiredRule({ ...asked, given: needed }) : matchesHere(asked, needed);
  });
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isMultiple(value: number, of: number): boolean {
  const times = value / of;
  // 0.3 is a multiple of 0.1 although 0.3 / 0.1 is not quite 3.
  return Math.abs(times - Math.round(times)) < 1e-9;
}

/** Text that is the same for values that are equal. */
function canonical(asked: Asked, value: unknown): string {
  if (++asked.walk.check.steps > MAX_STEPS) throw TOO_COSTLY;
  if (Array.isArray(value)) return `[${value.map((item) => canonical(asked, item)).join(',')}]`;
  if (typeof value === 'string') asked.walk.check.steps += value.length >> 3;
  if (!isObject(value)) return JSON.stringify(value) ?? '';
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(asked, value[key])}`).join(',')}}`;
}
