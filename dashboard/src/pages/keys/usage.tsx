/** What a key did in a time: a chart by the hour or day, then routes, addresses, refusals, and its latest requests. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Activity } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useApi, useCan } from '../../api/client.ts';
import type { KeySummary, UsageEntry } from '../../api/types.ts';
import { count } from '../../lib/time.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Table, Td, Th, Tr } from '../../ui/page.tsx';
import { EmptyState, ErrorState, Skeleton, SkeletonRows } from '../../ui/state.tsx';
import { Segmented, Tabs } from '../../ui/tabs.tsx';
import { Time } from '../../ui/time.tsx';

const Chart = lazy(() => import('./usage-chart.tsx'));

const HOUR_MS = 3_600_000;
const SPANS = { hours: 3 * HOUR_MS, week: 7 * 24 * HOUR_MS, quarter: 90 * 24 * HOUR_MS } as const;

export function KeyUsage({ keyId }: { keyId: string }) {
  const { client, environment } = useApi();
  const allowed = useCan('usage:read');
  const [span, setSpan] = useState<keyof typeof SPANS>('week');
  const query = useQuery({
    queryKey: [environment, 'api-key', keyId, 'usage', span],
    queryFn: () => client.usage.summary({ id: keyId, from: new Date(Date.now() - SPANS[span]).toISOString() }),
    enabled: allowed,
    refetchInterval: 30_000,
    placeholderData: keepPreviousData,
  });
  if (!allowed) {
    return <EmptyState icon={<Activity />} title="Your role cannot read the usage log" />;
  }
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Segmented
          label="Time"
          value={span}
          onChange={setSpan}
          options={[
            { value: 'hours', label: '3 hours' },
            { value: 'week', label: '7 days' },
            { value: 'quarter', label: '90 days' },
          ]}
        />
        <Link to="/settings/usage" search={{ key: keyId }} className={buttonClass('ghost', 'sm')}>
          All its requests
        </Link>
      </div>
      {query.isPending && <Skeleton className="h-64 w-full" />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && <Summary keyId={keyId} summary={query.data} />}
    </div>
  );
}

function Summary({ keyId, summary }: { keyId: string; summary: KeySummary }) {
  if (summary.requests === 0) {
    return (
      <EmptyState icon={<Activity />} title="No request in this time">
        Every request with the key shows up here a second after its answer, also a refused one.
      </EmptyState>
    );
  }
  return (
    <>
      <dl className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        <Figure label="Requests" value={summary.requests} />
        <Figure label="Refused" value={summary.denied} bad={summary.denied > 0} />
        <Figure label="Objects read" value={summary.rows} />
        <Figure label="Messages made" value={summary.sends} />
      </dl>
      <div className="h-56">
        <Suspense fallback={<Skeleton className="h-full w-full" />}>
          <Chart summary={summary} />
        </Suspense>
      </div>
      <Tabs
        label="Usage by"
        tabs={[
          { value: 'routes', label: 'Routes', content: <Routes summary={summary} /> },
          { value: 'addresses', label: 'Addresses', content: <Addresses summary={summary} /> },
          { value: 'requests', label: 'Requests', content: <Requests keyId={keyId} summary={summary} /> },
        ]}
      />
    </>
  );
}

function Figure({ label, value, bad }: { label: string; value: number; bad?: boolean }) {
  return (
    <div className="rounded-md bg-sunken px-3 py-2">
      <dt className="text-muted text-xs">{label}</dt>
      <dd className={bad ? 'font-semibold text-bad text-lg' : 'font-semibold text-lg'}>{count(value)}</dd>
    </div>
  );
}

function Routes({ summary }: { summary: KeySummary }) {
  return (
    <Table label="Requests by route">
      <Head columns={['Route', 'Requests', 'Objects']} />
      <tbody>
        {summary.routes.map((row) => (
          <Tr key={row.route}>
            <Td>
              <code className="break-all font-mono text-[13px]">{row.route}</code>
              <div className="mt-1 flex flex-wrap gap-1">
                {Object.entries(row.statuses).map(([status, requests]) => (
                  <Badge key={status} tone={Number(status) < 400 ? 'ok' : 'bad'}>
                    {status} × {count(requests)}
                  </Badge>
                ))}
              </div>
            </Td>
            <Td className="text-right tabular-nums">{count(row.requests)}</Td>
            <Td className="text-right tabular-nums">{count(row.rows)}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function Addresses({ summary }: { summary: KeySummary }) {
  return (
    <div className="flex flex-col gap-3">
      {summary.countries && (
        <div className="flex flex-wrap gap-1.5">
          {summary.countries.map(({ country, requests }) => (
            <Badge key={country}>
              {country} × {count(requests)}
            </Badge>
          ))}
        </div>
      )}
      <Table label="Requests by address">
        <Head columns={['Address', 'Requests', 'Last']} />
        <tbody>
          {summary.ips.map((row) => (
            <Tr key={row.ip}>
              <Td>
                <code className="break-all font-mono text-[13px]">{row.ip}</code>
                {row.denied > 0 && (
                  <Badge tone="bad" className="ml-2">
                    {count(row.denied)} refused
                  </Badge>
                )}
              </Td>
              <Td className="text-right tabular-nums">{count(row.requests)}</Td>
              <Td className="text-right text-muted">
                <Time value={row.last_at} />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function Head({ columns: [first, ...rest] }: { columns: readonly string[] }): ReactNode {
  return (
    <thead>
      <tr>
        <Th>{first}</Th>
        {rest.map((column) => (
          <Th key={column} className="text-right">
            {column}
          </Th>
        ))}
      </tr>
    </thead>
  );
}

function Requests({ keyId, summary }: { keyId: string; summary: KeySummary }) {
  const { client, environment } = useApi();
  const query = useInfiniteQuery({
    queryKey: [environment, 'api-key', keyId, 'requests', summary.from],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      client.usage.list({ key_id: keyId, from: summary.from, to: summary.to, cursor: pageParam, limit: 50 }),
    getNextPageParam: (last) => last.cursor ?? undefined,
  });
  if (query.isPending) return <SkeletonRows rows={5} />;
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <>
      <Table label="Latest requests">
        <Head columns={['Request', 'Status', 'When']} />
        <tbody>
          {query.data.pages
            .flatMap((page) => page.items)
            .map((entry) => (
              <Request key={entry.id} entry={entry} />
            ))}
        </tbody>
      </Table>
      {query.hasNextPage && (
        <div className="flex justify-center p-3">
          <Button size="sm" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </>
  );
}

function Request({ entry }: { entry: UsageEntry }) {
  return (
    <Tr>
      <Td>
        <code className="break-all font-mono text-[13px]">
          {entry.method} {entry.route}
        </code>
        <div className="text-muted text-xs">
          {entry.ip} {entry.user_agent && `· ${entry.user_agent.slice(0, 60)}`}
        </div>
      </Td>
      <Td className="text-right">
        <Badge tone={entry.status < 400 ? 'ok' : 'bad'} title={entry.code ?? undefined}>
          {entry.status}
        </Badge>
      </Td>
      <Td className="whitespace-nowrap text-right text-muted">
        <Time value={entry.time} />
      </Td>
    </Tr>
  );
}
