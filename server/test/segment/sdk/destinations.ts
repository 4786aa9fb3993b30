/** Destinations with their subscriptions, filters and delivery figures; transformations. */
import {
  CatalogApi,
  DestinationFiltersApi,
  DestinationsApi,
  SourcesApi,
  TransformationsApi,
} from '@segment/public-api-sdk-typescript';
import { expect } from 'vitest';
import { dataOf, everyPage, type Kit, refusal, typed } from './kit.ts';

/** The webhook of the actions framework. */
const WEBHOOK = '614a3c7d791c91c41bae7599';

async function newSource({ api }: Kit, slug: string): Promise<string> {
  const body = { slug, enabled: true, metadataId: 'IqDTy1TpoU', settings: {} };
  return (await dataOf(api(SourcesApi).createSource(body))).source.id;
}

export async function Destinations(kit: Kit): Promise<void> {
  const destinations = kit.api(DestinationsApi);
  const sourceId = await newSource(kit, 'delivers');
  const { destination } = await dataOf(
    destinations.createDestination({
      sourceId,
      metadataId: WEBHOOK,
      enabled: false,
      name: 'Hook',
      settings: { sharedSecret: 'sesame' },
    }),
  );
  expect(destination).toMatchObject({ name: 'Hook', enabled: false, sourceId });
  expect(JSON.stringify(destination)).not.toContain('sesame');
  const { id } = destination;
  expect((await dataOf(destinations.getDestination(id))).destination).toEqual(destination);
  const listed = await everyPage(async (cursor) => {
    const page = await dataOf(destinations.listDestinations({ count: 1, ...(cursor && { cursor }) }));
    return { items: page.destinations, next: page.pagination.next };
  });
  expect(listed.map((one) => one.id)).toContain(id);
  const fed = await dataOf(kit.api(SourcesApi).listConnectedDestinationsFromSource(sourceId, { count: 10 }));
  expect(fed.destinations.map((one) => one.id)).toEqual([id]);
  const { destination: renamed } = await dataOf(destinations.updateDestination(id, { name: 'Renamed', settings: {} }));
  expect(renamed.name).toBe('Renamed');
  const wrong = { sourceId, metadataId: WEBHOOK, settings: { noSuchSetting: 1 } };
  const { status, errors } = await refusal(destinations.createDestination(wrong));
  expect([Math.floor(status / 100), errors.map(({ field }) => field)]).toEqual([4, ['settings.noSuchSetting']]);

  const { destinationMetadata: type } = await dataOf(kit.api(CatalogApi).getDestinationMetadata(WEBHOOK));
  const actionId = type.actions[0]?.id ?? '';
  const { destinationSubscription: made } = await dataOf(
    destinations.createDestinationSubscription(id, {
      name: 'All tracks',
      actionId,
      trigger: 'type = "track"',
      enabled: false,
      settings: { url: 'https://example.com/in', method: 'POST' },
    }),
  );
  expect((await dataOf(destinations.getSubscriptionFromDestination(id, made.id))).subscription).toEqual(made);
  const { subscription } = await dataOf(
    destinations.updateSubscriptionForDestination(id, made.id, { input: { name: 'Tracks' } }),
  );
  expect(subscription).toEqual({ ...made, name: 'Tracks' });
  const { subscriptions } = await dataOf(destinations.listSubscriptionsFromDestination(id, { count: 10 }));
  expect(subscriptions).toEqual([subscription]);
  const broken = { name: 'x', actionId, trigger: 'type =', enabled: true };
  expect((await refusal(destinations.createDestinationSubscription(id, broken))).errors[0]?.field).toBe('trigger');
  await dataOf(destinations.removeSubscriptionFromDestination(id, made.id));

  const figures = await dataOf(destinations.listDeliveryMetricsSummaryFromDestination(id, sourceId));
  expect(figures.deliveryMetricsSummary).toMatchObject({ sourceId, destinationMetadataId: WEBHOOK });
  expect((await dataOf(destinations.deleteDestination(id))).status).toBe('SUCCESS');
  expect(await refusal(destinations.getDestination(id))).toMatchObject({ status: 404, errors: [{ type: 'NotFound' }] });
  await dataOf(kit.api(SourcesApi).deleteSource(sourceId));
}

export async function DestinationFilters(kit: Kit): Promise<void> {
  const filters = kit.api(DestinationFiltersApi);
  type Preview = Parameters<DestinationFiltersApi['previewDestinationFilter']>[0];
  type NewFilter = Parameters<DestinationFiltersApi['createFilterForDestination']>[1];
  const preview = (payload: object) =>
    filters.previewDestinationFilter(
      typed<Preview>({ filter: { if: "event = 'Test'", actions: [{ type: 'DROP' }] }, payload }),
    );
  expect((await dataOf(preview({ type: 'track', event: 'Test' }))).result).toBeNull();
  const kept = { type: 'track', event: 'Bought' };
  expect((await dataOf(preview(kept))).result).toEqual(kept);

  const sourceId = await newSource(kit, 'filtered');
  const { destination } = await dataOf(
    kit.api(DestinationsApi).createDestination({ sourceId, metadataId: WEBHOOK, settings: {} }),
  );
  const input = { sourceId, title: 'No tests', if: "event = 'Test'", actions: [{ type: 'DROP' }], enabled: true };
  const { filter } = await dataOf(filters.createFilterForDestination(destination.id, typed<NewFilter>(input)));
  const id = filter?.id ?? '';
  expect(filter).toMatchObject(input);
  expect((await dataOf(filters.getFilterInDestination(destination.id, id))).filter).toEqual(filter);
  await dataOf(filters.updateFilterForDestination(destination.id, id, { enabled: false }));
  const page = await dataOf(filters.listFiltersFromDestination(destination.id, { count: 10 }));
  expect(page.filters.map(({ enabled }) => enabled)).toEqual([false]);
  const broken = typed<NewFilter>({ ...input, if: 'event = = 3' });
  const { errors } = await refusal(filters.createFilterForDestination(destination.id, broken));
  expect(errors[0]?.field).toBe('if');
  expect((await dataOf(filters.removeFilterFromDestination(destination.id, id))).status).toBe('SUCCESS');
  expect(await refusal(filters.getFilterInDestination(destination.id, id))).toMatchObject({ status: 404 });
  await dataOf(kit.api(SourcesApi).deleteSource(sourceId));
}

export async function Transformations(kit: Kit): Promise<void> {
  const transformations = kit.api(TransformationsApi);
  const sourceId = await newSource(kit, 'transformed');
  const { transformation } = await dataOf(
    transformations.createTransformation({
      name: 'Rename',
      sourceId,
      enabled: true,
      if: "event = 'Signed Up'",
      newEventName: 'Joined',
    }),
  );
  const { id } = transformation;
  expect((await dataOf(transformations.getTransformation(id))).transformation).toEqual(transformation);
  await dataOf(transformations.updateTransformation(id, { name: 'Renamed', enabled: false }));
  const page = await dataOf(transformations.listTransformations({ count: 10 }));
  expect(page.transformations.map(({ name, enabled }) => [name, enabled])).toEqual([['Renamed', false]]);
  const broken = { name: 'x', sourceId, enabled: true, if: 'event = = 3' };
  expect((await refusal(transformations.createTransformation(broken))).errors[0]?.field).toBe('if');
  expect((await dataOf(transformations.deleteTransformation(id))).status).toBe('SUCCESS');
  expect(await refusal(transformations.getTransformation(id))).toMatchObject({ status: 404 });
  await dataOf(kit.api(SourcesApi).deleteSource(sourceId));
}
