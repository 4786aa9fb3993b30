/** Segment's page on its Public API, statement by statement, as far as it is about access. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type MailSink, startMailSink } from '../support/peers/smtp.ts';
import { type House, openHouse } from './house.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const IDENTIFIER = 'abcdef0123456789';

let house: House;
let smtp: MailSink;
let directory: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'headgate-seed-'));
  const key = publicKey.export({ type: 'spki', format: 'pem' });
  const list = { public_keys: [{ key_identifier: IDENTIFIER, key, is_current: true }] };
  writeFileSync(join(directory, 'keys.json'), JSON.stringify(list));
  smtp = await startMailSink();
  house = await openHouse({
    env: { SMTP_URL: smtp.url, HEADGATE_SECRET_SCANNING_KEYS: join(directory, 'keys.json') },
  });
});

afterAll(async () => {
  await house.stop();
  await smtp.close();
  rmSync(directory, { recursive: true, force: true });
});

/** A commit with these tokens was pushed to a public repository. */
async function pushed(tokens: readonly string[]) {
  const url = 'https://github.example/octo/app/blob/main/.env';
  const body = JSON.stringify(tokens.map((token) => ({ token, type: 'headgate_api_key', url, source: 'commit' })));
  const signature = sign('sha256', Buffer.from(body), privateKey).toString('base64');
  const headers = { 'github-public-key-identifier': IDENTIFIER, 'github-public-key-signature': signature };
  return await house.ask('POST', '/api/secret-scanning/github', headers, body);
}

const workspaceOf = (authorization: string, headers: Record<string, string> = {}) =>
  house.ask('GET', '/', { authorization, ...headers });

test('the token of a workspace answers with that workspace, at the root and under /segment', async () => {
  const token = `Bearer ${await house.w.key({ scopes: ['workspace:read'] })}`;
  for (const path of ['/', '/segment', '/segment/']) {
    const answer = await house.ask('GET', path, { authorization: token });
    expect([answer.status, answer.json.data.workspace.slug], path).toEqual([200, house.w.workspace.slug]);
  }
});

test('versioning: an endpoint answers for each of its versions', async () => {
  const token = `Bearer ${await house.w.key({ scopes: ['workspace:read'] })}`;
  for (const version of ['v1', 'v1beta', 'v1alpha']) {
    const answer = await workspaceOf(token, { accept: `application/vnd.segment.${version}+json` });
    expect([answer.status, answer.headers.get('content-type')], version).toEqual([
      200,
      expect.stringContaining('json'),
    ]);
  }
});

test('error handling: a refusal is a list of errors with type and message', async () => {
  const answer = await workspaceOf('Bearer nonsense');
  expect([answer.status, answer.json]).toEqual([
    401,
    { errors: [{ type: expect.any(String), message: expect.any(String) }] },
  ]);
});

test('rate limits: each token has its own count, told on every answer', async () => {
  const first = `Bearer ${await house.w.key({ scopes: ['workspace:read'] })}`;
  const second = `Bearer ${await house.w.key({ scopes: ['workspace:read'] })}`;
  await house.ask('GET', '/segment/', { authorization: first });
  const left = (await house.ask('GET', '/segment/', { authorization: first })).headers.get('x-ratelimit-remaining');
  const fresh = (await house.ask('GET', '/segment/', { authorization: second })).headers.get('x-ratelimit-remaining');
  expect(Number(fresh)).toBe(Number(left) + 1);
});

test('rate limits: a single token can be given another limit', async () => {
  const body = { name: 'slow', scopes: ['workspace:read'], rate_per_minute: 3 };
  const { key } = (await house.ask('POST', '/api/v1/api-keys', house.w.ownerHeaders(), body)).json;
  const statuses: number[] = [];
  for (let n = 0; n < 5; n++) statuses.push((await workspaceOf(`Bearer ${key}`)).status);
  expect(statuses).toEqual([200, 200, 200, 429, 429]);
});

test('only users with the role Workspace Owner can create Public API tokens', async () => {
  const body = { name: 'token', scopes: ['workspace:read'] };
  for (const role of ['admin', 'member', 'viewer'] as const) {
    const answer = await house.ask('POST', '/api/v1/api-keys', await house.w.memberHeaders(role), body);
    expect(answer.status, role).toBe(403);
  }
  expect((await house.ask('POST', '/api/v1/api-keys', house.w.ownerHeaders(), body)).status).toBe(201);
});

test('a token in a public commit is revoked within seconds, and the workspace owners are notified', async () => {
  const token = await house.w.key({ scopes: ['workspace:read'] });
  expect((await workspaceOf(`Bearer ${token}`)).status).toBe(200);
  const startedAt = Date.now();
  const answer = await pushed([token]);
  expect(answer.status, answer.text).toBe(200);
  expect(answer.json).toMatchObject([{ label: 'true_positive' }]);
  expect(answer.text).not.toContain(token);
  await expect.poll(async () => (await workspaceOf(`Bearer ${token}`)).status, { timeout: 5_000 }).toBe(401);
  expect(Date.now() - startedAt).toBeLessThan(2_000);
  const mail = await smtp.waitFor(house.w.owner.email);
  expect(mail.mail.text).toContain('github.example');
  expect(mail.mail.text).not.toContain(token.slice(-38));
});

test('only valid tokens: what is no token of ours is a false positive, and an unsigned report is refused', async () => {
  const other = `sk_live_hg_${'0'.repeat(46)}`;
  expect((await pushed([other])).json).toMatchObject([{ label: 'false_positive' }]);
  const token = await house.w.key({ scopes: ['workspace:read'] });
  const forged = await house.ask('POST', '/api/secret-scanning/github', {}, [
    { token, type: 't', url: '', source: '' },
  ]);
  expect(forged.status).toBe(401);
  expect((await workspaceOf(`Bearer ${token}`)).status).toBe(200);
});

test('secret scanning is enabled for all workspaces, without a setting', async () => {
  const route = house.app.http.declaredRoutes.find(({ url }) => url === '/api/secret-scanning/github');
  expect(route?.access).toEqual(expect.objectContaining({ scope: 'public' }));
});

test('the audit trail and the usage log show whether unauthorized actions were taken with the token', async () => {
  const owner = house.w.ownerHeaders();
  const made = await house.ask('POST', '/api/v1/api-keys', owner, { name: 'to be leaked' });
  const { key, id, public_id } = made.json;
  const source = await house.ask('POST', '/api/v1/sources', { authorization: `Bearer ${key}` }, { name: 'Intruder' });
  expect(source.status).toBe(201);
  await pushed([key]);
  await expect.poll(async () => (await workspaceOf(`Bearer ${key}`)).status, { timeout: 5_000 }).toBe(401);
  const trail = (await house.ask('GET', '/api/v1/audit', owner)).json.items;
  expect(trail).toContainEqual(expect.objectContaining({ action: 'source.created' }));
  const entry = trail.find((item: { action: string }) => item.action === 'source.created');
  expect(JSON.stringify(entry)).toContain(public_id);
  const used = async () => (await house.ask('GET', `/api/v1/usage?key_id=${id}`, owner)).text;
  await expect.poll(used, { timeout: 10_000 }).toContain('POST');
});

test('OAuth 2.0: an app gets a token by client credentials and reads the workspace with it', async () => {
  const body = { name: 'App', scopes: ['tags:read', 'workspace:read'], grant_types: ['client_credentials'] };
  const made = await house.ask('POST', '/api/v1/oauth/clients', house.w.ownerHeaders(), body);
  expect(made.status, made.text).toBe(201);
  const { id, client_secret } = made.json;
  const form = new URLSearchParams({ grant_type: 'client_credentials', scope: 'workspace:read' }).toString();
  const token = await house.ask(
    'POST',
    '/oauth/token',
    {
      authorization: `Basic ${Buffer.from(`${id}:${client_secret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    form,
  );
  expect(token.status, token.text).toBe(200);
  const answer = await workspaceOf(`Bearer ${token.json.access_token}`);
  expect([answer.status, answer.json.data?.workspace.slug]).toEqual([200, house.w.workspace.slug]);
});

test('a CORS error is what a browser gets: server-side only, no answer allows another origin', async () => {
  const token = `Bearer ${await house.w.key({ scopes: ['workspace:read'] })}`;
  const origin = 'https://app.example.com';
  const preflight = await house.ask('OPTIONS', '/', {
    origin,
    'access-control-request-method': 'GET',
    'access-control-request-headers': 'authorization',
  });
  for (const answer of [preflight, await workspaceOf(token, { origin }), await workspaceOf('Bearer x', { origin })]) {
    const names = [...answer.headers.keys()].filter((name) => name.startsWith('access-control-'));
    expect(names).toEqual([]);
  }
});

/** The page's words, to the letter. */
const SCHEMA_SETTINGS = `{
    "group": {
      "allowTraitsOnViolations": false,
      "allowUnplannedTraits": false,
      "commonEventOnViolations": "ALLOW"
    },
    "identify": {
      "allowTraitsOnViolations": true,
      "allowUnplannedTraits": true,
      "commonEventOnViolations": "Block"
    },
    "track": {
      "allowEventOnViolations": false,
      "allowPropertiesOnViolations": false,
      "allowUnplannedEventProperties": false,
      "allowUnplannedEvents": false,
      "commonEventOnViolations": "OMIT_PROPERTIES"
    }
  }`;

test('troubleshooting: schema settings without the forwarding fields are taken, and forwarding is disabled', async () => {
  const { authorization } = await house.w.keyHeaders();
  const source = await house.ask(
    'POST',
    '/sources',
    { authorization },
    { slug: 'schema', enabled: true, metadataId: 'IqDTy1TpoU' },
  );
  const { id } = source.json.data.source;
  const path = `/sources/${id}/settings`;
  const headers = { authorization, 'content-type': 'application/json' };
  const forwarding = await house.ask('PATCH', path, headers, JSON.stringify({ forwardingViolationsTo: '' }));
  expect([forwarding.status, forwarding.json.errors[0].field]).toEqual([422, 'forwardingViolationsTo']);
  const answer = await house.ask('PATCH', path, headers, SCHEMA_SETTINGS);
  expect([answer.status, answer.json.data.settings]).toMatchObject([
    200,
    {
      group: { allowTraitsOnViolations: false, commonEventOnViolations: 'ALLOW' },
      identify: { allowUnplannedTraits: true, commonEventOnViolations: 'BLOCK' },
      track: { allowUnplannedEvents: false, commonEventOnViolations: 'OMIT_PROPERTIES' },
      forwardingViolationsTo: '',
      forwardingBlockedEventsTo: '',
    },
  ]);
});

test('two destinations of a type have one Meta ID, which delivery metrics tell, and two Instance IDs', async () => {
  const { authorization } = await house.w.keyHeaders();
  const destinations = [];
  for (const slug of ['dev', 'prod']) {
    const body = { slug, enabled: true, metadataId: 'IqDTy1TpoU' };
    const { id: sourceId } = (await house.ask('POST', '/sources', { authorization }, body)).json.data.source;
    const made = { sourceId, metadataId: '614a3c7d791c91c41bae7599', settings: {} };
    destinations.push((await house.ask('POST', '/destinations', { authorization }, made)).json.data.destination);
  }
  const [dev, prod] = destinations;
  expect(dev.metadata.id).toBe(prod.metadata.id);
  expect(new Set([dev.id, prod.id, dev.metadata.id]).size).toBe(3);
  for (const { id, sourceId, metadata } of destinations) {
    const metrics = await house.ask('GET', `/destinations/${id}/delivery-metrics?sourceId=${sourceId}`, {
      authorization,
    });
    expect(metrics.json.data.deliveryMetricsSummary.destinationMetadataId).toBe(metadata.id);
  }
});
