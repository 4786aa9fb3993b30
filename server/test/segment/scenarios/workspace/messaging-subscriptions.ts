/** Whether addresses want messages, of a channel and of groups. */
import { expect } from 'vitest';
import type { TestApp } from '../../../support/app.ts';
import { type SegmentClient, segmentClient } from '../../client.ts';

export async function run(client: SegmentClient, app: TestApp): Promise<void> {
  const { call, fails } = client;
  const params = { spaceId: (await call('listSpaces')).spaces[0].id };
  const put = (subscriptions: object[]) =>
    call('replaceMessagingSubscriptionsInSpaces', { params, body: { subscriptions } });
  const read = async (subscriptions: object[]) =>
    call('batchQueryMessagingSubscriptionsForSpace', { params, body: { subscriptions }, changesNothing: true });

  // As the contract's example has it.
  const answer = await put([
    { key: 'ada@example.com', type: 'EMAIL', status: 'SUBSCRIBED' },
    { key: 'bob@example.com', type: 'EMAIL', groups: [{ name: 'promotions', status: 'SUBSCRIBED' }] },
    { key: 'no-address', type: 'EMAIL' },
    { key: '2162226233', type: 'SMS', status: 'DID_NOT_SUBSCRIBE' },
  ]);
  const group = { name: 'promotions', status: 'SUBSCRIBED', id: expect.stringMatching(/^\w{22}$/) };
  expect(answer).toEqual({
    successes: [
      { key: 'ada@example.com', type: 'EMAIL', status: 'SUBSCRIBED' },
      { key: 'bob@example.com', type: 'EMAIL', status: 'SUBSCRIBED', groups: [group] },
      { key: '2162226233', type: 'SMS', status: 'DID_NOT_SUBSCRIBE' },
    ],
    failures: [
      { key: 'no-address', type: 'EMAIL', errors: [{ code: 'INVALID_EMAIL', message: 'Email is not valid' }] },
    ],
  });

  // A group's status changes, the channel's stays; an address without anything did not subscribe.
  await put([{ key: 'bob@example.com', type: 'EMAIL', groups: [{ name: 'promotions', status: 'UNSUBSCRIBED' }] }]);
  const found = await read([
    { key: 'bob@example.com', type: 'EMAIL' },
    { key: 'ada@example.com', type: 'SMS' },
    { key: 'eve@example.com', type: 'EMAIL' },
  ]);
  expect(found.errors).toEqual([]);
  expect(found.failures).toEqual([
    { key: 'ada@example.com', type: 'SMS', errors: [expect.objectContaining({ code: 'INVALID_PHONE' })] },
  ]);
  expect(found.successes).toEqual([
    {
      ...{ key: 'bob@example.com', type: 'EMAIL', status: 'SUBSCRIBED', updatedAt: expect.stringMatching(/Z$/) },
      groups: [{ ...group, status: 'UNSUBSCRIBED', updatedAt: expect.stringMatching(/Z$/) }],
    },
    { key: 'eve@example.com', type: 'EMAIL', status: 'DID_NOT_SUBSCRIBE' },
  ]);

  // Another workspace knows nothing of it.
  const other = await segmentClient(app);
  const space = { spaceId: (await other.call('listSpaces')).spaces[0].id };
  const body = { subscriptions: [{ key: 'bob@example.com', type: 'EMAIL' }] };
  const theirs = await other.call('batchQueryMessagingSubscriptionsForSpace', {
    params: space,
    body,
    changesNothing: true,
  });
  expect(theirs.successes).toEqual([{ key: 'bob@example.com', type: 'EMAIL', status: 'DID_NOT_SUBSCRIBE' }]);

  const wrong = await fails('replaceMessagingSubscriptionsInSpaces', {
    params,
    body: { subscriptions: [{ key: 'x', type: 'FAX', status: 'MAYBE' }] },
  });
  expect(wrong.errors.map(({ field }) => field).sort()).toEqual(['subscriptions.0.status', 'subscriptions.0.type']);
  const many = Array.from({ length: 1_001 }, (_, n) => ({ key: `${n}@example.com`, type: 'EMAIL' }));
  for (const operation of ['replaceMessagingSubscriptionsInSpaces', 'batchQueryMessagingSubscriptionsForSpace'])
    expect((await fails(operation, { params, body: { subscriptions: many } })).status).toBe(422);
}
