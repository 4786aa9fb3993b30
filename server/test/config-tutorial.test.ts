/**
 * The way through Segment's Config API that its page describes: a token, a source, a destination, a change by mask, a
 * tracking plan, a filter. Then events come, and everything that was set up acts on them.
 */
import { beforeAll, expect, test } from 'vitest';
import { newWorkspace, processEvents, type TestApp, testApp } from './support/app.ts';

const HOOKS = [{ hook: 'http://127.0.0.1:9/in', headers: [{ key: 'X-Team', value: 'tides' }] }];

const BASKET_OPENED = {
  name: 'Basket Opened',
  description: 'visitor opens the basket',
  version: 1,
  rules: {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    properties: {
      properties: { type: 'object', properties: { basket_id: { type: 'string' } }, required: ['basket_id'] },
    },
    required: ['properties'],
  },
};

let app: TestApp;

beforeAll(async () => {
  app = await testApp();
}, 90_000);

test('from a token to events that are blocked, filtered and delivered', async () => {
  const w = await newWorkspace(app);
  const workspace = `workspaces/${w.workspace.slug}`;
  const access_token = { description: 'tutorial', scopes: 'workspace', workspace_names: [workspace] };
  const token = await caller(app, w.ownerHeaders())('POST', 'access-tokens', { access_token });
  const call = caller(app, { authorization: `Bearer ${token.token}` });
  expect((await call('GET', 'workspaces')).workspaces[0].name).toBe(workspace);

  const name = `${workspace}/sources/web-shop`;
  const source = await call('POST', `${workspace}/sources`, {
    source: { name, catalog_name: 'catalog/sources/javascript' },
  });
  const violations = { name: `${workspace}/sources/violations`, catalog_name: 'catalog/sources/http-api' };
  await call('POST', `${workspace}/sources`, { source: violations });

  const hook = `${name}/destinations/webhooks`;
  const config = [{ name: `${hook}/config/hooks`, type: 'mixed', value: HOOKS }];
  await call('POST', `${name}/destinations`, { destination: { name: hook, enabled: true, config } });
  const secret = { name: `${hook}/config/sharedSecret`, value: 's3cret' };
  const changed = await call('PATCH', hook, {
    destination: { config: [secret], display_name: 'not named by the mask' },
    update_mask: { paths: ['destination.config', 'destination.enabled'] },
  });
  // Named without a value: reset. The settings that were not sent stay.
  expect(changed).toMatchObject({ enabled: false, display_name: 'Webhooks' });
  expect(changed.config.find((one: { name: string }) => one.name.endsWith('/hooks')).value).toEqual(HOOKS);
  await call('PATCH', hook, { destination: { enabled: true }, update_mask: { paths: ['destination.enabled'] } });

  const tracking_plan = { display_name: 'Shop plan', rules: { events: [BASKET_OPENED] } };
  const plan = await call('POST', `${workspace}/tracking-plans`, { tracking_plan });
  const linked = await call('POST', `${plan.name}/source-connections:batchCreateConnections`, { source_names: [name] });
  expect(linked.connections).toEqual([{ source_name: name, tracking_plan_id: plan.name.split('/').at(-1) }]);
  await call('PATCH', `${name}/schema-config`, {
    schema_config: { forwarding_blocked_events_to: 'violations' },
    update_mask: {
      paths: ['schema_config.allow_unplanned_track_events', 'schema_config.forwarding_blocked_events_to'],
    },
  });
  const filter = { if: "contains( properties.basket_id, 'test' )", actions: [{ type: 'drop_event' }], enabled: true };
  await call('POST', `${hook}/filters`, { filter: { name: '', title: 'No test baskets', description: '', ...filter } });

  for (const [event, basket_id] of [
    ['Basket Opened', 'b1'],
    ['Basket Opened', 'a test'],
    ['Nobody planned this', 'b2'],
  ]) {
    const payload = { writeKey: source.write_keys[0], userId: 'ada', event, properties: { basket_id } };
    expect((await app.http.inject({ method: 'POST', url: '/v1/track', payload })).statusCode).toBe(200);
  }
  await processEvents(app);
  const { events } = await app.events.list(w.scope(), {}, 10);
  const [from] = (await app.connections.sources.page(w.scope(), { count: 1 })).rows;
  const seen = events.map((one) => ({
    name: one.name,
    source: one.source_id === from?.id ? 'web-shop' : 'violations',
    outcome: one.outcome,
    deliveries: one.deliveries.length,
  }));
  const basket = { name: 'Basket Opened', source: 'web-shop', outcome: 'accepted' };
  const unplanned = { name: 'Nobody planned this', deliveries: 0 };
  const expected = [
    { ...basket, deliveries: 1 },
    { ...basket, deliveries: 0 },
    { ...unplanned, source: 'web-shop', outcome: 'rejected' },
    { ...unplanned, source: 'violations', outcome: 'accepted' },
  ];
  const sorted = (all: object[]) => all.map((one) => JSON.stringify(Object.entries(one).sort())).sort();
  expect(sorted(seen)).toEqual(sorted(expected));

  // All of it goes with the source.
  await call('DELETE', name);
  for (const gone of [name, hook, `${name}/schema-config`]) {
    const answer = await app.http.inject({
      url: `/v1beta/${gone}`,
      headers: { authorization: `Bearer ${token.token}` },
    });
    expect([answer.statusCode, answer.json().code], gone).toEqual([404, 5]);
  }
  expect((await call('GET', `${plan.name}/source-connections`)).connections).toEqual([]);
});

// biome-ignore lint/suspicious/noExplicitAny: answers are compared field by field.
type Call = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object) => Promise<any>;

/** @returns the body of a success: always 200. */
function caller(app: TestApp, headers: Record<string, string>): Call {
  return async (method, path, payload) => {
    const answer = await app.http.inject({ method, url: `/v1beta/${path}`, headers, ...(payload && { payload }) });
    expect([answer.statusCode, answer.body], `${method} ${path}`).toEqual([200, expect.any(String)]);
    return answer.json();
  };
}
