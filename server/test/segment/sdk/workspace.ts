/** The workspace, the catalog, the probe. */
import { CatalogApi, TestingApi, WorkspacesApi } from '@segment/public-api-sdk-typescript';
import { expect } from 'vitest';
import { dataOf, everyPage, type Kit, refusal } from './kit.ts';

export async function WorkspacesAndTesting({ api }: Kit): Promise<void> {
  const { workspace } = await dataOf(api(WorkspacesApi).getWorkspace());
  expect(workspace).toMatchObject({ slug: 'main', id: expect.stringMatching(/^\w{22}$/) });
  expect(await dataOf(api(TestingApi).echo('hello'))).toMatchObject({ method: 'get', message: 'hello' });
  const { status, errors } = await refusal(api(TestingApi).echo('hello', undefined, true));
  expect([status, errors.map(({ type }) => type)]).toEqual([422, ['input-validation']]);
  const wrong = new WorkspacesApi(api(WorkspacesApi).basePath);
  wrong.accessToken = 'sgp_no_such_token';
  expect(await refusal(wrong.getWorkspace())).toMatchObject({ status: 401, errors: [{ type: 'unauthorized' }] });
}

export async function Catalog({ api }: Kit): Promise<void> {
  const catalog = api(CatalogApi);
  const destinations = await everyPage(async (cursor) => {
    const page = await dataOf(catalog.getDestinationsCatalog({ count: 200, ...(cursor && { cursor }) }));
    return { items: page.destinationsCatalog, next: page.pagination.next };
  });
  expect(destinations.length).toBeGreaterThan(500);
  expect(new Set(destinations.map(({ id }) => id)).size).toBe(destinations.length);
  const [first] = destinations;
  const { destinationMetadata } = await dataOf(catalog.getDestinationMetadata(first?.id ?? ''));
  expect(destinationMetadata).toEqual(first);
  const { sourcesCatalog } = await dataOf(catalog.getSourcesCatalog({ count: 2 }));
  expect((await dataOf(catalog.getSourceMetadata(sourcesCatalog[0]?.id ?? ''))).sourceMetadata).toEqual(
    sourcesCatalog[0],
  );
  const { warehousesCatalog } = await dataOf(catalog.getWarehousesCatalog({ count: 2 }));
  expect((await dataOf(catalog.getWarehouseMetadata(warehousesCatalog[0]?.id ?? ''))).warehouseMetadata).toEqual(
    warehousesCatalog[0],
  );
  expect(await refusal(catalog.getSourceMetadata('nothing'))).toMatchObject({
    status: 404,
    errors: [{ type: 'NotFound' }],
  });
}
