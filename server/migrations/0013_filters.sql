-- Destination filters and transformations: which events reach a destination, and what they look like there.

create table destination_filters (
  id uuid primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  environment text not null check (environment in ('live', 'test')),
  source_id uuid not null references sources on delete cascade,
  destination_id uuid not null references destinations on delete cascade,
  title text not null,
  description text,                                      -- null: none was given, or it was cleared
  condition text not null,                               -- FQL, or the word all
  actions jsonb not null,                                -- as they were sent
  enabled boolean not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,                                -- kept: whoever mirrors the table must learn of it
  revision bigint not null default 0
);
create index destination_filters_destination on destination_filters (destination_id, id) where deleted_at is null;
create index destination_filters_revision on destination_filters (revision);

create table transformations (
  id uuid primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  environment text not null check (environment in ('live', 'test')),
  source_id uuid not null references sources on delete cascade,
  destination_metadata_id text,                          -- null: holds for everything the source feeds
  name text not null,
  condition text not null,
  definition jsonb not null,                             -- what it does, as it was sent
  enabled boolean not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  revision bigint not null default 0
);
create index transformations_scope on transformations (workspace_id, environment, id) where deleted_at is null;
create index transformations_source on transformations (source_id) where deleted_at is null;
create index transformations_revision on transformations (revision);

create trigger stamp_revision before insert or update on destination_filters
  for each row execute function stamp_connections_revision();
create trigger stamp_revision before insert or update on transformations
  for each row execute function stamp_connections_revision();

-- What a destination gets in place of the event, where filters or transformations changed it for this destination:
-- decided when the delivery is made, the same at every attempt. Forgotten when the delivery is finished.
create table delivery_payloads (
  event_id bigint not null,
  destination_id uuid not null,
  workspace_id uuid not null,
  payload jsonb not null,
  primary key (event_id, destination_id)
);

select confine_to_workspace('destination_filters');
select confine_to_workspace('transformations');
select confine_to_workspace('delivery_payloads');
