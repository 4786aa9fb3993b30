/** The editor of one filter, with what it makes of an event beside it while it is written. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '../../api/client.ts';
import type { Filter } from '../../api/types.ts';
import { fieldErrors } from '../../catalog/settings-form.tsx';
import { useSettled } from '../../lib/settled.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Textarea, TextField } from '../../ui/form.tsx';
import { Select } from '../../ui/menu.tsx';
import { InlineError } from '../../ui/state.tsx';
import { toastDone } from '../../ui/toast.tsx';

type Action = Filter['actions'][number];
type Question = Parameters<ReturnType<typeof useApi>['client']['filters']['preview']>[0];

const SAMPLE = JSON.stringify(
  { type: 'track', event: 'Test Order', userId: 'ada', properties: { total: 12.5, email: 'ada@example.com' } },
  null,
  2,
);

interface FilterEditorProps {
  destinationId: string;
  /** null: a new one. */
  filter: Filter | null;
  onClose: () => void;
  onSaved: () => void;
}

export function FilterEditor({ destinationId, filter, onClose, onSaved }: FilterEditorProps) {
  const { client } = useApi();
  const [title, setTitle] = useState(filter?.title ?? '');
  const [condition, setCondition] = useState(filter?.if ?? "type = 'track' and match(event, 'Test *')");
  const [action, setAction] = useState<Action>(filter?.actions[0] ?? { type: 'DROP' });
  const [event, setEvent] = useState(SAMPLE);
  // Further actions, which the API can make, stay as they are.
  const actions = [action, ...(filter?.actions.slice(1) ?? [])];
  const save = useMutation({
    mutationFn: () =>
      filter
        ? client.filters.update({ id: destinationId, filter_id: filter.id, title, if: condition, actions })
        : client.filters.create({ id: destinationId, title, if: condition, actions, enabled: true }),
    onSuccess: () => {
      toastDone('Saved.');
      onSaved();
    },
  });
  const errors = fieldErrors(save.error);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      wide
      title={filter ? 'Edit filter' : 'Add a filter'}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={save.isPending}
            disabled={!title.trim() || !condition.trim()}
            onClick={() => save.mutate()}
          >
            Save filter
          </Button>
        </>
      }
    >
      <div className="grid gap-x-6 gap-y-4 md:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <TextField label="Title" required maxLength={64} value={title} onChange={setTitle} error={errors['title']} />
          <Field label="If" error={errors['if']} hint="FQL. all is every event.">
            {(ids) => (
              <Textarea
                {...ids}
                rows={4}
                spellCheck={false}
                className="font-mono text-[13px]"
                value={condition}
                onChange={(change) => setCondition(change.target.value)}
              />
            )}
          </Field>
          <ActionFields action={action} onChange={setAction} />
          <InlineError error={save.error} />
        </div>
        <Preview condition={condition} actions={actions} event={event} onEvent={setEvent} />
      </div>
    </Dialog>
  );
}

const KINDS: readonly { value: Action['type']; label: string }[] = [
  { value: 'DROP', label: 'Drop the event' },
  { value: 'SAMPLE', label: 'Let a share pass' },
  { value: 'DROP_PROPERTIES', label: 'Take fields out' },
  { value: 'ALLOW_PROPERTIES', label: 'Keep only some fields' },
];

function ActionFields({ action, onChange }: { action: Action; onChange: (action: Action) => void }) {
  // As it is typed: read and written again after each key, a comma at the end could not be deleted.
  const [names, setNames] = useState(() => namesOf(action.fields ?? {}));
  const [share, setShare] = useState(() => String(Number(((action.percent ?? 0.1) * 100).toFixed(6))));
  const named = action.type === 'DROP_PROPERTIES' || action.type === 'ALLOW_PROPERTIES';
  const choose = (type: Action['type']) => {
    if (type === 'SAMPLE') onChange({ type, percent: Number(share) / 100 });
    else if (type === 'DROP') onChange({ type });
    else onChange({ type, fields: fieldsOf(names) });
  };
  return (
    <>
      <Field label="Then">{({ id }) => <Select id={id} value={action.type} onChange={choose} options={KINDS} />}</Field>
      {action.type === 'SAMPLE' && (
        <TextField
          label="Share that passes, in percent"
          type="number"
          min={0}
          max={100}
          step="any"
          value={share}
          onChange={(text) => {
            setShare(text);
            onChange({ ...action, percent: Math.min(100, Math.max(0, Number(text))) / 100 });
          }}
        />
      )}
      {named && (
        <TextField
          label="Fields"
          hint="As in properties.email, separated by commas."
          value={names}
          onChange={(text) => {
            setNames(text);
            onChange({ ...action, fields: fieldsOf(text) });
          }}
        />
      )}
    </>
  );
}

const PAUSE_MS = 200;

interface PreviewProps {
  condition: string;
  actions: Action[];
  event: string;
  onEvent: (event: string) => void;
}

function Preview({ condition, actions, event, onEvent }: PreviewProps) {
  const { client } = useApi();
  const payload = parsed(event);
  const now = payload && condition.trim() !== '' ? JSON.stringify({ if: condition, actions, payload }) : '';
  const asked = useSettled(now, PAUSE_MS);
  const preview = useQuery({
    queryKey: ['filter preview', asked],
    queryFn: () => client.filters.preview(JSON.parse(asked) as Question),
    enabled: asked !== '',
    placeholderData: (before) => before,
  });
  const answer = preview.data;
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <Field label="An event to try it on" error={payload === null ? 'This is not JSON yet.' : undefined}>
        {(ids) => (
          <Textarea
            {...ids}
            rows={8}
            spellCheck={false}
            className="font-mono text-[13px]"
            value={event}
            onChange={(change) => onEvent(change.target.value)}
          />
        )}
      </Field>
      <div role="status" className="flex min-w-0 flex-col gap-2">
        {answer?.problem && (
          <p className="break-words rounded-md bg-bad-soft px-3 py-2 text-bad">
            {answer.problem.message.replace(/^l/, 'L')}
          </p>
        )}
        {answer && !answer.problem && (
          <>
            <span className="flex flex-wrap gap-2">
              <Badge tone={answer.matches ? 'accent' : 'neutral'}>
                {answer.matches ? 'applies' : 'does not apply'}
              </Badge>
              <Badge tone={answer.result ? 'ok' : 'warn'}>{answer.result ? 'delivered' : 'dropped'}</Badge>
            </span>
            {answer.result && <CodeBlock code={JSON.stringify(answer.result, null, 2)} label="what is delivered" />}
          </>
        )}
        <InlineError error={preview.error} />
      </div>
    </div>
  );
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** `{properties: ['a'], '': ['b']}` → `properties.a, b` */
function namesOf(fields: Readonly<Record<string, string[]>>): string {
  return Object.entries(fields)
    .flatMap(([path, names]) => names.map((name) => (path === '' ? name : `${path}.${name}`)))
    .join(', ');
}

function fieldsOf(text: string): Record<string, string[]> {
  const fields = new Map<string, string[]>();
  for (const part of text.split(',')) {
    const whole = part.trim();
    if (whole === '') continue;
    const cut = whole.lastIndexOf('.');
    const [path, name] = cut < 0 ? ['', whole] : [whole.slice(0, cut), whole.slice(cut + 1)];
    fields.set(path, [...(fields.get(path) ?? []), name]);
  }
  return Object.fromEntries(fields);
}
