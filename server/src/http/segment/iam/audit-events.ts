/**
 * GET /audit-events: the audit trail as the Public API tells it, newest first. A cursor freezes the window that it pages
 * through: `{"pageToken", "endTime"}` (contract segment-public-api §1.6).
 */
import type { Audit, AuditEntry, AuditFilter } from '../../../access/audit/service.ts';
import { AppError } from '../../../errors.ts';
import type { Handlers } from '../protocol/door.ts';
import { shortId, uuidOf } from '../protocol/ids.ts';
import { pageRequest } from '../protocol/paging.ts';
import { resourceTypeOf, targetTypesOf, typeOf } from './audit-types.ts';

/** Where every first page stands. */
const FIRST = '1';

export function auditHandlers({ audit }: { audit: Audit }): Handlers {
  return {
    async listAuditEvents({ caller, query }) {
      const { resourceId, resourceType } = query;
      const { count, cursor } = (query['pagination'] ?? {}) as { count?: number; cursor?: string };
      const page = pageRequest({ ...(count !== undefined && { count }) });
      const place = readCursor(cursor);
      const endTime = readTime('endTime', query['endTime']) ?? place.endTime;
      const from = readTime('startTime', query['startTime']);
      const filter: AuditFilter = {
        to: endTime,
        ...(from && { from }),
        ...(resourceId !== undefined && { targetId: idOf(resourceId) }),
        ...(resourceType !== undefined && { targetTypes: targetTypesOf(resourceType) }),
      };
      const { rows, hasBefore, hasAfter } = await audit.page(caller, filter, { count: page.count, ...place.bound });
      const cursorAt = (token: string) =>
        Buffer.from(
          JSON.stringify({ pageToken: Buffer.from(token).toString('base64'), endTime: endTime.toISOString() }),
        ).toString('base64');
      const first = rows.at(0);
      const last = rows.at(-1);
      return {
        events: rows.map(serialize),
        pagination: {
          current: cursorAt(place.token),
          ...(hasAfter && last && { next: cursorAt(`>${last.seq}`) }),
          ...(hasBefore && first && { previous: cursorAt(`<${first.seq}`) }),
        },
      };
    },
  };
}

function serialize(entry: AuditEntry): object {
  const { target_type: targetType, before, after, action } = entry;
  return {
    id: `events/${entry.seq}`,
    timestamp: entry.at.toISOString(),
    type: typeOf({ action, targetType, before, after }),
    actor: actorOf(entry),
    ...(entry.actor_kind === 'user' && { actorEmail: entry.actor_label }),
    resourceId: shownId(entry.target_id),
    resourceType: resourceTypeOf(targetType),
    resourceName: entry.target_name,
  };
}

function actorOf({ actor_kind: kind, actor_id: id }: AuditEntry): string {
  if (kind === 'key') return `public-api-token/${id}`;
  if (kind === 'user') return `users/${shownId(id ?? '')}`;
  return kind === 'oauth' ? `oauth-app/${id}` : 'system';
}

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

function shownId(id: string): string {
  return UUID.test(id) ? shortId(id) : id;
}

/** With or without the prefix that some kinds have. */
function idOf(resourceId: string): string {
  return uuidOf(resourceId.replace(/^[a-z]+_/, '')) ?? resourceId;
}

interface Place {
  readonly token: string;
  readonly endTime: Date;
  readonly bound: { after?: string; before?: string };
}

/** @throws AppError validation_error for a cursor that no page gave. */
function readCursor(cursor: string | undefined): Place {
  // The millisecond that runs is part of the window.
  if (!cursor || cursor === 'MA==') return { token: FIRST, endTime: new Date(Date.now() + 1), bound: {} };
  const refused = invalid('pagination.cursor', 'must be one that a page of this list gave');
  if (cursor.length > 500) throw refused;
  const { pageToken, endTime } = parsed(Buffer.from(cursor, 'base64').toString());
  const at = typeof endTime === 'string' ? new Date(endTime) : new Date(Number.NaN);
  const token = typeof pageToken === 'string' ? Buffer.from(pageToken, 'base64').toString() : '';
  if (Number.isNaN(at.getTime())) throw refused;
  if (token === FIRST) return { token, endTime: at, bound: {} };
  const [, direction, seq = ''] = /^([<>])([1-9]\d{0,14})$/.exec(token) ?? [];
  if (!direction) throw refused;
  return { token, endTime: at, bound: direction === '>' ? { after: seq } : { before: seq } };
}

function parsed(text: string): { pageToken?: unknown; endTime?: unknown } {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function readTime(field: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const at = new Date(text);
  const year = at.getUTCFullYear();
  if (Number.isNaN(at.getTime()) || year < 1 || year > 9_999 || !/^\d{4}-\d\d-\d\d/.test(text)) {
    throw invalid(field, 'must be a time such as 2026-01-31T12:00:00Z');
  }
  return at;
}

function invalid(field: string, what: string): AppError {
  const message = `"${field}" ${what}`;
  return new AppError('validation_error', message, { fields: [{ field, message }] });
}
