/** Groups of members, and permissions of members, groups and invitations. */
import type { Generated } from 'kysely';
import type { DefaultTime, Json } from '../columns.ts';

interface StoredLabel {
  readonly key: string;
  readonly value: string;
  readonly description?: string | undefined;
}

interface StoredResource {
  readonly id: string;
  readonly type: 'FUNCTION' | 'SOURCE' | 'SPACE' | 'WAREHOUSE' | 'WORKSPACE';
  readonly labels?: readonly StoredLabel[] | undefined;
}

export interface StoredPermission {
  readonly roleId: string;
  readonly resources: readonly StoredResource[];
  readonly labels?: readonly StoredLabel[] | undefined;
}

export interface IamTables {
  user_groups: { id: string; workspace_id: string; name: string; created_at: DefaultTime };
  user_group_members: {
    id: Generated<number>;
    workspace_id: string;
    group_id: string;
    user_id: string | null;
    invitation_id: string | null;
  };
  permissions: {
    id: string;
    number: Generated<number>;
    workspace_id: string;
    user_id: string | null;
    group_id: string | null;
    invitation_id: string | null;
    role_id: string;
    resources: Json<readonly StoredResource[]>;
    labels: Json<readonly StoredLabel[]> | null;
    created_at: DefaultTime;
  };
}
