/** OAuth: registered apps, consents, and what the protocol keeps. */
import type { Generated } from 'kysely';
import type { DefaultTime, Json, Scoped, Time } from '../columns.ts';

export interface OAuthTables {
  oauth_clients: Scoped & {
    id: string;
    name: string;
    homepage: string | null;
    auth_method: 'none' | 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt';
    secret_hash: Buffer | null;
    jwks: Json<{ keys: Record<string, unknown>[] }> | null;
    grant_types: string[];
    redirect_uris: Generated<string[]>;
    scopes: string[];
    may_send: Generated<boolean>;
    created_by: string;
    created_at: DefaultTime;
    updated_at: DefaultTime;
    secret_rotated_at: Time | null;
  };
  oauth_grants: Scoped & {
    id: string;
    client_id: string;
    user_id: string;
    scopes: string[];
    may_send: Generated<boolean>;
    created_at: DefaultTime;
  };
  oauth_store: {
    model: string;
    id_hash: Buffer;
    payload_sealed: Buffer;
    client_id: string | null;
    grant_id: string | null;
    uid_hash: Buffer | null;
    expires_at: Time;
    consumed_at: Time | null;
  };
}
