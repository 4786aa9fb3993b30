/** Destination filters and transformations. */
import {
  DestinationFilterActionV1,
  DestinationFiltersApi,
  DestinationsApi,
  SourcesApi,
  TransformationsApi,
} from '@segment/public-api-sdk-typescript';
import { expect } from 'vitest';
import { dataOf, everyPage, type Kit, refusal } from './kit.ts';

const JAVASCRIPT = 'IqDTy1TpoU';
const WEBHOOKS = '54521fdc25e721e32a72ef04';
const { TypeEnum } = DestinationFilterActionV1;

export async function DestinationFilters({ api }: Kit): Promise<void> {
  const [filters, destinations, sources] = [api(DestinationFiltersApi), api(DestinationsApi), api(SourcesApi)];
  const { source } = await dataOf(sources.createSource({ slug: 'filtered', enabled: true, metadataId: JAVASCRIPT }));
  const { destination } = await dataOf(
    destinations.createDestination({ sourceId: source.id, metadataId: WEBHOOKS, settings: {}, name: 'Hook' }),
  );
  const of = destination.id;
  const made = [];
  for (const title of ['one', 'two', 'three']) {
    const { filter } = await dataOf(
      filters.createFilterForDestination(of, {
        sourceId: source.id,
        title,
        if: "type = 'track'",
        actions: [{ type: TypeEnum.SAMPLE, percent: 0.25, path: 'userId' }],
        enabled: true,
      }),
    );
    expect(filter).toMatchObject({ title, sourceId: source.id, destinationId: of, enabled: true });
    made.push(filter);
  }
  const id = made[0]?.id ?? '';
  expect((await dataOf(filters.getFilterInDestination(of, id))).filter).toEqual(made[0]);
  const listed = await everyPage(async (cursor) => {
    const page = await dataOf(filters.listFiltersFromDestination(of, { count: 2, ...(cursor && { cursor }) }));
    return { items: page.filters, next: page.pagination.next };
  });
  expect(listed).toEqual(made);
  const { filter } = await dataOf(filters.updateFilterForDestination(of, id, { enabled: false, description: 'off' }));
  expect(filter).toMatchObject({ title: 'one', enabled: false, description: 'off' });

  const payload = { type: 'identify', traits: { phone: '555', plan: 'tide' } };
  const drop = { type: TypeEnum.DROP_PROPERTIES, fields: { traits: ['phone'] } };
  const preview = await dataOf(
    filters.previewDestinationFilter({ filter: { if: "type = 'identify'", actions: [drop] }, payload }),
  );
  expect(preview).toMatchObject({ inputPayload: payload, result: { type: 'identify', traits: { plan: 'tide' } } });
  const nothing = { filter: { if: 'all', actions: [{ type: TypeEnum.DROP }] }, payload };
  expect((await dataOf(filters.previewDestinationFilter(nothing))).result).toBeNull();

  for (const { id } of made) expect((await dataOf(filters.removeFilterFromDestination(of, id))).status).toBe('SUCCESS');
  expect(await refusal(filters.getFilterInDestination(of, id))).toMatchObject({
    status: 404,
    errors: [{ type: 'NotFound' }],
  });
  const wrong = { sourceId: source.id, title: '', if: 'event =', actions: [], enabled: true };
  const bad = await refusal(filters.createFilterForDestination(of, wrong));
  expect([bad.status, bad.errors.map(({ field }) => field)]).toEqual([422, ['if', 'actions', 'title']]);
  await dataOf(sources.deleteSource(source.id));
}

export async function Transformations({ api }: Kit): Promise<void> {
  const [transformations, sources] = [api(TransformationsApi), api(SourcesApi)];
  const { source } = await dataOf(sources.createSource({ slug: 'transformed', enabled: true, metadataId: JAVASCRIPT }));
  const body = {
    sourceId: source.id,
    enabled: true,
    if: "event = 'Signed Up'",
    newEventName: 'Account Created',
    propertyRenames: [{ oldName: 'total', newName: 'amount' }],
    propertyValueTransformations: [{ propertyPaths: ['properties.plan'], propertyValue: 'web' }],
    fqlDefinedProperties: [{ fql: 'lowercase(event)', propertyName: 'kind' }],
  };
  const made = [];
  for (const name of ['one', 'two', 'three']) {
    const { transformation } = await dataOf(transformations.createTransformation({ ...body, name }));
    expect(transformation).toMatchObject({ ...body, name });
    made.push(transformation);
  }
  const id = made[0]?.id ?? '';
  expect((await dataOf(transformations.getTransformation(id))).transformation).toEqual(made[0]);
  const listed = await everyPage(async (cursor) => {
    const page = await dataOf(transformations.listTransformations({ count: 2, ...(cursor && { cursor }) }));
    return { items: page.transformations, next: page.pagination.next };
  });
  expect(listed).toEqual(made);
  const { transformation } = await dataOf(
    transformations.updateTransformation(id, { enabled: false, destinationMetadataId: WEBHOOKS }),
  );
  expect(transformation).toMatchObject({ ...body, enabled: false, destinationMetadataId: WEBHOOKS });
  for (const { id } of made) expect((await dataOf(transformations.deleteTransformation(id))).status).toBe('SUCCESS');
  expect(await refusal(transformations.getTransformation(id))).toMatchObject({
    status: 404,
    errors: [{ type: 'NotFound' }],
  });
  const bad = await refusal(transformations.createTransformation({ ...body, name: '', if: '(' }));
  expect([bad.status, bad.errors.map(({ field }) => field)]).toEqual([422, ['name', 'if']]);
  await dataOf(sources.deleteSource(source.id));
}
