/** All SQL of tracking plans, their rules and the sources that follow them. */
import { sql } from 'kysely';
import { type KeysetPage, type KeysetRequest, keysetPage } from '../../db/keyset.ts';
import { storableText } from '../../db/text.ts';
import type { Executor, Scope, Tx } from '../../db/tx.ts';
import type { RuleChange, RuleName, StoredRule, Totals } from './rules.ts';

export type PlanType = 'ENGAGE' | 'LIVE' | 'PROPERTY_LIBRARY' | 'RULE_LIBRARY' | 'TEMPLATE';

export interface PlanRow {
  id: string;
  type: PlanType;
  name: string;
  slug: string | null;
  description: string | null;
  revision: number;
  created_at: Date;
  updated_at: Date;
}

export interface RuleRow {
  position: number;
  type: StoredRule['type'];
  key: string | null;
  version: number;
  description: string | null;
  /** JSON. */
  schema: string;
  created_at: Date;
  updated_at: Date;
}

const PLAN = ['id', 'type', 'name', 'slug', 'description', 'revision', 'created_at', 'updated_at'] as const;

function plansIn(executor: Executor, scope: Scope) {
  return executor
    .selectFrom('tracking_plans')
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment);
}

/** Oldest first. */
export async function pageOfPlans(
  executor: Executor,
  scope: Scope,
  type: PlanType | null,
  request: KeysetRequest,
): Promise<KeysetPage<PlanRow>> {
  return keysetPage(
    request,
    (row: PlanRow) => row.id,
    ({ after, before, order, limit }) => {
      let query = plansIn(executor, scope).select(PLAN).orderBy('id', order).limit(limit);
      if (type !== null) query = query.where('type', '=', type);
      if (after !== undefined) query = query.where('id', '>', after);
      if (before !== undefined) query = query.where('id', '<', before);
      return query.execute();
    },
  );
}

export async function countPlans(executor: Executor, scope: Scope, type: PlanType | null): Promise<number> {
  let query = plansIn(executor, scope).select((eb) => eb.fn.countAll<number>().as('count'));
  if (type !== null) query = query.where('type', '=', type);
  return (await query.executeTakeFirstOrThrow()).count;
}

export async function findPlan(executor: Executor, scope: Scope, id: string): Promise<PlanRow | undefined> {
  return plansIn(executor, scope).select(PLAN).where('id', '=', id).executeTakeFirst();
}

/** Until the transaction ends nobody else changes the plan, its rules or its sources. */
export async function lockPlan(tx: Tx, scope: Scope, id: string): Promise<PlanRow | undefined> {
  return plansIn(tx, scope).select(PLAN).where('id', '=', id).forUpdate().executeTakeFirst();
}

export async function insertPlan(
  tx: Tx,
  scope: Scope,
  plan: { id: string; type: PlanType; name: string; slug: string | null; description: string | null },
): Promise<PlanRow> {
  return tx
    .insertInto('tracking_plans')
    .values({ ...plan, workspace_id: scope.workspaceId, environment: scope.environment })
    .returning(PLAN)
    .executeTakeFirstOrThrow();
}

/** @param change.rules they changed: the revision moves. */
export async function updatePlan(
  tx: Tx,
  id: string,
  { rules, ...change }: { name?: string; description?: string | null; rules: boolean },
): Promise<PlanRow> {
  return tx
    .updateTable('tracking_plans')
    .set({ ...change, ...(rules && { revision: sql<number>`revision + 1` }), updated_at: sql<Date>`now()` })
    .where('id', '=', id)
    .returning(PLAN)
    .executeTakeFirstOrThrow();
}

/** With its rules; the sources that follow it follow none then. */
export async function deletePlan(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('tracking_plans').where('id', '=', id).execute();
}

const RULE = ['position', 'type', 'key', 'version', 'description', 'schema', 'created_at', 'updated_at'] as const;

/** In their order; a page's keys are their places. */
export async function pageOfRules(
  executor: Executor,
  planId: string,
  request: KeysetRequest,
): Promise<KeysetPage<RuleRow>> {
  return keysetPage(
    request,
    (row: RuleRow) => String(row.position),
    ({ after, before, order, limit }) => {
      let query = executor.selectFrom('tracking_plan_rules').select(RULE).where('plan_id', '=', planId);
      if (after !== undefined) query = query.where('position', '>', Number(after));
      if (before !== undefined) query = query.where('position', '<', Number(before));
      return query.orderBy('position', order).limit(limit).execute();
    },
  );
}

export async function countRules(executor: Executor, planId: string): Promise<number> {
  const row = await executor
    .selectFrom('tracking_plan_rules')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('plan_id', '=', planId)
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function allRules(executor: Executor, planId: string): Promise<RuleRow[]> {
  return executor
    .selectFrom('tracking_plan_rules')
    .select(RULE)
    .where('plan_id', '=', planId)
    .orderBy('position')
    .execute();
}

function digests(executor: Executor, planId: string) {
  return executor
    .selectFrom('tracking_plan_rules')
    .select(['position', 'type', 'key', 'version', 'description', 'created_at', 'updated_at'])
    .select([sql<string>`md5(schema)`.as('digest'), sql<number>`octet_length(schema)`.as('size')])
    .where('plan_id', '=', planId);
}

/** All of a plan, with their schemas' digests: enough to work a change out. */
export async function storedRules(executor: Executor, planId: string): Promise<StoredRule[]> {
  return digests(executor, planId).orderBy('position').execute();
}

/** Those of the names that the plan has. */
export async function rulesNamed(tx: Tx, planId: string, names: readonly RuleName[]): Promise<StoredRule[]> {
  // What PostgreSQL cannot store is no rule's name.
  const wanted = names
    .map(({ type, key, version }) => ({ type, key: key ?? '', version }))
    .filter(({ key }) => storableText(key) === key);
  return digests(tx, planId)
    .where(
      sql<boolean>`(type, version::float8, coalesce(key, '')) in (
        select type, version, key from json_to_recordset(${JSON.stringify(wanted)}::json)
          as t (type text, version float8, key text))`,
    )
    .orderBy('position')
    .execute();
}

export async function ruleTotals(tx: Tx, planId: string): Promise<Totals> {
  return tx
    .selectFrom('tracking_plan_rules')
    .select([
      sql<number>`count(*)`.as('count'),
      sql<number>`coalesce(sum(octet_length(schema)), 0)`.as('size'),
      sql<number>`coalesce(max(position), 0)`.as('end'),
    ])
    .where('plan_id', '=', planId)
    .executeTakeFirstOrThrow();
}

/** Rows that changed are written anew: within one call names may move from rule to rule. */
export async function writeRules(tx: Tx, scope: Scope, planId: string, { drop, write }: RuleChange): Promise<void> {
  if (drop.length > 0) {
    await sql`delete from tracking_plan_rules where plan_id = ${planId} and position = any(${drop}::bigint[])`.execute(
      tx,
    );
  }
  if (write.length > 0) {
    await sql`
      insert into tracking_plan_rules
        (plan_id, workspace_id, position, type, key, version, description, schema, created_at, updated_at)
      select ${planId}::uuid, ${scope.workspaceId}::uuid, position, type, key, version, description, schema,
             coalesce(created_at, now()), coalesce(updated_at, now())
      from json_to_recordset(${JSON.stringify(write)}::json) as r
        (position bigint, type text, key text, version integer, description text, schema text,
         created_at timestamptz, updated_at timestamptz)`.execute(tx);
  }
}

/** A source as far as a plan needs to know it. */
export interface PlannedSourceRow {
  id: string;
  name: string;
  tracking_plan_id: string | null;
}

/** Those of the ids that are sources of the scope; nobody else changes them until the transaction ends. */
export async function lockSources(tx: Tx, scope: Scope, ids: readonly string[]): Promise<PlannedSourceRow[]> {
  if (ids.length === 0) return [];
  return tx
    .selectFrom('sources')
    .select(['id', 'name', 'tracking_plan_id'])
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where('deleted_at', 'is', null)
    .where('id', 'in', ids)
    .orderBy('id')
    .forUpdate()
    .execute();
}

/** Bump the revision first: the rows get its number. */
export async function setPlan(tx: Tx, sourceIds: readonly string[], planId: string | null): Promise<void> {
  await tx.updateTable('sources').set({ tracking_plan_id: planId }).where('id', 'in', sourceIds).execute();
}

export async function isFollowed(tx: Tx, planId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('sources')
    .select('id')
    .where('tracking_plan_id', '=', planId)
    .where('deleted_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The sources that follow the plan get the revision's new number, so that memory reads them with their plan. */
export async function touchFollowers(tx: Tx, planId: string): Promise<void> {
  await tx.updateTable('sources').set({ tracking_plan_id: planId }).where('tracking_plan_id', '=', planId).execute();
}
