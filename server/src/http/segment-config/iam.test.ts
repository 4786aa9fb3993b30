/** Roles, policies, users, invites and tokens of members, as one client would use them. */
import { expect, test } from 'vitest';
import { newWorkspace, testApp } from '../../../test/support/app.ts';
import { shortId } from '../segment/protocol/ids.ts';

const OWNER = '1WDUuRLxv84rrfCNUwvkrRtkxnS';
const SOURCE_ADMIN = '1lOhVfL014SoCjk50TZPXhmjb7g';
const PLAN_ADMIN = '1EYyzDz1vq5vmajLQkxnjPk4CP9';

async function start() {
  const app = await testApp();
  const w = await newWorkspace(app);
  const headers = await w.keyHeaders({ maySend: true });
  const slug = w.workspace.slug;
  const ask = async (method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object, as: object = headers) => {
    const answer = await app.http.inject({
      method,
      url: `/v1beta/${path}`,
      headers: { ...as },
      ...(payload && { payload }),
    });
    return { status: answer.statusCode, body: answer.json(), text: answer.body };
  };
  const place = `workspaces/${slug}`;
  const source = await app.connections.sources.create(w.scope(), { name: 'Kiosk', slug: 'kiosk' });
  return { app, w, ask, place, slug, source };
}

test('roles are those of the Public API, with what they may do', async () => {
  const { ask, place } = await start();
  const { body } = await ask('GET', `${place}/roles`);
  expect(body.next_page_token).toBe('');
  expect(body.roles.find((role: { display_name: string }) => role.display_name === 'Source Admin')).toEqual({
    name: `${place}/roles/${SOURCE_ADMIN}`,
    display_name: 'Source Admin',
    description: expect.any(String),
    actions: ['source.read', 'source.write'],
  });
  const names: string[] = [];
  for (let token = ''; ; ) {
    const page = (await ask('GET', `${place}/roles?page_size=7&page_token=${token}`)).body;
    names.push(...page.roles.map((role: { name: string }) => role.name));
    token = page.next_page_token;
    if (token === '') break;
  }
  expect(names).toEqual(body.roles.map((role: { name: string }) => role.name));
});

test('a policy is given, listed, held by the Public API too, and taken away', async () => {
  const { app, w, ask, place, source } = await start();
  const user = { email: `ana@${w.workspace.slug}.test`, password: 'a password of 12 or more', name: 'Ana' };
  const id = await app.access.workspaces.addMember(w.workspace.id, user, 'limited');
  const subject = `users/${shortId(id)}`;
  expect((await ask('GET', `${place}/users`)).body).toEqual({
    users: [
      { name: `users/${shortId(w.owner.id)}`, email: w.owner.email, display_name: w.owner.email },
      { name: subject, email: user.email, display_name: 'Ana' },
    ],
    next_page_token: '',
  });
  const role = `${place}/roles/${SOURCE_ADMIN}`;
  const resource = `${place}/sources/kiosk`;
  const made = await ask('POST', `${role}/policies`, { policy: { subject, resource } });
  expect([made.status, made.body]).toEqual([
    200,
    { name: expect.stringMatching(new RegExp(`^${role}/policies/[0-9A-Za-z]{27}$`)), resource, subject },
  ]);
  const whole = (await ask('POST', `${role}/policies`, { subject, resource: place })).body;
  const all = await ask('GET', `${place}/roles/-/policies`);
  expect(all.body.policies).toEqual([
    {
      name: expect.stringContaining(`${place}/roles/${OWNER}/policies/`),
      resource: place,
      subject: `users/${shortId(w.owner.id)}`,
    },
    made.body,
    whole,
  ]);
  expect((await ask('GET', `${role}/policies`)).body.policies).toEqual([made.body, whole]);
  const listed: unknown[] = [];
  for (let token = ''; ; ) {
    const page = (await ask('GET', `${place}/roles/-/policies?page_size=1&page_token=${token}`)).body;
    listed.push(...page.policies);
    token = page.next_page_token;
    if (token === '') break;
  }
  expect(listed).toEqual(all.body.policies);

  const headers = await w.keyHeaders();
  const seen = await app.http.inject({ url: `/users/${shortId(id)}`, headers });
  expect(seen.json().data.user.permissions).toMatchObject([
    { roleId: SOURCE_ADMIN, resources: [{ id: shortId(source.id), type: 'SOURCE' }] },
    { roleId: SOURCE_ADMIN, resources: [{ type: 'WORKSPACE' }] },
  ]);

  const gone = await ask('DELETE', made.body.name);
  expect([gone.status, gone.text]).toEqual([200, '{}']);
  expect((await ask('DELETE', made.body.name)).body).toMatchObject({ code: 5 });
  // The other one keeps its name.
  expect((await ask('GET', `${role}/policies`)).body.policies).toEqual([whole]);

  for (const [path, payload, code] of [
    [`${place}/roles/nothing/policies`, { policy: { subject, resource } }, 5],
    [`${role}/policies`, { policy: { subject: 'users/nobody', resource } }, 3],
    [`${role}/policies`, { policy: { subject, resource: `${place}/sources/none` } }, 3],
    [`${role}/policies`, { policy: { subject, resource: 'workspaces/elsewhere' } }, 3],
    [`${role}/policies`, {}, 3],
  ] as const) {
    expect((await ask('POST', path, payload)).body, JSON.stringify(payload)).toMatchObject({ code });
  }
  // The owner's role is the member's own, and the only one.
  const owners = all.body.policies[0].name;
  expect(await ask('DELETE', owners)).toMatchObject({ status: 409, body: { code: 6 } });
});

test('an invite has its policies, and is there once', async () => {
  const { ask, place, w } = await start();
  const invite = {
    email: `bo@${w.workspace.slug}.test`,
    policies: [{ role: `${place}/roles/${SOURCE_ADMIN}`, resource: `${place}/sources/kiosk` }],
  };
  const made = await ask('POST', `${place}/invites`, { invite });
  expect(made.body).toEqual({
    name: expect.stringMatching(new RegExp(`^${place}/invites/\\w+$`)),
    parent: place,
    email: invite.email,
    create_time: expect.stringMatching(/Z$/),
    expire_time: expect.stringMatching(/Z$/),
    policies: invite.policies,
  });
  expect((await ask('POST', `${place}/invites`, { invite })).body).toMatchObject({ code: 6 });
  expect((await ask('POST', `${place}/invites`, { email: w.owner.email })).body).toMatchObject({ code: 6 });
  expect((await ask('POST', `${place}/invites`, { email: 'nobody' })).body).toMatchObject({ code: 3 });
  expect((await ask('GET', `${place}/invites`)).body).toEqual({ invites: [made.body], next_page_token: '' });
  expect((await ask('DELETE', made.body.name)).text).toBe('{}');
  expect((await ask('DELETE', made.body.name)).body).toMatchObject({ code: 5 });
});

test("a member's token has what its policies give; only owners make tokens and give policies", async () => {
  const { ask, place, w } = await start();
  const token = async (rest: object) => {
    const access_token = { description: 'job', scopes: 'workspace', workspace_names: [place], ...rest };
    return await ask('POST', 'access-tokens', { access_token }, w.ownerHeaders());
  };
  const bearer = (made: { body: { token: string } }) => ({ authorization: `Bearer ${made.body.token}` });
  const policies = [{ role: SOURCE_ADMIN, resource: `${place}/sources/kiosk` }];
  const one = bearer(await token({ policies }));
  const none = bearer(await token({ role: 'member' }));
  const owner = bearer(await token({ role: 'owner' }));
  expect((await token({ role: 'owner', policies })).body).toMatchObject({ code: 3 });
  const statuses = async (as: object) => [
    (await ask('GET', 'workspaces', undefined, as)).status,
    (await ask('GET', `${place}/sources/kiosk`, undefined, as)).status,
    (await ask('GET', `${place}/roles`, undefined, as)).status,
    (await ask('GET', 'access-tokens', undefined, as)).status,
  ];
  expect(await statuses(one)).toEqual([200, 200, 403, 403]);
  expect(await statuses(none)).toEqual([200, 403, 403, 403]);
  expect(await statuses(owner)).toEqual([200, 200, 200, 200]);
  const access_token = { description: 'child', scopes: 'workspace', workspace_names: [place] };
  expect((await ask('POST', 'access-tokens', { access_token }, one)).status).toBe(403);
  expect((await ask('POST', 'access-tokens', { access_token }, owner)).status).toBe(200);
});

test('a body reaches no source that the policies do not: plans of many, events passed on', async () => {
  const { app, ask, place, w, source } = await start();
  const till = await app.connections.sources.create(w.scope(), { name: 'Till', slug: 'till' });
  const policies = [
    { role: SOURCE_ADMIN, resource: `${place}/sources/kiosk` },
    { role: `${place}/roles/${PLAN_ADMIN}`, resource: place },
  ];
  const access_token = { description: 'job', scopes: 'workspace', workspace_names: [place], policies };
  const made = await ask('POST', 'access-tokens', { access_token }, w.ownerHeaders());
  const limited = { authorization: `Bearer ${made.body.token}` };
  const plan = (await ask('POST', `${place}/tracking-plans`, { tracking_plan: { display_name: 'P', rules: {} } })).body;
  const connect = async (source_names: string[]) =>
    (await ask('POST', `${plan.name}/source-connections:batchCreateConnections`, { source_names }, limited)).status;
  expect(await connect(['kiosk', 'till'])).toBe(403);
  expect(await connect(['kiosk'])).toBe(200);

  const forward = async (to: string) => {
    const payload = {
      schema_config: { forwarding_violations_to: to },
      update_mask: { paths: ['schema_config.forwarding_violations_to'] },
    };
    const url = `/v1beta/${place}/sources/kiosk/schema-config`;
    return (await app.http.inject({ method: 'PATCH', url, headers: limited, payload })).statusCode;
  };
  expect(await forward('till')).toBe(403);
  expect(await forward(shortId(till.id))).toBe(403);
  expect(await forward('')).toBe(200);
  const rows = await Promise.all([source, till].map(({ id }) => app.connections.sources.get(w.scope(), id)));
  expect(rows.map((row) => row.tracking_plan_id !== null)).toEqual([true, false]);
});
