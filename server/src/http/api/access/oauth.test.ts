/** Registering apps: what is refused, who may, and what the trail says. */
import { beforeAll, describe, expect, test } from 'vitest';
import { buildApp, newWorkspace, type TestApp, type TestWorkspace, testApp } from '../../../../test/support/app.ts';

let app: TestApp;
let own: TestWorkspace;

beforeAll(async () => {
  app = await testApp();
  own = await newWorkspace(app);
});

async function ask(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object, headers?: object) {
  const answer = await app.http.inject({
    method,
    url: `/api/v1/oauth${path}`,
    headers: { ...own.ownerHeaders(), ...headers },
    ...(payload && { payload }),
  });
  return { status: answer.statusCode, body: answer.body === '' ? {} : answer.json(), headers: answer.headers };
}

const register = (more: object = {}, headers?: object) =>
  ask('POST', '/clients', { name: 'App', scopes: ['sources:read'], ...more }, headers);

describe('registering', () => {
  test('shows the secret once', async () => {
    const made = await register({ redirect_uris: ['https://app.example.test/callback'] });
    expect(made).toMatchObject({ status: 201, headers: { 'cache-control': 'no-store' } });
    expect(made.body).toMatchObject({
      client_secret: expect.stringMatching(/^hgo_cs_[\w-]{43}$/),
      grant_types: ['authorization_code', 'refresh_token'],
      auth_method: 'client_secret_basic',
      environment: 'live',
      may_send: false,
      created_by: own.owner.email,
    });
    const { client_secret, ...rest } = made.body;
    expect((await ask('GET', `/clients/${rest.id}`)).body).toEqual(rest);
    expect((await ask('GET', '/clients')).body.items[0]).toEqual(rest);
  });

  test.each([
    ['http://app.example.test/callback', /https/],
    ['https://app.example.test/a/../b', /as browsers do/],
    ['https://user:pass@app.example.test/', /user and password/],
    ['https://app.example.test/#x', /fragment/],
    ['https://*.example.test/', /wildcards/],
    ['https://app.example.test:443/', /as browsers do/],
    ['https://APP.example.test/', /as browsers do/],
    ['https:\\\\app.example.test\\', /as browsers do/],
    ['javascript:alert(1)', /https/],
    ['data:text/html,x', /https/],
    ['com.example.app:/cb', /https/],
    ['not a url', /not a URL/],
  ])('refuses the redirect URI %s', async (uri, why) => {
    const answer = await register({ redirect_uris: [uri] });
    expect(answer.status).toBe(422);
    expect(answer.body.error.message).toMatch(why);
  });

  test('takes http on the own machine, for apps that run there', async () => {
    for (const uri of ['http://localhost:8080/cb', 'http://127.0.0.1:9/cb', 'http://[::1]:9/cb']) {
      expect((await register({ redirect_uris: [uri], auth_method: 'none' })).status, uri).toBe(201);
    }
  });

  test.each([
    [{ scopes: [] }, 422],
    [{ scopes: ['no:such'] }, 422],
    [{ scopes: ['api-keys:manage'] }, 422],
    [{ scopes: ['oauth:manage'] }, 422],
    [{ auth_method: 'none' }, 422],
    [{ grant_types: ['authorization_code'] }, 422],
    [{ grant_types: ['refresh_token'] }, 422],
    [{ grant_types: ['implicit'] }, 422],
    [{ auth_method: 'private_key_jwt' }, 422],
    [{ auth_method: 'private_key_jwt', jwks: { keys: [{ kty: 'oct', k: 'c2VjcmV0' }] } }, 422],
    [{ auth_method: 'private_key_jwt', jwks: { keys: [{ kty: 'EC', crv: 'P-256', x: 'a', y: 'b', d: 'c' }] } }, 422],
    [{ auth_method: 'private_key_jwt', jwks: { keys: [{ kty: 'RSA', e: 'AQAB', n: 'x'.repeat(30_000) }] } }, 422],
    [{ jwks_uri: 'http://127.0.0.1/' }, 422],
    [{ client_secret: 'chosen by myself' }, 422],
    [{ id: 'chosen by myself' }, 422],
    [{ name: 'nul\u0000' }, 422],
    [{ homepage: 'javascript:alert(1)' }, 422],
  ])('refuses %j', async (more, status) => {
    expect((await register(more)).status).toBe(status);
  });

  test('is for owners and admins, and gives no more than its maker has', async () => {
    expect((await register({}, await own.memberHeaders('member'))).status).toBe(403);
    expect((await register({}, await own.memberHeaders('viewer'))).status).toBe(403);
    expect((await register({}, await own.memberHeaders('admin'))).status).toBe(201);
    const admin = await own.memberHeaders('admin');
    expect((await register({ may_send: true }, admin)).body.error.code).toBe('send_not_allowed');
    expect((await register({ scopes: ['workspace'] }, admin)).body.error.code).toBe('insufficient_scope');
    const key = await own.keyHeaders({ scopes: ['oauth:manage', 'events:read'], environment: 'test' });
    expect((await register({}, key)).body.error.code).toBe('insufficient_scope');
    expect((await register({ scopes: ['events:read'], environment: 'live' }, key)).status).toBe(403);
    expect((await register({ scopes: ['events:read'], may_send: true }, key)).status).toBe(403);
    const made = await register({ scopes: ['events:read'] }, key);
    expect(made.body).toMatchObject({ environment: 'test' });
    expect((await ask('PATCH', `/clients/${made.body.id}`, { scopes: ['sources:read'] }, key)).status).toBe(403);
  });

  test('nobody takes over a client that can do more: not its secret, not where its codes go', async () => {
    const strong = { scopes: ['events:read', 'sources:write'], redirect_uris: ['https://app.example.test/cb'] };
    const { body: client } = await register(strong);
    const key = await own.keyHeaders({ scopes: ['oauth:manage', 'events:read'] });
    const stolen = { redirect_uris: ['https://evil.test/'] };
    expect((await ask('POST', `/clients/${client.id}/rotate-secret`, undefined, key)).body.error.code).toBe(
      'insufficient_scope',
    );
    expect((await ask('PATCH', `/clients/${client.id}`, stolen, key)).body.error.code).toBe('insufficient_scope');
    const { body: sender } = await register({ scopes: ['events:read'], may_send: true });
    expect((await ask('POST', `/clients/${sender.id}/rotate-secret`, undefined, key)).body.error.code).toBe(
      'send_not_allowed',
    );
    const { body: owners } = await register({ scopes: ['workspace'] });
    const admin = await own.memberHeaders('admin');
    expect((await ask('POST', `/clients/${owners.id}/rotate-secret`, undefined, admin)).status).toBe(403);
    expect((await ask('DELETE', `/clients/${owners.id}`, undefined, admin)).status).toBe(204);
  });

  test('a key with an end or with networks makes no client, which would have neither', async () => {
    const { body: client } = await register({ scopes: ['events:read'] });
    for (const bound of [
      { allowed_ips: ['127.0.0.1'] },
      { expires_at: new Date(Date.now() + 3_600_000).toISOString() },
    ]) {
      const made = await app.http.inject({
        method: 'POST',
        url: '/api/v1/api-keys',
        headers: own.ownerHeaders(),
        payload: { name: 'Bound', scopes: ['oauth:manage', 'events:read'], ...bound },
      });
      const key = { authorization: `Bearer ${made.json().key}` };
      expect((await register({ scopes: ['events:read'] }, key)).body.error.code).toBe('forbidden');
      expect((await ask('POST', `/clients/${client.id}/rotate-secret`, undefined, key)).body.error.code).toBe(
        'forbidden',
      );
      expect((await ask('PATCH', `/clients/${client.id}`, { name: 'Other' }, key)).body.error.code).toBe('forbidden');
      expect((await ask('GET', `/clients/${client.id}`, undefined, key)).status).toBe(200);
    }
  });

  test('with an Idempotency-Key is done once, and the secret is in both answers', async () => {
    const headers = { 'idempotency-key': 'register-this-app-once' };
    const [first, again] = [await register({ name: 'Once' }, headers), await register({ name: 'Once' }, headers)];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotent-replayed']).toBe('true');
  });

  test('a workspace has at most a hundred', async () => {
    const full = await newWorkspace(app);
    for (let n = 0; n < 100; n++) expect((await register({ name: `App ${n}` }, full.ownerHeaders())).status).toBe(201);
    expect((await register({}, full.ownerHeaders())).body.error.code).toBe('conflict');
  });
});

test('changes are in the audit trail, without the secret', async () => {
  const { body: made } = await register({ name: 'Watched' });
  await ask('PATCH', `/clients/${made.id}`, { name: 'Watched still', scopes: ['events:read'] });
  await ask('POST', `/clients/${made.id}/rotate-secret`);
  await ask('DELETE', `/clients/${made.id}`);
  const { rows } = await app.database.pool.query(
    `select action, actor_label, before, after from audit_entries where target_id = $1 order by seq`,
    [made.id],
  );
  expect(rows.map(({ action }) => action)).toEqual([
    'oauth_client.created',
    'oauth_client.updated',
    'oauth_client.secret_rotated',
    'oauth_client.deleted',
  ]);
  expect(rows[1]).toMatchObject({ actor_label: own.owner.email });
  expect(rows[1].after).toContain('Watched still');
  expect(JSON.stringify(rows)).not.toContain(made.client_secret);
});

describe('metadata', () => {
  test('names what there is, under the issuer that it is fetched from (RFC 8414 §3.3, RFC 9728)', async () => {
    const server = await app.http.inject({ url: '/.well-known/oauth-authorization-server' });
    const { publicUrl } = app.config;
    expect(server.json()).toMatchObject({
      issuer: publicUrl,
      token_endpoint: `${publicUrl}/oauth/token`,
      code_challenge_methods_supported: ['S256'],
      response_types_supported: ['code'],
      grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
    });
    expect(server.json().registration_endpoint).toBeUndefined();
    expect(server.json().scopes_supported).not.toContain('api-keys:manage');
    const resource = await app.http.inject({ url: '/.well-known/oauth-protected-resource' });
    expect(resource.json()).toMatchObject({ resource: publicUrl, authorization_servers: [publicUrl] });
  });

  test('behind a proxy with TLS and a path, cookies are Secure and everything stands under the path', async () => {
    const proxied = await buildApp({
      database: app.database,
      env: { HEADGATE_PUBLIC_URL: 'https://hg.example.test/base/' },
    });
    try {
      const redirect_uri = 'https://app.example.test/callback';
      const { body: client } = await register({ redirect_uris: [redirect_uri] });
      const query = new URLSearchParams({
        response_type: 'code',
        client_id: client.id,
        redirect_uri,
        scope: 'sources:read',
        code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
        code_challenge_method: 'S256',
      });
      const answer = await proxied.http.inject({ url: `/oauth/authorize?${query}` });
      expect(answer.headers.location).toMatch(/^https:\/\/hg\.example\.test\/base\/app\/oauth\/consent\//);
      const cookies = [answer.headers['set-cookie']].flat().filter((line) => line?.includes('consent'));
      expect(cookies.length).toBeGreaterThan(0);
      for (const cookie of cookies) expect(cookie).toMatch(/path=\/base\/oauth;.*samesite=lax.*secure.*httponly/i);
      const metadata = await proxied.http.inject({ url: '/.well-known/oauth-authorization-server' });
      expect(metadata.json().token_endpoint).toBe('https://hg.example.test/base/oauth/token');
    } finally {
      await proxied.http.close();
    }
  });

  test('there is no registration by apps, no id token, no CORS', async () => {
    for (const url of [
      '/oauth/reg',
      '/oauth/register',
      '/reg',
      '/.well-known/openid-configuration',
      '/oauth/me',
      '/me',
    ]) {
      const answer = await app.http.inject({ method: 'POST', url, payload: {} });
      expect([404, 405], url).toContain(answer.statusCode);
    }
    const answer = await app.http.inject({
      method: 'POST',
      url: '/oauth/token',
      headers: { origin: 'https://evil.test', 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'grant_type=client_credentials',
    });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(answer.json()).toMatchObject({ error: 'invalid_request' });
  });

  test('a network asks 300 times a minute', async () => {
    const ask = () => app.http.inject({ url: '/oauth/authorize?client_id=nobody', remoteAddress: '203.0.113.77' });
    for (let n = 0; n < 300; n++) expect((await ask()).statusCode).toBe(400);
    const answer = await ask();
    expect([answer.statusCode, answer.json().error.code]).toEqual([429, 'rate_limit_exceeded']);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  });

  test('what arrives at the token endpoint is bounded and a form', async () => {
    const send = (payload: string, type: string) =>
      app.http.inject({ method: 'POST', url: '/oauth/token', headers: { 'content-type': type }, payload });
    expect((await send(`grant_type=${'x'.repeat(100_000)}`, 'application/x-www-form-urlencoded')).statusCode).toBe(400);
    expect((await send('{"grant_type":"client_credentials"}', 'application/json')).statusCode).toBe(400);
    expect(
      (await send('client_id=%00&client_secret=%00&grant_type=%00', 'application/x-www-form-urlencoded')).statusCode,
    ).toBe(401);
  });
});
