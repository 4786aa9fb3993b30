/** What others wrote, shown where it can do nothing: JSON as text, HTML in a frame without scripts. */
import { type ReactNode, useState } from 'react';
import { cx } from '../lib/cx.ts';
import { CopyButton } from './code.tsx';
import { Segmented } from './tabs.tsx';

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/g;

/** Indented, coloured, scrolling in its own box, with a copy button. */
export function JsonBlock({ value, label }: { value: unknown; label: string }) {
  const text = pretty(value);
  return (
    <div className="relative min-w-0 rounded-md border bg-sunken">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
      <section aria-label={label} tabIndex={0} className="max-h-[32rem] overflow-auto rounded-md p-3 pr-10">
        <pre className="whitespace-pre-wrap break-words font-mono text-[12.5px] leading-[1.55]">
          {text.length > 60_000 ? text : coloured(text)}
        </pre>
      </section>
      <CopyButton text={text} label={`Copy ${label}`} className="absolute top-1.5 right-1.5 bg-sunken" />
    </div>
  );
}

/** A text that holds JSON is shown as that JSON; any other text as it is. */
function pretty(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value, null, 2) ?? 'undefined';
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'object' ? JSON.stringify(parsed, null, 2) : value;
  } catch {
    return value;
  }
}

function coloured(text: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [whole, string, colon] = match;
    parts.push(text.slice(end, match.index));
    const style = string ? (colon ? 'text-accent-strong' : 'text-ok') : 'text-warn';
    parts.push(
      <span key={match.index} className={style}>
        {string ?? whole}
      </span>,
    );
    if (colon) parts.push(colon);
    end = match.index + whole.length;
  }
  parts.push(text.slice(end));
  return parts;
}

interface HtmlFrameProps {
  html: string;
  title: string;
  className?: string;
}

/** An email as mail programs show it: no scripts, no forms, no way to the page around it. */
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
