import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newScope, testDatabase } from '../../test/support/database.ts';
import { type MailSink, startMailSink } from '../../test/support/peers/smtp.ts';
import type { Database } from '../db/open.ts';
import { newId } from '../ids.ts';
import { createMailTransport, type MailTransport, resultOf, senderOf } from '../outbound/mail.ts';
import { claimMessages, findMessage, insertMessage, insertTemplate } from './queries.ts';
import { createSender, retryDelay, type Sender, type SendOutcome } from './sender.ts';

let database: Database;
let sink: MailSink;
beforeAll(async () => {
  database = await testDatabase();
  sink = await startMailSink();
});
afterAll(() => sink.close());

let counter = 0;
const newAddress = () => `person-${process.pid}-${++counter}@example.org`;

/** A queued message of a new workspace. */
async function queue(to = newAddress(), subject = 'Hello') {
  const scope = await newScope(database);
  const now = new Date();
  const template = await insertTemplate(database.db, scope, {
    id: newId(),
    name: 'T',
    slug: 't',
    subject: '',
    html: '',
    category: 'transactional',
    variables_schema: {},
    created_at: now,
  });
  const id = newId();
  await insertMessage(database.db, scope, {
    id,
    template_id: template.id,
    from_address: 'Hut Union <news@huts.example>',
    to_address: to,
    subject,
    html: '<p>Hi Mira</p>',
    text: 'Hi Mira',
    state: 'queued',
    idempotency_key: null,
    request_hash: Buffer.alloc(32),
    created_by_key_id: null,
    created_by_user_id: null,
    created_at: now,
  });
  const row = async () => {
    const found = await findMessage(database.db, scope, id);
    if (!found) throw new Error('gone');
    return found;
  };
  return { id, to, row };
}

const silent = pino({ level: 'silent' });
let clock = 0;

function newSender(mail: MailTransport, outcomes: SendOutcome[] = [], exclusive = false): Sender {
  return createSender({
    db: database.db,
    mail,
    messageIdOf: (id) => `${id}@huts.example`,
    exclusive,
    now: () => new Date(Date.now() + clock),
    random: () => 0,
    log: silent,
    onOutcome: (outcome) => outcomes.push(outcome),
  });
}

/** Until nothing is due; earlier tests may have left some. */
async function drain(sender: Sender): Promise<void> {
  while ((await sender.runOnce()) > 0);
}

async function sendOne(message: { to: string }, deadlineMs = 90_000): Promise<void> {
  const sender = newSender(createMailTransport({ smtpUrl: sink.url, connections: 2, deadlineMs }));
  await drain(sender);
  await sender.stop();
  expect(sink.tries(message.to)).toBeGreaterThan(0);
}

describe('a message reaches the mail server', () => {
  test('once, with both parts, its own Message-ID, and its answer on record', async () => {
    const message = await queue();
    await sendOne(message);
    await sendOne(message);
    const { mail, from, to } = await sink.waitFor(message.to);
    expect(sink.received.filter((one) => one.to.includes(message.to))).toHaveLength(1);
    expect([from, to]).toEqual(['news@huts.example', [message.to]]);
    expect(mail.messageId).toBe(`<${message.id}@huts.example>`);
    expect(mail.from?.text).toBe('"Hut Union" <news@huts.example>');
    expect([mail.subject, mail.text?.trim(), mail.html]).toEqual(['Hello', 'Hi Mira', '<p>Hi Mira</p>']);
    expect(await message.row()).toMatchObject({ state: 'sent', attempts: 1, error: null });
    expect((await message.row()).provider_message_id).toMatch(/^250/);
  });

  test('with a subject that tries to be a header, and addresses that try to be more', async () => {
    const message = await queue(undefined, 'Hi\r\nBcc: thief@example.org\r\n\r\n<html>');
    await sendOne(message);
    const { mail, to } = await sink.waitFor(message.to);
    expect(to).toEqual([message.to]);
    expect(mail.bcc).toBeUndefined();
    expect([...mail.headers.keys()]).not.toContain('bcc');
    expect(sink.arrived.join('')).not.toMatch(/^Bcc:/im);
  });

  test('by many senders at once, each message once', async () => {
    const messages = await Promise.all(Array.from({ length: 40 }, () => queue()));
    const senders = [1, 2, 3].map(() => newSender(createMailTransport({ smtpUrl: sink.url, connections: 5 })));
    await Promise.all(senders.map(drain));
    await Promise.all(senders.map((sender) => sender.stop()));
    for (const { to, row } of messages) {
      expect(sink.received.filter((one) => one.to.includes(to))).toHaveLength(1);
      expect((await row()).state).toBe('sent');
    }
  });
});

describe('a refusal', () => {
  test.each([{ recipient: 550 }, { data: 554 }])('%j is final', async (behaviour) => {
    const message = await queue();
    sink.script(message.to, behaviour);
    await sendOne(message);
    expect(await message.row()).toMatchObject({
      state: 'failed',
      attempts: 1,
      error: expect.stringContaining('not today'),
    });
    clock += 3_600_000;
    await drain(newSender(createMailTransport({ smtpUrl: sink.url, connections: 1 })));
    expect(sink.tries(message.to)).toBe(1);
  });

  test.each([{ recipient: 450 }, { data: 451 }, { breakAt: 'recipient' as const }])(
    '%j is tried again, later',
    async (behaviour) => {
      const message = await queue();
      sink.script(message.to, behaviour, behaviour);
      await sendOne(message);
      const row = await message.row();
      expect(row).toMatchObject({ state: 'queued', attempts: 1, finished_at: null });
      expect(row.next_attempt_at.getTime() - Date.now() - clock).toBeGreaterThan(10_000);
      await sendOne(message);
      expect(sink.tries(message.to)).toBe(1);
      clock += 60_000;
      await sendOne(message);
      expect((await message.row()).attempts).toBe(2);
      clock += 60_000;
      await sendOne(message);
      expect(await message.row()).toMatchObject({ state: 'sent', attempts: 3 });
      expect(sink.received.filter((one) => one.to.includes(message.to))).toHaveLength(1);
    },
  );

  test('no server at all: tried again for four hours, then failed', async () => {
    const message = await queue();
    const mail = createMailTransport({ smtpUrl: 'smtp://127.0.0.1:9', connections: 1 });
    const sender = newSender(mail);
    await drain(sender);
    expect(await message.row()).toMatchObject({ state: 'queued', attempts: 1 });
    for (let i = 0; i < 40 && (await message.row()).state === 'queued'; i++) {
      clock += 30 * 60_000;
      await drain(sender);
    }
    const row = await message.row();
    expect(row.state).toBe('failed');
    expect(row.attempts).toBeGreaterThan(4);
    await sender.stop();
  });

  test('the wait doubles from 15 s to 30 min', () => {
    expect([1, 2, 3, 8, 20].map((attempt) => retryDelay(attempt, 0) / 1_000)).toEqual([15, 30, 60, 1_800, 1_800]);
    expect(retryDelay(1, 0.999)).toBeLessThan(18_000);
  });
});

describe('a message that may have left is never sent again', () => {
  test.each([{ breakAt: 'data' as const }, { hang: true }])('%j after the whole message', async (behaviour) => {
    const message = await queue();
    sink.script(message.to, behaviour);
    await sendOne(message, 1_000);
    expect(await message.row()).toMatchObject({ state: 'unknown', attempts: 1 });
    clock += 3_600_000;
    await sendOne(message);
    expect(sink.tries(message.to)).toBe(1);
  });

  test('a sender that died between the message and its record: unknown after two minutes, or at once where it is alone', async () => {
    for (const exclusive of [false, true]) {
      const message = await queue();
      // The claim of a sender that then took the message to the server and was killed.
      const at = new Date(Date.now() + clock);
      await claimMessages(database.db, { now: at, until: new Date(at.getTime() + 120_000), limit: 100 });
      expect((await message.row()).state).toBe('sending');
      const outcomes: SendOutcome[] = [];
      const next = newSender(createMailTransport({ smtpUrl: sink.url, connections: 1 }), outcomes, exclusive);
      await next.start();
      await new Promise((done) => setTimeout(done, 100));
      if (!exclusive) {
        expect((await message.row()).state).toBe('sending');
        await next.stop();
        clock += 121_000;
        const later = newSender(createMailTransport({ smtpUrl: sink.url, connections: 1 }), outcomes);
        await later.start();
        await later.stop();
      } else await next.stop();
      expect(await message.row()).toMatchObject({ state: 'unknown', error: expect.stringContaining('not sent again') });
      expect(outcomes).toContain('unknown');
      expect(sink.tries(message.to)).toBe(0);
    }
  });

  test('a slow sender that was given up still tells the truth in the end', async () => {
    const message = await queue();
    let answer: (() => void) | undefined;
    const mail: MailTransport = {
      send: () => new Promise((resolve) => (answer = () => resolve({ outcome: 'sent', response: '250 late' }))),
      close() {},
    };
    const slow = newSender(mail);
    const running = slow.runOnce();
    while (!answer) await new Promise((done) => setTimeout(done, 5));
    clock += 121_000;
    const other = newSender(createMailTransport({ smtpUrl: sink.url, connections: 1 }));
    await other.start();
    await other.stop();
    expect((await message.row()).state).toBe('unknown');
    answer();
    await running;
    expect(await message.row()).toMatchObject({ state: 'sent', provider_message_id: '250 late', error: null });
  });

  test('stopping waits for what is under way and takes nothing new', async () => {
    const message = await queue();
    let answer: (() => void) | undefined;
    const mail: MailTransport = {
      send: () => new Promise((resolve) => (answer = () => resolve({ outcome: 'sent', response: '250 ok' }))),
      close() {},
    };
    const sender = newSender(mail);
    await sender.start();
    while (!answer) await new Promise((done) => setTimeout(done, 5));
    const late = await queue();
    const stopped = sender.stop();
    answer();
    await stopped;
    expect((await message.row()).state).toBe('sent');
    expect((await late.row()).state).toBe('queued');
    await drain(newSender(createMailTransport({ smtpUrl: sink.url, connections: 1 })));
  });
});

describe('what an error means', () => {
  const error = (parts: object) => Object.assign(new Error('x'), parts);
  test.each([
    [{ code: 'EENVELOPE', responseCode: 550 }, false, 'refused'],
    [{ code: 'EENVELOPE', responseCode: 450 }, false, 'retry'],
    [{ code: 'EENVELOPE' }, false, 'refused'],
    [{ code: 'EMESSAGE', responseCode: 554 }, true, 'refused'],
    [{ code: 'EMESSAGE', responseCode: 451 }, true, 'retry'],
    [{ code: 'EAUTH', responseCode: 535 }, false, 'retry'],
    [{ code: 'ESOCKET' }, false, 'retry'],
    [{ code: 'ETIMEDOUT' }, false, 'retry'],
    [{ code: 'ETIMEDOUT' }, true, 'unknown'],
    [{ code: 'ECONNECTION', responseCode: 421 }, true, 'unknown'],
    [{ code: 'ECONNECTION' }, true, 'unknown'],
    [{}, true, 'unknown'],
  ])('%j, message begun %s: %s', (parts, started, outcome) => {
    expect(resultOf(error(parts), started).outcome).toBe(outcome);
  });

  test('the sender is one mailbox', () => {
    expect(senderOf('Hut Union <news@huts.example>')).toEqual({ name: 'Hut Union', address: 'news@huts.example' });
    for (const wrong of ['', 'nobody', 'a@b.example, c@d.example', 'g: a@b.example;'])
      expect(() => senderOf(wrong)).toThrow(/MAIL_FROM/);
  });
});
