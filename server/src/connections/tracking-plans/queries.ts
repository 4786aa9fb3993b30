/** All SQL of tracking plans, their rules and the sources they hold for. */
import { sql } from 'kysely';
import type { Executor, Scope, Tx } from '../../db/tx.ts';
import type { RuleChange, StoredRule } from './rules.ts';

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

/** Of a list by a key that grows: what comes after or before a row, else the start. */
export interface Page<Key> {
  readonly limit: number;
  readonly after?: Key;
  readonly before?: Key;
}

/** A page in ascending order, and how many rows there are before and after it and in all. */
export interface PageOf<Row> {
  readonly rows: Row[];
  readonly before: number;
  readonly after: number;
  readonly total: number;
}

const PLAN = ['id', 'type', 'name', 'slug', 'description', 'revision', 'created_at', 'updated_at'] as const;

function plansIn(executor: Executor, scope: Scope) {
  return executor
    .selectFrom('tracking_plans')
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment);
}

export async function listPlans(
  executor: Executor,
  scope: Scope,
  type: PlanType | null,
  page: Page<string>,
): Promise<PageOf<PlanRow>> {
  let all = plansIn(executor, scope);
  if (type !== null) all = all.where('type', '=', type);
  let query = all.select(PLAN).limit(page.limit);
  if (page.after !== undefined) query = query.where('id', '>', page.after);
  if (page.before !== undefined) query = query.where('id', '<', page.before);
  const found = await query.orderBy('id', page.before === undefined ? 'asc' : 'desc').execute();
  const rows = page.before === undefined ? found : found.reverse();
  const counts = await all
    .select([
      sql<number>`count(*)`.as('total'),
      sql<number>`count(*) filter (where id < ${rows.at(0)?.id ?? null}::uuid)`.as('before'),
      sql<number>`count(*) filter (where id > ${rows.at(-1)?.id ?? null}::uuid)`.as('after'),
    ])
    .executeTakeFirstOrThrow();
  return { rows, ...counts };
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

/** After every change of a plan, its rules or its links: what mirrors the plans that sources follow reads them anew. */
export async function bumpIfFollowed(tx: Tx, planId: string): Promise<void> {
  await tx
    .updateTable('tracking_plans_revision')
    .set({ revision: sql<number>`revision + 1` })
    .where(({ exists, selectFrom }) =>
      exists(selectFrom('tracking_plan_sources').select('source_id').where('plan_id', '=', planId)),
    )
    .execute();
}

/** With its rules and links. */
export async function deletePlan(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('tracking_plans').where('id', '=', id).execute();
}

const RULE = ['position', 'type', 'key', 'version', 'description', 'schema', 'created_at', 'updated_at'] as const;

export async function listRules(executor: Executor, planId: string, page: Page<number>): Promise<PageOf<RuleRow>> {
  const all = executor.selectFrom('tracking_plan_rules').where('plan_id', '=', planId);
  let query = all.select(RULE).limit(page.limit);
  if (page.after !== undefined) query = query.where('position', '>', page.after);
  if (page.before !== undefined) query = query.where('position', '<', page.before);
  const found = await query.orderBy('position', page.before === undefined ? 'asc' : 'desc').execute();
  const rows = page.before === undefined ? found : found.reverse();
  const counts = await all
    .select([
      sql<number>`count(*)`.as('total'),
      sql<number>`count(*) filter (where position < ${rows.at(0)?.position ?? null}::bigint)`.as('before'),
      sql<number>`count(*) filter (where position > ${rows.at(-1)?.position ?? null}::bigint)`.as('after'),
    ])
    .executeTakeFirstOrThrow();
  return { rows, ...counts };
}

export async function allRules(executor: Executor, planId: string): Promise<RuleRow[]> {
  return executor
    .selectFrom('tracking_plan_rules')
    .select(RULE)
    .where('plan_id', '=', planId)
    .orderBy('position')
    .execute();
}

/** All of a plan, with their schemas' digests: enough to work a change out. */
export async function storedRules(tx: Tx, planId: string): Promise<StoredRule[]> {
  return tx
    .selectFrom('tracking_plan_rules')
    .select(['position', 'type', 'key', 'version', 'description', 'created_at', 'updated_at'])
    .select([sql<string>`md5(schema)`.as('digest'), sql<number>`octet_length(schema)`.as('size')])
    .where('plan_id', '=', planId)
    .orderBy('position')
    .execute();
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
export interface LinkedSource {
  id: string;
  name: string;
}

export async function listSources(
  executor: Executor,
  planId: string,
  page: Page<string>,
): Promise<PageOf<LinkedSource>> {
  const all = executor
    .selectFrom('tracking_plan_sources as l')
    .innerJoin('sources as s', 's.id', 'l.source_id')
    .where('l.plan_id', '=', planId)
    .where('s.deleted_at', 'is', null);
  let query = all.select(['s.id', 's.name']).limit(page.limit);
  if (page.after !== undefined) query = query.where('l.source_id', '>', page.after);
  if (page.before !== undefined) query = query.where('l.source_id', '<', page.before);
  const found = await query.orderBy('l.source_id', page.before === undefined ? 'asc' : 'desc').execute();
  const rows = page.before === undefined ? found : found.reverse();
  const counts = await all
    .select([
      sql<number>`count(*)`.as('total'),
      sql<number>`count(*) filter (where l.source_id < ${rows.at(0)?.id ?? null}::uuid)`.as('before'),
      sql<number>`count(*) filter (where l.source_id > ${rows.at(-1)?.id ?? null}::uuid)`.as('after'),
    ])
    .executeTakeFirstOrThrow();
  return { rows, ...counts };
}

/** Those of the ids that are sources of the scope; none of them goes until the transaction ends. */
export async function lockSources(tx: Tx, scope: Scope, ids: readonly string[]): Promise<LinkedSource[]> {
  return tx
    .selectFrom('sources')
    .select(['id', 'name'])
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .where('deleted_at', 'is', null)
    .where('id', 'in', ids)
    .orderBy('id')
    .forShare()
    .execute();
}

/** @returns the sources that were not linked before; one that follows another plan is left alone. */
export async function insertLinks(tx: Tx, scope: Scope, planId: string, ids: readonly string[]): Promise<string[]> {
  const values = ids.map((source_id) => ({ source_id, plan_id: planId, workspace_id: scope.workspaceId }));
  const made = await tx
    .insertInto('tracking_plan_sources')
    .values(values)
    .onConflict((conflict) => conflict.column('source_id').doNothing())
    .returning('source_id')
    .execute();
  return made.map(({ source_id }) => source_id);
}

export async function deleteLink(tx: Tx, planId: string, sourceId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('tracking_plan_sources')
    .where('plan_id', '=', planId)
    .where('source_id', '=', sourceId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Source → its plan. */
export async function plansOf(executor: Executor, scope: Scope, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await executor
    .selectFrom('tracking_plan_sources')
    .select(['source_id', 'plan_id'])
    .where('workspace_id', '=', scope.workspaceId)
    .where('source_id', 'in', ids)
    .execute();
  return new Map(rows.map(({ source_id, plan_id }) => [source_id, plan_id]));
}
