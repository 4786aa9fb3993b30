/** What the sources of a plan really sent, beside what is planned. */
import { useQuery } from '@tanstack/react-query';
import { Radio } from 'lucide-react';
import { useApi } from '../../api/client.ts';
import type { ObservedEvent } from '../../api/types.ts';
import { count } from '../../lib/time.ts';
import { Badge } from '../../ui/badge.tsx';
import { Panel, Table, Td, Th, Tr } from '../../ui/page.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/state.tsx';

export function Schema({ planId }: { planId: string }) {
  const { client, environment } = useApi();
  const query = useQuery({
    queryKey: [environment, 'plan', planId, 'schema'],
    queryFn: () => client.trackingPlans.schema({ id: planId }),
  });
  const events = query.data?.events ?? [];
  return (
    <Panel flush>
      {query.isPending && <SkeletonRows rows={4} />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && events.length === 0 && (
        <EmptyState icon={<Radio />} title="Nothing arrived yet">
          Once a source follows this plan, its events of the last {query.data.days} days stand here.
        </EmptyState>
      )}
      {events.length > 0 && (
        <ul className="divide-y">
          {events.map((event) => (
            <li key={`${event.type} ${event.name}`}>
              <Event event={event} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Event({ event }: { event: ObservedEvent }) {
  return (
    <details>
      <summary className="flex min-h-11 cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1.5">
        <span className="min-w-0 break-words font-medium">{event.name || event.type}</span>
        <span className="text-muted text-xs">{event.type}</span>
        <Badge tone={event.planned ? 'ok' : 'warn'}>{event.planned ? 'planned' : 'not planned'}</Badge>
        {event.violating > 0 && (
          <Badge tone="bad">{`${count(event.violating)} of ${count(event.sampled)} break the plan`}</Badge>
        )}
        <span className="ml-auto text-muted tabular-nums">
          {count(event.received)} received{event.blocked > 0 && `, ${count(event.blocked)} blocked`}
        </span>
      </summary>
      <Table label={`Fields of ${event.name || event.type}`}>
        <thead>
          <tr>
            <Th>Field</Th>
            <Th>Types seen</Th>
            <Th className="text-right">Events</Th>
          </tr>
        </thead>
        <tbody>
          {event.fields.map((field) => (
            <Tr key={field.name}>
              <Td className="break-words">
                <code className="font-mono text-[13px]">{field.name}</code>
                {!field.planned && (
                  <Badge tone="warn" className="ml-2">
                    not planned
                  </Badge>
                )}
              </Td>
              <Td className="text-muted">{field.types.join(', ')}</Td>
              <Td className="text-right text-muted tabular-nums">{count(field.seen)}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </details>
  );
}
