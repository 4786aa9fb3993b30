/** Attack list 7, 28 and 35 (docs/security.md): objects of others by their time, expressions of callers, forged webhooks. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp, type TestApp } from '../support/app.ts';
import { newDatabase } from '../support/database.ts';
import { type Receiver, startReceiver } from '../support/peers/receiver.ts';
import { NO_UUID, newVictim, strangersTo, type Victim } from '../support/tenants.ts';
import { expectSameTime } from '../support/timing.ts';

let app: TestApp;
let victim: Victim;

beforeAll(async () => {
  // Its own: a delivery worker takes what is pending of everyone.
  app = await buildApp({ database: await newDatabase(), env: { SMTP_URL: 'smtp://127.0.0.1:9' } });
  victim = await newVictim(app);
});

afterAll(async () => {
  await app.stop();
  await app.database.close();
});

describe("another workspace's object", () => {
  const ROUTES: readonly (readonly [path: string, id: (of: Victim) => string])[] = [
    ['/api/v1/sources', ({ ids }) => ids.source],
    ['/api/v1/people', ({ ids }) => ids.person],
    ['/api/v1/templates', ({ ids }) => ids.template],
    ['/api/v1/emails', ({ ids }) => ids.email],
    ['/api/v1/api-keys', ({ ids }) => ids.key],
  ];

  // The clock of a busy machine: three tries, each with its own sample.
  test.each(ROUTES)('%s/{id}: answers as one that does not exist, in the same time', { retry: 3 }, async (path, id) => {
    const [stranger] = (await strangersTo(app, victim, 'live')).otherWorkspace;
    const headers = stranger?.headers ?? {};
    const ask = async (one: string) => {
      const answer = await app.http.inject({ url: `${path}/${one}`, headers });
      return [answer.statusCode, answer.body];
    };
    await expectSameTime(
      150,
      () => ask(id(victim)),
      () => ask(NO_UUID),
    );
  });
});

describe('regular expressions', () => {
  /** Files that build one, and of what. */
  const BUILDERS: Readonly<Record<string, string>> = {
    'http/errors.ts': 'declared routes',
    'http/logging.ts': 'a list of field names',
    'http/guard/session-cookie.ts': 'the name of our cookie',
  };

  test('none is made of what a caller sent: whoever builds one is listed here with what it is built of', () => {
    const root = fileURLToPath(new URL('../../src/', import.meta.url));
    const builders = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
      .filter((path) => /\bRegExp\(/.test(readFileSync(join(root, path), 'utf8')));
    expect(builders.map((path) => path.replaceAll('\\', '/')).sort()).toEqual(Object.keys(BUILDERS).sort());
  });
});

describe('a webhook of ours', () => {
  let receiver: Receiver;

  async function delivered(): Promise<{ text: string; headers: Record<string, string>; secret: string }> {
    receiver = await startReceiver();
    try {
      const headers = victim.own;
      const post = async (url: string, payload: object) =>
        (await app.http.inject({ method: 'POST', url: `/api/v1${url}`, headers, payload })).json();
      const source = await post('/sources', { name: 'Signed' });
      const hook = { name: 'Signed', source_id: source.id, settings: { url: receiver.url } };
      const { signing_secret: secret } = await post('/destinations', hook);
      const event = { writeKey: source.write_key, userId: 'signed', event: 'Signed' };
      await app.http.inject({ method: 'POST', url: '/v1/track', payload: event });
      app.pipeline.start();
      await app.delivery.start();
      await expect.poll(() => receiver.calls.length, { timeout: 20_000 }).toBe(1);
      const [call] = receiver.calls;
      return { text: call?.text ?? '', headers: (call?.headers ?? {}) as Record<string, string>, secret };
    } finally {
      await app.delivery.stop();
      await app.pipeline.stop();
      await receiver.stop();
    }
  }

  test('is known by its signature; changed, stale, of the future or of another secret it is refused', async () => {
    const { text, headers, secret } = await delivered();
    const webhook = new Webhook(secret);
    expect(webhook.verify(text, headers)).toMatchObject({ event: 'Signed' });
    const changed = `${text.slice(0, -2)} }`;
    expect(() => webhook.verify(changed, headers)).toThrow();
    expect(() => webhook.verify(text, { ...headers, 'webhook-id': `${headers['webhook-id']}x` })).toThrow();
    const at = Number(headers['webhook-timestamp']);
    expect(Math.abs(Date.now() / 1000 - at)).toBeLessThan(120);
    for (const seconds of [-301, 301]) {
      const timestamp = String(at + seconds);
      expect(() => webhook.verify(text, { ...headers, 'webhook-timestamp': timestamp })).toThrow();
      // Signed rightly for another time, so that only the tolerance refuses it.
      const signature = webhook.sign(headers['webhook-id'] ?? '', new Date(Date.now() + seconds * 1_200), text);
      const moved = String(Math.floor((Date.now() + seconds * 1_200) / 1_000));
      const stale = { ...headers, 'webhook-timestamp': moved, 'webhook-signature': signature };
      expect(() => webhook.verify(text, stale)).toThrow(/timestamp/i);
    }
    const other = new Webhook(`whsec_${Buffer.from('another secret of 32 characters!').toString('base64')}`);
    expect(() => other.verify(text, headers)).toThrow();
  });
});
