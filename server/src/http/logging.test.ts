import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { buildApp, newWorkspace, testApp } from '../../test/support/app.ts';
import { createLogger, scrub } from './logging.ts';

const KEY = 'sk_live_hg_Ab3dEf9h0123456789abcdefghijklmnopqrstuvABCDEF';
const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJlLW9mLXRoZS1jYW5hcnk';

/** A logger of every level, and what it has written. */
function captured() {
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { log: createLogger({ level: 'trace', destination }), text: () => lines.join('') };
}

test.each([
  ['an API key', `used ${KEY} twice`, KEY.slice(19)],
  ['a bearer credential', 'authorization: Bearer abcdefghijklmnop', 'abcdefghijklmnop'],
  ['a basic credential', 'Basic d3JpdGVrZXk6', 'd3JpdGVrZXk6'],
  ['a session token', `token is ${TOKEN}`, TOKEN.slice(10)],
  ['the password of a URL', 'smtp://mailer:hunter22@mail.example.test:25 refused', 'hunter22'],
])('%s in a message is not written', (_what, message, secret) => {
  const { log, text } = captured();
  log.warn(message);
  expect(text()).toContain('[redacted]');
  expect(text()).not.toContain(secret);
});

test('the public id of a key is', () => {
  const { log, text } = captured();
  log.info(`revoked ${KEY}`);
  expect(text()).toContain('sk_live_hg_Ab3dEf9h[redacted]');
});

test.each([
  'authorization',
  'x-api-key',
  'cookie',
  'set-cookie',
  'password',
  'refresh',
  'access',
  'key',
  'token',
  'write_key',
  'html',
  'text',
])('a field called %s is not written at any depth, nor inside quoted JSON', (name) => {
  const { log, text } = captured();
  log.info({ [name]: 'canary-one' });
  log.info({ a: { [name]: 'canary-two' } });
  log.info({ a: { b: { c: [{ [name]: 'canary-three with "quotes"' }] } } });
  log.info(`refused: ${JSON.stringify({ [name]: 'canary-four "quoted" \\ twice' })}`);
  log.info({ [name]: { nested: 'canary-five' } });
  expect(text()).not.toMatch(/canary/);
  expect(text().match(/\[redacted\]/g)).toHaveLength(5);
  for (const line of text().trim().split('\n')) JSON.parse(line);
});

test('an error is written without what the database driver quotes of the row', () => {
  const { log, text } = captured();
  const error = Object.assign(new Error('duplicate key value violates unique constraint'), {
    code: '23505',
    constraint: 'sources_write_key_key',
    detail: 'Key (write_key)=(canary) already exists.',
    where: 'canary',
    parameters: ['canary'],
  });
  log.error({ err: error }, 'request failed');
  expect(text()).toContain('23505');
  expect(text()).toContain('sources_write_key_key');
  expect(text()).not.toContain('canary');
});

test('a scrubbed line is still JSON', () => {
  const line = JSON.stringify({ msg: `a "b" ${KEY}`, password: 'x"y\\', deep: { token: '' } });
  expect(JSON.parse(scrub(line))).toEqual({
    msg: 'a "b" sk_live_hg_Ab3dEf9h[redacted]',
    password: '[redacted]',
    deep: { token: '[redacted]' },
  });
});

test('requests leave one line each with route, status and caller, and nothing of what they carried', async () => {
  const { log, text } = captured();
  const app = await buildApp({ log });
  const workspace = await newWorkspace(await testApp());
  const headers = await workspace.keyHeaders({ scopes: ['sources:write', 'sources:read'] });
  const publicId = headers.authorization.split('_hg_')[1]?.slice(0, 8);

  const created = await app.http.inject({
    method: 'POST',
    url: '/api/v1/sources?secret=canary-query',
    headers: { ...headers, cookie: 'session=canary-cookie' },
    payload: { name: 'canary-name' },
  });
  expect(created.statusCode).toBe(201);
  const writeKey: string = created.json().write_key;
  await app.http.inject({ method: 'GET', url: `/v1/projects/${writeKey}/settings` });
  await app.http.inject({
    method: 'POST',
    url: '/api/auth/token/',
    payload: { email: 'nobody@example.test', password: 'canary-password' },
  });
  await app.http.inject({ method: 'GET', url: `/api/v1/nothing/${TOKEN}`, headers: { 'x-api-key': KEY } });
  await app.http.inject({
    method: 'POST',
    url: '/v1/track',
    payload: '{"canary-body',
    headers: { 'content-type': 'application/json' },
  });

  const lines = text()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.find((line) => line.route === '/api/v1/sources')).toMatchObject({
    level: 'info',
    method: 'POST',
    status: 201,
    ms: expect.any(Number),
    principal: `key:${publicId}`,
    reqId: created.headers['x-request-id'],
  });
  expect(lines.find((line) => line.route === '/v1/projects/:writeKey/settings')?.level).toBe('debug');
  expect(text()).not.toMatch(/canary/);
  for (const secret of [headers.authorization.slice(-38), writeKey, TOKEN.slice(10), KEY.slice(19)]) {
    expect(text()).not.toContain(secret);
  }
  await app.stop();
});
