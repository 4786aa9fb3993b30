import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type CallOptions, type ClientOptions, createTransport, HeadgateError, type Operation } from './transport.ts';

const GET: Operation = { method: 'GET', path: '/things', pathParams: [], queryParams: ['limit', 'tag'], body: 'none' };
const POST: Operation = { ...GET, method: 'POST', queryParams: [], body: 'fields' };

interface Seen {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** A server that gives the answers in turn, the last one for ever. */
async function serving(...answers: ((response: ServerResponse) => void)[]) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (data) => {
      body += data;
    });
    request.on('end', () => {
      const answer = answers[Math.min(seen.length, answers.length - 1)];
      seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      answer?.(response);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  open.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const call = (operation: Operation, args: object = {}, options?: CallOptions, client: ClientOptions = {}) =>
    createTransport({ baseUrl, ...client }).call(operation, args, options);
  return { seen, baseUrl, call };
}

function json(status: number, body: unknown, headers: Record<string, string> = {}) {
  return (response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
}

async function failure(work: Promise<unknown>): Promise<HeadgateError> {
  const error = await work.then(
    () => null,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(HeadgateError);
  return error as HeadgateError;
}

test('arguments go where the operation has them: path, query and body', async () => {
  const { seen, call } = await serving(json(200, { ok: true }));
  const operation = { ...POST, path: '/things/{id}/parts', pathParams: ['id'], queryParams: ['limit', 'tag', 'left'] };
  const args = { id: 'a/b c', limit: 5, tag: ['x', 'y&z'], left: undefined, name: 'Name', nothing: null };
  expect(await call(operation, args)).toEqual({ ok: true });
  expect(seen[0]).toMatchObject({
    method: 'POST',
    url: '/things/a%2Fb%20c/parts?limit=5&tag=x&tag=y%26z',
    body: '{"name":"Name","nothing":null}',
  });
  expect(seen[0]?.headers['content-type']).toBe('application/json');
});

test('an empty path parameter is refused before anything is sent', async () => {
  const { seen, call } = await serving(json(200, {}));
  await expect(call({ ...GET, path: '/things/{id}', pathParams: ['id'] }, { id: '' })).rejects.toThrow('id');
  expect(seen).toHaveLength(0);
});

test('credential, environment and idempotency key become headers', async () => {
  const { seen, call } = await serving(json(201, {}));
  const options = { token: async () => 'the-token', environment: 'test' as const };
  await call(POST, {}, { idempotencyKey: 'once', headers: { 'x-more': 'yes' } }, options);
  expect(seen[0]?.headers).toMatchObject({
    authorization: 'Bearer the-token',
    'x-headgate-environment': 'test',
    'idempotency-key': 'once',
    'x-more': 'yes',
  });
});

test('a refusal becomes an error with all that the server said', async () => {
  const body = {
    error: {
      code: 'validation_error',
      message: 'name: is too long',
      details: [{ field: 'name', message: 'is too long' }],
    },
    detail: 'name: is too long',
  };
  const { call } = await serving(json(422, body, { 'x-request-id': 'r-1' }));
  expect(await failure(call(POST))).toMatchObject({
    status: 422,
    code: 'validation_error',
    message: 'name: is too long',
    fields: [{ field: 'name', message: 'is too long' }],
    requestId: 'r-1',
  });
});

test('a refusal that is not ours still names its status', async () => {
  const { call } = await serving((response) => response.writeHead(403).end('<h1>proxy</h1>'));
  expect(await failure(call(GET))).toMatchObject({ status: 403, code: 'http_403' });
});

test('204 answers nothing, and a page that is no JSON says so', async () => {
  const { call } = await serving(
    (response) => response.writeHead(204).end(),
    (response) => response.writeHead(200).end('<html>'),
  );
  expect(await call({ ...GET, method: 'DELETE' })).toBeUndefined();
  expect(await failure(call(GET))).toMatchObject({ code: 'not_json' });
});

test.each([429, 500, 502, 503])('%i on a GET is repeated', async (status) => {
  const { seen, call } = await serving(json(status, {}, { 'retry-after': '0' }), json(200, { at: 'last' }));
  expect(await call(GET)).toEqual({ at: 'last' });
  expect(seen).toHaveLength(2);
});

test('Retry-After is waited for', async () => {
  const { call } = await serving(json(429, {}, { 'retry-after': '1' }), json(200, {}));
  const start = performance.now();
  await call(GET);
  expect(performance.now() - start).toBeGreaterThan(950);
});

test('a POST is repeated only with an idempotency key', async () => {
  const without = await serving(json(503, {}, { 'retry-after': '0' }));
  expect(await failure(without.call(POST))).toMatchObject({ status: 503 });
  expect(without.seen).toHaveLength(1);
  const keyed = await serving(json(503, {}, { 'retry-after': '0' }), json(201, { id: 1 }));
  expect(await keyed.call(POST, {}, { idempotencyKey: 'once' })).toEqual({ id: 1 });
  expect(keyed.seen.map((request) => request.headers['idempotency-key'])).toEqual(['once', 'once']);
});

test('a keyed POST whose first request still runs is asked for again', async () => {
  const running = json(409, { error: { code: 'idempotency_in_progress' } }, { 'retry-after': '0' });
  const { seen, call } = await serving(running, json(201, { id: 1 }));
  expect(await call(POST, {}, { idempotencyKey: 'once' })).toEqual({ id: 1 });
  expect(seen).toHaveLength(2);
});

test.each([400, 401, 403, 404, 409, 422])('%i is not repeated', async (status) => {
  const { seen, call } = await serving(json(status, {}));
  await failure(call(GET));
  expect(seen).toHaveLength(1);
});

test('a broken connection is repeated as often as allowed, then named', async () => {
  const { seen, call } = await serving((response) => response.destroy());
  expect(await failure(call(GET, {}, { retries: 1 }))).toMatchObject({ status: 0, code: 'network_error' });
  expect(seen).toHaveLength(2);
});

test('a server that does not answer is given up after the timeout', async () => {
  const { call } = await serving(() => {});
  expect(await failure(call(GET, {}, { timeoutMs: 50, retries: 0 }))).toMatchObject({ status: 0, code: 'timeout' });
});

test("the caller's signal ends a call at once and is no HeadgateError", async () => {
  const { seen, call } = await serving(() => {});
  const controller = new AbortController();
  const work = call(GET, {}, { signal: controller.signal });
  setTimeout(() => controller.abort(), 50);
  await expect(work).rejects.toMatchObject({ name: 'AbortError' });
  expect(seen).toHaveLength(1);
});

test('after a 401 a renewed token is tried once', async () => {
  const { seen, call } = await serving(json(401, {}), json(200, { ok: 1 }));
  let token = 'old';
  const client = {
    token: () => token,
    onUnauthorized: async () => {
      token = 'new';
      return true;
    },
  };
  expect(await call(POST, {}, {}, client)).toEqual({ ok: 1 });
  expect(seen.map((request) => request.headers.authorization)).toEqual(['Bearer old', 'Bearer new']);

  const always = await serving(json(401, { error: { code: 'invalid_token', message: 'no' } }));
  expect(await failure(always.call(GET, {}, {}, client))).toMatchObject({ code: 'invalid_token' });
  expect(always.seen).toHaveLength(2);
});

test('a stream yields each message, however it is cut into chunks', async () => {
  const { baseUrl } = await serving((response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const text = ': hello\n\nid: 1\nevent: event\ndata: {"name":"Größe"}\r\n\r\ndata: {"a":\ndata: 1}\n\n';
    const bytes = Buffer.from(text);
    let at = 0;
    const timer = setInterval(() => {
      response.write(bytes.subarray(at, at + 7));
      at += 7;
      if (at >= bytes.length) {
        clearInterval(timer);
        response.end();
      }
    }, 1);
  });
  const messages = [];
  for await (const message of createTransport({ baseUrl }).stream(GET, {})) messages.push(message);
  expect(messages).toEqual([
    { id: '1', event: 'event', data: { name: 'Größe' } },
    { id: null, event: 'message', data: { a: 1 } },
  ]);
});

test('leaving a stream closes its connection', async () => {
  const closed = Promise.withResolvers<void>();
  const { baseUrl } = await serving((response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: 1\n\n');
    response.on('close', closed.resolve);
  });
  for await (const message of createTransport({ baseUrl }).stream(GET, {})) {
    expect(message.data).toBe(1);
    break;
  }
  await closed.promise;
});
