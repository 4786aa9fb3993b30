/** /api/v1/approvals: sends of keys that wait for a second person. */
import { Type } from 'typebox';
import type { Approval } from '../../../../access/brakes/approvals.ts';
import type { Access } from '../../../../access/service.ts';
import { type Http, principalOf } from '../../../route.ts';
import { ErrorBody, IdParams, PageOf, PageQuery, pageOfIds, time, timeOrNull } from '../../conventions.ts';

const Nullable = Type.Union([Type.String(), Type.Null()]);
const Asked = Type.Union([
  Type.Literal('pending'),
  Type.Literal('approved'),
  Type.Literal('rejected'),
  Type.Literal('used'),
]);

const ApprovalBody = Type.Object({
  id: Type.String(),
  state: Type.String({ description: 'pending, approved, rejected, used, expired' }),
  environment: Type.String(),
  key: Type.Object({ number: Type.Integer(), public_id: Type.String(), name: Type.String() }),
  route: Type.String(),
  recipients: Type.Integer(),
  requested_at: Type.String(),
  expires_at: Type.String(),
  decided_at: Nullable,
  decided_by: Nullable,
  note: Type.String(),
  used_at: Nullable,
});

const Decision = Type.Object(
  { note: Type.Optional(Type.String({ maxLength: 500, pattern: '^[^\\u0000]*$' })) },
  { additionalProperties: false },
);

export function approvalRoutes(app: Http, { access }: { access: Pick<Access, 'approvals'> }): void {
  const { approvals } = access;
  app.route({
    method: 'GET',
    url: '/approvals',
    config: { access: { scope: 'alerts:read' } },
    schema: {
      operationId: 'approvals.list',
      tags: ['Approvals'],
      summary: 'List sends that ask for approval',
      description: 'Newest first. A key whose send is refused with approval_required finds it here.',
      querystring: Type.Object(
        { ...PageQuery.properties, state: Type.Optional(Asked) },
        { additionalProperties: false },
      ),
      response: { 200: PageOf(ApprovalBody), '4xx': ErrorBody },
    },
    async handler(request) {
      const page = pageOfIds(request.query);
      const { state } = request.query;
      const { items, total } = await approvals.list(principalOf(request), { state, ...page.request });
      return { items: items.map(approvalBody), cursor: page.next(items), total };
    },
  });

  for (const [verb, state, summary] of [
    ['approve', 'approved', 'Approve a send'],
    ['reject', 'rejected', 'Reject a send'],
  ] as const) {
    app.route({
      method: 'POST',
      url: `/approvals/:id/${verb}`,
      config: { access: { scope: 'alerts:manage' } },
      schema: {
        operationId: `approvals.${verb}`,
        tags: ['Approvals'],
        summary,
        description:
          'For an owner or admin who did not make the key. An approval is good for one send within 24 hours.',
        params: IdParams,
        body: Decision,
        response: { 200: ApprovalBody, '4xx': ErrorBody },
      },
      async handler(request) {
        const { note = '' } = request.body;
        return approvalBody(await approvals.decide(principalOf(request), request.params.id, state, note));
      },
    });
  }
}

function approvalBody(approval: Approval) {
  return {
    id: approval.id,
    state: approval.state,
    environment: approval.environment,
    key: { number: approval.key.number, public_id: approval.key.publicId, name: approval.key.name },
    route: approval.route,
    recipients: approval.recipients,
    requested_at: time(approval.requestedAt),
    expires_at: time(approval.expiresAt),
    decided_at: timeOrNull(approval.decidedAt),
    decided_by: approval.decidedBy,
    note: approval.note,
    used_at: timeOrNull(approval.usedAt),
  };
}
