/**
 * The chain of the audit trail: an entry's hash is SHA-256 over all of its columns and the hash of the entry before.
 * Nobody can change, remove or reorder an entry without changing every hash after it, up to a signed checkpoint.
 */
import { createHash } from 'node:crypto';
import type { AuditTables } from '../../db/tables/access/audit.ts';

/** A stored entry; `at` in microseconds since 1970, as exact as the database keeps it. */
export type ChainedEntry = Omit<AuditTables['audit_entries'], 'at' | 'hash'> & { readonly at: number };

/** The hash before the first entry. */
export const GENESIS: Buffer = Buffer.alloc(32);

/** Fixed for ever: another order or another encoding would be another chain. */
const COLUMNS = [
  'workspace_id',
  'seq',
  'id',
  'at',
  'environment',
  'actor_kind',
  'actor_id',
  'actor_label',
  'ip',
  'user_agent',
  'request_id',
  'action',
  'target_type',
  'target_id',
  'target_name',
  'before',
  'after',
  'prev_hash',
] as const satisfies readonly (keyof ChainedEntry)[];

const VERSION = Buffer.from('headgate audit entry v1');
const NOTHING = Buffer.from([0xff, 0xff, 0xff, 0xff]);

/** Every value goes in with its length before it (4 bytes), so that no two entries have the same bytes; null is 2^32 - 1. */
export function hashOf(entry: ChainedEntry): Buffer {
  const hash = createHash('sha256').update(VERSION);
  for (const column of COLUMNS) {
    const value = entry[column];
    if (value === null) {
      hash.update(NOTHING);
      continue;
    }
    const bytes = Buffer.isBuffer(value) ? value : Buffer.from(String(value));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  }
  return hash.digest();
}
