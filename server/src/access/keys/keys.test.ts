import { pino } from 'pino';
import { expect, test } from 'vitest';
import { buildApp, newWorkspace, TEST_SECRET, type TestApp, testApp, useOf } from '../../../test/support/app.ts';
import { newId } from '../../ids.ts';
import type { Principal } from '../principal.ts';
import { SCOPE_NAMES } from '../scopes.ts';
import { createKeyHashes } from './check/hashes.ts';
import { createKeyIndex } from './check/key-index.ts';

async function callerOf(app: TestApp, key: string): Promise<Principal> {
  const found = await app.access.keys.check(key);
  if (typeof found === 'string') throw new Error(`The key is ${found}.`);
  return found;
}

/** As another process on the same database. */
async function anotherNode(app: TestApp) {
  return (await buildApp({ database: app.database })).access;
}

function pick<T>(items: readonly T[], share: number): T[] {
  return items.filter(() => Math.random() < share);
}

test('no key that a key can make does what its maker may not', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const { keys } = app.access;
  let made = 0;
  let refused = 0;
  for (let i = 0; i < 150; i++) {
    const full = Math.random() < 0.2;
    const parent = await callerOf(
      app,
      await w.key({
        scopes: full ? [] : ['api-keys:manage', ...pick(SCOPE_NAMES, 0.7)],
        environment: Math.random() < 0.5 ? 'live' : 'test',
        maySend: Math.random() < 0.5,
      }),
    );
    const request = {
      name: 'child',
      scopes: Math.random() < 0.2 ? [] : Math.random() < 0.2 ? ['*'] : pick(SCOPE_NAMES, 0.1),
      environment: Math.random() < 0.5 ? ('live' as const) : ('test' as const),
      maySend: Math.random() < 0.5,
    };
    try {
      const child = await callerOf(app, (await keys.mint(parent, request)).text);
      made++;
      expect([...child.scopes].filter((scope) => !parent.scopes.has(scope))).toEqual([]);
      expect(child.environment).toBe(parent.environment);
      expect(child.workspaceId).toBe(parent.workspaceId);
      if (child.maySend) expect(parent.maySend).toBe(true);
      // Full access grows with the registry, so a list that names every scope of today does not include it.
      if (child.kind === 'key' && child.fullAccess) expect(parent).toMatchObject({ fullAccess: true });
    } catch (error) {
      expect(error).toMatchObject({ status: 403 });
      refused++;
    }
  }
  expect(made).toBeGreaterThan(5);
  expect(refused).toBeGreaterThan(5);
});

test('a key that names every scope still cannot make one with full access', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const parent = await callerOf(app, await w.key({ scopes: [...SCOPE_NAMES] }));
  for (const scopes of [[], ['*']]) {
    await expect(app.access.keys.mint(parent, { name: 'n', scopes })).rejects.toMatchObject({
      code: 'insufficient_scope',
    });
  }
});

test('a key that was revoked after it was checked makes and revokes nothing', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const owner = await callerOf(app, await w.key());
  const parent = await callerOf(app, await w.key());
  if (parent.kind !== 'key') throw new Error('not a key');
  await app.access.keys.revoke(owner, parent.keyId);
  await expect(app.access.keys.mint(parent, { name: 'heir' })).rejects.toMatchObject({ code: 'api_key_revoked' });
  if (owner.kind !== 'key') throw new Error('not a key');
  await expect(app.access.keys.revoke(parent, owner.keyId)).rejects.toMatchObject({ code: 'api_key_revoked' });
});

test('another process learns of new and revoked keys by one small query', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const node = await anotherNode(app);
  await node.refreshKeys();
  const text = await w.key();
  const caller = await callerOf(app, text);
  if (caller.kind !== 'key') throw new Error('not a key');
  await node.refreshKeys();
  expect(await node.keys.check(text)).toMatchObject({ keyId: caller.keyId });
  await app.access.keys.revoke(caller, caller.keyId);
  await node.refreshKeys();
  expect(await node.keys.check(text)).toBe('revoked');
});

test('a running process refuses a key within a second of its revocation by another', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const node = await anotherNode(app);
  await node.start();
  try {
    const text = await w.key();
    const caller = await callerOf(app, text);
    if (caller.kind !== 'key') throw new Error('not a key');
    await expect.poll(() => node.keys.check(text), { timeout: 5_000 }).toMatchObject({ keyId: caller.keyId });
    await app.access.keys.revoke(caller, caller.keyId);
    const revokedAt = Date.now();
    await expect.poll(() => node.keys.check(text), { timeout: 5_000, interval: 20 }).toBe('revoked');
    // 500 ms between polls; the rest is for a busy machine.
    expect(Date.now() - revokedAt).toBeLessThan(2_000);
  } finally {
    await node.stop();
  }
});

test('a process that cannot read changes for five seconds accepts no key', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const text = await w.key();
  const clock = { now: new Date() };
  let reachable = true;
  const { db } = app.database;
  const cuttable = new Proxy(db, {
    get(target, name) {
      if (!reachable) throw new Error('connection refused');
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const index = createKeyIndex({
    db: cuttable,
    hashes: createKeyHashes(TEST_SECRET, null),
    clock: () => clock.now.getTime(),
    log: pino({ level: 'silent' }),
  });
  expect(await index.check(text)).toMatchObject({ kind: 'key' });
  reachable = false;
  clock.now = new Date(clock.now.getTime() + 4_000);
  expect(await index.check(text)).toMatchObject({ kind: 'key' });
  clock.now = new Date(clock.now.getTime() + 2_000);
  await expect(index.check(text)).rejects.toMatchObject({ code: 'unavailable' });
  // What is no key is told so without waiting for the database.
  expect(index.check(`${text.slice(0, -1)}${text.endsWith('A') ? 'B' : 'A'}`)).toBe('malformed');
  reachable = true;
  expect(await index.check(text)).toMatchObject({ kind: 'key' });
});

test('a key of one installation is unknown to another that has the same database rows', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const text = await w.key();
  const index = createKeyIndex({
    db: app.database.db,
    hashes: createKeyHashes('another secret of at least 32 characters', null),
    clock: Date.now,
    log: pino({ level: 'silent' }),
  });
  expect(await index.check(text)).toBe('unknown');
});

test('what is stored of a key does not contain it', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const text = await w.key();
  const { db } = app.database;
  const rows = await db.selectFrom('api_keys').selectAll().where('workspace_id', '=', w.workspace.id).execute();
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain(text.slice(19, 51));
  expect(rows[0]?.hash).toHaveLength(32);
});

test('the last use of a key is written later, forward only, and leaves the key itself alone', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const node = await anotherNode(app);
  const text = await w.key();
  const caller = await callerOf(app, text);
  if (caller.kind !== 'key') throw new Error('not a key');
  const { db } = app.database;
  const used = () => db.selectFrom('api_key_usage').selectAll().where('key_id', '=', caller.keyId).executeTakeFirst();
  // A principal carries what its own process counts.
  const here = async (text: string) => {
    await node.refreshKeys();
    const found = await node.keys.check(text);
    if (typeof found === 'string') throw new Error(found);
    return found;
  };
  const person = async () =>
    await node.workspaces.principalOf(await node.tokens.verifyAccess(w.ownerToken), {
      workspace: null,
      environment: 'live',
    });
  const own = await here(text);
  node.usage.record(useOf(own, '192.0.2.1'));
  expect(await used()).toBeUndefined();
  await node.flushUsage();
  expect(await used()).toMatchObject({ last_used_ip: '192.0.2.1' });
  await db
    .updateTable('api_key_usage')
    .set({ last_used_at: new Date('2999-01-01') })
    .where('key_id', '=', caller.keyId)
    .execute();
  await app.access.keys.revoke(caller, caller.keyId);
  const [refused, good] = [await here(await w.key()), await here(await w.key())];
  node.usage.record(useOf(own, '192.0.2.9'));
  node.usage.record({ ...useOf(refused, '192.0.2.7'), status: 401 });
  node.usage.record(useOf(await person(), '192.0.2.6'));
  node.usage.record(useOf(good, '192.0.2.5'));
  node.usage.record({ ...useOf(good, '192.0.2.4'), status: 401 });
  await node.stop();
  expect(await used()).toMatchObject({ last_used_ip: '192.0.2.1', last_used_at: new Date('2999-01-01') });
  const row = await db.selectFrom('api_keys').select('revoked_at').where('id', '=', caller.keyId).executeTakeFirst();
  expect(row?.revoked_at).toBeInstanceOf(Date);
  // Refused for what the key is: no use of it.
  const others = db.selectFrom('api_key_usage').select(['key_id', 'last_used_ip']);
  expect(await others.where('key_id', 'in', [refused.keyId, good.keyId]).execute()).toEqual([
    { key_id: good.keyId, last_used_ip: '192.0.2.5' },
  ]);
});

test('the first start makes workspace and owner once, also when two processes start', async () => {
  const app = await testApp();
  const slug = `first-${newId()}`;
  const first = { workspaceSlug: slug, ownerEmail: `Owner@${slug}.test`, ownerPassword: null };
  const made = await Promise.all([app.access.bootstrap(first), (await anotherNode(app)).bootstrap(first)]);
  expect(made.map((one) => one.created).sort()).toEqual([false, true]);
  const password = made.find((one) => one.created)?.password ?? '';
  const payload = { email: `owner@${slug}.test`, password };
  const signedIn = await app.http.inject({
    method: 'POST',
    url: '/api/auth/token/',
    remoteAddress: '192.0.2.50',
    payload,
  });
  expect(signedIn.statusCode).toBe(200);
  const again = await app.access.bootstrap(first);
  expect(again).toEqual({ created: false, workspaceId: made[0]?.workspaceId });
});
