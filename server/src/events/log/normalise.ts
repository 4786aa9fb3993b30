/**
 * From an accepted body to events: clock correction, the server's own fields, ids. Pure: reading the same log row
 * twice gives the same events, so that a repeated batch is recognised as one.
 */
import { createHash } from 'node:crypto';
import { appVersionOf, jsonText, shownName, shownPayload } from '../refusal.ts';
import type { EventType, JsonObject, RefusedEvent, TrackedEvent } from '../types.ts';
import { isObject } from '../validate.ts';
import type { Entry } from './chunk.ts';
import { partitionOf } from './partition.ts';

export interface LogPosition {
  readonly tx: string;
  readonly seq: number;
}

export interface Decoded {
  events: TrackedEvent[];
  refused: RefusedEvent[];
}

/** @param wanted whether a partition is this reader's. */
export function decodeEntry(
  entry: Entry,
  at: LogPosition,
  index: number,
  wanted: (partition: number) => boolean,
): Decoded {
  const { header } = entry;
  const scope = { workspaceId: header.workspaceId, environment: header.environment };
  const receivedAt = new Date(header.receivedAt);
  const refusals = new Map((header.refused ?? []).map(([item, code, reason]) => [item, { code, reason }]));
  const decoded: Decoded = { events: [], refused: [] };
  const refuse = (item: unknown, text: string, problem: { code: string; reason: string }): void => {
    const fields = isObject(item) ? item : {};
    decoded.refused.push({
      scope,
      sourceId: header.sourceId,
      outcome: 'rejected',
      ...problem,
      messageId: shownName(fields['messageId']),
      type: shownName(fields['type']) ?? (header.kind === 'batch' || header.kind === 'refused' ? null : header.kind),
      name: shownName(fields['event']) ?? shownName(fields['name']),
      appVersion: appVersionOf(fields),
      payload: shownPayload(text),
      receivedAt,
    });
  };

  if (header.kind === 'refused') {
    // A refusal without events of its own is told by one reader only.
    const problem = refusals.get(0);
    if (problem && wanted(0)) refuse(null, entry.body.toString(), problem);
    return decoded;
  }

  const body = JSON.parse(entry.body.toString()) as JsonObject;
  const items = header.kind === 'batch' ? (body['batch'] as unknown[]) : [body];
  for (const [position, item] of items.entries()) {
    const refusal = refusals.get(position);
    if (refusal) {
      if (wanted(0)) refuse(item, jsonText(item), refusal);
      continue;
    }
    const event = item as JsonObject;
    if (!wanted(partitionOf(header.workspaceId, event['anonymousId'], event['userId']))) continue;
    const type = header.kind === 'batch' ? (event['type'] as EventType) : header.kind;
    const fallbackId = `hg-${at.tx}-${at.seq}-${index}-${position}`;
    decoded.events.push(normalise(event, { entry, type, body, fallbackId, receivedAt }));
  }
  return decoded;
}

interface Surroundings {
  entry: Entry;
  type: EventType;
  /** The request: a batch has sentAt and may have a context of its own. */
  body: JsonObject;
  fallbackId: string;
  receivedAt: Date;
}

function normalise(event: JsonObject, { entry, type, body, fallbackId, receivedAt }: Surroundings): TrackedEvent {
  const { header } = entry;
  const sentAt = dateOf(event['sentAt']) ?? dateOf(body['sentAt']);
  const original = dateOf(event['originalTimestamp']) ?? dateOf(event['timestamp']) ?? sentAt ?? receivedAt;
  // Segment's correction: how long before sending it happened is true whatever the client's clock says.
  const occurredAt = sentAt ? clamp(receivedAt.getTime() - (sentAt.getTime() - original.getTime())) : original;
  const context = isObject(event['context']) ? event['context'] : {};
  const shared = event !== body && isObject(body['context']) ? body['context'] : {};
  const messageId = text(event['messageId']) ?? fallbackId;
  const { writeKey: _writeKey, batch: _batch, ...rest } = event;
  const payload: JsonObject = {
    ...rest,
    type,
    messageId,
    context: { ip: header.ip, ...shared, ...context },
    originalTimestamp: original.toISOString(),
    timestamp: occurredAt.toISOString(),
    receivedAt: receivedAt.toISOString(),
    ...(sentAt && { sentAt: sentAt.toISOString() }),
  };
  return {
    scope: { workspaceId: header.workspaceId, environment: header.environment },
    sourceId: header.sourceId,
    messageId,
    type,
    name: type === 'track' ? text(event['event']) : type === 'page' || type === 'screen' ? text(event['name']) : null,
    userId: text(event['userId']),
    anonymousId: text(event['anonymousId']),
    previousId: type === 'alias' ? text(event['previousId']) : null,
    occurredAt,
    receivedAt,
    payload,
    forwarded: header.forwarded ?? false,
    id: 0,
    profileId: '',
  };
}

/** The first 16 bytes of SHA-256: what a source's message id is remembered by. */
export function messageHash(messageId: string): Buffer {
  return createHash('sha256').update(messageId).digest().subarray(0, 16);
}

/** Clock correction of two wild values may leave PostgreSQL's or JavaScript's range. */
function clamp(time: number): Date {
  return new Date(Math.min(Math.max(time, 0), Date.UTC(2100, 0, 1)));
}

function dateOf(value: unknown): Date | null {
  if (typeof value !== 'string') return null;
  const time = Date.parse(value);
  return Number.isNaN(time) ? null : new Date(time);
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
