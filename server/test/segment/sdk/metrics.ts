/** What was counted: events volume, API calls, tracked users, delivery overview; regulations and suppressions. */
import {
  APICallsApi,
  DeletionAndSuppressionApi,
  DeliveryOverviewApi,
  EventsApi,
  MonthlyTrackedUsersApi,
  SourcesApi,
} from '@segment/public-api-sdk-typescript';
import { expect } from 'vitest';
import { dataOf, type Kit, refusal, typed } from './kit.ts';

const HOUR_MS = 3_600_000;
const ago = (hours: number) => new Date(Date.now() - hours * HOUR_MS).toISOString();
const today = () => new Date().toISOString().slice(0, 10);

export async function Volume({ api }: Kit): Promise<void> {
  const events = api(EventsApi);
  const volume = await dataOf(events.getEventsVolumeFromWorkspace('HOUR', ago(5), ago(1), ['eventName']));
  expect(volume.result).toEqual(expect.any(Array));
  const { status, errors } = await refusal(events.getEventsVolumeFromWorkspace('HOUR', 'yesterday', ago(1)));
  expect([status, errors[0]?.field]).toEqual([422, 'startTime']);
}

export async function Usage({ api }: Kit): Promise<void> {
  const [calls, users] = [api(APICallsApi), api(MonthlyTrackedUsersApi)];
  const page = { count: 10 };
  expect((await dataOf(calls.getDailyWorkspaceAPICallsUsage(today(), page))).dailyWorkspaceAPICallsUsage).toEqual(
    expect.any(Array),
  );
  expect((await dataOf(calls.getDailyPerSourceAPICallsUsage(today(), page))).dailyPerSourceAPICallsUsage).toEqual(
    expect.any(Array),
  );
  expect((await dataOf(users.getDailyWorkspaceMTUUsage(today(), page))).dailyWorkspaceMTUUsage).toEqual(
    expect.any(Array),
  );
  expect((await dataOf(users.getDailyPerSourceMTUUsage(today(), page))).dailyPerSourceMTUUsage).toEqual(
    expect.any(Array),
  );
  expect(await refusal(calls.getDailyWorkspaceAPICallsUsage('never', page))).toMatchObject({ status: 422 });
}

export async function DeliveryOverview({ api }: Kit): Promise<void> {
  const overview = api(DeliveryOverviewApi);
  const { sources } = await dataOf(api(SourcesApi).listSources({ count: 1 }));
  const source = sources[0]?.id ?? '';
  const received = await dataOf(
    overview.getIngressSuccessMetricsFromDeliveryOverview(source, ago(5), ago(1), 'hour', { count: 10 }),
  );
  expect(received).toMatchObject({ total: expect.any(Number), dataset: expect.any(Array) });
  for (const read of ['getIngressFailed', 'getFilteredAtSource'] as const) {
    const answer = overview[`${read}MetricsFromDeliveryOverview`](source, ago(5), ago(1), 'hour', { count: 10 });
    expect(await dataOf(answer)).toMatchObject({ total: 0 });
  }
  const nowhere = overview.getEgressSuccessMetricsFromDeliveryOverview(source, 'nothing', ago(5), ago(1), 'hour', {
    count: 10,
  });
  expect((await refusal(nowhere)).status).toBe(404);
}

export async function Regulations({ api }: Kit): Promise<void> {
  const regulations = api(DeletionAndSuppressionApi);
  type Input = Parameters<DeletionAndSuppressionApi['createWorkspaceRegulation']>[0];
  const input = (regulationType: string, subjectIds: string[]) =>
    typed<Input>({ regulationType, subjectType: 'USER_ID', subjectIds });
  const { regulateId } = await dataOf(regulations.createWorkspaceRegulation(input('SUPPRESS_ONLY', ['somebody'])));
  expect((await dataOf(regulations.getRegulation(regulateId))).regulation.id).toBe(regulateId);
  // It is carried out after it was answered.
  const suppressed = async () => JSON.stringify(await dataOf(regulations.listSuppressions({ count: 10 })));
  await expect.poll(suppressed, { timeout: 20_000 }).toContain('somebody');
  const { regulations: listed } = await dataOf(regulations.listWorkspaceRegulations({ count: 10 }));
  expect(listed.map(({ id }) => id)).toContain(regulateId);
  await dataOf(regulations.createWorkspaceRegulation(input('UNSUPPRESS', ['somebody'])));
  const { status, errors } = await refusal(regulations.createWorkspaceRegulation(input('SUPPRESS_ONLY', [])));
  expect([status, errors[0]?.field]).toEqual([422, 'subjectIds']);
}
