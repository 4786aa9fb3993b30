/** Deliveries of a destination, and one with each of its attempts. */
import { type Static, Type } from 'typebox';
import { scopeOf } from '../../../../access/principal.ts';
import type { Delivery, NamedDelivery } from '../../../../delivery/service.ts';
import { type Http, principalOf } from '../../../route.ts';
import {
  ErrorBody,
  encodeCursor,
  IdParams,
  numericId,
  PageOf,
  PageQuery,
  rowBefore,
  time,
  timeOrNull,
} from '../../conventions.ts';

const State = Type.Union(
  [Type.Literal('pending'), Type.Literal('delivered'), Type.Literal('failed'), Type.Literal('captured')],
  { description: 'captured: kept in the sandbox, because the test environment sends nothing.' },
);
const NullableText = Type.Union([Type.String(), Type.Null()]);
const NullableStatus = Type.Union([Type.Integer(), Type.Null()]);

const fields = {
  id: Type.String(),
  event_id: Type.String(),
  destination_id: Type.String(),
  destination_name: Type.String(),
  state: State,
  last_status: NullableStatus,
  last_error: NullableText,
  next_attempt_at: Type.Union([Type.String(), Type.Null()], { description: 'Of a pending delivery.' }),
  created_at: Type.String(),
  finished_at: NullableText,
};
const DeliveryItem = Type.Object({ ...fields, attempts: Type.Integer() });
const DeliveryDetail = Type.Object({
  ...fields,
  attempts: Type.Array(
    Type.Object({
      attempt: Type.Integer(),
      started_at: Type.String(),
      duration_ms: Type.Integer(),
      status: NullableStatus,
      error: NullableText,
      response: Type.Union([Type.String(), Type.Null()], { description: 'The first 1,024 bytes of the answer.' }),
    }),
  ),
});

function serialize(row: NamedDelivery): Static<typeof DeliveryItem> {
  return {
    id: String(row.id),
    event_id: String(row.event_id),
    destination_id: row.destination_id,
    destination_name: row.destination_name,
    state: row.state,
    attempts: row.attempts,
    last_status: row.last_status,
    last_error: row.last_error,
    next_attempt_at: row.state === 'pending' ? time(row.next_attempt_at) : null,
    created_at: time(row.created_at),
    finished_at: timeOrNull(row.finished_at),
  };
}

const tags = ['Deliveries'];

export function deliveriesRoutes(app: Http, { delivery }: { delivery: Delivery }): void {
  app.route({
    method: 'GET',
    url: '/destinations/:id/deliveries',
    config: { access: { scope: 'destinations:read' } },
    schema: {
      operationId: 'destinations.deliveries',
      tags,
      summary: "List a destination's deliveries, newest first",
      description: '`total` counts to 10,000.',
      params: IdParams,
      querystring: Type.Object({ ...PageQuery.properties, state: Type.Optional(State) }),
      response: { 200: PageOf(DeliveryItem), '4xx': ErrorBody },
    },
    async handler(request) {
      const { limit = 50, cursor, state = null } = request.query;
      const filter = { state, limit, beforeId: rowBefore(cursor) };
      const page = await delivery.list(scopeOf(principalOf(request)), request.params.id, filter);
      const last = page.rows.at(-1);
      return {
        items: page.rows.map(serialize),
        cursor: last && page.rows.length === limit ? encodeCursor([last.id]) : null,
        total: page.total,
      };
    },
  });

  app.route({
    method: 'GET',
    url: '/deliveries/:id',
    config: { access: { scope: 'destinations:read' } },
    schema: {
      operationId: 'deliveries.get',
      tags,
      summary: 'Get a delivery with every attempt',
      params: IdParams,
      response: { 200: DeliveryDetail, '4xx': ErrorBody },
    },
    async handler(request) {
      const id = numericId(request.params.id, 'delivery');
      const found = await delivery.get(scopeOf(principalOf(request)), id);
      const attempts = found.attempts.map((one) => ({ ...one, started_at: time(one.started_at) }));
      return { ...serialize(found.delivery), attempts };
    },
  });
}
