/** Reading the usage log: requests one by one, newest first, and what a caller did in a time, added up. */
import type { Db } from '../../db/open.ts';
import type { Environment } from '../../db/tx.ts';
import { decodeChunk } from './log/chunk.ts';
import { type Columns, principalOf, readRoute, textAt, type UsageRoute } from './log/columns.ts';
import { addColumns, addSummary, createTally, isDenied, nameOf, type Tally } from './log/tally.ts';
import { newestRows, type Range, summaryRows } from './queries.ts';

export interface UsageEntry {
  /** The request's id, as its answer and the server's log have it. */
  readonly id: string;
  readonly at: Date;
  /** `key:<number>`, `user:<uuid>`, `oauth:<client>` */
  readonly principal: string;
  readonly environment: Environment;
  readonly route: UsageRoute;
  readonly status: number;
  readonly denied: boolean;
  readonly code: string | null;
  readonly rows: number;
  readonly bytes: number;
  readonly ms: number;
  readonly ip: string;
  readonly userAgent: string;
  readonly shadowRefusal: string | null;
  readonly entity: string | null;
  readonly idempotencyDigest: string | null;
}

/** null: any. */
export interface UsageFilter {
  /** `GET /api/v1/people/:id` */
  readonly route: string | null;
  /** 2 for 200–299. */
  readonly statusClass: number | null;
  readonly ip: string | null;
  readonly environment: Environment | null;
}

/** The last request of a page: those of one millisecond are told apart by their ids. */
export interface UsageCursor {
  readonly at: number;
  readonly id: string;
}

/** Rows read at once, and requests looked at for one page. */
const ROWS = 32;
const MOST_LOOKED_AT = 400_000;

/**
 * @returns `next` null: there is nothing older. A filter that fits almost nothing ends a page early: it may then hold few
 * or no entries, and still have a `next`.
 */
export async function listUsage(
  db: Db,
  range: Range,
  filter: UsageFilter,
  page: { limit: number; before: UsageCursor | null },
): Promise<{ entries: UsageEntry[]; next: UsageCursor | null }> {
  const { before, limit } = page;
  const to = before ? new Date(Math.min(range.to.getTime(), before.at + 1)) : range.to;
  // One snapshot: rows are sorted and merged while they are read.
  return await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      let found: UsageEntry[] = [];
      let after: { until: Date; id: string } | null = null;
      let lookedAt = 0;
      for (;;) {
        const rows = await newestRows(tx, { ...range, to }, filter, { after, limit: ROWS });
        for (const row of rows) {
          // Newest last requests first: what follows ends before the page does.
          const last = found[limit];
          if (last && row.until < last.at) return pageOf(found, limit, null);
          if (lookedAt >= MOST_LOOKED_AT) return pageOf(found, limit, { at: row.until.getTime(), id: '~' });
          lookedAt += row.requests;
          collect(found, decodeChunk(row.body), { ...range, from: last?.at ?? range.from, to }, filter, before);
          found = newest(found).slice(0, limit + 1);
        }
        const last = rows.at(-1);
        if (!last || rows.length < ROWS) return pageOf(found, limit, null);
        after = { until: last.until, id: last.id };
      }
    });
}

/** @param unread where the next page begins when this one was ended early. */
function pageOf(found: UsageEntry[], limit: number, unread: UsageCursor | null) {
  const sorted = newest(found);
  if (unread) {
    // Older ones may have newer ones beside them that were not looked at.
    const entries = sorted.filter((entry) => entry.at.getTime() > unread.at).slice(0, limit);
    const last = entries.length === limit ? entries.at(-1) : undefined;
    return { entries, next: last ? cursorOf(last) : unread };
  }
  const entries = sorted.slice(0, limit);
  const last = entries.at(-1);
  return { entries, next: last && sorted.length > limit ? cursorOf(last) : null };
}

function cursorOf({ at, id }: UsageEntry): UsageCursor {
  return { at: at.getTime(), id };
}

function newest(entries: UsageEntry[]): UsageEntry[] {
  return entries.sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0));
}

function collect(
  found: UsageEntry[],
  columns: Columns,
  range: Range,
  filter: UsageFilter,
  before: UsageCursor | null,
): void {
  const wanted = wantedOf(columns, range, filter);
  const routes = columns.routes.values.map(readRoute);
  for (let i = columns.count - 1; i >= 0; i--) {
    if (!wanted(i)) continue;
    if (before && columns.at[i] === before.at && idAt(columns, i) >= before.id) continue;
    found.push(entryAt(columns, i, routes));
  }
}

/** Which requests of a chunk are in the range and pass the filter. */
function wantedOf(columns: Columns, range: Range, filter: UsageFilter | null): (i: number) => boolean {
  const from = range.from.getTime();
  const to = range.to.getTime();
  const subjects = columns.subjects.values.map(
    (text) => range.principal === null || principalOf(text) === range.principal,
  );
  const routes = columns.routes.values.map(
    (text) => filter === null || filter.route === null || nameOf(readRoute(text)) === filter.route,
  );
  const ips = columns.ips.values.map((ip) => filter === null || filter.ip === null || ip === filter.ip);
  const test = filter === null || filter.environment === null ? null : filter.environment === 'test' ? 1 : 0;
  const statusClass = filter?.statusClass ?? null;
  return (i) => {
    const at = columns.at[i] ?? 0;
    return (
      at >= from &&
      at < to &&
      subjects[columns.subject[i] ?? 0] === true &&
      routes[columns.route[i] ?? 0] === true &&
      ips[columns.ip[i] ?? 0] === true &&
      (test === null || columns.environment[i] === test) &&
      (statusClass === null || Math.floor((columns.status[i] ?? 0) / 100) === statusClass)
    );
  };
}

function idAt(columns: Columns, i: number): string {
  return `${columns.processes.values[columns.process[i] ?? 0] ?? ''}-${columns.number[i] ?? 0}`;
}

function entryAt(columns: Columns, i: number, routes: readonly UsageRoute[]): UsageEntry {
  const status = columns.status[i] ?? 0;
  return {
    id: idAt(columns, i),
    at: new Date(columns.at[i] ?? 0),
    principal: principalOf(columns.subjects.values[columns.subject[i] ?? 0] ?? ''),
    environment: columns.environment[i] === 1 ? 'test' : 'live',
    route: routes[columns.route[i] ?? 0] ?? readRoute(''),
    status,
    denied: isDenied(status),
    code: textAt(columns, 'code', 'codes', i),
    rows: columns.rows[i] ?? 0,
    bytes: columns.bytes[i] ?? 0,
    ms: (columns.duration[i] ?? 0) / 10,
    ip: columns.ips.values[columns.ip[i] ?? 0] ?? '',
    userAgent: columns.agents.values[columns.agent[i] ?? 0] ?? '',
    shadowRefusal: textAt(columns, 'shadow', 'shadows', i),
    entity: textAt(columns, 'entity', 'entities', i),
    idempotencyDigest: textAt(columns, 'idempotency', 'idempotencies', i),
  };
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Minutes for hours, hours for a week, days for longer: at most a few hundred points in a chart. */
export function bucketOf(from: Date, to: Date): number {
  const length = to.getTime() - from.getTime();
  if (length <= 3 * HOUR_MS) return 5 * MINUTE_MS;
  return length <= 8 * DAY_MS ? HOUR_MS : DAY_MS;
}

export interface UsageSum {
  readonly total: Tally;
  readonly bucketMs: number;
  /** By the bucket's start, milliseconds since 1970; those without requests are left out. */
  readonly buckets: ReadonlyMap<number, Tally>;
}

export async function sumUsage(db: Db, range: Range): Promise<UsageSum> {
  const bucketMs = bucketOf(range.from, range.to);
  const buckets = new Map<number, Tally>();
  const bucketAt = (at: number): Tally => {
    const start = Math.floor(at / bucketMs) * bucketMs;
    let tally = buckets.get(start);
    if (!tally) {
      tally = createTally();
      buckets.set(start, tally);
    }
    return tally;
  };
  const total = createTally();
  for (const row of await summaryRows(db, range, bucketMs)) {
    if (row.summary) {
      addSummary(total, row.summary);
      addSummary(bucketAt(row.since.getTime()), row.summary);
    } else if (row.body) {
      addPart(decodeChunk(row.body), range, bucketMs, total, bucketAt);
    }
  }
  return { total, bucketMs, buckets };
}

function addPart(
  columns: Columns,
  range: Range,
  bucketMs: number,
  total: Tally,
  bucketAt: (at: number) => Tally,
): void {
  const wanted = wantedOf(columns, range, null);
  addColumns(total, columns, wanted);
  const starts = new Set<number>();
  for (let i = 0; i < columns.count; i++) {
    if (wanted(i)) starts.add(Math.floor((columns.at[i] ?? 0) / bucketMs) * bucketMs);
  }
  for (const start of starts) {
    const inside = (i: number) => {
      const at = columns.at[i] ?? 0;
      return at >= start && at < start + bucketMs && wanted(i);
    };
    addColumns(bucketAt(start), columns, inside);
  }
}
