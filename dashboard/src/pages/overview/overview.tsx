/** The first page: is data flowing, and is anything failing? */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense } from 'react';
import { type Api, useApi } from '../../api/client.ts';
import { listQuery } from '../../api/list.tsx';
import { sourcesQuery } from '../../api/sources.ts';
import type { EventItem } from '../../api/types.ts';
import { cx } from '../../lib/cx.ts';
import { count, plural } from '../../lib/time.ts';
import { Page, Panel } from '../../ui/page.tsx';
import { ErrorState, Skeleton, SkeletonRows } from '../../ui/state.tsx';
import { EventTable } from '../events/table.tsx';
import { GettingStarted } from './getting-started.tsx';

const Chart = lazy(() => import('./chart.tsx'));
const REFRESH_MS = 3_000;
const SLOW_MS = 15_000;
const FAILURES_OF = 10;

function countsQuery({ client, environment }: Api) {
  return {
    queryKey: [environment, 'counts'],
    queryFn: () => client.events.counts({ minutes: 60 }),
    refetchInterval: REFRESH_MS,
  };
}

/** Deliveries that were given up, over the newest destinations. */
function failedQuery({ client, environment }: Api, ids: readonly string[] | undefined) {
  return {
    queryKey: [environment, 'failed', ids],
    queryFn: async () => {
      const lists = await Promise.all(
        (ids ?? []).map((id) => client.destinations.deliveries({ id, state: 'failed', limit: 1 })),
      );
      return lists.reduce((sum, list) => sum + list.total, 0);
    },
    enabled: ids !== undefined,
    refetchInterval: SLOW_MS,
  };
}

export function Overview() {
  const api = useApi();
  const { client, environment } = api;
  const counts = useQuery(countsQuery(api));
  const sources = useInfiniteQuery(sourcesQuery(api));
  const destinations = useQuery({
    queryKey: [environment, 'destinations', 'newest'],
    queryFn: () => client.destinations.list({ limit: FAILURES_OF }),
    refetchInterval: SLOW_MS,
  });
  const people = useQuery({
    queryKey: [environment, 'people', 'total'],
    queryFn: () => client.people.list({ limit: 1 }),
    refetchInterval: SLOW_MS,
  });
  const failed = useQuery(
    failedQuery(
      api,
      destinations.data?.items.map(({ id }) => id),
    ),
  );
  const recent = useInfiniteQuery({
    ...listQuery<EventItem>([environment, 'events', 'recent'], () => client.events.list({ limit: 10 })),
    refetchInterval: REFRESH_MS,
  });

  const sums = counts.data?.items.reduce(
    (sum, minute) => ({
      accepted: sum.accepted + minute.accepted,
      duplicate: sum.duplicate + minute.duplicate,
      rejected: sum.rejected + minute.rejected,
    }),
    { accepted: 0, duplicate: 0, rejected: 0 },
  );
  const total = recent.data?.total;
  const started = (sources.data?.total ?? 1) > 0 && (total ?? 1) > 0;

  return (
    <Page
      title="Overview"
      documentTitle="Overview"
      description={environment === 'test' ? 'The test environment: a sandbox with data of its own.' : undefined}
    >
      {!started && sources.data && destinations.data && (
        <GettingStarted
          source={sources.data.items[0]}
          hasEvents={(total ?? 0) > 0}
          hasDestinations={destinations.data.total > 0}
        />
      )}
      <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Tile label="Events, last hour" value={sums && sums.accepted + sums.duplicate + sums.rejected}>
          {sums && (sums.rejected > 0 ? `${count(sums.rejected)} rejected` : 'none rejected')}
        </Tile>
        <Tile
          label="People"
          value={people.data?.total}
          suffix={people.data && people.data.total >= 10_000 ? '+' : undefined}
        >
          <TileLink to="/people">Look one up</TileLink>
        </Tile>
        <Tile label="Destinations" value={destinations.data?.total}>
          <TileLink to="/destinations">{sources.data ? `from ${plural(sources.data.total, 'source')}` : ' '}</TileLink>
        </Tile>
        <Tile label="Failed deliveries" value={failed.data} bad={(failed.data ?? 0) > 0}>
          <TileLink to="/destinations">{failed.data === 0 ? 'all is well' : 'given up, see why'}</TileLink>
        </Tile>
      </dl>
      <Panel
        title="Events a minute"
        actions={
          <ul className="flex gap-4 text-[13px] text-muted">
            <Legend colour="bg-(--bar-accepted)">accepted</Legend>
            <Legend colour="bg-(--bar-duplicate)">duplicate</Legend>
            <Legend colour="bg-(--bar-rejected)">rejected</Legend>
          </ul>
        }
      >
        <div
          className="h-56 overflow-hidden"
          role="img"
          aria-label={
            sums
              ? `Last 60 minutes: ${plural(sums.accepted, 'event')} accepted, ${count(sums.duplicate)} duplicate, ${count(sums.rejected)} rejected`
              : 'Loading'
          }
        >
          {counts.isError && !counts.data ? (
            <ErrorState error={counts.error} onRetry={() => void counts.refetch()} />
          ) : counts.data ? (
            <Suspense fallback={<Skeleton className="h-full w-full" />}>
              <Chart minutes={counts.data.items} />
            </Suspense>
          ) : (
            <Skeleton className="h-full w-full" />
          )}
        </div>
      </Panel>
      <Panel
        flush
        title="Latest events"
        actions={
          <Link to="/events" className="text-[13px] text-accent hover:underline">
            Watch live
          </Link>
        }
      >
        {recent.isPending && <SkeletonRows rows={5} />}
        {recent.isError && !recent.data && <ErrorState error={recent.error} onRetry={() => void recent.refetch()} />}
        {recent.data &&
          (recent.data.items.length > 0 ? (
            <EventTable label="Latest events" events={recent.data.items} />
          ) : (
            <p className="px-4 py-8 text-center text-muted">The first event will appear here by itself.</p>
          ))}
      </Panel>
    </Page>
  );
}

interface TileProps {
  label: string;
  value: number | undefined;
  suffix?: string | undefined;
  bad?: boolean;
  children: ReactNode;
}

function Tile({ label, value, suffix, bad, children }: TileProps) {
  return (
    <div className="min-w-0 rounded-lg border bg-panel px-4 py-3">
      <dt className="truncate text-[13px] text-muted">{label}</dt>
      <dd>
        <span className={cx('block h-8 font-semibold text-2xl leading-8 tracking-tight', bad && 'text-bad')}>
          {value === undefined ? <Skeleton className="mt-1.5 h-5 w-16" /> : `${count(value)}${suffix ?? ''}`}
        </span>
        <span className="block h-5 truncate text-[13px] text-muted">{children}</span>
      </dd>
    </div>
  );
}

function TileLink({ to, children }: { to: '/people' | '/destinations'; children: ReactNode }) {
  return (
    <Link to={to} className="hover:text-accent-strong hover:underline">
      {children}
    </Link>
  );
}

function Legend({ colour, children }: { colour: string; children: ReactNode }) {
  return (
    <li className="inline-flex items-center gap-1.5">
      <span aria-hidden className={cx('size-2.5 rounded-sm', colour)} />
      {children}
    </li>
  );
}
