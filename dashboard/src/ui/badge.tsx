/** Small state markers. Colour never stands alone: the word says the same. */
import type { ReactNode } from 'react';
import { cx } from '../lib/cx.ts';

export type Tone = 'neutral' | 'ok' | 'warn' | 'bad' | 'accent';

const TONES: Record<Tone, string> = {
  neutral: 'bg-sunken text-muted',
  ok: 'bg-ok-soft text-ok',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  accent: 'bg-accent-soft text-accent-strong',
};

const DOTS: Record<Tone, string> = {
  neutral: 'bg-line-strong',
  ok: 'bg-ok',
  warn: 'bg-warn',
  bad: 'bg-bad',
  accent: 'bg-accent',
};

interface BadgeProps {
  tone?: Tone;
  dot?: boolean;
  icon?: ReactNode;
  title?: string | undefined;
  className?: string;
  children: ReactNode;
}

export function Badge({ tone = 'neutral', dot, icon, title, className, children }: BadgeProps) {
  return (
    <span
      title={title}
      className={cx(
        'inline-flex h-5 max-w-full items-center gap-1 whitespace-nowrap rounded px-1.5 font-medium text-xs',
        TONES[tone],
        className,
      )}
    >
      {dot && <span aria-hidden className={cx('size-1.5 shrink-0 rounded-full', DOTS[tone])} />}
      {icon}
      <span className="truncate">{children}</span>
    </span>
  );
}

/** A quiet dot with a word, for lists. */
export function StatusDot({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap">
      <span aria-hidden className={cx('size-2 shrink-0 rounded-full', DOTS[tone])} />
      {children}
    </span>
  );
}
