import { beforeAll, describe, expect, test } from 'vitest';
import { newWorkspace, type TestApp, type TestWorkspace, testApp } from '../../../test/support/app.ts';

let app: TestApp;
let workspace: TestWorkspace;

beforeAll(async () => {
  app = await testApp();
  workspace = await newWorkspace(app);
});

async function call(method: string, path: string, payload?: object, headers?: Record<string, string>) {
  return await app.http.inject({
    method: method as 'GET',
    url: `/api/v1${path}`,
    headers: headers ?? (await workspace.keyHeaders()),
    ...(payload && { payload }),
  });
}

describe('audiences', () => {
  test('are made, listed newest first, changed and deleted', async () => {
    const options = { include_historical_data: true, backfill_event_data_days: 30 };
    const query = `trait('plan') == 'team'`;
    const made = await call('POST', '/audiences', { name: 'Team plan', query, options });
    expect(made.statusCode).toBe(201);
    const audience = made.json();
    expect(audience).toEqual({
      ...{ id: expect.any(String), key: 'team_plan', name: 'Team plan', description: null, type: 'users' },
      ...{ query, enabled: true, options, state: 'computing', size: null, sized_at: null },
      ...{ created_at: expect.any(String), updated_at: expect.any(String) },
    });
    const second = (
      await call('POST', '/audiences', { name: 'Cars', type: 'linked', query: `entity('cars').count() > 1` })
    ).json();
    expect(second.state).toBe('not_counted');
    const first = (await call('GET', '/audiences?limit=1')).json();
    expect([first.items[0].id, first.total]).toEqual([second.id, 2]);
    const next = (await call('GET', `/audiences?limit=1&cursor=${first.cursor}`)).json();
    expect(next.items[0]).toEqual(audience);

    const changed = await call('PATCH', `/audiences/${audience.id}`, { name: 'Teams', enabled: false });
    expect(changed.json()).toMatchObject({
      name: 'Teams',
      key: 'team_plan',
      enabled: false,
      state: 'disabled',
      options,
    });
    expect((await call('GET', `/audiences/${audience.id}`)).json()).toEqual(changed.json());
    expect((await call('DELETE', `/audiences/${audience.id}`)).statusCode).toBe(204);
    expect((await call('GET', `/audiences/${audience.id}`)).statusCode).toBe(404);
    expect((await call('GET', '/audiences/no-id')).statusCode).toBe(404);
  });

  test('are checked while they are written, with the place of the mistake', async () => {
    const right = await call('POST', '/audiences/check', { query: `trait('a.b') == 1 or event('E').count() > 0` });
    expect(right.json()).toEqual({
      ...{ valid: true, problem: null, printed: `trait('a.b') = 1 OR event('E').count() > 0` },
      ...{ traits: ['a'], events: ['E'] },
    });
    const wrong = await call('POST', '/audiences/check', { query: `trait('a') = 1 AND\n trait('b') ? 2` });
    expect(wrong.json()).toMatchObject({ valid: false, problem: { line: 2, column: 13, offset: 31 }, printed: null });
    const refused = await call('POST', '/audiences', { name: 'x', query: `trait('a')` });
    expect([refused.statusCode, refused.json().error.details]).toEqual([
      422,
      [{ field: 'query', message: '"query" line 1, column 11: expected a comparison, such as = or .exists()' }],
    ]);
  });

  test('have previews', async () => {
    const made = await call('POST', '/audiences/previews', { query: `trait('plan').absent()` });
    expect([made.statusCode, made.json().state]).toEqual([201, 'running']);
    const { id } = made.json();
    while ((await app.audiences.runner.runAll()) > 0);
    expect((await call('GET', `/audiences/previews/${id}`)).json()).toMatchObject({
      state: 'completed',
      size: 0,
      members: [],
    });
    const accounts = await call('POST', '/audiences/previews', { type: 'accounts', query: `ANY trait('a') = 1` });
    expect(accounts.statusCode).toBe(201);
    const linked = await call('POST', '/audiences/previews', { type: 'linked', query: `entity('a').count() > 1` });
    expect(linked.statusCode).toBe(400);
  });

  test('need their scopes', async () => {
    const reader = await workspace.keyHeaders({ scopes: ['segments:read'] });
    expect((await call('GET', '/audiences', undefined, reader)).statusCode).toBe(200);
    const denied = await call('POST', '/audiences', { name: 'x', query: `trait('a') = 1` }, reader);
    expect([denied.statusCode, denied.json().error.required]).toEqual([403, ['segments:write']]);
  });
});
