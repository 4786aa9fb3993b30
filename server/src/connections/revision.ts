/** The number that tells every process's lookup (lookup.ts) that connections changed. */
import { sql } from 'kysely';
import type { Executor, Tx } from '../db/tx.ts';

/**
 * First statement of every change: its row lock makes changes commit one after another, in every workspace, and every row
 * of a source or destination that the change writes gets the number (migration 0010).
 */
export async function bumpRevision(tx: Tx): Promise<void> {
  await tx.updateTable('connections_revision').set({ revision: sql<number>`revision + 1` }).execute();
}

export async function readRevision(executor: Executor): Promise<number> {
  const row = await executor.selectFrom('connections_revision').select('revision').executeTakeFirstOrThrow();
  return row.revision;
}
