/** Leaked keys reach the doors as GitHub's partner programme sends them, and as any finder may. Attack rows 4 and 37. */
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp, newWorkspace, type TestApp, type TestWorkspace } from '../../../test/support/app.ts';
import { makeKey } from '../../access/keys/check/format.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const KEY_ID = 'a1b2c3d4';

let app: TestApp;
beforeAll(async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'headgate-')), 'keys.json');
  const pem = publicKey.export({ type: 'spki', format: 'pem' });
  writeFileSync(file, JSON.stringify({ public_keys: [{ key_identifier: KEY_ID, key: pem, is_current: true }] }));
  app = await buildApp({ env: { HEADGATE_SECRET_SCANNING_KEYS: file, SMTP_URL: 'smtp://127.0.0.1:9' } });
});
afterAll(() => app.stop());

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

function github(
  findings: unknown,
  options: { body?: string; signature?: string; id?: string; by?: typeof privateKey } = {},
) {
  const text = JSON.stringify(findings);
  const signature = options.signature ?? sign('sha256', Buffer.from(text), options.by ?? privateKey).toString('base64');
  return app.http.inject({
    method: 'POST',
    url: '/api/secret-scanning/github',
    headers: {
      'content-type': 'application/json',
      'github-public-key-identifier': options.id ?? KEY_ID,
      'github-public-key-signature': signature,
    },
    payload: options.body ?? text,
  });
}

function finder(payload: object, remoteAddress = '198.51.100.7') {
  return app.http.inject({ method: 'POST', url: '/api/credentials/revoke', payload, remoteAddress });
}

const finding = (token: string, url = 'https://github.example/octo/repo/blob/main/.env', source = 'commit') => ({
  token,
  type: 'headgate_key',
  url,
  source,
});

async function me(key: string) {
  return (await app.http.inject({ url: '/api/v1/me', headers: { 'x-api-key': key } })).statusCode;
}

async function alertsOf(w: TestWorkspace, query = '') {
  const answer = await app.http.inject({ url: `/api/v1/alerts${query}`, headers: w.ownerHeaders() });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
}

async function leaksOf(w: TestWorkspace) {
  const answer = await app.http.inject({ url: '/api/v1/leaks', headers: w.ownerHeaders() });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
}

function mailsTo(address: string) {
  return app.database.db.selectFrom('notices').selectAll().where('to_address', '=', address).execute();
}

describe("GitHub's secret scanning", () => {
  test('a reported key is revoked at once, its owner told where it was found, what it could do and what it did', async () => {
    const w = await newWorkspace(app);
    const key = await w.key({ scopes: ['profiles:read'] });
    expect(await me(key)).toBe(200);
    await app.access.flushUsage();
    const answer = await github([finding(key)]);
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.json()).toEqual([{ token_hash: hashOf(key), token_type: 'headgate_key', label: 'true_positive' }]);
    expect(await me(key)).toBe(401);
    const [mail, ...more] = await mailsTo(w.owner.email);
    expect(more).toEqual([]);
    expect(mail?.subject).toContain('was found in public and revoked');
    for (const part of [
      'https://github.example/octo/repo/blob/main/.env',
      'profiles:read',
      'GET /api/v1/me 200',
      'anywhere',
    ]) {
      expect(mail?.text).toContain(part);
    }
    expect(mail?.text).not.toContain(key.slice(20));
    expect((await alertsOf(w)).items).toMatchObject([{ kind: 'key_leaked', severity: 'critical', state: 'open' }]);
    const { items } = await leaksOf(w);
    expect(items).toMatchObject([
      { reported_by: 'github', source: 'commit', action: 'revoked', token_hash: hashOf(key), reports: 1 },
    ]);
    expect(items[0].could).toMatchObject({ full_access: false, scopes: ['profiles:read'], may_send: false });
    const audit = await app.http.inject({ url: '/api/v1/audit', headers: w.ownerHeaders() });
    expect(audit.body).toContain('api_key.revoked');
  });

  test('a replayed report revokes nothing again and mails nobody again', async () => {
    const w = await newWorkspace(app);
    const key = await w.key();
    const first = await github([finding(key)]);
    const second = await github([finding(key)]);
    expect(second.body).toBe(first.body);
    expect(await mailsTo(w.owner.email)).toHaveLength(1);
    expect((await alertsOf(w)).total).toBe(1);
    expect((await leaksOf(w)).items).toMatchObject([{ reports: 2 }]);
  });

  test('one mail for a key that was seen at many places', async () => {
    const w = await newWorkspace(app);
    const key = await w.key();
    await github([
      finding(key, 'https://a.example/1'),
      finding(key, '', 'GIST_CONTENT'),
      finding(key, 'https://a.example/2'),
    ]);
    const mails = await mailsTo(w.owner.email);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.text).toContain('https://a.example/2');
    expect((await leaksOf(w)).items.map((leak: { source: string }) => leak.source).sort()).toEqual([
      'commit',
      'commit',
      'gist_content',
    ]);
  });

  test('tokens that are not ours are false positives, and nothing is stored of them', async () => {
    const tokens = [makeKey('live').text, 'sk_live_hg_nonsense', 'ghp_0123456789', '', 'x'.repeat(5_000)];
    const answer = await github(tokens.map((token) => finding(token)));
    expect(answer.json().map((one: { label: string }) => one.label)).toEqual(tokens.map(() => 'false_positive'));
  });

  test('by policy a leaked key is quarantined instead: it reads and sends nothing', async () => {
    const w = await newWorkspace(app);
    const key = await w.key({ maySend: true, scopes: ['templates:read', 'templates:write', 'emails:send'] });
    await app.database.db
      .insertInto('key_policies')
      .values({ workspace_id: w.workspace.id, leak_action: 'quarantine' })
      .execute();
    await github([finding(key)]);
    const headers = { 'x-api-key': key };
    expect((await app.http.inject({ url: '/api/v1/templates', headers })).statusCode).toBe(200);
    const write = await app.http.inject({ method: 'POST', url: '/api/v1/templates', headers, payload: {} });
    expect(write.statusCode).toBe(403);
    expect((await mailsTo(w.owner.email))[0]?.text).toContain('quarantined');
    expect((await leaksOf(w)).items).toMatchObject([{ action: 'quarantined' }]);
  });

  test('1,000 tokens in one report are revoked in one go, with one mail to each owner', async () => {
    const w = await newWorkspace(app);
    const keys: string[] = [];
    for (let i = 0; i < 30; i++) keys.push(await w.key());
    const others = Array.from({ length: 970 }, () => makeKey('live').text);
    const answer = await github([...keys, ...others].map((token) => finding(token)));
    expect(answer.json().filter((one: { label: string }) => one.label === 'true_positive')).toHaveLength(30);
    expect(answer.json()).toHaveLength(1_000);
    for (const key of keys) expect(await me(key)).toBe(401);
    const mails = await mailsTo(w.owner.email);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.subject).toBe('30 API keys were found in public');
    expect((await alertsOf(w)).total).toBe(30);
  });

  describe('attack row 37: the door cannot be abused', () => {
    test('an unknown key id, a signature of somebody else, of another body, or no DER: 401, byte for byte the same', async () => {
      const w = await newWorkspace(app);
      const key = await w.key();
      const good = [finding(key)];
      const answers = [
        await github(good, { id: 'ffff' }),
        await github(good, { id: '../../etc' }),
        await github(good, { by: stranger.privateKey }),
        await github(good, { body: JSON.stringify([finding('other')]) }),
        await github(good, { signature: 'MAA=' }),
        await github(good, { signature: 'not base64!' }),
        await github(good, { signature: '' }),
        await app.http.inject({ method: 'POST', url: '/api/secret-scanning/github', payload: good }),
        await app.http.inject({ method: 'POST', url: '/api/secret-scanning/github' }),
      ];
      for (const answer of answers) {
        expect(answer.statusCode).toBe(401);
        expect(answer.body).toBe(answers[0]?.body);
      }
      expect(await me(key)).toBe(200);
    });

    test('the signature is checked before anything is parsed', async () => {
      expect((await github([], { body: '{{{' })).statusCode).toBe(401);
      const text = '{{{';
      const signature = sign('sha256', Buffer.from(text), privateKey).toString('base64');
      expect((await github([], { body: text, signature })).statusCode).toBe(400);
      expect((await github({ not: 'an array' })).statusCode).toBe(400);
      expect((await github([null, 1, {}, { token: 5 }, { token: makeKey('live').text, url: 7 }])).statusCode).toBe(200);
    });

    test('an array of 10 MB is 413', async () => {
      const answer = await github([finding('x'.repeat(10 * 1024 * 1024))]);
      expect(answer.statusCode).toBe(413);
    });

    test('it tells no more of a key than that it is ours: revoked, expired and working ones are answered alike', async () => {
      const w = await newWorkspace(app);
      const [working, revoked] = [await w.key(), await w.key()];
      await github([finding(revoked)]);
      const answer = (await github([finding(working), finding(revoked)])).json();
      expect(answer.map(({ token_hash: _, ...rest }: { token_hash: string }) => rest)).toEqual([
        { token_type: 'headgate_key', label: 'true_positive' },
        { token_type: 'headgate_key', label: 'true_positive' },
      ]);
    });
  });
});

describe('any finder', () => {
  test('reports keys without a credential; ours are revoked, and the answer never says which', async () => {
    const w = await newWorkspace(app);
    const key = await w.key();
    const note = 'in the logs of our build';
    const ours = await finder({ credentials: [key], source_url: 'https://paste.example/1', note });
    const unknown = await finder({ credentials: [makeKey('live').text, 'nonsense'] });
    expect(ours.statusCode).toBe(202);
    expect(unknown.statusCode).toBe(202);
    expect(ours.body).toBe(unknown.body);
    expect(await me(key)).toBe(401);
    const [mail] = await mailsTo(w.owner.email);
    expect(mail?.text).toContain(`https://paste.example/1 (${note})`);
    expect((await leaksOf(w)).items).toMatchObject([{ reported_by: 'finder', note, action: 'revoked' }]);
  });

  test('the public id alone proves nothing', async () => {
    const w = await newWorkspace(app);
    const key = await w.key();
    const forged = `${key.slice(0, 19)}${makeKey('live').text.slice(19)}`;
    await finder({ credentials: [forged, key.slice(0, 19)] });
    expect(await me(key)).toBe(200);
  });

  test('wrong bodies are 422; more than 60 reports an hour from a network are 429', async () => {
    const from = '203.0.113.9';
    const bad = [{}, { credentials: [] }, { credentials: 'x' }, { credentials: ['x'], other: 1 }];
    for (const body of bad) expect((await finder(body, from)).statusCode).toBe(422);
    const tooMany = { credentials: Array.from({ length: 1_001 }, () => 'x') };
    expect((await finder(tooMany, from)).statusCode).toBe(422);
    for (let i = 0; i < 55; i++) expect((await finder({ credentials: ['x'] }, from)).statusCode).toBe(202);
    const refused = await finder({ credentials: ['x'] }, from);
    expect(refused.statusCode).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await finder({ credentials: ['x'] }, '203.0.113.10')).statusCode).toBe(202);
  });
});

describe('attack row 4: a key in a URL', () => {
  test('is refused, and the owners of a live one are told, once', async () => {
    const w = await newWorkspace(app);
    const key = await w.key();
    for (const url of [
      `/api/v1/me?api_key=${key}`,
      `/api/v1/people/x${key}`,
      `/api/v1/me?k=${key.replaceAll('_', '%5F')}`,
    ]) {
      const answer = await app.http.inject({ url });
      expect(answer.statusCode).toBe(400);
      expect(answer.json().error.code).toBe('credential_in_url');
    }
    await app.access.leaks.settled();
    const { items } = await alertsOf(w);
    expect(items).toMatchObject([{ kind: 'key_in_url', severity: 'warning' }]);
    expect(JSON.stringify(items)).not.toContain(key.slice(20));
    expect(await mailsTo(w.owner.email)).toHaveLength(1);
    expect(await me(key)).toBe(200);
  });

  test('a forged one tells nobody', async () => {
    const before = await app.database.db.selectFrom('alerts').select('id').execute();
    await app.http.inject({ url: `/api/v1/me?api_key=${makeKey('live').text}` });
    await app.access.leaks.settled();
    expect(await app.database.db.selectFrom('alerts').select('id').execute()).toHaveLength(before.length);
  });
});

describe('alerts', () => {
  test('are acknowledged once, by whom is kept, and members of another workspace do not see them', async () => {
    const w = await newWorkspace(app);
    const other = await newWorkspace(app);
    await github([finding(await w.key())]);
    const { items } = await alertsOf(w, '?state=open');
    const url = `/api/v1/alerts/${items[0].id}/acknowledge`;
    expect((await app.http.inject({ method: 'POST', url, headers: other.ownerHeaders() })).statusCode).toBe(404);
    const done = await app.http.inject({ method: 'POST', url, headers: w.ownerHeaders() });
    expect(done.json()).toMatchObject({ state: 'acknowledged', acknowledged_by: w.owner.email });
    const again = await app.http.inject({ method: 'POST', url, headers: w.ownerHeaders() });
    expect(again.json()).toEqual(done.json());
    expect((await alertsOf(w, '?state=open')).total).toBe(0);
    expect((await alertsOf(w, '?state=acknowledged')).total).toBe(1);
  });
});
