/** Functions: code of the workspace's own, between sources and destinations. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { FunctionSquare } from 'lucide-react';
import { useApi } from '../../api/client.ts';
import { Listing, listQuery } from '../../api/list.tsx';
import type { ListedFunction } from '../../api/types.ts';
import { Page, Panel, STRETCH, Table, Td, Th, Tr } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/state.tsx';
import { Time } from '../../ui/time.tsx';
import { CreateFunction } from './create.tsx';
import { Deployed } from './deployed.tsx';
import { kindOf } from './kinds.ts';

export function Functions() {
  const { client, environment } = useApi();
  const query = useInfiniteQuery(
    listQuery<ListedFunction>([environment, 'functions'], (cursor) => client.functions.list({ cursor, limit: 50 })),
  );
  return (
    <Page
      title="Functions"
      documentTitle="Functions"
      description="JavaScript of yours, run in a sandbox with limits of time and memory. Insert functions of a destination run on its deliveries; the other kinds are kept and can be tried."
      actions={query.data?.total ? <CreateFunction /> : undefined}
    >
      <Panel flush>
        <Listing
          query={query}
          empty={
            <EmptyState icon={<FunctionSquare />} title="No function yet" action={<CreateFunction />}>
              Write one, run it on an event to see what it does, and deploy it when it is right.
            </EmptyState>
          }
        >
          {(functions) => (
            <Table label="Functions">
              <thead className="max-sm:head-hidden">
                <tr>
                  <Th>Name</Th>
                  <Th className="max-sm:hidden">Kind</Th>
                  <Th>State</Th>
                  <Th className="text-right max-md:hidden">Changed</Th>
                </tr>
              </thead>
              <tbody>
                {functions.map((one) => (
                  <Tr key={one.id}>
                    <Td className="break-words">
                      <Link to="/functions/$functionId" params={{ functionId: one.id }} className={STRETCH}>
                        {one.name}
                      </Link>
                    </Td>
                    <Td className="text-muted max-sm:hidden">{kindOf(one.kind).label}</Td>
                    <Td className="max-sm:text-right">
                      <Deployed of={one} />
                    </Td>
                    <Td className="text-right text-muted max-md:hidden">
                      <Time value={one.updated_at} />
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
