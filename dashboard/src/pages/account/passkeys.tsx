/** The person's passkeys: made, named, removed. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Fingerprint, Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { meQuery, useApi } from '../../api/client.ts';
import type { Passkey } from '../../api/types.ts';
import { useConfirmed } from '../../app/confirm.tsx';
import { showRecoveryCodes } from '../../app/recovery-codes.tsx';
import { BY_COOKIE, replaceSession } from '../../app/session.ts';
import { describeAgent } from '../../lib/agent.ts';
import { makePasskey, passkeysWork } from '../../lib/passkey.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog, Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/form.tsx';
import { Panel } from '../../ui/page.tsx';
import { EmptyState, ErrorState, InlineError, SkeletonRows } from '../../ui/state.tsx';
import { Time } from '../../ui/time.tsx';
import { toastDone } from '../../ui/toast.tsx';
import { PASSKEYS, passkeysQuery, SESSIONS } from './queries.ts';

export function Passkeys() {
  const api = useApi();
  const queries = useQueryClient();
  const confirmed = useConfirmed();
  const query = useQuery(passkeysQuery(api));
  const [adding, setAdding] = useState(false);
  const [renaming, setRenaming] = useState<Passkey | null>(null);
  const [removing, setRemoving] = useState<Passkey | null>(null);
  const changed = useFactorsChanged();
  const remove = async () => {
    if (!removing) return;
    await confirmed(() => api.client.passkeys.delete({ id: removing.id }));
    await changed();
    toastDone(`${removing.name} is removed.`);
  };
  const add = passkeysWork() && (
    <Button size="sm" icon={<Plus aria-hidden />} onClick={() => setAdding(true)}>
      Add a passkey
    </Button>
  );
  return (
    <Panel title="Passkeys" flush actions={query.data?.items.length ? add : undefined}>
      {query.isPending && <SkeletonRows rows={2} />}
      {query.isError && !query.data && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.items.length === 0 && (
        <EmptyState icon={<Fingerprint />} title="No passkey yet" action={add}>
          {passkeysWork()
            ? 'A passkey signs you in with your device’s fingerprint, face or PIN, without a password.'
            : 'This browser makes none here: it needs TLS, or an address on localhost.'}
        </EmptyState>
      )}
      {query.data && query.data.items.length > 0 && (
        <ul className="divide-y">
          {query.data.items.map((passkey) => (
            <li key={passkey.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5">
              <div className="min-w-0 flex-1 basis-48">
                <p className="flex flex-wrap items-center gap-2">
                  <span className="min-w-0 break-words font-medium">{passkey.name}</span>
                  {passkey.backed_up && <Badge title="Its provider keeps it on several devices.">synced</Badge>}
                </p>
                <p className="text-[13px] text-muted">
                  Made <Time value={passkey.created_at} />, used <Time value={passkey.last_used_at} />
                </p>
              </div>
              <Button size="sm" aria-label={`Rename ${passkey.name}`} onClick={() => setRenaming(passkey)}>
                Rename
              </Button>
              <Button
                size="sm"
                variant="danger"
                aria-label={`Remove ${passkey.name}`}
                onClick={() => setRemoving(passkey)}
              >
                Remove
              </Button>
            </li>
          ))}
        </ul>
      )}
      <AddPasskey open={adding} onClose={() => setAdding(false)} onDone={() => void changed()} />
      {renaming && (
        <Rename
          passkey={renaming}
          onClose={() => setRenaming(null)}
          onDone={() => queries.invalidateQueries({ queryKey: PASSKEYS })}
        />
      )}
      <ConfirmDialog
        open={removing !== null}
        onOpenChange={(open) => !open && setRemoving(null)}
        title={`Remove ${removing?.name ?? 'this passkey'}?`}
        action="Remove passkey"
        onConfirm={remove}
      >
        It no longer signs you in here. Delete it on the device, too: the device does not hear of this.
      </ConfirmDialog>
    </Panel>
  );
}

/** Second factors change who I am for the server, and end sessions. */
export function useFactorsChanged(): () => Promise<void> {
  const api = useApi();
  const queries = useQueryClient();
  return async () => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: meQuery(api).queryKey }),
      queries.invalidateQueries({ queryKey: PASSKEYS }),
      queries.invalidateQueries({ queryKey: SESSIONS }),
    ]);
  };
}

interface AddPasskeyProps {
  open: boolean;
  onClose: () => void;
  onDone: () => void;
}

export function AddPasskey({ open, onClose, onDone }: AddPasskeyProps) {
  const { client } = useApi();
  const confirmed = useConfirmed();
  const [name, setName] = useState(() => describeAgent(navigator.userAgent).slice(0, 100));
  const close = () => {
    onClose();
    add.reset();
  };
  const add = useMutation({
    mutationFn: async () => {
      const response = await makePasskey(await confirmed(() => client.passkeys.options()));
      const body = { name: name.trim(), response } as Parameters<typeof client.passkeys.create>[0];
      return await confirmed(() => replaceSession(() => client.passkeys.create(body, BY_COOKIE)));
    },
    gcTime: 0,
    onSuccess: async ({ recovery_codes, name }) => {
      close();
      toastDone(`${name} is registered.`);
      await showRecoveryCodes(recovery_codes);
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && close()}
      title="Add a passkey"
      description="The browser asks where to keep it: on this device, a phone or a security key."
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" form="add-passkey" variant="primary" busy={add.isPending}>
            Add passkey
          </Button>
        </>
      }
    >
      <form id="add-passkey" onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label="Name"
          required
          maxLength={100}
          hint="To tell it from others later."
          value={name}
          onChange={setName}
        />
        <InlineError error={add.error} />
      </form>
    </Dialog>
  );
}

interface RenameProps {
  passkey: Passkey;
  onClose: () => void;
  onDone: () => Promise<void>;
}

function Rename({ passkey, onClose, onDone }: RenameProps) {
  const { client } = useApi();
  const [name, setName] = useState(passkey.name);
  const rename = useMutation({
    mutationFn: () => client.passkeys.update({ id: passkey.id, name: name.trim() }),
    onSuccess: async () => {
      await onDone();
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title="Rename the passkey"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form="rename-passkey" variant="primary" busy={rename.isPending}>
            Rename
          </Button>
        </>
      }
    >
      <form
        id="rename-passkey"
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          rename.mutate();
        }}
      >
        <TextField label="Name" required maxLength={100} value={name} onChange={setName} />
        <InlineError error={rename.error} />
      </form>
    </Dialog>
  );
}
