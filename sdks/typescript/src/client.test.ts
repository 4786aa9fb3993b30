import { expect, expectTypeOf, test } from 'vitest';
import { createClient } from './index.ts';

/** A client whose server answers every call with what was asked of it. */
function echoing() {
  return createClient({
    baseUrl: 'https://headgate.example.test',
    apiKey: 'the-key',
    async fetch(url, init) {
      return Response.json({
        asked: `${init?.method} ${url}`,
        body: init?.body ? JSON.parse(String(init.body)) : null,
      });
    },
  });
}

test('a method asks its route with its arguments in place', async () => {
  const client = echoing();
  expect(await client.sources.list({ limit: 3 })).toMatchObject({
    asked: 'GET https://headgate.example.test/api/v1/sources?limit=3',
  });
  expect(await client.sources.update({ id: 'an-id', name: 'New' })).toEqual({
    asked: 'PATCH https://headgate.example.test/api/v1/sources/an-id',
    body: { name: 'New' },
  });
});

test('arguments and results have the types of the routes', () => {
  const client = echoing();
  expectTypeOf(client.sources.create).parameter(0).toHaveProperty('name').toEqualTypeOf<string>();
  expectTypeOf(client.sources.list).parameter(0).toBeNullable();
  expectTypeOf(client.sources.create).returns.resolves.toHaveProperty('write_key').toEqualTypeOf<string>();
  expectTypeOf(client.sources.delete).returns.resolves.toEqualTypeOf<undefined>();
  // @ts-expect-error a source needs a name
  expectTypeOf(client.sources.create).toBeCallableWith({});
  // @ts-expect-error there is no such field
  expectTypeOf(client.sources.list).toBeCallableWith({ nope: 1 });
});
