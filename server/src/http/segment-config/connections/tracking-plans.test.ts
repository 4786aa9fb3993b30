/** Tracking plans of the Config API, and that the Public API sees the same rows. */
import { beforeAll, expect, test } from 'vitest';
import { newWorkspace, type TestApp, testApp } from '../../../../test/support/app.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are compared field by field.
type Answer = { status: number; body: any };

let app: TestApp;

beforeAll(async () => {
  app = await testApp();
});

async function start() {
  const w = await newWorkspace(app);
  const headers = await w.keyHeaders();
  const ask = async (method: string, url: string, payload?: object): Promise<Answer> => {
    const answer = await app.http.inject({ method: method as 'GET', url, headers, ...(payload && { payload }) });
    return { status: answer.statusCode, body: answer.json() };
  };
  const name = `workspaces/${w.workspace.slug}`;
  const call = (method: string, path: string, payload?: object) => ask(method, `/v1beta/${name}${path}`, payload);
  const source = (slug: string) =>
    call('POST', '/sources', { source: { name: `${name}/sources/${slug}`, catalog_name: 'catalog/sources/go' } });
  return { app, w, ask, call, name, source };
}

const schema = (properties: object, required: string[] = []) => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  labels: { area: 'shop' },
  properties: { context: {}, traits: {}, properties: { type: 'object', properties, required } },
  required: ['properties'],
});

const event = (name: string, properties: object = {}, version = 1) => ({
  name,
  description: `about ${name}`,
  version,
  rules: schema(properties),
});

test('a plan is made, read, listed, changed by mask and deleted; its JSON comes back as it was sent', async () => {
  const { ask, call, name } = await start();
  const rules = {
    events: [
      event('Basket Opened', { id: { type: ['integer', 'null'], enum: [1, null], items: [{}], minItems: 0 } }),
      event('Basket Opened', { id: {} }, 2),
      { name: 'Bare' },
    ],
    global: schema({}),
    identify: { ...schema({}), required: [] },
    identify_traits: [],
    user_traits: [],
  };
  const made = await call('POST', '/tracking-plans', { tracking_plan: { display_name: 'Shop plan', rules } });
  expect(made).toEqual({
    status: 200,
    body: {
      name: expect.stringMatching(new RegExp(`^${name}/tracking-plans/rs_\\w{22}$`)),
      display_name: 'Shop plan',
      rules: {
        events: [...rules.events.slice(0, 2), { name: 'Bare', description: '', version: 1, rules: {} }],
        global: rules.global,
        identify: rules.identify,
        identify_traits: [],
        group_traits: [],
      },
      create_time: expect.stringMatching(/\.\d{3}Z$/),
      update_time: expect.stringMatching(/\.\d{3}Z$/),
    },
  });
  expect(JSON.stringify(made.body.rules.events[0].rules)).toBe(
    JSON.stringify(
      event('Basket Opened', { id: { type: ['integer', 'null'], enum: [1, null], items: [{}], minItems: 0 } }).rules,
    ),
  );
  const id = made.body.name.split('/').at(-1);
  const at = `/tracking-plans/${id}`;
  expect(await call('GET', at)).toEqual(made);

  const other = await call('POST', '/tracking-plans', { tracking_plan: { displayName: 'Other' } });
  expect(other.body.rules).toEqual({ events: [], identify_traits: [], group_traits: [] });
  const first = await call('GET', '/tracking-plans/?&page_size=1&page_token=');
  const listed = { ...made.body, rules: { events: [], identify_traits: [], group_traits: [] } };
  expect(first.body.tracking_plans).toEqual([listed]);
  const second = await call('GET', `/tracking-plans?page_token=${first.body.next_page_token}`);
  expect(second.body).toEqual({ tracking_plans: [other.body], next_page_token: '' });

  const change = (method: 'PUT' | 'PATCH', tracking_plan: object | undefined, paths?: string[]) =>
    call(method, at, { ...(tracking_plan && { tracking_plan }), ...(paths && { update_mask: { paths } }) });
  expect((await change('PUT', { display_name: 'ignored' })).body).toEqual(made.body);
  const renamed = await change('PUT', { name: 'ignored', display_name: 'Shop', rules: {} }, [
    'tracking_plan.display_name',
  ]);
  expect(renamed.body).toMatchObject({ display_name: 'Shop', rules: made.body.rules });
  const group = { type: 'object', properties: { traits: { type: 'object' } } };
  const parts = await change('PATCH', { rules: { group, events: [] } }, [
    'tracking_plan.rules.group',
    'tracking_plan.rules.global',
    'tracking_plan.rules.identify_traits',
  ]);
  expect(parts.body.rules).toEqual({
    events: made.body.rules.events,
    identify: rules.identify,
    group,
    identify_traits: [],
    group_traits: [],
  });
  const all = await change('PUT', { rules: { events: [event('Only')] } }, ['tracking_plan.rules']);
  expect(all.body.rules).toEqual({ events: [event('Only')], identify_traits: [], group_traits: [] });
  expect(await change('PUT', {}, ['tracking_plan.owner'])).toMatchObject({ status: 400, body: { code: 3 } });

  // The same rows at the other door, which knows rules of pages too; they stay when the events are replaced here.
  const tp = id.replace('rs_', 'tp_');
  const page = { type: 'PAGE', key: 'Home', version: 1, jsonSchema: {} };
  expect((await ask('PATCH', `/tracking-plans/${tp}/rules`, { rules: [page] })).status).toBe(200);
  await change('PUT', { rules: {} }, ['rules']);
  const seen = await ask('GET', `/tracking-plans/${tp}/rules`);
  expect(seen.body.data.rules).toMatchObject([page]);
  expect((await call('GET', at)).body.rules.events).toEqual([]);
  // A rule that is rewritten there keeps what was described here.
  await change('PUT', { rules: { events: [event('Only')] } }, ['rules']);
  const rewritten = { type: 'TRACK', key: 'Only', version: 1, jsonSchema: schema({ a: {} }) };
  await ask('PATCH', `/tracking-plans/${tp}/rules`, { rules: [rewritten] });
  expect((await call('GET', at)).body.rules.events).toEqual([{ ...event('Only'), rules: rewritten.jsonSchema }]);

  expect(await call('DELETE', at)).toEqual({ status: 200, body: {} });
  for (const method of ['GET', 'DELETE'])
    expect(await call(method, at)).toEqual({
      status: 404,
      body: { error: 'No tracking plan here with this id.', code: 5 },
    });
  expect((await call('GET', `/tracking-plans/${tp}`)).status).toBe(404);
});

test('what is no plan is refused, telling where, and nothing of it is stored', async () => {
  const { call } = await start();
  const made = await call('POST', '/tracking-plans', { tracking_plan: { rules: { events: [event('Kept')] } } });
  const at = `/tracking-plans/${made.body.name.split('/').at(-1)}`;
  const refused = async (rules: unknown) => {
    const { status, body } = await call('PUT', at, { tracking_plan: { rules }, update_mask: 'tracking_plan.rules' });
    expect([status, body.code]).toEqual([400, 3]);
    return body.error;
  };
  const broken = { ...event('Broken'), rules: { properties: { a: { type: 'money' } } } };
  expect(await refused({ events: [event('Fine'), broken] })).toMatch(
    /^"rules\.events\.1\.rules\.properties\.a\.type" /,
  );
  expect(await refused({ global: { pattern: '(' } })).toMatch(/^"rules\.global\.pattern" /);
  expect(await refused({ events: [event('Twice'), event('Twice')] })).toMatch(/^"rules\.events\.1" is the same/);
  expect(await refused({ events: [event('')] })).toMatch(/^"rules\.events\.0\.name" /);
  expect(await refused({ events: {} })).toContain('events');
  expect(await refused('none')).toContain('rules');
  expect((await call('GET', at)).body).toEqual(made.body);
  expect((await call('POST', '/tracking-plans', { tracking_plan: { display_name: 'a\u0000' } })).status).toBe(400);
  expect((await call('GET', '/tracking-plans?page_token=WyJ4Il0')).status).toBe(400);
});

test('sources follow a plan, alone or many at once, and follow no second one', async () => {
  const { ask, call, name, source } = await start();
  const one = (await source('one')).body;
  await source('two');
  const planOf = async () => (await ask('GET', `/sources/${one.id}`)).body.data.trackingPlanId;
  const plan = async () => (await call('POST', '/tracking-plans', { tracking_plan: {} })).body.name.split('/').at(-1);
  const [first, second] = [await plan(), await plan()];
  const at = `/tracking-plans/${first}/source-connections`;
  const connection = (slug: string) => ({ source_name: `${name}/sources/${slug}`, tracking_plan_id: first });
  const connected = await call('POST', at, { source_name: `${name}/sources/one` });
  expect(connected).toEqual({ status: 200, body: connection('one') });
  expect(await planOf()).toBe(first.replace('rs_', 'tp_'));
  expect(await call('POST', at, { source_name: `${name}/sources/one` })).toEqual(connected);
  const source_names = ['one', 'two'].map((slug) => `${name}/sources/${slug}`);
  for (const verb of [':batchCreateConnections', '%3AbatchCreateConnections'])
    expect(await call('POST', `${at}${verb}`, { source_names })).toEqual({
      status: 200,
      body: { connections: [connection('one'), connection('two')] },
    });
  expect((await call('GET', `${at}?page_size=1`)).body).toEqual({
    connections: [connection('one')],
    next_page_token: expect.stringMatching(/./),
  });
  const elsewhere = `/tracking-plans/${second}/source-connections`;
  expect(await call('POST', `${elsewhere}:batchCreateConnections`, { source_names })).toMatchObject({
    status: 409,
    body: { code: 6 },
  });
  for (const source_name of [`${name}/sources/none`, 'workspaces/other/sources/one', ''])
    expect(await call('POST', elsewhere, { source_name })).toMatchObject({ status: 404, body: { code: 5 } });
  expect((await call('GET', elsewhere)).body).toEqual({ connections: [], next_page_token: '' });

  expect(await call('DELETE', `${at}/one`)).toEqual({ status: 200, body: {} });
  expect(await planOf()).toBeNull();
  expect(await call('DELETE', `${at}/one`)).toMatchObject({ status: 404, body: { code: 5 } });
});
