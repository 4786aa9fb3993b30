/** What was counted, for charts: events by what they are, deliveries by outcome, tracked users and calls of a month. */
import { type Static, Type } from 'typebox';
import { scopeOf } from '../../access/principal.ts';
import type { Connections } from '../../connections/service.ts';
import { AppError, invalidField } from '../../errors.ts';
import { type Dimension, type Reports, type Step, usageKey } from '../../events/metrics/reports.ts';
import { bucketsOf, EVENTS_VOLUME, type Granularity, type Window, windowOf } from '../../events/metrics/windows.ts';
import { type Http, principalOf } from '../route.ts';
import { decodeCursor, ErrorBody, encodeCursor, PageOf, time } from './conventions.ts';

const WindowQuery = {
  granularity: Type.Union([Type.Literal('minute'), Type.Literal('hour'), Type.Literal('day')]),
  start: Type.String({ maxLength: 40, description: 'ISO 8601.' }),
  end: Type.String({ maxLength: 40, description: 'ISO 8601, not included.' }),
};
const Uuid = Type.String({ format: 'uuid' });
const Page = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000, default: 50 })),
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
};

/** name in the query and the answer → dimension. */
const GROUPS = {
  name: 'eventName',
  type: 'eventType',
  source_id: 'source',
  app_version: 'appVersion',
  reason: 'discardReason',
} as const satisfies Record<string, Dimension>;
type Group = keyof typeof GROUPS;

const OUTCOMES: Readonly<Record<string, Step>> = { received: 'received', refused: 'refused', filtered: 'filtered' };

const EventSeries = Type.Object({
  name: Type.Optional(Type.String()),
  type: Type.Optional(Type.String()),
  source_id: Type.Optional(Type.String()),
  app_version: Type.Optional(Type.String()),
  reason: Type.Optional(Type.String()),
  total: Type.Number(),
  points: Type.Array(Type.Object({ time: Type.String(), count: Type.Number() })),
});

const DeliveryPoint = Type.Object({
  time: Type.String(),
  delivered: Type.Number(),
  failed: Type.Number(),
  retried: Type.Number(),
  average_ms: Type.Number({ description: 'From the event to its delivery.' }),
});

const UsageDay = Type.Object({
  day: Type.String({ description: 'Its beginning, UTC. All figures are running totals of the month.' }),
  source_id: Type.Union([Type.String(), Type.Null()]),
  api_calls: Type.Number(),
  tracked_users: Type.Number({ description: 'User ids, and anonymous ids that never came with one.' }),
  user_ids: Type.Number(),
  anonymous_ids: Type.Number(),
  identified_anonymous_ids: Type.Number(),
});

export function metricsRoutes(
  app: Http,
  { reports, connections, now = () => new Date() }: { reports: Reports; connections: Connections; now?: () => Date },
): void {
  app.route({
    method: 'GET',
    url: '/metrics/events',
    config: { access: { scope: 'events:read' } },
    schema: {
      operationId: 'metrics.events',
      tags: ['Metrics'],
      summary: 'Events by time, one series or one for each name, type, source, app version or reason',
      description:
        'The biggest series first, at most 5,000. Minutes are kept for 3 days, hours for 31, days for 400. Beyond 1,000 names a source and day, events are counted as `(other)`.',
      querystring: Type.Object({
        ...WindowQuery,
        outcome: Type.Optional(Type.Union(Object.keys(OUTCOMES).map((name) => Type.Literal(name)))),
        group_by: Type.Optional(
          Type.String({ maxLength: 100, description: `Of ${Object.keys(GROUPS).join(', ')}; several with commas.` }),
        ),
        source_id: Type.Optional(Uuid),
        name: Type.Optional(Type.String({ maxLength: 200 })),
        type: Type.Optional(Type.String({ maxLength: 20 })),
        ...Page,
      }),
      response: { 200: PageOf(EventSeries), '4xx': ErrorBody },
    },
    handler: async (request) => {
      const { outcome = 'received', source_id, name, type, limit = 50, cursor, group_by } = request.query;
      const groups = groupsOf(group_by);
      const after = cursor === undefined ? undefined : String(decodeCursor(cursor, 1)[0]);
      const page = await reports.series(
        scopeOf(principalOf(request)),
        {
          step: OUTCOMES[outcome] ?? 'received',
          window: windowIn(request.query, now()),
          groupBy: groups.map((group) => GROUPS[group]),
          filter: {
            ...(source_id && { source: [source_id] }),
            ...(name && { eventName: [name] }),
            ...(type && { eventType: [type] }),
          },
        },
        { count: limit, ...(after !== undefined && { after }) },
      );
      const last = page.series.at(-1);
      return {
        items: page.series.map(({ values, total, points }) => ({
          ...Object.fromEntries(groups.map((group, n) => [group, values[n] ?? ''])),
          total,
          points: points.map((point) => ({ time: time(point.time), count: point.count })),
        })),
        cursor: last && page.hasAfter ? encodeCursor([last.place]) : null,
        total: page.found,
      };
    },
  });

  app.route({
    method: 'GET',
    url: '/metrics/deliveries',
    config: { access: { scope: 'destinations:read' } },
    schema: {
      operationId: 'metrics.deliveries',
      tags: ['Metrics'],
      summary: 'What became of the deliveries to a destination, by time',
      querystring: Type.Object({ ...WindowQuery, destination_id: Uuid }),
      response: {
        200: Type.Object({
          items: Type.Array(DeliveryPoint),
          reasons: Type.Array(Type.Object({ outcome: Type.String(), reason: Type.String(), total: Type.Number() })),
          p95_ms: Type.Union([Type.Number(), Type.Null()]),
        }),
        '4xx': ErrorBody,
      },
    },
    handler: async (request) => {
      const scope = scopeOf(principalOf(request));
      const window = windowIn(request.query, now());
      const { id: destinationId, source_id: sourceId } = await connections.destinations.get(
        scope,
        request.query.destination_id,
      );
      const { totals, p95 } = await reports.deliveries(scope, { sourceId, destinationId, window });
      const points = new Map<number, { delivered: number; failed: number; retried: number; waited: number }>();
      const reasons = new Map<string, { outcome: string; reason: string; total: number }>();
      for (const { step, reason, bucket, count, waited_ms } of totals) {
        const point = points.get(bucket.getTime()) ?? { delivered: 0, failed: 0, retried: 0, waited: 0 };
        point[step] += count;
        point.waited += waited_ms;
        points.set(bucket.getTime(), point);
        const sum = reasons.get(reason) ?? { outcome: step, reason, total: 0 };
        reasons.set(reason, { ...sum, total: sum.total + count });
      }
      return {
        items: bucketsOf(window).map((bucket) => {
          const { delivered = 0, failed = 0, retried = 0, waited = 0 } = points.get(bucket.getTime()) ?? {};
          const average_ms = delivered === 0 ? 0 : Math.round(waited / delivered);
          return { time: time(bucket), delivered, failed, retried, average_ms };
        }),
        reasons: [...reasons.values()].sort((a, b) => b.total - a.total),
        p95_ms: p95.get(null) ?? null,
      };
    },
  });

  app.route({
    method: 'GET',
    url: '/metrics/usage',
    config: { access: { scope: 'events:read' } },
    schema: {
      operationId: 'metrics.usage',
      tags: ['Metrics'],
      summary: 'Tracking calls and tracked users of a month, as running totals by day',
      querystring: Type.Object({
        month: Type.String({ pattern: '^\\d{4}-\\d\\d$' }),
        per_source: Type.Optional(Type.Boolean({ default: false })),
        ...Page,
      }),
      response: { 200: PageOf(UsageDay), '4xx': ErrorBody },
    },
    handler: async (request) => {
      const { month: period, per_source: perSource = false, limit = 50, cursor } = request.query;
      const after = cursor === undefined ? undefined : String(decodeCursor(cursor, 1)[0]);
      const page = await reports.usage(
        scopeOf(principalOf(request)),
        { period, perSource },
        { count: limit, ...(after !== undefined && { after }) },
      );
      const last = page.rows.at(-1);
      return {
        items: page.rows.map(
          (row): Static<typeof UsageDay> => ({
            day: time(row.day),
            source_id: perSource ? row.source_id : null,
            api_calls: row.api_calls,
            tracked_users: row.users + row.anonymous - row.identified,
            user_ids: row.users,
            anonymous_ids: row.anonymous,
            identified_anonymous_ids: row.identified,
          }),
        ),
        cursor: last && page.hasAfter ? encodeCursor([usageKey(last)]) : null,
        total: page.total,
      };
    },
  });
}

function groupsOf(text: string | undefined): Group[] {
  const names = (text ?? '').split(',').filter((name) => name !== '');
  const wrong = names.find((name) => !Object.hasOwn(GROUPS, name));
  if (wrong !== undefined) throw invalidField('group_by', `takes ${Object.keys(GROUPS).join(', ')}`);
  return [...new Set(names)] as Group[];
}

const GRANULARITIES: Readonly<Record<string, Granularity>> = { minute: 'MINUTE', hour: 'HOUR', day: 'DAY' };

/** The rules know the fields by the names of Segment's API. */
function windowIn(query: { granularity: string; start: string; end: string }, now: Date): Window {
  const { granularity, start: startTime, end: endTime } = query;
  try {
    return windowOf({ granularity: GRANULARITIES[granularity] ?? 'DAY', startTime, endTime }, EVENTS_VOLUME, now);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const plain = (text: string) =>
      text.replaceAll('"', '').replaceAll('startTime', 'start').replaceAll('endTime', 'end');
    const fields = (error.details.fields ?? []).map(({ field, message }) => ({
      field: plain(field),
      message: plain(message),
    }));
    throw new AppError('validation_error', plain(error.message), { fields });
  }
}
