/** Warehouses of a space: apart from those of events, with the schema they are to be loaded into. */
import { expect } from 'vitest';
import type { SegmentClient } from '../../client.ts';

const POSTGRES = '55d3d3aea3c';
const settings = { hostname: 'db.example.com', port: '5432', database: 'cdp', username: 'loader', password: 'sesame' };

export async function run({ call, fails }: SegmentClient): Promise<void> {
  const { spaces } = await call('listSpaces');
  const space = { spaceId: spaces[0].id };
  const body = { metadataId: POSTGRES, name: 'People', enabled: true, settings, schemaName: 'unify' };
  const { profilesWarehouse: made } = await call('createProfilesWarehouse', { params: space, body });
  expect(made).toMatchObject({
    spaceId: space.spaceId,
    schemaName: 'unify',
    enabled: true,
    settings: { name: 'People' },
  });
  expect(JSON.stringify(made)).not.toContain('sesame');
  // What was not sent is not made up.
  const { profilesWarehouse: bare } = await call('createProfilesWarehouse', {
    params: space,
    body: { metadataId: POSTGRES, settings },
  });
  expect(bare).not.toHaveProperty('schemaName');
  expect(bare.settings).not.toHaveProperty('name');

  const page = await call('listProfilesWarehouseInSpace', { params: space, query: { 'pagination.count': '1' } });
  expect(page.profilesWarehouses).toEqual([made]);
  const rest = await call('listProfilesWarehouseInSpace', {
    params: space,
    query: { 'pagination.count': '1', 'pagination.cursor': page.pagination.next },
  });
  expect(rest.profilesWarehouses).toEqual([bare]);
  expect((await call('listWarehouses')).warehouses).toEqual([]);

  const params = { ...space, warehouseId: made.id };
  const changed = await call('updateProfilesWarehouseForSpaceWarehouse', {
    params,
    body: { schemaName: 'people', settings: {} },
  });
  expect(changed.profilesWarehouse).toEqual({ ...made, schemaName: 'people' });
  const wrong = await fails('updateProfilesWarehouseForSpaceWarehouse', {
    params,
    body: { schemaName: 'drop table', settings: {} },
  });
  expect([wrong.status, wrong.errors.map(({ field }) => field)]).toEqual([422, ['schemaName']]);
  const elsewhere = { spaceId: '0000000000000000000000', warehouseId: made.id };
  expect((await fails('removeProfilesWarehouseFromSpace', { params: elsewhere })).status).toBe(404);
  expect(await call('removeProfilesWarehouseFromSpace', { params })).toEqual({ status: 'SUCCESS' });
  expect((await fails('removeProfilesWarehouseFromSpace', { params })).status).toBe(404);
}
