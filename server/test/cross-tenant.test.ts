/**
 * Walks every registered route with the ids of another workspace and of the other environment, with no credential, with a
 * key that lacks the scope, and with one that may not send. A new route with a parameter, or with a field that names an
 * object, fails here until it is listed below.
 */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OWNER_ROLE_ID } from '../src/access/permissions/roles.ts';
import { allowedScopes, SCOPE_NAMES, type ScopeName } from '../src/access/scopes.ts';
import type { DeclaredRoute } from '../src/http/route.ts';
import { shortId } from '../src/http/segment/protocol/ids.ts';
import { connectionId } from '../src/http/segment-config/connections/destination-names.ts';
import { buildApp, newWorkspace, type TestApp } from './support/app.ts';
import {
  type Headers,
  NO_NUMBER,
  NO_UUID,
  newVictim,
  type Stranger,
  strangersTo,
  type Victim,
} from './support/tenants.ts';

interface Fixture {
  /** Ids of the other workspace's object, all that the route takes for it; of a route with several parameters all of them, with slashes. */
  ids(victim: Victim): string[];
  /** What says that the object is there, for a route that may be called with its own key but once, or not at all. Default 200. */
  answers?: number[];
  /** What the route's second parameter takes: another object of the same workspace. */
  second?: (victim: Victim) => string;
  /** Of the same form as the ids, and of nothing; behind the victim's own parents. */
  missing: string | ((victim: Victim) => string);
  /** Default live. */
  environment?: 'test';
  /** A signed-in user manages the objects of both environments. */
  usersSeeBoth?: true;
  /** The object is the workspace itself. */
  ofBothEnvironments?: true;
  /** A person's own, or a person: no key gets at it, so its own caller is the owner. */
  byOwner?: true;
}

const uuid = (kind: keyof Victim['ids']): Fixture => ({ ids: ({ ids }) => [ids[kind]], missing: NO_UUID });
const number = (kind: keyof Victim['ids']): Fixture => ({ ids: ({ ids }) => [ids[kind]], missing: NO_NUMBER });
/** A browser's, by its cookie, and no workspace's: test/oauth-rights.test.ts. */
const question: Fixture = { ids: () => [], missing: NO_UUID };
/** Of the Config API, below a workspace and a source of it. */
const inWorkspace = (last: (victim: Victim) => string[], rest: Partial<Fixture> = {}): Fixture => ({
  ids: (of) => last(of).map((name) => `${of.slugs.workspace}/${name}`),
  missing: ({ slugs }) => `${slugs.workspace}/no-such-one`,
  ...rest,
});
const configSource = inWorkspace(({ slugs }) => [slugs.source]);
const configPlan = inWorkspace(({ slugs }) => [slugs.plan]);
const configFunction = inWorkspace(({ slugs }) => [slugs.function]);
const configDestination = (rest: string): Fixture => ({
  ids: ({ slugs, ids }) => [`${slugs.workspace}/${shortId(ids.source)}/${shortId(ids.destination)}${rest}`],
  missing: ({ slugs, ids }) => `${slugs.workspace}/${shortId(ids.source)}/no-such-one${rest}`,
});
const configWorkspace: Fixture = {
  ids: ({ slugs }) => [slugs.workspace],
  missing: 'no-such-workspace',
  ofBothEnvironments: true,
};
const SUMMARIES = 'event-delivery-metrics:batchGetSummary';
const template: Fixture = { ids: ({ ids, slugs }) => [ids.template, slugs.template], missing: NO_UUID };

/** Routes with a parameter, without the prefix of a second mount. */
const FIXTURES: Readonly<Record<string, Fixture>> = {
  '/api/auth/api-keys/:id': { ...number('keyNumber'), usersSeeBoth: true },
  '/api/v1/api-keys/:id': { ...uuid('key'), usersSeeBoth: true },
  // The second mount finds the key rotated already.
  '/api/v1/api-keys/:id/rotate': { ...uuid('key'), usersSeeBoth: true, answers: [201, 409] },
  '/api/v1/api-keys/:id/twin': { ...uuid('key'), usersSeeBoth: true, answers: [201, 409] },
  '/api/v1/api-keys/:id/quarantine': { ...uuid('key'), usersSeeBoth: true },
  // People alone release a key.
  '/api/v1/api-keys/:id/release': { ...uuid('key'), usersSeeBoth: true, answers: [403] },
  '/api/v1/members/:id': { ...uuid('member'), ofBothEnvironments: true, byOwner: true },
  '/api/v1/members/:id/sessions': { ...uuid('member'), ofBothEnvironments: true, byOwner: true },
  '/api/v1/invitations/:id': { ...uuid('invitation'), ofBothEnvironments: true },
  '/api/v1/groups/:id': { ...uuid('group'), ofBothEnvironments: true },
  '/api/v1/groups/:id/members': { ...uuid('group'), ofBothEnvironments: true },
  '/api/v1/groups/:id/invitations': { ...uuid('group'), ofBothEnvironments: true },
  '/api/v1/groups/:id/permissions': { ...uuid('group'), ofBothEnvironments: true },
  '/api/v1/members/:id/permissions': { ...uuid('member'), ofBothEnvironments: true },
  '/api/v1/invitations/:id/link': {
    ...uuid('invitation'),
    ofBothEnvironments: true,
    byOwner: true,
    answers: [200, 404],
  },
  '/api/v1/sessions/:id': { ...uuid('session'), ofBothEnvironments: true, byOwner: true },
  '/api/v1/passkeys/:id': { ...uuid('passkey'), ofBothEnvironments: true, byOwner: true },
  '/api/v1/audit/:id': { ...uuid('audit'), usersSeeBoth: true },
  '/api/v1/api-keys/:id/usage/summary': { ...uuid('key'), usersSeeBoth: true },
  '/api/v1/api-keys/:id/least-privilege': { ...uuid('key'), usersSeeBoth: true },
  '/api/v1/alerts/:id/acknowledge': { ...uuid('alert'), usersSeeBoth: true },
  '/api/v1/approvals/:id/approve': { ...uuid('approval'), usersSeeBoth: true, byOwner: true, answers: [200, 409] },
  '/api/v1/approvals/:id/reject': { ...uuid('approval'), usersSeeBoth: true, byOwner: true, answers: [200, 409] },
  '/api/v1/audiences/:id': uuid('audience'),
  '/api/v1/audiences/previews/:id': uuid('audiencePreview'),
  '/api/v1/warehouses/:id': uuid('warehouse'),
  // Nothing leaves the test environment, and nothing listens where this one is.
  '/api/v1/warehouses/:id/try': uuid('warehouse'),
  '/api/v1/warehouses/:id/sources': uuid('warehouse'),
  '/api/v1/warehouses/:id/sources/:source_id': {
    ...uuid('warehouse'),
    second: ({ ids }) => ids.source,
    answers: [204],
  },
  '/api/v1/tracking-plans/:id': uuid('plan'),
  '/api/v1/tracking-plans/:id/rules': uuid('plan'),
  '/api/v1/tracking-plans/:id/sources': uuid('plan'),
  '/api/v1/tracking-plans/:id/schema': uuid('plan'),
  '/api/v1/tracking-plans/:id/sources/:source_id': {
    ...uuid('plan'),
    second: ({ ids }) => ids.source,
    answers: [204],
  },
  '/api/v1/sources/:id': uuid('source'),
  '/api/v1/sources/:id/schema-settings': uuid('source'),
  '/api/v1/sources/:id/write-keys': { ...uuid('source'), answers: [201] },
  '/api/v1/sources/:id/write-keys/:write_key': { ...uuid('source'), second: ({ writeKey }) => writeKey },
  '/api/v1/labels/:id': number('label'),
  '/api/v1/destinations/:id': uuid('destination'),
  '/api/v1/destinations/:id/deliveries': uuid('destination'),
  '/api/v1/destinations/:id/filters': { ...uuid('destination'), answers: [200, 201] },
  '/api/v1/destinations/:id/filters/:filter_id': {
    ids: ({ ids }) => [`${ids.destination}/${ids.filter}`],
    missing: ({ ids }) => `${ids.destination}/${NO_UUID}`,
  },
  '/api/v1/transformations/:id': uuid('transformation'),
  '/api/v1/destinations/:id/subscriptions': { ...uuid('actionsDestination'), answers: [200, 201] },
  '/api/v1/destinations/:id/subscriptions/:subscription_id': {
    ids: ({ ids }) => [`${ids.actionsDestination}/${ids.subscription}`],
    missing: ({ ids }) => `${ids.actionsDestination}/${NO_UUID}`,
  },
  '/api/v1/deliveries/:id': number('delivery'),
  '/api/v1/sandbox/:id': { ...number('sandbox'), environment: 'test' },
  '/api/v1/events/:id': number('event'),
  '/api/v1/people/:id': uuid('person'),
  '/api/v1/regulations/:id': uuid('regulation'),
  '/api/v1/people/:id/events': uuid('person'),
  '/api/v1/templates/:id': template,
  '/api/v1/templates/:id/preview': template,
  '/api/v1/emails/:id': uuid('email'),
  '/api/v1/functions/:id': uuid('function'),
  '/api/v1/functions/:id/deploy': uuid('function'),
  '/api/v1/functions/:id/versions': uuid('function'),
  '/api/v1/functions/:id/versions/:version/restore': {
    ids: ({ ids }) => [`${ids.function}/${ids.functionVersion}`],
    missing: ({ ids }) => `${ids.function}/${NO_UUID}`,
  },
  '/api/v1/functions/:id/preview': uuid('function'),
  '/api/v1/oauth/clients/:id': { ...uuid('oauthClient'), usersSeeBoth: true },
  '/api/v1/oauth/clients/:id/rotate-secret': { ...uuid('oauthClient'), usersSeeBoth: true },
  '/api/v1/oauth/grants/:id': { ...uuid('oauthGrant'), usersSeeBoth: true },
  '/oauth/interaction/:uid': question,
  '/oauth/interaction/:uid/confirm': question,
  '/oauth/interaction/:uid/abort': question,
  '/v1beta/access-tokens/:number': { ...number('accessToken'), usersSeeBoth: true },
  '/v1beta/workspaces/:workspace': {
    ids: ({ slugs }) => [slugs.workspace],
    missing: 'no-such-workspace',
    ofBothEnvironments: true,
  },
  '/v1beta/workspaces/:workspace/sources': {
    ids: ({ slugs }) => [slugs.workspace],
    missing: 'no-such-workspace',
    ofBothEnvironments: true,
  },
  '/v1beta/workspaces/:workspace/functions': configWorkspace,
  '/v1beta/workspaces/:workspace/roles': configWorkspace,
  '/v1beta/workspaces/:workspace/roles/:role/policies': inWorkspace(() => [OWNER_ROLE_ID], {
    ofBothEnvironments: true,
    answers: [200, 400],
  }),
  '/v1beta/workspaces/:workspace/roles/:role/policies/:policy': inWorkspace(({ slugs }) => [slugs.policy], {
    ofBothEnvironments: true,
    missing: ({ slugs }) => `${slugs.workspace}/${OWNER_ROLE_ID}/no-such-one`,
  }),
  '/v1beta/workspaces/:workspace/users': configWorkspace,
  // The body's address is invited once.
  '/v1beta/workspaces/:workspace/invites': { ...configWorkspace, answers: [200, 409] },
  '/v1beta/workspaces/:workspace/invites/:invite': inWorkspace(({ slugs }) => [slugs.invite], {
    ofBothEnvironments: true,
  }),
  '/v1beta/workspaces/:workspace/functions/preview': configWorkspace,
  '/v1beta/workspaces/:workspace/functions/:function': configFunction,
  '/v1beta/workspaces/:workspace/functions/:function/deploy': configFunction,
  '/v1beta/workspaces/:workspace/functions/:function/is-latest-version': configFunction,
  '/v1beta/workspaces/:workspace/regulations': configWorkspace,
  '/v1beta/workspaces/:workspace/regulations/:regulation': inWorkspace(({ ids }) => [shortId(ids.configRegulation)]),
  '/v1beta/workspaces/:workspace/suppressed-users': configWorkspace,
  // Of its own workspace it asks for names.
  '/v1beta/workspaces/:workspace/:call': {
    ids: ({ slugs }) => [`${slugs.workspace}/${SUMMARIES}`],
    missing: `no-such-workspace/${SUMMARIES}`,
    ofBothEnvironments: true,
    answers: [400],
  },
  '/v1beta/workspaces/:workspace/sources/:source/regulations': configSource,
  '/v1beta/workspaces/:workspace/sources/:source/destinations/:destination/metrics': configDestination(''),
  '/v1beta/workspaces/:workspace/sources/:source/destinations/:destination/metrics/:metric':
    configDestination('/successes'),
  '/v1beta/workspaces/:workspace/sources/:source/destinations/:destination/:call':
    configDestination('/metrics:getSummary'),
  '/v1beta/workspaces/:workspace/sources/:source': configSource,
  // The second mount finds one there.
  '/v1beta/workspaces/:workspace/sources/:source/destinations': inWorkspace(({ slugs }) => [slugs.mapped], {
    answers: [200, 409],
  }),
  '/v1beta/workspaces/:workspace/sources/:source/destinations/:destination': {
    ids: ({ slugs }) => [`${slugs.workspace}/${slugs.mapped}/actions-webhook`],
    missing: ({ slugs }) => `${slugs.workspace}/${slugs.mapped}/webhooks`,
  },
  '/v1beta/workspaces/:workspace/sources/:source/destinations/:destination/config/:connection': {
    ids: ({ slugs }) => [`${slugs.workspace}/${slugs.mapped}/actions-webhook/${slugs.connection}`],
    missing: ({ slugs }) => `${slugs.workspace}/${slugs.mapped}/actions-webhook/none`,
  },
  '/v1beta/workspaces/:workspace/sources/:source/schema-config': configSource,
  '/v1beta/workspaces/:workspace/sources/:source/connected-warehouses': { ...configSource, answers: [404] },
  '/v1beta/workspaces/:workspace/tracking-plans': {
    ids: ({ slugs }) => [slugs.workspace],
    missing: 'no-such-workspace',
    ofBothEnvironments: true,
  },
  '/v1beta/workspaces/:workspace/tracking-plans/:plan': configPlan,
  // The POST names a source that is none.
  '/v1beta/workspaces/:workspace/tracking-plans/:plan/source-connections': { ...configPlan, answers: [200, 404] },
  '/v1beta/workspaces/:workspace/tracking-plans/:plan/source-connections::batchCreateConnections': configPlan,
  '/v1beta/workspaces/:workspace/tracking-plans/:plan/source-connections/:source': {
    ...configPlan,
    second: ({ slugs }) => slugs.source,
  },
  ...configFilterFixtures(),
};

/** Of nobody there is. */
const REGULATION = { regulation_type: 'Unsuppress', attributes: { name: 'userId', values: ['nobody'] } };

/** Of actions-webhook. */
const SUBSCRIPTION = { name: 'Send', action_id: 'nFPnRozhz1mh4Gbx4MLvT5', trigger: 'type = "track"' };

/** Names of filters have the destination's number in them, or not. */
function configFilterFixtures(): Record<string, Fixture> {
  const at = '/v1beta/workspaces/:workspace/sources/:source/destinations/:destination';
  const type = ({ slugs }: Victim) => `${slugs.mapped}/actions-webhook`;
  const numbered = (of: Victim) => `${type(of)}/${connectionId(of.ids.actionsDestination)}`;
  return {
    [`${at}/filters`]: inWorkspace((of) => [type(of)]),
    [`${at}/filters/:filter`]: inWorkspace((of) => [`${type(of)}/${of.configFilters[0]}`]),
    [`${at}/config/:connection/filters`]: inWorkspace((of) => [numbered(of)]),
    [`${at}/config/:connection/filters/:filter`]: inWorkspace((of) => [`${numbered(of)}/${of.configFilters[1]}`]),
  };
}

function configFilterBodies(): Record<string, object> {
  const filter = { title: 'taken over', if: 'all', actions: [{ type: 'sample_event', percent: 1 }], enabled: true };
  return Object.fromEntries(
    Object.keys(configFilterFixtures()).flatMap((path) => [
      [`POST ${path}`, { filter, update_mask: 'title' }],
      [`PATCH ${path}`, { filter, update_mask: 'title' }],
    ]),
  );
}

/** What a route with a parameter needs as body to get as far as looking for the object. */
const BODIES: Readonly<Record<string, object>> = {
  'PATCH /api/v1/api-keys/:id': { name: 'taken over' },
  'POST /api/v1/api-keys/:id/rotate': { overlap_seconds: 60 },
  'POST /api/v1/api-keys/:id/twin': { scopes: ['events:read'] },
  'POST /api/v1/api-keys/:id/quarantine': { reason: 'taken over' },
  'POST /api/v1/approvals/:id/approve': {},
  'POST /api/v1/approvals/:id/reject': {},
  'PATCH /api/v1/members/:id': { role: 'viewer' },
  'PUT /api/v1/members/:id/permissions': { permissions: [] },
  'PATCH /api/v1/groups/:id': { name: 'taken over' },
  'PUT /api/v1/groups/:id/members': { emails: [] },
  'PUT /api/v1/groups/:id/permissions': { permissions: [] },
  'POST /v1beta/workspaces/:workspace/roles/:role/policies': { policy: { subject: 'users/x', resource: 'x' } },
  'POST /v1beta/workspaces/:workspace/invites': { invite: { email: 'taken@over.test' } },
  'PATCH /api/v1/passkeys/:id': { name: 'taken over' },
  'PATCH /api/v1/sources/:id': { name: 'taken over' },
  'PATCH /api/v1/sources/:id/schema-settings': { track: { allow_unplanned_events: false } },
  'PATCH /api/v1/audiences/:id': { name: 'taken over' },
  'PATCH /api/v1/warehouses/:id': { name: 'taken over' },
  'PATCH /api/v1/tracking-plans/:id': { name: 'taken over' },
  'PUT /api/v1/tracking-plans/:id/rules': { rules: [] },
  'POST /v1beta/workspaces/:workspace/tracking-plans/:plan/source-connections': { source_name: 'none' },
  'POST /v1beta/workspaces/:workspace/tracking-plans': { tracking_plan: { display_name: 'taken over' } },
  'PUT /v1beta/workspaces/:workspace/tracking-plans/:plan': { tracking_plan: { display_name: 'taken over' } },
  'PATCH /v1beta/workspaces/:workspace/tracking-plans/:plan': { tracking_plan: { display_name: 'taken over' } },
  'POST /v1beta/workspaces/:workspace/tracking-plans/:plan/source-connections::batchCreateConnections': {
    source_names: [],
  },
  'PATCH /api/v1/destinations/:id': { name: 'taken over' },
  'POST /api/v1/destinations/:id/filters': {
    title: 'taken over',
    if: 'all',
    actions: [{ type: 'SAMPLE', percent: 1 }],
  },
  'PATCH /api/v1/destinations/:id/filters/:filter_id': { title: 'taken over' },
  'PATCH /api/v1/transformations/:id': { name: 'taken over' },
  'POST /api/v1/destinations/:id/subscriptions': SUBSCRIPTION,
  'PATCH /api/v1/destinations/:id/subscriptions/:subscription_id': { name: 'taken over' },
  'POST /v1beta/workspaces/:workspace/regulations': REGULATION,
  'POST /v1beta/workspaces/:workspace/sources/:source/regulations': REGULATION,
  ...configFilterBodies(),
  'PATCH /api/v1/templates/:id': { name: 'taken over' },
  'POST /api/v1/templates/:id/preview': { variables: {} },
  'PATCH /api/v1/functions/:id': { name: 'taken over' },
  'POST /api/v1/functions/:id/preview': { event: {} },
  'POST /v1beta/workspaces/:workspace/functions/preview': { function: { code: '' } },
  'PATCH /v1beta/workspaces/:workspace/functions/:function': {
    function: { code: '// taken over' },
    update_mask: 'function.code',
  },
  'PATCH /api/v1/oauth/clients/:id': { name: 'taken over' },
  'PATCH /v1beta/workspaces/:workspace/sources/:source/destinations/:destination': {
    destination: {},
    update_mask: { paths: ['destination.enabled'] },
  },
  'PATCH /v1beta/workspaces/:workspace/sources/:source/destinations/:destination/config/:connection': {
    destination: {},
    update_mask: { paths: ['destination.enabled'] },
  },
  'PATCH /v1beta/workspaces/:workspace/sources/:source': {
    source: { display_name: 'taken over' },
    update_mask: { paths: ['source.display_name'] },
  },
  // Of no warehouse, so its own caller is told so.
  'PATCH /v1beta/workspaces/:workspace/sources/:source/connected-warehouses': { warehouse_id: 'none', enabled: true },
  'PATCH /v1beta/workspaces/:workspace/sources/:source/schema-config': {
    update_mask: { paths: ['schema_config.allow_unplanned_track_events'] },
  },
};

/** Likewise, where the body names what stands in the path. */
const BODIES_BY_ID: Readonly<Record<string, (id: string) => object>> = {
  'POST /v1beta/workspaces/:workspace/functions': () => ({
    function: { display_name: randomBytes(6).toString('hex'), code: '1' },
  }),
  'POST /v1beta/workspaces/:workspace/sources/:source/destinations': (id) => ({
    destination: { name: `workspaces/${id.replace('/', '/sources/')}/destinations/1flow` },
  }),
  'POST /v1beta/workspaces/:workspace/sources': (workspace) => ({
    source: {
      name: `workspaces/${workspace}/sources/s${randomBytes(6).toString('hex')}`,
      catalog_name: 'catalog/sources/go',
    },
  }),
};

interface Reference {
  rest?: object;
  id(victim: Victim): string;
  missing: string;
  /** A signed-in user reads what is of both environments. */
  usersSeeBoth?: true;
}

/** Fields of bodies and queries that name an object: the rest of the request, and the ids that stand for the object. */
const REFERENCES: Readonly<Record<string, Reference>> = {
  'GET /api/v1/audit target_id': { id: ({ ids }) => ids.source, missing: NO_UUID, usersSeeBoth: true },
  'GET /api/v1/audit/export target_id': { id: ({ ids }) => ids.source, missing: NO_UUID, usersSeeBoth: true },
  'GET /api/v1/destinations source_id': { id: ({ ids }) => ids.source, missing: NO_UUID },
  'GET /api/v1/usage key_id': { id: ({ ids }) => ids.key, missing: NO_UUID, usersSeeBoth: true },
  'GET /api/v1/usage user_id': { id: ({ workspace }) => workspace.owner.id, missing: NO_UUID, usersSeeBoth: true },
  'GET /api/v1/usage client_id': { id: ({ ids }) => ids.oauthClient, missing: NO_UUID, usersSeeBoth: true },
  'POST /api/v1/destinations source_id': {
    rest: { name: 'Hook', settings: { url: 'https://example.com/' } },
    id: ({ ids }) => ids.source,
    missing: NO_UUID,
  },
  // Actions are everybody's; test/segment/scenarios/connections/subscriptions.ts asks with a real model.
  'POST /api/v1/destinations/:id/subscriptions action_id': {
    rest: SUBSCRIPTION,
    id: () => SUBSCRIPTION.action_id,
    missing: 'none',
  },
  'POST /api/v1/destinations/:id/subscriptions model_id': {
    rest: SUBSCRIPTION,
    id: ({ ids }) => ids.source,
    missing: NO_UUID,
  },
  'PATCH /api/v1/destinations/:id/subscriptions/:subscription_id model_id': {
    id: ({ ids }) => ids.source,
    missing: NO_UUID,
  },
  // test/segment/scenarios/connections/warehouses.ts asks with a real one.
  'PATCH /v1beta/workspaces/:workspace/sources/:source/connected-warehouses warehouse_id': {
    rest: { enabled: true },
    id: ({ ids }) => ids.source,
    missing: NO_UUID,
  },
  'POST /api/v1/transformations source_id': {
    rest: { name: 'Rename', if: 'all' },
    id: ({ ids }) => ids.source,
    missing: NO_UUID,
  },
  'PATCH /api/v1/transformations/:id source_id': { id: ({ ids }) => ids.source, missing: NO_UUID },
  // The stranger has no such plan either; api/connections/tracking-plans.test.ts asks with one.
  'GET /api/v1/tracking-plans/:id/schema source_id': { id: ({ ids }) => ids.source, missing: NO_UUID },
  'GET /api/v1/metrics/events source_id': { id: ({ ids }) => ids.source, missing: NO_UUID },
  'GET /api/v1/metrics/deliveries destination_id': { id: ({ ids }) => ids.destination, missing: NO_UUID },
  'GET /api/v1/regulations source_id': { id: ({ ids }) => ids.source, missing: NO_UUID },
  'POST /api/v1/regulations source_id': {
    rest: { type: 'unsuppress', subject_ids: ['nobody'] },
    id: ({ ids }) => ids.source,
    missing: NO_UUID,
  },
  'GET /api/v1/events source_id': { id: ({ ids }) => ids.source, missing: NO_UUID },
  'POST /api/v1/emails/send template_id': {
    rest: { to: 'ada@example.com' },
    id: ({ ids }) => ids.template,
    missing: NO_UUID,
  },
  'POST /api/v1/emails/send template_slug': {
    rest: { to: 'ada@example.com' },
    id: ({ slugs }) => slugs.template,
    missing: 'no-such-template',
  },
  'POST /oauth/interaction/:uid/confirm workspace_id': {
    rest: { environment: 'live' },
    id: ({ workspace }) => workspace.workspace.id,
    missing: NO_UUID,
  },
  'POST /api/auth/api-keys tenant_slug': {
    rest: { name: 'Key' },
    id: ({ slugs }) => slugs.workspace,
    missing: 'no-such-workspace',
  },
};

/** Belongs to no workspace: everybody gets the same. */
const EVERYBODYS = /^(\/api\/v1|\/v1beta)?\/catalog\//;

const DAY_MS = 86_400_000;
const MONTH = `?period=${new Date().toISOString().slice(0, 8)}01`;
const [TWO_DAYS_AGO, YESTERDAY] = [2, 1].map((days) => new Date(Date.now() - days * DAY_MS).toISOString());
const LAST_DAYS = `?granularity=DAY&startTime=${TWO_DAYS_AGO}&endTime=${YESTERDAY}`;

/** The same at every call, while the clock goes on. */
const CONFIG_DAYS = LAST_DAYS.replaceAll('Time=', '_time=');

/** What a list needs to answer at all. */
const QUERIES: Readonly<Record<string, string>> = {
  '/echo': '?message=hello',
  '/functions': '?resourceType=SOURCE',
  '/insert-function-instances': '?functionId=none',
  '/usage/api-calls/daily': MONTH,
  '/usage/api-calls/sources/daily': MONTH,
  '/usage/mtu/daily': MONTH,
  '/usage/mtu/sources/daily': MONTH,
  '/events/volume': LAST_DAYS,
  '/v1beta/workspaces/:workspace/functions': '?type=SOURCE',
  '/api/v1/metrics/events': LAST_DAYS.replace('DAY', 'day').replaceAll('Time=', '='),
  '/v1beta/workspaces/:workspace/sources/:source/destinations/:destination/metrics': CONFIG_DAYS,
  '/v1beta/workspaces/:workspace/sources/:source/destinations/:destination/metrics/:metric': CONFIG_DAYS,
  '/api/v1/metrics/usage': `?month=${new Date().toISOString().slice(0, 7)}`,
};

/** Fields that look like references and are none: they give the object its own name. */
const OWN_NAMES = new Set([
  // A preview's, given back as it came; and what a client read of a function and sends back.
  'POST /v1beta/workspaces/:workspace/functions/preview session_id',
  ...[
    'POST /v1beta/workspaces/:workspace/functions',
    'PATCH /v1beta/workspaces/:workspace/functions/:function',
  ].flatMap((route) => ['id', 'workspace_id', 'catalog_id'].map((field) => `${route} ${field}`)),
  'POST /api/v1/sources slug',
  'PATCH /api/v1/sources/:id slug',
  'POST /api/v1/templates slug',
  'PATCH /api/v1/templates/:id slug',
  'POST /api/v1/passkeys id',
  // User ids, as events have them.
  'POST /api/v1/regulations subject_ids',
  // Roles are everybody's; for what permissions name see test/segment/permissions/people.test.ts.
  ...[
    'POST /api/v1/api-keys',
    'PATCH /api/v1/api-keys/:id',
    'PUT /api/v1/groups/:id/permissions',
    'PUT /api/v1/members/:id/permissions',
  ].flatMap((route) => [`${route} role_id`, `${route} id`]),
]);

/** About a source or destination that the query names: test/segment and http/api/metrics.test.ts ask them as a stranger. */
const ABOUT_ONE = /^\/(delivery-overview\/|api\/v1\/metrics\/deliveries$)/;

/** An answer that never ends; events/pipeline/pipeline.test.ts watches it with two scopes. */
const ENDLESS = new Set(['/api/v1/events/stream']);

let app: TestApp;
let victim: Victim;

const env = { SMTP_URL: 'smtp://127.0.0.1:9' };
const apps: TestApp[] = [];

beforeAll(async () => {
  app = await buildApp({ env });
  apps.push(app);
  victim = await newVictim(app);
});

afterAll(async () => {
  for (const one of apps) await one.stop();
});

/** The Config API lets a caller ask 200 times a minute; another process on the same database counts anew. */
const CONFIG_ROUTES_A_PROCESS = 60;

async function nextProcess(): Promise<void> {
  app = await buildApp({ env, database: app.database });
  apps.push(app);
}

/** The route as the tables above name it. */
function nameOf(route: DeclaredRoute): string {
  return route.url.replace(/^\/(segment|segment-config|segmentflow|subscribeflow|segops)(?=\/)/, '').replace(/\/$/, '');
}

function closedRoutes(): DeclaredRoute[] {
  return app.http.declaredRoutes.filter(({ access }) => access.scope !== 'public' && access.scope !== 'write-key');
}

function isParametric(url: string): boolean {
  return /[:*]/.test(url);
}

/** Routes that name one object of a workspace. */
function withObject(): DeclaredRoute[] {
  return closedRoutes().filter(
    // Each call of test/segment is made by a stranger first.
    (route) => isParametric(route.url) && !EVERYBODYS.test(nameOf(route)) && route.access.door !== 'segment',
  );
}

function fixtureOf(route: DeclaredRoute): Fixture {
  const fixture = FIXTURES[nameOf(route)];
  if (!fixture) throw new Error(`${nameOf(route)} has no entry in FIXTURES of the cross-tenant test.`);
  return fixture;
}

async function ask(route: DeclaredRoute, id: string, headers: Headers, payload?: object) {
  const method = route.method as 'GET';
  const called = `${method} ${nameOf(route)}`;
  const body = payload ?? BODIES_BY_ID[called]?.(id) ?? BODIES[called];
  const second = FIXTURES[nameOf(route)]?.second?.(victim) ?? '1';
  const parts = /:\w+.*:\w+/.test(route.url) ? id.split('/') : [id];
  // A colon of the path itself is written twice.
  const path = route.url
    .replaceAll(/(?<!:):\w+|\*/g, () => encodeURIComponent(parts.shift() ?? second))
    .replaceAll('::', ':');
  const url = path + (QUERIES[nameOf(route)] ?? '');
  return await app.http.inject({ method, url, headers, ...(body && { payload: body }) });
}

/** Who may do anything with the route's object. */
function own(route: DeclaredRoute): Headers {
  const { environment, byOwner } = fixtureOf(route);
  if (byOwner) return victim.workspace.ownerHeaders();
  return environment === 'test' ? victim.ownTest : victim.own;
}

const title = (route: DeclaredRoute) => `${route.method} ${route.url}`;

describe('an object of another workspace or environment', () => {
  test('answers exactly as one that does not exist, at every route with an id', async () => {
    const routes = withObject();
    expect(routes.length).toBeGreaterThan(30);
    const before = await everything();
    const strangers = { live: await strangersTo(app, victim, 'live'), test: await strangersTo(app, victim, 'test') };
    let configRoutes = 0;
    for (const route of routes) {
      if (route.access.door === 'segment-config' && ++configRoutes % CONFIG_ROUTES_A_PROCESS === 0) await nextProcess();
      const { ids, missing, environment = 'live', usersSeeBoth, ofBothEnvironments } = fixtureOf(route);
      const { otherWorkspace, otherEnvironment } = strangers[environment];
      const mayNot = otherEnvironment.filter(
        ({ headers }) => !ofBothEnvironments && (!usersSeeBoth || !('x-headgate-environment' in headers)),
      );
      for (const { name, headers } of [...otherWorkspace, ...mayNot] satisfies Stranger[]) {
        const nothing = await ask(route, typeof missing === 'string' ? missing : missing(victim), headers);
        for (const id of ids(victim)) {
          const answer = await ask(route, id, headers);
          const told = `${title(route)} for ${name}`;
          expect([answer.statusCode, answer.body], told).toEqual([404, nothing.body]);
          expect(headersOf(answer.headers), told).toEqual(headersOf(nothing.headers));
        }
      }
    }
    expect(await everything()).toEqual(before);
  });

  test('is in no list', async () => {
    const secrets = [victim.marker, ...Object.values(victim.ids).filter((id) => id.length > 12)];
    const routes = closedRoutes().filter(
      (route) =>
        route.method === 'GET' &&
        !isParametric(route.url) &&
        !ENDLESS.has(nameOf(route)) &&
        !ABOUT_ONE.test(nameOf(route)) &&
        !route.access.unavailable,
    );
    const { otherWorkspace, otherEnvironment } = await strangersTo(app, victim, 'live');
    const mayNot = [...otherWorkspace, ...otherEnvironment.slice(0, 1)];
    let shown = 0;
    for (const route of routes) {
      const own = await ask(route, '', victim.own);
      expect(own.statusCode, title(route)).toBe(200);
      if (own.body.includes(victim.marker)) shown++;
      for (const { name, headers } of mayNot) {
        // The test environment of the same workspace has the sandbox's item for its own.
        if (nameOf(route) === '/api/v1/sandbox' && headers === victim.ownTest) continue;
        // People belong to a workspace with both of its environments.
        if (/^(\/api\/v1\/(members|invitations|groups)|\/groups)$/.test(nameOf(route)) && headers === victim.ownTest)
          continue;
        const answer = await ask(route, '', headers);
        expect(answer.statusCode, `${title(route)} for ${name}`).toBe(200);
        for (const secret of secrets) expect(answer.body, `${title(route)} for ${name}`).not.toContain(secret);
      }
    }
    // Sources, destinations, events, people, templates, emails and both lists of keys, at both mounts.
    expect(shown).toBeGreaterThanOrEqual(16);
  });

  test('cannot be named by a field of a body or a query', async () => {
    const found = closedRoutes().flatMap((route) =>
      fieldsOf(route).map((field) => ({ route, field, name: `${route.method} ${nameOf(route)} ${field}` })),
    );
    const { otherWorkspace, otherEnvironment } = await strangersTo(app, victim, 'live');
    for (const { route, field, name } of found) {
      if (OWN_NAMES.has(name)) continue;
      const reference = REFERENCES[name];
      if (!reference) throw new Error(`${name} has no entry in REFERENCES of the cross-tenant test.`);
      const { rest, id, missing, usersSeeBoth } = reference;
      // The other environment of a workspace has the same slug.
      const callers = field === 'tenant_slug' ? otherWorkspace : [...otherWorkspace, ...otherEnvironment];
      for (const { name: caller, headers } of callers) {
        if (
          usersSeeBoth &&
          'x-headgate-environment' in headers &&
          headers['authorization'] === victim.workspace.ownerHeaders()['authorization']
        )
          continue;
        const send = (value: string) =>
          route.method === 'GET'
            ? app.http.inject({ url: `${route.url}?${field}=${value}`, headers })
            : ask(route, '', headers, { ...rest, [field]: value });
        const [answer, nothing] = [await send(id(victim)), await send(missing)];
        expect([answer.statusCode, answer.body], `${name} for ${caller}`).toEqual([nothing.statusCode, nothing.body]);
        expect(answer.statusCode, `${name} for ${caller}`).toBeLessThan(500);
        if (route.method !== 'GET') expect(answer.statusCode, `${name} for ${caller}`).toBeGreaterThanOrEqual(400);
      }
    }
    expect(found.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(REFERENCES)));
  });

  test('is there for its own workspace, so that the ids above are real', async () => {
    const routes = withObject();
    for (const route of routes) {
      if (route.method === 'DELETE') continue;
      for (const id of fixtureOf(route).ids(victim)) {
        const answer = await ask(route, id, own(route));
        const { answers = [200] } = fixtureOf(route);
        expect(answers, `${title(route)} ${answer.body}`).toContain(answer.statusCode);
      }
    }
    const deleted = new Set<string>();
    for (const route of routes.reverse()) {
      if (route.method !== 'DELETE' || deleted.has(nameOf(route))) continue;
      deleted.add(nameOf(route));
      const answer = await ask(route, fixtureOf(route).ids(victim)[0] ?? '', own(route));
      // Clients of the Config API break on a 204 (contract segment-config-api §1).
      const done = nameOf(route).startsWith('/v1beta/') ? 200 : 204;
      expect(answer.statusCode, `${title(route)} ${answer.body}`).toBe(done);
    }
  });
});

describe('a credential', () => {
  test('is needed at every route that is not public: 401 with WWW-Authenticate', async () => {
    for (const route of app.http.declaredRoutes) {
      if (route.access.scope === 'public' || route.url === '/v1/projects/:writeKey/settings') continue;
      const answer = await ask(route, '1', {}, route.method === 'POST' ? {} : undefined);
      expect(answer.statusCode, title(route)).toBe(401);
      const scheme = route.access.scope === 'write-key' ? 'Basic' : 'Bearer';
      expect(answer.headers['www-authenticate'], title(route)).toBe(`${scheme} realm="headgate"`);
    }
  });

  test('without the scope of a route is refused with 403, which names the scope', async () => {
    const workspace = await newWorkspace(app);
    const lacking = new Map<string, Headers>();
    for (const route of closedRoutes()) {
      const { scope } = route.access;
      if (scope === 'signed-in') continue;
      const scopes: ScopeName[] = SCOPE_NAMES.filter((name) => !allowedScopes([name]).has(scope as ScopeName));
      const headers = lacking.get(scope) ?? (await workspace.keyHeaders({ scopes, maySend: true }));
      lacking.set(scope, headers);
      const answer = await ask(route, '1', headers);
      // The Config API documents the words of this refusal; the challenge names the scope everywhere.
      const named = nameOf(route).startsWith('/v1beta/') ? 'insufficient scope' : scope;
      expect([answer.statusCode, answer.body], title(route)).toEqual([403, expect.stringContaining(named)]);
      expect(answer.headers['www-authenticate'], title(route)).toContain(
        `error="insufficient_scope", scope="${scope}"`,
      );
    }
    expect(lacking.size).toBeGreaterThan(10);
  });

  test('that may not send is refused with 403 send_not_allowed at every route that sends', async () => {
    const workspace = await newWorkspace(app);
    const callers = [await workspace.keyHeaders(), await workspace.keyHeaders({ environment: 'test' })];
    const routes = closedRoutes().filter((route) => route.access.sends);
    expect(routes.length).toBeGreaterThan(0);
    for (const route of routes) {
      for (const headers of callers) {
        const answer = await ask(route, '1', headers);
        expect([answer.statusCode, answer.json().error.code], title(route)).toEqual([403, 'send_not_allowed']);
      }
    }
  });
});

/** What the victim's own key reads of each of its objects. */
async function everything(): Promise<Record<string, string>> {
  const answers: Record<string, string> = {};
  for (const route of withObject()) {
    // One client of the Config API deploys functions with GET.
    if (route.method !== 'GET' || route.url.endsWith('/deploy')) continue;
    const fixture = fixtureOf(route);
    const headers = own(route);
    for (const id of fixture.ids(victim)) {
      const { body } = await ask(route, id, headers);
      // A report of the last days moves with the clock.
      answers[`${title(route)} ${id}`] = body.replace(/"(from|to)":"\d{4}-[^"]*"/g, '"$1":""');
    }
  }
  const keys = await app.http.inject({ url: '/api/v1/api-keys', headers: victim.own });
  const listed = keys.json().items as { id: string; revoked_at: string | null }[];
  answers['keys'] = JSON.stringify(listed.map(({ id, revoked_at }) => [id, revoked_at]));
  return answers;
}

/** Without what differs between any two answers. */
function headersOf(headers: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !/^(date|x-request-id|(x-)?ratelimit(-.*)?)$/.test(name)),
  );
}

/** Names of the body's and query's fields that end in id or slug, at any depth. */
function fieldsOf({ schema }: DeclaredRoute): string[] {
  const fields = new Set<string>();
  const walk = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    if ('properties' in part && typeof part.properties === 'object' && part.properties !== null) {
      for (const name of Object.keys(part.properties)) if (/(^|_)(ids?|slug)$/.test(name)) fields.add(name);
    }
    for (const value of Object.values(part)) walk(value);
  };
  walk(schema.body);
  walk(schema.querystring);
  return [...fields];
}
