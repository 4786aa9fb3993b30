import { expect, test } from 'vitest';
import { makeKey } from './format.ts';
import { createKeyHashes, NEVER_SEEN } from './hashes.ts';

const SECRET = 'a secret of thirty-two or more characters';
const BEFORE = 'the secret before it, as long as the other';

function storedOf(hashes: ReturnType<typeof createKeyHashes>, text: string) {
  return { hash: hashes.hash(text), secretId: hashes.secretId, glance: NEVER_SEEN };
}

test('a key that was right once is right again, and no other text is, before or after', () => {
  const hashes = createKeyHashes(SECRET, null);
  const { text } = makeKey('live');
  const stored = storedOf(hashes, text);
  // One character differs, at each place; and its neighbours in length.
  const others = [...text].map((one, i) => `${text.slice(0, i)}${one === 'a' ? 'b' : 'a'}${text.slice(i + 1)}`);
  others.push(text.slice(0, -1), `${text}a`, '', makeKey('live').text);
  const wrong = () => others.filter((other) => hashes.compare(other, stored) !== 'wrong');
  expect(wrong()).toEqual([]);
  expect(stored.glance).toBe(NEVER_SEEN);
  expect(hashes.compare(text, stored)).toBe('right');
  expect(stored.glance).not.toBe(NEVER_SEEN);
  expect(hashes.compare(text, stored)).toBe('right');
  expect(wrong()).toEqual([]);
  expect(hashes.compare(text, stored)).toBe('right');
});

test('a glance is worth nothing to another key or process, and tells nothing of the key', () => {
  const [here, there] = [createKeyHashes(SECRET, null), createKeyHashes(SECRET, null)];
  const { text } = makeKey('live');
  const [mine, other, elsewhere] = [storedOf(here, text), storedOf(here, makeKey('live').text), storedOf(there, text)];
  here.compare(text, mine);
  there.compare(text, elsewhere);
  expect(elsewhere.glance).not.toBe(mine.glance);
  expect(mine.glance).not.toBe(mine.hash.toString('binary'));
  expect(here.compare(text, other)).toBe('wrong');
  // Whoever could write a glance from another process into this one's memory makes no key of it.
  const forged = { ...other, glance: elsewhere.glance };
  expect(here.compare(text, forged)).toBe('wrong');
});

test('a key of the previous secret is told as such every time, so that it is hashed anew', () => {
  const old = createKeyHashes(BEFORE, null);
  const hashes = createKeyHashes(SECRET, BEFORE);
  const { text } = makeKey('test');
  for (const secretId of [old.secretId, null]) {
    const stored = { ...storedOf(old, text), secretId };
    expect([hashes.compare(text, stored), hashes.compare(text, stored)]).toEqual(['old', 'old']);
    expect(stored.glance).toBe(NEVER_SEEN);
  }
});
