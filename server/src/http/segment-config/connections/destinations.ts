/** The destinations of a source (contract segment-config-api §13). Their settings are a list of named values, merged by name. */
import { type Static, Type } from 'typebox';
import type { Catalog, DestinationType, Option } from '../../../connections/catalog/catalog.ts';
import type { DestinationRow } from '../../../connections/destinations/queries.ts';
import type { Connections } from '../../../connections/service.ts';
import { invalidField } from '../../../errors.ts';
import { isUuid } from '../../../ids.ts';
import type { Http } from '../../route.ts';
import {
  ConfigError,
  ConfigPageQuery,
  LooseBoolean,
  Nothing,
  readConfigKeyset,
  truth,
} from '../protocol/conventions.ts';
import { masked, UpdateMask } from '../protocol/mask.ts';
import { MAX_NAME, type Names, SourceParams, slugIn } from '../protocol/names.ts';
import { settingType } from './catalog.ts';
import {
  ConnectionParams,
  createDestinationNames,
  DestinationParams,
  type DestinationPlace,
} from './destination-names.ts';

const ConfigItem = Type.Object({
  name: Type.String({ description: '`…/destinations/<slug>/config/<setting>`' }),
  display_name: Type.String(),
  value: Type.Unknown({ description: 'A secret one is bullets; sent back, they stand for the stored one.' }),
  type: Type.String(),
});

const Destination = Type.Object({
  name: Type.String({ description: '`workspaces/<slug>/sources/<slug>/destinations/<slug>`' }),
  parent: Type.String(),
  display_name: Type.String(),
  enabled: Type.Boolean(),
  connection_mode: Type.Union([Type.Literal('UNSPECIFIED'), Type.Literal('CLOUD'), Type.Literal('DEVICE')]),
  config: Type.Array(ConfigItem, { description: 'All settings of the type, those never set with their defaults.' }),
  catalog_id: Type.String(),
  create_time: Type.String(),
  update_time: Type.String(),
});

const text = (maxLength: number) => Type.String({ maxLength, pattern: '^[^\\u0000]*$' });

const Changes = Type.Object({
  name: Type.Optional(text(MAX_NAME)),
  display_name: Type.Optional(text(255)),
  enabled: Type.Optional(LooseBoolean),
  connection_mode: Type.Optional(text(50)),
  config: Type.Optional(
    Type.Array(Type.Object({ name: text(MAX_NAME), value: Type.Optional(Type.Unknown()) }), { maxItems: 500 }),
  ),
  update_mask: Type.Optional(UpdateMask),
});
type Given = Static<typeof Changes>;

const FIELDS = ['enabled', 'config', 'connection_mode', 'display_name'] as const;
const SOURCE = '/workspaces/:workspace/sources/:source';

const tags = ['Segment Config API'];

export interface DestinationRoutesParts {
  readonly connections: Connections;
  readonly catalog: Catalog;
  readonly names: Names;
}

export function destinationRoutes(door: Http, parts: DestinationRoutesParts): void {
  const { catalog, names } = parts;
  const { destinations } = parts.connections;
  const called = createDestinationNames(parts);

  function serialize(
    row: DestinationRow,
    { sourceName, destinationName: name }: Pick<DestinationPlace, 'sourceName' | 'destinationName'>,
  ): Static<typeof Destination> {
    const type = destinations.typeOf(row);
    return {
      name,
      parent: sourceName,
      display_name: row.name ?? type.name,
      enabled: row.enabled,
      connection_mode: row.connection_mode ?? 'UNSPECIFIED',
      config: type.options.map((option) => ({
        name: `${name}/config/${option.name}`,
        display_name: option.label ?? option.name,
        value: valueIn(option, row.settings),
        type: settingType(option).toLowerCase(),
      })),
      catalog_id: type.id,
      create_time: row.created_at.toISOString(),
      update_time: row.updated_at.toISOString(),
    };
  }

  door.route({
    method: 'GET',
    url: `${SOURCE}/destinations`,
    config: { access: { scope: 'workspace:read', door: 'segment-config' } },
    schema: {
      operationId: 'segmentConfigDestinations.list',
      tags,
      summary: 'List the destinations of a source, oldest first (Segment Config API)',
      params: SourceParams,
      querystring: ConfigPageQuery,
      response: {
        200: Type.Object({ destinations: Type.Array(Destination), next_page_token: Type.String() }),
        '4xx': ConfigError,
      },
    },
    async handler(request) {
      const place = await names.source(request, request.params);
      const { request: wanted, next } = readConfigKeyset(request.query, isUuid);
      const page = await destinations.page(place.scope, place.source.id, wanted);
      const oldest = await destinations.oldestOfTypes(place.scope, place.source.id);
      const ids = page.rows.map(({ id }) => id);
      return {
        destinations: page.rows.map((row) =>
          serialize(row, { ...place, destinationName: called.nameOf(place, row, oldest) }),
        ),
        next_page_token: next(page, ids),
      };
    },
  });

  door.route({
    method: 'POST',
    url: `${SOURCE}/destinations`,
    config: { access: { scope: 'workspace', door: 'segment-config' } },
    schema: {
      operationId: 'segmentConfigDestinations.create',
      tags,
      summary: 'Create a destination; the last part of its name is its type (Segment Config API)',
      params: SourceParams,
      body: Type.Object({ destination: Type.Object({ ...Changes.properties, name: text(MAX_NAME) }) }),
      response: { 200: Destination, '4xx': ConfigError },
    },
    async handler(request) {
      const place = await names.source(request, request.params);
      const given = request.body.destination;
      const slug = slugIn(given.name, `${place.sourceName}/destinations`, 'destination.name');
      const type = catalog.destinations.find(slug);
      if (!type) throw invalidField('destination.name', 'its last part is the slug of no destination of the catalog');
      const destinationName = `${place.sourceName}/destinations/${type.slug}`;
      const { display_name } = given;
      const row = await destinations.create(place.scope, {
        sourceId: place.source.id,
        metadataId: type.id,
        name: display_name && display_name !== type.name ? display_name : undefined,
        enabled: truth(given.enabled),
        settings: settingsIn(given.config ?? [], type, destinationName),
        connectionMode: modeIn(given),
        complete: false,
      });
      return serialize(row, { ...place, destinationName });
    },
  });

  // A further destination of a type has an id below the first one's name.
  for (const [url, params, suffix] of [
    [`${SOURCE}/destinations/:destination`, DestinationParams, ''],
    [`${SOURCE}/destinations/:destination/config/:connection`, ConnectionParams, 'Connection'],
  ] as const) {
    const which = suffix === '' ? 'by the slug of its type' : 'by its id, where its source has several of a type';

    door.route({
      method: 'GET',
      url,
      config: { access: { scope: 'workspace:read', door: 'segment-config' } },
      schema: {
        operationId: `segmentConfigDestinations.get${suffix}`,
        tags,
        summary: `Get a destination ${which} (Segment Config API)`,
        params,
        response: { 200: Destination, '4xx': ConfigError },
      },
      async handler(request) {
        const place = await called.destination(request, request.params);
        return serialize(place.destination, place);
      },
    });

    door.route({
      method: 'PATCH',
      url,
      config: { access: { scope: 'workspace', door: 'segment-config' } },
      schema: {
        operationId: `segmentConfigDestinations.update${suffix}`,
        tags,
        summary: `Change what the update mask names of a destination ${which} (Segment Config API)`,
        params,
        body: Type.Object({ destination: Type.Optional(Changes), update_mask: Type.Optional(UpdateMask) }),
        response: { 200: Destination, '4xx': ConfigError },
      },
      async handler(request) {
        const place = await called.destination(request, request.params);
        const { destination: given = {}, update_mask = given.update_mask } = request.body;
        const named = masked(update_mask, 'destination', FIELDS);
        if (named.size === 0) return serialize(place.destination, place);
        // Settings that the list does not name stay as they are, also all of them (contract §13.4).
        const settings = settingsIn(given.config ?? [], place.type, place.destinationName);
        const row = await destinations.update(place.scope, place.destination.id, {
          ...(named.has('enabled') && { enabled: truth(given.enabled) }),
          ...(named.has('config') && Object.keys(settings).length > 0 && { settings }),
          ...(named.has('connection_mode') && { connectionMode: modeIn(given) }),
          ...(named.has('display_name') && { name: given.display_name || null }),
        });
        return serialize(row, place);
      },
    });

    door.route({
      method: 'DELETE',
      url,
      config: { access: { scope: 'workspace', door: 'segment-config' } },
      schema: {
        operationId: `segmentConfigDestinations.delete${suffix}`,
        tags,
        summary: `Delete a destination ${which} (Segment Config API)`,
        params,
        response: { 200: Nothing, '4xx': ConfigError },
      },
      async handler(request) {
        const { scope, destination } = await called.destination(request, request.params);
        await destinations.remove(scope, destination.id);
        return {};
      },
    });
  }
}

/** @throws AppError validation_error for a name that stands elsewhere. */
function settingsIn(
  config: NonNullable<Given['config']>,
  type: DestinationType,
  destinationName: string,
): Record<string, unknown> {
  const settings = config.map(({ name, value = null }, n): [string, unknown] => {
    const key = name.includes('/') ? slugIn(name, `${destinationName}/config`, `destination.config.${n}.name`) : name;
    const option = type.options.find((one) => one.name === key);
    // One sample of the vendor's sends a boolean as text.
    const boolean = option?.type === 'boolean' && (value === 'true' || value === 'false');
    return [key, boolean ? value === 'true' : value];
  });
  return Object.fromEntries(settings);
}

/** In any case of its letters. @throws AppError validation_error */
function modeIn({ connection_mode: mode = '' }: Given): 'CLOUD' | 'DEVICE' | null {
  const upper = mode.toUpperCase();
  if (upper === '' || upper === 'UNSPECIFIED') return null;
  if (upper === 'CLOUD' || upper === 'DEVICE') return upper;
  throw invalidField('destination.connection_mode', 'is one of UNSPECIFIED, CLOUD, DEVICE');
}

const EMPTY: Readonly<Record<string, unknown>> = { BOOLEAN: false, NUMBER: 0, LIST: [], MAP: {}, MIXED: [] };

/** Never null: what was not set has the default of its option, or of its type. */
function valueIn(option: Option, settings: Readonly<Record<string, unknown>>): unknown {
  return settings[option.name] ?? option.defaultValue ?? EMPTY[settingType(option)] ?? '';
}
