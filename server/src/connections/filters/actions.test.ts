import { describe, expect, test } from 'vitest';
import type { FilterAction } from './actions.ts';
import { applyFilters, filterRule } from './apply.ts';

const EVENT = {
  type: 'track',
  event: 'Order',
  messageId: 'm-1',
  userId: 'u-1',
  properties: { a: 1, b: 2, items: [{ sku: 1, cost: 2 }, 'x', { cost: 3 }], deep: { c: 3, d: 4 } },
  context: { page: { url: 'https://example.org/?q=1', title: 'Shop' } },
};

function rule(actions: FilterAction[], condition = 'all', id = 'f') {
  return filterRule({ id, title: id, condition, actions });
}

function result(actions: FilterAction[], condition?: string) {
  return applyFilters([rule(actions, condition)], EVENT).payload ?? null;
}

describe('actions', () => {
  test('allow and drop inside the named objects, and only there', () => {
    expect(result([{ type: 'ALLOW_PROPERTIES', fields: { properties: ['a', 'missing'] } }])).toEqual({
      ...EVENT,
      properties: { a: 1 },
    });
    expect(
      result([{ type: 'DROP_PROPERTIES', fields: { 'properties.deep': ['c'], 'context.page': ['url'] } }]),
    ).toEqual({
      ...EVENT,
      properties: { ...EVENT.properties, deep: { d: 4 } },
      context: { page: { title: 'Shop' } },
    });
    expect(result([{ type: 'ALLOW_PROPERTIES', fields: { '': ['type', 'messageId'] } }])).toEqual({
      type: 'track',
      messageId: 'm-1',
    });
  });

  test('in a list they go into each object', () => {
    expect(result([{ type: 'DROP_PROPERTIES', fields: { 'properties.items': ['cost'] } }])).toMatchObject({
      properties: { items: [{ sku: 1 }, 'x', {}] },
    });
  });

  test('what is not there, or is no object, is left alone', () => {
    const fields = {
      traits: ['a'],
      'properties.a': ['b'],
      'properties.a.b.c': ['d'],
      'context.__proto__': ['toString'],
    };
    for (const type of ['ALLOW_PROPERTIES', 'DROP_PROPERTIES'] as const) {
      expect(result([{ type, fields }])).toEqual(EVENT);
    }
    expect('toString' in {}).toBe(true);
  });

  test('the event that is given is never changed, and is handed on itself when nothing is to be changed', () => {
    const before = structuredClone(EVENT);
    result([{ type: 'DROP_PROPERTIES', fields: { '': ['properties'] } }]);
    expect(EVENT).toEqual(before);
    expect(result([{ type: 'SAMPLE', percent: 1 }])).toBe(EVENT);
    expect(result([{ type: 'DROP' }], "event = 'other'")).toBe(EVENT);
  });

  test('every condition is asked of the event as it came, and drops come before all else', () => {
    const strip = rule([{ type: 'DROP_PROPERTIES', fields: { properties: ['a', 'b'] } }], 'all', 'strip');
    const drop = rule([{ type: 'DROP' }], 'properties.a = 1', 'drop');
    expect(applyFilters([strip, drop], EVENT)).toEqual({ droppedBy: drop, reason: 'filter' });
    const allow = rule(
      [{ type: 'ALLOW_PROPERTIES', fields: { properties: ['b', 'deep'] } }],
      'properties.a = 1',
      'allow',
    );
    expect(applyFilters([strip, allow], EVENT).payload?.properties).toEqual({ deep: { c: 3, d: 4 } });
  });

  test('a stored statement that does not parse keeps everything back', () => {
    const broken = rule([{ type: 'DROP_PROPERTIES', fields: {} }], 'a b');
    expect(applyFilters([broken], EVENT)).toEqual({ droppedBy: broken, reason: 'filter' });
  });
});

describe('sampling', () => {
  const passed = (action: Omit<FilterAction, 'type'>, of: (n: number) => object) => {
    const sampling = [rule([{ type: 'SAMPLE', ...action }])];
    return Array.from(
      { length: 20_000 },
      (_, n) => applyFilters(sampling, { ...EVENT, ...of(n) }).payload !== undefined,
    );
  };
  const share = (all: boolean[]) => all.filter(Boolean).length / all.length;

  test('lets the share pass, by message where no field is named', () => {
    const of = (n: number) => ({ messageId: `m-${n}` });
    expect(share(passed({ percent: 0.1 }, of))).toBeCloseTo(0.1, 1);
    expect(share(passed({ percent: 0.7, path: '' }, of))).toBeCloseTo(0.7, 1);
    expect(share(passed({ percent: 0 }, of))).toBe(0);
    expect(share(passed({}, of))).toBe(0);
    expect(share(passed({ percent: 1 }, of))).toBe(1);
  });

  test('decides the same for the same value, every time, and a larger share includes a smaller one', () => {
    const of = (n: number) => ({ messageId: `m-${n}`, userId: `u-${n % 1_000}` });
    const some = passed({ percent: 0.3, path: 'userId' }, of);
    expect(some).toEqual(passed({ percent: 0.3, path: 'userId' }, of));
    expect(some.slice(0, 1_000)).toEqual(some.slice(1_000, 2_000));
    const more = passed({ percent: 0.6, path: 'userId' }, of);
    expect(some.every((passes, n) => !passes || more[n])).toBe(true);
  });

  test('goes by the first 64 bits of the MD5 of the JSON, as the vendor’s open evaluator describes it', () => {
    // echo -n '"u-1"' | md5sum: 10f26c3616ad9e87…, a 0.0662nd of all there are.
    expect(passed({ percent: 0.0663, path: 'userId' }, () => ({}))[0]).toBe(true);
    expect(passed({ percent: 0.0661, path: 'userId' }, () => ({}))[0]).toBe(false);
  });

  test('events without the field do not share one fate', () => {
    const of = (n: number) => ({ messageId: `m-${n}` });
    expect(share(passed({ percent: 0.5, path: 'properties.missing' }, of))).toBeCloseTo(0.5, 1);
  });
});
