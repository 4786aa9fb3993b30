/** The live debugger: every event that arrives, with what became of it. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Activity, Pause, Play, Search } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useApi } from '../../api/client.ts';
import { Listing, listQuery } from '../../api/list.tsx';
import { sourcesQuery } from '../../api/sources.ts';
import { type LiveEvents, type StreamState, useLiveEvents } from '../../api/stream.ts';
import { EVENT_TYPES, type EventItem, type EventsSearch, type Outcome, type Source } from '../../api/types.ts';
import { cx } from '../../lib/cx.ts';
import { count } from '../../lib/time.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { SearchBox } from '../../ui/form.tsx';
import { Select } from '../../ui/menu.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { EmptyState } from '../../ui/state.tsx';
import { EventPanel } from './panel.tsx';
import { EventTable } from './table.tsx';

const route = getRouteApi('/shell/events');
const OUTCOMES: readonly Outcome[] = ['accepted', 'duplicate', 'rejected'];

export function Events() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const api = useApi();
  const [paused, setPaused] = useState(false);
  const live = useLiveEvents(paused);
  const sources = useInfiniteQuery(sourcesQuery(api));
  const opened = useRef(new Set<string>());

  const { type, outcome, source, q } = search;
  const query = useInfiniteQuery({
    ...listQuery<EventItem>([api.environment, 'events', { type, outcome, source, q }], (cursor) =>
      api.client.events.list({ type, outcome, source_id: source, q, cursor, limit: 50 }),
    ),
    // The stream brings what is new; loading the pages again would only move them.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: 'always',
  });

  // What arrived between the list's answer and the start of the stream is in neither.
  const { refetch } = query;
  useEffect(() => {
    if (live.state === 'live') void refetch();
  }, [live.state, refetch]);

  const rows = useMemo(
    () => combine(live, query.data?.items ?? [], (event) => matches(event, { type, outcome, source, q })),
    [live, query.data, type, outcome, source, q],
  );
  const stored = query.data?.items;
  if (stored && opened.current.size === 0) opened.current = new Set(stored.map((event) => event.id));

  const filter = (change: EventsSearch) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const filtered = Boolean(type || outcome || source || q);
  const newest = live.events[0]?.id;

  return (
    <Page
      title="Events"
      documentTitle="Events"
      description="Every event as it arrives, and what became of it."
      actions={
        <>
          <StreamBadge state={live.state} paused={paused} />
          <Button
            icon={paused ? <Play aria-hidden /> : <Pause aria-hidden />}
            onClick={() => setPaused(!paused)}
            aria-pressed={paused}
          >
            {paused ? `Resume${live.waiting > 0 ? ` (${count(live.waiting)} new)` : ''}` : 'Pause'}
          </Button>
        </>
      }
    >
      <div className="flex flex-wrap gap-2 sm:flex-nowrap">
        <SearchBox
          label="Search events"
          placeholder="Name, user id, message id"
          value={q ?? ''}
          onChange={(value) => filter({ q: value || undefined })}
        />
        <Select
          label="Type"
          className="max-sm:flex-1 min-w-fit"
          value={type ?? 'all'}
          onChange={(value) => filter({ type: value === 'all' ? undefined : value })}
          options={[
            { value: 'all' as const, label: 'All types' },
            ...EVENT_TYPES.map((value) => ({ value, label: value })),
          ]}
        />
        <Select
          label="Outcome"
          className="max-sm:flex-1 min-w-fit"
          value={outcome ?? 'all'}
          onChange={(value) => filter({ outcome: value === 'all' ? undefined : value })}
          options={[
            { value: 'all' as const, label: 'All outcomes' },
            ...OUTCOMES.map((value) => ({ value, label: value })),
          ]}
        />
        <Select
          label="Source"
          className="max-sm:flex-1 sm:max-w-52 max-sm:min-w-fit sm:min-w-32"
          value={source ?? 'all'}
          onChange={(value) => filter({ source: value === 'all' ? undefined : value })}
          options={[
            { value: 'all', label: 'All sources' },
            ...(sources.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </div>
      <Panel flush>
        {rows.length > 0 && (query.isPending || query.data?.items.length === 0 || live.overflow) ? (
          <EventTable label="Events" events={rows} selected={search.event} isNew={isNew(opened.current)} />
        ) : (
          <Listing
            query={query}
            rows={10}
            empty={<NoEvents filtered={filtered} hasSources={(sources.data?.total ?? 1) > 0} />}
          >
            {() => <EventTable label="Events" events={rows} selected={search.event} isNew={isNew(opened.current)} />}
          </Listing>
        )}
      </Panel>
      <p className="sr-only" aria-live="polite">
        {paused && newest ? `Paused, ${live.waiting} new events` : ''}
      </p>
      <EventPanel
        eventId={search.event}
        deliveries={search.event ? live.deliveries.get(search.event) : undefined}
        sourceName={(id) => nameOf(sources.data?.items, id)}
        onClose={() => filter({ event: undefined })}
      />
    </Page>
  );
}

function isNew(opened: ReadonlySet<string>): (event: EventItem) => boolean {
  return (event) => !opened.has(event.id);
}

function nameOf(sources: readonly Source[] | undefined, id: string): string {
  return sources?.find((source) => source.id === id)?.name ?? id;
}

/** Live events first, then the stored ones, each once, with the newest known deliveries. */
function combine(live: LiveEvents, stored: readonly EventItem[], wanted: (event: EventItem) => boolean): EventItem[] {
  const seen = new Set(live.events.map((event) => event.id));
  const older = live.overflow ? [] : stored.filter((event) => !seen.has(event.id));
  return [...live.events.filter(wanted), ...older].map((event) => {
    const deliveries = live.deliveries.get(event.id);
    return deliveries ? { ...event, deliveries } : event;
  });
}

/** The server's filter, for events that come by the stream. */
function matches(event: EventItem, { type, outcome, source, q }: EventsSearch): boolean {
  if (type && event.type !== type) return false;
  if (outcome && event.outcome !== outcome) return false;
  if (source && event.source_id !== source) return false;
  if (!q) return true;
  const wanted = q.toLowerCase();
  return [event.name, event.type, event.user_id, event.anonymous_id, event.message_id].some((text) =>
    text?.toLowerCase().includes(wanted),
  );
}

function StreamBadge({ state, paused }: { state: StreamState; paused: boolean }) {
  const word = paused ? 'Paused' : { live: 'Live', connecting: 'Connecting', offline: 'Reconnecting' }[state];
  const good = state === 'live' && !paused;
  return (
    <span
      role="status"
      className="inline-flex h-8.5 w-28 items-center justify-end gap-2 max-sm:h-10 max-sm:w-auto text-muted"
    >
      <span aria-hidden className={cx('size-2 rounded-full', good ? 'animate-pulse-slow bg-ok' : 'bg-warn')} />
      {word}
    </span>
  );
}

function NoEvents({ filtered, hasSources }: { filtered: boolean; hasSources: boolean }) {
  if (filtered) {
    return (
      <EmptyState
        icon={<Search />}
        title="No event matches"
        action={
          <Link to="/events" className={buttonClass()}>
            Clear the filters
          </Link>
        }
      >
        Matching events appear here by themselves when they arrive.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<Activity />}
      title="Waiting for the first event"
      action={
        <Link to="/sources" className={buttonClass('primary')}>
          {hasSources ? 'Show the snippets' : 'Create a source'}
        </Link>
      }
    >
      {hasSources
        ? 'Send one with a source’s write key: its page has snippets to copy. Events appear here the moment they arrive.'
        : 'Events come from sources. Create one and use its write key in your app.'}
    </EmptyState>
  );
}
