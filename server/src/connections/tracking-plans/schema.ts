/**
 * Whether a rule's JSON schema is one: draft 07's own rules, patterns that are regular expressions, references that lead
 * somewhere within it. What is wrong is told with its place.
 */

import { Ajv, type ErrorObject } from 'ajv';
import type { FieldError } from '../../errors.ts';
import { problem } from '../problems.ts';
import { isObject, resolvePointer, unescapePointer } from './json.ts';
import { checkPattern } from './patterns.ts';

const DRAFT_07 = 'http://json-schema.org/draft-07/schema';
/** Levels of JSON; deeper ones would exhaust the stack of whoever walks them. */
const MAX_DEPTH = 60;
/** In bytes of JSON. */
const MAX_SCHEMA = 256 * 1024;
/** Told of one schema. */
const MAX_PROBLEMS = 20;

// The rules of draft 07 are asked by name: a schema may call itself of an older draft, and is kept as it came.
const ajv = new Ajv({ allErrors: true, strict: false, logger: false });
const draft07 = ajv.getSchema(DRAFT_07);

/** @param at dotted path of the schema in the request. @returns no entry: it can be used. */
export function schemaProblems(schema: unknown, at: string): FieldError[] {
  if (!isObject(schema)) return [problem(at, 'must be an object, a JSON schema of draft 07')];
  if (!isShallow(schema)) return [problem(at, `must have at most ${MAX_DEPTH} levels`)];
  if (Buffer.byteLength(JSON.stringify(schema)) > MAX_SCHEMA)
    return [problem(at, `must have at most ${MAX_SCHEMA} bytes of JSON`)];
  if (!draft07) throw new Error('The JSON schema of draft 07 is missing.');
  if (draft07(schema) !== true) return metaProblems(draft07.errors ?? [], at);
  const found: FieldError[] = [];
  walk(schema, schema, at, found);
  return found;
}

function metaProblems(errors: readonly ErrorObject[], at: string): FieldError[] {
  const byPlace = new Map<string, FieldError>();
  for (const error of errors) {
    // An alternative that failed is told of by its parts, and the first of them says most.
    if (error.keyword === 'anyOf') continue;
    const place = [at, ...error.instancePath.split('/').slice(1).map(unescapePointer)].join('.');
    if (!byPlace.has(place)) byPlace.set(place, problem(place, wording(error)));
    if (byPlace.size === MAX_PROBLEMS) break;
  }
  return [...byPlace.values()];
}

function wording({ keyword, params, message }: ErrorObject): string {
  if (keyword === 'enum') return `must be one of [${[params['allowedValues']].flat().map(String).join(', ')}]`;
  if (keyword === 'type') return `must be of type ${[params['type']].flat().map(String).join(' or ')}`;
  return message ?? 'is not valid in a JSON schema';
}

const ONE = ['additionalItems', 'additionalProperties', 'contains', 'else', 'if', 'not', 'propertyNames', 'then'];
const LISTS = ['allOf', 'anyOf', 'oneOf'];
const MAPS = ['definitions', 'dependencies', 'patternProperties', 'properties'];

/** Written out only for what is wrong. */
interface Place {
  readonly within: Place | string;
  readonly name: string | number;
}

function written({ within, name }: Place): string {
  const last = String(name).slice(0, 100);
  return `${typeof within === 'string' ? within : written(within)}.${last}`;
}

/** Every schema within a schema that draft 07 has let pass. */
function walk(schema: unknown, root: object, at: Place | string, found: FieldError[]): void {
  if (!isObject(schema) || found.length >= MAX_PROBLEMS) return;
  if (typeof schema['pattern'] === 'string') tryPattern(schema['pattern'], { within: at, name: 'pattern' }, found);
  if (typeof schema['$ref'] === 'string' && !leadsSomewhere(schema['$ref'], root)) {
    const place = written({ within: at, name: '$ref' });
    found.push(problem(place, 'must lead to a part of this schema, such as "#/definitions/address"'));
  }
  for (const name of ONE) if (schema[name] !== undefined) walk(schema[name], root, { within: at, name }, found);
  const items = { within: at, name: 'items' };
  if (Array.isArray(schema['items'])) walkAll(schema['items'], root, items, found);
  else walk(schema['items'], root, items, found);
  for (const name of LISTS) {
    const list = schema[name];
    if (Array.isArray(list)) walkAll(list, root, { within: at, name }, found);
  }
  for (const name of MAPS) {
    const map = schema[name];
    if (!isObject(map)) continue;
    const within = { within: at, name };
    for (const key of Object.keys(map)) {
      if (name === 'patternProperties') tryPattern(key, { within, name: key }, found);
      walk(map[key], root, { within, name: key }, found);
    }
  }
}

function walkAll(schemas: readonly unknown[], root: object, within: Place, found: FieldError[]): void {
  for (const [name, schema] of schemas.entries()) walk(schema, root, { within, name }, found);
}

function tryPattern(pattern: string, at: Place, found: FieldError[]): void {
  try {
    checkPattern(pattern);
  } catch (error) {
    const why = error instanceof Error ? error.message : '';
    const words = 'must be a regular expression without look-around and back-references';
    found.push(problem(written(at), `${words}: ${why}`));
  }
}

function leadsSomewhere(reference: string, root: object): boolean {
  const place = resolvePointer(root, reference);
  return typeof place === 'boolean' || isObject(place);
}

function isShallow(schema: object): boolean {
  let level: unknown[] = [schema];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return false;
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null
        ? Object.values(value).filter((inner) => typeof inner === 'object' && inner !== null)
        : [],
    );
  }
  return true;
}
