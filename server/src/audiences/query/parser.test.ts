import { describe, expect, test } from 'vitest';
import type { Subject } from './ast.ts';
import { parseAudience, parseTrait } from './parser.ts';
import { printCondition, printScalar } from './print.ts';
import { problemOf } from './problem.ts';

function canonical(text: string, subject: Subject = 'USERS'): string {
  return printCondition(parseAudience(text, { subject }).root);
}

function problem(
  text: string,
  subject: Subject = 'USERS',
  parse: typeof parseAudience | typeof parseTrait = parseAudience,
) {
  try {
    parse(text, { subject });
  } catch (error) {
    const found = problemOf(error);
    if (found) return found;
    throw error;
  }
  throw new Error(`${text} was taken.`);
}

/** As the contract's tables have them, and as they are printed. */
const AUDIENCES: readonly (readonly [text: string, printed?: string | undefined, subject?: Subject])[] = [
  [`event('Trial Started').count() >= 1`],
  [`trait('address.country') = 'NO'`],
  [`trait('a\\.b.c').exists()`, `trait('a\\\\.b.c').exists()`],
  [`trait('a\\\\.b.c').exists()`, `trait('a\\\\.b.c').exists()`],
  [`entity('subscriptions').count() >= 2`, undefined, 'LINKED'],
  [`entity('a').where(entity('b').where(property('c') > 1).count() > 2).count() > 3`, undefined, 'LINKED'],
  [`event('Paid').where(property('amount.value') > 20).count() >= 1`],
  [
    `event('Opened').where(event('Closed').where(property('case') = property(parent: 'case')).within(parent: 2 days).count() >= 1).count() >= 1`,
  ],
  [`event('Viewed').where(context('page.path').starts_with('/help')).count() > 3`],
  [`trait('signup') = literal(2024-02-29)`, `trait('signup') = 2024-02-29`],
  [
    `event('Paid').where({property('currency') = 'EUR' AND property('amount') >= 10}).count() >= 1`,
    `event('Paid').where(property('currency') = 'EUR' AND property('amount') >= 10).count() >= 1`,
  ],
  [`event('Paid').sources({exclude: 'SRC1', 'SRC2'}).count() >= 1`],
  [`event('Login').within(12 hours).count() >= 1`],
  [`event('Login').between(30 days, 60 days).count() >= 1`],
  [`event('Play').expires_after(45 seconds).count() > 1`],
  [`event('Play').unique(property('track')).count() > 5`],
  [`event('Paid').sum(property('amount')) > 1000`],
  [`event('Bid').max(property('price') as number) < -1.50`, `event('Bid').max(property('price')) < -1.50`],
  [`event('Install').min(property('version') as string) = '2'`],
  [`event('Play').mode(property('genre') as array, 3).contains('a')`],
  [`trait('plan').equals('team')`, `trait('plan') = 'team'`],
  [`trait('plan') == 'team'`, `trait('plan') = 'team'`],
  [`trait('plan').differs('free') or trait('x').at_most(5)`, `trait('plan') != 'free' OR trait('x') <= 5`],
  [`trait('phone').absent()`],
  [`trait('email').contains('@corp.', '@intra.')`],
  [`trait('email').omits('+test')`],
  [`trait('email').ends_with('.edu')`],
  [`trait('tier').one_of('gold', 1, true) AND trait('tier').none_of('bronze')`],
  [`trait('renewal').before_date(2026-01-01T00:00:00Z)`],
  [`trait('renewal').after_date('2026-01-01T00:00:00Z')`],
  [`trait('seen_at').within_last(48 hours)`],
  [`trait('renewal').within_next(1 day)`],
  [`trait('seen_at').before_last(90 days)`],
  [`trait('renewal').after_next(30 days)`],
  [`trait('a') = 1 AND trait('b') = 2 OR trait('c') = 3`],
  [`trait('a') = 1 AND (trait('b') = 2 OR trait('c') = 3)`],
  [`(trait('a') = 1 OR trait('b') = 2) OR trait('c') = 3`],
  [`NOT (event('Paid').within(30 days).count() >= 1)`, `NOT event('Paid').within(30 days).count() >= 1`],
  [`NOT (trait('a') = 1 AND trait('b') = 2)`],
  [`ANY event('Login').within(7 days).count() >= 1`, undefined, 'ACCOUNTS'],
  [`ALL NOT (trait('mfa') = true)`, `ALL NOT trait('mfa') = true`, 'ACCOUNTS'],
  [
    `event('Cart').where(property('total') >= trait('avg_total') AND event('Order').within(parent: 1 day).count() < 1).within(7 days).count() >= 1`,
  ],
  [`trait('it''s') = 1`.replace("''", "\\'")],
];

describe('what parses', () => {
  for (const [text, printed = text, subject] of AUDIENCES) {
    test(text, () => {
      expect(canonical(text, subject)).toBe(printed);
      expect(canonical(printed, subject)).toBe(printed);
    });
  }

  test.each([
    [`event('Paid').within(90 days).avg(property('amount'))`],
    [`event('Play').unique(property('artist'))`],
    [`event('Play').unique(property('artist')).count()`],
    [`event('Visit').last(context('campaign.name'))`],
    [`trait('plan')`],
  ])('as a computed trait: %s', (text) => {
    expect(printScalar(parseTrait(text, { subject: 'USERS' }).root)).toBe(text);
  });

  test('and is told: traits, events and how deep they nest', () => {
    const { traits, events, entities, depth } = parseAudience(
      `event('A').where(event('B').within(parent: 1 hour).count() = 0 AND trait('x.y') = property('z')).count() > 0 AND trait('x') = 1`,
      { subject: 'USERS' },
    );
    expect({ traits, events, entities, depth }).toEqual({ traits: ['x'], events: ['A', 'B'], entities: [], depth: 2 });
  });
});

describe('what does not, and where', () => {
  test.each([
    ['', 1, 'expected trait(…) or event(…), found the end of the query'],
    [`trait('a')`, 11, 'expected a comparison, such as = or .exists()'],
    [`trait('a') = `, 14, 'expected trait(…) or event(…), found the end of the query'],
    [`trait("a") = 1`, 7, 'strings stand in single quotes'],
    [`trait('a') = 'b`, 16, 'the string that began here has no end'],
    [`trait('a') = 1 trait('b') = 2`, 16, 'expected AND, OR or the end of the query, found trait'],
    [`trait('a') = 1 AND`, 19, 'expected trait(…) or event(…), found the end of the query'],
    [`!trait('a') = 1`, 1, 'a negation is written NOT (…)'],
    [`trait('a').like('b')`, 12, 'expected a comparison, found like'],
    [`trait('a').count() > 1`, 12, 'expected a comparison, found count'],
    [`event('a') > 1`, 12, 'expected .where(…)'],
    [`event('a').unique(property('b')) = 1`, 34, 'expected .count(), found ='],
    [`event('a').count().count() > 1`, 20, 'expected a comparison, found count'],
    [`event('a').count().within(1 day) > 1`, 20, 'expected a comparison, found within'],
    [`property('a') = 1`, 1, 'property(…) stands within where(…) or a reducer'],
    [`context('a') = 1`, 1, 'context(…) stands within where(…) or a reducer'],
    [`event('a').where(property(parent: 'b') = 1).count() > 0`, 27, 'parent is the event around'],
    [`event('a').within(parent: 1 day).count() > 0`, 19, 'parent is the event around'],
    [`event('a').where(event('b')).count() > 0`, 28, 'expected .where(…)'],
    [`event('a').sum(trait('b')) > 0`, 16, 'expected property(…) or context(…), found trait'],
    [`entity('a').count() > 0`, 1, 'entity(…) is for LINKED audiences only'],
    [`ANY trait('a') = 1`, 1, 'ANY and ALL speak of the users of an account'],
    [`5 = trait('a')`, 1, 'a value alone stands only on the right of a comparison'],
    [`trait('a') > true`, 14, 'true and false are neither greater nor less'],
    [`trait('a').within_last(2 weeks)`, 26, 'expected hours or days, found weeks'],
    [`trait('a').within_last(2 seconds)`, 26, 'expected hours or days, found seconds'],
    [`trait('a').within_last(0 days)`, 24, 'expected whole number from 1, found 0'],
    [`trait('a').within_last(4000 days)`, 24, 'at most ten years'],
    [`trait('a') = 2024-13-01`, 14, '2024-13-01 is no date'],
    [`trait('a').before_date('soon')`, 24, 'this is no date'],
    [`trait('') = 1`, 7, 'a name is missing here'],
    [`trait('a..b') = 1`, 7, 'a name is missing here'],
    [`trait('a.$.b') = 1`, 7, 'elements of arrays'],
    [`trait('a') = 1 # no`, 16, '"#" is no part of the language'],
    [`trait('a\0') = 1`, 9, 'a string holds no NUL'],
    [`event('a').mode(property('b')) = 1`, 30, 'expected ,, found )'],
    [`(trait('a') = 1`, 16, 'expected ), found the end of the query'],
    ['😀', 1, '"😀" is no part of the language'],
  ])('%j', (text, column, message) => {
    const found = problem(text);
    expect(found.message).toContain(message);
    expect([found.line, found.column]).toEqual([1, column]);
  });

  test('on a later line, counted in characters', () => {
    const found = problem(`trait('a') = '😀'\n  AND trait('😀') ? 1`);
    expect([found.line, found.column]).toEqual([2, 18]);
  });

  test('a trait that ends in a comparison, an audience that does not', () => {
    expect(problem(`trait('a') = 1`, 'USERS', parseTrait).message).toContain('it ends before a comparison');
    expect(problem(`event('a').unique(property('b'))`).message).toContain('expected .count()');
  });

  test('more than 50 parts, a text too long, too much nesting', () => {
    const parts = (count: number) => Array.from({ length: count }, (_, n) => `trait('a${n}') = ${n}`).join(' OR ');
    expect(canonical(parts(50))).toBe(parts(50));
    expect(problem(parts(51)).message).toContain('at most 50');
    expect(problem(' '.repeat(20_001)).message).toContain('at most 20000 characters');
    expect(problem('('.repeat(10_000)).message).toContain('levels of parentheses');
    expect(problem('NOT '.repeat(4_000)).message).toContain('levels of parentheses');
    const nested = (levels: number): string =>
      levels === 0 ? `property('x') = 1` : `event('a').where(${nested(levels - 1)}).count() > 0`;
    expect(canonical(nested(3))).toBe(nested(3));
    expect(problem(nested(4)).message).toContain('at most 3 event(…)');
    expect(problem(`trait('a').one_of(${Array.from({ length: 201 }, () => 1).join(',')})`).message).toContain(
      '200 values',
    );
    expect(problem(`trait('${'a'.repeat(1_001)}') = 1`).message).toContain('1000 characters');
  });
});
