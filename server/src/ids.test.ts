import { expect, test } from 'vitest';
import { isUuid, newId } from './ids.ts';

test('an id is a version 7 UUID that begins with its time', () => {
  const id = newId(0x0123456789ab);
  expect(id).toMatch(/^01234567-89ab-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(isUuid(id)).toBe(true);
});

test('ids of later milliseconds sort later', () => {
  expect(newId(1_000) < newId(1_001)).toBe(true);
});

test('only the hyphenated form of a UUID is one', () => {
  expect(isUuid('0123456789ab7000800000000000000')).toBe(false);
  expect(isUuid(`${newId()}\n`)).toBe(false);
});
