/** Which identifiers and traits an event carries. Everything is hostile: bounded, typed, skipped when it does not fit. */
import type { Identifier, JsonObject, TrackedEvent } from '../events/types.ts';

/** PostgreSQL's b-tree row limit is about 2,700 bytes; 512 characters of 4 bytes stay below it. */
export const MAX_IDENTIFIER_LENGTH = 512;
export const MAX_EXTERNAL_IDS = 10;
export const MAX_TRAITS = 500;
/** Merging keeps every trait of both people; only this bound keeps a hostile chain of merges finite. */
export const MAX_MERGED_TRAITS = 2_000;
export const MAX_TRAIT_NAME_LENGTH = 256;
/** Characters of a value as JSON. */
export const MAX_TRAIT_VALUE_LENGTH = 8_192;
/**
 * Characters of all traits together. The pipeline reads the traits of up to a thousand people at once: with write keys
 * being public, people of 4 MB each would end the process, and again after every start.
 */
export const MAX_TRAITS_LENGTH = 65_536;
export const MAX_MERGED_TRAITS_LENGTH = 4 * MAX_TRAITS_LENGTH;

// user_id and anonymous_id have fields of their own: an external id must not pass for one.
const RESERVED_TYPES = new Set(['user_id', 'anonymous_id']);
const EXTERNAL_TYPE = /^[A-Za-z0-9_.:-]{1,64}$/;
const EMAIL = /^[^\s@<>(),;:"[\]\\]{1,64}@[^\s@<>(),;:"[\]\\]{1,253}$/;

/**
 * In order of priority: user_id, then email and external ids, then anonymous_id. Never two of one type and value.
 * Sources: Segment's spec for `context.externalIds`; email from an identify's `traits` or any call's `context.traits`
 * (a group's `traits` describe the group).
 */
export function identifiersOf(event: TrackedEvent): Identifier[] {
  const found: Identifier[] = [];
  push(found, 'user_id', event.userId);
  const context = asObject(event.payload['context']);
  const own = event.type === 'identify' ? asObject(event.payload['traits']) : null;
  push(found, 'email', emailOf(own?.['email']) ?? emailOf(asObject(context?.['traits'])?.['email']));
  pushExternal(found, context?.['externalIds']);
  push(found, 'anonymous_id', event.anonymousId);
  return found;
}

const YEAR_1 = Date.parse('0001-01-01T00:00:00Z');

/** A usable identifier value, or null. Lone surrogates become U+FFFD here, as the database would store them. */
export function usableValue(value: unknown): string | null {
  if (typeof value !== 'string' || value === '' || value.length > MAX_IDENTIFIER_LENGTH) return null;
  return value.includes('\0') ? null : value.toWellFormed();
}

export function emailOf(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > MAX_IDENTIFIER_LENGTH) return null;
  const email = value.trim().toLowerCase();
  return EMAIL.test(email) ? usableValue(email) : null;
}

function pushExternal(found: Identifier[], list: unknown): void {
  if (!Array.isArray(list)) return;
  let taken = 0;
  for (const item of list) {
    if (taken === MAX_EXTERNAL_IDS) return;
    const entry = asObject(item);
    const type = entry?.['type'];
    if (!entry || typeof type !== 'string' || !EXTERNAL_TYPE.test(type) || RESERVED_TYPES.has(type)) continue;
    // Other collections (accounts and the like) do not name a person.
    if (entry['collection'] !== undefined && entry['collection'] !== 'users') continue;
    const id = typeof entry['id'] === 'number' ? String(entry['id']) : entry['id'];
    if (push(found, type, type === 'email' ? emailOf(id) : id)) taken++;
  }
}

function push(found: Identifier[], type: string, raw: unknown): boolean {
  const value = usableValue(raw);
  if (value === null) return false;
  if (!found.some((known) => known.type === type && known.value === value)) found.push({ type, value });
  return true;
}

function asObject(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

/** The traits an identify sets; null when it sets none. Names and values beyond the bounds are left out. */
export function traitsOf(event: TrackedEvent): Map<string, unknown> | null {
  if (event.type !== 'identify') return null;
  const traits = asObject(event.payload['traits']);
  if (!traits) return null;
  const kept = new Map<string, unknown>();
  for (const [name, value] of Object.entries(traits)) {
    if (name.length <= MAX_TRAIT_NAME_LENGTH && value !== undefined && fits(value)) kept.set(name, value);
  }
  return kept.size > 0 ? kept : null;
}

function fits(value: unknown): boolean {
  return lengthOf(value) <= MAX_TRAIT_VALUE_LENGTH;
}

/** About as many characters as the value's JSON has. */
export function lengthOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  return typeof value === 'object' && value !== null ? JSON.stringify(value).length : 8;
}

/**
 * When the event counts as having happened, in ms. One that says it comes from the future counts as received:
 * a clock of the year 9999 must not freeze a trait for ever. Nothing is older than the year 1: PostgreSQL's
 * calendar ends before JavaScript's does.
 */
export function countedTime(event: TrackedEvent): number {
  const occurred = event.occurredAt.getTime();
  const received = event.receivedAt.getTime();
  return Number.isFinite(occurred) ? Math.max(YEAR_1, Math.min(occurred, received)) : received;
}
