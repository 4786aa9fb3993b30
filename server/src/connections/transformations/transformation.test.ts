/** The key that properties are hashed with: shown to who may change it, and not lost when its mask comes back. */
import { expect, test } from 'vitest';
import { newWorkspace, testApp } from '../../../test/support/app.ts';

test('a key of hashes is masked for readers; the mask changes nothing and is no key', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const source = await app.connections.sources.create(w.scope(), { name: 'Kiosk' });
  const ask = async (method: 'GET' | 'POST' | 'PATCH', url: string, headers: object, payload?: object) => {
    const answer = await app.http.inject({ method, url, headers: { ...headers }, ...(payload && { payload }) });
    return { status: answer.statusCode, body: answer.json(), text: answer.body };
  };
  const hash = (key: string) => ({ algorithm: 'SHA256', key, paths: ['email'] });
  const body = {
    source_id: source.id,
    name: 'hashes',
    if: 'all',
    enabled: true,
    hash_properties: hash('pepper-1'),
  };
  const made = await ask('POST', '/api/v1/transformations', w.ownerHeaders(), body);
  expect([made.status, made.body.hash_properties]).toEqual([201, hash('pepper-1')]);
  const own = `/api/v1/transformations/${made.body.id}`;

  const reader = await w.keyHeaders({ scopes: ['workspace:read', 'sources:read'] });
  const writer = await w.keyHeaders({ scopes: ['workspace'] });
  const segments = (await ask('GET', '/transformations', writer)).body.data.transformations[0];
  expect(segments.hashPropertiesConfiguration).toEqual(hash('pepper-1'));
  const url = `/transformations/${segments.id}`;
  for (const path of [own, '/api/v1/transformations', url, '/transformations']) {
    const { status, text } = await ask('GET', path, reader);
    expect([status, text.includes('pepper-1'), text.includes('••••')], path).toEqual([200, false, true]);
  }

  const change = async (key: string) =>
    await ask('PATCH', url, writer, { hashPropertiesConfiguration: { ...hash(key), paths: ['phone'] } });
  expect((await change('••••••••')).body.data.transformation.hashPropertiesConfiguration).toEqual({
    ...hash('pepper-1'),
    paths: ['phone'],
  });
  const masked = await ask('POST', '/api/v1/transformations', w.ownerHeaders(), {
    ...body,
    hash_properties: hash('••'),
  });
  expect([masked.status, masked.text]).toEqual([422, expect.stringContaining('is masked')]);
});
