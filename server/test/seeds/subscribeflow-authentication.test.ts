/** SubscribeFlow's page on authentication, statement by statement; its SDK's calls as the HTTP they make. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type MailSink, startMailSink } from '../support/peers/smtp.ts';
import { type House, openHouse } from './house.ts';

const SCOPES = [
  'subscribers:read',
  'subscribers:write',
  'subscribers:delete',
  'tags:read',
  'tags:write',
  'templates:read',
  'templates:write',
  'emails:send',
  'campaigns:read',
  'campaigns:write',
  'triggers:read',
  'triggers:write',
  'webhooks:manage',
  'api-keys:manage',
] as const;

let house: House;
let smtp: MailSink;

beforeAll(async () => {
  smtp = await startMailSink();
  house = await openHouse({
    env: { HEADGATE_KEY_PREFIX: 'sf', SMTP_URL: smtp.url },
    standIns: [
      { method: 'GET', url: '/api/v1/subscribers', access: { scope: 'subscribers:read' } },
      { method: 'GET', url: '/subscribeflow/api/v1/subscribers', access: { scope: 'subscribers:read' } },
      { method: 'POST', url: '/api/v1/campaigns/:id/send', access: { scope: 'campaigns:write', sends: true } },
    ],
  });
});

afterAll(async () => {
  await house.stop();
  await smtp.close();
});

const SUBSCRIBERS = 'curl https://api.subscribeflow.net/api/v1/subscribers?limit=10 \\\n  -H "X-API-Key: $KEY"';

test('every request requires an API key', async () => {
  const answer = await house.curl('curl https://api.subscribeflow.net/api/v1/subscribers?limit=10');
  expect([answer.status, answer.json.error.code]).toEqual([401, 'unauthorized']);
});

test('the example request answers', async () => {
  const KEY = await house.w.key();
  const answer = await house.curl(SUBSCRIBERS, { KEY });
  expect([answer.status, Array.isArray(answer.json.items)]).toEqual([200, true]);
});

test('sf_live_ and sf_test_: the prefix is the installation’s, the environment the key’s', async () => {
  expect(await house.w.key()).toMatch(/^sf_live_/);
  expect(await house.w.key({ environment: 'test' })).toMatch(/^sf_test_/);
});

test('sf_test_ is for testing: sandbox data, no emails sent; sf_live_ sends real emails', async () => {
  const mail = { name: 'Welcome', slug: 'welcome', subject: 'Welcome', html: '<p>Welcome</p>' };
  for (const environment of ['test', 'live'] as const) {
    const headers = await house.w.keyHeaders({ environment, maySend: true });
    await house.ask('POST', '/api/v1/templates', headers, mail);
    const to = `${environment}@example.com`;
    const sent = await house.ask('POST', '/api/v1/emails/send', headers, { template_slug: 'welcome', to });
    expect(sent.status).toBeLessThan(300);
  }
  // One turn of the loop that sends, for both environments.
  const { messaging } = house.app;
  await messaging.start();
  const { to } = await smtp.waitFor('live@example.com');
  expect(to).toEqual(['live@example.com']);
  const captured = async () =>
    (await house.ask('GET', '/api/v1/sandbox', await house.w.keyHeaders({ environment: 'test' }))).json.items.length;
  await expect.poll(captured, { timeout: 10_000 }).toBe(1);
  await messaging.stop();
  expect(smtp.received.map((mail) => mail.to)).toEqual([['live@example.com']]);
});

test('API keys are shown only once at creation; you cannot retrieve them later', async () => {
  const headers = await house.w.keyHeaders();
  const made = await house.ask('POST', '/api/v1/api-keys', headers, { name: 'once', scopes: ['tags:read'] });
  expect(made.json.key).toMatch(/^sf_live_/);
  const paths = ['/api/v1/api-keys', `/api/v1/api-keys/${made.json.id}`, '/api/auth/api-keys/'];
  for (const path of paths) {
    const answer = await house.ask('GET', path, headers);
    expect([answer.status, answer.text.includes(made.json.key.slice(-38))], path).toEqual([200, false]);
  }
});

test('the key goes into X-API-Key or Authorization: Bearer', async () => {
  const key = await house.w.key();
  for (const headers of [{ 'X-API-Key': key }, { Authorization: `Bearer ${key}` }] as Record<string, string>[]) {
    expect((await house.ask('GET', '/api/v1/subscribers?limit=10', headers)).status).toBe(200);
  }
});

test.each(SCOPES)(
  'each key can be restricted to specific scopes: %s exists and is named in the refusal',
  async (scope) => {
    const known = await house.ask('GET', '/api/v1/scopes', await house.w.keyHeaders());
    expect(known.text).toContain(`"${scope}"`);
    const headers = await house.w.keyHeaders({ scopes: [scope] });
    expect((await house.ask('GET', '/api/v1/me', headers)).json.scopes).toEqual([scope]);
    const route = house.app.http.declaredRoutes.find((one) => one.access.scope === scope && !/:/.test(one.url));
    if (!route) return;
    const others = await house.w.keyHeaders({ scopes: SCOPES.filter((one) => one !== scope), maySend: true });
    const body = route.method === 'GET' ? undefined : {};
    const refused = await house.ask(route.method, route.url, others, body);
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([403, expect.stringContaining(scope)]);
  },
);

test('if no scopes are set, the key has full access, and whoever makes it is told so; sending is apart from that', async () => {
  const headers = await house.w.keyHeaders();
  const made = await house.ask('POST', '/api/v1/api-keys', headers, { name: 'all' });
  expect([made.status, made.json.full_access, made.json.may_send]).toEqual([201, true, false]);
  expect(made.json.warning).toContain('everything');
  const all = { 'x-api-key': made.json.key };
  expect((await house.ask('GET', '/api/v1/subscribers', all)).status).toBe(200);
  const refused = await house.ask('POST', '/api/v1/campaigns/1/send', all, {});
  expect([refused.status, refused.json.error.code]).toEqual([403, 'send_not_allowed']);
});

test('campaigns:write lets a key send a campaign only when it may send', async () => {
  const drafts = await house.w.keyHeaders({ scopes: ['campaigns:write'] });
  expect((await house.ask('POST', '/api/v1/campaigns/1/send', drafts, {})).json.error.code).toBe('send_not_allowed');
  const sends = await house.w.keyHeaders({ scopes: ['campaigns:write'], maySend: true });
  expect((await house.ask('POST', '/api/v1/campaigns/1/send', sends, {})).status).toBe(200);
});

test('least privilege: a key with emails:send and nothing else sends emails and does nothing else', async () => {
  const all = await house.w.keyHeaders();
  const mail = { name: 'Only', slug: 'only', subject: 'Only', html: '<p>Only</p>' };
  await house.ask('POST', '/api/v1/templates', all, mail);
  const headers = await house.w.keyHeaders({ scopes: ['emails:send'], maySend: true });
  const sent = await house.ask('POST', '/api/v1/emails/send', headers, { template_slug: 'only', to: 'a@example.com' });
  expect(sent.status).toBeLessThan(300);
  for (const path of ['/api/v1/subscribers', '/api/v1/templates', '/api/v1/api-keys', '/api/v1/people']) {
    expect((await house.ask('GET', path, headers)).status, path).toBe(403);
  }
});

test('X-RateLimit-Limit, -Remaining and -Reset are in the response', async () => {
  const KEY = await house.w.key();
  const first = await house.curl(SUBSCRIBERS, { KEY });
  const second = await house.curl(SUBSCRIBERS, { KEY });
  expect(first.headers.get('x-ratelimit-limit')).toBe('1000');
  expect(Number(first.headers.get('x-ratelimit-remaining'))).toBe(999);
  expect(Number(second.headers.get('x-ratelimit-remaining'))).toBe(998);
  const reset = Number(second.headers.get('x-ratelimit-reset'));
  expect(Math.abs(reset - Date.now() / 1000)).toBeLessThan(130);
});

test('1,000 requests a minute, then 429 Too Many Requests with Retry-After in seconds', async () => {
  const KEY = await house.w.key();
  let good = 0;
  let refused: Awaited<ReturnType<House['curl']>> | null = null;
  for (let n = 0; n < 1_020; n += 20) {
    for (const answer of await Promise.all(Array.from({ length: 20 }, () => house.curl(SUBSCRIBERS, { KEY })))) {
      if (answer.status === 200) good++;
      else refused = answer;
    }
  }
  // One percent over is within the goal; the window slides meanwhile.
  expect(good).toBeGreaterThanOrEqual(1_000);
  expect(good).toBeLessThanOrEqual(1_018);
  expect([refused?.status, refused?.json.error.code]).toEqual([429, 'rate_limit_exceeded']);
  expect(refused?.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
});
