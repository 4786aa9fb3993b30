import { expect, test } from 'vitest';
import { buildApp, newWorkspace, testApp } from '../../test/support/app.ts';
import { createReadiness } from '../readiness.ts';

test('a living process says so, and a ready one too, to anybody', async () => {
  const { http, opened } = await testApp();
  expect((await http.inject('/healthz')).json()).toEqual({ status: 'ok' });
  opened();
  const ready = await http.inject('/readyz');
  expect(ready.statusCode).toBe(200);
  expect(ready.json()).toEqual({ status: 'ready', reason: null });
});

test('a drain makes the process unready before it stops', async () => {
  const readiness = createReadiness({ db: (await testApp()).database.db });
  expect(await readiness.notReady()).toBe('starting');
  readiness.open();
  expect(await readiness.notReady()).toBeNull();
  readiness.drain();
  expect(await readiness.notReady()).toBe('shutting down');
});

test('a database that is away makes the process unready and leaves it alive', async () => {
  const app = await testApp();
  const away = {
    ...app.database,
    db: app.database.db.withTables<Record<never, never>>().withSchema('no_such_schema'),
  };
  const readiness = createReadiness({
    // Every statement of a destroyed pool fails, as with a server that is gone.
    db: new Proxy(away.db, {
      get(target, name) {
        if (name === 'getExecutor') throw new Error('connection refused');
        return Reflect.get(target, name);
      },
    }) as unknown as typeof app.database.db,
  });
  readiness.open();
  expect(await readiness.notReady()).toBe('the database does not answer');
});

test('metrics count requests by door, route pattern and status, never by URL', async () => {
  const app = await buildApp({});
  const workspace = await newWorkspace(app);
  const headers = await workspace.keyHeaders({ scopes: ['sources:read'] });
  await app.http.inject({ url: '/api/v1/sources/0195c0de-0000-7000-8000-000000000000', headers });
  await app.http.inject({ url: '/no/such/path' });
  const { body, headers: answered } = await app.http.inject('/metrics');
  expect(answered['content-type']).toContain('text/plain');
  expect(body).toContain(
    'headgate_http_request_duration_seconds_count{door="api",method="GET",route="/api/v1/sources/:id",status="404"} 1',
  );
  expect(body).toContain('route="none",status="404"} 1');
  expect(body).not.toContain('0195c0de');
  expect(body).not.toContain('/no/such');
  await app.stop();
});
