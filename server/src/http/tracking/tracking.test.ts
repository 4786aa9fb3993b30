/** The tracking door through the app with a real database: what is taken, what is refused and why, that nothing wrong is stored. */
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newWorkspace, processEvents, type TestApp, type TestWorkspace, testApp } from '../../../test/support/app.ts';
import type { EventRow } from '../../events/queries.ts';
import { newId } from '../../ids.ts';

let app: TestApp;
let workspace: TestWorkspace;
let writeKey: string;

beforeAll(async () => {
  app = await testApp();
});

beforeEach(async () => {
  workspace = await newWorkspace(app);
  writeKey = (await app.connections.sources.create(workspace.scope(), { name: 'Site' })).write_keys[0] ?? '';
});

interface Answer {
  status: number;
  body: { success: boolean; code?: string; message?: string; rejected?: { index: number; code: string }[] };
  headers: Record<string, unknown>;
}

async function post(path: string, payload: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const raw = typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload);
  const auth = { authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}` };
  const answer = await app.http.inject({
    method: 'POST',
    url: path,
    payload: raw,
    headers: { 'content-type': 'application/json', ...auth, ...headers },
  });
  return { status: answer.statusCode, body: answer.json(), headers: answer.headers };
}

/** Oldest first, once the pipeline has caught up. */
async function stored(): Promise<(EventRow & { payload: unknown })[]> {
  await processEvents(app);
  const { events } = await app.events.list(workspace.scope(), {}, 100);
  return Promise.all(events.reverse().map((event) => app.events.get(workspace.scope(), event.id)));
}

const track = (extra: object = {}) => ({
  type: 'track',
  userId: 'u1',
  event: 'Opened',
  messageId: randomUUID(),
  ...extra,
});
const nest = (levels: number): unknown => (levels === 0 ? 1 : { a: nest(levels - 1) });

describe('what is taken', () => {
  test.each([
    ['identify', 'i', { userId: 'u', traits: { plan: 'pro' } }],
    ['track', 't', { userId: 'u', event: 'Opened' }],
    ['page', 'p', { anonymousId: 'a', name: 'Home' }],
    ['screen', 's', { anonymousId: 'a', name: 'Home' }],
    ['group', 'g', { userId: 'u', groupId: 'g' }],
    ['alias', 'a', { userId: 'u', previousId: 'a' }],
  ])('POST /v1/%s and /v1/%s', async (long, short, event) => {
    expect((await post(`/v1/${long}`, event)).body).toEqual({ success: true });
    expect((await post(`/v1/${short}`, event)).status).toBe(200);
    expect((await stored()).map((row) => [row.outcome, row.type])).toEqual([
      ['accepted', long],
      ['accepted', long],
    ]);
  });

  test.each(['batch', 'b', 'import', 'm'])('POST /v1/%s', async (path) => {
    expect((await post(`/v1/${path}`, { batch: [track(), track({ event: 'Closed' })] })).status).toBe(200);
    expect((await stored()).map((row) => row.name)).toEqual(['Opened', 'Closed']);
  });

  test.each([
    ['Basic user name', (key: string) => [{ authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` }, {}]],
    ['Bearer', (key: string) => [{ authorization: `Bearer ${key}` }, {}]],
    ['ApiKey', (key: string) => [{ authorization: `ApiKey ${key}` }, {}]],
    ['X-API-Key', (key: string) => [{ authorization: '', 'x-api-key': key }, {}]],
    ['writeKey in the body', (key: string) => [{ authorization: '' }, { writeKey: key }]],
  ] as const)('the write key as %s', async (_name, where) => {
    const [headers, body] = where(writeKey);
    expect((await post('/v1/track', { ...track(), ...body }, headers as Record<string, string>)).status).toBe(200);
    const [event] = await stored();
    expect(JSON.stringify(event)).not.toContain(writeKey);
  });

  test('gzip, text/plain and a charset', async () => {
    const body = JSON.stringify({ batch: [track()] });
    expect((await post('/v1/batch', gzipSync(body), { 'content-encoding': 'gzip' })).status).toBe(200);
    expect((await post('/v1/t', JSON.stringify(track()), { 'content-type': 'text/plain' })).status).toBe(200);
    expect(
      (await post('/v1/t', JSON.stringify(track()), { 'content-type': 'application/json; charset=utf-8' })).status,
    ).toBe(200);
    expect(await stored()).toHaveLength(3);
  });

  test('whatever JSON a property holds comes back as it was', async () => {
    const properties = {
      '': null,
      ' sp ace ': [1.5, -0.1, true],
      'ключ"\\': '😀\t\u2028',
      nested: { toString: 'x', length: 0 },
      big: '9007199254740993',
    };
    await post('/v1/track', track({ properties }));
    expect((await stored())[0]?.payload).toMatchObject({ properties });
  });

  test('the same message id counts once, and the second is shown as duplicate', async () => {
    const event = track();
    await post('/v1/batch', { batch: [event, event] });
    await post('/v1/track', event);
    await stored();
    await post('/v1/track', event);
    expect((await stored()).map((row) => row.outcome)).toEqual(['accepted', 'duplicate', 'duplicate', 'duplicate']);
  });

  test('two sources may use the same message id', async () => {
    const event = track();
    await post('/v1/track', event);
    const other = await app.connections.sources.create(workspace.scope(), { name: 'Other' });
    await post('/v1/track', event, { authorization: `Bearer ${String(other.write_keys[0])}` });
    expect((await stored()).map((row) => row.outcome)).toEqual(['accepted', 'accepted']);
  });
});

describe('a bad event in a good batch', () => {
  test('is refused alone and visible', async () => {
    const answer = await post('/v1/batch', {
      batch: [track(), { ...track(), userId: 7 }, track(), 'x', track({ type: 'nonsense' })],
    });
    expect(answer.status).toBe(200);
    expect(answer.body.rejected?.map(({ index, code }) => [index, code])).toEqual([
      [1, 'invalid_field'],
      [3, 'invalid_event'],
      [4, 'invalid_type'],
    ]);
    const rows = await stored();
    expect(rows.map((row) => row.outcome)).toEqual(['accepted', 'accepted', 'rejected', 'rejected', 'rejected']);
    expect(rows.at(2)?.reason).toContain('userId');
  });

  test('a batch of bad events only answers 400 and shows them', async () => {
    expect((await post('/v1/batch', { batch: [{}, 1] })).status).toBe(400);
    expect((await stored()).map((row) => row.outcome)).toEqual(['rejected', 'rejected']);
  });
});

describe('bad input', () => {
  test.each([
    ['malformed JSON', '{"userId": "u", "event": ', 400, 'malformed_json'],
    ['no object', '[1]', 400, 'bad_request'],
    ['text', '"x"', 400, 'bad_request'],
    ['an empty body', '', 400, 'bad_request'],
    ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d]), 400, 'malformed_json'],
    ['wrong types', JSON.stringify({ userId: { a: 1 }, event: 5 }), 400, 'invalid_field'],
    ['nobody', JSON.stringify({ event: 'x' }), 400, 'missing_identity'],
    ['NUL', '{"userId":"u","event":"a\\u0000b"}', 400, 'nul_character'],
    ['__proto__', '{"userId":"u","event":"x","properties":{"__proto__":{"admin":true}}}', 400, 'forbidden_key'],
    [
      'constructor.prototype',
      '{"userId":"u","event":"x","properties":{"constructor":{"prototype":{"admin":true}}}}',
      400,
      'forbidden_key',
    ],
    ['100 levels', JSON.stringify({ userId: 'u', event: 'x', properties: nest(100) }), 400, 'too_deep'],
    ['a lone surrogate', '{"userId":"u","event":"x","properties":{"a":"\\ud83d"}}', 400, 'lone_surrogate'],
    [
      'year 0',
      JSON.stringify({ userId: 'u', event: 'x', timestamp: '0000-06-01T00:00:00Z' }),
      400,
      'time_out_of_range',
    ],
    [
      'year 9999',
      JSON.stringify({ userId: 'u', event: 'x', timestamp: '9999-06-01T00:00:00Z' }),
      400,
      'time_out_of_range',
    ],
    [
      'year +275760',
      JSON.stringify({ userId: 'u', event: 'x', sentAt: '+275760-09-13T00:00:00.000Z' }),
      400,
      'time_out_of_range',
    ],
    [
      'a number beyond 2^53',
      '{"userId":"u","event":"x","properties":{"id":9007199254740993}}',
      400,
      'number_out_of_range',
    ],
    ['1e999', '{"userId":"u","event":"x","properties":{"id":1e999}}', 400, 'number_out_of_range'],
    [
      '33 KB',
      JSON.stringify({ userId: 'u', event: 'x', properties: { a: 'x'.repeat(33 * 1024) } }),
      413,
      'payload_too_large',
    ],
  ])('%s', async (_name, body, status, code) => {
    const answer = await post('/v1/track', body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.body.message).toMatch(/\w+ .*\w+/);
    expect((await stored()).filter((row) => row.outcome === 'accepted')).toEqual([]);
    expect((await stored()).map((row) => row.code)).toEqual([code]);
    expect((await post('/v1/track', track())).status).toBe(200);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  test.each([
    ['an empty batch', { batch: [] }, 400],
    ['no batch', {}, 400],
    ['a batch that is no array', { batch: {} }, 400],
    ['2,501 events', { batch: Array.from({ length: 2_501 }, () => ({ type: 'page', userId: 'u' })) }, 400],
    ['a batch sent in year 9999', { batch: [track()], sentAt: '9999-01-01T00:00:00Z' }, 400],
    ['more than 500 KB', { batch: [track()], pad: 'x'.repeat(501 * 1024) }, 413],
  ])('%s', async (_name, body, status) => {
    const answer = await post('/v1/batch', body);
    expect(answer.status).toBe(status);
    expect((await stored()).map((row) => row.outcome)).toEqual(['rejected']);
  });

  test('2,500 events are taken', async () => {
    const batch = Array.from({ length: 2_500 }, (_, n) => ({ type: 'page', userId: `u${n % 7}` }));
    expect((await post('/v1/batch', { batch })).status).toBe(200);
    await processEvents(app);
    const counts = await app.events.counts(workspace.scope(), 5);
    expect(counts.reduce((sum, row) => sum + row.accepted, 0)).toBe(2_500);
  });

  test('one event of 33 KB is refused alone', async () => {
    const answer = await post('/v1/batch', { batch: [track(), track({ properties: { a: 'x'.repeat(33 * 1024) } })] });
    expect(answer.body.rejected).toMatchObject([{ index: 1, code: 'event_too_large' }]);
    expect((await stored()).map((row) => row.outcome)).toEqual(['accepted', 'rejected']);
  });

  test.each([
    ['100 levels', `{"userId":"u","type":"track","event":"x","properties":${JSON.stringify(nest(100))}}`],
    ['NUL', '{"userId":"u","type":"track","event":"a\\u0000b"}'],
    ['__proto__', '{"userId":"u","type":"track","event":"x","__proto__":{"admin":true}}'],
    ['a lone surrogate', '{"userId":"u","type":"track","event":"\\udfff"}'],
    ['a number beyond 2^53', '{"userId":"u","type":"track","event":"x","properties":{"n":12345678901234567890}}'],
  ])('%s in a batch is refused alone', async (_name, bad) => {
    const answer = await post('/v1/batch', `{"batch":[${JSON.stringify(track())},${bad}]}`);
    expect(answer.body.rejected?.map((item) => item.index)).toEqual([1]);
    expect((await stored()).map((row) => row.outcome)).toEqual(['accepted', 'rejected']);
  });

  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const good = () => JSON.stringify(track());

  test.each([
    ['after an object', (bad: string) => [good(), bad]],
    ['after what is no event', (bad: string) => [good(), '1', bad]],
  ])('100,000 levels in a batch, %s, are refused alone', async (_name, events) => {
    const bad = `{"type":"track","userId":"u","event":"x","properties":{"a":${deep}}}`;
    const answer = await post('/v1/batch', `{"batch":[${events(bad).join(',')}]}`);
    expect([answer.status, answer.body.rejected?.length]).toEqual([200, events(bad).length - 1]);
    const rows = await stored();
    expect(rows.filter((row) => row.outcome === 'accepted')).toHaveLength(1);
    expect(rows).toHaveLength(events(bad).length);
  });

  test.each([
    ['100,000 levels', deep, 'too_deep'],
    ['more than 8 KB', JSON.stringify('x'.repeat(9_000)), 'context_too_large'],
  ])('%s in the context of a batch, which each event would get', async (_name, value, code) => {
    const answer = await post('/v1/batch', `{"context":{"a":${value}},"batch":[${good()}]}`);
    expect([answer.status, answer.body.code]).toEqual([400, code]);
  });

  test.each([
    ['NUL', { messageId: 'a\u0000b' }, 'nul_character'],
    ['half a character', { userId: '\ud800' }, 'lone_surrogate'],
    ['a long text', { properties: { a: 'x'.repeat(40_000) } }, 'event_too_large'],
  ])('%s behind a second batch key that is spelt with an escape', async (_name, extra, code) => {
    const body = `{"batch":[${good()}],"b\\u0061tch":[${JSON.stringify(track(extra))}]}`;
    const answer = await post('/v1/batch', body);
    expect([answer.status, answer.body.code]).toEqual([400, code]);
    expect((await stored()).map((row) => row.outcome)).toEqual(['rejected']);
  });

  test('a message id that is too long and ends in half a character where it is cut is told of', async () => {
    const answer = await post('/v1/batch', { batch: [track(), track({ messageId: `${'a'.repeat(255)}😀` })] });
    expect(answer.status).toBe(200);
    expect((await stored()).map((row) => row.outcome)).toEqual(['accepted', 'rejected']);
  });

  test('a gzip bomb is stopped at 500 KB', async () => {
    const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024, 0x20));
    expect(bomb.length).toBeLessThan(100_000);
    expect((await post('/v1/batch', bomb, { 'content-encoding': 'gzip' })).status).toBe(413);
  });

  test('what is not gzip, and another coding', async () => {
    expect((await post('/v1/batch', 'nonsense', { 'content-encoding': 'gzip' })).status).toBe(400);
    expect((await post('/v1/batch', '{}', { 'content-encoding': 'br' })).status).toBe(415);
    expect((await post('/v1/batch', '{}', { 'content-encoding': 'gzip, gzip' })).status).toBe(415);
  });

  test('an unknown, an empty and no write key', async () => {
    const cases = [{ authorization: 'Bearer unknown' }, { authorization: 'Basic !!!' }, { authorization: '' }];
    for (const headers of cases) {
      const answer = await post('/v1/track', track(), headers);
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toBe('Basic realm="headgate"');
    }
    expect((await post('/v1/track', { ...track(), writeKey: 'unknown' }, { authorization: '' })).status).toBe(401);
    expect(await stored()).toEqual([]);
  });

  test('a source that is switched off takes nothing', async () => {
    const source = await app.connections.sources.create(workspace.scope(), { name: 'Off' });
    await app.connections.sources.update(workspace.scope(), source.id, { enabled: false });
    expect((await post('/v1/track', track(), { authorization: `Bearer ${String(source.write_keys[0])}` })).status).toBe(
      403,
    );
  });
});

describe('CORS and settings', () => {
  test('the door is open to browsers, other doors are not', async () => {
    const preflight = await app.http.inject({
      method: 'OPTIONS',
      url: '/v1/t',
      headers: { origin: 'https://shop.test' },
    });
    expect([preflight.statusCode, preflight.headers['access-control-allow-origin']]).toEqual([204, '*']);
    expect((await post('/v1/t', {})).headers['access-control-allow-origin']).toBe('*');
    const other = await app.http.inject({
      method: 'GET',
      url: '/api/v1/sources',
      headers: { origin: 'https://shop.test' },
    });
    expect(other.headers['access-control-allow-origin']).toBeUndefined();
  });

  test('analytics-next finds its settings', async () => {
    const answer = await app.http.inject({ method: 'GET', url: `/v1/projects/${writeKey}/settings` });
    expect(answer.json().integrations['Segment.io']).toMatchObject({
      apiKey: writeKey,
      apiHost: expect.stringMatching(/\/v1$/),
    });
    expect((await app.http.inject({ method: 'GET', url: `/v1/projects/${newId()}/settings` })).statusCode).toBe(404);
  });
});
