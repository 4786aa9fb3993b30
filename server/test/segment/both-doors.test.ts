/**
 * The Config API and the Public API on the same rows: what a script makes through the one, the other reads, audits and
 * deletes (contract segment-config-api; test/config-tutorial.test.ts has the Config API's whole way).
 */
import { beforeAll, expect, test } from 'vitest';
import { newWorkspace, testApp } from '../support/app.ts';

// Made once for all files of a process.
beforeAll(async () => void (await testApp()), 120_000);

test('what one door makes the other reads, audits and deletes', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const ask = async (
    method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
    url: string,
    token: string,
    body?: object,
  ) => {
    const ofConfig = !url.startsWith('/');
    const answer = await app.http.inject({
      method,
      url: ofConfig ? `/v1beta/${url}` : url,
      // Scripts of those days send JSON under the content type of a form.
      headers: { authorization: token, ...(ofConfig && { 'content-type': 'application/x-www-form-urlencoded' }) },
      ...(body && { payload: JSON.stringify(body) }),
    });
    return { status: answer.statusCode, body: answer.json() };
  };
  const W = `workspaces/${w.workspace.slug}`;
  const owner = w.ownerHeaders().authorization;

  const token = await ask('POST', 'access-tokens', owner ?? '', {
    access_token: { description: 'tutorial', scopes: 'workspace', workspace_names: [W] },
  });
  expect([token.status, token.body]).toEqual([200, expect.objectContaining({ scopes: 'workspace' })]);
  const bearer = `Bearer ${token.body.token}`;
  expect((await ask('GET', 'workspaces', bearer)).body.workspaces).toMatchObject([{ name: W }]);

  const type = await ask('GET', 'catalog/sources/javascript', bearer);
  expect([type.status, type.body.name]).toEqual([200, 'catalog/sources/javascript']);
  const S = `${W}/sources/web-shop`;
  const source = await ask('POST', `${W}/sources`, bearer, {
    source: { name: S, catalog_name: 'catalog/sources/javascript' },
  });
  expect([source.status, source.body]).toMatchObject([200, { name: S, parent: W, write_keys: [expect.any(String)] }]);
  expect((await ask('GET', `${W}/sources?page_size=1`, bearer)).body.sources).toEqual([source.body]);

  const D = `${S}/destinations/webhooks`;
  const hooks = [{ hook: 'https://in.example/v1', headers: [{ key: 'X-Team', value: 'tides' }] }];
  const destination = await ask('POST', `${S}/destinations`, bearer, {
    destination: {
      name: D,
      connection_mode: 'UNSPECIFIED',
      enabled: true,
      config: [{ name: `${D}/config/hooks`, type: 'mixed', value: hooks }],
    },
  });
  expect([destination.status, destination.body]).toMatchObject([200, { name: D, parent: S, enabled: true }]);
  expect(destination.body.config).toContainEqual(
    expect.objectContaining({ name: `${D}/config/hooks`, value: hooks, type: 'mixed' }),
  );

  // What the mask does not name stays, whatever was sent.
  const masked = await ask('PATCH', D, bearer, {
    destination: { enabled: false, config: [] },
    update_mask: { paths: ['destination.enabled'] },
  });
  expect([masked.status, masked.body.enabled, masked.body.config]).toEqual([200, false, destination.body.config]);

  const rules = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    properties: { properties: { type: 'object', properties: { basket_id: { type: 'string' } }, required: [] } },
  };
  const plan = await ask('POST', `${W}/tracking-plans`, bearer, {
    tracking_plan: {
      display_name: 'Shop plan',
      rules: { events: [{ name: 'Basket Opened', description: 'visitor opens the basket', version: 1, rules }] },
    },
  });
  expect([plan.status, plan.body.display_name]).toEqual([200, 'Shop plan']);
  expect(plan.body.rules.events).toMatchObject([{ name: 'Basket Opened', version: 1, rules }]);
  const linked = await ask('POST', `${plan.body.name}/source-connections`, bearer, { source_name: S });
  expect(linked.status).toBe(200);

  const filter = await ask('POST', `${D}/filters`, bearer, {
    filter: {
      name: '',
      title: 'No test orders',
      description: '',
      if: "contains( properties.email, '@harbor.example' )",
      actions: [{ type: 'drop_event' }],
      enabled: true,
    },
    update_mask: { paths: ['if', 'actions', 'title', 'description', 'enabled'] },
  });
  expect([filter.status, filter.body]).toMatchObject([
    200,
    { title: 'No test orders', actions: [{ type: 'drop_event' }], enabled: true },
  ]);
  expect(filter.body.name).toMatch(/\/config\/[^/]+\/filters\/df_/);

  // The Public API has the same rows.
  const { sources } = (await ask('GET', '/sources', bearer)).body.data;
  expect(sources).toMatchObject([{ slug: 'web-shop', writeKeys: source.body.write_keys }]);
  const [{ id }] = sources;
  const seen = (await ask('GET', `/sources/${id}`, bearer)).body.data;
  expect(seen.trackingPlanId).toMatch(/^tp_/);
  const connected = (await ask('GET', `/sources/${id}/connected-destinations`, bearer)).body.data.destinations;
  expect(connected).toMatchObject([{ enabled: false, metadata: { slug: 'webhooks' } }]);
  const filters = (await ask('GET', `/destination/${connected[0].id}/filters`, bearer)).body.data.filters;
  expect(filters).toMatchObject([{ title: 'No test orders', actions: [{ type: 'DROP' }] }]);
  const { events } = (await ask('GET', '/audit-events?pagination.count=50', bearer)).body.data;
  expect(events.map((event: { type: string }) => event.type)).toEqual(
    expect.arrayContaining([
      'Source Created',
      'Integration Created',
      'Integration Disabled',
      'Destination Filter Created',
    ]),
  );

  expect((await ask('DELETE', `/sources/${id}`, bearer)).status).toBe(200);
  const gone = await ask('GET', S, bearer);
  expect([gone.status, gone.body.code]).toEqual([404, 5]);
  expect((await ask('GET', D, bearer)).status).toBe(404);
});
