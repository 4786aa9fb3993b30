/** How an event that is not stored is told of: what may be shown of it, bounded and storable whatever it held. */
import { storableText } from '../db/text.ts';
import type { RefusedEvent, TrackedEvent } from './types.ts';

const SHOWN_BYTES = 4_096;
const SHOWN_NAME = 256;

/** An accepted event as a refusal: what every stage that takes an event out of the batch writes. */
export function refusalOf(
  event: TrackedEvent,
  problem: Pick<RefusedEvent, 'outcome' | 'code' | 'reason' | 'filtered'>,
): RefusedEvent {
  const { scope, sourceId, messageId, type, name, receivedAt } = event;
  return {
    scope,
    sourceId,
    ...problem,
    messageId: shownName(messageId),
    type,
    name: shownName(name),
    appVersion: appVersionOf(event.payload),
    payload: shownPayload(jsonText(event.payload)),
    receivedAt,
  };
}

/** null for what is no text, or empty. */
export function shownName(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? cut(value, SHOWN_NAME) : null;
}

/** What a refused event held may be just what PostgreSQL cannot store, and cutting may halve a character. */
function cut(value: string, length: number): string {
  return storableText(value.slice(0, length));
}

export function shownPayload(text: string): string {
  return cut(text, SHOWN_BYTES);
}

/** For showing. Never throws: what nests too deeply for the serializer was refused for that, and must still be told of. */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '';
  }
}

const MAX_VERSION = 60;

/** `context.app.version`, as mobile libraries send it; '' where there is none. */
export function appVersionOf(payload: unknown): string {
  const version = memberOf(memberOf(memberOf(payload, 'context'), 'app'), 'version');
  return typeof version === 'string' ? cut(version, MAX_VERSION) : '';
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
