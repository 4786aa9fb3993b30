/**
 * (e) A report of GitHub's secret scanning with 1,000 of our keys: when it is answered, when the last key is refused and
 * when the last owner has the mail, counted from the first byte of the report. On both databases.
 */
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { type App, createApp } from '../server/src/app.ts';
import { readConfig } from '../server/src/config.ts';
import { migrate } from '../server/src/db/migrate.ts';
import { openDatabase } from '../server/src/db/open.ts';
import { createDatabaseOn } from '../server/test/support/database.ts';
import { startMailSink } from '../server/test/support/peers/smtp.ts';
import { startPostgres } from '../server/test/support/processes/postgres.ts';
import { print } from './lib/report.ts';

const TOKENS = 1_000;
const WORKSPACES = [1, 100] as const;
const LIMIT_MS = 60_000;

export async function benchLeaks(): Promise<void> {
  print(`### Leak report with ${TOKENS} tokens\n`);
  print('| database | owners to be mailed | answered ms (≤ 1,000) | all refused ms | last mail ms (≤ 2,000) |');
  print('| --- | --- | --- | --- | --- |');
  const postgres = await startPostgres();
  if (!postgres) throw new Error('The leaks bench needs PostgreSQL (Debian package postgresql).');
  try {
    for (const workspaces of WORKSPACES) await report('PostgreSQL', await createDatabaseOn(postgres.url), workspaces);
  } finally {
    await postgres.stop();
  }
  for (const workspaces of WORKSPACES) await report('embedded', null, workspaces);
  print('');
}

async function report(name: string, databaseUrl: string | null, workspaces: number): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'headgate-bench-'));
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const keyFile = join(dataDir, 'github.pem');
  writeFileSync(keyFile, publicKey.export({ type: 'spki', format: 'pem' }));
  const sink = await startMailSink();
  const database = await openDatabase({ databaseUrl, dataDir });
  await migrate(database.db);
  const env = { HEADGATE_SECRET_SCANNING_KEYS: keyFile, SMTP_URL: sink.url, HEADGATE_DATA_DIR: dataDir };
  const secret = 'a secret of the bench, thirty-two or more';
  const app = await createApp({ config: readConfig(env), database, log: pino({ level: 'warn' }), secret });
  await app.http.ready();
  const url = await app.http.listen({ port: 0, host: '127.0.0.1' });
  await app.start();
  try {
    const keys = await makeKeys(app, workspaces);
    const findings = keys.map((token, n) => ({
      token,
      type: 'headgate_api_key',
      url: `https://github.example/octo/repo-${n}/blob/main/.env`,
      source: 'commit',
    }));
    const body = JSON.stringify(findings);
    const headers = {
      'content-type': 'application/json',
      'github-public-key-identifier': 'aa',
      'github-public-key-signature': sign('sha256', Buffer.from(body), privateKey).toString('base64'),
    };
    const began = performance.now();
    const answer = await fetch(`${url}/api/secret-scanning/github`, { method: 'POST', headers, body });
    const labels = (await answer.json()) as { label: string }[];
    const answered = performance.now() - began;
    if (labels.filter((one) => one.label === 'true_positive').length !== TOKENS) throw new Error('not all were ours');
    for (const key of keys) if ((await app.access.keys.check(key)) !== 'revoked') throw new Error('a key still works');
    const refused = performance.now() - began;
    while (sink.received.length < workspaces) {
      if (performance.now() - began > LIMIT_MS) throw new Error(`only ${sink.received.length} mails arrived`);
      await new Promise((done) => setTimeout(done, 5));
    }
    const mailed = performance.now() - began;
    print(`| ${name} | ${workspaces} | ${ms(answered)} | ${ms(refused)} | ${ms(mailed)} |`);
  } finally {
    await app.stop();
    await database.close();
    await sink.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Of so many workspaces, the same number each. */
async function makeKeys({ access }: App, workspaces: number): Promise<string[]> {
  const keys: string[] = [];
  for (let n = 0; n < workspaces; n++) {
    const owner = { email: `owner-${n}@bench.example`, password: 'a password of the bench' };
    const { ownerId } = await access.workspaces.create({ slug: `bench-${n}`, name: `Bench ${n}`, owner });
    const claims = await access.tokens.verifyAccess((await access.tokens.issue(ownerId)).access);
    const caller = await access.workspaces.principalOf(claims, { workspace: null, environment: 'live' });
    for (let i = 0; i < TOKENS / workspaces; i++) {
      keys.push((await access.keys.mint(caller, { name: `key ${i}`, scopes: ['events:read'] })).text);
    }
  }
  return keys;
}

function ms(value: number): string {
  return String(Math.round(value));
}
