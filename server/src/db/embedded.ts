/** Starts and stops the embedded database's process. */
import { type ChildProcess, fork } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface EmbeddedDatabase {
  /** Connection settings for `pg`. */
  readonly connection: { host: string; user: string; database: string };
  /** Called when the process ends without having been asked to. */
  onExit(listener: (code: number | null) => void): void;
  stop(): Promise<void>;
}

export class DataDirectoryInUse extends Error {
  constructor(dataDir: string) {
    super(`Another Headgate is running on ${dataDir}. Stop it, or set HEADGATE_DATA_DIR to another directory.`);
    this.name = 'DataDirectoryInUse';
  }
}

/** @throws DataDirectoryInUse when another process holds the directory. */
export async function startEmbedded(dataDir: string): Promise<EmbeddedDatabase> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  // Unix socket paths end at 107 bytes, so the socket does not live in the data directory.
  // pg appends /.s.PGSQL.5432 to a directory given as host.
  const name = createHash('sha256').update(dataDir).update(randomBytes(8)).digest('hex').slice(0, 16);
  const socketDir = join(tmpdir(), `headgate-${name}`);
  mkdirSync(socketDir, { recursive: true, mode: 0o700 });
  const child = fork(new URL('./embedded-child.ts', import.meta.url), [dataDir, join(socketDir, '.s.PGSQL.5432')], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let stopping = false;
  const cleanUp = () => rmSync(socketDir, { recursive: true, force: true });
  child.once('exit', cleanUp);
  await ready(child, dataDir);
  return {
    connection: { host: socketDir, user: 'postgres', database: 'postgres' },
    onExit(listener) {
      child.once('exit', (code) => {
        if (!stopping) listener(code);
      });
    },
    async stop() {
      if (stopping || child.exitCode !== null) return;
      stopping = true;
      const ended = new Promise((done) => child.once('exit', done));
      child.send('stop');
      const force = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(force);
    },
  };
}

function ready(child: ChildProcess, dataDir: string): Promise<void> {
  return new Promise((resolve, reject) => {
    // Not once: under `node --watch` Node itself reports over this channel which files were loaded.
    child.on('message', (message: { ready?: true; error?: string }) => {
      if (message.ready) resolve();
      else if (message.error === 'locked') reject(new DataDirectoryInUse(dataDir));
      else if (message.error) reject(new Error(`The embedded database did not start: ${message.error}`));
    });
    child.once('exit', (code) => reject(new Error(`The embedded database ended while starting (code ${code}).`)));
    child.once('error', reject);
  });
}
