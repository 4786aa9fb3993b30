/** A throw-away PostgreSQL on a free port, for the suite's second pass and for tests that stop and start a server. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from './port.ts';

export interface ThrowAwayPostgres {
  readonly url: string;
  /** Such as `PostgreSQL 15.14`. */
  readonly version: string;
  /** Stops the server and removes its files. */
  stop(): Promise<void>;
}

/**
 * @param settings more of postgresql.conf, such as `{ max_wal_size: '4GB' }`.
 * @returns null where PostgreSQL is not installed.
 * @throws Error with the server's own words when it does not start.
 */
export async function startPostgres(
  settings: Readonly<Record<string, string>> = {},
): Promise<ThrowAwayPostgres | null> {
  const programs = findPrograms();
  if (!programs) return null;
  const directory = mkdtempSync(join(tmpdir(), 'headgate-postgres-'));
  // PostgreSQL refuses to run as root.
  const account = process.getuid?.() === 0 ? unprivileged() : null;
  if (account) chownSync(directory, account.uid, account.gid);
  const options = { ...account, cwd: directory };
  const data = join(directory, 'data');
  const made = spawnSync(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'],
    { ...options, encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const port = await freePort();
  const all = {
    listen_addresses: '127.0.0.1',
    max_connections: '200',
    unix_socket_directories: directory,
    ...settings,
  };
  const server = spawn(
    join(programs, 'postgres'),
    ['-D', data, '-p', String(port), ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let words = '';
  server.stderr.on('data', (text: Buffer) => {
    words = (words + text.toString()).slice(-4_000);
  });
  const kill = () => server.kill('SIGQUIT');
  process.once('exit', kill);
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
  const version = await answering(url, server, () => words);
  return {
    url,
    version,
    async stop() {
      process.off('exit', kill);
      if (server.exitCode === null) {
        const ended = new Promise((done) => server.once('exit', done));
        // Immediate shutdown: nothing of it is kept.
        kill();
        await ended;
      }
      rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** The directory with initdb and postgres: Debian's, the newest of several, else where other systems have them. */
function findPrograms(): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const directories = [...versions.map((version) => `${debian}/${version}/bin`), '/usr/local/bin', '/usr/bin'];
  return directories.find((path) => existsSync(`${path}/initdb`) && existsSync(`${path}/postgres`)) ?? null;
}

/** The account of Debian's package, else the one that owns nothing. */
function unprivileged(): { uid: number; gid: number } {
  const line = /^postgres:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'));
  return line ? { uid: Number(line[1]), gid: Number(line[2]) } : { uid: 65_534, gid: 65_534 };
}

async function answering(url: string, server: ChildProcess, words: () => string): Promise<string> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      const { rows } = await client.query<{ server_version: string }>('show server_version');
      await client.end();
      return `PostgreSQL ${rows[0]?.server_version.split(' ', 1)[0]}`;
    } catch {
      if (server.exitCode !== null || Date.now() > deadline) throw new Error(`PostgreSQL did not start: ${words()}`);
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}
