/** Workspaces, the people who sign in, and API keys. */
import type { Generated } from 'kysely';
import type { DefaultTime, Scoped, Time } from './columns.ts';

export interface AccessTables {
  workspaces: { id: string; number: Generated<number>; slug: string; name: string; created_at: DefaultTime };
  users: {
    id: string;
    email: string;
    name: Generated<string>;
    password_hash: string;
    created_at: DefaultTime;
    disabled_at: Time | null;
  };
  memberships: {
    workspace_id: string;
    user_id: string;
    role: 'owner' | 'admin' | 'member' | 'viewer';
    created_at: DefaultTime;
  };
  refresh_tokens: {
    id: string;
    family_id: string;
    user_id: string;
    token_hash: Buffer;
    created_at: DefaultTime;
    expires_at: Time;
    used_at: Time | null;
    revoked_at: Time | null;
  };
  api_keys: Scoped & {
    id: Generated<number>;
    uuid: string;
    public_id: string;
    hash: Buffer;
    name: string;
    scopes: string[];
    may_send: Generated<boolean>;
    created_by_user_id: string | null;
    created_by_key_id: number | null;
    created_at: DefaultTime;
    revoked_at: Time | null;
    revision: number;
  };
  api_key_usage: { key_id: number; last_used_at: Time; last_used_ip: string | null };
  access_revision: { only_row: Generated<boolean>; revision: number };
}
