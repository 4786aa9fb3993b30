import { describe, expect, test } from 'vitest';
import { scanBatch, scanSingle } from './scan.ts';

const bytes = (text: string) => Buffer.from(text);

/** What the scan says must be what JSON.parse says, for any JSON. */
function slices(text: string): unknown[] {
  return scanBatch(bytes(text)).events.map(({ start, end }) => JSON.parse(bytes(text).subarray(start, end).toString()));
}

describe('scanBatch', () => {
  test('finds each event of the batch', () => {
    const body = { batch: [{ a: 1 }, { b: [{ c: '}]"\\' }] }, {}], sentAt: 'x' };
    expect(slices(JSON.stringify(body))).toEqual(body.batch);
    expect(slices(JSON.stringify(body, null, 3))).toEqual(body.batch);
  });

  test('takes no other array for the batch', () => {
    expect(slices('{"other":[{"a":1}],"deep":{"batch":[{"b":1}]},"batch":[{"c":1}]}')).toEqual([{ c: 1 }]);
  });

  test('of two batch keys the last counts, as it does for JSON.parse', () => {
    const text = '{"batch":[{"a":1},{"b":2}],"batch":[{"c":3}]}';
    expect(slices(text)).toEqual((JSON.parse(text) as { batch: unknown[] }).batch);
  });

  test('finds fewer events where items are no objects, so that the caller notices', () => {
    expect(scanBatch(bytes('{"batch":[1,"x",[{}],{"a":1}]}')).events).toHaveLength(1);
    expect(scanBatch(bytes('{"b\\u0061tch":[{"a":1}]}')).events).toHaveLength(0);
  });

  test('measures the depth of each event by itself', () => {
    const deep = (levels: number): unknown => (levels === 1 ? {} : { a: deep(levels - 1) });
    const text = JSON.stringify({ batch: [deep(1), deep(7), { a: [[[]]] }] });
    expect(scanBatch(bytes(text)).events.map((event) => event.depth)).toEqual([1, 7, 4]);
  });

  test.each([
    ['an escape', '{"a":"\\u0041"}', true],
    ['an escape in a key', '{"\\u0041":1}', true],
    ['sixteen digits', '{"a":9007199254740993}', true],
    ['an exponent', '{"a":1e400}', true],
    ['a capital exponent', '{"a":1E4}', true],
    ['fifteen digits', '{"a":900719925474099,"b":900719925474099}', false],
    ['digits and an e in strings', '{"a":"90071992547409931e5"}', false],
    ['true and false beside numbers', '{"a":1,"b":true,"c":false}', false],
    ['another escape', '{"a":"\\n\\\\u0041"}', false],
  ])('%s', (_name, event, suspicious) => {
    const batch = scanBatch(bytes(`{"batch":[{},${event},{}]}`)).events;
    expect(batch.map((item) => item.suspicious)).toEqual([false, suspicious, false]);
    expect(scanSingle(bytes(event)).suspicious).toBe(suspicious);
  });

  test('agrees with JSON.parse on random bodies', () => {
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 48271) % 2147483647;
      return seed % below;
    };
    const strings = ['', 'batch', '"', '\\', '{', '}]', 'é', '\u2028', '[{"batch":[', '1e5'];
    const value = (depth: number): unknown => {
      const kind = random(depth > 4 ? 4 : 6);
      if (kind === 0) return random(1_000_000) / 7;
      if (kind === 1) return null;
      if (kind < 4) return strings[random(strings.length)];
      if (kind === 4) return Array.from({ length: random(4) }, () => value(depth + 1));
      return Object.fromEntries(
        Array.from({ length: random(4) }, (_, i) => [`${strings[random(10)]}${i}`, value(depth + 1)]),
      );
    };
    for (let round = 0; round < 500; round++) {
      const batch = Array.from({ length: random(5) }, () => ({ v: value(1) }));
      const body = { first: value(0), batch, last: value(0) };
      const text = JSON.stringify(body, null, random(2));
      expect(slices(text)).toEqual(JSON.parse(JSON.stringify(batch)));
    }
  });
});
