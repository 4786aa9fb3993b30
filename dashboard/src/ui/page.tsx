/** The frame of every page: title, actions, panels, and tables whose rows lead somewhere. */
import type { ComponentProps, ReactNode } from 'react';
import { cx } from '../lib/cx.ts';

interface PageProps {
  title: ReactNode;
  /** The browser tab's text. */
  documentTitle: string;
  description?: ReactNode;
  back?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

export function Page({ title, documentTitle, description, back, actions, children }: PageProps) {
  return (
    <div className="mx-auto flex w-full max-w-6xl flex-col gap-4 px-4 py-5 sm:px-6">
      <title>{`${documentTitle} · Headgate`}</title>
      <header className="flex min-h-8.5 flex-wrap items-start gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-60">
          {back && <div className="mb-1 text-[13px] text-muted">{back}</div>}
          <h1 className="break-words font-semibold text-lg leading-7 tracking-tight">{title}</h1>
          {description && <p className="max-w-2xl text-pretty text-muted">{description}</p>}
        </div>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

interface PanelProps {
  title?: ReactNode;
  actions?: ReactNode;
  className?: string;
  /** Tables and lists touch the border. */
  flush?: boolean;
  children: ReactNode;
}

export function Panel({ title, actions, className, flush, children }: PanelProps) {
  return (
    <section className={cx('min-w-0 rounded-lg border bg-panel', className)}>
      {title && (
        <header className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-1.5">
          <h2 className="min-w-fit flex-1 font-semibold">{title}</h2>
          {actions}
        </header>
      )}
      <div className={flush ? 'min-w-0' : 'p-4'}>{children}</div>
    </section>
  );
}

interface TableProps {
  label: string;
  /** Column widths come from the head alone: rows that arrive later move nothing. */
  fixed?: boolean;
  children: ReactNode;
}

export function Table({ label, fixed, children }: TableProps) {
  return (
    <div className="@container overflow-x-auto">
      <table aria-label={label} className={cx('w-full border-collapse text-left', fixed && 'table-fixed')}>
        {children}
      </table>
    </div>
  );
}

export function Th({ className, ...rest }: ComponentProps<'th'>) {
  return (
    <th
      scope="col"
      {...rest}
      className={cx(
        'h-8 whitespace-nowrap border-b px-4 max-sm:px-2 max-sm:first:pl-4 max-sm:last:pr-4 font-medium text-muted text-xs',
        className,
      )}
    />
  );
}

/** A row whose first link stretches over all of it. */
export function Tr({ className, ...rest }: ComponentProps<'tr'>) {
  return (
    <tr {...rest} className={cx('relative border-b last:border-0 has-[a.stretch:hover]:bg-sunken/60', className)} />
  );
}

export function Td({ className, ...rest }: ComponentProps<'td'>) {
  return <td {...rest} className={cx('h-11 px-4 py-2 max-sm:px-2 max-sm:first:pl-4 max-sm:last:pr-4', className)} />;
}

/** The class of the one link of a row that makes the whole row clickable. */
export const STRETCH =
  'stretch font-medium after:absolute after:inset-0 hover:text-accent-strong focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent';

export function DescriptionList({ items }: { items: readonly (readonly [label: string, value: ReactNode])[] }) {
  return (
    <dl className="grid grid-cols-[minmax(6.5rem,auto)_minmax(0,1fr)] gap-x-4 gap-y-2">
      {items.map(([label, value]) => (
        <div key={label} className="contents">
          <dt className="text-muted">{label}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
