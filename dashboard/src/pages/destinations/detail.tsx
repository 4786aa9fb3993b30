/** One destination: its deliveries with every attempt, and its settings. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useApi, useCan } from '../../api/client.ts';
import type { Destination } from '../../api/types.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { SwitchField, TextField } from '../../ui/form.tsx';
import { DescriptionList, Page, Panel } from '../../ui/page.tsx';
import { ErrorState, InlineError, Skeleton } from '../../ui/state.tsx';
import { Time } from '../../ui/time.tsx';
import { toastDone, toastError } from '../../ui/toast.tsx';
import { DeliveryLog } from './log.tsx';

const route = getRouteApi('/shell/destinations/$destinationId');

export function DestinationDetail() {
  const { destinationId } = route.useParams();
  const { client, environment } = useApi();
  const query = useQuery({
    queryKey: [environment, 'destination', destinationId],
    queryFn: () => client.destinations.get({ id: destinationId }),
  });
  const destination = query.data;
  return (
    <Page
      title={destination?.name ?? <Skeleton className="h-7 w-48" />}
      documentTitle={destination?.name ?? 'Destination'}
      back={
        <Link to="/destinations" className="hover:text-ink hover:underline">
          ← Destinations
        </Link>
      }
    >
      {query.isError && (
        <Panel>
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        </Panel>
      )}
      {query.isPending && <Skeleton className="h-80 w-full" />}
      {destination && (
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <DeliveryLog destinationId={destination.id} />
          <Settings key={destination.id} destination={destination} />
        </div>
      )}
    </Page>
  );
}

interface Change {
  name?: string;
  enabled?: boolean;
  settings?: { url: string };
}

function Settings({ destination }: { destination: Destination }) {
  const { client, environment } = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const allowed = useCan('destinations:write');
  const [name, setName] = useState(destination.name);
  const [url, setUrl] = useState(destination.settings.url ?? '');
  const [deleting, setDeleting] = useState(false);
  const source = useQuery({
    queryKey: [environment, 'source', destination.source_id],
    queryFn: () => client.sources.get({ id: destination.source_id }),
  });
  const update = useMutation({
    mutationFn: (change: Change) => client.destinations.update({ id: destination.id, ...change }),
    onSuccess: (updated) => {
      queries.setQueryData([environment, 'destination', destination.id], updated);
      void queries.invalidateQueries({ queryKey: [environment, 'destinations'] });
      toastDone('Saved.');
    },
  });
  const changed = name.trim() !== destination.name || url.trim() !== (destination.settings.url ?? '');
  const save = (event: FormEvent) => {
    event.preventDefault();
    update.mutate({ name: name.trim(), settings: { url: url.trim() } });
  };
  const remove = async () => {
    await client.destinations.delete({ id: destination.id });
    toastDone(`${destination.name} is deleted.`);
    void queries.invalidateQueries({ queryKey: [environment, 'destinations'] });
    await navigate({ to: '/destinations' });
  };
  return (
    <Panel title="Settings">
      <div className="flex flex-col gap-5">
        <SwitchField
          label="Enabled"
          hint="While disabled it gets no new events, and pending deliveries wait."
          checked={update.isPending ? (update.variables.enabled ?? destination.enabled) : destination.enabled}
          disabled={!allowed}
          onChange={(enabled) => update.mutate({ enabled }, { onError: toastError })}
        />
        <form onSubmit={save} className="flex flex-col gap-3">
          <TextField label="Name" required maxLength={200} disabled={!allowed} value={name} onChange={setName} />
          <TextField
            label="URL"
            type="url"
            required
            maxLength={2_048}
            disabled={!allowed}
            value={url}
            onChange={setUrl}
          />
          {update.variables?.name !== undefined && <InlineError error={update.error} />}
          <Button
            type="submit"
            className="self-start"
            busy={update.isPending && update.variables.name !== undefined}
            disabled={!allowed || !changed || !name.trim() || !url.trim()}
          >
            Save
          </Button>
        </form>
        <DescriptionList
          items={[
            [
              'Source',
              <Link
                key="source"
                to="/sources/$sourceId"
                params={{ sourceId: destination.source_id }}
                className="hover:text-accent-strong hover:underline"
              >
                {source.data?.name ?? '…'}
              </Link>,
            ],
            ['Signed', 'Standard Webhooks, secret shown once'],
            ['Created', <Time key="created" value={destination.created_at} />],
          ]}
        />
        {allowed && (
          <div className="border-t pt-4">
            <Button variant="danger" onClick={() => setDeleting(true)}>
              Delete destination
            </Button>
          </div>
        )}
      </div>
      <ConfirmDialog
        open={deleting}
        onOpenChange={setDeleting}
        title={`Delete ${destination.name}?`}
        action="Delete destination"
        onConfirm={remove}
      >
        It gets nothing more from this moment on, and deliveries that are still pending end as failed. Its signing
        secret is lost. This cannot be undone.
      </ConfirmDialog>
    </Panel>
  );
}
