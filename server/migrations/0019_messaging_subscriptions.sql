-- Whether an address wants messages: of a channel as a whole, and of groups of them.

create table messaging_subscriptions (
  workspace_id uuid not null references workspaces on delete cascade,
  environment text not null check (environment in ('live', 'test')),
  type text not null check (type in ('ANDROID_PUSH', 'EMAIL', 'IOS_PUSH', 'SMS', 'WHATSAPP')),
  key text not null,                                             -- the address, as it was sent
  status text not null check (status in ('DID_NOT_SUBSCRIBE', 'SUBSCRIBED', 'UNSUBSCRIBED')),
  groups jsonb not null default '{}',                            -- id of the group → {status, updatedAt}
  updated_at timestamptz not null default now(),
  primary key (workspace_id, environment, type, key)
);

create table subscription_groups (
  id uuid primary key,
  workspace_id uuid not null references workspaces on delete cascade,
  environment text not null check (environment in ('live', 'test')),
  name text not null,
  unique (workspace_id, environment, name)
);

select confine_to_workspace('messaging_subscriptions');
select confine_to_workspace('subscription_groups');
