/** OAuth as apps meet it: real clients and hand-made attacks against a listening server. */
import { sql } from 'kysely';
import * as openid from 'openid-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newWorkspace, type TestWorkspace } from './support/app.ts';
import {
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

let server: OAuthServer;
let url: string;
let own: TestWorkspace;
let app: RegisteredApp;

beforeAll(async () => {
  server = await startOAuthServer();
  url = server.url;
  own = await newWorkspace(server.app);
  app = await registerApp(url, own, { redirect_uris: [CALLBACK], scopes: ['sources:read', 'sources:write'] });
});

afterAll(() => server.app.stop());

async function signIn(client = app, workspace = own) {
  const pkce = newPkce();
  const code = await agree(url, authorizeUrl(url, client.id, pkce), workspace.workspace.id, workspace.ownerHeaders());
  const { body } = await exchange(url, client, code, pkce);
  return { pkce, code, ...body };
}

describe('a real client (openid-client)', () => {
  const insecure = { execute: [openid.allowInsecureRequests] };

  test('finds the server by its metadata, gets a code with PKCE, tokens, refreshes, introspects and revokes', async () => {
    const config = await openid.discovery(new URL(url), app.id, app.client_secret ?? '', undefined, {
      ...insecure,
      algorithm: 'oauth2',
    });
    expect(config.serverMetadata()).toMatchObject({ issuer: url, code_challenge_methods_supported: ['S256'] });
    const verifier = openid.randomPKCECodeVerifier();
    const to = openid.buildAuthorizationUrl(config, {
      redirect_uri: CALLBACK,
      scope: 'sources:read',
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: 'of the app',
    });
    const browser = newBrowser();
    const uid = questionOf(await browser.get(to.href));
    const question = await browser.get(`${url}/oauth/interaction/${uid}`, own.ownerHeaders());
    expect(await question.json()).toMatchObject({
      client: { name: 'App' },
      scopes: [{ name: 'sources:read', description: expect.any(String) }],
      environments: ['live', 'test'],
      workspaces: [{ id: own.workspace.id, scopes: ['sources:read'], may_send: false }],
    });
    const consent = { workspace_id: own.workspace.id, environment: 'live' };
    const confirmed = await browser.post(`${url}/oauth/interaction/${uid}/confirm`, consent, own.ownerHeaders());
    const { redirect_to } = (await confirmed.json()) as { redirect_to: string };
    const back = await browser.get(redirect_to);
    const callback = new URL(back.headers.get('location') ?? '');
    expect(callback.searchParams.get('iss')).toBe(url);

    const tokens = await openid.authorizationCodeGrant(config, callback, {
      pkceCodeVerifier: verifier,
      expectedState: 'of the app',
    });
    expect(tokens).toMatchObject({ scope: 'sources:read', expires_in: 3_600 });
    expect(tokens.id_token).toBeUndefined();
    expect(await callApi(url, tokens.access_token)).toBe(200);

    const renewed = await openid.refreshTokenGrant(config, tokens.refresh_token ?? '');
    expect(await callApi(url, renewed.access_token)).toBe(200);
    const told = await openid.tokenIntrospection(config, renewed.access_token);
    expect(told).toMatchObject({ active: true, scope: 'sources:read', client_id: app.id, aud: url });
    await openid.tokenRevocation(config, renewed.access_token);
    expect(await callApi(url, renewed.access_token)).toBe(401);
    expect(await openid.tokenIntrospection(config, renewed.access_token)).toEqual({ active: false });
  });

  test('acts for itself with client credentials: an hour, no refresh token, its own environment', async () => {
    const machine = await registerApp(url, own, { environment: 'test' });
    const config = await openid.discovery(new URL(url), machine.id, machine.client_secret ?? '', undefined, {
      ...insecure,
      algorithm: 'oauth2',
    });
    const tokens = await openid.clientCredentialsGrant(config, { scope: 'sources:read' });
    expect(tokens.expires_in).toBeLessThanOrEqual(3_600);
    expect(tokens.refresh_token).toBeUndefined();
    const me = await fetch(`${url}/api/v1/me`, { headers: { authorization: `Bearer ${tokens.access_token}` } });
    expect(await me.json()).toMatchObject({
      kind: 'oauth',
      environment: 'test',
      scopes: ['sources:read'],
      may_send: false,
    });
  });

  test('authenticates with a key of its own (private_key_jwt), and an assertion is good once', async () => {
    const { publicKey, privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
      'sign',
      'verify',
    ]);
    const jwk = { ...(await crypto.subtle.exportKey('jwk', publicKey)), alg: 'ES256', use: 'sig', kid: 'one' };
    const machine = await registerApp(url, own, { auth_method: 'private_key_jwt', jwks: { keys: [jwk] } });
    let assertion = '';
    const config = await openid.discovery(
      new URL(url),
      machine.id,
      undefined,
      openid.PrivateKeyJwt({ key: privateKey, kid: 'one' }),
      { ...insecure, algorithm: 'oauth2' },
    );
    config[openid.customFetch] = (to, init) => {
      const form = new URLSearchParams(String(init.body));
      assertion = form.get('client_assertion') ?? '';
      return fetch(to, init as RequestInit);
    };
    const tokens = await openid.clientCredentialsGrant(config, { scope: 'sources:read' });
    expect(await callApi(url, tokens.access_token)).toBe(200);
    const again = await post(`${url}/oauth/token`, {
      grant_type: 'client_credentials',
      scope: 'sources:read',
      client_id: machine.id,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    });
    expect([again.status, again.body.error]).toEqual([401, 'invalid_client']);
  });
});

describe('attack 12: the code', () => {
  test('a second use kills what was issued', async () => {
    const { pkce, code, access_token, refresh_token } = await signIn();
    expect(await callApi(url, access_token)).toBe(200);
    expect((await exchange(url, app, code, pkce)).body.error).toBe('invalid_grant');
    expect(await callApi(url, access_token)).toBe(401);
    expect((await refresh(url, app, refresh_token)).body.error).toBe('invalid_grant');
  });

  test('of a hundred that exchange it at once none keeps tokens that work', async () => {
    const pkce = newPkce();
    const code = await agree(url, authorizeUrl(url, app.id, pkce), own.workspace.id, own.ownerHeaders());
    const answers = await Promise.all(Array.from({ length: 100 }, () => exchange(url, app, code, pkce)));
    const issued = answers.filter(({ status }) => status === 200);
    expect(issued.length).toBeLessThanOrEqual(1);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    for (const { body } of issued) expect(await callApi(url, body.access_token)).toBe(401);
  });

  test('another client cannot exchange it, nor another verifier or redirect URI', async () => {
    const other = await registerApp(url, own, { redirect_uris: [CALLBACK] });
    const pkce = newPkce();
    const code = await agree(url, authorizeUrl(url, app.id, pkce), own.workspace.id, own.ownerHeaders());
    expect((await exchange(url, other, code, pkce)).body.error).toBe('invalid_grant');
    expect((await exchange(url, app, code, newPkce())).body.error).toBe('invalid_grant');
    expect((await exchange(url, app, code, pkce, { redirect_uri: `${CALLBACK}/x` })).body.error).toBe('invalid_grant');
    expect((await exchange(url, app, code, pkce)).status).toBe(200);
  });

  test('no PKCE or `plain` is refused, for every client', async () => {
    const { challenge } = newPkce();
    for (const more of [{ code_challenge_method: 'plain' }, { code_challenge: '' }, { code_challenge_method: '' }]) {
      const answer = await newBrowser().get(authorizeUrl(url, app.id, { verifier: '', challenge }, more));
      expect(answer.headers.get('location'), JSON.stringify(more)).toMatch(/error=invalid_request/);
    }
  });

  test.each([
    `${CALLBACK}/extra`,
    `${CALLBACK}/`,
    `${CALLBACK}?x=1`,
    `${CALLBACK}#x`,
    'https://app.example.test/a/../callback',
    'https://app.example.test/%2e%2e/callback',
    'https://user@app.example.test/callback',
    'https://app.example.test:8443/callback',
    'https://app.example.test:443/callback',
    'https://APP.example.test/callback',
    'https://app.example.test.evil.test/callback',
    'https://evil.test\\@app.example.test/callback',
    'http://app.example.test/callback',
    '//app.example.test/callback',
    'javascript:alert(1)',
  ])('the redirect URI %s is another one: the browser is sent nowhere', async (redirect_uri) => {
    const answer = await newBrowser().get(authorizeUrl(url, app.id, newPkce(), { redirect_uri }));
    expect(answer.status).toBe(400);
    expect(answer.headers.get('location')).toBeNull();
    expect(answer.headers.get('content-type')).toMatch(/json/);
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
  });

  test('implicit, hybrid, password and other response modes do not exist', async () => {
    for (const more of [
      { response_type: 'token' },
      { response_type: 'id_token' },
      { response_type: 'code token' },
      { response_mode: 'form_post' },
      { response_mode: 'fragment' },
    ]) {
      const answer = await newBrowser().get(authorizeUrl(url, app.id, newPkce(), more as Record<string, string>));
      const seen = `${answer.headers.get('location')} ${await answer.text()}`;
      expect(seen, JSON.stringify(more)).toMatch(
        /unsupported_response_type|invalid_request|unsupported_response_mode|unauthorized_client/,
      );
      expect(questionOf(answer)).toBe('');
    }
    const password = { grant_type: 'password', username: own.owner.email, password: own.owner.password };
    expect((await post(`${url}/oauth/token`, password, app)).body.error).toBe('unsupported_grant_type');
  });

  test('a scope the client is not registered for, and another resource, are refused', async () => {
    const scope = await newBrowser().get(authorizeUrl(url, app.id, newPkce(), { scope: 'events:read' }));
    expect(scope.headers.get('location')).toMatch(/error=invalid_scope/);
    const target = await newBrowser().get(authorizeUrl(url, app.id, newPkce(), { resource: 'https://evil.test' }));
    expect(target.headers.get('location')).toMatch(/error=invalid_target/);
    const good = await newBrowser().get(authorizeUrl(url, app.id, newPkce(), { resource: url }));
    expect(questionOf(good)).not.toBe('');
  });
});

describe('attack 11: refresh tokens', () => {
  test('are good once: the old one, once its child was used, ends the family', async () => {
    const first = await signIn();
    const second = await refresh(url, app, first.refresh_token);
    const third = await refresh(url, app, second.body.refresh_token);
    expect([second.status, third.status]).toEqual([200, 200]);
    expect(await callApi(url, third.body.access_token)).toBe(200);
    expect((await refresh(url, app, first.refresh_token)).body.error).toBe('invalid_grant');
    for (const { body } of [second, third]) expect(await callApi(url, body.access_token)).toBe(401);
    expect((await refresh(url, app, third.body.refresh_token)).body.error).toBe('invalid_grant');
  });

  test('fifty refreshes at once are one: the same answer for all, one family, nobody is logged out', async () => {
    const first = await signIn();
    const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(url, app, first.refresh_token)));
    expect(new Set(answers.map(({ status, body }) => `${status} ${JSON.stringify(body)}`)).size).toBe(1);
    const { body } = answers[0] ?? (await refresh(url, app, first.refresh_token));
    expect(await callApi(url, body.access_token)).toBe(200);
    expect((await refresh(url, app, body.refresh_token)).status).toBe(200);
  });

  test('a lost answer is given again for ten seconds, and then never', async () => {
    const first = await signIn();
    const second = await refresh(url, app, first.refresh_token);
    expect((await refresh(url, app, first.refresh_token)).body).toEqual(second.body);
    await sql`update oauth_store set consumed_at = consumed_at - interval '11 seconds'`.execute(server.app.database.db);
    expect((await refresh(url, app, first.refresh_token)).body.error).toBe('invalid_grant');
    expect(await callApi(url, second.body.access_token)).toBe(401);
  });

  test('are refused to another client, which ends nothing', async () => {
    const other = await registerApp(url, own, { redirect_uris: [CALLBACK] });
    const first = await signIn();
    expect((await refresh(url, other, first.refresh_token)).body.error).toBe('invalid_grant');
    expect((await refresh(url, app, first.refresh_token)).status).toBe(200);
  });

  test('another client can neither revoke nor look at a token', async () => {
    const other = await registerApp(url, own, { redirect_uris: [CALLBACK] });
    const { access_token } = await signIn();
    expect((await post(`${url}/oauth/introspect`, { token: access_token }, other)).body).toEqual({ active: false });
    await post(`${url}/oauth/revoke`, { token: access_token }, other);
    expect(await callApi(url, access_token)).toBe(200);
  });
});
