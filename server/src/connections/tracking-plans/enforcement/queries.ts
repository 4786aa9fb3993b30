/** What the pipeline reads of tracking plans: which source follows which, and the rules of those. Of every workspace. */
import { sql } from 'kysely';
import type { Executor } from '../../../db/tx.ts';
import type { RuleType } from '../rules.ts';

export async function readRevision(executor: Executor): Promise<number> {
  const row = await executor.selectFrom('tracking_plans_revision').select('revision').executeTakeFirstOrThrow();
  return row.revision;
}

export interface FollowedRow {
  source_id: string;
  plan_id: string;
  plan_name: string;
  plan_revision: number;
}

export async function allFollowed(executor: Executor): Promise<FollowedRow[]> {
  return executor
    .selectFrom('tracking_plan_sources as l')
    .innerJoin('tracking_plans as p', 'p.id', 'l.plan_id')
    .select(['l.source_id', 'p.id as plan_id', 'p.name as plan_name', 'p.revision as plan_revision'])
    .execute();
}

export interface PlanRules {
  id: string;
  revision: number;
  rules: { type: RuleType; key: string | null; version: number; schema: string }[];
}

/** Revision and rules by one statement, so that they belong together. */
export async function rulesOf(executor: Executor, planIds: readonly string[]): Promise<PlanRules[]> {
  const { rows } = await sql<PlanRules>`
    select p.id, p.revision, coalesce((
      select json_agg(json_build_object('type', r.type, 'key', r.key, 'version', r.version, 'schema', r.schema) order by r.version)
      from tracking_plan_rules r where r.plan_id = p.id), '[]') as rules
    from tracking_plans p where p.id = any(${planIds}::uuid[])`.execute(executor);
  return rows;
}
