-- Warehouses, the sources they take events of, and models that read from one (reverse ETL).

create table warehouses (
  id uuid primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  environment text not null check (environment in ('live', 'test')),
  kind text not null check (kind in ('events', 'profiles')),     -- what is to be loaded: events of sources, or people
  metadata_id text not null,                                     -- its type in the catalog
  name text,
  enabled boolean not null,
  settings jsonb not null,                                       -- without those that are secret
  secrets_sealed bytea not null,                                 -- JSON of those
  schema_name text,                                              -- profiles only
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index warehouses_scope on warehouses (workspace_id, environment, kind, id);

create table warehouse_sources (
  warehouse_id uuid not null references warehouses on delete cascade,
  source_id uuid not null references sources on delete cascade,
  workspace_id uuid not null references workspaces on delete cascade,
  created_at timestamptz not null default now(),
  primary key (warehouse_id, source_id)
);
create index warehouse_sources_source on warehouse_sources (source_id, warehouse_id);

create table reverse_etl_models (
  id uuid primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  environment text not null check (environment in ('live', 'test')),
  source_id uuid not null references sources on delete cascade,
  name text not null,
  description text not null,
  enabled boolean not null,
  query text not null,
  query_identifier_column text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index reverse_etl_models_scope on reverse_etl_models (workspace_id, environment, id);
create index reverse_etl_models_source on reverse_etl_models (source_id);

select confine_to_workspace('warehouses');
select confine_to_workspace('warehouse_sources');
select confine_to_workspace('reverse_etl_models');
