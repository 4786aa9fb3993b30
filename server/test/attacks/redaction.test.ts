/**
 * Attack list 5 (docs/security.md): keys go through every route, in every place of a request, and into errors. Then everything
 * that a process leaves behind is searched: its output, its files with the database, and its metrics.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createApp } from '../../src/app.ts';
import { createLogger } from '../../src/http/logging.ts';
import { TEST_SECRET, testApp } from '../support/app.ts';
import { call, type Installation, install, type RunningServer, signIn } from '../support/processes/process.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 90_000 });

let installation: Installation;
let running: RunningServer;
/** What may be found nowhere: the secret part of each credential. */
const secrets: Record<string, string> = {};

beforeAll(async () => {
  installation = await install({ env: { LOG_LEVEL: 'debug' } });
  running = await installation.start();
});

afterAll(() => {
  vi.resetConfig();
  installation?.remove();
});

async function mint(token: string, name: string): Promise<string> {
  const made = await call<{ key: string }>(installation.url, '/api/v1/api-keys', {
    token,
    body: { name, ...(name === 'revoked' && { scopes: ['events:read'] }) },
  });
  secrets[name] = made.key.slice(-38);
  return made.key;
}

test('keys in every place of a request to every route leave no trace in output, files, database and metrics', async () => {
  const { url } = installation;
  const session = await signIn(url);
  Object.assign(secrets, { access: session.access, refresh: session.refresh });
  const key = await mint(session.access, 'used');
  const misplaced = await mint(session.access, 'misplaced');
  const revoked = await mint(session.access, 'revoked');
  const document = await call<{ paths: Record<string, Record<string, unknown>> }>(url, '/openapi.json');
  const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path: path.replace(/\{\w+\}/g, '1') })),
  );
  expect(routes.length).toBeGreaterThan(30);
  const list = await call<{ items: { id: string; name: string }[] }>(url, '/api/v1/api-keys', {
    token: session.access,
  });
  const victim = list.items.find(({ name }) => name === 'revoked')?.id;
  await call(url, `/api/v1/api-keys/${victim}`, { method: 'DELETE', token: session.access });

  const ask = async (method: string, path: string, headers: Record<string, string>, body?: string) => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body }),
      redirect: 'manual',
      signal: AbortSignal.timeout(15_000),
    });
    await answer.text();
    return answer.status;
  };
  for (const { method, path } of routes) {
    if (path.endsWith('/events/stream')) continue;
    // Signing out would end the session that the test still needs.
    if (/logout|sessions|password|credentials\/revoke/.test(path) && method !== 'GET') continue;
    const body = method === 'GET' || method === 'DELETE' ? undefined : JSON.stringify({ [misplaced]: misplaced });
    const authorization = `Bearer ${key}`;
    const statuses = [
      await ask(method, path, { authorization }, body),
      await ask(method, path, { 'x-api-key': revoked }, body),
      await ask(method, path, { authorization: `Bearer ${misplaced}x` }, body),
      await ask(method, `${path}?api_key=${misplaced}`, { authorization }, body),
      await ask(
        method,
        path,
        { authorization, cookie: `session=${misplaced}`, referer: `https://x.test/?k=${misplaced}` },
        body,
      ),
      await ask(method, path, { authorization, 'user-agent': `curl ${misplaced}`, 'x-request-id': misplaced }, body),
    ];
    if (method === 'POST') {
      statuses.push(await ask(method, path, { authorization }, `{"key":"${misplaced}",`));
      statuses.push(await ask(method, path, { authorization, 'idempotency-key': misplaced }, body));
    }
    expect(
      statuses.filter((status) => status >= 500 && status !== 503),
      `${method} ${path}`,
    ).toEqual([]);
  }
  await ask('GET', `/api/v1/people/${misplaced}`, { authorization: `Bearer ${key}` });
  await ask('POST', '/api/v1/nothing', { authorization: `Bearer ${key}` }, JSON.stringify({ misplaced }));
  const metrics = await (await fetch(`${url}/metrics`)).text();
  // The usage log is written once a second.
  await new Promise((done) => setTimeout(done, 1_500));
  expect(await running.stop()).toBe(0);

  const output = installation.output();
  expect(output.split('\n').filter((line) => line.startsWith('{')).length).toBeGreaterThan(200);
  const database = installation.env['DATABASE_URL'];
  const stored = database ? await dump(database) : '';
  // The search finds what is there: the public ids of the keys.
  const publicId = key.slice(11, 19);
  expect(output).toContain(publicId);
  expect(database ? stored.includes(publicId) : filesWith(installation.dataDir, publicId).length > 0).toBe(true);
  for (const [name, secret] of Object.entries(secrets)) {
    expect(output.includes(secret), `${name} in the output`).toBe(false);
    expect(metrics.includes(secret), `${name} in the metrics`).toBe(false);
    expect(filesWith(installation.dataDir, secret), `${name} in files`).toEqual([]);
    expect(stored.includes(secret), `${name} in the database`).toBe(false);
  }
});

/** Also the embedded database's own files with its log of changes. */
function filesWith(directory: string, text: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).includes(text));
}

/** Every row of every table as text. */
async function dump(url: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const tables = await client.query(
      `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    let text = '';
    for (const { name } of tables.rows) {
      for (const { row } of (await client.query(`select t::text as row from ${name} t`)).rows) text += `${row}\n`;
    }
    return text;
  } finally {
    await client.end();
  }
}

test('an error that quotes a key, a token or a password is logged without them', async () => {
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const { database, config } = await testApp();
  const log = createLogger({ level: 'debug', destination });
  const app = await createApp({ config, database, log, secret: TEST_SECRET });
  const canary = `sk_live_hg_${'Canary12'}${'s3cretpart'.repeat(3)}xyABCDEF`;
  app.http.route({
    method: 'POST',
    url: '/api/v1/broken',
    config: { access: { scope: 'public' } },
    async handler(request) {
      const body = JSON.stringify(request.body);
      request.log.warn({ body, headers: request.headers, key: canary }, `about to fail with ${canary}`);
      throw new Error(`could not handle ${body} of ${request.headers.authorization}`, {
        cause: new Error(`inner ${canary}`),
      });
    },
  });
  await app.http.ready();
  const answer = await app.http.inject({
    method: 'POST',
    url: '/api/v1/broken',
    headers: { authorization: `Bearer ${canary}` },
    payload: { password: 'correct horse', note: canary, nested: { token: canary } },
  });
  expect(answer.statusCode).toBe(500);
  expect(answer.body).not.toContain('s3cretpart');
  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines) {
    expect(line).not.toContain('s3cretpart');
    expect(line).not.toContain('correct horse');
  }
  await app.stop();
});
