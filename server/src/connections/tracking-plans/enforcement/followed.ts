/**
 * Which source follows which plan, in memory and complete: the pipeline asks it for each event. Reloaded as a whole when
 * tracking_plans_revision moved: at once after a change here, within POLL_MS after one elsewhere. Rules are not in it:
 * plans.ts reads those of plans that events come for.
 */
import type { FastifyBaseLogger } from 'fastify';
import type { Db } from '../../../db/open.ts';
import { createLoop } from '../../../loop.ts';
import { createReload } from '../../../reload.ts';
import { allFollowed, readRevision } from './queries.ts';

const POLL_MS = 400;

export interface FollowedPlan {
  readonly id: string;
  readonly name: string;
  /** Of its rules, at least. */
  readonly revision: number;
}

export interface Followed {
  /** null: the source follows none. */
  planOf(sourceId: string): FollowedPlan | null;
  /** Resolves when everything committed before the call is visible here. */
  reload(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function createFollowed({ db, log }: { db: Db; log: FastifyBaseLogger }): Followed {
  let revision = -1;
  let bySource: ReadonlyMap<string, FollowedPlan> = new Map();

  async function load(): Promise<void> {
    // The revision first: a change that commits while the rows are read shows up as a newer revision at the next poll.
    const newest = await readRevision(db);
    if (newest === revision) return;
    const plans = new Map<string, FollowedPlan>();
    const found = new Map<string, FollowedPlan>();
    for (const row of await allFollowed(db)) {
      const plan = plans.get(row.plan_id) ?? { id: row.plan_id, name: row.plan_name, revision: row.plan_revision };
      plans.set(plan.id, plan);
      found.set(row.source_id, plan);
    }
    bySource = found;
    revision = newest;
  }

  const reload = createReload(load).run;

  const loop = createLoop({
    async step() {
      await reload();
      return false;
    },
    pollMs: POLL_MS,
    afterErrorMs: POLL_MS,
    onError: (err) => log.warn({ err }, 'tracking plans could not be reloaded'),
  });

  return {
    planOf: (sourceId) => bySource.get(sourceId) ?? null,
    reload,
    async start() {
      await reload();
      loop.start();
    },
    stop: loop.stop,
  };
}
