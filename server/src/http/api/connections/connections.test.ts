/** The catalog and warehouses in our own API. */
import { expect, test } from 'vitest';
import { newWorkspace, testApp } from '../../../../test/support/app.ts';

async function start() {
  const app = await testApp();
  const workspace = await newWorkspace(app);
  const headers = await workspace.keyHeaders();
  const ask = async (method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', url: string, payload?: object) => {
    const answer = await app.http.inject({ method, url: `/api/v1${url}`, headers, ...(payload && { payload }) });
    return { status: answer.statusCode, body: answer.body === '' ? null : answer.json(), text: answer.body };
  };
  return { ask };
}

test('the catalog is searched by name and category, and read page by page to its end', async () => {
  const { ask } = await start();
  const all: string[] = [];
  let cursor: string | null = null;
  do {
    const { body } = await ask('GET', `/catalog/destinations?limit=100${cursor ? `&cursor=${cursor}` : ''}`);
    all.push(...body.items.map(({ id }: { id: string }) => id));
    ({ cursor } = body);
    if (cursor === null) expect(all).toHaveLength(body.total);
  } while (cursor !== null);
  expect(new Set(all).size).toBe(all.length);

  const { body: found } = await ask('GET', '/catalog/destinations?q=amplitude');
  expect(found.items[0].name).toMatch(/amplitude/i);
  const { body: type } = await ask('GET', `/catalog/destinations/${found.items[0].slug}`);
  expect(type).toMatchObject({ id: found.items[0].id, settings: expect.any(Array), action_types: expect.any(Array) });
  expect((await ask('GET', '/catalog/sources/javascript')).body).toMatchObject({ id: 'IqDTy1TpoU', delivers: true });
  expect((await ask('GET', '/catalog/warehouses/postgres')).body.settings).toContainEqual(
    expect.objectContaining({ name: 'password', type: 'password', required: true }),
  );
  expect((await ask('GET', '/catalog/warehouses/none')).status).toBe(404);
  expect((await ask('GET', '/catalog/destinations?cursor=made-up')).status).toBe(422);
});

test('a warehouse is made, changed, tried, fed and deleted, its password never shown', async () => {
  const { ask } = await start();
  const { body: source } = await ask('POST', '/sources', { name: 'Web' });
  const settings = { hostname: '127.0.0.1', port: '1', database: 'd', username: 'u', password: 'open sesame' };
  const made = await ask('POST', '/warehouses', { type: '55d3d3aea3c', name: 'Lake', settings });
  expect([made.status, made.text.includes('sesame')]).toEqual([201, false]);
  const path = `/warehouses/${made.body.id}`;
  expect((await ask('GET', path)).body).toEqual(made.body);
  expect((await ask('GET', '/warehouses')).body).toMatchObject({ items: [made.body], cursor: null, total: 1 });
  expect((await ask('PATCH', path, { settings: { database: 'e' }, enabled: false })).body).toMatchObject({
    enabled: false,
    settings: { database: 'e', hostname: '127.0.0.1' },
  });
  expect((await ask('POST', `${path}/try`)).body).toEqual({ state: 'FAILED' });
  expect((await ask('GET', `${path}/sources`)).body.items).toEqual([
    { id: source.id, name: 'Web', slug: 'web', enabled: true },
  ]);
  expect((await ask('DELETE', `${path}/sources/${source.id}`)).status).toBe(204);
  expect((await ask('DELETE', `${path}/sources/${source.id}`)).status).toBe(404);
  expect((await ask('PUT', `${path}/sources/${source.id}`)).status).toBe(204);
  expect((await ask('GET', `${path}/sources`)).body.total).toBe(1);
  const wrong = await ask('POST', '/warehouses', { type: 'none', settings: {} });
  expect([wrong.status, wrong.body.error.details[0].field]).toEqual([422, 'type']);
  expect((await ask('DELETE', path)).status).toBe(204);
  expect((await ask('GET', path)).status).toBe(404);
});
