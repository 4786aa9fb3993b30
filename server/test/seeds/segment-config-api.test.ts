/** Segment's Config API overview, statement by statement. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, type House, openHouse, signIn } from './house.ts';

let house: House;
let jwt: string;

beforeAll(async () => {
  house = await openHouse();
  jwt = (await signIn(house)).access;
});

afterAll(() => house.stop());

function create(access: object, authorization = `Bearer ${jwt}`): Promise<Answer> {
  const access_token = { workspace_names: [`workspaces/${house.w.workspace.slug}`], ...access };
  return house.ask('POST', '/v1beta/access-tokens', { authorization }, { access_token });
}

async function tokenOf(access: object): Promise<string> {
  return (await create(access)).json.token;
}

test('the access token goes into the Authorization header; the quick start answers the workspaces as documented', async () => {
  const ACCESS_TOKEN = await tokenOf({ description: 'quick start', scopes: 'workspace' });
  const answer = await house.curl(
    `$ curl \\
  -X GET \\
  -H "Authorization: Bearer $ACCESS_TOKEN" \\
  https://platform.segmentapis.com/v1beta/workspaces`,
    { ACCESS_TOKEN },
  );
  expect(answer.status).toBe(200);
  expect(answer.json).toEqual({
    workspaces: [
      {
        name: `workspaces/${house.w.workspace.slug}`,
        display_name: expect.any(String),
        id: expect.any(String),
        create_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      },
    ],
    next_page_token: '',
  });
});

test('the same works for a client that is pointed at /segment-config', async () => {
  const authorization = `Bearer ${await tokenOf({ description: 'prefix', scopes: 'workspace:read' })}`;
  const answer = await house.ask('GET', '/segment-config/v1beta/workspaces', { authorization });
  expect([answer.status, answer.json.workspaces.length]).toEqual([200, 1]);
});

test('access tokens are created by workspace owners', async () => {
  for (const role of ['admin', 'member', 'viewer'] as const) {
    const { authorization } = await house.w.memberHeaders(role);
    const answer = await create({ description: role, scopes: 'workspace' }, authorization);
    expect([answer.status, answer.json], role).toEqual([403, { error: 'insufficient scope', code: 7 }]);
  }
  expect((await create({ description: 'by the owner', scopes: 'workspace' })).status).toBe(200);
});

test('a token has a description, a workspace, and owner or member access', async () => {
  const made = await create({ description: 'Production scripts', scopes: 'workspace', role: 'owner' });
  expect(made.json).toMatchObject({
    description: 'Production scripts',
    workspace_names: [`workspaces/${house.w.workspace.slug}`],
    scopes: 'workspace',
  });
  expect((await create({ scopes: 'workspace' })).json).toMatchObject({ code: 3 });
  expect((await create({ description: 'x', scopes: 'workspace', workspace_names: [] })).json).toMatchObject({
    code: 3,
  });
  const owner = `Bearer ${made.json.token}`;
  const member = `Bearer ${await tokenOf({ description: 'member', scopes: 'workspace', role: 'member' })}`;
  for (const authorization of [owner, member]) {
    expect((await house.ask('GET', '/v1beta/workspaces', { authorization })).status).toBe(200);
  }
  // A member works in the workspace; who may enter it is the owner's.
  expect((await create({ description: 'another', scopes: 'workspace' }, member)).json).toEqual({
    error: 'insufficient scope',
    code: 7,
  });
});

test('a token can only access what it has permission to: the read-only one writes nothing, and sees one workspace', async () => {
  const authorization = `Bearer ${await tokenOf({ description: 'reads', scopes: 'workspace:read' })}`;
  expect((await house.ask('GET', '/v1beta/workspaces', { authorization })).status).toBe(200);
  const refused = await house.ask('DELETE', '/v1beta/access-tokens/1', { authorization });
  expect([refused.status, refused.json]).toEqual([403, { error: 'insufficient scope', code: 7 }]);
  const elsewhere = await house.ask('GET', '/v1beta/workspaces/elsewhere', { authorization });
  expect([elsewhere.status, elsewhere.json.code]).toEqual([404, 5]);
});

test('the plain text of a token cannot be retrieved later', async () => {
  const made = await create({ description: 'shown once', scopes: 'workspace' });
  const { token, name } = made.json;
  const authorization = `Bearer ${token}`;
  for (const path of ['/v1beta/access-tokens', `/v1beta/${name}`, '/api/v1/api-keys', '/api/auth/api-keys/']) {
    const answer = await house.ask('GET', path, { authorization });
    expect(answer.status, path).toBe(200);
    expect(answer.text, path).not.toContain(token);
    expect(answer.text, path).not.toContain(token.slice(-38));
  }
});

test('if you lose the token you can generate a new one, and delete the old one', async () => {
  const lost = (await create({ description: 'lost', scopes: 'workspace' })).json;
  const next = await tokenOf({ description: 'found', scopes: 'workspace' });
  const gone = await house.ask('DELETE', `/v1beta/${lost.name}`, { authorization: `Bearer ${next}` });
  expect([gone.status, gone.json]).toEqual([200, {}]);
  const refused = await house.ask('GET', '/v1beta/workspaces', { authorization: `Bearer ${lost.token}` });
  expect([refused.status, refused.json.code]).toEqual([401, 16]);
});

test('you can use the Public API and Config API in parallel: one token opens both', async () => {
  const authorization = `Bearer ${await tokenOf({ description: 'both', scopes: 'workspace:read' })}`;
  const config = await house.ask('GET', '/v1beta/workspaces', { authorization });
  const open = await house.ask('GET', '/', { authorization });
  expect(open.json.data.workspace.id).toBe(config.json.workspaces[0].id);
});

test('200 requests a minute, then 429 with code 8', async () => {
  const authorization = `Bearer ${await tokenOf({ description: 'busy', scopes: 'workspace:read' })}`;
  const statuses = new Map<number, number>();
  let refused: Answer | undefined;
  for (let n = 0; n < 210; n++) {
    const path = n % 2 === 0 ? '/v1beta/workspaces' : '/segment-config/v1beta/workspaces';
    const answer = await house.ask('GET', path, { authorization });
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    if (answer.status === 429) refused = answer;
  }
  // A minute may begin meanwhile.
  expect(statuses.get(200)).toBeGreaterThanOrEqual(200);
  expect(statuses.get(200)).toBeLessThanOrEqual(205);
  expect(refused?.json).toEqual({ error: expect.any(String), code: 8 });
  expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
});
