/** Shared counts of rate limits, and answers kept for repeated requests. */
import type { Generated } from 'kysely';
import type { Time } from '../columns.ts';

export interface LimitsTables {
  rate_counts: { key: string; cell: number; current: number; previous: number; ends_at: Time };
  rate_processes: { id: string; number: Generated<number>; knows: number; seen_at: Time };
  idempotency_records: {
    id: Buffer;
    workspace_id: string;
    fingerprint: Buffer;
    status: number;
    answer_sealed: Buffer | null;
    created_at: Time;
  };
}
