/** Tracking plans and the sources that follow them (contract segment-config-api §14). What rules look like here: plan-rules.ts. */
import type { FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import type { Connections } from '../../../connections/service.ts';
import type { PlanRow, RuleRow } from '../../../connections/tracking-plans/queries.ts';
import type { TrackingPlans } from '../../../connections/tracking-plans/service.ts';
import { invalidField, notFound } from '../../../errors.ts';
import { isUuid } from '../../../ids.ts';
import type { Http } from '../../route.ts';
import { prefixedId, uuidOfPrefixed } from '../../segment/protocol/ids.ts';
import { ConfigError, ConfigPageQuery, Nothing, readConfigKeyset } from '../protocol/conventions.ts';
import { masked, UpdateMask } from '../protocol/mask.ts';
import { MAX_NAME, NamePart, type Names, type Place, WorkspaceParams } from '../protocol/names.ts';
import { RULE_FIELDS, Rules, replacementOf, SentRules, shownRules } from './plan-rules.ts';

const PREFIX = 'rs_';
/** Contract §1: about 2 MB of schemas, and the names around them. */
const BODY_LIMIT = 4 * 1024 * 1024;

const Plan = Type.Object({
  name: Type.String({ description: '`workspaces/<slug>/tracking-plans/rs_…`' }),
  display_name: Type.String(),
  rules: Rules,
  create_time: Type.String(),
  update_time: Type.String(),
});

const SentPlan = Type.Object({
  display_name: Type.Optional(Type.String()),
  rules: Type.Optional(SentRules),
  update_mask: Type.Optional(UpdateMask),
});

const Connection = Type.Object({ source_name: Type.String(), tracking_plan_id: Type.String() });

const FIELDS = ['display_name', ...RULE_FIELDS] as const;
const EVERYTHING: ReadonlySet<string> = new Set(['rules']);

const PlanParams = Type.Object({ workspace: NamePart, plan: NamePart });
const tags = ['Segment Config API'];
const read = { access: { scope: 'workspace:read', door: 'segment-config' } } as const;
const write = { access: { scope: 'workspace', door: 'segment-config' } } as const;

export interface TrackingPlanRoutesParts {
  readonly connections: Connections;
  readonly trackingPlans: TrackingPlans;
  readonly names: Names;
}

interface PlanPlace extends Place {
  readonly planId: string;
}

export function trackingPlanRoutes(
  door: Http,
  { connections: { sources }, trackingPlans, names }: TrackingPlanRoutesParts,
): void {
  /** Looked up first, so that what else a call names is asked for in the plan's workspace only. @throws AppError not_found */
  async function planPlace(
    request: Pick<FastifyRequest, 'principal'>,
    params: Static<typeof PlanParams>,
  ): Promise<PlanPlace> {
    const place = await names.workspace(request, params);
    const planId = uuidOfPrefixed(PREFIX, params.plan);
    if (planId === null) throw notFound('tracking plan');
    await trackingPlans.get(place.scope, planId);
    return { ...place, planId };
  }

  async function whole({ scope, planId, ...place }: PlanPlace): Promise<Static<typeof Plan>> {
    const { plan, rules } = await trackingPlans.whole(scope, planId);
    return serialize(plan, rules, place);
  }

  /** By full name, slug or id, of this workspace. @throws AppError not_found */
  async function sourceIdCalled(name: string, place: Place): Promise<string> {
    const elsewhere = name.includes('/') && !name.startsWith(`${place.name}/sources/`);
    const row = elsewhere ? undefined : await names.findSource(place.scope, name);
    if (!row) throw notFound('source');
    return row.id;
  }

  async function connections({ scope, planId, name }: PlanPlace, ids: readonly string[]) {
    const found = [];
    for (const id of ids) found.push(connection(name, (await sources.get(scope, id)).slug, planId));
    return found;
  }

  door.route({
    method: 'POST',
    url: '/workspaces/:workspace/tracking-plans',
    bodyLimit: BODY_LIMIT,
    config: write,
    schema: {
      operationId: 'segmentConfigTrackingPlans.create',
      tags,
      summary: 'Create a tracking plan with its rules (Segment Config API)',
      params: WorkspaceParams,
      body: Type.Object({ tracking_plan: SentPlan, update_mask: Type.Optional(UpdateMask) }),
      response: { 200: Plan, '4xx': ConfigError },
    },
    async handler(request) {
      const place = await names.workspace(request, request.params);
      const { display_name = '', rules } = request.body.tracking_plan;
      const plan = await trackingPlans.create(place.scope, {
        type: 'LIVE',
        name: display_name,
        rules: replacementOf(EVERYTHING, rules),
      });
      return await whole({ ...place, planId: plan.id });
    },
  });

  door.route({
    method: 'GET',
    url: '/workspaces/:workspace/tracking-plans',
    config: read,
    schema: {
      operationId: 'segmentConfigTrackingPlans.list',
      tags,
      summary: 'List tracking plans, oldest first, without their rules (Segment Config API)',
      params: WorkspaceParams,
      querystring: ConfigPageQuery,
      response: {
        200: Type.Object({ tracking_plans: Type.Array(Plan), next_page_token: Type.String() }),
        '4xx': ConfigError,
      },
    },
    async handler(request) {
      const place = await names.workspace(request, request.params);
      const page = readIdPage(request.query);
      const found = await trackingPlans.page(place.scope, null, page.request);
      const ids = found.rows.map(({ id }) => id);
      return {
        tracking_plans: found.rows.map((plan) => serialize(plan, [], place)),
        next_page_token: page.next(found, ids),
      };
    },
  });

  door.route({
    method: 'GET',
    url: '/workspaces/:workspace/tracking-plans/:plan',
    config: read,
    schema: {
      operationId: 'segmentConfigTrackingPlans.get',
      tags,
      summary: 'Get a tracking plan with its rules (Segment Config API)',
      params: PlanParams,
      response: { 200: Plan, '4xx': ConfigError },
    },
    handler: async (request) => await whole(await planPlace(request, request.params)),
  });

  for (const method of ['PUT', 'PATCH'] as const) {
    door.route({
      method,
      url: '/workspaces/:workspace/tracking-plans/:plan',
      bodyLimit: BODY_LIMIT,
      config: write,
      schema: {
        operationId: `segmentConfigTrackingPlans.${method === 'PUT' ? 'update' : 'patch'}`,
        tags,
        summary: `Change what the update mask names of a tracking plan${method === 'PUT' ? '' : ', as PUT does'} (Segment Config API)`,
        params: PlanParams,
        body: Type.Object({ tracking_plan: Type.Optional(SentPlan), update_mask: Type.Optional(UpdateMask) }),
        response: { 200: Plan, '4xx': ConfigError },
      },
      async handler(request) {
        const place = await planPlace(request, request.params);
        const { tracking_plan: given = {}, update_mask = given.update_mask } = request.body;
        const named = masked(update_mask, 'tracking_plan', FIELDS);
        const rules = replacementOf(named, given.rules);
        const name = named.has('display_name') ? (given.display_name ?? '') : undefined;
        if (rules || name !== undefined) await trackingPlans.update(place.scope, place.planId, { name, rules });
        return await whole(place);
      },
    });
  }

  door.route({
    method: 'DELETE',
    url: '/workspaces/:workspace/tracking-plans/:plan',
    config: write,
    schema: {
      operationId: 'segmentConfigTrackingPlans.delete',
      tags,
      summary: 'Delete a tracking plan; its sources follow none then (Segment Config API)',
      params: PlanParams,
      response: { 200: Nothing, '4xx': ConfigError },
    },
    async handler(request) {
      const { scope, planId } = await planPlace(request, request.params);
      await trackingPlans.remove(scope, planId);
      return {};
    },
  });

  door.route({
    method: 'GET',
    url: '/workspaces/:workspace/tracking-plans/:plan/source-connections',
    config: read,
    schema: {
      operationId: 'segmentConfigTrackingPlans.connections',
      tags,
      summary: 'List the sources that follow a tracking plan (Segment Config API)',
      params: PlanParams,
      querystring: ConfigPageQuery,
      response: {
        200: Type.Object({ connections: Type.Array(Connection), next_page_token: Type.String() }),
        '4xx': ConfigError,
      },
    },
    async handler(request) {
      const place = await planPlace(request, request.params);
      const { planId } = place;
      const page = readIdPage(request.query);
      const found = await sources.page(place.scope, page.request, { trackingPlanId: planId });
      const ids = found.rows.map((row) => row.id);
      return {
        connections: found.rows.map(({ slug }) => connection(place.name, slug, planId)),
        next_page_token: page.next(found, ids),
      };
    },
  });

  door.route({
    method: 'POST',
    url: '/workspaces/:workspace/tracking-plans/:plan/source-connections',
    config: write,
    schema: {
      operationId: 'segmentConfigTrackingPlans.connect',
      tags,
      summary: 'Let a source follow a tracking plan (Segment Config API)',
      params: PlanParams,
      body: Type.Object({ source_name: Type.String({ maxLength: MAX_NAME }) }),
      response: { 200: Connection, '4xx': ConfigError },
    },
    async handler(request) {
      const place = await planPlace(request, request.params);
      const id = await sourceIdCalled(request.body.source_name, place);
      await trackingPlans.connect(place.scope, place.planId, [id]);
      return connection(place.name, (await sources.get(place.scope, id)).slug, place.planId);
    },
  });

  door.route({
    method: 'POST',
    url: '/workspaces/:workspace/tracking-plans/:plan/source-connections::batchCreateConnections',
    config: write,
    schema: {
      operationId: 'segmentConfigTrackingPlans.connectMany',
      tags,
      summary: 'Let sources follow a tracking plan, all of them or none (Segment Config API)',
      params: PlanParams,
      body: Type.Object({ source_names: Type.Array(Type.String({ maxLength: MAX_NAME }), { maxItems: 200 }) }),
      response: { 200: Type.Object({ connections: Type.Array(Connection) }), '4xx': ConfigError },
    },
    async handler(request) {
      const place = await planPlace(request, request.params);
      const ids: string[] = [];
      for (const name of request.body.source_names) ids.push(await sourceIdCalled(name, place));
      await trackingPlans.connect(place.scope, place.planId, ids);
      return { connections: await connections(place, ids) };
    },
  });

  door.route({
    method: 'DELETE',
    url: '/workspaces/:workspace/tracking-plans/:plan/source-connections/:source',
    config: write,
    schema: {
      operationId: 'segmentConfigTrackingPlans.disconnect',
      tags,
      summary: 'Let a source follow a tracking plan no more (Segment Config API)',
      params: Type.Object({ ...PlanParams.properties, source: NamePart }),
      response: { 200: Nothing, '4xx': ConfigError },
    },
    async handler(request) {
      const place = await planPlace(request, request.params);
      const id = await sourceIdCalled(request.params.source, place);
      await trackingPlans.disconnect(place.scope, place.planId, id);
      return {};
    },
  });
}

function readIdPage(query: Parameters<typeof readConfigKeyset>[0]): ReturnType<typeof readConfigKeyset> {
  const page = readConfigKeyset(query);
  const { after } = page.request;
  if (after !== undefined && !isUuid(after))
    throw invalidField('page_token', 'take it unchanged from the previous page');
  return page;
}

function serialize(plan: PlanRow, rules: readonly RuleRow[], place: Pick<Place, 'name'>): Static<typeof Plan> {
  return {
    name: `${place.name}/tracking-plans/${prefixedId(PREFIX, plan.id)}`,
    display_name: plan.name,
    rules: shownRules(rules),
    create_time: plan.created_at.toISOString(),
    update_time: plan.updated_at.toISOString(),
  };
}

function connection(workspace: string, slug: string, planId: string): Static<typeof Connection> {
  return { source_name: `${workspace}/sources/${slug}`, tracking_plan_id: prefixedId(PREFIX, planId) };
}
