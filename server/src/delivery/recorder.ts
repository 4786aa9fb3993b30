/** Makes outcomes durable, as many as came together in one transaction, and only then tells of them. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import type { Db } from '../db/open.ts';
import { inTransaction, isDataError } from '../db/tx.ts';
import { type Captured, captureAll } from '../outbound/sandbox.ts';
import { type Outcome, recordOutcomes } from './queries.ts';

const MAX_TOGETHER = 500;
const AFTER_ERROR_MS = 500;
const NOT_STORABLE = 'the answer could not be stored';

export interface Recording {
  readonly outcome: Outcome;
  /** What goes into the sandbox in the same transaction. */
  readonly captured: Captured | null;
  /** Called when the outcome is durable. */
  readonly done: () => void;
}

export interface Recorder {
  add(recording: Recording): void;
  /** Stops trying again; what is not recorded will be delivered again. Resolves when the running transaction ended. */
  stop(): Promise<void>;
}

export function createRecorder({ db, now, log }: { db: Db; now: () => Date; log: FastifyBaseLogger }): Recorder {
  let waiting: Recording[] = [];
  let running: Promise<void> | null = null;
  let stopping = false;

  async function record(): Promise<void> {
    while (waiting.length > 0) {
      // Answers of the same moment go together.
      await new Promise((done) => setImmediate(done));
      const together = waiting.slice(0, MAX_TOGETHER);
      try {
        await write(together).catch((error) => writeEach(together, error));
      } catch (error) {
        log.error({ err: error, deliveries: together.length }, 'outcomes of deliveries could not be recorded');
        if (stopping) break;
        await sleep(AFTER_ERROR_MS);
        continue;
      }
      waiting = waiting.slice(together.length);
      for (const recording of together) recording.done();
    }
    running = null;
  }

  async function write(together: readonly Recording[]): Promise<void> {
    const outcomes = together.map((one) => one.outcome);
    const captured = together.flatMap((one) => one.captured ?? []);
    const time = now().getTime();
    // One statement needs no transaction around it.
    if (captured.length === 0) {
      await recordOutcomes(db, outcomes, time);
      return;
    }
    await inTransaction(db, async (tx) => {
      await captureAll(tx, captured);
      await recordOutcomes(tx, outcomes, time);
    });
  }

  /** One outcome that can never be written must not hold up the others: they go alone, it goes without what came with it. */
  async function writeEach(together: readonly Recording[], cause: unknown): Promise<void> {
    if (!isDataError(cause)) throw cause;
    for (const one of together) {
      try {
        await write([one]);
      } catch (error) {
        if (!isDataError(error)) throw error;
        log.error({ err: error, delivery: one.outcome.id }, 'an outcome is recorded without its answer and capture');
        const { outcome } = one;
        const attempt = outcome.attempt && { ...outcome.attempt, response: null };
        await write([{ ...one, captured: null, outcome: { ...outcome, attempt, error: NOT_STORABLE } }]);
      }
    }
  }

  return {
    add(recording) {
      waiting.push(recording);
      running ??= record();
    },
    async stop() {
      stopping = true;
      await running;
    },
  };
}
