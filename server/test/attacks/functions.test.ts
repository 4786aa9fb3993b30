/**
 * Attack list 31 (docs/security.md): functions by way of the doors. What their code tries against the sandbox alone is in
 * src/connections/functions/sandbox/limits.test.ts.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp, newWorkspace, type TestApp, type TestWorkspace } from '../support/app.ts';
import { type Receiver, startReceiver } from '../support/peers/receiver.ts';

/** Reaches public addresses only, as an installation does by default. */
let app: TestApp;
/** May reach this machine. */
let open: TestApp;
let receiver: Receiver;

beforeAll(async () => {
  app = await buildApp({ env: { HEADGATE_ALLOW_PRIVATE_NETWORK: 'false' } });
  open = await buildApp({});
  receiver = await startReceiver();
}, 180_000);

afterAll(async () => {
  await receiver.stop();
  await app.stop();
  await open.stop();
});

interface Place {
  readonly w: TestWorkspace;
  readonly headers: Record<string, string>;
  /** Runs `code` as the handler of a track event. */
  run(code: string, settings?: object): Promise<{ result: unknown; error: { name: string; message: string } | null }>;
}

async function placeIn(on: TestApp, environment: 'live' | 'test' = 'live'): Promise<Place> {
  const w = await newWorkspace(on);
  const headers = await w.keyHeaders({ environment });
  const post = async (path: string, payload: object) =>
    (await on.http.inject({ method: 'POST', url: `/api/v1/functions${path}`, headers, payload })).json();
  const { id } = await post('', { kind: 'destination', name: 'Attack', code: '1' });
  return {
    w,
    headers,
    run: (code, settings = {}) =>
      post(`/${id}/preview`, {
        event: { type: 'track' },
        settings,
        code: `async function onTrack(event, settings) { ${code} }`,
      }),
  };
}

const fetching = (url: string, rest = '') => `const r = await fetch(${JSON.stringify(url)}${rest}); return r.status`;

describe('attack row 31: a fetch into the private network', () => {
  test.each([
    'http://127.0.0.1:1/',
    'http://localhost:1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://[::1]/',
    'http://[::ffff:7f00:1]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://10.0.0.1/',
    'http://0/',
    'file:///etc/passwd',
    'data:text/plain,x',
    'http://user:password@example.com/',
  ])('%s is refused', async (url) => {
    for (const environment of ['live', 'test'] as const) {
      const { run } = await placeIn(app, environment);
      const { error, result } = await run(fetching(url));
      expect([error?.name, result]).toEqual(['TypeError', null]);
      expect(error?.message).toMatch(/^fetch failed: /);
    }
  });

  test('headers that are the connection’s own are not sent, and none that break out of their line', async () => {
    const { run } = await placeIn(open);
    const rest = `, { method: 'POST', body: '{}', headers: { Host: 'other.example', 'Content-Length': '999',
      'Transfer-Encoding': 'chunked', Connection: 'upgrade', 'X-Own': 'kept' } }`;
    expect((await run(fetching(receiver.url, rest))).result).toBe(200);
    const [sent] = receiver.calls;
    expect(sent?.headers).toMatchObject({ host: new URL(receiver.url).host, 'content-length': '2', 'x-own': 'kept' });
    expect(sent?.headers).not.toHaveProperty('transfer-encoding');
    for (const headers of [{ 'X-A': 'a\r\nX-B: b' }, { 'X-A\r\nX-B': 'b' }, { 'X-A': 'a\u0000' }, { '': 'a' }]) {
      const { error } = await run(fetching(receiver.url, `, { headers: ${JSON.stringify(headers)} }`));
      expect(error?.message).toMatch(/^fetch failed: the header .* is not valid$/);
    }
    const method = await run(fetching(receiver.url, ", { method: 'CONNECT' }"));
    expect(method.error?.message).toMatch(/^fetch failed: the method must be one of/);
    expect(receiver.calls).toHaveLength(1);
  });

  test('in the test environment nothing leaves: it is captured', async () => {
    const { run, headers } = await placeIn(open, 'test');
    const before = receiver.calls.length;
    expect((await run(fetching(receiver.url, ", { method: 'POST', body: '{}', headers: { a: '1' } }"))).result).toBe(
      200,
    );
    expect(receiver.calls).toHaveLength(before);
    const { items } = (await open.http.inject({ url: '/api/v1/sandbox', headers })).json();
    expect(items).toMatchObject([{ kind: 'http', summary: `POST ${receiver.url}` }]);
    const item = (await open.http.inject({ url: `/api/v1/sandbox/${items[0].id}`, headers })).json();
    expect(item.content).toMatchObject({ method: 'POST', body: '{}', headers: { a: '1' } });
  });
});

test('attack row 31: of the process and its secrets nothing is in reach', async () => {
  const { run } = await placeIn(open);
  process.env['A_SECRET_OF_THE_PROCESS'] = 'seen';
  const { result } = await run(`
    const found = [];
    for (const name of Object.getOwnPropertyNames(globalThis)) {
      try { found.push(name + ' ' + String(globalThis[name]) + ' ' + JSON.stringify(globalThis[name])); } catch {}
    }
    return found.join('\\n');`);
  delete process.env['A_SECRET_OF_THE_PROCESS'];
  for (const secret of ['seen', open.secret, 'process', '/server/', 'postgres']) expect(result).not.toContain(secret);
});

test('attack row 31: one workspace’s run leaves nothing for another’s', async () => {
  const [one, other] = [await placeIn(open), await placeIn(open)];
  const leave = 'globalThis.left = settings.secret; Object.prototype.left = settings.secret; return 1';
  const look = 'return [typeof globalThis.left, ({}).left ?? null]';
  for (let n = 0; n < 5; n++) {
    expect((await one.run(leave, { secret: 'of the first' })).result).toBe(1);
    expect((await other.run(look)).result).toEqual(['undefined', null]);
  }
});

test('attack row 31: sealed settings are in no answer, no audit entry and no row in clear', async () => {
  const { w, headers } = await placeIn(open);
  const secret = 'a secret that is in no answer';
  const call = async (method: 'GET' | 'POST' | 'PATCH', url: string, payload?: object) => {
    const answer = await open.http.inject({ method, url, headers, ...(payload && { payload }) });
    expect(answer.statusCode, `${method} ${url} ${answer.body}`).toBeLessThan(300);
    expect(answer.body).not.toContain(secret);
    return answer.json();
  };
  const definition = { name: 'value', label: 'Value', description: '', type: 'STRING', required: true };
  const source = await call('POST', '/api/v1/sources', { name: 'Web' });
  const { data } = await call('POST', '/functions', {
    code: '1',
    displayName: 'Sealed',
    resourceType: 'INSERT_SOURCE',
    settings: [{ ...definition, sensitive: true }],
  });
  const { data: sources } = await call('GET', '/sources');
  const { data: made } = await call('POST', '/insert-function-instances', {
    functionId: data.function.catalogId,
    integrationId: sources.sources[0].id,
    name: 'Sealed',
    settings: { value: secret },
  });
  expect(source.id).toEqual(expect.any(String));
  const at = `/insert-function-instances/${made.insertFunctionInstance.id}`;
  await call('PATCH', at, { settings: { value: `${secret} again` } });
  await call('GET', at);
  await call('GET', `/insert-function-instances?functionId=${data.function.id}`);
  await call('PATCH', `/functions/${data.function.id}`, { settings: [{ ...definition, sensitive: false }] });
  await call('GET', at);
  await call('GET', '/api/v1/audit?limit=50');
  const rows = await open.database.db
    .selectFrom('function_instances')
    .selectAll()
    .where('workspace_id', '=', w.workspace.id)
    .execute();
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows) + rows[0]?.settings_sealed.toString('latin1')).not.toContain(secret);
});

test('attack row 31: a loop, a bomb and a flood through the door end, and the server goes on', async () => {
  const { run, headers } = await placeIn(open);
  const began = Date.now();
  expect((await run('for (;;) {}')).error?.name).toBe('Timeout');
  expect((await run('const all = []; for (;;) all.push(new ArrayBuffer(1e6))')).error?.name).toBe('OutOfMemory');
  expect((await run('return "x".repeat(2e6)')).error?.name).toBe('TooMuchOutput');
  expect((await run(`for (let n = 0; n < 500; n++) console.log('x'.repeat(1000)); return 1`)).result).toBe(1);
  expect(Date.now() - began).toBeLessThan(20_000);
  const statuses = await Promise.all(
    Array.from({ length: 30 }, async () => {
      const payload = { kind: 'source', name: `n${Math.random()}`, code: '('.repeat(100_000) };
      return (await open.http.inject({ method: 'POST', url: '/api/v1/functions', headers, payload })).statusCode;
    }),
  );
  for (const status of statuses) expect([422, 429]).toContain(status);
  expect(statuses).toContain(422);
  // Code whose parsing takes time that grows with its square.
  const code = `function f() { ${Array.from({ length: 40_000 }, (_, n) => `let v${n};`).join('')} }`;
  const slow = { kind: 'source', name: 'Slow', code };
  const answer = await open.http.inject({ method: 'POST', url: '/api/v1/functions', headers, payload: slow });
  expect([answer.statusCode, answer.json().error.message]).toEqual([422, '"code" does not parse: takes too long']);
  expect((await open.http.inject({ url: '/api/v1/functions', headers })).statusCode).toBe(200);
});
