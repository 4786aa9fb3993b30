/** Several whole processes on one PostgreSQL: the one of DATABASE_URL, else a throw-away one. */
import { randomBytes } from 'node:crypto';
import { createDatabaseOn } from '../database.ts';
import { startPostgres } from './postgres.ts';
import { call, type Installation, install, type RunningServer, signIn } from './process.ts';

export interface Fleet {
  readonly databaseUrl: string;
  readonly nodes: readonly Installation[];
  /** Access token of the owner. */
  readonly token: string;
  /** The text of a new key. */
  mint(body: object): Promise<string>;
  /** SIGKILL; resolves when the process is gone. */
  kill(node: number): Promise<void>;
  /** Starts a killed one again; resolves when it is ready. */
  revive(node: number): Promise<void>;
  stop(): Promise<void>;
}

/** @returns null where PostgreSQL is not installed. */
export async function startFleet(size: number, env: Record<string, string> = {}): Promise<Fleet | null> {
  const own = process.env['DATABASE_URL'] ? null : await startPostgres();
  const server = process.env['DATABASE_URL'] ?? own?.url;
  if (!server) return null;
  const databaseUrl = await createDatabaseOn(server);
  const shared = { HEADGATE_SECRET: randomBytes(32).toString('hex'), LOG_LEVEL: 'warn', ...env };
  const nodes: Installation[] = [];
  const running: RunningServer[] = [];
  const stop = async () => {
    for (const node of nodes) node.remove();
    await own?.stop();
  };
  try {
    for (let i = 0; i < size; i++) nodes.push(await install({ databaseUrl, env: shared }));
    const [first, ...others] = nodes;
    if (!first) throw new Error('A fleet has at least one process.');
    // The first one migrates and makes the owner.
    running.push(await first.start());
    running.push(...(await Promise.all(others.map((node) => node.start()))));
    const { access: token } = await signIn(first.url);
    return {
      databaseUrl,
      nodes,
      token,
      async mint(body) {
        return (await call<{ key: string }>(first.url, '/api/v1/api-keys', { token, body })).key;
      },
      async kill(node) {
        await running[node]?.kill();
      },
      async revive(node) {
        const again = await nodes[node]?.start();
        if (again) running[node] = again;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
