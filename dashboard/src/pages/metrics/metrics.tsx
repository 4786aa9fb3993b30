/** Figures of what was really counted: events by name, deliveries by outcome, calls and tracked users of the month. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useApi } from '../../api/client.ts';
import { listQuery } from '../../api/list.tsx';
import type { Destination } from '../../api/types.ts';
import { count } from '../../lib/time.ts';
import { Select } from '../../ui/menu.tsx';
import { Page, Panel, Table, Td, Th, Tr } from '../../ui/page.tsx';
import { ErrorState, Skeleton } from '../../ui/state.tsx';
import { Segmented } from '../../ui/tabs.tsx';
import { SPANS, type Span, spanOf, windowOf } from './windows.ts';

const Bars = lazy(() => import('../../charts/bars.tsx'));

const route = getRouteApi('/shell/metrics');

export function Metrics() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const span = spanOf(search.span);
  return (
    <Page
      title="Metrics"
      documentTitle="Metrics"
      description="Counted as events arrive and are delivered. Minutes are kept for 3 days, hours for 31, days for 400."
      actions={
        <Segmented<Span['value']>
          label="Time"
          value={span.value}
          onChange={(value) => void navigate({ search: (before) => ({ ...before, span: value }), replace: true })}
          options={SPANS.map(({ value, label }) => ({ value, label }))}
        />
      }
    >
      <Events span={span} />
      <Deliveries
        span={span}
        chosen={search.destination}
        onChoose={(destination) => void navigate({ search: (before) => ({ ...before, destination }), replace: true })}
      />
      <Usage />
    </Page>
  );
}

function Events({ span }: { span: Span }) {
  const { client, environment } = useApi();
  const query = useQuery({
    queryKey: [environment, 'metrics', 'events', span.value],
    queryFn: async () => {
      const window = windowOf(span);
      const [all, byName] = await Promise.all([
        client.metrics.events({ ...window, limit: 1 }),
        client.metrics.events({ ...window, group_by: 'name', limit: 10 }),
      ]);
      return { all: all.items[0], names: byName.items };
    },
  });
  const total = query.data?.all?.total ?? 0;
  return (
    <Panel title="Events received" actions={query.data && <Total value={total} />}>
      <Frame query={query}>
        <div className="h-56">
          <Suspense fallback={<Skeleton className="h-full w-full" />}>
            <Bars
              data={(query.data?.all?.points ?? []).map((point) => ({ at: point.time, count: point.count }))}
              series={[{ key: 'count', label: 'Events', color: 'var(--bar-accepted)' }]}
              formatTime={span.format}
            />
          </Suspense>
        </div>
        {query.data && query.data.names.length > 0 && (
          <Table label="Events by name">
            <tbody>
              {query.data.names.map((series) => (
                <Tr key={series.name}>
                  <Td className="break-words">{series.name || 'without a name'}</Td>
                  <Td className="w-1/3 max-sm:hidden">
                    <span aria-hidden className="block h-2 rounded bg-sunken">
                      <span
                        className="block h-2 rounded bg-accent"
                        style={{ width: `${(100 * series.total) / Math.max(1, total)}%` }}
                      />
                    </span>
                  </Td>
                  <Td className="text-right tabular-nums">{count(series.total)}</Td>
                </Tr>
              ))}
            </tbody>
          </Table>
        )}
      </Frame>
    </Panel>
  );
}

interface DeliveriesProps {
  span: Span;
  chosen: string | undefined;
  onChoose: (destination: string) => void;
}

function Deliveries({ span, chosen, onChoose }: DeliveriesProps) {
  const { client, environment } = useApi();
  const destinations = useInfiniteQuery(
    listQuery<Destination>([environment, 'destinations', 'all'], (cursor) =>
      client.destinations.list({ cursor, limit: 100 }),
    ),
  );
  const all = destinations.data?.items ?? [];
  const id = chosen ?? all[0]?.id;
  const query = useQuery({
    queryKey: [environment, 'metrics', 'deliveries', id, span.value],
    queryFn: () => client.metrics.deliveries({ ...windowOf(span), destination_id: id ?? '' }),
    enabled: id !== undefined,
  });
  const choice = id !== undefined && (
    <Select
      label="Destination"
      value={id}
      onChange={onChoose}
      options={all.map((one) => ({ value: one.id, label: one.name }))}
    />
  );
  return (
    <Panel title="Deliveries" actions={choice}>
      {destinations.data && id === undefined ? (
        <p className="text-muted">There is no destination yet.</p>
      ) : (
        <Frame query={query}>
          <div className="h-56">
            <Suspense fallback={<Skeleton className="h-full w-full" />}>
              <Bars
                data={(query.data?.items ?? []).map(({ time, delivered, failed, retried }) => ({
                  at: time,
                  delivered,
                  failed,
                  retried,
                }))}
                series={[
                  { key: 'delivered', label: 'Delivered', color: 'var(--bar-accepted)' },
                  { key: 'retried', label: 'Tried again', color: 'var(--bar-duplicate)' },
                  { key: 'failed', label: 'Failed', color: 'var(--bar-rejected)' },
                ]}
                formatTime={span.format}
              />
            </Suspense>
          </div>
          {query.data && query.data.p95_ms !== null && (
            <p className="mt-2 text-muted">
              95 of 100 events were delivered within {count(Math.round(query.data.p95_ms))} ms.
            </p>
          )}
          {query.data && query.data.reasons.length > 0 && (
            <Table label="Why deliveries failed">
              <thead>
                <tr>
                  <Th>Outcome</Th>
                  <Th>Reason</Th>
                  <Th className="text-right">Deliveries</Th>
                </tr>
              </thead>
              <tbody>
                {query.data.reasons.map(({ outcome, reason, total }) => (
                  <Tr key={`${outcome} ${reason}`}>
                    <Td>{outcome}</Td>
                    <Td className="break-words font-mono text-[13px]">{reason}</Td>
                    <Td className="text-right tabular-nums">{count(total)}</Td>
                  </Tr>
                ))}
              </tbody>
            </Table>
          )}
        </Frame>
      )}
    </Panel>
  );
}

function Usage() {
  const { client, environment } = useApi();
  const month = new Date().toISOString().slice(0, 7);
  const query = useQuery({
    queryKey: [environment, 'metrics', 'usage', month],
    queryFn: () => client.metrics.usage({ month }),
  });
  const last = query.data?.items.at(-1);
  const figures = [
    ['Tracked users', last?.tracked_users],
    ['with a user id', last?.user_ids],
    ['anonymous only', last?.anonymous_ids],
    ['API calls', last?.api_calls],
  ] as const;
  return (
    <Panel title={`This month, ${month}`}>
      <Frame query={query}>
        <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4">
          {figures.map(([label, value]) => (
            <div key={label}>
              <dt className="text-[13px] text-muted">{label}</dt>
              <dd className="font-semibold text-lg tabular-nums">{count(value ?? 0)}</dd>
            </div>
          ))}
        </dl>
      </Frame>
    </Panel>
  );
}

function Total({ value }: { value: number }) {
  return <span className="text-muted tabular-nums">{count(value)}</span>;
}

interface FrameProps {
  query: { isPending: boolean; isError: boolean; error: unknown; refetch: () => unknown };
  children: React.ReactNode;
}

function Frame({ query, children }: FrameProps) {
  if (query.isPending) return <Skeleton className="h-56 w-full" />;
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return children;
}
