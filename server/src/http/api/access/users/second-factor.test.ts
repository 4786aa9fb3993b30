import { expect, test } from 'vitest';
import { buildApp, newWorkspace, type TestApp, testApp } from '../../../../../test/support/app.ts';
import { auditOf, call, codeOf, enrol, newAddress } from '../../../../../test/support/people.ts';

async function signIn(app: TestApp, owner: { email: string; password: string }, address = newAddress()) {
  const { email, password } = owner;
  return await call(app, 'POST', '/api/auth/token/', { email, password }, { address });
}

const second = (app: TestApp, body: object, address = newAddress()) =>
  call(app, 'POST', '/api/auth/token/second-factor/', body, { address });

test('enrolment gives a QR text and ten recovery codes once, and nothing is asked for before it is confirmed', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const begun = await call(app, 'POST', '/api/v1/second-factor/totp', undefined, { token: w.ownerToken });
  expect(begun.statusCode, begun.body).toBe(201);
  expect(begun.json().uri).toMatch(/^otpauth:\/\/totp\/Headgate/);
  expect(begun.json().uri).toContain(`secret=${begun.json().secret}`);
  expect((await signIn(app, w.owner)).statusCode).toBe(200);

  const wrong = await call(
    app,
    'POST',
    '/api/v1/second-factor/totp/confirm',
    { code: '000000' },
    { token: w.ownerToken },
  );
  expect(wrong.statusCode).toBe(422);
  const other = await app.access.tokens.issue(w.owner.id);
  const { recoveryCodes, secret, session } = await enrol(app, w.ownerToken);
  expect(new Set(recoveryCodes).size).toBe(10);
  for (const code of recoveryCodes) expect(code).toMatch(/^[2-9a-z]{5}-[2-9a-z]{5}$/);

  // The session id rotates at elevation, and sessions from before are over.
  for (const token of [w.ownerToken, other.access]) {
    expect((await call(app, 'GET', '/api/v1/me', undefined, { token })).statusCode).toBe(401);
  }
  const me = (await call(app, 'GET', '/api/v1/me', undefined, { token: session.access })).json();
  expect(me.second_factor).toEqual({
    totp: true,
    passkeys: 0,
    recovery_codes_left: 10,
    required: false,
    used: true,
    must_enrol: false,
  });
  expect(me.workspaces).toEqual([
    { id: w.workspace.id, slug: w.workspace.slug, name: `Workspace ${w.workspace.slug}`, role: 'owner' },
  ]);

  const { db } = app.database;
  const row = await db
    .selectFrom('totp_secrets')
    .selectAll()
    .where('user_id', '=', w.owner.id)
    .executeTakeFirstOrThrow();
  expect(row.secret_sealed.includes(Buffer.from(secret))).toBe(false);
  const hashes = await db.selectFrom('recovery_codes').selectAll().where('user_id', '=', w.owner.id).execute();
  for (const { code_hash } of hashes) expect(code_hash).toHaveLength(32);
});

test('signing in with a second factor takes two steps, and what is between them is no session', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const { secret, session } = await enrol(app, w.ownerToken);
  const first = await signIn(app, w.owner);
  expect(first.statusCode).toBe(403);
  expect(first.headers['set-cookie']).toBeUndefined();
  const { mfa_token, ...rest } = first.json();
  expect(rest).toMatchObject({
    code: 'second_factor_required',
    expires_in: 300,
    methods: ['totp', 'recovery_code'],
    passkey_options: null,
  });
  expect(JSON.stringify(rest)).not.toMatch(/"(access|refresh)"/);

  // Attack row 14: nothing takes the token before the second factor as a session.
  for (const url of ['/api/v1/me', '/subscribeflow/api/v1/me', '/api/auth/api-keys/', '/api/v1/sessions']) {
    for (const headers of [
      { authorization: `Bearer ${mfa_token}` },
      { authorization: `ApiKey ${mfa_token}` },
      { 'x-api-key': mfa_token },
    ]) {
      expect((await call(app, 'GET', url, undefined, { headers })).statusCode, url).toBe(401);
    }
  }
  expect((await call(app, 'POST', '/api/auth/token/refresh/', { refresh: mfa_token })).statusCode).toBe(401);
  const cookie = {
    cookie: `headgate_refresh=${mfa_token}`,
    'x-headgate-client': 'dashboard',
    'sec-fetch-site': 'same-origin',
  };
  expect((await call(app, 'POST', '/api/auth/token/refresh/', {}, { headers: cookie })).statusCode).toBe(401);
  expect(
    (await call(app, 'POST', '/api/auth/password/reset/', { token: mfa_token, password: 'another long one' }))
      .statusCode,
  ).toBe(400);
  const rows = await app.access.users.sessions.listOf(w.owner.id, null);
  expect(rows).toHaveLength(1);

  // Neither is an access token one for the second step.
  expect((await second(app, { mfa_token: session.access.slice(0, 200), code: codeOf(secret) })).statusCode).toBe(401);

  const code = codeOf(secret);
  const done = await second(app, { mfa_token, code });
  expect(done.statusCode, done.body).toBe(200);
  const me = await call(app, 'GET', '/api/v1/me', undefined, { token: done.json().access });
  expect(me.json().second_factor.used).toBe(true);

  // The token is spent, and so is the code.
  expect((await second(app, { mfa_token, code: codeOf(secret, 1) })).statusCode).toBe(401);
  const again = (await signIn(app, w.owner)).json().mfa_token;
  expect((await second(app, { mfa_token: again, code })).statusCode).toBe(401);
  expect((await second(app, { mfa_token: again, code: codeOf(secret, 1) })).statusCode).toBe(200);
  // Older than the newest that was taken.
  const third = (await signIn(app, w.owner)).json().mfa_token;
  expect((await second(app, { mfa_token: third, code: codeOf(secret) })).statusCode).toBe(401);
});

test('of a hundred copies of one second step at once one gets a session', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const { secret, recoveryCodes } = await enrol(app, w.ownerToken);
  const { mfa_token } = (await signIn(app, w.owner)).json();
  const race = (body: object) => Promise.all(Array.from({ length: 50 }, () => second(app, { mfa_token, ...body })));
  const answers = [...(await race({ code: codeOf(secret) })), ...(await race({ recovery_code: recoveryCodes[0] }))];
  expect(answers.filter((answer) => answer.statusCode === 200)).toHaveLength(1);
  // A code that bought nothing is not used up.
  const me = await app.access.users.secondFactor.statusOf(w.owner.id);
  expect(me.recovery_codes_left).toBe(10);
});

test('a recovery code works once, in any writing, and new ones void the old', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const { recoveryCodes, session } = await enrol(app, w.ownerToken);
  const [one = '', two = ''] = recoveryCodes;
  const step = async (recovery_code: string) => {
    const { mfa_token } = (await signIn(app, w.owner)).json();
    return (await second(app, { mfa_token, recovery_code })).statusCode;
  };
  expect(await step(one.toUpperCase().replace('-', ' '))).toBe(200);
  expect(await step(one)).toBe(401);
  const renewed = await call(app, 'POST', '/api/v1/second-factor/recovery-codes', undefined, { token: session.access });
  expect(renewed.json().recovery_codes).toHaveLength(10);
  expect(await step(two)).toBe(401);
  expect(await step(renewed.json().recovery_codes[9])).toBe(200);
});

test('an mfa token ends after five minutes, with the password it was made with, and belongs to one account', async () => {
  const app = await testApp();
  const [w, other] = [await newWorkspace(app), await newWorkspace(app)];
  const mine = await enrol(app, w.ownerToken);
  const theirs = await enrol(app, other.ownerToken);
  const { mfa_token } = (await signIn(app, w.owner)).json();
  const bytes = Buffer.from(mfa_token.slice(4), 'base64url');
  const swapped = Buffer.concat([Buffer.from(other.owner.id.replaceAll('-', ''), 'hex'), bytes.subarray(16)]);
  const later = Buffer.from(bytes);
  later.writeUIntBE(Date.now() + 3_600_000, 16, 6);
  const expired = Buffer.from(bytes);
  expired.writeUIntBE(Date.now() - 1, 16, 6);
  for (const forged of [swapped, later, expired, bytes.subarray(0, -1), Buffer.alloc(70)]) {
    const token = `hgm_${forged.toString('base64url')}`;
    for (const { secret } of [mine, theirs]) {
      expect((await second(app, { mfa_token: token, code: codeOf(secret) })).statusCode).toBe(401);
    }
  }
  const change = { current_password: w.owner.password, new_password: 'quite another pass phrase' };
  const changed = await call(app, 'POST', '/api/v1/password', change, { token: mine.session.access });
  expect(changed.statusCode, changed.body).toBe(204);
  expect((await second(app, { mfa_token, code: codeOf(mine.secret) })).statusCode).toBe(401);
});

test('guessing codes is slowed for the account', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  await enrol(app, w.ownerToken);
  const address = newAddress();
  const statuses: number[] = [];
  for (let i = 0; i < 12; i++) {
    const { mfa_token } = (await signIn(app, w.owner, address)).json();
    statuses.push((await second(app, { mfa_token, code: '123123' }, address)).statusCode);
  }
  expect(statuses).toEqual([...Array<number>(10).fill(401), 429, 429]);
});

test('exactly one proof is taken, and its form is checked before anything else', async () => {
  const app = await testApp();
  for (const body of [
    {},
    { code: '123456', recovery_code: 'x' },
    { code: '12345' },
    { code: '１２３４５６' },
    { code: 123456 },
    { passkey: {} },
    { code: '123456', access: 'x' },
  ]) {
    expect((await second(app, { mfa_token: 'hgm_x', ...body })).statusCode, JSON.stringify(body)).toBe(400);
  }
});

test('removing the last factor takes the recovery codes, unless a workspace requires one', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const { session } = await enrol(app, w.ownerToken);
  const token = session.access;
  const policy = (required: boolean) => call(app, 'PUT', '/api/v1/second-factor/policy', { required }, { token });
  const remove = () => call(app, 'DELETE', '/api/v1/second-factor/totp', undefined, { token });
  expect((await policy(true)).json()).toEqual({ required: true });
  expect((await remove()).statusCode).toBe(409);
  await policy(false);
  expect((await remove()).statusCode).toBe(204);
  expect(await app.access.users.secondFactor.statusOf(w.owner.id)).toEqual({
    totp: false,
    passkeys: 0,
    recovery_codes_left: 0,
  });
  expect((await signIn(app, w.owner)).statusCode).toBe(200);
  expect((await remove()).statusCode).toBe(404);
  expect((await policy(true)).statusCode).toBe(409);
});

test('where the workspace requires a second factor, members without one can only set it up', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const key = await w.key();
  const owner = (await enrol(app, w.ownerToken)).session.access;
  const admin = (await w.memberHeaders('admin')).authorization.slice(7);
  const put = (token: string) => call(app, 'PUT', '/api/v1/second-factor/policy', { required: true }, { token });
  expect((await put(admin)).statusCode).toBe(403);
  expect((await put(key)).statusCode).toBe(403);
  expect((await put(owner)).statusCode).toBe(200);

  expect((await call(app, 'GET', '/api/v1/sources', undefined, { token: key })).statusCode).toBe(200);
  const open = new Set(
    app.http.declaredRoutes
      .filter((route) => route.access.whileEnrolling)
      .map((route) => `${route.method} ${route.url}`),
  );
  let refused = 0;
  for (const { method, url, access } of app.http.declaredRoutes) {
    if (['public', 'write-key'].includes(access.scope) || open.has(`${method} ${url}`) || url.startsWith('/v1beta'))
      continue;
    // Two colons are one of the path itself.
    const path = url.replaceAll(/(?<!:):\w+|\*/g, 'x').replaceAll('::', ':');
    const answer = await call(app, method, path, method === 'GET' ? undefined : {}, { token: admin });
    expect([answer.statusCode, answer.body.includes('requires a second factor')], `${method} ${url}`).toEqual([
      403,
      true,
    ]);
    refused++;
  }
  expect(refused).toBeGreaterThan(60);
  const me = (await call(app, 'GET', '/api/v1/me', undefined, { token: admin })).json();
  expect(me.second_factor).toMatchObject({ required: true, must_enrol: true });
  const { session } = await enrol(app, admin);
  expect((await call(app, 'GET', '/api/v1/sources', undefined, { token: session.access })).statusCode).toBe(200);
});

test('what guards the account changes only shortly after the password was given', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const { db } = app.database;
  const old = new Date(Date.now() - 16 * 60_000);
  await db.updateTable('sessions').set({ confirmed_at: old }).where('user_id', '=', w.owner.id).execute();
  const token = w.ownerToken;
  for (const [method, url, body] of [
    ['POST', '/api/v1/second-factor/totp', undefined],
    ['POST', '/api/v1/second-factor/totp/confirm', { code: '123456' }],
    ['DELETE', '/api/v1/second-factor/totp', undefined],
    ['POST', '/api/v1/second-factor/recovery-codes', undefined],
    ['POST', '/api/v1/passkeys/options', undefined],
  ] as const) {
    const answer = await call(app, method, url, body, { token });
    expect([answer.statusCode, answer.json().error.code], url).toEqual([403, 'confirmation_required']);
  }
  const confirm = (password: string) => call(app, 'POST', '/api/v1/sessions/confirm', { password }, { token });
  expect((await confirm('wrong')).statusCode).toBe(403);
  expect((await confirm(w.owner.password)).statusCode).toBe(204);
  expect((await call(app, 'POST', '/api/v1/second-factor/totp', undefined, { token })).statusCode).toBe(201);
});

test('a key cannot change anybody’s account', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const token = await w.key();
  for (const [url, body] of [
    ['/api/v1/second-factor/totp', undefined],
    ['/api/v1/second-factor/totp/confirm', { code: '123456' }],
    ['/api/v1/second-factor/recovery-codes', undefined],
    ['/api/v1/passkeys/options', undefined],
    ['/api/v1/sessions/confirm', { password: w.owner.password }],
    ['/api/v1/password', { current_password: w.owner.password, new_password: 'a stolen key sets this' }],
  ] as const) {
    expect((await call(app, 'POST', url, body, { token })).statusCode, url).toBe(403);
  }
  expect((await call(app, 'DELETE', '/api/v1/sessions', undefined, { token })).statusCode).toBe(403);
});

test('signing in and second factors leave audit entries, with neither codes nor secrets', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const { secret, recoveryCodes, session } = await enrol(app, w.ownerToken);
  await call(app, 'POST', '/api/auth/token/', { email: w.owner.email, password: 'wrong' });
  const { mfa_token } = (await signIn(app, w.owner)).json();
  await second(app, { mfa_token, code: '000000' });
  await second(app, { mfa_token, recovery_code: recoveryCodes[0] ?? '' });
  await call(app, 'POST', '/api/auth/logout/', { refresh: session.refresh });
  const entries = await auditOf(app, w.workspace.id);
  const actions = entries.map((entry) => entry.action);
  expect(actions).toEqual(
    expect.arrayContaining(['second_factor.added', 'sign_in.failed', 'session.created', 'session.ended']),
  );
  expect(actions.filter((action) => action === 'sign_in.failed')).toHaveLength(2);
  const created = entries.find((entry) => entry.action === 'session.created');
  expect(created).toMatchObject({ actor_kind: 'user', actor_id: w.owner.id, actor_label: w.owner.email });
  expect(created?.ip).toMatch(/^2001:/);
  expect(entries.find((entry) => entry.action === 'sign_in.failed')).toMatchObject({ actor_kind: 'system' });
  const all = JSON.stringify(entries);
  for (const hidden of [secret, ...recoveryCodes, mfa_token, w.owner.password]) expect(all).not.toContain(hidden);
});

test('the dashboard gets the session of both ways only as a cookie, and only for its own pages', async () => {
  const app = await buildApp({ env: { HEADGATE_PUBLIC_URL: 'https://headgate.example.test' } });
  const w = await newWorkspace(app);
  const { secret } = await enrol(app, w.ownerToken);
  const { mfa_token } = (await signIn(app, w.owner)).json();
  const dashboard = { 'x-headgate-client': 'dashboard' };
  for (const foreign of [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.test' },
  ]) {
    const headers = { ...dashboard, ...foreign } as Record<string, string>;
    const answer = await call(
      app,
      'POST',
      '/api/auth/token/second-factor/',
      { mfa_token, code: codeOf(secret) },
      { headers },
    );
    expect(answer.statusCode).toBe(403);
    expect(answer.headers['set-cookie']).toBeUndefined();
  }
  const headers = { ...dashboard, 'sec-fetch-site': 'same-origin' };
  const done = await call(
    app,
    'POST',
    '/api/auth/token/second-factor/',
    { mfa_token, code: codeOf(secret) },
    { headers },
  );
  expect(Object.keys(done.json())).toEqual(['access']);
  expect(done.headers['set-cookie']).toMatch(/^headgate_refresh=hgr_.*; HttpOnly; SameSite=Strict; Secure$/);
  expect(done.headers['cache-control']).toBe('no-store');
  await app.stop();
});
