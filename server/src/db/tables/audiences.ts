/** Audiences, their schedules and runs, computed traits. */
import type { Generated } from 'kysely';
import type { DefaultTime, Json, Scoped, Time } from './columns.ts';

export interface AudienceOptions {
  includeHistoricalData?: boolean;
  filterByExternalIds?: string[];
  backfillEventDataDays?: number;
}

export interface TraitOptions {
  includeHistoricalData?: boolean;
  includeAnonymousUsers?: boolean;
  backfillDurationDays?: number;
}

export type ScheduleConfig = { interval: string } | { days: number[]; hours: number[]; timezone: string };

export interface AudienceTables {
  audiences: Scoped & {
    id: string;
    key: string;
    name: string;
    description: string | null;
    enabled: boolean;
    type: 'USERS' | 'ACCOUNTS' | 'LINKED';
    query: string;
    target_entity: string | null;
    options: Json<AudienceOptions>;
    traits: string[];
    run_id: string | null;
    size: number | null;
    sized_at: Time | null;
    created_by: string;
    updated_by: string;
    created_at: DefaultTime;
    updated_at: DefaultTime;
  };
  audience_schedules: Scoped & {
    id: string;
    audience_id: string;
    strategy: 'PERIODIC' | 'SPECIFIC_DAYS';
    config: Json<ScheduleConfig>;
    next_at: Time;
    created_at: DefaultTime;
    updated_at: DefaultTime;
  };
  computed_traits: Scoped & {
    id: string;
    key: string;
    name: string;
    description: string | null;
    enabled: boolean;
    type: 'USERS' | 'ACCOUNTS';
    query: string;
    options: Json<TraitOptions>;
    traits: string[];
    created_by: string;
    updated_by: string;
    created_at: DefaultTime;
    updated_at: DefaultTime;
  };
  audience_runs: Scoped & {
    id: string;
    audience_id: string | null;
    metered: boolean;
    type: 'USERS' | 'ACCOUNTS' | 'LINKED';
    query: string;
    target_entity: string | null;
    options: Json<AudienceOptions>;
    since: Time | null;
    state: Generated<'running' | 'completed' | 'failed'>;
    attempts: Generated<number>;
    claimed_until: Time | null;
    size: number | null;
    results: Json<string[]> | null;
    failure: string | null;
    created_at: DefaultTime;
    finished_at: Time | null;
  };
}
