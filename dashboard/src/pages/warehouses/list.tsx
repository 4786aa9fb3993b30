/** Warehouses: where the events of sources are to be loaded. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Database, Plus } from 'lucide-react';
import { useApi, useCan } from '../../api/client.ts';
import { Listing } from '../../api/list.tsx';
import { Initials } from '../../catalog/initials.tsx';
import { StatusDot } from '../../ui/badge.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { Page, Panel, STRETCH, Table, Td, Th, Tr } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/state.tsx';
import { Time } from '../../ui/time.tsx';
import { warehousesQuery } from './queries.ts';

export function Warehouses() {
  const query = useInfiniteQuery(warehousesQuery(useApi()));
  const allowed = useCan('destinations:write');
  const add = allowed && (
    <Link to="/warehouses/new" className={buttonClass('primary')}>
      <Plus aria-hidden /> Add warehouse
    </Link>
  );
  return (
    <Page
      title="Warehouses"
      documentTitle="Warehouses"
      description="Databases of yours and the sources that feed them. They are stored and can be tried; loading is not part of Headgate yet."
      actions={query.data?.total ? add : undefined}
    >
      <Panel flush>
        <Listing
          query={query}
          empty={
            <EmptyState icon={<Database />} title="No warehouse yet" action={add}>
              Add one with its connection, try whether it can be reached, and choose which sources feed it.
            </EmptyState>
          }
        >
          {(warehouses) => (
            <Table label="Warehouses">
              <thead className="max-sm:head-hidden">
                <tr>
                  <Th>Name</Th>
                  <Th className="max-sm:hidden">Type</Th>
                  <Th>State</Th>
                  <Th className="text-right max-md:hidden">Created</Th>
                </tr>
              </thead>
              <tbody>
                {warehouses.map((warehouse) => (
                  <Tr key={warehouse.id}>
                    <Td>
                      <span className="flex min-w-0 items-center gap-3">
                        <Initials name={warehouse.type.name} />
                        <Link
                          to="/warehouses/$warehouseId"
                          params={{ warehouseId: warehouse.id }}
                          className={`${STRETCH} min-w-0 break-words`}
                        >
                          {warehouse.name ?? warehouse.type.name}
                        </Link>
                      </span>
                    </Td>
                    <Td className="text-muted max-sm:hidden">{warehouse.type.name}</Td>
                    <Td className="max-sm:text-right">
                      <StatusDot tone={warehouse.enabled ? 'ok' : 'neutral'}>
                        {warehouse.enabled ? 'Enabled' : 'Disabled'}
                      </StatusDot>
                    </Td>
                    <Td className="text-right text-muted max-md:hidden">
                      <Time value={warehouse.created_at} />
                    </Td>
                  </Tr>
                ))}
              </tbody>
            </Table>
          )}
        </Listing>
      </Panel>
    </Page>
  );
}
