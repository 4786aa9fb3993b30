/** The deliveries of one destination; each opens to show its attempts. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronRight, Send } from 'lucide-react';
import { useState } from 'react';
import { useApi } from '../../api/client.ts';
import { Listing, listQuery } from '../../api/list.tsx';
import type { Delivery, DeliveryState } from '../../api/types.ts';
import { cx } from '../../lib/cx.ts';
import { plural } from '../../lib/time.ts';
import { Select } from '../../ui/menu.tsx';
import { Panel } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/state.tsx';
import { Time } from '../../ui/time.tsx';
import { Attempts, StateBadge } from './deliveries.tsx';

const STATES: readonly DeliveryState[] = ['pending', 'delivered', 'failed', 'captured'];
const REFRESH_MS = 4_000;

export function DeliveryLog({ destinationId }: { destinationId: string }) {
  const { client, environment } = useApi();
  const [state, setState] = useState<DeliveryState | 'all'>('all');
  const [open, setOpen] = useState<string | null>(null);
  const query = useInfiniteQuery({
    ...listQuery<Delivery>([environment, 'deliveries', destinationId, state], (cursor) =>
      client.destinations.deliveries({
        id: destinationId,
        state: state === 'all' ? undefined : state,
        cursor,
        limit: 50,
      }),
    ),
    refetchInterval: REFRESH_MS,
  });
  return (
    <Panel
      flush
      title="Deliveries"
      actions={
        <Select
          label="State"
          className="h-7!"
          value={state}
          onChange={setState}
          options={[
            { value: 'all' as const, label: 'All states' },
            ...STATES.map((value) => ({ value, label: value })),
          ]}
        />
      }
    >
      <Listing
        query={query}
        rows={8}
        empty={
          <EmptyState icon={<Send />} title={state === 'all' ? 'Nothing delivered yet' : `None is ${state}`}>
            {state === 'all' && 'As soon as the source accepts an event, its delivery stands here.'}
          </EmptyState>
        }
      >
        {(deliveries) => (
          <ul className="divide-y">
            {deliveries.map((delivery) => (
              <li key={delivery.id}>
                <button
                  type="button"
                  aria-expanded={open === delivery.id}
                  onClick={() => setOpen(open === delivery.id ? null : delivery.id)}
                  className="flex h-11 w-full items-center gap-3 px-4 text-left hover:bg-sunken/60 focus-visible:-outline-offset-2"
                >
                  <ChevronRight
                    aria-hidden
                    className={cx(
                      'size-4 shrink-0 text-muted transition-transform',
                      open === delivery.id && 'rotate-90',
                    )}
                  />
                  <StateBadge delivery={delivery} />
                  <span className="font-mono text-[13px] text-muted">{delivery.last_status ?? ''}</span>
                  <span className="min-w-0 flex-1 truncate text-muted">
                    {delivery.last_error ?? (delivery.attempts > 0 ? plural(delivery.attempts, 'attempt') : '')}
                  </span>
                  <Time value={delivery.created_at} className="text-muted" />
                </button>
                {open === delivery.id && (
                  <div className="flex flex-col gap-3 px-4 pt-1 pb-4 pl-11">
                    <Attempts deliveryId={delivery.id} changed={`${delivery.state}${delivery.attempts}`} />
                    <Link
                      to="/events"
                      search={{ event: delivery.event_id }}
                      className="self-start text-accent hover:underline"
                    >
                      Show the event
                    </Link>
                  </div>
                )}
              </li>
            ))}
          </ul>
        )}
      </Listing>
    </Panel>
  );
}
