/** The audit trail of a whole process: a crash, and the command that verifies without a server. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../src/db/open.ts';
import { type Installation, install, OWNER_EMAIL, OWNER_PASSWORD } from './support/processes/process.ts';

const COMMAND = fileURLToPath(new URL('../src/commands/audit-verify.ts', import.meta.url));

let installation: Installation;

beforeAll(async () => {
  installation = await install();
});

afterAll(() => installation.remove());

async function verify(
  args: string[] = [],
  env: Record<string, string> = {},
): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', COMMAND, ...args], {
    cwd: installation.dataDir,
    env: { ...installation.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()));
  const [code] = await once(child, 'close');
  return { code, output };
}

async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const { env, dataDir } = installation;
  const database = await openDatabase({ databaseUrl: env['DATABASE_URL'] ?? null, dataDir });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

async function signIn(): Promise<string> {
  const answer = await fetch(`${installation.url}/api/auth/token/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: OWNER_EMAIL, password: OWNER_PASSWORD }),
  });
  return ((await answer.json()) as { access: string }).access;
}

test('a crash leaves both a change and its entry, or neither', async () => {
  const server = await installation.start();
  const headers = { authorization: `Bearer ${await signIn()}`, 'content-type': 'application/json' };
  let answered = 0;
  let on = true;
  const makers = Array.from({ length: 4 }, async (_, maker) => {
    for (let n = 0; on; n++) {
      const body = JSON.stringify({ name: `Source ${maker} ${n}` });
      const answer = await fetch(`${installation.url}/api/v1/sources`, { method: 'POST', headers, body }).catch(
        () => null,
      );
      if (answer?.status === 201) answered++;
    }
  });
  while (answered < 40) await new Promise((done) => setTimeout(done, 5));
  await server.kill();
  on = false;
  await Promise.all(makers);

  const again = await installation.start();
  expect(await again.stop()).toBe(0);
  await withDatabase(async ({ db }) => {
    const { rows } = await sql<{ sources: string[]; entries: string[] }>`
      select (select array_agg(id::text order by id) from sources) as sources,
             (select array_agg(target_id order by target_id) from audit_entries where action = 'source.created') as entries`.execute(
      db,
    );
    expect(rows[0]?.sources.length).toBeGreaterThan(answered);
    expect(rows[0]?.entries).toEqual(rows[0]?.sources);
  });
});

test('the command verifies, and leaves what it looked at as it was', async () => {
  const file = join(installation.dataDir, 'audit-checkpoints.jsonl');
  // Signed when the process stopped.
  const before = readFileSync(file, 'utf8');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const found = await verify();
  expect([found.code, found.output]).toEqual([0, expect.stringContaining('The audit trail is whole.')]);
  expect((await verify(['--workspace', 'main'])).code).toBe(0);
  expect(readFileSync(file, 'utf8')).toBe(before);
});

test('it ends with 2 where it cannot look, and makes nothing', async () => {
  const away = { HEADGATE_DATA_DIR: join(installation.dataDir, 'nowhere'), DATABASE_URL: '' };
  const missing = await verify([], away);
  expect([missing.code, missing.output]).toEqual([2, expect.stringContaining('There is no database')]);
  expect(() => statSync(away.HEADGATE_DATA_DIR)).toThrow(/ENOENT/);
  expect((await verify(['--workspace', 'nobody'])).code).toBe(2);
  expect((await verify(['--checkpoints', '/nowhere.jsonl'])).code).toBe(2);
  expect((await verify(['--wrong'])).code).toBe(2);
  const running = await installation.start();
  try {
    const { code, output } = await verify();
    if (installation.env['DATABASE_URL']) expect(code).toBe(0);
    else expect([code, output]).toEqual([2, expect.stringContaining('GET /api/v1/audit/verify')]);
  } finally {
    await running.stop();
  }
});

test('with another secret no checkpoint is genuine', async () => {
  const { code, output } = await verify([], { HEADGATE_SECRET: 'another secret of 32 characters or more' });
  expect([code, output]).toEqual([1, expect.stringContaining('not signed by this installation')]);
});

test('it ends with 1 and names the entry that was changed, and what was cut off', async () => {
  await withDatabase(async ({ db }) => {
    await sql`alter table audit_entries disable trigger user`.execute(db);
    await sql`update audit_entries set actor_label = 'nobody' where seq = 3`.execute(db);
    await sql`alter table audit_entries enable trigger user`.execute(db);
  });
  const changed = await verify();
  expect([changed.code, changed.output]).toEqual([1, expect.stringContaining('Entry 3 is not what it was')]);

  await withDatabase(async ({ db }) => {
    for (const table of ['audit_entries', 'audit_heads', 'audit_checkpoints']) {
      await sql`alter table ${sql.table(table)} disable trigger user`.execute(db);
      await sql`delete from ${sql.table(table)}`.execute(db);
    }
  });
  const cut = await verify();
  expect([cut.code, cut.output]).toEqual([1, expect.stringContaining('The chain ends with 0')]);
  const { dataDir } = installation;
  rmSync(join(dataDir, 'audit-checkpoints.jsonl'));
  expect((await verify()).output).toContain('would not be noticed');
});
