import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createChaskey, MAX_TEXT } from './chaskey.ts';

/** Of the authors' reference: the tag of the bytes 0, 1, 2, … of each length under one key. */
const KEY = [0x833d3433, 0x009f389f, 0x2398e64f, 0x417acf39];
const TAGS: readonly (readonly [length: number, tag: readonly number[]])[] = [
  [0, [0x43cb1f41, 0x51eba0c2, 0xff0a8ac3, 0x7ee3f642]],
  [1, [0xf9ac2067, 0x9c35a846, 0x441aad3d, 0x777b7330]],
  [15, [0x03cfb44b, 0x283c8163, 0xfca71448, 0xc40a0aea]],
  [16, [0x5dd0e2a9, 0xfb5eac8c, 0x633a392e, 0x500c36f3]],
  [17, [0x8b5f6d5a, 0x202314f6, 0x22092368, 0x9639e606]],
  [48, [0xf36e748b, 0x8f34677f, 0x1e00ba1b, 0xdd7da46d]],
  [57, [0x4d569cca, 0x7f53fed2, 0x16525a72, 0xfab67a70]],
  [63, [0x2dd072e1, 0x42b89efe, 0xfb26b615, 0x049aa451]],
];

function keyOf(words: readonly number[]): Buffer {
  const key = Buffer.alloc(16);
  for (const [i, word] of words.entries()) key.writeUInt32LE(word, i * 4);
  return key;
}

const counting = (length: number) => String.fromCharCode(...Array.from({ length }, (_, i) => i));

test('its tags are those of the reference, whatever was computed before', () => {
  const mac = createChaskey(keyOf(KEY));
  for (const list of [TAGS, [...TAGS].reverse()]) {
    for (const [length, tag] of list) expect([...mac(counting(length))].map((word) => word >>> 0)).toEqual(tag);
  }
});

test('another character anywhere is another tag, also one that only looks like it when it is cut to a byte', () => {
  const mac = createChaskey(randomBytes(16));
  const text = 'sk_live_hg_'.padEnd(57, 'Aa0');
  const tags = new Set([String(mac(text))]);
  for (let i = 0; i < text.length; i++) {
    for (const code of [text.charCodeAt(i) ^ 1, text.charCodeAt(i) + 0x100, text.charCodeAt(i) + 0x2000]) {
      tags.add(String(mac(text.slice(0, i) + String.fromCharCode(code) + text.slice(i + 1))));
    }
  }
  for (const other of [text.slice(1), text.slice(0, -1), `${text}\0`, `${text}\x01`, '']) tags.add(String(mac(other)));
  expect(tags.size).toBe(1 + 57 * 3 + 5);
});

test('a text that would not fit is refused and not cut off, whatever its characters take', () => {
  const mac = createChaskey(randomBytes(16));
  for (const one of ['a', 'é', '€', '😀']) {
    const most = Math.floor(MAX_TEXT / Buffer.byteLength(one));
    expect(String(mac(one.repeat(most)))).not.toBe(String(mac(one.repeat(most - 1))));
    expect(() => mac(one.repeat(most + 1))).toThrow(RangeError);
  }
});
