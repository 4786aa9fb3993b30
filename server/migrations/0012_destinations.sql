-- Destinations of every type of the catalog, and the mappings (subscriptions) of those that have actions.

alter table destinations
  add column metadata_id text,                                    -- the catalog's type
  add column settings_sealed jsonb not null default '{}',         -- secret settings: name → AES-256-GCM in base64; `settings` has bullets there
  add column connection_mode text check (connection_mode in ('CLOUD', 'DEVICE'));   -- null: not said
-- Every destination so far was a webhook with one URL.
update destinations set metadata_id = '54521fdc25e721e32a72ef04', settings = jsonb_build_object('globalHook', settings->>'url');
alter table destinations
  alter column metadata_id set not null,
  alter column name drop not null,
  alter column secret_sealed drop not null,
  drop column type;
drop index destinations_scope;
create index destinations_scope on destinations (workspace_id, environment, id) where deleted_at is null;
drop index destinations_source;
create index destinations_source on destinations (source_id, id) where deleted_at is null;

create table destination_subscriptions (
  id uuid primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  environment text not null check (environment in ('live', 'test')),
  destination_id uuid not null references destinations on delete cascade,
  action_id text not null,
  name text not null,
  trigger text not null,                                          -- FQL
  enabled boolean not null,
  settings jsonb not null,                                        -- the action's fields: values, or where to take them from
  settings_sealed jsonb not null default '{}',
  model_id uuid,                                                  -- of reverse ETL
  schedule jsonb,                                                 -- of reverse ETL: {strategy, config?}
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index destination_subscriptions_destination on destination_subscriptions (destination_id, id);
select confine_to_workspace('destination_subscriptions');
