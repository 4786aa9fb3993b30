/** One source: its write key, snippets to copy, its destinations, and its switches. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Activity } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useApi, useCan } from '../../api/client.ts';
import { listQuery } from '../../api/list.tsx';
import type { Destination, Source } from '../../api/types.ts';
import { StatusDot } from '../../ui/badge.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { CopyField } from '../../ui/code.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { SwitchField, TextField } from '../../ui/form.tsx';
import { DescriptionList, Page, Panel } from '../../ui/page.tsx';
import { ErrorState, InlineError, Skeleton } from '../../ui/state.tsx';
import { Time } from '../../ui/time.tsx';
import { toastDone, toastError } from '../../ui/toast.tsx';
import { SourceLabels } from './labels.tsx';
import { SchemaSettings } from './schema-settings.tsx';
import { Snippets } from './snippets.tsx';
import { WriteKeys } from './write-keys.tsx';

const route = getRouteApi('/shell/sources/$sourceId');

export function SourceDetail() {
  const { sourceId } = route.useParams();
  const { client, environment } = useApi();
  const query = useQuery({
    queryKey: [environment, 'source', sourceId],
    queryFn: () => client.sources.get({ id: sourceId }),
  });
  const source = query.data;
  return (
    <Page
      title={source?.name ?? <Skeleton className="h-7 w-48" />}
      documentTitle={source?.name ?? 'Source'}
      back={
        <Link to="/sources" className="hover:text-ink hover:underline">
          ← Sources
        </Link>
      }
      actions={
        <Link to="/events" search={{ source: sourceId }} className={buttonClass()}>
          <Activity aria-hidden /> Its events
        </Link>
      }
    >
      {query.isError && (
        <Panel>
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        </Panel>
      )}
      {query.isPending && <Skeleton className="h-80 w-full" />}
      {source && (
        <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <div className="flex min-w-0 flex-col gap-4">
            <WriteKeys source={source} />
            {source.write_key !== '' && (
              <Panel title="Send events">
                <Snippets writeKey={source.write_key} />
              </Panel>
            )}
            <SchemaSettings source={source} />
          </div>
          <div className="flex min-w-0 flex-col gap-4">
            <Settings key={source.id} source={source} />
            <SourceLabels source={source} />
            <Connected sourceId={source.id} />
          </div>
        </div>
      )}
    </Page>
  );
}

function Settings({ source }: { source: Source }) {
  const { client, environment } = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const allowed = useCan('sources:write');
  const [name, setName] = useState(source.name);
  const [deleting, setDeleting] = useState(false);
  const update = useMutation({
    mutationFn: (change: { name?: string; enabled?: boolean }) => client.sources.update({ id: source.id, ...change }),
    onSuccess: (updated) => {
      queries.setQueryData([environment, 'source', source.id], updated);
      void queries.invalidateQueries({ queryKey: [environment, 'sources'] });
      toastDone('Saved.');
    },
  });
  const save = (event: FormEvent) => {
    event.preventDefault();
    update.mutate({ name: name.trim() });
  };
  const remove = async () => {
    await client.sources.delete({ id: source.id });
    toastDone(`${source.name} is deleted.`);
    void queries.invalidateQueries({ queryKey: [environment, 'sources'] });
    await navigate({ to: '/sources' });
  };
  return (
    <Panel title="Settings">
      <div className="flex flex-col gap-5">
        <form onSubmit={save} className="flex items-end gap-2">
          <TextField
            label="Name"
            className="flex-1"
            required
            maxLength={200}
            disabled={!allowed}
            value={name}
            onChange={setName}
          />
          <Button
            type="submit"
            busy={update.isPending && update.variables.name !== undefined}
            disabled={!allowed || name.trim() === '' || name.trim() === source.name}
          >
            Save
          </Button>
        </form>
        <SwitchField
          label="Enabled"
          hint="A disabled source refuses events and shows each refusal."
          checked={update.isPending ? (update.variables.enabled ?? source.enabled) : source.enabled}
          disabled={!allowed}
          onChange={(enabled) => update.mutate({ enabled }, { onError: toastError })}
        />
        {update.variables?.name !== undefined && <InlineError error={update.error} />}
        <DescriptionList
          items={[
            ['Type', source.type.name],
            ['Slug', source.slug],
            ['Created', <Time key="created" value={source.created_at} />],
            ['Source id', <CopyField key="id" value={source.id} label="Copy source id" className="-my-1" />],
          ]}
        />
        {allowed && (
          <div className="border-t pt-4">
            <Button variant="danger" onClick={() => setDeleting(true)}>
              Delete source
            </Button>
          </div>
        )}
      </div>
      <ConfirmDialog
        open={deleting}
        onOpenChange={setDeleting}
        title={`Delete ${source.name}?`}
        action="Delete source"
        onConfirm={remove}
      >
        Its write key stops working at once: everything that still sends with it gets a 401. Events already received
        stay. This cannot be undone.
      </ConfirmDialog>
    </Panel>
  );
}

function Connected({ sourceId }: { sourceId: string }) {
  const { client, environment } = useApi();
  const query = useInfiniteQuery(
    listQuery<Destination>([environment, 'destinations', { source: sourceId }], (cursor) =>
      client.destinations.list({ source_id: sourceId, cursor, limit: 50 }),
    ),
  );
  const destinations = query.data?.items ?? [];
  return (
    <Panel title="Destinations">
      {query.isPending && <Skeleton className="h-5 w-32" />}
      {query.isError && <InlineError error={query.error} />}
      <ul className="flex flex-col gap-2">
        {destinations.map((destination) => (
          <li key={destination.id} className="flex items-center gap-3">
            <Link
              to="/destinations/$destinationId"
              params={{ destinationId: destination.id }}
              className="min-w-0 flex-1 truncate font-medium hover:text-accent-strong hover:underline"
            >
              {destination.name}
            </Link>
            <StatusDot tone={destination.enabled ? 'ok' : 'neutral'}>
              {destination.enabled ? 'Enabled' : 'Disabled'}
            </StatusDot>
          </li>
        ))}
      </ul>
      {query.data && (
        <p className={destinations.length > 0 ? 'mt-3' : 'text-muted'}>
          {destinations.length === 0 && 'Its events go nowhere else yet. '}
          <Link to="/destinations" search={{ source: sourceId }} className="text-accent hover:underline">
            Add a destination
          </Link>
        </p>
      )}
    </Panel>
  );
}
