/**
 * Who was seen this month, for the tracked users of a month: unique user ids, unique anonymous ids, and those of the
 * latter that came with a user id. Exact: a row for each (source, id) and month, written when it is met first. Memory
 * knows the ids met lately, so that those who come back cost nothing.
 */
import { hash } from 'node:crypto';
import type { Scope } from '../../db/tx.ts';
import type { TrackedEvent } from '../types.ts';

/** Ids remembered; twice as many are held while a generation ends. About 60 bytes each. */
const REMEMBERED = 100_000;

/** An id that memory does not know to be written. */
export interface Sighting {
  readonly scope: Scope;
  readonly sourceId: string;
  readonly month: Date;
  /** Of the earliest event. */
  readonly day: Date;
  /** A hash of the id, as a UUID. */
  readonly person: string;
  readonly isUser: boolean;
  readonly identified: boolean;
}

export function createPeopleMet() {
  let recent = new Set<string>();
  let older = new Set<string>();

  function isKnown(key: string): boolean {
    if (recent.has(key)) return true;
    if (!older.has(key)) return false;
    remember(key);
    return true;
  }

  function remember(key: string): void {
    if (recent.size >= REMEMBERED) {
      older = recent;
      recent = new Set();
    }
    recent.add(key);
  }

  return {
    /** @returns one sighting an id and source, and what to call once they are committed. */
    sightings(events: readonly TrackedEvent[]): { sightings: Sighting[]; written: () => void } {
      const found = new Map<string, Sighting>();
      const keys: string[] = [];
      const add = (event: TrackedEvent, kind: 'user' | 'anonymous', id: string, identified: boolean): void => {
        const { scope, sourceId, receivedAt } = event;
        const month = monthOf(receivedAt);
        const known = hash('md5', `${sourceId} ${month.getTime()} ${kind} ${identified} ${id}`, 'binary');
        if (isKnown(known)) return;
        keys.push(known);
        const person = uuidOf(personText(scope, kind, id));
        const key = `${sourceId} ${month.getTime()} ${person}`;
        const before = found.get(key);
        const day = new Date(Math.min(dayOf(receivedAt).getTime(), before?.day.getTime() ?? Number.POSITIVE_INFINITY));
        found.set(key, {
          ...{ scope, sourceId, month, day, person, isUser: kind === 'user' },
          identified: identified || before?.identified === true,
        });
      };
      for (const event of events) {
        if (event.userId) add(event, 'user', event.userId, false);
        if (event.anonymousId) add(event, 'anonymous', event.anonymousId, Boolean(event.userId));
      }
      return { sightings: [...found.values()], written: () => keys.forEach(remember) };
    },
  };
}

function personText(scope: Scope, kind: string, id: string): string {
  return `${scope.workspaceId} ${scope.environment} ${kind} ${id}`;
}

function uuidOf(text: string): string {
  const hex = hash('md5', text);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function dayOf(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 86_400_000) * 86_400_000);
}

function monthOf(at: Date): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth()));
}
