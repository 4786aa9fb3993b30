import { expect, test } from 'vitest';
import { buildApp, newWorkspace, type TestApp, testApp } from '../../../test/support/app.ts';

const ROOTS = ['/api/auth', '/segops/api/auth'];
const DASHBOARD = { 'x-headgate-client': 'dashboard', 'sec-fetch-site': 'same-origin' };

function post(
  app: TestApp,
  url: string,
  payload: object,
  headers: Record<string, string> = {},
  remoteAddress = '192.0.2.1',
) {
  return app.http.inject({ method: 'POST', url, payload, headers, remoteAddress });
}

function me(app: TestApp, token: string) {
  return app.http.inject({ url: '/api/v1/me', headers: { authorization: `Bearer ${token}` } });
}

test('signing in gives tokens that work, refresh replaces them, signing out ends them', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  for (const root of ROOTS) {
    const signIn = await post(app, `${root}/token/`, {
      email: w.owner.email.toUpperCase(),
      password: w.owner.password,
    });
    expect(signIn.statusCode, signIn.body).toBe(200);
    const first = signIn.json();
    expect(Object.keys(first)).toEqual(['access', 'refresh']);
    const second = (await post(app, `${root}/token/refresh`, { refresh: first.refresh })).json();
    expect((await me(app, second.access)).json()).toMatchObject({ kind: 'user', user: { email: w.owner.email } });
    expect((await post(app, `${root}/logout/`, { refresh: second.refresh })).statusCode).toBe(204);
    expect((await me(app, second.access)).statusCode).toBe(401);
    expect((await me(app, first.access)).statusCode).toBe(401);
    expect((await post(app, `${root}/token/refresh/`, { refresh: second.refresh })).statusCode).toBe(401);
  }
});

test('an unknown user and a wrong password get the same answer, in similar time', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const time = async (email: string, i: number) => {
    const startedAt = performance.now();
    const answer = await post(app, '/api/auth/token/', { email, password: 'wrong' }, {}, `198.51.${i}.1`);
    return { answer, ms: performance.now() - startedAt };
  };
  await time('warm-up@nowhere.test', 1);
  const known: number[] = [];
  const unknown: number[] = [];
  for (let i = 2; i < 12; i++) {
    const a = await time(w.owner.email, i);
    const b = await time(`nobody${i}@nowhere.test`, i);
    expect(a.answer.statusCode).toBe(401);
    expect(b.answer.body).toBe(a.answer.body);
    expect(b.answer.headers['www-authenticate']).toBe(a.answer.headers['www-authenticate']);
    known.push(a.ms);
    unknown.push(b.ms);
  }
  const median = (values: number[]) => values.toSorted((x, y) => x - y)[5] ?? 0;
  // A hash takes 20 ms or more; without one for unknown users the ratio would be below a tenth.
  expect(median(unknown) / median(known)).toBeGreaterThan(0.25);
});

test('guessing is slowed with 429 and Retry-After, and X-Forwarded-For changes nothing', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const statuses: number[] = [];
  for (let i = 0; i < 12; i++) {
    const answer = await post(
      app,
      '/api/auth/token/',
      { email: w.owner.email, password: `guess ${i}` },
      { 'x-forwarded-for': `203.0.113.${i}` },
      '198.18.1.77',
    );
    statuses.push(answer.statusCode);
    if (answer.statusCode === 429) expect(Number(answer.headers['retry-after'])).toBeGreaterThan(800);
  }
  expect(statuses).toEqual([...Array<number>(10).fill(401), 429, 429]);
  // The right password from another network still works: nobody can lock the owner out.
  const { email, password } = w.owner;
  expect((await post(app, '/api/auth/token/', { email, password }, {}, '198.18.2.78')).statusCode).toBe(200);
});

test('the dashboard gets its refresh token only as a cookie that scripts cannot read', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const { email, password } = w.owner;
  const signIn = await post(app, '/api/auth/token/', { email, password }, DASHBOARD);
  expect(Object.keys(signIn.json())).toEqual(['access']);
  const cookie = String(signIn.headers['set-cookie']);
  expect(cookie).toMatch(
    /^headgate_refresh=hgr_[\w-]{43}; Max-Age=2592000; Path=\/api\/auth; HttpOnly; SameSite=Strict$/,
  );
  const sent = cookie.split(';')[0] ?? '';

  // Without the header that only our own page can send, or from another site, the cookie is not looked at.
  expect((await post(app, '/api/auth/token/refresh/', {}, { cookie: sent })).statusCode).toBe(400);
  for (const foreign of [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { origin: 'https://evil.test' },
    { origin: 'null' },
  ]) {
    const headers = { cookie: sent, 'x-headgate-client': 'dashboard', ...foreign };
    expect((await post(app, '/api/auth/token/refresh/', {}, headers)).statusCode, JSON.stringify(foreign)).toBe(403);
  }
  const renewed = await post(app, '/api/auth/token/refresh/', {}, { ...DASHBOARD, cookie: `other=1; ${sent}; x=y` });
  expect(renewed.statusCode, renewed.body).toBe(200);
  expect(Object.keys(renewed.json())).toEqual(['access']);
  const next = String(renewed.headers['set-cookie']).split(';')[0] ?? '';
  expect(next).not.toBe(sent);

  const out = await post(app, '/api/auth/logout/', {}, { ...DASHBOARD, cookie: next });
  expect(out.statusCode).toBe(204);
  expect(out.headers['set-cookie']).toMatch(/^headgate_refresh=; Max-Age=0; Path=\/api\/auth/);
  expect((await me(app, renewed.json().access)).statusCode).toBe(401);
  expect((await post(app, '/api/auth/token/refresh/', {}, DASHBOARD)).statusCode).toBe(401);
});

test('no form, link or page of another site does anything with the cookie (attack row 33)', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const { email, password } = w.owner;
  const signIn = await post(app, '/api/auth/token/', { email, password }, DASHBOARD);
  const cookie = String(signIn.headers['set-cookie']).split(';')[0] ?? '';
  const routes = app.http.declaredRoutes.filter(({ url }) =>
    /^(\/segops)?\/api\/auth\/.*(token|logout|passkey|password)/.test(url),
  );
  expect(routes.length).toBeGreaterThanOrEqual(16);
  for (const { method, url } of routes) {
    expect(method, url).toBe('POST');
    // What a form can send, with everything a browser would add.
    for (const type of [
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/plain',
      undefined,
    ]) {
      for (const site of ['cross-site', 'same-site']) {
        const answer = await app.http.inject({
          method: 'POST',
          url,
          headers: {
            cookie,
            'sec-fetch-site': site,
            'sec-fetch-mode': 'navigate',
            ...(type && { 'content-type': type }),
          },
          payload: '{"refresh":""}',
        });
        expect(answer.statusCode, `${url} ${type}`).toBeGreaterThanOrEqual(400);
        expect(answer.headers['set-cookie'], url).toBeUndefined();
      }
    }
    const opened = await app.http.inject({ url, headers: { cookie } });
    expect([404, 405], url).toContain(opened.statusCode);
    // Nothing is given to scripts of other origins, whatever they ask with.
    const preflight = await app.http.inject({
      method: 'OPTIONS',
      url,
      headers: {
        origin: 'https://evil.test',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'x-headgate-client',
      },
    });
    expect(
      Object.keys(preflight.headers).filter((name) => name.startsWith('access-control')),
      url,
    ).toEqual([]);
    expect(opened.headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'");
  }
  expect((await me(app, signIn.json().access)).statusCode).toBe(200);
  expect((await post(app, '/api/auth/token/refresh/', {}, { ...DASHBOARD, cookie })).statusCode).toBe(200);
});

test('two tabs that refresh at once stay signed in', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const { email, password } = w.owner;
  const signIn = await post(app, '/api/auth/token/', { email, password }, DASHBOARD);
  const cookie = String(signIn.headers['set-cookie']).split(';')[0] ?? '';
  const refresh = (sent: string) => post(app, '/api/auth/token/refresh/', {}, { ...DASHBOARD, cookie: sent });
  const [a, b] = await Promise.all([refresh(cookie), refresh(cookie)]);
  expect([a.statusCode, b.statusCode]).toEqual([200, 200]);
  expect(a.headers['set-cookie']).toBe(b.headers['set-cookie']);
  const next = String(a.headers['set-cookie']).split(';')[0] ?? '';
  expect((await refresh(next)).statusCode).toBe(200);
});

test('the cookie is kept to TLS when the public address has it', async () => {
  const app = await buildApp({ env: { HEADGATE_PUBLIC_URL: 'https://headgate.example.test' } });
  const w = await newWorkspace(app);
  const { email, password } = w.owner;
  const headers = { 'x-headgate-client': 'dashboard', origin: 'https://headgate.example.test' };
  const signIn = await post(app, '/api/auth/token/', { email, password }, headers);
  expect(signIn.headers['set-cookie']).toMatch(/; Secure$/);
});

test('an access token alone is enough to sign out', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const out = await post(app, '/api/auth/logout/', {}, { authorization: `Bearer ${w.ownerToken}` });
  expect(out.statusCode).toBe(204);
  expect((await me(app, w.ownerToken)).statusCode).toBe(401);
  expect((await post(app, '/api/auth/logout/', {}, { authorization: 'Bearer nonsense' })).statusCode).toBe(204);
});

test('keys are made, listed and revoked by number, with or without the last slash', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  for (const root of ROOTS) {
    for (const slash of ['', '/']) {
      const url = `${root}/api-keys${slash}`;
      const body = { name: 'Production Ingestor', tenant_slug: w.workspace.slug };
      const made = await post(app, url, body, w.ownerHeaders());
      expect(made.statusCode, made.body).toBe(201);
      const { id, name, key } = made.json();
      expect(Object.keys(made.json())).toEqual(['id', 'name', 'key']);
      expect(name).toBe('Production Ingestor');
      expect(Number.isInteger(id)).toBe(true);
      expect(key).toMatch(/^sk_live_/);
      const listed = await app.http.inject({ url, headers: { authorization: `ApiKey ${key}` } });
      expect(listed.json()).toMatchObject({ count: 1, next: null, previous: null, results: [{ id, name }] });
      expect(listed.body).not.toContain(key.slice(19));
      const gone = await app.http.inject({
        method: 'DELETE',
        url: `${root}/api-keys/${id}${slash}`,
        headers: w.ownerHeaders(),
      });
      expect(gone.statusCode).toBe(204);
      const after = await app.http.inject({ url, headers: { authorization: `ApiKey ${key}` } });
      expect(after.statusCode).toBe(401);
      expect(Object.keys(after.json())).toEqual(['detail']);
    }
  }
});

test('lists take page and page_size or limit and offset, and link their neighbours', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  for (let i = 0; i < 5; i++) await w.key();
  const get = async (url: string) => (await app.http.inject({ url, headers: w.ownerHeaders() })).json();
  const first = await get('/api/auth/api-keys/?page_size=2');
  expect(first).toMatchObject({ count: 5, previous: null, next: '/api/auth/api-keys/?limit=2&offset=2' });
  const second = await get('/api/auth/api-keys/?page=2&page_size=2');
  expect(await get(first.next)).toEqual(second);
  const last = await get(second.next);
  expect(last).toMatchObject({ next: null, previous: '/api/auth/api-keys/?limit=2&offset=2' });
  const ids = [first, second, last].flatMap((page) => page.results.map((key: { id: number }) => key.id));
  expect(new Set(ids).size).toBe(5);
});

test('errors have the shapes of this door: detail, or one list of texts for each bad field', async () => {
  const app = await testApp();
  const [w, other] = [await newWorkspace(app), await newWorkspace(app)];
  const bad = await post(app, '/api/auth/api-keys/', { name: '' }, w.ownerHeaders());
  expect(bad.statusCode).toBe(400);
  expect(Object.keys(bad.json()).sort()).toEqual(['name', 'tenant_slug']);
  for (const messages of Object.values(bad.json())) expect(messages).toEqual([expect.any(String)]);

  const answers = [];
  for (const tenant_slug of [other.workspace.slug, 'nowhere']) {
    const answer = await post(app, '/api/auth/api-keys/', { name: 'n', tenant_slug }, w.ownerHeaders());
    expect(answer.statusCode).toBe(400);
    answers.push(answer.body);
  }
  expect(answers[0]).toBe(answers[1]);

  for (const id of ['0', '-1', '1e3', '99999999999999999999', 'abc', '1%00', '999999999999']) {
    const answer = await app.http.inject({
      method: 'DELETE',
      url: `/api/auth/api-keys/${id}/`,
      headers: w.ownerHeaders(),
    });
    expect(answer.statusCode, id).toBe(404);
    expect(answer.json()).toEqual({ detail: 'No API key here with this id.' });
  }

  const missing = await post(app, '/api/auth/token/', { email: 'a@b.test' });
  expect(missing.statusCode).toBe(400);
  expect(missing.json()).toHaveProperty('password');
  for (const payload of [
    { email: 'a\u0000@b.test', password: 'x' },
    { email: 1, password: 'x' },
    { email: 'a', password: 'x', role: 'owner' },
  ]) {
    expect((await post(app, '/api/auth/token/', payload)).statusCode).toBe(400);
  }
  const broken = await app.http.inject({
    method: 'POST',
    url: '/api/auth/token/',
    headers: { 'content-type': 'application/json' },
    payload: '{"email":',
  });
  expect(broken.statusCode).toBe(400);
  expect(Object.keys(broken.json())).toEqual(['detail']);
});
