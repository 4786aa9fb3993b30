import { beforeAll, describe, expect, it } from 'vitest';
import { buildApp, newWorkspace, type TestApp, type TestWorkspace, testApp } from '../../../../../test/support/app.ts';
import { newId } from '../../../../ids.ts';

let app: TestApp;
let workspace: TestWorkspace;

beforeAll(async () => {
  app = await testApp();
  workspace = await newWorkspace(app);
});

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

async function call(method: Method, path: string, headers: Record<string, string>, body?: unknown, on = app) {
  const response = await on.http.inject({
    method,
    url: `/api/v1${path}`,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { payload: JSON.stringify(body) }),
  });
  return { status: response.statusCode, body: response.body === '' ? null : JSON.parse(response.body) };
}

const settings = { url: 'https://hooks.example/in' };

describe('sources', () => {
  it('are made, listed, changed and deleted', async () => {
    const headers = workspace.ownerHeaders();
    const made = await call('POST', '/sources', headers, { name: 'Shop' });
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      id: expect.any(String),
      name: 'Shop',
      environment: 'live',
      slug: 'shop',
      type: { id: 'iUM16Md8P2', slug: 'http-api', name: 'HTTP API' },
      write_key: expect.stringMatching(/^[0-9A-Za-z]{24}$/),
      write_keys: [made.body.write_key],
      labels: [],
      settings: {},
      tracking_plan_id: null,
      enabled: true,
      created_at: expect.stringMatching(/\+00:00$/),
      updated_at: expect.any(String),
    });
    const { id } = made.body;
    expect((await call('GET', `/sources/${id}`, headers)).body).toEqual(made.body);
    const changed = await call('PATCH', `/sources/${id}`, headers, { enabled: false });
    expect(changed.body).toMatchObject({ id, name: 'Shop', enabled: false });
    expect(await call('DELETE', `/sources/${id}`, headers)).toEqual({ status: 204, body: null });
    expect((await call('GET', `/sources/${id}`, headers)).status).toBe(404);
  });

  it('have a slug, a type, labels and settings', async () => {
    const headers = workspace.ownerHeaders();
    const labels = [{ key: 'env', value: `v${Date.now()}` }];
    const made = await call('POST', '/sources', headers, {
      name: 'Site',
      slug: 'our-site',
      type: 'javascript',
      labels,
      settings: { a: 1, b: 2 },
    });
    expect(made.body).toMatchObject({
      slug: 'our-site',
      type: { slug: 'javascript' },
      labels,
      settings: { a: 1, b: 2 },
    });
    const url = `/sources/${made.body.id}`;
    expect((await call('PATCH', url, headers, { settings: { a: null }, labels: [] })).body).toMatchObject({
      labels: [],
      settings: { b: 2 },
    });
    const again = await call('POST', '/sources', headers, { name: 'Site', slug: 'our-site' });
    expect([again.status, again.body.error.code]).toEqual([409, 'conflict']);
    expect((await call('POST', '/sources', headers, { name: 'Site', type: 'nothing' })).status).toBe(422);

    // The label is still the workspace's.
    const listed = await call('GET', '/labels', headers);
    expect(listed.body.items).toMatchObject([{ ...labels[0], description: null }]);
    const { id } = listed.body.items[0];
    expect((await call('POST', '/labels', headers, { ...labels[0] })).status).toBe(409);
    expect((await call('DELETE', `/labels/${id}`, headers)).status).toBe(204);
    expect((await call('DELETE', `/labels/${id}`, headers)).status).toBe(404);
    expect((await call('POST', '/labels', headers, { key: 'team', value: '' })).status).toBe(422);
    const described = await call('POST', '/labels', headers, { key: 'team', value: 'a', description: 'Ours' });
    expect([described.status, described.body.description]).toEqual([201, 'Ours']);
  });

  it('have write keys and schema settings', async () => {
    const headers = workspace.ownerHeaders();
    const { body: source } = await call('POST', '/sources', headers, { name: 'Keys' });
    const { body: target } = await call('POST', '/sources', headers, { name: 'Target' });
    const url = `/sources/${source.id}`;
    const added = await call('POST', `${url}/write-keys`, headers);
    expect([added.status, added.body.write_keys.length, added.body.write_key]).toEqual([201, 2, source.write_key]);
    expect((await call('DELETE', `${url}/write-keys/${source.write_key}`, headers)).status).toBe(204);
    expect((await call('DELETE', `${url}/write-keys/${source.write_key}`, headers)).status).toBe(404);
    expect((await call('GET', url, headers)).body.write_keys).toEqual([added.body.write_keys[1]]);

    const before = (await call('GET', `${url}/schema-settings`, headers)).body;
    expect(before).toMatchObject({ track: { allow_unplanned_events: true }, forward_violations_to: null });
    const changed = await call('PATCH', `${url}/schema-settings`, headers, {
      track: { common_event_on_violations: 'BLOCK' },
      forward_violations_to: target.id,
    });
    expect(changed.body).toEqual({
      ...before,
      track: { ...before.track, common_event_on_violations: 'BLOCK' },
      forward_violations_to: target.id,
    });
    for (const bad of [{}, { track: { nothing: 1 } }, { forward_violations_to: source.id }, { group: { a: true } }]) {
      expect((await call('PATCH', `${url}/schema-settings`, headers, bad)).status).toBe(422);
    }
  });

  it('are listed by pages, newest first', async () => {
    const own = await newWorkspace(app);
    const headers = own.ownerHeaders('test');
    for (const name of ['a', 'b', 'c']) await call('POST', '/sources', headers, { name });
    const first = await call('GET', '/sources?limit=2', headers);
    expect(first.body.items.map((item: { name: string }) => item.name)).toEqual(['c', 'b']);
    expect(first.body.total).toBe(3);
    const second = await call('GET', `/sources?limit=2&cursor=${first.body.cursor}`, headers);
    expect(second.body.items.map((item: { name: string }) => item.name)).toEqual(['a']);
    expect(second.body.cursor).toBeNull();
    expect((await call('GET', '/sources', own.ownerHeaders())).body.total).toBe(0);
    expect((await call('GET', '/sources?cursor=WzFd', headers)).status).toBe(422);
  });

  it.each([
    {},
    { name: '' },
    { name: 5 },
    { name: 'a\u0000b' },
    { name: 'x'.repeat(201) },
    { name: 'x', write_key: 'chosen' },
    [],
  ])('refuses the body %j', async (body) =>
    expect((await call('POST', '/sources', workspace.ownerHeaders(), body)).status).toBe(422),
  );

  it('need their scope', async () => {
    const headers = await workspace.keyHeaders({ scopes: ['sources:read'] });
    expect((await call('GET', '/sources', headers)).status).toBe(200);
    const refused = await call('POST', '/sources', headers, { name: 'x' });
    expect([refused.status, refused.body.error.code]).toEqual([403, 'insufficient_scope']);
    expect((await call('GET', '/destinations', headers)).status).toBe(403);
    expect((await call('GET', '/sandbox', headers)).status).toBe(403);
  });
});

describe('destinations', () => {
  async function source(environment: 'live' | 'test' = 'live'): Promise<string> {
    return (await call('POST', '/sources', workspace.ownerHeaders(environment), { name: 'S' })).body.id;
  }

  it('show their signing secret once', async () => {
    const headers = workspace.ownerHeaders();
    const sourceId = await source();
    const made = await call('POST', '/destinations', headers, { name: 'Hook', source_id: sourceId, settings });
    expect(made.status).toBe(201);
    const { signing_secret: secret, ...rest } = made.body;
    expect(secret).toMatch(/^whsec_/);
    expect(rest).toMatchObject({ type: 'webhook', name: 'Hook', source_id: sourceId, settings, enabled: true });
    const { id } = rest;
    const again = await call('GET', `/destinations/${id}`, headers);
    expect(again.body).toEqual(rest);
    const list = await call('GET', `/destinations?source_id=${sourceId}`, headers);
    expect(list.body).toEqual({ items: [rest], cursor: null, total: 1 });
    const changed = await call('PATCH', `/destinations/${id}`, headers, { settings: { url: 'https://b.example' } });
    expect(changed.body).toMatchObject({ name: 'Hook', settings: { url: 'https://b.example/' } });
    expect(JSON.stringify(changed.body)).not.toContain('whsec_');
    expect((await call('GET', `/destinations/${id}/deliveries`, headers)).body).toEqual({
      items: [],
      cursor: null,
      total: 0,
    });
    expect((await call('DELETE', `/sources/${sourceId}`, headers)).status).toBe(409);
    expect((await call('DELETE', `/destinations/${id}`, headers)).status).toBe(204);
    expect((await call('GET', `/destinations/${id}/deliveries`, headers)).status).toBe(404);
  });

  it.each([
    'ftp://a.example/',
    'https://user:pass@a.example/',
    'nonsense',
    '',
    `https://a.example/${'x'.repeat(2_048)}`,
  ])('refuse the address %s', async (url) => {
    const body = { name: 'Hook', source_id: await source(), settings: { url } };
    expect((await call('POST', '/destinations', workspace.ownerHeaders(), body)).status).toBe(422);
  });

  it.each(['http://127.1/', 'http://[::ffff:7f00:1]/', 'http://169.254.169.254/latest', 'http://localhost:9200/'])(
    'refuse the private address %s where private networks are closed',
    async (url) => {
      const closed = await buildApp({ env: { HEADGATE_ALLOW_PRIVATE_NETWORK: 'false' } });
      try {
        const body = { name: 'Hook', source_id: await source(), settings: { url } };
        const refused = await call('POST', '/destinations', workspace.ownerHeaders(), body, closed);
        expect(refused.status).toBe(422);
        expect(refused.body.error.details[0].field).toBe('settings.url');
      } finally {
        await closed.stop();
      }
    },
  );

  it('are not there for another workspace or environment', async () => {
    const sourceId = await source();
    const body = { name: 'Hook', source_id: sourceId, settings };
    const { id } = (await call('POST', '/destinations', workspace.ownerHeaders(), body)).body;
    const stranger = await newWorkspace(app);
    for (const headers of [stranger.ownerHeaders(), workspace.ownerHeaders('test')]) {
      expect((await call('GET', `/sources/${sourceId}`, headers)).status).toBe(404);
      expect((await call('PATCH', `/sources/${sourceId}`, headers, { name: 'mine' })).status).toBe(404);
      expect((await call('DELETE', `/sources/${sourceId}`, headers)).status).toBe(404);
      expect((await call('GET', `/destinations/${id}`, headers)).status).toBe(404);
      expect((await call('PATCH', `/destinations/${id}`, headers, { enabled: false })).status).toBe(404);
      expect((await call('DELETE', `/destinations/${id}`, headers)).status).toBe(404);
      expect((await call('GET', `/destinations/${id}/deliveries`, headers)).status).toBe(404);
      expect((await call('POST', '/destinations', headers, body)).status).toBe(422);
      expect((await call('GET', `/destinations?source_id=${sourceId}`, headers)).body.total).toBe(0);
    }
    expect((await call('GET', `/destinations/${id}`, workspace.ownerHeaders())).body.enabled).toBe(true);
  });
});

describe('ids that are none', () => {
  it.each(['x', '0', '-1', '1e3', '99999999999999999999', newId(), '%00'])('are not found: %s', async (id) => {
    const headers = workspace.ownerHeaders();
    for (const path of ['sources', 'destinations', 'deliveries', 'sandbox']) {
      expect((await call('GET', `/${path}/${id}`, headers)).status).toBe(404);
    }
  });
});
