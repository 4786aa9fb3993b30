import { beforeAll, expect, test } from 'vitest';
import { newScope, testDatabase } from '../../test/support/database.ts';
import { type EventParts, eventOf } from '../../test/support/events.ts';
import type { Database } from '../db/open.ts';
import type { Scope } from '../db/tx.ts';
import type { Batch } from '../events/types.ts';
import { createIdentityStage } from './identity.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});

const stage = createIdentityStage({ now: () => new Date(), onMerge: [] });

// Not inTransaction: a deadlock or serialization error must fail the test, not be repeated.
async function run(scopes: readonly Scope[], list: readonly EventParts[]): Promise<Batch> {
  const events = scopes.flatMap((scope) => list.map((parts, i) => eventOf(scope, parts, i)));
  const batch: Batch = { events, refused: [] };
  await database.db.transaction().execute((tx) => stage.run(tx, batch));
  return batch;
}

async function people(scope: Scope) {
  const profiles = await database.db
    .selectFrom('profiles')
    .select(['id', 'merged_into', 'traits'])
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .execute();
  const identifiers = await database.db
    .selectFrom('identifiers')
    .select(['type', 'value', 'profile_id'])
    .where('workspace_id', '=', scope.workspaceId)
    .where('environment', '=', scope.environment)
    .execute();
  return { profiles, identifiers, roots: profiles.filter((row) => row.merged_into === null) };
}

test('merges of the same people in opposite orders, at the same time, neither deadlock nor fork anyone', async () => {
  const one = await newScope(database);
  const two = await newScope(database);
  const rounds = 40;
  for (let round = 0; round < rounds; round++) {
    const [a, b, c] = [`a${round}`, `b${round}`, `c${round}`];
    await run(
      [one, two],
      [{ anonymousId: a, traits: { a: 1 } }, { anonymousId: b, traits: { b: 1 } }, { anonymousId: c }],
    );
    const user = `u${round}`;
    const forth: EventParts[] = [
      { userId: user, anonymousId: a },
      { userId: user, anonymousId: b },
      { previousId: c, userId: user },
    ];
    await Promise.all([
      run([one, two], forth),
      run([two, one], forth.toReversed()),
      run(
        [two],
        [
          { userId: user, anonymousId: c },
          { userId: user, traits: { d: 1 } },
        ],
      ),
    ]);
  }
  for (const scope of [one, two]) {
    const { roots, identifiers } = await people(scope);
    expect(roots).toHaveLength(rounds);
    expect(identifiers).toHaveLength(rounds * 4);
    for (const root of roots) expect(Object.keys(root.traits)).toEqual(expect.arrayContaining(['a', 'b']));
  }
});

test('the first events of a person, at the same time from many sides, make one person', async () => {
  const scope = await newScope(database);
  await Promise.all(Array.from({ length: 12 }, (_, i) => run([scope], [{ userId: 'u', anonymousId: `a${i}` }])));
  expect((await people(scope)).roots).toHaveLength(1);
});

test('random identifies and aliases keep the invariants: roots, traits, events', async () => {
  for (let seed = 1; seed <= 12; seed++) {
    const scope = await newScope(database);
    const random = seededRandom(seed);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    const names = Array.from({ length: 8 }, (_, i) => `n${i}`);
    const traitNames = new Set<string>();
    const seen: string[] = [];
    const makeEvent = (): EventParts => {
      const kind = random();
      if (kind < 0.25) return { userId: pick(names), previousId: pick(names) };
      const trait = `t${Math.floor(random() * 40)}`;
      const email = random() < 0.3 ? { email: `${pick(names)}@example.org` } : {};
      traitNames.add(trait);
      for (const name of Object.keys(email)) traitNames.add(name);
      const who = random() < 0.4 ? { anonymousId: pick(names) } : { userId: pick(names), anonymousId: pick(names) };
      return { ...who, traits: { [trait]: random(), ...email } };
    };
    for (let step = 0; step < 8; step++) {
      const batch = await run([scope], Array.from({ length: 1 + Math.floor(random() * 30) }, makeEvent));
      seen.push(...batch.events.map((item) => item.profileId));
    }
    const { profiles, identifiers, roots } = await people(scope);
    const byId = new Map(profiles.map((row) => [row.id, row]));
    const isRoot = (id: string | undefined) => id !== undefined && byId.get(id)?.merged_into === null;
    for (const row of identifiers) expect(isRoot(row.profile_id), `seed ${seed}: ${row.type} ${row.value}`).toBe(true);
    for (const row of profiles) if (row.merged_into) expect(isRoot(row.merged_into)).toBe(true);
    for (const id of seen) expect(isRoot(id) || isRoot(byId.get(id)?.merged_into ?? undefined)).toBe(true);
    expect(new Set(roots.flatMap((row) => Object.keys(row.traits)))).toEqual(traitNames);
  }
});

test('whatever the order of arrival, identifies of one user and one email end in the same grouping', async () => {
  const list: EventParts[] = [
    { anonymousId: 'a' },
    { anonymousId: 'b', traits: { email: 'm@example.org' } },
    { userId: 'u', anonymousId: 'a', traits: { plan: 'pro' } },
    { userId: 'u', traits: { email: 'm@example.org' } },
    { previousId: 'old', userId: 'u' },
    { userId: 'old', traits: { before: 1 } },
  ];
  for (let seed = 1; seed <= 10; seed++) {
    const random = seededRandom(seed);
    const shuffled = list.map((item) => ({ item, at: random() })).toSorted((x, y) => x.at - y.at);
    const scope = await newScope(database);
    for (const { item } of shuffled) await run([scope], [item]);
    const { roots } = await people(scope);
    expect(roots.map((row) => row.traits)).toEqual([{ plan: 'pro', email: 'm@example.org', before: 1 }]);
  }
});

/** mulberry32: small, and the same numbers on every run. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
