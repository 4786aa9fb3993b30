/** Audit entries as CSV (RFC 4180): every cell quoted, lines end in CR LF. */
import type { AuditEntry } from '../../../../access/audit/service.ts';

const COLUMNS = {
  seq: (entry) => String(entry.seq),
  id: (entry) => entry.id,
  time: (entry) => entry.at.toISOString(),
  environment: (entry) => entry.environment,
  actor_kind: (entry) => entry.actor_kind,
  actor_id: (entry) => entry.actor_id,
  actor: (entry) => entry.actor_label,
  ip: (entry) => entry.ip,
  user_agent: (entry) => entry.user_agent,
  request_id: (entry) => entry.request_id,
  action: (entry) => entry.action,
  target_type: (entry) => entry.target_type,
  target_id: (entry) => entry.target_id,
  target_name: (entry) => entry.target_name,
  before: (entry) => entry.before,
  after: (entry) => entry.after,
  hash: (entry) => entry.hash.toString('hex'),
} as const satisfies Record<string, (entry: AuditEntry) => string | null>;

export function csvHead(): string {
  return line(Object.keys(COLUMNS));
}

export function csvRow(entry: AuditEntry): string {
  return line(Object.values(COLUMNS).map((cell) => cell(entry) ?? ''));
}

function line(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${harmless(cell).replaceAll('"', '""')}"`).join(',')}\r\n`;
}

/** A spreadsheet runs a cell that begins like a formula; an apostrophe before it makes it text. */
function harmless(cell: string): string {
  return /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠|%]/u.test(cell) || /^[\t\r\n]/.test(cell) ? `'${cell}` : cell;
}
