/** The rendered template with sample variables: as mail programs show it, and as text. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '../../api/client.ts';
import { useSettled } from '../../lib/settled.ts';
import { HtmlFrame } from '../../ui/content.tsx';
import { Field, Textarea } from '../../ui/form.tsx';
import { Panel } from '../../ui/page.tsx';
import { InlineError, Skeleton } from '../../ui/state.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { variablesOf } from './variables.ts';

const PAUSE_MS = 300;

export function TemplatePreview({ subject, html }: { subject: string; html: string }) {
  const { client, environment } = useApi();
  const [typed, setTyped] = useState<string | null>(null);
  // Until somebody writes sample values, each variable of the template is shown as its own name.
  const sample = typed ?? JSON.stringify(variablesOf(subject + html), null, 2);
  const variables = parse(sample);
  const shown = useSettled(JSON.stringify({ subject, html, variables: variables ?? {} }), PAUSE_MS);
  const query = useQuery({
    queryKey: [environment, 'template-preview', shown],
    queryFn: () => client.templates.render(JSON.parse(shown)),
    // While something does not parse, the last good version stays in sight under the error.
    placeholderData: (before) => before,
    gcTime: 0,
  });
  const [good, setGood] = useState(query.data);
  if (query.data && query.data !== good) setGood(query.data);
  return (
    <Panel title="Preview">
      <div className="flex flex-col gap-4">
        <div>
          <div className="text-muted text-xs">Subject</div>
          <div className="min-h-5 break-words font-medium">
            {good?.subject ?? <Skeleton className="mt-1 h-4 w-48" />}
          </div>
        </div>
        <InlineError error={query.error} />
        <Tabs
          label="Preview"
          tabs={[
            {
              value: 'html',
              label: 'HTML',
              content: <HtmlFrame title="Rendered email" html={good?.html ?? ''} className="h-80!" />,
            },
            {
              value: 'text',
              label: 'Text',
              content: (
                <pre className="h-80 overflow-auto whitespace-pre-wrap break-words rounded-md border bg-sunken p-3 font-mono text-[13px]">
                  {good?.text ?? ''}
                </pre>
              ),
            },
          ]}
        />
        <Field
          label="Variables"
          hint="Sample values for the preview, as JSON."
          error={variables === null ? 'This is not a JSON object.' : undefined}
        >
          {(ids) => (
            <Textarea
              {...ids}
              spellCheck={false}
              value={sample}
              onChange={(event) => setTyped(event.target.value)}
              className="h-28 resize-y font-mono text-[13px]"
            />
          )}
        </Field>
      </div>
    </Panel>
  );
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text === '' ? '{}' : text);
    return value && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
