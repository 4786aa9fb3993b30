/** What travels from the tracking door through the log and the stages. */
import type { Scope, Tx } from '../db/tx.ts';

export const EVENT_TYPES = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export type JsonObject = { [key: string]: unknown };

/** A way to recognise a person. Types: user_id, anonymous_id, email, or an external id's own type. */
export interface Identifier {
  readonly type: string;
  readonly value: string;
}

/** One accepted event, as read back from the log; `payload` is the whole normalised Segment message. */
export interface TrackedEvent {
  readonly scope: Scope;
  readonly sourceId: string;
  readonly messageId: string;
  readonly type: EventType;
  /** The track event's or the page's or screen's name. */
  readonly name: string | null;
  readonly userId: string | null;
  readonly anonymousId: string | null;
  /** alias only: the identity that ends. */
  readonly previousId: string | null;
  /** When it happened, corrected for the client's clock; traits are ordered by it. */
  readonly occurredAt: Date;
  readonly receivedAt: Date;
  readonly payload: JsonObject;
  /** Another source sent it on: it is not sent on again. */
  readonly forwarded: boolean;
  /** Set by the stages that run before others need them. */
  id: number;
  profileId: string;
  /** Under which names it is counted (metrics/names.ts). */
  counted?: { readonly type: string; readonly name: string; readonly version: string };
}

/** An event that was not stored, and why. */
export interface RefusedEvent {
  readonly scope: Scope;
  readonly sourceId: string;
  readonly outcome: 'duplicate' | 'rejected';
  readonly code: string;
  readonly reason: string;
  readonly messageId: string | null;
  readonly type: string | null;
  readonly name: string | null;
  readonly appVersion?: string;
  /** At most 4 KB of what arrived. */
  readonly payload: string;
  readonly receivedAt: Date;
  /** A rule of the workspace stopped it (tracking plan, schema settings, suppression): it is no fault of its own. */
  readonly filtered?: true;
}

/** A delivery that a filter of its destination stopped: counted, and no row of the ledger. */
export interface DroppedDelivery {
  readonly event: TrackedEvent;
  readonly destinationId: string;
  /** What stopped it, of a bounded set of words or ids: it is counted by them. */
  readonly reason: string;
  readonly subscriptionId?: string;
}

/** What one pipeline transaction works on. Stages may move events from `events` to `refused`. */
export interface Batch {
  /** In log order. */
  events: TrackedEvent[];
  refused: RefusedEvent[];
  /** What the deliveries stage left out. */
  dropped?: DroppedDelivery[];
}

/** One step of the pipeline. Everything it writes goes through `tx` and commits with the log cursor. */
export interface Stage {
  readonly name: string;
  run(tx: Tx, batch: Batch): Promise<void>;
}

/** What a stage makes of an event for another source of its scope: read from the log as if it had been sent there. */
export interface ForwardedEvent {
  /** Who it is of, and when it came. */
  readonly event: Pick<TrackedEvent, 'scope' | 'receivedAt'>;
  readonly sourceId: string;
  readonly type: EventType;
  readonly payload: JsonObject;
}
