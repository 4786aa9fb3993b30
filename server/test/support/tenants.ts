/** Two workspaces for the cross-tenant test: one with an object of every kind, and callers who must not see any of it. */
import { randomBytes } from 'node:crypto';
import { functionId } from '../../src/http/segment/protocol/function-ids.ts';
import { shortId } from '../../src/http/segment/protocol/ids.ts';
import { connectionId } from '../../src/http/segment-config/connections/destination-names.ts';
import { newId } from '../../src/ids.ts';
import { capture } from '../../src/outbound/sandbox.ts';
import { newWorkspace, processEvents, type TestApp, type TestWorkspace } from './app.ts';

export type Headers = Record<string, string>;

export interface Victim {
  readonly workspace: TestWorkspace;
  /** Stands in the name, address or payload of everything the workspace has. */
  readonly marker: string;
  readonly ids: Readonly<
    Record<
      | 'source'
      | 'regulation'
      | 'configRegulation'
      | 'destination'
      | 'actionsDestination'
      | 'subscription'
      | 'warehouse'
      | 'audience'
      | 'audiencePreview'
      | 'label'
      | 'filter'
      | 'transformation'
      | 'plan'
      | 'function'
      | 'functionVersion'
      | 'delivery'
      | 'event'
      | 'person'
      | 'template'
      | 'email'
      | 'key'
      | 'keyNumber'
      | 'accessToken'
      | 'oauthClient'
      | 'oauthGrant'
      | 'sandbox'
      | 'alert'
      | 'approval'
      | 'audit'
      | 'member'
      | 'invitation'
      | 'group'
      | 'session'
      | 'passkey',
      string
    >
  >;
  /** Of the source. */
  readonly writeKey: string;
  /** Of actionsDestination. */
  readonly configFilters: readonly string[];
  readonly slugs: {
    /** Of a source whose destination has a subscription, and the id in the Config API of a second one. */
    readonly mapped: string;
    readonly connection: string;
    readonly template: string;
    readonly workspace: string;
    /** Of one of its own, which its own source follows. */
    readonly plan: string;
    /** Of a source of its own, for the Config API, which deletes it with all it has. */
    readonly source: string;
    readonly function: string;
    /** Of the Config API: `<role>/policies' last part`, of a member. */
    readonly policy: string;
    /** Of the Config API, which withdraws it. */
    readonly invite: string;
  };
  /** Of its live environment, with all scopes and the right to send. */
  readonly own: Headers;
  readonly ownTest: Headers;
}

/** Callers with every right, in another place. */
export interface Stranger {
  readonly name: string;
  readonly headers: Headers;
}

/** Everything is in the live environment, except the sandbox's item, which only the test environment can have. */
export async function newVictim(app: TestApp): Promise<Victim> {
  const workspace = await newWorkspace(app);
  const marker = `hidden${randomBytes(8).toString('hex')}`;
  const own = await workspace.keyHeaders({ maySend: true });
  const make = async (path: string, payload: object): Promise<Record<string, string>> => {
    const answer = await app.http.inject({ method: 'POST', url: `/api/v1${path}`, headers: own, payload });
    if (answer.statusCode >= 300) throw new Error(`${path}: ${answer.statusCode} ${answer.body}`);
    return answer.json();
  };
  const key = await make('/api-keys', { name: marker, scopes: ['events:read'] });
  const token = await make('/api-keys', { name: marker, scopes: ['workspace:read'] });
  const source = await make('/sources', { name: marker });
  const label = await make('/labels', { key: marker, value: marker });
  const configSource = await make('/sources', { name: marker });
  // Nothing listens there: another test's delivery worker may try it.
  const settings = { url: `http://127.0.0.1:9/${marker}` };
  // Each API withdraws one.
  const undo = { type: 'unsuppress', subject_ids: [marker] };
  const [regulation, configRegulation] = [await make('/regulations', undo), await make('/regulations', undo)];
  const destination = await make('/destinations', { name: marker, source_id: source['id'], settings });
  const closed = { hostname: '127.0.0.1', port: '1', database: marker, username: marker, password: marker };
  const rule = { title: marker, if: 'all', actions: [{ type: 'SAMPLE', percent: 1 }] };
  const filter = await make(`/destinations/${destination['id']}/filters`, rule);
  const renaming = { name: marker, source_id: source['id'], if: `event = '${marker}'` };
  const transformation = await make('/transformations', renaming);
  const warehouse = await make('/warehouses', { name: marker, type: '55d3d3aea3c', settings: closed });
  // A source with destinations cannot be deleted, and every object is once.
  const mapped = await make('/sources', { name: marker });
  const actions = { name: marker, type: 'actions-webhook', source_id: mapped['id'], settings: {} };
  const actionsDestination = (await make('/destinations', actions))['id'] ?? '';
  const second = (await make('/destinations', actions))['id'] ?? '';
  const mapping = { name: marker, action_id: 'nFPnRozhz1mh4Gbx4MLvT5', trigger: `event = "${marker}"` };
  const subscription = (await make(`/destinations/${actionsDestination}/subscriptions`, mapping))['id'] ?? '';
  const plan = await make('/tracking-plans', { name: marker });
  await connect(app, own, plan['id'] ?? '', source['id'] ?? '');
  const configPlan = await make('/tracking-plans', { name: marker });
  await connect(app, own, configPlan['id'] ?? '', configSource['id'] ?? '');
  const code = `// ${marker}`;
  const functions = await Promise.all(
    [marker, `${marker} 2`].map((name) => make('/functions', { kind: 'source', name, code })),
  );
  const [function_, configFunction] = functions.map((one) => one['id'] ?? '');
  const versions = await app.http
    .inject({ url: `/api/v1/functions/${function_}/versions`, headers: own })
    .then((answer) => answer.json<{ items: { id: string }[] }>());
  const query = `trait('${marker}') = '${marker}'`;
  const audience = await make('/audiences', { name: marker, query });
  const audiencePreview = await make('/audiences/previews', { query });
  const configFilters = [];
  for (let n = 0; n < 2; n++)
    configFilters.push((await make(`/destinations/${actionsDestination}/filters`, rule))['id']);
  const template = await make('/templates', { name: marker, slug: marker, subject: marker, html: `<p>${marker}</p>` });
  const email = await make('/emails/send', { template_id: template['id'], to: `${marker}@example.com` });
  // Twice the same: the second shows up as a duplicate.
  for (let n = 0; n < 2; n++) await track(app, source['write_key'] ?? '', marker);
  const [event] = (await app.events.list(workspace.scope(), { outcome: 'accepted' }, 1)).events;
  const [delivery] = event?.deliveries ?? [];
  const audit = await app.http
    .inject({ url: `/api/v1/audit?target_id=${source['id']}`, headers: own })
    .then((answer) => answer.json<{ items: { id: string }[] }>());
  const redirect_uris = [`https://${marker}.example/`];
  const oauthClient =
    (await make('/oauth/clients', { name: marker, scopes: ['events:read'], redirect_uris }))['id'] ?? '';
  const oauthGrant = newId();
  await app.database.db
    .insertInto('oauth_grants')
    .values({
      id: oauthGrant,
      workspace_id: workspace.workspace.id,
      environment: 'live',
      client_id: oauthClient,
      user_id: workspace.owner.id,
      scopes: ['events:read'],
    })
    .execute();
  const sandbox = await capture(app.database.db, workspace.scope('test'), 'email', marker, { subject: marker });
  const people = await peopleOf(app, workspace);
  const group = await make('/groups', { name: marker });
  return {
    workspace,
    marker,
    own,
    ownTest: await workspace.keyHeaders({ environment: 'test', maySend: true }),
    writeKey: source['write_key'] ?? '',
    slugs: {
      mapped: mapped['slug'] ?? '',
      connection: connectionId(second),
      template: marker,
      workspace: workspace.workspace.slug,
      source: configSource['slug'] ?? '',
      plan: `rs_${shortId(configPlan['id'] ?? '')}`,
      function: functionId('source', configFunction ?? ''),
      policy: await policyOf(app, workspace, own),
      invite: await inviteOf(app, workspace, own),
    },
    configFilters: configFilters.map((id) => `df_${shortId(id ?? '')}`),
    ids: {
      group: group['id'] ?? '',
      oauthClient,
      oauthGrant,
      source: source['id'] ?? '',
      destination: destination['id'] ?? '',
      regulation: regulation['id'] ?? '',
      configRegulation: configRegulation['id'] ?? '',
      actionsDestination,
      subscription,
      function: function_ ?? '',
      functionVersion: versions.items[0]?.id ?? '',
      warehouse: warehouse['id'] ?? '',
      audience: audience['id'] ?? '',
      audiencePreview: audiencePreview['id'] ?? '',
      label: label['id'] ?? '',
      filter: filter['id'] ?? '',
      transformation: transformation['id'] ?? '',
      plan: plan['id'] ?? '',
      delivery: delivery?.id ?? '',
      event: String(event?.id ?? ''),
      person: event?.profile_id ?? '',
      template: template['id'] ?? '',
      email: email['id'] ?? '',
      key: key['id'] ?? '',
      keyNumber: String(key['number']),
      accessToken: String(token['number']),
      sandbox: String(sandbox),
      audit: audit.items[0]?.id ?? '',
      ...(await alertsOf(app, workspace, marker, Number(key['number']))),
      ...people,
    },
  };
}

async function connect(app: TestApp, headers: Headers, plan: string, source: string): Promise<void> {
  await app.http.inject({ method: 'PUT', url: `/api/v1/tracking-plans/${plan}/sources/${source}`, headers });
}

async function inviteOf(app: TestApp, { workspace }: TestWorkspace, headers: Headers): Promise<string> {
  const url = `/v1beta/workspaces/${workspace.slug}/invites`;
  const payload = { email: `withdrawn@${workspace.slug}.test` };
  const answer = await app.http.inject({ method: 'POST', url, headers, payload });
  if (answer.statusCode !== 200) throw new Error(`invites: ${answer.body}`);
  return answer.json<{ name: string }>().name.split('/invites/')[1] ?? '';
}

/** The role of a member of its own, by the last two names of its policy. */
async function policyOf(app: TestApp, { workspace }: TestWorkspace, own: Headers): Promise<string> {
  const user = { email: `policy@${workspace.slug}.test`, password: randomBytes(12).toString('hex') };
  const member = await app.access.workspaces.addMember(workspace.id, user, 'viewer');
  const url = `/v1beta/workspaces/${workspace.slug}/roles/-/policies`;
  const { policies } = (await app.http.inject({ url, headers: own })).json<{
    policies: { name: string; subject: string }[];
  }>();
  const found = policies.find(({ subject }) => subject === `users/${shortId(member)}`);
  return found?.name.split('/roles/')[1]?.replace('/policies', '') ?? '';
}

/** An alert, a leak, and a send that waits for approval; of nobody's making, so that the owner may decide. */
async function alertsOf(app: TestApp, workspace: TestWorkspace, marker: string, keyId: number) {
  const { db } = app.database;
  const place = { workspace_id: workspace.workspace.id, environment: 'live', key_id: keyId } as const;
  const [alert, approval] = [newId(), newId()];
  const about = { kind: 'key_in_url', severity: 'info', title: marker, text: marker } as const;
  await db
    .insertInto('alerts')
    .values({ id: alert, ...place, ...about })
    .execute();
  const seen = { token_hash: randomBytes(32), reported_by: 'finder', source: 'finder', url: marker } as const;
  const at = new Date();
  await db
    .insertInto('leaks')
    .values({
      id: newId(),
      ...place,
      ...seen,
      place: randomBytes(32),
      action: 'none',
      found_at: at,
      last_reported_at: at,
    })
    .execute();
  const asked = { lineage: 'nobody00', route: marker, fingerprint: randomBytes(32), recipients: 1 };
  const expires_at = new Date(Date.now() + 86_400_000);
  await db
    .insertInto('approvals')
    .values({ id: approval, ...place, ...asked, expires_at })
    .execute();
  return { alert, approval };
}

/** A member with a session, somebody invited, and a passkey of the owner. */
async function peopleOf(app: TestApp, workspace: TestWorkspace) {
  const { access, database } = app;
  const { id, slug } = workspace.workspace;
  const password = 'a password of many words';
  const member = await access.workspaces.addMember(id, { email: `member@${slug}.test`, password }, 'viewer');
  const { familyId: session } = await access.tokens.verifyAccess((await access.tokens.issue(member)).access);
  const [invitation, passkey] = [newId(), newId()];
  await database.db
    .insertInto('invitations')
    .values({
      id: invitation,
      workspace_id: id,
      email: `invited@${slug}.test`,
      role: 'viewer',
      token_hash: randomBytes(32),
      expires_at: new Date(Date.now() + 86_400_000),
    })
    .execute();
  await database.db
    .insertInto('passkeys')
    .values({
      id: passkey,
      user_id: workspace.owner.id,
      credential_id: randomBytes(16).toString('base64url'),
      public_key: randomBytes(77),
      counter: 0,
      transports: [],
      name: 'Laptop',
      backed_up: false,
    })
    .execute();
  return { member, session, invitation, passkey };
}

async function track(app: TestApp, writeKey: string, marker: string): Promise<void> {
  const payload = {
    writeKey,
    userId: marker,
    event: marker,
    messageId: marker,
    traits: { email: `${marker}@example.com` },
  };
  const answer = await app.http.inject({ method: 'POST', url: '/v1/track', payload });
  if (answer.statusCode !== 200) throw new Error(`/v1/track: ${answer.body}`);
  await processEvents(app);
}

/** @param environment of the object they ask for. */
export async function strangersTo(
  app: TestApp,
  victim: Victim,
  environment: 'live' | 'test',
): Promise<{ otherWorkspace: Stranger[]; otherEnvironment: Stranger[] }> {
  const other = environment === 'live' ? 'test' : 'live';
  const elsewhere = await newWorkspace(app);
  return {
    otherWorkspace: [
      { name: 'a key of another workspace', headers: await elsewhere.keyHeaders({ environment, maySend: true }) },
      { name: 'the owner of another workspace', headers: elsewhere.ownerHeaders(environment) },
    ],
    otherEnvironment: [
      { name: 'a key of the other environment', headers: environment === 'live' ? victim.ownTest : victim.own },
      { name: 'the owner in the other environment', headers: victim.workspace.ownerHeaders(other) },
    ],
  };
}

export const NO_UUID = newId();
export const NO_NUMBER = '900000000000001';
