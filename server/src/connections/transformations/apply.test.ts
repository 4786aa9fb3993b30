import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { applyTransformations, transformationRule } from './apply.ts';
import type { Definition } from './transformation.ts';

const TRACK = {
  type: 'track',
  event: 'Order',
  messageId: 'm',
  properties: { a: 1, b: 'two', nested: { c: 3 }, email: 'mila@example.org', none: null },
  context: { ip: '10.0.0.1', page: { url: 'x', title: 'y' } },
};
const IDENTIFY = { type: 'identify', messageId: 'm', traits: { a: 1, plan: 'pro' }, context: {} };

function rule(definition: Definition, condition = 'all', name = 't') {
  return transformationRule({ id: name, name, condition, definition });
}

function result(definition: Definition, event: Record<string, unknown> = TRACK, condition?: string) {
  const before = structuredClone(event);
  const { payload } = applyTransformations([rule(definition, condition)], event);
  expect(event).toEqual(before);
  return payload;
}

describe('a transformation', () => {
  test('leaves what it is not about as it is, and drops before all else', () => {
    expect(result({ newEventName: 'x' }, TRACK, "event = 'other'")).toBe(TRACK);
    expect(result({ drop: true, newEventName: 'x' })).toBeUndefined();
    expect(result({ drop: false })).toEqual(TRACK);
  });

  test('renames track events only', () => {
    expect(result({ newEventName: 'Bought' })).toEqual({ ...TRACK, event: 'Bought' });
    expect(result({ newEventName: 'Bought' }, IDENTIFY)).toEqual(IDENTIFY);
  });

  test('renames properties, or traits, or by whole paths; two can swap', () => {
    const renames = (...pairs: [string, string][]) => ({
      propertyRenames: pairs.map(([oldName, newName]) => ({ oldName, newName })),
    });
    expect(result(renames(['a', 'b'], ['b', 'a'], ['missing', 'found']))).toMatchObject({
      properties: { a: 'two', b: 1 },
    });
    expect(result(renames(['a', 'level']), IDENTIFY)).toMatchObject({ traits: { level: 1, plan: 'pro' } });
    expect(result(renames(['properties.nested.c', 'context.c']))).toEqual({
      ...TRACK,
      properties: { ...TRACK.properties, nested: {} },
      context: { ...TRACK.context, c: 3 },
    });
  });

  test('sets values where there is something to set them in', () => {
    const propertyPaths = [
      'properties.a',
      'properties.new',
      'properties.missing.x',
      'context.page.title',
      'traits.x',
      'b',
    ];
    expect(result({ propertyValueTransformations: [{ propertyPaths, propertyValue: 'set' }] })).toEqual({
      ...TRACK,
      properties: { ...TRACK.properties, a: 'set', new: 'set', b: 'set' },
      context: { ip: '10.0.0.1', page: { url: 'x', title: 'set' } },
    });
  });

  test('defines a property by what an expression gives, of the event as it came', () => {
    const defined = (fql: string, event?: Record<string, unknown>) =>
      result({ newEventName: 'New', fqlDefinedProperties: [{ fql, propertyName: 'made' }] }, event);
    expect(defined('lowercase(event)')).toMatchObject({ properties: { made: 'order' } });
    expect(defined('properties.a > 0')).toMatchObject({ properties: { made: true } });
    expect(defined('properties.missing')?.['properties']).not.toHaveProperty('made');
    expect(defined('type', { type: 'track', event: 'x' })).toMatchObject({ properties: { made: 'track' } });
    expect(defined('type', IDENTIFY)).toMatchObject({ traits: { made: 'identify' } });
  });

  test('allows only what is named, in the objects that are named', () => {
    expect(result({ allowProperties: ['a', 'properties.nested.c'] })).toEqual({
      ...TRACK,
      properties: { a: 1, nested: { c: 3 } },
    });
    expect(result({ allowProperties: ['context.page.url'] })).toEqual({ ...TRACK, context: { page: { url: 'x' } } });
    expect(result({ allowProperties: [] })).toEqual(TRACK);
  });

  test('hashes texts and numbers, with a key where there is one', () => {
    const hashed = (more: object, paths: string[]) =>
      result({ hashPropertiesConfiguration: { algorithm: 'sha-256', paths, ...more } })?.['properties'] as object;
    const hex = createHash('sha256').update('mila@example.org').digest('hex');
    expect(hashed({}, ['email', 'none', 'missing', 'a'])).toMatchObject({
      email: hex,
      none: null,
      a: createHash('sha256').update('1').digest('hex'),
    });
    const key = createHmac('sha512', 'pepper').update('two').digest('base64url');
    expect(hashed({ algorithm: 'SHA512', key: 'pepper', encoding: 'BASE64URL' }, ['properties.b'])).toMatchObject({
      b: key,
    });
  });

  test('sees what those before it made', () => {
    const rules = [
      rule({ newEventName: 'B' }, "event = 'Order'", '1'),
      rule({ newEventName: 'C' }, "event = 'B'", '2'),
    ];
    expect(applyTransformations(rules, TRACK).payload).toEqual({ ...TRACK, event: 'C' });
  });

  test('keeps events back when its stored statement does not parse', () => {
    expect(result({ newEventName: 'x' }, TRACK, 'a b')).toBeUndefined();
  });

  test('writes no prototype', () => {
    const event = JSON.parse('{"type": "track", "properties": {"__proto__": {"x": 1}, "v": 2}}') as Record<
      string,
      unknown
    >;
    const after = result({ propertyRenames: [{ oldName: 'v', newName: '__proto__.polluted' }] }, event);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    const properties = after?.['properties'] as object;
    expect(JSON.stringify(properties)).toBe('{"__proto__":{"x":1,"polluted":2}}');
    result({ propertyValueTransformations: [{ propertyPaths: ['constructor.prototype.bad'], propertyValue: 'x' }] });
    expect(({} as Record<string, unknown>)['bad']).toBeUndefined();
  });

  test('cannot make an event grow without bound', () => {
    const event = { ...TRACK, properties: { text: 'a'.repeat(2_000), list: Array.from({ length: 10_000 }, () => 1) } };
    const doubling = rule({ fqlDefinedProperties: [{ fql: 'properties', propertyName: 'copy' }] });
    const doubled = applyTransformations(
      Array.from({ length: 100 }, () => doubling),
      event,
    );
    expect(doubled).toMatchObject({ droppedBy: doubling, tooLarge: true });
    const propertyRenames = Array.from({ length: 200 }, (_, n) => ({ oldName: 'list', newName: `list${n}` }));
    expect(applyTransformations([rule({ propertyRenames })], event)).toMatchObject({ tooLarge: true });
    expect(applyTransformations([doubling], event).payload).toMatchObject({ properties: { copy: event.properties } });
  });
});
