/** Row types of destination filters and transformations, and of what they do to deliveries. */
import type { Generated } from 'kysely';
import type { DefaultTime, Json, Scoped, Time } from '../columns.ts';

export interface FiltersTables {
  destination_filters: Scoped & {
    id: string;
    source_id: string;
    destination_id: string;
    title: string;
    description: string | null;
    condition: string;
    actions: Json<unknown[]>;
    enabled: boolean;
    created_at: DefaultTime;
    updated_at: DefaultTime;
    deleted_at: Time | null;
    /** Of connections_revision, as of the last write to the row; a trigger's. */
    revision: Generated<number>;
  };
  transformations: Scoped & {
    id: string;
    source_id: string;
    destination_metadata_id: string | null;
    name: string;
    condition: string;
    definition: Json<Record<string, unknown>>;
    /** The key of its hashes, which is not in the definition. */
    hash_key_sealed: Buffer | null;
    enabled: boolean;
    created_at: DefaultTime;
    updated_at: DefaultTime;
    deleted_at: Time | null;
    revision: Generated<number>;
  };
  delivery_payloads: {
    event_id: number;
    destination_id: string;
    workspace_id: string;
    payload: Json<Record<string, unknown>>;
  };
}
