-- Audiences, computed traits, and the runs that count who is in one. A space is a workspace's environment: it has no row.

create table audiences (
  id uuid primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  environment text not null check (environment in ('live', 'test')),
  key text not null,                                     -- made of the first name; other definitions refer to it
  name text not null,
  description text,
  enabled boolean not null,
  type text not null check (type in ('USERS', 'ACCOUNTS', 'LINKED')),
  query text not null,
  target_entity text,
  options jsonb not null,                                -- as they were given
  traits text[] not null,                                -- traits and audiences that the query names
  run_id uuid,                                           -- what counts it or counted it last; null: nothing can
  size bigint,
  sized_at timestamptz,
  created_by text not null,
  updated_by text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, environment, key)
);
create index audiences_scope on audiences (workspace_id, environment, id);

create table audience_schedules (
  id uuid primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  environment text not null check (environment in ('live', 'test')),
  audience_id uuid not null references audiences on delete cascade,
  strategy text not null check (strategy in ('PERIODIC', 'SPECIFIC_DAYS')),
  config jsonb not null,
  next_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index audience_schedules_audience on audience_schedules (audience_id, id);
create index audience_schedules_due on audience_schedules (next_at);

create table computed_traits (
  id uuid primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  environment text not null check (environment in ('live', 'test')),
  key text not null,
  name text not null,
  description text,
  enabled boolean not null,
  type text not null check (type in ('USERS', 'ACCOUNTS')),
  query text not null,
  options jsonb not null,
  traits text[] not null,
  created_by text not null,
  updated_by text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, environment, key)
);
create index computed_traits_scope on computed_traits (workspace_id, environment, id);

-- Counting who a definition holds for: asked for as a preview, or for an audience that was made or changed. The row is
-- the queue. A process that ends in the middle leaves it running; another one takes it when claimed_until has passed.
create table audience_runs (
  id uuid primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  environment text not null check (environment in ('live', 'test')),
  audience_id uuid references audiences on delete cascade,   -- null: a preview
  metered boolean not null,                              -- counts toward the space's previews of the month
  type text not null check (type in ('USERS', 'ACCOUNTS', 'LINKED')),
  query text not null,
  target_entity text,
  options jsonb not null,
  since timestamptz,                                     -- earlier events do not count
  state text not null default 'running' check (state in ('running', 'completed', 'failed')),
  attempts integer not null default 0,
  claimed_until timestamptz,
  size bigint,
  results jsonb,
  failure text,
  created_at timestamptz not null default now(),
  finished_at timestamptz
);
create index audience_runs_scope on audience_runs (workspace_id, environment, created_at);
create index audience_runs_waiting on audience_runs (created_at) where state = 'running';
create index audience_runs_audience on audience_runs (audience_id) where audience_id is not null;

select confine_to_workspace('audiences');
select confine_to_workspace('audience_schedules');
select confine_to_workspace('computed_traits');
select confine_to_workspace('audience_runs');

-- Accounts are what group events name. Only those cost anything; a part of the id, because an index entry has a bound.
create index events_groups on events (workspace_id, environment, left(payload ->> 'groupId', 512), id) where type = 'group';

-- Values of traits and properties, for comparing. Whatever a client sent must give a value or null, never an error.

create function audience_text(v jsonb) returns text immutable parallel safe language sql as
  $$ select v #>> '{}' $$;

create function audience_number(v jsonb) returns numeric immutable parallel safe language sql as $$
  select case
    when jsonb_typeof(v) = 'number' then (v #>> '{}')::numeric
    when jsonb_typeof(v) = 'string' and (v #>> '{}') ~ '^-?[0-9]{1,30}(\.[0-9]{1,30})?$' then (v #>> '{}')::numeric
  end $$;

-- ISO 8601 (audiences/query/time.ts has the same rule), or a number: seconds since 1970, from 100,000,000,000 on milliseconds.
create function audience_time(v jsonb) returns timestamptz immutable parallel safe language sql as $$
  select case jsonb_typeof(v)
    when 'number' then case
      when abs((v #>> '{}')::numeric) < 1e11 then to_timestamp((v #>> '{}')::float8)
      when abs((v #>> '{}')::numeric) < 1e14 then to_timestamp((v #>> '{}')::float8 / 1000)
    end
    when 'string' then (
      select (
          make_timestamp(m[1]::int, m[2]::int, 1, coalesce(m[4], '0')::int, coalesce(m[5], '0')::int, 0)
          + make_interval(days => m[3]::int - 1, secs => (coalesce(m[6], '0') || coalesce(m[7], ''))::float8)
          + make_interval(mins => case
              when m[8] like '-%' then substr(m[8], 2, 2)::int * 60 + right(m[8], 2)::int
              when m[8] like '+%' then -(substr(m[8], 2, 2)::int * 60 + right(m[8], 2)::int)
              else 0
            end)
        ) at time zone 'UTC'
      from regexp_match(v #>> '{}', '^(?!0000)(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?:[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(\.\d{1,9})?)?(Z|[+-](?:0\d|1[0-4]):?[0-5]\d)?)?$') m)
  end $$;
