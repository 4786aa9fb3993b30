-- Workspaces, people who sign in, keys, connections, the event log, profiles, deliveries, messages.
-- Forward only. Every row of people and message data carries (workspace_id, environment).

-- access ------------------------------------------------------------------------------------------

create table workspaces (
  id uuid primary key,
  number integer generated always as identity unique,   -- SegOps names tenants by an integer
  slug text not null unique,
  name text not null,
  created_at timestamptz not null default now()
);

create table users (
  id uuid primary key,
  email text not null unique check (email = lower(email)),
  name text not null default '',
  password_hash text not null,
  created_at timestamptz not null default now(),
  disabled_at timestamptz
);

create table memberships (
  workspace_id uuid not null references workspaces on delete cascade,
  user_id uuid not null references users on delete cascade,
  role text not null check (role in ('owner', 'admin', 'member', 'viewer')),
  created_at timestamptz not null default now(),
  primary key (workspace_id, user_id)
);

create table refresh_tokens (
  id uuid primary key,
  family_id uuid not null,
  user_id uuid not null references users on delete cascade,
  token_hash bytea not null unique,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz
);
create index refresh_tokens_family on refresh_tokens (family_id);

create table api_keys (
  id bigint generated always as identity primary key,   -- SegOps: numeric ids
  uuid uuid not null unique,                             -- SubscribeFlow: UUID ids
  workspace_id uuid not null references workspaces on delete cascade,
  environment text not null check (environment in ('live', 'test')),
  public_id text not null unique,
  hash bytea not null,
  name text not null,
  scopes text[] not null,                                -- empty: full access, as SubscribeFlow documents
  may_send boolean not null default false,
  created_by_user_id uuid references users,
  created_by_key_id bigint references api_keys,
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  revision bigint not null                               -- access_revision of the key's last change
);
create index api_keys_workspace on api_keys (workspace_id, id);
create index api_keys_revision on api_keys (revision);

-- Apart from the key's row, so that noting a use can never undo a revocation.
create table api_key_usage (
  key_id bigint primary key references api_keys on delete cascade,
  last_used_at timestamptz not null,
  last_used_ip text
);

-- Every change of a key bumps this row in the same transaction and notes the number in the key's row. The row's lock
-- makes changes commit in the order of their numbers, so a node that asks for "revision > last seen" misses nothing.
create table access_revision (
  only_row boolean primary key default true check (only_row),
  revision bigint not null
);
insert into access_revision (revision) values (1);

-- connections -------------------------------------------------------------------------------------

create table sources (
  id uuid primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  environment text not null check (environment in ('live', 'test')),
  name text not null,
  write_key text not null unique,
  enabled boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create index sources_scope on sources (workspace_id, environment, id);

create table destinations (
  id uuid primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  environment text not null check (environment in ('live', 'test')),
  source_id uuid not null references sources,
  type text not null check (type in ('webhook')),
  name text not null,
  settings jsonb not null,
  secret_sealed bytea not null,                          -- AES-256-GCM under a key derived from HEADGATE_SECRET
  enabled boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create index destinations_scope on destinations (workspace_id, environment, id);
create index destinations_source on destinations (source_id);

-- Bumped like access_revision, by every change of a source or destination.
create table connections_revision (
  only_row boolean primary key default true check (only_row),
  revision bigint not null
);
insert into connections_revision (revision) values (1);

-- events ------------------------------------------------------------------------------------------

-- One row for each group commit. Readers order by (tx, seq) and stop at the snapshot's xmin: a sequence
-- alone would let them run past a value whose transaction has not committed yet.
create table event_log (
  tx xid8 not null default pg_current_xact_id(),
  seq bigint generated always as identity,
  partitions bigint not null,                            -- bit n set: holds events of partition n
  events integer not null,
  body bytea not null,
  created_at timestamptz not null default now(),
  primary key (tx, seq)
);
alter table event_log alter column body set storage external;   -- already compressed by the writer

create table log_cursors (
  partition smallint primary key,
  tx xid8 not null,
  seq bigint not null
);
insert into log_cursors (partition, tx, seq) select n, '0'::xid8, 0 from generate_series(0, 15) n;

-- Message ids seen by a source, as the first 16 bytes of SHA-256. Kept for at least 24 hours.
create table seen_messages (
  source_id uuid not null,
  message_hash bytea not null,
  seen_at timestamptz not null default now(),
  primary key (source_id, message_hash)
);
create index seen_messages_age on seen_messages using brin (seen_at);

-- Ids of events and refusals come from one sequence, taken under the scope's identity lock: within one
-- (workspace, environment) they commit in order, so "id > last seen" misses nothing.
create sequence event_ids as bigint;

create table events (
  id bigint primary key,
  workspace_id uuid not null,
  environment text not null,
  source_id uuid not null,
  message_id text not null,
  type text not null,
  name text,
  profile_id uuid not null,
  user_id text,
  anonymous_id text,
  occurred_at timestamptz not null,
  received_at timestamptz not null,
  payload jsonb not null
);
create index events_scope on events (workspace_id, environment, id);
create index events_profile on events (profile_id, id);

create table refused_events (
  id bigint primary key,
  workspace_id uuid not null,
  environment text not null,
  source_id uuid not null,
  outcome text not null check (outcome in ('duplicate', 'rejected')),
  code text not null,
  reason text not null,
  message_id text,
  type text,
  name text,
  payload text not null,                                 -- first 4 KB of what arrived
  received_at timestamptz not null
);
create index refused_events_scope on refused_events (workspace_id, environment, id);

create table event_counts (
  workspace_id uuid not null,
  environment text not null,
  source_id uuid not null,
  minute timestamptz not null,
  outcome text not null,
  count bigint not null,
  primary key (workspace_id, environment, minute, source_id, outcome)
);

-- people ------------------------------------------------------------------------------------------

create table profiles (
  id uuid primary key,
  workspace_id uuid not null,
  environment text not null,
  traits jsonb not null default '{}',
  trait_times jsonb not null default '{}',               -- trait → event time in ms; the newest write wins
  merged_into uuid references profiles,                  -- always points to a root: merges repoint
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  created_at timestamptz not null default now()
);
create index profiles_scope on profiles (workspace_id, environment, last_seen_at desc) where merged_into is null;
create index profiles_merged on profiles (merged_into) where merged_into is not null;

create table identifiers (
  workspace_id uuid not null,
  environment text not null,
  type text not null,
  value text not null,
  profile_id uuid not null references profiles,
  created_at timestamptz not null default now(),
  primary key (workspace_id, environment, type, value)
);
create index identifiers_profile on identifiers (profile_id, type);
create index identifiers_prefix on identifiers (workspace_id, environment, value text_pattern_ops);

-- delivery ----------------------------------------------------------------------------------------

create table deliveries (
  id bigint generated always as identity primary key,
  workspace_id uuid not null,
  environment text not null,
  event_id bigint not null,
  destination_id uuid not null,
  profile_id uuid not null,
  state text not null default 'pending' check (state in ('pending', 'delivered', 'failed', 'captured')),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  last_status integer,
  last_error text,
  unique (event_id, destination_id)
);
create index deliveries_pending on deliveries (destination_id, id) where state = 'pending';
create index deliveries_destination on deliveries (destination_id, id);
create index deliveries_waiting on deliveries (profile_id, destination_id, id) where state = 'pending';

-- Pending deliveries that got another person by a merge, until the process that delivers has regrouped them.
create table delivery_merges (
  id bigint generated always as identity primary key,
  destination_id uuid not null,
  loser_id uuid not null,
  winner_id uuid not null
);

create table delivery_attempts (
  delivery_id bigint not null references deliveries on delete cascade,
  attempt integer not null,
  started_at timestamptz not null,
  duration_ms integer not null,
  status integer,
  error text,
  response text,                                         -- first 1 KB
  primary key (delivery_id, attempt)
);

-- messaging ---------------------------------------------------------------------------------------

create table templates (
  id uuid primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  environment text not null check (environment in ('live', 'test')),
  name text not null,
  slug text not null,
  subject text not null,
  html text not null,
  category text not null default 'transactional' check (category in ('transactional', 'marketing')),
  variables_schema jsonb not null default '{}',
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index templates_slug on templates (workspace_id, environment, slug) where is_active;

create table messages (
  id uuid primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  environment text not null check (environment in ('live', 'test')),
  template_id uuid not null references templates,
  profile_id uuid,
  from_address text not null,
  to_address text not null,
  subject text not null,
  html text not null,
  text text not null,
  state text not null check (state in ('queued', 'sending', 'sent', 'failed', 'captured', 'unknown')),
  idempotency_key text,
  request_hash bytea not null,
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  provider_message_id text,
  error text,
  created_by_key_id bigint,
  created_by_user_id uuid,
  created_at timestamptz not null default now(),
  finished_at timestamptz
);
create index messages_scope on messages (workspace_id, environment, id desc);
create index messages_due on messages (next_attempt_at) where state in ('queued', 'sending');
create unique index messages_idempotency on messages (workspace_id, environment, idempotency_key) where idempotency_key is not null;

-- What would have left the process in the test environment, whole.
create table sandbox_items (
  id bigint generated always as identity primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  environment text not null check (environment in ('live', 'test')),
  kind text not null check (kind in ('email', 'http')),
  summary text not null,
  content jsonb not null,
  created_at timestamptz not null default now()
);
create index sandbox_items_scope on sandbox_items (workspace_id, environment, id desc);

-- shared ------------------------------------------------------------------------------------------

-- Which process does a job that only one may do. A holder that stops renewing loses it at expires_at.
create table leases (
  name text primary key,
  holder uuid not null,
  expires_at timestamptz not null
);
