import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { buildApp, newWorkspace, type TestApp, testApp } from '../../../test/support/app.ts';
import { makeKey } from '../../access/keys/check/format.ts';
import { handleApiError } from '../api/conventions.ts';
import { createHttpServer } from '../server.ts';
import { useCredentials } from './credentials.ts';

/** One path of each door, and where its error text stands. */
const DOORS = ['/api/v1/me', '/subscribeflow/api/v1/me', '/api/auth/api-keys/', '/segops/api/auth/api-keys/'];

function get(app: TestApp, url: string, headers: Record<string, string>) {
  return app.http.inject({ method: 'GET', url, headers });
}

/** How often a connection was taken from the pool while `work` ran. */
async function queries(app: TestApp, work: () => Promise<unknown>): Promise<number> {
  const before = app.database.pool.taken();
  await work();
  return app.database.pool.taken() - before;
}

test('a key is the same in all three headers at every door', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const key = await w.key({ scopes: ['api-keys:manage'], environment: 'test' });
  for (const url of DOORS) {
    for (const headers of [
      { authorization: `Bearer ${key}` },
      { authorization: `ApiKey ${key}` },
      { 'x-api-key': key },
      { authorization: `bearer  ${key} ` },
      { authorization: `Bearer ${key}`, 'x-api-key': key },
    ]) {
      expect((await get(app, url, { ...headers })).statusCode, `${url} ${Object.keys(headers)}`).toBe(200);
    }
  }
});

test('without a credential every door asks for one, with no error to explain', async () => {
  const app = await testApp();
  for (const url of DOORS) {
    const answer = await get(app, url, {});
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="headgate"');
    expect(answer.json().detail).toContain('API key');
  }
});

test('a wrong credential is 401 invalid_token at every door', async () => {
  const app = await testApp();
  const unknown = makeKey('live').text;
  const w = await newWorkspace(app);
  for (const url of DOORS) {
    for (const headers of [
      { authorization: `Bearer ${unknown}` },
      { 'x-api-key': unknown },
      { 'x-api-key': 'x' },
      { 'x-api-key': '' },
      { 'x-api-key': w.ownerToken },
      { authorization: `ApiKey ${w.ownerToken}` },
      { authorization: 'Bearer' },
      { authorization: 'Bearer not-a-token' },
      { authorization: `Basic ${Buffer.from(`${unknown}:`).toString('base64')}` },
      { authorization: unknown },
      { authorization: `Bearer ${(await w.key()).slice(0, -1)}` },
    ]) {
      const answer = await get(app, url, { ...headers });
      expect(answer.statusCode, JSON.stringify(headers)).toBe(401);
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="headgate", error="invalid_token"');
    }
  }
});

test('two different credentials are refused, in any combination', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const [a, b] = [await w.key(), await w.key()];
  for (const headers of [
    { authorization: `Bearer ${a}`, 'x-api-key': b },
    { authorization: `ApiKey ${a}`, 'x-api-key': b },
    { authorization: `Bearer ${w.ownerToken}`, 'x-api-key': b },
    { authorization: 'Basic eDp5', 'x-api-key': b },
  ]) {
    const answer = await get(app, '/api/v1/me', headers);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().error.code).toBe('conflicting_credentials');
  }
});

test('a key in the URL is refused even when it is valid and the path is public or unknown', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const key = await w.key();
  const urls = [
    `/api/v1/me?api_key=${key}`,
    `/api/v1/me?token=${key.replaceAll('_', '%5F')}`,
    `/api/v1/${key}`,
    `/healthz?k=${key}`,
    `/nowhere?k=${key}`,
    // What cannot be decoded elsewhere in the URL hides nothing.
    `/api/v1/me?x=%zz&k=${key.replaceAll('_', '%5f')}`,
    `/api/v1/me?x=%ff&k=${key.replaceAll('_', '%5F')}`,
  ];
  for (const url of urls) {
    const answer = await get(app, url, { authorization: `Bearer ${key}` });
    expect(answer.statusCode, url.replace(key, '<key>')).toBe(400);
    expect(answer.json().error.code).toBe('credential_in_url');
    expect(answer.body).not.toContain(key.slice(19));
  }
});

test('a missing scope is 403 and named in the message, the body and the header', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const answer = await get(app, '/api/v1/api-keys', await w.keyHeaders({ scopes: ['events:read'] }));
  expect(answer.statusCode).toBe(403);
  expect(answer.json().error).toMatchObject({
    code: 'insufficient_scope',
    message: 'This call needs the scope api-keys:manage.',
    required: ['api-keys:manage'],
  });
  expect(answer.headers['www-authenticate']).toBe(
    'Bearer realm="headgate", error="insufficient_scope", scope="api-keys:manage"',
  );
});

test('credentials are checked before the body is read', async () => {
  const app = await testApp();
  const broken = { method: 'POST' as const, url: '/api/v1/api-keys', payload: '{"name":' };
  const headers = { 'content-type': 'application/json' };
  expect((await app.http.inject({ ...broken, headers })).statusCode).toBe(401);
  const w = await newWorkspace(app);
  const weak = { ...headers, ...(await w.keyHeaders({ scopes: ['events:read'] })) };
  expect((await app.http.inject({ ...broken, headers: weak })).statusCode).toBe(403);
});

test('forged keys and tokens, however well formed, cost no query', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const good = await w.key();
  expect(await queries(app, () => get(app, '/api/v1/me', { 'x-api-key': good }))).toBeGreaterThan(0);
  await app.access.refreshKeys();
  const knownId = good.slice(0, 19);
  const cost = await queries(app, async () => {
    for (let i = 0; i < 300; i++) {
      const forged = makeKey('live').text;
      expect((await get(app, '/api/v1/scopes', { 'x-api-key': forged })).statusCode).toBe(401);
    }
    await get(app, '/api/v1/scopes', { 'x-api-key': knownId + 'A'.repeat(38) });
    await get(app, '/api/v1/scopes', { authorization: `Bearer ${w.ownerToken.slice(0, -3)}AAA` });
    expect((await get(app, '/api/v1/scopes', { 'x-api-key': good })).statusCode).toBe(200);
  });
  expect(cost).toBe(0);
});

test('a revoked key is refused from the next request on, and says so only to who has it', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const key = await w.key();
  const found = await get(app, '/api/v1/me', { 'x-api-key': key });
  const { number } = found.json().key;
  const gone = await app.http.inject({
    method: 'DELETE',
    url: `/api/auth/api-keys/${number}/`,
    headers: w.ownerHeaders(),
  });
  expect(gone.statusCode).toBe(204);
  const refused = await get(app, '/api/v1/me', { 'x-api-key': key });
  expect(refused.statusCode).toBe(401);
  expect(refused.json().error.code).toBe('api_key_revoked');
});

test('roles: owner and admin manage keys, a member works, a viewer only reads', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const status = async (role: 'owner' | 'admin' | 'member' | 'viewer', method: 'GET' | 'POST', url: string) => {
    const headers = await w.memberHeaders(role);
    return (
      await app.http.inject({
        method,
        url,
        headers,
        ...(method === 'POST' && { payload: { name: 'n', ...(url.endsWith('keys') && { scopes: ['events:read'] }) } }),
      })
    ).statusCode;
  };
  for (const role of ['owner', 'admin'] as const) expect(await status(role, 'POST', '/api/v1/api-keys')).toBe(201);
  for (const role of ['member', 'viewer'] as const) {
    expect(await status(role, 'GET', '/api/v1/api-keys')).toBe(403);
    expect(await status(role, 'POST', '/api/v1/api-keys')).toBe(403);
    expect(await status(role, 'GET', '/api/v1/sources')).toBe(200);
  }
  expect(await status('member', 'POST', '/api/v1/sources')).toBe(201);
  expect(await status('viewer', 'POST', '/api/v1/sources')).toBe(403);
  const viewer = await get(app, '/api/v1/me', await w.memberHeaders('viewer'));
  expect(viewer.json()).toMatchObject({ role: 'viewer', may_send: false });
});

test('a user picks the environment and one of their own workspaces by header', async () => {
  const app = await testApp();
  const [w, other] = [await newWorkspace(app), await newWorkspace(app)];
  expect((await get(app, '/api/v1/me', w.ownerHeaders('test'))).json().environment).toBe('test');
  const named = { ...w.ownerHeaders(), 'x-organization-id': w.workspace.id };
  expect((await get(app, '/api/v1/me', named)).json().workspace.id).toBe(w.workspace.id);
  const bySlug = { ...w.ownerHeaders(), 'x-headgate-workspace': w.workspace.slug };
  expect((await get(app, '/api/v1/me', bySlug)).statusCode).toBe(200);
  for (const id of [other.workspace.id, other.workspace.slug, 'nowhere', "' or 1=1 --"]) {
    expect((await get(app, '/api/v1/me', { ...w.ownerHeaders(), 'x-organization-id': id })).statusCode).toBe(403);
  }
  const wrong = await get(app, '/api/v1/me', { ...w.ownerHeaders(), 'x-headgate-environment': 'prod' });
  expect(wrong.statusCode).toBe(400);
  // A key has its own workspace and environment, whatever a header says.
  const key = await w.key({ environment: 'test' });
  const headers = { 'x-api-key': key, 'x-organization-id': other.workspace.id, 'x-headgate-environment': 'live' };
  expect((await get(app, '/api/v1/me', headers)).json()).toMatchObject({
    environment: 'test',
    workspace: { id: w.workspace.id },
  });
});

test('no log line holds a key, a token or a password, at any level', async () => {
  let logged = '';
  const sink = new Writable({
    write(chunk, _encoding, done) {
      logged += chunk;
      done();
    },
  });
  const app = await buildApp({ log: pino({ level: 'trace' }, sink) });
  try {
    const w = await newWorkspace(app);
    const key = await w.key();
    const secrets = [key.slice(19, 51), w.ownerToken, w.owner.password];
    const sign = (password: string) =>
      app.http.inject({ method: 'POST', url: '/api/auth/token/', payload: { email: w.owner.email, password } });
    const session = (await sign(w.owner.password)).json();
    secrets.push(session.refresh, session.access);
    await sign(`${w.owner.password}!`);
    for (const url of [...DOORS, `/api/v1/me?api_key=${key}`, '/nowhere', `/api/v1/${key}`]) {
      await get(app, url, { 'x-api-key': key });
      await get(app, url, { authorization: `Bearer ${w.ownerToken}` });
      await get(app, url, { authorization: `Bearer ${w.ownerToken}x` });
    }
    const created = await app.http.inject({
      method: 'POST',
      url: '/api/v1/api-keys',
      headers: w.ownerHeaders(),
      payload: { name: 'n' },
    });
    secrets.push(created.json().key.slice(19, 51));
    await app.http.inject({ method: 'POST', url: '/api/auth/token/refresh/', payload: { refresh: session.refresh } });
    await app.http.inject({ method: 'POST', url: '/api/auth/token/refresh/', payload: { refresh: session.refresh } });
    expect(logged.length).toBeGreaterThan(500);
    for (const secret of secrets) expect(logged.includes(secret)).toBe(false);
  } finally {
    await app.access.stop();
  }
});

test('what can make a message leave needs a caller that may send, whatever its scopes', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const http = createHttpServer({ log: pino({ level: 'silent' }), trustedProxies: [] });
  http.setErrorHandler(handleApiError);
  useCredentials(http, app.access);
  http.route({
    method: 'POST',
    url: '/send',
    config: { access: { scope: 'emails:send', sends: true } },
    handler: async () => ({ sent: true }),
  });
  const send = async (headers: Record<string, string>) => {
    const answer = await http.inject({ method: 'POST', url: '/send', headers });
    return answer.statusCode === 200 ? 'sent' : answer.json().error.code;
  };
  expect(await send(await w.keyHeaders())).toBe('send_not_allowed');
  expect(await send(await w.keyHeaders({ scopes: ['emails:send'] }))).toBe('send_not_allowed');
  expect(await send(await w.keyHeaders({ scopes: ['emails:read'], maySend: true }))).toBe('insufficient_scope');
  expect(await send(await w.keyHeaders({ scopes: ['emails:send'], maySend: true }))).toBe('sent');
  expect(await send(await w.memberHeaders('viewer'))).toBe('insufficient_scope');
  expect(await send(await w.memberHeaders('member'))).toBe('sent');
  await http.close();
});

test('a stream ends soon after its key is revoked or its session signed out', async () => {
  const app = await buildApp({});
  const address = await app.http.listen({ port: 0, host: '127.0.0.1' });
  try {
    const w = await newWorkspace(app);
    const key = await w.key({ scopes: ['events:read'] });
    const watch = async (credential: string): Promise<{ ended: Promise<string> }> => {
      const answer = await fetch(`${address}/api/v1/events/stream`, {
        headers: { authorization: `Bearer ${credential}` },
      });
      expect(answer.status).toBe(200);
      return { ended: answer.text() };
    };
    const streams = [await watch(key), await watch(w.ownerToken)];
    const me = await get(app, '/api/v1/me', { 'x-api-key': key });
    const lastUse = async () => {
      await app.access.flushUsage();
      const of = app.database.db.selectFrom('api_key_usage').where('key_id', '=', me.json().key.number);
      return (await of.select('last_used_at').executeTakeFirstOrThrow()).last_used_at.getTime();
    };
    // As long as it goes on, it is a use of its key.
    const before = await lastUse();
    await expect.poll(lastUse, { timeout: 20_000 }).toBeGreaterThan(before);
    await app.http.inject({
      method: 'DELETE',
      url: `/api/auth/api-keys/${me.json().key.number}`,
      headers: w.ownerHeaders(),
    });
    await app.http.inject({ method: 'POST', url: '/api/auth/logout', headers: w.ownerHeaders(), payload: {} });
    for (const { ended } of streams) expect(await ended).toContain('event: ready');
  } finally {
    await app.stop();
  }
});
