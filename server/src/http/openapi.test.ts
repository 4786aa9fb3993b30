import { expect, test } from 'vitest';
import { testApp } from '../../test/support/app.ts';
import { isScopeName } from '../access/scopes.ts';

interface Operation {
  operationId: string;
  tags?: string[];
  summary?: string;
  security: Record<string, unknown>[];
  'x-scope'?: string;
  responses: Record<string, unknown>;
}

async function operations(): Promise<{ id: string; path: string; operation: Operation }[]> {
  const { http } = await testApp();
  const answer = await http.inject('/openapi.json');
  expect(answer.statusCode).toBe(200);
  const document = answer.json();
  expect(document.openapi).toBe('3.1.0');
  return Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(([path, methods]) =>
    Object.values(methods).map((operation) => ({ id: operation.operationId, path, operation })),
  );
}

test('every operation has a name of its own, a tag and a summary', async () => {
  const all = await operations();
  expect(all.length).toBeGreaterThan(20);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  for (const { id, operation } of all) {
    expect(id).toMatch(/^[a-zA-Z]+\.[a-zA-Z]+$/);
    expect(operation.tags, id).toHaveLength(1);
    expect(operation.summary, id).toBeTruthy();
  }
});

test('an operation names its scope and its credentials', async () => {
  const all = new Map((await operations()).map(({ id, operation }) => [id, operation]));
  expect(all.get('sources.list')).toMatchObject({
    'x-scope': 'sources:read',
    security: [{ bearer: [] }, { apiKey: [] }],
  });
  expect(all.get('health.alive')?.security).toEqual([]);
  for (const [id, operation] of all) {
    const scope = operation['x-scope'];
    if (scope !== undefined) expect(isScopeName(scope), id).toBe(true);
    if (operation.security.length > 0 && !id.startsWith('tracking.'))
      expect(operation.responses, id).toHaveProperty('4XX');
  }
});

test('prefixed second mounts are not documented twice', async () => {
  for (const { path } of await operations())
    expect(path).not.toMatch(/^\/(segment|segmentflow|subscribeflow|segops)\//);
});
