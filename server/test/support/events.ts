/** Tracked events as the log gives them to the stages, for tests that run a stage by itself. */
import type { Scope } from '../../src/db/tx.ts';
import type { EventType, JsonObject, TrackedEvent } from '../../src/events/types.ts';
import { newId } from '../../src/ids.ts';

export const NOON = Date.parse('2026-03-01T12:00:00Z');

export type EventParts = Partial<
  Pick<TrackedEvent, 'userId' | 'anonymousId' | 'previousId' | 'occurredAt' | 'receivedAt'>
> & {
  type?: EventType;
  traits?: JsonObject;
  context?: JsonObject;
};

/** An identify when it has traits, an alias when it has a previousId, else a track; `order` seconds after NOON. */
export function eventOf(scope: Scope, parts: EventParts, order = 0): TrackedEvent {
  const { traits, context, type = traits ? 'identify' : parts.previousId ? 'alias' : 'track', ...rest } = parts;
  return {
    scope,
    sourceId: newId(),
    messageId: newId(),
    type,
    name: null,
    userId: null,
    anonymousId: null,
    previousId: null,
    occurredAt: new Date(NOON + order * 1_000),
    receivedAt: new Date(NOON + 3_600_000),
    payload: { ...(traits && { traits }), ...(context && { context }) },
    id: 0,
    forwarded: false,
    profileId: '',
    ...rest,
  };
}
