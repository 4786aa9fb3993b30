/** /warehouses: warehouses, what feeds them, and whether they can be reached. */
import { scopeOf } from '../../../access/principal.ts';
import type { SourceRow } from '../../../connections/sources/queries.ts';
import type { Warehouse, Warehouses } from '../../../connections/warehouses/warehouses.ts';
import { notFound } from '../../../errors.ts';
import type { Call, Handlers } from '../protocol/door.ts';
import { shortId, uuidOf } from '../protocol/ids.ts';
import { pageRequest, pagination } from '../protocol/paging.ts';
import { warehouseMetadata } from './catalog.ts';

export function warehousesHandlers({
  warehouses,
  serializeSource,
}: {
  warehouses: Warehouses;
  serializeSource: (row: SourceRow) => object;
}): Handlers {
  const { events } = warehouses;
  return {
    async listWarehouses({ caller, query }) {
      const request = pageRequest(query['pagination']);
      const page = await events.page(scopeOf(caller), request);
      return {
        warehouses: page.rows.map(serializeWarehouse),
        pagination: pagination(request, { ...page, keys: page.rows.map(({ id }) => id) }),
      };
    },

    async createWarehouse({ caller, body }) {
      const { metadataId, name, enabled, settings, disconnectAllSources } = body;
      const made = await events.create(scopeOf(caller), { metadataId, name, enabled, settings, disconnectAllSources });
      return { warehouse: serializeWarehouse(made) };
    },

    async createValidationInWarehouse({ caller, body }) {
      return { status: await warehouses.validate(scopeOf(caller), body['metadataId'], body['settings']) };
    },

    async getWarehouse(call) {
      return { warehouse: serializeWarehouse(await events.get(scopeOf(call.caller), warehouseIdOf(call))) };
    },

    async updateWarehouse(call) {
      const { name, enabled, settings } = call.body;
      const changed = await events.update(scopeOf(call.caller), warehouseIdOf(call), { name, enabled, settings });
      return { warehouse: serializeWarehouse(changed) };
    },

    async deleteWarehouse(call) {
      await events.remove(scopeOf(call.caller), warehouseIdOf(call));
      return { status: 'SUCCESS' };
    },

    async listConnectedSourcesFromWarehouse(call) {
      const request = pageRequest(call.query['pagination']);
      const page = await warehouses.sourcesOf(scopeOf(call.caller), warehouseIdOf(call), request);
      return {
        sources: page.rows.map(serializeSource),
        pagination: pagination(request, { ...page, keys: page.rows.map(({ id }) => id) }),
      };
    },

    async addConnectionFromSourceToWarehouse(call) {
      await warehouses.connect(scopeOf(call.caller), warehouseIdOf(call), sourceIdOf(call));
      return { status: 'CONNECTED' };
    },

    async removeSourceConnectionFromWarehouse(call) {
      await warehouses.disconnect(scopeOf(call.caller), warehouseIdOf(call), sourceIdOf(call));
      return { status: 'SUCCESS' };
    },

    async getConnectionStateFromWarehouse(call) {
      const connectionState = await warehouses.connectionState(scopeOf(call.caller), warehouseIdOf(call));
      return { connectionState };
    },
  };
}

/** The name is among the settings (contract §3.3). */
export function serializeWarehouse(warehouse: Warehouse): object {
  const { id, workspaceId, type, enabled, settings, name } = warehouse;
  return {
    id: shortId(id),
    workspaceId: shortId(workspaceId),
    metadata: warehouseMetadata(type),
    enabled,
    settings: { ...settings, ...(name !== null && { name }) },
  };
}

export function warehouseIdOf({ params }: Call): string {
  const id = uuidOf(params['warehouseId'] ?? '');
  if (id === null) throw notFound('warehouse');
  return id;
}

function sourceIdOf({ params }: Call): string {
  const id = uuidOf(params['sourceId'] ?? '');
  if (id === null) throw notFound('source');
  return id;
}
