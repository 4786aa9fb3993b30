/** Write keys: 24 random base62 characters (142 bits). They may stand in a web page's source, so they only let events in. */
import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const LENGTH = 24;
// Bytes from here on would favour the alphabet's first characters.
const FAIR = 256 - (256 % ALPHABET.length);

export function randomWriteKey(): string {
  let key = '';
  while (key.length < LENGTH) {
    for (const byte of randomBytes(LENGTH)) {
      if (byte < FAIR && key.length < LENGTH) key += ALPHABET.charAt(byte % ALPHABET.length);
    }
  }
  return key;
}
