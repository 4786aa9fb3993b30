import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { newWorkspace, type TestApp, type TestWorkspace, testApp } from '../../../test/support/app.ts';
import { createIdempotency, readIdempotencyKey } from '../../access/idempotency/records.ts';
import { afterCommit, type Context } from '../../context.ts';
import { AppError } from '../../errors.ts';
import type { Http } from '../route.ts';
import { createHttpServer } from '../server.ts';
import { enterContext, useContext } from './context.ts';
import { useIdempotency } from './idempotency.ts';

type Headers = Record<string, string>;

const REPLAYED = 'idempotent-replayed';
let counter = 0;

function template(name = `T ${++counter}`): { name: string; subject: string; html: string } {
  return { name, subject: 'S', html: '<p>x</p>' };
}

async function setUp() {
  const app = await testApp();
  const w = await newWorkspace(app);
  const headers = await w.keyHeaders({ scopes: ['templates:read', 'templates:write'] });
  return { app, w, headers };
}

function post(app: TestApp, headers: Headers, payload: object | string, url = '/api/v1/templates') {
  const type = typeof payload === 'string' ? { 'content-type': 'application/json' } : {};
  return app.http.inject({ method: 'POST', url, headers: { ...type, ...headers }, payload });
}

async function count(app: TestApp, w: TestWorkspace): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from templates where workspace_id = ${w.workspace.id}`.execute(app.database.db);
  return rows[0]?.n ?? 0;
}

async function records(app: TestApp, w: TestWorkspace) {
  const { rows } = await sql<{ answer_sealed: Buffer | null }>`
    select answer_sealed from idempotency_records where workspace_id = ${w.workspace.id}`.execute(app.database.db);
  return rows;
}

describe('a POST with an Idempotency-Key', () => {
  test('is carried out once; its repetition answers byte for byte the same, marked as replayed', async () => {
    const { app, w, headers } = await setUp();
    const keyed = { ...headers, 'idempotency-key': 'a' };
    const body = template();
    const first = await post(app, keyed, body);
    const again = await post(app, keyed, body);
    expect([first.statusCode, first.headers[REPLAYED]]).toEqual([201, undefined]);
    expect([again.statusCode, again.headers[REPLAYED]]).toEqual([201, 'true']);
    expect(again.rawPayload).toEqual(first.rawPayload);
    expect(again.headers['content-type']).toBe(first.headers['content-type']);
    expect(await count(app, w)).toBe(1);
  });

  test('another body, or content type, is 422 idempotency_key_reuse', async () => {
    const { app, w, headers } = await setUp();
    const keyed = { ...headers, 'idempotency-key': 'a' };
    const body = JSON.stringify(template());
    expect((await post(app, keyed, body)).statusCode).toBe(201);
    for (const [type, payload] of [
      ['application/json', JSON.stringify(template())],
      ['application/json', `${body} `],
      ['application/json; charset=utf-8', body],
    ] as const) {
      const other = await post(app, { ...keyed, 'content-type': type }, payload);
      expect([other.statusCode, other.json().error.code]).toEqual([422, 'idempotency_key_reuse']);
    }
    expect(await count(app, w)).toBe(1);
  });

  test('bare and quoted are the same key', async () => {
    const { app, w, headers } = await setUp();
    const body = template();
    const first = await post(app, { ...headers, 'idempotency-key': 'k-1' }, body);
    const again = await post(app, { ...headers, 'idempotency-key': '"k-1"' }, body);
    expect([again.headers[REPLAYED], again.body]).toEqual(['true', first.body]);
    expect(await count(app, w)).toBe(1);
  });

  test.each(['', 'a b', '"', '"a', 'a\tb', 'x'.repeat(256), `"${'x'.repeat(256)}"`, '""', '"a\\b"'])(
    '%j is no key: 400, nothing done',
    async (key) => {
      const { app, w, headers } = await setUp();
      const answer = await post(app, { ...headers, 'idempotency-key': key }, template());
      expect([answer.statusCode, answer.json().error.code]).toEqual([400, 'bad_request']);
      expect(await count(app, w)).toBe(0);
    },
  );

  test('255 visible characters are one, and \\" stands for " in quotes', () => {
    expect(readIdempotencyKey('~'.repeat(255))).toHaveLength(255);
    expect(readIdempotencyKey('"a\\"b\\\\"')).toBe('a"b\\');
  });

  test('validation, 401, 403, 404 and 409 are not kept: the key is good for the next try', async () => {
    const { app, w, headers } = await setUp();
    const keyed = { ...headers, 'idempotency-key': 'a' };
    const taken = { ...template(), slug: 'taken' };
    expect((await post(app, headers, taken)).statusCode).toBe(201);
    const before = await records(app, w);
    expect((await post(app, keyed, { name: 'no subject' })).statusCode).toBe(422);
    expect((await post(app, { 'idempotency-key': 'a' }, template())).statusCode).toBe(401);
    const reader = await w.keyHeaders({ scopes: ['templates:read'] });
    expect((await post(app, { ...reader, 'idempotency-key': 'a' }, template())).statusCode).toBe(403);
    expect((await post(app, keyed, taken)).statusCode).toBe(409);
    expect((await post(app, keyed, { variables: {} }, '/api/v1/templates/none/preview')).statusCode).toBe(404);
    expect(await records(app, w)).toHaveLength(before.length);
    const good = await post(app, keyed, template());
    expect([good.statusCode, good.headers[REPLAYED]]).toEqual([201, undefined]);
  });

  test('of 50 at the same time one is carried out; the others get its bytes, or 409 with Retry-After', async () => {
    const { app, w, headers } = await setUp();
    const body = template();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => post(app, { ...headers, 'idempotency-key': 'race' }, body)),
    );
    const made = answers.filter((answer) => answer.statusCode === 201);
    expect(new Set(made.map((answer) => answer.body)).size).toBe(1);
    expect(made.filter((answer) => answer.headers[REPLAYED] === undefined)).toHaveLength(1);
    for (const answer of answers.filter((other) => other.statusCode !== 201)) {
      expect([answer.statusCode, answer.json().error.code]).toEqual([409, 'idempotency_in_progress']);
      expect(answer.headers['retry-after']).toBe('1');
    }
    expect(await count(app, w)).toBe(1);
  });

  test('attack row 15: two workspaces, two keys, two environments and two paths do not share one', async () => {
    const { app, w, headers } = await setUp();
    const other = await newWorkspace(app);
    const scopes = ['templates:read', 'templates:write'] as const;
    const callers: [Headers, string][] = [
      [headers, '/api/v1/templates'],
      [await w.keyHeaders({ scopes: [...scopes] }), '/api/v1/templates'],
      [await w.keyHeaders({ scopes: [...scopes], environment: 'test' }), '/api/v1/templates'],
      [w.ownerHeaders(), '/api/v1/templates'],
      [await other.keyHeaders({ scopes: [...scopes] }), '/api/v1/templates'],
      [headers, '/subscribeflow/api/v1/templates'],
      [headers, '/api/v1/templates?other=1'],
    ];
    for (const [caller, url] of callers) {
      const answer = await post(app, { ...caller, 'idempotency-key': 'same' }, template(), url);
      expect([answer.statusCode, answer.headers[REPLAYED]], url).toEqual([201, undefined]);
    }
  });

  test('attack row 15: a revoked key, or one that lost its scope, gets no replay', async () => {
    const { app, w } = await setUp();
    const key = await w.key({ scopes: ['templates:write'] });
    const keyed = { authorization: `Bearer ${key}`, 'idempotency-key': 'a' };
    const body = template();
    const made = await post(app, keyed, body);
    expect(made.statusCode).toBe(201);
    const keys = await app.http.inject({ url: '/api/v1/api-keys', headers: w.ownerHeaders() });
    const publicId = key.split('_hg_')[1]?.slice(0, 8);
    const { items } = keys.json() as { items: { id: string; preview?: string; public_id?: string }[] };
    const found = items.find((item) => JSON.stringify(item).includes(publicId ?? '?'));
    await app.http.inject({ method: 'DELETE', url: `/api/v1/api-keys/${found?.id}`, headers: w.ownerHeaders() });
    const again = await post(app, keyed, body);
    expect([again.statusCode, again.body.includes(made.json().id)]).toEqual([401, false]);
  });

  test('attack row 15: a kept answer with a secret is not readable in the database', async () => {
    const { app, w } = await setUp();
    const owner = { ...w.ownerHeaders(), 'idempotency-key': 'mint' };
    const body = { name: 'Key', scopes: ['templates:read'] };
    const made = await post(app, owner, body, '/api/v1/api-keys');
    expect(made.statusCode, made.body).toBe(201);
    const again = await post(app, owner, body, '/api/v1/api-keys');
    expect([again.headers[REPLAYED], again.body]).toEqual(['true', made.body]);
    const secret = /sk_live_hg_[0-9A-Za-z]{46}/.exec(made.body)?.[0] ?? 'none';
    expect(secret).not.toBe('none');
    for (const row of await records(app, w)) expect(row.answer_sealed?.includes(secret)).toBe(false);
    // The key works: what followed the commit was done.
    const used = await app.http.inject({ url: '/api/v1/me', headers: { authorization: `Bearer ${secret}` } });
    expect(used.statusCode).toBe(200);
  });

  test('after 24 hours the key is new, whether the record is pruned or not', async () => {
    const { app, w, headers } = await setUp();
    const keyed = { ...headers, 'idempotency-key': 'a' };
    const body = template();
    await post(app, keyed, body);
    await sql`update idempotency_records set created_at = now() - interval '24 hours 1 second'
      where workspace_id = ${w.workspace.id}`.execute(app.database.db);
    const again = await post(app, keyed, { ...template(), name: 'Another' });
    expect([again.statusCode, again.headers[REPLAYED]]).toEqual([201, undefined]);
    expect(await records(app, w)).toHaveLength(1);
  });

  test('GETs ignore the header, and so does the tracking door', async () => {
    const { app, w, headers } = await setUp();
    // The second mount registers the same declarations once more.
    for (const url of ['/api/v1/templates', '/subscribeflow/api/v1/templates']) {
      const list = await app.http.inject({
        url,
        headers: { ...headers, 'idempotency-key': 'not ok' },
      });
      expect([list.statusCode, list.headers[REPLAYED]], list.body).toEqual([200, undefined]);
    }
    expect(await records(app, w)).toHaveLength(0);
  });
});

/** A bare server with routes that do odd things, behind the same hooks. */
async function oddServer() {
  const app = await testApp();
  const w = await newWorkspace(app);
  const http: Http = createHttpServer({ log: app.http.log, trustedProxies: [] });
  const { db } = app.database;
  const caller = {
    kind: 'user',
    userId: w.owner.id,
    role: 'owner',
    label: 'o',
    workspaceId: w.workspace.id,
    environment: 'live',
    scopes: new Set(),
    maySend: false,
    sessionId: w.owner.id,
    secondFactor: null,
    mustEnrol: false,
  } as const;
  useContext(http);
  http.addHook('onRequest', (request, _reply, done) => {
    request.principal = caller as never;
    enterContext(request, caller as never, done);
  });
  const { database, secret } = app;
  useIdempotency(http, createIdempotency({ database, secret, now: () => new Date(), log: http.log }));
  const seen = { runs: 0, entered: Promise.withResolvers<void>(), release: Promise.withResolvers<void>() };
  const write = () =>
    sql`insert into templates (id, workspace_id, environment, name, slug, subject, html)
      values (gen_random_uuid(), ${w.workspace.id}, 'live', 'T', ${`odd-${++counter}`}, 'S', 'x')`.execute(db);
  const route = (
    url: string,
    handler: (reply: { code(n: number): { send(x?: unknown): unknown } }) => Promise<unknown>,
  ) =>
    http.route({
      method: 'POST',
      url,
      config: { access: { scope: 'signed-in' } },
      handler: async (_request, reply) => {
        seen.runs++;
        await write();
        return await handler(reply);
      },
    });
  route('/ok', async () => ({ ok: true }));
  route('/late', async () => {
    await afterCommit(() => {
      throw new Error('the memory of this process could not be renewed');
    });
    return { ok: true };
  });
  route('/empty', async (reply) => reply.code(204).send());
  route('/fails', async () => {
    throw new Error('after the work');
  });
  route('/refuses', async (reply) => reply.code(409).send({ no: true }));
  route('/long', async () => ({ text: 'x'.repeat(1_100_000) }));
  route('/stream', async (reply) => {
    const { Readable } = await import('node:stream');
    return reply.code(200).send(Readable.from(['a', 'b']));
  });
  route('/slow', async () => {
    seen.entered.resolve();
    await seen.release.promise;
    await write();
    return { ok: true };
  });
  await http.ready();
  const ask = (url: string, key = 'k') =>
    http.inject({ method: 'POST', url, headers: { 'idempotency-key': key }, payload: { a: 1 } });
  return { app, w, http, seen, ask };
}

test('users of one app do not get what it did for another of them', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const { database, secret } = app;
  const idempotency = createIdempotency({ database, secret, now: () => new Date(), log: app.http.log });
  const workspaceId = w.workspace.id;
  async function ask(userId: string | null): Promise<unknown> {
    const caller = { kind: 'oauth', clientId: 'c', grantId: null, userId, workspaceId, environment: 'live' } as never;
    const actor = { kind: 'oauth', id: 'c', label: 'c' } as const;
    const context: Context = { workspaceId, actor, ip: null, userAgent: null, requestId: null, ambient: null };
    const request = { caller, method: 'POST', url: '/x', key: 'k', fingerprint: Buffer.alloc(32) };
    const outcome = await idempotency.begin(context, request);
    if ('replay' in outcome) return outcome.replay.body;
    await outcome.first.finish({ status: 200, contentType: null, location: null, body: `for ${userId}` });
    return 'done';
  }
  expect(await ask('a')).toBe('done');
  expect(await ask('b')).toBe('done');
  expect(await ask(null)).toBe('done');
  expect([await ask('a'), await ask('b')]).toEqual(['for a', 'for b']);
});

describe('the record and the work', () => {
  test('commit together, or not at all: an error after the work undoes it', async () => {
    const { app, w, seen, ask } = await oddServer();
    expect((await ask('/fails')).statusCode).toBe(500);
    expect((await ask('/refuses')).statusCode).toBe(409);
    expect([await count(app, w), (await records(app, w)).length]).toEqual([0, 0]);
    await ask('/fails');
    expect(seen.runs).toBe(3);
  });

  test('what fails after the commit does not make the answer one of failure', async () => {
    const { app, w, seen, ask } = await oddServer();
    const first = await ask('/late');
    const again = await ask('/late');
    expect([first.statusCode, first.body, again.body]).toEqual([200, '{"ok":true}', '{"ok":true}']);
    expect([seen.runs, await count(app, w)]).toEqual([1, 1]);
  });

  test('an answer without a body is kept', async () => {
    const { app, w, seen, ask } = await oddServer();
    const first = await ask('/empty');
    const again = await ask('/empty');
    expect([first.statusCode, again.statusCode, again.body, again.headers[REPLAYED]]).toEqual([204, 204, '', 'true']);
    expect([seen.runs, await count(app, w)]).toEqual([1, 1]);
  });

  test.each(['/long', '/stream'])('%s is carried out once, and its answer is not kept', async (url) => {
    const { app, w, seen, ask } = await oddServer();
    expect((await ask(url)).statusCode).toBe(200);
    const again = await ask(url);
    expect(again.statusCode).toBe(409);
    expect(again.body).toContain('carried out before');
    expect([seen.runs, await count(app, w)]).toEqual([1, 1]);
  });

  test('a client that goes away while the handler runs: it ends, is kept, and no connection is lost', async () => {
    const { app, w, http, seen, ask } = await oddServer();
    await http.listen({ port: 0, host: '127.0.0.1' });
    const address = http.server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const gone = new AbortController();
    const headers = { 'idempotency-key': 'gone', 'content-type': 'application/json' };
    const asked = fetch(`http://127.0.0.1:${port}/slow`, {
      method: 'POST',
      headers,
      body: '{"a":1}',
      signal: gone.signal,
    });
    await seen.entered.promise;
    gone.abort();
    await asked.catch(() => {});
    await new Promise((done) => setTimeout(done, 100));
    seen.release.resolve();
    await expect.poll(() => count(app, w)).toBe(2);
    const again = await ask('/slow', 'gone');
    expect([again.statusCode, again.headers[REPLAYED], seen.runs]).toEqual([200, 'true', 1]);
    // More than the pool has connections.
    for (let i = 0; i < 25; i++) expect((await ask('/ok', `more ${i}`.replace(' ', '-'))).statusCode).toBe(200);
    await http.close();
  });

  test('attack row 27: keys of requests that were refused leave no record', async () => {
    const { app, w, ask } = await oddServer();
    for (let i = 0; i < 200; i++) await ask('/refuses', `k${i}`);
    expect(await records(app, w)).toHaveLength(0);
  });
});

test('errors name what to do', () => {
  expect(() => readIdempotencyKey('a b')).toThrow(AppError);
});
