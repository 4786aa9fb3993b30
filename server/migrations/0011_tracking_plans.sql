-- Tracking plans: which events are planned and what they have to look like, and the sources they hold for.
-- A rule is a row: one of five hundred is changed without writing the others, and a page of them is a range of the key.

create table tracking_plans (
  id uuid primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  environment text not null check (environment in ('live', 'test')),
  type text not null check (type in ('ENGAGE', 'LIVE', 'PROPERTY_LIBRARY', 'RULE_LIBRARY', 'TEMPLATE')),
  name text not null,
  slug text,
  description text,
  revision bigint not null default 1,                    -- moves with every change of the rules: what was compiled from them goes by it
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index tracking_plans_scope on tracking_plans (workspace_id, environment, id);

create table tracking_plan_rules (
  plan_id uuid not null references tracking_plans on delete cascade,
  position bigint not null,                              -- their order; grows, so that a page's cursor keeps its place
  workspace_id uuid not null references workspaces on delete cascade,
  type text not null check (type in ('COMMON', 'GROUP', 'IDENTIFY', 'PAGE', 'SCREEN', 'TRACK')),
  key text,                                              -- of a TRACK rule the event's name
  version integer not null,
  description text,                                      -- where it came apart from the schema (Config API)
  schema text not null,                                  -- JSON, as text: clients compare it with what they sent
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (plan_id, position)
);
create unique index tracking_plan_rules_name on tracking_plan_rules (plan_id, type, version, coalesce(key, ''));

-- A source follows one plan at most.
create table tracking_plan_sources (
  source_id uuid primary key references sources on delete cascade,
  plan_id uuid not null references tracking_plans on delete cascade,
  workspace_id uuid not null references workspaces on delete cascade,
  created_at timestamptz not null default now()
);
create index tracking_plan_sources_plan on tracking_plan_sources (plan_id, source_id);

select confine_to_workspace('tracking_plans');
select confine_to_workspace('tracking_plan_rules');
select confine_to_workspace('tracking_plan_sources');

-- Tells every process that plans that sources follow changed: connections/tracking-plans/followed.ts.
create table tracking_plans_revision (
  only_row boolean primary key default true check (only_row),
  revision bigint not null
);
insert into tracking_plans_revision (revision) values (1);
grant select, update on tracking_plans_revision to headgate_app;
