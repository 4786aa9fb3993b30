/** Row types of sources, their write keys and their labels. */
import type { Generated } from 'kysely';
import type { DefaultJson, DefaultTime, Scoped, Time } from '../columns.ts';

export interface SourcesTables {
  sources: Scoped & {
    id: string;
    name: string;
    slug: string;
    metadata_id: string;
    settings: DefaultJson<Record<string, unknown>>;
    library_config: DefaultJson<Record<string, unknown>>;
    schema_settings: DefaultJson<Record<string, Record<string, unknown>>>;
    forward_violations_to: string | null;
    forward_blocked_to: string | null;
    tracking_plan_id: string | null;
    enabled: Generated<boolean>;
    created_at: DefaultTime;
    updated_at: DefaultTime;
    deleted_at: Time | null;
    /** Of connections_revision, as of the last write to the row; a trigger's. */
    revision: Generated<number>;
  };
  source_write_keys: {
    id: Generated<number>;
    workspace_id: string;
    source_id: string;
    write_key: string;
    created_at: DefaultTime;
  };
  labels: Scoped & {
    id: Generated<number>;
    key: string;
    value: string;
    description: string | null;
    created_at: DefaultTime;
  };
  source_labels: {
    id: Generated<number>;
    workspace_id: string;
    source_id: string;
    label_id: number;
    description: string | null;
  };
}
