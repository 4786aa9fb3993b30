/** Runs the code as it stands in the editor on an event, and shows what it did. */
import { useMutation } from '@tanstack/react-query';
import { Play } from 'lucide-react';
import { useState } from 'react';
import { useApi, useCan } from '../../api/client.ts';
import type { FunctionOutcome, OneFunction } from '../../api/types.ts';
import { CodeEditor } from '../../editor/code-editor.tsx';
import { cx } from '../../lib/cx.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code.tsx';
import { InlineError } from '../../ui/state.tsx';
import { kindOf } from './kinds.ts';

const pretty = (value: unknown) => JSON.stringify(value, null, 2);

export function Run({ one, code }: { one: OneFunction; code: string }) {
  const { client } = useApi();
  const allowed = useCan('workspace');
  const [event, setEvent] = useState(() => pretty(kindOf(one.kind).event));
  const [settings, setSettings] = useState(() =>
    pretty(Object.fromEntries(one.settings.map(({ name }) => [name, '']))),
  );
  const run = useMutation({
    mutationFn: () =>
      client.functions.preview({
        id: one.id,
        code,
        event: JSON.parse(event) as unknown,
        settings: JSON.parse(settings) as Record<string, unknown>,
      }),
  });
  const notJson = run.error instanceof SyntaxError;
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <span className="font-medium">{one.kind === 'source' ? 'Request' : 'Event'}</span>
      <CodeEditor label="Event" language="json" value={event} onChange={setEvent} className="max-h-56" />
      {one.settings.length > 0 && (
        <>
          <span className="font-medium">Settings</span>
          <CodeEditor label="Settings" language="json" value={settings} onChange={setSettings} className="max-h-40" />
        </>
      )}
      <Button
        className="self-start"
        icon={<Play aria-hidden />}
        busy={run.isPending}
        disabled={!allowed}
        onClick={() => run.mutate()}
      >
        Run
      </Button>
      <InlineError error={notJson ? new Error('The event or the settings are not JSON yet.') : run.error} />
      <div role="status" className="flex min-w-0 flex-col gap-3">
        {run.data && <Outcome outcome={run.data} />}
      </div>
    </div>
  );
}

function Outcome({ outcome }: { outcome: FunctionOutcome }) {
  const { error, result, events, logs, logs_truncated, ms } = outcome;
  const place =
    error?.line === undefined ? '' : ` (line ${error.line}${error.column ? `, column ${error.column}` : ''})`;
  return (
    <>
      <span className="flex flex-wrap gap-2">
        <Badge tone={error ? 'bad' : 'ok'}>{error ? 'failed' : 'done'}</Badge>
        <Badge>{`${ms.toFixed(1)} ms`}</Badge>
      </span>
      {error && (
        <p className="break-words rounded-md bg-bad-soft px-3 py-2 text-bad">
          {error.name}: {error.message}
          {place}
        </p>
      )}
      {!error && result !== null && <CodeBlock code={pretty(result)} label="what it returned" />}
      {events.length > 0 && <CodeBlock code={pretty(events)} label="events it made" />}
      {logs.length > 0 && (
        <ul
          aria-label="Logs"
          className="max-h-48 overflow-auto rounded-md border bg-sunken p-2 font-mono text-[12.5px]"
        >
          {logs.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of one run never move.
            <li key={index} className={cx('break-words', line.level === 'error' && 'text-bad')}>
              {line.message}
            </li>
          ))}
          {logs_truncated && <li className="text-muted">More was written than is kept.</li>}
        </ul>
      )}
    </>
  );
}
