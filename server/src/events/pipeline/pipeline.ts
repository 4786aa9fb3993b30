/**
 * Takes a batch from the log, runs the stages, and commits what they changed together with the cursor: one transaction,
 * so a crash repeats the batch and nobody sees it twice. Several processes share the partitions: each takes the cursors
 * that nobody else holds at the moment.
 */

import type { FastifyBaseLogger } from 'fastify';
import { sql } from 'kysely';
import type { Db } from '../../db/open.ts';
import { inTransaction, isDataError, type Tx } from '../../db/tx.ts';
import { createLoop } from '../../loop.ts';
import { isBehind, type LogBatch, readLog, saveCursors, setAside, takeCursors } from '../log/read.ts';
import { refusalOf } from '../refusal.ts';
import type { Batch, RefusedEvent, Stage } from '../types.ts';

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
  async function runOnce(isolate = false): Promise<number> {
    // Taking the cursors writes; an idle pipeline must not.
    if (!(await isBehind(db))) return 0;
    let done: Batch | null = null;
    await inTransaction(db, async (tx) => {
      const cursors = await takeCursors(tx);
      const read = await readLog(tx, cursors, BATCH_EVENTS);
      done = null;
      if (!read) return;
      await setAside(tx, read.damaged);
      for (const { tx: of, seq, reason } of read.damaged) {
        log.error({ row: `${of}/${seq}`, reason }, 'a row of the event log is damaged and was set aside');
      }
      done = isolate ? await runEachAlone(tx, stages, read, log) : await runStages(tx, stages, read.batch);
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
      // One such event must not stop the others for ever.
      if (!isDataFault(error)) throw error;
      log.error({ err: error }, 'a batch failed on its data; its events are tried one by one');
      return await runOnce(true);
    }
  }

  const loop = createLoop({
    step: async () => (await step()) > 0,
    pollMs: POLL_MS,
    afterErrorMs: AFTER_ERROR_MS,
    onError: (err) => log.error({ err }, 'pipeline: the batch will be repeated'),
  });

  return {
    runOnce: () => runOnce(),
    wake: loop.wake,
    start: loop.start,
    stop: loop.stop,
    onCommit(listener) {
      listeners.push(listener);
    },
  };
}

async function runStages(tx: Tx, stages: readonly Stage[], batch: Batch): Promise<Batch> {
  for (const stage of stages) await stage.run(tx, batch);
  return batch;
}

/**
 * Each event behind a savepoint of its own: the one that fails on its data is refused, visibly, and the others pass.
 * A refusal that fails is left out with a word in the log: nobody was told that it is stored, and it must stop nobody.
 */
async function runEachAlone(
  tx: Tx,
  stages: readonly Stage[],
  { batch }: LogBatch,
  log: FastifyBaseLogger,
): Promise<Batch> {
  const whole: Batch = { events: [], refused: [] };
  /** @returns the error when the data is to blame; every other one is thrown. */
  const tried = async (one: Batch): Promise<unknown> => {
    await sql`savepoint one_event`.execute(tx);
    try {
      await runStages(tx, stages, one);
      await sql`release savepoint one_event`.execute(tx);
    } catch (error) {
      if (!isDataFault(error)) throw error;
      await sql`rollback to savepoint one_event`.execute(tx);
      return error;
    }
    whole.events.push(...one.events);
    whole.refused.push(...one.refused);
    return null;
  };
  const refuse = async (refused: RefusedEvent): Promise<void> => {
    const error = await tried({ events: [], refused: [refused] });
    if (error) log.error({ err: error, source: refused.sourceId, code: refused.code }, 'a refusal could not be stored');
  };
  for (const event of batch.events) {
    if (await tried({ events: [event], refused: [] })) await refuse(refusalOf(event, UNPROCESSABLE));
  }
  for (const refused of batch.refused) await refuse(refused);
  return whole;
}

const UNPROCESSABLE = {
  outcome: 'rejected',
  code: 'processing_failed',
  reason: 'The event was accepted but could not be processed.',
} as const;

/**
 * The data is to blame, in PostgreSQL's eyes or because JavaScript could not work on it (too deep, too long). A full disk,
 * a deadlock or a lost connection is not: those events are repeated until they are stored.
 */
function isDataFault(error: unknown): boolean {
  return error instanceof TypeError || error instanceof RangeError || isDataError(error);
}
