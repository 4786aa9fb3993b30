/** Segmentflow's page on authentication, statement by statement. Its own routes come later; stand-ins declare what they will. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type House, openHouse, type StandIn } from './house.ts';

const PREFIX = '/api/v1/public';

/** The page's table of scopes. */
const SCOPES = [
  'journeys:trigger',
  'journeys:read',
  'templates:read',
  'segments:read',
  'assets:write',
  'brand-kit:read',
  'broadcasts:create',
  'broadcasts:prepare',
  'broadcasts:send',
  'broadcasts:cancel',
  'broadcasts:read',
] as const;

/** Routes on which the page promises Idempotency-Key. */
const IDEMPOTENT: readonly StandIn[] = [
  { method: 'POST', url: `${PREFIX}/broadcasts`, access: { scope: 'broadcasts:create', sends: true } },
  { method: 'POST', url: `${PREFIX}/broadcasts/prepare`, access: { scope: 'broadcasts:prepare' } },
  { method: 'POST', url: `${PREFIX}/broadcasts/:id/cancel`, access: { scope: 'broadcasts:cancel' } },
  { method: 'POST', url: `${PREFIX}/journeys/:id/trigger`, access: { scope: 'journeys:trigger', sends: true } },
];

let house: House;

beforeAll(async () => {
  house = await openHouse({
    standIns: [
      { method: 'GET', url: `${PREFIX}/templates`, access: { scope: 'templates:read' } },
      { method: 'GET', url: `${PREFIX}/slow`, access: { scope: 'templates:read' }, takes: 700 },
      { method: 'POST', url: `${PREFIX}/broadcasts/send-prepared`, access: { scope: 'broadcasts:send', sends: true } },
      ...IDEMPOTENT,
    ],
  });
});

afterAll(() => house.stop());

const TEMPLATES = 'curl https://api.segmentflow.ai/api/v1/public/templates \\\n  -H "x-api-key: $KEY"';

test('a key gets a label and the scopes it needs, and is shown once, never again', async () => {
  const owner = house.w.ownerHeaders();
  const body = { name: 'production-zapier', scopes: ['templates:read'] };
  const made = await house.ask('POST', '/api/v1/api-keys', owner, body);
  expect([made.status, made.json.name, made.json.scopes]).toEqual([201, 'production-zapier', ['templates:read']]);
  for (const path of ['/api/v1/api-keys', `/api/v1/api-keys/${made.json.id}`]) {
    const answer = await house.ask('GET', path, owner);
    expect(answer.text).toContain('production-zapier');
    expect(answer.text).not.toContain(made.json.key.slice(-38));
  }
});

test('the key goes into the x-api-key header on every request', async () => {
  const KEY = await house.w.key({ scopes: ['templates:read'] });
  expect((await house.curl(TEMPLATES, { KEY })).status).toBe(200);
});

test('a missing or invalid key returns 401', async () => {
  expect((await house.ask('GET', `${PREFIX}/templates`)).status).toBe(401);
  for (const KEY of ['sk_live_...', 'nonsense', '']) expect((await house.curl(TEMPLATES, { KEY })).status).toBe(401);
});

test('a valid key without the required scope returns 403', async () => {
  const KEY = await house.w.key({ scopes: ['journeys:read'] });
  expect((await house.curl(TEMPLATES, { KEY })).status).toBe(403);
});

test('the scope picker lists every available scope, these among them, each with a description', async () => {
  const answer = await house.ask('GET', '/api/v1/scopes', house.w.ownerHeaders());
  const items: { name: string; description: string }[] = answer.json.items ?? answer.json;
  for (const scope of SCOPES) {
    expect(items.find(({ name }) => name === scope)?.description.length, scope).toBeGreaterThan(5);
  }
});

test('each key carries a fixed set of scopes', async () => {
  for (const scope of SCOPES) {
    const headers = await house.w.keyHeaders({ scopes: [scope] });
    expect((await house.ask('GET', '/api/v1/me', headers)).json.scopes).toEqual([scope]);
  }
});

test('allowSends is off by default: the scope without the flag is 403 send_not_allowed, and nothing is done', async () => {
  const made = await house.ask('POST', '/api/v1/api-keys', house.w.ownerHeaders(), {
    name: 'drafts',
    scopes: ['broadcasts:send'],
  });
  expect(made.json.may_send).toBe(false);
  house.reached.length = 0;
  const answer = await house.ask('POST', `${PREFIX}/broadcasts/send-prepared`, { 'x-api-key': made.json.key }, {});
  expect([answer.status, answer.json.error.code]).toEqual([403, 'send_not_allowed']);
  expect(house.reached).toEqual([]);
});

test('the flag without the scope is refused too; with both the call goes through', async () => {
  const flag = await house.w.keyHeaders({ scopes: ['broadcasts:read'], maySend: true });
  const answer = await house.ask('POST', `${PREFIX}/broadcasts/send-prepared`, flag, {});
  expect([answer.status, answer.json.error.code]).toEqual([403, 'insufficient_scope']);
  const both = await house.w.keyHeaders({ scopes: ['broadcasts:send'], maySend: true });
  expect((await house.ask('POST', `${PREFIX}/broadcasts/send-prepared`, both, {})).status).toBe(200);
});

test('every route that fires a message needs the flag, those of today too', async () => {
  const headers = await house.w.keyHeaders();
  const sending = house.app.http.declaredRoutes.filter((route) => route.access.sends);
  expect(sending.map(({ url }) => url)).toContain('/api/v1/emails/send');
  for (const { method, url } of sending) {
    const answer = await house.ask(method, url.replace(/:\w+/g, '1'), headers, {});
    expect([answer.status, answer.json.error.code], url).toEqual([403, 'send_not_allowed']);
  }
});

test('keys for AI drafting agents can never send', async () => {
  const body = { name: 'agent', scopes: ['broadcasts:send'], agent: true, may_send: true };
  const answer = await house.ask('POST', '/api/v1/api-keys', house.w.ownerHeaders(), body);
  expect([answer.status, answer.json.error.code]).toEqual([422, 'validation_error']);
});

test('keys never expire automatically', async () => {
  const body = { name: 'long-lived', scopes: ['templates:read'] };
  const made = await house.ask('POST', '/api/v1/api-keys', house.w.ownerHeaders(), body);
  expect(made.json).toMatchObject({ state: 'active', expires_at: null });
});

test('revoking: the request that is running completes, the next one returns 401', async () => {
  const owner = house.w.ownerHeaders();
  const made = await house.ask('POST', '/api/v1/api-keys', owner, { name: 'leaked', scopes: ['templates:read'] });
  const headers = { 'x-api-key': made.json.key };
  const running = house.ask('GET', `${PREFIX}/slow`, headers);
  await expect.poll(() => house.reached.includes(`GET ${PREFIX}/slow`)).toBe(true);
  expect((await house.ask('DELETE', `/api/v1/api-keys/${made.json.id}`, owner)).status).toBe(204);
  expect((await house.ask('GET', `${PREFIX}/templates`, headers)).status).toBe(401);
  expect((await running).status).toBe(200);
});

describe.each(IDEMPOTENT)('Idempotency-Key on $method $url', ({ method, url }) => {
  const path = url.replace(':id', 'one');

  test('the same key with the same body replays the original answer instead of acting twice', async () => {
    const headers = { ...(await house.w.keyHeaders({ maySend: true })), 'idempotency-key': randomUUID() };
    house.reached.length = 0;
    const first = await house.ask(method, path, headers, { to: 'all' });
    const again = await house.ask(method, path, headers, { to: 'all' });
    expect([first.status, first.headers.get('idempotent-replayed')]).toEqual([200, null]);
    expect([again.status, again.text, again.headers.get('idempotent-replayed')]).toEqual([200, first.text, 'true']);
    expect(house.reached).toEqual([`${method} ${url}`]);
  });

  test('a different body returns 422 idempotency_key_reuse', async () => {
    const headers = { ...(await house.w.keyHeaders({ maySend: true })), 'idempotency-key': randomUUID() };
    await house.ask(method, path, headers, { to: 'all' });
    house.reached.length = 0;
    const other = await house.ask(method, path, headers, { to: 'some' });
    expect([other.status, other.json.error.code]).toEqual([422, 'idempotency_key_reuse']);
    expect(house.reached).toEqual([]);
  });
});

test('without an Idempotency-Key a repeated call acts twice', async () => {
  const headers = await house.w.keyHeaders();
  house.reached.length = 0;
  for (let n = 0; n < 2; n++) await house.ask('POST', `${PREFIX}/broadcasts/prepare`, headers, {});
  expect(house.reached).toHaveLength(2);
});
