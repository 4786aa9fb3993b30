/** HTML that others wrote (an email), shown where it can do nothing: no scripts, no forms, no way to the page around it. */
import { useState } from 'react';
import { cx } from '../lib/cx.ts';
import { Segmented } from './tabs.tsx';

interface HtmlFrameProps {
  html: string;
  title: string;
  className?: string;
}

export function HtmlFrame({ html, title, className }: HtmlFrameProps) {
  const [width, setWidth] = useState<'full' | 'phone'>('full');
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <Segmented
        label="Width"
        className="self-start max-sm:hidden"
        value={width}
        onChange={setWidth}
        options={[
          { value: 'full', label: 'Wide' },
          { value: 'phone', label: 'Phone' },
        ]}
      />
      <div className="overflow-hidden rounded-md border bg-sunken">
        <iframe
          title={title}
          sandbox=""
          referrerPolicy="no-referrer"
          srcDoc={html}
          // Mail is written for a white page; it keeps one in the dark theme too.
          className={cx(
            'mx-auto block h-[32rem] bg-white [color-scheme:light]',
            width === 'phone' ? 'w-[375px]' : 'w-full',
            className,
          )}
        />
      </div>
    </div>
  );
}
