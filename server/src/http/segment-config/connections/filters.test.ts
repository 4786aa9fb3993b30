/** Destination filters of the Config API, and that the Public API sees the same. */
import { expect, test } from 'vitest';
import { newWorkspace, testApp } from '../../../../test/support/app.ts';
import { connectionId } from './destination-names.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are compared field by field.
type Answer = { status: number; body: any };

async function start() {
  const app = await testApp();
  const w = await newWorkspace(app);
  const headers = await w.keyHeaders();
  const ask = async (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, payload?: object): Promise<Answer> => {
    const answer = await app.http.inject({ method, url, headers, ...(payload && { payload }) });
    return { status: answer.statusCode, body: answer.json() };
  };
  const source = (await ask('POST', '/api/v1/sources', { name: 'Web shop' })).body;
  const settings = { url: 'http://127.0.0.1:9/hook' };
  const { id } = (await ask('POST', '/api/v1/destinations', { name: 'Hook', source_id: source.id, settings })).body;
  const name = `workspaces/${w.workspace.slug}/sources/web-shop/destinations/webhooks`;
  return { ask, name, numbered: `${name}/config/${connectionId(id)}`, id };
}

const FILTER = {
  title: 'No test orders',
  description: '',
  if: "contains( properties.email, '@harbor.example' )",
  actions: [{ type: 'drop_event' }],
  enabled: true,
};
const update_mask = { paths: ['if', 'actions', 'title', 'description', 'enabled'] };

test('a filter is made, read under both names, changed by mask and deleted, and the Public API sees all of it', async () => {
  const { ask, name, numbered } = await start();
  const made = await ask('POST', `/v1beta/${name}/filters`, { filter: { name: '', ...FILTER }, update_mask });
  expect(made).toEqual({
    status: 200,
    body: { name: expect.stringMatching(new RegExp(`^${numbered}/filters/df_[a-zA-Z0-9]{22}$`)), ...FILTER },
  });
  const id = made.body.name.split('/').at(-1);
  for (const path of [made.body.name, `${name}/filters/${id}`])
    expect(await ask('GET', `/v1beta/${path}`)).toEqual(made);
  for (const path of [name, numbered]) {
    const body = { filters: [made.body], next_page_token: '' };
    expect(await ask('GET', `/v1beta/${path}/filters?page_size=10`)).toEqual({ status: 200, body });
  }

  const change = {
    title: 'Half of the traffic',
    description: 'by user',
    if: "type = 'track'",
    actions: [
      { type: 'sample_event', percent: 0.5, path: '' },
      { type: 'blocklist_fields', fields: { properties: { fields: ['coupon'] }, traits: { fields: ['phone'] } } },
      { type: 'whitelist_fields', fields: { context: { fields: ['page'] } } },
    ],
    enabled: false,
  };
  const changed = { status: 200, body: { name: made.body.name, ...change } };
  // Without a mask nothing is changed.
  expect(await ask('PATCH', `/v1beta/${made.body.name}`, { filter: change })).toEqual(made);
  expect(await ask('PATCH', `/v1beta/${made.body.name}`, { filter: change, update_mask })).toEqual(changed);
  const { body } = await ask('GET', `/destination/${await shortOf(ask)}/filters`);
  expect(body.data.filters[0]).toMatchObject({
    title: 'Half of the traffic',
    actions: [
      { type: 'SAMPLE', percent: 0.5, path: '' },
      { type: 'DROP_PROPERTIES', fields: { properties: ['coupon'], traits: ['phone'] } },
      { type: 'ALLOW_PROPERTIES', fields: { context: ['page'] } },
    ],
  });
  // Named and not there: reset. One old client sends POST.
  const reset = await ask('POST', `/v1beta/${name}/filters/${id}`, {
    filter: { enabled: 'true', title: 'not named' },
    update_mask: 'filter.enabled,description',
  });
  expect(reset.body).toEqual({ ...changed.body, enabled: true, description: '' });

  expect(await ask('DELETE', `/v1beta/${name}/filters/${id}`)).toEqual({ status: 200, body: {} });
  expect(await ask('GET', `/v1beta/${made.body.name}`)).toEqual({
    status: 404,
    body: { error: 'No filter here with this id.', code: 5 },
  });
});

async function shortOf(ask: (method: 'GET', url: string) => Promise<Answer>): Promise<string> {
  const { body } = await ask('GET', '/destinations?pagination.count=10');
  return body.data.destinations[0].id;
}

test('what is wrong with a filter is told with code 3, and what is not there with code 5', async () => {
  const { ask, name, numbered } = await start();
  const create = async (change: object) => {
    const { status, body } = await ask('POST', `/v1beta/${name}/filters`, { filter: { ...FILTER, ...change } });
    return [status, body.code, body.error];
  };
  expect(await create({ if: 'event =' })).toEqual([
    400,
    3,
    expect.stringMatching(/^"if" is not valid FQL: line 1, column 8/),
  ]);
  expect(await create({ actions: [] })).toEqual([400, 3, expect.stringContaining('"actions"')]);
  expect(await create({ actions: [{ type: 'explode' }] })).toEqual([400, 3, expect.stringContaining('drop_event')]);
  expect(await create({ actions: [{ type: 'sample_event', percent: 2 }] })).toEqual([
    400,
    3,
    '"actions.0.percent" must be a number from 0 to 1',
  ]);
  expect(await create({ actions: [{ type: 'whitelist_fields', fields: { userId: { fields: ['a'] } } }] })).toEqual([
    400,
    3,
    expect.stringContaining('under properties, context or traits'),
  ]);
  for (const path of [
    `${name}x/filters`,
    `${name}/config/00/filters`,
    `${numbered.replace('webhooks', 'amplitude')}/filters`,
    `${name}/filters/df_nothing`,
  ]) {
    expect(await ask('GET', `/v1beta/${path}`)).toMatchObject({ status: 404, body: { code: 5 } });
  }
});

test('a preview takes and gives events as text', async () => {
  const { ask } = await start();
  const input = '{"type":"identify","traits":{"phone":"555","plan":"tide"}}';
  const filter = {
    if: "type = 'identify'",
    actions: [{ type: 'blacklist_fields', fields: { traits: { fields: ['phone'] }, context: { fields: [] } } }],
    enabled: true,
  };
  const preview = async (body: object) => await ask('POST', '/v1beta/filters/preview', body);
  expect(await preview({ filter, input })).toEqual({
    status: 200,
    body: { input, output: '{"type":"identify","traits":{"plan":"tide"}}' },
  });
  const dropped = await preview({ filter: { if: 'all', actions: [{ type: 'drop_event', fields: {} }] }, input });
  expect(dropped.body).toEqual({ input, output: '' });
  for (const bad of ['', 'text', '[]', 'null']) {
    expect(await preview({ filter, input: bad })).toMatchObject({ status: 400, body: { code: 3 } });
  }
  expect(await preview({ filter: { ...filter, if: 'a b' }, input })).toMatchObject({ status: 400, body: { code: 3 } });
});
