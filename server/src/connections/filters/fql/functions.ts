/** The functions of contract segment-public-api §4.4. None throws: what has the wrong type gives null or false. */
import { matchesGlob } from './glob.ts';

type Value = unknown;

export interface FqlFunction {
  readonly args: number;
  readonly run: (first: Value, second: Value) => Value;
}

export const FUNCTIONS: ReadonlyMap<string, FqlFunction> = new Map<string, FqlFunction>([
  ['contains', { args: 2, run: (s, part) => typeof s === 'string' && typeof part === 'string' && s.includes(part) }],
  ['match', { args: 2, run: (s, glob) => typeof s === 'string' && typeof glob === 'string' && matchesGlob(glob, s) }],
  ['length', { args: 1, run: length }],
  ['lowercase', { args: 1, run: text((s) => s.toLowerCase()) }],
  ['uppercase', { args: 1, run: text((s) => s.toUpperCase()) }],
  // The reference speaks of spaces only; its example compares with lower case.
  ['snakecase', { args: 1, run: text((s) => s.toLowerCase().replaceAll(' ', '_')) }],
  ['kebabcase', { args: 1, run: text((s) => s.toLowerCase().replaceAll(' ', '-')) }],
  [
    'titlecase',
    { args: 1, run: text((s) => s.replaceAll(/(^|\s)(\S)/gu, (_, gap, first) => gap + first.toUpperCase())) },
  ],
  ['typeof', { args: 1, run: typeName }],
  ['bool', { args: 1, run: toBool }],
  ['string', { args: 1, run: toText }],
  ['number', { args: 1, run: toNumber }],
]);

function text(change: (s: string) => string): (value: Value) => Value {
  return (value) => (typeof value === 'string' ? change(value) : null);
}

/** Of a text its bytes. */
function length(value: Value): Value {
  if (value === null || value === undefined) return 0;
  if (typeof value === 'string') return Buffer.byteLength(value);
  return Array.isArray(value) ? value.length : null;
}

function typeName(value: Value): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'list';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

const FALSE_TEXTS = new Set(['', 'false', '0']);

function toBool(value: Value): Value {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return value !== 0;
  if (typeof value === 'string') return !FALSE_TEXTS.has(value.toLowerCase());
  if (Array.isArray(value)) return value.length > 0;
  return value === null || value === undefined ? false : null;
}

/** null stays null: a missing field does not become the word. */
function toText(value: Value): Value {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return Array.isArray(value) ? JSON.stringify(value) : null;
}

function toNumber(value: Value): Value {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^[+-]?\d{1,300}(\.\d{1,300})?$/.test(value)) return null;
  return Number(value);
}
