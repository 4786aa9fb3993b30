import { matches } from '@segment/tsub';
import { describe, expect, test } from 'vitest';
import { matchesGlob } from './glob.ts';

const CASES: [pattern: string, text: string, expected: boolean][] = [
  ['', '', true],
  ['', 'a', false],
  ['*', '', true],
  ['*', 'a/b', true],
  ['**', 'ab', true],
  ['a', 'a', true],
  ['a', 'A', false],
  ['a*', 'abc', true],
  ['a*', 'ba', false],
  ['*c', 'abc', true],
  ['*c', 'cb', false],
  ['*b*', 'abc', true],
  ['*b*', 'ac', false],
  ['a*c', 'ac', true],
  ['a*c', 'abbbc', true],
  ['a*c', 'abcd', false],
  ['ab*ba', 'aba', false],
  ['ab*ba', 'abba', true],
  ['a*b*c*d', 'axbxcxd', true],
  ['a*b*c*d', 'axcxbxd', false],
  ['?', 'a', true],
  ['?', '', false],
  ['?', 'ab', false],
  ['?b?', 'abc', true],
  ['*?', '', false],
  ['*?x', 'x', false],
  ['*?x', 'ax', true],
  ['*an?n*s', 'bananas and ananas', true],
  ['[abc]', 'b', true],
  ['[a-f]x', 'ex', true],
  ['[a-f]x', 'gx', false],
  ['[^a-f]', 'g', true],
  ['[^a-f]', 'b', false],
  ['[a-cx-z0]', 'y', true],
  ['[a-cx-z0]', '0', true],
  ['[*]', '*', true],
  ['[*]', 'a', false],
  ['\\*', '*', true],
  ['\\*', 'a', false],
  ['a\\?', 'a?', true],
  ['[\\]]', ']', true],
  ['[\\-a]', '-', true],
  [']', ']', true],
  ['*[0-9][0-9]*[xy]', 'order 42 is y', true],
  ['*[0-9][0-9]*[xy]', 'order 4 2 is y', false],
  // Malformed.
  ['[', '[', false],
  ['[a', 'a', false],
  ['[]', ']', false],
  ['[-a]', '-', false],
  ['[a-]', 'a', false],
  ['a\\', 'a\\', false],
];

describe('a glob', () => {
  test.each(CASES)('%s and %s', (pattern, text, expected) => expect(matchesGlob(pattern, text)).toBe(expected));

  test('counts characters, not units', () => {
    expect(matchesGlob('?', '😀')).toBe(true);
    expect(matchesGlob('[😀-😂]x*', '😁xy')).toBe(true);
  });

  test('matches as @segment/tsub does', () => {
    for (const [pattern, text, expected] of CASES) {
      const ir = JSON.stringify(['match', { value: text }, { value: pattern }]);
      expect([pattern, text, matches({}, { type: 'fql', ir })]).toEqual([pattern, text, expected]);
    }
  });

  test('a piece longer than a machine word is found', () => {
    const piece = '0123456789'.repeat(7);
    expect(matchesGlob(`*${piece}?[a]*`, `${'0123456789'.repeat(9)}xa!`)).toBe(true);
    expect(matchesGlob(`*${piece}?[a]*`, `${'0123456789'.repeat(9)}xb!`)).toBe(false);
  });

  test('random patterns match as a regular expression of the same meaning does', () => {
    let seed = 7;
    const random = (n: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % n;
    };
    for (let n = 0; n < 20_000; n++) {
      const pattern = Array.from({ length: random(8) }, () => 'ab*?*a'.charAt(random(6))).join('');
      const text = Array.from({ length: random(10) }, () => 'ab'.charAt(random(2))).join('');
      const expression = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);
      expect([pattern, text, matchesGlob(pattern, text)]).toEqual([pattern, text, expression.test(text)]);
    }
  });
});

test('no pattern is slow', () => {
  const started = performance.now();
  const text = 'a'.repeat(30_000);
  expect(matchesGlob(`${'*a'.repeat(500)}*b`, text)).toBe(false);
  expect(matchesGlob(`*${'a'.repeat(1_000)}b*`, text)).toBe(false);
  expect(matchesGlob(`*b${'a'.repeat(1_000)}*`, text)).toBe(false);
  expect(matchesGlob(`*${'?'.repeat(1_000)}b*`, text)).toBe(false);
  expect(matchesGlob(`*${'[a-z]'.repeat(200)}b*`, text)).toBe(false);
  const letters = Array.from({ length: 20_000 }, (_, n) => String.fromCodePoint(0x4e00 + n)).join('');
  expect(matchesGlob(`*${'[a-z]'.repeat(200)}b*`, letters)).toBe(false);
  expect(matchesGlob('*'.repeat(2_000), text)).toBe(false);
  expect(performance.now() - started).toBeLessThan(2_000);
});
