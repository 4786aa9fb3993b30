import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp, newWorkspace, type TestApp, testApp } from '../../../test/support/app.ts';
import { type MailSink, startMailSink } from '../../../test/support/peers/smtp.ts';

let app: TestApp;
let sink: MailSink;
beforeAll(async () => {
  sink = await startMailSink();
  app = await buildApp({ env: { SMTP_URL: sink.url, HEADGATE_MAIL_FROM: 'Hut Union <news@huts.example>' } });
  await app.messaging.start();
});
afterAll(async () => {
  await app.stop();
  await sink.close();
});

type Headers = Record<string, string>;

async function setUp(environment: 'live' | 'test' = 'live') {
  const w = await newWorkspace(app);
  const owner = w.ownerHeaders(environment);
  const payload = { name: 'Hut welcome', subject: 'Hi {{ name }}', html: '<p>Hi {{ name }}</p>' };
  const made = await app.http.inject({ method: 'POST', url: '/api/v1/templates', headers: owner, payload });
  expect(made.statusCode, made.body).toBe(201);
  const headers = await w.keyHeaders({ environment, scopes: ['emails:send', 'emails:read'], maySend: true });
  return { w, owner, headers, template: made.json() as { id: string; slug: string } };
}

function send(headers: Headers, payload: object, to = app) {
  return to.http.inject({ method: 'POST', url: '/api/v1/emails/send', headers, payload });
}

const get = (headers: Headers, path: string) => app.http.inject({ url: `/api/v1${path}`, headers });

let counter = 0;
const newAddress = () => `door-${process.pid}-${++counter}@example.org`;

async function sentEmail(headers: Headers, id: string) {
  for (let i = 0; i < 500; i++) {
    const email = (await get(headers, `/emails/${id}`)).json();
    if (!['queued', 'sending'].includes(email.status)) return email;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error('not finished within 10 s');
}

describe('sending', () => {
  test('with a live key that may send: answered 202, at the mail server once, on record', async () => {
    const { headers, template } = await setUp();
    const to = newAddress();
    const answer = await send(headers, { template_slug: 'hut-welcome', to, variables: { name: '<Mira>' } });
    expect(answer.statusCode, answer.body).toBe(202);
    expect(answer.json()).toEqual({ id: expect.any(String), status: 'queued', esp_message_id: null });
    const { mail } = await sink.waitFor(to);
    expect([mail.subject, mail.html, mail.text?.trim()]).toEqual(['Hi <Mira>', '<p>Hi &lt;Mira&gt;</p>', 'Hi <Mira>']);
    expect(mail.from?.text).toBe('"Hut Union" <news@huts.example>');
    const email = await sentEmail(headers, answer.json().id);
    expect(email).toMatchObject({
      status: 'sent',
      to,
      template_id: template.id,
      template_slug: 'hut-welcome',
      attempts: 1,
    });
    expect(email.esp_message_id).toMatch(/^250/);
    expect(email.html).toBe('<p>Hi &lt;Mira&gt;</p>');
    const listed = (await get(headers, '/emails')).json();
    expect(listed).toMatchObject({ total: 1, cursor: null, items: [{ id: email.id, status: 'sent' }] });
    expect(listed.items[0]).not.toHaveProperty('html');
    expect(listed.items[0]).not.toHaveProperty('text');
    expect(sink.received.filter((one) => one.to.includes(to))).toHaveLength(1);
  });

  test('by template id, with nulls for what is left out', async () => {
    const { headers, template } = await setUp();
    const to = newAddress();
    const nulls = { template_slug: null, variables: null, idempotency_key: null };
    const answer = await send(headers, { ...nulls, template_id: template.id, to });
    expect(answer.statusCode, answer.body).toBe(202);
    expect((await sink.waitFor(to)).mail.subject).toBe('Hi');
  });

  test('with a test key nothing leaves: it stands in the sandbox, whole', async () => {
    const { headers, owner } = await setUp('test');
    const to = newAddress();
    const answer = await send(headers, { template_slug: 'hut-welcome', to, variables: { name: 'Mira' } });
    expect(answer.statusCode, answer.body).toBe(202);
    expect(answer.json().status).toBe('captured');
    expect((await get(headers, `/emails/${answer.json().id}`)).json()).toMatchObject({
      status: 'captured',
      attempts: 0,
    });
    const items = (await get(owner, '/sandbox?kind=email')).json().items;
    expect(items).toMatchObject([{ kind: 'email', summary: `${to}: Hi Mira` }]);
    expect((await get(owner, `/sandbox/${items[0].id}`)).json().content).toMatchObject({
      id: answer.json().id,
      from: 'Hut Union <news@huts.example>',
      to,
      subject: 'Hi Mira',
      html: '<p>Hi Mira</p>',
      text: 'Hi Mira',
    });
    await new Promise((done) => setTimeout(done, 300));
    expect(sink.tries(to)).toBe(0);
  });

  test('what a mail server thinks of it is on record', async () => {
    const { headers } = await setUp();
    const to = newAddress();
    sink.script(to, { recipient: 550 });
    const { id } = (await send(headers, { template_slug: 'hut-welcome', to })).json();
    expect(await sentEmail(headers, id)).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('not today'),
    });
  });
});

describe('who may send', () => {
  test('no credential: 401; no scope: 403 naming it; scope without may send: 403', async () => {
    const { w } = await setUp();
    const body = { template_slug: 'hut-welcome', to: newAddress() };
    expect((await send({}, body)).statusCode).toBe(401);
    const reader = await send(await w.keyHeaders({ scopes: ['emails:read'], maySend: true }), body);
    expect([reader.statusCode, reader.json().error.required]).toEqual([403, ['emails:send']]);
    for (const scopes of [['emails:send' as const], []]) {
      const denied = await send(await w.keyHeaders({ scopes, maySend: false }), body);
      expect([denied.statusCode, denied.json().error.code]).toEqual([403, 'send_not_allowed']);
    }
    expect(sink.tries(body.to)).toBe(0);
  });

  test("another workspace's or environment's template and email are not found", async () => {
    const { w, headers, template } = await setUp();
    const { id } = (await send(headers, { template_slug: 'hut-welcome', to: newAddress() })).json();
    const other = await newWorkspace(app);
    const all = { scopes: ['emails:send' as const, 'emails:read' as const], maySend: true };
    for (const stranger of [await other.keyHeaders(all), await w.keyHeaders({ ...all, environment: 'test' })]) {
      for (const name of [{ template_slug: 'hut-welcome' }, { template_id: template.id }]) {
        expect((await send(stranger, { ...name, to: newAddress() })).statusCode).toBe(404);
      }
      expect((await get(stranger, `/emails/${id}`)).statusCode).toBe(404);
      expect((await get(stranger, '/emails')).json().total).toBe(0);
    }
  });

  test('without a mail server live mail is a 409, test mail is captured', async () => {
    const bare = await testApp();
    const w = await newWorkspace(bare);
    const all = { scopes: ['emails:send' as const, 'emails:read' as const], maySend: true };
    const body = { template_slug: 'hut-welcome', to: newAddress() };
    for (const environment of ['live', 'test'] as const) {
      const payload = { name: 'Hut welcome', subject: 's', html: 'h' };
      const url = '/api/v1/templates';
      await bare.http.inject({ method: 'POST', url, headers: w.ownerHeaders(environment), payload });
    }
    const live = await w.keyHeaders(all);
    const refused = await send(live, body, bare);
    expect([refused.statusCode, refused.json().error.code]).toEqual([409, 'smtp_not_configured']);
    expect((await bare.http.inject({ url: '/api/v1/emails', headers: live })).json().total).toBe(0);
    const captured = await send(await w.keyHeaders({ ...all, environment: 'test' }), body, bare);
    expect([captured.statusCode, captured.json().status]).toEqual([202, 'captured']);
  });
});

describe('idempotency', () => {
  const REPLAYED = 'idempotent-replayed';

  test('the same key in the body and the same request send once and answer the same', async () => {
    const { headers } = await setUp();
    const to = newAddress();
    const body = {
      template_slug: 'hut-welcome',
      to,
      variables: { name: 'Mira', list: [{ a: 1, b: 2 }] },
      idempotency_key: `welcome:${counter}`,
    };
    const first = await send(headers, body);
    expect([first.statusCode, first.headers[REPLAYED]]).toEqual([202, undefined]);
    await sink.waitFor(to);
    // The order of names is no other request.
    const again = await send(headers, { ...body, variables: { list: [{ b: 2, a: 1 }], name: 'Mira' } });
    expect([again.statusCode, again.headers[REPLAYED]]).toEqual([202, 'true']);
    expect(again.json()).toEqual(first.json());
    const other = await send(headers, { ...body, variables: { name: 'Jonas' } });
    expect([other.statusCode, other.json().error.code]).toEqual([422, 'idempotency_key_reuse']);
    expect((await send(headers, { ...body, to: newAddress() })).statusCode).toBe(422);
    await new Promise((done) => setTimeout(done, 200));
    expect(sink.tries(to)).toBe(1);
  });

  test('the same header and the same bytes send once and answer the same; other bytes are another request', async () => {
    const { headers } = await setUp();
    const to = newAddress();
    const once = (variables: object) =>
      send({ ...headers, 'idempotency-key': 'header' }, { template_slug: 'hut-welcome', to, variables });
    const first = await once({ name: 'Mira', of: 1 });
    expect([first.statusCode, first.headers[REPLAYED]]).toEqual([202, undefined]);
    await sink.waitFor(to);
    const again = await once({ name: 'Mira', of: 1 });
    expect([again.statusCode, again.headers[REPLAYED], again.body]).toEqual([202, 'true', first.body]);
    expect((await once({ of: 1, name: 'Mira' })).json().error.code).toBe('idempotency_key_reuse');
    expect(sink.tries(to)).toBe(1);
  });

  test('a body key holds whatever the header says', async () => {
    const { headers } = await setUp();
    const body = { template_slug: 'hut-welcome', to: newAddress() };
    const first = await send({ ...headers, 'idempotency-key': 'h1' }, { ...body, idempotency_key: 'b' });
    const again = await send({ ...headers, 'idempotency-key': 'h2' }, { ...body, idempotency_key: 'b' });
    expect(again.json().id).toBe(first.json().id);
  });

  test('of many at the same time one sends', async () => {
    const { headers } = await setUp();
    const to = newAddress();
    const body = { template_slug: 'hut-welcome', to, idempotency_key: 'race' };
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(headers, body)));
    expect(new Set(answers.map((answer) => answer.statusCode))).toEqual(new Set([202]));
    expect(new Set(answers.map((answer) => answer.json().id)).size).toBe(1);
    expect(answers.filter((answer) => answer.headers[REPLAYED] === undefined)).toHaveLength(1);
    await sink.waitFor(to);
    await new Promise((done) => setTimeout(done, 200));
    expect(sink.tries(to)).toBe(1);
  });

  test('a replay answers the same although the template went; a key belongs to its workspace and environment', async () => {
    const { headers, owner } = await setUp();
    const body = { template_slug: 'hut-welcome', to: newAddress(), idempotency_key: 'same' };
    const first = (await send(headers, body)).json();
    await app.http.inject({ method: 'DELETE', url: '/api/v1/templates/hut-welcome', headers: owner });
    expect((await send(headers, body)).json()).toEqual(first);
    const other = await setUp();
    expect((await send(other.headers, body)).json().id).not.toBe(first.id);
  });

  test('a refused request does not use its key up', async () => {
    const { headers } = await setUp();
    const body = { template_slug: 'hut-welcome', idempotency_key: 'k' };
    expect((await send(headers, { ...body, to: 'nobody' })).statusCode).toBe(422);
    expect((await send(headers, { ...body, to: newAddress() })).statusCode).toBe(202);
  });

  test.each(['', 'a b', 'ü', 'x'.repeat(256), 'a\u0000', 'a\n'])('%j is no key', async (idempotency_key) => {
    const { headers } = await setUp();
    const answer = await send(headers, { template_slug: 'hut-welcome', to: newAddress(), idempotency_key });
    expect(answer.statusCode, answer.body).toBe(422);
  });
});

describe('bad input stores and sends nothing', () => {
  const to = 'mira@example.org';
  test.each<[string, object, number]>([
    ['no template', { to }, 422],
    ['two templates', { template_slug: 'hut-welcome', template_id: '00000000-0000-0000-0000-000000000000', to }, 422],
    ['an unknown template', { template_slug: 'nope', to }, 404],
    ['a template slug with NUL', { template_slug: 'a\0', to }, 404],
    ['a template id that is none', { template_id: 'hut-welcome', to }, 422],
    ['no recipient', { template_slug: 'hut-welcome' }, 422],
    ['a list of recipients', { template_slug: 'hut-welcome', to: [to] }, 422],
    ['recipients with a comma', { template_slug: 'hut-welcome', to: `${to},x@example.org` }, 422],
    ['a display name', { template_slug: 'hut-welcome', to: `Mira <${to}>` }, 422],
    ['a header in the recipient', { template_slug: 'hut-welcome', to: `${to}\r\nBcc: x@example.org` }, 422],
    ['an unknown field', { template_slug: 'hut-welcome', to, bcc: 'x@example.org' }, 422],
    ['variables that are a list', { template_slug: 'hut-welcome', to, variables: [1] }, 422],
    ['variables nested 100 deep', { template_slug: 'hut-welcome', to, variables: nested(100) }, 422],
    ['a number as recipient', { template_slug: 'hut-welcome', to: 5 }, 422],
  ])('%s', async (_, body, status) => {
    const { headers } = await setUp();
    const answer = await send(headers, body);
    expect(answer.statusCode, answer.body).toBe(status);
    expect((await get(headers, '/emails')).json().total).toBe(0);
    expect(sink.tries(to)).toBe(0);
  });

  test('variables nested without end are a 4xx, and __proto__ is refused', async () => {
    const { headers } = await setUp();
    const inject = (variables: string) =>
      app.http.inject({
        method: 'POST',
        url: '/api/v1/emails/send',
        headers: { ...headers, 'content-type': 'application/json' },
        payload: `{"template_slug":"hut-welcome","to":"${to}","variables":${variables}}`,
      });
    for (const variables of [
      `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`,
      `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      '{"__proto__":{"admin":true}}',
      '{"constructor":{"prototype":{"admin":true}}}',
    ]) {
      const answer = await inject(variables);
      expect(answer.statusCode, answer.body.slice(0, 200)).toBeGreaterThanOrEqual(400);
      expect(answer.statusCode).toBeLessThan(500);
    }
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });

  test('line breaks and NUL in variables make no header and no 500', async () => {
    const { headers } = await setUp();
    const address = newAddress();
    const name = 'Mira\r\nBcc: thief@example.org\r\n\r\nbody\0\ud800';
    const answer = await send(headers, { template_slug: 'hut-welcome', to: address, variables: { name } });
    expect(answer.statusCode, answer.body).toBe(202);
    const { mail, to: recipients } = await sink.waitFor(address);
    expect(recipients).toEqual([address]);
    expect(mail.bcc).toBeUndefined();
    expect(mail.subject).toMatch(/^Hi Mira Bcc: thief@example.org body/);
  });

  test.each(['/emails/nope', '/emails/00000000-0000-0000-0000-000000000000', '/emails/%00'])(
    '%s is not found',
    async (path) => {
      expect((await get((await setUp()).headers, path)).statusCode).toBe(404);
    },
  );
});

test('the list pages newest first and filters by state and recipient', async () => {
  const { headers } = await setUp('test');
  const sent: string[] = [];
  for (let i = 0; i < 5; i++) {
    sent.unshift((await send(headers, { template_slug: 'hut-welcome', to: `p${i}@example.org` })).json().id);
    await new Promise((done) => setTimeout(done, 2));
  }
  const seen: string[] = [];
  let path = '/emails?limit=2';
  for (;;) {
    const page = (await get(headers, path)).json();
    expect(page.total).toBe(5);
    seen.push(...page.items.map((item: { id: string }) => item.id));
    if (page.cursor === null) break;
    path = `/emails?limit=2&cursor=${page.cursor}`;
  }
  expect(seen).toEqual(sent);
  expect((await get(headers, '/emails?to=p3@example.org')).json()).toMatchObject({
    total: 1,
    items: [{ to: 'p3@example.org' }],
  });
  expect((await get(headers, '/emails?status=sent')).json().total).toBe(0);
  expect((await get(headers, '/emails?to=%00')).json().total).toBe(0);
  expect((await get(headers, '/emails?cursor=x')).statusCode).toBe(422);
});

function nested(depth: number): object {
  let value: object = {};
  for (let i = 0; i < depth; i++) value = { value };
  return value;
}
