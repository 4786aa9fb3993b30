/** /tracking-plans: which events are planned, what they have to look like, which sources follow, and what really came. */
import { type Static, Type } from 'typebox';
import { scopeOf } from '../../../access/principal.ts';
import type { Connections } from '../../../connections/service.ts';
import { observed, type ReadSchema } from '../../../connections/tracking-plans/observed.ts';
import type { PlanRow, RuleRow } from '../../../connections/tracking-plans/queries.ts';
import type { RuleInput } from '../../../connections/tracking-plans/rules.ts';
import { RULE_TYPES } from '../../../connections/tracking-plans/rules.ts';
import type { TrackingPlans } from '../../../connections/tracking-plans/service.ts';
import { invalidField } from '../../../errors.ts';
import { isUuid } from '../../../ids.ts';
import { type Http, principalOf } from '../../route.ts';
import {
  decodeCursor,
  ErrorBody,
  encodeCursor,
  IdParams,
  label,
  PageOf,
  PageQuery,
  time,
  timeOrNull,
} from '../conventions.ts';

/** A plan's schemas, and the names around them. */
const BODY_LIMIT = 4 * 1024 * 1024;
/** Sources of a plan that its schema view looks at. */
const MAX_SOURCES = 200;

const PlanType = Type.Union([
  Type.Literal('LIVE'),
  Type.Literal('ENGAGE'),
  Type.Literal('PROPERTY_LIBRARY'),
  Type.Literal('RULE_LIBRARY'),
  Type.Literal('TEMPLATE'),
]);
const RuleType = Type.Union([
  Type.Literal('COMMON'),
  Type.Literal('GROUP'),
  Type.Literal('IDENTIFY'),
  Type.Literal('PAGE'),
  Type.Literal('SCREEN'),
  Type.Literal('TRACK'),
]);
const Nullable = Type.Union([Type.String(), Type.Null()]);

const Plan = Type.Object({
  id: Type.String(),
  type: PlanType,
  name: Type.String(),
  description: Nullable,
  created_at: Type.String(),
  updated_at: Type.String(),
});

const Rule = Type.Object({
  type: RuleType,
  key: Type.Union([Type.String(), Type.Null()], { description: "Of a TRACK rule the event's name." }),
  version: Type.Integer(),
  description: Nullable,
  schema: Type.Unknown({ description: 'A JSON schema of draft 07 for the whole event; kept as it was sent.' }),
  created_at: Type.String(),
  updated_at: Type.String(),
});

const SentRule = Type.Object(
  {
    type: RuleType,
    key: Type.Optional(Nullable),
    version: Type.Optional(Type.Integer({ description: 'Default 1.' })),
    description: Type.Optional(Type.Union([Type.String(), Type.Null()], { description: 'Left out: stays as it is.' })),
    schema: Type.Unknown(),
  },
  { additionalProperties: false },
);
const SentRules = Type.Array(SentRule, { maxItems: 2_000 });

const PlanWithRules = Type.Object({ ...Plan.properties, rules: Type.Array(Rule) });

const FollowingSource = Type.Object({
  id: Type.String(),
  name: Type.String(),
  slug: Type.String(),
  enabled: Type.Boolean(),
});

const Schema = Type.Object({
  days: Type.Integer({ description: 'How far back events were counted. Fields are from the newest events only.' }),
  events: Type.Array(
    Type.Object({
      type: Type.String(),
      name: Type.String(),
      planned: Type.Boolean(),
      received: Type.Integer(),
      blocked: Type.Integer(),
      last_seen_on: Type.Union([Type.String(), Type.Null()], { description: 'A day, UTC.' }),
      sampled: Type.Integer({ description: 'Newest events that were looked into.' }),
      violating: Type.Integer({ description: 'Those of them that broke the plan.' }),
      fields: Type.Array(
        Type.Object({
          name: Type.String(),
          types: Type.Array(Type.String()),
          seen: Type.Integer(),
          planned: Type.Boolean(),
        }),
      ),
    }),
  ),
});

const Both = Type.Object({ id: IdParams.properties.id, source_id: IdParams.properties.id });

export interface TrackingPlansRoutesParts {
  readonly trackingPlans: TrackingPlans;
  readonly connections: Connections;
  /** What came from sources. */
  readonly readSchema: ReadSchema;
}

export function trackingPlansRoutes(app: Http, { trackingPlans, connections, readSchema }: TrackingPlansRoutesParts) {
  const { sources } = connections;
  const tags = ['Tracking plans'];
  const reads = { access: { scope: 'sources:read', area: 'tracking-plan' } } as const;
  const writes = { access: { scope: 'sources:write', area: 'tracking-plan' } } as const;

  async function whole(scope: ReturnType<typeof scopeOf>, id: string): Promise<Static<typeof PlanWithRules>> {
    const { plan, rules } = await trackingPlans.whole(scope, id);
    return { ...serialize(plan), rules: rules.map(serializeRule) };
  }

  app.route({
    method: 'GET',
    url: '/tracking-plans',
    config: reads,
    schema: {
      operationId: 'trackingPlans.list',
      tags,
      summary: 'List tracking plans, oldest first',
      querystring: PageQuery,
      response: { 200: PageOf(Plan), '4xx': ErrorBody },
    },
    async handler(request) {
      const page = await trackingPlans.page(scopeOf(principalOf(request)), null, keyset(request.query));
      return { items: page.rows.map(serialize), cursor: nextOf(page), total: page.total };
    },
  });

  app.route({
    method: 'POST',
    url: '/tracking-plans',
    bodyLimit: BODY_LIMIT,
    config: writes,
    schema: {
      operationId: 'trackingPlans.create',
      tags,
      summary: 'Create a tracking plan',
      body: Type.Object(
        {
          name: label(),
          description: Type.Optional(Type.String()),
          type: Type.Optional(PlanType),
          rules: Type.Optional(SentRules),
        },
        { additionalProperties: false },
      ),
      response: { 201: PlanWithRules, '4xx': ErrorBody },
    },
    async handler(request, reply) {
      const scope = scopeOf(principalOf(request));
      const { name, description, type = 'LIVE', rules = [] } = request.body;
      const replacement = { types: new Set(RULE_TYPES), rules: rules.map(ruleIn) };
      const plan = await trackingPlans.create(scope, { type, name, description, rules: replacement });
      return reply.code(201).send(await whole(scope, plan.id));
    },
  });

  app.route({
    method: 'GET',
    url: '/tracking-plans/:id',
    config: reads,
    schema: {
      operationId: 'trackingPlans.get',
      tags,
      summary: 'Get a tracking plan with its rules',
      params: IdParams,
      response: { 200: PlanWithRules, '4xx': ErrorBody },
    },
    handler: (request) => whole(scopeOf(principalOf(request)), request.params.id),
  });

  app.route({
    method: 'PATCH',
    url: '/tracking-plans/:id',
    config: writes,
    schema: {
      operationId: 'trackingPlans.update',
      tags,
      summary: 'Rename or describe a tracking plan',
      params: IdParams,
      body: Type.Object(
        { name: Type.Optional(label()), description: Type.Optional(Type.String()) },
        { additionalProperties: false, minProperties: 1 },
      ),
      response: { 200: Plan, '4xx': ErrorBody },
    },
    async handler(request) {
      return serialize(
        await trackingPlans.update(scopeOf(principalOf(request)), request.params.id, { ...request.body }),
      );
    },
  });

  app.route({
    method: 'DELETE',
    url: '/tracking-plans/:id',
    config: writes,
    schema: {
      operationId: 'trackingPlans.delete',
      tags,
      summary: 'Delete a tracking plan; its sources follow none then',
      params: IdParams,
      response: { 204: Type.Null(), '4xx': ErrorBody },
    },
    async handler(request, reply) {
      await trackingPlans.remove(scopeOf(principalOf(request)), request.params.id);
      return reply.code(204).send(null);
    },
  });

  app.route({
    method: 'PUT',
    url: '/tracking-plans/:id/rules',
    bodyLimit: BODY_LIMIT,
    config: writes,
    schema: {
      operationId: 'trackingPlans.replaceRules',
      tags,
      summary: 'Replace all rules of a tracking plan',
      params: IdParams,
      body: Type.Object({ rules: SentRules }, { additionalProperties: false }),
      response: { 200: PlanWithRules, '4xx': ErrorBody },
    },
    async handler(request) {
      const scope = scopeOf(principalOf(request));
      await trackingPlans.replaceRules(scope, request.params.id, request.body.rules.map(ruleIn));
      return await whole(scope, request.params.id);
    },
  });

  app.route({
    method: 'GET',
    url: '/tracking-plans/:id/sources',
    config: reads,
    schema: {
      operationId: 'trackingPlans.sources',
      tags,
      summary: 'List the sources that follow a tracking plan, oldest first',
      params: IdParams,
      querystring: PageQuery,
      response: { 200: PageOf(FollowingSource), '4xx': ErrorBody },
    },
    async handler(request) {
      const scope = scopeOf(principalOf(request));
      const plan = await trackingPlans.get(scope, request.params.id);
      const page = await sources.page(scope, keyset(request.query), { trackingPlanId: plan.id });
      const items = page.rows.map(({ id, name, slug, enabled }) => ({ id, name, slug, enabled }));
      return { items, cursor: nextOf(page), total: page.total ?? items.length };
    },
  });

  app.route({
    method: 'PUT',
    url: '/tracking-plans/:id/sources/:source_id',
    config: writes,
    schema: {
      operationId: 'trackingPlans.connect',
      tags,
      summary: 'Let a source follow a tracking plan',
      params: Both,
      response: { 204: Type.Null(), '4xx': ErrorBody },
    },
    async handler(request, reply) {
      const { id, source_id } = request.params;
      await trackingPlans.connect(scopeOf(principalOf(request)), id, [source_id]);
      return reply.code(204).send(null);
    },
  });

  app.route({
    method: 'DELETE',
    url: '/tracking-plans/:id/sources/:source_id',
    config: writes,
    schema: {
      operationId: 'trackingPlans.disconnect',
      tags,
      summary: 'Let a source follow a tracking plan no more',
      params: Both,
      response: { 204: Type.Null(), '4xx': ErrorBody },
    },
    async handler(request, reply) {
      const { id, source_id } = request.params;
      await trackingPlans.disconnect(scopeOf(principalOf(request)), id, source_id);
      return reply.code(204).send(null);
    },
  });

  app.route({
    method: 'GET',
    url: '/tracking-plans/:id/schema',
    config: reads,
    schema: {
      operationId: 'trackingPlans.schema',
      tags,
      summary: 'Which events and fields came from the sources that follow a plan, and which of them it knows',
      params: IdParams,
      querystring: Type.Object({
        source_id: Type.Optional(
          Type.String({ maxLength: 100, description: 'Of this source alone, whether it follows.' }),
        ),
      }),
      response: { 200: Schema, '4xx': ErrorBody },
    },
    async handler(request) {
      const scope = scopeOf(principalOf(request));
      const { plan, rules } = await trackingPlans.whole(scope, request.params.id);
      const { source_id } = request.query;
      const page =
        source_id === undefined && (await sources.page(scope, { count: MAX_SOURCES }, { trackingPlanId: plan.id }));
      const of = page ? page.rows : [await sources.get(scope, source_id ?? '')];
      const ids = of.map(({ id }) => id);
      const { days, events } = observed(await readSchema(scope, ids), rules);
      return {
        days,
        events: events.map(({ lastSeen, fields, ...event }) => ({
          ...event,
          last_seen_on: timeOrNull(lastSeen),
          fields: fields.map((field) => ({ ...field, types: [...field.types] })),
        })),
      };
    },
  });
}

function ruleIn({ type, key = null, version = 1, description, schema }: Static<typeof SentRule>, n: number): RuleInput {
  const at = { rule: `rules.${n}`, key: `rules.${n}.key`, schema: `rules.${n}.schema` };
  return { type, key, version, ...(description !== undefined && { description }), schema, at };
}

function serialize({ id, type, name, description, created_at, updated_at }: PlanRow): Static<typeof Plan> {
  return { id, type, name, description, created_at: time(created_at), updated_at: time(updated_at) };
}

function serializeRule({ type, key, version, description, ...rule }: RuleRow): Static<typeof Rule> {
  const schema = JSON.parse(rule.schema) as unknown;
  return {
    type,
    key,
    version,
    description,
    schema,
    created_at: time(rule.created_at),
    updated_at: time(rule.updated_at),
  };
}

/** Oldest first, forward only. */
function keyset({ limit = 50, cursor }: Static<typeof PageQuery>): { count: number; after?: string } {
  if (cursor === undefined) return { count: limit };
  const after = String(decodeCursor(cursor, 1)[0]);
  if (!isUuid(after)) throw invalidField('cursor', 'take it unchanged from the previous page');
  return { count: limit, after };
}

function nextOf({ rows, hasAfter }: { rows: readonly { id: string }[]; hasAfter: boolean }): string | null {
  const last = rows.at(-1);
  return hasAfter && last ? encodeCursor([last.id]) : null;
}
