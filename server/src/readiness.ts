/** Whether this process can serve: GET /readyz asks it. */
import { sql } from 'kysely';
import type { Db } from './db/open.ts';

const DATABASE_TIMEOUT_MS = 2_000;

export interface Readiness {
  /** From now on ready: whatever a first start makes is there. */
  open(): void;
  /** From now on not ready: a shutdown has begun. */
  drain(): void;
  /** null when ready, else why not. Answers within 2 s. */
  notReady(): Promise<string | null>;
}

export function createReadiness({ db }: { db: Db }): Readiness {
  let state: 'starting' | 'open' | 'shutting down' = 'starting';
  return {
    open() {
      state = 'open';
    },
    drain() {
      state = 'shutting down';
    },
    async notReady() {
      if (state !== 'open') return state;
      const migrated = sql`select 1 from migrations limit 1`.execute(db).then(
        (result) => (result.rows.length === 1 ? null : 'the database is not migrated'),
        () => 'the database does not answer',
      );
      const { promise: late, resolve } = Promise.withResolvers<string>();
      const timer = setTimeout(resolve, DATABASE_TIMEOUT_MS, 'the database does not answer in time');
      const reason = await Promise.race([migrated, late]);
      clearTimeout(timer);
      return reason;
    },
  };
}
