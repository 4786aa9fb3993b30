import { expect, test } from 'vitest';
import { newWorkspace, type TestApp, type TestWorkspace, testApp } from '../../../test/support/app.ts';

const token = (w: TestWorkspace, rest: object = {}) => ({
  access_token: {
    description: 'nightly sync',
    scopes: 'workspace',
    workspace_names: [`workspaces/${w.workspace.slug}`],
    ...rest,
  },
});

async function start(): Promise<{ app: TestApp; w: TestWorkspace }> {
  const app = await testApp();
  return { app, w: await newWorkspace(app) };
}

function post(app: TestApp, payload: object | string, headers: Record<string, string>, prefix = '') {
  return app.http.inject({ method: 'POST', url: `${prefix}/v1beta/access-tokens`, headers, payload });
}

test('the workspace of the token, as a list of one and by its slug or id, at both mounts', async () => {
  const { app, w } = await start();
  const headers = await w.keyHeaders({ scopes: ['workspace:read'] });
  for (const prefix of ['', '/segment-config']) {
    const listed = await app.http.inject({ url: `${prefix}/v1beta/workspaces?&page_size=10&page_token=`, headers });
    expect(listed.statusCode).toBe(200);
    const [workspace] = listed.json().workspaces;
    expect(listed.json()).toEqual({
      workspaces: [
        {
          name: `workspaces/${w.workspace.slug}`,
          display_name: `Workspace ${w.workspace.slug}`,
          id: expect.stringMatching(/^[0-9A-Za-z]{22}$/),
          create_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        },
      ],
      next_page_token: '',
    });
    for (const name of [w.workspace.slug, workspace.id]) {
      const one = await app.http.inject({ url: `${prefix}/v1beta/workspaces/${name}`, headers });
      expect([one.statusCode, one.json()]).toEqual([200, workspace]);
    }
  }
});

test('errors are exactly a text and the number of gRPC', async () => {
  const { app, w } = await start();
  const all = await w.keyHeaders();
  const read = await w.keyHeaders({ scopes: ['workspace:read'] });
  const ask = async (method: 'GET' | 'POST' | 'DELETE', path: string, headers: object, payload?: object | string) => {
    const answer = await app.http.inject({
      method,
      url: `/v1beta${path}`,
      headers: { ...headers },
      ...(payload !== undefined && { payload }),
    });
    expect(Object.keys(answer.json()).sort(), answer.body).toEqual(['code', 'error']);
    return [answer.statusCode, answer.json().code];
  };
  expect(await ask('GET', '/workspaces', {})).toEqual([401, 16]);
  expect(await ask('GET', '/workspaces', { authorization: 'Bearer abc' })).toEqual([401, 16]);
  expect(await ask('DELETE', '/access-tokens/1', read)).toEqual([403, 7]);
  expect(await ask('GET', '/workspaces/elsewhere', all)).toEqual([404, 5]);
  expect(await ask('GET', '/access-tokens/999999999', all)).toEqual([404, 5]);
  expect(await ask('GET', '/access-tokens/x', all)).toEqual([404, 5]);
  expect(await ask('GET', '/nothing', all)).toEqual([404, 5]);
  expect(await ask('GET', '/access-tokens?page_token=%00', all)).toEqual([400, 3]);
  expect(await ask('GET', '/access-tokens?page_size=0', all)).toEqual([400, 3]);
  expect(await ask('POST', '/access-tokens', all, 'no json')).toEqual([400, 3]);
  expect(await ask('POST', '/access-tokens', all, token(w, { scopes: 'everything' }))).toEqual([400, 3]);
  expect(await ask('POST', '/access-tokens', all, token(w, { description: '\u0000' }))).toEqual([400, 3]);
  expect(await ask('POST', '/access-tokens', all, token(w, { workspace_names: ['workspaces/x'] }))).toEqual([400, 3]);
  expect(await ask('POST', '/access-tokens', all, { access_token: { __proto__: null } })).toEqual([400, 3]);
});

test('a token is made, shown once, listed, read, used and deleted', async () => {
  const { app, w } = await start();
  const owner = w.ownerHeaders();
  const made = await post(app, token(w), owner);
  expect([made.statusCode, made.headers['cache-control']]).toEqual([200, 'no-store']);
  expect(made.json()).toEqual({
    name: expect.stringMatching(/^access-tokens\/\d+$/),
    description: 'nightly sync',
    scopes: 'workspace',
    create_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    workspace_names: [`workspaces/${w.workspace.slug}`],
    token: expect.stringMatching(/^sk_live_hg_/),
  });
  const { token: text, ...shown } = made.json();
  const bearer = { authorization: `Bearer ${text}` };
  const listed = await app.http.inject({ url: '/v1beta/access-tokens', headers: bearer });
  expect(listed.json()).toEqual({ access_tokens: [shown], next_page_token: '' });
  expect((await app.http.inject({ url: `/v1beta/${shown.name}`, headers: bearer })).json()).toEqual(shown);
  const deleted = await app.http.inject({ method: 'DELETE', url: `/v1beta/${shown.name}`, headers: owner });
  expect([deleted.statusCode, deleted.body]).toEqual([200, '{}']);
  expect((await app.http.inject({ url: '/v1beta/workspaces', headers: bearer })).json()).toMatchObject({ code: 16 });
  expect((await app.http.inject({ url: `/v1beta/${shown.name}`, headers: owner })).json()).toMatchObject({ code: 5 });
});

test('a body is JSON whatever its content type says', async () => {
  const { app, w } = await start();
  const body = JSON.stringify(token(w));
  for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'application/json; charset=utf-8']) {
    const answer = await post(app, body, { ...w.ownerHeaders(), 'content-type': type }, '/segment-config');
    expect(answer.statusCode, type).toBe(200);
  }
});

test('a list is read page by page, newest first, and holds only keys with rights over the workspace', async () => {
  const { app, w } = await start();
  await w.key({ scopes: ['events:read'] });
  for (let n = 0; n < 5; n++) await w.key({ scopes: ['workspace:read'] });
  const headers = await w.keyHeaders();
  const names: string[] = [];
  for (let cursor = ''; ; ) {
    const page = (
      await app.http.inject({ url: `/v1beta/access-tokens?page_size=2&page_token=${cursor}`, headers })
    ).json();
    names.push(...page.access_tokens.map((one: { name: string }) => Number(one.name.split('/')[1])));
    cursor = page.next_page_token;
    if (cursor === '') break;
  }
  expect(names).toHaveLength(6);
  expect(names).toEqual([...names].sort((a, b) => Number(b) - Number(a)));
});
