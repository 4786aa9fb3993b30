/** One event whole: what became of it, every delivery attempt, its payload. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useApi } from '../../api/client.ts';
import type { EventDelivery } from '../../api/types.ts';
import { Badge } from '../../ui/badge.tsx';
import { CopyButton } from '../../ui/code.tsx';
import { JsonBlock } from '../../ui/content.tsx';
import { SidePanel } from '../../ui/dialog.tsx';
import { DescriptionList } from '../../ui/page.tsx';
import { ErrorState, Skeleton } from '../../ui/state.tsx';
import { Time } from '../../ui/time.tsx';
import { Attempts, StateBadge } from '../destinations/deliveries.tsx';
import { OutcomeBadge, PersonOf } from './table.tsx';

interface EventPanelProps {
  eventId: string | undefined;
  /** Newer than what was loaded, from the live stream. */
  deliveries: EventDelivery[] | undefined;
  sourceName: (id: string) => string;
  onClose: () => void;
}

export function EventPanel({ eventId, deliveries, sourceName, onClose }: EventPanelProps) {
  const { client, environment } = useApi();
  const query = useQuery({
    queryKey: [environment, 'event', eventId],
    queryFn: () => client.events.get({ id: eventId ?? '' }),
    enabled: eventId !== undefined,
  });
  const event = query.data;
  return (
    <SidePanel
      open={eventId !== undefined}
      onClose={onClose}
      label="Event"
      title={
        event ? (
          <span className="flex items-center gap-2">
            <Badge>{event.type ?? '–'}</Badge>
            <span className="truncate">{event.name}</span>
          </span>
        ) : (
          'Event'
        )
      }
    >
      {query.isPending && (
        <div role="status" aria-label="Loading" className="flex flex-col gap-3">
          <Skeleton className="h-4 w-1/2" />
          <Skeleton className="h-4 w-2/3" />
          <Skeleton className="h-40 w-full" />
        </div>
      )}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {event && (
        <div className="flex flex-col gap-6">
          <DescriptionList
            items={[
              ['Outcome', <OutcomeBadge key="outcome" event={event} />],
              ...(event.reason
                ? [
                    [
                      'Why',
                      <span key="why" className={event.outcome === 'rejected' ? 'text-bad' : ''}>
                        {event.reason}{' '}
                        {event.code && <code className="font-mono text-muted text-xs">{event.code}</code>}
                      </span>,
                    ] as const,
                  ]
                : []),
              [
                'Source',
                <Link
                  key="source"
                  to="/sources/$sourceId"
                  params={{ sourceId: event.source_id }}
                  className="hover:text-accent-strong hover:underline"
                >
                  {sourceName(event.source_id)}
                </Link>,
              ],
              ['Person', <PersonOf key="person" event={event} />],
              ['Received', <Time key="received" value={event.received_at} />],
              ['Happened', <Time key="occurred" value={event.occurred_at} none="–" />],
              [
                'Message id',
                event.message_id ? (
                  <span key="id" className="flex items-center gap-1">
                    <code className="min-w-0 truncate font-mono text-[13px]">{event.message_id}</code>
                    <CopyButton text={event.message_id} label="Copy message id" className="h-5" />
                  </span>
                ) : (
                  '–'
                ),
              ],
            ]}
          />
          {event.outcome === 'accepted' && <Deliveries deliveries={deliveries ?? event.deliveries} />}
          <section>
            <h3 className="mb-2 font-semibold">{event.outcome === 'accepted' ? 'Payload' : 'What arrived'}</h3>
            <JsonBlock value={event.payload} label="payload" />
          </section>
        </div>
      )}
    </SidePanel>
  );
}

function Deliveries({ deliveries }: { deliveries: EventDelivery[] }) {
  return (
    <section>
      <h3 className="mb-2 font-semibold">Deliveries</h3>
      {deliveries.length === 0 && (
        <p className="text-muted">
          The source had no destination when this event arrived.{' '}
          <Link to="/destinations" className="text-accent underline">
            Add one
          </Link>
        </p>
      )}
      <ul className="flex flex-col gap-3">
        {deliveries.map((delivery) => (
          <li key={delivery.id} className="rounded-md border p-3">
            <div className="mb-2 flex items-center gap-3">
              <Link
                to="/destinations/$destinationId"
                params={{ destinationId: delivery.destination_id }}
                className="min-w-0 flex-1 truncate font-medium hover:text-accent-strong hover:underline"
              >
                {delivery.destination_name}
              </Link>
              <StateBadge delivery={delivery} />
            </div>
            <Attempts deliveryId={delivery.id} changed={`${delivery.state}${delivery.attempts}`} />
          </li>
        ))}
      </ul>
    </section>
  );
}
