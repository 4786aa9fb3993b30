/** /templates: Liquid in subject and HTML. As SubscribeFlow's (contract §10), with `html` in place of MJML. */
import { type Static, Type } from 'typebox';
import { scopeOf } from '../../access/principal.ts';
import type { TemplateRow } from '../../messaging/queries.ts';
import type { Templates } from '../../messaging/templates.ts';
import { type Http, principalOf } from '../route.ts';
import { ErrorBody, IdParams, label, PageOf, time } from './conventions.ts';

const Category = Type.Union([Type.Literal('transactional'), Type.Literal('marketing')]);
const VariablesSchema = Type.Record(
  Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_.-]{0,99}$' }),
  Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_ -]{0,49}$' }),
  { additionalProperties: false, maxProperties: 200, description: 'Name → type word. Tells people what to pass.' },
);

const Template = Type.Object({
  id: Type.String(),
  name: Type.String(),
  slug: Type.String(),
  subject: Type.String(),
  html: Type.String(),
  variables_schema: Type.Object({}, { additionalProperties: true }),
  category: Category,
  is_active: Type.Boolean(),
  created_at: Type.String(),
  updated_at: Type.String(),
});

/** Any text without NUL. */
function text(options: { minLength?: number; maxLength: number; description?: string }) {
  return Type.String({ ...options, pattern: '^[^\\u0000]*$' });
}

const fields = {
  name: label(),
  subject: text({ maxLength: 998, description: 'Liquid. Becomes one line.' }),
  html: text({ maxLength: 524_288, description: 'Liquid. Values are HTML-escaped; the text part is made from it.' }),
};

const optional = {
  slug: Type.Optional(Type.String({ pattern: '^[a-z0-9](?:[a-z0-9-]{0,98}[a-z0-9])?$' })),
  category: Type.Optional(Category),
  variables_schema: Type.Optional(VariablesSchema),
};

const strict = { additionalProperties: false };
const TemplateNew = Type.Object({ ...fields, ...optional }, strict);
const TemplateChange = Type.Object({ ...Type.Partial(Type.Object(fields)).properties, ...optional }, strict);

/** What a template is filled with. */
export const VariablesBody = Type.Record(Type.String(), Type.Unknown(), { maxProperties: 1_000 });

function serialize(row: TemplateRow): Static<typeof Template> {
  return {
    id: row.id,
    name: row.name,
    slug: row.slug,
    subject: row.subject,
    html: row.html,
    variables_schema: row.variables_schema,
    category: row.category,
    is_active: row.is_active,
    created_at: time(row.created_at),
    updated_at: time(row.updated_at),
  };
}

const tags = ['Templates'];
const reads = { access: { scope: 'templates:read' } } as const;
const writes = { access: { scope: 'templates:write' } } as const;

export function templateRoutes(app: Http, { templates }: { templates: Templates }): void {
  app.route({
    method: 'GET',
    url: '/templates',
    config: reads,
    schema: {
      operationId: 'templates.list',
      tags,
      summary: 'List active templates, newest first',
      description: 'Pages by `skip` and `limit`; `cursor` is always null.',
      querystring: Type.Object({
        skip: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000, default: 0 })),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 50 })),
        category: Type.Optional(Category),
      }),
      response: { 200: PageOf(Template), '4xx': ErrorBody },
    },
    handler: async (request) => {
      const { skip = 0, limit = 50, category } = request.query;
      const page = await templates.list(scopeOf(principalOf(request)), { skip, limit, category });
      return { items: page.items.map(serialize), cursor: null, total: page.total };
    },
  });

  app.route({
    method: 'POST',
    url: '/templates',
    config: writes,
    schema: {
      operationId: 'templates.create',
      tags,
      summary: 'Create a template',
      description: 'The slug is made from the name unless given; an active template with the same slug is a conflict.',
      body: TemplateNew,
      response: { 201: Template, '4xx': ErrorBody },
    },
    handler: async (request, reply) => {
      const row = await templates.create(scopeOf(principalOf(request)), request.body);
      return reply.code(201).send(serialize(row));
    },
  });

  app.route({
    method: 'GET',
    url: '/templates/:id',
    config: reads,
    schema: {
      operationId: 'templates.get',
      tags,
      summary: 'Get a template by id or slug',
      description: 'By slug only active ones are found, by id archived ones too.',
      params: IdParams,
      response: { 200: Template, '4xx': ErrorBody },
    },
    handler: async (request) => serialize(await templates.get(scopeOf(principalOf(request)), request.params.id)),
  });

  app.route({
    method: 'PATCH',
    url: '/templates/:id',
    config: writes,
    schema: {
      operationId: 'templates.update',
      tags,
      summary: 'Change a template by id or slug',
      description: 'The slug stays as it is: sends name templates by it.',
      params: IdParams,
      body: TemplateChange,
      response: { 200: Template, '4xx': ErrorBody },
    },
    handler: async (request) =>
      serialize(await templates.update(scopeOf(principalOf(request)), request.params.id, request.body)),
  });

  app.route({
    method: 'DELETE',
    url: '/templates/:id',
    config: writes,
    schema: {
      operationId: 'templates.delete',
      tags,
      summary: 'Archive a template by id or slug',
      description: 'It sends no more, and its slug is free for another.',
      params: IdParams,
      response: { 204: Type.Null(), '4xx': ErrorBody },
    },
    handler: async (request, reply) => {
      await templates.archive(scopeOf(principalOf(request)), request.params.id);
      return reply.code(204).send(null);
    },
  });

  app.route({
    method: 'POST',
    url: '/templates/preview',
    config: reads,
    schema: {
      operationId: 'templates.render',
      tags,
      summary: 'Render what is being written, without storing or sending it',
      body: Type.Object(
        { subject: fields.subject, html: fields.html, variables: Type.Optional(VariablesBody) },
        strict,
      ),
      response: {
        200: Type.Object({ subject: Type.String(), html: Type.String(), text: Type.String() }),
        '4xx': ErrorBody,
      },
    },
    handler: async ({ body }) => templates.render(body, body.variables ?? {}),
  });

  app.route({
    method: 'POST',
    url: '/templates/:id/preview',
    config: reads,
    schema: {
      operationId: 'templates.preview',
      tags,
      summary: 'Render a template without sending',
      params: IdParams,
      body: Type.Object({ variables: Type.Optional(VariablesBody) }, strict),
      response: {
        200: Type.Object({ subject: Type.String(), html: Type.String(), text: Type.String() }),
        '4xx': ErrorBody,
      },
    },
    handler: async (request) =>
      templates.preview(scopeOf(principalOf(request)), request.params.id, request.body.variables ?? {}),
  });
}
