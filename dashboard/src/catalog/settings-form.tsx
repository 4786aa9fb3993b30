/** A form made of a type's settings: one control a setting, by its declared type. Values are as the API takes them. */
import { HeadgateError } from '@headgate/sdk';
import { useState } from 'react';
import type { CatalogSetting } from '../api/types.ts';
import { Field, SwitchField, Textarea, TextField } from '../ui/form.tsx';
import { Select } from '../ui/menu.tsx';

export type Values = Readonly<Record<string, unknown>>;

interface SettingsFormProps {
  settings: readonly CatalogSetting[];
  values: Values;
  /** Names of secrets that are stored, and shown as such until they are typed anew. */
  stored?: readonly string[];
  errors?: Readonly<Record<string, string>>;
  disabled?: boolean;
  onChange: (values: Values) => void;
}

export function SettingsForm({ settings, values, stored = [], errors = {}, disabled, onChange }: SettingsFormProps) {
  if (settings.length === 0) return <p className="text-muted">This type has no settings.</p>;
  return (
    <fieldset disabled={disabled ?? false} className="flex min-w-0 flex-col gap-4">
      {settings
        .filter((setting) => !setting.read_only)
        .map((setting) => (
          <Control
            key={setting.name}
            setting={setting}
            value={values[setting.name]}
            isStored={stored.includes(setting.name)}
            error={errors[`settings.${setting.name}`]}
            onChange={(value) => onChange({ ...values, [setting.name]: value })}
          />
        ))}
    </fieldset>
  );
}

interface ControlProps {
  setting: CatalogSetting;
  value: unknown;
  isStored: boolean;
  error: string | undefined;
  onChange: (value: unknown) => void;
}

function Control({ setting, value, isStored, error, onChange }: ControlProps) {
  const { type, name, description, choices } = setting;
  const label = (setting.label || name) + (setting.required ? '' : ' (optional)');
  const shared = { label, hint: description, error };
  if (type === 'boolean') {
    return <SwitchField {...shared} hint={error ?? description} checked={value === true} onChange={onChange} />;
  }
  if (choices && choices.length > 0 && !setting.multiple) {
    return (
      <Field {...shared}>
        {({ id }) => (
          <Select
            id={id}
            value={typeof value === 'string' ? value : ''}
            onChange={onChange}
            options={choices.map((choice) => ({ value: String(choice.value), label: choice.label }))}
          />
        )}
      </Field>
    );
  }
  if (setting.secret) {
    return (
      <TextField
        {...shared}
        type="password"
        autoComplete="new-password"
        placeholder={isStored ? 'Stored. Type to replace it.' : ''}
        value={typeof value === 'string' ? value : ''}
        onChange={onChange}
      />
    );
  }
  if (type === 'number') {
    return (
      <TextField
        {...shared}
        type="number"
        value={typeof value === 'number' ? String(value) : ''}
        onChange={(text) => onChange(text === '' ? undefined : Number(text))}
      />
    );
  }
  if (type === 'array') return <Lines {...shared} value={value} onChange={onChange} />;
  if (type === 'map' || type === 'text-map' || type === 'mixed')
    return <Json {...shared} value={value} onChange={onChange} />;
  return <TextField {...shared} value={typeof value === 'string' ? value : ''} onChange={onChange} />;
}

interface AreaProps {
  label: string;
  hint: string;
  error: string | undefined;
  value: unknown;
  onChange: (value: unknown) => void;
}

/** A list of texts, one a line. */
function Lines({ value, onChange, hint, ...rest }: AreaProps) {
  const lines = Array.isArray(value) ? value.map(String) : [];
  return (
    <Field {...rest} hint={`${hint} One a line.`.trim()}>
      {(ids) => (
        <Textarea
          {...ids}
          rows={3}
          value={lines.join('\n')}
          onChange={(event) => onChange(event.target.value === '' ? [] : event.target.value.split('\n'))}
        />
      )}
    </Field>
  );
}

/** Maps and lists of anything, as JSON. What is not JSON yet stays in the field and changes nothing. */
function Json({ value, onChange, hint, error, label }: AreaProps) {
  const [text, setText] = useState(() => (value === undefined ? '' : JSON.stringify(value, null, 2)));
  const [wrong, setWrong] = useState(false);
  const type = (next: string) => {
    setText(next);
    try {
      onChange(next.trim() === '' ? undefined : (JSON.parse(next) as unknown));
      setWrong(false);
    } catch {
      setWrong(true);
    }
  };
  return (
    <Field label={label} hint={`${hint} As JSON.`.trim()} error={wrong ? 'This is not JSON yet.' : error}>
      {(ids) => (
        <Textarea
          {...ids}
          rows={4}
          spellCheck={false}
          className="font-mono text-[13px]"
          value={text}
          onChange={(event) => type(event.target.value)}
        />
      )}
    </Field>
  );
}

/** What a type proposes before anything was typed. */
export function defaultsOf(settings: readonly CatalogSetting[]): Values {
  return Object.fromEntries(
    settings
      .filter((setting) => setting.default_value !== undefined && !setting.secret && !setting.read_only)
      .map((setting) => [setting.name, setting.default_value]),
  );
}

/** What is sent: nothing for a field that was left empty and never had a value; null takes a stored value away. */
export function changesOf(values: Values, before: Values): Record<string, unknown> {
  const changes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const had = before[name];
    if (JSON.stringify(value) === JSON.stringify(had)) continue;
    if (value === undefined || value === '') {
      if (had !== undefined) changes[name] = null;
    } else changes[name] = value;
  }
  return changes;
}

/** Of an error of the API, the message of each field. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof HeadgateError)) return {};
  return Object.fromEntries(error.fields.map(({ field, message }) => [field, message.replace(/^"[^"]*" /, 'It ')]));
}
