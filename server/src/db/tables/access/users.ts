/** Sessions, second factors, passkeys, invitations and what guards a sign-in. */
import type { Generated } from 'kysely';
import type { DefaultTime, Time } from '../columns.ts';

export interface UsersTables {
  sessions: {
    id: string;
    user_id: string;
    created_at: DefaultTime;
    last_used_at: DefaultTime;
    expires_at: Time;
    ip: string | null;
    network: string | null;
    user_agent: string | null;
    second_factor: 'totp' | 'recovery_code' | 'passkey' | null;
    confirmed_at: Time;
    ended_at: Time | null;
  };
  refresh_tokens: {
    id: string;
    family_id: string;
    user_id: string;
    token_hash: Buffer;
    created_at: DefaultTime;
    expires_at: Time;
    used_at: Time | null;
  };
  totp_secrets: {
    user_id: string;
    secret_sealed: Buffer;
    created_at: DefaultTime;
    confirmed_at: Time | null;
    last_step: Generated<number>;
  };
  recovery_codes: { user_id: string; code_hash: Buffer; used_at: Time | null };
  passkeys: {
    id: string;
    user_id: string;
    credential_id: string;
    public_key: Buffer;
    counter: number;
    transports: string[];
    name: string;
    backed_up: boolean;
    created_at: DefaultTime;
    last_used_at: Time | null;
  };
  spent_tokens: { hash: Buffer; expires_at: Time };
  password_resets: { id: string; user_id: string; token_hash: Buffer; expires_at: Time; used_at: Time | null };
  sign_in_tries: { key: Buffer; started_at: Time; tries: number };
  invitations: {
    id: string;
    workspace_id: string;
    email: string;
    role: 'owner' | 'admin' | 'member' | 'viewer' | 'limited';
    token_hash: Buffer;
    invited_by: string | null;
    invited_by_key: number | null;
    created_at: DefaultTime;
    expires_at: Time;
    accepted_at: Time | null;
    revoked_at: Time | null;
  };
}
