/**
 * Who may what in Segment's two doors: owners, members without roles, read-only tokens, members of one source or of
 * sources with a label.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { RULES } from '../../../src/http/segment/permissions/rules.ts';
import { OPERATIONS } from '../../../src/http/segment/protocol/contract.ts';
import {
  ask,
  dev,
  type Headers,
  MINIMAL,
  newSource,
  onSource,
  onWorkspace,
  owner,
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
