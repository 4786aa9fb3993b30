-- Rows of the event log that could not be read whole. The pipeline goes on without them; they stay here until somebody
-- has looked at them (docs/operations.md).

create table damaged_log_rows (
  tx xid8 not null,
  seq bigint not null,
  partitions bigint not null,
  events integer not null,
  body bytea not null,
  reason text not null,                                  -- where it breaks; nothing of what it holds
  created_at timestamptz not null,
  found_at timestamptz not null default now(),
  primary key (tx, seq)
);
