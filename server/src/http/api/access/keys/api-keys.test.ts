import { expect, test } from 'vitest';
import { newWorkspace, type TestApp, testApp } from '../../../../../test/support/app.ts';
import { SCOPE_NAMES } from '../../../../access/scopes.ts';

function post(app: TestApp, headers: Record<string, string>, payload: object) {
  return app.http.inject({ method: 'POST', url: '/api/v1/api-keys', headers, payload });
}

function list(app: TestApp, headers: Record<string, string>, query = '') {
  return app.http.inject({ method: 'GET', url: `/api/v1/api-keys${query}`, headers });
}

test('a new key is shown once, works with its scopes, and is listed without its secret', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const payload = { name: 'Mailer', scopes: ['emails:send', 'templates:read'], environment: 'test', may_send: true };
  const made = await post(app, w.ownerHeaders(), payload);
  expect(made.statusCode, made.body).toBe(201);
  expect(made.headers['cache-control']).toBe('no-store');
  const { key, ...rest } = made.json();
  expect(rest).toMatchObject({ ...payload, full_access: false, created_by: w.owner.email, revoked_at: null });
  expect(rest.warning).toBeUndefined();
  const me = await app.http.inject({ url: '/api/v1/me', headers: { 'x-api-key': key } });
  expect(me.json()).toMatchObject({ scopes: payload.scopes, environment: 'test', may_send: true });
  await app.access.flushUsage();
  const listed = await list(app, w.ownerHeaders());
  expect(listed.json()).toMatchObject({ total: 1, cursor: null, items: [{ id: rest.id, name: 'Mailer' }] });
  expect(listed.json().items[0].last_used_at).toMatch(/\+00:00$/);
  expect(listed.body).not.toContain(key.slice(19));
});

test('without scopes a key has full access, may not send, and the answer warns', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  for (const scopes of [undefined, [], ['*']]) {
    const made = (await post(app, w.ownerHeaders(), { name: 'all', ...(scopes && { scopes }) })).json();
    expect(made).toMatchObject({ full_access: true, may_send: false, scopes: [], environment: 'live' });
    expect(made.warning).toContain('everything');
    const me = await app.http.inject({ url: '/api/v1/me', headers: { 'x-api-key': made.key } });
    expect(me.json()).toMatchObject({ scopes: SCOPE_NAMES, may_send: false });
  }
});

test('wrong bodies are 422 and name what is wrong; an unknown scope is named', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const unknown = await post(app, w.ownerHeaders(), { name: 'n', scopes: ['emails:send', 'emails:sned'] });
  expect(unknown.statusCode).toBe(422);
  expect(unknown.json().error.message).toContain('"emails:sned"');
  const bodies = [
    {},
    { name: '' },
    { name: 5 },
    { name: 'x'.repeat(201) },
    { name: 'a\u0000b' },
    { name: 'n', scopes: 'emails:send' },
    { name: 'n', scopes: ['*', 'emails:send'] },
    { name: 'n', scopes: ['__proto__'] },
    { name: 'n', environment: 'prod' },
    { name: 'n', may_send: 'true' },
    // There is no import: a key that somebody chose could be guessed.
    { name: 'n', key: 'a-16-letter-key!' },
    { name: 'n', lineage: 'AAAAAAAA' },
    { name: 'n', rotated_from: 1, quarantined_at: null, revision: 1, secret_id: 'x' },
    { name: 'n', workspace_id: w.workspace.id },
    { name: 'n', hash: 'x', id: 1, public_id: 'AAAAAAAA', created_by_user_id: w.owner.id },
  ];
  for (const body of bodies) {
    const answer = await post(app, w.ownerHeaders(), body);
    expect(answer.statusCode, JSON.stringify(body)).toBe(422);
    expect(answer.json().error.details.length).toBeGreaterThan(0);
  }
  expect((await list(app, w.ownerHeaders())).json().total).toBe(0);
});

test("a key's rights and environment bound the keys it makes", async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const headers = await w.keyHeaders({ scopes: ['api-keys:manage', 'events:read'], environment: 'test' });
  const more = await post(app, headers, { name: 'n', scopes: ['events:read', 'emails:send'] });
  expect(more.statusCode).toBe(403);
  expect(more.json().error).toMatchObject({ code: 'insufficient_scope', required: ['emails:send'] });
  expect((await post(app, headers, { name: 'n' })).json().error.code).toBe('insufficient_scope');
  expect((await post(app, headers, { name: 'n', scopes: ['events:read'], environment: 'live' })).statusCode).toBe(403);
  const sending = await post(app, headers, { name: 'n', scopes: ['events:read'], may_send: true });
  expect(sending.json().error.code).toBe('send_not_allowed');
  const child = await post(app, headers, { name: 'n', scopes: ['events:read'] });
  expect(child.json()).toMatchObject({ environment: 'test', created_by: 'API key test key' });
});

test('a key sees and revokes only keys of its own environment, and nobody those of another workspace', async () => {
  const app = await testApp();
  const [w, other] = [await newWorkspace(app), await newWorkspace(app)];
  const live = (await post(app, w.ownerHeaders(), { name: 'live' })).json();
  const test = (await post(app, w.ownerHeaders(), { name: 'test', environment: 'test' })).json();
  expect((await list(app, { 'x-api-key': test.key })).json()).toMatchObject({ total: 1, items: [{ name: 'test' }] });
  expect((await list(app, w.ownerHeaders('test'))).json().total).toBe(2);
  expect((await list(app, other.ownerHeaders())).json().total).toBe(0);

  const remove = (headers: Record<string, string>, id: string | number, root = '/api/v1/api-keys') =>
    app.http.inject({ method: 'DELETE', url: `${root}/${id}`, headers });
  const nowhere = await remove(other.ownerHeaders(), '0190a0a0-0000-7000-8000-000000000000');
  for (const answer of [
    await remove(other.ownerHeaders(), live.id),
    await remove({ 'x-api-key': test.key }, live.id),
    await remove(other.ownerHeaders(), 'not-an-id'),
    await remove(other.ownerHeaders(), `${live.id}%00`),
  ]) {
    expect(answer.statusCode).toBe(404);
    expect(answer.body).toBe(nowhere.body);
  }
  expect((await remove(other.ownerHeaders(), live.number, '/api/auth/api-keys')).statusCode).toBe(404);
  expect((await app.http.inject({ url: '/api/v1/me', headers: { 'x-api-key': live.key } })).statusCode).toBe(200);
  expect((await remove(w.ownerHeaders(), live.id)).statusCode).toBe(204);
  expect((await remove(w.ownerHeaders(), live.id)).statusCode).toBe(204);
  expect((await app.http.inject({ url: '/api/v1/me', headers: { 'x-api-key': live.key } })).statusCode).toBe(401);
  const items: { name: string; revoked_at: string | null }[] = (await list(app, w.ownerHeaders())).json().items;
  expect(items.map((item) => [item.name, item.revoked_at !== null])).toEqual([
    ['test', false],
    ['live', true],
  ]);
});

test('pages of keys come newest first, miss none and repeat none', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  for (let i = 0; i < 7; i++) await w.key();
  const seen: number[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: string = cursor === '' ? '?limit=3' : `?limit=3&cursor=${cursor}`;
    const page: { items: { number: number }[]; cursor: string | null } = (
      await list(app, w.ownerHeaders(), query)
    ).json();
    seen.push(...page.items.map((item) => item.number));
    cursor = page.cursor;
  }
  expect(seen).toHaveLength(7);
  expect(seen).toEqual([...new Set(seen)].sort((a, b) => b - a));
  for (const query of [
    '?limit=0',
    '?limit=101',
    '?cursor=x',
    `?cursor=${Buffer.from('["a"]').toString('base64url')}`,
  ]) {
    expect((await list(app, w.ownerHeaders(), query)).statusCode, query).toBe(422);
  }
});

test('every scope is listed with what it allows', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const answer = await app.http.inject({ url: '/api/v1/scopes', headers: w.ownerHeaders() });
  const items: { name: string; description: string; group: string; reads: boolean }[] = answer.json().items;
  expect(items.map((item) => item.name)).toEqual(SCOPE_NAMES);
  for (const item of items) expect(item.description.length * item.group.length).toBeGreaterThan(0);
});
