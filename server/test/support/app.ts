/**
 * The app for door tests: one real database and one app in each test process, a new workspace for each test.
 * Requests go through `app.http.inject`; loops run only where a test starts them.
 */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { meterOf } from '../../src/access/meter.ts';
import type { Principal, Role } from '../../src/access/principal.ts';
import type { ScopeName } from '../../src/access/scopes.ts';
import type { UsageRecord } from '../../src/access/usage/log/intake.ts';
import { type App, type AppParts, createApp } from '../../src/app.ts';
import { type Config, readConfig } from '../../src/config.ts';
import type { Database } from '../../src/db/open.ts';
import type { Environment, Scope } from '../../src/db/tx.ts';
import type { RetryPolicy } from '../../src/delivery/retry.ts';
import { isBehind } from '../../src/events/log/read.ts';
import type { Pipeline } from '../../src/events/pipeline/pipeline.ts';
import { testDatabase } from './database.ts';

export interface TestApp extends App {
  readonly database: Database;
  readonly config: Config;
  readonly secret: string;
}

/** Made by who writes to it, such as the audit trail's checkpoints; never that of an installation in this directory. */
const DATA_DIR = join(tmpdir(), `headgate-test-app-${process.pid}`);
process.once('exit', () => rmSync(DATA_DIR, { recursive: true, force: true }));

export const TEST_SECRET = 'a secret that only the tests know, 32 or more';

// On globalThis, because a test runner may evaluate this module once a file.
const shared: typeof globalThis & { headgateTestApp?: Promise<TestApp> } = globalThis;

/** The same app for every test of the process. */
export function testApp(): Promise<TestApp> {
  shared.headgateTestApp ??= testDatabase().then((database) => buildApp({ database }));
  return shared.headgateTestApp;
}

/** Another app on the same database, for tests that need their own log, clock or configuration. The test stops it. */
export async function buildApp(parts: {
  database?: Database;
  env?: Record<string, string>;
  log?: AppParts['log'];
  retryPolicy?: RetryPolicy;
}): Promise<TestApp> {
  const database = parts.database ?? (await testDatabase());
  const config = readConfig({
    PORT: '0',
    HEADGATE_ALLOW_PRIVATE_NETWORK: 'true',
    HEADGATE_DATA_DIR: DATA_DIR,
    ...parts.env,
  });
  const log = parts.log ?? pino({ level: process.env['TEST_LOG_LEVEL'] ?? 'silent' });
  const { retryPolicy } = parts;
  const app = await createApp({ config, database, log, secret: TEST_SECRET, ...(retryPolicy && { retryPolicy }) });
  await app.http.ready();
  if (process.env['TEST_KEYED_POSTS']) keyEveryPost(app);
  return { ...app, database, config, secret: TEST_SECRET };
}

/**
 * TEST_KEYED_POSTS=1: every POST of the door tests carries an Idempotency-Key of its own, and so runs in one transaction
 * with its record. What works without a key must work with one.
 */
function keyEveryPost({ http }: Pick<App, 'http'>): void {
  const inject = http.inject.bind(http) as (options: unknown) => unknown;
  const keyed = (options: { method?: string; headers?: Record<string, string> }) =>
    inject(
      options.method === 'POST'
        ? { ...options, headers: { 'idempotency-key': randomBytes(8).toString('hex'), ...options.headers } }
        : options,
    );
  http.inject = keyed as typeof http.inject;
}

/**
 * Runs the pipeline until the log is read to its end. On a server one empty turn does not say so: while another test's
 * transaction is open, rows behind it are left for later, because they could still be overtaken.
 */
export async function processEvents(app: TestApp, pipeline: Pick<Pipeline, 'runOnce'> = app.pipeline): Promise<void> {
  while (await isBehind(app.database.db)) {
    if ((await pipeline.runOnce()) === 0) await new Promise((done) => setTimeout(done, 5));
  }
}

export interface KeyOptions {
  /** Missing or empty: full access. */
  scopes?: ScopeName[];
  /** Default live. */
  environment?: Environment;
  /** Default false. */
  maySend?: boolean;
}

export interface TestWorkspace {
  readonly workspace: { id: string; slug: string };
  readonly owner: { id: string; email: string; password: string };
  /** Access token of the owner. */
  readonly ownerToken: string;
  /** Headers of the signed-in owner: `{ authorization, 'x-headgate-environment' }`. */
  ownerHeaders(environment?: Environment): Record<string, string>;
  /** Default live. */
  scope(environment?: Environment): Scope;
  /** The text of a new key. */
  key(options?: KeyOptions): Promise<string>;
  /** Headers with a new key. */
  keyHeaders(options?: KeyOptions): Promise<{ authorization: string }>;
  /** Headers of a new signed-in user with this role. */
  memberHeaders(role: Role): Promise<{ authorization: string }>;
}

/** An empty workspace that no other test touches. */
export async function newWorkspace(app: TestApp): Promise<TestWorkspace> {
  const { access } = app;
  const slug = `test-${randomBytes(8).toString('hex')}`;
  const owner = { email: `owner@${slug}.test`, password: `password of ${slug}` };
  const { workspaceId, ownerId } = await access.workspaces.create({ slug, name: `Workspace ${slug}`, owner });
  const session = await access.tokens.issue(ownerId);

  async function key(options: KeyOptions = {}): Promise<string> {
    const claims = await access.tokens.verifyAccess(session.access);
    const environment = options.environment ?? 'live';
    const caller = await access.workspaces.principalOf(claims, { workspace: null, environment });
    const made = await access.keys.mint(caller, {
      name: 'test key',
      scopes: options.scopes ?? [],
      maySend: options.maySend ?? false,
    });
    return made.text;
  }

  return {
    workspace: { id: workspaceId, slug },
    owner: { id: ownerId, ...owner },
    ownerToken: session.access,
    ownerHeaders: (environment = 'live') => ({
      authorization: `Bearer ${session.access}`,
      'x-headgate-environment': environment,
    }),
    scope: (environment = 'live') => ({ workspaceId, environment }),
    key,
    keyHeaders: async (options) => ({ authorization: `Bearer ${await key(options)}` }),
    async memberHeaders(role) {
      const email = `${role}-${randomBytes(4).toString('hex')}@${slug}.test`;
      const userId = await access.workspaces.addMember(workspaceId, { email, password: owner.password }, role);
      return { authorization: `Bearer ${(await access.tokens.issue(userId)).access}` };
    },
  };
}

/** A request of this caller, as the usage log takes it. */
export function useOf(caller: Principal, ip: string): UsageRecord {
  return {
    at: Date.now(),
    caller: meterOf(caller),
    route: 'GET /api/v1/sources sources.list sources:read -',
    status: 200,
    rows: 0,
    bytes: 2,
    ms: 1,
    ip,
    agent: 'test',
    test: false,
    number: 1,
    code: null,
    shadow: null,
    entity: null,
    idempotency: null,
  };
}
