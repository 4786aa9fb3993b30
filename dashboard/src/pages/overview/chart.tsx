/** Events a minute over the last hour, stacked by outcome. A part of its own: the chart library is big. */
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { MinuteCount } from '../../api/types.ts';
import { count, minuteTime } from '../../lib/time.ts';

const OUTCOMES = ['accepted', 'duplicate', 'rejected'] as const;
const MINUTE_MS = 60_000;
const SHOWN = 60;

export default function Chart({ minutes }: { minutes: readonly MinuteCount[] }) {
  const data = lastHour(minutes, Date.now());
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
          tickFormatter={(at: number) => minuteTime(new Date(at))}
          interval={9}
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
          tickFormatter={short}
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
          labelFormatter={(at) => minuteTime(new Date(Number(at)))}
          formatter={(value) => count(Number(value))}
        />
        {OUTCOMES.map((outcome) => (
          <Bar
            key={outcome}
            dataKey={outcome}
            stackId="outcome"
            fill={`var(--bar-${outcome})`}
            isAnimationActive={false}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}

/** One entry for each of the last 60 minutes, also for those in which nothing happened. */
function lastHour(minutes: readonly MinuteCount[], now: number) {
  const known = new Map(minutes.map((minute) => [Date.parse(minute.minute), minute]));
  const last = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  return Array.from({ length: SHOWN }, (_, index) => {
    const at = last - (SHOWN - 1 - index) * MINUTE_MS;
    const found = known.get(at);
    return {
      at,
      accepted: found?.accepted ?? 0,
      duplicate: found?.duplicate ?? 0,
      rejected: found?.rejected ?? 0,
    };
  });
}

function short(value: number): string {
  return value >= 1_000 ? `${Number((value / 1_000).toFixed(1))}k` : String(value);
}
