/** Row types of destinations and their subscriptions. */
import type { Generated } from 'kysely';
import type { DefaultJson, DefaultTime, Json, Scoped, Time } from '../columns.ts';

export interface DestinationsTables {
  destinations: Scoped & {
    id: string;
    source_id: string;
    metadata_id: string;
    name: string | null;
    settings: Json<Record<string, unknown>>;
    settings_sealed: DefaultJson<Record<string, string>>;
    secret_sealed: Buffer | null;
    connection_mode: 'CLOUD' | 'DEVICE' | null;
    enabled: Generated<boolean>;
    revision: Generated<number>;
    created_at: DefaultTime;
    updated_at: DefaultTime;
    deleted_at: Time | null;
  };
  destination_subscriptions: Scoped & {
    id: string;
    destination_id: string;
    action_id: string;
    name: string;
    trigger: string;
    enabled: boolean;
    settings: Json<Record<string, unknown>>;
    settings_sealed: DefaultJson<Record<string, string>>;
    model_id: string | null;
    schedule: Json<Record<string, unknown>> | null;
    created_at: DefaultTime;
    updated_at: DefaultTime;
  };
}
