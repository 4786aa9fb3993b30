/** Mappings: which events run which action, and what its fields get. */
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Pencil, Plus, Trash2, Waypoints } from 'lucide-react';
import { useState } from 'react';
import { useApi, useCan } from '../../api/client.ts';
import { Listing, listQuery } from '../../api/list.tsx';
import type { ActionType, Mapping } from '../../api/types.ts';
import { Badge, StatusDot } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { Panel, Table, Td, Th, Tr } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/state.tsx';
import { toastDone, toastError } from '../../ui/toast.tsx';
import { MappingEditor } from './mapping-editor.tsx';

interface MappingsProps {
  destinationId: string;
  actions: readonly ActionType[];
  /** Headgate delivers to this type. */
  delivers: boolean;
}

export function Mappings({ destinationId, actions, delivers }: MappingsProps) {
  const { client, environment } = useApi();
  const queries = useQueryClient();
  const allowed = useCan('destinations:write');
  const [edited, setEdited] = useState<Mapping | 'new' | null>(null);
  const [deleted, setDeleted] = useState<Mapping | null>(null);
  const key = [environment, 'destination', destinationId, 'mappings'];
  const query = useInfiniteQuery(
    listQuery<Mapping>(key, (cursor) => client.subscriptions.list({ id: destinationId, cursor, limit: 50 })),
  );
  const toggle = useMutation({
    mutationFn: (mapping: Mapping) =>
      client.subscriptions.update({ id: destinationId, subscription_id: mapping.id, enabled: !mapping.enabled }),
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
    onError: toastError,
  });
  const remove = async () => {
    if (!deleted) return;
    await client.subscriptions.delete({ id: destinationId, subscription_id: deleted.id });
    toastDone(`${deleted.name} is deleted.`);
    void queries.invalidateQueries({ queryKey: key });
  };
  const add = allowed && (
    <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setEdited('new')}>
      Add mapping
    </Button>
  );
  return (
    <Panel title="Mappings" flush actions={query.data?.total ? add : undefined}>
      <Listing
        query={query}
        empty={
          <EmptyState icon={<Waypoints />} title="No mapping yet" action={add}>
            A mapping says which events run one of the type’s actions, and what each field of the action gets from them.
          </EmptyState>
        }
      >
        {(mappings) => (
          <Table label="Mappings">
            <thead className="max-sm:head-hidden">
              <tr>
                <Th>Name</Th>
                <Th className="max-md:hidden">Action</Th>
                <Th className="max-sm:hidden">Runs when</Th>
                <Th>State</Th>
                <Th className="text-right">
                  <span className="sr-only">Actions</span>
                </Th>
              </tr>
            </thead>
            <tbody>
              {mappings.map((mapping) => (
                <Tr key={mapping.id}>
                  <Td className="break-words font-medium">
                    {mapping.name}
                    {delivers && !mapping.delivers && (
                      <Badge tone="warn" className="ml-2">
                        stored, not delivered
                      </Badge>
                    )}
                  </Td>
                  <Td className="text-muted max-md:hidden">
                    {actions.find(({ id }) => id === mapping.action_id)?.name ?? mapping.action_slug}
                  </Td>
                  <Td className="max-w-72 break-words font-mono text-[13px] text-muted max-sm:hidden">
                    {mapping.trigger}
                  </Td>
                  <Td>
                    <button
                      type="button"
                      disabled={!allowed || toggle.isPending}
                      aria-pressed={mapping.enabled}
                      onClick={() => toggle.mutate(mapping)}
                      className="rounded hover:underline"
                    >
                      <StatusDot tone={mapping.enabled ? 'ok' : 'neutral'}>
                        {mapping.enabled ? 'Enabled' : 'Disabled'}
                      </StatusDot>
                    </button>
                  </Td>
                  <Td className="whitespace-nowrap text-right">
                    {allowed && (
                      <>
                        <IconButton label={`Edit ${mapping.name}`} onClick={() => setEdited(mapping)}>
                          <Pencil aria-hidden />
                        </IconButton>
                        <IconButton label={`Delete ${mapping.name}`} onClick={() => setDeleted(mapping)}>
                          <Trash2 aria-hidden />
                        </IconButton>
                      </>
                    )}
                  </Td>
                </Tr>
              ))}
            </tbody>
          </Table>
        )}
      </Listing>
      {delivers && (
        <p className="border-t px-4 py-3 text-[13px] text-muted">
          A mapping acts here when its URL and headers are the same for every event and its data is the whole event. Any
          other is stored, and nothing is delivered by it.
        </p>
      )}
      {edited && (
        <MappingEditor
          destinationId={destinationId}
          actions={actions}
          mapping={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
          onSaved={() => {
            setEdited(null);
            void queries.invalidateQueries({ queryKey: key });
          }}
        />
      )}
      <ConfirmDialog
        open={deleted !== null}
        onOpenChange={() => setDeleted(null)}
        title={`Delete ${deleted?.name ?? ''}?`}
        action="Delete mapping"
        onConfirm={remove}
      >
        Its action runs for no more events. This cannot be undone.
      </ConfirmDialog>
    </Panel>
  );
}
