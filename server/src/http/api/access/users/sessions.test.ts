import { expect, test } from 'vitest';
import { buildApp, newWorkspace, type TestApp, testApp } from '../../../../../test/support/app.ts';
import { auditOf, call, mailsTo, newAddress } from '../../../../../test/support/people.ts';
import { expectSameTime } from '../../../../../test/support/timing.ts';

async function signIn(app: TestApp, owner: { email: string; password: string }, address = newAddress(), headers = {}) {
  const { email, password } = owner;
  return await call(app, 'POST', '/api/auth/token/', { email, password }, { address, headers });
}

const status = async (answer: Promise<{ statusCode: number }>) => (await answer).statusCode;
const alive = async (app: TestApp, token: string) =>
  (await status(call(app, 'GET', '/api/v1/me', undefined, { token }))) === 200;

test('sessions say since when, from where and by what they are used', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const address = newAddress();
  const token = (await signIn(app, w.owner, address, { 'user-agent': 'Firefox/150' })).json().access;
  const { db } = app.database;
  const past = new Date(Date.now() - 3_600_000);
  await db.updateTable('sessions').set({ last_used_at: past }).where('user_id', '=', w.owner.id).execute();
  const taken = app.database.pool.taken();
  for (let i = 0; i < 20; i++) await alive(app, token);
  // A last use is no statement a request: /me asks four times, whoever asks.
  expect(app.database.pool.taken() - taken).toBeLessThanOrEqual(20 * 8);
  const { items, total } = (await call(app, 'GET', '/api/v1/sessions', undefined, { token })).json();
  expect(total).toBe(2);
  const mine = items.find((item: { current: boolean }) => item.current);
  expect(mine).toMatchObject({ ip: address, user_agent: 'Firefox/150', second_factor: null });
  expect(Date.now() - Date.parse(mine.last_used_at)).toBeLessThan(60_000);
  const other = items.find((item: { current: boolean }) => !item.current);
  expect(Date.parse(other.last_used_at)).toBe(past.getTime());
});

test('a session ends by its id, and everywhere else at once', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const [a, b, c] = await Promise.all([1, 2, 3].map(() => app.access.tokens.issue(w.owner.id)));
  if (!a || !b || !c) throw new Error('three sessions');
  const id = (await app.access.tokens.verifyAccess(a.access)).familyId;
  const remove = () => status(call(app, 'DELETE', `/api/v1/sessions/${id}`, undefined, { token: b.access }));
  expect([await remove(), await remove()]).toEqual([204, 404]);
  expect([await alive(app, a.access), await alive(app, b.access), await alive(app, c.access)]).toEqual([
    false,
    true,
    true,
  ]);
  expect(await status(call(app, 'POST', '/api/auth/token/refresh/', { refresh: a.refresh }))).toBe(401);
  expect(await status(call(app, 'DELETE', '/api/v1/sessions', undefined, { token: b.access }))).toBe(204);
  expect([await alive(app, b.access), await alive(app, c.access), await alive(app, w.ownerToken)]).toEqual([
    true,
    false,
    false,
  ]);
});

test('owners and admins see and end the sessions of members; members only their own', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const admin = (await w.memberHeaders('admin')).authorization.slice(7);
  const member = (await w.memberHeaders('member')).authorization.slice(7);
  const { userId, familyId } = await app.access.tokens.verifyAccess(member);
  const ownerSession = (await app.access.tokens.verifyAccess(w.ownerToken)).familyId;
  const list = await call(app, 'GET', `/api/v1/members/${userId}/sessions`, undefined, { token: admin });
  expect(list.json().items).toMatchObject([{ id: familyId, current: false }]);
  const end = (token: string, id: string) =>
    status(call(app, 'DELETE', `/api/v1/sessions/${id}`, undefined, { token }));
  expect(await end(member, ownerSession)).toBe(404);
  expect(await end(admin, ownerSession)).toBe(404);
  expect(await end((await newWorkspace(app)).ownerToken, familyId)).toBe(404);
  expect(await end(admin, familyId)).toBe(204);
  expect(await alive(app, member)).toBe(false);
  const again = (await app.access.tokens.issue(userId)).access;
  expect(
    await status(call(app, 'DELETE', `/api/v1/members/${userId}/sessions`, undefined, { token: w.ownerToken })),
  ).toBe(204);
  expect(await alive(app, again)).toBe(false);
});

test('a new password needs the old one, is no poor one, and ends the other sessions', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const other = await app.access.tokens.issue(w.owner.id);
  const change = (current_password: string, new_password: string) =>
    status(call(app, 'POST', '/api/v1/password', { current_password, new_password }, { token: w.ownerToken }));
  expect(await change('wrong', 'a much better phrase')).toBe(403);
  expect(await change(w.owner.password, 'short')).toBe(422);
  expect(await change(w.owner.password, 'passwordpassword')).toBe(422);
  expect(await change(w.owner.password, 'a much better phrase')).toBe(204);
  expect([await alive(app, w.ownerToken), await alive(app, other.access)]).toEqual([true, false]);
  expect((await signIn(app, w.owner)).statusCode).toBe(401);
  expect((await signIn(app, { ...w.owner, password: 'a much better phrase' })).statusCode).toBe(200);
  const actions = (await auditOf(app, w.workspace.id)).map((entry) => entry.action);
  expect(actions).toEqual(expect.arrayContaining(['password.changed', 'sign_in.failed']));
  expect(await mailsTo(app, w.owner.email)).toMatchObject([{ kind: 'password-changed' }]);
});

test('the current password cannot be guessed by a stolen session', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const address = newAddress();
  const statuses: number[] = [];
  for (let i = 0; i < 11; i++) {
    const body = { current_password: `guess ${i}`, new_password: 'a much better phrase' };
    statuses.push(await status(call(app, 'POST', '/api/v1/password', body, { token: w.ownerToken, address })));
  }
  expect(statuses).toEqual([...Array<number>(10).fill(403), 429]);
});

test('a forgotten password is set by a mailed link: once, within thirty minutes, and ends all sessions', async () => {
  const app = await buildApp({ env: { SMTP_URL: 'smtp://127.0.0.1:9' } });
  const w = await newWorkspace(app);
  const forgot = () => call(app, 'POST', '/api/auth/password/forgot/', { email: w.owner.email.toUpperCase() });
  const link = async () =>
    /reset-password#(hgp_[\w-]{43})/.exec((await mailsTo(app, w.owner.email)).at(-1)?.text ?? '')?.[1] ?? '';
  const reset = (token: string, password: string) =>
    status(call(app, 'POST', '/api/auth/password/reset/', { token, password }));

  expect((await forgot()).statusCode).toBe(202);
  const first = await link();
  expect(first).not.toBe('');
  const stored = await app.database.db
    .selectFrom('password_resets')
    .selectAll()
    .where('user_id', '=', w.owner.id)
    .execute();
  expect(JSON.stringify(stored)).not.toContain(first);
  expect((stored[0]?.expires_at.getTime() ?? 0) - Date.now()).toBeLessThanOrEqual(30 * 60_000);
  expect(await reset(first, 'short')).toBe(400);
  const raced = await Promise.all(Array.from({ length: 20 }, () => reset(first, 'a much better phrase')));
  expect(raced.filter((code) => code === 204)).toHaveLength(1);
  expect(await alive(app, w.ownerToken)).toBe(false);
  expect((await signIn(app, { ...w.owner, password: 'a much better phrase' })).statusCode).toBe(200);

  await forgot();
  const second = await link();
  await app.database.db
    .updateTable('password_resets')
    .set({ expires_at: new Date() })
    .where('user_id', '=', w.owner.id)
    .execute();
  expect(await reset(second, 'and another good one')).toBe(400);
  // Whoever asks: three mails within the life of a link.
  for (let i = 0; i < 5; i++) await forgot();
  const mails = (await mailsTo(app, w.owner.email)).filter((mail) => mail.kind === 'password-reset');
  expect(mails).toHaveLength(2 + 3);
  const actions = (await auditOf(app, w.workspace.id)).map((entry) => entry.action);
  expect(actions).toEqual(expect.arrayContaining(['password.reset_requested', 'password.reset']));
  await app.stop();
});

test('a link made before the password was changed is void', async () => {
  const app = await buildApp({ env: { SMTP_URL: 'smtp://127.0.0.1:9' } });
  const w = await newWorkspace(app);
  await call(app, 'POST', '/api/auth/password/forgot/', { email: w.owner.email });
  const [mail] = await mailsTo(app, w.owner.email);
  const token = /#(hgp_[\w-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
  const body = { current_password: w.owner.password, new_password: 'a much better phrase' };
  expect(await status(call(app, 'POST', '/api/v1/password', body, { token: w.ownerToken }))).toBe(204);
  expect(
    await status(call(app, 'POST', '/api/auth/password/reset/', { token, password: 'of who has the old mail' })),
  ).toBe(400);
  await app.stop();
});

// Repeated where the machine was busy with other things: what is looked for would be there every time.
test('asking for a new password answers the same, as fast, for accounts that do not exist', { retry: 3 }, async () => {
  const app = await testApp();
  // A new one for each pair: after some links that are open, no more are made.
  const people = await Promise.all(Array.from({ length: 40 }, async () => (await newWorkspace(app)).owner.email));
  const nobody = `nobody-${people[0]}`;
  const ask = async (email: string) => {
    const answer = await call(app, 'POST', '/api/auth/password/forgot/', { email });
    expect(answer.statusCode).toBe(202);
    return answer.body;
  };
  await ask('warm-up@nowhere.test');
  let asked = 0;
  await expectSameTime(
    people.length,
    () => ask(people[asked++] ?? ''),
    () => ask(nobody),
  );
  expect(await mailsTo(app, nobody)).toEqual([]);
  expect(await mailsTo(app, people[39] ?? '')).toHaveLength(1);
});

test('signing in takes as long for an unknown account as for a wrong password (attack row 13)', {
  retry: 3,
}, async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const ask = async (email: string) => {
    const answer = await call(app, 'POST', '/api/auth/token/', { email, password: 'wrong' });
    expect(answer.statusCode).toBe(401);
    return [answer.body, answer.headers['www-authenticate']];
  };
  await ask('warm-up@nowhere.test');
  await expectSameTime(
    40,
    () => ask(w.owner.email),
    () => ask(`nobody-${w.workspace.id}@nowhere.test`),
  );
  await app.access.users.settled();
});

test('a failed sign-in is in the trail although it is written behind the answer', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  await call(app, 'POST', '/api/auth/token/', { email: w.owner.email, password: 'wrong' });
  const written = async () => {
    const entries = app.database.db.selectFrom('audit_entries').select('action');
    return await entries.where('workspace_id', '=', w.workspace.id).where('action', '=', 'sign_in.failed').execute();
  };
  await expect.poll(written, { timeout: 10_000 }).toHaveLength(1);
});
