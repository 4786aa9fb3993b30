/** What can be done with a living key: rotate, quarantine or release, revoke. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '../../api/client.ts';
import type { ApiKey } from '../../api/types.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog, Dialog } from '../../ui/dialog.tsx';
import { Checkbox, Field, TextField } from '../../ui/form.tsx';
import { Select } from '../../ui/menu.tsx';
import { InlineError } from '../../ui/state.tsx';
import { Time } from '../../ui/time.tsx';
import { toastDone, toastError } from '../../ui/toast.tsx';
import { shownKey } from './key.tsx';
import { ShownOnce } from './shown-once.tsx';

type Open = 'rotate' | 'quarantine' | 'revoke' | null;

export function KeyActions({ apiKey, onEdit }: { apiKey: ApiKey; onEdit: () => void }) {
  const { client } = useApi();
  const changed = useKeyChanged(apiKey.id);
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const release = useMutation({
    mutationFn: () => client.apiKeys.release({ id: apiKey.id }),
    onSuccess: async () => {
      await changed();
      toastDone(`${apiKey.name} is released.`);
    },
    onError: toastError,
  });
  return (
    <>
      <Button onClick={onEdit}>Edit</Button>
      {apiKey.state === 'active' && !apiKey.canary && <Button onClick={() => setOpen('rotate')}>Rotate</Button>}
      {apiKey.state === 'quarantined' ? (
        <Button busy={release.isPending} onClick={() => release.mutate()}>
          Release
        </Button>
      ) : (
        <Button onClick={() => setOpen('quarantine')}>Quarantine</Button>
      )}
      <Button variant="danger" onClick={() => setOpen('revoke')}>
        Revoke
      </Button>
      <Rotate apiKey={apiKey} open={open === 'rotate'} onClose={close} />
      <Quarantine apiKey={apiKey} open={open === 'quarantine'} onClose={close} />
      <Revoke apiKey={apiKey} open={open === 'revoke'} onClose={close} />
    </>
  );
}

/** Everything that shows the key is asked for again. */
function useKeyChanged(id: string): () => Promise<void> {
  const { environment } = useApi();
  const queries = useQueryClient();
  return async () => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: [environment, 'api-key', id] }),
      queries.invalidateQueries({ queryKey: [environment, 'api-keys'] }),
    ]);
  };
}

interface ActionProps {
  apiKey: ApiKey;
  open: boolean;
  onClose: () => void;
}

const OVERLAPS = [
  { value: '0', label: 'At once' },
  { value: '3600', label: 'In an hour' },
  { value: '86400', label: 'In a day' },
  { value: '604800', label: 'In a week' },
] as const;

function Rotate({ apiKey, open, onClose }: ActionProps) {
  const { client } = useApi();
  const changed = useKeyChanged(apiKey.id);
  const [overlap, setOverlap] = useState<(typeof OVERLAPS)[number]['value']>('86400');
  const rotate = useMutation({
    mutationFn: () => client.apiKeys.rotate({ id: apiKey.id, overlap_seconds: Number(overlap) }),
    gcTime: 0,
    onSuccess: changed,
  });
  const close = () => {
    onClose();
    rotate.reset();
  };
  return (
    <>
      <Dialog
        open={open && !rotate.data}
        onOpenChange={(next) => !next && close()}
        title={`Rotate ${apiKey.name}?`}
        description="A successor with the same rights is made. Both keys work until the old one ends, so nothing has to stop."
        footer={
          <>
            <Button onClick={close}>Cancel</Button>
            <Button variant="primary" busy={rotate.isPending} onClick={() => rotate.mutate()}>
              Make the successor
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-4">
          <Field label="The old key ends" hint={apiKey.expires_at ? 'Never later than its own expiry.' : undefined}>
            {(ids) => <Select id={ids.id} value={overlap} onChange={setOverlap} options={OVERLAPS} />}
          </Field>
          <InlineError error={rotate.error} />
        </div>
      </Dialog>
      <ShownOnce text={rotate.data?.key ?? null} onClose={close} title="Store the successor now">
        {rotate.data && (
          <p className="text-muted">
            The old key ends <Time value={rotate.data.previous.retires_at} className="font-medium text-ink" />. Limits
            and idempotency records are shared by both.
          </p>
        )}
      </ShownOnce>
    </>
  );
}

function Quarantine({ apiKey, open, onClose }: ActionProps) {
  const { client } = useApi();
  const changed = useKeyChanged(apiKey.id);
  const [reason, setReason] = useState('');
  const quarantine = useMutation({
    mutationFn: () => client.apiKeys.quarantine({ id: apiKey.id, reason: reason.trim() }),
    onSuccess: async () => {
      await changed();
      onClose();
      toastDone(`${apiKey.name} may only read now.`);
    },
  });
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={`Quarantine ${apiKey.name}?`}
      description="It can read with the scopes it has, and neither change nor send anything, until somebody releases it."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form="quarantine-key"
            variant="primary"
            busy={quarantine.isPending}
            disabled={reason.trim() === ''}
          >
            Quarantine
          </Button>
        </>
      }
    >
      <form
        id="quarantine-key"
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          quarantine.mutate();
        }}
      >
        <TextField label="Why" required maxLength={100} value={reason} onChange={setReason} />
        <InlineError error={quarantine.error} />
      </form>
    </Dialog>
  );
}

function Revoke({ apiKey, open, onClose }: ActionProps) {
  const { client } = useApi();
  const changed = useKeyChanged(apiKey.id);
  const [children, setChildren] = useState(false);
  const revoke = async () => {
    await client.apiKeys.revoke({ id: apiKey.id, revoke_children: children });
    await changed();
    toastDone(`${apiKey.name} is revoked.`);
  };
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={`Revoke ${apiKey.name}?`}
      action="Revoke key"
      onConfirm={revoke}
    >
      <p>
        Every request with <code className="font-mono text-[13px]">{shownKey(apiKey)}</code> gets a 401 from this moment
        on. A revoked key cannot be brought back.
      </p>
      <p className="mt-2">
        {apiKey.last_used_at ? (
          <>
            It was last used <Time value={apiKey.last_used_at} className="font-medium text-ink" />.
          </>
        ) : (
          'It was never used.'
        )}
      </p>
      <Checkbox
        className="mt-3"
        label="Also the keys that were made with it"
        checked={children}
        onChange={setChildren}
      />
    </ConfirmDialog>
  );
}
