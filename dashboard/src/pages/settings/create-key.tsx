/** The dialog that makes an API key, and the one look at it. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useApi } from '../../api/client.ts';
import type { Environment } from '../../api/types.ts';
import { plural } from '../../lib/time.ts';
import { Button } from '../../ui/button.tsx';
import { CodeBlock, CopyField } from '../../ui/code.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Checkbox, SwitchField, TextField } from '../../ui/form.tsx';
import { InlineError } from '../../ui/state.tsx';
import { Segmented } from '../../ui/tabs.tsx';
import { ScopePicker } from './scope-picker.tsx';

interface Draft {
  name: string;
  environment: Environment;
  scopes: ReadonlySet<string>;
  maySend: boolean;
  fullAccess: boolean;
}

interface CreateKeyProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Belongs to the page and not to a part of it that the first key makes disappear: the key is shown only here. */
export function CreateKey({ open, onOpenChange }: CreateKeyProps) {
  const { client, environment } = useApi();
  const queries = useQueryClient();
  const blank: Draft = { name: '', environment, scopes: new Set(), maySend: false, fullAccess: false };
  const [draft, setDraft] = useState(blank);
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const create = useMutation({
    mutationFn: () =>
      client.apiKeys.create({
        name: draft.name.trim(),
        environment: draft.environment,
        scopes: [...draft.scopes],
        may_send: draft.maySend,
      }),
    // Kept by this dialog alone and only until it is closed.
    gcTime: 0,
    onSuccess: () => queries.invalidateQueries({ queryKey: [environment, 'api-keys'] }),
  });
  const unlimited = draft.scopes.size === 0;
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
          <SwitchField
            label="May send"
            checked={draft.maySend}
            onChange={(maySend) => set({ maySend })}
            hint="Separate from scopes: without it no call with this key can make a message leave to people, whatever its scopes say."
          />
          <ScopePicker chosen={draft.scopes} onChange={(scopes) => set({ scopes, fullAccess: false })} />
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
      <Dialog
        open={open && create.data !== undefined}
        onOpenChange={change}
        sticky
        wide
        title="Store the key now"
        description="It is shown this once. The server keeps only a fingerprint of it."
        footer={
          <Button variant="primary" onClick={() => change(false)}>
            I have stored it
          </Button>
        }
      >
        {create.data && (
          <div className="flex flex-col gap-4">
            <CopyField value={create.data.key} label="Copy key" />
            <p className="text-muted">
              {create.data.environment === 'live' ? 'Live' : 'Test'} key,{' '}
              {create.data.full_access ? 'full access' : plural(create.data.scopes.length, 'scope')},{' '}
              {create.data.may_send ? 'may send' : 'may not send'}.
            </p>
            {create.data.warning && (
              <p className="rounded-md bg-warn-soft px-3 py-2 text-warn">{create.data.warning}</p>
            )}
            <div>
              <h3 className="mb-1 font-medium">Try it</h3>
              <CodeBlock
                wrap
                label="curl command"
                code={`curl ${window.location.origin}/api/v1/me -H 'Authorization: Bearer ${create.data.key}'`}
              />
            </div>
          </div>
        )}
      </Dialog>
    </>
  );
}
