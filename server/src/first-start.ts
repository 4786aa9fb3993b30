/** What a first start makes and prints: the secret, the workspace with its owner, the first source; the banner. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from './app.ts';
import type { Config } from './config.ts';

/**
 * HEADGATE_SECRET, else the one in `dataDir/secret`, made there at the first start (mode 0600).
 * Processes on different machines share a database only with HEADGATE_SECRET: each would make another file.
 */
export function readSecret(config: Config): string {
  if (config.secret !== null) return config.secret;
  const path = join(config.dataDir, 'secret');
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  try {
    // wx: of two processes that start at once, one writes and the other reads.
    writeFileSync(path, `${randomBytes(32).toString('base64url')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const secret = readFileSync(path, 'utf8').trim();
  if (secret.length < 32) throw new Error(`${path} must hold at least 32 characters. Restore it from your backup.`);
  return secret;
}

export interface Started {
  readonly ownerEmail: string;
  /** Made up just now and shown this once; null when it was given, or the owner exists already. */
  readonly ownerPassword: string | null;
  readonly workspaceCreated: boolean;
  readonly writeKey: string;
}

export async function bootstrap(app: Pick<App, 'access' | 'connections'>, config: Config): Promise<Started> {
  const { workspaceSlug, ownerEmail, ownerPassword, writeKey } = config;
  const made = await app.access.bootstrap({ workspaceSlug, ownerEmail, ownerPassword });
  const { source } = await app.connections.bootstrap({ workspaceId: made.workspaceId, writeKey });
  return {
    ownerEmail,
    ownerPassword: made.password ?? null,
    workspaceCreated: made.created,
    writeKey: source.write_keys[0] ?? '',
  };
}

/** What a person at the terminal needs next. Written once, beside the logs and not into them. */
export function banner(started: Started, address: string, config: Config, database: 'embedded' | 'server'): string {
  const { ownerEmail, ownerPassword, workspaceCreated } = started;
  const storage = database === 'embedded' ? `embedded, in ${config.dataDir}` : 'the PostgreSQL of DATABASE_URL';
  const signIn =
    ownerPassword !== null
      ? [`  Sign in     ${ownerEmail}`, `  Password    ${ownerPassword}   (shown this once: keep it)`]
      : workspaceCreated
        ? [`  Sign in     ${ownerEmail} with HEADGATE_OWNER_PASSWORD`]
        : [];
  return [
    '',
    `  Headgate is ready at ${address}`,
    '',
    `  Dashboard   ${address}/app`,
    `  API         ${address}/docs`,
    `  Data        ${storage}`,
    ...signIn,
    '',
    '  Send a first event:',
    '',
    `    curl ${address}/v1/track -u ${started.writeKey}: -H 'content-type: application/json' \\`,
    `      -d '{"userId":"ada","event":"Signed Up","properties":{"plan":"free"}}'`,
    '',
    '',
  ].join('\n');
}
