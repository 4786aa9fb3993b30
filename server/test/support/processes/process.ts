/**
 * A server as its users run it: `node server/src/main.ts` in a process of its own, with a data directory of its own.
 * On the embedded database, or with DATABASE_URL on a new database of that server.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDatabaseOn } from '../database.ts';
import { freePort } from './port.ts';

const MAIN = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
/** A start takes a second on an idle machine; on a busy one several. */
const START_MS = 60_000;
const STOP_MS = 40_000;

export const OWNER_EMAIL = 'owner@example.test';
export const OWNER_PASSWORD = 'the owner of this test installation';
export const WRITE_KEY = 'writekeyofthetests';

/** What outlives a process: where the data is, and the port that clients know. */
export interface Installation {
  readonly dataDir: string;
  readonly port: number;
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
  /** Everything that its processes have written to standard output and standard error. */
  output(): string;
  /** Starts a process and waits until it is ready. @throws Error with what it wrote when it ends instead. */
  start(): Promise<RunningServer>;
  /** Starts a process that is expected to end by itself. */
  startAndEnd(): Promise<{ code: number | null; output: string }>;
  /** Removes the data; kills what still runs. */
  remove(): void;
}

export interface RunningServer {
  readonly pid: number;
  /** SIGTERM; resolves with the exit code when it has drained. */
  stop(): Promise<number | null>;
  /** SIGKILL to the main process alone, as a crash would. */
  kill(): Promise<void>;
}

/** @param options.databaseUrl a database of its own; null: embedded. Default: as the suite runs. */
export async function install(
  options: { env?: Record<string, string>; databaseUrl?: string | null } = {},
): Promise<Installation> {
  const dataDir = mkdtempSync(join(tmpdir(), 'headgate-process-'));
  const port = await freePort();
  const server = process.env['DATABASE_URL'];
  const databaseUrl =
    options.databaseUrl !== undefined || !server ? options.databaseUrl : await createDatabaseOn(server);
  const env = {
    PATH: process.env['PATH'] ?? '',
    PORT: String(port),
    HOST: '127.0.0.1',
    HEADGATE_DATA_DIR: dataDir,
    HEADGATE_OWNER_EMAIL: OWNER_EMAIL,
    HEADGATE_OWNER_PASSWORD: OWNER_PASSWORD,
    HEADGATE_WRITE_KEY: WRITE_KEY,
    HEADGATE_ALLOW_PRIVATE_NETWORK: 'true',
    ...(databaseUrl && { DATABASE_URL: databaseUrl }),
    ...options.env,
  };
  const chunks: string[] = [];
  const running = new Set<ChildProcess>();
  const killAll = () => {
    for (const child of running) child.kill('SIGKILL');
  };
  process.once('exit', killAll);

  function launch(): { child: ChildProcess; output: () => string } {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN], {
      cwd: dataDir,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    const own: string[] = [];
    const collect = (text: Buffer) => {
      own.push(text.toString());
      chunks.push(text.toString());
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.once('exit', () => running.delete(child));
    return { child, output: () => own.join('') };
  }

  return {
    dataDir,
    port,
    url: `http://127.0.0.1:${port}`,
    env,
    output: () => chunks.join(''),
    async start() {
      const { child, output } = launch();
      await untilReady(child, output);
      return {
        pid: child.pid ?? 0,
        async stop() {
          const ended = once(child, 'exit', { signal: AbortSignal.timeout(STOP_MS) });
          child.kill('SIGTERM');
          const [code] = await ended;
          return code;
        },
        async kill() {
          const ended = once(child, 'exit');
          child.kill('SIGKILL');
          await ended;
        },
      };
    },
    async startAndEnd() {
      const { child, output } = launch();
      const [code] = await once(child, 'close', { signal: AbortSignal.timeout(START_MS) });
      return { code, output: output() };
    },
    remove() {
      process.off('exit', killAll);
      killAll();
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The banner is the last thing a start does. */
async function untilReady(child: ChildProcess, output: () => string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`The server was not ready after ${START_MS / 1000} s:\n${output()}`));
    }, START_MS);
    const settle = (done: () => void) => {
      clearTimeout(timer);
      child.stdout?.off('data', look);
      child.off('close', ended);
      done();
    };
    const look = () => {
      if (output().includes('Headgate is ready at')) settle(resolve);
    };
    const ended = (code: number | null) =>
      settle(() => reject(new Error(`The server ended with ${code} while starting:\n${output()}`)));
    child.stdout?.on('data', look);
    child.once('close', ended);
  });
}

/** Calls Headgate's API. @throws Error with the answer when the status is not 2xx. */
export async function call<T = Record<string, unknown>>(
  url: string,
  path: string,
  options: { method?: string; token?: string; body?: object; headers?: Record<string, string> } = {},
): Promise<T> {
  const { token, body, headers } = options;
  const response = await fetch(`${url}${path}`, {
    method: options.method ?? (body ? 'POST' : 'GET'),
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${options.method ?? ''} ${path}: ${response.status} ${text}`);
  return (text === '' ? null : JSON.parse(text)) as T;
}

/** Access token of the owner. */
export async function signIn(url: string): Promise<{ access: string; refresh: string }> {
  return await call(url, '/api/auth/token/', { body: { email: OWNER_EMAIL, password: OWNER_PASSWORD } });
}
