/** What OAuth tokens may, what ends them, and that no token of one kind passes for another. */

import { SignJWT } from 'jose';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { subkey } from '../src/access/secrets.ts';
import { createApp } from '../src/app.ts';
import { newWorkspace, TEST_SECRET, type TestWorkspace } from './support/app.ts';
import {
  type Agreement,
  agree,
  authorizeUrl,
  CALLBACK,
  callApi,
  exchange,
  newBrowser,
  newPkce,
  type OAuthServer,
  post,
  questionOf,
  type RegisteredApp,
  refresh,
  registerApp,
  startOAuthServer,
} from './support/oauth.ts';

const SCOPES = ['sources:read', 'sources:write', 'emails:send'];

let server: OAuthServer;
let url: string;
let own: TestWorkspace;
let app: RegisteredApp;

beforeAll(async () => {
  server = await startOAuthServer();
  url = server.url;
  own = await newWorkspace(server.app);
  app = await registerApp(url, own, { redirect_uris: [CALLBACK], scopes: SCOPES });
});

afterAll(() => server.app.stop());

interface Given {
  client?: RegisteredApp;
  workspace?: TestWorkspace;
  headers?: Record<string, string>;
  scope?: string;
  agreement?: Agreement;
}

async function tokens(given: Given = {}) {
  const { client = app, workspace = own, headers = workspace.ownerHeaders(), scope = SCOPES.join(' ') } = given;
  const pkce = newPkce();
  const to = authorizeUrl(url, client.id, pkce, { scope });
  const code = await agree(url, to, workspace.workspace.id, headers, given.agreement);
  const { body } = await exchange(url, client, code, pkce);
  return body;
}

async function me(token: string) {
  const answer = await fetch(`${url}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } });
  return (await answer.json()) as {
    scopes: string[];
    environment: string;
    may_send: boolean;
    workspace: { id: string };
  };
}

async function api(method: string, path: string, headers: Record<string, string>, body?: object) {
  const answer = await fetch(url + path, {
    method,
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? {} : JSON.parse(text) };
}

async function addMember(role: 'viewer' | 'member' | 'admin') {
  const email = `${role}-${newPkce().verifier.slice(0, 8).toLowerCase()}@${own.workspace.slug}.test`;
  const id = await server.app.access.workspaces.addMember(
    own.workspace.id,
    { email, password: 'a password of a member' },
    role,
  );
  const signedIn = await api('POST', '/api/auth/token/', {}, { email, password: 'a password of a member' });
  return { id, headers: { authorization: `Bearer ${signedIn.body.access}` } };
}

describe('a consent', () => {
  test('gives no more than the user has: a viewer gives reading, and cannot name more', async () => {
    const viewer = await addMember('viewer');
    const { access_token } = await tokens({ headers: viewer.headers });
    expect(await me(access_token)).toMatchObject({ scopes: ['sources:read'], may_send: false });
    await expect(tokens({ headers: viewer.headers, agreement: { scopes: SCOPES } })).rejects.toThrow(
      /403.*insufficient_scope/,
    );
    await expect(tokens({ headers: viewer.headers, scope: 'sources:write' })).rejects.toThrow(
      /403.*insufficient_scope/,
    );
  });

  test('can be narrower than what the app asks for, never wider', async () => {
    const { access_token, scope } = await tokens({ agreement: { scopes: ['sources:read'] } });
    expect([scope, (await me(access_token)).scopes]).toEqual(['sources:read', ['sources:read']]);
    await expect(
      tokens({ scope: 'sources:read', agreement: { scopes: ['sources:read', 'sources:write'] } }),
    ).rejects.toThrow(/422/);
  });

  test('shrinks with the role of the user and with the registration of the app, from the next request on', async () => {
    const member = await addMember('member');
    const { access_token } = await tokens({ headers: member.headers });
    expect((await me(access_token)).scopes).toEqual(SCOPES);
    await sql`update memberships set role = 'viewer' where user_id = ${member.id}`.execute(server.app.database.db);
    expect((await me(access_token)).scopes).toEqual(['sources:read']);
    const client = await registerApp(url, own, { redirect_uris: [CALLBACK], scopes: SCOPES });
    const other = await tokens({ client });
    await api('PATCH', `/api/v1/oauth/clients/${client.id}`, own.ownerHeaders(), { scopes: ['sources:write'] });
    expect((await me(other.access_token)).scopes).toEqual(['sources:write']);
  });

  test('chooses the workspace and the environment', async () => {
    const { access_token } = await tokens({ agreement: { environment: 'test' } });
    expect(await me(access_token)).toMatchObject({ environment: 'test', workspace: { id: own.workspace.id } });
    const other = await newWorkspace(server.app);
    const elsewhere = await tokens({ workspace: other });
    expect(await me(elsewhere.access_token)).toMatchObject({ workspace: { id: other.workspace.id } });
    await expect(tokens({ headers: other.ownerHeaders() })).rejects.toThrow(/422.*workspace_id/);
    const tester = await registerApp(url, own, { redirect_uris: [CALLBACK], scopes: SCOPES, environment: 'test' });
    await expect(tokens({ client: tester })).rejects.toThrow(/422.*environment/);
  });

  test('lets an app send only where an owner switched it on for the app, and the user says so', async () => {
    await expect(tokens({ agreement: { may_send: true } })).rejects.toThrow(/403.*send_not_allowed/);
    const sender = await registerApp(url, own, { redirect_uris: [CALLBACK], scopes: SCOPES, may_send: true });
    expect((await me((await tokens({ client: sender })).access_token)).may_send).toBe(false);
    const { access_token } = await tokens({ client: sender, agreement: { may_send: true } });
    expect((await me(access_token)).may_send).toBe(true);
    const viewer = await addMember('viewer');
    await expect(tokens({ client: sender, headers: viewer.headers, agreement: { may_send: true } })).rejects.toThrow(
      /403/,
    );
    const other = await newWorkspace(server.app);
    await expect(tokens({ client: sender, workspace: other, agreement: { may_send: true } })).rejects.toThrow(/403/);
    await api('PATCH', `/api/v1/oauth/clients/${sender.id}`, own.ownerHeaders(), { may_send: false });
    expect((await me(access_token)).may_send).toBe(false);
    const admin = await addMember('admin');
    const refused = await api('PATCH', `/api/v1/oauth/clients/${sender.id}`, admin.headers, { may_send: true });
    expect([refused.status, refused.body.error.code]).toEqual([403, 'send_not_allowed']);
  });

  test('for a workspace that requires a second factor needs a session that has one', async () => {
    const { db } = server.app.database;
    const strict = await newWorkspace(server.app);
    const membership = { workspace_id: strict.workspace.id, user_id: own.owner.id, role: 'member' } as const;
    await db.insertInto('memberships').values(membership).execute();
    expect(
      (await me((await tokens({ workspace: strict, headers: own.ownerHeaders() })).access_token)).workspace.id,
    ).toBe(strict.workspace.id);
    await sql`update workspaces set second_factor_required = true where id = ${strict.workspace.id}`.execute(db);
    await expect(tokens({ workspace: strict, headers: own.ownerHeaders() })).rejects.toThrow(/403.*second_factor/);
  });

  test('is the answer of a signed-in user, in the browser that was asked, to the question that was asked', async () => {
    const browser = newBrowser();
    const uid = questionOf(await browser.get(authorizeUrl(url, app.id, newPkce())));
    const path = `${url}/oauth/interaction/${uid}`;
    const body = { workspace_id: own.workspace.id, environment: 'live' };
    expect((await browser.post(`${path}/confirm`, body, {})).status).toBe(401);
    expect((await browser.post(`${path}/confirm`, body, await own.keyHeaders())).status).toBe(403);
    expect((await newBrowser().post(`${path}/confirm`, body, own.ownerHeaders())).status).toBe(404);
    const other = newBrowser();
    await other.get(authorizeUrl(url, app.id, newPkce()));
    expect((await other.post(`${path}/confirm`, body, own.ownerHeaders())).status).toBe(404);
    const { access_token } = await tokens();
    const byApp = { authorization: `Bearer ${access_token}` };
    expect((await browser.post(`${path}/confirm`, body, byApp)).status).toBe(403);
    const refused = await browser.post(`${path}/abort`, {}, own.ownerHeaders());
    const { redirect_to } = (await refused.json()) as { redirect_to: string };
    const back = new URL((await browser.get(redirect_to)).headers.get('location') ?? '');
    expect([back.searchParams.get('error'), back.searchParams.get('state')]).toEqual(['access_denied', 'a state']);
  });

  test('is asked for each time, also in a browser that agreed a moment ago, and by another user', async () => {
    const browser = newBrowser();
    for (const headers of [own.ownerHeaders(), (await addMember('member')).headers]) {
      const uid = questionOf(await browser.get(authorizeUrl(url, app.id, newPkce())));
      expect(uid).not.toBe('');
      const body = { workspace_id: own.workspace.id, environment: 'live' };
      const confirmed = await browser.post(`${url}/oauth/interaction/${uid}/confirm`, body, headers);
      const { redirect_to } = (await confirmed.json()) as { redirect_to: string };
      expect((await browser.get(redirect_to)).headers.get('location')).toMatch(/code=hgo_ac_/);
    }
    const silent = await browser.get(authorizeUrl(url, app.id, newPkce(), { prompt: 'none' }));
    expect(silent.headers.get('location')).toMatch(/error=consent_required/);
  });
});

describe('a token ends', () => {
  test('when its grant is revoked, within a second on another process too', async () => {
    // Its own memory on the same database: what another process is.
    const { database, config } = server.app;
    const log = server.app.http.log;
    const other = await createApp({ config, database, log, secret: TEST_SECRET });
    await other.http.ready();
    try {
      const { access_token, refresh_token } = await tokens();
      const ask = () =>
        other.http.inject({ url: '/api/v1/sources', headers: { authorization: `Bearer ${access_token}` } });
      expect((await ask()).statusCode).toBe(200);
      const { body } = await api('GET', '/api/v1/oauth/grants?limit=1', own.ownerHeaders());
      expect(body.items[0]).toMatchObject({ client_id: app.id, user_email: own.owner.email, scopes: SCOPES });
      expect((await api('DELETE', `/api/v1/oauth/grants/${body.items[0].id}`, own.ownerHeaders())).status).toBe(204);
      expect((await ask()).statusCode).toBe(401);
      expect((await refresh(url, app, refresh_token)).body.error).toBe('invalid_grant');
    } finally {
      await other.http.close();
    }
  });

  test('when the user leaves the workspace or is disabled', async () => {
    const { db } = server.app.database;
    for (const end of [
      (id: string) => sql`delete from memberships where user_id = ${id}`.execute(db),
      (id: string) => sql`update users set disabled_at = now() where id = ${id}`.execute(db),
    ]) {
      const member = await addMember('member');
      const { access_token, refresh_token } = await tokens({ headers: member.headers });
      expect(await callApi(url, access_token)).toBe(200);
      await end(member.id);
      expect(await callApi(url, access_token)).toBe(401);
      expect((await refresh(url, app, refresh_token)).body.error).toBe('invalid_grant');
    }
  });

  test('when its client is deleted; a new secret ends the old secret only', async () => {
    const client = await registerApp(url, own, { redirect_uris: [CALLBACK], scopes: SCOPES });
    const { access_token, refresh_token } = await tokens({ client });
    const rotated = await api('POST', `/api/v1/oauth/clients/${client.id}/rotate-secret`, own.ownerHeaders());
    expect(rotated.body.client_secret).toMatch(/^hgo_cs_/);
    expect((await refresh(url, client, refresh_token)).status).toBe(401);
    expect(await callApi(url, access_token)).toBe(200);
    expect((await api('DELETE', `/api/v1/oauth/clients/${client.id}`, own.ownerHeaders())).status).toBe(204);
    expect(await callApi(url, access_token)).toBe(401);
    const gone = await refresh(url, { ...client, client_secret: rotated.body.client_secret }, refresh_token);
    expect([gone.status, gone.body.error]).toEqual([401, 'invalid_client']);
  });

  test('after an hour', async () => {
    const { access_token } = await tokens();
    await sql`update oauth_store set expires_at = now() - interval '1 second' where model = 'AccessToken'`.execute(
      server.app.database.db,
    );
    const answer = await api('GET', '/api/v1/sources', { authorization: `Bearer ${access_token}` });
    expect([answer.status, answer.body.error.code]).toEqual([401, 'token_expired']);
  });
});

describe('attack 10: tokens of one kind as another', () => {
  test('an OAuth token is no session, no API key and no refresh token of a session', async () => {
    const { access_token, refresh_token } = await tokens();
    for (const text of [access_token, refresh_token]) {
      expect((await api('GET', '/api/v1/sources', { 'x-api-key': text })).status).toBe(401);
      expect((await api('GET', '/api/v1/sources', { authorization: `ApiKey ${text}` })).status).toBe(401);
      expect((await api('POST', '/api/auth/token/refresh/', {}, { refresh: text })).status).toBe(401);
    }
    expect(await callApi(url, refresh_token)).toBe(401);
    const asked = await api('POST', '/api/v1/api-keys', { authorization: `Bearer ${access_token}` }, { name: 'mine' });
    expect(asked.status).toBe(403);
  });

  test('sessions, API keys and codes are no OAuth tokens', async () => {
    const session = await api('POST', '/api/auth/token/', {}, { email: own.owner.email, password: own.owner.password });
    const code = await agree(url, authorizeUrl(url, app.id, newPkce()), own.workspace.id, own.ownerHeaders());
    for (const text of [own.ownerToken, session.body.refresh, await own.key(), code]) {
      expect((await post(`${url}/oauth/introspect`, { token: text }, app)).body['active']).not.toBe(true);
      expect((await refresh(url, app, text)).body.error).toBe('invalid_grant');
      await post(`${url}/oauth/revoke`, { token: text }, app);
    }
    expect(await callApi(url, code)).toBe(401);
    expect(await callApi(url, own.ownerToken)).toBe(200);
  });

  test('an id token, signed with any key of this installation, is no access token', async () => {
    const claims = { sub: own.owner.id, aud: app.id, iss: url, sid: own.owner.id };
    for (const purpose of ['session-token', 'oauth-signing', 'oauth-token', 'oauth-cookie'] as const) {
      for (const typ of ['JWT', 'at+jwt', 'id_token']) {
        const jwt = await new SignJWT(claims)
          .setProtectedHeader({ alg: 'HS256', typ })
          .setIssuedAt()
          .setExpirationTime('1h')
          .sign(subkey(TEST_SECRET, purpose));
        expect(await callApi(url, jwt), `${purpose} ${typ}`).toBe(401);
      }
    }
    const { body } = await post(
      `${url}/oauth/token`,
      {
        grant_type: 'client_credentials',
        scope: 'openid sources:read',
      },
      await registerApp(url, own, {}),
    );
    expect(body['id_token']).toBeUndefined();
  });

  test('the database holds no token, code, secret or name of a browser in the clear', async () => {
    const { access_token, refresh_token } = await tokens();
    const { rows } = await sql<{ row: string }>`
      select row_to_json(t)::text as row from oauth_store t
      union all select row_to_json(t)::text from oauth_clients t`.execute(server.app.database.db);
    const all = rows.map(({ row }) => row).join('\n');
    for (const secret of [access_token, refresh_token, app.client_secret ?? '']) {
      expect(all).not.toContain(secret);
      expect(all).not.toContain(Buffer.from(secret).toString('hex'));
    }
  });
});
