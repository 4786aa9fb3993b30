import { createHmac, generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { newWorkspace, TEST_SECRET, testApp } from '../../../../test/support/app.ts';
import { testDatabase } from '../../../../test/support/database.ts';
import { hashSubkey, subkey } from '../../secrets.ts';
import { createTokens } from './sessions.ts';

const signingKey = subkey(TEST_SECRET, 'session-token');

async function tokensAt(clock: { now: Date }) {
  const { db } = await testDatabase();
  return createTokens({ db, signingKey, hashKey: hashSubkey(TEST_SECRET, 'refresh-token'), now: () => clock.now });
}

function decode(part: string | undefined): Record<string, unknown> {
  return JSON.parse(Buffer.from(part ?? '', 'base64url').toString());
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** A token over any header and claims, signed with HMAC-SHA-256 by any key. */
function forge(header: object, claims: object, key: Buffer | string): string {
  const body = `${encode(header)}.${encode(claims)}`;
  return `${body}.${createHmac('sha256', key).update(body).digest('base64url')}`;
}

test('an access token is for its user and session, for an hour', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const clock = { now: new Date() };
  const tokens = await tokensAt(clock);
  const { access } = await tokens.issue(w.owner.id);
  expect(await tokens.verifyAccess(access)).toMatchObject({ userId: w.owner.id });
  clock.now = new Date(clock.now.getTime() + 3_599_000);
  await tokens.verifyAccess(access);
  clock.now = new Date(clock.now.getTime() + 2_000);
  await expect(tokens.verifyAccess(access)).rejects.toMatchObject({ code: 'token_expired', status: 401 });
});

test('no forged token gets in', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const [head, body, signature] = w.ownerToken.split('.');
  const header = decode(head);
  const claims = decode(body);
  const { kid: _, ...headerWithoutKid } = header;
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = publicKey.export({ format: 'jwk' });
  const pem = publicKey.export({ format: 'pem', type: 'spki' }).toString();
  const seconds = Math.floor(Date.now() / 1_000);
  const without = (name: string) => Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name));

  // The forger of this test is able: with the right header and claims its token is taken.
  await app.access.tokens.verifyAccess(forge(header, claims, signingKey));

  const corpus: Record<string, string> = {
    'empty signature': `${head}.${body}.`,
    'no signature part': `${head}.${body}`,
    'cut signature': `${head}.${body}.${signature?.slice(0, -2)}`,
    'other body': `${head}.${encode({ ...claims, sub: '00000000-0000-7000-8000-000000000000' })}.${signature}`,
    'key of another installation': forge(header, claims, subkey('x'.repeat(40), 'session-token')),
    'subkey of another purpose': forge(header, claims, subkey(TEST_SECRET, 'refresh-token')),
    'the installation secret itself': forge(header, claims, TEST_SECRET),
    'empty key': forge(header, claims, ''),
    'expired long ago': forge(header, { ...claims, exp: seconds - 3_600 }, signingKey),
    'exp as text': forge(header, { ...claims, exp: '9999999999' }, signingKey),
    'no exp': forge(header, without('exp'), signingKey),
    'no iat': forge(header, without('iat'), signingKey),
    'no sub': forge(header, without('sub'), signingKey),
    'no session': forge(header, without('sid'), signingKey),
    'session as number': forge(header, { ...claims, sid: 7 }, signingKey),
    'not yet valid': forge(header, { ...claims, nbf: seconds + 600 }, signingKey),
    'wrong issuer': forge(header, { ...claims, iss: 'headgate2' }, signingKey),
    'no issuer': forge(header, without('iss'), signingKey),
    'wrong audience': forge(header, { ...claims, aud: 'headgate-dashboard' }, signingKey),
    'no audience': forge(header, without('aud'), signingKey),
    'id token': forge({ ...header, typ: 'JWT' }, claims, signingKey),
    'no type': forge({ alg: 'HS256', kid: header['kid'] }, claims, signingKey),
    'critical extension': forge({ ...header, crit: ['b64'], b64: false }, claims, signingKey),
    'unknown critical': forge({ ...header, crit: ['x'], x: 1 }, claims, signingKey),
    'public key as HMAC key': forge(header, claims, pem),
    'embedded jwk': forge({ ...header, jwk }, claims, pem),
    jku: forge({ ...header, jku: 'http://127.0.0.1:1/jwks.json' }, claims, 'x'),
    x5u: forge({ ...header, x5u: 'http://127.0.0.1:1/cert' }, claims, 'x'),
    'no kid': forge(headerWithoutKid, claims, signingKey),
    'array header': forge([], claims, signingKey),
    'sign-in token as access token': `hgm_${Buffer.alloc(70, 1).toString('base64url')}`,
    'refresh token as access token': (await app.access.tokens.issue(w.owner.id)).refresh,
    'padded signature': `${w.ownerToken}==`,
    'blanks inside': w.ownerToken.replace('.', '. '),
    'detached payload': `${head}..${signature}`,
    'five parts': `${head}.${body}.${signature}.${body}.${signature}`,
    'x5c in the header': forge({ ...header, x5c: [pem] }, claims, pem),
    'header that is no object': forge([header], claims, signingKey),
    'other type for access': forge({ ...header, typ: 'mfa+jwt' }, claims, signingKey),
    'subject of a list': forge(header, { ...claims, sub: [claims['sub']] }, signingKey),
    'two tokens': `${w.ownerToken}.${w.ownerToken}`,
    nothing: '...',
    'ES256 with embedded key': await new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: String(header['kid']), jwk })
      .sign(privateKey),
  };
  for (const alg of ['none', 'None', 'nOnE', 'HS384', 'HS512', 'RS256', 'ES256', '', 'hs256', 0]) {
    corpus[`alg ${alg}`] = forge({ ...header, alg }, claims, signingKey);
    corpus[`alg ${alg} unsigned`] = `${encode({ ...header, alg })}.${body}.`;
  }
  for (const kid of ['../../../dev/null', "' or 1=1 --", '', 'default', 7, null]) {
    corpus[`kid ${kid}`] = forge({ ...header, kid }, claims, signingKey);
  }
  expect(Object.keys(corpus).length).toBeGreaterThan(60);
  for (const [name, token] of Object.entries(corpus)) {
    const answer = await app.http.inject({ url: '/api/v1/me', headers: { authorization: `Bearer ${token}` } });
    expect(answer.statusCode, name).toBe(401);
    expect(answer.headers['www-authenticate'], name).toBe('Bearer realm="headgate", error="invalid_token"');
  }
});

test('a refresh token works once and its use a second time ends the whole session', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const { tokens } = app.access;
  const first = await tokens.issue(w.owner.id);
  const other = await tokens.issue(w.owner.id);
  const second = await tokens.refresh(first.refresh);
  const third = await tokens.refresh(second.refresh);
  const me = (token: string) => app.http.inject({ url: '/api/v1/me', headers: { authorization: `Bearer ${token}` } });
  expect((await me(third.access)).statusCode).toBe(200);

  await expect(tokens.refresh(first.refresh)).rejects.toMatchObject({ code: 'invalid_token' });
  await expect(tokens.refresh(third.refresh)).rejects.toMatchObject({ code: 'invalid_token' });
  for (const session of [first, second, third]) expect((await me(session.access)).statusCode).toBe(401);
  // Another sign-in of the same user is another family.
  expect((await me(other.access)).statusCode).toBe(200);
  await tokens.refresh(other.refresh);
});

test('two refreshes at once, or one whose answer was lost, get the same successor: one family, nobody is signed out', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const clock = { now: new Date() };
  const tokens = await tokensAt(clock);
  const first = await tokens.issue(w.owner.id);
  const [a, b] = await Promise.all([tokens.refresh(first.refresh), tokens.refresh(first.refresh)]);
  expect(b?.refresh).toBe(a?.refresh);
  const many = await Promise.all(Array.from({ length: 8 }, () => tokens.refresh(first.refresh)));
  expect(new Set([a, ...many].map((one) => one?.refresh)).size).toBe(1);
  expect((await tokens.verifyAccess(b.access)).familyId).toBe((await tokens.verifyAccess(first.access)).familyId);
  const next = await tokens.refresh(a.refresh);
  expect(next.refresh).not.toBe(a.refresh);
  const rows = await app.database.db
    .selectFrom('refresh_tokens')
    .select('id')
    .where('family_id', '=', (await tokens.verifyAccess(first.access)).familyId)
    .execute();
  expect(rows).toHaveLength(3);
});

test('once its successor was used, or after ten seconds, a used refresh token ends everything', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const clock = { now: new Date() };
  const tokens = await tokensAt(clock);
  const dead = async (session: { access: string; refresh: string }) => {
    await expect(tokens.refresh(session.refresh)).rejects.toMatchObject({ code: 'invalid_token' });
    const claims = await tokens.verifyAccess(session.access);
    await expect(app.access.workspaces.mustBePersonOf(claims)).rejects.toMatchObject({ code: 'invalid_token' });
  };

  const used = await tokens.issue(w.owner.id);
  const child = await tokens.refresh(used.refresh);
  const grandchild = await tokens.refresh(child.refresh);
  await dead(used);
  await dead(child);
  await dead(grandchild);

  const late = await tokens.issue(w.owner.id);
  const unused = await tokens.refresh(late.refresh);
  clock.now = new Date(clock.now.getTime() + 10_000);
  expect((await tokens.refresh(late.refresh)).refresh).toBe(unused.refresh);
  clock.now = new Date(clock.now.getTime() + 1);
  await dead(late);
  await dead(unused);
});

test('a successor cannot be made without the secret of the installation', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const { db } = await testDatabase();
  const parts = { db, signingKey, now: () => new Date() };
  const [ours, theirs] = [TEST_SECRET, 'x'.repeat(40)].map((secret) =>
    createTokens({ ...parts, hashKey: hashSubkey(secret, 'refresh-token') }),
  );
  const session = await ours?.issue(w.owner.id);
  await expect(theirs?.refresh(session?.refresh ?? '')).rejects.toMatchObject({ code: 'invalid_token' });
});

test('a refresh token ends after thirty days', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const clock = { now: new Date() };
  const tokens = await tokensAt(clock);
  const { refresh } = await tokens.issue(w.owner.id);
  clock.now = new Date(clock.now.getTime() + 30 * 86_400_000 + 1);
  await expect(tokens.refresh(refresh)).rejects.toMatchObject({ code: 'invalid_token' });
});

test('neither refresh tokens nor passwords are stored as they are', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const { refresh } = await app.access.tokens.issue(w.owner.id);
  const { db } = app.database;
  const rows = await db.selectFrom('refresh_tokens').selectAll().where('user_id', '=', w.owner.id).execute();
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) expect(row.token_hash.includes(Buffer.from(refresh.slice(4)))).toBe(false);
  const user = await db.selectFrom('users').selectAll().where('id', '=', w.owner.id).executeTakeFirstOrThrow();
  expect(user.password_hash).not.toContain(w.owner.password);
});
