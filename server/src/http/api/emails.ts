/** /emails: send one transactional email, see what became of it. As SubscribeFlow's (contract §6, §11). */
import { type Static, Type } from 'typebox';
import { scopeOf } from '../../access/principal.ts';
import type { Emails } from '../../messaging/emails.ts';
import type { MessageItem } from '../../messaging/queries.ts';
import { type Http, principalOf } from '../route.ts';
import { ErrorBody, IdParams, PageOf, PageQuery, pageOfIds, time, timeOrNull } from './conventions.ts';
import { VariablesBody } from './templates.ts';

const State = Type.Union([
  Type.Literal('queued'),
  Type.Literal('sending'),
  Type.Literal('sent'),
  Type.Literal('failed'),
  Type.Literal('captured'),
  Type.Literal('unknown'),
]);
const orNull = (options: { maxLength?: number } = {}) => Type.Union([Type.String(options), Type.Null()]);

// Clients send null for what they leave out.
const SendBody = Type.Object(
  {
    template_slug: Type.Optional(orNull({ maxLength: 100 })),
    template_id: Type.Optional(orNull({ maxLength: 36 })),
    to: Type.String({ maxLength: 320, description: 'One plain address.' }),
    variables: Type.Optional(Type.Union([VariablesBody, Type.Null()])),
    idempotency_key: Type.Optional(orNull({ maxLength: 255 })),
  },
  { additionalProperties: false },
);

const Sent = Type.Object({
  id: Type.String(),
  status: State,
  esp_message_id: Type.Union([Type.String(), Type.Null()], {
    description: "The mail server's answer, once it took it.",
  }),
});

const Email = Type.Object({
  id: Type.String(),
  status: State,
  template_id: Type.String(),
  template_slug: Type.String(),
  from: Type.String(),
  to: Type.String(),
  subject: Type.String(),
  attempts: Type.Integer(),
  error: orNull(),
  esp_message_id: orNull(),
  idempotency_key: orNull(),
  created_at: Type.String(),
  next_attempt_at: Type.Union([Type.String(), Type.Null()], { description: 'While it is queued.' }),
  finished_at: orNull(),
});

const EmailDetail = Type.Object({ ...Email.properties, html: Type.String(), text: Type.String() });

function serialize(row: MessageItem): Static<typeof Email> {
  return {
    id: row.id,
    status: row.state,
    template_id: row.template_id,
    template_slug: row.template_slug,
    from: row.from_address,
    to: row.to_address,
    subject: row.subject,
    attempts: row.attempts,
    error: row.error,
    esp_message_id: row.provider_message_id,
    idempotency_key: row.idempotency_key,
    created_at: time(row.created_at),
    next_attempt_at: row.state === 'queued' ? time(row.next_attempt_at) : null,
    finished_at: timeOrNull(row.finished_at),
  };
}

const tags = ['Emails'];
const reads = { access: { scope: 'emails:read' } } as const;

export function emailRoutes(app: Http, { emails }: { emails: Emails }): void {
  app.route({
    method: 'POST',
    url: '/emails/send',
    config: { access: { scope: 'emails:send', sends: true } },
    schema: {
      operationId: 'emails.send',
      tags,
      summary: 'Send one email to one address',
      description:
        'Rendered and durable when answered. `idempotency_key` makes a repeated call answer as the first did ' +
        '(`Idempotent-Replayed: true`) and send once, for as long as the message is kept; the header ' +
        '`Idempotency-Key` does the same for 24 hours. In the test environment nothing leaves: the message is captured ' +
        'in the sandbox.',
      body: SendBody,
      response: { 202: Sent, '4xx': ErrorBody },
    },
    handler: async (request, reply) => {
      const { body } = request;
      const answer = await emails.send(principalOf(request), {
        templateSlug: body.template_slug ?? null,
        templateId: body.template_id ?? null,
        to: body.to,
        variables: body.variables ?? {},
        idempotencyKey: body.idempotency_key ?? null,
      });
      if (answer.replayed) reply.header('idempotent-replayed', 'true');
      return reply.code(202).send({ id: answer.id, status: answer.status, esp_message_id: null });
    },
  });

  app.route({
    method: 'GET',
    url: '/emails',
    config: reads,
    schema: {
      operationId: 'emails.list',
      tags,
      summary: 'List emails, newest first',
      description: '`total` counts to 10,000.',
      querystring: Type.Object({
        ...PageQuery.properties,
        status: Type.Optional(State),
        to: Type.Optional(Type.String({ maxLength: 320 })),
      }),
      response: { 200: PageOf(Email), '4xx': ErrorBody },
    },
    handler: async (request) => {
      const page = pageOfIds(request.query);
      const { status, to } = request.query;
      const { limit, before } = page.request;
      const found = await emails.list(scopeOf(principalOf(request)), { state: status, to, before }, limit);
      return { items: found.items.map(serialize), cursor: page.next(found.items), total: found.total };
    },
  });

  app.route({
    method: 'GET',
    url: '/emails/:id',
    config: reads,
    schema: {
      operationId: 'emails.get',
      tags,
      summary: 'One email with its bodies',
      params: IdParams,
      response: { 200: EmailDetail, '4xx': ErrorBody },
    },
    handler: async (request) => {
      const row = await emails.get(scopeOf(principalOf(request)), request.params.id);
      return { ...serialize(row), html: row.html, text: row.text };
    },
  });
}
