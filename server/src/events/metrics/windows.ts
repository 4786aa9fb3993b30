/** Windows of time that reports are asked for, and the buckets in them (contract segment-public-api §1.9). */
import { AppError, type FieldError } from '../../errors.ts';

export const GRANULARITIES = ['MINUTE', 'HOUR', 'DAY'] as const;
export type Granularity = (typeof GRANULARITIES)[number];

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
export const BUCKET_MS: Readonly<Record<Granularity, number>> = { MINUTE, HOUR, DAY };

/** How long a window may be, and how long ago it may begin. */
export type WindowRules = Readonly<Record<Granularity, { readonly longest: number; readonly oldest: number }>>;

export const DELIVERY_OVERVIEW: WindowRules = {
  MINUTE: { longest: 4 * HOUR, oldest: 48 * HOUR },
  HOUR: { longest: 14 * DAY, oldest: 30 * DAY },
  DAY: { longest: 30 * DAY, oldest: 30 * DAY },
};

export const DELIVERY_METRICS: WindowRules = {
  MINUTE: { longest: 4 * HOUR, oldest: 48 * HOUR },
  HOUR: { longest: 7 * DAY, oldest: 7 * DAY },
  DAY: { longest: 14 * DAY, oldest: 14 * DAY },
};

/** No limit is documented: as far back as counts of each size are kept (jobs/queries.ts). */
export const EVENTS_VOLUME: WindowRules = {
  MINUTE: { longest: DAY, oldest: 3 * DAY },
  HOUR: { longest: 30 * DAY, oldest: 31 * DAY },
  DAY: { longest: 366 * DAY, oldest: 400 * DAY },
};

export interface Window {
  readonly granularity: Granularity;
  /** The beginning of the bucket that `startTime` lies in. */
  readonly from: Date;
  readonly to: Date;
}

export interface WindowInput {
  readonly granularity: Granularity;
  readonly startTime: string;
  readonly endTime: string;
}

/** @throws AppError validation_error naming each field that is wrong. */
export function windowOf({ granularity, startTime, endTime }: WindowInput, rules: WindowRules, now: Date): Window {
  const fields: FieldError[] = [];
  const start = timeOf('startTime', startTime, fields);
  const end = timeOf('endTime', endTime, fields);
  if (start !== null && end !== null) {
    const { longest, oldest } = rules[granularity];
    if (end <= start) fields.push({ field: 'endTime', message: '"endTime" must be later than "startTime"' });
    else if (end - start > longest) {
      fields.push({
        field: 'endTime',
        message: `"endTime" must be within ${words(longest)} of "startTime" for ${granularity}`,
      });
    }
    // A client's clock may be a little behind, and its request took a moment.
    if (start < now.getTime() - oldest - MINUTE) {
      fields.push({
        field: 'startTime',
        message: `"startTime" must not be older than ${words(oldest)} for ${granularity}`,
      });
    }
  }
  const [first] = fields;
  if (first) throw new AppError('validation_error', first.message, { fields });
  const size = BUCKET_MS[granularity];
  return { granularity, from: new Date(Math.floor((start ?? 0) / size) * size), to: new Date(end ?? 0) };
}

/** The beginnings of all its buckets. */
export function bucketsOf({ granularity, from, to }: Window): Date[] {
  const size = BUCKET_MS[granularity];
  const count = Math.max(0, Math.ceil((to.getTime() - from.getTime()) / size));
  return Array.from({ length: count }, (_, n) => new Date(from.getTime() + n * size));
}

function timeOf(field: string, text: string, fields: FieldError[]): number | null {
  const time = /^\d{4}-\d\d-\d\d/.test(text) && text.length <= 40 ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time) && time > 0 && time < Date.UTC(2100, 0)) return time;
  fields.push({ field, message: `"${field}" must be an ISO 8601 date and time, such as 2026-01-31T12:00:00Z` });
  return null;
}

function words(ms: number): string {
  return ms % DAY === 0 && ms > 2 * DAY ? `${ms / DAY} days` : `${ms / HOUR} hours`;
}

const DEFAULT_START: Readonly<Record<Granularity, number>> = { MINUTE: HOUR, HOUR: 7 * DAY, DAY: 14 * DAY };

/**
 * Missing: minutes, until now, from as long before as is usual. The documented 30 days before for DAY are longer than a
 * window may be: it is 14.
 */
export function windowWithDefaults(
  given: { granularity?: Granularity | undefined; startTime?: string | undefined; endTime?: string | undefined },
  rules: WindowRules,
  now: Date,
): Window {
  const { granularity = 'MINUTE', endTime = now.toISOString() } = given;
  const end = Date.parse(endTime);
  const startTime =
    given.startTime ?? new Date((Number.isNaN(end) ? now.getTime() : end) - DEFAULT_START[granularity]).toISOString();
  return windowOf({ granularity, startTime, endTime }, rules, now);
}
