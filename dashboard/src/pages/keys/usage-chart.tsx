/** Requests of a key over time, let in and refused. A part of its own: the chart library is big. */
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { KeySummary } from '../../api/types.ts';
import { count } from '../../lib/time.ts';

const SERIES = [
  ['answered', 'var(--bar-accepted)'],
  ['refused', 'var(--bar-rejected)'],
] as const;

export default function Chart({ summary }: { summary: KeySummary }) {
  const data = bucketsOf(summary);
  const label = labelOf(summary.bucket_seconds);
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 600, height: 224 }}>
      <BarChart
        data={data}
        margin={{ top: 4, right: 0, bottom: 0, left: 0 }}
        barCategoryGap={1}
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="at"
          tickFormatter={label}
          minTickGap={32}
          tickLine={false}
          axisLine={{ stroke: 'var(--line-strong)' }}
          tick={{ fill: 'var(--muted)', fontSize: 12 }}
          height={24}
        />
        <YAxis
          allowDecimals={false}
          width={44}
          tickLine={false}
          axisLine={false}
          tickFormatter={(value: number) => count(value)}
          tick={{ fill: 'var(--muted)', fontSize: 12 }}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: 'var(--sunken)' }}
          contentStyle={{
            background: 'var(--panel)',
            border: '1px solid var(--line)',
            borderRadius: 8,
            boxShadow: 'var(--shadow)',
            padding: '6px 10px',
            fontSize: 13,
          }}
          labelStyle={{ color: 'var(--muted)' }}
          itemStyle={{ color: 'var(--ink)', padding: 0 }}
          labelFormatter={(at) => label(Number(at))}
          formatter={(value) => count(Number(value))}
        />
        {SERIES.map(([name, fill]) => (
          <Bar key={name} dataKey={name} stackId="requests" fill={fill} isAnimationActive={false} />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
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
