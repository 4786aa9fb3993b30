/**
 * One schema, one parse, one frozen object. The only reader of process.env (a lint rule keeps it so).
 * Every name here is documented in docs/configuration.md.
 */
import { resolve } from 'node:path';

export type Role = 'api' | 'worker';

export interface Config {
  readonly port: number;
  readonly host: string;
  /** Absolute path; holds the embedded database, the generated secret and the socket's lock. */
  readonly dataDir: string;
  /** null: the embedded database in `dataDir`. */
  readonly databaseUrl: string | null;
  /** null: generated into `dataDir/secret` (mode 0600) at the first start. */
  readonly secret: string | null;
  /** The secret before this one: what was made under it still works and moves over; null: none. */
  readonly previousSecret: string | null;
  /** What new API keys begin with. */
  readonly keyPrefix: string;
  readonly ownerEmail: string;
  /** null: made up and printed once at the first start. */
  readonly ownerPassword: string | null;
  readonly workspaceSlug: string;
  /** Write key of the first source; null: generated. */
  readonly writeKey: string | null;
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  /** Without a trailing slash. */
  readonly publicUrl: string;
  readonly roles: readonly Role[];
  readonly allowPrivateNetwork: boolean;
  readonly logLevel: string;
  /** Addresses or CIDRs of proxies whose X-Forwarded-For is believed; empty: the socket's address counts. */
  readonly trustedProxies: readonly string[];
  /** Where GitHub's keys for secret scanning are read; null: at GitHub. */
  readonly secretScanningUrl: string | null;
  /** A file with those keys, as GitHub's JSON or one PEM; then nothing is fetched. */
  readonly secretScanningKeys: string | null;
  /** How many days the usage log is kept. */
  readonly usageDays: number;
  /** A local MMDB file that tells countries of addresses; null: none. */
  readonly geoIpFile: string | null;
  /** How many days audit entries are kept; null: for ever. */
  readonly auditDays: number | null;
}

type Env = Readonly<Record<string, string | undefined>>;

/** @throws Error naming the variable and what it must look like. */
export function readConfig(env: Env = process.env): Config {
  const port = integer(env, 'PORT', 4000, 0, 65_535);
  const host = text(env, 'HOST') ?? '0.0.0.0';
  return Object.freeze({
    port,
    host,
    dataDir: resolve(text(env, 'HEADGATE_DATA_DIR') ?? 'data'),
    databaseUrl: url(env, 'DATABASE_URL', ['postgres:', 'postgresql:']),
    secret: secret(env, 'HEADGATE_SECRET'),
    previousSecret: secret(env, 'HEADGATE_PREVIOUS_SECRET'),
    keyPrefix: keyPrefix(env),
    ownerEmail: text(env, 'HEADGATE_OWNER_EMAIL') ?? 'owner@headgate.local',
    ownerPassword: text(env, 'HEADGATE_OWNER_PASSWORD'),
    workspaceSlug: slug(env, 'HEADGATE_WORKSPACE', 'main'),
    writeKey: text(env, 'HEADGATE_WRITE_KEY'),
    smtpUrl: url(env, 'SMTP_URL', ['smtp:', 'smtps:']),
    mailFrom: text(env, 'HEADGATE_MAIL_FROM') ?? 'Headgate <no-reply@headgate.local>',
    publicUrl: (url(env, 'HEADGATE_PUBLIC_URL', ['http:', 'https:']) ?? `http://localhost:${port}`).replace(/\/+$/, ''),
    roles: roles(env),
    allowPrivateNetwork: boolean(env, 'HEADGATE_ALLOW_PRIVATE_NETWORK'),
    logLevel: oneOf(env, 'LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'info'),
    trustedProxies: list(env, 'HEADGATE_TRUSTED_PROXIES'),
    secretScanningUrl: url(env, 'HEADGATE_SECRET_SCANNING_URL', ['http:', 'https:']),
    secretScanningKeys: text(env, 'HEADGATE_SECRET_SCANNING_KEYS'),
    usageDays: integer(env, 'HEADGATE_USAGE_DAYS', 90, 1, 3_650),
    geoIpFile: text(env, 'HEADGATE_GEOIP_FILE'),
    auditDays: text(env, 'HEADGATE_AUDIT_DAYS') === null ? null : integer(env, 'HEADGATE_AUDIT_DAYS', 0, 1, 36_500),
  });
}

function text(env: Env, name: string): string | null {
  const value = env[name]?.trim();
  return value ? value : null;
}

function list(env: Env, name: string): string[] {
  return (text(env, name) ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function integer(env: Env, name: string, fallback: number, min: number, max: number): number {
  const value = text(env, name);
  if (value === null) return fallback;
  const number = Number(value);
  if (!Number.isInteger(number) || number < min || number > max) {
    throw new Error(`${name} must be a whole number from ${min} to ${max}.`);
  }
  return number;
}

function boolean(env: Env, name: string): boolean {
  return oneOf(env, name, ['true', 'false'], 'false') === 'true';
}

function oneOf<T extends string>(env: Env, name: string, allowed: readonly T[], fallback: T): T {
  const value = text(env, name) ?? fallback;
  const found = allowed.find((item) => item === value);
  if (found === undefined) throw new Error(`${name} must be one of ${allowed.join(', ')}.`);
  return found;
}

function url(env: Env, name: string, protocols: readonly string[]): string | null {
  const value = text(env, name);
  if (value === null) return null;
  // The value itself may hold a password, so the message shows only what is expected.
  const parsed = URL.canParse(value) ? new URL(value) : null;
  if (!parsed || !protocols.includes(parsed.protocol)) {
    throw new Error(`${name} must be a URL that starts with ${protocols.map((p) => `${p}//`).join(' or ')}.`);
  }
  return value;
}

function slug(env: Env, name: string, fallback: string): string {
  const value = text(env, name) ?? fallback;
  if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(value)) {
    throw new Error(`${name} must be lower-case letters, digits and hyphens, at most 63 characters.`);
  }
  return value;
}

function secret(env: Env, name: string): string | null {
  const value = text(env, name);
  if (value !== null && value.length < 32) throw new Error(`${name} must have at least 32 characters.`);
  return value;
}

function keyPrefix(env: Env): string {
  const value = text(env, 'HEADGATE_KEY_PREFIX') ?? 'sk';
  if (!/^[a-z]{1,8}$/.test(value)) throw new Error('HEADGATE_KEY_PREFIX must be 1 to 8 lower-case letters.');
  return value;
}

function roles(env: Env): Role[] {
  const names = list(env, 'HEADGATE_ROLES');
  if (names.length === 0) return ['api', 'worker'];
  return names.map((name) => {
    if (name !== 'api' && name !== 'worker') throw new Error('HEADGATE_ROLES must be api, worker or api,worker.');
    return name;
  });
}
