/** Executors, scopes and transactions: the first arguments of every query function. */
import { type Kysely, type Transaction as KyselyTransaction, sql } from 'kysely';
import { thenAfterCommit } from '../context.ts';
import type { Tables } from './tables.ts';

export type Environment = Tables['events']['environment'];

/** Every row of people and message data belongs to one scope. */
export interface Scope {
  readonly workspaceId: string;
  readonly environment: Environment;
}

export type Tx = KyselyTransaction<Tables>;
/** A transaction or the pool. Inside a transaction only `tx` may be in reach: a stray `db` call hangs on the embedded engine. */
export type Executor = Kysely<Tables> | Tx;

// 40001 serialization_failure, 40P01 deadlock_detected: PostgreSQL asks for the transaction to be repeated.
const REPEATABLE = new Set(['40001', '40P01']);

/** Runs `work` in one transaction, repeated up to 5 times where PostgreSQL asks for it. `work` must have no other effects than by afterCommit(). */
export async function inTransaction<T>(db: Kysely<Tables>, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await thenAfterCommit(() => db.transaction().execute(work));
    } catch (error) {
      if (attempt === 5 || !REPEATABLE.has(sqlState(error))) throw error;
    }
  }
}

/** SQLSTATE of a driver error, `''` for anything else. */
export function sqlState(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** The data is to blame, not the moment: classes 22 (a value), 23 (a constraint), 54 (a limit). Trying again will not help. */
export function isDataError(error: unknown): boolean {
  return /^(22|23|54)/.test(sqlState(error));
}

export const UNIQUE_VIOLATION = '23505';

/** Serialises transactions that name the same key, on every process. Held until the transaction ends. */
export async function lockInTransaction(tx: Tx, key: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(tx);
}
