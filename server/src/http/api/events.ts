/** Events as the debugger shows them: accepted, duplicate, rejected and why, delivered where; live by server-sent events. */
import type { ServerResponse } from 'node:http';
import { Type } from 'typebox';
import { scopeOf } from '../../access/principal.ts';
import { notFound } from '../../errors.ts';
import type { Events, EventWithDeliveries } from '../../events/service.ts';
import type { EventStream } from '../../events/stream.ts';
import { EVENT_TYPES } from '../../events/types.ts';
import { type Http, principalOf } from '../route.ts';
import { ErrorBody, encodeCursor, PageOf, PageQuery, rowBefore, time, timeOrNull } from './conventions.ts';

const Nullable = <T extends ReturnType<typeof Type.String>>(type: T) => Type.Union([type, Type.Null()]);
const Outcome = Type.Union([Type.Literal('accepted'), Type.Literal('duplicate'), Type.Literal('rejected')]);

const Delivery = Type.Object({
  id: Type.String(),
  destination_id: Type.String(),
  destination_name: Type.String(),
  state: Type.String(),
  attempts: Type.Integer(),
  last_status: Type.Union([Type.Integer(), Type.Null()]),
  last_error: Nullable(Type.String()),
});

export const Event = Type.Object({
  id: Type.String(),
  outcome: Outcome,
  code: Nullable(Type.String()),
  reason: Nullable(Type.String()),
  type: Nullable(Type.String()),
  name: Nullable(Type.String()),
  message_id: Nullable(Type.String()),
  source_id: Type.String(),
  user_id: Nullable(Type.String()),
  anonymous_id: Nullable(Type.String()),
  profile_id: Nullable(Type.String()),
  occurred_at: Nullable(Type.String()),
  received_at: Type.String(),
  deliveries: Type.Array(Delivery),
});

const EventDetail = Type.Object({ ...Event.properties, payload: Type.Unknown() });

const StreamMessage = Type.Union([
  Type.Object({ event: Type.Literal('ready'), data: Type.Object({}) }),
  Type.Object({ event: Type.Literal('event'), data: Event }),
  Type.Object({
    event: Type.Literal('delivery'),
    data: Type.Object({ event_id: Type.String(), deliveries: Type.Array(Delivery) }),
  }),
]);

const Filter = {
  source_id: Type.Optional(Type.String({ format: 'uuid' })),
  type: Type.Optional(Type.Union(EVENT_TYPES.map((type) => Type.Literal(type)))),
  outcome: Type.Optional(Outcome),
  q: Type.Optional(Type.String({ minLength: 1, maxLength: 512 })),
};

/** Delivery's summary of one event at one destination. */
export interface DeliveryOfEvent {
  id: string;
  destination_id: string;
  destination_name: string;
  state: string;
  attempts: number;
  last_status: number | null;
  last_error: string | null;
}

export interface EventRouteServices {
  readonly events: Events<DeliveryOfEvent>;
  readonly stream: EventStream<DeliveryOfEvent>;
}

const access = { access: { scope: 'events:read' } } as const;
const KEEP_ALIVE_MS = 15_000;
/** How long a stream may outlive its key or session. */
const RECHECK_MS = 2_000;

export function eventRoutes(app: Http, { events, stream }: EventRouteServices): void {
  // A stream has no end of its own: a shutdown would wait for it.
  const open = new Set<ServerResponse>();
  app.addHook('preClose', async () => {
    for (const raw of open) raw.end();
  });

  app.route({
    method: 'GET',
    url: '/events',
    config: access,
    schema: {
      operationId: 'events.list',
      tags: ['Events'],
      summary: 'List events and refusals, newest first',
      description: '`total` counts to 1,000.',
      querystring: Type.Object({ ...PageQuery.properties, ...Filter }),
      response: { 200: PageOf(Event), '4xx': ErrorBody },
    },
    handler: async (request) => {
      const { limit = 50, cursor, source_id, type, outcome, q } = request.query;
      const beforeId = rowBefore(cursor) ?? undefined;
      const filter = { sourceId: source_id, type, outcome, text: q?.replaceAll('\u0000', ''), beforeId };
      const page = await events.list(scopeOf(principalOf(request)), filter, limit);
      const last = page.events.at(-1);
      return {
        items: page.events.map(eventJson),
        cursor: last && page.events.length === limit ? encodeCursor([last.id]) : null,
        total: page.total,
      };
    },
  });

  app.route({
    method: 'GET',
    url: '/events/counts',
    config: access,
    schema: {
      operationId: 'events.counts',
      tags: ['Events'],
      summary: 'Events a minute by outcome',
      querystring: Type.Object({ minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 1440, default: 60 })) }),
      response: {
        200: Type.Object({
          items: Type.Array(
            Type.Object({
              minute: Type.String(),
              accepted: Type.Integer(),
              duplicate: Type.Integer(),
              rejected: Type.Integer(),
            }),
          ),
        }),
        '4xx': ErrorBody,
      },
    },
    handler: async (request) => {
      const rows = await events.counts(scopeOf(principalOf(request)), request.query.minutes ?? 60);
      return { items: rows.map((row) => ({ ...row, minute: time(row.minute) })) };
    },
  });

  app.route({
    method: 'GET',
    url: '/events/stream',
    // A HEAD request would stay open for nothing.
    exposeHeadRoute: false,
    config: { access: { scope: 'events:read', endless: true } },
    schema: {
      operationId: 'events.stream',
      tags: ['Events'],
      summary: 'Watch events live (text/event-stream)',
      description:
        '`event: ready` comes first; `event: event` holds an item of the list; `event: delivery` holds `event_id` and its `deliveries` when they change.',
      querystring: Type.Object({ after: Type.Optional(Type.String({ pattern: '^\\d{1,15}$' })) }),
      response: {
        200: {
          description: 'Does not end by itself.',
          content: { 'text/event-stream': { schema: StreamMessage } },
        },
        '4xx': ErrorBody,
      },
    },
    handler: (request, reply) => {
      const after = request.query.after === undefined ? undefined : Number(request.query.after);
      const write = (text: string): void => {
        // A reader that does not keep up is cut off; it reconnects with `after`.
        if (raw.writableLength > 1_048_576) raw.destroy();
        else raw.write(text);
      };
      const raw = reply.raw;
      // Gone while its credential was looked up: its `close` is past and would never end the watch.
      if (raw.destroyed) {
        reply.hijack();
        return;
      }
      const end = stream.watch(
        scopeOf(principalOf(request)),
        (item) => {
          const data =
            item.kind === 'event'
              ? eventJson(item.event)
              : { event_id: String(item.eventId), deliveries: item.deliveries };
          const id = item.kind === 'event' ? `id: ${item.event.id}\n` : '';
          write(`${id}event: ${item.kind}\ndata: ${JSON.stringify(data)}\n\n`);
        },
        after,
      );
      reply.hijack();
      open.add(raw);
      raw.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      // Tells a reader that the stream stands before the first event comes.
      write('event: ready\ndata: {}\n\n');
      const keepAlive = setInterval(() => write(': still here\n\n'), KEEP_ALIVE_MS);
      const recheck = setInterval(async () => {
        if (!(await request.stillAllowed())) raw.end();
      }, RECHECK_MS);
      raw.once('close', () => {
        clearInterval(keepAlive);
        clearInterval(recheck);
        end();
        open.delete(raw);
      });
    },
  });

  app.route({
    method: 'GET',
    url: '/events/:id',
    config: access,
    schema: {
      operationId: 'events.get',
      tags: ['Events'],
      summary: 'One event with its payload',
      params: Type.Object({ id: Type.String({ maxLength: 40 }) }),
      response: { 200: EventDetail, '4xx': ErrorBody },
    },
    handler: async (request) => {
      if (!/^\d{1,15}$/.test(request.params.id)) throw notFound('event');
      const event = await events.get(scopeOf(principalOf(request)), Number(request.params.id));
      return { ...eventJson(event), payload: event.payload };
    },
  });
}

export function eventJson(event: EventWithDeliveries<DeliveryOfEvent>) {
  return {
    id: String(event.id),
    outcome: event.outcome,
    code: event.code,
    reason: event.reason,
    type: event.type,
    name: event.name,
    message_id: event.message_id,
    source_id: event.source_id,
    user_id: event.user_id,
    anonymous_id: event.anonymous_id,
    profile_id: event.profile_id,
    occurred_at: timeOrNull(event.occurred_at),
    received_at: time(event.received_at),
    deliveries: event.deliveries,
  };
}
