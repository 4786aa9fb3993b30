/** The metrics of event delivery by the vendor's names (contract segment-config-api §15.3), from what was counted. */
import type { DeliveryTotal } from './reports.ts';

export interface DeliveryMetric {
  readonly name: string;
  readonly total: number;
  readonly breakdown: readonly { readonly name: string; readonly value: number }[];
}

export interface Report {
  readonly totals: readonly DeliveryTotal[];
  readonly p95: ReadonlyMap<number | null, number>;
}

export function metricsOf({ totals, p95 }: Report): DeliveryMetric[] {
  const sum = (match: (row: DeliveryTotal) => boolean): number =>
    totals.reduce((total, row) => total + (match(row) ? row.count : 0), 0);
  const successes = sum((row) => row.step === 'delivered');
  const first = sum((row) => row.reason === FIRST);
  const waited = totals.reduce((total, row) => total + row.waited_ms, 0);
  const parts = (match: (row: DeliveryTotal) => boolean) =>
    [...new Set(totals.filter(match).map((row) => row.reason))].map((name) => ({
      name,
      value: sum((row) => row.reason === name),
    }));
  const discarded = (row: DeliveryTotal) => row.step === 'failed' && row.reason !== 'expired';
  const retried = (row: DeliveryTotal) => row.step === 'retried';
  return [
    {
      name: 'successes',
      total: successes,
      breakdown: [
        { name: 'successes_on_first_attempt', value: first },
        { name: 'successes_after_retry', value: successes - first },
        ...parts((row) => row.step === 'delivered'),
      ],
    },
    { name: 'expired', total: sum((row) => row.reason === 'expired'), breakdown: [] },
    { name: 'discarded', total: sum(discarded), breakdown: parts(discarded) },
    { name: 'retried', total: sum(retried), breakdown: parts(retried) },
    {
      name: 'time_to_success',
      total: successes,
      breakdown: [
        { name: 'time_to_success_average', value: successes === 0 ? 0 : Math.round(waited / successes) },
        { name: 'time_to_success_p95', value: p95.get(null) ?? 0 },
      ],
    },
  ];
}

const FIRST = 'successes.attempt.1';

/** The time series of one metric: bucket → value. null: there is no metric of this name. */
export function seriesOf(name: string, { totals, p95 }: Report): Map<number, number> | null {
  if (name === 'time_to_success_p95') {
    return new Map([...p95].flatMap(([bucket, ms]): [number, number][] => (bucket === null ? [] : [[bucket, ms]])));
  }
  const match = MATCHES.find(([pattern]) => pattern.test(name))?.[1];
  if (!match) return null;
  const points = new Map<number, { count: number; waited: number }>();
  for (const row of totals) {
    if (!match(name, row)) continue;
    const point = points.get(row.bucket.getTime()) ?? { count: 0, waited: 0 };
    points.set(row.bucket.getTime(), { count: point.count + row.count, waited: point.waited + row.waited_ms });
  }
  const average = name === 'time_to_success_average';
  return new Map(
    [...points].map(([time, { count, waited }]) => [time, average ? Math.round(waited / Math.max(1, count)) : count]),
  );
}

type Match = (name: string, row: DeliveryTotal) => boolean;
const MATCHES: readonly (readonly [RegExp, Match])[] = [
  [/^(successes|time_to_success|time_to_success_average)$/, (_, row) => row.step === 'delivered'],
  [/^successes_on_first_attempt$/, (_, row) => row.reason === FIRST],
  [/^successes_after_retry$/, (_, row) => row.step === 'delivered' && row.reason !== FIRST],
  [/^successes\.attempt\.([1-9]|10)$/, (name, row) => row.reason === name],
  [/^expired$/, (_, row) => row.reason === 'expired'],
  [/^discarded$/, (_, row) => row.step === 'failed' && row.reason !== 'expired'],
  [/^retried$/, (_, row) => row.step === 'retried'],
  [/^(discarded|retried)_\w{1,40}$/, (name, row) => row.reason === name],
];

const ALWAYS = [
  'successes',
  'successes_on_first_attempt',
  'successes_after_retry',
  'expired',
  'discarded',
  'retried',
  'time_to_success_average',
  'time_to_success_p95',
] as const;

/** Those that a destination always has, and what was counted of it. */
export function namesOf({ totals }: Report): string[] {
  return [...new Set([...ALWAYS, ...totals.map(({ reason }) => reason)])];
}
