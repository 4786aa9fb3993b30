-- Permissions (a role on resources) of members, groups, invitations and API keys; groups of members.

-- `limited`: a member who has what permissions give and nothing else.
alter table memberships drop constraint memberships_role_check;
alter table memberships add constraint memberships_role_check
  check (role in ('owner', 'admin', 'member', 'viewer', 'limited'));
alter table invitations drop constraint invitations_role_check;
alter table invitations add constraint invitations_role_check
  check (role in ('owner', 'admin', 'member', 'viewer', 'limited'));
-- An invitation is its maker's word: of a key too.
alter table invitations add column invited_by_key bigint references api_keys on delete cascade;

create table user_groups (
  id uuid primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  name text not null,
  created_at timestamptz not null default now()
);
create index user_groups_workspace on user_groups (workspace_id, id);
select confine_to_workspace('user_groups');

-- A member of the workspace, or somebody who was invited and becomes one by accepting.
create table user_group_members (
  id bigint generated always as identity primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  group_id uuid not null references user_groups on delete cascade,
  user_id uuid,
  invitation_id uuid references invitations on delete cascade,
  foreign key (workspace_id, user_id) references memberships (workspace_id, user_id) on delete cascade,
  check (num_nonnulls(user_id, invitation_id) = 1)
);
create unique index user_group_members_user on user_group_members (group_id, user_id) where user_id is not null;
create unique index user_group_members_invitation on user_group_members (group_id, invitation_id)
  where invitation_id is not null;
create index user_group_members_of_user on user_group_members (workspace_id, user_id);
create index user_group_members_of_invitation on user_group_members (invitation_id);
select confine_to_workspace('user_group_members');

create table permissions (
  id uuid primary key,
  number bigint generated always as identity unique,             -- in the order they were given
  workspace_id uuid not null references workspaces on delete cascade,
  user_id uuid,
  group_id uuid references user_groups on delete cascade,
  invitation_id uuid references invitations on delete cascade,   -- waits for its acceptance
  role_id text not null,                                         -- access/permissions/roles.ts
  resources jsonb not null,                                      -- [{id, type, labels?: [{key, value, description?}]}], as written
  labels jsonb,                                                  -- as written with the whole permission
  created_at timestamptz not null default now(),
  foreign key (workspace_id, user_id) references memberships (workspace_id, user_id) on delete cascade,
  check (num_nonnulls(user_id, group_id, invitation_id) = 1)
);
create index permissions_user on permissions (workspace_id, user_id);
create index permissions_group on permissions (group_id);
create index permissions_invitation on permissions (invitation_id);
select confine_to_workspace('permissions');

-- null: what the scopes say, on the whole workspace; a list: no more than these.
alter table api_keys add column permissions jsonb;
