import { expect, test } from 'vitest';
import { newWorkspace, type TestApp, testApp } from '../../../test/support/app.ts';
import { eventOf } from '../../../test/support/events.ts';
import { inTransaction, type Scope } from '../../db/tx.ts';
import { storeStage } from '../../events/pipeline/store.ts';
import type { Batch, TrackedEvent } from '../../events/types.ts';

type Parts = Parameters<typeof eventOf>[1];

/** Runs events through the identity stage and stores them, as the pipeline does. */
async function track(app: TestApp, scope: Scope, ...list: Parts[]): Promise<TrackedEvent[]> {
  const batch: Batch = { events: list.map((parts, i) => eventOf(scope, parts, i)), refused: [] };
  await inTransaction(app.database.db, async (tx) => {
    await app.people.stage.run(tx, batch);
    await storeStage.run(tx, batch);
  });
  return batch.events;
}

test('people are listed, found, and shown with identifiers, traits and events', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const headers = await w.keyHeaders({ scopes: ['profiles:read'] });
  const get = async (path: string) => (await app.http.inject({ url: `/api/v1/people${path}`, headers })).json();
  expect(await get('')).toEqual({ items: [], cursor: null, total: 0 });

  const traits = { email: 'mira@example.org', name: 'Mira Keel', age: 34, vip: true, 'odd\nname': null };
  const [first] = await track(app, w.scope(), { userId: 'u1', anonymousId: 'a1', traits }, { userId: 'u2' });
  const id = first?.profileId;
  const page = await get('?limit=1');
  expect(page).toMatchObject({ total: 2, items: [{ user_id: 'u2', name: null, email: null, identifiers_count: 1 }] });
  const next = await get(`?limit=1&cursor=${page.cursor}`);
  expect(next.items).toEqual([
    {
      id,
      name: 'Mira Keel',
      email: 'mira@example.org',
      user_id: 'u1',
      identifiers_count: 3,
      first_seen_at: '2026-03-01T12:00:00.000+00:00',
      last_seen_at: '2026-03-01T12:00:00.000+00:00',
    },
  ]);
  expect((await get('?q=MIRA%40')).items).toMatchObject([{ id }]);
  expect((await get('?q=%25')).total).toBe(0);
  expect((await get('?q=%20')).total).toBe(2);
  expect(await get(`/${id}`)).toEqual({
    ...next.items[0],
    identifiers: [
      { type: 'anonymous_id', value: 'a1' },
      { type: 'email', value: 'mira@example.org' },
      { type: 'user_id', value: 'u1' },
    ],
    traits,
  });
});

test("a person's events are newest first, with those of everyone merged into the person", async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const headers = w.ownerHeaders();
  const [before] = await track(app, w.scope(), { anonymousId: 'a' });
  await new Promise((done) => setTimeout(done, 2));
  const [user] = await track(app, w.scope(), { userId: 'u' });
  const [joined] = await track(app, w.scope(), { userId: 'u', anonymousId: 'a' });
  await track(app, w.scope(), { userId: 'other' });
  expect(user?.profileId).not.toBe(before?.profileId);
  for (const id of [before?.profileId, user?.profileId]) {
    const events = (await app.http.inject({ url: `/api/v1/people/${id}/events?limit=2`, headers })).json();
    expect(events.total).toBe(3);
    expect(events.items.map((item: { id: string }) => item.id)).toEqual([String(joined?.id), String(user?.id)]);
    const url = `/api/v1/people/${id}/events?limit=2&cursor=${events.cursor}`;
    const rest = (await app.http.inject({ url, headers })).json();
    expect(rest.items.map((item: { id: string }) => item.id)).toEqual([String(before?.id)]);
    expect(rest.cursor).toBeNull();
  }
});

test('401 without a key, 403 without profiles:read, 404 for a stranger, 422 for a made-up cursor', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const [event] = await track(app, w.scope(), { userId: 'u' });
  const paths = ['/api/v1/people', `/api/v1/people/${event?.profileId}`, `/api/v1/people/${event?.profileId}/events`];
  const status = async (url: string, headers: Record<string, string>) =>
    (await app.http.inject({ url, headers })).statusCode;
  const unscoped = await w.keyHeaders({ scopes: ['events:read'] });
  const strangers = [(await newWorkspace(app)).ownerHeaders(), await w.keyHeaders({ environment: 'test' })];
  for (const [i, url] of paths.entries()) {
    expect(await status(url, {})).toBe(401);
    expect(await status(url, unscoped)).toBe(403);
    expect(await status(url, w.ownerHeaders())).toBe(200);
    for (const stranger of strangers) expect(await status(url, stranger)).toBe(i === 0 ? 200 : 404);
  }
  for (const stranger of strangers) {
    const list = await app.http.inject({ url: '/api/v1/people', headers: stranger });
    expect(list.json().total).toBe(0);
  }
  const nobody = '00000000-0000-0000-0000-000000000000';
  for (const key of [[], ['x', 'y'], [1, 'y'], [1e17, 'y'], ['2026', nobody], [-8.64e15, nobody]]) {
    const cursor = Buffer.from(JSON.stringify(key)).toString('base64url');
    expect(await status(`/api/v1/people?cursor=${cursor}`, w.ownerHeaders())).toBe(422);
    expect(await status(`${paths[2]}?cursor=${cursor}`, w.ownerHeaders())).toBe(422);
  }
  expect(await status('/api/v1/people?q=%00', w.ownerHeaders())).toBe(200);
});
