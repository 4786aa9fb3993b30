/** The write keys of a source: each lets events in, until it is removed. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useApi, useCan } from '../../api/client.ts';
import type { Source } from '../../api/types.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { CopyField } from '../../ui/code.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { Panel } from '../../ui/page.tsx';
import { toastDone, toastError } from '../../ui/toast.tsx';

export function WriteKeys({ source }: { source: Source }) {
  const { client, environment } = useApi();
  const queries = useQueryClient();
  const allowed = useCan('sources:write');
  const [removing, setRemoving] = useState<string | null>(null);
  const refresh = () => queries.invalidateQueries({ queryKey: [environment, 'source', source.id] });
  const add = useMutation({
    mutationFn: () => client.sources.addWriteKey({ id: source.id }),
    onSuccess: (updated) => queries.setQueryData([environment, 'source', source.id], updated),
    onError: toastError,
  });
  const remove = async () => {
    if (removing === null) return;
    await client.sources.removeWriteKey({ id: source.id, write_key: removing });
    toastDone('The write key is removed.');
    await refresh();
  };
  return (
    <Panel
      title={source.write_keys.length === 1 ? 'Write key' : 'Write keys'}
      actions={
        allowed && (
          <Button size="sm" icon={<Plus aria-hidden />} busy={add.isPending} onClick={() => add.mutate()}>
            Add write key
          </Button>
        )
      }
    >
      <div className="flex min-w-0 flex-col gap-2">
        {source.write_keys.length === 0 && <p className="text-muted">None: this source takes no events.</p>}
        {source.write_keys.map((key) => (
          <div key={key} className="flex min-w-0 items-center gap-1">
            <CopyField value={key} label="Copy write key" className="flex-1" />
            {allowed && (
              <IconButton label={`Remove write key ${key.slice(0, 6)}…`} onClick={() => setRemoving(key)}>
                <Trash2 aria-hidden />
              </IconButton>
            )}
          </div>
        ))}
      </div>
      <p className="mt-2 text-[13px] text-muted">
        It only lets events in: safe in a browser or an app, and no way to read anything.
      </p>
      <ConfirmDialog
        open={removing !== null}
        onOpenChange={() => setRemoving(null)}
        title="Remove this write key?"
        action="Remove write key"
        onConfirm={remove}
      >
        Everything that still sends with it gets a 401 within a second. It is never given to another source.
      </ConfirmDialog>
    </Panel>
  );
}
