/** All SQL of the audit trail. */
import { type Insertable, sql } from 'kysely';
import type { AuditTables } from '../../db/tables/audit.ts';
import type { Tx } from '../../db/tx.ts';

export interface Head {
  seq: number;
  hash: Buffer;
  first_seq: number;
}

/** The end of the workspace's chain, locked until the transaction ends; made if there is none. */
export async function lockHead(tx: Tx, workspaceId: string): Promise<Head> {
  const { rows } = await sql<Head>`select seq, hash, first_seq from audit_head(${workspaceId})`.execute(tx);
  const head = rows[0];
  if (!head) throw new Error('The audit trail has no head.');
  return head;
}

export async function insertEntry(tx: Tx, entry: Insertable<AuditTables['audit_entries']>): Promise<void> {
  await tx.insertInto('audit_entries').values(entry).execute();
}
