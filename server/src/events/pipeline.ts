/**
 * Takes a batch from the log, runs the stages, and commits what they changed together with the cursor: one transaction,
 * so a crash repeats the batch and nobody sees it twice. Several processes share the partitions: each takes the cursors
 * that nobody else holds at the moment.
 */

import type { FastifyBaseLogger } from 'fastify';
import { sql } from 'kysely';
import type { Db } from '../db/open.ts';
import { inTransaction, sqlState, type Tx } from '../db/tx.ts';
import { isBehind, type LogBatch, readLog, saveCursors, takeCursors } from './log-reader.ts';
import type { Batch, RefusedEvent, Stage, TrackedEvent } from './types.ts';

export interface Pipeline {
  /** Processes one batch. @returns how many events and refusals it had; 0 when the log is read to its end. */
  runOnce(): Promise<number>;
  /** A hint that there may be something to read. */
  wake(): void;
  start(): void;
  /** Resolves when the running batch has committed. */
  stop(): Promise<void>;
  /** Called after each commit with what became of the batch. */
  onCommit(listener: (batch: Batch) => void): void;
}

/** A batch's transaction stays within tens of milliseconds at 1,000 events. */
const BATCH_EVENTS = 1_000;
const POLL_MS = 250;
const AFTER_ERROR_MS = 500;

export function createPipeline({
  db,
  stages,
  log,
}: {
  db: Db;
  stages: readonly Stage[];
  log: FastifyBaseLogger;
}): Pipeline {
  const listeners: ((batch: Batch) => void)[] = [];
  let running: Promise<void> | null = null;
  let stopping = false;
  let woken = false;
  let wakeUp: (() => void) | null = null;

  async function runOnce(isolate = false): Promise<number> {
    // Taking the cursors writes; an idle pipeline must not.
    if (!(await isBehind(db))) return 0;
    let done: Batch | null = null;
    await inTransaction(db, async (tx) => {
      const cursors = await takeCursors(tx);
      const read = await readLog(tx, cursors, BATCH_EVENTS);
      done = null;
      if (!read) return;
      done = isolate ? await runEachAlone(tx, stages, read) : await runStages(tx, stages, read.batch);
      await saveCursors(tx, cursors, read.end);
    });
    const batch = done as Batch | null;
    if (!batch) return 0;
    for (const listener of listeners) listener(batch);
    return Math.max(1, batch.events.length + batch.refused.length);
  }

  async function step(): Promise<number> {
    try {
      return await runOnce();
    } catch (error) {
      // Class 22 and 23: a value that PostgreSQL does not take. One such event must not stop the others for ever.
      if (!(error instanceof TypeError) && !/^2[23]/.test(sqlState(error))) throw error;
      log.error({ err: error }, 'a batch failed on its data; its events are tried one by one');
      return await runOnce(true);
    }
  }

  async function loop(): Promise<void> {
    while (!stopping) {
      try {
        while (!stopping && (await step()) > 0);
        await pause(POLL_MS);
      } catch (error) {
        log.error({ err: error }, 'pipeline: the batch will be repeated');
        woken = false;
        await pause(AFTER_ERROR_MS);
      }
    }
  }

  async function pause(ms: number): Promise<void> {
    if (!woken && !stopping) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        wakeUp = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    woken = false;
    wakeUp = null;
  }

  function wake(): void {
    woken = true;
    wakeUp?.();
  }

  return {
    runOnce,
    wake,
    start() {
      running ??= loop();
    },
    async stop() {
      stopping = true;
      wake();
      await running;
    },
    onCommit(listener) {
      listeners.push(listener);
    },
  };
}

async function runStages(tx: Tx, stages: readonly Stage[], batch: Batch): Promise<Batch> {
  for (const stage of stages) await stage.run(tx, batch);
  return batch;
}

/** Each event behind a savepoint of its own: the one that fails is refused, visibly, and the others pass. */
async function runEachAlone(tx: Tx, stages: readonly Stage[], { batch }: LogBatch): Promise<Batch> {
  const whole: Batch = { events: [], refused: [] };
  const pass = async (one: Batch): Promise<void> => {
    await sql`savepoint one_event`.execute(tx);
    await runStages(tx, stages, one);
    await sql`release savepoint one_event`.execute(tx);
    whole.events.push(...one.events);
    whole.refused.push(...one.refused);
  };
  for (const event of batch.events) {
    try {
      await pass({ events: [event], refused: [] });
    } catch (error) {
      if (!sqlState(error) && !(error instanceof TypeError)) throw error;
      await sql`rollback to savepoint one_event`.execute(tx);
      await pass({ events: [], refused: [unprocessable(event)] });
    }
  }
  await pass({ events: [], refused: batch.refused });
  return whole;
}

function unprocessable(event: TrackedEvent): RefusedEvent {
  const { scope, sourceId, messageId, type, name, receivedAt } = event;
  return {
    scope,
    sourceId,
    outcome: 'rejected',
    code: 'processing_failed',
    reason: 'The event was accepted but could not be processed.',
    messageId,
    type,
    name,
    payload: JSON.stringify(event.payload).slice(0, 4_096).toWellFormed(),
    receivedAt,
  };
}
