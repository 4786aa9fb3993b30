/** Requests of a key over time, let in and refused. A part of its own: the chart library is big. */
import type { KeySummary } from '../../api/types.ts';
import Bars, { type Series } from '../../charts/bars.tsx';
import { count } from '../../lib/time.ts';

const SERIES: readonly Series[] = [
  { key: 'answered', label: 'answered', color: 'var(--bar-accepted)' },
  { key: 'refused', label: 'refused', color: 'var(--bar-rejected)' },
];

export default function Chart({ summary }: { summary: KeySummary }) {
  const label = labelOf(summary.bucket_seconds);
  return <Bars data={bucketsOf(summary)} series={SERIES} formatTime={(at) => label(Number(at))} formatValue={count} />;
}

/** One entry for each bucket of the time, also for those without a request. */
function bucketsOf(summary: KeySummary): { at: number; answered: number; refused: number }[] {
  const step = summary.bucket_seconds * 1_000;
  const known = new Map(summary.buckets.map((bucket) => [Date.parse(bucket.at), bucket]));
  const first = Math.floor(Date.parse(summary.from) / step) * step;
  const buckets: { at: number; answered: number; refused: number }[] = [];
  for (let at = first; at < Date.parse(summary.to); at += step) {
    const { requests, denied } = known.get(at) ?? { requests: 0, denied: 0 };
    buckets.push({ at, answered: requests - denied, refused: denied });
  }
  return buckets;
}

function labelOf(bucketSeconds: number): (at: number) => string {
  const format = new Intl.DateTimeFormat(
    undefined,
    bucketSeconds < 3_600
      ? { hour: '2-digit', minute: '2-digit' }
      : bucketSeconds < 86_400
        ? { day: 'numeric', month: 'short', hour: '2-digit' }
        : { day: 'numeric', month: 'short' },
  );
  return (at) => format.format(new Date(at));
}
