import { expect, test } from 'vitest';
import { makeKey } from './format.ts';
import { createKeyHashes } from './hashes.ts';

const SECRET = 'a secret of thirty-two or more characters';
const BEFORE = 'the secret before it, as long as the other';

function storedOf(hashes: ReturnType<typeof createKeyHashes>, text: string) {
  return { hash: hashes.hash(text), secretId: hashes.secretId };
}

/** One character differs, at each place; and its neighbours in length. */
function othersThan(text: string): string[] {
  const others = [...text].map((one, i) => `${text.slice(0, i)}${one === 'a' ? 'b' : 'a'}${text.slice(i + 1)}`);
  return [...others, text.slice(0, -1), `${text}a`, '', makeKey('live').text];
}

test('a key is right, and no other text is', () => {
  const hashes = createKeyHashes(SECRET, null);
  const { text } = makeKey('live');
  const stored = storedOf(hashes, text);
  expect(hashes.compare(text, stored)).toBe('right');
  expect(othersThan(text).filter((other) => hashes.compare(other, stored) !== 'wrong')).toEqual([]);
  expect(hashes.compare(text, stored)).toBe('right');
});

test('a glance is of one text in one process', () => {
  const [here, there] = [createKeyHashes(SECRET, null), createKeyHashes(SECRET, null)];
  const { text } = makeKey('live');
  const glance = String(here.glance(text));
  expect(String(here.glance(text))).toBe(glance);
  expect(othersThan(text).filter((other) => String(here.glance(other)) === glance)).toEqual([]);
  expect(String(there.glance(text))).not.toBe(glance);
});

test('a key of the previous secret is told as such every time, so that it is hashed anew', () => {
  const old = createKeyHashes(BEFORE, null);
  const hashes = createKeyHashes(SECRET, BEFORE);
  const { text } = makeKey('test');
  for (const secretId of [old.secretId, null]) {
    const stored = { ...storedOf(old, text), secretId };
    expect([hashes.compare(text, stored), hashes.compare(text, stored)]).toEqual(['old', 'old']);
  }
});
