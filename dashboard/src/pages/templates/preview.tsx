/** The rendered template with sample variables: as mail programs show it, and as text. */
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useApi } from '../../api/client.ts';
import type { Template } from '../../api/types.ts';
import { Badge } from '../../ui/badge.tsx';
import { Field, Textarea } from '../../ui/form.tsx';
import { HtmlFrame } from '../../ui/frame.tsx';
import { Panel } from '../../ui/page.tsx';
import { InlineError, Skeleton } from '../../ui/state.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { variablesOf } from './variables.ts';

interface TemplatePreviewProps {
  template: Template;
  draft: Pick<Template, 'subject' | 'html'>;
  changed: boolean;
}

export function TemplatePreview({ template, draft, changed }: TemplatePreviewProps) {
  const { client, environment } = useApi();
  const [typed, setTyped] = useState<string | null>(null);
  // Until somebody writes sample values, each variable of the template is shown as its own name.
  const text = useDeferredValue(typed ?? JSON.stringify(variablesOf(draft.subject + draft.html), null, 2));
  const variables = parse(text);
  const isNew = template.id === 'new';
  const query = useQuery({
    queryKey: [environment, 'template', template.id, 'preview', template.updated_at, text],
    queryFn: () => client.templates.preview({ id: template.id, variables: variables ?? {} }),
    enabled: !isNew && variables !== null,
    placeholderData: (before) => before,
  });
  const preview = query.data;
  return (
    <Panel
      title="Preview"
      actions={changed && !isNew ? <Badge tone="warn">save to see your changes</Badge> : undefined}
    >
      <div className="flex flex-col gap-4">
        {isNew && <p className="text-muted">Create the template to see it rendered by the server.</p>}
        {!isNew && (
          <>
            <div>
              <div className="text-muted text-xs">Subject</div>
              <div className="min-h-5 break-words font-medium">
                {preview?.subject ?? <Skeleton className="mt-1 h-4 w-48" />}
              </div>
            </div>
            <InlineError error={query.error} />
            <Tabs
              label="Preview"
              tabs={[
                {
                  value: 'html',
                  label: 'HTML',
                  content: <HtmlFrame title="Rendered email" html={preview?.html ?? ''} className="h-80!" />,
                },
                {
                  value: 'text',
                  label: 'Text',
                  content: (
                    <pre className="h-80 overflow-auto whitespace-pre-wrap break-words rounded-md border bg-sunken p-3 font-mono text-[13px]">
                      {preview?.text ?? ''}
                    </pre>
                  ),
                },
              ]}
            />
          </>
        )}
        <Field label="Variables" error={variables === null ? 'This is not a JSON object.' : undefined}>
          {(ids) => (
            <Textarea
              {...ids}
              spellCheck={false}
              value={typed ?? text}
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
