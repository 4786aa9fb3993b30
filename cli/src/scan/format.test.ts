import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { makeKey, parseKey } from '../../../server/src/access/keys/check/format.ts';
import { keyAt, MARKER, MAX_KEY_LENGTH } from './format.ts';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A key as another installation's prefix would have it. */
export function keyWithPrefix(prefix: string): string {
  const body = `${prefix}_live_hg_${makeKey('live').text.slice(11, 51)}`;
  let rest = crc32(body);
  let check = '';
  for (let i = 0; i < 6; i++) {
    check = BASE62.charAt(rest % 62) + check;
    rest = Math.floor(rest / 62);
  }
  return body + check;
}

function find(text: string, prefix: string | null = null) {
  const bytes = Buffer.from(text, 'latin1');
  return keyAt(bytes, bytes.indexOf(MARKER), prefix === null ? null : Buffer.from(prefix));
}

test('what the server makes and accepts is found, with the same public id and environment', () => {
  for (let i = 0; i < 200; i++) {
    const made = makeKey(i % 2 ? 'live' : 'test');
    const found = find(`x = "${made.text}";`);
    expect(found).toMatchObject({ publicId: made.publicId, environment: made.environment, start: 5 });
    expect(parseKey(made.text)).toMatchObject({ publicId: found?.publicId, environment: found?.environment });
  }
});

test('what the server takes for no key is not found: any one character changed', () => {
  const { text } = makeKey('live');
  for (let i = 0; i < text.length; i++) {
    const changed = text.slice(0, i) + (text[i] === 'x' ? 'y' : 'x') + text.slice(i + 1);
    const bytes = Buffer.from(changed);
    const marker = bytes.indexOf(MARKER);
    expect(parseKey(changed)).toBeNull();
    expect(marker < 0 ? null : keyAt(bytes, marker, null), `character ${i}`).toBeNull();
  }
});

test('a prefix of the installation needs not be known; with --prefix no other is found', () => {
  for (const prefix of ['k', 'acme', 'A1b2C3d4E5f6G7h8']) {
    const text = keyWithPrefix(prefix);
    expect(text.length).toBeLessThanOrEqual(MAX_KEY_LENGTH);
    expect(find(`(${text})`)).toMatchObject({ start: 1, end: 1 + text.length });
    expect(find(text, prefix)).toMatchObject({ start: 0 });
    expect(find(text, 'sk')).toBeNull();
  }
});

test('letters before the key do not hide it, nor letters behind it', () => {
  const { text, publicId } = makeKey('live');
  expect(find(`KEY${text}more`)).toMatchObject({ start: 3, end: 3 + text.length, publicId });
});

test('a key that is cut off is not found and reads nothing beyond the end', () => {
  const { text } = makeKey('test');
  for (let length = 0; length < text.length; length++) {
    const bytes = Buffer.from(text.slice(0, length));
    const marker = bytes.indexOf(MARKER);
    if (marker >= 0) expect(keyAt(bytes, marker, null)).toBeNull();
    const rest = Buffer.from(text.slice(length + 1));
    if (length < 7) expect(keyAt(rest, rest.indexOf(MARKER), null)).toBeNull();
  }
});
