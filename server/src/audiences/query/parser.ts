/**
 * From the text of a query to its tree, by the grammar and the type rules of contract segment-public-api §5.1–5.2.
 * A mistake is told with its line, its column and what could stand there.
 */
import type { AudienceQuery, Condition, Scalar, Subject, TraitQuery } from './ast.ts';
import { type Context, createChains } from './chains.ts';
import { createComparators } from './comparators.ts';
import { problemAt, queryError } from './problem.ts';
import { createReader } from './reader.ts';

export const MAX_QUERY_LENGTH = 20_000;
const MAX_DEPTH = 30;

export interface ParseOptions {
  readonly subject: Subject;
  /** The request's field that holds the text. */
  readonly field?: string;
}

/** @throws AppError validation_error; `problemOf` it tells where. */
export function parseAudience(text: string, options: ParseOptions): AudienceQuery {
  return parse(text, options, ({ condition }) => condition());
}

/** @throws AppError validation_error, as above. */
export function parseTrait(text: string, options: ParseOptions): TraitQuery {
  return parse(text, options, ({ traitScalar }) => traitScalar());
}

function parse<Root>(
  text: string,
  { subject, field }: ParseOptions,
  read: (parts: { condition(): Condition; traitScalar(): Scalar }) => Root,
) {
  if (text.length > MAX_QUERY_LENGTH) {
    const message = `a query has at most ${MAX_QUERY_LENGTH} characters`;
    throw queryError(problemAt(text, MAX_QUERY_LENGTH, { message }), field);
  }
  const reader = createReader(text, field);
  const seen = {
    primaries: 0,
    depth: 0,
    traits: new Set<string>(),
    events: new Set<string>(),
    entities: new Set<string>(),
  };
  const chains = createChains(reader, { seen, condition: (context) => condition(context) });
  const comparators = createComparators(reader, { scalar: (context) => chains.scalar(context) });
  let nesting = 0;

  function condition(context: Context): Condition {
    return joined('OR', () => joined('AND', () => negation(context)));
  }

  function joined(word: 'OR' | 'AND', part: () => Condition): Condition {
    const parts = [part()];
    while (isJunction(word)) {
      reader.next();
      parts.push(part());
    }
    const [first] = parts;
    return parts.length === 1 && first ? first : { kind: word === 'OR' ? 'or' : 'and', parts };
  }

  /** Nothing else can stand there, so small letters do no harm (contract §5.8). */
  function isJunction(word: string): boolean {
    const token = reader.peek();
    return token.kind === 'word' && token.text.toUpperCase() === word && !reader.isSign('.', 1);
  }

  function negation(context: Context): Condition {
    const token = reader.peek();
    if (++nesting > MAX_DEPTH) return reader.fail(token.start, `at most ${MAX_DEPTH} levels of parentheses and NOT`);
    try {
      if (isJunction('NOT')) {
        reader.next();
        return { kind: 'not', of: negation(context) };
      }
      if (isJunction('ANY') || isJunction('ALL')) {
        if (!context.accounts) {
          return reader.fail(
            token.start,
            'ANY and ALL speak of the users of an account: only for ACCOUNTS, outside of where',
          );
        }
        reader.next();
        const kind = token.text.toUpperCase() === 'ANY' ? 'any' : 'all';
        return { kind, of: negation({ ...context, accounts: false }) };
      }
      if (!reader.takeSign('(')) return comparators.comparison(context);
      const inner = condition(context);
      reader.sign(')');
      return inner;
    } finally {
      nesting--;
    }
  }

  const context: Context = {
    accounts: subject === 'ACCOUNTS',
    linked: subject === 'LINKED',
    item: null,
    outer: null,
    depth: 0,
  };
  const root = read({
    condition: () => condition(context),
    traitScalar: () => {
      const scalar = chains.traitValue(context);
      if (comparators.isNext())
        reader.fail(reader.peek().start, 'a computed trait is a value: it ends before a comparison');
      return scalar;
    },
  });
  if (reader.peek().kind !== 'end') reader.unexpected(['AND', 'OR', 'the end of the query']);
  return {
    root,
    traits: [...seen.traits],
    events: [...seen.events],
    entities: [...seen.entities],
    depth: seen.depth,
  };
}
