/**
 * The event log: the small seam between accepting and processing. `append` resolves when the entry is durable;
 * many requests share one row and one commit (group commit). Reading is in read.ts.
 */

import { sql } from 'kysely';
import { asSystem } from '../../context.ts';
import type { Db } from '../../db/open.ts';
import { AppError } from '../../errors.ts';
import { type Entry, encodeChunk } from './chunk.ts';

export interface EventLog {
  /**
   * @param partitions bit n set: the entry holds events of partition n.
   * @throws AppError unavailable when too much is waiting, or the database refused the write: nothing was stored.
   */
  append(entry: Entry, partitions: number, events: number): Promise<void>;
  /** Called after each durable write of this process: a hint for the pipeline. */
  onAppend(listener: () => void): void;
  /** Resolves when everything handed over so far is durable or refused. */
  drain(): Promise<void>;
}

interface Waiting {
  entry: Entry;
  partitions: number;
  events: number;
  resolve: () => void;
  reject: (error: Error) => void;
}

/** Rows stay small enough that a reader's batch is bounded: one request alone may have 2,500 events. */
const ROW_EVENTS = 2_500;
const ROW_BYTES = 1024 * 1024;
/** Beyond this the door answers 503 rather than grow without bound. */
const WAITING_BYTES = 64 * 1024 * 1024;
/** While one row is being committed the next is gathered; a second writer hides the round trip. */
const WRITERS = 2;

export function createEventLog({ db }: { db: Db }): EventLog {
  let waiting: Waiting[] = [];
  let waitingBytes = 0;
  let writers = 0;
  const listeners: (() => void)[] = [];
  const idle: (() => void)[] = [];

  async function write(group: readonly Waiting[]): Promise<void> {
    let partitions = 0;
    let events = 0;
    for (const item of group) {
      partitions |= item.partitions;
      events += item.events;
    }
    const body = encodeChunk(group.map((item) => item.entry));
    await sql`insert into event_log (partitions, events, body) values (${partitions}, ${events}, ${body})`.execute(db);
  }

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const group = nextGroup(waiting);
      waiting = waiting.slice(group.length);
      for (const item of group) waitingBytes -= item.entry.body.length;
      try {
        await write(group);
        for (const item of group) item.resolve();
        for (const listener of listeners) listener();
      } catch (error) {
        const refusal = new AppError(
          'unavailable',
          'Nothing was stored. Send it again.',
          { retryAfter: 1 },
          { cause: error },
        );
        for (const item of group) item.reject(refusal);
      }
    }
  }

  function startWriter(): void {
    if (writers === WRITERS) return;
    writers++;
    // The microtask queue empties first, so that requests of the same tick share the row.
    setImmediate(() => {
      // Entries of many requests, on behalf of none of them.
      void asSystem(run).finally(() => {
        writers--;
        // Handed over after the last look and before the writer was gone.
        if (waiting.length > 0) startWriter();
        if (writers === 0 && waiting.length === 0) for (const done of idle.splice(0)) done();
      });
    });
  }

  return {
    append(entry, partitions, events) {
      if (waitingBytes > WAITING_BYTES) {
        return Promise.reject(
          new AppError('unavailable', 'Too much is waiting to be stored. Send it again.', { retryAfter: 1 }),
        );
      }
      return new Promise((resolve, reject) => {
        waiting.push({ entry, partitions, events, resolve, reject });
        waitingBytes += entry.body.length;
        startWriter();
      });
    },
    onAppend(listener) {
      listeners.push(listener);
    },
    drain() {
      if (writers === 0 && waiting.length === 0) return Promise.resolve();
      return new Promise((done) => idle.push(done));
    },
  };
}

function nextGroup(waiting: readonly Waiting[]): Waiting[] {
  let events = 0;
  let bytes = 0;
  let count = 0;
  for (const item of waiting) {
    events += item.events;
    bytes += item.entry.body.length;
    if (count > 0 && (events > ROW_EVENTS || bytes > ROW_BYTES)) break;
    count++;
  }
  return waiting.slice(0, count);
}
