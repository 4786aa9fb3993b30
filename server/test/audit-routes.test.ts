/**
 * Every route that changes configuration or access leaves exactly one audit entry, and one that is refused leaves none.
 * A new route that is not only for reading fails here until it is in CALLS, or among the exceptions with a reason.
 */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTransaction } from '../src/db/tx.ts';
import type { DeclaredRoute } from '../src/http/route.ts';
import { functionId } from '../src/http/segment/protocol/function-ids.ts';
import { shortId } from '../src/http/segment/protocol/ids.ts';
import { connectionId } from '../src/http/segment-config/connections/destination-names.ts';
import { buildApp, newWorkspace, type TestApp, type TestWorkspace } from './support/app.ts';

type Headers = Record<string, string>;

/** What a call needs beside its route: an object made for it, a body, and what its entry is called. */
interface Call {
  /** Makes what the route's parameter names. */
  id?: (to: Caller) => Promise<string | number>;
  body?: (to: Caller) => object | Promise<object>;
  action: string;
  /** What it makes feeds each warehouse that is there, and each has an entry of its own about it. */
  feedsWarehouses?: true;
}

interface Caller {
  readonly workspace: TestWorkspace;
  readonly headers: Headers;
  post(url: string, payload: object): Promise<Record<string, string>>;
}

/** The catalog's id of PostgreSQL as a warehouse. */
const POSTGRES = '55d3d3aea3c';
const settings = { url: 'https://example.com/hook' };
const source = async (to: Caller) => (await to.post('/api/v1/sources', { name: 'Web' }))['id'] ?? '';
const sourceWithKey = async (to: Caller) => {
  const made = await to.post('/api/v1/sources', { name: 'Web' });
  return `${made['id']}/${made['write_key']}`;
};
const newWarehouse = () => ({ name: 'Store', type: POSTGRES, settings: {} });
const ownWarehouse = async (to: Caller) => (await to.post('/api/v1/warehouses', newWarehouse()))['id'] ?? '';
const warehouseAndSource = async (to: Caller) => `${await ownWarehouse(to)}/${await source(to)}`;
const fedWarehouse = async (to: Caller) => {
  const id = await source(to);
  return `${await ownWarehouse(to)}/${id}`;
};
const plan = async (to: Caller) => (await to.post('/api/v1/tracking-plans', { name: 'Shop' }))['id'] ?? '';
const planAndSource = async (to: Caller) => `${await plan(to)}/${await source(to)}`;
const followedPlan = async (to: Caller) => {
  const ids = await planAndSource(to);
  const [id, sourceId = ''] = ids.split('/');
  await app.http.inject({
    method: 'PUT',
    url: `/api/v1/tracking-plans/${id}/sources/${sourceId}`,
    headers: to.headers,
  });
  return ids;
};
const newAudience = () => ({ name: 'Team', query: "trait('plan') = 'team'" });
const audience = async (to: Caller) => (await to.post('/api/v1/audiences', newAudience()))['id'] ?? '';
const newLabel = () => ({ key: 'env', value: randomBytes(6).toString('hex') });
const label = async (to: Caller) => (await to.post('/api/v1/labels', newLabel()))['id'] ?? '';
const destination = async (to: Caller) =>
  (await to.post('/api/v1/destinations', { name: 'Hook', source_id: await source(to), settings }))['id'] ?? '';
const newMapping = () => ({ name: 'Send', action_id: 'nFPnRozhz1mh4Gbx4MLvT5', trigger: 'type = "track"' });
const mappedDestination = async (to: Caller) => {
  const made = { name: 'Hook', type: 'actions-webhook', source_id: await source(to), settings: {} };
  return (await to.post('/api/v1/destinations', made))['id'] ?? '';
};
const mapping = async (to: Caller) => {
  const id = await mappedDestination(to);
  return `${id}/${(await to.post(`/api/v1/destinations/${id}/subscriptions`, newMapping()))['id']}`;
};
/** `<workspace>/<source>/<type>/<id of the connection>` */
const configDestination = async (to: Caller) => {
  const made = await to.post('/api/v1/sources', { name: `s${randomBytes(6).toString('hex')}` });
  const hook = { name: 'Hook', type: 'actions-webhook', source_id: made['id'], settings: {} };
  const { id = '' } = await to.post('/api/v1/destinations', hook);
  return `${to.workspace.workspace.slug}/${made['slug']}/actions-webhook/${connectionId(id)}`;
};
let madeForDestination = '';
const masked = () => ({ destination: {}, update_mask: { paths: ['destination.enabled'] } });
const newFilter = () => ({ title: 'Tests', if: "event = 'Test'", actions: [{ type: 'DROP' }] });
const filter = async (to: Caller) => {
  const id = await destination(to);
  return `${id}/${(await to.post(`/api/v1/destinations/${id}/filters`, newFilter()))['id']}`;
};
const filteredHook = async (to: Caller) => {
  const made = await to.post('/api/v1/sources', { name: `s${randomBytes(6).toString('hex')}` });
  const { id = '' } = await to.post('/api/v1/destinations', { name: 'Hook', source_id: made['id'], settings });
  return { id, path: `${to.workspace.workspace.slug}/${made['slug']}/webhooks` };
};
/** @param numbered whether the destination's number stands in the path. */
const configDestinationPath = (numbered: boolean) => async (to: Caller) => {
  const { id, path } = await filteredHook(to);
  return numbered ? `${path}/${connectionId(id)}` : path;
};
const configFilter = (numbered: boolean) => async (to: Caller) => {
  const { id, path } = await filteredHook(to);
  const made = await to.post(`/api/v1/destinations/${id}/filters`, newFilter());
  return `${numbered ? `${path}/${connectionId(id)}` : path}/df_${shortId(made['id'] ?? '')}`;
};
const newConfigFilter = () => ({
  filter: { title: 'Tests', if: 'all', actions: [{ type: 'drop_event' }], enabled: true },
});
const disabled = () => ({ filter: {}, update_mask: { paths: ['enabled'] } });
const newTransformation = async (to: Caller) => ({ name: 'Rename', source_id: await source(to), if: 'all' });
const transformation = async (to: Caller) =>
  (await to.post('/api/v1/transformations', await newTransformation(to)))['id'] ?? '';
const template = async (to: Caller) => (await to.post('/api/v1/templates', newTemplate()))['id'] ?? '';
const newTemplate = () => ({ name: `t${randomBytes(6).toString('hex')}`, subject: 'Hello', html: '<p>Hello</p>' });
const newKey = async (to: Caller) => await to.post('/api/v1/api-keys', { name: 'Key', scopes: ['events:read'] });
const key = async (to: Caller) => (await newKey(to))['id'] ?? '';
const keyNumber = async (to: Caller) => (await newKey(to))['number'] ?? '';
const heldKey = async (to: Caller) => {
  const id = await key(to);
  await to.post(`/api/v1/api-keys/${id}/quarantine`, { reason: 'a test' });
  return id;
};
const newAccessToken = ({ workspace: { workspace } }: Caller) => ({
  access_token: { description: 'Token', scopes: 'workspace:read', workspace_names: [`workspaces/${workspace.slug}`] },
});
const accessToken = async (to: Caller) => {
  const made = await to.post('/segment-config/v1beta/access-tokens', newAccessToken(to));
  return /\d+$/.exec(made['name'] ?? '')?.[0] ?? '';
};
const configSource = async (to: Caller) => {
  const made = await to.post('/api/v1/sources', { name: `s${randomBytes(6).toString('hex')}` });
  return `${to.workspace.workspace.slug}/${made['slug']}`;
};
const newRegulation = () => ({ type: 'suppress_only', subject_ids: [randomBytes(6).toString('hex')] });
const regulation = async (to: Caller) => (await to.post('/api/v1/regulations', newRegulation()))['id'] ?? '';
const newConfigRegulation = () => ({
  regulation_type: 'Suppress',
  attributes: { name: 'userId', values: [randomBytes(6).toString('hex')] },
});
const configRegulation = async (to: Caller) => {
  const { slug } = to.workspace.workspace;
  const made = await to.post(`/v1beta/workspaces/${slug}/regulations`, newConfigRegulation());
  return `${slug}/${made['regulate_id']}`;
};
const configPlan = async (to: Caller) => `${to.workspace.workspace.slug}/rs_${shortId(await plan(to))}`;
const configSourceName = async (to: Caller) => {
  const [workspace, slug] = (await configSource(to)).split('/');
  return `workspaces/${workspace}/sources/${slug}`;
};
const followedConfigPlan = async (to: Caller) => {
  const [id, sourceId = ''] = (await followedPlan(to)).split('/');
  const made = await app.connections.sources.get(to.workspace.scope(), sourceId);
  return `${to.workspace.workspace.slug}/rs_${shortId(id ?? '')}/${made.slug}`;
};
const newFunction = () => ({ kind: 'source', name: `f${randomBytes(6).toString('hex')}`, code: '1' });
const functionOf = async (to: Caller) => (await to.post('/api/v1/functions', newFunction()))['id'] ?? '';
const functionVersion = async (to: Caller) => {
  const id = await functionOf(to);
  const listed = await app.http.inject({ url: `/api/v1/functions/${id}/versions`, headers: to.headers });
  return `${id}/${listed.json<{ items: { id: string }[] }>().items[0]?.id}`;
};
const configFunction = async (to: Caller) =>
  `${to.workspace.workspace.slug}/${functionId('source', await functionOf(to))}`;
const warehouse = async (to: Caller) => {
  const made: unknown = await to.post('/warehouses', {
    metadataId: POSTGRES,
    settings: {},
    disconnectAllSources: true,
  });
  return (made as { data: { warehouse: { id: string } } }).data.warehouse.id;
};
const newConfigSource = ({ workspace: { workspace } }: Caller) => ({
  source: {
    name: `workspaces/${workspace.slug}/sources/s${randomBytes(6).toString('hex')}`,
    catalog_name: 'catalog/sources/go',
  },
});
const alert = async (to: Caller) => {
  const raised = {
    workspaceId: to.workspace.workspace.id,
    kind: 'canary_used',
    severity: 'info',
    title: 'A test',
    text: 'A test.',
    data: {},
  } as const;
  await inTransaction(app.database.db, (tx) => app.access.alerts.raise(tx, raised));
  const listed = await app.http.inject({ url: '/api/v1/alerts?limit=1', headers: to.headers });
  return listed.json<{ items: { id: string }[] }>().items[0]?.id ?? '';
};
const newClient = () => ({ name: 'App', scopes: ['events:read'], redirect_uris: ['https://example.com/back'] });
const client = async (to: Caller) => (await to.post('/api/v1/oauth/clients', newClient()))['id'] ?? '';
const address = () => `${randomBytes(6).toString('hex')}@example.test`;
const invitation = async (to: Caller) =>
  (await to.post('/api/v1/invitations', { email: address(), role: 'viewer' }))['id'] ?? '';
const member = async (to: Caller) => {
  const user = { email: address(), password: randomBytes(12).toString('hex') };
  return await app.access.workspaces.addMember(to.workspace.workspace.id, user, 'viewer');
};
const group = async (to: Caller) => (await to.post('/api/v1/groups', { name: 'Growth' }))['id'] ?? '';
const SOURCE_READ = '1OEwdZTiimeuKEjlLCGlxqcE83o';
const sourceReader = ({ workspace: { workspace } }: Caller) => ({
  role_id: SOURCE_READ,
  resources: [{ id: workspace.id, type: 'WORKSPACE' }],
});
const policy = async (to: Caller) => {
  const subject = `users/${shortId(await member(to))}`;
  const { slug } = to.workspace.workspace;
  const listed = await app.http.inject({ url: `/v1beta/workspaces/${slug}/roles/-/policies`, headers: to.headers });
  const { policies } = listed.json<{ policies: { name: string; subject: string }[] }>();
  const name = policies.find((one) => one.subject === subject)?.name ?? '';
  return name.replace('workspaces/', '').replace('/roles/', '/').replace('/policies/', '/');
};

const CALLS: Readonly<Record<string, Call>> = {
  'POST /api/v1/sources': { body: () => ({ name: 'Web' }), action: 'source.created' },
  'PATCH /api/v1/sources/:id': { id: source, body: () => ({ name: 'Shop' }), action: 'source.updated' },
  'DELETE /api/v1/sources/:id': { id: source, action: 'source.deleted' },
  'POST /api/v1/sources/:id/write-keys': { id: source, action: 'write-key.created' },
  'DELETE /api/v1/sources/:id/write-keys/:write_key': { id: sourceWithKey, action: 'write-key.removed' },
  'PATCH /api/v1/sources/:id/schema-settings': {
    id: source,
    body: () => ({ track: { allow_unplanned_events: false } }),
    action: 'source.updated',
  },
  'POST /api/v1/audiences': { body: newAudience, action: 'audience.created' },
  'PATCH /api/v1/audiences/:id': { id: audience, body: () => ({ name: 'Pro' }), action: 'audience.updated' },
  'DELETE /api/v1/audiences/:id': { id: audience, action: 'audience.deleted' },
  'POST /api/v1/warehouses': { body: newWarehouse, action: 'warehouse.created' },
  'PATCH /api/v1/warehouses/:id': { id: ownWarehouse, body: () => ({ name: 'Lake' }), action: 'warehouse.updated' },
  'DELETE /api/v1/warehouses/:id': { id: ownWarehouse, action: 'warehouse.deleted' },
  'PUT /api/v1/warehouses/:id/sources/:source_id': { id: warehouseAndSource, action: 'warehouse.connected' },
  'DELETE /api/v1/warehouses/:id/sources/:source_id': { id: fedWarehouse, action: 'warehouse.disconnected' },
  'POST /api/v1/tracking-plans': { body: () => ({ name: 'Shop' }), action: 'tracking-plan.created' },
  'PATCH /api/v1/tracking-plans/:id': { id: plan, body: () => ({ name: 'Web' }), action: 'tracking-plan.updated' },
  'PUT /api/v1/tracking-plans/:id/rules': {
    id: plan,
    body: () => ({ rules: [{ type: 'IDENTIFY', schema: {} }] }),
    action: 'tracking-plan.rules-replaced',
  },
  'DELETE /api/v1/tracking-plans/:id': { id: plan, action: 'tracking-plan.deleted' },
  'PUT /api/v1/tracking-plans/:id/sources/:source_id': { id: planAndSource, action: 'source.updated' },
  'DELETE /api/v1/tracking-plans/:id/sources/:source_id': { id: followedPlan, action: 'source.updated' },
  'POST /api/v1/labels': { body: newLabel, action: 'label.created' },
  'DELETE /api/v1/labels/:id': { id: label, action: 'label.deleted' },
  'POST /api/v1/destinations': {
    body: async (to) => ({ name: 'Hook', source_id: await source(to), settings }),
    action: 'destination.created',
  },
  'PATCH /api/v1/destinations/:id': { id: destination, body: () => ({ name: 'Other' }), action: 'destination.updated' },
  'DELETE /api/v1/destinations/:id': { id: destination, action: 'destination.deleted' },
  'POST /api/v1/destinations/:id/subscriptions': {
    id: mappedDestination,
    body: newMapping,
    action: 'subscription.created',
  },
  'PATCH /api/v1/destinations/:id/subscriptions/:subscription_id': {
    id: mapping,
    body: () => ({ enabled: false }),
    action: 'subscription.updated',
  },
  'DELETE /api/v1/destinations/:id/subscriptions/:subscription_id': { id: mapping, action: 'subscription.deleted' },
  'POST /api/v1/destinations/:id/filters': { id: destination, body: newFilter, action: 'filter.created' },
  'PATCH /api/v1/destinations/:id/filters/:filter_id': {
    id: filter,
    body: () => ({ enabled: false }),
    action: 'filter.disabled',
  },
  'DELETE /api/v1/destinations/:id/filters/:filter_id': { id: filter, action: 'filter.deleted' },
  'POST /api/v1/transformations': { body: newTransformation, action: 'transformation.created' },
  'PATCH /api/v1/transformations/:id': {
    id: transformation,
    body: () => ({ drop: true }),
    action: 'transformation.updated',
  },
  'DELETE /api/v1/transformations/:id': { id: transformation, action: 'transformation.deleted' },
  'POST /api/v1/templates': { body: newTemplate, action: 'template.created' },
  'PATCH /api/v1/templates/:id': { id: template, body: () => ({ subject: 'Hi' }), action: 'template.updated' },
  'DELETE /api/v1/templates/:id': { id: template, action: 'template.archived' },

  'POST /api/v1/api-keys': { body: () => ({ name: 'Key', scopes: ['events:read'] }), action: 'api_key.created' },
  'PATCH /api/v1/api-keys/:id': { id: key, body: () => ({ name: 'Other' }), action: 'api_key.updated' },
  'DELETE /api/v1/api-keys/:id': { id: key, action: 'api_key.revoked' },
  'POST /api/v1/api-keys/:id/rotate': { id: key, body: () => ({}), action: 'api_key.rotated' },
  'POST /api/v1/api-keys/:id/twin': { id: key, body: () => ({ scopes: ['events:read'] }), action: 'api_key.created' },
  'POST /api/v1/api-keys/:id/quarantine': { id: key, body: () => ({ reason: 'x' }), action: 'api_key.quarantined' },
  'POST /api/v1/api-keys/:id/release': { id: heldKey, action: 'api_key.released' },
  'PATCH /api/v1/policies/keys': { body: () => ({ may_mint_sending: ['owner'] }), action: 'key_policy.updated' },
  'POST /api/auth/api-keys': {
    body: (to) => ({ name: 'Key', tenant_slug: to.workspace.workspace.slug, scopes: ['events:read'] }),
    action: 'api_key.created',
  },
  'DELETE /api/auth/api-keys/:id': { id: keyNumber, action: 'api_key.revoked' },
  'POST /v1beta/access-tokens': { body: newAccessToken, action: 'api_key.created' },
  'DELETE /v1beta/access-tokens/:number': { id: accessToken, action: 'api_key.revoked' },
  'POST /v1beta/workspaces/:workspace/sources': {
    id: (to) => Promise.resolve(to.workspace.workspace.slug),
    body: newConfigSource,
    action: 'source.created',
    feedsWarehouses: true,
  },
  'POST /v1beta/workspaces/:workspace/sources/:source/destinations': {
    id: async (to) => {
      madeForDestination = await configSource(to);
      return madeForDestination;
    },
    body: () => ({
      destination: { name: `workspaces/${madeForDestination.replace('/', '/sources/')}/destinations/webhooks` },
    }),
    action: 'destination.created',
  },
  'PATCH /v1beta/workspaces/:workspace/sources/:source/destinations/:destination': {
    id: configDestination,
    body: masked,
    action: 'destination.updated',
  },
  'DELETE /v1beta/workspaces/:workspace/sources/:source/destinations/:destination': {
    id: configDestination,
    action: 'destination.deleted',
  },
  'PATCH /v1beta/workspaces/:workspace/sources/:source/destinations/:destination/config/:connection': {
    id: configDestination,
    body: masked,
    action: 'destination.updated',
  },
  'DELETE /v1beta/workspaces/:workspace/sources/:source/destinations/:destination/config/:connection': {
    id: configDestination,
    action: 'destination.deleted',
  },
  'PATCH /v1beta/workspaces/:workspace/sources/:source': {
    id: configSource,
    body: () => ({ source: { display_name: 'Shop' }, update_mask: 'source.display_name' }),
    action: 'source.updated',
  },
  'DELETE /v1beta/workspaces/:workspace/sources/:source': { id: configSource, action: 'source.deleted' },
  'PATCH /v1beta/workspaces/:workspace/sources/:source/connected-warehouses': {
    id: configSource,
    body: async (to) => ({ warehouse_id: await warehouse(to), enabled: true }),
    action: 'warehouse.connected',
  },
  'PATCH /v1beta/workspaces/:workspace/sources/:source/schema-config': {
    id: configSource,
    body: () => ({ update_mask: { paths: ['schema_config.allow_unplanned_track_events'] } }),
    action: 'source.updated',
  },
  'POST /v1beta/workspaces/:workspace/tracking-plans': {
    id: (to) => Promise.resolve(to.workspace.workspace.slug),
    body: () => ({ tracking_plan: { display_name: 'Shop' } }),
    action: 'tracking-plan.created',
  },
  'PUT /v1beta/workspaces/:workspace/tracking-plans/:plan': {
    id: configPlan,
    body: () => ({ tracking_plan: { display_name: 'Web' }, update_mask: 'tracking_plan.display_name' }),
    action: 'tracking-plan.updated',
  },
  'PATCH /v1beta/workspaces/:workspace/tracking-plans/:plan': {
    id: configPlan,
    body: () => ({ tracking_plan: { display_name: 'Web' }, update_mask: 'tracking_plan.display_name' }),
    action: 'tracking-plan.updated',
  },
  'DELETE /v1beta/workspaces/:workspace/tracking-plans/:plan': { id: configPlan, action: 'tracking-plan.deleted' },
  'POST /v1beta/workspaces/:workspace/tracking-plans/:plan/source-connections': {
    id: configPlan,
    body: async (to) => ({ source_name: await configSourceName(to) }),
    action: 'source.updated',
  },
  'POST /v1beta/workspaces/:workspace/tracking-plans/:plan/source-connections::batchCreateConnections': {
    id: configPlan,
    body: async (to) => ({ source_names: [await configSourceName(to)] }),
    action: 'source.updated',
  },
  'DELETE /v1beta/workspaces/:workspace/tracking-plans/:plan/source-connections/:source': {
    id: followedConfigPlan,
    action: 'source.updated',
  },

  'POST /api/v1/functions': { body: newFunction, action: 'function.created' },
  'PATCH /api/v1/functions/:id': { id: functionOf, body: () => ({ code: '2' }), action: 'function.updated' },
  'DELETE /api/v1/functions/:id': { id: functionOf, action: 'function.deleted' },
  'POST /api/v1/functions/:id/deploy': { id: functionOf, action: 'function.deployed' },
  'POST /api/v1/functions/:id/versions/:version/restore': { id: functionVersion, action: 'function.updated' },
  'POST /v1beta/workspaces/:workspace/functions': {
    id: (to) => Promise.resolve(to.workspace.workspace.slug),
    body: () => ({ type: 'SOURCE', function: { display_name: newFunction().name, code: '1' } }),
    action: 'function.created',
  },
  'PATCH /v1beta/workspaces/:workspace/functions/:function': {
    id: configFunction,
    body: () => ({ function: { code: '2' }, update_mask: 'function.code' }),
    action: 'function.updated',
  },
  'DELETE /v1beta/workspaces/:workspace/functions/:function': { id: configFunction, action: 'function.deleted' },
  'POST /v1beta/workspaces/:workspace/functions/:function/deploy': { id: configFunction, action: 'function.deployed' },

  ...configFilterCalls('', false),
  ...configFilterCalls('/config/:connection', true),

  'POST /api/v1/regulations': { body: newRegulation, action: 'regulation.created' },
  'DELETE /api/v1/regulations/:id': { id: regulation, action: 'regulation.deleted' },
  'POST /v1beta/workspaces/:workspace/regulations': {
    id: (to) => Promise.resolve(to.workspace.workspace.slug),
    body: newConfigRegulation,
    action: 'regulation.created',
  },
  'POST /v1beta/workspaces/:workspace/sources/:source/regulations': {
    id: configSource,
    body: newConfigRegulation,
    action: 'regulation.created',
  },
  'DELETE /v1beta/workspaces/:workspace/regulations/:regulation': {
    id: configRegulation,
    action: 'regulation.deleted',
  },

  'POST /api/v1/oauth/clients': { body: newClient, action: 'oauth_client.created' },
  'PATCH /api/v1/oauth/clients/:id': { id: client, body: () => ({ name: 'Other' }), action: 'oauth_client.updated' },
  'POST /api/v1/oauth/clients/:id/rotate-secret': { id: client, action: 'oauth_client.secret_rotated' },
  'DELETE /api/v1/oauth/clients/:id': { id: client, action: 'oauth_client.deleted' },

  'PATCH /api/v1/members/:id': { id: member, body: () => ({ role: 'member' }), action: 'member.updated' },
  'DELETE /api/v1/members/:id': { id: member, action: 'member.removed' },
  'POST /api/v1/invitations': { body: () => ({ email: address(), role: 'viewer' }), action: 'invitation.created' },
  'POST /api/v1/invitations/:id/link': { id: invitation, action: 'invitation.renewed' },
  'POST /api/v1/groups': { body: () => ({ name: 'Growth' }), action: 'group.created' },
  'PATCH /api/v1/groups/:id': { id: group, body: () => ({ name: 'Ops' }), action: 'group.updated' },
  'DELETE /api/v1/groups/:id': { id: group, action: 'group.deleted' },
  'PUT /api/v1/groups/:id/members': {
    id: group,
    body: (to) => ({ emails: [to.workspace.owner.email] }),
    action: 'group.members-added',
  },
  'PUT /api/v1/groups/:id/permissions': {
    id: group,
    body: (to) => ({ permissions: [sourceReader(to)] }),
    action: 'permission.created',
  },
  'PUT /api/v1/members/:id/permissions': {
    id: member,
    body: (to) => ({ permissions: [sourceReader(to)] }),
    action: 'permission.updated',
  },
  'POST /v1beta/workspaces/:workspace/roles/:role/policies': {
    id: (to) => Promise.resolve(`${to.workspace.workspace.slug}/${SOURCE_READ}`),
    body: async (to) => ({
      policy: { subject: `users/${shortId(await member(to))}`, resource: `workspaces/${to.workspace.workspace.slug}` },
    }),
    action: 'permission.created',
  },
  'DELETE /v1beta/workspaces/:workspace/roles/:role/policies/:policy': { id: policy, action: 'permission.deleted' },
  'POST /v1beta/workspaces/:workspace/invites': {
    id: (to) => Promise.resolve(to.workspace.workspace.slug),
    body: () => ({ invite: { email: address() } }),
    action: 'invitation.created',
  },
  'DELETE /v1beta/workspaces/:workspace/invites/:invite': {
    id: async (to) => `${to.workspace.workspace.slug}/${shortId(await invitation(to))}`,
    action: 'invitation.revoked',
  },
  'DELETE /api/v1/invitations/:id': { id: invitation, action: 'invitation.revoked' },
  'POST /api/v1/alerts/:id/acknowledge': { id: alert, action: 'alert.acknowledged' },
};

function configFilterCalls(form: string, numbered: boolean): Record<string, Call> {
  const at = `/v1beta/workspaces/:workspace/sources/:source/destinations/:destination${form}/filters`;
  const one = { id: configFilter(numbered), body: disabled, action: 'filter.disabled' };
  return {
    [`POST ${at}`]: { id: configDestinationPath(numbered), body: newConfigFilter, action: 'filter.created' },
    [`PATCH ${at}/:filter`]: one,
    [`POST ${at}/:filter`]: one,
    [`DELETE ${at}/:filter`]: { id: configFilter(numbered), action: 'filter.deleted' },
  };
}

/** Routes that are not only for reading and need no entry here, with the reason. */
const EXCEPTIONS: readonly { readonly routes: RegExp; readonly because: string }[] = [
  { routes: /^POST \/v1\//, because: 'events: the log of events is their ledger' },
  { routes: /^POST \/api\/v1\/(filters|templates|templates\/:id)\/preview$/, because: 'changes nothing' },
  { routes: /^POST \/(api\/v1\/functions\/:id|v1beta\/.*\/functions)\/preview$/, because: 'changes nothing' },
  { routes: /^POST \/api\/v1\/audiences\/(check|previews)$/, because: 'changes nothing' },
  { routes: /^POST \/v1beta\/filters\/preview$/, because: 'changes nothing' },
  { routes: /^POST \/api\/v1\/emails\/send$/, because: 'sends: messages are their ledger' },
  { routes: /^POST \/api\/v1\/warehouses\/:id\/try$/, because: 'changes nothing' },
  { routes: /^DELETE \/api\/v1\/people/, because: 'people: not configuration' },
  { routes: /^POST \/api\/auth\//, because: 'signing in and out: access/users tests what it records' },
  {
    routes: / \/api\/v1\/(invitations\/(look|accept)|password|passkeys|sessions|second-factor\/(totp|recovery))/,
    because: 'a person and their sessions, in each of their workspaces: access/users tests what it records',
  },
  { routes: /^DELETE \/api\/v1\/members\/:id\/sessions$/, because: 'sessions: access/users tests it' },
  {
    routes: /^PUT \/api\/v1\/second-factor\/policy$/,
    because: 'needs an owner with a second factor: access/users tests it',
  },
  {
    routes: /^POST \/api\/v1\/approvals/,
    because: 'needs a send above a cap and a second person: access/brakes tests it',
  },
  {
    routes: /^POST \/api\/(credentials\/revoke|secret-scanning\/github)$/,
    because: 'without a caller, and an entry for each key that is stopped: access/leaks tests it',
  },
  { routes: /^POST \/oauth\//, because: 'the protocol: access/oauth tests what consent and revocation record' },
  { routes: /^DELETE \/api\/v1\/oauth\/grants/, because: 'needs a whole consent: access/oauth tests it' },
];

let app: TestApp;
let caller: Caller;

beforeAll(async () => {
  app = await buildApp({ env: { SMTP_URL: 'smtp://127.0.0.1:9' } });
  caller = await newCaller();
});

async function newCaller(): Promise<Caller> {
  const workspace = await newWorkspace(app);
  const headers = workspace.ownerHeaders();
  return {
    workspace,
    headers,
    async post(url, payload) {
      const answer = await app.http.inject({ method: 'POST', url, headers, payload });
      if (answer.statusCode >= 300) throw new Error(`${url}: ${answer.statusCode} ${answer.body}`);
      return answer.json();
    },
  };
}

afterAll(() => app.stop());

function nameOf(route: DeclaredRoute): string {
  const url = route.url.replace(/^\/(segment|segment-config|segmentflow|subscribeflow|segops)(?=\/)/, '');
  return `${route.method} ${url.replace(/\/$/, '')}`;
}

/** @param ids of all its parameters, with slashes. */
function urlOf(route: DeclaredRoute, ids: string): string {
  const parts = ids.split('/');
  // A colon of the path itself is written twice.
  return route.url.replaceAll(/(?<!:):\w+/g, () => parts.shift() ?? 'none').replaceAll('::', ':');
}

/** Newest first. */
async function entries(of = caller): Promise<{ action: string; actor: { id: string }; target: { id: string } }[]> {
  const answer = await app.http.inject({ url: '/api/v1/audit?limit=20', headers: of.headers });
  return answer.json().items;
}

async function count(): Promise<number> {
  const { id } = caller.workspace.workspace;
  const head = app.database.db.selectFrom('audit_heads').select('seq').where('workspace_id', '=', id);
  return (await head.executeTakeFirst())?.seq ?? 0;
}

/** But what is not here yet, and Segment's operations: test/segment/client.ts looks for the entry of each. */
function changing(): DeclaredRoute[] {
  return app.http.declaredRoutes.filter(
    ({ method, access }) => method !== 'GET' && access.door !== 'segment' && !access.unavailable,
  );
}

test('every route that is not only for reading is called below, or is an exception', () => {
  const known = (name: string) => name in CALLS || EXCEPTIONS.some(({ routes }) => routes.test(name));
  expect(
    changing()
      .map(nameOf)
      .filter((name) => !known(name)),
  ).toEqual([]);
  const names = new Set(changing().map(nameOf));
  expect(Object.keys(CALLS).filter((name) => !names.has(name))).toEqual([]);
});

test('a change leaves exactly one entry, at every mount of every route', async () => {
  const found: unknown[] = [];
  const expected: unknown[] = [];
  for (const route of changing()) {
    const call = CALLS[nameOf(route)];
    if (!call) continue;
    const told = `${route.method} ${route.url}`;
    const url = urlOf(route, String((await call.id?.(caller)) ?? ''));
    const payload = await call.body?.(caller);
    const before = await count();
    const method = route.method as 'POST';
    const answer = await app.http.inject({ method, url, headers: caller.headers, ...(payload && { payload }) });
    const made = (await entries()).slice(0, (await count()) - before);
    const own = call.feedsWarehouses ? made.filter(({ action }) => action !== 'warehouse.connected') : made;
    found.push([told, answer.statusCode < 300 || answer.body, own.map(({ action }) => action)]);
    expected.push([told, true, [call.action]]);
    for (const entry of made) expect(entry.actor.id, told).toBe(caller.workspace.owner.id);
    const text = JSON.stringify(made);
    for (const secret of secretsOf(answer.body)) expect(text, told).not.toContain(secret);
  }
  expect(found).toEqual(expected);
});

test('a source that feeds the warehouses that are there leaves an entry about each of them', async () => {
  const to = await newCaller();
  const warehouses = [await ownWarehouse(to), await ownWarehouse(to)];
  const { slug } = to.workspace.workspace;
  await to.post(`/v1beta/workspaces/${slug}/sources`, newConfigSource(to));
  const [second, first, made] = await entries(to);
  expect([made?.action, first?.action, second?.action]).toEqual([
    'source.created',
    'warehouse.connected',
    'warehouse.connected',
  ]);
  expect([first?.target.id, second?.target.id]).toEqual(warehouses);
});

test('a change of something that is not there leaves none', async () => {
  for (const route of changing()) {
    const call = CALLS[nameOf(route)];
    if (!call || !route.url.includes(':')) continue;
    const missing =
      nameOf(route).includes('number') || nameOf(route).includes('/auth/')
        ? '900000000000001'
        : caller.workspace.workspace.id;
    const payload = await call.body?.(caller);
    const before = await count();
    const method = route.method as 'POST';
    const url = urlOf(route, missing);
    const answer = await app.http.inject({ method, url, headers: caller.headers, ...(payload && { payload }) });
    expect(answer.statusCode, `${route.method} ${route.url}`).toBe(404);
    expect(await count(), `${route.method} ${route.url}`).toBe(before);
  }
});

/** Whatever an answer shows once. */
function secretsOf(body: string): string[] {
  return [...body.matchAll(/"(?:key|token|client_secret|signing_secret|write_key|secret)":\s*"([^"]{16,})"/g)].map(
    ([, secret = '']) => secret,
  );
}
