import { createHmac, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createAsciiHmac, MAX_HMAC_TEXT } from './secrets.ts';

test('the short HMAC is the one of RFC 2104, for keys and texts of every length', () => {
  for (let length = 0; length <= MAX_HMAC_TEXT; length++) {
    const key = randomBytes(length % 65);
    const hmac = createAsciiHmac(key);
    for (const text of [randomBytes(length).toString('base64url').slice(0, length), 'x'.repeat(length)]) {
      hmac(text);
      expect(hmac.digest.equals(createHmac('sha256', key).update(text).digest())).toBe(true);
    }
  }
});

test('two of them do not disturb each other, and what is too long is refused', () => {
  const [a, b] = [createAsciiHmac(Buffer.alloc(32, 1)), createAsciiHmac(Buffer.alloc(32, 2))];
  a('same');
  const first = a.digest.toString('hex');
  b('same');
  expect(a.digest.toString('hex')).toBe(first);
  expect(b.digest.toString('hex')).not.toBe(first);
  expect(() => a('x'.repeat(MAX_HMAC_TEXT + 1))).toThrow(RangeError);
  expect(() => createAsciiHmac(Buffer.alloc(65))).toThrow(RangeError);
});
