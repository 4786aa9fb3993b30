/** Row types of functions, their versions and the instances of insert functions. */
import type { Generated } from 'kysely';
import type { DefaultJson, DefaultTime, Scoped, Time } from '../columns.ts';

export interface FunctionsTables {
  functions: Scoped & {
    id: string;
    kind: 'source' | 'destination' | 'insert_source' | 'insert_destination' | 'insert_transformation';
    name: string;
    description: string | null;
    logo_url: string | null;
    settings: DefaultJson<Record<string, unknown>[]>;
    current_version_id: string;
    deployed_version_id: string | null;
    deployed_at: Time | null;
    created_by: string | null;
    created_at: DefaultTime;
    updated_at: DefaultTime;
  };
  function_versions: {
    id: string;
    workspace_id: string;
    function_id: string;
    code: string;
    author: string | null;
    created_at: DefaultTime;
    updated_at: DefaultTime;
    deployed_at: Time | null;
  };
  function_instances: Scoped & {
    id: string;
    function_id: string;
    source_id: string | null;
    destination_id: string | null;
    name: string;
    enabled: boolean;
    settings_sealed: Buffer;
    secret_names: Generated<string[]>;
    created_at: DefaultTime;
    updated_at: DefaultTime;
  };
}
