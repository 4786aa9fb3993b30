/** Tabs, and the segmented control for two or three choices. */
import { Tabs as RadixTabs, ToggleGroup } from 'radix-ui';
import type { ReactNode } from 'react';
import { cx } from '../lib/cx.ts';

interface TabsProps {
  label: string;
  /** `keep`: what was typed in it is still there after a look at another tab. */
  tabs: readonly { value: string; label: ReactNode; content: ReactNode; keep?: boolean }[];
  /** The first tab unless told. */
  initial?: string;
  className?: string;
}

export function Tabs({ label, tabs, initial, className }: TabsProps) {
  return (
    <RadixTabs.Root defaultValue={initial ?? tabs[0]?.value ?? ''} className={cx('min-w-0', className)}>
      <RadixTabs.List aria-label={label} className="flex gap-4 overflow-x-auto overflow-y-hidden border-b">
        {tabs.map((tab) => (
          <RadixTabs.Trigger
            key={tab.value}
            value={tab.value}
            className={cx(
              '-mb-px h-9 shrink-0 whitespace-nowrap border-transparent border-b-2 text-muted focus-visible:-outline-offset-2 hover:text-ink max-sm:h-11',
              'data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink',
            )}
          >
            {tab.label}
          </RadixTabs.Trigger>
        ))}
      </RadixTabs.List>
      {tabs.map((tab) => (
        <RadixTabs.Content
          key={tab.value}
          value={tab.value}
          className="pt-3 data-[state=inactive]:hidden"
          {...(tab.keep && { forceMount: true })}
        >
          {tab.content}
        </RadixTabs.Content>
      ))}
    </RadixTabs.Root>
  );
}

interface SegmentedProps<T extends string> {
  label: string;
  value: T;
  onChange: (value: T) => void;
  options: readonly { value: T; label: ReactNode }[];
  className?: string;
}

export function Segmented<T extends string>({ label, value, onChange, options, className }: SegmentedProps<T>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      // The group allows none; here one is always chosen.
      onValueChange={(next) => next && onChange(next as T)}
      className={cx('inline-flex rounded-md border border-line-strong bg-sunken p-0.5', className)}
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          className={cx(
            'inline-flex h-7 items-center gap-1.5 rounded px-2.5 font-medium text-[13px] text-muted hover:text-ink max-sm:h-8.5 [&_svg]:size-4',
            'data-[state=on]:bg-panel data-[state=on]:text-ink data-[state=on]:shadow-sm',
          )}
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
