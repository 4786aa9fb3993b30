/** /tracking-plans: plans, their rules and the sources that follow them. Most changes answer with a status only (contract §1.11). */
import { scopeOf } from '../../../access/principal.ts';
import type { Catalog } from '../../../connections/catalog/catalog.ts';
import type { Connections } from '../../../connections/service.ts';
import type { PlanRow, RuleRow } from '../../../connections/tracking-plans/queries.ts';
import type { RuleName, RuleUpsert } from '../../../connections/tracking-plans/rules.ts';
import type { TrackingPlans } from '../../../connections/tracking-plans/service.ts';
import { notFound } from '../../../errors.ts';
import type { Call, Handlers } from '../protocol/door.ts';
import { uuidOf } from '../protocol/ids.ts';
import { idPageRequest, pageRequest, pagination } from '../protocol/paging.ts';
import { planUuid, shownPlanId } from '../protocol/plan-ids.ts';
import { sourceSerializer } from './sources.ts';

export interface TrackingPlanServices {
  readonly trackingPlans: TrackingPlans;
  readonly connections: Connections;
  readonly catalog: Catalog;
}

const DONE = { status: 'SUCCESS' };
const isPlace = (key: string) => /^\d{1,15}$/.test(key);

export function trackingPlansHandlers({ trackingPlans, connections, catalog }: TrackingPlanServices): Handlers {
  const serializeSource = sourceSerializer(catalog);

  return {
    async listTrackingPlans({ caller, query }) {
      const request = idPageRequest(query['pagination']);
      const page = await trackingPlans.page(scopeOf(caller), query['type'] ?? null, request);
      const keys = page.rows.map(({ id }) => id);
      return { trackingPlans: page.rows.map(serialize), pagination: pagination(request, { ...page, keys }) };
    },

    async createTrackingPlan({ caller, body }) {
      const { name, description, type } = body;
      return { trackingPlan: serialize(await trackingPlans.create(scopeOf(caller), { name, description, type })) };
    },

    async getTrackingPlan(call) {
      return { trackingPlan: serialize(await trackingPlans.get(scopeOf(call.caller), idOf(call))) };
    },

    async updateTrackingPlan(call) {
      const { name, description } = call.body;
      await trackingPlans.update(scopeOf(call.caller), idOf(call), { name, description });
      return DONE;
    },

    async deleteTrackingPlan(call) {
      await trackingPlans.remove(scopeOf(call.caller), idOf(call));
      return DONE;
    },

    async listRulesFromTrackingPlan(call) {
      const request = pageRequest(call.query['pagination'], undefined, isPlace);
      const page = await trackingPlans.rules(scopeOf(call.caller), idOf(call), request);
      const keys = page.rows.map(({ position }) => String(position));
      return { rules: page.rows.map(serializeRule), pagination: pagination(request, { ...page, keys }) };
    },

    async replaceRulesInTrackingPlan(call) {
      await trackingPlans.replaceRules(scopeOf(call.caller), idOf(call), call.body['rules'].map(ruleIn));
      return DONE;
    },

    async updateRulesInTrackingPlan(call) {
      await trackingPlans.upsertRules(scopeOf(call.caller), idOf(call), call.body['rules'].map(ruleIn));
      return DONE;
    },

    async removeRulesFromTrackingPlan(call) {
      await trackingPlans.removeRules(scopeOf(call.caller), idOf(call), call.query['rules'].map(nameIn));
      return DONE;
    },

    async listSourcesFromTrackingPlan(call) {
      const scope = scopeOf(call.caller);
      const request = idPageRequest(call.query['pagination']);
      const plan = await trackingPlans.get(scope, idOf(call));
      const page = await connections.sources.page(scope, request, { trackingPlanId: plan.id });
      return {
        sources: page.rows.map(serializeSource),
        pagination: pagination(request, { ...page, keys: page.rows.map(({ id }) => id) }),
      };
    },

    async addSourceToTrackingPlan(call) {
      await trackingPlans.connect(scopeOf(call.caller), idOf(call), [sourceIn(call.body['sourceId'])]);
      return DONE;
    },

    async removeSourceFromTrackingPlan(call) {
      await trackingPlans.disconnect(scopeOf(call.caller), idOf(call), sourceIn(call.query['sourceId']));
      return DONE;
    },
  };
}

function idOf({ params }: Call): string {
  const id = planUuid(params['trackingPlanId'] ?? '');
  if (id === null) throw notFound('tracking plan');
  return id;
}

/** What is no id of ours is for the rules to refuse. */
function sourceIn(sent: string): string {
  return uuidOf(sent) ?? '';
}

interface SentRule {
  readonly type: RuleUpsert['type'];
  readonly key?: string;
  readonly newKey?: string;
  readonly version: number;
  readonly jsonSchema: unknown;
}

function ruleIn({ newKey, jsonSchema, ...name }: SentRule, n: number): RuleUpsert {
  const at = { rule: `rules.${n}`, key: `rules.${n}.key`, schema: `rules.${n}.jsonSchema` };
  return { ...nameIn(name), ...(newKey !== undefined && { newKey }), schema: jsonSchema, at };
}

function nameIn({ type, key, version }: Omit<SentRule, 'jsonSchema'>): RuleName {
  return { type, key: key ?? null, version };
}

function serialize(plan: PlanRow): object {
  return {
    id: shownPlanId(plan.id),
    name: plan.name,
    ...(plan.slug !== null && { slug: plan.slug }),
    ...(plan.description !== null && { description: plan.description }),
    type: plan.type,
    updatedAt: plan.updated_at.toISOString(),
    createdAt: plan.created_at.toISOString(),
  };
}

function serializeRule(rule: RuleRow): object {
  return {
    type: rule.type,
    ...(rule.key !== null && { key: rule.key }),
    jsonSchema: JSON.parse(rule.schema),
    version: rule.version,
    createdAt: rule.created_at.toISOString(),
    updatedAt: rule.updated_at.toISOString(),
  };
}
