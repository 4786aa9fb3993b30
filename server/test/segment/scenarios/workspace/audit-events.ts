/** The audit trail under the vendor's names, and its frozen window. */
import { expect } from 'vitest';
import type { SegmentClient } from '../../client.ts';

export async function run({ call, fails, headers }: SegmentClient): Promise<void> {
  const { source } = await call('createSource', { body: { slug: 'shop', enabled: true, metadataId: 'IqDTy1TpoU' } });
  await call('updateSource', { params: { sourceId: source.id }, body: { name: 'Shop' } });
  await call('updateSource', { params: { sourceId: source.id }, body: { enabled: false } });
  await call('createUserGroup', { body: { name: 'Growth' } });

  const publicId = headers['authorization']?.split('_hg_')[1]?.slice(0, 8);
  const of = { resourceId: source.id };
  const { events } = await call('listAuditEvents', { query: of });
  expect(events.map((event: { type: string }) => event.type)).toEqual([
    'Source Disabled',
    'Source Modified',
    'Source Created',
  ]);
  expect(events[0]).toEqual({
    id: expect.stringMatching(/^events\/\d+$/),
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    type: 'Source Disabled',
    actor: `public-api-token/${publicId}`,
    resourceId: source.id,
    resourceType: 'source',
    resourceName: 'Shop',
  });

  // The window stays as it was while events are added.
  const first = await call('listAuditEvents', { query: { ...of, 'pagination.count': '2' } });
  expect(first.events).toEqual(events.slice(0, 2));
  expect(first.pagination).not.toHaveProperty('previous');
  const cursor = JSON.parse(Buffer.from(first.pagination.current, 'base64').toString());
  expect(cursor).toEqual({ pageToken: 'MQ==', endTime: expect.stringMatching(/Z$/) });
  await new Promise((done) => setTimeout(done, 5));
  await call('updateSource', { params: { sourceId: source.id }, body: { enabled: true } });
  const again = await call('listAuditEvents', {
    query: { ...of, 'pagination.count': '2', 'pagination.cursor': first.pagination.current },
  });
  expect(again).toEqual(first);
  const second = await call('listAuditEvents', {
    query: { ...of, 'pagination.count': '2', 'pagination.cursor': first.pagination.next },
  });
  expect(second.events).toEqual(events.slice(2));
  expect(second.pagination).not.toHaveProperty('next');
  const back = await call('listAuditEvents', {
    query: { ...of, 'pagination.count': '2', 'pagination.cursor': second.pagination.previous },
  });
  expect(back.events).toEqual(first.events);

  const typed = async (query: Record<string, string>) =>
    (await call('listAuditEvents', { query })).events.map((event: { type: string }) => event.type);
  for (const resourceType of ['user_group', 'User Groups', 'USER_GROUP']) {
    expect(await typed({ resourceType })).toEqual(['User Group Created']);
  }
  expect(await typed({ ...of, endTime: events[2].timestamp })).toEqual([]);
  expect(await typed({ startTime: '2100-01-01T00:00:00Z' })).toEqual([]);
  expect(await typed({ resourceId: 'nobody' })).toEqual([]);
  expect((await fails('listAuditEvents', { query: { startTime: 'yesterday', endTime: 'x' } })).errors).toMatchObject([
    { field: 'endTime' },
  ]);
  for (const wrong of ['x', 'Mg==', Buffer.from('{"pageToken":"x","endTime":"2026-01-01"}').toString('base64')]) {
    expect(
      (await fails('listAuditEvents', { query: { 'pagination.count': '2', 'pagination.cursor': wrong } })).errors,
    ).toMatchObject([{ field: 'pagination.cursor' }]);
  }
}
