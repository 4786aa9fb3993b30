/** What every part of the language means, on real rows. */
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { newScope, testDatabase } from '../../../../test/support/database.ts';
import type { Database } from '../../../db/open.ts';
import type { Scope } from '../../../db/tx.ts';
import { newId } from '../../../ids.ts';
import { parseAudience, parseTrait } from '../parser.ts';
import { createCompiler, type Named, profilesOf } from './compile.ts';
import { slicePeople } from './slices.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const HOUR = 3_600_000;
const SOURCE = newId();
const OTHER_SOURCE = newId();

let database: Database;
let scope: Scope;
// Below those of the sequence, which the pipeline takes.
let eventId = -2_000_000_000;

/** Hours before NOW, name, properties, context. */
type Happened = readonly [hours: number, name: string, properties?: object, context?: object, source?: string];

async function person(
  traits: object,
  events: readonly Happened[] = [],
  { into, userId = newId() }: { into?: string; userId?: string } = {},
): Promise<string> {
  const id = newId();
  await database.db
    .insertInto('profiles')
    .values({
      ...scoped(),
      id,
      traits: JSON.stringify(traits),
      merged_into: into ?? null,
      first_seen_at: NOW,
      last_seen_at: NOW,
    })
    .execute();
  await database.db
    .insertInto('identifiers')
    .values({ ...scoped(), type: 'user_id', value: userId, profile_id: into ?? id })
    .execute();
  if (events.length === 0) return id;
  await database.db
    .insertInto('events')
    .values(
      events.map(([hours, name, properties = {}, context = {}, source = SOURCE]) => ({
        ...scoped(),
        id: ++eventId,
        source_id: source,
        message_id: `m${eventId}`,
        type: 'track',
        name,
        profile_id: id,
        user_id: null,
        anonymous_id: null,
        occurred_at: new Date(NOW.getTime() - hours * HOUR),
        received_at: NOW,
        payload: JSON.stringify({ properties, context }),
      })),
    )
    .execute();
  return id;
}

const scoped = () => ({ workspace_id: scope.workspaceId, environment: scope.environment });

function compiler(parts: { since?: Date; mostEvents?: number; named?: ReadonlyMap<string, Named> } = {}) {
  return createCompiler({
    now: NOW,
    since: parts.since ?? null,
    mostEvents: parts.mostEvents ?? 1_000,
    named: parts.named ?? new Map(),
    sourceId: (text) => (text === 'other' ? OTHER_SOURCE : null),
  });
}

/** Whether the definition holds for the one person of a new scope. */
async function holds(query: string, traits: object, events: readonly Happened[] = [], parts = {}): Promise<boolean> {
  scope = await newScope(database);
  await person(traits, events);
  return (await counted(query, parts)) === 1;
}

async function counted(query: string, parts: Parameters<typeof compiler>[0] = {}, types = ['user_id']) {
  const { root } = parseAudience(query, { subject: 'USERS' });
  const request = { scope, compiler: compiler(parts), root, size: 100, sample: 100, after: null };
  return (await slicePeople(database.db, { ...request, types, place: 0 })).hits;
}

async function computed(query: string, traits: object, events: readonly Happened[] = []): Promise<unknown> {
  scope = await newScope(database);
  const id = await person(traits, events);
  const { root } = parseTrait(query, { subject: 'USERS' });
  const value = compiler().value(root, { traits: sql`s.traits`, profiles: sql`s.profiles` });
  const { rows } = await sql<{ value: unknown }>`select ${value} as value
    from (select p.traits, ${profilesOf(sql`p.id`)} as profiles from profiles p where p.id = ${id}) s`.execute(
    database.db,
  );
  return rows[0]?.value;
}

beforeAll(async () => {
  database = await testDatabase();
});

describe('comparisons of a trait', () => {
  const traits = {
    plan: 'team',
    age: 17,
    age_text: '17',
    mfa: true,
    nothing: null,
    nested: { city: 'Oslo', 'a.b': 1 },
    tags: ['x', 'y'],
    day: '2026-02-28',
    moment: '2026-02-28T12:00:00+02:00',
    seconds: 1_772_280_000,
    broken: '2026-99-99T00:00:00Z',
    soon: '2026-03-03T12:00:00Z',
  };
  test.each([
    [`trait('plan') = 'team'`, true],
    [`trait('plan').equals('Team')`, false],
    [`trait('age') = 17`, true],
    [`trait('age') = '17'`, true],
    [`trait('age') = '17.0'`, true],
    [`trait('age_text') = 17`, true],
    [`trait('age_text') = '17.0'`, false],
    [`trait('mfa') = true`, true],
    [`trait('mfa') = 'true'`, true],
    [`trait('mfa') != true`, false],
    [`trait('mfa') != false`, true],
    [`trait('plan') != 'free'`, true],
    [`trait('plan') != 'team'`, false],
    // What is not there is not different (contract §5.6).
    [`trait('missing') != 'team'`, false],
    [`trait('nothing') != 'team'`, false],
    [`NOT trait('missing') = 'team'`, true],
    [`trait('missing').absent()`, true],
    [`trait('nothing').absent()`, true],
    [`trait('nothing').exists()`, false],
    [`trait('plan').exists()`, true],
    [`trait('plan').absent()`, false],
    [`trait('age') > 16.5`, true],
    [`trait('age') > 17`, false],
    [`trait('age') >= 17`, true],
    [`trait('age') < 17`, false],
    [`trait('age') <= 17`, true],
    [`trait('age') > '2'`, true],
    [`trait('age_text') > 2`, true],
    [`trait('plan') > 2`, false],
    [`trait('plan') > 'tea'`, true],
    [`trait('plan') > 'teb'`, false],
    [`trait('missing') < 5`, false],
    [`NOT trait('missing') < 5`, true],
    [`trait('nested.city') = 'Oslo'`, true],
    [`trait('nested.a\\\\.b') = 1`, true],
    [`trait('nested.a.b') = 1`, false],
    [`trait('plan').contains('x', 'ea')`, true],
    [`trait('plan').contains('x')`, false],
    [`trait('tags').contains('y')`, true],
    [`trait('missing').contains('x')`, false],
    [`trait('plan').omits('ea')`, false],
    [`trait('plan').omits('x')`, true],
    [`trait('missing').omits('x')`, true],
    [`trait('plan').starts_with('te')`, true],
    [`trait('plan').starts_with('%')`, false],
    [`trait('plan').ends_with('am')`, true],
    [`trait('plan').ends_with('te')`, false],
    [`trait('plan').one_of('free', 'team')`, true],
    [`trait('age').one_of(1, 17)`, true],
    [`trait('plan').one_of('free')`, false],
    [`trait('plan').none_of('free', 'pro')`, true],
    [`trait('plan').none_of('team')`, false],
    [`trait('missing').none_of('team')`, true],
    [`trait('day') = 2026-02-28`, true],
    [`trait('day') = literal(2026-02-28T00:00:00Z)`, true],
    [`trait('moment') = 2026-02-28T10:00:00Z`, true],
    [`trait('moment').before_date(2026-02-28T10:00:01Z)`, true],
    [`trait('moment').before_date(2026-02-28T10:00:00Z)`, false],
    [`trait('moment').after_date('2026-02-28')`, true],
    [`trait('moment') > 2026-02-28`, true],
    [`trait('moment') > '2026-02-28T11:00:00Z'`, false],
    [`trait('seconds').within_last(24 hours)`, true],
    [`trait('broken').before_date(2030-01-01)`, false],
    [`trait('plan').before_date(2030-01-01)`, false],
    [`trait('moment').within_last(2 days)`, true],
    [`trait('moment').within_last(25 hours)`, false],
    [`trait('soon').within_last(100 days)`, false],
    [`trait('soon').within_next(2 days)`, true],
    [`trait('soon').within_next(47 hours)`, false],
    [`trait('moment').before_last(1 day)`, true],
    [`trait('moment').before_last(2 days)`, false],
    [`trait('soon').after_next(2 days)`, true],
    [`trait('soon').after_next(49 hours)`, false],
    [`trait('age') = trait('age_text')`, true],
    [`trait('age') < trait('missing')`, false],
    [`trait('plan') != trait('nested.city')`, true],
    [`trait('plan') = 'x' OR trait('age') = 17 AND trait('mfa') = false`, false],
    [`(trait('plan') = 'x' OR trait('age') = 17) AND NOT (trait('mfa') = false)`, true],
  ])('%s is %s', async (query, expected) => {
    expect(await holds(query, traits)).toBe(expected);
  });
});

describe('events', () => {
  const events: readonly Happened[] = [
    [1, 'Paid', { amount: 30, currency: 'EUR', item: { sku: 'A-1' } }, { page: { path: '/help/1' } }],
    [25, 'Paid', { amount: '12.5', currency: 'EUR' }],
    [100, 'Paid', { amount: 'much', currency: 'USD', case: 7 }, {}, OTHER_SOURCE],
    [99, 'Order', { case: 7 }],
    [2, 'Login', {}],
  ];
  test.each([
    [`event('Paid').count() = 3`, true],
    [`event('paid').count() = 0`, true],
    [`event('Missing').count() >= 1`, false],
    [`NOT event('Missing').count() >= 1`, true],
    [`event('Paid').count() > '2'`, true],
    [`event('Paid').count().one_of(2, 3)`, true],
    [`event('Paid').count().contains('3')`, true],
    [`event('Paid').where(property('currency') = 'EUR' AND property('amount') >= 12.5).count() = 2`, true],
    [`event('Paid').where(property('item.sku').starts_with('A-')).count() = 1`, true],
    [`event('Paid').where(context('page.path').starts_with('/help')).count() = 1`, true],
    [`event('Paid').where(NOT property('case').exists()).count() = 2`, true],
    [`event('Paid').where(property('amount') > trait('avg')).count() = 1`, true],
    [`event('Paid').where(event('Login').count() > 0).count() = 3`, true],
    [`event('Paid').sources({exclude: 'other'}).count() = 2`, true],
    [`event('Paid').sources({exclude: 'unknown'}).count() = 3`, true],
    [`event('Paid').within(24 hours).count() = 1`, true],
    [`event('Paid').within(2 days).count() = 2`, true],
    [`event('Paid').between(1 day, 5 days).count() = 2`, true],
    [`event('Paid').between(5 days, 1 day).count() = 2`, true],
    [`event('Paid').between(2 days, 3 days).count() = 0`, true],
    [`event('Paid').where(event('Order').within(parent: 1 hours).count() = 1).count() = 1`, true],
    [`event('Paid').where(event('Login').within(parent: 1 hours).count() = 1).count() = 0`, true],
    [
      `event('Paid').where(event('Order').where(property('case') = property(parent: 'case')).count() = 1).count() = 1`,
      true,
    ],
    // An event is not followed by itself.
    [`event('Paid').where(event('Paid').within(parent: 2 days).count() >= 1).count() = 1`, true],
    [`event('Paid').sum(property('amount')) = 42.5`, true],
    [`event('Paid').avg(property('amount')) = 21.25`, true],
    [`event('Paid').max(property('amount')) = 30`, true],
    [`event('Paid').min(property('amount')) = 12.5`, true],
    [`event('Paid').max(property('amount') as string) = 'much'`, true],
    [`event('Paid').min(property('amount') as string) = '12.5'`, true],
    [`event('Missing').sum(property('amount')).absent()`, true],
    [`event('Missing').sum(property('amount')) < 10`, false],
    [`event('Paid').first(property('currency')) = 'USD'`, true],
    [`event('Paid').last(property('currency')) = 'EUR'`, true],
    [`event('Paid').first(property('item.sku')) = 'A-1'`, true],
    [`event('Paid').unique(property('currency')).count() = 2`, true],
    [`event('Paid').mode(property('currency'), 2) = 'EUR'`, true],
    [`event('Paid').mode(property('currency'), 3).absent()`, true],
    [`event('Paid').mode(property('item') as array, 1).contains('A-1')`, true],
    [`event('Paid').within(2 days).sources({exclude: 'other'}).where(property('amount') < 20).count() = 1`, true],
  ])('%s is %s', async (query, expected) => {
    expect(await holds(query, { avg: 20 }, events)).toBe(expected);
  });

  test('a session ends when nothing happened for a while', async () => {
    const second = 1 / 3_600;
    const play = (seconds: number): Happened => [seconds * second, 'Play', { n: seconds }];
    const query = (count: number) => `event('Play').expires_after(45 seconds).count() = ${count}`;
    expect(await holds(query(3), {}, [play(10), play(40), play(80), play(200)])).toBe(true);
    expect(await holds(query(0), {}, [play(50), play(60)])).toBe(true);
    const of = `event('Play').where(property('n') != 40).expires_after(1 hour).where(property('n') < 100).sum(property('n'))`;
    expect(await holds(`${of} = 90`, {}, [play(10), play(40), play(80), play(200)])).toBe(true);
  });

  test('only track events count, only since the asked time, and only so many of one person', async () => {
    expect(await holds(`event('Paid').count() = 1`, {}, events, { since: new Date(NOW.getTime() - 20 * HOUR) })).toBe(
      true,
    );
    expect(await holds(`event('Paid').count() = 2`, {}, [...events].reverse(), { mostEvents: 2 })).toBe(true);
    await database.db
      .updateTable('events')
      .set({ type: 'page' })
      .where('workspace_id', '=', scope.workspaceId)
      .execute();
    expect(await counted(`event('Paid').count() = 0`)).toBe(1);
  });
});

describe('people', () => {
  test('have the events of those who were merged into them, and count once', async () => {
    scope = await newScope(database);
    const id = await person({ plan: 'team' }, [[1, 'Paid']], { userId: 'b' });
    await person({}, [[2, 'Paid']], { into: id, userId: 'a' });
    await database.db
      .insertInto('identifiers')
      .values({ ...scoped(), type: 'email', value: 'a@example.com', profile_id: id })
      .execute();
    expect(await counted(`event('Paid').count() = 2`)).toBe(1);
    const { root } = parseAudience(`trait('plan') = 'team'`, { subject: 'USERS' });
    const request = { scope, compiler: compiler(), root, size: 100, sample: 100, types: ['user_id', 'email'] };
    const found = await slicePeople(database.db, { ...request, place: 0, after: null });
    expect(found).toEqual({ seen: 2, last: 'b', hits: 1, sample: [id] });
    expect(await slicePeople(database.db, { ...request, place: 1, after: null })).toMatchObject({ seen: 1, hits: 0 });
    expect(await slicePeople(database.db, { ...request, place: 0, size: 1, after: 'a' })).toMatchObject({
      seen: 1,
      hits: 0,
    });
  });

  test('of another scope are never seen', async () => {
    scope = await newScope(database);
    await person({ plan: 'team' });
    scope = await newScope(database);
    expect(await counted(`trait('plan') = 'team'`)).toBe(0);
  });
});

describe('names of audiences and computed traits', () => {
  const named = (texts: Record<string, string>): ReadonlyMap<string, Named> =>
    new Map(
      Object.entries(texts).map(([key, text]): [string, Named] =>
        text.endsWith(')') && !text.includes('=')
          ? [key, { kind: 'trait', root: parseTrait(text, { subject: 'USERS' }).root }]
          : [key, { kind: 'audience', root: parseAudience(text, { subject: 'USERS' }).root }],
      ),
    );

  test('mean what their definitions say', async () => {
    const all = named({
      payers: `event('Paid').count() >= 1`,
      total: `event('Paid').sum(property('amount'))`,
      big_payers: `trait('payers') = true AND trait('total') > 10`,
    });
    const parts = { named: all };
    const paid = (amount: number): readonly Happened[] => [[1, 'Paid', { amount }]];
    expect(await holds(`trait('big_payers') = true`, {}, paid(20), parts)).toBe(true);
    expect(await holds(`trait('big_payers') = true`, {}, paid(5), parts)).toBe(false);
    expect(await holds(`trait('big_payers') = false`, { big_payers: true }, paid(5), parts)).toBe(true);
  });

  test('that lead back to themselves are refused, and so is nesting by way of names', async () => {
    const circle = { named: named({ a: `trait('b') = true`, b: `trait('a') = true` }) };
    await expect(holds(`trait('a') = true`, {}, [], circle)).rejects.toThrow('leads back to itself: a → b → a');
    const deep = named({
      a: `event('A').where(trait('b') = true).count() = 1`,
      b: `event('A').where(event('B').count() = 1).count() = 1`,
    });
    expect(
      await holds(
        `trait('a') = true`,
        {},
        [
          [1, 'A'],
          [1, 'B'],
        ],
        { named: deep },
      ),
    ).toBe(true);
    await expect(holds(`event('A').where(trait('a') = true).count() = 1`, {}, [], { named: deep })).rejects.toThrow(
      'More than 3 event',
    );
  });
});

describe('computed values', () => {
  const events: readonly Happened[] = [
    [3, 'Play', { artist: 'B', seconds: 10 }],
    [2, 'Play', { artist: 'A', seconds: 20 }],
    [1, 'Play', { artist: 'A' }],
  ];
  test.each([
    [`event('Play').count()`, 3],
    [`event('Play').avg(property('seconds'))`, 15],
    [`event('Play').unique(property('artist'))`, ['A', 'B']],
    [`event('Play').unique(property('artist')).count()`, 2],
    [`event('Play').mode(property('artist'), 1)`, 'A'],
    [`event('Play').last(property('seconds'))`, 20],
    [`event('Missing').first(property('seconds'))`, null],
    [`trait('plan')`, { a: 1 }],
  ])('%s is %j', async (query, expected) => {
    expect(await computed(query, { plan: { a: 1 } }, events)).toEqual(expected);
  });
});

test('hostile values are values: nothing that a client stores makes a run fail', async () => {
  const times = [
    '0000-01-01',
    '9999-12-31T23:59:59.999999999+14:59',
    '2026-02-31',
    '2026-02-28T24:00:00Z',
    '-1',
    'NaN',
  ];
  for (const value of [
    ...times,
    1e300,
    -1e300,
    1e13,
    '9'.repeat(31),
    '',
    [],
    {},
    true,
    '1e5',
    'Infinity',
    '\\',
    '😀',
  ]) {
    for (const query of [
      `trait('v').before_date(2030-01-01)`,
      `trait('v') > 5`,
      `trait('v').contains('a')`,
      `event('E').sum(property('v')) > 1`,
      `trait('v.a.b') = 1`,
      `trait('v') = trait('w')`,
    ]) {
      await expect(holds(query, { v: value, w: 5 }, [[1, 'E', { v: value }]])).resolves.toEqual(expect.any(Boolean));
    }
  }
  expect(await holds(`trait('v').after_date(2026-03-02T23:59:59Z)`, { v: '2026-02-31' })).toBe(true);
});

test('the text of a query never becomes SQL', async () => {
  const hostile = `x\\') or 1=1; drop table events; --`;
  expect(await holds(`trait('${hostile}') = '${hostile}' OR event('${hostile}').count() > 0`, { plan: 'a' })).toBe(
    false,
  );
  expect(await holds(`trait('plan').one_of('${hostile}')`, { plan: hostile.replace('\\', '') })).toBe(true);
});
