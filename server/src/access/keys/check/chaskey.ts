/**
 * Chaskey-12 (Mouha 2015; ISO/IEC 29192-6), a MAC for processors whose words have 32 bits, as JavaScript's sums have: a third
 * of the time of a call of node:crypto. For what one process alone computes and compares. Who has its key can run it backwards.
 */

const BLOCK = 16;
const ROUNDS = 12;
/** Longest text, in bytes of UTF-8. */
export const MAX_TEXT = 255;

/** @returns the tag, four words, which the next call overwrites. @throws RangeError for a text of more than MAX_TEXT bytes. */
export type Mac = (text: string) => Int32Array;

/** @param key 16 bytes. */
export function createChaskey(key: Buffer): Mac {
  if (key.length !== BLOCK) throw new RangeError('The key of this MAC has 16 bytes.');
  const [k0, k1, k2, k3] = wordsOf(key);
  const whole = doubled([k0, k1, k2, k3]);
  const padded = doubled(whole);
  const words = new Int32Array((MAX_TEXT + 1) / 4);
  const bytes = Buffer.from(words.buffer);
  const tag = new Int32Array(4);

  return (text) => {
    // Three bytes a character at most; what would not fit is not cut off.
    if (text.length > MAX_TEXT / 3 && Buffer.byteLength(text) > MAX_TEXT) throw new RangeError('The text is too long.');
    const length = bytes.write(text, 0, 'utf8');
    let end = length;
    let last = whole;
    if (length % BLOCK !== 0 || length === 0) {
      bytes[end++] = 1;
      while (end % BLOCK !== 0) bytes[end++] = 0;
      last = padded;
    }
    const lastBlock = end / 4 - 4;
    let a = k0;
    let b = k1;
    let c = k2;
    let d = k3;
    for (let i = 0; i <= lastBlock; i += 4) {
      a ^= words[i] ?? 0;
      b ^= words[i + 1] ?? 0;
      c ^= words[i + 2] ?? 0;
      d ^= words[i + 3] ?? 0;
      if (i === lastBlock) {
        a ^= last[0];
        b ^= last[1];
        c ^= last[2];
        d ^= last[3];
      }
      for (let round = 0; round < ROUNDS; round++) {
        a = (a + b) | 0;
        b = ((b << 5) | (b >>> 27)) ^ a;
        a = (a << 16) | (a >>> 16);
        c = (c + d) | 0;
        d = ((d << 8) | (d >>> 24)) ^ c;
        a = (a + d) | 0;
        d = ((d << 13) | (d >>> 19)) ^ a;
        c = (c + b) | 0;
        b = ((b << 7) | (b >>> 25)) ^ c;
        c = (c << 16) | (c >>> 16);
      }
    }
    tag[0] = a ^ last[0];
    tag[1] = b ^ last[1];
    tag[2] = c ^ last[2];
    tag[3] = d ^ last[3];
    return tag;
  };
}

type Words = readonly [number, number, number, number];

function wordsOf(bytes: Buffer): Words {
  return [bytes.readInt32LE(0), bytes.readInt32LE(4), bytes.readInt32LE(8), bytes.readInt32LE(12)];
}

/** Times x in the field of 2^128 elements, whose polynomial is x^128 + x^7 + x^2 + x + 1. */
function doubled([a, b, c, d]: Words): Words {
  return [(a << 1) ^ (d < 0 ? 0x87 : 0), (b << 1) | (a >>> 31), (c << 1) | (b >>> 31), (d << 1) | (c >>> 31)];
}
