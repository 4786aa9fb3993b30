/** The editor of one mapping: action, trigger, and a row for each field that gets something. */
import { useMutation } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useApi } from '../../api/client.ts';
import type { ActionType, Mapping } from '../../api/types.ts';
import { fieldErrors } from '../../catalog/settings-form.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input, SwitchField, Textarea, TextField } from '../../ui/form.tsx';
import { Select } from '../../ui/menu.tsx';
import { InlineError } from '../../ui/state.tsx';
import { toastDone } from '../../ui/toast.tsx';
import { type FieldValue, fieldValueOf, type Mode, settingOf } from './field-value.ts';

type Fields = Readonly<Record<string, FieldValue>>;

interface MappingEditorProps {
  destinationId: string;
  actions: readonly ActionType[];
  /** null: a new one. */
  mapping: Mapping | null;
  onClose: () => void;
  onSaved: () => void;
}

export function MappingEditor({ destinationId, actions, mapping, onClose, onSaved }: MappingEditorProps) {
  const { client } = useApi();
  const visible = actions.filter((action) => !action.hidden || action.id === mapping?.action_id);
  const [actionId, setActionId] = useState(mapping?.action_id ?? visible[0]?.id ?? '');
  const action = actions.find(({ id }) => id === actionId);
  const [name, setName] = useState(mapping?.name ?? action?.name ?? '');
  const [trigger, setTrigger] = useState(mapping?.trigger ?? action?.default_trigger ?? 'type = "track"');
  const [enabled, setEnabled] = useState(mapping?.enabled ?? true);
  const [fields, setFields] = useState<Fields>(() => (mapping ? edited(mapping.settings) : proposed(action)));
  const choose = (id: string) => {
    const next = actions.find((one) => one.id === id);
    setActionId(id);
    if (name === '' || name === action?.name) setName(next?.name ?? '');
    if (next?.default_trigger) setTrigger(next.default_trigger);
    setFields(proposed(next));
  };
  const save = useMutation({
    mutationFn: async () => {
      const settings = Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, settingOf(value)]));
      if (!mapping) {
        const made = { name: name.trim(), action_id: actionId, trigger, enabled, settings };
        return client.subscriptions.create({ id: destinationId, ...made });
      }
      // A field that was taken out is null: settings are merged.
      const removed = Object.keys(mapping.settings).filter((key) => !(key in fields));
      const cleared = Object.fromEntries(removed.map((key) => [key, null]));
      return client.subscriptions.update({
        id: destinationId,
        subscription_id: mapping.id,
        name: name.trim(),
        trigger,
        enabled,
        settings: { ...settings, ...cleared },
      });
    },
    onSuccess: () => {
      toastDone('Saved.');
      onSaved();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const errors = fieldErrors(save.error);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      wide
      title={mapping ? 'Edit mapping' : 'Add a mapping'}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form="mapping"
            variant="primary"
            busy={save.isPending}
            disabled={!name.trim() || !trigger.trim()}
          >
            Save mapping
          </Button>
        </>
      }
    >
      <form id="mapping" onSubmit={submit} className="flex flex-col gap-4">
        {!mapping && (
          <Field label="Action">
            {({ id }) => (
              <Select
                id={id}
                value={actionId}
                onChange={choose}
                options={visible.map((one) => ({ value: one.id, label: one.name }))}
              />
            )}
          </Field>
        )}
        <TextField label="Name" required maxLength={200} value={name} onChange={setName} />
        <Field
          label="Runs when"
          error={errors['trigger']}
          hint="FQL, such as type = &quot;track&quot; and event = &quot;Order Completed&quot;"
        >
          {(ids) => (
            <Textarea
              {...ids}
              rows={2}
              spellCheck={false}
              className="font-mono text-[13px]"
              value={trigger}
              onChange={(event) => setTrigger(event.target.value)}
            />
          )}
        </Field>
        <FieldRows action={action} fields={fields} errors={errors} onChange={setFields} />
        <SwitchField label="Enabled" checked={enabled} onChange={setEnabled} />
        <InlineError error={save.error instanceof SyntaxError ? new Error('A field is not JSON yet.') : save.error} />
      </form>
    </Dialog>
  );
}

interface FieldRowsProps {
  action: ActionType | undefined;
  fields: Fields;
  errors: Readonly<Record<string, string>>;
  onChange: (fields: Fields) => void;
}

function FieldRows({ action, fields, errors, onChange }: FieldRowsProps) {
  if (!action || action.fields.length === 0) return null;
  const shown = action.fields.filter(({ key }) => key in fields);
  const left = action.fields.filter(({ key, hidden }) => !(key in fields) && !hidden);
  return (
    <fieldset className="flex min-w-0 flex-col gap-3">
      <legend className="mb-2 font-medium">What its fields get</legend>
      {shown.map((field) => (
        <FieldRow
          key={field.key}
          field={field}
          value={fields[field.key] ?? { mode: 'value', text: '' }}
          error={errors[`settings.${field.key}`]}
          onChange={(value) => onChange({ ...fields, [field.key]: value })}
          onRemove={() => onChange(Object.fromEntries(Object.entries(fields).filter(([key]) => key !== field.key)))}
        />
      ))}
      {left.length > 0 && (
        <Select
          label="Add a field"
          className="self-start"
          value=""
          onChange={(key) => onChange({ ...fields, [key]: { mode: 'path', text: '$.' } })}
          options={left.map((field) => ({ value: field.key, label: `Add ${field.label || field.key}` }))}
        />
      )}
    </fieldset>
  );
}

interface FieldRowProps {
  field: ActionType['fields'][number];
  value: FieldValue;
  error: string | undefined;
  onChange: (value: FieldValue) => void;
  onRemove: () => void;
}

const MODES: readonly { value: Mode; label: string }[] = [
  { value: 'path', label: 'From the event' },
  { value: 'value', label: 'Always' },
  { value: 'json', label: 'JSON' },
];

function FieldRow({ field, value, error, onChange, onRemove }: FieldRowProps) {
  return (
    <Field label={(field.label || field.key) + (field.required ? '' : ' (optional)')} error={error}>
      {(ids) => (
        <div className="flex min-w-0 flex-wrap items-start gap-2">
          <Select<Mode>
            label={`Where ${field.label || field.key} comes from`}
            value={value.mode}
            onChange={(mode) => onChange({ ...value, mode })}
            options={MODES}
          />
          {value.mode === 'json' ? (
            <Textarea
              {...ids}
              rows={2}
              spellCheck={false}
              className="min-w-0 flex-1 basis-40 font-mono text-[13px]"
              value={value.text}
              onChange={(event) => onChange({ ...value, text: event.target.value })}
            />
          ) : (
            <Input
              {...ids}
              className={value.mode === 'path' ? 'min-w-0 flex-1 basis-40 font-mono' : 'min-w-0 flex-1 basis-40'}
              placeholder={value.mode === 'path' ? '$.properties.total' : ''}
              value={value.text}
              onChange={(event) => onChange({ ...value, text: event.target.value })}
            />
          )}
          {!field.required && (
            <IconButton label={`Leave ${field.label || field.key} out`} onClick={onRemove}>
              <X aria-hidden />
            </IconButton>
          )}
        </div>
      )}
    </Field>
  );
}

function edited(settings: Readonly<Record<string, unknown>>): Fields {
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, fieldValueOf(value)]));
}

/** Required fields, and those that the type proposes something for. */
function proposed(action: ActionType | undefined): Fields {
  const wanted = (action?.fields ?? []).filter(
    ({ required, default_value, hidden }) => !hidden && (required || default_value !== undefined),
  );
  return Object.fromEntries(wanted.map((field) => [field.key, fieldValueOf(field.default_value ?? '')]));
}
