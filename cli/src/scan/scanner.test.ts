import { expect, test } from 'vitest';
import { makeKey } from '../../../server/src/access/keys/check/format.ts';
import { createPositions } from './position.ts';
import { createScanner } from './scanner.ts';

function scan(bytes: Buffer, size: number) {
  const scanner = createScanner(null);
  // One buffer for all pieces, as a reader of files has it.
  const piece = Buffer.alloc(size);
  for (let at = 0; at < bytes.length; at += size) {
    const length = bytes.copy(piece, 0, at, at + size);
    scanner.push(piece.subarray(0, length));
    piece.fill('z');
  }
  return scanner;
}

const sorted = (offsets: readonly { offset: number }[]) => offsets.map(({ offset }) => offset).sort((a, b) => a - b);

test('finds each key once, wherever the pieces are cut', () => {
  const keys = [makeKey('live'), makeKey('test'), makeKey('live')].map(({ text }) => text);
  const bytes = Buffer.from(`${'-'.repeat(37)}${keys[0]}${keys[1]}, _hg__hg_ ${keys[2]}`);
  const expected = keys.map((key) => bytes.indexOf(key));
  for (let size = 1; size <= bytes.length; size++) {
    const { findings } = scan(bytes, size);
    expect(sorted(findings), `pieces of ${size}`).toEqual(expected);
    expect(findings.map(({ text }) => text).sort()).toEqual([...keys].sort());
  }
});

test('finds keys among bytes that are no text', () => {
  const { text } = makeKey('live');
  const bytes = Buffer.concat([Buffer.from([0, 255, 254, 10, 0]), Buffer.from(text), Buffer.from([0, 200])]);
  expect(scan(bytes, 64).findings).toMatchObject([{ offset: 5, text }]);
});

test('finds keys in UTF-16 with a byte order mark, of either order, wherever the pieces are cut', () => {
  const { text } = makeKey('live');
  const little = Buffer.from(`\ufeffone\n  ${text}\n`, 'utf16le');
  const big = Buffer.from(little).swap16();
  for (const bytes of [little, big]) {
    for (const size of [2, 3, 7, 50, 101, 4096]) {
      const { findings, width } = scan(bytes, size);
      expect(findings).toMatchObject([{ offset: 14, text }]);
      const positions = createPositions(sorted(findings), width);
      positions.push(bytes);
      expect(positions.found).toEqual([{ line: 2, column: 3 }]);
    }
  }
});

test('ten megabytes of near misses take less than a second and hold nothing', () => {
  const { text } = makeKey('live');
  for (const miss of ['_hg_', '_live_hg_', `${text.slice(0, -1)}!`, 'sk_live_hg_aaaa']) {
    const bytes = Buffer.from(miss.repeat(Math.ceil(1e7 / miss.length)));
    const startedAt = performance.now();
    const { findings } = scan(bytes, 1 << 20);
    expect(findings.filter((found) => found.text !== text)).toEqual([]);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  }
});

test('lines and columns count from one, across pieces', () => {
  const bytes = Buffer.from('a\nbb\n\nccXcX\nX');
  const offsets = [...bytes.toString()].flatMap((character, i) => (character === 'X' ? [i] : []));
  for (let size = 1; size <= bytes.length; size++) {
    const positions = createPositions(offsets, 1);
    for (let at = 0; at < bytes.length; at += size) positions.push(bytes.subarray(at, at + size));
    expect(positions.found, `pieces of ${size}`).toEqual([
      { line: 4, column: 3 },
      { line: 4, column: 5 },
      { line: 5, column: 1 },
    ]);
  }
});
