/** The editor of one rule: its name, and its fields as rows or as the JSON schema that they are. */
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { CodeEditor } from '../../editor/code-editor.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Checkbox, Field, Input, TextField } from '../../ui/form.tsx';
import { Select } from '../../ui/menu.tsx';
import { Segmented } from '../../ui/tabs.tsx';
import { partOf, type Row, rowsOf, TYPES, withRows } from './rows.ts';
import type { Draft } from './rules.tsx';

interface RuleEditorProps {
  draft: Draft;
  disabled: boolean;
  errors: readonly (readonly [field: string, message: string])[];
  onChange: (draft: Draft) => void;
  onRemove: () => void;
}

export function RuleEditor({ draft, disabled, errors, onChange, onRemove }: RuleEditorProps) {
  const [view, setView] = useState<'rows' | 'schema'>('rows');
  return (
    <fieldset disabled={disabled} className="flex min-w-0 flex-col gap-4">
      {draft.key !== null && (
        <TextField
          label={draft.type === 'TRACK' ? 'Event' : 'Name'}
          required
          maxLength={500}
          value={draft.key}
          onChange={(key) => onChange({ ...draft, key })}
          placeholder="Order Completed"
        />
      )}
      <TextField
        label="Description"
        maxLength={1_000}
        value={draft.description ?? ''}
        onChange={(description) => onChange({ ...draft, description: description === '' ? null : description })}
      />
      {errors.length > 0 && (
        <ul role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad">
          {errors.map(([field, message]) => (
            <li key={field} className="break-words">
              {field === '' ? 'The rule' : field}: {message}
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="font-medium">{partOf(draft.type) === 'traits' ? 'Traits' : 'Properties'}</span>
        <Segmented
          label="Shown as"
          value={view}
          onChange={setView}
          options={[
            { value: 'rows', label: 'Fields' },
            { value: 'schema', label: 'JSON schema' },
          ]}
        />
      </div>
      {view === 'rows' ? (
        <Rows draft={draft} onChange={onChange} />
      ) : (
        <SchemaText draft={draft} readOnly={disabled} onChange={onChange} />
      )}
      <div className="border-t pt-4">
        <Button variant="danger" onClick={onRemove}>
          Remove rule
        </Button>
      </div>
    </fieldset>
  );
}

interface PartProps {
  draft: Draft;
  onChange: (draft: Draft) => void;
}

function Rows({ draft, onChange }: PartProps) {
  const part = partOf(draft.type);
  // A row without a name is in no schema yet: it is kept here until it has one.
  const [open, setOpen] = useState<Row | null>(null);
  const rows = rowsOf(draft.schema, part);
  const put = (next: readonly Row[]) => onChange({ ...draft, schema: withRows(draft.schema, part, next) });
  return (
    <div className="flex min-w-0 flex-col gap-2">
      {rows.length === 0 && !open && <p className="text-muted">None yet: whatever comes is as planned.</p>}
      {rows.map((row, index) => (
        <RowFields
          key={row.name}
          row={row}
          onChange={(next) => put(rows.map((one, n) => (n === index ? next : one)))}
          onRemove={() => put(rows.filter((_, n) => n !== index))}
        />
      ))}
      {open && (
        <NewRow
          taken={rows.map(({ name }) => name)}
          onAdd={(name) => {
            put([...rows, { ...open, name }]);
            setOpen(null);
          }}
          onCancel={() => setOpen(null)}
        />
      )}
      {!open && (
        <Button
          size="sm"
          className="self-start"
          icon={<Plus aria-hidden />}
          onClick={() => setOpen({ name: '', type: 'string', required: false, description: '' })}
        >
          Add field
        </Button>
      )}
    </div>
  );
}

interface RowFieldsProps {
  row: Row;
  onChange: (row: Row) => void;
  onRemove: () => void;
}

function RowFields({ row, onChange, onRemove }: RowFieldsProps) {
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-2 rounded-md border px-3 py-2">
      <code className="min-w-0 flex-1 basis-32 break-words font-mono text-[13px]">{row.name}</code>
      <Select
        label={`Type of ${row.name}`}
        value={row.type}
        onChange={(type) => onChange({ ...row, type })}
        options={TYPES.map((type) => ({ value: type, label: type }))}
      />
      <Checkbox label="Required" checked={row.required} onChange={(required) => onChange({ ...row, required })} />
      <IconButton label={`Remove ${row.name}`} onClick={onRemove}>
        <Trash2 aria-hidden />
      </IconButton>
      <Input
        aria-label={`Description of ${row.name}`}
        placeholder="What it means"
        className="basis-full"
        maxLength={1_000}
        value={row.description}
        onChange={(event) => onChange({ ...row, description: event.target.value })}
      />
    </div>
  );
}

interface NewRowProps {
  taken: readonly string[];
  onAdd: (name: string) => void;
  onCancel: () => void;
}

function NewRow({ taken, onAdd, onCancel }: NewRowProps) {
  const [name, setName] = useState('');
  const used = taken.includes(name.trim());
  return (
    <div className="flex min-w-0 flex-wrap items-end gap-2 rounded-md border border-accent px-3 py-2">
      <Field
        label="Name of the field"
        className="flex-1 basis-40"
        error={used ? 'There is a field of this name.' : undefined}
      >
        {(ids) => (
          <Input
            {...ids}
            value={name}
            maxLength={200}
            onChange={(event) => setName(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && name.trim() && !used) {
                event.preventDefault();
                onAdd(name.trim());
              }
            }}
          />
        )}
      </Field>
      <Button disabled={!name.trim() || used} onClick={() => onAdd(name.trim())}>
        Add
      </Button>
      <Button onClick={onCancel}>Cancel</Button>
    </div>
  );
}

function SchemaText({ draft, readOnly, onChange }: PartProps & { readOnly: boolean }) {
  const [text, setText] = useState(() => JSON.stringify(draft.schema, null, 2));
  const [wrong, setWrong] = useState(false);
  const type = (next: string) => {
    setText(next);
    try {
      onChange({ ...draft, schema: JSON.parse(next) as unknown });
      setWrong(false);
    } catch {
      setWrong(true);
    }
  };
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <CodeEditor
        label="JSON schema"
        language="json"
        value={text}
        onChange={type}
        readOnly={readOnly}
        className="h-80"
      />
      {wrong && <p className="text-[13px] text-bad">This is not JSON yet: the rule stays as it was.</p>}
    </div>
  );
}
