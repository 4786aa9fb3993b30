/** /sources: sources with their write keys, labels and schema settings, and what they feed. */
import { scopeOf } from '../../../access/principal.ts';
import type { Catalog } from '../../../connections/catalog/catalog.ts';
import type { DestinationRow } from '../../../connections/destinations/queries.ts';
import type { Connections } from '../../../connections/service.ts';
import type { LabelOfSource, SourceRow } from '../../../connections/sources/queries.ts';
import { schemaSettingsOf } from '../../../connections/sources/schema-settings.ts';
import type { Warehouses } from '../../../connections/warehouses/warehouses.ts';
import { notFound } from '../../../errors.ts';
import type { Call, Handlers } from '../protocol/door.ts';
import { shortId, uuidOf } from '../protocol/ids.ts';
import { idPageRequest, pageRequest, pagination } from '../protocol/paging.ts';
import { shownPlanId } from '../protocol/plan-ids.ts';
import { sourceMetadata } from './catalog.ts';
import { serializeWarehouse } from './warehouses.ts';

export function sourcesHandlers({
  connections,
  catalog,
  warehouses,
  serializeDestination,
}: {
  connections: Connections;
  catalog: Catalog;
  warehouses: Warehouses;
  serializeDestination: (row: DestinationRow) => object;
}): Handlers {
  const { sources, destinations } = connections;
  const serialize = sourceSerializer(catalog);

  return {
    async listSources({ caller, query }) {
      const request = idPageRequest(query['pagination']);
      const page = await sources.page(scopeOf(caller), request);
      return {
        sources: page.rows.map(serialize),
        pagination: pagination(request, { ...page, keys: page.rows.map(({ id }) => id) }),
      };
    },

    async createSource({ caller, body, version }) {
      const { slug, enabled, metadataId, settings, disconnectAllWarehouses } = body;
      // The other versions take no name: their sources are called by their slug until they are renamed.
      const name = version === 'v1alpha' ? body['name'] : undefined;
      const scope = scopeOf(caller);
      const made = await sources.create(scope, { slug, enabled, metadataId, settings, name });
      if (disconnectAllWarehouses !== true) await warehouses.connectToAll(scope, made.id);
      return { source: serialize(made) };
    },

    async getSource(call) {
      const row = await sources.get(scopeOf(call.caller), idOf(call));
      const planId = row.tracking_plan_id;
      return { source: serialize(row), trackingPlanId: planId === null ? null : shownPlanId(planId) };
    },

    async updateSource(call) {
      const { name, slug, enabled, settings } = call.body;
      const row = await sources.update(scopeOf(call.caller), idOf(call), { name, slug, enabled, settings });
      return { source: serialize(row) };
    },

    async deleteSource(call) {
      await sources.remove(scopeOf(call.caller), idOf(call), 'remove');
      return { status: 'SUCCESS' };
    },

    async listConnectedDestinationsFromSource(call) {
      const scope = scopeOf(call.caller);
      const request = idPageRequest(call.query['pagination']);
      const { id } = await sources.get(scope, idOf(call));
      const page = await destinations.page(scope, id, request);
      return {
        destinations: page.rows.map(serializeDestination),
        pagination: pagination(request, { ...page, keys: page.rows.map((row) => row.id) }),
      };
    },

    async listConnectedWarehousesFromSource(call) {
      const request = pageRequest(call.query['pagination']);
      const page = await warehouses.ofSource(scopeOf(call.caller), idOf(call), request);
      return {
        warehouses: page.rows.map(serializeWarehouse),
        pagination: pagination(request, { ...page, keys: page.rows.map(({ id }) => id) }),
      };
    },

    async addLabelsToSource(call) {
      const row = await sources.putLabels(scopeOf(call.caller), idOf(call), call.body['labels'], 'add');
      return { labels: row.labels.map(serializeLabel) };
    },

    async replaceLabelsInSource(call) {
      const row = await sources.putLabels(scopeOf(call.caller), idOf(call), call.body['labels'], 'replace');
      return { labels: row.labels.map(serializeLabel) };
    },

    async listSchemaSettingsInSource(call) {
      return schemaSettings(await sources.get(scopeOf(call.caller), idOf(call)));
    },

    async updateSchemaSettingsInSource(call) {
      const { track, identify, group, forwardingViolationsTo, forwardingBlockedEventsTo } = call.body;
      const row = await sources.updateSchemaSettings(scopeOf(call.caller), idOf(call), {
        track,
        identify,
        group,
        forwardViolationsTo: sourceIdIn(forwardingViolationsTo),
        forwardBlockedTo: sourceIdIn(forwardingBlockedEventsTo),
      });
      return schemaSettings(row);
    },

    async createWriteKeyForSource(call) {
      return { source: serialize(await sources.addWriteKey(scopeOf(call.caller), idOf(call))) };
    },

    async removeWriteKeyFromSource(call) {
      await sources.removeWriteKey(scopeOf(call.caller), idOf(call), call.params['writeKey'] ?? '');
      return { status: 'SUCCESS' };
    },
  };
}

export function sourceSerializer(catalog: Catalog): (row: SourceRow) => object {
  return (row) => {
    const type = catalog.sources.find(row.metadata_id);
    if (!type) throw new Error(`The catalog has no source type ${row.metadata_id}.`);
    return {
      id: shortId(row.id),
      slug: row.slug,
      name: row.name,
      metadata: sourceMetadata(type),
      workspaceId: shortId(row.workspace_id),
      enabled: row.enabled,
      writeKeys: row.write_keys,
      settings: row.settings,
      labels: row.labels.map(serializeLabel),
    };
  };
}

export function serializeLabel({ key, value, description }: LabelOfSource): object {
  return { key, value, ...(description !== null && { description }) };
}

/** The fields are there when forwarding is off, and empty (contract §1.9). */
function schemaSettings(row: SourceRow): object {
  const { track, identify, group, forwardViolationsTo, forwardBlockedTo } = schemaSettingsOf(row);
  return {
    sourceId: shortId(row.id),
    settings: {
      track,
      identify,
      group,
      forwardingViolationsTo: forwardViolationsTo === null ? '' : shortId(forwardViolationsTo),
      forwardingBlockedEventsTo: forwardBlockedTo === null ? '' : shortId(forwardBlockedTo),
    },
  };
}

/** Left out turns forwarding off; what is no id of a source is for the rules to refuse. */
function sourceIdIn(sent: string | undefined): string | null {
  return sent === undefined ? null : (uuidOf(sent) ?? sent);
}

function idOf({ params }: Call): string {
  const id = uuidOf(params['sourceId'] ?? '');
  if (id === null) throw notFound('source');
  return id;
}
