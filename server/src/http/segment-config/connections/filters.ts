/** The destination filters of a source's destination, and what one would make of an event (contract segment-config-api §16). */
import { type Static, Type } from 'typebox';
import type { Catalog } from '../../../connections/catalog/catalog.ts';
import type { ActionType, FilterAction } from '../../../connections/filters/actions.ts';
import type { Filters } from '../../../connections/filters/filters.ts';
import type { FilterRow } from '../../../connections/filters/queries.ts';
import type { Connections } from '../../../connections/service.ts';
import { invalidField, notFound } from '../../../errors.ts';
import type { Http } from '../../route.ts';
import { shortId, uuidOf } from '../../segment/protocol/ids.ts';
import {
  ConfigError,
  ConfigPageQuery,
  LooseBoolean,
  Nothing,
  readConfigKeyset,
  truth,
} from '../protocol/conventions.ts';
import { masked, UpdateMask } from '../protocol/mask.ts';
import { NamePart, type Names } from '../protocol/names.ts';
import {
  ConnectionParams,
  connectionId,
  createDestinationNames,
  type DestinationNames,
  DestinationParams,
  type DestinationPlace,
} from './destination-names.ts';

/** The words of this door; the first of several is what a filter made elsewhere is shown with. */
const WORDS: Readonly<Record<ActionType, readonly string[]>> = {
  DROP: ['drop_event'],
  SAMPLE: ['sample_event'],
  ALLOW_PROPERTIES: ['whitelist_fields', 'allowlist_fields'],
  DROP_PROPERTIES: ['blacklist_fields', 'blocklist_fields'],
};

const text = (maxLength: number) => Type.String({ maxLength, pattern: '^[^\\u0000]*$' });

const Action = Type.Object({
  type: text(50),
  percent: Type.Optional(Type.Number()),
  path: Type.Optional(text(255)),
  fields: Type.Optional(
    Type.Record(text(255), Type.Object({ fields: Type.Optional(Type.Array(text(255), { maxItems: 64 })) }), {
      description: 'By `properties`, `traits` and `context`.',
    }),
  ),
});

const Filter = Type.Object({
  name: Type.String({ description: '`…/destinations/<slug>/config/<hex>/filters/df_<id>`' }),
  if: Type.String(),
  actions: Type.Array(Action),
  title: Type.String(),
  description: Type.String(),
  enabled: Type.Boolean(),
});

const Changes = Type.Object({
  if: Type.Optional(text(5_120)),
  actions: Type.Optional(Type.Array(Action, { maxItems: 10 })),
  title: Type.Optional(text(255)),
  description: Type.Optional(text(1_000)),
  enabled: Type.Optional(LooseBoolean),
  update_mask: Type.Optional(UpdateMask),
});

const FIELDS = ['if', 'actions', 'title', 'description', 'enabled'] as const;

const tags = ['Segment Config API'];
const PATH = '/workspaces/:workspace/sources/:source/destinations/:destination';

/** Names have the destination's number in them, what clients read by often has not (contract §16.4): both are taken. */
const MOUNTS = [
  { url: `${PATH}/filters`, params: DestinationParams, hidden: false },
  { url: `${PATH}/config/:connection/filters`, params: ConnectionParams, hidden: true },
] as const;

export interface FilterRoutesParts {
  readonly filters: Filters;
  readonly names: Names;
  readonly catalog: Catalog;
  readonly connections: Connections;
}

export function filterRoutes(door: Http, { filters, ...parts }: FilterRoutesParts): void {
  const names = createDestinationNames(parts);
  for (const mount of MOUNTS) mountFilters(door, mount, { filters, names });

  door.route({
    method: 'POST',
    url: '/filters/preview',
    config: { access: { scope: 'workspace:read', door: 'segment-config' } },
    schema: {
      operationId: 'segmentConfigFilters.preview',
      tags,
      summary: 'What a filter would make of an event (Segment Config API)',
      body: Type.Object({
        filter: Type.Optional(Changes),
        input: Type.String({ maxLength: 131_072, description: 'The event as JSON.' }),
      }),
      response: {
        200: Type.Object({ input: Type.String(), output: Type.String({ description: 'JSON; empty: it is dropped.' }) }),
        '4xx': ConfigError,
      },
    },
    async handler(request) {
      const { filter = {}, input } = request.body;
      const { if: condition = '', actions = [] } = filter;
      const output = filters.preview({ if: condition, actions: actionsIn(actions) }, eventIn(input));
      return { input, output: output === null ? '' : JSON.stringify(output) };
    },
  });
}

function mountFilters(
  door: Http,
  { url, params, hidden }: (typeof MOUNTS)[number],
  { filters, names }: { filters: Filters; names: DestinationNames },
): void {
  // Documented once.
  const told = (operationId: string, summary: string) => ({
    ...(hidden ? { hide: true } : { operationId: `segmentConfigFilters.${operationId}` }),
    tags,
    summary: `${summary} (Segment Config API)`,
  });
  const ItemParams = Type.Object({ ...params.properties, filter: NamePart });

  door.route({
    method: 'GET',
    url,
    config: { access: { scope: 'workspace:read', door: 'segment-config' } },
    schema: {
      ...told('list', 'List the filters of a destination, oldest first'),
      params,
      querystring: ConfigPageQuery,
      response: {
        200: Type.Object({ filters: Type.Array(Filter), next_page_token: Type.String() }),
        '4xx': ConfigError,
      },
    },
    async handler(request) {
      const place = await names.destination(request, request.params);
      const { request: wanted, next } = readConfigKeyset(request.query);
      const page = await filters.page(place.scope, place.destination.id, wanted);
      const ids = page.rows.map(({ id }) => id);
      return { filters: page.rows.map((row) => serialize(row, place)), next_page_token: next(page, ids) };
    },
  });

  door.route({
    method: 'POST',
    url,
    config: { access: { scope: 'workspace', door: 'segment-config' } },
    schema: {
      ...told('create', 'Create a filter of a destination'),
      params,
      body: Type.Object({ filter: Changes, update_mask: Type.Optional(UpdateMask) }),
      response: { 200: Filter, '4xx': ConfigError },
    },
    async handler(request) {
      const place = await names.destination(request, request.params);
      const { if: condition = '', actions = [], title = '', description, enabled } = request.body.filter;
      const row = await filters.create(place.scope, place.destination.id, {
        if: condition,
        actions: actionsIn(actions),
        title,
        description: description || undefined,
        enabled: truth(enabled),
      });
      return serialize(row, place);
    },
  });

  door.route({
    method: 'GET',
    url: `${url}/:filter`,
    config: { access: { scope: 'workspace:read', door: 'segment-config' } },
    schema: { ...told('get', 'Get a filter'), params: ItemParams, response: { 200: Filter, '4xx': ConfigError } },
    async handler(request) {
      const place = await names.destination(request, request.params);
      return serialize(await filters.get(place.scope, place.destination.id, idIn(request.params.filter)), place);
    },
  });

  // One old client sends POST (contract §16.4).
  for (const method of ['PATCH', 'POST'] as const) {
    door.route({
      method,
      url: `${url}/:filter`,
      config: { access: { scope: 'workspace', door: 'segment-config' } },
      schema: {
        ...told(method === 'PATCH' ? 'update' : 'updateByPost', 'Change what the update mask names'),
        params: ItemParams,
        body: Type.Object({ filter: Type.Optional(Changes), update_mask: Type.Optional(UpdateMask) }),
        response: { 200: Filter, '4xx': ConfigError },
      },
      async handler(request) {
        const place = await names.destination(request, request.params);
        const id = idIn(request.params.filter);
        const { filter = {}, update_mask = filter.update_mask } = request.body;
        const named = masked(update_mask, 'filter', FIELDS);
        if (named.size === 0) return serialize(await filters.get(place.scope, place.destination.id, id), place);
        const row = await filters.update(place.scope, place.destination.id, id, {
          ...(named.has('if') && { if: filter.if ?? '' }),
          ...(named.has('actions') && { actions: actionsIn(filter.actions ?? []) }),
          ...(named.has('title') && { title: filter.title ?? '' }),
          ...(named.has('description') && { description: filter.description || null }),
          ...(named.has('enabled') && { enabled: truth(filter.enabled) }),
        });
        return serialize(row, place);
      },
    });
  }

  door.route({
    method: 'DELETE',
    url: `${url}/:filter`,
    config: { access: { scope: 'workspace', door: 'segment-config' } },
    schema: {
      ...told('delete', 'Delete a filter'),
      params: ItemParams,
      response: { 200: Nothing, '4xx': ConfigError },
    },
    async handler(request) {
      const place = await names.destination(request, request.params);
      await filters.remove(place.scope, place.destination.id, idIn(request.params.filter));
      return {};
    },
  });
}

function serialize(row: FilterRow, { sourceName, type }: DestinationPlace): Static<typeof Filter> {
  const destination = `${sourceName}/destinations/${type.slug}`;
  return {
    name: `${destination}/config/${connectionId(row.destination_id)}/filters/df_${shortId(row.id)}`,
    if: row.condition,
    actions: row.actions.map(({ type: kind, percent, path, fields, word }) => ({
      type: word ?? WORDS[kind][0] ?? '',
      ...(percent !== undefined && { percent }),
      ...(path !== undefined && { path }),
      ...(fields && {
        fields: Object.fromEntries(Object.entries(fields).map(([key, list]) => [key, { fields: [...list] }])),
      }),
    })),
    title: row.title,
    description: row.description ?? '',
    enabled: row.enabled,
  };
}

/** What does not belong to the type of an action is left out: clients send what is empty along. */
function actionsIn(actions: readonly Static<typeof Action>[]): FilterAction[] {
  return actions.map(({ type: word, percent, path, fields = {} }, index) => {
    const found = Object.entries(WORDS).find(([, words]) => words.includes(word));
    if (!found) throw invalidField(`actions.${index}.type`, `is one of ${Object.values(WORDS).flat().join(', ')}`);
    const type = found[0] as ActionType;
    const other = word === WORDS[type][0] ? {} : { word };
    if (type === 'DROP') return { type };
    if (type === 'SAMPLE') {
      return { type, ...(percent !== undefined && { percent }), ...(path !== undefined && { path }) };
    }
    // An empty group is one that is not set.
    const set = Object.entries(fields).flatMap(([key, { fields: list = [] }]) =>
      list.length > 0 ? [[key, list]] : [],
    );
    return { type, fields: Object.fromEntries(set), ...other };
  });
}

function eventIn(text: string): Record<string, unknown> {
  try {
    const event: unknown = JSON.parse(text);
    if (typeof event === 'object' && event !== null && !Array.isArray(event)) return event as Record<string, unknown>;
  } catch {
    // The same answer as for any other text.
  }
  throw invalidField('input', 'is the JSON text of an event');
}

/** @throws AppError not_found for what is no id of a filter. */
function idIn(text: string): string {
  const id = text.startsWith('df_') ? uuidOf(text.slice(3)) : uuidOf(text);
  if (id === null) throw notFound('filter');
  return id;
}
