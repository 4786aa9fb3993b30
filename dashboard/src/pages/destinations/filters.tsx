/** Filters of a destination: which events it gets, and what of them. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Filter as FilterIcon, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useApi, useCan } from '../../api/client.ts';
import type { Filter } from '../../api/types.ts';
import { Badge, StatusDot } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { Panel, Table, Td, Th, Tr } from '../../ui/page.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/state.tsx';
import { toastDone, toastError } from '../../ui/toast.tsx';
import { FilterEditor } from './filter-editor.tsx';

const WORDS: Readonly<Record<Filter['actions'][number]['type'], string>> = {
  DROP: 'drop',
  SAMPLE: 'sample',
  ALLOW_PROPERTIES: 'only some fields',
  DROP_PROPERTIES: 'without some fields',
};

export function Filters({ destinationId }: { destinationId: string }) {
  const { client, environment } = useApi();
  const queries = useQueryClient();
  const allowed = useCan('destinations:write');
  const [edited, setEdited] = useState<Filter | 'new' | null>(null);
  const [deleted, setDeleted] = useState<Filter | null>(null);
  const key = [environment, 'destination', destinationId, 'filters'];
  const query = useQuery({ queryKey: key, queryFn: () => client.filters.list({ id: destinationId }) });
  const toggle = useMutation({
    mutationFn: (filter: Filter) =>
      client.filters.update({ id: destinationId, filter_id: filter.id, enabled: !filter.enabled }),
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
    onError: toastError,
  });
  const remove = async () => {
    if (!deleted) return;
    await client.filters.delete({ id: destinationId, filter_id: deleted.id });
    toastDone(`${deleted.title} is deleted.`);
    void queries.invalidateQueries({ queryKey: key });
  };
  const filters = query.data?.items ?? [];
  const add = allowed && (
    <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setEdited('new')}>
      Add filter
    </Button>
  );
  return (
    <Panel title="Filters" flush actions={filters.length > 0 ? add : undefined}>
      {query.isPending && <SkeletonRows rows={3} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && filters.length === 0 && (
        <EmptyState icon={<FilterIcon />} title="No filter yet" action={add}>
          A filter drops events of this destination, lets a share of them pass, or takes fields out of them.
        </EmptyState>
      )}
      {filters.length > 0 && (
        <Table label="Filters">
          <thead className="max-sm:head-hidden">
            <tr>
              <Th>Title</Th>
              <Th className="max-sm:hidden">If</Th>
              <Th className="max-md:hidden">Then</Th>
              <Th>State</Th>
              <Th>
                <span className="sr-only">Actions</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {filters.map((filter) => (
              <Tr key={filter.id}>
                <Td className="break-words font-medium">{filter.title}</Td>
                <Td className="max-w-80 break-words font-mono text-[13px] text-muted max-sm:hidden">{filter.if}</Td>
                <Td className="max-md:hidden">
                  <span className="flex flex-wrap gap-1">
                    {filter.actions.map(({ type }) => (
                      <Badge key={type}>{WORDS[type]}</Badge>
                    ))}
                  </span>
                </Td>
                <Td>
                  <button
                    type="button"
                    disabled={!allowed || toggle.isPending}
                    aria-pressed={filter.enabled}
                    onClick={() => toggle.mutate(filter)}
                    className="rounded hover:underline"
                  >
                    <StatusDot tone={filter.enabled ? 'ok' : 'neutral'}>
                      {filter.enabled ? 'Enabled' : 'Disabled'}
                    </StatusDot>
                  </button>
                </Td>
                <Td className="whitespace-nowrap text-right">
                  {allowed && (
                    <>
                      <IconButton label={`Edit ${filter.title}`} onClick={() => setEdited(filter)}>
                        <Pencil aria-hidden />
                      </IconButton>
                      <IconButton label={`Delete ${filter.title}`} onClick={() => setDeleted(filter)}>
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
      {edited && (
        <FilterEditor
          destinationId={destinationId}
          filter={edited === 'new' ? null : edited}
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
        title={`Delete ${deleted?.title ?? ''}?`}
        action="Delete filter"
        onConfirm={remove}
      >
        What it held back is delivered from now on. This cannot be undone.
      </ConfirmDialog>
    </Panel>
  );
}
