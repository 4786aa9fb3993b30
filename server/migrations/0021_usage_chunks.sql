-- Rows of the usage log are written in version 2 from here on (access/usage/log/chunk.ts). An older Headgate reads version
-- 1 alone: this migration makes it refuse the database instead of failing at such a row.
comment on column usage_log.body is 'version 1 or 2';
