/** The workspace, the catalog and the probe. */
import { expect } from 'vitest';
import type { SegmentClient } from '../../client.ts';

export async function run({ call, fails }: SegmentClient): Promise<void> {
  expect(await call('getWorkspace')).toEqual({
    workspace: { id: expect.stringMatching(/^\w{22}$/), slug: expect.any(String), name: expect.any(String) },
  });
  expect(await call('echo', { query: { message: 'hello' } })).toMatchObject({ method: 'get', message: 'hello' });
  expect((await fails('echo')).errors).toEqual([
    { type: 'input-validation', field: 'message', message: '"message" is required' },
  ]);
  for (const [list, get, key, parameter, one] of [
    ['getSourcesCatalog', 'getSourceMetadata', 'sourcesCatalog', 'sourceMetadataId', 'sourceMetadata'],
    [
      'getDestinationsCatalog',
      'getDestinationMetadata',
      'destinationsCatalog',
      'destinationMetadataId',
      'destinationMetadata',
    ],
    ['getWarehousesCatalog', 'getWarehouseMetadata', 'warehousesCatalog', 'warehouseMetadataId', 'warehouseMetadata'],
  ] as const) {
    const page = await call(list, { query: { 'pagination.count': '3' } });
    const [first] = page[key];
    const found = await call(get, { params: { [parameter]: first.id }, everybodys: true });
    expect(found[one]).toEqual(first);
    expect((await fails(get, { params: { [parameter]: 'nothing' } })).status).toBe(404);
  }
}
