-- The audit trail: a chain of entries for each workspace, each with the hash of the one before (access/audit/chain.ts).
-- Entries are added and never changed. A role that may do more than the server's (the owner, a superuser) can switch a
-- trigger off; that is what the chain and its signed checkpoints are for: it is found out and where (access/audit/verify.ts).

create table audit_heads (
  workspace_id uuid primary key,                        -- no foreign key anywhere here: the trail outlives its workspace
  seq bigint not null default 0,                        -- of the last entry
  hash bytea not null default decode(repeat('00', 32), 'hex'),
  first_seq bigint not null default 1                   -- of the oldest entry that is kept
);

create table audit_entries (
  workspace_id uuid not null,
  seq bigint not null check (seq > 0),                  -- 1, 2, 3 … without a gap
  id uuid not null unique,
  at timestamptz not null,
  environment text check (environment in ('live', 'test')),   -- null: of the whole workspace
  actor_kind text not null check (actor_kind in ('user', 'key', 'oauth', 'system')),
  actor_id text,
  actor_label text not null,
  ip text,
  user_agent text,
  request_id text,
  action text not null,
  target_type text not null,
  target_id text not null,
  target_name text not null,
  before text,                                          -- JSON, as text: its hash is of the bytes and not of a reading
  after text,
  prev_hash bytea not null,
  hash bytea not null,
  primary key (workspace_id, seq)
);
create index audit_entries_target on audit_entries (workspace_id, target_type, target_id, seq);
create index audit_entries_actor on audit_entries (workspace_id, actor_id, seq);

create table audit_checkpoints (
  workspace_id uuid not null,
  seq bigint not null,                                  -- 0 only for a start before the first entry
  kind text not null check (kind in ('head', 'start')), -- start: what came until seq was removed by retention
  hash bytea not null,                                  -- of the entry seq
  at timestamptz not null,
  signature bytea not null,                             -- Ed25519 over all of these
  primary key (workspace_id, seq, kind)
);

-- Keys of secrets before the present one. Each is signed by the next, so that their checkpoints are still believed.
create table audit_keys (
  public_key bytea primary key,
  vouched_by bytea not null,
  signature bytea not null
);

select confine_to_workspace('audit_keys', 'true');
select confine_to_workspace('audit_heads');
select confine_to_workspace('audit_entries');
select confine_to_workspace('audit_checkpoints');
revoke insert, update, delete on audit_keys, audit_heads, audit_checkpoints from headgate_app;
revoke update, delete on audit_entries from headgate_app;

-- The last entry of a workspace, locked until the transaction ends: whoever appends is alone.
create function audit_head(workspace uuid) returns audit_heads
language plpgsql security definer set search_path = public, pg_temp as $$
declare head audit_heads;
begin
  if workspace <> coalesce(current_workspace(), workspace) then
    raise exception 'The audit trail of another workspace.';
  end if;
  select * into head from audit_heads where workspace_id = workspace for update;
  if not found then
    insert into audit_heads (workspace_id) values (workspace) on conflict do nothing;
    select * into head from audit_heads where workspace_id = workspace for update;
  end if;
  return head;
end $$;

-- An entry moves the head by one, and nothing else does: the role of requests cannot write to audit_heads.
create function audit_entry_follows() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update audit_heads set seq = new.seq, hash = new.hash
    where workspace_id = new.workspace_id and seq = new.seq - 1 and hash = new.prev_hash;
  if not found then
    raise exception 'An audit entry must follow the last one of its workspace.';
  end if;
  return new;
end $$;
create trigger follows before insert on audit_entries for each row execute function audit_entry_follows();

-- Retention (access/audit/checkpoints.ts) moves first_seq, with a signed checkpoint; what is before it may then be deleted.
create function audit_is_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and exists (
    select from audit_heads h where h.workspace_id = old.workspace_id and old.seq < h.first_seq - (tg_argv[0])::int
  ) then
    return old;
  end if;
  raise exception 'The audit trail can only be added to.';
end $$;
create trigger kept before update or delete on audit_entries for each row execute function audit_is_kept('0');
create trigger kept_whole before truncate on audit_entries for each statement execute function audit_is_kept();
-- The checkpoint of the start itself (first_seq - 1) stays.
create trigger kept before update or delete on audit_checkpoints for each row execute function audit_is_kept('1');
create trigger kept_whole before truncate on audit_checkpoints for each statement execute function audit_is_kept();

create function audit_head_moves_forward() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.workspace_id = old.workspace_id and new.first_seq >= old.first_seq
     and new.first_seq <= new.seq + 1 and new.seq in (old.seq, old.seq + 1) then
    return new;
  end if;
  raise exception 'The head of an audit trail only moves forward.';
end $$;
create trigger forward before update or delete on audit_heads for each row execute function audit_head_moves_forward();
create trigger kept_whole before truncate on audit_heads for each statement execute function audit_is_kept();

revoke execute on function audit_head from public;
grant execute on function audit_head to headgate_app;
