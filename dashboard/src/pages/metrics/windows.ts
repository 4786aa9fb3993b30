/** The times that figures are shown for, and how fine. */

export interface Span {
  readonly value: 'hours' | 'week' | 'month';
  readonly label: string;
  readonly granularity: 'hour' | 'day';
  readonly milliseconds: number;
  readonly format: (at: string) => string;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const hour = new Intl.DateTimeFormat(undefined, { weekday: 'short', hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric', timeZone: 'UTC' });

export const SPANS: readonly [Span, ...Span[]] = [
  {
    value: 'hours',
    label: '24 hours',
    granularity: 'hour',
    milliseconds: DAY_MS,
    format: (at) => hour.format(new Date(at)),
  },
  {
    value: 'week',
    label: '7 days',
    granularity: 'day',
    milliseconds: 7 * DAY_MS,
    format: (at) => day.format(new Date(at)),
  },
  {
    value: 'month',
    label: '30 days',
    granularity: 'day',
    milliseconds: 30 * DAY_MS,
    format: (at) => day.format(new Date(at)),
  },
];

export function spanOf(value: string | undefined): Span {
  return SPANS.find((span) => span.value === value) ?? SPANS[0];
}

/** Whole hours or days, up to the end of the running one. */
export function windowOf({ granularity, milliseconds }: Span, now = Date.now()) {
  const step = granularity === 'hour' ? HOUR_MS : DAY_MS;
  const end = Math.ceil(now / step) * step;
  return {
    granularity,
    start: new Date(end - milliseconds).toISOString(),
    end: new Date(end).toISOString(),
  };
}
