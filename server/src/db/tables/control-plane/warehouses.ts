/** Warehouses, what they are connected to, and models that read from one. */
import type { DefaultTime, Json, Scoped } from '../columns.ts';

export interface WarehouseTables {
  warehouses: Scoped & {
    id: string;
    kind: 'events' | 'profiles';
    metadata_id: string;
    name: string | null;
    enabled: boolean;
    settings: Json<Record<string, unknown>>;
    secrets_sealed: Buffer;
    schema_name: string | null;
    created_at: DefaultTime;
    updated_at: DefaultTime;
  };
  warehouse_sources: {
    warehouse_id: string;
    source_id: string;
    workspace_id: string;
    created_at: DefaultTime;
  };
  reverse_etl_models: Scoped & {
    id: string;
    source_id: string;
    name: string;
    description: string;
    enabled: boolean;
    query: string;
    query_identifier_column: string;
    created_at: DefaultTime;
    updated_at: DefaultTime;
  };
}
