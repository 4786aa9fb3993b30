/**
 * The pool everything asks for connections. One that is asked for within a request's context is confined to the
 * context's workspace by row security (migration row_security), and is the request's own while it has an ambient transaction.
 */
import type pg from 'pg';
import { currentContext, waitsForItself } from '../context.ts';
import { isUuid } from '../ids.ts';
import { clientOf } from './ambient.ts';

/** What Kysely and pg-boss use of pg.Pool. */
export interface ContextPool {
  connect(): Promise<pg.PoolClient>;
  query(text: string, values?: unknown[]): Promise<pg.QueryResult>;
  end(): Promise<void>;
  /** How often a connection was taken so far; a request that asks the database for nothing adds nothing. */
  taken(): number;
  readonly options: pg.PoolOptions;
}

/** The role that row security holds for; the connection's own role owns the tables and sees all of them. */
export const CONFINED_ROLE = 'headgate_app';

export function createContextPool(pool: pg.Pool): ContextPool {
  let taken = 0;
  // What each connection is confined to, null: nothing. Kept, because setting it costs a round trip and mostly it stays the
  // same. A connection that is new here is not known to be anything: the embedded engine is one session, so the next
  // connection finds it as the one before left it, confined or within a transaction that nobody ends any more.
  const confinedTo = new WeakMap<pg.PoolClient, string | null>();

  async function connect(): Promise<pg.PoolClient> {
    const context = currentContext();
    const own = context?.ambient ? clientOf(context.ambient) : null;
    if (own) return own;
    if (waitsForItself()) throw new Error("System work inside of a request's transaction: put it into afterCommit().");
    taken++;
    const client = await pool.connect();
    try {
      await confine(client, context?.workspaceId ?? null);
    } catch (error) {
      client.release(error instanceof Error ? error : true);
      throw error;
    }
    return client;
  }

  async function confine(client: pg.PoolClient, workspaceId: string | null): Promise<void> {
    const now = confinedTo.get(client);
    if (now === workspaceId) return;
    if (now === undefined) await client.query('rollback');
    if (workspaceId === null) {
      await client.query(`reset role; set headgate.workspace = ''`);
      confinedTo.set(client, null);
      return;
    }
    if (!isUuid(workspaceId)) throw new Error('A context names no workspace.');
    await client.query(`set headgate.workspace = '${workspaceId}'; set role ${CONFINED_ROLE}`);
    confinedTo.set(client, workspaceId);
  }

  return {
    connect,
    async query(text, values) {
      const client = await connect();
      try {
        return await client.query(text, values);
      } finally {
        client.release();
      }
    },
    end: () => pool.end(),
    taken: () => taken,
    options: pool.options,
  };
}
