-- The usage log: every request of every caller, many to a row (access/usage/log/chunk.ts says what `body` holds). Each
-- request stands in a row of its workspace, in the order of time, and once it is sorted in a row of its caller, too.
-- One partition a day in UTC, by the row's last request: retention drops whole partitions.

create table usage_log (
  workspace_id uuid not null,                            -- no foreign key: dropping a partition would lock workspaces
  principal text not null,                               -- key:<number>, user:<uuid>, oauth:<client>; '' everybody's
  until_at timestamptz not null,                         -- last request; in the hour of the first, of callers in its day
  id uuid not null,                                      -- made by the writer, so that a repeated write is one row
  since_at timestamptz not null,                         -- first request
  principals text[] not null,                            -- who is in it, until it is sorted
  requests integer not null,
  sorted boolean not null default false,                 -- of everybody's rows: the callers' rows have it
  summary jsonb,                                         -- null until it is merged
  body bytea not null,
  primary key (workspace_id, principal, until_at, id)
) partition by range (until_at);

create index usage_log_newest on usage_log (workspace_id, until_at);
create index usage_log_unsorted on usage_log (until_at) where principal = '' and not sorted;
-- It is compressed already.
alter table usage_log alter column body set storage external;

select confine_to_workspace('usage_log');

-- Makes the partition of a day. Attached rather than made in place: that takes no lock that readers wait for.
create function make_usage_partition(day date) returns void language plpgsql as $$
declare
  name text := 'usage_log_' || to_char(day, 'YYYYMMDD');
begin
  if to_regclass(name) is not null then return; end if;
  perform pg_advisory_xact_lock(hashtextextended(name, 0));
  if to_regclass(name) is not null then return; end if;
  execute format('create table %I (like usage_log including defaults including storage)', name);
  execute format('alter table %I enable row level security', name);
  execute format('alter table usage_log attach partition %I for values from (%L) to (%L)',
    name, (day::timestamp at time zone 'UTC'), ((day + 1)::timestamp at time zone 'UTC'));
end $$;

-- Requests refused without a caller that is known: counts only, of nobody's workspace, for the installation's operator.
create table usage_denials (
  minute timestamptz not null,
  network text not null,                                 -- an IPv4 /24 or IPv6 /64; '*' those beyond the bound
  door text not null,
  code text not null,
  requests bigint not null,
  primary key (minute, network, door, code)
);

create index on messages (created_by_key_id, created_at) where created_by_key_id is not null;
