/** GET /catalog/…: the types of destinations, sources and warehouses. The same for every workspace. */
import type {
  Catalog,
  DestinationType,
  Kind,
  Option,
  SourceType,
  WarehouseType,
} from '../../../connections/catalog/catalog.ts';
import { notFound } from '../../../errors.ts';
import { constant } from '../protocol/answer.ts';
import type { Call, Handlers } from '../protocol/door.ts';
import { pageOf } from '../protocol/paging.ts';

export function catalogHandlers({ catalog }: { catalog: Catalog }): Handlers {
  return {
    getDestinationsCatalog: (call) => list(call, catalog.destinations, 'destinationsCatalog', destinationMetadata),
    getSourcesCatalog: (call) => list(call, catalog.sources, 'sourcesCatalog', sourceMetadata),
    getWarehousesCatalog: (call) => list(call, catalog.warehouses, 'warehousesCatalog', warehouseMetadata),
    getDestinationMetadata: ({ params }) => ({
      destinationMetadata: destinationMetadata(found(catalog.destinations, params['destinationMetadataId'])),
    }),
    getSourceMetadata: ({ params }) => ({
      sourceMetadata: sourceMetadata(found(catalog.sources, params['sourceMetadataId'])),
    }),
    getWarehouseMetadata: ({ params }) => ({
      warehouseMetadata: warehouseMetadata(found(catalog.warehouses, params['warehouseMetadataId'])),
    }),
  };
}

function list<T extends { slug: string }>(
  { query }: Call,
  kind: Kind<T>,
  key: string,
  serialize: (type: T) => unknown,
) {
  const { items, pagination } = pageOf(kind.list(), (type) => type.slug, query['pagination']);
  return { [key]: items.map(serialize), pagination };
}

function found<T>(kind: Kind<T>, id: string | undefined): T {
  const type = kind.find(id ?? '');
  if (!type) throw notFound('type');
  return type;
}

const shown = new WeakMap<DestinationType, object>();

/** The same object for the same type: it is large, and stands in every answer about a destination. */
export function destinationMetadata(type: DestinationType): object {
  const known = shown.get(type);
  if (known) return known;
  const made = constant({
    ...type,
    logos: LOGOS,
    website: '',
    contacts: [],
    options: type.options.map(option),
    components: type.components.map((component) => ({ code: '', ...component })),
    actions: type.actions,
    presets: type.presets,
  });
  shown.set(type, made);
  return made;
}

export function sourceMetadata(type: SourceType): object {
  return { ...type, logos: LOGOS, options: type.options.map(option) };
}

export function warehouseMetadata(type: WarehouseType): object {
  return { ...type, logos: LOGOS, options: type.options.map(option) };
}

/** Clients need the field; pictures of other companies are not ours to serve. */
const LOGOS = { default: '' };

function option({ name, type, required, description, defaultValue, label }: Option): object {
  return { name, type, required, description, defaultValue, label };
}
