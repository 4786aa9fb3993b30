/** /catalog: the types of sources, destinations and warehouses, with the settings each asks for. The same for every workspace. */
import { type Static, Type } from 'typebox';
import type {
  Action,
  Catalog,
  DestinationType,
  Kind,
  Option,
  SourceType,
  WarehouseType,
} from '../../../../connections/catalog/catalog.ts';
import { isReadOnly, isSecret } from '../../../../connections/destinations/settings.ts';
import { delivers as deliversTo } from '../../../../connections/destinations/targets.ts';
import { notFound } from '../../../../errors.ts';
import type { Http } from '../../../route.ts';
import { decodeCursor, ErrorBody, encodeCursor, IdParams, PageOf, PageQuery } from '../../conventions.ts';

const KINDS = ['sources', 'destinations', 'warehouses'] as const;
type KindName = (typeof KINDS)[number];

const Summary = Type.Object({
  id: Type.String({ description: 'What a connection is made with.' }),
  slug: Type.String(),
  name: Type.String(),
  description: Type.String(),
  categories: Type.Array(Type.String()),
  status: Type.String(),
  actions: Type.Integer({
    description: 'How many actions a destination of the type has; 0: it takes events as they are.',
  }),
  delivers: Type.Boolean({ description: 'Whether this server does what the type is for; else it is only stored.' }),
});

const Choice = Type.Object({ label: Type.String(), value: Type.Unknown() });

const Setting = Type.Object({
  name: Type.String(),
  type: Type.String({
    description: '`string`, `password`, `boolean`, `number`, `select`, `array`, `map`, `text-map`, …',
  }),
  required: Type.Boolean(),
  secret: Type.Boolean({ description: 'Sealed in the database. Reads show bullets; sent back, they stand for it.' }),
  read_only: Type.Boolean({ description: 'Given when the destination is made, and not changed after.' }),
  label: Type.String(),
  description: Type.String(),
  default_value: Type.Optional(Type.Unknown()),
  choices: Type.Optional(Type.Array(Choice)),
  multiple: Type.Boolean(),
});

const Field = Type.Object({
  key: Type.String(),
  label: Type.String(),
  type: Type.String({ description: '`STRING`, `OBJECT`, `NUMBER`, `BOOLEAN`, …' }),
  description: Type.String(),
  required: Type.Boolean(),
  multiple: Type.Boolean(),
  default_value: Type.Optional(Type.Unknown({ description: 'A value or a mapping, such as `{"@path": "$.userId"}`.' })),
  choices: Type.Optional(Type.Array(Choice)),
  hidden: Type.Boolean(),
});

const ActionType = Type.Object({
  id: Type.String(),
  slug: Type.String(),
  name: Type.String(),
  description: Type.String(),
  platform: Type.String(),
  hidden: Type.Boolean(),
  default_trigger: Type.Union([Type.String(), Type.Null()], { description: 'FQL.' }),
  fields: Type.Array(Field),
});

const Preset = Type.Object({
  action_id: Type.String(),
  name: Type.String(),
  trigger: Type.String(),
  fields: Type.Record(Type.String(), Type.Unknown()),
});

const Detail = Type.Object({
  ...Summary.properties,
  settings: Type.Array(Setting),
  action_types: Type.Array(ActionType),
  presets: Type.Array(Preset),
});

type AnyType = SourceType | DestinationType | WarehouseType;

export function catalogRoutes(app: Http, { catalog }: { catalog: Catalog }): void {
  for (const name of KINDS) {
    const types: Kind<AnyType> = catalog[name];
    const tags = ['Catalog'];

    app.route({
      method: 'GET',
      url: `/catalog/${name}`,
      config: { access: { scope: name === 'sources' ? 'sources:read' : 'destinations:read' } },
      schema: {
        operationId: `catalog.${name}`,
        tags,
        summary: `List the types of ${name}, or those that a text is found in, best first`,
        querystring: Type.Object({
          ...PageQuery.properties,
          q: Type.Optional(Type.String({ maxLength: 100, description: 'Part of a name or a category.' })),
          category: Type.Optional(Type.String({ maxLength: 100 })),
        }),
        response: { 200: PageOf(Summary), '4xx': ErrorBody },
      },
      async handler({ query: { q = '', category, limit = 50, cursor } }) {
        const start = cursor === undefined ? 0 : Math.max(0, Number(decodeCursor(cursor, 1)[0]) || 0);
        const found = types.search(q).filter((type) => category === undefined || categoriesOf(type).includes(category));
        const items = found.slice(start, start + limit).map((type) => summary(name, type));
        const next = start + limit < found.length ? encodeCursor([start + limit]) : null;
        return { items, cursor: next, total: found.length };
      },
    });

    app.route({
      method: 'GET',
      url: `/catalog/${name}/:id`,
      config: { access: { scope: name === 'sources' ? 'sources:read' : 'destinations:read' } },
      schema: {
        operationId: `catalog.${name.slice(0, -1)}`,
        tags,
        summary: `Get a type of ${name} by its id or slug, with its settings${name === 'destinations' ? ' and actions' : ''}`,
        params: IdParams,
        response: { 200: Detail, '4xx': ErrorBody },
      },
      async handler({ params }) {
        const type = types.find(params.id);
        if (!type) throw notFound('type');
        return detail(name, type);
      },
    });
  }
}

function categoriesOf(type: AnyType): readonly string[] {
  return 'categories' in type ? type.categories : [];
}

function summary(kind: KindName, type: AnyType): Static<typeof Summary> {
  return {
    id: type.id,
    slug: type.slug,
    name: type.name,
    description: type.description,
    categories: [...categoriesOf(type)],
    status: 'status' in type ? type.status : 'PUBLIC',
    actions: 'actions' in type ? type.actions.length : 0,
    delivers: delivers(kind, type),
  };
}

/** Events of every source are taken; nothing is loaded into warehouses yet. */
function delivers(kind: KindName, type: AnyType): boolean {
  if (kind === 'sources') return !('isCloudEventSource' in type && type.isCloudEventSource);
  return kind === 'destinations' && deliversTo(type);
}

function detail(kind: KindName, type: AnyType): Static<typeof Detail> {
  return {
    ...summary(kind, type),
    settings: type.options.map((option) => setting(type, option)),
    action_types: 'actions' in type ? type.actions.map(actionType) : [],
    presets:
      'presets' in type
        ? type.presets.map(({ actionId, name, trigger, fields }) => ({ action_id: actionId, name, trigger, fields }))
        : [],
  };
}

function setting(of: AnyType, option: Option): Static<typeof Setting> {
  const mode = 'mode' in of ? of.mode : '';
  const { name, type, required, label = '', description = '', defaultValue, choices, multiple = false } = option;
  return {
    name,
    type,
    required,
    secret: isSecret({ mode }, option),
    read_only: 'mode' in of && isReadOnly(option),
    label,
    description,
    ...(defaultValue !== undefined && { default_value: defaultValue }),
    ...(choices && { choices: [...choices] }),
    multiple,
  };
}

function actionType({ id, slug, name, description, platform, hidden, defaultTrigger, fields }: Action) {
  return {
    id,
    slug,
    name,
    description,
    platform,
    hidden,
    default_trigger: defaultTrigger,
    fields: fields.map((field) => ({
      key: field.fieldKey,
      label: field.label,
      type: field.type,
      description: field.description,
      required: field.required,
      multiple: field.multiple,
      ...(field.defaultValue !== undefined && { default_value: field.defaultValue }),
      ...(field.choices && { choices: [...field.choices] }),
      hidden: field.hidden ?? false,
    })),
  };
}
