/**
 * Which names events are counted under. They come from outside, where a write key is public: of one source a day's first
 * SERIES_A_DAY combinations of type, name and app version are counted by themselves, the rest as OTHER.
 */
import { storableText } from '../../db/text.ts';
import type { Tx } from '../../db/tx.ts';
import { appVersionOf } from '../refusal.ts';
import { EVENT_TYPES, type RefusedEvent, type TrackedEvent } from '../types.ts';
import { readCombinations } from './queries.ts';

export const SERIES_A_DAY = 1_000;
export const OTHER = '(other)';
const MAX_NAME = 200;
/** Sources and days in memory; the one that was met first is read again when it comes back. */
const MAX_KEPT = 4_000;

/** What an event is counted as. */
export interface Counted {
  readonly type: string;
  readonly name: string;
  readonly version: string;
}

const TYPES: ReadonlySet<string> = new Set(EVENT_TYPES);

export function createNames() {
  /** source and day → its combinations. A name whose transaction failed stays in it: that only costs a place. */
  const kept = new Map<string, Set<string>>();

  return {
    /** Call before `counted`: at most one query, and none for sources that were met today. */
    async load(tx: Tx, items: Iterable<Pick<TrackedEvent, 'sourceId' | 'receivedAt'>>): Promise<void> {
      const wanted = new Map<string, { sourceId: string; day: Date }>();
      for (const { sourceId, receivedAt } of items) {
        const key = keyOf(sourceId, receivedAt);
        if (!wanted.has(key)) wanted.set(key, { sourceId, day: dayOf(receivedAt) });
      }
      const missing = [...wanted].flatMap(([key, day]) => (kept.has(key) ? [] : [day]));
      const rows = missing.length > 0 ? await readCombinations(tx, missing) : [];
      for (const key of wanted.keys()) {
        const known = kept.get(key) ?? new Set();
        // Behind those that were met longer ago.
        kept.delete(key);
        kept.set(key, known);
      }
      for (const row of rows) kept.get(keyOf(row.source_id, row.bucket))?.add(combination(row));
      for (const key of kept.keys()) {
        if (kept.size <= Math.max(MAX_KEPT, wanted.size)) break;
        kept.delete(key);
      }
    },

    counted(event: TrackedEvent | RefusedEvent): Counted {
      const type = event.type !== null && TYPES.has(event.type) ? event.type : '';
      const version = short('outcome' in event ? (event.appVersion ?? '') : appVersionOf(event.payload));
      const whole = { type, name: short(event.name ?? ''), version };
      const combinations = kept.get(keyOf(event.sourceId, event.receivedAt));
      const key = combination(whole);
      if (combinations?.has(key)) return whole;
      if (!combinations || combinations.size >= SERIES_A_DAY) return { type, name: OTHER, version: '' };
      combinations.add(key);
      return whole;
    },
  };
}

export type Names = ReturnType<typeof createNames>;

/**
 * Whole characters that PostgreSQL can store: what is refused may hold any. Without the one that separates the parts of a
 * series: two series that look the same would stop the statement that counts both.
 */
function short(name: string): string {
  return storableText(name.slice(0, MAX_NAME)).replaceAll('\u001f', ' ');
}

function combination({ type, name, version }: Counted): string {
  return `${type}\u001f${name}\u001f${version}`;
}

function keyOf(sourceId: string, at: Date): string {
  return `${sourceId} ${Math.floor(at.getTime() / 86_400_000)}`;
}

function dayOf(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 86_400_000) * 86_400_000);
}
