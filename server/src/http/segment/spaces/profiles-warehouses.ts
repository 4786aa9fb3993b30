/** /spaces/{spaceId}/profiles-warehouses: warehouses that people are to be loaded into. */
import type { Warehouse, Warehouses } from '../../../connections/warehouses/warehouses.ts';
import { serializeWarehouse, warehouseIdOf } from '../connections/warehouses.ts';
import type { Handlers } from '../protocol/door.ts';
import { pageRequest, pagination } from '../protocol/paging.ts';
import { spaceOf } from './spaces.ts';

export function profilesWarehousesHandlers({ warehouses }: { warehouses: Warehouses }): Handlers {
  const { profiles } = warehouses;
  return {
    async listProfilesWarehouseInSpace(call) {
      const request = pageRequest(call.query['pagination']);
      const page = await profiles.page(spaceOf(call), request);
      return {
        profilesWarehouses: page.rows.map((row) => serialize(row, call.params['spaceId'])),
        pagination: pagination(request, { ...page, keys: page.rows.map(({ id }) => id) }),
      };
    },

    async createProfilesWarehouse(call) {
      const { metadataId, name, enabled, settings, schemaName } = call.body;
      const made = await profiles.create(spaceOf(call), { metadataId, name, enabled, settings, schemaName });
      return { profilesWarehouse: serialize(made, call.params['spaceId']) };
    },

    async updateProfilesWarehouseForSpaceWarehouse(call) {
      const { name, enabled, settings, schemaName } = call.body;
      const change = { name, enabled, settings, schemaName };
      const changed = await profiles.update(spaceOf(call), warehouseIdOf(call), change);
      return { profilesWarehouse: serialize(changed, call.params['spaceId']) };
    },

    async removeProfilesWarehouseFromSpace(call) {
      await profiles.remove(spaceOf(call), warehouseIdOf(call));
      return { status: 'SUCCESS' };
    },
  };
}

function serialize(warehouse: Warehouse, spaceId: string | undefined): object {
  const { schemaName } = warehouse;
  return { ...serializeWarehouse(warehouse), spaceId, ...(schemaName !== null && { schemaName }) };
}
