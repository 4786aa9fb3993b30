/** docs/security.md names tests that exist, and no attack of the list is left out. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const page = readFileSync(new URL('../../../docs/security.md', import.meta.url), 'utf8');
const rows = page.split('\n').filter((line) => /^\| \d+ \|/.test(line));

test('all 38 attacks are listed, in order', () => {
  expect(rows.map((row) => Number(row.split('|')[1]))).toEqual(Array.from({ length: 38 }, (_, i) => i + 1));
});

test.each(rows.map((row) => row.split('|').map((cell) => cell.trim())))(
  'attack %2$s: its tests exist, or the area is named that it comes with',
  (_, _number, _attack, holds, tests = '') => {
    const files = [...tests.matchAll(/`([^`]+\.test\.ts)`/g)].map((match) => match[1] ?? '');
    for (const file of files) expect(existsSync(new URL(`../../${file}`, import.meta.url)), file).toBe(true);
    if (files.length === 0) expect(holds).toMatch(/^with /);
  },
);
