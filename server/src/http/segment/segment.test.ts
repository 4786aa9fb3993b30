/** What every operation of the Public API has in common (contract segment-public-api §1). */
import { describe, expect, test } from 'vitest';
import { newWorkspace, testApp } from '../../../test/support/app.ts';
import { newId } from '../../ids.ts';
import { shaped } from './protocol/answer.ts';
import { OPERATIONS, type Operation } from './protocol/contract.ts';
import { shortId, uuidOf } from './protocol/ids.ts';
import { pageRequest, pagination } from './protocol/paging.ts';
import { readQuery } from './protocol/query.ts';
import { checkBody } from './protocol/validate.ts';
import { answerVersion, bodyVersion } from './protocol/versions.ts';

function operation(id: string): Operation {
  const found = OPERATIONS.find((one) => one.id === id);
  if (!found) throw new Error(`no operation ${id}`);
  return found;
}

test('the contract has all 201 operations, 146 of them P1, and eight answer 201', () => {
  expect(OPERATIONS).toHaveLength(201);
  expect(OPERATIONS.filter((one) => one.priority === 'P1')).toHaveLength(146);
  expect(OPERATIONS.filter((one) => one.status === 201).map((one) => one.id)).toEqual([
    'addConnectionFromSourceToWarehouse',
    'createCredential',
    'createInvites',
    'createLabel',
    'createProfilesWarehouse',
    'createReverseEtlModel',
    'createSource',
    'createWarehouse',
  ]);
});

describe('versions', () => {
  const stable = operation('createSource');
  const alpha = operation('createDestinationSubscription');
  test.each([
    [undefined, 'v1'],
    ['*/*', 'v1'],
    ['application/json', 'v1'],
    ['application/vnd.segment.v1+json', 'v1'],
    ['application/vnd.segment.v1alpha+json', 'v1alpha'],
    ['application/vnd.segment.alpha+json', 'v1alpha'],
    ['application/vnd.segment.v1beta+json; charset=utf-8', 'v1beta'],
    ['text/plain, application/vnd.segment.v1alpha+json', 'v1alpha'],
  ])('Accept: %s is answered in %s', (accept, version) => {
    expect(answerVersion(stable, accept)).toBe(version);
  });

  test('without a name an operation answers in its most mature version', () => {
    expect(answerVersion(alpha, 'application/json')).toBe('v1alpha');
    expect(answerVersion(operation('echo'), 'application/vnd.segment.v1beta+json')).toBe('v1');
  });

  test.each(['application/vnd.segment.v2+json', 'application/xml', 'text/html'])(
    'Accept: %s is a clear 406',
    (accept) => {
      expect(() => answerVersion(stable, accept)).toThrow(/does not answer .*Accept one of: application\/json/);
    },
  );

  test('a body may name its version, or none', () => {
    expect(bodyVersion(alpha, 'application/vnd.segment.v1alpha+json')).toBe('v1alpha');
    expect(bodyVersion(alpha, 'application/json; charset=utf-8')).toBe('v1alpha');
    expect(() => bodyVersion(alpha, 'text/csv')).toThrow(/Send application\/json/);
  });
});

describe('query encodings of the real clients', () => {
  const list = operation('listSources');
  const page = { pagination: { count: 200, cursor: 'MA==' } };
  test.each([
    ['curl and typewriter', 'pagination.count=200&pagination.cursor=MA=='],
    ['Java', 'pagination.count=200&pagination.cursor=MA%3D%3D'],
    ['Go and Terraform', 'pagination[count]=200&pagination[cursor]=MA%3D%3D'],
    ['TypeScript', 'pagination%5Bcount%5D=200&pagination%5Bcursor%5D=MA%3D%3D'],
    ['Python', `pagination=${encodeURIComponent('{"count": 200, "cursor": "MA=="}')}`],
    ['Python with plus signs', 'pagination=%7B%22count%22%3A+200%2C+%22cursor%22%3A+%22MA%3D%3D%22%7D'],
  ])('%s: an object', (_client, query) => {
    expect(readQuery(list, query, undefined)).toEqual(page);
  });

  const invites = operation('deleteInvites');
  test.each([
    ['Java and Python', 'emails=a%40x.y&emails=b%40x.y'],
    ['Go', 'emails.0=a%40x.y&emails.1=b%40x.y'],
    ['TypeScript', 'emails%5B1%5D=b%40x.y&emails%5B0%5D=a%40x.y'],
    ['brackets', 'emails[]=a%40x.y&emails[]=b%40x.y'],
    ['a comma list', 'emails=a@x.y,b@x.y'],
    ['JSON', `emails=${encodeURIComponent('["a@x.y","b@x.y"]')}`],
  ])('%s: a list', (_client, query) => {
    expect(readQuery(invites, query, undefined)).toEqual({ emails: ['a@x.y', 'b@x.y'] });
  });

  const rules = operation('removeRulesFromTrackingPlan');
  const rule = { key: 'x', type: 'TRACK', version: 1 };
  test.each([
    ['Go', 'rules.0[key]=x&rules.0[type]=TRACK&rules.0[version]=1', undefined],
    ['TypeScript', 'rules%5B0%5D%5Bkey%5D=x&rules%5B0%5D%5Btype%5D=TRACK&rules%5B0%5D%5Bversion%5D=1', undefined],
    ['repeated JSON', `rules=${encodeURIComponent(JSON.stringify(rule))}`, undefined],
    ['a JSON body', '', { trackingPlanId: 'tp_1', rules: [rule] }],
  ])('%s: a list of objects', (_client, query, body) => {
    expect(readQuery(rules, query, body)).toEqual({ rules: [rule] });
  });

  test('undeclared, nameless and prototype keys are left alone', () => {
    expect(
      readQuery(list, '&&=1&x=2&__proto__[count]=1&constructor.prototype.a=1&pagination[__proto__][a]=1', undefined),
    ).toEqual({
      pagination: { __proto__: { a: '1' } },
    });
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });

  test('a query of a million keys, or one that is no UTF-8, is a 400', () => {
    expect(() => readQuery(list, '&a=1'.repeat(3_000), undefined)).toThrow(/more than 2000/);
    expect(() => readQuery(list, 'a=%ff', undefined)).toThrow(/cannot be read/);
  });
});

describe('validation', () => {
  test('lists every failing field with its dotted path', () => {
    const act = () => checkBody(operation('createSource'), 'v1', { enabled: 'yes', settings: [] });
    expect(act).toThrow();
    try {
      act();
    } catch (error) {
      expect((error as { details: { fields: unknown[] } }).details.fields).toEqual([
        { field: 'slug', message: '"slug" is required' },
        { field: 'metadataId', message: '"metadataId" is required' },
        { field: 'enabled', message: '"enabled" must be a boolean' },
        { field: 'settings', message: '"settings" must be an object' },
      ]);
    }
  });

  test('fields of nested lists have their path', () => {
    const act = () =>
      checkBody(operation('replaceLabelsInSource'), 'v1', { labels: [{ key: 'a', value: 'b' }, { key: 1 }] });
    expect(act).toThrow(/"labels\.1\.(value|key)"/);
  });
});

describe('pages', () => {
  test('MA== and no cursor are the start', () => {
    expect(pageRequest(undefined)).toEqual({ count: 200, current: 'MA==' });
    expect(pageRequest({ count: 2, cursor: 'MA==' })).toEqual({ count: 2, current: 'MA==' });
  });

  test('next and previous are absent, never null, where there is no such page', () => {
    const only = pagination({ current: 'MA==' }, { keys: ['a'], hasBefore: false, hasAfter: false, total: 1 });
    expect(Object.keys(only)).toEqual(['current', 'totalEntries']);
    const middle = pagination({ current: 'MA==' }, { keys: ['b', 'c'], hasBefore: true, hasAfter: true });
    expect(pageRequest({ count: 2, cursor: middle.next })).toMatchObject({ after: 'c' });
    expect(pageRequest({ count: 2, cursor: middle.previous })).toMatchObject({ before: 'b' });
  });

  test.each([0, 1_001, 1.5, '3'])('a count of %s is refused', (count) => {
    expect(() => pageRequest({ count })).toThrow(/"pagination.count"/);
  });

  test('a made-up cursor is refused', () => {
    expect(() => pageRequest({ count: 1, cursor: 'nonsense' })).toThrow(/"pagination.cursor"/);
  });
});

test('an answer holds declared fields only, and a missing required one is a mistake of ours', () => {
  const schema = { $ref: 'GetWorkspaceV1Output' };
  const workspace = { id: 'i', slug: 's', name: 'n', secret: 'x' };
  expect(shaped(schema, { workspace, more: 1 })).toEqual({ workspace: { id: 'i', slug: 's', name: 'n' } });
  expect(() => shaped(schema, { workspace: { id: 'i' } })).toThrow('The answer lacks data.workspace.slug.');
});

test('ids are 22 letters and digits and lead back to the row', () => {
  for (let n = 0; n < 1_000; n++) {
    const id = newId();
    expect(shortId(id)).toMatch(/^[0-9A-Za-z]{22}$/);
    expect(uuidOf(shortId(id))).toBe(id);
  }
  for (const wrong of ['', 'x', 'z'.repeat(22), `${'0'.repeat(21)}-`]) expect(uuidOf(wrong)).toBeNull();
});

describe('the door', () => {
  test.each(['/', '/segment', '/segment/'])('%s answers the workspace to an API client', async (url) => {
    const app = await testApp();
    const w = await newWorkspace(app);
    const headers = await w.keyHeaders({ scopes: ['workspace:read'] });
    const answer = await app.http.inject({ url, headers });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.json()).toEqual({
      data: {
        workspace: { id: shortId(w.workspace.id), slug: w.workspace.slug, name: `Workspace ${w.workspace.slug}` },
      },
    });
  });

  test('a browser at / is led to the dashboard', async () => {
    const app = await testApp();
    const answer = await app.http.inject({ url: '/', headers: { accept: 'text/html,*/*' } });
    expect([answer.statusCode, answer.headers.location]).toEqual([302, '/app']);
  });

  test('the catalog can be paged through to its end, and back', async () => {
    const app = await testApp();
    const w = await newWorkspace(app);
    const headers = await w.keyHeaders({ scopes: ['workspace:read'] });
    const slugs: string[] = [];
    const cursors: string[] = [];
    let cursor: string | undefined = 'MA==';
    while (cursor !== undefined) {
      cursors.push(cursor);
      const url: string = `/catalog/destinations/?pagination.count=100&pagination.cursor=${encodeURIComponent(cursor)}`;
      const { data } = (await app.http.inject({ url, headers })).json();
      slugs.push(...data.destinationsCatalog.map((type: { slug: string }) => type.slug));
      expect(data.pagination.current).toBe(cursor);
      expect(data.pagination.totalEntries).toBeGreaterThan(550);
      expect('previous' in data.pagination).toBe(cursors.length > 1);
      cursor = data.pagination.next;
    }
    expect(new Set(slugs).size).toBe(slugs.length);
    expect(slugs.length).toBeGreaterThan(550);
    const last = await app.http.inject({
      url: `/catalog/destinations?pagination[count]=100&pagination[cursor]=${encodeURIComponent(cursors[2] ?? '')}`,
      headers,
    });
    const previous = await app.http.inject({
      url: `/catalog/destinations?pagination[count]=100&pagination[cursor]=${encodeURIComponent(last.json().data.pagination.previous)}`,
      headers,
    });
    expect(previous.json().data.destinationsCatalog.map((type: { slug: string }) => type.slug)).toEqual(
      slugs.slice(100, 200),
    );
  });

  test('one type of each kind has exactly the declared fields, an unknown one is 404', async () => {
    const app = await testApp();
    const w = await newWorkspace(app);
    const headers = await w.keyHeaders({ scopes: ['workspace:read'] });
    const hook = await app.http.inject({ url: '/catalog/destinations/614a3c7d791c91c41bae7599', headers });
    expect(hook.json().data.destinationMetadata).toMatchObject({
      name: 'Webhooks (Actions)',
      actions: [{ slug: 'send' }],
    });
    expect(hook.json().data.destinationMetadata).not.toHaveProperty('deliverable');
    const source = await app.http.inject({ url: '/catalog/sources/IqDTy1TpoU', headers });
    expect(source.json().data.sourceMetadata).toMatchObject({ slug: 'javascript', logos: { default: '' } });
    const none = await app.http.inject({ url: '/catalog/warehouses/nothing', headers });
    expect([none.statusCode, none.json().errors[0].type]).toEqual([404, 'NotFound']);
  });

  test('errors have its envelope', async () => {
    const app = await testApp();
    const w = await newWorkspace(app);
    const none = await app.http.inject({ url: '/segment' });
    expect([none.statusCode, none.json().errors[0].type]).toEqual([401, 'unauthorized']);
    const headers = await w.keyHeaders({ scopes: ['workspace:read'] });
    const bad = await app.http.inject({ url: '/echo', headers });
    expect([bad.statusCode, bad.json()]).toEqual([
      422,
      { errors: [{ type: 'input-validation', message: '"message" is required', field: 'message' }] },
    ]);
    const version = await app.http.inject({
      url: '/echo?message=x',
      headers: { ...headers, accept: 'application/vnd.segment.v9+json' },
    });
    expect([version.statusCode, version.json().errors[0].type]).toEqual([406, 'not-acceptable']);
  });

  test('echo gives the message back, and no credential', async () => {
    const app = await testApp();
    const w = await newWorkspace(app);
    const headers = await w.keyHeaders({ scopes: ['workspace:read'] });
    const answer = await app.http.inject({
      url: '/echo?message=hello%20there',
      headers: { ...headers, 'x-mine': '1' },
    });
    expect(answer.json().data).toMatchObject({ method: 'get', message: 'hello there', headers: { 'x-mine': '1' } });
    expect(answer.body).not.toContain(headers.authorization);
  });
});

test("a key with workspace alone may read the workspace too; one count for both mounts, told in Segment's headers", async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const headers = await w.keyHeaders({ scopes: ['workspace'] });
  const remaining: number[] = [];
  for (const url of ['/', '/segment', '/catalog/sources?pagination.count=1']) {
    const answer = await app.http.inject({ url, headers });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['x-ratelimit-consumed']).toBeDefined();
    remaining.push(Number(answer.headers['x-ratelimit-remaining']));
  }
  expect(remaining).toEqual([999, 998, 997]);
});
