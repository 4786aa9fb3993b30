/** /destinations/{destinationId}/subscriptions: which events run which action of a destination, and with what. */
import { scopeOf } from '../../../access/principal.ts';
import type { Subscription } from '../../../connections/destinations/subscriptions/subscriptions.ts';
import type { Connections } from '../../../connections/service.ts';
import { notFound } from '../../../errors.ts';
import { firstPart, withFieldNames } from '../../fields.ts';
import type { Call, Handlers } from '../protocol/door.ts';
import { shortId, uuidOf } from '../protocol/ids.ts';
import { idPageRequest, pagination } from '../protocol/paging.ts';
import { destinationIdOf } from './destinations.ts';

/** The body of an update is wrapped and has other names for two fields (contract §1.11). */
const UPDATE = firstPart({ modelId: 'reverseETLModelId', schedule: 'reverseETLSchedule' }, 'input.');

export function subscriptionsHandlers({ connections }: { connections: Pick<Connections, 'subscriptions'> }): Handlers {
  const { subscriptions } = connections;

  return {
    async listSubscriptionsFromDestination(call) {
      const request = idPageRequest(call.query['pagination']);
      const page = await subscriptions.page(scopeOf(call.caller), destinationIdOf(call), request);
      return {
        subscriptions: page.rows.map(serialize),
        pagination: pagination(request, { ...page, keys: page.rows.map(({ id }) => id) }),
      };
    },

    async createDestinationSubscription(call) {
      const { name, actionId, trigger, enabled, settings } = call.body;
      const modelId = idIn(call.body['modelId']);
      const input = { name, actionId, trigger, enabled, settings, modelId };
      return {
        destinationSubscription: serialize(
          await subscriptions.create(scopeOf(call.caller), destinationIdOf(call), input),
        ),
      };
    },

    async getSubscriptionFromDestination(call) {
      return {
        subscription: serialize(
          await subscriptions.get(scopeOf(call.caller), destinationIdOf(call), subscriptionIdOf(call)),
        ),
      };
    },

    async updateSubscriptionForDestination(call) {
      const { name, trigger, enabled, settings, reverseETLModelId, reverseETLSchedule: schedule } = call.body['input'];
      const input = { name, trigger, enabled, settings, modelId: idIn(reverseETLModelId), schedule };
      const ids = [destinationIdOf(call), subscriptionIdOf(call)] as const;
      const row = await withFieldNames(UPDATE, () => subscriptions.update(scopeOf(call.caller), ...ids, input));
      return { subscription: serialize(row) };
    },

    async removeSubscriptionFromDestination(call) {
      await subscriptions.remove(scopeOf(call.caller), destinationIdOf(call), subscriptionIdOf(call));
      return { status: 'SUCCESS' };
    },
  };
}

function serialize(row: Subscription): object {
  return {
    id: shortId(row.id),
    name: row.name,
    actionId: row.action_id,
    actionSlug: row.action_slug,
    destinationId: shortId(row.destination_id),
    enabled: row.enabled,
    settings: row.settings,
    trigger: row.trigger,
    ...(row.model_id !== null && { modelId: shortId(row.model_id) }),
    ...(row.schedule !== null && { reverseETLSchedule: row.schedule }),
  };
}

/** What is no id of ours is for the rules to refuse. */
function idIn(sent: string | undefined): string | undefined {
  return sent === undefined ? undefined : (uuidOf(sent) ?? sent);
}

function subscriptionIdOf({ params }: Call): string {
  const id = uuidOf(params['id'] ?? '');
  if (id === null) throw notFound('subscription');
  return id;
}
