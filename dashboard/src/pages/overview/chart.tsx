/** Events a minute over the last hour, stacked by outcome. A part of its own: the chart library is big. */
import type { MinuteCount } from '../../api/types.ts';
import Bars, { type Series } from '../../charts/bars.tsx';
import { minuteTime } from '../../lib/time.ts';

const OUTCOMES: readonly Series[] = [
  { key: 'accepted', label: 'accepted', color: 'var(--bar-accepted)' },
  { key: 'duplicate', label: 'duplicate', color: 'var(--bar-duplicate)' },
  { key: 'rejected', label: 'rejected', color: 'var(--bar-rejected)' },
];
const MINUTE_MS = 60_000;
const SHOWN = 60;

export default function Chart({ minutes }: { minutes: readonly MinuteCount[] }) {
  return (
    <Bars
      data={lastHour(minutes, Date.now())}
      series={OUTCOMES}
      formatTime={(at) => minuteTime(new Date(Number(at)))}
    />
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
