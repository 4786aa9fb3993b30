/** A key's life at the door: rotation, twins, quarantine, canaries, networks, expiry, policies. */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { newWorkspace, type TestApp, type TestWorkspace, testApp } from '../../../../../test/support/app.ts';

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

async function ask(app: TestApp, headers: Record<string, string>, method: Method, path: string, payload?: object) {
  const url = `/api/v1${path}`;
  return await app.http.inject({ method, url, headers, ...(payload && { payload }) });
}

async function make(app: TestApp, w: TestWorkspace, payload: object) {
  const answer = await ask(app, w.ownerHeaders(), 'POST', '/api-keys', { name: 'Key', ...payload });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json();
}

const withKey = (key: string) => ({ 'x-api-key': key });
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const codeOf = (answer: { json(): { error?: { code: string } } }) => answer.json().error?.code;
const works = async (app: TestApp, key: string) => (await ask(app, withKey(key), 'GET', '/scopes')).statusCode;

async function clockOf(app: TestApp, keyId: string, column: 'expires_at' | 'retires_at', at: Date): Promise<void> {
  const { db } = app.database;
  const revision = await db
    .updateTable('access_revision')
    .set((e) => ({ revision: e('revision', '+', 1) }))
    .returning('revision')
    .executeTakeFirstOrThrow();
  await db
    .updateTable('api_keys')
    .set({ [column]: at, ...revision })
    .where('uuid', '=', keyId)
    .execute();
  await app.access.refreshKeys();
}

test('everything a key was given is listed and shown, without its text', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const wish = {
    description: 'For the nightly import',
    scopes: ['events:read'],
    expires_at: inDays(30),
    allowed_ips: ['127.0.0.1', '2001:db8::/32'],
    rate_per_minute: 50,
    recipients_per_send: 10,
    recipients_per_day: 100,
    approval_above: 5,
    shadow_scopes: [],
    may_send: true,
  };
  const { key, ...made } = await make(app, w, wish);
  expect(made).toMatchObject({
    ...wish,
    expires_at: expect.any(String),
    allowed_ips: ['127.0.0.1/32', '2001:db8::/32'],
  });
  expect(made).toMatchObject({
    state: 'active',
    lineage: made.public_id,
    agent: false,
    canary: false,
    prefix: key.slice(0, 19),
  });
  const shown = await ask(app, w.ownerHeaders(), 'GET', `/api-keys/${made.id}`);
  expect(shown.json()).toEqual(made);
  expect(shown.body).not.toContain(key.slice(19));
  expect((await ask(app, w.ownerHeaders(), 'GET', '/api-keys')).json().items).toEqual([made]);
});

test('a key ends at its expiry: 401 api_key_expired', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const made = await make(app, w, { expires_at: inDays(1) });
  expect(await works(app, made.key)).toBe(200);
  await clockOf(app, made.id, 'expires_at', new Date(Date.now() - 1));
  const refused = await ask(app, withKey(made.key), 'GET', '/scopes');
  expect([refused.statusCode, codeOf(refused)]).toEqual([401, 'api_key_expired']);
  expect((await ask(app, w.ownerHeaders(), 'GET', `/api-keys/${made.id}`)).json().state).toBe('expired');
  for (const path of ['rotate', 'twin']) {
    const payload = path === 'twin' ? { scopes: ['events:read'] } : {};
    expect(codeOf(await ask(app, w.ownerHeaders(), 'POST', `/api-keys/${made.id}/${path}`, payload))).toBe(
      'invalid_state',
    );
  }
  const revived = await ask(app, w.ownerHeaders(), 'PATCH', `/api-keys/${made.id}`, { expires_at: inDays(9) });
  expect(codeOf(revived)).toBe('invalid_state');
  for (const expires_at of ['2020-01-01T00:00:00Z', 'tomorrow', '+275760-09-13T00:00:00Z']) {
    expect((await ask(app, w.ownerHeaders(), 'POST', '/api-keys', { name: 'n', expires_at })).statusCode).toBe(422);
  }
});

test('a key is used only from its networks: 403 address_not_allowed', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const { key } = await make(app, w, { allowed_ips: ['192.0.2.0/24'] });
  const from = async (remoteAddress: string) =>
    await app.http.inject({ url: '/api/v1/scopes', headers: withKey(key), remoteAddress });
  expect((await from('192.0.2.9')).statusCode).toBe(200);
  expect((await from('::ffff:192.0.2.9')).statusCode).toBe(200);
  for (const address of ['198.51.100.1', '::ffff:198.51.100.1', '2001:db8::1']) {
    const refused = await from(address);
    expect([refused.statusCode, codeOf(refused)]).toEqual([403, 'address_not_allowed']);
  }
  // Three were refused above: a thief elsewhere cannot use up the limit of the key's owner.
  const { headers } = await app.http.inject({
    url: '/api/v1/scopes',
    headers: withKey(key),
    remoteAddress: '192.0.2.9',
  });
  expect(headers['x-ratelimit-remaining']).toBe('997');
  const wrong = await ask(app, w.ownerHeaders(), 'POST', '/api-keys', { name: 'n', allowed_ips: ['10.0.0.0/64'] });
  expect(wrong.statusCode).toBe(422);
});

test('a workspace makes at most 5,000 keys in 24 hours: each is held in memory by every process', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const { id } = await make(app, w, {});
  const { db } = app.database;
  await sql`
    insert into api_keys (uuid, workspace_id, environment, name, public_id, hash, lineage, scopes, revision, revoked_at, created_at)
    select gen_random_uuid(), workspace_id, environment, name, left(md5(${id} || n), 8), hash, lineage, scopes, 0, now(),
           now() - interval '23 hours'
    from api_keys, generate_series(1, 4999) n where uuid = ${id}`.execute(db);
  const refused = await ask(app, w.ownerHeaders(), 'POST', '/api-keys', { name: 'n', scopes: ['events:read'] });
  expect([refused.statusCode, codeOf(refused)]).toEqual([429, 'rate_limit_exceeded']);
  await sql`update api_keys set created_at = now() - interval '25 hours' where workspace_id = ${w.workspace.id}`.execute(
    db,
  );
  await make(app, w, {});
});

test('a key for an agent can never send: 422 when made and changed, and the database refuses it too', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const both = await ask(app, w.ownerHeaders(), 'POST', '/api-keys', { name: 'n', agent: true, may_send: true });
  expect(both.statusCode).toBe(422);
  const { id, key } = await make(app, w, { agent: true, scopes: ['api-keys:manage', 'emails:send'] });
  for (const patch of [{ may_send: true }, { agent: false }, { agent: false, may_send: true }]) {
    expect((await ask(app, w.ownerHeaders(), 'PATCH', `/api-keys/${id}`, patch)).statusCode).toBe(422);
  }
  const rotated = (await ask(app, w.ownerHeaders(), 'POST', `/api-keys/${id}/rotate`, {})).json();
  expect(rotated).toMatchObject({ agent: true, may_send: false });
  const twin = { scopes: ['emails:send'], may_send: true };
  expect((await ask(app, w.ownerHeaders(), 'POST', `/api-keys/${rotated.id}/twin`, twin)).statusCode).toBe(422);
  const child = await ask(app, withKey(key), 'POST', '/api-keys', { name: 'n', scopes: ['emails:send'] });
  expect(child.json()).toMatchObject({ agent: true });
  const policy = await ask(app, w.ownerHeaders(), 'PATCH', '/policies/keys', { may_mint_sending: ['agent'] });
  expect(policy.statusCode).toBe(422);
  const forced = app.database.db.updateTable('api_keys').set({ may_send: true }).where('uuid', '=', id).execute();
  await expect(forced).rejects.toThrow('api_keys_agent_never_sends');
});

test('a rotation makes a successor, and the old key ends at its deadline and never after its own expiry', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const wish = { scopes: ['events:read'], rate_per_minute: 7, allowed_ips: ['127.0.0.0/8'], expires_at: inDays(0.5) };
  const old = await make(app, w, wish);
  const rotate = async (id: string, payload: object) =>
    await ask(app, w.ownerHeaders(), 'POST', `/api-keys/${id}/rotate`, payload);
  const made = (await rotate(old.id, { overlap_seconds: 86_400 })).json();
  expect(made).toMatchObject({ lineage: old.public_id, predecessor: old.id, scopes: wish.scopes, rate_per_minute: 7 });
  expect(made.expires_at).toBe(old.expires_at);
  expect(made.previous).toMatchObject({
    id: old.id,
    state: 'retiring',
    retires_at: old.expires_at,
    successor: made.id,
  });
  expect([await works(app, old.key), await works(app, made.key)]).toEqual([200, 200]);
  // A key under rotation is not rotated again and not made to live longer.
  expect(codeOf(await rotate(old.id, {}))).toBe('invalid_state');
  for (const expires_at of [null, inDays(3)]) {
    expect(codeOf(await ask(app, w.ownerHeaders(), 'PATCH', `/api-keys/${old.id}`, { expires_at }))).toBe(
      'invalid_state',
    );
  }
  await clockOf(app, old.id, 'retires_at', new Date(Date.now() - 1));
  expect([await works(app, old.key), await works(app, made.key)]).toEqual([401, 200]);
  const again = (await rotate(made.id, { overlap_seconds: 0, expires_at: inDays(20) })).json();
  expect(again.lineage).toBe(old.public_id);
  expect([await works(app, made.key), await works(app, again.key)]).toEqual([401, 200]);
  expect((await rotate(again.id, { overlap_seconds: 604_801 })).statusCode).toBe(422);
});

test('of many rotations at once one wins', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const { id } = await make(app, w, {});
  const all = await Promise.all(
    Array.from({ length: 12 }, () => ask(app, w.ownerHeaders(), 'POST', `/api-keys/${id}/rotate`, {})),
  );
  expect(all.map((answer) => answer.statusCode).sort()).toEqual([201, ...Array(11).fill(409)]);
});

test('who has less than a key gets no text of it by rotating, twinning or changing it', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const strong = await make(app, w, { may_send: true });
  const weak = withKey((await make(app, w, { scopes: ['api-keys:manage', 'events:read'] })).key);
  const admin = await w.memberHeaders('admin');
  for (const headers of [weak, admin]) {
    expect((await ask(app, headers, 'POST', `/api-keys/${strong.id}/rotate`, {})).statusCode).toBe(403);
    expect((await ask(app, headers, 'PATCH', `/api-keys/${strong.id}`, { name: 'mine' })).statusCode).toBe(403);
  }
  const twin = await ask(app, weak, 'POST', `/api-keys/${strong.id}/twin`, { scopes: ['emails:send'] });
  expect(twin.statusCode).toBe(403);
  expect((await ask(app, w.ownerHeaders(), 'GET', `/api-keys/${strong.id}`)).json().name).toBe('Key');
});

test('only owners make keys with full access or for the whole workspace', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const admin = await w.memberHeaders('admin');
  for (const scopes of [undefined, ['*'], ['workspace'], ['workspace:read']]) {
    const wish = { name: 'n', ...(scopes && { scopes }) };
    expect(codeOf(await ask(app, admin, 'POST', '/api-keys', wish))).toBe('insufficient_scope');
    expect((await ask(app, w.ownerHeaders(), 'POST', '/api-keys', wish)).statusCode).toBe(201);
  }
  expect((await ask(app, admin, 'POST', '/api-keys', { name: 'n', scopes: ['events:read'] })).statusCode).toBe(201);
});

test('a twin is narrower and shares the lineage; the old key is left alone', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const old = await make(app, w, { may_send: true, rate_per_minute: 9 });
  const make2 = async (payload: object) =>
    await ask(app, w.ownerHeaders(), 'POST', `/api-keys/${old.id}/twin`, payload);
  const twin = (await make2({ scopes: ['events:read'], allowed_ips: ['10.0.0.0/8'], may_send: false })).json();
  expect(twin).toMatchObject({
    lineage: old.lineage,
    scopes: ['events:read'],
    allowed_ips: ['10.0.0.0/8'],
    predecessor: null,
  });
  expect(twin).toMatchObject({ rate_per_minute: 9, may_send: false });
  expect((await ask(app, w.ownerHeaders(), 'GET', `/api-keys/${old.id}`)).json().state).toBe('active');
  const narrow = await make(app, w, { scopes: ['events:read'] });
  const wider = await ask(app, w.ownerHeaders(), 'POST', `/api-keys/${narrow.id}/twin`, { scopes: ['emails:read'] });
  expect(wider.statusCode).toBe(403);
});

test('scopes become fewer and never more', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const { id, key } = await make(app, w, {});
  const patch = async (payload: object) => await ask(app, w.ownerHeaders(), 'PATCH', `/api-keys/${id}`, payload);
  expect((await patch({ scopes: ['events:read', 'emails:read'] })).json().full_access).toBe(false);
  expect((await ask(app, withKey(key), 'GET', '/sources')).statusCode).toBe(403);
  for (const scopes of [[], ['*'], ['events:read', 'sources:read']])
    expect((await patch({ scopes })).statusCode).toBe(422);
  expect((await patch({ scopes: ['events:read'], name: 'Less', description: 'now' })).json()).toMatchObject({
    scopes: ['events:read'],
    name: 'Less',
    description: 'now',
  });
  for (const body of [
    {},
    { hash: 'x' },
    { environment: 'test' },
    { lineage: 'x' },
    { revoked_at: null },
    { key: 'sk' },
  ]) {
    expect((await patch(body)).statusCode, JSON.stringify(body)).toBe(422);
  }
});

test('a key in quarantine only reads, makes nothing, and is released by people alone', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const { id, key } = await make(app, w, { may_send: true });
  const held = await ask(app, w.ownerHeaders(), 'POST', `/api-keys/${id}/quarantine`, { reason: 'odd traffic' });
  expect(held.json()).toMatchObject({ state: 'quarantined', quarantine_reason: 'odd traffic' });
  expect((await ask(app, withKey(key), 'GET', '/sources')).statusCode).toBe(200);
  for (const [method, path] of [
    ['POST', '/sources'],
    ['POST', '/emails/send'],
    ['POST', '/api-keys'],
  ] as const) {
    expect(codeOf(await ask(app, withKey(key), method, path, { name: 'n' }))).toBe('api_key_quarantined');
  }
  const rotated = await ask(app, w.ownerHeaders(), 'POST', `/api-keys/${id}/rotate`, {});
  expect(codeOf(rotated)).toBe('invalid_state');
  const other = await make(app, w, {});
  expect((await ask(app, withKey(other.key), 'POST', `/api-keys/${id}/release`)).statusCode).toBe(403);
  const free = await ask(app, await w.memberHeaders('admin'), 'POST', `/api-keys/${id}/release`);
  expect(free.json()).toMatchObject({ state: 'active', quarantine_reason: null });
  expect((await ask(app, withKey(key), 'POST', '/sources', { name: 'n' })).statusCode).toBe(201);
});

test('a canary looks like any key, may nothing, and every use of it is told', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const { key, ...made } = await make(app, w, { canary: true });
  expect(key).toMatch(/^sk_live_hg_[0-9A-Za-z]{46}$/);
  expect(made).toMatchObject({ canary: true, full_access: false, scopes: [] });
  const seen: string[] = [];
  app.access.keys.onCanary((principal, use) => {
    if (principal.publicId === made.public_id) seen.push(`${use.method} ${use.route} ${use.ip}`);
  });
  const plain = await make(app, w, { scopes: ['tags:read'] });
  const asked = await ask(app, withKey(key), 'GET', '/events');
  const refused = await ask(app, withKey(plain.key), 'GET', '/events');
  expect([asked.statusCode, asked.body]).toEqual([refused.statusCode, refused.body]);
  expect(asked.headers['www-authenticate']).toBe(refused.headers['www-authenticate']);
  expect((await ask(app, withKey(key), 'GET', '/me')).statusCode).toBe(403);
  expect(seen).toEqual(['GET /api/v1/events 127.0.0.1', 'GET /api/v1/me 127.0.0.1']);
  for (const wish of [{ scopes: ['events:read'] }, { may_send: true }]) {
    const answer = await ask(app, w.ownerHeaders(), 'POST', '/api-keys', { name: 'n', canary: true, ...wish });
    expect(answer.statusCode).toBe(422);
  }
  expect((await ask(app, w.ownerHeaders(), 'POST', `/api-keys/${made.id}/rotate`, {})).statusCode).toBe(409);
});

test('the policy is changed by owners alone and holds for new, changed and rotated keys', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const before = await make(app, w, { name: 'old and free', may_send: true });
  const maker = await make(app, w, { scopes: ['api-keys:manage', 'events:read'], may_send: true });
  for (const headers of [await w.memberHeaders('admin'), withKey(before.key)]) {
    expect((await ask(app, headers, 'PATCH', '/policies/keys', { force_expiry: true })).statusCode).toBe(403);
  }
  const patch = async (policy: object) => (await ask(app, w.ownerHeaders(), 'PATCH', '/policies/keys', policy)).json();
  const policy = await patch({
    max_life_days: 10,
    force_expiry: true,
    force_allowed_ips: true,
    leak_action: 'quarantine',
  });
  expect(policy).toMatchObject({
    max_life_days: 10,
    leak_action: 'quarantine',
    brake_action: 'alert',
    non_compliant_total: 2,
  });
  expect(policy.non_compliant[1]).toEqual({
    id: before.id,
    public_id: before.public_id,
    name: 'old and free',
    reasons: ['no_expiry', 'no_allowed_ips'],
  });
  expect(await works(app, before.key)).toBe(200);
  const create = async (wish: object, headers = w.ownerHeaders()) =>
    (await ask(app, headers, 'POST', '/api-keys', { name: 'n', scopes: ['events:read'], ...wish })).statusCode;
  const fine = { expires_at: inDays(9), allowed_ips: ['127.0.0.1'] };
  expect(await create({})).toBe(422);
  expect(await create({ ...fine, expires_at: inDays(11) })).toBe(422);
  expect(await create({ ...fine, allowed_ips: [] })).toBe(422);
  expect(await create(fine)).toBe(201);
  // A name may still be changed; a bound that would not be allowed today may not be set.
  const change = async (wish: object) =>
    (await ask(app, w.ownerHeaders(), 'PATCH', `/api-keys/${before.id}`, wish)).statusCode;
  expect([await change({ name: 'still' }), await change({ expires_at: inDays(11) })]).toEqual([200, 422]);
  expect((await ask(app, w.ownerHeaders(), 'POST', `/api-keys/${before.id}/rotate`, {})).statusCode).toBe(422);
  expect(await change({ allowed_ips: ['127.0.0.0/8'] })).toBe(200);
  const rotated = await ask(app, w.ownerHeaders(), 'POST', `/api-keys/${before.id}/rotate`, {});
  expect(new Date(rotated.json().expires_at).getTime()).toBeLessThanOrEqual(Date.now() + 10 * 86_400_000);
  // Who may make keys, and keys that send.
  await patch({ may_mint: ['owner', 'key'], may_mint_sending: ['owner'] });
  expect(await create(fine, (await w.memberHeaders('admin')) as never)).toBe(403);
  expect(await create(fine, withKey(maker.key) as never)).toBe(201);
  expect(await create({ ...fine, may_send: true }, withKey(maker.key) as never)).toBe(403);
  expect(await create({ ...fine, may_send: true })).toBe(201);
});

test('revoking a key revokes what it made where the call or the policy says so', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const family = async () => {
    const parent = await make(app, w, {});
    const child = (await ask(app, withKey(parent.key), 'POST', '/api-keys', { name: 'child' })).json();
    const grandchild = (await ask(app, withKey(child.key), 'POST', '/api-keys', { name: 'grandchild' })).json();
    return [parent, child, grandchild];
  };
  const revoke = async (id: string, query = '') =>
    await ask(app, w.ownerHeaders(), 'DELETE', `/api-keys/${id}${query}`);
  const alive = async (keys: { key: string }[]) => Promise.all(keys.map(({ key }) => works(app, key)));
  const [first, second, third] = [await family(), await family(), await family()];
  await revoke(first[0].id);
  expect(await alive(first)).toEqual([401, 200, 200]);
  await revoke(second[0].id, '?revoke_children=true');
  expect(await alive(second)).toEqual([401, 401, 401]);
  await ask(app, w.ownerHeaders(), 'PATCH', '/policies/keys', { revoke_children: true });
  await revoke(third[1].id);
  expect(await alive(third)).toEqual([200, 401, 401]);
  // What the keys before it in its rotation made counts too.
  const [parent, child] = await family();
  const heir = (await ask(app, w.ownerHeaders(), 'POST', `/api-keys/${parent.id}/rotate`, {})).json();
  await revoke(heir.id);
  expect(await alive([heir, parent, child])).toEqual([401, 401, 401]);
});
