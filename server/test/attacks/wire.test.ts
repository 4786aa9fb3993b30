/** Attack list 22, 23, 25, 26 (docs/security.md): what arrives on a socket, sent byte for byte. */

import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp, newWorkspace, type TestApp, type TestWorkspace } from '../support/app.ts';

let app: TestApp;
let w: TestWorkspace;
let port: number;
let key: string;
let writeKey: string;

beforeAll(async () => {
  app = await buildApp({});
  w = await newWorkspace(app);
  key = await w.key({ maySend: true });
  const address = await app.http.listen({ port: 0, host: '127.0.0.1' });
  port = Number(new URL(address).port);
  const headers = { authorization: `Bearer ${key}` };
  const source = await app.http.inject({
    method: 'POST',
    url: '/api/v1/sources',
    headers,
    payload: { name: 'Shop' },
  });
  writeKey = source.json().write_key;
});

afterAll(() => app.stop());

/** Sends the bytes and reads until the server closes or is silent for `quiet` ms. */
async function raw(bytes: string | Buffer, quiet = 400): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let received = '';
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(bytes);
  await new Promise<void>((done) => {
    let timer = setTimeout(done, quiet);
    socket.on('data', (data: Buffer) => {
      received += data.toString('latin1');
      clearTimeout(timer);
      timer = setTimeout(done, quiet);
    });
    socket.on('close', () => {
      clearTimeout(timer);
      done();
    });
  });
  socket.destroy();
  return received;
}

const statusesOf = (answer: string) => [...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((match) => Number(match[1]));
const HEAD = () =>
  `POST /api/v1/sources HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/json\r\n`;
const SMUGGLED = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n';

describe('request smuggling', () => {
  const length = SMUGGLED.length + 5;
  const bodies: Record<string, string> = {
    'length and chunks': `Content-Length: ${length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${SMUGGLED}`,
    'chunks and length': `Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n${SMUGGLED}`,
    'two lengths': `Content-Length: 2\r\nContent-Length: ${length}\r\n\r\n{}${SMUGGLED}`,
    'a list of lengths': `Content-Length: 2, 2\r\n\r\n{}${SMUGGLED}`,
    'a signed length': `Content-Length: +2\r\n\r\n{}${SMUGGLED}`,
    'a hexadecimal length': `Content-Length: 0x2\r\n\r\n{}${SMUGGLED}`,
    'a negative length': `Content-Length: -1\r\n\r\n{}${SMUGGLED}`,
    'a length beyond numbers': `Content-Length: 99999999999999999999999\r\n\r\n{}${SMUGGLED}`,
    'chunked twice': `Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${SMUGGLED}`,
    'chunked not last': `Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n${SMUGGLED}`,
    'an unknown coding': `Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${SMUGGLED}`,
    'a blank before the colon': `Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${SMUGGLED}`,
    'a folded header': `Transfer-Encoding:\r\n chunked\r\nContent-Length: 2\r\n\r\n{}${SMUGGLED}`,
    'a chunk size that is none': `Transfer-Encoding: chunked\r\n\r\nzz\r\n${SMUGGLED}`,
    'a chunk size with a bare line feed': `Transfer-Encoding: chunked\r\n\r\n2\n{}\r\n0\r\n\r\n${SMUGGLED}`,
    'a NUL in a header': `X-A: a\0b\r\nContent-Length: 2\r\n\r\n{}${SMUGGLED}`,
    'a carriage return in a header': `X-A: a\rb\r\nContent-Length: 2\r\n\r\n{}${SMUGGLED}`,
    'a NUL in a header name': `X\0A: a\r\nContent-Length: 2\r\n\r\n{}${SMUGGLED}`,
  };

  test.each(Object.entries(bodies))('%s: one refusal, and the second request is never seen', async (_name, rest) => {
    const statuses = statusesOf(await raw(HEAD() + rest));
    expect(statuses.filter((status) => status < 400)).toEqual([]);
    expect(statuses.length).toBeLessThanOrEqual(1);
  });

  test('what is no request is refused', async () => {
    for (const text of [
      '\0\0\0\0\r\n\r\n',
      'GET\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      `GET ${'/'.repeat(100_000)} HTTP/1.1\r\n\r\n`,
    ]) {
      expect(statusesOf(await raw(text)).every((status) => status >= 400)).toBe(true);
    }
  });
});

describe('header injection', () => {
  const INJECTIONS = ['%0d%0aX-Injected:%20yes', '%0aX-Injected:%20yes', '%E5%98%8A%E5%98%8DX-Injected:%20yes', '%00'];

  test('nothing of a path or query becomes a header of the answer', async () => {
    for (const text of INJECTIONS) {
      for (const path of [
        `/${text}`,
        `/app/${text}`,
        `/api/v1/people/${text}`,
        `/?a=${text}`,
        `/oauth/authorize?state=${text}`,
      ]) {
        const answer = await raw(
          `GET ${path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nConnection: close\r\n\r\n`,
        );
        const head = answer.split('\r\n\r\n', 1)[0] ?? '';
        expect(head, path).not.toMatch(/^x-injected/im);
        expect(statusesOf(head)[0], path).toBeLessThan(500);
      }
    }
  });

  test('a mail subject and an address take no line break: no further header, no further recipient', async () => {
    const headers = await w.keyHeaders({ environment: 'test', maySend: true });
    const post = (url: string, payload: object) => app.http.inject({ method: 'POST', url, headers, payload });
    const template = await post('/api/v1/templates', {
      name: 'Injected',
      slug: 'injected',
      subject: 'Hello {{ name }}',
      html: '<p>Hello</p>',
    });
    expect(template.statusCode).toBe(201);
    const send = { template_slug: 'injected', to: 'ada@example.com' };
    const name = 'Ada\r\nBcc: thief@example.com\u2028X: y';
    const sent = await post('/api/v1/emails/send', { ...send, variables: { name } });
    expect(sent.statusCode, sent.body).toBeLessThan(300);
    const mail = await app.http.inject({ url: `/api/v1/emails/${sent.json().id}`, headers });
    expect(mail.json().subject).toBe('Hello Ada Bcc: thief@example.com X: y');
    for (const to of [
      'a@example.com\r\nBcc: b@example.com',
      'a@example.com\nb@example.com',
      'a@example.com, b@example.com',
    ]) {
      expect((await post('/api/v1/emails/send', { ...send, to })).statusCode, to).toBe(422);
    }
  });
});

describe('CORS', () => {
  const ORIGINS = [
    'null',
    'https://evil.test',
    'http://localhost.evil.test',
    'https://evil-localhost',
    'http://localhost:4000',
    '*',
  ];

  test('no origin is allowed at any door but the tracking one, and nowhere with credentials', async () => {
    const routes = app.http.declaredRoutes.filter(({ url }) => !url.endsWith('/events/stream'));
    for (const [n, { method, url }] of routes.entries()) {
      const origin = ORIGINS[n % ORIGINS.length] ?? 'null';
      const target = url.replace(/:\w+|\*/g, '1');
      const headers = { origin, authorization: 'Bearer x', 'access-control-request-method': method };
      for (const asked of [method, 'OPTIONS'] as 'GET'[]) {
        const answer = await app.http.inject({ method: asked, url: target, headers });
        const tracking = /^\/v1\//.test(url);
        const allowed = answer.headers['access-control-allow-origin'];
        expect([undefined, tracking ? '*' : undefined], `${asked} ${url}`).toContain(allowed);
        expect(answer.headers['access-control-allow-credentials'], `${asked} ${url}`).toBeUndefined();
      }
    }
  });
});

describe('oversized, deep and slow bodies', () => {
  const post = (payload: string, headers: Record<string, string> = {}) =>
    app.http.inject({
      method: 'POST',
      url: '/api/v1/sources',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
      payload,
    });

  test('more than 1 MB is 413; a hundred thousand levels or names are refused in well under a second', async () => {
    expect((await post(JSON.stringify({ name: 'x'.repeat(1_100_000) }))).statusCode).toBe(413);
    const deep = `{"name":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    const wide = `{${Array.from({ length: 80_000 }, (_, n) => `"k${n}":1`).join(',')}}`;
    for (const payload of [deep, wide, '['.repeat(500_000)]) {
      const startedAt = performance.now();
      const { statusCode } = await post(payload);
      expect(statusCode).toBeGreaterThanOrEqual(400);
      expect(statusCode).toBeLessThan(500);
      expect(performance.now() - startedAt).toBeLessThan(1_500);
    }
  });

  test('an endless chunked body is cut off, and without a credential not read at all', async () => {
    for (const [credential, wanted] of [
      [`Authorization: Bearer ${key}\r\n`, 413],
      ['', 401],
    ] as const) {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => {});
      let answer = '';
      socket.on('data', (data: Buffer) => {
        answer += data.toString('latin1');
      });
      let closed = false;
      socket.on('close', () => {
        closed = true;
      });
      socket.write(
        `POST /api/v1/sources HTTP/1.1\r\nHost: x\r\n${credential}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`,
      );
      const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
      let sent = 0;
      for (; !closed && answer === '' && sent < 64; sent++) {
        socket.write(chunk);
        await new Promise((done) => setTimeout(done, 5));
      }
      await expect.poll(() => statusesOf(answer)[0], { timeout: 5_000 }).toBe(wanted);
      socket.destroy();
    }
  });

  test('a head of more than 16 KB is 431', async () => {
    const answer = await raw(`GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`);
    expect(statusesOf(answer)).toEqual([431]);
  });

  test('who sends its request slowly has a minute at most', () => {
    expect(app.http.server.requestTimeout).toBeLessThanOrEqual(60_000);
    expect(app.http.server.headersTimeout).toBeLessThanOrEqual(60_000);
  });
});

describe('decompression bombs', () => {
  const track = (payload: Buffer, encoding: string) =>
    app.http.inject({
      method: 'POST',
      url: '/v1/track',
      headers: {
        'content-type': 'application/json',
        'content-encoding': encoding,
        authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`,
      },
      payload,
    });

  test('300 MB in 300 KB is stopped at the limit of a body, without its memory', async () => {
    const bomb = gzipSync(Buffer.alloc(300_000_000));
    expect(bomb.length).toBeLessThan(400_000);
    const before = process.memoryUsage().rss;
    const startedAt = performance.now();
    expect((await track(bomb, 'gzip')).statusCode).toBe(413);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
  });

  test('one coding only: chains and other codings are refused', async () => {
    const once = gzipSync('{}');
    for (const coding of ['gzip, gzip', 'br', 'deflate', 'gzip, identity', 'zstd', 'x-gzip-bomb']) {
      expect((await track(once, coding)).statusCode, coding).toBe(415);
    }
    expect((await track(gzipSync(once), 'gzip')).statusCode).toBe(400);
  });

  test('other doors unpack nothing', async () => {
    const answer = await app.http.inject({
      method: 'POST',
      url: '/api/v1/sources',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'content-encoding': 'gzip' },
      payload: gzipSync('{"name":"packed"}'),
    });
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.statusCode).toBeLessThan(500);
  });
});
