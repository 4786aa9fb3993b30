-- Tracking plans: which events are planned and what they have to look like, and the sources that follow them.
-- A rule is a row: one of five hundred is changed without writing the others, and a page of them is a range of the key.

create table tracking_plans (
  id uuid primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  environment text not null check (environment in ('live', 'test')),
  type text not null check (type in ('ENGAGE', 'LIVE', 'PROPERTY_LIBRARY', 'RULE_LIBRARY', 'TEMPLATE')),
  name text not null,
  slug text,
  description text,
  revision bigint not null default 1,                    -- moves with every change of the rules: what was read of them goes by it
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index tracking_plans_scope on tracking_plans (workspace_id, environment, id);
select confine_to_workspace('tracking_plans');

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
select confine_to_workspace('tracking_plan_rules');

-- A source follows one plan at most. A change of a plan writes the sources that follow it, so that connections/lookup.ts
-- reads them anew.
alter table sources add column tracking_plan_id uuid references tracking_plans on delete set null;
create index sources_tracking_plan on sources (tracking_plan_id, id) where tracking_plan_id is not null;
