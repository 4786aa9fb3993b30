/** What a plan and a source's schema settings do to events, from the tracking door to what can be read of them. */
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { newWorkspace, processEvents, type TestApp, testApp } from '../../../../test/support/app.ts';
import type { Scope } from '../../../db/tx.ts';
import type { SourceRow } from '../../sources/queries.ts';
import type { RuleInput, RuleType } from '../rules.ts';

let app: TestApp;
let scope: Scope;
let source: SourceRow;
let planId: string;

beforeAll(async () => {
  app = await testApp();
});

beforeEach(async () => {
  scope = (await newWorkspace(app)).scope();
  source = await app.connections.sources.create(scope, { name: 'Shop' });
  planId = (await app.trackingPlans.create(scope, { type: 'LIVE', name: 'Shop plan' })).id;
  await app.trackingPlans.connect(scope, planId, [source.id]);
});

function rule(type: RuleType, key: string | null, schema: object, version = 1): RuleInput {
  return { type, key, version, schema, at: { rule: 'rule', key: 'key', schema: 'schema' } };
}

/** As the vendor's editor wraps it. */
const fields = (part: 'properties' | 'traits', properties: object, required: string[] = []) => ({
  type: 'object',
  properties: { context: {}, [part]: { type: 'object', properties, required } },
});

const ORDER = fields('properties', { id: { type: 'string' }, total: { type: 'number' } }, ['id']);

async function rules(...list: RuleInput[]): Promise<void> {
  await app.trackingPlans.replaceRules(scope, planId, list);
}

type Settings = Parameters<TestApp['connections']['sources']['updateSchemaSettings']>[2];

async function settings(input: Partial<Settings>): Promise<void> {
  const off = { forwardViolationsTo: null, forwardBlockedTo: null };
  await app.connections.sources.updateSchemaSettings(scope, source.id, { ...off, ...input });
}

async function send(event: object, to: SourceRow = source): Promise<void> {
  const payload = { writeKey: to.write_keys[0], userId: 'ada', ...event };
  const answer = await app.http.inject({ method: 'POST', url: '/v1/batch', payload: { ...payload, batch: [payload] } });
  expect([answer.statusCode, answer.body]).toEqual([200, '{"success":true}']);
  await processEvents(app);
}

const track = (event: string, properties: object = {}, context: object = {}) =>
  send({ type: 'track', event, properties, context });

interface Seen {
  readonly outcome: string;
  readonly code: string | null;
  readonly reason: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: what was sent and what became of it.
  readonly payload: any;
}

async function newest(of: SourceRow = source): Promise<Seen> {
  const { events } = await app.events.list(scope, { sourceId: of.id }, 1);
  if (!events[0]) throw new Error('There is no event.');
  return app.events.get(scope, events[0].id) as Promise<Seen>;
}

test('without settings everything passes, and what was wrong stands in its context', async () => {
  await rules(rule('TRACK', 'Order Completed', ORDER));
  await track('Order Completed', { id: 'o1', total: 5 });
  expect((await newest()).payload.context).not.toHaveProperty('violations');
  await track('Order Completed', { total: 'much', extra: 1 });
  const seen = await newest();
  expect(seen).toMatchObject({ outcome: 'accepted', payload: { properties: { total: 'much', extra: 1 } } });
  expect(seen.payload.context.violations).toEqual([
    { type: 'Invalid Type', field: 'properties.total', description: 'properties.total must be of type number' },
    { type: 'Required', field: 'properties.id', description: 'properties.id is required' },
  ]);
  await track('Never Planned');
  expect((await newest()).payload.context.violations).toMatchObject([{ type: 'Unplanned Event' }]);
  await track('Order Completed', { id: 'o2' });
  expect((await newest()).payload.context).not.toHaveProperty('violations');
});

test('a source that follows no plan is left alone', async () => {
  await settings({ track: { allowUnplannedEvents: false } });
  await app.trackingPlans.disconnect(scope, planId, source.id);
  await track('Anything');
  expect(await newest()).toMatchObject({ outcome: 'accepted' });
  await app.trackingPlans.connect(scope, planId, [source.id]);
  await track('Anything');
  expect(await newest()).toMatchObject({ outcome: 'rejected', code: 'unplanned_event' });
  await app.trackingPlans.remove(scope, planId);
  await track('Anything');
  expect(await newest()).toMatchObject({ outcome: 'accepted' });
});

test('unplanned events are blocked, and at once no more when the plan knows them', async () => {
  await settings({ track: { allowUnplannedEvents: false } });
  await track('Order Completed', { id: 'o1' });
  expect(await newest()).toMatchObject({
    outcome: 'rejected',
    code: 'unplanned_event',
    reason: 'The tracking plan Shop plan does not know this event.',
  });
  await app.trackingPlans.upsertRules(scope, planId, [rule('TRACK', 'Order Completed', ORDER)]);
  await track('Order Completed', { id: 'o1' });
  expect(await newest()).toMatchObject({ outcome: 'accepted' });
  await track('order completed', { id: 'o1' });
  expect(await newest()).toMatchObject({ outcome: 'rejected' });
});

test('unplanned properties are left out, and told of', async () => {
  await rules(rule('TRACK', 'Order Completed', ORDER));
  await settings({ track: { allowUnplannedEventProperties: false } });
  await track('Order Completed', { id: 'o1', total: 5, colour: 'red', size: 1 });
  const { payload } = await newest();
  expect(payload.properties).toEqual({ id: 'o1', total: 5 });
  expect(payload.context.protocols).toEqual({ omitted: ['colour', 'size'] });
});

test('an event that breaks its rule is blocked, or loses what breaks it', async () => {
  await rules(rule('TRACK', 'Order Completed', ORDER));
  await settings({ track: { allowEventOnViolations: false } });
  await track('Order Completed', { total: 5 });
  expect(await newest()).toMatchObject({
    outcome: 'rejected',
    code: 'plan_violation',
    reason: 'It breaks the tracking plan Shop plan: properties.id is required.',
  });
  await settings({ track: { allowEventOnViolations: true, allowPropertiesOnViolations: false } });
  await track('Order Completed', { id: 7, total: 5, colour: 'red' });
  const { payload } = await newest();
  expect(payload.properties).toEqual({ total: 5, colour: 'red' });
  expect(payload.context.protocols).toEqual({ omitted_on_violation: ['id'] });
  expect(payload.context.violations).toMatchObject([{ type: 'Invalid Type', field: 'properties.id' }]);
});

test('the common rule holds for every event', async () => {
  const common = {
    properties: { context: { required: ['app'] }, properties: { properties: { id: { type: 'string' } } } },
  };
  await rules(rule('TRACK', 'Seen', { type: 'object' }), rule('COMMON', null, common));
  await track('Seen', { id: 1 });
  expect((await newest()).payload.context.violations).toMatchObject([
    { field: 'properties.id' },
    { type: 'Required', field: 'context.app' },
  ]);
  await settings({ track: { commonEventOnViolations: 'OMIT_PROPERTIES' } });
  await track('Seen', { id: 1, other: 2 }, { app: { version: '1' } });
  expect((await newest()).payload.properties).toEqual({ other: 2 });
  await settings({ track: { commonEventOnViolations: 'BLOCK' }, identify: { commonEventOnViolations: 'BLOCK' } });
  await track('Seen', { id: 1 });
  expect(await newest()).toMatchObject({ outcome: 'rejected', code: 'common_violation' });
  await send({ type: 'identify', traits: {} });
  expect(await newest()).toMatchObject({ outcome: 'rejected', code: 'common_violation' });
  await send({ type: 'page', name: 'Home' });
  expect(await newest()).toMatchObject({ outcome: 'accepted' });
});

test('however much is wrong, nothing of it gets through', async () => {
  const common = { properties: { context: { required: ['app'] } } };
  const names = Array.from({ length: 60 }, (_, n) => `p${n}`);
  const many = fields('properties', Object.fromEntries(names.map((name) => [name, { type: 'string' }])));
  await rules(rule('TRACK', 'Seen', many), rule('COMMON', null, common));
  const wrong = Object.fromEntries(names.map((name) => [name, 1]));
  await settings({ track: { allowPropertiesOnViolations: false } });
  await track('Seen', { ...wrong, fine: 1 });
  const { payload } = await newest();
  expect(payload.properties).toEqual({ fine: 1 });
  expect(payload.context.violations).toHaveLength(20);
  expect(payload.context.protocols.omitted_on_violation).toHaveLength(60);
  await settings({ track: { commonEventOnViolations: 'BLOCK' } });
  await track('Seen', wrong);
  expect(await newest()).toMatchObject({ outcome: 'rejected', code: 'common_violation' });
});

test('traits of people and groups: unplanned and wrong ones are left out and reach no profile', async () => {
  const traits = fields('traits', { email: { type: 'string', pattern: '@' }, plan: { enum: ['free', 'paid'] } });
  await rules(rule('IDENTIFY', null, traits), rule('GROUP', null, traits));
  const omit = { allowUnplannedTraits: false, allowTraitsOnViolations: false };
  await settings({ identify: omit, group: omit });
  await send({ type: 'identify', traits: { email: 'ada@example.com', plan: 'gold', age: 7 } });
  const { payload } = await newest();
  expect(payload.traits).toEqual({ email: 'ada@example.com' });
  expect(payload.context.protocols).toEqual({ omitted: ['age'], omitted_on_violation: ['plan'] });
  const { people } = await app.people.list(scope, {}, 10);
  expect(people.map((person) => person.traits)).toEqual([{ email: 'ada@example.com' }]);
  await send({ type: 'group', groupId: 'g', traits: { plan: 'free', other: 1 } });
  expect((await newest()).payload.traits).toEqual({ plan: 'free' });
});

test('the version of a rule is the one that the event names, else the lowest', async () => {
  const of = (name: string) => fields('properties', { [name]: {} }, [name]);
  await rules(rule('TRACK', 'Seen', of('b'), 2), rule('TRACK', 'Seen', of('a'), 1));
  const missing = async (context: object) => {
    await track('Seen', {}, context);
    return (await newest()).payload.context.violations.map(({ field }: { field: string }) => field);
  };
  expect(await missing({})).toEqual(['properties.a']);
  expect(await missing({ protocols: { event_version: 2 } })).toEqual(['properties.b']);
  expect(await missing({ protocols: { event_version: '2' } })).toEqual(['properties.b']);
  expect(await missing({ protocols: { event_version: 9 } })).toEqual(['properties.a']);
});

test('blocked events and violations are sent to the sources named for them, and no further', async () => {
  const blocked = await app.connections.sources.create(scope, { name: 'Blocked' });
  const broken = await app.connections.sources.create(scope, { name: 'Broken' });
  await rules(rule('TRACK', 'Order Completed', ORDER));
  await settings({
    track: { allowUnplannedEvents: false, allowEventOnViolations: false },
    forwardBlockedTo: blocked.id,
    forwardViolationsTo: broken.id,
  });
  // The others follow the same plan, block what they get, and name the first one: nothing goes round.
  for (const other of [blocked, broken]) {
    await app.trackingPlans.connect(scope, planId, [other.id]);
    await app.connections.sources.updateSchemaSettings(scope, other.id, {
      forwardBlockedTo: source.id,
      forwardViolationsTo: source.id,
    });
  }
  await send({
    type: 'track',
    event: 'Other',
    messageId: 'm1',
    timestamp: '2026-01-31T12:00:00.000Z',
    properties: { a: 1 },
  });
  expect(await newest()).toMatchObject({ outcome: 'rejected', code: 'unplanned_event' });
  expect((await newest(blocked)).payload).toMatchObject({
    event: 'Other',
    messageId: 'm1',
    userId: 'ada',
    timestamp: '2026-01-31T12:00:00.000Z',
    properties: { a: 1 },
    context: { protocols: { sourceName: 'Shop', sourceId: expect.stringMatching(/^\w{22}$/) } },
  });
  expect((await newest(broken)).payload).toMatchObject({
    type: 'track',
    event: 'Violation Generated',
    userId: 'schema-violations',
    properties: {
      eventName: 'Other',
      eventMessageID: 'm1',
      eventType: 'track',
      sourceName: 'Shop',
      sourceSlug: 'shop',
      trackingPlanID: expect.stringMatching(/^tp_\w{22}$/),
      trackingPlanName: 'Shop plan',
      violationType: 'Unplanned Event',
      violationField: 'event',
    },
  });
  await processEvents(app);
  const all = (await app.events.list(scope, {}, 100)).events;
  expect(all.map(({ name, source_id }) => [name, source_id]).sort()).toEqual(
    [
      ['Other', source.id],
      ['Other', blocked.id],
      ['Violation Generated', broken.id],
    ].sort(),
  );
  // It is sent on as it came, whatever would have been left out.
  const strict = { allowUnplannedEventProperties: false, allowEventOnViolations: false };
  await settings({ track: strict, forwardBlockedTo: blocked.id, forwardViolationsTo: broken.id });
  await track('Order Completed', { colour: 'red' });
  expect((await newest(blocked)).payload).toMatchObject({
    properties: { colour: 'red' },
    context: { violations: [{ field: 'properties.id' }] },
  });
  expect((await newest(broken)).payload.properties).toMatchObject({
    violationType: 'Required',
    violationField: 'properties.id',
  });
  // A source that is switched off gets nothing.
  await app.connections.sources.update(scope, blocked.id, { enabled: false });
  await track('Nobody gets it');
  expect((await newest(blocked)).payload.event).toBe('Order Completed');
});

test('a plan of another workspace or of none changes nothing', async () => {
  const stranger = (await newWorkspace(app)).scope();
  await expect(app.trackingPlans.connect(stranger, planId, [source.id])).rejects.toMatchObject({ code: 'not_found' });
  await expect(app.trackingPlans.replaceRules(stranger, planId, [])).rejects.toMatchObject({ code: 'not_found' });
  const theirs = await app.trackingPlans.create(stranger, { type: 'LIVE', name: 'Theirs' });
  await expect(app.trackingPlans.connect(stranger, theirs.id, [source.id])).rejects.toMatchObject({
    code: 'not_found',
  });
});
