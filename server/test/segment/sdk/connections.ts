/** Sources with their labels and settings, warehouses. */
import { LabelsApi, SourcesApi, WarehousesApi } from '@segment/public-api-sdk-typescript';
import { expect } from 'vitest';
import { dataOf, everyPage, type Kit, refusal } from './kit.ts';

const JAVASCRIPT = 'IqDTy1TpoU';
const POSTGRES = '55d3d3aea3c';

export async function SourcesAndLabels({ api }: Kit): Promise<void> {
  const [sources, labels] = [api(SourcesApi), api(LabelsApi)];
  await dataOf(labels.createLabel({ label: { key: 'tier', value: 'lab', description: 'not for customers' } }));
  expect((await dataOf(labels.listLabels())).labels).toContainEqual(
    expect.objectContaining({ key: 'tier', value: 'lab', description: 'not for customers' }),
  );

  const made = [];
  for (const slug of ['sdk-one', 'sdk-two', 'sdk-three']) {
    const { source } = await dataOf(
      sources.createSource({ slug, enabled: true, metadataId: JAVASCRIPT, settings: {} }),
    );
    expect(source).toMatchObject({ slug, enabled: true, labels: [], writeKeys: [expect.any(String)] });
    made.push(source);
  }
  const [one] = made;
  const id = one?.id ?? '';
  expect((await dataOf(sources.getSource(id))).source).toEqual(one);
  const listed = await everyPage(async (cursor) => {
    const page = await dataOf(sources.listSources({ count: 2, ...(cursor && { cursor }) }));
    return { items: page.sources, next: page.pagination.next };
  });
  expect(listed.map((source) => source.id)).toEqual(expect.arrayContaining(made.map((source) => source.id)));
  expect(new Set(listed.map((source) => source.id)).size).toBe(listed.length);

  const { source: renamed } = await dataOf(
    sources.updateSource(id, { name: 'One', settings: { domain: 'a.example' } }),
  );
  expect(renamed).toMatchObject({ name: 'One', settings: { domain: 'a.example' }, enabled: true });
  const tier = { key: 'tier', value: 'lab' };
  expect((await dataOf(sources.addLabelsToSource(id, { labels: [tier] }))).labels).toMatchObject([tier]);
  expect((await dataOf(sources.replaceLabelsInSource(id, { labels: [] }))).labels).toEqual([]);
  expect(await refusal(sources.addLabelsToSource(id, { labels: [{ key: 'no', value: 'such' }] }))).toMatchObject({
    status: expect.any(Number),
    errors: [{ type: expect.any(String) }],
  });

  const { settings } = await dataOf(
    sources.updateSchemaSettingsInSource(id, { track: { allowUnplannedEvents: false } }),
  );
  expect(settings.track?.allowUnplannedEvents).toBe(false);
  expect((await dataOf(sources.listSchemaSettingsInSource(id))).settings.track).toEqual(settings.track);

  const { source: keyed } = await dataOf(sources.createWriteKeyForSource(id));
  expect(keyed.writeKeys).toHaveLength(2);
  const { status } = await dataOf(sources.removeWriteKeyFromSource(id, keyed.writeKeys[0] ?? ''));
  expect(status).toBe('SUCCESS');

  expect((await dataOf(sources.listConnectedDestinationsFromSource(id, { count: 10 }))).destinations).toEqual([]);
  expect((await dataOf(sources.listConnectedWarehousesFromSource(id, { count: 10 }))).warehouses).toEqual([]);

  for (const source of made) expect((await dataOf(sources.deleteSource(source.id))).status).toBe('SUCCESS');
  expect((await dataOf(labels.deleteLabel('tier', 'lab'))).status).toBe('SUCCESS');
  expect(await refusal(sources.getSource(id))).toMatchObject({ status: 404, errors: [{ type: 'NotFound' }] });
  const bad = await refusal(sources.createSource({ slug: '', enabled: true, metadataId: 'nothing' }));
  expect([bad.status, bad.errors.map(({ field }) => field).sort()]).toEqual([422, ['metadataId', 'slug']]);
}

export async function Warehouses({ api }: Kit): Promise<void> {
  const [warehouses, sources] = [api(WarehousesApi), api(SourcesApi)];
  const settings = { hostname: '127.0.0.1', port: '1', database: 'd', username: 'u', password: 'sesame' };
  const { warehouse } = await dataOf(
    warehouses.createWarehouse({ metadataId: POSTGRES, name: 'Lake', enabled: true, settings }),
  );
  expect(JSON.stringify(warehouse)).not.toContain('sesame');
  expect((await dataOf(warehouses.getWarehouse(warehouse.id))).warehouse).toEqual(warehouse);
  const listed = await everyPage(async (cursor) => {
    const page = await dataOf(warehouses.listWarehouses({ count: 1, ...(cursor && { cursor }) }));
    return { items: page.warehouses, next: page.pagination.next };
  });
  expect(listed).toEqual([warehouse]);
  const { warehouse: off } = await dataOf(warehouses.updateWarehouse(warehouse.id, { enabled: false, settings: {} }));
  expect(off).toEqual({ ...warehouse, enabled: false });

  const { source } = await dataOf(
    sources.createSource({ slug: 'feeds', enabled: true, metadataId: JAVASCRIPT, settings: {} }),
  );
  // It feeds every warehouse that was there, so this is once more.
  expect((await dataOf(warehouses.addConnectionFromSourceToWarehouse(warehouse.id, source.id))).status).toBe(
    'CONNECTED',
  );
  const fed = await dataOf(warehouses.listConnectedSourcesFromWarehouse(warehouse.id, { count: 10 }));
  expect(fed.sources.map(({ id }) => id)).toContain(source.id);
  const feeds = await dataOf(sources.listConnectedWarehousesFromSource(source.id, { count: 10 }));
  expect(feeds.warehouses.map(({ id }) => id)).toEqual([warehouse.id]);
  expect((await dataOf(warehouses.removeSourceConnectionFromWarehouse(warehouse.id, source.id))).status).toBe(
    'SUCCESS',
  );

  expect((await dataOf(warehouses.createValidationInWarehouse({ metadataId: POSTGRES, settings }))).status).toBe(
    'FAILED',
  );
  expect((await dataOf(warehouses.getConnectionStateFromWarehouse(warehouse.id))).connectionState).toBe('FAILED');
  expect((await dataOf(warehouses.deleteWarehouse(warehouse.id))).status).toBe('SUCCESS');
  expect(await refusal(warehouses.getWarehouse(warehouse.id))).toMatchObject({ status: 404 });
  await dataOf(sources.deleteSource(source.id));
}
