/** Stacked bars over time. A part of its own: the chart library is big. */
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { count } from '../lib/time.ts';

export interface Series {
  readonly key: string;
  readonly label: string;
  /** A CSS colour. */
  readonly color: string;
}

interface BarsProps {
  data: readonly Readonly<Record<string, number | string>>[];
  series: readonly Series[];
  /** Of `at`, the time of a bar. */
  formatTime: (at: string) => string;
  /** Of the axis. Default: thousands as 1.2k. */
  formatValue?: (value: number) => string;
}

export default function Bars({ data, series, formatTime, formatValue = short }: BarsProps) {
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 600, height: 224 }}>
      <BarChart
        data={[...data]}
        margin={{ top: 4, right: 0, bottom: 0, left: 0 }}
        barCategoryGap={1}
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="at"
          tickFormatter={formatTime}
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
          tickFormatter={formatValue}
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
          labelFormatter={(at) => formatTime(String(at))}
          formatter={(value) => count(Number(value))}
        />
        {series.map(({ key, label, color }) => (
          <Bar key={key} dataKey={key} name={label} stackId="all" fill={color} isAnimationActive={false} />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}

function short(value: number): string {
  return value >= 1_000 ? `${Number((value / 1_000).toFixed(1))}k` : String(value);
}
