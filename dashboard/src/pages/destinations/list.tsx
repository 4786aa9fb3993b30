/** Destinations: where the events of a source go. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { LayoutGrid, Plus, Send } from 'lucide-react';
import { useState } from 'react';
import { useApi, useCan } from '../../api/client.ts';
import { Listing, listQuery } from '../../api/list.tsx';
import { sourcesQuery } from '../../api/sources.ts';
import type { Destination } from '../../api/types.ts';
import { StatusDot } from '../../ui/badge.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Page, Panel, STRETCH, Table, Td, Th, Tr } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/state.tsx';
import { CreateDestination } from './create.tsx';

const route = getRouteApi('/shell/destinations');

export function Destinations() {
  const { source: forSource } = route.useSearch();
  const api = useApi();
  const allowed = useCan('destinations:write');
  // A source's page leads here to add a destination to it.
  const [creating, setCreating] = useState(forSource !== undefined);
  const sources = useInfiniteQuery(sourcesQuery(api));
  const query = useInfiniteQuery(
    listQuery<Destination>([api.environment, 'destinations'], (cursor) =>
      api.client.destinations.list({ cursor, limit: 50 }),
    ),
  );
  const nameOf = (id: string) => sources.data?.items.find((source) => source.id === id)?.name ?? '';
  const create = allowed && (
    <>
      <Link to="/destinations/new" className={buttonClass()}>
        <LayoutGrid aria-hidden /> From the catalog
      </Link>
      <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setCreating(true)}>
        Add webhook
      </Button>
    </>
  );
  return (
    <Page
      title="Destinations"
      documentTitle="Destinations"
      description="Where events are delivered. Each delivery is recorded, and repeated with growing pauses until it succeeds."
      actions={query.data?.total ? create : undefined}
    >
      <Panel flush>
        <Listing
          query={query}
          empty={
            <EmptyState icon={<Send />} title="No destination yet" action={create}>
              Add a webhook to a source: every event it accepts is then sent to your URL, and every attempt is shown
              here.
            </EmptyState>
          }
        >
          {(destinations) => (
            <Table label="Destinations">
              <thead className="max-sm:head-hidden">
                <tr>
                  <Th>Name</Th>
                  <Th className="max-md:hidden">Source</Th>
                  <Th className="max-sm:hidden">Type</Th>
                  <Th>State</Th>
                </tr>
              </thead>
              <tbody>
                {destinations.map((destination) => (
                  <Tr key={destination.id}>
                    <Td className="max-w-64 truncate">
                      <Link
                        to="/destinations/$destinationId"
                        params={{ destinationId: destination.id }}
                        className={STRETCH}
                      >
                        {destination.name}
                      </Link>
                    </Td>
                    <Td className="max-w-48 truncate max-md:hidden">{nameOf(destination.source_id)}</Td>
                    <Td className="max-w-80 truncate text-muted max-sm:hidden">
                      {destination.type === 'webhook' ? (
                        <span className="font-mono text-[13px]">{destination.settings.url}</span>
                      ) : (
                        destination.type
                      )}
                    </Td>
                    <Td className="w-28 max-sm:text-right">
                      <StatusDot tone={destination.enabled ? (destination.delivers ? 'ok' : 'warn') : 'neutral'}>
                        {destination.enabled ? (destination.delivers ? 'Enabled' : 'Stored') : 'Disabled'}
                      </StatusDot>
                    </Td>
                  </Tr>
                ))}
              </tbody>
            </Table>
          )}
        </Listing>
      </Panel>
      <CreateDestination open={creating} onOpenChange={setCreating} forSource={forSource} />
    </Page>
  );
}
