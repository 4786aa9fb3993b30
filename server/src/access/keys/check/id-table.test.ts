import { expect, test } from 'vitest';
import { idNumberOf, makeKey } from './format.ts';
import { IdTable } from './id-table.ts';

test('the table has what a Map has, while it grows and when entries are replaced', () => {
  const table = new IdTable<string>();
  const map = new Map<number, string>();
  const ids = Array.from({ length: 20_000 }, (_, i) => (i % 3 === 0 ? i : idNumberOf(makeKey('live').text)));
  for (const [i, id] of ids.entries()) {
    table.set(id, `entry ${i}`);
    map.set(id, `entry ${i}`);
    if (i % 5 === 0) {
      table.set(ids[i >> 1] ?? 0, `again ${i}`);
      map.set(ids[i >> 1] ?? 0, `again ${i}`);
    }
  }
  expect(table.size).toBe(map.size);
  for (const [id, entry] of map) expect(table.get(id)).toBe(entry);
  for (let i = 0; i < 20_000; i++) {
    const id = idNumberOf(makeKey('test').text);
    if (!map.has(id)) expect(table.get(id)).toBeUndefined();
  }
});

test('ids that fall on the same place are told apart', () => {
  const table = new IdTable<number>();
  // The same lower half: only the upper one tells them apart.
  const ids = Array.from({ length: 300 }, (_, i) => i * 2 ** 32 + 7);
  for (const id of ids) table.set(id, id);
  expect(ids.map((id) => table.get(id))).toEqual(ids);
  expect(table.get(300 * 2 ** 32 + 7)).toBeUndefined();
});
