/** Tracking plans with their rules and sources; functions with their versions. */
import { FunctionsApi, SourcesApi, TrackingPlansApi } from '@segment/public-api-sdk-typescript';
import { expect } from 'vitest';
import { dataOf, everyPage, type Kit, refusal, typed } from './kit.ts';

type NewPlan = Parameters<TrackingPlansApi['createTrackingPlan']>[0];
type Rules = Parameters<TrackingPlansApi['replaceRulesInTrackingPlan']>[1]['rules'];
type NewFunction = Parameters<FunctionsApi['createFunction']>[0];

const LIVE = typed<NewPlan['type']>('LIVE');

export async function TrackingPlans({ api }: Kit): Promise<void> {
  const [plans, sources] = [api(TrackingPlansApi), api(SourcesApi)];
  const { trackingPlan: plan } = await dataOf(
    plans.createTrackingPlan({ name: 'Shop', type: LIVE, description: 'What the shop sends' }),
  );
  const { trackingPlan: other } = await dataOf(plans.createTrackingPlan({ name: 'Other', type: LIVE }));
  expect((await dataOf(plans.getTrackingPlan(plan.id))).trackingPlan).toEqual(plan);
  const listed = await everyPage(async (cursor) => {
    const page = await dataOf(plans.listTrackingPlans({ count: 1, ...(cursor && { cursor }) }));
    return { items: page.trackingPlans, next: page.pagination.next };
  });
  expect(listed.map(({ id }) => id)).toEqual([plan.id, other.id]);

  const jsonSchema = { type: 'object', properties: { properties: { type: 'object', properties: {} } } };
  const rules = ['Cart Opened', 'Order Completed'].map((key) => ({ type: 'TRACK', key, version: 1, jsonSchema }));
  expect((await dataOf(plans.replaceRulesInTrackingPlan(plan.id, { rules: typed<Rules>(rules) }))).status).toBe(
    'SUCCESS',
  );
  const renamed = { type: 'TRACK', key: 'Cart Opened', newKey: 'Cart Seen', version: 1, jsonSchema };
  type Changes = Parameters<TrackingPlansApi['updateRulesInTrackingPlan']>[1]['rules'];
  await dataOf(plans.updateRulesInTrackingPlan(plan.id, { rules: typed<Changes>([renamed]) }));
  const keys = async () =>
    (await dataOf(plans.listRulesFromTrackingPlan(plan.id, { count: 200 }))).rules.map(({ key }) => key);
  expect(await keys()).toEqual(['Cart Seen', 'Order Completed']);
  type Removed = Parameters<TrackingPlansApi['removeRulesFromTrackingPlan']>[1];
  await dataOf(
    plans.removeRulesFromTrackingPlan(plan.id, typed<Removed>([{ type: 'TRACK', key: 'Cart Seen', version: 1 }])),
  );
  expect(await keys()).toEqual(['Order Completed']);
  const broken = { type: 'TRACK', key: 'Broken', version: 1, jsonSchema: { type: 'money' } };
  const { status, errors } = await refusal(
    plans.replaceRulesInTrackingPlan(plan.id, { rules: typed<Rules>([broken]) }),
  );
  expect([status, errors.map(({ field }) => field)]).toEqual([400, ['rules.0.jsonSchema.type']]);

  const { source } = await dataOf(
    sources.createSource({ slug: 'planned', enabled: true, metadataId: 'IqDTy1TpoU', settings: {} }),
  );
  await dataOf(plans.addSourceToTrackingPlan(plan.id, { sourceId: source.id }));
  expect((await dataOf(sources.getSource(source.id))).trackingPlanId).toBe(plan.id);
  const following = await dataOf(plans.listSourcesFromTrackingPlan(plan.id, { count: 10 }));
  expect(following.sources.map(({ id }) => id)).toEqual([source.id]);
  await dataOf(plans.removeSourceFromTrackingPlan(plan.id, source.id));
  expect((await dataOf(sources.getSource(source.id))).trackingPlanId).toBeNull();

  expect((await dataOf(plans.updateTrackingPlan(plan.id, { name: 'The shop' }))).status).toBe('SUCCESS');
  for (const { id } of [plan, other]) expect((await dataOf(plans.deleteTrackingPlan(id))).status).toBe('SUCCESS');
  expect(await refusal(plans.getTrackingPlan(plan.id))).toMatchObject({ status: 404, errors: [{ type: 'NotFound' }] });
  await dataOf(sources.deleteSource(source.id));
}

export async function Functions({ api }: Kit): Promise<void> {
  const functions = api(FunctionsApi);
  const resourceType = typed<NewFunction['resourceType']>('SOURCE');
  const code = 'async function onRequest(request, settings) {}';
  const { function: made } = await dataOf(
    functions.createFunction({ code, displayName: 'Orders', resourceType, settings: [] }),
  );
  expect(made).toMatchObject({ id: expect.stringMatching(/^sfnc_/), displayName: 'Orders', code, settings: [] });
  const id = made?.id ?? '';
  expect((await dataOf(functions.getFunction(id))).function).toEqual(made);
  const listed = await everyPage(async (cursor) => {
    const page = await dataOf(functions.listFunctions({ count: 1, ...(cursor && { cursor }) }, 'SOURCE'));
    return { items: page.functions, next: page.pagination.next };
  });
  expect(listed.map((one) => one.id)).toEqual([id]);
  await dataOf(functions.updateFunction(id, { description: 'Takes orders', code: `${code} // 2` }));
  expect((await dataOf(functions.createFunctionDeployment(id))).functionDeployment.status).toBe('SUCCESS');
  const { versions } = await dataOf(functions.listFunctionVersions(id, { count: 10 }));
  expect(versions.length).toBeGreaterThan(0);
  const [first] = versions;
  expect((await dataOf(functions.getFunctionVersion(id, first?.id ?? ''))).version).toEqual(first);
  await dataOf(functions.restoreFunctionVersion(id, { versionId: first?.id ?? '' }));
  const { status, errors } = await refusal(functions.updateFunction(id, { code: 'function (' }));
  expect([status, errors[0]?.field]).toEqual([422, 'code']);
  expect((await dataOf(functions.deleteFunction(id))).status).toBe('SUCCESS');
  expect(await refusal(functions.getFunction(id))).toMatchObject({ status: 404 });
}
