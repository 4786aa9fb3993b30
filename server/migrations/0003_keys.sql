-- What a key may hold beyond scopes, how it is rotated and held back, and each workspace's policy for its keys.

alter table api_keys
  add column lineage text,                               -- public id of the first key of a chain of rotations and twins
  add column prefix text not null default 'sk',
  add column secret_id text,                             -- which installation secret made the hash; null: made before there was a choice
  add column description text not null default '',
  add column expires_at timestamptz,
  add column retires_at timestamptz,                     -- set by a rotation: the old key's own deadline, never after expires_at
  add column rotated_from bigint references api_keys,
  add column allowed_ips text[] not null default '{}',   -- networks in CIDR form; empty: from anywhere
  add column rate_per_minute integer check (rate_per_minute > 0),
  add column agent boolean not null default false,
  add column canary boolean not null default false,
  add column shadow_scopes text[],                       -- what a narrower key would have; only reported
  add column recipients_per_send integer check (recipients_per_send > 0),
  add column recipients_per_day integer check (recipients_per_day > 0),
  add column approval_above integer check (approval_above >= 0),
  add column quarantined_at timestamptz,
  add column quarantine_reason text,
  add column revoke_reason text,
  add constraint api_keys_agent_never_sends check (not (agent and may_send)),
  add constraint api_keys_canary_has_no_rights check (not canary or (not may_send and scopes = '{}'));
update api_keys set lineage = public_id;
alter table api_keys alter column lineage set not null;
create index api_keys_made_by_key on api_keys (created_by_key_id) where created_by_key_id is not null;
create unique index api_keys_one_successor on api_keys (rotated_from) where rotated_from is not null;
create index api_keys_lineage on api_keys (lineage);

-- One row a workspace that changed something; without one the defaults of access/policy hold.
create table key_policies (
  workspace_id uuid primary key references workspaces on delete cascade,
  max_life_days integer check (max_life_days > 0),
  force_expiry boolean not null default false,
  force_allowed_ips boolean not null default false,
  may_mint text[] not null default '{owner,admin,key}',
  may_mint_sending text[] not null default '{owner,admin,key}',
  revoke_children boolean not null default false,
  leak_action text not null default 'revoke' check (leak_action in ('revoke', 'quarantine')),
  brake_action text not null default 'alert' check (brake_action in ('alert', 'quarantine')),
  updated_at timestamptz not null default now()
);
select confine_to_workspace('key_policies');

-- Which mails about a key have gone out; `due_at` is the time a mail speaks of, so that a new expiry is told of again.
create table key_reminders (
  key_id bigint not null references api_keys on delete cascade,
  kind text not null check (kind in ('rotate', 'expires_week', 'expires_day')),
  due_at timestamptz not null,
  sent_at timestamptz not null default now(),
  primary key (key_id, kind, due_at)
);
select confine_to_workspace('key_reminders', 'exists (select from api_keys k where k.id = key_id)');
