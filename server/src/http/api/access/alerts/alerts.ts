/** /api/v1/alerts: what the owners of a workspace should know of. */
import { Type } from 'typebox';
import type { Alert } from '../../../../access/alerts/alerts.ts';
import type { Access } from '../../../../access/service.ts';
import { type Http, principalOf } from '../../../route.ts';
import { ErrorBody, IdParams, PageOf, PageQuery, pageOfIds, time, timeOrNull } from '../../conventions.ts';

const AlertState = Type.Union([Type.Literal('open'), Type.Literal('acknowledged')]);
const Nullable = Type.Union([Type.String(), Type.Null()]);
const KeyName = Type.Object({ number: Type.Integer(), public_id: Type.String(), name: Type.String() });

const AlertBody = Type.Object({
  id: Type.String(),
  kind: Type.String({
    description:
      'key_leaked, key_in_url, canary_used, new_network, new_scope, export_jump, send_jump, approval_requested',
  }),
  severity: Type.Union([Type.Literal('info'), Type.Literal('warning'), Type.Literal('critical')]),
  title: Type.String(),
  text: Type.String(),
  state: AlertState,
  environment: Nullable,
  key: Type.Union([KeyName, Type.Null()]),
  data: Type.Record(Type.String(), Type.Unknown()),
  created_at: Type.String(),
  acknowledged_at: Nullable,
  acknowledged_by: Nullable,
});

export function alertRoutes(app: Http, { access }: { access: Pick<Access, 'alerts'> }): void {
  app.route({
    method: 'GET',
    url: '/alerts',
    config: { access: { scope: 'alerts:read' } },
    schema: {
      operationId: 'alerts.list',
      tags: ['Alerts'],
      summary: 'List alerts',
      description: 'Newest first. A key sees the alerts about keys of its own environment.',
      querystring: Type.Object(
        { ...PageQuery.properties, state: Type.Optional(AlertState) },
        { additionalProperties: false },
      ),
      response: { 200: PageOf(AlertBody), '4xx': ErrorBody },
    },
    async handler(request) {
      const page = pageOfIds(request.query);
      const { state } = request.query;
      const { items, total } = await access.alerts.list(principalOf(request), { state, ...page.request });
      return { items: items.map(alertBody), cursor: page.next(items), total };
    },
  });

  app.route({
    method: 'POST',
    url: '/alerts/:id/acknowledge',
    config: { access: { scope: 'alerts:manage' } },
    schema: {
      operationId: 'alerts.acknowledge',
      tags: ['Alerts'],
      summary: 'Acknowledge an alert',
      params: IdParams,
      response: { 200: AlertBody, '4xx': ErrorBody },
    },
    async handler(request) {
      return alertBody(await access.alerts.acknowledge(principalOf(request), request.params.id));
    },
  });
}

function alertBody(alert: Alert) {
  return {
    id: alert.id,
    kind: alert.kind,
    severity: alert.severity,
    title: alert.title,
    text: alert.text,
    state: alert.acknowledgedAt ? ('acknowledged' as const) : ('open' as const),
    environment: alert.environment,
    key: alert.key && { number: alert.key.number, public_id: alert.key.publicId, name: alert.key.name },
    data: { ...alert.data },
    created_at: time(alert.createdAt),
    acknowledged_at: timeOrNull(alert.acknowledgedAt),
    acknowledged_by: alert.acknowledgedBy,
  };
}
