/** The labels of a source, as key and value. A new one is made where it is first used. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useApi, useCan } from '../../api/client.ts';
import type { Source } from '../../api/types.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Input } from '../../ui/form.tsx';
import { Panel } from '../../ui/page.tsx';
import { InlineError } from '../../ui/state.tsx';

type Label = Source['labels'][number];

export function SourceLabels({ source }: { source: Source }) {
  const { client, environment } = useApi();
  const queries = useQueryClient();
  const allowed = useCan('sources:write');
  const [text, setText] = useState('');
  const put = useMutation({
    mutationFn: (labels: Label[]) => client.sources.update({ id: source.id, labels }),
    onSuccess: (updated) => {
      queries.setQueryData([environment, 'source', source.id], updated);
      void queries.invalidateQueries({ queryKey: [environment, 'labels'] });
      setText('');
    },
  });
  const label = labelIn(text);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (label) put.mutate([...source.labels, label]);
  };
  return (
    <Panel title="Labels">
      <div className="flex flex-col gap-3">
        {source.labels.length === 0 && <p className="text-muted">None.</p>}
        <ul className="flex flex-wrap gap-1.5">
          {source.labels.map((one) => (
            <li key={`${one.key}:${one.value}`} className="inline-flex items-center rounded bg-sunken pl-2 text-[13px]">
              {one.key}: {one.value}
              {allowed && (
                <IconButton
                  label={`Remove ${one.key}: ${one.value}`}
                  onClick={() => put.mutate(source.labels.filter((other) => other !== one))}
                >
                  <X aria-hidden />
                </IconButton>
              )}
            </li>
          ))}
        </ul>
        {allowed && (
          <form onSubmit={submit} className="flex gap-2">
            <Input
              aria-label="New label"
              placeholder="environment: production"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
            <Button type="submit" busy={put.isPending} disabled={!label}>
              Add
            </Button>
          </form>
        )}
        <InlineError error={put.error} />
      </div>
    </Panel>
  );
}

function labelIn(text: string): Label | null {
  const [key = '', ...rest] = text.split(':');
  const value = rest.join(':').trim();
  return key.trim() !== '' && value !== '' ? { key: key.trim(), value } : null;
}
