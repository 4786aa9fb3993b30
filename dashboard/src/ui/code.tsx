/** Things to copy: a button, a one-line value, a block of code. */
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { copyText } from '../lib/clipboard.ts';
import { cx } from '../lib/cx.ts';
import { buttonClass } from './button.tsx';

export function CopyButton({ text, label, className }: { text: string; label: string; className?: string }) {
  const [state, setState] = useState<'idle' | 'done' | 'failed'>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), 1_800);
    return () => clearTimeout(timer);
  }, [state]);
  const words = { idle: label, done: 'Copied', failed: 'Select and copy by hand' }[state];
  return (
    <button
      type="button"
      aria-label={words}
      title={words}
      onClick={async () => setState((await copyText(text)) ? 'done' : 'failed')}
      className={buttonClass('ghost', 'sm', cx('px-1.5', className))}
    >
      {state === 'done' ? <Check aria-hidden className="text-ok" /> : <Copy aria-hidden />}
      <span role="status" className="sr-only">
        {state === 'idle' ? '' : words}
      </span>
    </button>
  );
}

/** A value on one line with its copy button: a write key, an id, a URL. */
export function CopyField({ value, label, className }: { value: string; label: string; className?: string }) {
  return (
    <div className={cx('flex min-w-0 items-center rounded-md border bg-sunken pl-2.5', className)}>
      <code className="min-w-0 flex-1 overflow-x-auto whitespace-nowrap py-1.5 font-mono text-[13px]">{value}</code>
      <CopyButton text={value} label={label} className="mx-0.5" />
    </div>
  );
}

interface CodeBlockProps {
  code: string;
  label: string;
  className?: string;
  /** Long lines break instead of scrolling. */
  wrap?: boolean;
}

export function CodeBlock({ code, label, className, wrap }: CodeBlockProps) {
  return (
    <div className={cx('group relative min-w-0 rounded-md border bg-sunken', className)}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
      <section aria-label={label} tabIndex={0} className="max-h-[28rem] overflow-auto rounded-md p-3 pr-10">
        <pre className={cx('font-mono text-[12.5px] leading-[1.55]', wrap && 'whitespace-pre-wrap break-words')}>
          <code>{code}</code>
        </pre>
      </section>
      <CopyButton text={code} label={`Copy ${label}`} className="absolute top-1.5 right-1.5 bg-sunken" />
    </div>
  );
}
