-- OAuth 2: apps that act for a user who agreed to it, or for themselves.

create table oauth_clients (
  id uuid primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  environment text not null check (environment in ('live', 'test')),  -- test: it never gets at live data
  name text not null,
  homepage text,
  auth_method text not null check (auth_method in ('none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt')),
  secret_hash bytea,                                     -- HMAC-SHA-256; the secret is shown once
  jwks jsonb,                                            -- public keys of private_key_jwt
  grant_types text[] not null,
  redirect_uris text[] not null default '{}',
  scopes text[] not null,
  may_send boolean not null default false,               -- only an owner switches it on
  created_by text not null,                              -- for people
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  secret_rotated_at timestamptz,
  check ((secret_hash is not null) = (auth_method in ('client_secret_basic', 'client_secret_post'))),
  check ((jwks is not null) = (auth_method = 'private_key_jwt')),
  check (auth_method <> 'none' or not ('client_credentials' = any (grant_types)))
);
create index oauth_clients_workspace on oauth_clients (workspace_id, id);

-- A consent. It may be given to a client of another workspace, and dies with the membership it rests on.
create table oauth_grants (
  id uuid primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  environment text not null check (environment in ('live', 'test')),
  client_id uuid not null references oauth_clients on delete cascade,
  user_id uuid not null,
  scopes text[] not null,
  may_send boolean not null default false,
  created_at timestamptz not null default now(),
  foreign key (workspace_id, user_id) references memberships on delete cascade
);
create index oauth_grants_workspace on oauth_grants (workspace_id, id);
create index oauth_grants_client on oauth_grants (client_id);
create index oauth_grants_member on oauth_grants (workspace_id, user_id);

-- What the protocol keeps: tokens, codes, running consents, browser sessions. Asked on public routes only and therefore
-- granted to no workspace's role; deleting a grant or a client takes what hangs on it along.
create table oauth_store (
  model text not null,
  id_hash bytea not null,                                -- HMAC-SHA-256 of the token
  payload_sealed bytea not null,                         -- AES-256-GCM: it holds the token itself
  client_id uuid references oauth_clients on delete cascade,
  grant_id uuid references oauth_grants on delete cascade,
  uid_hash bytea,                                        -- of a browser session's second name
  expires_at timestamptz not null,
  consumed_at timestamptz,
  primary key (model, id_hash)
);
create index oauth_store_grant on oauth_store (grant_id) where grant_id is not null;
create index oauth_store_client on oauth_store (client_id) where client_id is not null;
create index oauth_store_uid on oauth_store (uid_hash) where uid_hash is not null;
create index oauth_store_expiry on oauth_store (expires_at);

select confine_to_workspace('oauth_clients');
select confine_to_workspace('oauth_grants');
