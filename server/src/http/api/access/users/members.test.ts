import { expect, test } from 'vitest';
import { newWorkspace, type TestApp, type TestWorkspace, testApp } from '../../../../../test/support/app.ts';
import { auditOf, call, mailsTo } from '../../../../../test/support/people.ts';
import type { Role } from '../../../../access/principal.ts';

async function memberOf(app: TestApp, w: TestWorkspace, role: Role) {
  const token = (await w.memberHeaders(role)).authorization.slice(7);
  const me = (await call(app, 'GET', '/api/v1/me', undefined, { token })).json();
  return { token, id: me.user.id as string, email: me.user.email as string };
}

const status = async (answer: Promise<{ statusCode: number }>) => (await answer).statusCode;

test('owners and admins see and manage members; members and viewers do not', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const people = {
    admin: await memberOf(app, w, 'admin'),
    member: await memberOf(app, w, 'member'),
    viewer: await memberOf(app, w, 'viewer'),
  };
  const list = (await call(app, 'GET', '/api/v1/members', undefined, { token: w.ownerToken })).json();
  expect(list.total).toBe(4);
  expect(list.items.map((item: { role: string }) => item.role).sort()).toEqual(['admin', 'member', 'owner', 'viewer']);
  expect(list.items[0]).toMatchObject({ second_factor: false, joined_at: expect.any(String) });
  const first = (await call(app, 'GET', '/api/v1/members?limit=3', undefined, { token: w.ownerToken })).json();
  const rest = (
    await call(app, 'GET', `/api/v1/members?limit=3&cursor=${first.cursor}`, undefined, { token: w.ownerToken })
  ).json();
  expect([...first.items, ...rest.items]).toEqual(list.items);

  for (const { token, id } of [people.member, people.viewer]) {
    expect(await status(call(app, 'GET', '/api/v1/members', undefined, { token }))).toBe(403);
    expect(await status(call(app, 'GET', '/api/v1/invitations', undefined, { token }))).toBe(403);
    expect(await status(call(app, 'PATCH', `/api/v1/members/${people.admin.id}`, { role: 'viewer' }, { token }))).toBe(
      403,
    );
    expect(await status(call(app, 'PATCH', `/api/v1/members/${id}`, { role: 'owner' }, { token }))).toBe(403);
    expect(await status(call(app, 'DELETE', `/api/v1/members/${people.admin.id}`, undefined, { token }))).toBe(403);
    expect(
      await status(call(app, 'POST', '/api/v1/invitations', { email: 'a@b.test', role: 'viewer' }, { token })),
    ).toBe(403);
  }
});

test('an admin touches no owner and makes none, and nobody gets above the one who changes them', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const admin = await memberOf(app, w, 'admin');
  const member = await memberOf(app, w, 'member');
  const patch = (token: string, id: string, role: string) =>
    status(call(app, 'PATCH', `/api/v1/members/${id}`, { role }, { token }));
  for (const role of ['owner', 'admin', 'member', 'viewer'])
    expect(await patch(admin.token, w.owner.id, role)).toBe(403);
  expect(await patch(admin.token, member.id, 'owner')).toBe(403);
  expect(await patch(admin.token, admin.id, 'owner')).toBe(403);
  expect(await status(call(app, 'DELETE', `/api/v1/members/${w.owner.id}`, undefined, { token: admin.token }))).toBe(
    403,
  );
  expect(
    await status(call(app, 'GET', `/api/v1/members/${w.owner.id}/sessions`, undefined, { token: admin.token })),
  ).toBe(403);
  expect(
    await status(call(app, 'DELETE', `/api/v1/members/${w.owner.id}/sessions`, undefined, { token: admin.token })),
  ).toBe(403);
  expect(
    await status(
      call(app, 'POST', '/api/v1/invitations', { email: 'a@b.test', role: 'owner' }, { token: admin.token }),
    ),
  ).toBe(403);
  expect(await patch(admin.token, member.id, 'admin')).toBe(200);
  expect(await patch(w.ownerToken, admin.id, 'owner')).toBe(200);
  expect(await patch(w.ownerToken, admin.id, 'nobody')).toBe(422);
});

test('there is always an owner: the last one cannot leave or step down, however many try at once', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const url = `/api/v1/members/${w.owner.id}`;
  expect(await status(call(app, 'DELETE', url, undefined, { token: w.ownerToken }))).toBe(409);
  expect(await status(call(app, 'PATCH', url, { role: 'admin' }, { token: w.ownerToken }))).toBe(409);
  expect(await status(call(app, 'PATCH', url, { role: 'owner' }, { token: w.ownerToken }))).toBe(200);
  const second = await memberOf(app, w, 'owner');
  const leaving = await Promise.all([
    status(call(app, 'DELETE', url, undefined, { token: w.ownerToken })),
    status(call(app, 'DELETE', `/api/v1/members/${second.id}`, undefined, { token: second.token })),
  ]);
  expect(leaving.sort()).toEqual([204, 409]);
});

test('a changed or removed member counts from the next request, and anybody may leave', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const member = await memberOf(app, w, 'member');
  const make = () => status(call(app, 'POST', '/api/v1/sources', { name: 'S' }, { token: member.token }));
  expect(await make()).toBe(201);
  await call(app, 'PATCH', `/api/v1/members/${member.id}`, { role: 'viewer' }, { token: w.ownerToken });
  expect(await make()).toBe(403);
  expect(await status(call(app, 'DELETE', `/api/v1/members/${member.id}`, undefined, { token: member.token }))).toBe(
    204,
  );
  expect(await status(call(app, 'GET', '/api/v1/sources', undefined, { token: member.token }))).toBe(403);
  expect(await status(call(app, 'DELETE', `/api/v1/members/${member.id}`, undefined, { token: w.ownerToken }))).toBe(
    404,
  );
  const actions = (await auditOf(app, w.workspace.id)).filter((entry) => entry.target_id === member.id);
  expect(actions.slice(-2)).toMatchObject([
    { action: 'member.updated', before: '{"role":"member"}', after: '{"role":"viewer"}', actor_id: w.owner.id },
    { action: 'member.removed', actor_id: member.id },
  ]);
});

test('a key with members:manage takes members away, and gives nobody anything', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const [admin, member] = [await memberOf(app, w, 'admin'), await memberOf(app, w, 'member')];
  const token = await w.key({ scopes: ['members:manage', 'members:read'] });
  const reader = await w.key({ scopes: ['members:read'] });
  expect(await status(call(app, 'PATCH', `/api/v1/members/${member.id}`, { role: 'admin' }, { token }))).toBe(403);
  expect(await status(call(app, 'POST', '/api/v1/invitations', { email: 'a@b.test', role: 'viewer' }, { token }))).toBe(
    403,
  );
  expect(await status(call(app, 'DELETE', `/api/v1/members/${admin.id}`, undefined, { token }))).toBe(403);
  expect(await status(call(app, 'DELETE', `/api/v1/members/${w.owner.id}`, undefined, { token }))).toBe(403);
  expect(await status(call(app, 'DELETE', `/api/v1/members/${member.id}`, undefined, { token: reader }))).toBe(403);
  expect(await status(call(app, 'DELETE', `/api/v1/members/${member.id}`, undefined, { token }))).toBe(204);
});

// invitations -------------------------------------------------------------------------------------

async function invite(app: TestApp, token: string, email: string, role = 'member') {
  const answer = await call(app, 'POST', '/api/v1/invitations', { email, role }, { token });
  return { answer, token: String(answer.json().link ?? '').split('#')[1] ?? '', id: answer.json().id as string };
}

const accept = (app: TestApp, body: object, token?: string) =>
  call(app, 'POST', '/api/v1/invitations/accept', body, token ? { token } : {});

const PASSWORD = 'a password of many words';

test('an invitation makes an account with the role it names, once', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const email = `New.Person@${w.workspace.slug}.test`;
  const { answer, token } = await invite(app, w.ownerToken, email);
  expect(answer.statusCode, answer.body).toBe(201);
  expect(answer.json()).toMatchObject({ email: email.toLowerCase(), role: 'member', accepted_at: null });
  // No mail server here: the link is the inviter's to hand over. Behind # it is in no log of any server.
  expect(answer.json().link).toMatch(/\/app\/invitation#hgi_[\w-]{43}$/);
  const listed = (await call(app, 'GET', '/api/v1/invitations', undefined, { token: w.ownerToken })).json();
  expect(listed).toMatchObject({ total: 1, items: [{ email: email.toLowerCase() }] });
  expect(JSON.stringify(listed)).not.toContain('hgi_');
  const stored = await app.database.db
    .selectFrom('invitations')
    .selectAll()
    .where('id', '=', answer.json().id)
    .execute();
  expect(JSON.stringify(stored)).not.toContain(token);

  const look = await call(app, 'POST', '/api/v1/invitations/look', { token });
  expect(look.json()).toMatchObject({
    email: email.toLowerCase(),
    has_account: false,
    workspace: { slug: w.workspace.slug },
  });
  expect((await accept(app, { token })).statusCode).toBe(422);
  expect((await accept(app, { token, password: 'short' })).statusCode).toBe(422);
  const done = await accept(app, { token, name: 'New Person', password: PASSWORD });
  expect(done.statusCode, done.body).toBe(200);
  expect(done.json()).toMatchObject({ new_account: true, role: 'member', workspace: { slug: w.workspace.slug } });
  expect((await accept(app, { token, password: PASSWORD })).statusCode).toBe(404);
  const signedIn = await call(app, 'POST', '/api/auth/token/', { email, password: PASSWORD });
  const me = await call(app, 'GET', '/api/v1/me', undefined, { token: signedIn.json().access });
  expect(me.json()).toMatchObject({ role: 'member', user: { name: 'New Person' } });
  const actions = (await auditOf(app, w.workspace.id)).map((entry) => [entry.action, entry.actor_label]);
  expect(actions).toEqual(
    expect.arrayContaining([
      ['invitation.created', w.owner.email],
      ['invitation.accepted', email.toLowerCase()],
      ['member.added', email.toLowerCase()],
    ]),
  );
});

test('of fifty who accept at once one does', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const { token } = await invite(app, w.ownerToken, `race@${w.workspace.slug}.test`);
  const answers = await Promise.all(Array.from({ length: 50 }, () => accept(app, { token, password: PASSWORD })));
  expect(answers.filter((answer) => answer.statusCode === 200)).toHaveLength(1);
  const list = (await call(app, 'GET', '/api/v1/members', undefined, { token: w.ownerToken })).json();
  expect(list.total).toBe(2);
});

test('an account that exists accepts only signed in as itself: a link takes over nobody (attack row 38)', async () => {
  const app = await testApp();
  const [w, victim, thief] = [await newWorkspace(app), await newWorkspace(app), await newWorkspace(app)];
  const { token } = await invite(app, w.ownerToken, victim.owner.email, 'admin');
  const look = await call(app, 'POST', '/api/v1/invitations/look', { token });
  expect(look.json().has_account).toBe(true);
  // Neither does the link set a password, nor does somebody else's session take the place.
  expect((await accept(app, { token, password: 'the thief’s own phrase', name: 'x' })).statusCode).toBe(401);
  expect((await accept(app, { token }, thief.ownerToken)).statusCode).toBe(403);
  expect((await accept(app, { token }, await victim.key())).statusCode).toBe(401);
  expect((await accept(app, { token, email: thief.owner.email }, thief.ownerToken)).statusCode).toBe(422);
  const { email, password } = victim.owner;
  expect((await call(app, 'POST', '/api/auth/token/', { email, password })).statusCode).toBe(200);

  const done = await accept(app, { token }, victim.ownerToken);
  expect(done.json()).toMatchObject({ new_account: false, role: 'admin' });
  const me = (await call(app, 'GET', '/api/v1/me', undefined, { token: victim.ownerToken })).json();
  expect(me.workspaces.map((one: { slug: string }) => one.slug)).toEqual([victim.workspace.slug, w.workspace.slug]);
  const chosen = { token: victim.ownerToken, headers: { 'x-headgate-workspace': w.workspace.slug } };
  expect((await call(app, 'GET', '/api/v1/me', undefined, chosen)).json().role).toBe('admin');
  expect((await invite(app, w.ownerToken, victim.owner.email)).answer.statusCode).toBe(409);
});

test('an invitation ends after seven days, when revoked, when replaced, and with the rights of who made it', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const { db } = app.database;
  const at = (name: string) => `${name}@${w.workspace.slug}.test`;
  const gone = async (token: string) => {
    expect((await accept(app, { token, password: PASSWORD })).statusCode).toBe(404);
    expect((await call(app, 'POST', '/api/v1/invitations/look', { token })).statusCode).toBe(404);
  };

  const late = await invite(app, w.ownerToken, at('late'));
  const { expires_at, created_at } = late.answer.json();
  expect(Date.parse(expires_at) - Date.parse(created_at)).toBe(7 * 86_400_000);
  await db.updateTable('invitations').set({ expires_at: new Date() }).where('id', '=', late.id).execute();
  await gone(late.token);

  const revoked = await invite(app, w.ownerToken, at('revoked'));
  const remove = () =>
    status(call(app, 'DELETE', `/api/v1/invitations/${revoked.id}`, undefined, { token: w.ownerToken }));
  expect([await remove(), await remove()]).toEqual([204, 404]);
  await gone(revoked.token);

  const before = await invite(app, w.ownerToken, at('again'), 'admin');
  const after = await invite(app, w.ownerToken, at('AGAIN'), 'viewer');
  await gone(before.token);
  expect((await accept(app, { token: after.token, password: PASSWORD })).json().role).toBe('viewer');

  const admin = await memberOf(app, w, 'admin');
  const byAdmin = await invite(app, admin.token, at('friend'), 'admin');
  await call(app, 'PATCH', `/api/v1/members/${admin.id}`, { role: 'member' }, { token: w.ownerToken });
  await gone(byAdmin.token);
  for (const token of ['', 'hgi_', 'hgi_x', after.token.slice(0, -1), after.token.replace('hgi_', 'hgp_')])
    await gone(token);
});

test('only one plain address can be invited: nothing that a mail header could read as more', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  for (const email of [
    '',
    'x',
    'a@b',
    'a@b.test\r\nBcc: c@d.test',
    'a@b.test,c@d.test',
    'A <a@b.test>',
    'a\u0000@b.test',
    `${'a'.repeat(65)}@b.test`,
  ]) {
    expect((await invite(app, w.ownerToken, email)).answer.statusCode, email).toBe(422);
  }
});

test('the mail of an invitation is written with it, without a copy of the link here when no mail can leave', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const email = `mail@${w.workspace.slug}.test`;
  await invite(app, w.ownerToken, email);
  expect(await mailsTo(app, email)).toMatchObject([
    { kind: 'invitation', workspace_id: w.workspace.id, state: 'no_smtp', text: null },
  ]);
});
