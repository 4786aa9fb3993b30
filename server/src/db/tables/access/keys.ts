/** API keys, their last uses, the policies of workspaces for them, and the mails about them. */
import type { Generated } from 'kysely';
import type { DefaultTime, Json, Scoped, Time } from '../columns.ts';
import type { StoredPermission } from './iam.ts';

export interface KeyTables {
  api_keys: Scoped & {
    id: Generated<number>;
    uuid: string;
    public_id: string;
    prefix: Generated<string>;
    hash: Buffer;
    secret_id: string | null;
    name: string;
    description: Generated<string>;
    lineage: string;
    scopes: string[];
    may_send: Generated<boolean>;
    agent: Generated<boolean>;
    canary: Generated<boolean>;
    expires_at: Time | null;
    retires_at: Time | null;
    rotated_from: number | null;
    allowed_ips: Generated<string[]>;
    rate_per_minute: number | null;
    shadow_scopes: string[] | null;
    recipients_per_send: number | null;
    recipients_per_day: number | null;
    approval_above: number | null;
    quarantined_at: Time | null;
    quarantine_reason: string | null;
    created_by_user_id: string | null;
    created_by_key_id: number | null;
    permissions: Json<readonly StoredPermission[]> | null;
    created_at: DefaultTime;
    revoked_at: Time | null;
    revoke_reason: string | null;
    revision: number;
  };
  api_key_usage: { key_id: number; last_used_at: Time; last_used_ip: string | null };
  access_revision: { only_row: Generated<boolean>; revision: number };
  key_policies: {
    workspace_id: string;
    max_life_days: number | null;
    force_expiry: Generated<boolean>;
    force_allowed_ips: Generated<boolean>;
    may_mint: Generated<string[]>;
    may_mint_sending: Generated<string[]>;
    revoke_children: Generated<boolean>;
    leak_action: Generated<'revoke' | 'quarantine'>;
    brake_action: Generated<'alert' | 'quarantine'>;
    updated_at: DefaultTime;
  };
  key_reminders: {
    key_id: number;
    kind: 'rotate' | 'expires_week' | 'expires_day';
    due_at: Time;
    sent_at: DefaultTime;
  };
}
