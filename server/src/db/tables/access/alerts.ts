/** The system's own mails, alerts, leaks, brakes, and what holds back sends. */
import type { Generated } from 'kysely';
import type { DefaultJson, DefaultTime, Scoped, Time } from '../columns.ts';

export interface AlertsTables {
  notices: {
    id: string;
    workspace_id: string | null;
    to_address: string;
    kind: string;
    subject: string;
    text: string | null;
    state: 'queued' | 'sending' | 'sent' | 'failed' | 'unknown' | 'no_smtp';
    attempts: Generated<number>;
    next_attempt_at: DefaultTime;
    error: string | null;
    created_at: DefaultTime;
    finished_at: Time | null;
  };
  alerts: {
    id: string;
    workspace_id: string;
    environment: 'live' | 'test' | null;
    kind: string;
    severity: 'info' | 'warning' | 'critical';
    title: string;
    text: string;
    key_id: number | null;
    data: DefaultJson<Record<string, unknown>>;
    created_at: DefaultTime;
    acknowledged_at: Time | null;
    acknowledged_by: string | null;
  };
  alert_marks: { workspace_id: string; dedupe: string; until: Time };
  leaks: Scoped & {
    id: string;
    key_id: number;
    token_hash: Buffer;
    reported_by: 'github' | 'finder' | 'url';
    source: string;
    url: string;
    note: Generated<string>;
    place: Buffer;
    action: 'revoked' | 'quarantined' | 'none';
    found_at: Time;
    last_reported_at: Time;
    reports: Generated<number>;
  };
  brake_keys: { lineage: string; workspace_id: string; first_used_at: Time; uses: number };
  brake_seen: {
    lineage: string;
    kind: 'network' | 'scope';
    value: string;
    workspace_id: string;
    first_seen_at: Time;
  };
  brake_hours: { lineage: string; hour: Time; workspace_id: string; row_count: number; send_count: number };
  send_days: { lineage: string; day: Time; workspace_id: string; recipients: number };
  approvals: Scoped & {
    id: string;
    key_id: number;
    lineage: string;
    route: string;
    fingerprint: Buffer;
    recipients: number;
    state: Generated<'pending' | 'approved' | 'rejected' | 'used'>;
    requested_at: DefaultTime;
    expires_at: Time;
    decided_at: Time | null;
    decided_by_user_id: string | null;
    decided_by: string | null;
    note: Generated<string>;
    used_at: Time | null;
  };
}
