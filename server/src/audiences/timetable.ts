/** When a schedule's audience runs: every so often, or at hours of days of the week in a time zone. */
import type { AudienceTables, ScheduleConfig } from '../db/tables/audiences.ts';
import type { FieldError } from '../errors.ts';
import { problem } from './fields.ts';

export type Strategy = AudienceTables['audience_schedules']['strategy'];

/** Documented (contract §1.9), in minutes. */
const INTERVALS: Readonly<Record<string, number>> = {
  '15m': 15,
  '30m': 30,
  '1h': 60,
  '2h': 120,
  '4h': 240,
  '6h': 360,
  '8h': 480,
  '12h': 720,
  '1d': 1_440,
};
const MINUTE_MS = 60_000;
/** Every zone's hours begin at a quarter of one of UTC's. */
const STEP_MS = 15 * MINUTE_MS;
/** A week, and another one where the hour falls into the clock's change. */
const STEPS = 15 * 96;

/** @returns what is wrong; the keys must be exactly the strategy's. */
export function timetableProblems(strategy: Strategy, config: Readonly<Record<string, unknown>>): FieldError[] {
  const keys = strategy === 'PERIODIC' ? ['interval'] : ['days', 'hours', 'timezone'];
  const problems = [
    ...keys.filter((key) => config[key] === undefined).map((key) => problem(`config.${key}`, 'is required')),
    ...Object.keys(config)
      .filter((key) => !keys.includes(key))
      .slice(0, 10)
      .map((key) => problem(`config.${key.slice(0, 100)}`, `is not allowed with ${strategy}`)),
  ];
  if (problems.length > 0) return problems;
  if (strategy === 'PERIODIC') {
    const { interval } = config;
    return typeof interval === 'string' && Object.hasOwn(INTERVALS, interval)
      ? []
      : [problem('config.interval', `must be one of [${Object.keys(INTERVALS).join(', ')}]`)];
  }
  return [
    ...numberProblems('config.days', config['days'], 6),
    ...numberProblems('config.hours', config['hours'], 23),
    ...(isZone(config['timezone']) ? [] : [problem('config.timezone', 'must be a time zone such as Europe/Oslo')]),
  ];
}

function numberProblems(field: string, list: unknown, most: number): FieldError[] {
  const fits =
    Array.isArray(list) &&
    list.length > 0 &&
    new Set(list).size === list.length &&
    list.every((n) => Number.isInteger(n) && n >= 0 && n <= most);
  return fits ? [] : [problem(field, `must be different whole numbers between 0 and ${most}`)];
}

/** An IANA name; an offset such as `+01:00` is none, though the formatter takes it. */
function isZone(name: unknown): name is string {
  if (typeof name !== 'string' || !/^[A-Za-z][A-Za-z0-9_+/-]{1,63}$/.test(name)) return false;
  try {
    clockIn(name);
    return true;
  } catch {
    return false;
  }
}

/** The next time after `from`. */
export function nextRun(config: ScheduleConfig, from: Date): Date {
  if ('interval' in config) return new Date(from.getTime() + (INTERVALS[config.interval] ?? 1_440) * MINUTE_MS);
  const clock = clockIn(config.timezone);
  const first = Math.floor(from.getTime() / STEP_MS) + 1;
  for (let step = first; step < first + STEPS; step++) {
    const at = new Date(step * STEP_MS);
    const { day, hour, minute } = clock(at);
    if (minute === 0 && config.hours.includes(hour) && config.days.includes(day)) return at;
  }
  return new Date((first + STEPS) * STEP_MS);
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** @throws RangeError for a name that is no time zone. */
function clockIn(timeZone: string): (at: Date) => { day: number; hour: number; minute: number } {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  });
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
    return {
      day: DAYS.indexOf(parts.get('weekday') ?? ''),
      hour: Number(parts.get('hour')),
      minute: Number(parts.get('minute')),
    };
  };
}
