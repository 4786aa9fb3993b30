/** Tries whether a warehouse can be reached with its settings. So far for those that speak PostgreSQL's protocol. */
import { Socket } from 'node:net';
import pg from 'pg';
import type { Scope } from '../../db/tx.ts';
import { AppError } from '../../errors.ts';
import type { OutboundResolver } from '../../outbound/resolve.ts';
import type { WarehouseType } from '../catalog/catalog.ts';
import type { Settings } from './settings.ts';

export type ConnectionState = 'CONNECTED' | 'FAILED';

export type TryConnection = (scope: Scope, type: WarehouseType, settings: Settings) => Promise<ConnectionState>;

const TIMEOUT_MS = 10_000;
/** Running at once in this process: a host that never answers holds a place for the whole time. */
const MAX_RUNNING = 10;
/** An answer that is longer is none; the driver would keep it all. Looked at so often. */
const MAX_BYTES = 1_048_576;
const LOOK_MS = 50;
const SPEAK_POSTGRES = new Set(['postgres', 'redshift']);

/** @param resolve refuses addresses that this process must not reach. */
export function createTryConnection({ resolve }: { resolve: OutboundResolver }): TryConnection {
  let running = 0;

  async function reach(settings: Settings): Promise<ConnectionState> {
    const { hostname, host = hostname, port, database, username, password, encrypted } = settings;
    if (typeof host !== 'string' || host === '') return 'FAILED';
    // What is left empty the driver takes from this process's own environment and files: nobody else's business.
    const user = String(username ?? '');
    if (user === '') return 'FAILED';
    const number = Number(port ?? 5432);
    if (!Number.isInteger(number) || number < 1 || number > 65_535) return 'FAILED';
    const socket = new Socket();
    const client = new pg.Client({
      stream: () => socket,
      // The address that was checked, so that the name cannot mean another one by now.
      host: await resolve(host),
      port: number,
      database: String(database ?? '') || user,
      user,
      password: () => String(password ?? ''),
      ssl: encrypted === true ? { servername: host } : false,
      connectionTimeoutMillis: TIMEOUT_MS,
      query_timeout: TIMEOUT_MS,
    });
    client.on('error', () => {});
    const watch = setInterval(() => {
      if (socket.bytesRead > MAX_BYTES) socket.destroy();
    }, LOOK_MS);
    try {
      await client.connect();
      await client.query('select 1');
      return 'CONNECTED';
    } finally {
      clearInterval(watch);
      client.end().catch(() => {});
      // Whether or not the other end closes.
      socket.destroySoon();
    }
  }

  return async ({ environment }, type, settings) => {
    if (environment === 'test')
      throw new AppError('bad_request', 'Nothing leaves the test environment: ask with a live token.');
    if (!SPEAK_POSTGRES.has(type.slug))
      throw new AppError(
        'not_available',
        `Headgate cannot connect to ${type.name} yet, only to Postgres and Redshift.`,
      );
    if (running >= MAX_RUNNING)
      throw new AppError('unavailable', 'Too many connections are being tried. Try again in ten seconds.', {
        retryAfter: 10,
      });
    running++;
    try {
      return await reach(settings);
    } catch {
      return 'FAILED';
    } finally {
      running--;
    }
  };
}
