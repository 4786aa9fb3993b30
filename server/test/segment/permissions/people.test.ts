/** Members with permissions: what they have by them, by groups and invitations, and that nobody gives or gets more than that. */
import { beforeAll, describe, expect, test } from 'vitest';
import { inTransaction } from '../../../src/db/tx.ts';
import { shortId } from '../../../src/http/segment/protocol/ids.ts';
import { newWorkspace } from '../../support/app.ts';
import { mailsTo } from '../../support/people.ts';
import {
  app,
  ask,
  dev,
  type Headers,
  OWNER,
  onSource,
  onWorkspace,
  owner,
  type Permission,
  PLAN_ADMIN,
  prepare,
  prod,
  READ_ONLY,
  SOURCE_ADMIN,
  SOURCE_READ,
  token,
  w,
} from './kit.ts';

beforeAll(prepare);

describe('people', () => {
  async function member(permissions: Permission[]) {
    const email = `p${Math.random()}@${w.workspace.slug}.test`;
    const id = await app.access.workspaces.addMember(
      w.workspace.id,
      { email, password: 'a password of 12 or more' },
      'limited',
    );
    const put = await ask('PUT', `/api/v1/members/${id}/permissions`, w.ownerHeaders(), { permissions });
    expect(put.status, JSON.stringify(put.body)).toBe(200);
    const session = await app.access.tokens.issue(id);
    return { id, email, headers: { authorization: `Bearer ${session.access}` } };
  }

  test('have what their permissions and those of their groups give, from the next request on', async () => {
    const person = await member([{ role_id: SOURCE_READ, resources: [onSource(dev.id)] }]);
    const statuses = async () => [
      (await ask('GET', `/sources/${dev.id}`, person.headers)).status,
      (await ask('GET', `/sources/${prod.id}`, person.headers)).status,
      (await ask('PATCH', `/sources/${prod.id}`, person.headers, { name: 'Prod' })).status,
    ];
    expect(await statuses()).toEqual([200, 403, 403]);
    const group = (await ask('POST', '/api/v1/groups', w.ownerHeaders(), { name: 'Prod' })).body;
    const permissions = [{ role_id: SOURCE_ADMIN, resources: [onSource(prod.id)] }];
    await ask('PUT', `/api/v1/groups/${group.id}/permissions`, w.ownerHeaders(), { permissions });
    await ask('PUT', `/api/v1/groups/${group.id}/members`, w.ownerHeaders(), { emails: [person.email] });
    expect(await statuses()).toEqual([200, 200, 200]);
    await ask('PUT', `/api/v1/groups/${group.id}/members`, w.ownerHeaders(), { emails: [] });
    expect(await statuses()).toEqual([200, 403, 403]);
    // In the rest of Headgate there is nothing for them.
    for (const path of ['/sources', '/people', '/members', '/api-keys', '/audit', '/labels', '/groups', '/roles']) {
      expect((await ask('GET', `/api/v1${path}`, person.headers)).status, path).toBe(403);
    }
  });

  test('an owner by a group is managed by owners: an admin neither changes nor removes one, nor ends the sessions', async () => {
    const admin = await w.memberHeaders('admin');
    const owner = w.ownerHeaders();
    const person = await member([]);
    const group = (await ask('POST', '/api/v1/groups', owner, { name: 'Owners by group' })).body;
    const permissions = [{ role_id: OWNER, resources: [onWorkspace()] }];
    await ask('PUT', `/api/v1/groups/${group.id}/permissions`, owner, { permissions });
    const setMembers = (emails: string[]) => ask('PUT', `/api/v1/groups/${group.id}/members`, owner, { emails });
    await setMembers([person.email]);
    const attempts: [Parameters<typeof ask>[0], string, object?][] = [
      ['GET', `/api/v1/members/${person.id}/sessions`],
      ['DELETE', `/api/v1/members/${person.id}/sessions`],
      ['PUT', `/api/v1/members/${person.id}/permissions`, { permissions: [] }],
      ['PATCH', `/api/v1/members/${person.id}`, { role: 'viewer' }],
      ['DELETE', `/users?userIds.0=${shortId(person.id)}`],
      ['DELETE', `/api/v1/members/${person.id}`],
    ];
    for (const [method, url, payload] of attempts) {
      expect((await ask(method, url, admin, payload)).status, `${method} ${url}`).toBe(403);
    }
    expect((await ask('GET', '/api/v1/me', person.headers)).body.role).toBe('owner');
    // Without the group it is a member like others.
    await setMembers([]);
    for (const [method, url, payload] of attempts.slice(0, -1)) {
      expect((await ask(method, url, admin, payload)).status, `${method} ${url}`).toBeLessThan(300);
    }
  });

  test('an owner by a group is told what owners are told, until they leave the group', async () => {
    const owner = w.ownerHeaders();
    const [person, colleague] = [await member([]), await member([])];
    const group = (await ask('POST', '/api/v1/groups', owner, { name: 'Told' })).body;
    const other = (await ask('POST', '/api/v1/groups', owner, { name: 'Not told' })).body;
    const give = (id: string, role_id: string) =>
      ask('PUT', `/api/v1/groups/${id}/permissions`, owner, { permissions: [{ role_id, resources: [onWorkspace()] }] });
    await give(group.id, OWNER);
    await give(other.id, READ_ONLY);
    await ask('PUT', `/api/v1/groups/${group.id}/members`, owner, { emails: [person.email] });
    await ask('PUT', `/api/v1/groups/${other.id}/members`, owner, { emails: [person.email, colleague.email] });
    const told = async (): Promise<number[]> => {
      const alert = {
        workspaceId: w.workspace.id,
        kind: 'test',
        severity: 'info',
        title: 'Look',
        text: 'at this',
      } as const;
      const { alerts } = app.access;
      await inTransaction(app.database.db, (tx) => alerts.raise(tx, { ...alert, data: {} }));
      return await Promise.all(
        [w.owner, person, colleague].map(async ({ email }) => {
          const mails = await mailsTo(app, email);
          return mails.filter((mail) => mail.subject === alert.title).length;
        }),
      );
    };
    expect(await told()).toEqual([1, 1, 0]);
    await ask('PUT', `/api/v1/groups/${group.id}/members`, owner, { emails: [] });
    expect(await told()).toEqual([2, 1, 0]);
  });

  test("an invitation ends with its maker's right to invite, also when that came by a group", async () => {
    const owner = w.ownerHeaders();
    const group = (await ask('POST', '/api/v1/groups', owner, { name: 'Admins by group' })).body;
    const permissions = [{ role_id: OWNER, resources: [onWorkspace()] }];
    await ask('PUT', `/api/v1/groups/${group.id}/permissions`, owner, { permissions });
    const person = await member([]);
    const setMembers = (emails: string[]) => ask('PUT', `/api/v1/groups/${group.id}/members`, owner, { emails });
    await setMembers([person.email]);
    const email = `friend@${w.workspace.slug}.test`;
    const made = await ask('POST', '/api/v1/invitations', person.headers, { email, role: 'owner' });
    const token = made.body.link.split('#')[1];
    const accept = () => ask('POST', '/api/v1/invitations/accept', {}, { token, password: 'a password of 12 or more' });
    await setMembers([]);
    expect((await accept()).status).toBe(404);
    await setMembers([person.email]);
    expect((await accept()).status).toBe(200);
  });

  test('an admin takes no invitation away that would make an owner, by its role or by a group', async () => {
    const owner = w.ownerHeaders();
    const admin = await w.memberHeaders('admin');
    const manager = await w.keyHeaders({ scopes: ['members:manage'] });
    const group = (await ask('POST', '/api/v1/groups', owner, { name: 'Owners to be' })).body;
    const permissions = [{ role_id: OWNER, resources: [onWorkspace()] }];
    await ask('PUT', `/api/v1/groups/${group.id}/permissions`, owner, { permissions });
    const [direct, grouped] = ['direct', 'grouped'].map((name) => `${name}@${w.workspace.slug}.test`);
    await ask('POST', '/api/v1/invitations', owner, { email: direct, role: 'owner' });
    await ask('PUT', `/api/v1/groups/${group.id}/members`, owner, { emails: [grouped] });
    const open = (await ask('GET', '/api/v1/invitations', owner)).body.items as { id: string; email: string }[];
    for (const email of [direct, grouped] as string[]) {
      const id = open.find((one) => one.email === email)?.id;
      const attempts: [Parameters<typeof ask>[0], string, Headers, object?][] = [
        ['DELETE', `/api/v1/invitations/${id}`, admin],
        ['DELETE', `/api/v1/invitations/${id}`, manager],
        ['DELETE', `/invites?emails.0=${encodeURIComponent(email)}`, admin],
        ['POST', '/api/v1/invitations', admin, { email, role: 'viewer' }],
      ];
      for (const [method, url, headers, payload] of attempts) {
        expect((await ask(method, url, headers, payload)).status, `${method} ${url}`).toBe(403);
      }
      expect((await ask('DELETE', `/api/v1/invitations/${id}`, owner)).status).toBe(204);
    }
  });

  test('with a role on all sources have the scopes of our own API that belong to it, and no others', async () => {
    const person = await member([{ role_id: SOURCE_READ, resources: [onWorkspace()] }]);
    expect((await ask('GET', '/api/v1/sources', person.headers)).status).toBe(200);
    expect((await ask('POST', '/api/v1/sources', person.headers, { name: 'x' })).status).toBe(403);
    expect((await ask('GET', '/api/v1/people', person.headers)).status).toBe(403);
    const me = await ask('GET', '/api/v1/me', person.headers);
    expect(me.body).toMatchObject({ role: 'limited', may_send: false });
  });

  test('with a role on all sources get no warehouses, plans or labels by that; who only reads sees no write keys', async () => {
    const paths = ['warehouses', 'tracking-plans', 'labels'];
    const statuses = async (headers: Headers) =>
      await Promise.all(paths.map(async (path) => (await ask('GET', `/api/v1/${path}`, headers)).status));
    const admin = await member([{ role_id: SOURCE_ADMIN, resources: [onWorkspace()] }]);
    expect(await statuses(admin.headers)).toEqual([403, 403, 403]);
    const [type, key, value] = ['55d3d3aea3c', 'tier', 'one'];
    for (const [path, body] of [
      ['warehouses', { type, settings: {} }],
      ['tracking-plans', { name: 'p' }],
      ['labels', { key, value }],
    ] as const) {
      expect((await ask('POST', `/api/v1/${path}`, admin.headers, body)).status, path).toBe(403);
    }
    const planner = await member([
      { role_id: SOURCE_READ, resources: [onWorkspace()] },
      { role_id: PLAN_ADMIN, resources: [onWorkspace()] },
    ]);
    expect(await statuses(planner.headers)).toEqual([403, 200, 403]);
    expect(await statuses(w.ownerHeaders())).toEqual([200, 200, 200]);

    const keys = async (headers: Headers) => {
      const { items } = (await ask('GET', '/api/v1/sources', headers)).body;
      const one = (await ask('GET', `/api/v1/sources/${items[0].id}`, headers)).body;
      return [...items, one].filter((source) => source.write_key !== '' || source.write_keys.length > 0).length > 0;
    };
    expect([await keys(planner.headers), await keys(admin.headers)]).toEqual([false, true]);
  });

  test('a role of a member follows the permissions, and the permissions follow the role', async () => {
    const person = await member([{ role_id: OWNER, resources: [onWorkspace()] }]);
    const role = async () => (await ask('GET', '/api/v1/me', person.headers)).body.role;
    expect(await role()).toBe('owner');
    const patched = await ask('PATCH', `/api/v1/members/${person.id}`, w.ownerHeaders(), { role: 'viewer' });
    expect(patched.status).toBe(200);
    expect(await role()).toBe('viewer');
    const list = await ask('GET', `/api/v1/members/${person.id}/permissions`, w.ownerHeaders());
    expect(list.body.items).toMatchObject([
      { role_name: 'Workspace Read-only', resources: [{ id: w.workspace.id, type: 'WORKSPACE' }] },
    ]);
    await ask('PUT', `/api/v1/members/${person.id}/permissions`, w.ownerHeaders(), { permissions: [] });
    expect(await role()).toBe('limited');
  });

  test('the only owner stays one', async () => {
    const alone = await newWorkspace(app);
    const path = `/api/v1/members/${alone.owner.id}/permissions`;
    const put = await ask('PUT', path, alone.ownerHeaders(), { permissions: [] });
    expect([put.status, put.body.error.code]).toEqual([409, 'conflict']);
    const key = await alone.keyHeaders({ maySend: true });
    const replaced = await ask('PUT', `/users/${shortId(alone.owner.id)}/permissions`, key, { permissions: [] });
    expect(replaced.status).toBe(409);
  });

  test('who is removed is out at once, and signed out where that was the only workspace', async () => {
    const person = await member([]);
    expect((await ask('GET', '/', person.headers)).status).toBe(200);
    expect((await ask('DELETE', `/users?userIds.0=${shortId(person.id)}`, owner)).status).toBe(200);
    expect((await ask('GET', '/', person.headers)).status).toBe(401);
  });
});

describe('nobody gets more than was given', () => {
  const grantOwner = () => ({ permissions: [{ roleId: OWNER, resources: [onWorkspace()] }] });

  test('a member token gives itself nothing: as a user, a group, an invite, a token', async () => {
    const stolen = await token([
      { role_id: OWNER, resources: [onWorkspace()] },
      { role_id: SOURCE_ADMIN, resources: [onWorkspace()] },
    ]);
    const group = (await ask('POST', '/groups', owner, { name: 'Bait' })).body.data.userGroup;
    const attempts: [Parameters<typeof ask>[0], string, object?][] = [
      ['PUT', `/users/${shortId(w.owner.id)}/permissions`, grantOwner()],
      ['POST', '/invites', { invites: [{ email: 'eve@evil.test', ...grantOwner() }] }],
      ['POST', '/groups', { name: 'Mine' }],
      ['PUT', `/groups/${group.id}/permissions`, grantOwner()],
      ['POST', `/groups/${group.id}/users`, { emails: ['eve@evil.test'] }],
      ['DELETE', `/users?userIds.0=${shortId(w.owner.id)}`],
    ];
    for (const [method, url, payload] of attempts) {
      expect((await ask(method, url, stolen, payload)).status, url).toBe(403);
    }
  });

  test('an owner token makes nobody who may more than it does itself', async () => {
    const invite = (roleId: string) => ({
      invites: [{ email: `i${Math.random()}@x.test`, permissions: [{ roleId, resources: [onWorkspace()] }] }],
    });
    // With the scope alone it gives roles of the control plane, and no role of members.
    expect((await ask('POST', '/invites', owner, invite(SOURCE_ADMIN))).status).toBe(201);
    expect((await ask('POST', '/invites', owner, invite(OWNER))).status).toBe(403);
    expect((await ask('POST', '/invites', owner, invite(READ_ONLY))).status).toBe(403);
    const full = await w.keyHeaders();
    expect((await ask('POST', '/invites', full, invite(READ_ONLY))).status).toBe(201);
    expect((await ask('POST', '/invites', full, invite(OWNER))).status).toBe(403);
    const sends = await w.keyHeaders({ maySend: true });
    expect((await ask('POST', '/invites', sends, invite(OWNER))).status).toBe(201);
    expect(
      (await ask('POST', '/invites', await w.keyHeaders({ environment: 'test' }), invite(SOURCE_ADMIN))).status,
    ).toBe(403);
  });

  test('a key with an end, with networks or of an agent gives nobody rights', async () => {
    for (const bound of [
      { expires_at: new Date(Date.now() + 3_600_000).toISOString() },
      { allowed_ips: ['127.0.0.1'] },
      { agent: true },
    ]) {
      const made = await ask('POST', '/api/v1/api-keys', w.ownerHeaders(), { name: 'bound', ...bound });
      const headers = { authorization: `Bearer ${made.body.key}` };
      const invited = await ask('POST', '/invites', headers, { invites: [{ email: 'late@x.test' }] });
      expect([invited.status, invited.body.errors[0].type], JSON.stringify(bound)).toEqual([403, 'forbidden']);
    }
  });

  test('what a key invited ends with the key', async () => {
    const made = await ask('POST', '/api/v1/api-keys', w.ownerHeaders(), { name: 'thief', scopes: ['workspace'] });
    const email = `accomplice@${w.workspace.slug}.test`;
    const thief = { authorization: `Bearer ${made.body.key}` };
    expect((await ask('POST', '/invites', thief, { invites: [{ email }] })).status).toBe(201);
    await ask('DELETE', `/api/v1/api-keys/${made.body.id}`, w.ownerHeaders()).catch(() => undefined);
    const { db } = app.database;
    const row = await db.selectFrom('invitations').selectAll().where('email', '=', email).executeTakeFirstOrThrow();
    expect(row.invited_by_key).not.toBeNull();
    const { findOpenInvitation } = await import('../../../src/access/users/invitation-queries.ts');
    expect(await findOpenInvitation(db, row.token_hash, new Date())).toBeUndefined();
  });

  test('an admin makes no owner: as a user, a group or an invite; nor changes one', async () => {
    const admin = await w.memberHeaders('admin');
    const group = (await ask('POST', '/api/v1/groups', w.ownerHeaders(), { name: 'Owners' })).body;
    const permissions = [{ role_id: OWNER, resources: [onWorkspace()] }];
    await ask('PUT', `/api/v1/groups/${group.id}/permissions`, w.ownerHeaders(), { permissions });
    const mine = (await ask('POST', '/api/v1/groups', admin, { name: 'Mine' })).body;
    const attempts: [Parameters<typeof ask>[0], string, object?][] = [
      ['POST', '/invites', { invites: [{ email: 'eve@evil.test', ...grantOwner() }] }],
      ['PUT', `/api/v1/groups/${mine.id}/permissions`, { permissions }],
      ['PUT', `/api/v1/groups/${group.id}/members`, { emails: ['eve@evil.test'] }],
      ['DELETE', `/api/v1/groups/${group.id}`],
      ['PUT', `/api/v1/members/${w.owner.id}/permissions`, { permissions: [] }],
      ['DELETE', `/users?userIds.0=${shortId(w.owner.id)}`],
    ];
    for (const [method, url, payload] of attempts) {
      expect((await ask(method, url, admin, payload)).status, url).toBe(403);
    }
  });

  test('a token passes on no more than its permissions', async () => {
    const make = (headers: Headers, body: object) =>
      ask('POST', '/api/v1/api-keys', headers, { name: 'child', ...body });
    const scopes = ['workspace', 'api-keys:manage'];
    const one = { role_id: SOURCE_ADMIN, resources: [onSource(dev.id)] };
    const maker = await token([one], scopes);
    const child = await make(maker, { scopes: ['workspace'] });
    expect([child.status, child.body.permissions]).toMatchObject([201, [{ role_id: SOURCE_ADMIN }]]);
    const narrower = { role_id: SOURCE_READ, resources: [onSource(dev.id)] };
    expect((await make(maker, { scopes: ['workspace'], permissions: [narrower] })).status).toBe(201);
    for (const permissions of [
      null,
      [{ role_id: SOURCE_READ, resources: [onSource(prod.id)] }],
      [{ role_id: SOURCE_READ, resources: [onWorkspace()] }],
      [{ role_id: SOURCE_READ, resources: [onWorkspace({ key: 'env', value: 'dev' })] }],
      [{ role_id: OWNER, resources: [onWorkspace()] }],
      [one, { role_id: PLAN_ADMIN, resources: [onWorkspace()] }],
    ]) {
      const { status } = await make(maker, { scopes: ['workspace'], permissions });
      expect(status, JSON.stringify(permissions)).toBe(403);
    }
    const { body } = await make(maker, { scopes: ['workspace'] });
    const patch = (permissions: unknown, headers: Headers = w.ownerHeaders()) =>
      ask('PATCH', `/api/v1/api-keys/${body.id}`, headers, { permissions });
    expect((await patch(null)).status).toBe(422);
    expect((await patch([{ role_id: SOURCE_ADMIN, resources: [onWorkspace()] }])).status).toBe(422);
    expect((await patch([narrower])).status).toBe(200);
    expect((await patch([one])).status).toBe(422);
    // Neither rotating nor narrowing loses them.
    const rotated = await ask('POST', `/api/v1/api-keys/${body.id}/rotate`, w.ownerHeaders(), { overlap_seconds: 60 });
    expect(rotated.body.permissions).toMatchObject([{ role_id: SOURCE_READ }]);
    const full = await make(w.ownerHeaders(), { permissions: [one] });
    expect([full.status, full.body.error.details[0].field]).toEqual([422, 'permissions']);
  });

  test('labels: who may change one source cannot label itself into others', async () => {
    const labelled = await token([{ role_id: SOURCE_ADMIN, resources: [onWorkspace({ key: 'env', value: 'dev' })] }]);
    const labels = { labels: [{ key: 'env', value: 'dev' }] };
    expect((await ask('PUT', `/sources/${prod.id}/labels`, labelled, labels)).status).toBe(403);
    expect((await ask('POST', `/sources/${prod.id}/labels`, labelled, labels)).status).toBe(403);
    expect((await ask('DELETE', '/labels/env/prod', labelled)).status).toBe(403);
    expect(
      (await ask('POST', '/sources', labelled, { slug: 'mine', enabled: true, metadataId: 'IqDTy1TpoU' })).status,
    ).toBe(403);
  });

  test('a permission names nothing of another workspace', async () => {
    const other = await newWorkspace(app);
    const key = await other.keyHeaders();
    const { body } = await ask('POST', '/sources', key, { slug: 'theirs', enabled: true, metadataId: 'IqDTy1TpoU' });
    const refusedBy = async (id: string, type: string) => {
      const permissions = [{ role_id: SOURCE_READ, resources: [{ id, type }] }];
      const made = await ask('POST', '/api/v1/api-keys', w.ownerHeaders(), {
        name: 'x',
        scopes: ['workspace'],
        permissions,
      });
      return [made.status, made.body.error.details[0].field, made.body.error.message];
    };
    const nothing = await refusedBy('0'.repeat(22), 'SOURCE');
    expect(nothing).toEqual([422, 'permissions.0.resources.0.id', expect.any(String)]);
    expect(await refusedBy(body.data.source.id, 'SOURCE')).toEqual(nothing);
    expect(await refusedBy(shortId(other.workspace.id), 'WORKSPACE')).toEqual(nothing);
  });

  test('a permission that is narrowed to a member token opens no door of ours', async () => {
    const narrowed = await token([{ role_id: OWNER, resources: [onWorkspace()] }]);
    for (const path of ['/sources', '/labels', '/warehouses', '/members']) {
      expect((await ask('GET', `/api/v1${path}`, narrowed)).status, path).toBe(403);
    }
  });
});
