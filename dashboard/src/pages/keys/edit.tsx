/** The dialog that changes a key's name and narrows or shapes its rights. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useApi } from '../../api/client.ts';
import type { ApiKey } from '../../api/types.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Checkbox, TextField } from '../../ui/form.tsx';
import { InlineError } from '../../ui/state.tsx';
import { toastDone } from '../../ui/toast.tsx';
import { ScopePicker } from './scope-picker.tsx';

interface EditKeyProps {
  apiKey: ApiKey;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Numbers as they are typed; empty: none. */
const CAPS = [
  ['rate_per_minute', 'Requests a minute', "the door's own"],
  ['recipients_per_send', 'Recipients a send', 'any'],
  ['recipients_per_day', 'Recipients a day', 'any'],
  ['approval_above', 'Second person above (recipients)', 'never'],
] as const;

type Cap = (typeof CAPS)[number][0];

export function EditKey({ apiKey, open, onOpenChange }: EditKeyProps) {
  const { client, environment } = useApi();
  const queries = useQueryClient();
  const [name, setName] = useState(apiKey.name);
  const [description, setDescription] = useState(apiKey.description);
  const [networks, setNetworks] = useState(apiKey.allowed_ips.join(', '));
  const [expires, setExpires] = useState(apiKey.expires_at?.slice(0, 10) ?? '');
  const [caps, setCaps] = useState<Record<Cap, string>>({
    rate_per_minute: textOf(apiKey.rate_per_minute),
    recipients_per_send: textOf(apiKey.recipients_per_send),
    recipients_per_day: textOf(apiKey.recipients_per_day),
    approval_above: textOf(apiKey.approval_above),
  });
  const [scopes, setScopes] = useState<ReadonlySet<string>>(new Set(apiKey.scopes));
  const [shadow, setShadow] = useState<ReadonlySet<string> | null>(
    apiKey.shadow_scopes && new Set(apiKey.shadow_scopes),
  );
  const update = useMutation({
    mutationFn: () =>
      client.apiKeys.update({
        id: apiKey.id,
        ...(name.trim() !== apiKey.name && { name: name.trim() }),
        ...(description !== apiKey.description && { description }),
        ...(!sameScopes(scopes, apiKey.scopes) && { scopes: [...scopes] }),
        allowed_ips: networks.split(/[\s,]+/).filter((network) => network !== ''),
        ...(expires !== (apiKey.expires_at?.slice(0, 10) ?? '') && {
          expires_at: expires === '' ? null : `${expires}T23:59:59Z`,
        }),
        rate_per_minute: numberOf(caps.rate_per_minute),
        recipients_per_send: numberOf(caps.recipients_per_send),
        recipients_per_day: numberOf(caps.recipients_per_day),
        approval_above: numberOf(caps.approval_above),
        shadow_scopes: shadow && [...shadow],
      }),
    onSuccess: async (updated) => {
      queries.setQueryData([environment, 'api-key', apiKey.id], updated);
      await queries.invalidateQueries({ queryKey: [environment, 'api-keys'] });
      onOpenChange(false);
      toastDone('Saved.');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    update.mutate();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      wide
      title={`Edit ${apiKey.name}`}
      description="Rights can be taken away. What the key lacks, a new key gets."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" form="edit-key" variant="primary" busy={update.isPending} disabled={!name.trim()}>
            Save
          </Button>
        </>
      }
    >
      <form id="edit-key" onSubmit={submit} className="flex flex-col gap-5">
        <TextField label="Label" required maxLength={100} value={name} onChange={setName} />
        <TextField label="What it is for" maxLength={1_000} value={description} onChange={setDescription} />
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField label="Expires on" type="date" value={expires} onChange={setExpires} hint="Empty: never." />
          <TextField
            label="Only from these networks"
            value={networks}
            onChange={setNetworks}
            placeholder="192.0.2.0/24, 2001:db8::/32"
            hint="Empty: from anywhere."
          />
          {CAPS.map(([cap, label, none]) => (
            <TextField
              key={cap}
              label={label}
              type="number"
              min={cap === 'approval_above' ? 0 : 1}
              placeholder={none}
              value={caps[cap]}
              onChange={(value) => setCaps((before) => ({ ...before, [cap]: value }))}
            />
          ))}
        </div>
        {!apiKey.full_access && !apiKey.canary && <ScopePicker chosen={scopes} onChange={setScopes} />}
        {!apiKey.canary && (
          <div className="flex flex-col gap-3 border-t pt-4">
            <Checkbox
              label="Try narrower scopes first"
              hint="Nothing is refused: what the chosen scopes would have refused is counted under Least privilege."
              checked={shadow !== null}
              onChange={(on) => setShadow(on ? new Set(apiKey.scopes) : null)}
            />
            {shadow && <ScopePicker chosen={shadow} onChange={setShadow} />}
          </div>
        )}
        <InlineError error={update.error} />
      </form>
    </Dialog>
  );
}

function textOf(value: number | null): string {
  return value === null ? '' : String(value);
}

function numberOf(text: string): number | null {
  return text.trim() === '' ? null : Number(text);
}

function sameScopes(chosen: ReadonlySet<string>, scopes: readonly string[]): boolean {
  return chosen.size === scopes.length && scopes.every((scope) => chosen.has(scope));
}
