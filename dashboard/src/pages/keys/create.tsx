/** The dialog that makes an API key, and the one look at it. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useApi } from '../../api/client.ts';
import type { Environment } from '../../api/types.ts';
import { plural } from '../../lib/time.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Checkbox, SwitchField, TextField } from '../../ui/form.tsx';
import { InlineError } from '../../ui/state.tsx';
import { Segmented } from '../../ui/tabs.tsx';
import { ScopePicker } from './scope-picker.tsx';
import { ShownOnce } from './shown-once.tsx';

interface Draft {
  name: string;
  environment: Environment;
  scopes: ReadonlySet<string>;
  maySend: boolean;
  fullAccess: boolean;
  kind: 'service' | 'agent' | 'canary';
  /** Days; empty: it does not expire. */
  days: string;
  networks: string;
}

const KINDS: Readonly<Record<Draft['kind'], string>> = {
  service: 'A server or script of yours.',
  agent: 'An automated agent or assistant: it can never be allowed to send.',
  canary: 'Looks real and may nothing. Plant it where only a thief would find it; its first use alerts the owners.',
};

interface CreateKeyProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

const DAY_MS = 86_400_000;
const PLAIN = { kind: 'service', days: '', networks: '' } as const;

/** Belongs to the page and not to a part of it that the first key makes disappear: the key is shown only here. */
export function CreateKey({ open, onOpenChange }: CreateKeyProps) {
  const { client, environment } = useApi();
  const queries = useQueryClient();
  const blank: Draft = { name: '', environment, scopes: new Set(), maySend: false, fullAccess: false, ...PLAIN };
  const [draft, setDraft] = useState(blank);
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const create = useMutation({
    mutationFn: () =>
      client.apiKeys.create({
        name: draft.name.trim(),
        environment: draft.environment,
        ...(draft.kind === 'canary'
          ? { canary: true }
          : { scopes: [...draft.scopes], may_send: draft.maySend, agent: draft.kind === 'agent' }),
        ...(draft.days !== '' && { expires_at: new Date(Date.now() + Number(draft.days) * DAY_MS).toISOString() }),
        ...(draft.networks.trim() !== '' && {
          allowed_ips: draft.networks.split(/[\s,]+/).filter((network) => network !== ''),
        }),
      }),
    // Kept by this dialog alone and only until it is closed.
    gcTime: 0,
    onSuccess: () => queries.invalidateQueries({ queryKey: [environment, 'api-keys'] }),
  });
  const unlimited = draft.scopes.size === 0 && draft.kind !== 'canary';
  const ready = draft.name.trim() !== '' && (!unlimited || draft.fullAccess);
  const change = (next: boolean) => {
    onOpenChange(next);
    setDraft(blank);
    create.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) create.mutate();
  };
  return (
    <>
      <Dialog
        open={open && !create.data}
        onOpenChange={change}
        wide
        title="Create an API key"
        description="Give it only what its user needs: a scope can be left out, a leak cannot be taken back."
        footer={
          <>
            <Button onClick={() => change(false)}>Cancel</Button>
            <Button type="submit" form="create-key" variant="primary" busy={create.isPending} disabled={!ready}>
              Create key
            </Button>
          </>
        }
      >
        <form id="create-key" onSubmit={submit} className="flex flex-col gap-5">
          <TextField
            label="Label"
            required
            maxLength={100}
            value={draft.name}
            onChange={(name) => set({ name })}
            placeholder="Billing service, production"
            hint="What uses the key, so that you know later what a revoke stops."
          />
          <div className="flex flex-col gap-1">
            <span className="font-medium">Environment</span>
            <Segmented
              label="Environment of the key"
              className="self-start"
              value={draft.environment}
              onChange={(next) => set({ environment: next })}
              options={[
                { value: 'live', label: 'Live' },
                { value: 'test', label: 'Test' },
              ]}
            />
            <p className="text-[13px] text-muted">
              {draft.environment === 'live'
                ? 'Works on real people and real deliveries.'
                : 'A sandbox of its own: nothing it does ever leaves the server.'}
            </p>
          </div>
          <div className="flex flex-col gap-1">
            <span className="font-medium">Made for</span>
            <Segmented
              label="What the key is made for"
              className="self-start"
              value={draft.kind}
              onChange={(kind) => set({ kind, maySend: false })}
              options={[
                { value: 'service', label: 'A service' },
                { value: 'agent', label: 'An agent' },
                { value: 'canary', label: 'A trap' },
              ]}
            />
            <p className="text-[13px] text-muted">{KINDS[draft.kind]}</p>
          </div>
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField
              label="Expires after (days)"
              type="number"
              min={1}
              max={36_500}
              value={draft.days}
              onChange={(days) => set({ days })}
              placeholder="never"
            />
            <TextField
              label="Only from these networks"
              value={draft.networks}
              onChange={(networks) => set({ networks })}
              placeholder="192.0.2.0/24, 2001:db8::/32"
            />
          </div>
          {draft.kind === 'service' && (
            <SwitchField
              label="May send"
              checked={draft.maySend}
              onChange={(maySend) => set({ maySend })}
              hint="Separate from scopes: without it no call with this key can make a message leave to people, whatever its scopes say."
            />
          )}
          {draft.kind !== 'canary' && (
            <ScopePicker chosen={draft.scopes} onChange={(scopes) => set({ scopes, fullAccess: false })} />
          )}
          {unlimited && (
            <div className="flex gap-3 rounded-md border border-bad bg-bad-soft p-3">
              <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
              <div className="flex flex-col gap-2">
                <p>
                  <strong className="font-semibold text-bad">No scope chosen means full access.</strong> The key could
                  read and delete everything in the {draft.environment} environment and create further keys.
                </p>
                <Checkbox
                  label="I want a key with full access"
                  checked={draft.fullAccess}
                  onChange={(fullAccess) => set({ fullAccess })}
                />
              </div>
            </div>
          )}
          <InlineError error={create.error} />
        </form>
      </Dialog>
      <ShownOnce text={open && create.data ? create.data.key : null} onClose={() => change(false)}>
        {create.data && (
          <>
            <p className="text-muted">
              {create.data.environment === 'live' ? 'Live' : 'Test'} key,{' '}
              {create.data.full_access ? 'full access' : plural(create.data.scopes.length, 'scope')},{' '}
              {create.data.may_send ? 'may send' : 'may not send'}.
            </p>
            {create.data.warning && (
              <p className="rounded-md bg-warn-soft px-3 py-2 text-warn">{create.data.warning}</p>
            )}
          </>
        )}
      </ShownOnce>
    </>
  );
}
