/** What a person sees who starts the process: the first start, the second one, and each way a start can fail. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Installation, install } from '../support/processes/process.ts';

const MAIN = join(import.meta.dirname, '../../src/main.ts');
let installation: Installation;

beforeAll(async () => {
  installation = await install({ databaseUrl: null, env: { HEADGATE_OWNER_PASSWORD: '' } });
});
afterAll(() => installation.remove());

test('the first start shows sign-in, password and a curl line; the next one shows no password', async () => {
  const first = await installation.start();
  const shown = installation.output();
  expect(shown).toContain(`Dashboard   ${installation.url.replace('127.0.0.1', 'localhost')}/app`);
  const password = /Password {4}(\S{16,})/.exec(shown)?.[1] ?? '';
  const email = /Sign in {5}(\S+)/.exec(shown)?.[1];
  const signedIn = await fetch(`${installation.url}/api/auth/token/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  expect(signedIn.status).toBe(200);

  const [, path, writeKey, body] = /curl http:\/\/[^/]+(\S+) -u (\S+): [^\n]*\n\s*-d '([^']+)'/.exec(shown) ?? [];
  const sent = await fetch(`${installation.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Basic ${btoa(`${writeKey}:`)}` },
    body: body ?? '',
  });
  expect(sent.status).toBe(200);

  // The password is in the banner alone: no log line has it.
  expect(shown.split(password)).toHaveLength(2);
  expect(await first.stop()).toBe(0);
  expect(statSync(join(installation.dataDir, 'secret')).mode & 0o777).toBe(0o600);

  const before = installation.output().length;
  const second = await installation.start();
  const again = installation.output().slice(before);
  expect(again).toContain('Headgate is ready');
  expect(again).not.toMatch(/Password/);
  expect(await second.stop()).toBe(0);
}, 120_000);

test('a second process on the same data directory says so in one line and harms nothing', async () => {
  const server = await installation.start();
  const second = await startAndEnd({ HEADGATE_DATA_DIR: installation.dataDir, PORT: '0' });
  expect(second.code).toBe(1);
  expect(second.errors.trim().split('\n')).toHaveLength(1);
  expect(second.errors).toContain(`Another Headgate is running on ${installation.dataDir}`);
  expect((await fetch(`${installation.url}/readyz`)).status).toBe(200);
  expect(await server.stop()).toBe(0);
}, 120_000);

test('a port in use, and settings that are none, are named in one line', async () => {
  const other = createServer();
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
  const address = other.address();
  const port = typeof address === 'object' && address ? String(address.port) : '';
  const dataDir = mkdtempSync(join(tmpdir(), 'headgate-start-'));
  const taken = await startAndEnd({ HEADGATE_DATA_DIR: dataDir, PORT: port, HOST: '127.0.0.1' });
  expect(taken).toMatchObject({ code: 1, errors: expect.stringContaining(`Port ${port} is in use`) });
  expect(taken.errors.trim().split('\n')).toHaveLength(1);
  other.close();

  const wrong = await startAndEnd({ HEADGATE_DATA_DIR: dataDir, PORT: 'eighty' });
  expect(wrong).toMatchObject({ code: 1, errors: expect.stringContaining('PORT must be a whole number') });

  const away = await startAndEnd({ DATABASE_URL: 'postgresql://user:canary@127.0.0.1:1/none', PORT: '0' });
  expect(away).toMatchObject({ code: 1, errors: expect.stringContaining('DATABASE_URL') });
  expect(away.output + away.errors).not.toContain('canary');
  rmSync(dataDir, { recursive: true, force: true });
}, 120_000);

test('when the embedded database dies the process says so and ends', async () => {
  const server = await installation.start();
  const children = spawn('pgrep', ['-P', String(server.pid)]);
  let found = '';
  for await (const chunk of children.stdout) found += chunk;
  process.kill(Number(found.trim()), 'SIGKILL');
  await expect
    .poll(
      () =>
        fetch(`${installation.url}/healthz`).then(
          () => 'up',
          () => 'down',
        ),
      { timeout: 10_000 },
    )
    .toBe('down');
  await expect.poll(() => installation.output()).toContain('the embedded database ended');
}, 120_000);

async function startAndEnd(
  env: Record<string, string>,
): Promise<{ code: number | null; output: string; errors: string }> {
  const child = spawn(process.execPath, [MAIN], { env: { PATH: process.env['PATH'] ?? '', ...env } });
  let output = '';
  let errors = '';
  child.stdout.on('data', (data) => {
    output += data;
  });
  child.stderr.on('data', (data) => {
    errors += data;
  });
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, output, errors };
}
