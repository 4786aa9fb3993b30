-- Mails of the system to its users, alerts, leaked keys, brakes on keys, caps and approvals of sends.

-- notices: the outbox ------------------------------------------------------------------------------

create table notices (
  id uuid primary key,
  workspace_id uuid references workspaces on delete cascade,  -- null: about the person alone, such as a password reset
  to_address text not null,
  kind text not null,
  subject text not null,
  text text,                                             -- may hold a one-time link; gone once nothing is left to send
  state text not null check (state in ('queued', 'sending', 'sent', 'failed', 'unknown', 'no_smtp')),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  error text,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  check (text is null or state in ('queued', 'sending'))
);
create index notices_due on notices (next_attempt_at) where state in ('queued', 'sending');
create index notices_finished on notices (finished_at) where finished_at is not null;

-- A request may write a mail and read none: another person's one-time link is in it.
alter table notices enable row level security;
create policy workspace on notices for insert to headgate_app
  with check (workspace_id is null or workspace_id = (select current_workspace()));
grant insert on notices to headgate_app;

-- alerts -------------------------------------------------------------------------------------------

create table alerts (
  id uuid primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  environment text check (environment in ('live', 'test')),  -- that of the key it is about
  kind text not null,
  severity text not null check (severity in ('info', 'warning', 'critical')),
  title text not null,
  text text not null,
  key_id bigint references api_keys on delete set null,
  data jsonb not null default '{}',
  created_at timestamptz not null default now(),
  acknowledged_at timestamptz,
  acknowledged_by text                                   -- a label for people
);
create index alerts_workspace on alerts (workspace_id, id desc);
create index alerts_open on alerts (workspace_id, id desc) where acknowledged_at is null;
select confine_to_workspace('alerts');

-- The same alert is raised once in a window: whoever moves `until` raises it.
create table alert_marks (
  workspace_id uuid not null references workspaces on delete cascade,
  dedupe text not null,
  until timestamptz not null,
  primary key (workspace_id, dedupe)
);
create index alert_marks_until on alert_marks (until);
select confine_to_workspace('alert_marks');

-- leaks --------------------------------------------------------------------------------------------

-- One row for a key and a place it was seen at. The hash is for the finder's records; the key's text is kept nowhere.
create table leaks (
  id uuid primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  environment text not null check (environment in ('live', 'test')),
  key_id bigint not null references api_keys on delete cascade,
  token_hash bytea not null,                             -- SHA-256, as finders name it
  reported_by text not null check (reported_by in ('github', 'finder', 'url')),
  source text not null,
  url text not null,
  note text not null default '',
  place bytea not null,                                  -- SHA-256 of reporter, source and url
  action text not null check (action in ('revoked', 'quarantined', 'none')),
  found_at timestamptz not null,
  last_reported_at timestamptz not null,
  reports integer not null default 1,
  unique (key_id, place)
);
create index leaks_workspace on leaks (workspace_id, id desc);
select confine_to_workspace('leaks');

-- brakes -------------------------------------------------------------------------------------------

-- What a key was seen to do, by lineage, so that a successor is no stranger.
create table brake_keys (
  lineage text primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  first_used_at timestamptz not null,
  uses bigint not null
);
select confine_to_workspace('brake_keys');

create table brake_seen (
  lineage text not null,
  kind text not null check (kind in ('network', 'scope')),
  value text not null,
  workspace_id uuid not null references workspaces on delete cascade,
  first_seen_at timestamptz not null,
  primary key (lineage, kind, value)
);
select confine_to_workspace('brake_seen');

create table brake_hours (
  lineage text not null,
  hour timestamptz not null,
  workspace_id uuid not null references workspaces on delete cascade,
  row_count bigint not null,
  send_count bigint not null,
  primary key (lineage, hour)
);
create index brake_hours_hour on brake_hours (hour);
select confine_to_workspace('brake_hours');

-- sends: caps and a second person's approval -------------------------------------------------------

-- Recipients a lineage sent to on a day (UTC). One row's lock decides between sends at the same time.
create table send_days (
  lineage text not null,
  day timestamptz not null,                              -- its midnight, UTC
  workspace_id uuid not null references workspaces on delete cascade,
  recipients integer not null,
  primary key (lineage, day)
);
create index send_days_day on send_days (day);
select confine_to_workspace('send_days');

create table approvals (
  id uuid primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  environment text not null check (environment in ('live', 'test')),
  key_id bigint not null references api_keys on delete cascade,
  lineage text not null,
  route text not null,                                   -- for people: POST /api/v1/emails/send
  fingerprint bytea not null,                            -- SHA-256 of method, path and body
  recipients integer not null,
  state text not null default 'pending' check (state in ('pending', 'approved', 'rejected', 'used')),
  requested_at timestamptz not null default now(),
  expires_at timestamptz not null,
  decided_at timestamptz,
  decided_by_user_id uuid references users,
  decided_by text,
  note text not null default '',
  used_at timestamptz
);
create index approvals_workspace on approvals (workspace_id, id desc);
create index approvals_same on approvals (lineage, fingerprint) where state = 'pending';
select confine_to_workspace('approvals');
