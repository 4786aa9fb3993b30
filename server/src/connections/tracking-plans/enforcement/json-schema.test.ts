/** The walk over a schema: agrees with ajv wherever both know a keyword, says what is wrong, and always ends soon. */
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { compilePattern, type Pattern } from '../patterns.ts';
import { checkValue, newCheck, type Violation } from './json-schema.ts';

function violations(schema: unknown, value: unknown): readonly Violation[] {
  const check = newCheck();
  checkValue(schema, value, check, new Map<string, Pattern | null>());
  return check.found.map(({ type, field, description }) => ({ type, field, description }));
}

const numbered = (length: number) => Object.fromEntries(Array.from({ length }, (_, n) => [`f${n}`, []]));

const SCHEMAS: readonly object[] = [
  { type: 'string', minLength: 2, maxLength: 4 },
  { type: ['integer', 'null'] },
  { enum: [1, 'a', null, { a: [1, { b: 2 }] }] },
  { const: { a: 1, b: [1, 2] } },
  { minimum: 2, exclusiveMaximum: 5, multipleOf: 2 },
  { maximum: 2, exclusiveMinimum: -5 },
  { pattern: '^a+b?$' },
  { items: { type: 'number' }, minItems: 1, maxItems: 3, uniqueItems: true },
  { items: [{ type: 'number' }, { type: 'string' }], additionalItems: { type: 'boolean' } },
  { items: [{ type: 'number' }], additionalItems: false },
  { contains: { const: 1 } },
  { required: ['a'], properties: { a: { type: 'number' }, b: { required: ['c'] } }, additionalProperties: false },
  { patternProperties: { '^x': { type: 'string' } }, additionalProperties: { type: 'number' } },
  { minProperties: 1, maxProperties: 2, propertyNames: { maxLength: 1 } },
  { dependencies: { a: ['b'], c: { required: ['d'] } } },
  { allOf: [{ required: ['a'] }, { properties: { a: { minimum: 2 } } }] },
  { anyOf: [{ type: 'string' }, { required: ['a'] }] },
  { oneOf: [{ required: ['a'] }, { required: ['b'] }] },
  { not: { required: ['a'] } },
  JSON.parse('{"if":{"required":["a"]},"then":{"required":["b"]},"else":{"required":["c"]}}') as object,
  { definitions: { n: { type: 'number' } }, properties: { a: { $ref: '#/definitions/n' }, b: { $ref: '#' } } },
  { properties: { a: true, b: false } },
  {},
];

const VALUES: readonly unknown[] = [
  ...[null, true, false, 0, 1, 2, 3, 4, -5, 2.5, '', 'a', 'ab', 'aab', 'abcde', '😀😀', '😀'],
  ...[[], [1], [1, 1], [1, 2, 3, 4], [1, 'x'], [1, 'x', true], [1, 'x', 1], [{ a: 1 }, { a: 1 }]],
  ...[{}, { a: 1 }, { a: 2 }, { a: 'x' }, { b: 1 }, { c: 1 }, { a: 1, b: 2 }, { b: { c: 1 } }, { b: { a: 'x' } }],
  ...[{ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 }, { a: [1, { b: 2 }] }, { c: 1, d: 1 }, { xa: 's', y: 1 }, { xa: 1 }],
];

test('agrees with ajv', () => {
  const ajv = new Ajv({ strict: false, validateFormats: false });
  let compared = 0;
  for (const schema of SCHEMAS) {
    const theirs = ajv.compile(schema);
    for (const value of VALUES) {
      const ours = violations(schema, value);
      expect([schema, value, ours.length === 0, ours]).toEqual([schema, value, theirs(value), ours]);
      compared++;
    }
  }
  expect(compared).toBe(SCHEMAS.length * VALUES.length);
});

test('formats', () => {
  const fits = (format: string, value: string) => violations({ format }, value).length === 0;
  expect(fits('date-time', '2026-01-31T12:00:00Z')).toBe(true);
  expect(fits('date-time', 'yesterday')).toBe(false);
  expect([fits('email', 'a@example.com'), fits('email', 'a')]).toEqual([true, false]);
  expect([fits('uuid', '0190b2b4-0000-7000-8000-000000000000'), fits('uuid', 'x')]).toEqual([true, false]);
  expect(fits('of our own', 'anything')).toBe(true);
});

test('tells each place and what is wrong with it', () => {
  const schema = {
    required: ['properties'],
    properties: {
      properties: {
        required: ['id', 'total'],
        properties: { total: { type: 'number' }, products: { items: { properties: { sku: { pattern: '^S' } } } } },
        additionalProperties: false,
      },
    },
  };
  const value = { properties: { total: 'x', products: [{ sku: 'S1' }, { sku: 'T1' }], more: 1 } };
  expect(violations(schema, value)).toEqual([
    { type: 'Required', field: 'properties.id', description: 'properties.id is required' },
    { type: 'Invalid Type', field: 'properties.total', description: 'properties.total must be of type number' },
    {
      type: 'Invalid Value',
      field: 'properties.products.1.sku',
      description: 'properties.products.1.sku does not match ^S',
    },
    { type: 'Not Allowed', field: 'properties.more', description: 'properties.more is not in the rule' },
  ]);
  expect(violations({ required: ['a'] }, {})[0]?.field).toBe('a');
  expect(violations({ type: 'array' }, {})[0]?.field).toBe('(root)');
});

test('whatever the schema, one event takes a bounded time', () => {
  const doubling: Record<string, unknown> = { d0: { type: 'string' } };
  for (let n = 1; n < 40; n++) {
    const below = { $ref: `#/definitions/d${n - 1}` };
    doubling[`d${n}`] = { anyOf: [below, below] };
  }
  const costly: readonly (readonly [object, unknown])[] = [
    [{ definitions: doubling, $ref: '#/definitions/d39' }, 1],
    [{ allOf: [{ $ref: '#' }] }, 1],
    [{ $ref: '#' }, 1],
    [{ pattern: '^(a+)+$' }, `${'a'.repeat(30_000)}b`],
    [{ items: { enum: Array.from({ length: 5_000 }, (_, n) => n) } }, Array.from({ length: 15_000 }, () => -1)],
    [{ pattern: `^${'(a|b|ab)?'.repeat(50)}$` }, 'ab'.repeat(10_000)],
    [{ allOf: Array.from({ length: 50_000 }, () => ({ minLength: 1 })) }, 'a'.repeat(30_000)],
    [{ allOf: Array.from({ length: 50_000 }, () => ({ maxProperties: 9_000, properties: {} })) }, numbered(4_000)],
    [{ items: { $ref: `#/definitions/d0${'/x'.repeat(50_000)}` } }, Array.from({ length: 15_000 }, () => 1)],
    [{ items: { dependencies: numbered(20_000) } }, Array.from({ length: 10_000 }, () => ({}))],
    [{ uniqueItems: true }, Array.from({ length: 15_000 }, (_, n) => ({ n, a: [n] }))],
  ];
  for (const [schema, value] of costly) {
    const began = performance.now();
    violations(schema, value);
    expect(performance.now() - began, JSON.stringify(schema).slice(0, 100)).toBeLessThan(3_000);
  }
  expect(violations(...(costly[0] ?? [{}, 1]))).toEqual([expect.objectContaining({ type: 'Too Complex' })]);
});

test('patterns have no look-around, no back-references, and bounded repeats', () => {
  expect(compilePattern('^[\\w.+-]+@[\\w-]+\\.\\w+$').test('a@example.com')).toBe(true);
  expect(compilePattern('^\\u00e9$').test('é')).toBe(true);
  for (const bad of ['(?=a)', '(?!a)', '(?<=a)b', '(a)\\1', '[', '((a{100}){100}){100}', `${'(ab?){900}'.repeat(6)}`])
    expect(() => compilePattern(bad), bad).toThrow();
});
