-- Sessions as objects of their own, second factors, passkeys, invitations, password resets, counted sign-in tries.
-- What has no workspace_id is not granted to headgate_app: requests reach it only through a service's asSystem.

-- A sign-in. Its refresh tokens are a family: refresh_tokens.family_id is the session's id.
create table sessions (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  created_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  expires_at timestamptz not null,                       -- of its newest refresh token
  ip text,
  network text,                                          -- the IPv4 /24 or IPv6 /64 it was made from
  user_agent text,
  second_factor text check (second_factor in ('totp', 'recovery_code', 'passkey')),
  confirmed_at timestamptz not null,                     -- when the password or a passkey was last given
  ended_at timestamptz
);
create index sessions_user on sessions (user_id, last_used_at);
create index sessions_expiry on sessions (expires_at);

insert into sessions (id, user_id, created_at, last_used_at, expires_at, confirmed_at, ended_at)
select family_id, (array_agg(user_id))[1], min(created_at), max(created_at), max(expires_at), min(created_at), max(revoked_at)
from refresh_tokens group by family_id;

alter table refresh_tokens drop column revoked_at;
alter table refresh_tokens add foreign key (family_id) references sessions on delete cascade;

alter table users add column password_changed_at timestamptz;
alter table workspaces add column second_factor_required boolean not null default false;

create table totp_secrets (
  user_id uuid primary key references users on delete cascade,
  secret_sealed bytea not null,
  created_at timestamptz not null default now(),
  confirmed_at timestamptz,                              -- null: enrolment begun, not yet asked for at sign-in
  last_step bigint not null default 0                    -- newest time step whose code was taken; older ones are replays
);

create table recovery_codes (
  user_id uuid not null references users on delete cascade,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (user_id, code_hash)
);

create table passkeys (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  credential_id text not null unique,                    -- base64url, as WebAuthn gives it
  public_key bytea not null,                             -- COSE
  counter bigint not null,
  transports text[] not null,
  name text not null,
  backed_up boolean not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz
);
create index passkeys_user on passkeys (user_id, id);

-- One-time tokens that are signed instead of stored: here are only those that were used, until they would have expired.
create table spent_tokens (
  hash bytea primary key,
  expires_at timestamptz not null
);
create index spent_tokens_expiry on spent_tokens (expires_at);

create table password_resets (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  token_hash bytea not null unique,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index password_resets_user on password_resets (user_id);
create index password_resets_expiry on password_resets (expires_at);

-- Sign-in tries of a window, by network, subnet and account; shared by all processes.
create table sign_in_tries (
  key bytea primary key,
  started_at timestamptz not null,
  tries integer not null
);
create index sign_in_tries_age on sign_in_tries (started_at);

create table invitations (
  id uuid primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  email text not null check (email = lower(email)),
  role text not null check (role in ('owner', 'admin', 'member', 'viewer')),
  token_hash bytea not null unique,
  invited_by uuid references users on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz
);
create index invitations_workspace on invitations (workspace_id, id);
-- A new invitation of the same person replaces the one before.
create unique index invitations_open on invitations (workspace_id, email) where accepted_at is null and revoked_at is null;
select confine_to_workspace('invitations');
