import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { idNumberOf, makeKey } from './format.ts';
import { IdTable } from './id-table.ts';

const entryOf = (meter: string) => ({ meter });
const glanceOf = () => Int32Array.from({ length: 4 }, () => randomBytes(4).readInt32LE());

type Entry = ReturnType<typeof entryOf>;
const createTable = () => new IdTable<string, Entry>();
type Table = ReturnType<typeof createTable>;

const CHECKSUM = 61;

function learn(table: Table, id: number, glance: Int32Array): void {
  table.learn(table.placeOf(id), CHECKSUM, glance);
}

function known(table: Table, id: number, glance: Int32Array): string | undefined {
  const place = table.placeOf(id);
  return table.isKnown(place, glance) ? table.meterAt(place) : undefined;
}

test('the table has what a Map has, while it grows and when entries are replaced', () => {
  const table = createTable();
  const map = new Map<number, Entry>();
  const ids = Array.from({ length: 20_000 }, (_, i) => (i % 3 === 0 ? i : idNumberOf(makeKey('live').text)));
  const put = (id: number, text: string) => {
    const entry = entryOf(text);
    table.set(id, entry);
    map.set(id, entry);
  };
  for (const [i, id] of ids.entries()) {
    put(id, `entry ${i}`);
    if (i % 5 === 0) put(ids[i >> 1] ?? 0, `again ${i}`);
  }
  expect(table.size).toBe(map.size);
  for (const [id, entry] of map) expect(table.get(id)).toBe(entry);
  for (let i = 0; i < 20_000; i++) {
    const id = idNumberOf(makeKey('test').text);
    if (!map.has(id)) expect(table.get(id)).toBeUndefined();
  }
});

test('ids that fall on the same place are told apart', () => {
  const table = createTable();
  // The same lower half: only the upper one tells them apart.
  const ids = Array.from({ length: 300 }, (_, i) => i * 2 ** 32 + 7);
  for (const id of ids) table.set(id, entryOf(`${id}`));
  expect(ids.map((id) => table.get(id)?.meter)).toEqual(ids.map(String));
  expect(table.get(300 * 2 ** 32 + 7)).toBeUndefined();
});

test('a glance is known of its own id alone, once it was learnt, until the entry is replaced', () => {
  const table = createTable();
  const glances = Array.from({ length: 3_000 }, glanceOf);
  for (const [id, glance] of glances.entries()) {
    table.set(id, entryOf(`${id}`));
    expect(known(table, id, glance)).toBeUndefined();
    learn(table, id, glance);
  }
  // Learnt before the table grew or after: each is where it was.
  for (const [id, glance] of glances.entries()) {
    expect(known(table, id, glance)).toBe(`${id}`);
    expect(known(table, id, glances[id + 1] ?? glanceOf())).toBeUndefined();
    expect(known(table, id + 1, glance)).toBeUndefined();
  }
  table.set(7, entryOf('seven, changed'));
  expect(known(table, 7, glances[7] ?? glanceOf())).toBeUndefined();
  learn(table, 7, glances[7] ?? glanceOf());
  expect(known(table, 7, glances[7] ?? glanceOf())).toBe('seven, changed');
});

test('one byte of the twelve that are compared is enough to be another', () => {
  const table = createTable();
  const glance = glanceOf();
  table.set(1, entryOf('one'));
  learn(table, 1, glance);
  for (const i of [0, 1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 13]) {
    const other = Buffer.from(glance.slice().buffer);
    other[i] = (other[i] ?? 0) ^ 1;
    expect(known(table, 1, new Int32Array(other.buffer)), `byte ${i}`).toBeUndefined();
  }
  expect(known(table, 1, glance)).toBe('one');
});

test('nothing is learnt of an id that is not there', () => {
  const table = createTable();
  const glance = glanceOf();
  learn(table, 3, glance);
  expect(known(table, 3, glance)).toBeUndefined();
  table.set(3, entryOf('three'));
  expect(known(table, 3, glance)).toBeUndefined();
});

test('it is worth to look closer at the checksum that was learnt with an id, and at no other', () => {
  const table = createTable();
  table.set(1, entryOf('one'));
  table.set(2, entryOf('two'));
  const may = (id: number, checksum: number) => table.mayKnow(table.placeOf(id), checksum);
  expect(may(1, CHECKSUM)).toBe(false);
  learn(table, 1, glanceOf());
  learn(table, 3, glanceOf());
  expect([may(1, CHECKSUM), may(1, CHECKSUM + 1), may(2, CHECKSUM), may(3, CHECKSUM)]).toEqual([
    true,
    false,
    false,
    false,
  ]);
  table.set(1, entryOf('one, changed'));
  expect(may(1, CHECKSUM)).toBe(false);
});
