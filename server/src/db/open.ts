/** Opens the database, embedded or a server, behind one driver and one dialect. */
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Context } from '../context.ts';
import { type OpenTransaction, openAmbient } from './ambient.ts';
import { type EmbeddedDatabase, startEmbedded } from './embedded.ts';
import { type ContextPool, createContextPool } from './pool.ts';
import type { Tables } from './tables.ts';

export type Db = Kysely<Tables>;

export interface Database {
  readonly db: Db;
  readonly kind: 'embedded' | 'server';
  /** Raw pool for the few statements that need a parameter format Kysely does not offer. */
  readonly pool: ContextPool;
  /** Begins the transaction that everything of a request joins; see ambient.ts. */
  openAmbient(context: Context, onLate?: (error: unknown) => void): Promise<OpenTransaction>;
  /** Calls back once when the database is lost for good (the embedded process ended). */
  onLost(listener: (reason: string) => void): void;
  close(): Promise<void>;
}

// int8: every bigint here is an identity or a count, far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export async function openDatabase(options: { databaseUrl: string | null; dataDir: string }): Promise<Database> {
  const embedded: EmbeddedDatabase | null = options.databaseUrl ? null : await startEmbedded(options.dataDir);
  // The embedded engine is one session, and its socket takes the messages of several connections in turn: with two of
  // them a Bind of one could land between the Parse and Execute of the other, and a statement ran with foreign values.
  const connections = embedded
    ? new pg.Pool({ ...embedded.connection, max: 1 })
    : new pg.Pool({ connectionString: options.databaseUrl ?? '', max: 20, keepAlive: true });
  // A connection that breaks must not stop the process: its query or transaction fails, the next one opens another.
  // The pool listens to idle connections only; one in a transaction between two statements has nobody else.
  connections.on('error', () => {});
  connections.on('connect', (client) => client.on('error', () => {}));
  const pool = createContextPool(connections);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    db,
    pool,
    openAmbient: (context, onLate) => openAmbient(pool, context, onLate),
    kind: embedded ? 'embedded' : 'server',
    onLost(listener) {
      embedded?.onExit((code) => listener(`the embedded database ended (code ${code})`));
    },
    async close() {
      await db.destroy();
      await embedded?.stop();
    },
  };
}
