/** Three processes on one PostgreSQL are one authorization server: codes and refresh tokens are good once, an end is one everywhere. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  agree,
  authorizeUrl,
  CALLBACK,
  callApi,
  exchange,
  newPkce,
  type RegisteredApp,
  refresh,
} from '../support/oauth.ts';
import { startPostgres, type ThrowAwayPostgres } from '../support/processes/postgres.ts';
import { call, type Installation, install, type RunningServer, signIn } from '../support/processes/process.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

// Known before the tests are: without PostgreSQL they are skipped.
const postgres: ThrowAwayPostgres | null = await startPostgres();
const installations: Installation[] = [];
const running: RunningServer[] = [];
let urls: string[] = [];
let first = '';
let token = '';
let app: RegisteredApp;
let workspaceId = '';

beforeAll(async () => {
  if (!postgres) return;
  const HEADGATE_SECRET = randomBytes(32).toString('hex');
  let issuer = '';
  for (let n = 0; n < 3; n++) {
    const env = { HEADGATE_SECRET, ...(issuer && { HEADGATE_PUBLIC_URL: issuer }) };
    const installation = await install({ databaseUrl: postgres.url, env });
    installations.push(installation);
    running.push(await installation.start());
    // The first one's default, which browsers reach.
    issuer ||= installation.url.replace('127.0.0.1', 'localhost');
  }
  urls = installations.map(({ url }) => url);
  [first = ''] = urls;
  token = (await signIn(first)).access;
  const me = await call<{ workspace: { id: string } }>(first, '/api/v1/me', { token });
  workspaceId = me.workspace.id;
  app = await call<RegisteredApp & Record<string, unknown>>(first, '/api/v1/oauth/clients', {
    token,
    body: { name: 'App', scopes: ['sources:read'], redirect_uris: [CALLBACK] },
  });
});

afterAll(async () => {
  await Promise.all(running.map((server) => server.stop()));
  for (const installation of installations) installation.remove();
  await postgres?.stop();
});

const at = (n: number) => urls[n % urls.length] ?? '';

async function newCode() {
  const pkce = newPkce();
  const to = authorizeUrl(first.replace('127.0.0.1', 'localhost'), app.id, pkce);
  const headers = { authorization: `Bearer ${token}` };
  return { pkce, code: await agree(first.replace('127.0.0.1', 'localhost'), to, workspaceId, headers) };
}

describe.skipIf(!postgres)('three processes', () => {
  test('a code that is exchanged at all of them at once leaves no token that works', async () => {
    const { pkce, code } = await newCode();
    const answers = await Promise.all(Array.from({ length: 60 }, (_, n) => exchange(at(n), app, code, pkce)));
    const issued = answers.filter(({ status }) => status === 200);
    expect(issued.length).toBeLessThanOrEqual(1);
    for (const { body } of issued) for (const url of urls) expect(await callApi(url, body.access_token)).toBe(401);
  });

  test('a refresh token that is used at all of them at once has one answer', async () => {
    const { pkce, code } = await newCode();
    const { body } = await exchange(at(1), app, code, pkce);
    const answers = await Promise.all(Array.from({ length: 30 }, (_, n) => refresh(at(n), app, body.refresh_token)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect((await refresh(at(2), app, answers[0]?.body.refresh_token ?? '')).status).toBe(200);
  });

  test('a grant that ends at one is refused by all within a second', async () => {
    const late: number[] = [];
    for (let n = 0; n < 10; n++) {
      const { pkce, code } = await newCode();
      const { body } = await exchange(at(n), app, code, pkce);
      for (const url of urls) expect(await callApi(url, body.access_token)).toBe(200);
      const grants = await call<{ items: { id: string }[] }>(first, '/api/v1/oauth/grants?limit=1', { token });
      const ended = fetch(`${at(n)}/api/v1/oauth/grants/${grants.items[0]?.id}`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${token}` },
      }).then(() => performance.now());
      const refusedAt = await Promise.all(
        urls.map(async (url) => {
          while ((await callApi(url, body.access_token)) === 200);
          return performance.now();
        }),
      );
      late.push(Math.max(...refusedAt) - (await ended));
    }
    expect(Math.max(...late)).toBeLessThan(1_000);
  });
});
