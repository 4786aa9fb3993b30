/** JSON as people read it: indented, coloured, scrolling in its own box, with a copy button. */
import type { ReactNode } from 'react';
import { CopyButton } from './code.tsx';

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/g;

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
