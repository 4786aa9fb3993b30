-- Functions: code of a workspace's own, every version of it, and where insert functions are put in.

create table functions (
  id uuid primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  environment text not null check (environment in ('live', 'test')),
  kind text not null check (kind in ('source', 'destination', 'insert_source', 'insert_destination', 'insert_transformation')),
  name text not null,
  description text,
  logo_url text,
  settings jsonb not null default '[]',                  -- definitions: [{name, label, description, type, required, sensitive}]
  current_version_id uuid not null,
  deployed_version_id uuid,
  deployed_at timestamptz,
  created_by uuid,                                       -- a user; null: an API key
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index functions_name on functions (workspace_id, environment, kind, lower(name));
create index functions_kind on functions (workspace_id, environment, kind, id);
select confine_to_workspace('functions');

create table function_versions (
  id uuid primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  function_id uuid not null references functions on delete cascade,
  code text not null,
  author uuid,                                           -- a user; null: an API key
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deployed_at timestamptz                                -- last
);
create index function_versions_function on function_versions (function_id, id);
select confine_to_workspace('function_versions');

-- A function and its first version name each other: looked at when the transaction ends.
alter table functions
  add foreign key (current_version_id) references function_versions deferrable initially deferred,
  add foreign key (deployed_version_id) references function_versions deferrable initially deferred;

create table function_instances (
  id uuid primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  environment text not null check (environment in ('live', 'test')),
  function_id uuid not null references functions,
  source_id uuid references sources on delete cascade,
  destination_id uuid references destinations on delete cascade,
  name text not null,
  enabled boolean not null,
  settings_sealed bytea not null,                        -- AES-256-GCM of their JSON
  secret_names text[] not null default '{}',             -- what was sensitive when it was written: shown masked from then on
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check (num_nonnulls(source_id, destination_id) = 1),
  unique (function_id, source_id),
  unique (function_id, destination_id)
);
create index function_instances_workspace on function_instances (workspace_id, environment, id);
create index function_instances_source on function_instances (source_id) where source_id is not null;
create index function_instances_destination on function_instances (destination_id) where destination_id is not null;
select confine_to_workspace('function_instances');
