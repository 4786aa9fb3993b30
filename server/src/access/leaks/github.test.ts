import { generateKeyPairSync, sign } from 'node:crypto';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { createGithubKeys, type Get, readPinnedKeys } from './github.ts';

const body = Buffer.from('[{"token":"x"}]');
const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = (one: ReturnType<typeof pair>) => one.publicKey.export({ type: 'spki', format: 'pem' }) as string;
const signed = (one: ReturnType<typeof pair>) => sign('sha256', body, one.privateKey).toString('base64');
const listOf = (keys: Record<string, ReturnType<typeof pair>>) =>
  JSON.stringify({
    public_keys: Object.entries(keys).map(([key_identifier, one]) => ({
      key_identifier,
      key: pem(one),
      is_current: true,
    })),
  });

/** GitHub with a list of keys, a clock, and a count of what was asked. */
function world(keys: Record<string, ReturnType<typeof pair>>) {
  let at = Date.parse('2026-03-02T10:00:00Z');
  const asked: (string | undefined)[] = [];
  let broken = false;
  const get: Get = async (_url, headers) => {
    asked.push(headers['if-none-match']);
    if (broken) throw new Error('no network');
    const etag = `"${Object.keys(keys).join()}"`;
    if (headers['if-none-match'] === etag) return { status: 304, text: '', headers: {} };
    return { status: 200, text: listOf(keys), headers: { etag } };
  };
  const github = createGithubKeys({
    get,
    url: 'https://api.github.example/keys',
    pinned: null,
    now: () => new Date(at),
    log: pino({ level: 'silent' }),
  });
  return {
    asked,
    verify: (identifier: string, one: ReturnType<typeof pair>) =>
      github.verify({ identifier, signature: signed(one), body }),
    pass: (minutes: number) => (at += minutes * 60_000),
    fail: () => (broken = true),
  };
}

describe("GitHub's keys", () => {
  test('are fetched once, kept for 30 minutes, and asked for again with the ETag', async () => {
    const key = pair();
    const { verify, asked, pass } = world({ aa: key });
    const many = await Promise.all(Array.from({ length: 20 }, () => verify('aa', key)));
    expect(many.every(Boolean)).toBe(true);
    pass(29);
    expect(await verify('aa', key)).toBe(true);
    expect(asked).toEqual([undefined]);
    pass(2);
    expect(await verify('aa', key)).toBe(true);
    expect(asked).toEqual([undefined, '"aa"']);
  });

  test('an unknown id makes one more question, and no more than one a minute', async () => {
    const [old, fresh] = [pair(), pair()];
    const keys: Record<string, ReturnType<typeof pair>> = { aa: old };
    const { verify, asked, pass } = world(keys);
    expect(await verify('aa', old)).toBe(true);
    keys['bb'] = fresh;
    pass(2);
    expect(await verify('bb', fresh)).toBe(true);
    expect(asked).toHaveLength(2);
    for (let i = 0; i < 50; i++) expect(await verify(`c${i}`, fresh)).toBe(false);
    expect(asked).toHaveLength(2);
    expect(await verify('aa', fresh)).toBe(false);
  });

  test('outlive an hour without an answer, but not a day', async () => {
    const key = pair();
    const { verify, pass, fail } = world({ aa: key });
    expect(await verify('aa', key)).toBe(true);
    fail();
    pass(60);
    expect(await verify('aa', key)).toBe(true);
    pass(24 * 60);
    expect(await verify('aa', key)).toBe(false);
  });

  test('pinned ones are the only ones: a list as GitHub has it, or one PEM for any id', async () => {
    const [key, other] = [pair(), pair()];
    const get: Get = async () => {
      throw new Error('fetched');
    };
    const parts = { get, url: '', now: () => new Date(), log: pino({ level: 'silent' }) };
    const signature = signed(key);
    for (const text of [listOf({ aa: key }), pem(key)]) {
      const github = createGithubKeys({ ...parts, pinned: readPinnedKeys(text) });
      expect(await github.verify({ identifier: 'aa', signature, body })).toBe(true);
      expect(await github.verify({ identifier: 'aa', signature: signed(other), body })).toBe(false);
    }
    const list = createGithubKeys({ ...parts, pinned: readPinnedKeys(listOf({ aa: key })) });
    expect(await list.verify({ identifier: 'bb', signature, body })).toBe(false);
  });

  test('of another curve or kind are refused when they are read', () => {
    const wrong = generateKeyPairSync('ec', { namedCurve: 'P-384' });
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
    for (const one of [wrong, rsa]) {
      expect(() => readPinnedKeys(one.publicKey.export({ type: 'spki', format: 'pem' }) as string)).toThrow('P-256');
    }
    expect(() => readPinnedKeys('nonsense')).toThrow();
  });
});
