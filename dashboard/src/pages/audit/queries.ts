/** What the audit page asks for. */
import type { Api } from '../../api/client.ts';
import { listQuery } from '../../api/list.tsx';
import type { AuditEntry, AuditSearch } from '../../api/types.ts';

export function listAudit({ client, environment }: Api, { q, action }: AuditSearch) {
  return listQuery<AuditEntry>([environment, 'audit', q ?? '', action ?? ''], (cursor) =>
    client.audit.list({ cursor, limit: 50, ...(q && { q }), ...(action && { action }) }),
  );
}
