/** How times, durations and numbers are written everywhere in the dashboard. */

const STEPS: readonly (readonly [limitSeconds: number, unitSeconds: number, unit: Intl.RelativeTimeFormatUnit])[] = [
  [60, 1, 'second'],
  [3_600, 60, 'minute'],
  [86_400, 3_600, 'hour'],
  [86_400 * 30, 86_400, 'day'],
  [86_400 * 365, 86_400 * 30, 'month'],
  [Number.POSITIVE_INFINITY, 86_400 * 365, 'year'],
];

const relativeFormat = new Intl.RelativeTimeFormat('en', { numeric: 'always', style: 'narrow' });
const absoluteFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long' });
const clockFormat = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const minuteFormat = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const numberFormat = new Intl.NumberFormat('en');

/** "just now", "42s ago", "3h ago", "in 5m". Under 3 s counts as now, so that two clocks need not agree. */
export function relativeTime(at: Date, now: Date): string {
  const seconds = (at.getTime() - now.getTime()) / 1_000;
  const size = Math.abs(seconds);
  if (size < 3) return 'just now';
  for (const [limit, unitSeconds, unit] of STEPS) {
    if (size < limit) return relativeFormat.format(Math.trunc(seconds / unitSeconds), unit);
  }
  return absoluteFormat.format(at);
}

export function absoluteTime(at: Date): string {
  return absoluteFormat.format(at);
}

/** 14:03:27 in the reader's zone. */
export function clockTime(at: Date): string {
  return clockFormat.format(at);
}

/** 14:03 in the reader's zone. */
export function minuteTime(at: Date): string {
  return minuteFormat.format(at);
}

/** "38 ms", "1.2 s". */
export function duration(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

export function count(value: number): string {
  return numberFormat.format(value);
}

/** "1 event", "1,204 events". */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}
