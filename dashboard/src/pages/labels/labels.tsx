/** Labels of the workspace: they group sources, and permissions can hold for those that carry one. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Tags, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useApi, useCan } from '../../api/client.ts';
import type { Label } from '../../api/types.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/form.tsx';
import { Page, Panel, Table, Td, Th, Tr } from '../../ui/page.tsx';
import { EmptyState, ErrorState, InlineError, SkeletonRows } from '../../ui/state.tsx';
import { toastDone } from '../../ui/toast.tsx';

export function Labels() {
  const { client, environment } = useApi();
  const queries = useQueryClient();
  const allowed = useCan('sources:write');
  const [deleting, setDeleting] = useState<Label | null>(null);
  const key = [environment, 'labels'];
  const query = useQuery({ queryKey: key, queryFn: () => client.labels.list() });
  const labels = query.data?.items ?? [];
  const remove = async () => {
    if (!deleting) return;
    await client.labels.delete({ id: deleting.id });
    toastDone(`${deleting.key}: ${deleting.value} is deleted.`);
    void queries.invalidateQueries({ queryKey: key });
  };
  return (
    <Page
      title="Labels"
      documentTitle="Labels"
      description="Key and value, such as environment: production. Sources carry them, and a permission can hold for the sources of a label."
    >
      {allowed && <CreateLabel />}
      <Panel flush>
        {query.isPending && <SkeletonRows rows={3} />}
        {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
        {query.data && labels.length === 0 && (
          <EmptyState icon={<Tags />} title="No label yet">
            Create one here, or put one on a source.
          </EmptyState>
        )}
        {labels.length > 0 && (
          <Table label="Labels">
            <thead>
              <tr>
                <Th>Label</Th>
                <Th className="max-sm:hidden">Description</Th>
                <Th>
                  <span className="sr-only">Actions</span>
                </Th>
              </tr>
            </thead>
            <tbody>
              {labels.map((label) => (
                <Tr key={label.id}>
                  <Td className="break-words">
                    <span className="text-muted">{label.key}:</span> {label.value}
                  </Td>
                  <Td className="break-words text-muted max-sm:hidden">{label.description}</Td>
                  <Td className="text-right">
                    {allowed && (
                      <IconButton label={`Delete ${label.key}: ${label.value}`} onClick={() => setDeleting(label)}>
                        <Trash2 aria-hidden />
                      </IconButton>
                    )}
                  </Td>
                </Tr>
              ))}
            </tbody>
          </Table>
        )}
      </Panel>
      <ConfirmDialog
        open={deleting !== null}
        onOpenChange={() => setDeleting(null)}
        title={`Delete ${deleting?.key ?? ''}: ${deleting?.value ?? ''}?`}
        action="Delete label"
        onConfirm={remove}
      >
        Sources lose it, and permissions that hold for its sources hold for them no more.
      </ConfirmDialog>
    </Page>
  );
}

function CreateLabel() {
  const { client, environment } = useApi();
  const queries = useQueryClient();
  const [label, setLabel] = useState({ key: '', value: '', description: '' });
  const create = useMutation({
    mutationFn: () => {
      const { key, value, description } = label;
      return client.labels.create({ key: key.trim(), value: value.trim(), ...(description && { description }) });
    },
    onSuccess: () => {
      setLabel({ key: '', value: '', description: '' });
      void queries.invalidateQueries({ queryKey: [environment, 'labels'] });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  const field = (name: keyof typeof label) => ({
    value: label[name],
    onChange: (text: string) => setLabel({ ...label, [name]: text }),
  });
  return (
    <Panel>
      <form onSubmit={submit} className="flex flex-wrap items-end gap-3">
        <TextField label="Key" required maxLength={255} className="flex-1 basis-36" {...field('key')} />
        <TextField label="Value" required maxLength={255} className="flex-1 basis-36" {...field('value')} />
        <TextField label="Description" maxLength={1_000} className="flex-2 basis-52" {...field('description')} />
        <Button
          type="submit"
          variant="primary"
          busy={create.isPending}
          disabled={!label.key.trim() || !label.value.trim()}
        >
          Create label
        </Button>
      </form>
      {create.error && (
        <div className="mt-3">
          <InlineError error={create.error} />
        </div>
      )}
    </Panel>
  );
}
