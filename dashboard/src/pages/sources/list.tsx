/** Sources: where events come from. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Radio } from 'lucide-react';
import { useApi } from '../../api/client.ts';
import { Listing } from '../../api/list.tsx';
import { sourcesQuery } from '../../api/sources.ts';
import { StatusDot } from '../../ui/badge.tsx';
import { CopyButton } from '../../ui/code.tsx';
import { Page, Panel, STRETCH, Table, Td, Th, Tr } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/state.tsx';
import { Time } from '../../ui/time.tsx';
import { CreateSource } from './create.tsx';

const route = getRouteApi('/shell/sources');

export function Sources() {
  const { setup } = route.useSearch();
  const query = useInfiniteQuery(sourcesQuery(useApi()));
  return (
    <Page
      title="Sources"
      documentTitle="Sources"
      description="Apps, sites and servers that send events, each with its own write key."
      actions={query.data?.total ? <CreateSource setup={setup} /> : undefined}
    >
      <Panel flush>
        <Listing
          query={query}
          empty={
            <EmptyState icon={<Radio />} title="No source yet" action={<CreateSource setup={setup} />}>
              Create one, put its write key into an unchanged Segment SDK with this server as host, and watch the events
              arrive.
            </EmptyState>
          }
        >
          {(sources) => (
            <Table label="Sources">
              <thead className="max-sm:head-hidden">
                <tr>
                  <Th>Name</Th>
                  <Th className="max-sm:hidden">Write key</Th>
                  <Th>State</Th>
                  <Th className="text-right max-md:hidden">Created</Th>
                </tr>
              </thead>
              <tbody>
                {sources.map((source) => (
                  <Tr key={source.id}>
                    <Td className="w-2/5 break-words">
                      <Link to="/sources/$sourceId" params={{ sourceId: source.id }} className={STRETCH}>
                        {source.name}
                      </Link>
                    </Td>
                    <Td className="max-sm:hidden">
                      <span className="relative z-1 inline-flex items-center gap-1">
                        <code className="font-mono text-[13px]">{source.write_key}</code>
                        <CopyButton text={source.write_key} label={`Copy write key of ${source.name}`} />
                      </span>
                    </Td>
                    <Td className="max-sm:text-right">
                      <StatusDot tone={source.enabled ? 'ok' : 'neutral'}>
                        {source.enabled ? 'Enabled' : 'Disabled'}
                      </StatusDot>
                    </Td>
                    <Td className="text-right text-muted max-md:hidden">
                      <Time value={source.created_at} />
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
