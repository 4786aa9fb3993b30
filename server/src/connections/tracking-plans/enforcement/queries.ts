/** What the pipeline reads of tracking plans: what sources want of their events, and the rules of plans. Of every workspace. */
import { sql } from 'kysely';
import type { Environment, Executor } from '../../../db/tx.ts';
import type { RuleType } from '../rules.ts';

export interface ChangedSourceRow {
  id: string;
  workspace_id: string;
  environment: Environment;
  name: string;
  slug: string;
  enabled: boolean;
  deleted: boolean;
  schema_settings: Record<string, Record<string, unknown>>;
  forward_violations_to: string | null;
  forward_blocked_to: string | null;
  plan_id: string | null;
  plan_name: string | null;
  plan_revision: number | null;
}

/** @param since a revision of connections; -1: all that are not deleted. */
export async function changedSources(executor: Executor, since: number): Promise<ChangedSourceRow[]> {
  const query = executor
    .selectFrom('sources as s')
    .leftJoin('tracking_plans as p', 'p.id', 's.tracking_plan_id')
    .select(['s.id', 's.workspace_id', 's.environment', 's.name', 's.slug', 's.enabled', 's.schema_settings'])
    .select(['s.forward_violations_to', 's.forward_blocked_to'])
    .select(['p.id as plan_id', 'p.name as plan_name', 'p.revision as plan_revision'])
    .select(sql<boolean>`s.deleted_at is not null`.as('deleted'));
  return (since < 0 ? query.where('s.deleted_at', 'is', null) : query.where('s.revision', '>', since)).execute();
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
      select json_agg(json_build_object('type', r.type, 'key', r.key, 'version', r.version, 'schema', r.schema)
        order by r.position)
      from tracking_plan_rules r where r.plan_id = p.id), '[]') as rules
    from tracking_plans p where p.id = any(${planIds}::uuid[])`.execute(executor);
  return rows;
}
