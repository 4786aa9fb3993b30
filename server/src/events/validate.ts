/**
 * What an event must look like to be accepted. Runs at the tracking door for every event, so it looks at each field once;
 * anything found wrong is said in words that tell the sender what to change.
 */
import { EVENT_TYPES, type EventType, type JsonObject } from './types.ts';

/** Segment's documented limits (research/data-plane §1.1); ids beyond that are ours. */
export const MAX_EVENT_BYTES = 32 * 1024;
export const MAX_BATCH_BYTES = 500 * 1024;
export const MAX_BATCH_EVENTS = 2_500;
const MAX_MESSAGE_ID = 100;
const MAX_ID = 512;
const MAX_NAME = 1_024;
/** Levels of objects and arrays within one event, itself included. */
export const MAX_DEPTH = 50;
/** A batch's own context is copied into each of its events. */
export const MAX_SHARED_CONTEXT_BYTES = 8 * 1024;
const OLDEST = Date.UTC(1970, 0, 1);
const NEWEST = Date.UTC(2100, 0, 1);

export interface Problem {
  readonly code: string;
  readonly reason: string;
}

const TYPES: ReadonlySet<string> = new Set(EVENT_TYPES);

/**
 * @param event one parsed item.
 * @param fixedType the type that the path names; null in a batch, where each event says its own.
 * @returns null when the event is fine.
 */
export function findProblem(event: unknown, fixedType: EventType | null): Problem | null {
  if (!isObject(event)) return problem('invalid_event', 'An event must be a JSON object.');
  const type = fixedType ?? event['type'];
  if (typeof type !== 'string' || !TYPES.has(type)) {
    return problem('invalid_type', `type must be one of ${EVENT_TYPES.join(', ')}.`);
  }
  return (
    textProblem(event, 'messageId', MAX_MESSAGE_ID) ??
    textProblem(event, 'userId', MAX_ID) ??
    textProblem(event, 'anonymousId', MAX_ID) ??
    identityProblem(event, type) ??
    shapeProblem(event, type) ??
    timeProblem(event, 'timestamp') ??
    timeProblem(event, 'originalTimestamp') ??
    timeProblem(event, 'sentAt')
  );
}

function identityProblem(event: JsonObject, type: string): Problem | null {
  if (type === 'alias') {
    const wrong = textProblem(event, 'previousId', MAX_ID);
    if (wrong) return wrong;
    if (!event['previousId'] || !event['userId']) {
      return problem('missing_identity', 'alias needs previousId and userId.');
    }
    return null;
  }
  if (!event['userId'] && !event['anonymousId']) {
    return problem('missing_identity', 'Give userId or anonymousId, as a string that is not empty.');
  }
  return null;
}

function shapeProblem(event: JsonObject, type: string): Problem | null {
  const wrongObject =
    objectProblem(event, 'properties') ??
    objectProblem(event, 'traits') ??
    objectProblem(event, 'context') ??
    objectProblem(event, 'integrations');
  if (wrongObject) return wrongObject;
  if (type === 'track') {
    const wrong = textProblem(event, 'event', MAX_NAME);
    if (wrong) return wrong;
    return event['event'] ? null : problem('missing_event_name', 'track needs event, the name of what happened.');
  }
  if (type === 'group') {
    const wrong = textProblem(event, 'groupId', MAX_ID);
    if (wrong) return wrong;
    return event['groupId'] ? null : problem('missing_group_id', 'group needs groupId.');
  }
  if (type === 'page' || type === 'screen') {
    return textProblem(event, 'name', MAX_NAME) ?? textProblem(event, 'category', MAX_NAME);
  }
  return null;
}

function textProblem(event: JsonObject, field: string, max: number): Problem | null {
  const value = event[field];
  // Browser libraries send userId: null for somebody not identified yet.
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') return problem('invalid_field', `${field} must be a string.`);
  if (value.length > max) return problem('invalid_field', `${field} must have at most ${max} characters.`);
  return null;
}

function objectProblem(event: JsonObject, field: string): Problem | null {
  const value = event[field];
  if (value === undefined || value === null || isObject(value)) return null;
  return problem('invalid_field', `${field} must be a JSON object.`);
}

/** Also used for a batch's own sentAt. */
export function timeProblem(event: JsonObject, field: string): Problem | null {
  const value = event[field];
  if (value === undefined || value === null) return null;
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) {
    return problem('invalid_time', `${field} must be an ISO 8601 date and time, such as 2026-01-31T12:00:00.000Z.`);
  }
  if (time < OLDEST || time >= NEWEST) return problem('time_out_of_range', `${field} must lie between 1970 and 2099.`);
  return null;
}

/** Also used for a batch's own context. Without a bound the next to walk the value would exhaust the stack. */
export function nestsBeyond(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => nestsBeyond(inner, levels - 1));
}

/**
 * The closer look at an event whose bytes held an escape or a long number: what PostgreSQL cannot store as it came,
 * or what would change on the way through a double.
 */
export function findUnstorable(value: unknown): Problem | null {
  if (typeof value === 'string') return stringProblem(value);
  if (typeof value === 'number') {
    if (Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))) return null;
    return problem('number_out_of_range', 'Whole numbers beyond 2^53 lose digits: send them as strings.');
  }
  if (typeof value !== 'object' || value === null) return null;
  for (const key of Object.keys(value)) {
    if (key === '__proto__') return problem('forbidden_key', 'An event may not have a key named __proto__.');
    const inner = (value as JsonObject)[key];
    if (key === 'constructor' && isObject(inner) && Object.hasOwn(inner, 'prototype')) {
      return problem('forbidden_key', 'An event may not have a key named constructor.prototype.');
    }
    const found = stringProblem(key) ?? findUnstorable(inner);
    if (found) return found;
  }
  return null;
}

function stringProblem(text: string): Problem | null {
  if (text.includes('\u0000')) return problem('nul_character', 'Strings may not hold the NUL character (\\u0000).');
  if (!text.isWellFormed())
    return problem('lone_surrogate', 'A string holds half of a surrogate pair: send whole characters.');
  return null;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function problem(code: string, reason: string): Problem {
  return { code, reason };
}
