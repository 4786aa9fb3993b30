/** Events in rows, as the events page, the overview and a person's page show them. */
import { Link } from '@tanstack/react-router';
import type { EventItem, Outcome } from '../../api/types.ts';
import { cx } from '../../lib/cx.ts';
import { absoluteTime, clockTime } from '../../lib/time.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { STRETCH, Table, Td, Th, Tr } from '../../ui/page.tsx';
import { DeliveryBadges } from '../destinations/deliveries.tsx';

const OUTCOME_TONES: Record<Outcome, Tone> = { accepted: 'ok', duplicate: 'neutral', rejected: 'bad' };

export function OutcomeBadge({ event }: { event: Pick<EventItem, 'outcome' | 'reason'> }) {
  return (
    <Badge tone={OUTCOME_TONES[event.outcome]} dot title={event.reason ?? undefined}>
      {event.outcome}
    </Badge>
  );
}

/** A track's own name; the other types are known by their type, pages and screens also by a name. */
export function eventTitle(event: Pick<EventItem, 'type' | 'name'>): string {
  return event.name ?? event.type ?? 'unreadable event';
}

interface EventTableProps {
  label: string;
  events: readonly EventItem[];
  /** The event whose panel is open. */
  selected?: string | undefined;
  /** Ids that were there when the page was opened; others light up as they arrive. */
  isNew?: (event: EventItem) => boolean;
  /** Leave out what the page already says. */
  without?: 'person';
}

export function EventTable({ label, events, selected, isNew, without }: EventTableProps) {
  return (
    <Table label={label} fixed>
      <thead className="max-sm:head-hidden">
        <tr>
          <Th className="w-24 max-sm:w-22">Time</Th>
          <Th className="w-24 @max-lg:hidden">Type</Th>
          <Th>Event</Th>
          {without !== 'person' && <Th className="w-44 @max-4xl:hidden">Person</Th>}
          <Th className="w-32 max-sm:pr-4 max-sm:w-32 max-sm:text-right">Outcome</Th>
          <Th className="w-56 @max-2xl:hidden @3xl:w-64 @4xl:w-72">Delivered to</Th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <Tr
            key={event.id}
            className={cx(
              event.id === selected && 'bg-accent-soft/60',
              event.id !== selected && isNew?.(event) && 'animate-arrive',
            )}
          >
            <Td className="text-[13px] text-muted">
              <time dateTime={event.received_at} title={absoluteTime(new Date(event.received_at))}>
                {clockTime(new Date(event.received_at))}
              </time>
            </Td>
            <Td className="@max-lg:hidden">
              <Badge>{event.type ?? '–'}</Badge>
            </Td>
            <Td className="truncate">
              <Link
                to="/events"
                search={(before) => ({ ...before, event: event.id })}
                className={STRETCH}
                title={eventTitle(event)}
              >
                {eventTitle(event)}
              </Link>
              {event.outcome === 'rejected' && event.reason && (
                <span className="block truncate text-[13px] text-bad" title={event.reason}>
                  {event.reason}
                </span>
              )}
            </Td>
            {without !== 'person' && (
              <Td className="truncate @max-4xl:hidden">
                <PersonOf event={event} />
              </Td>
            )}
            <Td className="max-sm:pr-4 max-sm:text-right">
              <OutcomeBadge event={event} />
            </Td>
            <Td className="@max-2xl:hidden">
              <DeliveryBadges deliveries={event.deliveries} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

export function PersonOf({ event }: { event: EventItem }) {
  const name = event.user_id ?? event.anonymous_id;
  if (!name) return <span className="text-muted">–</span>;
  if (!event.profile_id) return <span title={name}>{name}</span>;
  return (
    <Link
      to="/people/$personId"
      params={{ personId: event.profile_id }}
      className="relative z-1 hover:text-accent-strong hover:underline"
      title={name}
    >
      {name}
    </Link>
  );
}
