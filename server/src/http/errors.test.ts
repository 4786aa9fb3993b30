import { expect, test } from 'vitest';
import { testApp } from '../../test/support/app.ts';

test('404 in JSON for a path that is none', async () => {
  const { http } = await testApp();
  const answer = await http.inject('/nothing/here');
  expect(answer.statusCode).toBe(404);
  expect(answer.json()).toMatchObject({ error: { code: 'not_found' }, detail: expect.any(String) });
});

test.each([
  ['POST', '/healthz', 'GET, HEAD'],
  ['PUT', '/api/v1/sources', 'GET, HEAD, POST'],
  ['PUT', '/api/v1/sources/some-id/', 'DELETE, GET, HEAD, PATCH'],
] as const)('405 naming the methods for %s %s', async (method, url, allow) => {
  const { http } = await testApp();
  const answer = await http.inject({ method, url });
  expect(answer.statusCode).toBe(405);
  expect(answer.headers.allow).toBe(allow);
  expect(answer.json().error.code).toBe('method_not_allowed');
});

test.each(['/api/v1/people/%zz', '/v1/projects/secret-write-key%ff/settings', '/%'])(
  '400 in JSON for the path %s, which is not quoted',
  async (url) => {
    const { http } = await testApp();
    const answer = await http.inject({ url });
    expect([answer.statusCode, answer.json().error.code]).toEqual([400, 'bad_request']);
    expect(answer.body).not.toContain('secret-write-key');
  },
);

test('what is wrong with a small body is told at once, of a huge one the first', async () => {
  const { http } = await testApp();
  const wrongFields = async (count: number) => {
    const payload = Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, 1]));
    const answer = await http.inject({ method: 'POST', url: '/api/auth/token/', payload });
    expect(answer.statusCode).toBe(400);
    return Object.keys(answer.json());
  };
  expect(await wrongFields(2)).toEqual(['email', 'password', 'k0', 'k1']);
  expect(await wrongFields(500)).toHaveLength(20);
  expect(await wrongFields(50_000)).toHaveLength(1);
});

test('every answer forbids sniffing, framing and referrers', async () => {
  const { http } = await testApp();
  for (const url of ['/healthz', '/nothing', '/docs', '/app', '/api/v1/me']) {
    const { headers } = await http.inject(url);
    expect(headers['x-content-type-options'], url).toBe('nosniff');
    expect(headers['referrer-policy'], url).toBe('no-referrer');
    expect(headers['content-security-policy'], url).toMatch(/frame-ancestors 'none'/);
    expect(headers['x-request-id'], url).toBeTruthy();
  }
});

test('the reference comes whole from this server', async () => {
  const { http } = await testApp();
  const page = await http.inject('/docs');
  expect(page.headers['content-type']).toContain('text/html');
  expect(page.headers['content-security-policy']).toContain("default-src 'self'");
  expect(page.body).not.toMatch(/https?:\/\//);
  const script = await http.inject({ url: '/docs/reference.js', headers: { 'accept-encoding': 'gzip, br' } });
  expect(script.headers['content-encoding']).toBe('gzip');
  expect(script.rawPayload.length).toBeGreaterThan(500_000);
});
