/** /destinations/{id}/subscriptions: which events run which action of a destination, and what each of its fields gets. */
import { type Static, Type } from 'typebox';
import { scopeOf } from '../../../../access/principal.ts';
import type { Subscription } from '../../../../connections/destinations/subscriptions/subscriptions.ts';
import type { Connections } from '../../../../connections/service.ts';
import { invalidField } from '../../../../errors.ts';
import { isUuid } from '../../../../ids.ts';
import { firstPart, withFieldNames } from '../../../fields.ts';
import { type Http, principalOf } from '../../../route.ts';
import { decodeCursor, ErrorBody, encodeCursor, IdParams, label, PageOf, PageQuery, time } from '../../conventions.ts';

const Settings = Type.Record(Type.String(), Type.Unknown(), {
  description: 'By field: a value, or a directive such as {"@path": "$.userId"}. Secret ones are bullets in reads.',
});
const Trigger = Type.String({ minLength: 1, maxLength: 10_000, description: 'FQL: for which events the action runs.' });
const Schedule = Type.Object(
  { strategy: Type.String({ maxLength: 50 }), config: Type.Optional(Type.Unknown()) },
  { additionalProperties: false },
);

const SubscriptionBody = Type.Object({
  id: Type.String(),
  destination_id: Type.String(),
  action_id: Type.String(),
  action_slug: Type.String(),
  name: Type.String(),
  trigger: Type.String(),
  enabled: Type.Boolean(),
  delivers: Type.Boolean({
    description:
      'Whether Headgate runs it: its URL and headers are plain values, its data the whole event. If not, it is stored.',
  }),
  settings: Settings,
  model_id: Type.Union([Type.String(), Type.Null()]),
  schedule: Type.Union([Schedule, Type.Null()]),
  created_at: Type.String(),
  updated_at: Type.String(),
});

function serialize(row: Subscription): Static<typeof SubscriptionBody> {
  return {
    id: row.id,
    destination_id: row.destination_id,
    action_id: row.action_id,
    action_slug: row.action_slug,
    name: row.name,
    trigger: row.trigger,
    enabled: row.enabled,
    delivers: row.delivers,
    settings: row.settings,
    model_id: row.model_id,
    schedule: row.schedule,
    created_at: time(row.created_at),
    updated_at: time(row.updated_at),
  };
}

/** @throws AppError validation_error for a made-up cursor. */
function idIn(cursor: string): string {
  const id = String(decodeCursor(cursor, 1)[0]);
  if (!isUuid(id)) throw invalidField('cursor', 'take it unchanged from the previous page');
  return id;
}

const NAMES = firstPart({ actionId: 'action_id', modelId: 'model_id' });
const SubscriptionParams = Type.Object({
  id: Type.String({ maxLength: 100 }),
  subscription_id: Type.String({ maxLength: 100 }),
});

const tags = ['Destinations'];

export function subscriptionsRoutes(app: Http, { connections }: { connections: Connections }): void {
  const { subscriptions } = connections;

  app.route({
    method: 'GET',
    url: '/destinations/:id/subscriptions',
    config: { access: { scope: 'destinations:read' } },
    schema: {
      operationId: 'subscriptions.list',
      tags,
      summary: 'List the subscriptions of a destination, oldest first',
      params: IdParams,
      querystring: PageQuery,
      response: { 200: PageOf(SubscriptionBody), '4xx': ErrorBody },
    },
    async handler(request) {
      const { limit = 50, cursor } = request.query;
      const after = cursor === undefined ? {} : { after: idIn(cursor) };
      const page = await subscriptions.page(scopeOf(principalOf(request)), request.params.id, {
        count: limit,
        ...after,
      });
      const last = page.rows.at(-1);
      const next = page.hasAfter && last ? encodeCursor([last.id]) : null;
      return { items: page.rows.map(serialize), cursor: next, total: page.total };
    },
  });

  app.route({
    method: 'POST',
    url: '/destinations/:id/subscriptions',
    config: { access: { scope: 'destinations:write' } },
    schema: {
      operationId: 'subscriptions.create',
      tags,
      summary: 'Create a subscription: an action of the destination for the events that a trigger names',
      params: IdParams,
      body: Type.Object(
        {
          name: label(),
          action_id: Type.String({ maxLength: 100 }),
          trigger: Trigger,
          enabled: Type.Optional(Type.Boolean()),
          settings: Type.Optional(Settings),
          model_id: Type.Optional(Type.String({ maxLength: 100 })),
        },
        { additionalProperties: false },
      ),
      response: { 201: SubscriptionBody, '4xx': ErrorBody },
    },
    async handler(request, reply) {
      const { name, action_id: actionId, trigger, enabled = true, settings, model_id: modelId } = request.body;
      const input = { name, actionId, trigger, enabled, settings, modelId };
      const row = await withFieldNames(NAMES, () =>
        subscriptions.create(scopeOf(principalOf(request)), request.params.id, input),
      );
      return reply.code(201).send(serialize(row));
    },
  });

  app.route({
    method: 'GET',
    url: '/destinations/:id/subscriptions/:subscription_id',
    config: { access: { scope: 'destinations:read' } },
    schema: {
      operationId: 'subscriptions.get',
      tags,
      summary: 'Get a subscription',
      params: SubscriptionParams,
      response: { 200: SubscriptionBody, '4xx': ErrorBody },
    },
    async handler(request) {
      const { id, subscription_id } = request.params;
      return serialize(await subscriptions.get(scopeOf(principalOf(request)), id, subscription_id));
    },
  });

  app.route({
    method: 'PATCH',
    url: '/destinations/:id/subscriptions/:subscription_id',
    config: { access: { scope: 'destinations:write' } },
    schema: {
      operationId: 'subscriptions.update',
      tags,
      summary: 'Change a subscription; settings are merged by field, null removes one',
      params: SubscriptionParams,
      body: Type.Object(
        {
          name: Type.Optional(label()),
          trigger: Type.Optional(Trigger),
          enabled: Type.Optional(Type.Boolean()),
          settings: Type.Optional(Settings),
          model_id: Type.Optional(Type.String({ maxLength: 100, description: 'Empty: none.' })),
          schedule: Type.Optional(Schedule),
        },
        { additionalProperties: false, minProperties: 1 },
      ),
      response: { 200: SubscriptionBody, '4xx': ErrorBody },
    },
    async handler(request) {
      const { id, subscription_id } = request.params;
      const { model_id: modelId, ...rest } = request.body;
      const row = await withFieldNames(NAMES, () =>
        subscriptions.update(scopeOf(principalOf(request)), id, subscription_id, { ...rest, modelId }),
      );
      return serialize(row);
    },
  });

  app.route({
    method: 'DELETE',
    url: '/destinations/:id/subscriptions/:subscription_id',
    config: { access: { scope: 'destinations:write' } },
    schema: {
      operationId: 'subscriptions.delete',
      tags,
      summary: 'Delete a subscription',
      params: SubscriptionParams,
      response: { 204: Type.Null(), '4xx': ErrorBody },
    },
    async handler(request, reply) {
      const { id, subscription_id } = request.params;
      await subscriptions.remove(scopeOf(principalOf(request)), id, subscription_id);
      return reply.code(204).send(null);
    },
  });
}
