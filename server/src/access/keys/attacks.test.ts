/** The attack list's rows 1, 2, 18 and 19: what a verification must withstand. */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { newWorkspace, TEST_SECRET, testApp, useOf } from '../../../test/support/app.ts';
import { createSeal } from '../../seal.ts';
import { makeKey } from './check/format.ts';
import { createKeyHashes, createRehash } from './check/hashes.ts';
import { createKeyIndex } from './check/key-index.ts';
import { bumpRevision } from './queries.ts';

const OTHER_SECRET = 'another secret of at least 32 characters';
const log = pino({ level: 'silent' });

/**
 * Of each kind the middle. Means do not serve: two kinds of the very same making were found to differ by forty standard
 * errors, because what the machine does beside falls on one text more than on another.
 */
function middle(all: readonly number[]): number {
  return [...all].sort((p, q) => p - q)[all.length >> 1] ?? 0;
}

/** The same id and a right checksum, which anybody can compute, around this secret. */
function withSecret(key: string, secret: string): string {
  const body = key.slice(0, 19) + secret;
  let rest = crc32(body);
  let sum = '';
  for (let i = 0; i < 6; i++) {
    sum = BASE62.charAt(rest % 62) + sum;
    rest = Math.floor(rest / 62);
  }
  // As a header's value comes from the parser: one flat text, not one that remembers its parts.
  return Buffer.from(body + sum, 'latin1').toString('latin1');
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Nanoseconds of each check, in an order that follows no pattern. */
function timed(check: (text: string) => unknown, texts: readonly (readonly string[])[]): number[][] {
  const times: number[][] = texts.map(() => []);
  for (let i = 0; i < 120_000; i++) {
    const kind = Math.random() < 0.5 ? 0 : 1;
    const text = texts[kind]?.[i % 64] ?? '';
    const began = process.hrtime.bigint();
    check(text);
    const took = Number(process.hrtime.bigint() - began);
    if (i >= 20_000) times[kind]?.push(took);
  }
  return times;
}

test('how much of a secret is right cannot be told by the time a check takes', { retry: 3 }, async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const good = await w.key();
  const { check } = app.access.keys;
  // In use, as a key is that somebody tries to find out.
  expect(check(good)).toBe(check(good));
  const other = makeKey('live').text;
  // All but the last character right, against none. Both vary alike.
  const wrong = [...BASE62].filter((character) => character !== good[50] && character !== other[50]);
  const ending = (start: string) => (_: unknown, i: number) => withSecret(good, start + wrong[i % wrong.length]);
  const close = Array.from({ length: 64 }, ending(good.slice(19, 50)));
  const far = Array.from({ length: 64 }, ending(other.slice(19, 50)));
  for (const text of [...close, ...far]) expect(check(text)).toBe('unknown');
  const [a = [], b = []] = timed(check, [close, far]);
  // The clock's step is 10 ns; comparing 31 characters one by one takes longer.
  expect(Math.abs(middle(a) - middle(b))).toBeLessThan(25);
});

test('an unknown id and a wrong secret take one path: the same answer, within a tenth of a microsecond', {
  retry: 3,
}, async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const good = await w.key();
  const { check } = app.access.keys;
  expect(check(good)).toBe(check(good));
  const known = Array.from({ length: 64 }, () => withSecret(good, makeKey('live').text.slice(19, 51)));
  const unknown = Array.from({ length: 64 }, () => {
    const { text } = makeKey('live');
    return withSecret(text, text.slice(19, 51));
  });
  for (const text of [...known, ...unknown]) expect(check(text)).toBe('unknown');
  const [a = [], b = []] = timed(check, [known, unknown]);
  expect(Math.abs(middle(a) - middle(b))).toBeLessThan(100);
});

test('whoever can write to the database makes no key: a row with a self-made hash is unknown', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const mine = makeKey('live');
  const { db } = app.database;
  const text = await w.key();
  const own = await db
    .selectFrom('api_keys')
    .selectAll()
    .where('public_id', '=', text.slice(11, 19))
    .executeTakeFirstOrThrow();
  for (const hash of [
    createHash('sha256').update(mine.text).digest(),
    createKeyHashes(OTHER_SECRET, null).hash(mine.text),
  ]) {
    await db.transaction().execute(async (tx) => {
      const revision = await bumpRevision(tx);
      await tx
        .updateTable('api_keys')
        .set({ hash, public_id: mine.publicId, revision })
        .where('id', '=', own.id)
        .execute();
    });
    await app.access.refreshKeys();
    expect(await app.access.keys.check(mine.text)).toBe('unknown');
  }
});

test('the secret is changed under load: every key goes on, moves over once used, and then needs no old secret', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const { db } = app.database;
  const texts = await Promise.all(Array.from({ length: 20 }, () => w.key()));
  const revoked = await w.key();
  const nodeOf = (current: string, previous: string | null) => {
    const hashes = createKeyHashes(current, previous);
    const rehash = createRehash({ db, hashes, refresh: () => index.refresh(), log });
    const index = createKeyIndex({ db, hashes, clock: Date.now, log, onOldHash: rehash.note });
    return { index, rehash };
  };
  const node = nodeOf(OTHER_SECRET, TEST_SECRET);
  await node.index.refresh();
  let failures = 0;
  let checks = 0;
  const load = (async () => {
    for (let round = 0; round < 200; round++) {
      for (const text of texts) {
        checks++;
        if (typeof (await node.index.check(text)) === 'string') failures++;
      }
      await new Promise(setImmediate);
    }
  })();
  const mover = (async () => {
    for (let i = 0; i < 5; i++) {
      await node.rehash.flush();
      await new Promise((done) => setTimeout(done, 5));
    }
  })();
  // Revoked while its hash is replaced: it stays revoked.
  expect(typeof (await node.index.check(revoked))).toBe('object');
  const found = app.access.keys.identify(revoked);
  await Promise.all([app.access.keys.revoke({ ...(await ownerOf(revoked)) }, found?.keyId ?? 0), node.rehash.flush()]);
  await Promise.all([load, mover]);
  await node.rehash.flush();
  expect({ failures, checks }).toEqual({ failures: 0, checks: 4_000 });
  const alone = nodeOf(OTHER_SECRET, null);
  await alone.index.refresh();
  for (const text of texts) expect(typeof (await alone.index.check(text))).toBe('object');
  expect(await node.index.check(revoked)).toBe('revoked');
  // Other tests of this process go on under the first secret.
  const back = nodeOf(TEST_SECRET, OTHER_SECRET);
  await back.index.refresh();
  for (const text of [...texts, revoked]) await back.index.check(text);
  await back.rehash.flush();

  async function ownerOf(text: string) {
    const caller = await app.access.keys.check(text);
    if (typeof caller === 'string') throw new Error(caller);
    return caller;
  }
});

test('what the previous secret sealed opens and is sealed anew', () => {
  const old = createSeal(TEST_SECRET, 'connections');
  const sealed = old.seal('whsec_x', 'row');
  const both = createSeal(OTHER_SECRET, 'connections', TEST_SECRET);
  expect(both.open(sealed, 'row')).toBe('whsec_x');
  const renewed = both.renewed(sealed, 'row');
  expect(createSeal(OTHER_SECRET, 'connections').open(renewed ?? Buffer.alloc(0), 'row')).toBe('whsec_x');
  expect(both.renewed(renewed ?? Buffer.alloc(0), 'row')).toBeNull();
  expect(both.renewed(sealed, 'another row')).toBeNull();
  expect(() => createSeal(OTHER_SECRET, 'connections').open(sealed, 'row')).toThrow();
});

test('ten thousand uses of a key racing its revocation never bring it back', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const text = await w.key();
  const { keys } = app.access;
  const caller = await keys.check(text);
  if (typeof caller === 'string') throw new Error(caller);
  const outcomes: string[] = [];
  let gone = false;
  const users = Array.from({ length: 10 }, async () => {
    for (let i = 0; i < 1_000; i++) {
      const before = gone;
      const found = await keys.check(text);
      if (typeof found !== 'string') {
        app.access.usage.record(useOf(found, '192.0.2.1'));
        if (before) outcomes.push('accepted after the revocation was answered');
      }
      if (i % 50 === 0) await app.access.flushUsage();
      await new Promise(setImmediate);
    }
  });
  await new Promise((done) => setTimeout(done, 20));
  await keys.revoke(caller, caller.keyId);
  gone = true;
  await Promise.all(users);
  await app.access.flushUsage();
  await app.access.refreshKeys();
  expect(outcomes).toEqual([]);
  expect(await keys.check(text)).toBe('revoked');
});

test('made-up keys, a third with a right checksum, cost no query and no memory', async () => {
  const app = await testApp();
  const w = await newWorkspace(app);
  const good = await w.key();
  const hashes = createKeyHashes(TEST_SECRET, null);
  const index = createKeyIndex({ db: app.database.db, hashes, clock: Date.now, log });
  await index.refresh();
  const size = index.size();
  const queries = app.database.pool.taken();
  const real = Array.from({ length: 2_000 }, () => makeKey('live').text);
  const outcomes = new Set<string>();
  const began = process.memoryUsage.rss();
  for (let i = 0; i < 300_000; i++) {
    const text = real[i % real.length] ?? '';
    const found = index.check(i % 3 === 0 ? text : `${text.slice(0, 50)}${String(i).padStart(7, '0')}`);
    outcomes.add(typeof found === 'string' ? found : 'accepted');
    // The second that the loop would have used to renew the index.
    if (i % 100_000 === 0) await index.refresh();
  }
  expect([...outcomes].sort()).toEqual(['malformed', 'unknown']);
  expect(index.size()).toBe(size);
  expect(app.database.pool.taken() - queries).toBeLessThanOrEqual(3);
  // Garbage of a third of a million short texts comes and goes.
  expect(process.memoryUsage.rss() - began).toBeLessThan(96 * 2 ** 20);
  expect(await index.check(good)).toMatchObject({ kind: 'key' });
});
