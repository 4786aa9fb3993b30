/** SegOps's page on API keys, statement by statement. */
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type House, openHouse, signIn } from './house.ts';

let house: House;
let JWT: string;

beforeAll(async () => {
  house = await openHouse();
  JWT = (await signIn(house)).access;
});

afterAll(() => house.stop());

/** The page's line with its tenant renamed to one that exists here. */
const CREATE = () => `curl -X POST https://api.segops.ai/api/auth/api-keys/ \\
  -H "Authorization: Bearer $JWT" \\
  -H "Content-Type: application/json" \\
  -d '{
    "name": "Production Ingestor",
    "tenant_slug": "${house.w.workspace.slug}"
  }'`;

async function newKey(): Promise<{ id: number; key: string }> {
  return (await house.curl(CREATE(), { JWT })).json;
}

const me = (headers: Record<string, string>) => house.ask('GET', '/api/v1/me', headers);

test('JWT: short-lived (60 min), obtained by logging in with email and password', async () => {
  const { iat = 0, exp = 0 } = decodeJwt(JWT);
  expect(exp - iat).toBe(3_600);
  expect((await me({ authorization: `Bearer ${JWT}` })).status).toBe(200);
  const { email } = house.w.owner;
  const refused = await house.ask('POST', '/api/auth/token/', {}, { email, password: 'wrong' });
  expect([refused.status, Object.keys(refused.json)]).toEqual([401, ['detail']]);
});

test('JWT: requires periodic refresh', async () => {
  const { refresh } = await signIn(house);
  const renewed = await house.ask('POST', '/api/auth/token/refresh/', {}, { refresh });
  expect(renewed.status).toBe(200);
  expect((await me({ authorization: `Bearer ${renewed.json.access}` })).status).toBe(200);
});

test('API key: long-lived, keys do not expire automatically', async () => {
  const { id } = await newKey();
  const listed = await house.ask('GET', '/api/v1/api-keys', { authorization: `Bearer ${JWT}` });
  const key = listed.json.items.find((item: { number: number }) => item.number === id);
  expect(key).toMatchObject({ expires_at: null, state: 'active' });
});

test('API key: tenant-scoped', async () => {
  const { key } = await newKey();
  const answer = await me({ authorization: `ApiKey ${key}` });
  expect(answer.json.workspace.slug).toBe(house.w.workspace.slug);
  // It cannot be used for another tenant, whatever the request says.
  const other = await me({ authorization: `ApiKey ${key}`, 'x-organization-id': 'another' });
  expect(other.json.workspace.slug).toBe(house.w.workspace.slug);
});

test('the create call answers id, name and the key, which is shown once', async () => {
  const answer = await house.curl(CREATE(), { JWT });
  expect(answer.status).toBe(201);
  expect(answer.json).toEqual({
    id: expect.any(Number),
    name: 'Production Ingestor',
    key: expect.stringMatching(/^sk_live_/),
  });
  for (const path of ['/api/auth/api-keys/', '/api/v1/api-keys']) {
    const listed = await house.ask('GET', path, { authorization: `Bearer ${JWT}` });
    expect(listed.text).toContain('Production Ingestor');
    expect(listed.text).not.toContain(answer.json.key.slice(-38));
  }
});

test('creating a key requires a JWT or a key that may manage keys', async () => {
  const refused = await house.curl(CREATE(), { JWT: '' });
  expect(refused.status).toBe(401);
  const slug = house.w.workspace.slug;
  const body = { name: 'n', tenant_slug: slug };
  const narrow = await house.w.keyHeaders({ scopes: ['events:write'] });
  expect((await house.ask('POST', '/api/auth/api-keys/', narrow, body)).status).toBe(403);
});

test('all API keys start with sk_ and go into the Authorization header as ApiKey', async () => {
  const { key } = await newKey();
  expect(key.startsWith('sk_')).toBe(true);
  expect((await me({ authorization: `ApiKey ${key}` })).status).toBe(200);
});

test('revocation is immediate: the key returns 401 on its next use', async () => {
  const { id, key } = await newKey();
  expect((await me({ authorization: `ApiKey ${key}` })).status).toBe(200);
  const line = `curl -X DELETE https://api.segops.ai/api/auth/api-keys/${id}/ -H "Authorization: Bearer $JWT"`;
  expect((await house.curl(line, { JWT })).status).toBe(204);
  expect((await me({ authorization: `ApiKey ${key}` })).status).toBe(401);
});

test('separate keys for each environment: what one makes the other does not see', async () => {
  const live = await house.w.keyHeaders();
  const staging = await house.w.keyHeaders({ environment: 'test' });
  const template = { name: 'Seen by one', slug: 'seen-by-one', subject: 's', html: '<p>h</p>' };
  expect((await house.ask('POST', '/api/v1/templates', staging, template)).status).toBe(201);
  expect((await house.ask('GET', '/api/v1/templates', live)).text).not.toContain('Seen by one');
});

test('rotate regularly: a successor takes over while the old key still works', async () => {
  const { key, id } = await newKey();
  const owner = { authorization: `Bearer ${JWT}` };
  const listed = await house.ask('GET', '/api/v1/api-keys', owner);
  const uuid = listed.json.items.find((item: { number: number }) => item.number === id).id;
  const rotated = await house.ask('POST', `/api/v1/api-keys/${uuid}/rotate`, owner, {});
  expect(rotated.status, rotated.text).toBe(201);
  for (const text of [key, rotated.json.key]) expect((await me({ authorization: `ApiKey ${text}` })).status).toBe(200);
  expect(rotated.json.previous).toMatchObject({ state: 'retiring', retires_at: expect.any(String) });
});

test('key names say which service uses each key', async () => {
  await newKey();
  const listed = await house.ask('GET', '/api/auth/api-keys/', { authorization: `Bearer ${JWT}` });
  expect(listed.json.results[0]).toMatchObject({ name: 'Production Ingestor', prefix: expect.stringContaining('sk_') });
});

test('there IS a way to detect unauthorized usage after the fact: each use and each refusal is in the usage log', async () => {
  const { id, key } = await newKey();
  const thief = { authorization: `ApiKey ${key}`, 'user-agent': 'thief/1.0' };
  await house.ask('GET', '/api/v1/people', thief);
  const owner = { authorization: `Bearer ${JWT}` };
  await house.ask('DELETE', `/api/auth/api-keys/${id}/`, owner);
  await house.ask('GET', '/api/v1/people', thief);
  const listed = await house.ask('GET', '/api/v1/api-keys', owner);
  const uuid = listed.json.items.find((item: { number: number }) => item.number === id).id;
  const used = async () =>
    (await house.ask('GET', `/api/v1/usage?key_id=${uuid}`, owner)).json.items.map(
      (item: { route: string; status: number; denied: boolean; ip: string; user_agent: string }) => [
        item.route,
        item.status,
        item.denied,
        item.ip,
        item.user_agent,
      ],
    );
  await expect.poll(used, { timeout: 10_000 }).toEqual([
    ['/api/v1/people', 401, true, '127.0.0.1', 'thief/1.0'],
    ['/api/v1/people', 200, false, '127.0.0.1', 'thief/1.0'],
  ]);
});
