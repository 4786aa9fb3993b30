/** Warehouses, their connections with sources, whether they can be reached; models that read from one. */
import { expect } from 'vitest';
import type { TestApp } from '../../../support/app.ts';
import { type SegmentClient, segmentClient } from '../../client.ts';

const POSTGRES = '55d3d3aea3c';
const SNOWFLAKE = 'CCIl4HLQPz';
const settings = { hostname: 'db.example.com', port: '5432', database: 'cdp', username: 'loader', password: 'sesame' };

export async function run(client: SegmentClient, app: TestApp): Promise<void> {
  const { call, fails } = client;
  const source = await newSource(client, 'web');

  const body = { metadataId: POSTGRES, name: 'Lake', enabled: true, settings };
  const { warehouse } = await call('createWarehouse', { body });
  const { password, ...shown } = settings;
  expect(warehouse).toMatchObject({ enabled: true, metadata: { slug: 'postgres' } });
  expect(warehouse.settings).toEqual({ ...shown, name: 'Lake' });
  expect(JSON.stringify(warehouse)).not.toContain(password);
  const params = { warehouseId: warehouse.id };
  expect((await call('getWarehouse', { params })).warehouse).toEqual(warehouse);
  for (const version of ['v1', 'v1beta', 'v1alpha'] as const) await call('getWarehouse', { params, version });

  // A new one takes events of every source that is there, unless it was asked not to.
  const apart = { metadataId: SNOWFLAKE, settings: { account: 'ab', private_key: 'k' }, disconnectAllSources: true };
  const { warehouse: other } = await call('createWarehouse', { body: apart });
  expect(other.settings).toEqual({ account: 'ab', private_key: expect.stringMatching(/^•+$/) });
  expect((await call('listConnectedSourcesFromWarehouse', { params })).sources).toEqual([source]);
  const otherParams = { warehouseId: other.id };
  expect((await call('listConnectedSourcesFromWarehouse', { params: otherParams })).sources).toEqual([]);

  const first = await call('listWarehouses', { query: { 'pagination.count': '1' } });
  expect(first.warehouses).toEqual([warehouse]);
  const second = await call('listWarehouses', {
    query: { 'pagination.count': '1', 'pagination.cursor': first.pagination.next },
  });
  expect(second.warehouses).toEqual([other]);
  expect(second.pagination).not.toHaveProperty('next');

  // The name at the top wins over the one among the settings, which the Terraform provider takes away.
  const renamed = await call('updateWarehouse', {
    params,
    body: { name: 'Sea', settings: { name: null, database: 'events', username: null } },
  });
  expect(renamed.warehouse.settings).toEqual({
    hostname: 'db.example.com',
    database: 'events',
    port: '5432',
    name: 'Sea',
  });
  const nameless = await call('updateWarehouse', { params, body: { name: null, settings: {} } });
  expect(nameless.warehouse.settings).not.toHaveProperty('name');
  expect((await call('updateWarehouse', { params, body: { enabled: false, settings: {} } })).warehouse.enabled).toBe(
    false,
  );
  // A secret is not sent to another host than it was given for.
  const moved = await fails('updateWarehouse', { params, body: { settings: { hostname: 'elsewhere.example.com' } } });
  expect(moved).toEqual({
    status: 422,
    errors: [
      {
        type: 'input-validation',
        field: 'settings.password',
        message: '"settings.password" must be given again when the host changes',
      },
    ],
  });

  const theirs = await newSource(await segmentClient(app), 'theirs');
  const foreign = { ...otherParams, sourceId: theirs.id };
  expect((await fails('addConnectionFromSourceToWarehouse', { params: foreign })).status).toBe(404);
  const pair = { ...otherParams, sourceId: source.id };
  expect(await call('addConnectionFromSourceToWarehouse', { params: pair })).toEqual({ status: 'CONNECTED' });
  expect(await call('addConnectionFromSourceToWarehouse', { params: pair })).toEqual({ status: 'CONNECTED' });
  const fed = await call('listConnectedWarehousesFromSource', { params: { sourceId: source.id } });
  expect(fed.warehouses.map(({ id }: { id: string }) => id)).toEqual([warehouse.id, other.id]);
  expect(await call('removeSourceConnectionFromWarehouse', { params: pair })).toEqual({ status: 'SUCCESS' });
  expect((await fails('removeSourceConnectionFromWarehouse', { params: pair })).status).toBe(404);

  await connections(client);
  await badInput(client);
  await models(client, source.id);

  expect(await call('deleteWarehouse', { params })).toEqual({ status: 'SUCCESS' });
  expect((await fails('getWarehouse', { params })).status).toBe(404);
  const left = await call('listConnectedWarehousesFromSource', { params: { sourceId: source.id } });
  expect(left.warehouses.map(({ id }: { id: string }) => id)).not.toContain(warehouse.id);
  const events = await app.http.inject({ url: '/api/v1/audit?action=warehouse.', headers: client.headers });
  expect(events.body).not.toContain(password);
}

async function newSource({ call }: SegmentClient, slug: string) {
  const body = { slug, enabled: true, metadataId: 'IqDTy1TpoU', settings: {} };
  return (await call('createSource', { body })).source;
}

/** Nothing listens at the port of the first; the others' protocols are not spoken. */
async function connections({ call, fails }: SegmentClient): Promise<void> {
  const closed = { hostname: '127.0.0.1', port: '1', database: 'd', username: 'u', password: 'p' };
  expect(await call('createValidationInWarehouse', { body: { metadataId: POSTGRES, settings: closed } })).toEqual({
    status: 'FAILED',
  });
  const unspoken = await fails('createValidationInWarehouse', { body: { metadataId: SNOWFLAKE, settings: {} } });
  expect(unspoken).toMatchObject({ status: 501, errors: [{ type: 'not-available' }] });
  const { warehouse } = await call('createWarehouse', { body: { metadataId: POSTGRES, settings: closed } });
  expect(await call('getConnectionStateFromWarehouse', { params: { warehouseId: warehouse.id } })).toEqual({
    connectionState: 'FAILED',
  });
  const url = process.env['DATABASE_URL'];
  if (!url) return;
  // On a server the suite's own database is one that can be reached.
  const { hostname, port, username, password, pathname } = new URL(url);
  const open = { hostname, port: port || '5432', username, password, database: pathname.slice(1) };
  expect(await call('createValidationInWarehouse', { body: { metadataId: POSTGRES, settings: open } })).toEqual({
    status: 'CONNECTED',
  });
}

async function badInput({ call, fails }: SegmentClient): Promise<void> {
  expect(await fails('createWarehouse', { body: { enabled: 'yes', settings: 1 } })).toEqual({
    status: 422,
    errors: [
      { type: 'input-validation', field: 'metadataId', message: '"metadataId" is required' },
      { type: 'input-validation', field: 'enabled', message: '"enabled" must be a boolean' },
      { type: 'input-validation', field: 'settings', message: '"settings" must be an object' },
    ],
  });
  const wrong = { hostname: 5, encrypted: 'yes' };
  const { errors } = await fails('createWarehouse', {
    body: { metadataId: 'nothing', name: 'x'.repeat(256), settings: {} },
  });
  expect(errors.map(({ field }) => field)).toEqual(['metadataId', 'name']);
  const typed = await fails('createWarehouse', { body: { metadataId: POSTGRES, settings: wrong } });
  expect(typed.errors.map(({ field }) => field)).toEqual(['settings.hostname', 'settings.encrypted']);
  const nul = await fails('createWarehouse', { body: { metadataId: POSTGRES, settings: { database: 'a\u0000b' } } });
  expect(nul.errors.map(({ field }) => field)).toEqual(['settings.database']);
  const huge = { note: 'x'.repeat(70_000) };
  expect((await fails('createWarehouse', { body: { metadataId: POSTGRES, settings: huge } })).status).toBe(422);
  expect((await call('listWarehouses')).pagination.totalEntries).toBe(3);
}

async function models({ call, fails }: SegmentClient, sourceId: string): Promise<void> {
  const body = {
    sourceId,
    name: 'buyers',
    description: 'people with an order',
    enabled: true,
    query: 'select id, email from buyers',
    queryIdentifierColumn: 'id',
  };
  const { reverseEtlModel: model } = await call('createReverseEtlModel', { body });
  expect(model).toEqual({ id: expect.any(String), ...body });
  const params = { modelId: model.id };
  expect((await call('getReverseEtlModel', { params })).reverseEtlModel).toEqual(model);
  const changes = [{ name: 'all buyers' }, { query: 'select 1 as id', enabled: false }];
  await Promise.all(changes.map((change) => call('updateReverseEtlModel', { params, body: change })));
  expect((await call('getReverseEtlModel', { params })).reverseEtlModel).toEqual({
    ...model,
    ...changes[0],
    ...changes[1],
  });
  expect((await call('listReverseEtlModels')).models).toHaveLength(1);
  expect((await fails('createReverseEtlModel', { body: { ...body, sourceId: 'x', name: '' } })).errors).toEqual([
    { type: 'input-validation', field: 'name', message: '"name" is not allowed to be empty' },
    { type: 'input-validation', field: 'sourceId', message: '"sourceId" must be the id of a source' },
  ]);
  expect(await call('deleteReverseEtlModel', { params })).toEqual({ status: 'SUCCESS' });
  expect((await fails('getReverseEtlModel', { params })).status).toBe(404);
}
