/**
 * Who may what in Segment's two doors: owners, members without roles, read-only tokens, members of one source or of
 * sources with a label. And that nobody gets more than was given, by whatever way.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { RULES } from '../../src/http/segment/permissions/rules.ts';
import { OPERATIONS } from '../../src/http/segment/protocol/contract.ts';
import { shortId } from '../../src/http/segment/protocol/ids.ts';
import { newWorkspace, type TestApp, type TestWorkspace, testApp } from '../support/app.ts';

const OWNER = '1WDUuRLxv84rrfCNUwvkrRtkxnS';
const MINIMAL = '1aEWAcU0fArxScocwH9xxLgW7r3';
const READ_ONLY = '1dh1YEnWYCJlSMp6xLyuvnGeZFi';
const SOURCE_ADMIN = '1lOhVfL014SoCjk50TZPXhmjb7g';
const SOURCE_READ = '1OEwdZTiimeuKEjlLCGlxqcE83o';
const PLAN_ADMIN = '1EYyzDz1vq5vmajLQkxnjPk4CP9';

type Headers = Record<string, string>;
interface Permission {
  role_id: string;
  resources: { id: string; type: string; labels?: { key: string; value: string }[] }[];
}

let app: TestApp;
let w: TestWorkspace;
let owner: Headers;
let dev: { id: string; key: string };
let prod: { id: string; key: string };

async function ask(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  url: string,
  headers: Headers,
  payload?: object,
) {
  const answer = await app.http.inject({ method, url, headers, ...(payload && { payload }) });
  return { status: answer.statusCode, body: answer.json() };
}

async function newSource(slug: string, env: string) {
  const { body } = await ask('POST', '/sources', owner, { slug, enabled: true, metadataId: 'IqDTy1TpoU' });
  const { id, writeKeys } = body.data.source;
  await ask('POST', '/labels', owner, { label: { key: 'env', value: env } });
  const put = await ask('PUT', `/sources/${id}/labels`, owner, { labels: [{ key: 'env', value: env }] });
  expect(put.status).toBe(200);
  return { id, key: writeKeys[0] };
}

/** A member's token, as an owner makes it. */
async function token(permissions: Permission[], scopes = ['workspace']): Promise<Headers> {
  const { status, body } = await ask('POST', '/api/v1/api-keys', w.ownerHeaders(), {
    name: 'member',
    scopes,
    permissions,
  });
  expect([status, body.permissions?.length]).toEqual([201, permissions.length]);
  return { authorization: `Bearer ${body.key}` };
}

const onWorkspace = (...labels: { key: string; value: string }[]) => ({
  id: shortId(w.workspace.id),
  type: 'WORKSPACE',
  ...(labels.length > 0 && { labels }),
});
const onSource = (id: string) => ({ id, type: 'SOURCE' });

beforeAll(async () => {
  app = await testApp();
  w = await newWorkspace(app);
  owner = await w.keyHeaders({ scopes: ['workspace'] });
  dev = await newSource('dev-shop', 'dev');
  prod = await newSource('prod-shop', 'prod');
});

test('the table says something about every operation of the contract, and about nothing else', () => {
  expect(Object.keys(RULES).sort()).toEqual(OPERATIONS.map(({ id }) => id).sort());
});

describe('the matrix', () => {
  const CALLS = {
    workspace: () => ['GET', '/'],
    catalog: () => ['GET', '/catalog/sources/IqDTy1TpoU'],
    readDev: () => ['GET', `/sources/${dev.id}`],
    readProd: () => ['GET', `/sources/${prod.id}`],
    changeDev: () => ['PATCH', `/sources/${dev.id}`, { name: 'Dev' }],
    changeProd: () => ['PATCH', `/sources/${prod.id}`, { name: 'Prod' }],
    forward: () => ['PATCH', `/sources/${dev.id}/settings`, { forwardingViolationsTo: prod.id }],
    create: () => ['POST', '/tracking-plans', { name: 'Plan', type: 'LIVE' }],
    labels: () => ['GET', '/labels'],
    newLabel: () => ['POST', '/labels', { label: { key: `k${Math.random()}`, value: 'v' } }],
    users: () => ['GET', '/users'],
    audit: () => ['GET', '/audit-events'],
    group: () => ['POST', '/groups', { name: 'Group' }],
    usage: () => ['GET', '/usage/mtu/daily?period=2026-11-01'],
    configDev: () => ['GET', `/v1beta/workspaces/${w.workspace.slug}/sources/dev-shop`],
    configProd: () => ['GET', `/v1beta/workspaces/${w.workspace.slug}/sources/prod-shop`],
    configRoles: () => ['GET', `/v1beta/workspaces/${w.workspace.slug}/roles`],
    configTokens: () => ['GET', '/v1beta/access-tokens'],
  } as const satisfies Record<string, () => readonly unknown[]>;
  type Name = keyof typeof CALLS;
  const ALL = Object.keys(CALLS) as Name[];
  const EVERYBODYS: Name[] = ['workspace', 'catalog'];
  const DEV: Name[] = [...EVERYBODYS, 'readDev', 'configDev'];

  const CALLERS: [string, () => Promise<Headers>, Name[]][] = [
    ['an owner token', async () => owner, ALL],
    ['a key with full access', () => w.keyHeaders(), ALL],
    ['a signed-in owner', async () => w.ownerHeaders(), ALL],
    ['an admin', () => w.memberHeaders('admin'), ALL],
    [
      'a member',
      () => w.memberHeaders('member'),
      ALL.filter((name) => !['newLabel', 'users', 'audit', 'group', 'configRoles', 'configTokens'].includes(name)),
    ],
    ['a viewer', () => w.memberHeaders('viewer'), [...DEV, 'readProd', 'configProd', 'labels', 'usage']],
    ['a member without roles', () => w.memberHeaders('limited'), EVERYBODYS],
    ['a token without roles', () => token([]), EVERYBODYS],
    ['a token with minimal access', () => token([{ role_id: MINIMAL, resources: [onWorkspace()] }]), EVERYBODYS],
    [
      'a read-only token',
      () => w.keyHeaders({ scopes: ['workspace:read'] }),
      [...DEV, 'readProd', 'configProd', 'labels', 'usage', 'users', 'configRoles', 'configTokens'],
    ],
    [
      'a token that reads the workspace',
      () => token([{ role_id: READ_ONLY, resources: [onWorkspace()] }]),
      [...DEV, 'readProd', 'configProd', 'labels', 'usage'],
    ],
    [
      'a Source Admin of one source',
      () => token([{ role_id: SOURCE_ADMIN, resources: [onSource(dev.id)] }]),
      [...DEV, 'changeDev'],
    ],
    [
      'the same with a scope that only reads',
      () => token([{ role_id: SOURCE_ADMIN, resources: [onSource(dev.id)] }], ['workspace:read']),
      DEV,
    ],
    [
      'a Source Admin of what has a label',
      () => token([{ role_id: SOURCE_ADMIN, resources: [onWorkspace({ key: 'env', value: 'dev' })] }]),
      [...DEV, 'changeDev'],
    ],
    [
      'a Source Admin of what has two labels, of which a source has one',
      () =>
        token([
          {
            role_id: SOURCE_ADMIN,
            resources: [onWorkspace({ key: 'env', value: 'dev' }, { key: 'team', value: 'x' })],
          },
        ]),
      EVERYBODYS,
    ],
    [
      'a Source Admin of all sources',
      () => token([{ role_id: SOURCE_ADMIN, resources: [onWorkspace()] }]),
      [...DEV, 'readProd', 'configProd', 'changeDev', 'changeProd', 'forward'],
    ],
    ['one that reads one source', () => token([{ role_id: SOURCE_READ, resources: [onSource(dev.id)] }]), DEV],
    [
      'a Tracking Plan Admin',
      () => token([{ role_id: PLAN_ADMIN, resources: [onWorkspace()] }]),
      [...EVERYBODYS, 'create'],
    ],
  ];

  test.each(CALLERS)('%s', async (_name, headersOf, allowed) => {
    const headers = await headersOf();
    const got: Name[] = [];
    for (const name of ALL) {
      const [method, url, payload] = CALLS[name]() as unknown as ['GET', string, object?];
      const { status, body } = await ask(method, url, headers, payload);
      expect([200, 201, 403], `${name} ${JSON.stringify(body)}`).toContain(status);
      if (status === 403 && !url.startsWith('/v1beta')) expect(body.errors[0].type).toBe('forbidden');
      if (status === 403 && url.startsWith('/v1beta')) expect(body.code).toBe(7);
      if (status < 300) got.push(name);
    }
    expect(got.sort()).toEqual([...allowed].sort());
  });
});

describe('what is seen', () => {
  test('lists hold what the caller may read, page by page, and no total', async () => {
    const one = await token([{ role_id: SOURCE_READ, resources: [onSource(prod.id)] }]);
    const page = await ask('GET', '/sources?pagination.count=1', one);
    expect(page.body.data.sources.map((source: { id: string }) => source.id)).toEqual([prod.id]);
    expect(page.body.data.pagination).toEqual({ current: 'MA==', previous: undefined, next: undefined });
    const config = await ask('GET', `/v1beta/workspaces/${w.workspace.slug}/sources`, one);
    expect(config.body.sources.map((source: { id: string }) => source.id)).toEqual([prod.id]);
    const none = await ask('GET', '/sources', await token([]));
    expect(none.body.data).toEqual({ sources: [], pagination: { current: 'MA==' } });
    const nobody = await ask('GET', '/warehouses', one);
    expect(nobody.body.data.warehouses).toEqual([]);
  });

  test('write keys are empty for who may not change the source', async () => {
    const reader = await token([
      { role_id: SOURCE_READ, resources: [onWorkspace()] },
      { role_id: SOURCE_ADMIN, resources: [onSource(dev.id)] },
    ]);
    const keysOf = async (id: string) => (await ask('GET', `/sources/${id}`, reader)).body.data.source.writeKeys;
    expect([await keysOf(dev.id), await keysOf(prod.id)]).toEqual([[dev.key], []]);
    const list = (await ask('GET', '/sources', reader)).body.data.sources;
    expect(list.map((source: { writeKeys: string[] }) => source.writeKeys)).toEqual([[dev.key], []]);
    const config = await ask('GET', `/v1beta/workspaces/${w.workspace.slug}/sources`, reader);
    expect(config.body.sources.map((source: { write_keys: string[] }) => source.write_keys)).toEqual([[dev.key], []]);
    const single = await ask('GET', `/v1beta/workspaces/${w.workspace.slug}/sources/prod-shop`, reader);
    expect(single.body.write_keys).toEqual([]);
    const readOnly = await w.keyHeaders({ scopes: ['workspace:read'] });
    expect((await ask('GET', `/sources/${dev.id}`, readOnly)).body.data.source.writeKeys).toEqual([]);
  });

  test('what is not there is 404 also for who may see little', async () => {
    const one = await token([{ role_id: SOURCE_READ, resources: [onSource(prod.id)] }]);
    for (const path of [`/sources/${'0'.repeat(22)}`, `/destinations/${'0'.repeat(22)}`]) {
      expect((await ask('GET', path, one)).status).toBe(404);
    }
  });

  test('a label that is taken away takes the access with it', async () => {
    const source = await newSource('moving', 'stage');
    const labelled = await token([{ role_id: SOURCE_READ, resources: [onWorkspace({ key: 'env', value: 'stage' })] }]);
    expect((await ask('GET', `/sources/${source.id}`, labelled)).status).toBe(200);
    await ask('PUT', `/sources/${source.id}/labels`, owner, { labels: [] });
    expect((await ask('GET', `/sources/${source.id}`, labelled)).status).toBe(403);
  });
});

describe('what ids stand for', () => {
  const made: Record<string, string> = {};
  const WAREHOUSE = { settings: {}, disconnectAllSources: true };

  beforeAll(async () => {
    const post = async (url: string, body: object, key: string) => {
      const answer = await ask('POST', url, owner, body);
      expect(answer.status, `${url} ${JSON.stringify(answer.body)}`).toBeLessThan(300);
      return answer.body.data[key].id as string;
    };
    const catalog = (await ask('GET', '/catalog/warehouses', owner)).body.data.warehousesCatalog;
    const metadataId = catalog.find((type: { slug: string }) => type.slug === 'postgres').id;
    for (const [name, source] of [
      ['dev', dev],
      ['prod', prod],
    ] as const) {
      const sourceId = source.id;
      const settings = {};
      made[`${name} destination`] = await post(
        '/destinations',
        { sourceId, metadataId: '614a3c7d791c91c41bae7599', enabled: true, settings },
        'destination',
      );
      made[`${name} transformation`] = await post(
        '/transformations',
        { name, sourceId, enabled: true, if: 'all' },
        'transformation',
      );
      made[`${name} warehouse`] = await post('/warehouses', { ...WAREHOUSE, metadataId }, 'warehouse');
      made[`${name} function`] = await post(
        '/functions',
        { code: 'async function onRequest() {}', displayName: `f ${name}`, resourceType: 'SOURCE', settings: [] },
        'function',
      );
    }
  });

  test('a destination and a transformation belong to their source', async () => {
    const mine = await token([{ role_id: SOURCE_ADMIN, resources: [onSource(dev.id)] }]);
    for (const [kind, path, body] of [
      ['destination', '/destinations', { enabled: false }],
      ['transformation', '/transformations', { enabled: false }],
    ] as const) {
      const [own, other] = [made[`dev ${kind}`], made[`prod ${kind}`]];
      expect((await ask('GET', `${path}/${own}`, mine)).status, kind).toBe(200);
      expect((await ask('PATCH', `${path}/${own}`, mine, body)).status, kind).toBe(200);
      expect((await ask('GET', `${path}/${other}`, mine)).status, kind).toBe(403);
      expect((await ask('PATCH', `${path}/${other}`, mine, body)).status, kind).toBe(403);
      expect((await ask('DELETE', `${path}/${other}`, mine)).status, kind).toBe(403);
      expect((await ask('DELETE', `${path}/${'0'.repeat(22)}`, mine)).status, kind).toBe(404);
      const listed = await ask('GET', `${path}?pagination.count=1`, mine);
      expect(
        listed.body.data[path.slice(1)].map((one: { id: string }) => one.id),
        kind,
      ).toEqual([own]);
    }
    const moved = { sourceId: prod.id };
    expect((await ask('PATCH', `/transformations/${made['dev transformation']}`, mine, moved)).status).toBe(403);
    const filters = `/destination/${made['prod destination']}/filters`;
    expect((await ask('GET', filters, mine)).status).toBe(403);
    expect((await ask('GET', `/destinations/${made['prod destination']}/subscriptions`, mine)).status).toBe(403);
    const place = `/v1beta/workspaces/${w.workspace.slug}/sources`;
    expect((await ask('GET', `${place}/dev-shop/destinations`, mine)).status).toBe(200);
    expect((await ask('GET', `${place}/prod-shop/destinations`, mine)).status).toBe(403);
  });

  test('warehouses and functions are named themselves; to connect takes both sides', async () => {
    const mine = await token([
      { role_id: '1p8z4CsO8baHQZYZBMnsmmDb0WE', resources: [{ id: made['dev warehouse'] ?? '', type: 'WAREHOUSE' }] },
      { role_id: '16bAfmsdnl0qNdhWxQECUOZhGWI', resources: [{ id: made['dev function'] ?? '', type: 'FUNCTION' }] },
      { role_id: SOURCE_ADMIN, resources: [onSource(dev.id)] },
    ]);
    for (const [kind, path] of [
      ['warehouse', '/warehouses'],
      ['function', '/functions'],
    ] as const) {
      expect((await ask('GET', `${path}/${made[`dev ${kind}`]}`, mine)).status, kind).toBe(200);
      expect((await ask('GET', `${path}/${made[`prod ${kind}`]}`, mine)).status, kind).toBe(403);
      expect((await ask('DELETE', `${path}/${made[`prod ${kind}`]}`, mine)).status, kind).toBe(403);
      const listed = await ask('GET', `${path}?resourceType=SOURCE`, mine);
      expect(
        listed.body.data[path.slice(1)].map((one: { id: string }) => one.id),
        kind,
      ).toEqual([made[`dev ${kind}`]]);
    }
    const connect = (warehouse: string, source: string) =>
      ask('POST', `/warehouses/${warehouse}/connected-sources/${source}`, mine);
    expect((await connect(made['dev warehouse'] ?? '', dev.id)).status).toBe(201);
    expect((await connect(made['dev warehouse'] ?? '', prod.id)).status).toBe(403);
    expect((await connect(made['prod warehouse'] ?? '', dev.id)).status).toBe(403);
  });

  test('a space is named itself, and so is what is in it', async () => {
    const [space] = (await ask('GET', '/spaces', owner)).body.data.spaces;
    const mine = await token([
      { role_id: '1Izux9LCEYVftjqmyjWxUxxbJ6n', resources: [{ id: space.id, type: 'SPACE' }] },
    ]);
    expect((await ask('GET', `/spaces/${space.id}/audiences`, mine)).status).toBe(200);
    expect((await ask('GET', '/spaces', mine)).body.data.spaces).toHaveLength(1);
    const audience = { name: 'All', definition: { query: 'x', targetEntity: 'profile' }, audienceType: 'USERS' };
    expect((await ask('POST', `/spaces/${space.id}/audiences`, mine, audience)).status).toBe(403);
    const none = await token([{ role_id: SOURCE_ADMIN, resources: [onWorkspace()] }]);
    expect((await ask('GET', `/spaces/${space.id}/audiences`, none)).status).toBe(403);
    expect((await ask('GET', '/spaces', none)).body.data.spaces).toEqual([]);
  });
});

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
    const { findOpenInvitation } = await import('../../src/access/users/invitation-queries.ts');
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
