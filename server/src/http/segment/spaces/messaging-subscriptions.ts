/** /spaces/{spaceId}/messaging-subscriptions: whether addresses want messages. */
import type { Address } from '../../../people/subscriptions/queries.ts';
import type { MessagingSubscriptions, Refused, Wish } from '../../../people/subscriptions/service.ts';
import type { Handlers } from '../protocol/door.ts';
import { shortId } from '../protocol/ids.ts';
import { spaceOf } from './spaces.ts';

export function messagingSubscriptionsHandlers({
  messagingSubscriptions,
}: {
  messagingSubscriptions: MessagingSubscriptions;
}): Handlers {
  return {
    async replaceMessagingSubscriptionsInSpaces(call) {
      const wishes: Wish[] = call.body['subscriptions'];
      const { found, refused } = await messagingSubscriptions.replace(spaceOf(call), wishes);
      return {
        successes: found.map(({ type, key, status, groups }) => ({
          type,
          key,
          status,
          ...(groups.length > 0 && { groups: groups.map(({ id, ...group }) => ({ ...group, id: shortId(id) })) }),
        })),
        failures: refused.map(failure),
      };
    },

    async batchQueryMessagingSubscriptionsForSpace(call) {
      const addresses: Address[] = call.body['subscriptions'];
      const { found, refused } = await messagingSubscriptions.read(spaceOf(call), addresses);
      return {
        successes: found.map(({ type, key, status, groups, updatedAt }) => ({
          type,
          key,
          status,
          ...(groups.length > 0 && { groups: groups.map(({ id, ...group }) => ({ ...group, id: shortId(id) })) }),
          ...(updatedAt && { updatedAt: updatedAt.toISOString() }),
        })),
        failures: refused.map(failure),
        errors: [],
      };
    },
  };
}

function failure({ type, key, code, message }: Refused): object {
  return { type, key, errors: [{ code, message }] };
}
