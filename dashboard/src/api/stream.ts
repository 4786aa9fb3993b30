/** Events as they happen: one server-sent stream that reconnects, and the list it keeps on top of the stored one. */

import type { Client } from '@headgate/sdk';
import { useEffect, useRef, useState } from 'react';
import { type Api, useApi } from './client.ts';
import type { EventDelivery, EventItem } from './types.ts';

export type StreamState = 'connecting' | 'live' | 'offline';

type StreamMessage = Client['events']['stream'] extends (...args: never[]) => AsyncGenerator<infer M> ? M : never;

interface Arrived {
  event: EventItem[];
  delivery: { event_id: string; deliveries: EventDelivery[] }[];
}

export interface LiveEvents {
  state: StreamState;
  /** Newest first; only what arrived since the page was opened. */
  events: readonly EventItem[];
  /** event id → its deliveries as last heard of. */
  deliveries: ReadonlyMap<string, EventDelivery[]>;
  /** More than `KEEP` arrived: what came between these and the stored list is not shown. */
  overflow: boolean;
  /** Events that arrived while paused and are not in `events` yet. */
  waiting: number;
}

/** Events kept in the page; older ones are in the stored list. */
const KEEP = 400;
const KEEP_DELIVERIES = 1_200;
/** Under load the list is drawn a few times a second, not once an event. */
const DRAW_MS = 200;
/** How long a hidden tab goes on listening. */
const HIDDEN_MS = 30_000;
const RETRY_MS = [500, 1_000, 2_000, 5_000];

const NONE: LiveEvents = { state: 'connecting', events: [], deliveries: new Map(), overflow: false, waiting: 0 };

export function useLiveEvents(paused: boolean): LiveEvents {
  const api = useApi();
  const [live, setLive] = useState<LiveEvents>(NONE);
  const pausedNow = useRef(paused);
  const flush = useRef<() => void>(() => undefined);

  useEffect(() => {
    pausedNow.current = paused;
    if (!paused) flush.current();
  }, [paused]);

  useEffect(() => {
    const stop = new AbortController();
    let arrived: Arrived = { event: [], delivery: [] };
    let timer: ReturnType<typeof setTimeout> | undefined;
    setLive(NONE);

    const draw = () => {
      timer = undefined;
      if (pausedNow.current) {
        setLive((before) => ({ ...before, waiting: arrived.event.length }));
        return;
      }
      const batch = arrived;
      arrived = { event: [], delivery: [] };
      setLive((before) => merge(before, batch));
    };
    flush.current = draw;

    const take = (message: StreamMessage) => {
      if (message.event === 'event') arrived.event = [message.data, ...arrived.event].slice(0, KEEP + 1);
      if (message.event === 'delivery') arrived.delivery = [...arrived.delivery, message.data].slice(-KEEP_DELIVERIES);
      timer ??= setTimeout(draw, DRAW_MS);
    };
    const report = (state: StreamState) =>
      setLive((before) => (before.state === state ? before : { ...before, state }));

    void watch(api, stop.signal, take, report);
    return () => {
      stop.abort();
      clearTimeout(timer);
      flush.current = () => undefined;
    };
  }, [api]);

  return live;
}

function merge(before: LiveEvents, batch: Arrived): LiveEvents {
  const deliveries = new Map(before.deliveries);
  for (const update of batch.delivery) {
    deliveries.delete(update.event_id);
    deliveries.set(update.event_id, update.deliveries);
  }
  for (const id of deliveries.keys()) {
    if (deliveries.size <= KEEP_DELIVERIES) break;
    deliveries.delete(id);
  }
  const known = new Set(before.events.map((event) => event.id));
  const events = [...batch.event.filter((event) => !known.has(event.id)), ...before.events];
  return {
    ...before,
    events: events.slice(0, KEEP),
    deliveries,
    overflow: before.overflow || events.length > KEEP,
    waiting: 0,
  };
}

async function watch(
  { client }: Api,
  signal: AbortSignal,
  take: (message: StreamMessage) => void,
  report: (state: StreamState) => void,
): Promise<void> {
  let failures = 0;
  let after: string | undefined;
  while (!signal.aborted) {
    const attention = watchVisibility(signal);
    try {
      for await (const message of client.events.stream({ after }, { signal: attention.signal })) {
        report('live');
        failures = 0;
        if (message.id) after = message.id;
        take(message);
      }
    } catch {
      // A refused or broken stream: both are tried again; the list itself shows the error if there is one.
    } finally {
      attention.end();
    }
    if (signal.aborted) return;
    report('offline');
    if (await becameVisible(signal)) continue;
    const wait = RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)] ?? 5_000;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

/**
 * A browser has six HTTP/1.1 connections to a host for all tabs together, and a stream holds one. A tab that nobody
 * looks at gives its own back, so that many open tabs do not block each other.
 */
function watchVisibility(signal: AbortSignal): { signal: AbortSignal; end(): void } {
  const hidden = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const change = () => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(() => hidden.abort(), HIDDEN_MS);
  };
  document.addEventListener('visibilitychange', change);
  change();
  return {
    signal: AbortSignal.any([signal, hidden.signal]),
    end() {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', change);
    },
  };
}

/** Waits while the page is hidden. @returns whether it had to wait. */
async function becameVisible(signal: AbortSignal): Promise<boolean> {
  if (!document.hidden) return false;
  await new Promise<void>((resolve) => {
    const stop = new AbortController();
    const done = () => {
      if (document.hidden && !signal.aborted) return;
      stop.abort();
      resolve();
    };
    document.addEventListener('visibilitychange', done, { signal: stop.signal });
    signal.addEventListener('abort', done, { signal: stop.signal });
  });
  return true;
}
