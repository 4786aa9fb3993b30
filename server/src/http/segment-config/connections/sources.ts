/** The sources of a workspace (contract segment-config-api §12.1–12.5). Their schema configuration: schema-config.ts. */
import { type Static, Type } from 'typebox';
import type { Catalog } from '../../../connections/catalog/catalog.ts';
import type { Connections } from '../../../connections/service.ts';
import type { SourceRow } from '../../../connections/sources/queries.ts';
import type { Warehouses } from '../../../connections/warehouses/warehouses.ts';
import { invalidField } from '../../../errors.ts';
import { isUuid } from '../../../ids.ts';
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
import { MAX_NAME, type Names, type Place, SourceParams, slugIn, WorkspaceParams } from '../protocol/names.ts';

const LibraryConfig = Type.Object({
  metrics_enabled: Type.Boolean(),
  retry_queue: Type.Boolean(),
  cross_domain_id_enabled: Type.Boolean(),
  api_host: Type.String(),
});

const Source = Type.Object({
  name: Type.String({ description: '`workspaces/<slug>/sources/<slug>`' }),
  parent: Type.String(),
  display_name: Type.String(),
  write_keys: Type.Array(Type.String()),
  library_config: LibraryConfig,
  labels: Type.Record(Type.String(), Type.String(), { description: 'By their key; the last of several values.' }),
  id: Type.String(),
  function_config: Type.Array(Type.Unknown()),
  create_time: Type.String(),
  catalog_name: Type.String({ description: '`catalog/sources/<slug>`' }),
});

const text = (maxLength: number) => Type.String({ maxLength, pattern: '^[^\\u0000]*$' });
const Labels = Type.Record(text(255), text(255), { maxProperties: 200 });

const Changes = Type.Object({
  display_name: Type.Optional(text(255)),
  labels: Type.Optional(Labels),
  library_config: Type.Optional(
    Type.Object({
      metrics_enabled: Type.Optional(LooseBoolean),
      retry_queue: Type.Optional(LooseBoolean),
      cross_domain_id_enabled: Type.Optional(LooseBoolean),
      api_host: Type.Optional(text(500)),
    }),
  ),
  enabled: Type.Optional(LooseBoolean),
  update_mask: Type.Optional(UpdateMask),
});

const FIELDS = ['display_name', 'labels', 'library_config', 'enabled'] as const;

const tags = ['Segment Config API'];

export interface SourceRoutesParts {
  readonly connections: Connections;
  readonly catalog: Catalog;
  readonly names: Names;
  readonly warehouses: Warehouses;
}

export function sourceRoutes(door: Http, { connections, catalog, names, warehouses }: SourceRoutesParts): void {
  const { sources } = connections;

  function serialize(row: SourceRow, { name: parent }: Pick<Place, 'name'>): Static<typeof Source> {
    return {
      name: `${parent}/sources/${row.slug}`,
      parent,
      display_name: row.name,
      write_keys: row.write_keys,
      library_config: libraryConfig(row.library_config),
      labels: Object.fromEntries(row.labels.map(({ key, value }) => [key, value])),
      id: shortId(row.id),
      function_config: [],
      create_time: row.created_at.toISOString(),
      catalog_name: `catalog/sources/${catalog.sources.find(row.metadata_id)?.slug ?? ''}`,
    };
  }

  door.route({
    method: 'GET',
    url: '/workspaces/:workspace/sources',
    config: { access: { scope: 'workspace:read', door: 'segment-config' } },
    schema: {
      operationId: 'segmentConfigSources.list',
      tags,
      summary: 'List the sources, oldest first (Segment Config API)',
      params: WorkspaceParams,
      querystring: ConfigPageQuery,
      response: {
        200: Type.Object({ sources: Type.Array(Source), next_page_token: Type.String() }),
        '4xx': ConfigError,
      },
    },
    async handler(request) {
      const place = await names.workspace(request, request.params);
      const { request: wanted, next } = readConfigKeyset(request.query, isUuid);
      const page = await sources.page(place.scope, wanted);
      const ids = page.rows.map(({ id }) => id);
      return { sources: page.rows.map((row) => serialize(row, place)), next_page_token: next(page, ids) };
    },
  });

  door.route({
    method: 'POST',
    url: '/workspaces/:workspace/sources',
    config: { access: { scope: 'workspace', door: 'segment-config' } },
    schema: {
      operationId: 'segmentConfigSources.create',
      tags,
      summary: 'Create a source; the last part of its name becomes its slug (Segment Config API)',
      params: WorkspaceParams,
      body: Type.Object({
        source: Type.Object({
          name: text(MAX_NAME),
          catalog_name: text(MAX_NAME),
          display_name: Type.Optional(text(255)),
          labels: Type.Optional(Labels),
        }),
      }),
      response: { 200: Source, '4xx': ConfigError },
    },
    async handler(request) {
      const place = await names.workspace(request, request.params);
      const { name, catalog_name, display_name, labels } = request.body.source;
      const slug = slugIn(name, `${place.name}/sources`, 'source.name');
      const type = catalog.sources.find(slugIn(catalog_name, 'catalog/sources', 'source.catalog_name'));
      if (!type) throw invalidField('source.catalog_name', 'is the name of no source of the catalog');
      const row = await sources.create(place.scope, {
        slug,
        name: display_name === '' ? undefined : display_name,
        metadataId: type.id,
        labels: labels && labelList(labels),
      });
      await warehouses.connectToAll(place.scope, row.id);
      return serialize(row, place);
    },
  });

  door.route({
    method: 'GET',
    url: '/workspaces/:workspace/sources/:source',
    config: { access: { scope: 'workspace:read', door: 'segment-config' } },
    schema: {
      operationId: 'segmentConfigSources.get',
      tags,
      summary: 'Get a source by its slug or id (Segment Config API)',
      params: SourceParams,
      response: { 200: Source, '4xx': ConfigError },
    },
    async handler(request) {
      const place = await names.source(request, request.params);
      return serialize(place.source, place);
    },
  });

  door.route({
    method: 'PATCH',
    url: '/workspaces/:workspace/sources/:source',
    config: { access: { scope: 'workspace', door: 'segment-config' } },
    schema: {
      operationId: 'segmentConfigSources.update',
      tags,
      summary: 'Change what the update mask names (Segment Config API)',
      params: SourceParams,
      body: Type.Object({ source: Type.Optional(Changes), update_mask: Type.Optional(UpdateMask) }),
      response: { 200: Source, '4xx': ConfigError },
    },
    async handler(request) {
      const place = await names.source(request, request.params);
      const { source = {}, update_mask = source.update_mask } = request.body;
      const named = masked(update_mask, 'source', FIELDS);
      if (named.size === 0) return serialize(place.source, place);
      const row = await sources.update(place.scope, place.source.id, {
        // A source without a name is called by its slug.
        ...(named.has('display_name') && { name: source.display_name || place.source.slug }),
        ...(named.has('labels') && { labels: labelList(source.labels ?? {}) }),
        ...(named.has('library_config') && { libraryConfig: libraryConfig(source.library_config ?? {}) }),
        ...(named.has('enabled') && { enabled: truth(source.enabled) }),
      });
      return serialize(row, place);
    },
  });

  door.route({
    method: 'DELETE',
    url: '/workspaces/:workspace/sources/:source',
    config: { access: { scope: 'workspace', door: 'segment-config' } },
    schema: {
      operationId: 'segmentConfigSources.delete',
      tags,
      summary: 'Delete a source with its destinations (Segment Config API)',
      params: SourceParams,
      response: { 200: Nothing, '4xx': ConfigError },
    },
    async handler(request) {
      const { scope, source } = await names.source(request, request.params);
      await sources.remove(scope, source.id, 'remove');
      return {};
    },
  });

  door.route({
    method: 'PATCH',
    url: '/workspaces/:workspace/sources/:source/connected-warehouses',
    config: { access: { scope: 'workspace', door: 'segment-config' } },
    schema: {
      operationId: 'segmentConfigSources.connectWarehouse',
      tags,
      summary: 'Connect a source to a warehouse, or disconnect it (Segment Config API)',
      params: SourceParams,
      body: Type.Object({ warehouse_id: text(100), enabled: Type.Optional(LooseBoolean) }),
      response: { 200: Nothing, '4xx': ConfigError },
    },
    async handler(request) {
      const { scope, source } = await names.source(request, request.params);
      const { warehouse_id, enabled } = request.body;
      const id = uuidOf(warehouse_id) ?? '';
      await (truth(enabled) ? warehouses.connect(scope, id, source.id) : warehouses.disconnect(scope, id, source.id));
      return {};
    },
  });
}

function labelList(labels: Readonly<Record<string, string>>): { key: string; value: string }[] {
  return Object.entries(labels).map(([key, value]) => ({ key, value }));
}

function libraryConfig(given: Readonly<Record<string, unknown>>): Static<typeof LibraryConfig> {
  const flag = (name: string) => given[name] === true || given[name] === 'true';
  const host = given['api_host'];
  return {
    metrics_enabled: flag('metrics_enabled'),
    retry_queue: flag('retry_queue'),
    cross_domain_id_enabled: flag('cross_domain_id_enabled'),
    api_host: typeof host === 'string' ? host : '',
  };
}
