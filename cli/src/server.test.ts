/** The commands that speak to a server, against one as its users run it. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  call,
  type Installation,
  install,
  type RunningServer,
  signIn,
} from '../../server/test/support/processes/process.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 90_000 });

const BIN = fileURLToPath(new URL('../bin/headgate.js', import.meta.url));

let installation: Installation;
let running: RunningServer;
let token: string;
let key: string;

beforeAll(async () => {
  installation = await install();
  running = await installation.start();
  token = (await signIn(installation.url)).access;
  key = (await mint('for the command line')).key;
});

afterAll(() => {
  vi.resetConfig();
  installation?.remove();
});

function mint(name: string): Promise<{ id: string; key: string; public_id: string }> {
  return call(installation.url, '/api/v1/api-keys', { token, body: { name } });
}

function headgate(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [BIN, ...args], {
    env: { ...installation.env, HEADGATE_URL: installation.url, HEADGATE_KEY: key, ...env },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => {
      text += data.toString();
    });
  }
  return new Promise<{ code: number | null; text: string }>((done) => {
    child.on('close', (code) => done({ code, text }));
  });
}

const statusOf = async (text: string) =>
  (await fetch(`${installation.url}/api/v1/me`, { headers: { 'x-api-key': text } })).status;

test('whoami says whom the key speaks for', async () => {
  const { code, text } = await headgate(['whoami']);
  expect([code, JSON.parse(text).workspace.slug]).toEqual([0, 'main']);
  expect(text).not.toContain(key.slice(-38));
  const refused = await headgate(['whoami'], { HEADGATE_KEY: 'nonsense' });
  expect(refused.code).toBe(2);
});

test('keys list and keys revoke', async () => {
  const made = await mint('to be revoked');
  const { code, text } = await headgate(['keys', 'list']);
  expect([code, text]).toEqual([0, expect.stringContaining(`${made.id}  live  active  "to be revoked"`)]);
  expect(await headgate(['keys', 'revoke', made.id])).toMatchObject({ code: 0 });
  expect(await statusOf(made.key)).toBe(401);
});

test('scan --report revokes what it found', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'headgate-leak-'));
  try {
    const made = await mint('leaked');
    writeFileSync(join(directory, '.env'), `KEY=${made.key}\n`);
    const { code, text } = await headgate(['scan', directory, '--report']);
    expect([code, text]).toEqual([1, expect.stringContaining(made.public_id)]);
    await expect.poll(() => statusOf(made.key), { timeout: 5_000 }).toBe(401);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

test('audit verify finds the trail in order', async () => {
  // The embedded database belongs to one process at a time.
  expect(await running.stop()).toBe(0);
  const { code, text } = await headgate(['audit', 'verify']);
  expect(code, text).toBe(0);
  expect(text).toContain('The audit trail is whole.');
});
