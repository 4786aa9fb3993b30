/** A moment as people say it, the exact time as its title; all of them tick together. */
import { cx } from '../lib/cx.ts';
import { createStore, useStore } from '../lib/store.ts';
import { absoluteTime, relativeTime } from '../lib/time.ts';

const clock = createStore(Date.now());
setInterval(() => {
  if (document.visibilityState === 'visible') clock.set(Date.now());
}, 5_000);

interface TimeProps {
  /** ISO 8601; null shows `none`. */
  value: string | null | undefined;
  none?: string;
  className?: string;
}

export function Time({ value, none = 'never', className }: TimeProps) {
  useStore(clock);
  if (!value) return <span className={cx('text-muted', className)}>{none}</span>;
  const at = new Date(value);
  return (
    <time dateTime={value} title={absoluteTime(at)} className={cx('whitespace-nowrap', className)}>
      {relativeTime(at, new Date())}
    </time>
  );
}
