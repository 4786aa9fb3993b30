/** Keeps the tables that would grow for ever at what is needed. Runs every ten minutes; may run at any time. */
import type { Db } from '../db/open.ts';
import { deleteBatch, RETENTION } from './queries.ts';

/** A pause between batches lets events and requests through. */
const PAUSE_MS = 20;
/** One run's bound for each table; what is left goes with the next runs. */
const MOST_BATCHES = 200;

export function createMaintenance({ db, now }: { db: Db; now: () => Date }) {
  return {
    /** @param signal ends the run after the batch it is in. @returns rows deleted, by table. */
    async run(signal?: AbortSignal): Promise<Record<string, number>> {
      const deleted: Record<string, number> = {};
      for (const [table, statement] of Object.entries(RETENTION)) {
        deleted[table] = 0;
        for (let batch = 0; batch < MOST_BATCHES && !signal?.aborted; batch++) {
          const rows = await deleteBatch(db, statement(now()));
          deleted[table] += rows;
          if (rows === 0) break;
          await new Promise((done) => setTimeout(done, PAUSE_MS));
        }
      }
      return deleted;
    },
  };
}
