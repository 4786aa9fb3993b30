import { beforeAll, describe, expect, test } from 'vitest';
import { newScope, testDatabase } from '../../test/support/database.ts';
import { eventOf as event, NOON, type EventParts as Parts } from '../../test/support/events.ts';
import type { Database } from '../db/open.ts';
import { inTransaction, type Scope } from '../db/tx.ts';
import type { Batch, JsonObject } from '../events/types.ts';
import { createIdentityStage, type MergeHook } from './identity.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});

// A clock that moves, so that of two batches' people the first is the older.
let tick = 0;
const now = () => new Date(NOON + tick++);
const quiet = createIdentityStage({ now, onMerge: [] });

async function run(scope: Scope, list: readonly Parts[], stage = quiet): Promise<Batch> {
  const batch: Batch = { events: list.map((parts, i) => event(scope, parts, i)), refused: [] };
  await inTransaction(database.db, (tx) => stage.run(tx, batch));
  return batch;
}

async function ids(scope: Scope, list: readonly Parts[]): Promise<string[]> {
  return (await run(scope, list)).events.map((item) => item.profileId);
}

async function owners(scope: Scope): Promise<Record<string, string>> {
  const rows = await database.db
    .selectFrom('identifiers')
    .select(['type', 'value', 'profile_id'])
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .execute();
  return Object.fromEntries(rows.map((row) => [`${row.type}:${row.value}`, row.profile_id]));
}

async function profile(id: string) {
  return database.db.selectFrom('profiles').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

async function roots(scope: Scope): Promise<string[]> {
  const rows = await database.db
    .selectFrom('profiles')
    .select('id')
    .where('workspace_id', '=', scope.workspaceId)
    .where('merged_into', 'is', null)
    .execute();
  return rows.map((row) => row.id);
}

describe('finding and making people', () => {
  test('events of one user are one person, in one batch and in the next', async () => {
    const scope = await newScope(database);
    const [a, b] = await ids(scope, [{ userId: 'u' }, { userId: 'u' }]);
    const [c] = await ids(scope, [{ userId: 'u' }]);
    expect(new Set([a, b, c]).size).toBe(1);
    expect(await owners(scope)).toEqual({ 'user_id:u': a });
  });

  test('the same user id in another environment or workspace is another person', async () => {
    const live = await newScope(database);
    const test: Scope = { ...live, environment: 'test' };
    const other = await newScope(database);
    const batch: Batch = { events: [live, test, other].map((s) => event(s, { userId: 'u' })), refused: [] };
    await inTransaction(database.db, (tx) => quiet.run(tx, batch));
    expect(new Set(batch.events.map((item) => item.profileId)).size).toBe(3);
  });

  test('an event that names nobody is refused and visible', async () => {
    const scope = await newScope(database);
    const batch = await run(scope, [{ userId: 'u' }, {}, { userId: 'x'.repeat(513) }, { anonymousId: 'a\0b' }]);
    expect(batch.events).toHaveLength(1);
    expect(batch.refused.map((item) => item.code)).toEqual(['no_identifier', 'no_identifier', 'no_identifier']);
  });

  test('hostile identifier values are stored as they are and found again', async () => {
    const scope = await newScope(database);
    const values = ["'; drop table profiles; --", '%', '\\', '😀'.repeat(256), '__proto__', ' ', 'a\ud800b', '{"a":1}'];
    const list = values.map((userId) => ({ userId }));
    const first = await ids(scope, list);
    expect(new Set(first).size).toBe(values.length);
    expect(await ids(scope, list)).toEqual(first);
  });

  test('first and last seen widen with the events, and the future counts as received', async () => {
    const scope = await newScope(database);
    const [id = ''] = await ids(scope, [{ userId: 'u' }]);
    await run(scope, [{ userId: 'u', occurredAt: new Date('2020-01-01T00:00:00Z') }]);
    await run(scope, [{ userId: 'u', occurredAt: new Date('9999-01-01T00:00:00Z'), receivedAt: new Date(NOON + 5) }]);
    const stored = await profile(id);
    expect(stored.first_seen_at.toISOString()).toBe('2020-01-01T00:00:00.000Z');
    expect(stored.last_seen_at.getTime()).toBe(NOON + 5);
  });

  test('a clock of the year 0 or before PostgreSQL stops nothing', async () => {
    const scope = await newScope(database);
    const [id = ''] = await ids(scope, [
      { userId: 'u', occurredAt: new Date(-62_167_219_200_000), traits: { a: 1 } },
      { userId: 'u', occurredAt: new Date(-8_640_000_000_000_000) },
    ]);
    expect((await profile(id)).first_seen_at.toISOString()).toBe('0001-01-01T00:00:00.000Z');
  });
});

describe('joining', () => {
  test('identify with a user id takes over the anonymous past', async () => {
    const scope = await newScope(database);
    const [a] = await ids(scope, [{ anonymousId: 'a' }]);
    const [b] = await ids(scope, [{ anonymousId: 'a', userId: 'u', traits: { plan: 'pro' } }]);
    expect(b).toBe(a);
    expect(await owners(scope)).toEqual({ 'anonymous_id:a': a, 'user_id:u': a });
  });

  test('an anonymous person and a known user become one; the older profile wins', async () => {
    const scope = await newScope(database);
    const [older = ''] = await ids(scope, [{ anonymousId: 'a' }]);
    const [newer = ''] = await ids(scope, [{ userId: 'u' }]);
    const [joined] = await ids(scope, [{ anonymousId: 'a', userId: 'u' }]);
    expect(joined).toBe(older);
    expect((await profile(newer)).merged_into).toBe(older);
    expect(await owners(scope)).toEqual({ 'anonymous_id:a': older, 'user_id:u': older });
  });

  test('email joins, trimmed and in lower case, from identify traits and from context.traits', async () => {
    const scope = await newScope(database);
    const [a] = await ids(scope, [{ anonymousId: 'a', traits: { email: '  Mira@Example.org ' } }]);
    const [b] = await ids(scope, [{ anonymousId: 'b', traits: { email: 'mira@example.org' } }]);
    const [c] = await ids(scope, [{ anonymousId: 'c', context: { traits: { email: 'MIRA@example.org' } } }]);
    expect([b, c]).toEqual([a, a]);
    expect(await owners(scope)).toMatchObject({ 'email:mira@example.org': a });
  });

  test("a group's traits describe the group and join nobody; text that is no email joins nobody", async () => {
    const scope = await newScope(database);
    const list = ['office@example.org', 'nobody', '', 'a@b@c', 'a b@c', 'x'.repeat(600), 5, null, {}];
    await run(scope, [
      { type: 'group', userId: 'g', traits: { email: list[0] } },
      ...list.slice(1).map((email) => ({ userId: 'u', traits: { email } })),
    ]);
    expect(Object.keys(await owners(scope)).sort()).toEqual(['user_id:g', 'user_id:u']);
  });

  test('external ids join; wrong, reserved, foreign and too many ones are skipped', async () => {
    const scope = await newScope(database);
    const many = Array.from({ length: 20 }, (_, i) => ({ type: 't', id: `n${i}` }));
    const [a, b] = await ids(scope, [
      { userId: 'u', context: { externalIds: [{ type: 'phone', id: '+441', collection: 'users', encoding: 'none' }] } },
      { anonymousId: 'z', context: { externalIds: [{ type: 'phone', id: '+441' }] } },
      {
        userId: 'v',
        context: {
          externalIds: [
            null,
            5,
            { type: 'user_id', id: 'u' },
            { type: 'x'.repeat(65), id: '1' },
            { type: 'with space', id: '1' },
            { type: 'acc', id: '1', collection: 'accounts' },
            { type: 'big', id: 'x'.repeat(513) },
            { type: 'number', id: 7 },
            ...many,
          ],
        },
      },
    ]);
    expect(b).toBe(a);
    const known = Object.keys(await owners(scope));
    expect(known).toContain('number:7');
    expect(known.filter((key) => key.startsWith('t:'))).toHaveLength(9);
    expect(known.filter((key) => !key.startsWith('t:')).sort()).toEqual(
      ['anonymous_id:z', 'number:7', 'phone:+441', 'user_id:u', 'user_id:v'].sort(),
    );
  });

  test('two users on one browser stay two people; the browser follows the one who speaks', async () => {
    const scope = await newScope(database);
    const [first] = await ids(scope, [{ anonymousId: 'a', userId: 'one' }]);
    const [second] = await ids(scope, [{ anonymousId: 'a', userId: 'two' }]);
    expect(second).not.toBe(first);
    expect(await ids(scope, [{ anonymousId: 'a' }])).toEqual([second]);
    expect(await ids(scope, [{ anonymousId: 'a', userId: 'one' }, { anonymousId: 'a' }])).toEqual([first, first]);
    expect(await roots(scope)).toHaveLength(2);
  });

  test("an email stays its owner's when another user claims it", async () => {
    const scope = await newScope(database);
    const [first] = await ids(scope, [{ userId: 'one', traits: { email: 'shared@example.org' } }]);
    const [second] = await ids(scope, [{ userId: 'two', traits: { email: 'shared@example.org' } }]);
    expect(second).not.toBe(first);
    expect(await owners(scope)).toMatchObject({ 'email:shared@example.org': first });
  });

  test('a new user id does not swallow a person with another user id through email', async () => {
    const scope = await newScope(database);
    const [subscriber] = await ids(scope, [{ anonymousId: 'a', traits: { email: 'm@example.org' } }]);
    const [user] = await ids(scope, [{ userId: 'u', traits: { email: 'm@example.org' } }]);
    expect(user).toBe(subscriber);
  });

  test('a chain within one batch ends in one person, with every identifier on it', async () => {
    const scope = await newScope(database);
    const list: Parts[] = [{ anonymousId: 'a0' }];
    for (let i = 1; i < 50; i++) {
      list.push({ anonymousId: `a${i}` });
      list.push({ anonymousId: `a${i}`, context: { externalIds: [{ type: 'link', id: `l${i}` }] } });
      list.push({ anonymousId: `a${i - 1}`, context: { externalIds: [{ type: 'link', id: `l${i}` }] } });
    }
    const found = await ids(scope, list);
    expect(new Set(found).size).toBe(1);
    expect(await roots(scope)).toEqual([found[0]]);
    expect(new Set(Object.values(await owners(scope)))).toEqual(new Set([found[0]]));
  });

  test('merging in several steps leaves every loser one step from its root', async () => {
    const scope = await newScope(database);
    const [a = ''] = await ids(scope, [{ anonymousId: 'a' }]);
    const [b = ''] = await ids(scope, [{ anonymousId: 'b' }]);
    const [c = ''] = await ids(scope, [{ anonymousId: 'c' }]);
    const link = (id: string) => ({ externalIds: [{ type: 'link', id }] });
    await run(scope, [
      { anonymousId: 'c', context: link('1') },
      { anonymousId: 'b', context: link('1') },
    ]);
    expect((await profile(c)).merged_into).toBe(b);
    await run(scope, [
      { anonymousId: 'b', context: link('2') },
      { anonymousId: 'a', context: link('2') },
    ]);
    expect((await profile(b)).merged_into).toBe(a);
    expect((await profile(c)).merged_into).toBe(a);
    expect(await ids(scope, [{ anonymousId: 'c' }])).toEqual([a]);
  });

  test('hooks hear of each merge of stored people once, in the same transaction', async () => {
    const scope = await newScope(database);
    const [a = ''] = await ids(scope, [{ anonymousId: 'a' }]);
    const [b = ''] = await ids(scope, [{ anonymousId: 'b' }]);
    const heard: string[][] = [];
    const hook: MergeHook = async (tx, merges) => {
      for (const { loserId, winnerId } of merges) {
        const row = await tx.selectFrom('profiles').select('merged_into').where('id', '=', loserId).executeTakeFirst();
        expect(row?.merged_into).toBe(winnerId);
        heard.push([loserId, winnerId]);
      }
    };
    const stage = createIdentityStage({ now, onMerge: [hook] });
    const list = [{ userId: 'new' }, { userId: 'new', anonymousId: 'b' }, { userId: 'new', anonymousId: 'a' }];
    const batch = await run(scope, list, stage);
    expect(heard).toEqual([[b, a]]);
    expect(batch.events.map((item) => item.profileId)).toEqual([a, a, a]);
  });
});

describe('alias', () => {
  test.each(['anonymous', 'user'] as const)('joins a known %s id', async (kind) => {
    const scope = await newScope(database);
    const [old] = await ids(scope, [kind === 'user' ? { userId: 'old' } : { anonymousId: 'old' }]);
    const [now = ''] = await ids(scope, [{ userId: 'now' }]);
    expect(await ids(scope, [{ previousId: 'old', userId: 'now' }])).toEqual([old]);
    expect((await profile(now)).merged_into).toBe(old);
    expect(await ids(scope, [{ userId: 'now' }])).toEqual([old]);
  });

  test('joins both when the id is known as an anonymous and as a user id', async () => {
    const scope = await newScope(database);
    await run(scope, [{ anonymousId: 'old' }, { userId: 'old' }, { userId: 'now' }]);
    expect(await roots(scope)).toHaveLength(3);
    await run(scope, [{ previousId: 'old', userId: 'now' }]);
    expect(await roots(scope)).toHaveLength(1);
  });

  test.each(['anonymous', 'user'] as const)('may come before the first event of the %s id', async (kind) => {
    const scope = await newScope(database);
    const [person] = await ids(scope, [{ previousId: 'old', userId: 'now' }]);
    expect(await ids(scope, [kind === 'user' ? { userId: 'old' } : { anonymousId: 'old' }])).toEqual([person]);
  });

  test('of a person to themselves changes nothing', async () => {
    const scope = await newScope(database);
    const [person] = await ids(scope, [{ userId: 'u' }, { previousId: 'u', userId: 'u' }]);
    expect(await roots(scope)).toEqual([person]);
  });
});

describe('traits', () => {
  const traitsOf = async (id: string) => (await profile(id)).traits;

  test('keep their types, and null stands as null', async () => {
    const scope = await newScope(database);
    const traits = {
      n: 1.5,
      big: 9_007_199_254_740_991,
      s: '1',
      yes: true,
      nothing: null,
      list: [1, 'a'],
      map: { a: {} },
    };
    const [id = ''] = await ids(scope, [{ userId: 'u', traits }]);
    expect(await traitsOf(id)).toEqual(traits);
  });

  test('the newest event wins trait by trait, whatever the order of arrival', async () => {
    const at = (hour: number) => new Date(NOON - 86_400_000 + hour * 3_600_000);
    const writes: Parts[] = [
      { userId: 'u', occurredAt: at(3), traits: { a: 3, c: 3 } },
      { userId: 'u', occurredAt: at(1), traits: { a: 1, b: 1 } },
      { userId: 'u', occurredAt: at(2), traits: { a: 2, b: 2, d: null } },
    ];
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 0, 2],
    ]) {
      const [together, apart] = [await newScope(database), await newScope(database)];
      const list = order.flatMap((i) => writes[i] ?? []);
      const [one = ''] = await ids(together, list);
      let two = '';
      for (const item of list) [two = ''] = await ids(apart, [item]);
      for (const id of [one, two]) expect(await traitsOf(id)).toEqual({ a: 3, b: 2, c: 3, d: null });
    }
  });

  test('of two writes of the same time the later in the log wins', async () => {
    const scope = await newScope(database);
    const same = { userId: 'u', occurredAt: new Date(NOON) };
    const [id = ''] = await ids(scope, [
      { ...same, traits: { a: 1 } },
      { ...same, traits: { a: 2 } },
    ]);
    await run(scope, [{ ...same, traits: { b: 1 } }]);
    await run(scope, [{ ...same, traits: { b: 2 } }]);
    expect(await traitsOf(id)).toEqual({ a: 2, b: 2 });
  });

  test('only identify sets traits', async () => {
    const scope = await newScope(database);
    const [id = ''] = await ids(scope, [
      { type: 'group', userId: 'u', traits: { group: 1 } },
      { userId: 'u', context: { traits: { context: 1 } } },
    ]);
    expect(await traitsOf(id)).toEqual({});
  });

  test('a merge keeps every trait, the newest of each, in one batch and across batches', async () => {
    const at = (hour: number) => new Date(NOON - 86_400_000 + hour * 3_600_000);
    const list: Parts[] = [
      { anonymousId: 'a', occurredAt: at(5), traits: { both: 'a', onlyA: 1, first: 'a' } },
      { userId: 'u', occurredAt: at(9), traits: { both: 'u', onlyU: 1 } },
      { userId: 'u', occurredAt: at(1), traits: { first: 'u' } },
      { userId: 'u', anonymousId: 'a', occurredAt: at(2), traits: { late: 1 } },
    ];
    const [together, apart] = [await newScope(database), await newScope(database)];
    const [one = ''] = await ids(together, list);
    const seen: string[] = [];
    for (const item of list) seen.push(...(await ids(apart, [item])));
    const expected = { both: 'u', onlyA: 1, onlyU: 1, first: 'a', late: 1 };
    expect(await traitsOf(one)).toEqual(expected);
    expect(await traitsOf(seen[3] ?? '')).toEqual(expected);
    expect((await profile(seen[3] ?? '')).first_seen_at).toEqual(at(1));
    expect((await profile(seen[3] ?? '')).last_seen_at).toEqual(at(9));
  });

  test('names of prototypes are names like others', async () => {
    const scope = await newScope(database);
    const traits = JSON.parse('{"__proto__": {"admin": true}, "constructor": 1, "toString": 2}') as JsonObject;
    const [id = ''] = await ids(scope, [{ userId: 'u', traits }]);
    await run(scope, [{ userId: 'u', traits: { more: 1 } }]);
    expect(Object.entries(await traitsOf(id)).sort()).toEqual(
      [
        ['__proto__', { admin: true }],
        ['constructor', 1],
        ['more', 1],
        ['toString', 2],
      ].sort(),
    );
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });

  test('NUL and lone surrogates, which jsonb refuses, do not stop the batch', async () => {
    const scope = await newScope(database);
    const [id = ''] = await ids(scope, [{ userId: 'u', traits: { 'n\0ul': 'a\0b', s: ['\ud800', '😀', '\\u0000'] } }]);
    expect(await traitsOf(id)).toEqual({ nul: 'ab', s: ['\ufffd', '😀', '\\u0000'] });
  });

  test('a person has at most 65,536 characters of them, and what is there can still change', async () => {
    const scope = await newScope(database);
    const long = (n: number) =>
      Object.fromEntries(Array.from({ length: 3 }, (_, i) => [`t${n}${i}`, 'z'.repeat(8_000)]));
    const writes = Array.from({ length: 6 }, (_, n) => ({ userId: 'u', traits: long(n) }));
    // In batches of their own, so that what is stored counts too.
    for (const write of writes) await ids(scope, [write]);
    const [id = ''] = await ids(scope, [{ userId: 'u', traits: { t00: 'y'.repeat(8_000), small: 1 } }]);
    const traits = await traitsOf(id);
    expect(JSON.stringify(traits).length).toBeLessThan(66_000);
    expect(Object.keys(traits)).toHaveLength(9);
    expect([traits['t00'], traits['small']]).toEqual(['y'.repeat(8_000), 1]);
  });

  test('a person has at most 500, with names up to 256 and values up to 8,192 characters', async () => {
    const scope = await newScope(database);
    const many = Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`t${i}`, i]));
    const [id = ''] = await ids(scope, [
      {
        userId: 'u',
        traits: { ['x'.repeat(257)]: 1, ['y'.repeat(256)]: 1, long: 'z'.repeat(8_193), deep: ['z'.repeat(8_193)] },
      },
      { userId: 'u', traits: many },
      { userId: 'u', traits: { t0: 'again' } },
    ]);
    const traits = await traitsOf(id);
    expect(Object.keys(traits)).toHaveLength(500);
    expect(traits).toHaveProperty('y'.repeat(256));
    expect(traits).not.toHaveProperty('long');
    expect(traits).not.toHaveProperty('deep');
    expect(traits['t0']).toBe('again');
  });
});
