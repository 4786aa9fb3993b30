/** The source and the destination catalog (contract segment-config-api §9–10). The same for every workspace. */
import { type Static, Type } from 'typebox';
import type { Catalog, DestinationType, Kind, Option, SourceType } from '../../../connections/catalog/catalog.ts';
import { notFound } from '../../../errors.ts';
import type { Http } from '../../route.ts';
import { ConfigError, ConfigPageQuery, configPageOf } from '../protocol/conventions.ts';
import { NamePart } from '../protocol/names.ts';

const Logos = Type.Object({ logo: Type.String(), mark: Type.String() });

const CatalogSource = Type.Object({
  name: Type.String({ description: '`catalog/sources/<slug>`' }),
  display_name: Type.String(),
  description: Type.String(),
  categories: Type.Array(Type.String()),
  type: Type.Union([Type.Literal('event'), Type.Literal('object')]),
  logos: Logos,
});

const Flags = Type.Record(Type.String(), Type.Boolean());

const CatalogDestination = Type.Object({
  id: Type.String(),
  name: Type.String({ description: '`catalog/destinations/<slug>`' }),
  slug: Type.String(),
  display_name: Type.String(),
  description: Type.String(),
  website: Type.String(),
  type: Type.Literal('STREAMING'),
  status: Type.String(),
  logos: Logos,
  categories: Type.Object({
    primary: Type.String(),
    secondary: Type.String(),
    additional: Type.Array(Type.String()),
  }),
  components: Type.Array(Type.Object({ type: Type.String() })),
  methods: Flags,
  platforms: Flags,
  browserUnbundlingSupported: Type.Boolean(),
  browserUnbundlingPublic: Type.Boolean(),
  previous_names: Type.Array(Type.String()),
  settings: Type.Array(Type.Record(Type.String(), Type.Unknown())),
});

const tags = ['Segment Config API'];
const params = Type.Object({ slug: NamePart });

export function catalogRoutes(door: Http, { catalog }: { catalog: Catalog }): void {
  door.route({
    method: 'GET',
    url: '/catalog/sources',
    config: { access: { scope: 'workspace:read', door: 'segment-config' } },
    schema: {
      operationId: 'segmentConfigCatalog.sources',
      tags,
      summary: 'List the types of sources, by slug (Segment Config API)',
      querystring: ConfigPageQuery,
      response: {
        200: Type.Object({ sources: Type.Array(CatalogSource), next_page_token: Type.String() }),
        '4xx': ConfigError,
      },
    },
    async handler(request) {
      const { items, nextPageToken } = configPageOf(catalog.sources.list(), ({ slug }) => slug, request.query);
      return { sources: items.map(source), next_page_token: nextPageToken };
    },
  });

  door.route({
    method: 'GET',
    url: '/catalog/sources/:slug',
    config: { access: { scope: 'workspace:read', door: 'segment-config' } },
    schema: {
      operationId: 'segmentConfigCatalog.source',
      tags,
      summary: 'Get a type of sources (Segment Config API)',
      params,
      response: { 200: CatalogSource, '4xx': ConfigError },
    },
    handler: async (request) => source(found(catalog.sources, request.params.slug)),
  });

  door.route({
    method: 'GET',
    url: '/catalog/destinations',
    config: { access: { scope: 'workspace:read', door: 'segment-config' } },
    schema: {
      operationId: 'segmentConfigCatalog.destinations',
      tags,
      summary: 'List the types of destinations, by slug (Segment Config API)',
      querystring: ConfigPageQuery,
      response: {
        200: Type.Object({ destinations: Type.Array(CatalogDestination), next_page_token: Type.String() }),
        '4xx': ConfigError,
      },
    },
    async handler(request) {
      const { items, nextPageToken } = configPageOf(catalog.destinations.list(), ({ slug }) => slug, request.query);
      return { destinations: items.map(destination), next_page_token: nextPageToken };
    },
  });

  door.route({
    method: 'GET',
    url: '/catalog/destinations/:slug',
    config: { access: { scope: 'workspace:read', door: 'segment-config' } },
    schema: {
      operationId: 'segmentConfigCatalog.destination',
      tags,
      summary: 'Get a type of destinations with its settings (Segment Config API)',
      params,
      response: { 200: CatalogDestination, '4xx': ConfigError },
    },
    handler: async (request) => destination(found(catalog.destinations, request.params.slug)),
  });
}

function found<T>(kind: Kind<T>, slug: string): T {
  const type = kind.find(slug);
  if (!type) throw notFound('type');
  return type;
}

/** Clients need the fields; pictures of other companies are not ours to serve. */
const LOGOS = { logo: '', mark: '' };

function source(type: SourceType): Static<typeof CatalogSource> {
  const { slug, name, description, categories, isCloudEventSource, sourceType } = type;
  return {
    name: `catalog/sources/${slug}`,
    display_name: name,
    description,
    categories: [...categories],
    type: sourceType === 'cloud-app' && !isCloudEventSource ? 'object' : 'event',
    logos: LOGOS,
  };
}

const COMPONENTS: Readonly<Record<string, string>> = { BROWSER: 'WEB', SERVER: 'CLOUD' };

function destination(type: DestinationType): Static<typeof CatalogDestination> {
  const { supportedMethods: methods, supportedPlatforms: platforms, supportedFeatures: features } = type;
  const [primary = '', secondary = '', ...additional] = type.categories;
  return {
    id: type.id,
    name: `catalog/destinations/${type.slug}`,
    slug: type.slug,
    display_name: type.name,
    description: type.description,
    website: '',
    type: 'STREAMING',
    status: type.status,
    logos: LOGOS,
    categories: { primary, secondary, additional },
    components: type.components.map((component) => ({ type: COMPONENTS[component.type] ?? component.type })),
    methods: {
      alias: methods['alias'] === true,
      group: methods['group'] === true,
      identify: methods['identify'] === true,
      page_view: methods['pageview'] === true,
      track: methods['track'] === true,
    },
    platforms: {
      browser: platforms['browser'] === true,
      server: platforms['server'] === true,
      mobile: platforms['mobile'] === true,
    },
    browserUnbundlingSupported: features['browserUnbundling'] === true,
    browserUnbundlingPublic: features['browserUnbundlingPublic'] === true,
    previous_names: [...type.previousNames],
    settings: type.options.map(setting),
  };
}

/** What the catalog calls a type of setting, and this API (contract §10.2). */
const SETTING_TYPES: Readonly<Record<string, string>> = { array: 'LIST', 'text-map': 'MAP' };

/** Of a setting; a connected destination's settings have it in lower case (contract §10.2). */
export function settingType({ type }: Pick<Option, 'type'>): string {
  return SETTING_TYPES[type] ?? type.toUpperCase();
}

function setting(option: Option): Record<string, unknown> {
  const { name, label, description = '', required } = option;
  const type = settingType(option);
  const settings: unknown[] = [];
  return {
    name,
    display_name: label ?? name,
    description,
    type,
    deprecated: false,
    required,
    ...validators(type, option),
    settings,
  };
}

function validators(type: string, { choices = [] }: Option): Record<string, unknown> {
  switch (type) {
    case 'STRING':
    case 'PASSWORD':
    case 'COLOR':
      return { string_validators: { regexp: '' } };
    case 'NUMBER':
      return { number_validators: { min: 0, max: 0 } };
    case 'MAP':
      return { map_validators: { regexp: '', min: 0, max: 0, map_prefix: '', select_options: [] } };
    case 'SELECT':
      return { select_validators: { select_options: choices.map(({ value }) => value) } };
    default:
      return {};
  }
}
