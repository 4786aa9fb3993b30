/** Looking at JSON that somebody else wrote. */

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @returns the object under a key of its own; null for everything else. */
export function objectIn(value: unknown, name: string): JsonObject | null {
  if (!isObject(value) || !Object.hasOwn(value, name)) return null;
  const inner = value[name];
  return isObject(inner) ? inner : null;
}

/** @param reference a JSON pointer as a URI fragment: `#/definitions/address`. @returns undefined: it leads nowhere. */
export function resolvePointer(root: unknown, reference: string): unknown {
  if (reference === '#') return root;
  if (!reference.startsWith('#/')) return undefined;
  let place: unknown = root;
  for (const part of reference.slice(2).split('/')) {
    const name = unescapePointer(decoded(part));
    if (typeof place !== 'object' || place === null || !Object.hasOwn(place, name)) return undefined;
    place = (place as JsonObject)[name];
  }
  return place;
}

export function unescapePointer(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
