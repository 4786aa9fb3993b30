/** Dotted paths into an event (`properties.order\ id`, `context.page.url`): what filters and transformations change. */
import type { JsonObject } from '../../events/types.ts';

export type Path = readonly string[];

/** What may be changed: an event without its type, ids or times would be none. */
const ROOTS: ReadonlySet<string> = new Set(['properties', 'context', 'traits']);

/** A backslash takes the next character as it is: `a\.b` is one name. */
export function pathOf(text: string): Path {
  const segments: string[] = [];
  let segment = '';
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\\' && at + 1 < text.length) segment += text.charAt(++at);
    else if (character === '.') {
      segments.push(segment);
      segment = '';
    } else segment += character;
  }
  segments.push(segment);
  return segments;
}

/** Under `properties`, `context` or `traits`, without empty names. */
export function isChangeable(path: Path): boolean {
  return ROOTS.has(path[0] ?? '') && path.every((segment) => segment !== '');
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** undefined: nothing is there. Own fields of objects only. */
export function read(event: JsonObject, path: Path): unknown {
  let found: unknown = event;
  for (const segment of path) {
    if (!isObject(found) || !Object.hasOwn(found, segment)) return undefined;
    found = found[segment];
  }
  return found;
}

/** Of what came as JSON. structuredClone takes ten times as long. */
export function copyOf<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyOf) as T;
  if (!isObject(value)) return value;
  const copy: JsonObject = {};
  for (const name of Object.keys(value)) {
    const inner = copyOf(value[name]);
    if (name === '__proto__') define(copy, name, inner);
    else copy[name] = inner;
  }
  return copy as T;
}

/** Not assigned: `__proto__` is a name like others. */
function define(holder: JsonObject, name: string, value: unknown): void {
  Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });
}

/** Only where an object holds it already, or where it is new in one. @returns whether it was written. */
export function write(event: JsonObject, path: Path, value: unknown): boolean {
  const holder = read(event, path.slice(0, -1));
  const name = path.at(-1);
  if (!isObject(holder) || name === undefined) return false;
  define(holder, name, value);
  return true;
}

export function remove(event: JsonObject, path: Path): void {
  const holder = read(event, path.slice(0, -1));
  if (isObject(holder)) delete holder[path.at(-1) ?? ''];
}
