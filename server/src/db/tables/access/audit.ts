/** The audit trail: entries chained by their hashes, the head of each chain, signed checkpoints. */
import type { Generated } from 'kysely';
import type { Time } from '../columns.ts';

export interface AuditTables {
  audit_heads: {
    workspace_id: string;
    seq: Generated<number>;
    hash: Generated<Buffer>;
    first_seq: Generated<number>;
  };
  audit_entries: {
    workspace_id: string;
    seq: number;
    id: string;
    at: Time;
    environment: 'live' | 'test' | null;
    actor_kind: 'user' | 'key' | 'oauth' | 'system';
    actor_id: string | null;
    actor_label: string;
    ip: string | null;
    user_agent: string | null;
    request_id: string | null;
    action: string;
    target_type: string;
    target_id: string;
    target_name: string;
    before: string | null;
    after: string | null;
    prev_hash: Buffer;
    hash: Buffer;
  };
  audit_checkpoints: {
    workspace_id: string;
    seq: number;
    kind: 'head' | 'start';
    hash: Buffer;
    at: Time;
    signature: Buffer;
  };
  audit_keys: { public_key: Buffer; vouched_by: Buffer; signature: Buffer };
}
