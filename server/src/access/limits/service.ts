/** Rate limits as the doors use them: one limiter for callers, shared with the other processes, one budget for failures. */
import type { FastifyBaseLogger } from 'fastify';
import type { Database } from '../../db/open.ts';
import { newId } from '../../ids.ts';
import { createFailureBudget, type FailureBudget } from './failures.ts';
import { createLimiter, type Limiter } from './limiter.ts';
import { beat, exchangeUnits, leave } from './queries.ts';
import { createSharing } from './sharing.ts';

export interface Limits extends Pick<Limiter, 'take' | 'giveBack' | 'size'> {
  readonly failures: FailureBudget;
  /** Milliseconds since 1970, by the clock that decisions are made by. */
  now(): number;
  /** Counts with the other processes on this database from now on; the embedded database has one process. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function createLimits(parts: {
  database: Pick<Database, 'db' | 'kind'>;
  now: () => number;
  log: Pick<FastifyBaseLogger, 'warn' | 'info'>;
}): Limits {
  const { database, now, log } = parts;
  const { db } = database;
  const id = newId();
  const sharing =
    database.kind === 'server'
      ? createSharing({
          counts: {
            exchange: (all) => exchangeUnits(db, all),
            beat: (knows, leaseMs) => beat(db, id, knows, leaseMs),
            leave: () => leave(db, id),
          },
          now,
          log,
        })
      : undefined;
  const limiter = createLimiter({ now, ...(sharing && { sharing }) });
  sharing?.know(limiter.cells);
  return {
    take: limiter.take,
    giveBack: limiter.giveBack,
    size: limiter.size,
    now,
    failures: createFailureBudget(now),
    start: async () => await sharing?.start(),
    stop: async () => await sharing?.stop(),
  };
}
