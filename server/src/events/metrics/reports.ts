/** Reports of what was counted: series of events and deliveries, a destination's summary, usage of a month. Rules are in docs/metrics.md. */
import type { Db } from '../../db/open.ts';
import type { Scope } from '../../db/tx.ts';
import { AppError, type FieldError, invalidField } from '../../errors.ts';
import { WHOLE_WORKSPACE } from './queries.ts';
import {
  type DeliveryTotal,
  DIMENSIONS,
  deliveryTotals,
  type Filter,
  findPoints,
  findSeries,
  runningUsage,
  type SeriesRequest,
  type SeriesRow,
  type UsageDay,
  waitP95,
} from './report-queries.ts';
import { bucketsOf, type Window } from './windows.ts';

export type { DeliveryTotal, Dimension, SeriesRequest, Step } from './report-queries.ts';

/** The documented bound of events volume; it holds for every list of series (contract segment-public-api §1.9). */
const MAX_SERIES = 5_000;
/** Points in one answer: a page of series becomes shorter rather than longer than this. */
const MAX_POINTS = 200_000;
const MAX_VALUES = 200;
const MAX_VALUE = 1_024;
const P95_OF = 10_000;
const DAY_MS = 86_400_000;

export interface Point {
  readonly time: Date;
  readonly count: number;
  readonly retries: number;
}

export interface Series extends SeriesRow {
  /** What a page's cursor names: biggest first, then by what they are. */
  readonly place: string;
  readonly points: readonly Point[];
}

export interface UsagePage {
  readonly rows: readonly UsageDay[];
  readonly hasBefore: boolean;
  readonly hasAfter: boolean;
  readonly total: number;
}

export type Reports = ReturnType<typeof createReports>;

export function createReports({ db, now }: { db: Db; now: () => Date }) {
  return {
    /**
     * A page of series, the biggest first, each with a point for every bucket of the window.
     * @param page `after` and `before` are places.
     */
    async series(
      scope: Scope,
      request: SeriesRequest,
      page: { count: number; after?: string; before?: string },
    ): Promise<{ series: Series[]; total: number; found: number; hasBefore: boolean; hasAfter: boolean }> {
      checkValues(request.filter);
      const found = await findSeries(db, scope, request, MAX_SERIES);
      // Without a grouping there is one series, also where nothing was counted.
      const all = found.length === 0 && request.groupBy.length === 0 ? [NOTHING] : found;
      const placed = all.map((row) => ({ ...row, place: placeOf(row) }));
      const buckets = bucketsOf(request.window);
      const count = Math.max(1, Math.min(page.count, Math.floor(MAX_POINTS / Math.max(1, buckets.length))));
      const { after, before } = page;
      const rest = placed.filter(
        ({ place }) => (after === undefined || place > after) && (before === undefined || place < before),
      );
      const rows = before === undefined ? rest.slice(0, count) : rest.slice(-count);
      const points = new Map<string, { count: number; retries: number }>();
      if (found.length > 0 && rows.length > 0) {
        for (const point of await findPoints(
          db,
          scope,
          request,
          rows.map(({ key }) => key),
        )) {
          points.set(`${point.key} ${point.bucket.getTime()}`, point);
        }
      }
      return {
        series: rows.map((row) => ({
          ...row,
          points: buckets.map((time) => {
            const point = points.get(`${row.key} ${time.getTime()}`);
            return { time, count: point?.count ?? 0, retries: point?.retries ?? 0 };
          }),
        })),
        total: all.reduce((sum, row) => sum + row.total, 0),
        found: all.length,
        hasBefore: rows.length > 0 && placed[0]?.place !== rows[0]?.place,
        hasAfter: rows.length > 0 && placed.at(-1)?.place !== rows.at(-1)?.place,
      };
    },

    /** What became of the deliveries to one destination, by reason and bucket. */
    async deliveries(
      scope: Scope,
      at: { sourceId: string; destinationId: string; window: Window },
    ): Promise<{
      totals: DeliveryTotal[];
      /** ms: by bucket, under null that of the whole window. Of the newest 10,000 deliveries. */
      p95: Map<number | null, number>;
    }> {
      const totals = await deliveryTotals(db, scope, at);
      return { totals, p95: await waitP95(db, scope, { ...at, most: P95_OF }) };
    },

    /**
     * Running totals at the end of each day of a month, up to today.
     * @param period any day of it, ISO 8601. @throws AppError validation_error
     */
    async usage(
      scope: Scope,
      { period, perSource }: { period: string; perSource: boolean },
      page: { count: number; after?: string; before?: string },
    ): Promise<UsagePage & { month: { start: Date; end: Date } }> {
      const month = monthOf(period);
      const days = Math.min(
        Math.round((month.end.getTime() - month.start.getTime()) / DAY_MS),
        Math.floor((now().getTime() - month.start.getTime()) / DAY_MS) + 1,
      );
      if (days < 1) return { rows: [], total: 0, hasBefore: false, hasAfter: false, month };
      const { count } = page;
      const found = await runningUsage(
        db,
        scope,
        { from: month.start, days, sources: perSource ? 'each' : WHOLE_WORKSPACE },
        { after: dayKey(page.after), before: dayKey(page.before), limit: count + 1 },
      );
      const more = found.rows.length > count;
      const rows = found.rows.slice(0, count);
      if (page.before === undefined)
        return { rows, total: found.total, hasBefore: page.after !== undefined, hasAfter: more, month };
      return { rows: rows.reverse(), total: found.total, hasBefore: more, hasAfter: true, month };
    },
  };
}

const NOTHING: SeriesRow = { key: 'd41d8cd98f00b204e9800998ecf8427e', values: [], total: 0, retries: 0 };

/** The key of a row of usage, for a page's cursor. */
export function usageKey({ day, source_id }: UsageDay): string {
  return `${day.toISOString().slice(0, 10)} ${source_id}`;
}

function dayKey(key: string | undefined): { day: Date; sourceId: string } | null {
  if (key === undefined) return null;
  const [, day = '', sourceId = ''] = /^(\d{4}-\d\d-\d\d) ([0-9a-f-]{36})$/.exec(key) ?? [];
  const time = Date.parse(day);
  if (Number.isNaN(time)) throw invalidField('pagination.cursor', 'take it unchanged from the previous page');
  return { day: new Date(time), sourceId };
}

function monthOf(period: string): { start: Date; end: Date } {
  const [, year = '', month = ''] =
    /^(20\d\d)-(0[1-9]|1[0-2])(-\d\d(T[0-9:.]{2,15}(Z|[+-]\d\d:?\d\d)?)?)?$/.exec(period) ?? [];
  if (year === '' || (period.length > 7 && Number.isNaN(Date.parse(period)))) {
    const message = '"period" must be the first day of a month, such as 2026-01-01';
    throw new AppError('validation_error', message, { fields: [{ field: 'period', message }] });
  }
  return {
    start: new Date(Date.UTC(Number(year), Number(month) - 1)),
    end: new Date(Date.UTC(Number(year), Number(month))),
  };
}

function placeOf({ total, key }: SeriesRow): string {
  return `${String(Number.MAX_SAFE_INTEGER - total).padStart(16, '0')} ${key}`;
}

function checkValues(filter: Filter): void {
  const fields: FieldError[] = [];
  for (const name of DIMENSIONS) {
    const values = filter[name] ?? [];
    if (values.length > MAX_VALUES)
      fields.push({ field: name, message: `"${name}" must have at most ${MAX_VALUES} values` });
    else if (values.some((value) => value.length > MAX_VALUE || value.includes('\u0000'))) {
      fields.push({ field: name, message: `"${name}" has a value that is too long or holds a NUL character` });
    }
  }
  const [first] = fields;
  if (first) throw new AppError('validation_error', first.message, { fields });
}
