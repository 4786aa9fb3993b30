/** /destinations/{id}/filters: what of its source's events a destination gets; and what a filter would make of one event. */
import { type Static, Type } from 'typebox';
import { scopeOf } from '../../../../access/principal.ts';
import type { Filters } from '../../../../connections/filters/filters.ts';
import { compileCondition } from '../../../../connections/filters/fql/fql.ts';
import type { FilterRow } from '../../../../connections/filters/queries.ts';
import { type Http, principalOf } from '../../../route.ts';
import { ErrorBody, IdParams, PageOf, time } from '../../conventions.ts';

const Action = Type.Object(
  {
    type: Type.Union([
      Type.Literal('DROP'),
      Type.Literal('SAMPLE'),
      Type.Literal('ALLOW_PROPERTIES'),
      Type.Literal('DROP_PROPERTIES'),
    ]),
    percent: Type.Optional(
      Type.Number({ minimum: 0, maximum: 1, description: 'SAMPLE: the share that passes. Default: none.' }),
    ),
    path: Type.Optional(
      Type.String({ maxLength: 255, description: 'SAMPLE: the field whose value decides. Default: the messageId.' }),
    ),
    fields: Type.Optional(
      Type.Record(Type.String(), Type.Array(Type.String({ minLength: 1, maxLength: 255 })), {
        description: 'ALLOW_PROPERTIES, DROP_PROPERTIES: path of an object → names in it. "" is the event itself.',
      }),
    ),
  },
  { additionalProperties: false },
);
const Condition = Type.String({ maxLength: 5_120, description: 'FQL; `all` is every event.' });
const Actions = Type.Array(Action, { minItems: 1, maxItems: 4 });
const Title = Type.String({ minLength: 1, maxLength: 64 });
const Description = Type.Union([Type.String({ maxLength: 1_000 }), Type.Null()]);

const FilterBody = Type.Object({
  id: Type.String(),
  source_id: Type.String(),
  destination_id: Type.String(),
  title: Type.String(),
  description: Type.Union([Type.String(), Type.Null()]),
  if: Type.String(),
  actions: Type.Array(Action),
  enabled: Type.Boolean(),
  created_at: Type.String(),
  updated_at: Type.String(),
});

function serialize(row: FilterRow): Static<typeof FilterBody> {
  return {
    id: row.id,
    source_id: row.source_id,
    destination_id: row.destination_id,
    title: row.title,
    description: row.description,
    if: row.condition,
    actions: row.actions.map(({ type, percent, path, fields }) => ({
      type,
      ...(percent !== undefined && { percent }),
      ...(path !== undefined && { path }),
      ...(fields && { fields: Object.fromEntries(Object.entries(fields).map(([key, names]) => [key, [...names]])) }),
    })),
    enabled: row.enabled,
    created_at: time(row.created_at),
    updated_at: time(row.updated_at),
  };
}

const FilterParams = Type.Object({ id: Type.String({ maxLength: 100 }), filter_id: Type.String({ maxLength: 100 }) });
/** More than a destination can have. */
const ALL = { count: 100 };

const tags = ['Filters'];

export function filtersRoutes(app: Http, { filters }: { filters: Filters }): void {
  app.route({
    method: 'GET',
    url: '/destinations/:id/filters',
    config: { access: { scope: 'destinations:read' } },
    schema: {
      operationId: 'filters.list',
      tags,
      summary: 'List the filters of a destination, oldest first: there are ten at most',
      params: IdParams,
      response: { 200: PageOf(FilterBody), '4xx': ErrorBody },
    },
    async handler(request) {
      const page = await filters.page(scopeOf(principalOf(request)), request.params.id, ALL);
      return { items: page.rows.map(serialize), cursor: null, total: page.total };
    },
  });

  app.route({
    method: 'POST',
    url: '/destinations/:id/filters',
    config: { access: { scope: 'destinations:write' } },
    schema: {
      operationId: 'filters.create',
      tags,
      summary: 'Create a filter of a destination; it is in force when this is answered',
      params: IdParams,
      body: Type.Object(
        {
          title: Title,
          description: Type.Optional(Description),
          if: Condition,
          actions: Actions,
          enabled: Type.Optional(Type.Boolean()),
        },
        { additionalProperties: false },
      ),
      response: { 201: FilterBody, '4xx': ErrorBody },
    },
    async handler(request, reply) {
      const { title, description, if: condition, actions, enabled = true } = request.body;
      const row = await filters.create(scopeOf(principalOf(request)), request.params.id, {
        title,
        description: description ?? undefined,
        if: condition,
        actions,
        enabled,
      });
      return reply.code(201).send(serialize(row));
    },
  });

  app.route({
    method: 'GET',
    url: '/destinations/:id/filters/:filter_id',
    config: { access: { scope: 'destinations:read' } },
    schema: {
      operationId: 'filters.get',
      tags,
      summary: 'Get a filter',
      params: FilterParams,
      response: { 200: FilterBody, '4xx': ErrorBody },
    },
    async handler(request) {
      const { id, filter_id } = request.params;
      return serialize(await filters.get(scopeOf(principalOf(request)), id, filter_id));
    },
  });

  app.route({
    method: 'PATCH',
    url: '/destinations/:id/filters/:filter_id',
    config: { access: { scope: 'destinations:write' } },
    schema: {
      operationId: 'filters.update',
      tags,
      summary: 'Change a filter; null clears its description',
      params: FilterParams,
      body: Type.Object(
        {
          title: Type.Optional(Title),
          description: Type.Optional(Description),
          if: Type.Optional(Condition),
          actions: Type.Optional(Actions),
          enabled: Type.Optional(Type.Boolean()),
        },
        { additionalProperties: false, minProperties: 1 },
      ),
      response: { 200: FilterBody, '4xx': ErrorBody },
    },
    async handler(request) {
      const { id, filter_id } = request.params;
      return serialize(await filters.update(scopeOf(principalOf(request)), id, filter_id, request.body));
    },
  });

  app.route({
    method: 'DELETE',
    url: '/destinations/:id/filters/:filter_id',
    config: { access: { scope: 'destinations:write' } },
    schema: {
      operationId: 'filters.delete',
      tags,
      summary: 'Delete a filter',
      params: FilterParams,
      response: { 204: Type.Null(), '4xx': ErrorBody },
    },
    async handler(request, reply) {
      const { id, filter_id } = request.params;
      await filters.remove(scopeOf(principalOf(request)), id, filter_id);
      return reply.code(204).send(null);
    },
  });

  app.route({
    method: 'POST',
    url: '/filters/preview',
    config: { access: { scope: 'destinations:read' } },
    schema: {
      operationId: 'filters.preview',
      tags,
      summary: 'What a filter would make of an event; nothing is stored',
      description:
        'A statement that does not parse is answered too, with where and what was expected: this is asked while it is written.',
      body: Type.Object(
        { if: Condition, actions: Actions, payload: Type.Record(Type.String(), Type.Unknown()) },
        { additionalProperties: false },
      ),
      response: {
        200: Type.Object({
          problem: Type.Union(
            [Type.Object({ line: Type.Integer(), column: Type.Integer(), message: Type.String() }), Type.Null()],
            { description: 'Why the statement does not parse; null: it does.' },
          ),
          matches: Type.Boolean(),
          result: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()], {
            description: 'null: the event is dropped, or the statement does not parse.',
          }),
        }),
        '4xx': ErrorBody,
      },
    },
    async handler(request) {
      const { if: condition, actions, payload } = request.body;
      const { run, problem } = compileCondition(condition);
      if (problem) return { problem: { ...problem }, matches: false, result: null };
      const result = filters.preview({ if: condition, actions }, payload);
      return { problem: null, matches: run(payload), result };
    },
  });
}
