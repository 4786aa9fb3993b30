/** Row types of every table, for Kysely. The truth is server/migrations; db/tables.test.ts compares the two. */
import type { Generated } from 'kysely';
import type { AccessTables } from './tables/access/access.ts';
import type { AlertsTables } from './tables/access/alerts.ts';
import type { AuditTables } from './tables/access/audit.ts';
import type { IamTables } from './tables/access/iam.ts';
import type { KeyTables } from './tables/access/keys.ts';
import type { LimitsTables } from './tables/access/limits.ts';
import type { OAuthTables } from './tables/access/oauth.ts';
import type { UsageTables } from './tables/access/usage.ts';
import type { UsersTables } from './tables/access/users.ts';
import type { AudienceTables } from './tables/audiences.ts';
import type { DefaultJson, DefaultTime, Json, Scoped, Time } from './tables/columns.ts';
import type { DestinationsTables } from './tables/control-plane/destinations.ts';
import type { FiltersTables } from './tables/control-plane/filters.ts';
import type { FunctionsTables } from './tables/control-plane/functions.ts';
import type { SourcesTables } from './tables/control-plane/sources.ts';
import type { SubscriptionTables } from './tables/control-plane/subscriptions.ts';
import type { TrackingPlanTables } from './tables/control-plane/tracking-plans.ts';
import type { WarehouseTables } from './tables/control-plane/warehouses.ts';
import type { MetricTables } from './tables/metrics.ts';

export interface Tables
  extends AccessTables,
    AlertsTables,
    AudienceTables,
    AuditTables,
    FunctionsTables,
    FiltersTables,
    IamTables,
    DestinationsTables,
    KeyTables,
    LimitsTables,
    MetricTables,
    OAuthTables,
    SourcesTables,
    TrackingPlanTables,
    SubscriptionTables,
    UsageTables,
    UsersTables,
    WarehouseTables {
  connections_revision: { only_row: Generated<boolean>; revision: number };
  event_log: {
    tx: Generated<string>;
    seq: Generated<number>;
    partitions: number;
    events: number;
    body: Buffer;
    created_at: DefaultTime;
  };
  damaged_log_rows: {
    tx: string;
    seq: number;
    partitions: number;
    events: number;
    body: Buffer;
    reason: string;
    created_at: Time;
    found_at: DefaultTime;
  };
  log_cursors: { partition: number; tx: string; seq: number };
  seen_messages: { source_id: string; message_hash: Buffer; seen_at: DefaultTime };
  events: Scoped & {
    id: number;
    source_id: string;
    message_id: string;
    type: string;
    name: string | null;
    profile_id: string;
    user_id: string | null;
    anonymous_id: string | null;
    occurred_at: Time;
    received_at: Time;
    payload: Json<Record<string, unknown>>;
  };
  refused_events: Scoped & {
    id: number;
    source_id: string;
    outcome: 'duplicate' | 'rejected';
    code: string;
    reason: string;
    message_id: string | null;
    type: string | null;
    name: string | null;
    payload: string;
    received_at: Time;
  };
  event_counts: Scoped & { source_id: string; minute: Time; outcome: string; count: number };
  profiles: Scoped & {
    id: string;
    traits: DefaultJson<Record<string, unknown>>;
    trait_times: DefaultJson<Record<string, number>>;
    merged_into: string | null;
    first_seen_at: Time;
    last_seen_at: Time;
    created_at: DefaultTime;
  };
  identifiers: Scoped & { type: string; value: string; profile_id: string; created_at: DefaultTime };
  deliveries: Scoped & {
    id: Generated<number>;
    event_id: number;
    destination_id: string;
    profile_id: string;
    state: Generated<'pending' | 'delivered' | 'failed' | 'captured'>;
    attempts: Generated<number>;
    next_attempt_at: DefaultTime;
    created_at: DefaultTime;
    finished_at: Time | null;
    last_status: number | null;
    last_error: string | null;
    source_id: string | null;
    event_type: string | null;
    event_name: string | null;
    app_version: string | null;
  };
  delivery_merges: { id: Generated<number>; destination_id: string; loser_id: string; winner_id: string };
  delivery_attempts: {
    delivery_id: number;
    attempt: number;
    started_at: Time;
    duration_ms: number;
    status: number | null;
    error: string | null;
    response: string | null;
  };
  templates: Scoped & {
    id: string;
    name: string;
    slug: string;
    subject: string;
    html: string;
    category: Generated<'transactional' | 'marketing'>;
    variables_schema: DefaultJson<Record<string, unknown>>;
    is_active: Generated<boolean>;
    created_at: DefaultTime;
    updated_at: DefaultTime;
  };
  messages: Scoped & {
    id: string;
    template_id: string;
    profile_id: string | null;
    from_address: string;
    to_address: string;
    subject: string;
    html: string;
    text: string;
    state: 'queued' | 'sending' | 'sent' | 'failed' | 'captured' | 'unknown';
    idempotency_key: string | null;
    request_hash: Buffer;
    attempts: Generated<number>;
    next_attempt_at: DefaultTime;
    provider_message_id: string | null;
    error: string | null;
    created_by_key_id: number | null;
    created_by_user_id: string | null;
    created_at: DefaultTime;
    finished_at: Time | null;
  };
  sandbox_items: Scoped & {
    id: Generated<number>;
    kind: 'email' | 'http';
    summary: string;
    content: Json<Record<string, unknown>>;
    created_at: DefaultTime;
  };
  leases: { name: string; holder: string; expires_at: Time };
}
