import { lex } from '@segment/fql-ts';
import { matches } from '@segment/tsub';
import { describe, expect, test } from 'vitest';
import { compileCondition, compileValue } from './fql.ts';
import { type Node, parse } from './parse.ts';
import { tokensOf } from './tokens.ts';

const EVENT = {
  type: 'track',
  event: 'Cart Viewed',
  messageId: 'm-1',
  userId: 'u-1',
  properties: {
    total: 12.5,
    zero: 0,
    negative: -3,
    coupon: 'SPRING24',
    accent: 'é',
    empty: '',
    qty: '3',
    yes: true,
    no: false,
    nothing: null,
    items: ['a', 'b', 'c'],
    none: [],
    pairs: [['a', 1], []],
    nested: { deep: { value: 'x' }, true: 7 },
    'order id': 9,
    'a.b': 'dotted',
  },
  traits: { email: 'mila@example.org' },
  context: { page: { path: '/a/b' } },
};

function is(statement: string, event: Record<string, unknown> = EVENT): boolean {
  const found = compileCondition(statement);
  if (found.problem) throw new Error(`${statement}: ${found.problem.message}`);
  return found.run(event);
}

function value(statement: string): unknown {
  const found = compileValue(statement);
  if (found.problem) throw new Error(`${statement}: ${found.problem.message}`);
  return found.run(EVENT);
}

const TRUE = [
  'all',
  ' all ',
  "event = 'Cart Viewed'",
  'event = "Cart Viewed"',
  "type='track'",
  "type = 'track' and match(event, 'Cart*')",
  "type = 'page' or event = 'Cart Viewed'",
  "type = 'track' AND event != 'x'",
  "type = 'page' OR true",
  // `and` before `or`.
  'true or false and false',
  '!(true or false) or true',
  '!false',
  '!!properties.yes',
  '!properties.missing',
  '!properties.coupon',
  // `!` before what is compared.
  "!event = 'x'",
  'properties.yes',
  'properties.yes = true',
  'properties.no = false',
  'properties.total = 12.5',
  'properties.total = +12.5',
  'properties.negative = -3',
  'properties.total > 12 and properties.total >= 12.5 and properties.total < 13 and properties.total <= 12.5',
  'properties.zero = 0',
  "properties.qty = '3'",
  'properties.qty != 3',
  "properties.items = ['a', 'b', 'c']",
  "properties.items != ['a', 'c', 'b']",
  "properties.pairs = [['a', 1], []]",
  'properties.none = []',
  'properties.nothing = null',
  'properties.missing = null',
  'properties.missing.deeper = null',
  'properties.coupon.length = null',
  'properties.items.length = null',
  'properties.items.\\0 = null',
  'null = null',
  "properties.missing != 'x'",
  "properties.nested.deep.value = 'x'",
  'properties.nested.true = 7',
  'properties.order\\ id = 9',
  "properties.a\\.b = 'dotted'",
  'properties\n.total\n>\t1',
  "event in ['Cart Viewed', 'x']",
  "'b' in properties.items",
  "properties.missing in [null, 'x']",
  'properties.total in [12.5]',
  "context.page.path = '/a/b'",
  "contains(properties.coupon, 'SPRING')",
  "contains(properties.coupon, '')",
  "match(traits.email, '*@example.org')",
  'length(properties.items) = 3',
  'length(properties.items) >= length(properties.none)',
  "length('é') = 2",
  'length(properties.accent) = 2',
  'length(properties.missing) = 0',
  "lowercase(properties.coupon) = 'spring24'",
  "uppercase('a-1') = 'A-1'",
  "snakecase(event) = 'cart_viewed'",
  "kebabcase('late order') = 'late-order'",
  "titlecase('new york') = 'New York'",
  'lowercase(properties.missing) = null',
  'uppercase(properties.total) = null',
  "typeof(properties.total) = 'number'",
  "typeof(properties.coupon) = 'string'",
  "typeof(properties.items) = 'list'",
  "typeof(properties.yes) = 'bool'",
  "typeof(properties.missing) = 'null'",
  "typeof(properties.nested) = 'object'",
  "bool('true')",
  "bool('false') = false",
  'bool(properties.missing) = false',
  'bool(properties.total) = true',
  'bool(properties.none) = false',
  "string(properties.total) = '12.5'",
  'string(properties.missing) = null',
  'string(properties.items) = \'["a","b","c"]\'',
  'number(properties.qty) > 2',
  "number('x') = null",
  'number(properties.yes) = null',
  "contains(lowercase(properties.coupon), 'spring')",
];

const FALSE = [
  'properties.total',
  "'true'",
  '1',
  'lowercase(event)',
  "properties.total > '1'",
  "properties.coupon > 'A'",
  'properties.missing > 0',
  'properties.missing < 0',
  "properties.yes = 'true'",
  'properties.zero = false',
  'properties.zero = null',
  "properties.empty = null or properties.items = ['a', 'b']",
  'properties.nested = properties.nested',
  "contains(properties.items, 'a')",
  "contains(properties.missing, 'a')",
  "match(properties.missing, '*')",
  "match(event, 'cart*')",
  "event in 'Cart Viewed'",
  'event in properties.missing',
  'properties.nested in [null]',
  'length(properties.nested) = 0',
  'length(properties.total) > 0',
  '__proto__.toString != null',
  'constructor != null',
  'properties.constructor.name != null',
  'properties.hasOwnProperty != null',
];

describe('an event', () => {
  test.each(TRUE)('%s', (statement) => expect(is(statement)).toBe(true));
  test.each(FALSE)('not %s', (statement) => expect(is(statement)).toBe(false));
});

test('what was read from JSON under __proto__ is a field like others', () => {
  const event = JSON.parse('{"__proto__": {"admin": true}}');
  expect(is('__proto__.admin', event)).toBe(true);
  expect(is('admin', event)).toBe(false);
});

test.each([
  ['lowercase(properties.coupon)', 'spring24'],
  ["event = 'x'", false],
  ['properties.items', EVENT.properties.items],
  ['properties.missing', null],
  ['"text"', 'text'],
])('the value of %s', (statement, expected) => expect(value(statement)).toEqual(expected));

test.each([
  [
    '',
    'line 1, column 1: expected a path, a function, a text, a number, true, false, null or a list and found the end',
  ],
  [
    'event =',
    'line 1, column 8: expected a path, a function, a text, a number, true, false, null or a list and found the end',
  ],
  ["event = 'a", "line 1, column 9: expected a closing ' for the text that begins here"],
  ["event = 'a'\n  & type", 'line 2, column 3: "&" cannot stand here; in a path it needs a backslash'],
  ["event 'a'", 'line 1, column 7: expected "and", "or" or the end and found a text'],
  ["(event = 'a'", 'line 1, column 13: expected "and", "or" or ")" and found the end'],
  [
    "event = 'a' and",
    'line 1, column 16: expected a path, a function, a text, a number, true, false, null or a list and found the end',
  ],
  ['a = b = c', 'line 1, column 7: expected "and", "or" or the end and found "="'],
  ['properties. = 1', 'line 1, column 13: expected a name after the dot and found "="'],
  ['a = 1.', 'line 1, column 7: expected a digit after the decimal point'],
  ['a = 1.2.3', 'line 1, column 8: expected one decimal point in a number'],
  ['a = -', 'line 1, column 6: expected a digit after the -'],
  ['a in [1, b]', 'line 1, column 10: expected a text, a number, true, false, null or a list and found "b"'],
  ['a in [1', 'line 1, column 8: expected "," or "]" and found the end'],
  ['contains(a)', 'line 1, column 1: expected 2 arguments of contains, and found 1'],
  ['length(a, b)', 'line 1, column 1: expected 1 argument of length, and found 2'],
  ['a\\', 'line 1, column 3: expected a character after the backslash and found the end'],
  [
    '! and a',
    'line 1, column 3: expected a path, a function, a text, a number, true, false, null or a list and found "and"',
  ],
])('%s does not parse, and where', (statement, message) => {
  expect(compileCondition(statement).problem?.message).toBe(message);
});

test('an unknown function names those that there are', () => {
  expect(compileCondition("type = 'x' and evil(a)").problem).toMatchObject({
    line: 1,
    column: 16,
    message: expect.stringContaining('expected one of the functions contains, match, length'),
  });
});

test('hostile statements are refused, and quickly', () => {
  for (const statement of ['('.repeat(5_000), '!'.repeat(5_000), `a in ${'['.repeat(2_000)}`, 'length('.repeat(700)]) {
    expect(compileCondition(statement).problem?.message).toMatch(/at most 50 levels within each other/);
  }
  expect(compileCondition(`a = '${'x'.repeat(5_120)}'`).problem?.message).toMatch(/at most 5120 bytes/);
  // Long is not deep.
  expect(is(Array(500).fill('a = 1').join(' or '))).toBe(false);
});

/** What the vendor's own lexer makes of it: kinds and texts in order. */
const SAME_TOKENS = [...TRUE, ...FALSE].filter(
  // It knows and, or and null anywhere, no capitals, no `!!` and no `!` before a text.
  (statement) => !/AND|OR|!!|!'|^!f|\.true|\n|\\0/.test(statement) && !statement.includes('a\\.b'),
);

test('tokens are those of @segment/fql-ts', () => {
  expect(SAME_TOKENS.length).toBeGreaterThan(80);
  for (const statement of SAME_TOKENS) {
    const theirs = lex(statement).tokens.map(({ type, value }) =>
      type === 'string' ? value.slice(1, -1) : type === 'number' ? Number(value) : value,
    );
    const ours = tokensOf(statement).map((token) => (token.kind === 'end' ? 'eos' : token.value));
    expect(ours, statement).toEqual(theirs);
  }
});

/** The vendor's compiled form (contract §4.8); undefined for what its evaluator does not know. */
function irOf(node: Node): unknown {
  switch (node.op) {
    case 'literal':
      return { value: Array.isArray(node.value) ? node.value.map((one) => ({ value: one })) : node.value };
    case 'path':
      return node.segments.join('.');
    case 'call':
      return [node.name, ...node.args.map(irOf)];
    case 'compare':
      return [node.by, irOf(node.left), irOf(node.right)];
    case 'not':
      return ['!', irOf(node.of)];
    default:
      return [node.op, ...node.all.map(irOf)];
  }
}

/** Differences on purpose: it counts characters and not bytes, has no null for what is missing, takes a list's elements for paths, and knows fewer functions. */
const UNKNOWN_TO_TSUB =
  /null|length\(|typeof\(properties\.(items|yes|missing)|typeof\('|(upper|snake|kebab|title)case|bool\(|string\(|number\(|\\|missing in|in properties|in 'Cart|properties\.nested = |= \[|contains\(lower|^lower/;

test('conditions are true where those of @segment/tsub are', () => {
  const asked = [...TRUE.map((s) => [s, true] as const), ...FALSE.map((s) => [s, false] as const)].filter(
    ([statement]) => !UNKNOWN_TO_TSUB.test(statement) && statement.trim() !== 'all',
  );
  expect(asked.length).toBeGreaterThan(40);
  for (const [statement, expected] of asked) {
    const ir = JSON.stringify(irOf(parse(statement)));
    expect([statement, matches(EVENT, { type: 'fql', ir })]).toEqual([statement, expected]);
  }
});

test('no statement takes more than a bounded time', () => {
  const text = Array.from({ length: 10_000 }, (_, n) => String.fromCodePoint(0x4e00 + n)).join('');
  const event = { ...EVENT, a: text, b: `x*${'[ab]'.repeat(250)}*x`, list: [text] };
  for (const call of ['match(a, b)', "lowercase(titlecase(a)) = 'x'", "string(list) = 'x'"]) {
    const statement = Array.from({ length: Math.floor(5_000 / (call.length + 4)) }, () => call).join(' or ');
    const began = performance.now();
    expect(compileCondition(statement).run?.(event)).toBe(false);
    expect(performance.now() - began, call).toBeLessThan(1_500);
  }
  // Each event has room of its own, and enough for what people write.
  const plain = compileCondition(
    `${Array.from({ length: 20 }, () => "match(a, '*x*y*')").join(' or ')} or contains(b, 'x')`,
  );
  for (let n = 0; n < 3; n++) expect(plain.run?.(event)).toBe(true);
});
