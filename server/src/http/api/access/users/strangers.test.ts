/** What an installation does behind an answer about an account: the same for one that does not exist, and then nothing of it is kept. */
import type { KyselyPlugin } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { buildApp, newWorkspace, type TestApp, type TestWorkspace } from '../../../../../test/support/app.ts';
import { newDatabase } from '../../../../../test/support/database.ts';
import { call, mailsTo } from '../../../../../test/support/people.ts';

let app: TestApp;
let w: TestWorkspace;
/** Of the database, in the order they were asked. */
const statements: string[] = [];

/** Every statement without its values. */
const noted: KyselyPlugin = {
  transformQuery({ node }) {
    const values = new Set(['value', 'values', 'parameters']);
    statements.push(JSON.stringify(node, (name, value) => (values.has(name) ? '?' : value)));
    return node;
  },
  transformResult: async ({ result }) => result,
};

beforeAll(async () => {
  const database = await newDatabase();
  const env = { SMTP_URL: 'smtp://127.0.0.1:9' };
  app = await buildApp({ database: { ...database, db: database.db.withPlugin(noted) }, env });
  w = await newWorkspace(app);
});

afterAll(async () => {
  await app.stop();
  await app.database.close();
});

beforeEach(() => app.access.users.settled());

type Door = 'sign-in' | 'forgotten password';

async function knock(at: TestApp, door: Door, email: string): Promise<void> {
  const answer =
    door === 'sign-in'
      ? await call(at, 'POST', '/api/auth/token/', { email, password: 'wrong' })
      : await call(at, 'POST', '/api/auth/password/forgot/', { email });
  expect(answer.statusCode).toBe(door === 'sign-in' ? 401 : 202);
}

/** Asks, and lets what stands behind the answer happen. */
async function behind(door: Door, email: string): Promise<string[]> {
  await knock(app, door, email);
  statements.length = 0;
  await app.access.users.settled();
  return [...statements];
}

async function kept(): Promise<object> {
  const { db } = app.database;
  const [audit, resets, mails] = await Promise.all([
    db.selectFrom('audit_entries').select('seq').orderBy('seq').execute(),
    db.selectFrom('password_resets').select('id').orderBy('id').execute(),
    db.selectFrom('notices').select('id').orderBy('id').execute(),
  ]);
  return { audit, resets, mails };
}

for (const door of ['sign-in', 'forgotten password'] as const) {
  test(`${door}: asks the same of the database for an account and for none, and keeps nothing of the latter`, async () => {
    const before = await kept();
    const none = await behind(door, 'nobody@nowhere.test');
    expect(await kept()).toEqual(before);
    const one = await behind(door, w.owner.email);
    expect(await kept()).not.toEqual(before);
    const ends = /savepoint work_for_account/;
    expect(none.filter((text) => !ends.test(text))).toEqual(one.filter((text) => !ends.test(text)));
    expect(none.filter((text) => ends.test(text)).length).toBe(2);
    expect(one.filter((text) => ends.test(text)).length).toBe(2);
    expect(one.length).toBeGreaterThan(5);
  });
}

test('nobody gets a mail that a stranger asked for another', async () => {
  await behind('forgotten password', 'nobody@nowhere.test');
  expect(await mailsTo(app, 'nobody@nowhere.test')).toEqual([]);
  const own = await mailsTo(app, w.owner.email);
  await behind('forgotten password', 'nobody@nowhere.test');
  expect(await mailsTo(app, w.owner.email)).toEqual(own);
});

test('an installation without people answers strangers as well', async () => {
  const database = await newDatabase();
  const empty = await buildApp({ database });
  try {
    await knock(empty, 'sign-in', 'nobody@nowhere.test');
    await knock(empty, 'forgotten password', 'nobody@nowhere.test');
    await empty.access.users.settled();
    expect(await database.db.selectFrom('audit_entries').select('seq').execute()).toEqual([]);
  } finally {
    await empty.stop();
    await database.close();
  }
});
