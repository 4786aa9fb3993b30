/** The usage log through the doors: what is in it for every kind of caller and refusal, and what is not. */
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { newWorkspace, type TestApp, type TestWorkspace, testApp } from '../../../../../test/support/app.ts';
import { idempotencyDigest } from '../../../../access/usage/log/chunk.ts';

let app: TestApp;
let workspace: TestWorkspace;
let owner: Record<string, string>;

beforeAll(async () => {
  app = await testApp();
  workspace = await newWorkspace(app);
  owner = workspace.ownerHeaders();
});

type Json = Record<string, unknown>;
interface Entry extends Json {
  id: string;
  time: string;
  route: string;
  status: number;
  caller: { kind: string; id: string; public_id: string | null };
}

interface MadeKey {
  id: string;
  key: string;
  public_id: string;
  headers: Record<string, string>;
}

async function makeKey(body: object = {}): Promise<MadeKey> {
  const payload = { name: 'watched', scopes: ['sources:read', 'people:read'].slice(0, 1), ...body };
  const answer = await app.http.inject({ method: 'POST', url: '/api/v1/api-keys', headers: owner, payload });
  if (answer.statusCode !== 201) throw new Error(answer.body);
  const made = answer.json();
  return { ...made, headers: { 'x-api-key': made.key, 'user-agent': 'watcher/1.0' } };
}

async function ask(path: string, headers: Record<string, string>, options: object = {}) {
  return await app.http.inject({ url: `/api/v1${path}`, headers, ...options });
}

/** The answer of a usage call of the owner, after everything is written. */
async function usage<T = Json>(path: string, headers = owner): Promise<T> {
  await app.access.usage.flush();
  const answer = await ask(path, headers);
  if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.body}`);
  return answer.json();
}

async function entriesOf(key: MadeKey, query = ''): Promise<Entry[]> {
  return (await usage<{ items: Entry[] }>(`/usage?key_id=${key.id}${query}`)).items;
}

test('there is a way to detect unauthorized usage after the fact: a leaked key is revoked and what it did is read', async () => {
  const leaked = await makeKey({ scopes: ['sources:read', 'api-keys:manage'] });
  const from = new Date().toISOString();
  // Somebody finds it, lists the sources twice, makes a key of his own and tries what it cannot do.
  const thief = { headers: { ...leaked.headers, 'user-agent': 'thief/6.6' }, remoteAddress: '203.0.113.66' };
  await app.http.inject({ url: '/api/v1/sources', ...thief });
  await app.http.inject({ url: '/api/v1/sources?limit=1', ...thief });
  const payload = { name: 'hidden child', scopes: ['sources:read'] };
  const child = (await app.http.inject({ method: 'POST', url: '/api/v1/api-keys', ...thief, payload })).json();
  expect((await app.http.inject({ url: '/api/v1/people', ...thief })).statusCode).toBe(403);
  const revoked = await ask(`/api-keys/${leaked.id}`, owner, { method: 'DELETE' });
  expect(revoked.statusCode).toBe(204);
  expect((await app.http.inject({ url: '/api/v1/sources', ...thief })).statusCode).toBe(401);

  const to = new Date(Date.now() + 1).toISOString();
  const summary = await usage(`/api-keys/${leaked.id}/usage/summary?from=${from}&to=${to}`);
  expect(summary).toMatchObject({
    requests: 5,
    denied: 2,
    sends: 0,
    statuses: { 200: 2, 201: 1, 401: 1, 403: 1 },
    codes: { insufficient_scope: 1, api_key_revoked: 1 },
    ips: [{ ip: '203.0.113.66', requests: 5, denied: 2 }],
    user_agents: [{ user_agent: 'thief/6.6', requests: 5 }],
    children: [{ id: child.id, name: 'hidden child', revoked_at: null }],
    countries: null,
  });
  const entries = await entriesOf(leaked, `&from=${from}&to=${to}`);
  expect(entries.map(({ method, route, status }) => `${method} ${route} ${status}`)).toEqual([
    'GET /api/v1/sources 401',
    'GET /api/v1/people 403',
    'POST /api/v1/api-keys 201',
    'GET /api/v1/sources 200',
    'GET /api/v1/sources 200',
  ]);
  expect(entries[0]?.caller).toMatchObject({ kind: 'key', id: leaked.id, public_id: leaked.public_id });
});

describe('every denied request with a known key is there with its key', () => {
  const cases: Record<string, () => Promise<[MadeKey, string, number, object?]>> = {
    insufficient_scope: async () => [await makeKey(), '/people', 403],
    send_not_allowed: async () => [
      await makeKey({ scopes: ['emails:send'] }),
      '/emails/send',
      403,
      { method: 'POST', payload: {} },
    ],
    api_key_revoked: async () => {
      const key = await makeKey();
      await ask(`/api-keys/${key.id}`, owner, { method: 'DELETE' });
      return [key, '/sources', 401];
    },
    api_key_expired: async () => {
      const key = await makeKey();
      await sql`update api_keys set expires_at = now() - interval '1 hour',
        revision = (select revision + 1 from access_revision) where uuid = ${key.id}`.execute(app.database.db);
      await sql`update access_revision set revision = revision + 1`.execute(app.database.db);
      await app.access.refreshKeys();
      return [key, '/sources', 401];
    },
    address_not_allowed: async () => [await makeKey({ allowed_ips: ['192.0.2.0/24'] }), '/sources', 403],
    api_key_quarantined: async () => {
      const key = await makeKey({ scopes: ['sources:write'] });
      const reason = { reason: 'looks odd' };
      await ask(`/api-keys/${key.id}/quarantine`, owner, { method: 'POST', payload: reason });
      return [key, '/sources', 403, { method: 'POST', payload: { name: 'mine' } }];
    },
    not_found: async () => [await makeKey(), '/sources/00000000-0000-7000-8000-000000000000', 404],
    validation_error: async () => [await makeKey(), '/sources?limit=0', 422],
  };
  test.each(Object.keys(cases))('%s', async (code) => {
    const [key, path, status, options] = (await cases[code]?.()) ?? [];
    if (!key || !path) throw new Error('no case');
    const answer = await ask(path, key.headers, options);
    expect(answer.statusCode).toBe(status);
    const entries = await entriesOf(key);
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({
      status,
      code,
      caller: { id: key.id },
      denied: status === 401 || status === 403,
    });
  });

  test('a canary key', async () => {
    const key = await makeKey({ scopes: undefined, canary: true });
    expect((await ask('/sources', key.headers)).statusCode).toBe(403);
    expect(await entriesOf(key)).toMatchObject([{ status: 403, denied: true, caller: { id: key.id } }]);
  });

  test('rate_limit_exceeded', async () => {
    const key = await makeKey({ rate_per_minute: 1 });
    await ask('/sources', key.headers);
    const answer = await ask('/sources', key.headers);
    expect(answer.statusCode).toBe(429);
    const [entry] = await entriesOf(key);
    expect(entry).toMatchObject({ status: 429, code: 'rate_limit_exceeded', denied: true });
  });
});

test('users and keys of SegOps are there too, with rows, bytes, scope and operation', async () => {
  const key = await makeKey({ scopes: ['api-keys:manage'] });
  const answer = await app.http.inject({ url: '/api/auth/api-keys/', headers: key.headers });
  const rows = answer.json().results?.length ?? answer.json().length;
  const [entry] = await entriesOf(key);
  expect(entry).toMatchObject({
    status: 200,
    rows,
    bytes: answer.body.length,
    scope: 'api-keys:manage',
    environment: 'live',
    user_agent: 'watcher/1.0',
    id: answer.headers['x-request-id'] ?? entry?.id,
  });
  await ask('/sources', owner);
  const byUser = await usage<{ items: Entry[] }>(`/usage?user_id=${workspace.owner.id}&route=GET%20/api/v1/sources`);
  expect(byUser.items[0]?.caller).toMatchObject({ kind: 'user', id: workspace.owner.id, label: workspace.owner.email });
});

test('a stream without an end is there from its beginning', async () => {
  const key = await makeKey({ scopes: ['events:read'] });
  const url = await app.http.listen({ port: 0, host: '127.0.0.1' }).catch(() => {
    const address = app.http.server.address();
    return typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : '';
  });
  const stop = new AbortController();
  const answer = await fetch(`${url}/api/v1/events/stream`, { headers: key.headers, signal: stop.signal });
  expect(answer.status).toBe(200);
  expect(await entriesOf(key)).toMatchObject([{ route: '/api/v1/events/stream', status: 200 }]);
  stop.abort();
  await answer.body?.cancel().catch(() => {});
  expect(await entriesOf(key)).toHaveLength(1);
});

test('no credential, no path, no query string and no idempotency key is stored (attack list 5)', async () => {
  const key = await makeKey({ scopes: [] });
  const secret = 'canary-of-a-secret';
  const id = '00000000-0000-7000-8000-00000000abcd';
  const agent = `curl ${key.key}`;
  const headers = { ...key.headers, 'user-agent': agent, 'idempotency-key': secret, referer: `https://x/${secret}` };
  await ask(`/sources/${id}?note=${secret}`, headers);
  await ask(`/templates/${secret}`, { ...headers, 'user-agent': `x Bearer ${secret}` });
  await ask('/people', { ...headers, cookie: `s=${secret}` }, { query: { q: secret } });
  const entries = await entriesOf(key);
  expect(entries).toHaveLength(3);
  const text = JSON.stringify(entries);
  expect(text).not.toContain(secret);
  expect(text).not.toContain(key.key);
  expect(entries.at(-1)).toMatchObject({
    object_id: id,
    idempotency_digest: idempotencyDigest(secret),
    user_agent: '[a credential]',
  });
  expect(entries[1]).toMatchObject({ object_id: null, route: '/api/v1/templates/:id' });
});

test('filters by status class, route, address and time; pages newest first', async () => {
  const key = await makeKey();
  for (let n = 0; n < 5; n++) {
    await app.http.inject({ url: '/api/v1/sources', headers: key.headers, remoteAddress: `198.51.100.${n % 2}` });
  }
  await ask('/people', key.headers);
  expect(await entriesOf(key, '&status=4xx')).toHaveLength(1);
  expect(await entriesOf(key, '&route=GET%20/api/v1/sources')).toHaveLength(5);
  expect(await entriesOf(key, '&ip=198.51.100.1')).toHaveLength(2);
  expect(await entriesOf(key, '&from=2020-01-01T00:00:00Z&to=2020-12-31T00:00:00Z')).toHaveLength(0);
  const all: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const page: { items: Entry[]; cursor: string | null } = await usage(`/usage?key_id=${key.id}&limit=2${query}`);
    all.push(...page.items.map((entry) => entry.id));
    cursor = page.cursor;
  }
  expect(all).toHaveLength(6);
  expect(new Set(all).size).toBe(6);
  for (const path of ['/usage?from=x', '/usage?cursor=abc', '/usage?status=9xx', '/usage?bogus=1', '/usage?route=a']) {
    expect((await ask(path, owner)).statusCode, path).toBe(422);
  }
});

test('least privilege: what a key uses of what it has, and what a narrower twin would need', async () => {
  const key = await makeKey({ scopes: ['sources:read', 'sources:write', 'profiles:read'] });
  for (const remoteAddress of ['192.0.2.7', '198.51.100.1', '198.51.100.2', '198.51.100.3', '2001:db8::5']) {
    await app.http.inject({ url: '/api/v1/sources', headers: key.headers, remoteAddress });
  }
  await ask('/templates', key.headers);
  const report = await usage(`/api-keys/${key.id}/least-privilege?days=7`);
  expect(report).toMatchObject({
    days: 7,
    granted: ['sources:read', 'sources:write', 'profiles:read'],
    used: [{ scope: 'sources:read', requests: 5 }],
    unused: ['sources:write', 'profiles:read'],
    suggested: {
      scopes: ['sources:read'],
      allowed_ips: ['192.0.2.7/32', '198.51.100.0/24', '2001:db8:0:0::/64'],
      may_send: false,
    },
    shadow: { refused: 0, last_at: null },
  });
});

test('the shadow set reports what a narrower key would have refused, and refuses nothing', async () => {
  const key = await makeKey({ scopes: ['sources:read', 'templates:read'] });
  await sql`update api_keys set shadow_scopes = '{sources:read}',
    revision = (select revision + 1 from access_revision) where uuid = ${key.id}`.execute(app.database.db);
  await sql`update access_revision set revision = revision + 1`.execute(app.database.db);
  await app.access.refreshKeys();
  await ask('/sources', key.headers);
  expect((await ask('/templates', key.headers)).statusCode).toBe(200);
  expect(await usage(`/api-keys/${key.id}/least-privilege`)).toMatchObject({
    shadow: {
      refused: 1,
      scopes: [{ scope: 'templates:read', requests: 1 }],
      routes: [{ route: 'GET /api/v1/templates', requests: 1 }],
    },
  });
  expect((await entriesOf(key))[0]).toMatchObject({ shadow_refusal: 'templates:read', status: 200 });
});

test('keys that nobody used are listed, used and revoked ones are not', async () => {
  const [never, used, gone] = [await makeKey(), await makeKey(), await makeKey()];
  await sql`update api_keys set created_at = now() - interval '200 days'
    where uuid in (${never.id}, ${used.id}, ${gone.id})`.execute(app.database.db);
  await ask('/sources', used.headers);
  await app.access.flushUsage();
  await ask(`/api-keys/${gone.id}`, owner, { method: 'DELETE' });
  const { items } = await usage<{ items: Entry[] }>('/usage/unused-keys?days=90');
  const ids = items.map((item) => item.id);
  expect(ids).toContain(never.id);
  expect(ids).not.toContain(used.id);
  expect(ids).not.toContain(gone.id);
});

test('refusals of nobody known are counted by network, door and code, and take no row each', async () => {
  const headers = { 'x-api-key': `sk_live_hg_${'x'.repeat(46)}` };
  const before = app.database.pool.taken();
  for (let n = 0; n < 50; n++) {
    await app.http.inject({ url: '/api/v1/sources', headers, remoteAddress: `192.0.2.${n}` });
  }
  expect(app.database.pool.taken()).toBe(before);
  await app.access.usage.flush();
  const { rows } = await sql`
    select door, code, sum(requests)::int as requests from usage_denials
    where network = '192.0.2/24' group by 1, 2`.execute(app.database.db);
  expect(rows).toContainEqual({ door: 'api', code: 'invalid_api_key', requests: 50 });
});

test('a viewer, a member and a key without usage:read may not look', async () => {
  for (const headers of [
    await workspace.memberHeaders('viewer'),
    await workspace.memberHeaders('member'),
    await workspace.keyHeaders({ scopes: ['sources:read'] }),
  ]) {
    expect((await ask('/usage', headers)).statusCode).toBe(403);
  }
});
