/**
 * The server as its users run it: a process of its own, spoken to by Segment's unchanged SDK and by our own, delivering to a real webhook
 * receiver and sending to a real mail server. One installation for all tests here, in this order.
 */
import { type Client, createClient } from '@headgate/sdk';
import { Analytics } from '@segment/analytics-node';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Receiver, startReceiver } from './support/peers/receiver.ts';
import { type MailSink, startMailSink } from './support/peers/smtp.ts';
import {
  type Installation,
  install,
  OWNER_EMAIL,
  OWNER_PASSWORD,
  type RunningServer,
  signIn,
  WRITE_KEY,
} from './support/processes/process.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const SOON = { timeout: 30_000, interval: 50 };
const MAIL_SECRET = 'the words of one mail that no log may hold';

let smtp: MailSink;
let receiver: Receiver;
let installation: Installation;
let running: RunningServer;
let url: string;
let session: { access: string; refresh: string };
let signingSecret: string;
let liveKey: string;
let testKey: string;
let live: Client;
/** With the test key. */
let sandboxed: Client;

beforeAll(async () => {
  smtp = await startMailSink();
  receiver = await startReceiver();
  installation = await install({ env: { SMTP_URL: smtp.url, LOG_LEVEL: 'debug' } });
  url = installation.url;
  running = await installation.start();
  session = await signIn(url);
  liveKey = await mintKey('live');
  testKey = await mintKey('test');
  live = createClient({ baseUrl: url, apiKey: liveKey });
  sandboxed = createClient({ baseUrl: url, apiKey: testKey });
  const sources = await live.sources.list();
  expect(sources.items).toMatchObject([{ write_key: WRITE_KEY }]);
  const destination = await live.destinations.create({
    type: 'webhook',
    name: 'Receiver',
    source_id: sources.items[0]?.id ?? '',
    settings: { url: receiver.url },
  });
  signingSecret = destination.signing_secret ?? '';
});

afterAll(async () => {
  vi.resetConfig();
  installation?.remove();
  await receiver?.stop();
  await smtp?.close();
});

async function mintKey(environment: 'live' | 'test'): Promise<string> {
  const owner = createClient({ baseUrl: url, token: session.access });
  return (await owner.apiKeys.create({ name: `${environment} key`, environment, may_send: true })).key;
}

async function accepted() {
  return (await live.events.list({ outcome: 'accepted', limit: 100 })).items;
}

test("Segment's SDK, with only the host changed: events are stored, the person is joined, each is delivered", async () => {
  const analytics = new Analytics({ writeKey: WRITE_KEY, host: url, flushAt: 4 });
  const errors: unknown[] = [];
  analytics.on('error', (error) => errors.push(error));
  analytics.track({ anonymousId: 'anonymous-1', event: 'Visited' });
  analytics.identify({ userId: 'ada', anonymousId: 'anonymous-1', traits: { email: 'ada@example.com', seats: 3 } });
  analytics.track({ userId: 'ada', event: 'Signed Up', properties: { plan: 'free' } });
  analytics.page({ userId: 'ada', name: 'Pricing' });
  analytics.screen({ userId: 'ada', name: 'Home' });
  analytics.group({ userId: 'ada', groupId: 'acme', traits: { size: 12 } });
  analytics.track({ anonymousId: 'anonymous-2', event: 'Visited' });
  analytics.alias({ userId: 'ada', previousId: 'anonymous-2' });
  await analytics.flush();
  analytics.track({ userId: 'ada', event: 'Left' });
  await analytics.closeAndFlush();
  expect(errors).toEqual([]);

  await expect.poll(async () => (await accepted()).length, SOON).toBe(9);
  const events = (await accepted()).reverse();
  // The SDK sends the first two batches side by side: either may be here first.
  const [first, second] = [
    ['track', 'identify', 'track', 'page'],
    ['screen', 'group', 'track', 'alias'],
  ];
  const types = events.map((event) => event.type);
  expect([
    [...first, ...second, 'track'],
    [...second, ...first, 'track'],
  ]).toContainEqual(types);

  const people = await live.people.list({ q: 'ada' });
  expect(people.items).toMatchObject([{ user_id: 'ada', email: 'ada@example.com' }]);
  const id = people.items[0]?.id ?? '';
  const ada = await live.people.get({ id });
  expect(ada.identifiers).toContainEqual({ type: 'anonymous_id', value: 'anonymous-1' });
  expect(ada.traits).toMatchObject({ email: 'ada@example.com', seats: 3 });
  const hers = await live.people.events({ id });
  expect(hers.total).toBe(9);

  await expect.poll(() => receiver.calls.length, SOON).toBe(9);
  const webhook = new Webhook(signingSecret);
  const verified = receiver.calls.map(({ text, headers }) => webhook.verify(text, headers as Record<string, string>));
  const delivered = verified.map((body) => (body as { messageId: string }).messageId);
  expect(delivered.sort()).toEqual(events.map((event) => event.message_id).sort());
  expect(verified).toContainEqual(expect.objectContaining({ event: 'Signed Up', properties: { plan: 'free' } }));
  const states = async () => (await accepted()).flatMap((event) => event.deliveries.map(({ state }) => state));
  await expect.poll(states, SOON).toEqual(Array.from({ length: 9 }, () => 'delivered'));
});

test('a live key sends a mail by SMTP; with a test key nothing leaves and the sandbox has it whole', async () => {
  const variables = { name: 'Ada', secret: MAIL_SECRET };
  const template = {
    name: 'Welcome',
    slug: 'welcome',
    subject: 'Hello {{ name }}',
    html: '<h1>Hi {{ name }}</h1><p>{{ secret }}</p>',
  };
  for (const client of [sandboxed, live]) {
    await client.templates.create(template);
    await client.emails.send({ template_slug: 'welcome', to: 'ada@example.com', variables });
  }
  await expect.poll(() => smtp.received.length, SOON).toBe(1);
  const [mail] = smtp.received;
  expect(mail?.to).toEqual(['ada@example.com']);
  expect(mail?.mail).toMatchObject({ subject: 'Hello Ada' });
  expect(mail?.mail.html).toContain(`<p>${MAIL_SECRET}</p>`);
  expect(mail?.mail.text).toContain(MAIL_SECRET);

  const sent = async () => (await live.emails.list()).items.map(({ status }) => status);
  await expect.poll(sent, SOON).toEqual(['sent']);

  const kinds = async () => (await sandboxed.sandbox.list()).items.map(({ kind }) => kind);
  await expect.poll(kinds, SOON).toEqual(['email']);
  const id = (await sandboxed.sandbox.list()).items[0]?.id ?? '';
  const captured = await sandboxed.sandbox.get({ id });
  expect(JSON.stringify(captured)).toContain(`Hello Ada`);
  expect(JSON.stringify(captured)).toContain(MAIL_SECRET);
  expect(smtp.received).toHaveLength(1);
});

test('tells an operator that it is alive, ready and what it has done', async () => {
  expect(await live.health.alive()).toEqual({ status: 'ok' });
  expect(await live.health.ready()).toEqual({ status: 'ready', reason: null });
  const metrics = await (await fetch(`${url}/metrics`)).text();
  expect(metrics).toMatch(/^headgate_\w*accepted\w*(\{.*\})? 9$/m);
  expect(metrics).toMatch(/^headgate_\w*deliveries\w*\{.*outcome="delivered".*\} 9$/m);
});

test('a second process on the same data ends with a clear message and harms nothing', async () => {
  const second = await installation.startAndEnd();
  expect(second.code).toBe(1);
  // Two processes may share a PostgreSQL server, but not a port.
  const problem = process.env['DATABASE_URL']
    ? `Port ${installation.port} is in use`
    : `Another Headgate is running on ${installation.dataDir}`;
  expect(second.output).toContain(`Headgate did not start: ${problem}`);
  expect(await live.health.ready()).toEqual({ status: 'ready', reason: null });
  expect(await accepted()).toHaveLength(9);
});

test('SIGTERM in the middle of requests: it ends with 0, and what was accepted is delivered after the next start', async () => {
  const before = receiver.calls.length;
  const taken = new Set<string>();
  let stopping = false;
  const sender = async (person: string) => {
    for (let n = 0; !stopping; n++) {
      const messageId = `${person}:${n}`;
      const payload = { writeKey: WRITE_KEY, userId: person, event: 'Counted', messageId };
      const answer = await fetch(`${url}/v1/track`, { method: 'POST', body: JSON.stringify(payload) }).catch(
        () => null,
      );
      if (answer?.status === 200) taken.add(messageId);
      else stopping = true;
    }
  };
  // The dashboard of someone who watches.
  const watching = await fetch(`${url}/api/v1/events/stream`, { headers: { authorization: `Bearer ${liveKey}` } });
  const senders = Promise.all(['bo', 'cy', 'di', 'ed'].map(sender));
  await expect.poll(() => taken.size, SOON).toBeGreaterThan(100);
  expect(await running.stop()).toBe(0);
  await senders;
  expect(await watching.text()).toContain('event: event');

  running = await installation.start();
  const received = () => new Set(receiver.calls.slice(before).map(({ body }) => body['messageId']));
  await expect.poll(() => [...taken].filter((id) => !received().has(id)), SOON).toEqual([]);
});

test('after the second start everything is as it was', async () => {
  session = await signIn(url);
  const me = await live.me.get();
  expect(me).toMatchObject({ kind: 'key', environment: 'live', workspace: { slug: 'main' } });
  const owner = createClient({ baseUrl: url, token: session.access });
  expect((await owner.sources.list()).total).toBe(1);
  expect((await live.people.list({ q: 'ada' })).total).toBe(1);
  expect(smtp.received).toHaveLength(1);
});

test('no secret is in what the processes wrote', async () => {
  // Requests that carry secrets where they do not belong, so that refusals are among the lines.
  await fetch(`${url}/api/v1/me?key=${liveKey}`);
  await fetch(`${url}/api/v1/emails/send`, {
    method: 'POST',
    headers: { authorization: `Bearer ${liveKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ template_slug: 7, password: OWNER_PASSWORD, text: MAIL_SECRET }),
  });
  await fetch(`${url}/v1/track`, { method: 'POST', body: `{"writeKey":"${WRITE_KEY}",` });
  expect(await running.stop()).toBe(0);
  const output = installation.output();
  // The banner shows the write key in its curl line: that is what it is for, and it is not a line of the log.
  const log = output.split('\n').filter((line) => line.startsWith('{'));
  expect(log.length).toBeGreaterThan(50);
  const secrets = { OWNER_PASSWORD, liveKey, testKey, ...session, signingSecret, MAIL_SECRET };
  for (const [name, secret] of Object.entries(secrets)) expect(output.includes(secret), name).toBe(false);
  expect(log.filter((line) => line.includes(WRITE_KEY))).toEqual([]);
  expect(output).not.toMatch(/unhandled|uncaught|TypeError/i);
  expect(output).toContain(OWNER_EMAIL);
});
