/** What a region shows while there is nothing to show: loading, empty, failed. */
import { CircleAlert, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { Cancelled } from '../lib/cancelled.ts';
import { cx } from '../lib/cx.ts';
import { Button } from './button.tsx';

export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cx('block animate-pulse-slow rounded bg-sunken', className)} />;
}

/** Rows of the height that the list will have, so that nothing moves when it arrives. */
export function SkeletonRows({ rows = 6, className }: { rows?: number; className?: string }) {
  return (
    <div role="status" aria-label="Loading" className={cx('divide-y', className)}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move.
        <div key={row} className="flex h-11 items-center gap-4 px-4">
          <Skeleton className="h-3 w-1/4" />
          <Skeleton className="h-3 w-1/3" />
          <Skeleton className="ml-auto h-3 w-16" />
        </div>
      ))}
    </div>
  );
}

interface EmptyStateProps {
  icon: ReactNode;
  title: string;
  /** What to do next. */
  children?: ReactNode;
  action?: ReactNode;
}

export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center px-6 py-12 text-center">
      <div aria-hidden className="mb-3 rounded-lg bg-accent-soft p-2.5 text-accent [&_svg]:size-5">
        {icon}
      </div>
      <h2 className="font-semibold">{title}</h2>
      {children && <div className="mt-1 w-full max-w-xl text-muted">{children}</div>}
      {action && <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}

export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  return (
    <div role="alert" className="flex flex-col items-center px-6 py-10 text-center">
      <CircleAlert aria-hidden className="mb-2 size-5 text-bad" />
      <h2 className="font-semibold">This could not be loaded</h2>
      <p className="mt-1 max-w-md break-words text-muted">{errorText(error)}</p>
      {onRetry && (
        <Button className="mt-4" icon={<RotateCw aria-hidden />} onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** A failed action, next to its button. */
export function InlineError({ error }: { error: unknown }) {
  if (!error || error instanceof Cancelled) return null;
  return (
    <p role="alert" className="flex gap-2 rounded-md bg-bad-soft px-3 py-2 text-bad">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span className="min-w-0 break-words">{errorText(error)}</span>
    </p>
  );
}

export function errorText(error: unknown): string {
  if (error instanceof TypeError) return 'The server could not be reached. Check that it is running.';
  return error instanceof Error && error.message ? error.message : 'Something failed. Try again.';
}
