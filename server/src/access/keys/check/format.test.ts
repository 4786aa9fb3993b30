import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { containsKey, makeKey, parseKey } from './format.ts';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

test('a new key has the documented form and is parsed back', () => {
  for (const environment of ['live', 'test'] as const) {
    const key = makeKey(environment);
    expect(key.text).toMatch(new RegExp(`^sk_${environment}_hg_[0-9A-Za-z]{46}$`));
    expect(key.text.slice(11, 19)).toBe(key.publicId);
    expect(parseKey(key.text)).toEqual({ environment, publicId: key.publicId });
  }
});

test('the last six characters are the CRC-32 of all before them', () => {
  const { text } = makeKey('live');
  const digits = [...text.slice(-6)].map((character) => BASE62.indexOf(character));
  const value = digits.reduce((sum, digit) => sum * 62 + digit, 0);
  expect(value).toBe(crc32(text.slice(0, -6)));
});

test('a key with any one character changed is malformed', () => {
  const { text } = makeKey('live');
  for (let i = 0; i < text.length; i++) {
    const other = text[i] === 'x' ? 'y' : 'x';
    expect(parseKey(text.slice(0, i) + other + text.slice(i + 1)), `character ${i}`).toBeNull();
  }
});

test('what is not exactly a key is malformed', () => {
  const { text } = makeKey('live');
  const others = ['', 'sk_', `${text}\n`, ` ${text}`, `${text}0`, text.slice(1), text.toUpperCase(), `${text} ${text}`];
  // A live key's body under the other environment: the checksum covers the prefix.
  others.push(text.replace('_live_', '_test_'), 'sk_live_51HxAbCdEfGhIjKlMnOpQrStUv');
  for (const other of others) expect(parseKey(other), other).toBeNull();
});

test('two thousand keys are all different and use the whole alphabet evenly', () => {
  const keys = Array.from({ length: 2_000 }, () => makeKey('live'));
  expect(new Set(keys.map((key) => key.publicId)).size).toBe(2_000);
  const counts = new Map<string, number>();
  for (const { text } of keys) {
    for (const character of text.slice(11, -6)) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  expect(counts.size).toBe(62);
  // 80,000 characters: 1,290 of each are expected, with a standard deviation of 36.
  for (const count of counts.values()) expect(Math.abs(count - 1_290)).toBeLessThan(36 * 6);
});

test('a key is found inside other text', () => {
  const { text } = makeKey('test');
  expect(containsKey(`/people?api_key=${text}&x=1`)).toBe(true);
  expect(containsKey('/people?q=sk_live')).toBe(false);
});
