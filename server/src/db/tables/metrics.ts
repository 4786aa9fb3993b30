/** Row types of what is counted, of suppressions and of requests to delete people (migration metrics). */
import type { Generated } from 'kysely';
import type { DefaultTime, Scoped, Time } from './columns.ts';

export interface MetricTables {
  metric_counts: Scoped & {
    source_id: string;
    grain: 'minute' | 'hour' | 'day';
    bucket: Time;
    step: string;
    destination_id: string | null;
    subscription_id: Generated<string>;
    type: Generated<string>;
    name: Generated<string>;
    version: Generated<string>;
    reason: Generated<string>;
    series: string;
    count: number;
    waited_ms: Generated<number>;
  };
  usage_days: Scoped & {
    day: Time;
    source_id: string;
    api_calls: Generated<number>;
    users: Generated<number>;
    anonymous: Generated<number>;
    identified: Generated<number>;
  };
  month_people: Scoped & {
    month: Time;
    person: string;
    source_id: string;
    is_user: boolean;
    identified: boolean;
  };
  suppressions: Scoped & { id: Generated<number>; source_id: string; user_id: string; created_at: DefaultTime };
  regulations: Scoped & {
    id: string;
    source_id: string | null;
    type: string;
    subject_type: string;
    collection: string | null;
    subjects: number;
    subject_bytes: number;
    status: Generated<string>;
    error: string | null;
    stage: Generated<string>;
    scanned: Generated<number>;
    erasing_since: Time | null;
    tries: Generated<number>;
    not_before: DefaultTime;
    created_at: DefaultTime;
    finished_at: Time | null;
  };
  regulation_subjects: {
    regulation_id: string;
    position: number;
    workspace_id: string;
    value: string;
    done: Generated<boolean>;
  };
  regulation_people: { regulation_id: string; profile_id: string; workspace_id: string };
  regulation_traces: { regulation_id: string; value: string; workspace_id: string };
  regulation_quotas: Scoped & { month: Time; kind: string; used: number };
}
