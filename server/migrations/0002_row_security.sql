-- The second wall between workspaces. A request runs as headgate_app, which sees only rows of the workspace that
-- headgate.workspace names (db/pool.ts sets both on the connection); with none set it sees nothing. Loops and start-up
-- run as the tables' owner, for whom the policies do not hold.
--
-- Every migration that makes a table of a workspace's data calls confine_to_workspace for it; a test finds those that do not.

do $$
begin
  if not exists (select from pg_roles where rolname = 'headgate_app') then
    create role headgate_app nologin;
  end if;
exception
  -- A role belongs to the whole server, and another database of it may be migrated at the same time.
  when duplicate_object or unique_violation then null;
  when insufficient_privilege then
    raise exception 'The user of DATABASE_URL may not create roles. As a superuser run: create role headgate_app nologin; grant headgate_app to %;', current_user;
end $$;

do $$
begin
  if not pg_has_role(current_user, 'headgate_app', 'member') then
    execute format('grant headgate_app to %I', current_user);
  end if;
exception
  when unique_violation then null;
  when insufficient_privilege then
    raise exception 'The user of DATABASE_URL may not act as headgate_app. As a superuser run: grant headgate_app to %;', current_user;
end $$;

create function current_workspace() returns uuid stable language sql
  return nullif(current_setting('headgate.workspace', true), '')::uuid;

-- `visible` says which rows belong to the workspace. The subselect is asked once a statement and not once a row.
create function confine_to_workspace(name regclass, visible text default 'workspace_id = (select current_workspace())')
returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', name);
  execute format('create policy workspace on %s to headgate_app using (%s)', name, visible);
  execute format('grant select, insert, update, delete on %s to headgate_app', name);
end $$;

grant usage on schema public to headgate_app;

select confine_to_workspace('workspaces', 'id = (select current_workspace())');
select confine_to_workspace('memberships');
select confine_to_workspace('api_keys');
select confine_to_workspace('api_key_usage', 'exists (select from api_keys k where k.id = key_id)');
select confine_to_workspace('sources');
select confine_to_workspace('destinations');
select confine_to_workspace('events');
select confine_to_workspace('refused_events');
select confine_to_workspace('event_counts');
select confine_to_workspace('profiles');
select confine_to_workspace('identifiers');
select confine_to_workspace('deliveries');
select confine_to_workspace('delivery_attempts', 'exists (select from deliveries d where d.id = delivery_id)');
select confine_to_workspace('templates');
select confine_to_workspace('messages');
select confine_to_workspace('sandbox_items');

-- A person may belong to several workspaces: colleagues are seen, nothing about them is changed this way.
alter table users enable row level security;
create policy workspace on users for select to headgate_app
  using (exists (select from memberships m where m.user_id = users.id));
grant select (id, email, name, created_at, disabled_at) on users to headgate_app;

-- Counters without anybody's data.
grant select, update on access_revision, connections_revision to headgate_app;
