import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newDatabase, newScope } from '../../test/support/database.ts';
import { type MailSink, startMailSink } from '../../test/support/peers/smtp.ts';
import { withContext } from '../context.ts';
import type { Database } from '../db/open.ts';
import { inTransaction } from '../db/tx.ts';
import { newId } from '../ids.ts';
import { createMailTransport, type MailTransport } from '../outbound/mail.ts';
import { createNotices } from './notices.ts';
import { claimNotices } from './queries.ts';
import { mailText, subjectLine } from './texts.ts';

let database: Database;
let sink: MailSink;
beforeAll(async () => {
  // Its own: the loop takes what is due of everyone.
  database = await newDatabase();
  sink = await startMailSink();
});
afterAll(async () => {
  await sink.close();
  await database.close();
});

let counter = 0;
const newAddress = () => `colleague-${++counter}@example.org`;
let clock = 0;

function newNotices(mail: MailTransport | null = createMailTransport({ smtpUrl: sink.url, connections: 2 })) {
  return createNotices({
    db: database.db,
    mail,
    from: 'Headgate <no-reply@huts.example>',
    publicUrl: 'https://headgate.huts.example',
    exclusive: false,
    now: () => new Date(Date.now() + clock),
    log: pino({ level: 'silent' }),
  });
}

function rowOf(to: string) {
  return database.db.selectFrom('notices').selectAll().where('to_address', '=', to).executeTakeFirstOrThrow();
}

const reset = (to: string) => ({
  workspaceId: null,
  to,
  kind: 'password-reset',
  subject: 'Your password',
  text: 'https://headgate.huts.example/reset#one-time',
});

test('a mail leaves after the commit, once, and its text is gone afterwards', async () => {
  const notices = newNotices();
  const to = newAddress();
  await inTransaction(database.db, async (tx) => {
    await notices.enqueue(tx, reset(to));
  });
  expect((await rowOf(to)).text).toContain('one-time');
  expect(await notices.runOnce()).toBe(1);
  expect(await notices.runOnce()).toBe(0);
  const { mail } = await sink.waitFor(to);
  expect(mail.subject).toBe('Your password');
  expect(mail.text).toContain('reset#one-time');
  expect(mail.text).toContain('Headgate at https://headgate.huts.example');
  expect(mail.html).toBe(false);
  expect(await rowOf(to)).toMatchObject({ state: 'sent', text: null, attempts: 1 });
  await notices.stop();
});

test('a transaction that is rolled back sends nothing', async () => {
  const notices = newNotices();
  const to = newAddress();
  const failed = inTransaction(database.db, async (tx) => {
    await notices.enqueue(tx, reset(to));
    throw new Error('no');
  });
  await expect(failed).rejects.toThrow('no');
  expect(await notices.runOnce()).toBe(0);
  await notices.stop();
});

test('what certainly did not leave is tried again; what was refused is not; what may have left is not', async () => {
  const notices = newNotices();
  const [later, refused, unknown] = [newAddress(), newAddress(), newAddress()];
  sink.script(later, { recipient: 451 });
  sink.script(refused, { recipient: 550 });
  sink.script(unknown, { breakAt: 'data' });
  await inTransaction(database.db, (tx) => notices.enqueue(tx, [later, refused, unknown].map(reset)));
  await notices.runOnce();
  expect(await rowOf(later)).toMatchObject({ state: 'queued', attempts: 1 });
  expect((await rowOf(later)).text).toContain('one-time');
  expect(await rowOf(refused)).toMatchObject({ state: 'failed', text: null });
  expect(await rowOf(unknown)).toMatchObject({ state: 'unknown', text: null });
  clock += 60_000;
  expect(await notices.runOnce()).toBe(1);
  expect(await rowOf(later)).toMatchObject({ state: 'sent', attempts: 2 });
  expect(sink.tries(unknown)).toBe(1);
  await notices.stop();
});

test('a sender that died leaves its mail unknown, not sent twice', async () => {
  const to = newAddress();
  const notices = newNotices();
  await inTransaction(database.db, (tx) => notices.enqueue(tx, reset(to)));
  const now = new Date(Date.now() + clock);
  await claimNotices(database.db, { now, until: new Date(now.getTime() + 1), limit: 10 });
  clock += 200_000;
  await notices.start();
  await notices.stop();
  expect(await rowOf(to)).toMatchObject({ state: 'unknown', text: null });
  expect(sink.tries(to)).toBe(0);
});

test('without a mail server a notice is kept as no_smtp, without its text', async () => {
  const notices = newNotices(null);
  const to = newAddress();
  await inTransaction(database.db, (tx) => notices.enqueue(tx, reset(to)));
  expect(await rowOf(to)).toMatchObject({ state: 'no_smtp', text: null, kind: 'password-reset' });
  expect(await notices.runOnce()).toBe(0);
  await notices.stop();
});

test('a request can write mails of its workspace, and read none', async () => {
  const { workspaceId } = await newScope(database);
  const other = await newScope(database);
  const actor = { kind: 'user', id: newId(), label: 'somebody' } as const;
  const context = { workspaceId, actor, ip: null, userAgent: null, requestId: null, ambient: null };
  const notices = newNotices(null);
  const to = newAddress();
  await withContext(context, async () => {
    await inTransaction(database.db, (tx) => notices.enqueue(tx, { ...reset(to), workspaceId }));
    await expect(sql`select * from notices`.execute(database.db)).rejects.toThrow('permission denied');
    const foreign = { ...reset(to), workspaceId: other.workspaceId };
    await expect(inTransaction(database.db, (tx) => notices.enqueue(tx, foreign))).rejects.toThrow('row-level');
  });
  expect(await rowOf(to)).toMatchObject({ workspace_id: workspaceId });
  await notices.stop();
});

test('a name with a line break makes no second header', () => {
  expect(subjectLine('Key "a\r\nBcc: x@y.z" leaked')).toBe('Key "a Bcc: x@y.z" leaked');
  expect(subjectLine('x'.repeat(500))).toHaveLength(200);
  expect(mailText('a\u0000b', { publicUrl: 'u' })).not.toContain('\u0000');
});
