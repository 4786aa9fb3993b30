import { beforeAll, describe, expect, test } from 'vitest';
import { newScope, testDatabase } from '../../test/support/database.ts';
import { type EventParts, eventOf, NOON } from '../../test/support/events.ts';
import type { Database } from '../db/open.ts';
import { inTransaction, type Scope } from '../db/tx.ts';
import type { Batch } from '../events/types.ts';
import { createPeople, nameOf, type People } from './service.ts';

let database: Database;
let people: People;
beforeAll(async () => {
  database = await testDatabase();
  people = createPeople({ db: database.db, now: () => new Date() });
});

async function send(scope: Scope, ...list: EventParts[]): Promise<string[]> {
  const batch: Batch = { events: list.map((parts, i) => eventOf(scope, parts, i)), refused: [] };
  await inTransaction(database.db, (tx) => people.stage.run(tx, batch));
  return batch.events.map((item) => item.profileId);
}

const userIds = async (scope: Scope, prefix?: string) =>
  (await people.list(scope, { prefix }, 100)).people.map((person) => person.user_id);

describe('list', () => {
  test('shows last seen first, page by page, each person once', async () => {
    const scope = await newScope(database);
    await send(scope, ...Array.from({ length: 7 }, (_, i) => ({ userId: `u${i}` })));
    const seen: (string | null)[] = [];
    for (let after: { lastSeen: Date; id: string } | undefined; ; ) {
      const page = await people.list(scope, { after }, 3);
      expect(page.total).toBe(7);
      seen.push(...page.people.map((person) => person.user_id));
      const last = page.people.at(-1);
      if (!last || page.people.length < 3) break;
      after = { lastSeen: last.last_seen_at, id: last.id };
    }
    expect(seen).toEqual(['u6', 'u5', 'u4', 'u3', 'u2', 'u1', 'u0']);
  });

  test('finds by the start of any identifier, with wildcards and quotes meaning themselves', async () => {
    const scope = await newScope(database);
    await send(
      scope,
      { userId: 'anna', traits: { email: 'Anna@Example.org' } },
      { userId: 'a%b' },
      { userId: "o'neil\\" },
      { userId: 'Upper' },
    );
    expect(await userIds(scope, 'anna')).toEqual(['anna']);
    expect(await userIds(scope, 'ANNA@ex')).toEqual(['anna']);
    expect(await userIds(scope, 'a%')).toEqual(['a%b']);
    expect(await userIds(scope, '%')).toEqual([]);
    expect(await userIds(scope, '_nna')).toEqual([]);
    expect(await userIds(scope, "o'neil\\")).toEqual(["o'neil\\"]);
    expect(await userIds(scope, 'Up')).toEqual(['Upper']);
    expect(await userIds(scope, 'nna')).toEqual([]);
    expect(await userIds(scope, 'a\0')).toEqual([]);
  });

  test('shows nobody of another workspace or environment', async () => {
    const scope = await newScope(database);
    const [id = ''] = await send(scope, { userId: 'u' });
    for (const other of [await newScope(database), { ...scope, environment: 'test' as const }]) {
      expect(await people.list(other, {}, 10)).toEqual({ people: [], total: 0 });
      await expect(people.get(other, id)).rejects.toMatchObject({ code: 'not_found' });
      await expect(people.profileIds(other, id)).rejects.toMatchObject({ code: 'not_found' });
    }
  });
});

describe('one person', () => {
  test('has identifiers, traits, a name, and the newest user id and email', async () => {
    const scope = await newScope(database);
    const [id = ''] = await send(
      scope,
      { userId: 'old', anonymousId: 'a', traits: { email: 'old@example.org', first_name: 'Mira', lastName: 'Keel' } },
      { previousId: 'old', userId: 'new' },
      { userId: 'new', traits: { email: 'new@example.org' } },
    );
    const person = await people.get(scope, id);
    expect(person).toMatchObject({
      id,
      name: 'Mira Keel',
      user_id: 'new',
      email: 'new@example.org',
      identifiers_count: 5,
    });
    expect(person.identifiers).toEqual([
      { type: 'anonymous_id', value: 'a' },
      { type: 'email', value: 'new@example.org' },
      { type: 'email', value: 'old@example.org' },
      { type: 'user_id', value: 'new' },
      { type: 'user_id', value: 'old' },
    ]);
    expect(person.last_seen_at).toEqual(new Date(NOON + 2_000));
  });

  test('is found by the id of a profile that was merged away', async () => {
    const scope = await newScope(database);
    const [winner = ''] = await send(scope, { anonymousId: 'a' });
    await new Promise((done) => setTimeout(done, 2));
    const [loser = ''] = await send(scope, { userId: 'u' });
    await send(scope, { userId: 'u', anonymousId: 'a' });
    expect(await people.get(scope, loser)).toMatchObject({ id: winner });
    expect((await people.profileIds(scope, loser)).sort()).toEqual([winner, loser].sort());
    expect((await people.profileIds(scope, winner)).sort()).toEqual([winner, loser].sort());
    expect((await people.list(scope, {}, 10)).total).toBe(1);
  });

  test.each(['', 'nobody', '0', '../x', '00000000-0000-0000-0000-000000000000'])('%j is not found', async (id) => {
    await expect(people.get(await newScope(database), id)).rejects.toMatchObject({ code: 'not_found' });
  });
});

test('a name comes from name, else from first and last name, else there is none', () => {
  const name = (traits: object) => nameOf(new Map(Object.entries(traits)));
  expect(name({ name: ' Mira ', firstName: 'x' })).toBe('Mira');
  expect(name({ firstName: 'Mira' })).toBe('Mira');
  expect(name({ first_name: 'Mira', last_name: 'Keel' })).toBe('Mira Keel');
  expect(name({ name: 5, firstName: {}, lastName: ' ' })).toBeNull();
});
