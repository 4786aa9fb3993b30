/** The way from an empty workspace to a delivered event, one step at a time. */
import { Link } from '@tanstack/react-router';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Source } from '../../api/types.ts';
import { cx } from '../../lib/cx.ts';
import { buttonClass } from '../../ui/button.tsx';
import { Panel } from '../../ui/page.tsx';
import { CreateSource } from '../sources/create.tsx';
import { Snippets } from '../sources/snippets.tsx';

interface GettingStartedProps {
  source: Source | undefined;
  hasEvents: boolean;
  hasDestinations: boolean;
}

export function GettingStarted({ source, hasEvents, hasDestinations }: GettingStartedProps) {
  return (
    <Panel title="Getting started">
      <ol className="flex flex-col gap-5">
        <Step number={1} title="Create a source" done={source !== undefined}>
          {source ? `${source.name} has a write key.` : <CreateSource />}
        </Step>
        <Step number={2} title="Send the first event" done={hasEvents}>
          {source && !hasEvents ? <Snippets writeKey={source.write_key} /> : 'With the source’s write key.'}
        </Step>
        <Step number={3} title="Deliver it somewhere" done={hasDestinations}>
          {source && hasEvents && !hasDestinations ? (
            <Link to="/destinations" search={{ source: source.id }} className={buttonClass()}>
              Add a webhook
            </Link>
          ) : (
            'A webhook of yours gets every event, signed, and again when it fails.'
          )}
        </Step>
      </ol>
    </Panel>
  );
}

interface StepProps {
  number: number;
  title: string;
  done: boolean;
  children: ReactNode;
}

function Step({ number, title, done, children }: StepProps) {
  return (
    <li className="flex gap-3">
      <span
        aria-hidden
        className={cx(
          'flex size-6 shrink-0 items-center justify-center rounded-full font-semibold text-xs',
          done ? 'bg-ok-soft text-ok' : 'bg-accent-soft text-accent-strong',
        )}
      >
        {done ? <Check className="size-3.5" strokeWidth={3} /> : number}
      </span>
      <div className="min-w-0 flex-1">
        <h3 className="font-semibold leading-6">
          {title}
          {done && <span className="sr-only"> (done)</span>}
        </h3>
        <div className="mt-1 text-muted">{children}</div>
      </div>
    </li>
  );
}
