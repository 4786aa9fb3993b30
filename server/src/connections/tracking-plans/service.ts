/** Tracking plans: the rules for creating, changing and deleting them, and for the sources that follow them. */
import { setImmediate as pause } from 'node:timers/promises';
import { record, recordMany } from '../../access/audit/record.ts';
import { afterCommit } from '../../context.ts';
import type { KeysetPage, KeysetRequest } from '../../db/keyset.ts';
import type { Db } from '../../db/open.ts';
import { inTransaction, type Scope, type Tx } from '../../db/tx.ts';
import { AppError, type FieldError, notFound } from '../../errors.ts';
import { isUuid, newId } from '../../ids.ts';
import { refuse } from '../problems.ts';
import { bumpRevision } from '../revision.ts';
import type { PlannedSourceRow, PlanRow, PlanType, RuleRow } from './queries.ts';
import * as queries from './queries.ts';
import {
  checkNames,
  md5,
  namesIn,
  RULE_TYPES,
  type RuleChange,
  type RuleInput,
  type RuleName,
  type RuleType,
  type RuleUpsert,
  replaced,
  type StoredRule,
  tellText,
  upserted,
  without,
} from './rules.ts';
import { schemaProblems } from './schema.ts';

/** Of a workspace's environment. */
const MAX_PLANS = 10_000;
const MAX_NAME = 500;
const MAX_DESCRIPTION = 5_000;
const MAX_PROBLEMS = 100;
/** Rules that one audit entry names; it counts all of them. */
const NAMED = 20;
const PAUSE_AFTER_MS = 10;

export type Counted<T> = KeysetPage<T> & { total: number };

/** The rules of these types are replaced by the given ones, as a whole. */
export interface Replacement {
  readonly types: ReadonlySet<RuleType>;
  readonly rules: readonly RuleInput[];
}

interface KnownRules {
  readonly revision: number;
  readonly stored: readonly StoredRule[];
}

export interface PlanChange {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly rules?: Replacement | undefined;
}

export interface TrackingPlansParts {
  readonly db: Db;
  /** Resolves when memory has what was committed. */
  readonly reload: () => Promise<void>;
}

export type TrackingPlans = ReturnType<typeof createTrackingPlans>;

export function createTrackingPlans({ db, reload }: TrackingPlansParts) {
  /** @throws AppError not_found */
  async function get(scope: Scope, id: string): Promise<PlanRow> {
    return found(isUuid(id) ? await queries.findPlan(db, scope, id) : undefined);
  }

  /**
   * The plan is locked, so that of two changes the second one sees the first one whole. Always in this order: the plan, the
   * revision, the sources.
   */
  async function change<T>(scope: Scope, id: string, work: (tx: Tx, plan: PlanRow) => Promise<T>): Promise<T> {
    if (!isUuid(id)) throw notFound('tracking plan');
    const result = await inTransaction(db, async (tx) => work(tx, found(await queries.lockPlan(tx, scope, id))));
    await afterCommit(reload);
    return result;
  }

  /** Memory holds what events are checked against: a plan that sources follow is read there anew. */
  async function tellFollowers(tx: Tx, id: string): Promise<void> {
    if (!(await queries.isFollowed(tx, id))) return;
    await bumpRevision(tx);
    await queries.touchFollowers(tx, id);
  }

  /**
   * What the plan has already was looked at when it came: most of a replacement is as it was.
   * @returns what was read, for as long as the plan's revision stands. @throws AppError not_found; as checkRules
   */
  async function checkAgainst(scope: Scope, id: string, rules: readonly RuleInput[]): Promise<KnownRules> {
    const { revision } = await get(scope, id);
    const stored = await queries.storedRules(db, id);
    await checkRules(rules, new Set(stored.map(({ digest }) => digest)));
    return { revision, stored };
  }

  async function replacedIn(tx: Tx, plan: PlanRow, { types, rules }: Replacement, known: KnownRules) {
    const stored = known.revision === plan.revision ? known.stored : await queries.storedRules(tx, plan.id);
    return replaced(stored, types, rules);
  }

  async function changeRules(
    scope: Scope,
    id: string,
    what: 'rules-replaced' | 'rules-updated' | 'rules-removed' | 'updated',
    work: (tx: Tx, plan: PlanRow) => Promise<RuleChange>,
    fields: { name?: string; description?: string | null } = {},
  ): Promise<PlanRow> {
    return change(scope, id, async (tx, before) => {
      const rules = await work(tx, before);
      await queries.writeRules(tx, scope, id, rules);
      const changed = rules.drop.length + rules.write.length > 0;
      const after = await queries.updatePlan(tx, id, { ...fields, rules: changed });
      if (changed || before.name !== after.name) await tellFollowers(tx, id);
      await recordPlan(tx, scope, what, before, after, rules);
      return after;
    });
  }

  return {
    get,

    /** Oldest first. */
    async page(scope: Scope, type: PlanType | null, request: KeysetRequest): Promise<Counted<PlanRow>> {
      const [page, total] = await Promise.all([
        queries.pageOfPlans(db, scope, type, request),
        queries.countPlans(db, scope, type),
      ]);
      return { ...page, total };
    },

    /** @throws AppError validation_error; bad_request for a JSON schema that is none, telling where, and for too many plans. */
    async create(
      scope: Scope,
      input: { type: PlanType; name: string; description?: string | undefined; rules?: Replacement | undefined },
    ): Promise<PlanRow> {
      checkTexts(input);
      await checkRules(input.rules?.rules ?? []);
      const { type, name, description = null } = input;
      return inTransaction(db, async (tx) => {
        if ((await queries.countPlans(tx, scope, null)) >= MAX_PLANS)
          throw new AppError('bad_request', `A workspace has at most ${MAX_PLANS} tracking plans. Delete one first.`);
        const plan = await queries.insertPlan(tx, scope, { id: newId(), type, name, slug: slugOf(name), description });
        const change = replaced([], input.rules?.types ?? new Set(), input.rules?.rules ?? []);
        await queries.writeRules(tx, scope, plan.id, change);
        await recordPlan(tx, scope, 'created', undefined, plan, change);
        return plan;
      });
    },

    /** What is given is changed, all of it or nothing. @throws AppError not_found; as for create. */
    async update(scope: Scope, id: string, input: PlanChange): Promise<PlanRow> {
      checkTexts(input);
      const { name, description, rules } = input;
      const fields = { ...(name !== undefined && { name }), ...(description !== undefined && { description }) };
      if (rules) {
        const known = await checkAgainst(scope, id, rules.rules);
        return changeRules(scope, id, 'updated', (tx, plan) => replacedIn(tx, plan, rules, known), fields);
      }
      return change(scope, id, async (tx, before) => {
        const after = await queries.updatePlan(tx, id, { ...fields, rules: false });
        if (before.name !== after.name) await tellFollowers(tx, id);
        await recordPlan(tx, scope, 'updated', before, after);
        return after;
      });
    },

    /** With its rules; its sources follow no plan then. @throws AppError not_found */
    remove: (scope: Scope, id: string): Promise<void> =>
      change(scope, id, async (tx, before) => {
        await bumpRevision(tx);
        await queries.deletePlan(tx, id);
        await recordPlan(tx, scope, 'deleted', before, undefined);
      }),

    /** In their order. @throws AppError not_found */
    async rules(scope: Scope, id: string, request: KeysetRequest): Promise<Counted<RuleRow>> {
      await get(scope, id);
      const [page, total] = await Promise.all([queries.pageOfRules(db, id, request), queries.countRules(db, id)]);
      return { ...page, total };
    },

    /** A plan with all its rules. @throws AppError not_found */
    async whole(scope: Scope, id: string): Promise<{ plan: PlanRow; rules: RuleRow[] }> {
      const plan = await get(scope, id);
      return { plan, rules: await queries.allRules(db, id) };
    },

    /** All rules there are make room for these. @throws AppError as update. */
    async replaceRules(scope: Scope, id: string, rules: readonly RuleInput[]): Promise<void> {
      const known = await checkAgainst(scope, id, rules);
      const all = { types: new Set(RULE_TYPES), rules };
      await changeRules(scope, id, 'rules-replaced', (tx, plan) => replacedIn(tx, plan, all, known));
    },

    /** Adds rules, gives those of the same name a new schema, and renames. @throws AppError as update; conflict. */
    async upsertRules(scope: Scope, id: string, rules: readonly RuleUpsert[]): Promise<void> {
      await checkRules(rules);
      await changeRules(scope, id, 'rules-updated', async (tx) =>
        upserted(await queries.rulesNamed(tx, id, namesIn(rules)), rules, await queries.ruleTotals(tx, id)),
      );
    },

    /** All of them or none. @throws AppError not_found, also for a rule that is not there. */
    async removeRules(scope: Scope, id: string, names: readonly RuleName[]): Promise<void> {
      await changeRules(scope, id, 'rules-removed', async (tx) =>
        without(await queries.rulesNamed(tx, id, names), names, await queries.ruleTotals(tx, id)),
      );
    },

    /** Again is no error. @throws AppError not_found; conflict for a source that follows another plan: none is linked then. */
    connect: (scope: Scope, id: string, sourceIds: readonly string[]): Promise<void> =>
      change(scope, id, async (tx, plan) => {
        const ids = [...new Set(sourceIds)];
        await bumpRevision(tx);
        const sources = ids.every(isUuid) ? await queries.lockSources(tx, scope, ids) : [];
        if (sources.length < ids.length) throw notFound('source');
        const other = sources.find((source) => source.tracking_plan_id !== null && source.tracking_plan_id !== id);
        if (other) {
          const message = `The source ${other.name} follows another tracking plan. Disconnect it from that one first.`;
          throw new AppError('conflict', message);
        }
        const linked = sources.filter((source) => source.tracking_plan_id === null);
        if (linked.length === 0) return;
        await queries.setPlan(
          tx,
          linked.map((source) => source.id),
          id,
        );
        await recordMany(
          tx,
          linked.map((source) => linkEvent(scope, source, null, plan)),
        );
      }),

    /** @throws AppError not_found, also for a source that does not follow the plan. */
    disconnect: (scope: Scope, id: string, sourceId: string): Promise<void> =>
      change(scope, id, async (tx, plan) => {
        await bumpRevision(tx);
        const [source] = isUuid(sourceId) ? await queries.lockSources(tx, scope, [sourceId]) : [];
        if (source?.tracking_plan_id !== id)
          throw new AppError('not_found', 'No source here with this id that follows this tracking plan.');
        await queries.setPlan(tx, [source.id], null);
        await record(tx, linkEvent(scope, source, plan, null));
      }),
  };
}

function found(plan: PlanRow | undefined): PlanRow {
  if (!plan) throw notFound('tracking plan');
  return plan;
}

function checkTexts({ name, description }: { name?: string | undefined; description?: string | undefined }): void {
  const fields: FieldError[] = [];
  const tell = (field: string, problem: string) => fields.push({ field, message: `"${field}" ${problem}` });
  if (name !== undefined) tellText('name', name, MAX_NAME, tell);
  if (description !== undefined) tellText('description', description, MAX_DESCRIPTION, tell);
  refuse(fields);
}

/** Before anything is stored, and with pauses: it may take a second. @throws AppError validation_error; bad_request for schemas, telling each wrong place. */
async function checkRules(rules: readonly RuleUpsert[], known: ReadonlySet<string> = new Set()): Promise<void> {
  checkNames(rules);
  const fields: FieldError[] = [];
  let since = performance.now();
  for (const { schema, at } of rules) {
    if (performance.now() - since > PAUSE_AFTER_MS) {
      await pause();
      since = performance.now();
    }
    if (known.size > 0 && known.has(md5(JSON.stringify(schema)))) continue;
    fields.push(...schemaProblems(schema, at.schema));
    if (fields.length >= MAX_PROBLEMS) break;
  }
  const [first] = fields;
  if (first) throw new AppError('bad_request', first.message, { fields: fields.slice(0, MAX_PROBLEMS) });
}

/** For people, in lists of the vendor's tools; given once, so that a new name does not break what refers to it. */
function slugOf(name: string): string | null {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 100)
    .replaceAll(/^-|-$/g, '');
  return slug === '' ? null : slug;
}

async function recordPlan(
  tx: Tx,
  scope: Scope,
  what: 'created' | 'updated' | 'deleted' | 'rules-replaced' | 'rules-updated' | 'rules-removed',
  before: PlanRow | undefined,
  after: PlanRow | undefined,
  rules?: RuleChange,
): Promise<void> {
  const plan = after ?? before;
  if (!plan) return;
  const fields = ({ type, name, description }: PlanRow) => ({ type, name, description });
  const done = rules && {
    rules: rules.count,
    ...named('rules_added', rules.added),
    ...named('rules_updated', rules.updated),
    ...named('rules_removed', rules.removed),
  };
  await record(tx, {
    action: `tracking-plan.${what}`,
    target: { type: 'tracking-plan', id: plan.id, name: plan.name },
    before: before && { ...fields(before), ...(rules && { rules: rules.before }) },
    after: after && { ...fields(after), ...done },
    workspaceId: scope.workspaceId,
    environment: scope.environment,
  });
}

function named(field: string, rules: readonly string[]): Record<string, readonly string[]> {
  if (rules.length === 0) return {};
  const more = rules.length - NAMED;
  return { [field]: more > 0 ? [...rules.slice(0, NAMED), `and ${more} more`] : rules };
}

function linkEvent(scope: Scope, source: PlannedSourceRow, before: PlanRow | null, after: PlanRow | null) {
  const fields = (plan: PlanRow | null) => ({ tracking_plan_id: plan?.id ?? null, tracking_plan: plan?.name ?? null });
  return {
    action: 'source.updated',
    target: { type: 'source', id: source.id, name: source.name },
    before: fields(before),
    after: fields(after),
    workspaceId: scope.workspaceId,
    environment: scope.environment,
  };
}
