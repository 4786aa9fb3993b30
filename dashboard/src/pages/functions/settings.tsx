/** A function's description, and the settings that each of its instances is given. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useApi, useCan } from '../../api/client.ts';
import type { FunctionSetting, OneFunction } from '../../api/types.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Checkbox, TextField } from '../../ui/form.tsx';
import { Select } from '../../ui/menu.tsx';
import { InlineError } from '../../ui/state.tsx';
import { toastDone } from '../../ui/toast.tsx';

const TYPES: readonly { value: FunctionSetting['type']; label: string }[] = [
  { value: 'STRING', label: 'Text' },
  { value: 'BOOLEAN', label: 'Yes or no' },
  { value: 'ARRAY', label: 'List' },
  { value: 'TEXT_MAP', label: 'Map' },
];

const NEW: FunctionSetting = {
  name: '',
  label: '',
  description: '',
  type: 'STRING',
  required: false,
  sensitive: false,
};

export function FunctionSettings({ one }: { one: OneFunction }) {
  const { client, environment } = useApi();
  const queries = useQueryClient();
  const allowed = useCan('workspace');
  const [name, setName] = useState(one.name);
  const [description, setDescription] = useState(one.description ?? '');
  const [settings, setSettings] = useState<readonly FunctionSetting[]>(one.settings);
  const change = (index: number, next: Partial<FunctionSetting>) =>
    setSettings(settings.map((setting, n) => (n === index ? { ...setting, ...next } : setting)));
  const save = useMutation({
    mutationFn: () =>
      client.functions.update({
        id: one.id,
        name: name.trim(),
        description,
        settings: settings.map((setting) => ({ ...setting, label: setting.label || setting.name })),
      }),
    onSuccess: (updated) => {
      queries.setQueryData([environment, 'function', one.id], updated);
      void queries.invalidateQueries({ queryKey: [environment, 'functions'] });
      toastDone('Saved.');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit} className="flex min-w-0 flex-col gap-4">
      <TextField label="Name" required maxLength={200} disabled={!allowed} value={name} onChange={setName} />
      <TextField
        label="Description"
        maxLength={2_000}
        disabled={!allowed}
        value={description}
        onChange={setDescription}
      />
      <fieldset disabled={!allowed} className="flex min-w-0 flex-col gap-3">
        <legend className="mb-2 font-medium">Settings</legend>
        {settings.map((setting, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place while its name is typed.
          <div key={index} className="flex min-w-0 flex-wrap items-end gap-2 rounded-md border p-3">
            <TextField
              label="Name"
              className="flex-1 basis-32"
              required
              maxLength={100}
              value={setting.name}
              onChange={(text) => change(index, { name: text })}
            />
            <Select
              label={`Type of ${setting.name}`}
              value={setting.type}
              onChange={(type) => change(index, { type })}
              options={TYPES}
            />
            <IconButton
              label={`Remove ${setting.name}`}
              onClick={() => setSettings(settings.filter((_, n) => n !== index))}
            >
              <Trash2 aria-hidden />
            </IconButton>
            <div className="flex basis-full flex-wrap gap-x-5 gap-y-2">
              <Checkbox
                label="Required"
                checked={setting.required}
                onChange={(required) => change(index, { required })}
              />
              <Checkbox
                label="Secret: sealed, and never shown again"
                checked={setting.sensitive}
                onChange={(sensitive) => change(index, { sensitive })}
              />
            </div>
          </div>
        ))}
        <Button
          size="sm"
          className="self-start"
          icon={<Plus aria-hidden />}
          onClick={() => setSettings([...settings, NEW])}
        >
          Add setting
        </Button>
      </fieldset>
      <InlineError error={save.error} />
      {allowed && (
        <Button type="submit" variant="primary" className="self-start" busy={save.isPending} disabled={!name.trim()}>
          Save
        </Button>
      )}
    </form>
  );
}
