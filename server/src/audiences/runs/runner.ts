/**
 * Works off the queue of runs, one at a time in a process. A run that a process leaves behind is taken again when its
 * claim is over, from its beginning. Schedules that are due put their audience's run into the queue.
 */
import type { FastifyBaseLogger } from 'fastify';
import { type Context, withContext } from '../../context.ts';
import type { Database } from '../../db/open.ts';
import { inTransaction, isDataError } from '../../db/tx.ts';
import { createLoop } from '../../loop.ts';
import { CannotCount, runnableQuery } from '../definitions.ts';
import { DEFAULT_EXTERNAL_IDS } from '../fields.ts';
import { problemOf } from '../query/problem.ts';
import { CannotCompile } from '../query/sql/compile.ts';
import { countMembers } from './count.ts';
import { namedDefinitions } from './named.ts';
import { claimRun, finishRun, type Outcome, type RunRow, renewClaim } from './queries.ts';

const POLL_MS = 5_000;
/** A process that is at a run says so more often than this. */
const CLAIM_MS = 60_000;
const RENEW_MS = 15_000;
const MOST_ATTEMPTS = 3;
/** A definition that takes longer is refused: somebody waits for it. */
const LONGEST_MS = 10 * 60_000;

class Stopped extends Error {}
class Gone extends Error {}

export interface Runner {
  /** There is a new run. */
  wake(): void;
  start(): void;
  /** Ends after the slice it is at; the run goes on in the next process. */
  stop(): Promise<void>;
  /** Works off everything that waits, for tests. @returns how many runs ended. */
  runAll(): Promise<number>;
}

export function createRunner(parts: {
  database: Pick<Database, 'db' | 'kind'>;
  log: Pick<FastifyBaseLogger, 'warn' | 'error'>;
  now: () => Date;
  sourceId: (text: string) => string | null;
  /** Puts the runs of due schedules into the queue. */
  enqueueDue: () => Promise<void>;
}): Runner {
  const { database, log, now, sourceId } = parts;
  const { db } = database;

  async function runOnce(): Promise<boolean> {
    const at = now();
    const run = await claimRun(db, { now: at, until: new Date(at.getTime() + CLAIM_MS) });
    if (!run) return false;
    if (run.attempts > MOST_ATTEMPTS) {
      await finish(run, { state: 'failed', failure: 'Counting was begun three times and not ended.' });
      return true;
    }
    try {
      // Row security stands around what a customer's definition asks for.
      const outcome = await withContext(contextOf(run), () => count(run));
      await finish(run, outcome);
    } catch (error) {
      if (error instanceof Gone) return true;
      if (error instanceof Stopped) {
        await renewClaim(db, run.id, null);
        return false;
      }
      throw error;
    }
    return true;
  }

  async function count(run: RunRow): Promise<Outcome> {
    const start = performance.now();
    let renewed = start;
    const onSlice = async () => {
      if (loop.stopping()) throw new Stopped();
      const passed = performance.now();
      if (passed - start > LONGEST_MS) throw new CannotCount('Counting takes longer than ten minutes.');
      if (passed - renewed < RENEW_MS) return;
      renewed = passed;
      if (!(await renewClaim(db, run.id, new Date(now().getTime() + CLAIM_MS)))) throw new Gone();
    };
    try {
      const scope = { workspaceId: run.workspace_id, environment: run.environment };
      const query = runnableQuery(run);
      const { size, sample } = await countMembers(
        database,
        {
          scope,
          root: query.root,
          accounts: run.type === 'ACCOUNTS',
          now: now(),
          since: run.since,
          externalIds: run.options.filterByExternalIds ?? DEFAULT_EXTERNAL_IDS,
          named: await namedDefinitions(db, scope, query.traits),
        },
        { sourceId, onSlice },
      );
      return { state: 'completed', size, results: sample };
    } catch (error) {
      const failure = failureOf(error);
      if (failure === null) throw error;
      return { state: 'failed', failure };
    }
  }

  /** @returns null for what is not the definition's fault: it is tried again. */
  function failureOf(error: unknown): string | null {
    if (error instanceof CannotCount || error instanceof CannotCompile) return error.message;
    if (problemOf(error) && error instanceof Error) return error.message;
    if (!isDataError(error)) return null;
    log.warn({ err: error }, 'audiences: a definition could not be counted');
    return 'The data that this definition compares cannot be compared.';
  }

  async function finish(run: RunRow, outcome: Outcome): Promise<void> {
    await inTransaction(db, (tx) => finishRun(tx, run, outcome, now()));
  }

  const loop = createLoop({
    async step() {
      await parts.enqueueDue();
      return await runOnce();
    },
    pollMs: POLL_MS,
    afterErrorMs: 2_000,
    onError: (err) => log.error({ err }, 'audiences: a run failed; it will be tried again'),
  });

  return {
    wake: loop.wake,
    start: loop.start,
    stop: loop.stop,
    async runAll() {
      await parts.enqueueDue();
      let ended = 0;
      while (await runOnce()) ended++;
      return ended;
    },
  };
}

function contextOf({ workspace_id }: RunRow): Context {
  return {
    workspaceId: workspace_id,
    actor: { kind: 'system', id: null, label: 'Headgate' },
    ip: null,
    userAgent: null,
    requestId: null,
    ambient: null,
  };
}
