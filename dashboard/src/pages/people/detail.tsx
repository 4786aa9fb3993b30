/** One person: what they are known by, their traits, their last events. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Activity } from 'lucide-react';
import { useApi } from '../../api/client.ts';
import { Listing, listQuery } from '../../api/list.tsx';
import type { EventItem, PersonDetail as Person } from '../../api/types.ts';
import { CopyButton } from '../../ui/code.tsx';
import { DescriptionList, Page, Panel } from '../../ui/page.tsx';
import { EmptyState, ErrorState, Skeleton } from '../../ui/state.tsx';
import { Time } from '../../ui/time.tsx';
import { EventTable } from '../events/table.tsx';
import { personName } from './list.tsx';
import { Traits } from './traits.tsx';

const route = getRouteApi('/shell/people/$personId');
const REFRESH_MS = 5_000;

export function PersonDetail() {
  const { personId } = route.useParams();
  const { client, environment } = useApi();
  const query = useQuery({
    queryKey: [environment, 'person', personId],
    queryFn: () => client.people.get({ id: personId }),
    refetchInterval: REFRESH_MS,
  });
  const person = query.data;
  const name = person ? personName(person) : null;
  return (
    <Page
      title={name ?? <Skeleton className="h-7 w-48" />}
      documentTitle={name ?? 'Person'}
      description={person?.name && person.email ? person.email : undefined}
      back={
        <Link to="/people" className="hover:text-ink hover:underline">
          ← People
        </Link>
      }
    >
      {query.isError && (
        <Panel>
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        </Panel>
      )}
      {query.isPending && <Skeleton className="h-80 w-full" />}
      {person && (
        <div className="grid items-start gap-4 lg:grid-cols-[20rem_minmax(0,1fr)]">
          <div className="flex min-w-0 flex-col gap-4">
            <Panel title="Identifiers">
              <Identifiers person={person} />
            </Panel>
            <Panel title="Seen">
              <DescriptionList
                items={[
                  ['First', <Time key="first" value={person.first_seen_at} />],
                  ['Last', <Time key="last" value={person.last_seen_at} />],
                ]}
              />
            </Panel>
          </div>
          <div className="flex min-w-0 flex-col gap-4">
            <Panel title="Traits" flush>
              <Traits traits={person.traits} />
            </Panel>
            <LastEvents personId={person.id} />
          </div>
        </div>
      )}
    </Page>
  );
}

function Identifiers({ person }: { person: Person }) {
  return (
    <ul className="flex flex-col gap-2.5">
      {person.identifiers.map(({ type, value }) => (
        <li key={`${type}:${value}`} className="flex items-center gap-2">
          <div className="min-w-0 flex-1">
            <div className="text-muted text-xs">{type.replaceAll('_', ' ')}</div>
            <div className="truncate font-mono text-[13px]" title={value}>
              {value}
            </div>
          </div>
          <CopyButton text={value} label={`Copy ${type.replaceAll('_', ' ')}`} />
        </li>
      ))}
    </ul>
  );
}

function LastEvents({ personId }: { personId: string }) {
  const { client, environment } = useApi();
  const query = useInfiniteQuery({
    ...listQuery<EventItem>([environment, 'person', personId, 'events'], (cursor) =>
      client.people.events({ id: personId, cursor, limit: 25 }),
    ),
    refetchInterval: REFRESH_MS,
  });
  return (
    <Panel title="Last events" flush>
      <Listing
        query={query}
        rows={5}
        empty={<EmptyState icon={<Activity />} title="No event is kept of this person" />}
      >
        {(events) => <EventTable label="Last events" events={events} without="person" />}
      </Listing>
    </Panel>
  );
}
