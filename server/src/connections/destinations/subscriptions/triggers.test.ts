import { describe, expect, test } from 'vitest';
import { createCatalog } from '../../catalog/catalog.ts';
import { parseTrigger, TriggerError } from './triggers.ts';

const event = {
  type: 'track',
  event: 'Cart Viewed',
  userId: 'u1',
  properties: { total: 12, coupon: 'SPRING24', nested: { on: true } },
  context: { page: { path: '/shop' } },
};

describe('an event', () => {
  test.each([
    ['type = "track"', true],
    ["type = 'track'", true],
    ['type=track', true],
    ['type = "identify"', false],
    ['type = "track" and event != "Order Completed"', true],
    ['type = "identify" or event = "Cart Viewed" and type = "track"', true],
    ['(type = "identify" or event = "Cart Viewed") AND type = "page"', false],
    ['event == "Cart Viewed"', true],
    ['match(event, "Cart*")', true],
    ['match(event, "*ed")', true],
    ['match(event, "*rt V*")', true],
    ['!match(event, "Cart*")', false],
    ['contains(properties.coupon, "SPRING")', true],
    ['!contains(properties.coupon, "SPRING")', false],
    ['properties.total >= 12 and properties.total < 13', true],
    ['properties.total = 12', true],
    ['properties.nested.on = true', true],
    ['properties.none = null and userId != null', true],
    ['context.page.path != "/"', true],
    ['traits.plan = "pro"', false],
  ])('%s: %s', (trigger, expected) => {
    expect(parseTrigger(trigger).matches(event)).toBe(expected);
  });
});

describe('what is no trigger is told where', () => {
  test.each([
    ['', 1, 1],
    ['type = ', 1, 8],
    ['type = "track', 1, 8],
    ['(type = "track"', 1, 16],
    ['type = "track")', 1, 15],
    ['type = "track"\n  and foo = "x"', 2, 7],
    ['type = "track" xor event = "b"', 1, 16],
    ['properties = 1', 1, 1],
    ['toString = "x"', 1, 1],
    ['constructor.name = "x"', 1, 1],
    ['event > "x"', 1, 9],
    ['contains(event)', 1, 15],
    ['match(event, "a*b")', 1, 14],
    ['!type = "track"', 1, 2],
    ['type = "track" and &', 1, 20],
    ['properties.a.$.b = "x"', 1, 13],
    ['all', 1, 1],
    [`${'('.repeat(60)}type = "track"${')'.repeat(60)}`, 1, 51],
  ])('%j', (trigger, line, column) => {
    let thrown: unknown;
    try {
      parseTrigger(trigger);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(TriggerError);
    expect(thrown).toMatchObject({ line, column });
  });
});

test('every trigger of the catalog can be used', () => {
  const refused = new Set<string>();
  for (const type of createCatalog().destinations.list()) {
    for (const trigger of [
      ...type.presets.map((preset) => preset.trigger),
      ...type.actions.flatMap((action) => action.defaultTrigger ?? []),
    ]) {
      try {
        parseTrigger(trigger);
      } catch {
        refused.add(`${type.slug}: ${trigger}`);
      }
    }
  }
  // A mistake in the package that delivers to it: a comma stands for "and".
  expect([...refused]).toEqual(['actions-qualtrics: type = "track", event = "Transaction Created"']);
});
