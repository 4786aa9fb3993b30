/** When a reverse ETL subscription runs: checked, and kept with exactly the fields of its strategy (contract segment-public-api §1.9, §3.3). */
import type { FieldError } from '../../../errors.ts';
import { problem, textProblems } from '../../problems.ts';

export interface Schedule {
  readonly strategy: string;
  /** None where the strategy is MANUAL. */
  readonly config?: Readonly<Record<string, unknown>>;
}

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  MANUAL: [],
  PERIODIC: ['interval'],
  SPECIFIC_DAYS: ['days', 'hours', 'timezone'],
  CRON: ['spec', 'timezone'],
  DBT_CLOUD: ['jobId', 'accountId'],
};

const MINUTE = 60;
const LEAST_SECONDS = 10 * MINUTE;
const MOST_SECONDS = 168 * 60 * MINUTE;
const LEAST_CRON_MINUTES = 15;
const MAX_TEXT = 255;

/** Every failing field, below `field`. */
export function scheduleProblems(
  field: string,
  { strategy, config }: { strategy: string; config?: unknown },
): FieldError[] {
  const fields = FIELDS[strategy];
  if (!fields) return [problem(`${field}.strategy`, `must be one of [${Object.keys(FIELDS).join(', ')}]`)];
  if (fields.length === 0) return [];
  const given = (config ?? {}) as Readonly<Record<string, unknown>>;
  return fields.flatMap((name) => {
    const at = `${field}.config.${name}`;
    const value = given[name];
    return value === undefined || value === null ? [problem(at, 'is required')] : problemsOf(at, name, value);
  });
}

/** @param schedule checked. */
export function scheduleOf({ strategy, config }: { strategy: string; config?: unknown }): Schedule {
  const fields = FIELDS[strategy] ?? [];
  if (fields.length === 0) return { strategy };
  const given = (config ?? {}) as Readonly<Record<string, unknown>>;
  return { strategy, config: Object.fromEntries(fields.map((name) => [name, given[name]])) };
}

function problemsOf(field: string, name: string, value: unknown): FieldError[] {
  if (name === 'days') return numbersProblems(field, value, 6);
  if (name === 'hours') return numbersProblems(field, value, 23);
  if (typeof value !== 'string') return [problem(field, 'must be a string')];
  const text = textProblems(field, value, { least: 1, most: MAX_TEXT });
  if (text.length > 0) return text;
  if (name === 'timezone' && !isTimezone(value)) return [problem(field, 'must be a timezone such as Europe/Paris')];
  if (name === 'interval') {
    const seconds = secondsOf(value);
    if (seconds === null) return [problem(field, 'must be a duration such as 15m or 3h25m30s')];
    if (seconds <= LEAST_SECONDS || seconds >= MOST_SECONDS) {
      return [problem(field, 'must be longer than 10m and shorter than 168h')];
    }
  }
  return name === 'spec' ? cronProblems(field, value) : [];
}

function numbersProblems(field: string, value: unknown, most: number): FieldError[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > most + 1) {
    return [problem(field, `must be an array of 1 to ${most + 1} numbers`)];
  }
  return value.flatMap((item, n) =>
    Number.isInteger(item) && item >= 0 && item <= most
      ? []
      : [problem(`${field}.${n}`, `must be a whole number between 0 and ${most}`)],
  );
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const UNITS: Readonly<Record<string, number>> = { h: 3_600, m: 60, s: 1 };

function secondsOf(duration: string): number | null {
  if (!/^(\d{1,6}h)?(\d{1,6}m)?(\d{1,6}s)?$/.test(duration)) return null;
  let seconds = 0;
  for (const [, count, unit] of duration.matchAll(/(\d+)([hms])/g)) seconds += Number(count) * (UNITS[unit ?? ''] ?? 0);
  return seconds;
}

const RANGES = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const;

function cronProblems(field: string, spec: string): FieldError[] {
  const parts = spec.trim().split(/\s+/);
  const values = RANGES.map(([least, most], n) => cronValues(parts[n] ?? '', least, most));
  const [minutes, hours] = values;
  if (parts.length !== RANGES.length || values.includes(null) || !minutes || !hours) {
    return [problem(field, 'must be a cron expression of five fields, such as 0 */6 * * *')];
  }
  const first = minutes[0] ?? 0;
  const gaps = minutes.slice(1).map((minute, n) => minute - (minutes[n] ?? 0));
  // From the last run of an hour to the first of the next one, where both hours have runs.
  if (hours.some((hour) => hours.includes((hour + 1) % 24))) gaps.push(first + 60 - (minutes.at(-1) ?? 0));
  if (gaps.every((gap) => gap >= LEAST_CRON_MINUTES)) return [];
  return [problem(field, `must leave at least ${LEAST_CRON_MINUTES} minutes between two runs`)];
}

const NAMES = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC SUN MON TUE WED THU FRI SAT'.split(' ');

/** Those that a field names, ascending; null: it is none. */
function cronValues(text: string, least: number, most: number): number[] | null {
  const found = new Set<number>();
  for (const part of text.split(',')) {
    const match = /^(?:\*|([0-9]{1,2}|[A-Z]{3})(?:-([0-9]{1,2}|[A-Z]{3}))?)(?:\/([0-9]{1,2}))?$/i.exec(part);
    if (!match) return null;
    const [, low, high, every] = match;
    const step = every === undefined ? 1 : Number(every);
    const from = low === undefined ? least : cronNumber(low, most);
    const to = high !== undefined ? cronNumber(high, most) : low === undefined || every !== undefined ? most : from;
    if (from === null || to === null || from < least || to > most || to < from || step < 1) return null;
    for (let value = from; value <= to; value += step) found.add(value);
  }
  return [...found].sort((a, b) => a - b);
}

function cronNumber(text: string, most: number): number | null {
  if (/^\d+$/.test(text)) return Number(text);
  const at = NAMES.indexOf(text.toUpperCase());
  if (most === 12 && at >= 0 && at < 12) return at + 1;
  return most === 7 && at >= 12 ? at - 12 : null;
}
