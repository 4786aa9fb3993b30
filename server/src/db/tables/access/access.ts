/** Workspaces and the people who sign in. */
import type { Generated } from 'kysely';
import type { DefaultTime, Time } from '../columns.ts';

export interface AccessTables {
  workspaces: {
    id: string;
    number: Generated<number>;
    slug: string;
    name: string;
    created_at: DefaultTime;
    second_factor_required: Generated<boolean>;
  };
  users: {
    id: string;
    email: string;
    name: Generated<string>;
    password_hash: string;
    created_at: DefaultTime;
    disabled_at: Time | null;
    password_changed_at: Time | null;
  };
  memberships: {
    workspace_id: string;
    user_id: string;
    role: 'owner' | 'admin' | 'member' | 'viewer' | 'limited';
    created_at: DefaultTime;
  };
}
