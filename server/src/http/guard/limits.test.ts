import { describe, expect, test } from 'vitest';
import { buildApp, newWorkspace, testApp } from '../../../test/support/app.ts';
import { makeKey } from '../../access/keys/check/format.ts';
import { createLimits, type Limits } from '../../access/limits/service.ts';
import { Meter } from '../../access/meter.ts';
import { handleApiError } from '../api/conventions.ts';
import type { Http, RouteAccess } from '../route.ts';
import { handleSegopsError } from '../segops/conventions.ts';
import { createHttpServer } from '../server.ts';
import { useLimits } from './limits.ts';

const MINUTE = 60_000;
const START = 1_800_000_000_000 - (1_800_000_000_000 % MINUTE);
type Caller = { kind: 'key'; lineage: string; publicId: string; ratePerMinute: number | null; meter: Meter };
const key = (lineage: string, ratePerMinute: number | null = null, publicId = lineage): Caller => ({
  kind: 'key',
  lineage,
  publicId,
  ratePerMinute,
  meter: new Meter({ quota: lineage, workspaceId: '', keyId: 1 }),
});

/** Doors in small, with a caller of choice and a clock that stands still. */
async function setUp() {
  const app = await testApp();
  const time = { at: START };
  const limits: Limits = createLimits({
    database: { db: app.database.db, kind: 'embedded' },
    now: () => time.at,
    log: app.http.log,
  });
  const http: Http = createHttpServer({ log: app.http.log, trustedProxies: [] });
  let caller: Caller = key('aaaaaaaa');
  http.addHook('onRequest', (request, _reply, done) => {
    request.principal = caller as never;
    done();
  });
  useLimits(http, limits);
  http.setErrorHandler(handleApiError);
  const route = (url: string, access: Partial<RouteAccess> = {}) =>
    http.get(url, { config: { access: { scope: 'signed-in', ...access } } }, async () => ({ ok: true }));
  route('/api/v1/thing');
  route('/api/v1/costly', { cost: 100 });
  route('/api/v1/export', { limit: { name: 'exports', quota: 3, windowSeconds: 3_600 } });
  route('/api/v1/open', { scope: 'public' });
  route('/subscribeflow/api/v1/thing');
  route('/segment-config/v1beta/thing', { door: 'segment-config' });
  route('/segment/sources', { door: 'segment' });
  http.register(async (door) => {
    door.setErrorHandler(handleSegopsError);
    door.get('/segops/thing', { config: { access: { scope: 'signed-in' } } }, async () => ({}));
  });
  await http.ready();
  return {
    http,
    time,
    limits,
    as: (other: Caller) => {
      caller = other;
    },
    get: (url: string) => http.inject({ url }),
    /** @returns how many of `count` were answered 200. */
    async many(url: string, count: number) {
      let ok = 0;
      for (let i = 0; i < count; i++) if ((await http.inject({ url })).statusCode === 200) ok++;
      return ok;
    },
  };
}

describe('every answer tells the limit', () => {
  test("in SubscribeFlow's headers and in the IETF draft's", async () => {
    const { get } = await setUp();
    await get('/api/v1/thing');
    const { headers } = await get('/api/v1/thing');
    expect(headers).toMatchObject({
      'x-ratelimit-limit': '1000',
      'x-ratelimit-remaining': '998',
      'x-ratelimit-reset': String((START + MINUTE) / 1_000),
      'ratelimit-policy': '"api";q=1000;w=60',
      ratelimit: '"api";r=998;t=60',
    });
  });

  test('SubscribeFlow: over 1,000 a minute is 429 with Retry-After, and then that is enough to wait', async () => {
    const { get, many, time } = await setUp();
    expect(await many('/subscribeflow/api/v1/thing', 1_100)).toBe(1_000);
    const refused = await get('/subscribeflow/api/v1/thing');
    expect([refused.statusCode, refused.json().error.code]).toEqual([429, 'rate_limit_exceeded']);
    const wait = Number(refused.headers['retry-after']);
    expect(refused.headers).toMatchObject({ 'x-ratelimit-limit': '1000', 'x-ratelimit-remaining': '0' });
    expect(Number(refused.headers['x-ratelimit-reset'])).toBeLessThanOrEqual(START / 1_000 + wait);
    time.at = START + wait * 1_000;
    expect((await get('/subscribeflow/api/v1/thing')).statusCode).toBe(200);
  });

  test("Segment's Public API writes them its own way", async () => {
    const { get } = await setUp();
    const { headers } = await get('/segment/sources');
    expect(headers).toMatchObject({
      'x-ratelimit-consumed': '1',
      'x-ratelimit-remaining': '999',
      'x-ratelimit-reset': new Date(START + MINUTE).toUTCString(),
    });
  });

  test('a 429 has the shape of its door', async () => {
    const { get, many } = await setUp();
    await many('/api/v1/thing', 1_000);
    const refused = await get('/segops/thing');
    expect([refused.statusCode, Object.keys(refused.json())]).toEqual([429, ['detail']]);
    expect(refused.headers['retry-after']).toBeDefined();
  });
});

describe('which limit', () => {
  test("Segment's Config API: 200 a minute, apart from the other doors, whatever the key's own number", async () => {
    const { many, as } = await setUp();
    as(key('bbbbbbbb', 5_000));
    expect(await many('/segment-config/v1beta/thing', 250)).toBe(200);
    expect(await many('/api/v1/thing', 300)).toBe(300);
  });

  test("a key's own number takes the place of 1,000", async () => {
    const { many, as, get } = await setUp();
    as(key('bbbbbbbb', 5));
    expect(await many('/api/v1/thing', 10)).toBe(5);
    as(key('cccccccc', 5_000));
    expect((await get('/api/v1/thing')).headers['x-ratelimit-limit']).toBe('5000');
  });

  test("attack row 20: a rotated key goes on with its lineage's count", async () => {
    const { many, as } = await setUp();
    as(key('bbbbbbbb', null, 'bbbbbbbb'));
    expect(await many('/api/v1/thing', 700)).toBe(700);
    as(key('bbbbbbbb', null, 'dddddddd'));
    expect(await many('/api/v1/thing', 700)).toBe(300);
    as(key('eeeeeeee'));
    expect(await many('/api/v1/thing', 1)).toBe(1);
  });

  test('attack row 20: two paths of one door are one count', async () => {
    const { many } = await setUp();
    expect(await many('/api/v1/thing', 600)).toBe(600);
    expect(await many('/subscribeflow/api/v1/thing', 600)).toBe(400);
  });

  test('a route may cost more, and have a limit of its own; what it refuses costs the door nothing', async () => {
    const { many, get } = await setUp();
    expect(await many('/api/v1/costly', 3)).toBe(3);
    expect(await many('/api/v1/export', 5)).toBe(3);
    const refused = await get('/api/v1/export');
    expect(refused.statusCode).toBe(429);
    expect(refused.headers).toMatchObject({
      'ratelimit-policy': '"api";q=1000;w=60, "exports";q=3;w=3600',
      ratelimit: '"api";r=697;t=60, "exports";r=0;t=4800',
      'x-ratelimit-limit': '3',
    });
    expect((await get('/api/v1/thing')).headers['x-ratelimit-remaining']).toBe('696');
  });

  test('public routes have none', async () => {
    const { get } = await setUp();
    expect((await get('/api/v1/open')).headers['ratelimit']).toBeUndefined();
  });

  test.each([0, -1, 0.5, Number.NaN, 1_001])('attack row 20: a route cannot be declared to cost %d', async (cost) => {
    const app = await testApp();
    const http: Http = createHttpServer({ log: app.http.log, trustedProxies: [] });
    useLimits(
      http,
      createLimits({ database: { db: app.database.db, kind: 'embedded' }, now: Date.now, log: http.log }),
    );
    const declare = () => http.get('/x', { config: { access: { scope: 'signed-in', cost } } }, async () => ({}));
    expect(declare).toThrow(/cost/);
  });

  test('a limit of nothing cannot be declared', async () => {
    const app = await testApp();
    const http: Http = createHttpServer({ log: app.http.log, trustedProxies: [] });
    useLimits(
      http,
      createLimits({ database: { db: app.database.db, kind: 'embedded' }, now: Date.now, log: http.log }),
    );
    const limit = { name: 'none', quota: 0, windowSeconds: 60 };
    expect(() => http.get('/x', { config: { access: { scope: 'signed-in', limit } } }, async () => ({}))).toThrow(
      /limit/,
    );
  });
});

describe('with real keys', () => {
  test("Segment's Public API: the root is its door too", async () => {
    const app = await testApp();
    const w = await newWorkspace(app);
    const { headers, statusCode } = await app.http.inject({ url: '/segment', headers: await w.keyHeaders() });
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({ 'x-ratelimit-consumed': '1', 'ratelimit-policy': '"segment";q=1000;w=60' });
  });

  test('only after authentication: what is refused with 401 costs a key nothing; 403 costs', async () => {
    const app = await testApp();
    const w = await newWorkspace(app);
    const headers = await w.keyHeaders({ scopes: ['templates:read'] });
    const get = (url: string, other = headers) => app.http.inject({ url, headers: other });
    expect((await get('/api/v1/me')).headers['x-ratelimit-remaining']).toBe('999');
    const wrong = await get('/api/v1/me', { authorization: `${headers.authorization}x` });
    expect([wrong.statusCode, wrong.headers['ratelimit']]).toEqual([401, undefined]);
    const forbidden = await get('/api/v1/events');
    expect([forbidden.statusCode, forbidden.headers['x-ratelimit-remaining']]).toEqual([403, '998']);
    expect((await get('/api/v1/me')).headers['x-ratelimit-remaining']).toBe('997');
  });

  test('600 wrong keys a minute from a network, then 429; a good key of that network is let in', async () => {
    const app = await buildApp({});
    try {
      const w = await newWorkspace(app);
      const headers = await w.keyHeaders();
      const wrong = () =>
        app.http.inject({
          url: '/api/v1/me',
          headers: { authorization: `Bearer ${makeKey('live').text}` },
          remoteAddress: '2001:db8::1',
        });
      const statuses = new Map<number, number>();
      for (let i = 0; i < 650; i++) {
        const { statusCode } = await wrong();
        statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
      }
      // The minute may turn in between.
      expect(statuses.get(401)).toBeGreaterThanOrEqual(600);
      expect(statuses.get(429)).toBeGreaterThan(0);
      const refused = await wrong();
      expect(refused.headers['retry-after']).toBeDefined();
      const good = await app.http.inject({ url: '/api/v1/me', headers, remoteAddress: '2001:db8::2' });
      expect(good.statusCode).toBe(200);
      const none = await app.http.inject({ url: '/api/v1/me', remoteAddress: '2001:db8::2' });
      expect(none.statusCode).toBe(401);
    } finally {
      await app.stop();
    }
  });

  test('attack row 27: keys that nobody has leave nothing behind in the limiter', async () => {
    const app = await testApp();
    const before = app.limits.size();
    for (let i = 0; i < 500; i++) {
      const authorization = `Bearer ${makeKey('live').text}`;
      await app.http.inject({ url: '/api/v1/me', headers: { authorization }, remoteAddress: `198.51.100.${i % 256}` });
    }
    expect(app.limits.size()).toBe(before);
  });
});
