/** What becomes of rules, without a database: places, renames, what is written and what is not. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  checkNames,
  RULE_TYPES,
  type RuleUpsert,
  replaced,
  type StoredRule,
  totalsOf,
  upserted,
  without,
} from './rules.ts';

const TYPES = new Set(RULE_TYPES);
const at = { rule: 'rules.0', key: 'rules.0.key', schema: 'rules.0.schema' };

function rule(key: string, schema: unknown = {}, more: Partial<RuleUpsert> = {}): RuleUpsert {
  return { type: 'TRACK', key, version: 1, schema, at, ...more };
}

function stored(key: string, position: number, schema: unknown = {}, description: string | null = null): StoredRule {
  const text = JSON.stringify(schema);
  const digest = createHash('md5').update(text).digest('hex');
  const since = new Date(0);
  const times = { created_at: since, updated_at: since };
  return { type: 'TRACK', key, version: 1, position, description, digest, size: text.length, ...times };
}

const ABC = [stored('a', 1), stored('b', 2), stored('c', 3)];

test('a replacement that changes nothing writes nothing', () => {
  const change = replaced(ABC, TYPES, [rule('a'), rule('b'), rule('c')]);
  expect(change).toMatchObject({ drop: [], write: [], before: 3, count: 3, added: [], updated: [], removed: [] });
});

test('a replacement writes what differs, in the order given', () => {
  const change = replaced(ABC, TYPES, [rule('a'), rule('d'), rule('c', { type: 'object' }), rule('b')]);
  // d comes where nothing is free, so what follows it moves behind it.
  expect(change.write.map(({ key, position }) => [key, position])).toEqual([
    ['d', 4],
    ['c', 5],
    ['b', 6],
  ]);
  expect(change).toMatchObject({ count: 4, added: ['TRACK d v1'], updated: ['TRACK c v1'], removed: [] });
  expect(change.write.find(({ key }) => key === 'b')?.updated_at).toEqual(new Date(0));
  expect(change.write.find(({ key }) => key === 'c')?.updated_at).toBeNull();
});

test('a replacement leaves rules of other types alone', () => {
  const change = replaced(ABC, new Set(['IDENTIFY']), [rule('', {}, { type: 'IDENTIFY', key: null })]);
  expect(change).toMatchObject({ drop: [], count: 4, added: ['IDENTIFY v1'] });
  expect(replaced(ABC, TYPES, []).drop).toEqual([1, 2, 3]);
});

test('a description stays unless another one is given', () => {
  const described = [stored('a', 1, {}, 'known')];
  expect(replaced(described, TYPES, [rule('a')]).write).toEqual([]);
  expect(replaced(described, TYPES, [rule('a', { type: 'object' })]).write).toMatchObject([{ description: 'known' }]);
  expect(replaced(described, TYPES, [rule('a', {}, { description: null })]).write).toMatchObject([
    { description: null },
  ]);
});

test('a rename keeps the place, may be sent twice, and takes no name that is there', () => {
  const totals = totalsOf(ABC);
  const renamed = upserted(ABC, [rule('b', {}, { newKey: 'z' })], totals);
  expect(renamed).toMatchObject({
    drop: [2],
    write: [{ key: 'z', position: 2 }],
    updated: ['TRACK b v1 → TRACK z v1'],
  });
  const again = [stored('a', 1), stored('z', 2)];
  expect(upserted(again, [rule('b', {}, { newKey: 'z' })], totalsOf(again))).toMatchObject({ write: [], count: 2 });
  expect(() => upserted(ABC, [rule('b', {}, { newKey: 'a' })], totals)).toThrow(/taken/);
  // Two names may change places in one call.
  const swapped = upserted(ABC, [rule('a', {}, { newKey: 'x' }), rule('b', {}, { newKey: 'a' })], totals);
  expect(swapped.write.map(({ key, position }) => [key, position])).toEqual([
    ['x', 1],
    ['a', 2],
  ]);
});

test('rules are removed all or not at all', () => {
  const totals = totalsOf(ABC);
  expect(without(ABC, [rule('a'), rule('c'), rule('a')], totals)).toMatchObject({ drop: [1, 3], count: 1 });
  expect(() => without(ABC, [rule('a'), rule('x')], totals)).toThrow('no rule TRACK x v1');
});

test('names are held to their bounds, and a plan to its own', () => {
  expect(() => checkNames([rule('a'), rule('')])).toThrow(/name of the event/);
  expect(() => checkNames([rule('a', {}, { version: -1 })])).toThrow(/version/);
  expect(() => checkNames([rule('a', {}, { newKey: 'x\u0000' })])).toThrow(/newKey/);
  expect(() => checkNames(Array.from({ length: 2_001 }, (_, n) => rule(`e${n}`)))).toThrow(/2000/);
  const full = { count: 2_000, size: 0, end: 2_000 };
  expect(() => upserted([], [rule('one more')], full)).toThrow(/2000/);
  const large = { enum: ['x'.repeat(1_000)] };
  expect(() => upserted([], [rule('large', large)], { count: 1, size: 1_999_500, end: 1 })).toThrow(/bytes/);
  expect(() => replaced([], TYPES, [rule('a'), rule('a')])).toThrow(/same rule/);
});
