import { pino } from 'pino';
import { expect, test } from 'vitest';
import { newWorkspace, TEST_SECRET, testApp } from '../../../../test/support/app.ts';
import { makeKey } from './format.ts';
import { createKeyHashes } from './hashes.ts';
import { createKeyIndex } from './key-index.ts';

const log = pino({ level: 'silent' });

/** An index of its own, which tells how often the stored hash was asked. */
async function indexOf(secret: string, previous: string | null, clock = Date.now) {
  const app = await testApp();
  const w = await newWorkspace(app);
  const hashes = createKeyHashes(secret, previous);
  const compared: string[] = [];
  const glanced: string[] = [];
  const old: number[] = [];
  const index = createKeyIndex({
    db: app.database.db,
    hashes: {
      ...hashes,
      glance(text) {
        glanced.push(text);
        return hashes.glance(text);
      },
      compare(text, stored) {
        compared.push(text);
        return hashes.compare(text, stored);
      },
    },
    clock,
    log,
    onOldHash: (keyId) => old.push(keyId),
  });
  const ask = (text: string) => {
    const from = compared.length;
    const found = index.check(text);
    return [typeof found === 'string' ? found : 'right', compared.length - from];
  };
  return { app, w, index, ask, old, glanced };
}

test('a key that was right is known without its hash, until it is changed or revoked; wrong texts never are', async () => {
  const { app, w, index, ask } = await indexOf(TEST_SECRET, null);
  const [one, two] = [await w.key(), await w.key()];
  await index.refresh();
  expect([ask(one), ask(one), ask(two), ask(two), ask(one)]).toEqual([
    ['right', 1],
    ['right', 0],
    ['right', 1],
    ['right', 0],
    ['right', 0],
  ]);
  // The one's public id with the other's secret has a wrong checksum; a key of nobody has a right one.
  expect(ask(one.slice(0, 19) + two.slice(19))).toEqual(['malformed', 0]);
  // Nothing that only looks like what was right: each character in turn, another one or one with the same lower byte.
  for (let i = 0; i < one.length; i++) {
    for (const other of [one.charCodeAt(i) ^ 1, one.charCodeAt(i) + 0x80, one.charCodeAt(i) + 0x100]) {
      expect(ask(one.slice(0, i) + String.fromCharCode(other) + one.slice(i + 1))).toEqual(['malformed', 0]);
    }
  }
  expect([one.slice(1), `s${one}`, `${one}\0`, `${one} `].map((text) => ask(text)[0])).toEqual(
    Array(4).fill('malformed'),
  );
  const caller = await app.access.keys.check(one);
  if (typeof caller === 'string') throw new Error(caller);
  await app.access.keys.revoke(caller, caller.keyId);
  // Another process: it hears of it with its next refresh, and has forgotten what it knew.
  expect(ask(one)).toEqual(['right', 0]);
  await index.refresh();
  expect([ask(one), ask(one), ask(two)]).toEqual([
    ['revoked', 1],
    ['revoked', 1],
    ['right', 0],
  ]);
});

test('a key that ends by the clock is over for who knew it, without any change', async () => {
  let ahead = 0;
  const { app, w, index, ask } = await indexOf(TEST_SECRET, null, () => Date.now() + ahead);
  const text = await w.key();
  const keyId = app.access.keys.identify(text)?.keyId ?? 0;
  const end = new Date(Date.now() + 60_000);
  await app.database.db.updateTable('api_keys').set({ expires_at: end }).where('id', '=', keyId).execute();
  await index.refresh();
  expect([ask(text), ask(text)]).toEqual([
    ['right', 1],
    ['right', 0],
  ]);
  ahead = 61_000;
  // Read anew at the later time, so that it is not out of date.
  await index.refresh();
  expect([ask(text), ask(text)]).toEqual([
    ['expired', 1],
    ['expired', 1],
  ]);
});

test('a key of the previous secret is told at each use, until it is hashed anew', async () => {
  const { w, index, ask, old } = await indexOf('another secret of at least 32 characters', TEST_SECRET);
  const text = await w.key();
  await index.refresh();
  // Nobody hashes it anew here, as when the database is away.
  expect([ask(text), ask(text), ask(text)]).toEqual([
    ['right', 1],
    ['right', 1],
    ['right', 1],
  ]);
  expect(old).toHaveLength(3);
});

test('a guess costs no glance of its own: not at the id of a key that is in use, and not with a right checksum', async () => {
  const { w, index, ask, glanced } = await indexOf(TEST_SECRET, null);
  const text = await w.key();
  await index.refresh();
  expect([ask(text), ask(text), glanced.length]).toEqual([['right', 1], ['right', 0], 2]);
  const guesses = [makeKey('live').text, `${text.slice(0, -1)}~`, text.slice(0, 19) + makeKey('live').text.slice(19)];
  expect(guesses.map((guess) => ask(guess))).toEqual([
    ['unknown', 1],
    ['malformed', 0],
    ['malformed', 0],
  ]);
  expect(glanced).toHaveLength(2);
  // All of its checksum, and another secret: only the glance can tell.
  expect(ask(`${text.slice(0, -7)}${text.at(-7) === 'A' ? 'B' : 'A'}${text.slice(-6)}`)).toEqual(['malformed', 0]);
  expect(glanced).toHaveLength(3);
});
