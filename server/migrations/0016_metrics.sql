-- What is counted of events and deliveries, who was seen in a month, who is suppressed, and requests to delete people.

-- Counts a minute, an hour and a day, written together in the transaction of what they count. A row is one series
-- (step, destination, event type and name, app version, reason) of one source in one bucket. Names of events come from
-- outside: a source has at most 1,000 series of them a day, the rest is counted as "(other)" (events/metrics/names.ts).
create function metric_series(step text, destination_id uuid, subscription_id text, type text, name text, version text, reason text)
returns uuid immutable parallel safe language sql as $$
  select md5(step || chr(31) || coalesce(destination_id::text, '') || chr(31) || subscription_id || chr(31) || type || chr(31)
    || name || chr(31) || version || chr(31) || reason)::uuid
$$;

create table metric_counts (
  workspace_id uuid not null,
  environment text not null,
  source_id uuid not null,
  grain text not null check (grain in ('minute', 'hour', 'day')),
  bucket timestamptz not null,
  -- received, refused, filtered: what became of an event at its source;
  -- delivered, failed, retried, dropped: what became of it at a destination (dropped: by a filter, never sent)
  step text not null,
  destination_id uuid,
  subscription_id text not null default '',
  type text not null default '',
  name text not null default '',
  version text not null default '',
  reason text not null default '',
  series uuid not null,                                  -- metric_series of the seven above
  count bigint not null,
  waited_ms bigint not null default 0,                   -- delivered: from the delivery's creation on, summed
  primary key (source_id, grain, bucket, series)
-- Room for the next versions of a row: the newest ones change with every batch.
) with (fillfactor = 70);
create index metric_counts_scope on metric_counts (workspace_id, environment, grain, bucket);
-- For the retention of each grain.
create index metric_counts_minute on metric_counts (bucket) where grain = 'minute';
create index metric_counts_hour on metric_counts (bucket) where grain = 'hour';
create index metric_counts_day on metric_counts (bucket) where grain = 'day';
select confine_to_workspace('metric_counts');

-- Tracking calls of a day, and whose first event of the month came on it. The nil UUID as source: the whole workspace.
create table usage_days (
  workspace_id uuid not null,
  environment text not null,
  day timestamptz not null,                              -- its beginning, UTC
  source_id uuid not null,
  api_calls bigint not null default 0,
  users bigint not null default 0,                       -- user ids
  anonymous bigint not null default 0,                   -- anonymous ids
  identified bigint not null default 0,                  -- anonymous ids that came with a user id for the first time this month
  primary key (workspace_id, environment, day, source_id)
);
select confine_to_workspace('usage_days');

-- Who was seen in a month by which source: a hash of the id. Kept until the month can get no more events.
create table month_people (
  workspace_id uuid not null,
  environment text not null,
  month timestamptz not null,
  person uuid not null,
  source_id uuid not null,
  is_user boolean not null,
  identified boolean not null,
  primary key (workspace_id, environment, month, person, source_id)
);
create index month_people_month on month_people using brin (month);
select confine_to_workspace('month_people');

-- What a delivery is counted as.
alter table deliveries
  add column source_id uuid,
  add column event_type text,
  add column event_name text,
  add column app_version text;

-- People -------------------------------------------------------------------------------------------

-- Whose events are not taken. The nil UUID as source: in the whole workspace.
create table suppressions (
  id bigint generated always as identity primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  environment text not null check (environment in ('live', 'test')),
  source_id uuid not null,
  user_id text not null,
  created_at timestamptz not null default now(),
  unique (workspace_id, environment, user_id, source_id)
);
create index suppressions_list on suppressions (workspace_id, environment, source_id, id);
select confine_to_workspace('suppressions');

create table regulations (
  id uuid primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  environment text not null check (environment in ('live', 'test')),
  source_id uuid,                                        -- null: the whole workspace
  type text not null check (type in ('SUPPRESS_ONLY', 'UNSUPPRESS', 'DELETE_ONLY', 'DELETE_INTERNAL',
    'SUPPRESS_WITH_DELETE', 'SUPPRESS_WITH_DELETE_INTERNAL', 'DELETE_ARCHIVE_ONLY')),
  subject_type text not null check (subject_type in ('USER_ID', 'ANONYMOUS_ID', 'OBJECT_ID')),
  collection text,
  subjects integer not null,
  subject_bytes integer not null,                        -- of all their texts: bounds a page of regulations
  status text not null default 'INITIALIZED' check (status in ('INITIALIZED', 'RUNNING', 'FINISHED', 'FAILED',
    'PARTIAL_SUCCESS', 'INVALID', 'NOT_SUPPORTED')),
  error text,
  stage text not null default 'begin' check (stage in ('begin', 'people', 'events', 'refusals', 'sandbox')),
  scanned bigint not null default 0,                     -- refusals, sandbox: the last row that was looked at
  erasing_since timestamptz,                             -- what arrived before it is stored before people are deleted
  tries integer not null default 0,
  not_before timestamptz not null default now(),
  created_at timestamptz not null default now(),
  finished_at timestamptz
);
create index regulations_scope on regulations (workspace_id, environment, source_id, id);
create index regulations_open on regulations (not_before, id) where finished_at is null;
create index regulations_age on regulations (created_at);
select confine_to_workspace('regulations');

create table regulation_subjects (
  regulation_id uuid not null references regulations on delete cascade,
  position integer not null,
  workspace_id uuid not null references workspaces on delete cascade,
  value text not null,
  done boolean not null default false,
  primary key (regulation_id, position)
);
create index regulation_subjects_open on regulation_subjects (regulation_id, position) where not done;
select confine_to_workspace('regulation_subjects');

-- Profiles whose events a regulation still has to delete: they are found before the profile goes.
create table regulation_people (
  regulation_id uuid not null references regulations on delete cascade,
  profile_id uuid not null,
  workspace_id uuid not null references workspaces on delete cascade,
  primary key (regulation_id, profile_id)
);
select confine_to_workspace('regulation_people');

-- Every id those people had, by which refusals and captured requests are found. Gone when the regulation has finished.
create table regulation_traces (
  regulation_id uuid not null references regulations on delete cascade,
  value text not null,
  workspace_id uuid not null references workspaces on delete cascade,
  primary key (regulation_id, value)
);
select confine_to_workspace('regulation_traces');

-- People named in a calendar month, apart for what stays here and what also asks destinations.
create table regulation_quotas (
  workspace_id uuid not null references workspaces on delete cascade,
  environment text not null check (environment in ('live', 'test')),
  month timestamptz not null,
  kind text not null check (kind in ('internal', 'destinations')),
  used integer not null,
  primary key (workspace_id, environment, month, kind)
);
select confine_to_workspace('regulation_quotas');
