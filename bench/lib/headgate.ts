/** Starts the product as a process of its own and tells when it is ready; stops it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../server/test/support/processes/port.ts';

export const WRITE_KEY = 'bench-write-key-0123456789';
const PASSWORD = 'bench password';

export interface Headgate {
  readonly url: string;
  readonly startMs: number;
  /** Resident memory of the process and its children, MiB. */
  memoryMiB(): number;
  /** An owner's access token. */
  signIn(): Promise<string>;
  stop(): Promise<void>;
}

export async function startHeadgate(
  env: Record<string, string>,
  dataDir = mkdtempSync(join(tmpdir(), 'headgate-bench-')),
): Promise<Headgate> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const began = performance.now();
  const child = spawn(process.execPath, [new URL('../../server/src/main.ts', import.meta.url).pathname], {
    env: {
      PATH: process.env['PATH'] ?? '',
      PORT: String(port),
      HOST: '127.0.0.1',
      HEADGATE_DATA_DIR: dataDir,
      HEADGATE_SECRET: 'bench secret, thirty-two or more characters',
      HEADGATE_WRITE_KEY: WRITE_KEY,
      HEADGATE_OWNER_EMAIL: 'bench@headgate.test',
      HEADGATE_OWNER_PASSWORD: PASSWORD,
      HEADGATE_ALLOW_PRIVATE_NETWORK: 'true',
      LOG_LEVEL: 'warn',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const stopNow = () => child.kill('SIGKILL');
  process.once('exit', stopNow);
  await untilReady(url, child);
  return {
    url,
    startMs: Math.round(performance.now() - began),
    memoryMiB: () => [child.pid ?? 0, ...childrenOf(child.pid ?? 0)].reduce((sum, pid) => sum + residentMiB(pid), 0),
    async signIn() {
      const answer = await fetch(`${url}/api/auth/token/`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: 'bench@headgate.test', password: PASSWORD }),
      });
      return ((await answer.json()) as { access: string }).access;
    },
    async stop() {
      process.off('exit', stopNow);
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      await ended;
      if (!env['KEEP_DATA']) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; ) {
    if (child.exitCode !== null) throw new Error(`Headgate ended while starting (code ${child.exitCode}).`);
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error('Headgate was not ready within 60 s.');
}

function childrenOf(pid: number): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return text.trim().split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

function residentMiB(pid: number): number {
  const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Math.round(Number(line?.[1] ?? 0) / 1024);
}
