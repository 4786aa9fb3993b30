-- Shared counts of rate limits, and the answers of requests that carry an Idempotency-Key.

-- Counts and processes are worth nothing after a crash of the database, so their writes are not logged. They belong to
-- no workspace and no request may see them; a row is one subject under one policy.
create unlogged table rate_counts (
  key text primary key,
  cell bigint not null,                    -- number of the running cell since 1970
  current integer not null,                -- units spent or reserved in it
  previous integer not null,               -- and in the one before it
  ends_at timestamptz not null             -- from when on the row says nothing any more
) with (fillfactor = 50);
create index rate_counts_ends_at on rate_counts (ends_at);

create unlogged table rate_processes (
  id uuid primary key,
  number bigint generated always as identity,
  knows bigint not null,                   -- the highest number whose arrival this process has taken account of
  seen_at timestamptz not null
);

-- Tells what a process let in, and reserves more for it. Cells go by this server's clock: those of the processes differ.
create function reserve_units(name text, window_ms bigint, of_cell bigint, told integer, told_before integer,
                              wanted integer, quota integer,
                              out key text, out cell bigint, out current integer, out previous integer, out granted integer)
language plpgsql as $$
declare
  at double precision := extract(epoch from clock_timestamp()) * 1000;
  running bigint := floor(at / window_ms);
  found_row rate_counts;
begin
  insert into rate_counts values (name, running, 0, 0, to_timestamp((running + 2) * window_ms / 1000.0))
    on conflict do nothing;
  select * into found_row from rate_counts r where r.key = name for update;
  key := name;
  cell := greatest(running, found_row.cell);
  current := case when found_row.cell = cell then found_row.current else 0 end;
  previous := case cell when found_row.cell then found_row.previous when found_row.cell + 1 then found_row.current else 0 end;
  if of_cell >= cell then
    current := greatest(0, current + told);
    previous := previous + told_before;
  elsif of_cell = cell - 1 then
    previous := greatest(0, previous + told);
  end if;
  granted := greatest(0, least(wanted, floor(
    quota - current - previous * (1 - greatest(0, least(1, at / window_ms - cell))))::integer));
  current := current + granted;
  update rate_counts r
    set cell = reserve_units.cell, current = reserve_units.current, previous = reserve_units.previous,
        ends_at = to_timestamp((reserve_units.cell + 2) * window_ms / 1000.0)
    where r.key = name;
end $$;

-- One row a request that was carried out. It is written in the transaction of the work: either both are there or neither.
create table idempotency_records (
  id bytea primary key,                    -- SHA-256 of workspace, environment, caller, method, path and key
  workspace_id uuid not null references workspaces on delete cascade,
  fingerprint bytea not null,              -- SHA-256 of content type and raw body
  status smallint not null,
  answer_sealed bytea,                     -- content type and body; null: too long to be kept
  created_at timestamptz not null
);
create index idempotency_records_created_at on idempotency_records (created_at);
select confine_to_workspace('idempotency_records');
