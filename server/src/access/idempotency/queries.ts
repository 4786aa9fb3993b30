/** All SQL of idempotency records. Run it within the request's transaction. */
import { sql } from 'kysely';
import type { Executor } from '../../db/tx.ts';

export interface StoredAnswer {
  readonly fingerprint: Buffer;
  readonly status: number;
  readonly answer_sealed: Buffer | null;
  readonly created_at: Date;
}

/**
 * Takes the record for this transaction, unless another one holds it. A transaction that does nothing for a minute is
 * ended by the server: a handler that hangs must not hold the record, or a connection, for ever.
 */
export async function claimRecord(executor: Executor, id: Buffer): Promise<boolean> {
  // 64 bits of a hash: that two requests in flight share them is as good as impossible, and would cost one a 409.
  const lock = id.readBigInt64BE(0).toString();
  const { rows } = await sql<{ claimed: boolean }>`
    select pg_try_advisory_xact_lock(${lock}::bigint) as claimed,
           set_config('idle_in_transaction_session_timeout', '60s', true)`.execute(executor);
  return rows[0]?.claimed === true;
}

export async function findRecord(executor: Executor, id: Buffer): Promise<StoredAnswer | undefined> {
  return await executor
    .selectFrom('idempotency_records')
    .select(['fingerprint', 'status', 'answer_sealed', 'created_at'])
    .where('id', '=', id)
    .executeTakeFirst();
}

/** In place of one that has outlived its time. */
export async function insertRecord(
  executor: Executor,
  record: StoredAnswer & { id: Buffer; workspace_id: string },
): Promise<void> {
  const { id, workspace_id, ...answer } = record;
  await executor
    .insertInto('idempotency_records')
    .values(record)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(answer))
    .execute();
}
