/** Traits with the time each was written: the newest event wins trait by trait. Maps, so that no name reaches a prototype. */
import { lengthOf, MAX_MERGED_TRAITS, MAX_MERGED_TRAITS_LENGTH, MAX_TRAITS, MAX_TRAITS_LENGTH } from './identifiers.ts';

export interface TraitState {
  readonly values: Map<string, unknown>;
  /** Event time in ms of the write that stands. */
  readonly times: Map<string, number>;
  /** Characters of names and values, about. */
  length: number;
}

export function traitState(
  values: Readonly<Record<string, unknown>> = {},
  times: Readonly<Record<string, number>> = {},
): TraitState {
  const entries = Object.entries(values);
  const length = entries.reduce((sum, [name, value]) => sum + name.length + lengthOf(value), 0);
  return { values: new Map(entries), times: new Map(Object.entries(times)), length };
}

/** Last write by event time wins; of two with the same time the one later in the log. @returns whether anything changed */
export function writeTraits(state: TraitState, traits: ReadonlyMap<string, unknown>, at: number): boolean {
  let changed = false;
  for (const [name, value] of traits) {
    const known = state.times.get(name);
    if (known === undefined ? state.values.size >= MAX_TRAITS : at < known) continue;
    if (set(state, name, value, at, MAX_TRAITS_LENGTH)) changed = true;
  }
  return changed;
}

/** Takes over what `other` knows better; of two with the same time `into` keeps its own. */
export function mergeTraits(into: TraitState, other: TraitState): void {
  for (const [name, value] of other.values) {
    const known = into.times.get(name);
    const at = other.times.get(name) ?? 0;
    if (known === undefined ? into.values.size >= MAX_MERGED_TRAITS : at <= known) continue;
    set(into, name, value, at, MAX_MERGED_TRAITS_LENGTH);
  }
}

/** @returns false when the traits would become longer than `most` by it. */
function set(state: TraitState, name: string, value: unknown, at: number, most: number): boolean {
  const before = state.values.has(name) ? name.length + lengthOf(state.values.get(name)) : 0;
  const growth = name.length + lengthOf(value) - before;
  if (growth > 0 && state.length + growth > most) return false;
  state.values.set(name, value);
  state.times.set(name, at);
  state.length += growth;
  return true;
}

/**
 * JSON text that a jsonb column takes. jsonb refuses \u0000 and lone surrogates with an error, and one such
 * trait would stop the whole pipeline: NULs are dropped, lone surrogates become U+FFFD.
 */
export function jsonOf(map: ReadonlyMap<string, unknown>): string {
  const text = objectText(map);
  return SUSPICIOUS.test(text) ? objectText(clean(map)) : text;
}

const SUSPICIOUS = /\\u0000|\\ud[89a-f]/;

function objectText(map: ReadonlyMap<string, unknown>): string {
  return JSON.stringify(Object.fromEntries(map));
}

function clean(map: ReadonlyMap<string, unknown>): Map<string, unknown> {
  return new Map([...map].map(([name, value]) => [cleanText(name), cleanValue(value)]));
}

function cleanValue(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanValue);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [cleanText(name), cleanValue(item)]));
  }
  return value;
}

function cleanText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
