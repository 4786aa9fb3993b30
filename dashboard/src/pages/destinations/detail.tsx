/** One destination: its deliveries, the actions its events run, its filters, its settings. */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useApi } from '../../api/client.ts';
import type { CatalogDetail, Destination } from '../../api/types.ts';
import { Initials } from '../../catalog/initials.tsx';
import { typeQuery } from '../../catalog/queries.ts';
import { Badge } from '../../ui/badge.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { ErrorState, Skeleton } from '../../ui/state.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Filters } from './filters.tsx';
import { DeliveryLog } from './log.tsx';
import { Mappings } from './mappings.tsx';
import { DestinationSettings } from './settings.tsx';

const route = getRouteApi('/shell/destinations/$destinationId');

export function DestinationDetail() {
  const { destinationId } = route.useParams();
  const api = useApi();
  const query = useQuery({
    queryKey: [api.environment, 'destination', destinationId],
    queryFn: () => api.client.destinations.get({ id: destinationId }),
  });
  const destination = query.data;
  const type = useQuery({
    ...typeQuery(api, 'destinations', destination?.metadata_id ?? ''),
    enabled: destination !== undefined,
  });
  return (
    <Page
      title={
        destination ? (
          <span className="flex min-w-0 flex-wrap items-center gap-3">
            <Initials name={type.data?.name ?? destination.name} />
            <span className="min-w-0 break-words">{destination.name}</span>
            {!destination.delivers && <Badge tone="warn">stored, not delivered</Badge>}
          </span>
        ) : (
          <Skeleton className="h-8 w-48" />
        )
      }
      documentTitle={destination?.name ?? 'Destination'}
      back={
        <Link to="/destinations" className="hover:text-ink hover:underline">
          ← Destinations
        </Link>
      }
    >
      {(query.isError || type.isError) && (
        <Panel>
          <ErrorState error={query.error ?? type.error} onRetry={() => void query.refetch()} />
        </Panel>
      )}
      {(query.isPending || type.isPending) && !query.isError && <Skeleton className="h-80 w-full" />}
      {destination && type.data && <Parts destination={destination} type={type.data} />}
    </Page>
  );
}

function Parts({ destination, type }: { destination: Destination; type: CatalogDetail }) {
  const isWebhook = destination.type === 'webhook';
  return (
    <Tabs
      key={destination.id}
      label="Parts of the destination"
      initial={destination.delivers ? 'deliveries' : 'settings'}
      tabs={[
        {
          value: 'deliveries',
          label: 'Deliveries',
          content: <DeliveryLog destinationId={destination.id} />,
        },
        ...(type.action_types.length > 0 && !isWebhook
          ? [
              {
                value: 'mappings',
                label: 'Mappings',
                content: (
                  <Mappings
                    destinationId={destination.id}
                    actions={type.action_types}
                    delivers={destination.delivers}
                  />
                ),
              },
            ]
          : []),
        { value: 'filters', label: 'Filters', content: <Filters destinationId={destination.id} /> },
        {
          value: 'settings',
          label: 'Settings',
          content: <DestinationSettings key={destination.updated_at} destination={destination} type={type} />,
        },
      ]}
    />
  );
}
