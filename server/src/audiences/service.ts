/** Audiences, computed traits, previews, and the loop that counts. */
import type { FastifyBaseLogger } from 'fastify';
import type { Database } from '../db/open.ts';
import { type Audiences, createAudiences } from './audiences.ts';
import { type ComputedTraits, createComputedTraits } from './computed-traits.ts';
import { createPreviews, type Previews } from './runs/previews.ts';
import { createRunner, type Runner } from './runs/runner.ts';
import { createSchedules, type Schedules } from './schedules.ts';

export interface AudienceService {
  readonly audiences: Audiences;
  readonly schedules: Schedules;
  readonly computedTraits: ComputedTraits;
  readonly previews: Previews;
  readonly runner: Runner;
}

export function createAudienceService(parts: {
  database: Pick<Database, 'db' | 'kind'>;
  log: Pick<FastifyBaseLogger, 'warn' | 'error'>;
  now: () => Date;
  /** From a source's id as definitions have it; null: none. */
  sourceId: (text: string) => string | null;
}): AudienceService {
  const { database, log, now, sourceId } = parts;
  const { db } = database;
  const wake = () => runner.wake();
  const audiences = createAudiences({ db, now, wake });
  const schedules = createSchedules({ db, now, audiences });
  const runner = createRunner({ database, log, now, sourceId, enqueueDue: schedules.enqueueDue });
  return {
    audiences,
    schedules,
    runner,
    computedTraits: createComputedTraits({ db, now }),
    previews: createPreviews({ db, now, wake }),
  };
}
