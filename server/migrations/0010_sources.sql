-- Sources as Segment's Public API knows them: slug, type, settings, several write keys, labels, schema settings.

alter table sources
  add column slug text,
  add column metadata_id text not null default 'iUM16Md8P2',   -- the catalog's http-api, which every source so far was
  add column settings jsonb not null default '{}',
  add column library_config jsonb not null default '{}',        -- the Config API's, key by key
 add column schema_settings jsonb not null default '{}',       -- {track?, identify?, group?}: only what was set
  add column forward_violations_to uuid references sources on delete set null,
  add column forward_blocked_to uuid references sources on delete set null;
alter table sources alter column metadata_id drop default;

-- From the name; the oldest of several gets it plain, the others with the end of their id.
with slugs as (
  select id, coalesce(nullif(trim(both '-' from left(regexp_replace(lower(name), '[^a-z0-9]+', '-', 'g'), 100)), ''), 'source') as slug,
         workspace_id, environment
  from sources
), numbered as (
  select id, slug, row_number() over (partition by workspace_id, environment, slug order by id) as n from slugs
)
update sources s
set slug = case when n.n = 1 then n.slug else n.slug || '-' || right(s.id::text, 12) end
from numbered n where n.id = s.id;
alter table sources alter column slug set not null;
-- The slug first: by the place alone a workspace has its sources from sources_scope.
create unique index sources_slug on sources (slug, workspace_id, environment) where deleted_at is null;
create index sources_forwarding on sources (forward_violations_to, forward_blocked_to)
  where forward_violations_to is not null or forward_blocked_to is not null;

-- In the order they were made. A key is never given to a second source.
create table source_write_keys (
  id bigint generated always as identity primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  source_id uuid not null references sources on delete cascade,
  write_key text not null unique,
  created_at timestamptz not null default now()
);
create index source_write_keys_source on source_write_keys (source_id, id);
select confine_to_workspace('source_write_keys');

insert into source_write_keys (workspace_id, source_id, write_key, created_at)
select workspace_id, id, write_key, created_at from sources order by id;
alter table sources drop column write_key;

create table labels (
  id bigint generated always as identity primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  environment text not null check (environment in ('live', 'test')),
  key text not null,
  value text not null,
  description text,
  created_at timestamptz not null default now(),
  unique (workspace_id, environment, key, value)
);
select confine_to_workspace('labels');

create table source_labels (
  id bigint generated always as identity primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  source_id uuid not null references sources on delete cascade,
  label_id bigint not null references labels on delete cascade,
  description text,                                             -- as it was written with the source's label; null: not at all
  unique (source_id, label_id)
);
create index source_labels_label on source_labels (label_id);
select confine_to_workspace('source_labels');

-- Which change a row was last part of: a process that knows revision n reads what is above it (connections/lookup.ts).
alter table sources add column revision bigint not null default 0;
alter table destinations add column revision bigint not null default 0;
create function stamp_connections_revision() returns trigger language plpgsql as $$
begin
  select revision into new.revision from connections_revision;
  return new;
end $$;
create trigger stamp_revision before insert or update on sources
  for each row execute function stamp_connections_revision();
create trigger stamp_revision before insert or update on destinations
  for each row execute function stamp_connections_revision();
create index sources_revision on sources (revision);
create index destinations_revision on destinations (revision);
