/** Reads tokens one after the other: the small pieces that every part of the grammar is made of. */
import type { Duration, Literal, Path, Unit } from './ast.ts';
import { type Fail, type Token, tokens } from './lexer.ts';
import { problemAt, queryError } from './problem.ts';

export interface Reader {
  readonly fail: Fail;
  /** `ahead`: 0 for the next one. */
  peek(ahead?: number): Token;
  next(): Token;
  isSign(text: string, ahead?: number): boolean;
  isWord(text: string, ahead?: number): boolean;
  takeSign(text: string): boolean;
  /** @throws AppError where it does not stand. */
  sign(text: string): Token;
  /** The end of the token read last. */
  end(): number;
  /** Fails at the next token. */
  unexpected(expected: readonly string[]): never;
  /** `(…)`, with braces around the argument or without (contract §5.1). */
  inParentheses<T>(read: () => T): T;
  list<T>(read: () => T): T[];
  literal(expected?: readonly string[]): Literal;
  string(): string;
  path(): Path;
  duration(units: readonly Unit[]): Duration;
  wholeNumber(most: number): number;
}

/** `unique(…)` of a thousand values is a list that belongs elsewhere. */
const MAX_LIST = 200;
const MAX_STEPS = 10;
const UNITS: Readonly<Record<string, Unit>> = {
  second: 'second',
  seconds: 'second',
  hour: 'hour',
  hours: 'hour',
  day: 'day',
  days: 'day',
};
/** Ten years. */
const MAX_HOURS = 87_600;
const MAX_AMOUNT: Readonly<Record<Unit, number>> = { second: MAX_HOURS * 3_600, hour: MAX_HOURS, day: MAX_HOURS / 24 };

export function createReader(text: string, field?: string): Reader {
  const fail: Fail = (offset, message, expected = []) => {
    throw queryError(problemAt(text, offset, { message, expected }), field);
  };
  const all = tokens(text, fail);
  const last = all.at(-1) as Token;
  let at = 0;
  const peek = (ahead = 0): Token => all[at + ahead] ?? last;
  const isSign = (sign: string, ahead = 0): boolean => peek(ahead).kind === 'sign' && peek(ahead).text === sign;
  const isWord = (word: string, ahead = 0): boolean => peek(ahead).kind === 'word' && peek(ahead).text === word;

  function next(): Token {
    const token = peek();
    if (at < all.length - 1) at++;
    return token;
  }

  function unexpected(expected: readonly string[]): never {
    const token = peek();
    const found = token.kind === 'end' ? 'the end of the query' : shortened(token.text);
    return fail(token.start, `expected ${choice(expected)}, found ${found}`, expected);
  }

  function takeSign(sign: string): boolean {
    if (!isSign(sign)) return false;
    next();
    return true;
  }

  function sign(wanted: string): Token {
    return isSign(wanted) ? next() : unexpected([wanted]);
  }

  function literal(expected: readonly string[] = ["'text'", 'number', 'date', 'true', 'false']): Literal {
    const token = peek();
    if (token.kind === 'value') {
      next();
      return token.value;
    }
    if (!isWord('literal')) return unexpected(expected);
    next();
    return inParentheses(() => literal());
  }

  function inParentheses<T>(read: () => T): T {
    sign('(');
    const braced = takeSign('{');
    const value = read();
    if (braced) sign('}');
    sign(')');
    return value;
  }

  function string(): string {
    const token = peek();
    if (token.kind !== 'value' || token.value.type !== 'string') return unexpected(["'text'"]);
    next();
    return token.value.value;
  }

  function wholeNumber(most: number): number {
    const token = peek();
    const value = token.kind === 'value' && token.value.type === 'number' ? token.value.value : Number.NaN;
    if (!Number.isInteger(value) || value < 1) return unexpected(['whole number from 1']);
    if (value > most) return fail(token.start, `at most ${most} here`);
    next();
    return value;
  }

  return {
    fail,
    peek,
    next,
    isSign,
    isWord,
    takeSign,
    sign,
    end: () => all[at - 1]?.end ?? 0,
    unexpected,
    inParentheses,
    list(read) {
      const found = [read()];
      while (takeSign(',')) {
        if (found.length === MAX_LIST) fail(peek().start, `a list has at most ${MAX_LIST} values`);
        found.push(read());
      }
      return found;
    },
    literal,
    string,
    path() {
      const { start } = peek();
      const steps = stepsOf(string());
      if (steps.some((step) => step === '')) fail(start, "a name is missing here, as in 'address.country'");
      if (steps.length > MAX_STEPS) fail(start, `at most ${MAX_STEPS} steps into nested objects`);
      if (steps.includes('$')) fail(start, 'elements of arrays ($) cannot be named; compare the whole array');
      return steps;
    },
    duration(units) {
      const { start } = peek();
      const amount = wholeNumber(MAX_AMOUNT.second);
      const word = peek();
      const unit = word.kind === 'word' && Object.hasOwn(UNITS, word.text) ? UNITS[word.text] : undefined;
      if (!unit || !units.includes(unit)) return unexpected(units.map((name) => `${name}s`));
      next();
      if (amount > MAX_AMOUNT[unit]) return fail(start, 'at most ten years');
      return { amount, unit };
    },
    wholeNumber,
  };
}

/** `a.b` is b in a; `\.` is a dot of the name. */
function stepsOf(text: string): string[] {
  const steps = [''];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\' && text[at + 1] === '.') steps.push(`${steps.pop()}${text[++at]}`);
    else if (text[at] === '.') steps.push('');
    else steps.push(`${steps.pop()}${text[at]}`);
  }
  return steps;
}

function choice(expected: readonly string[]): string {
  const [last, ...others] = [...expected].reverse();
  return others.length === 0 ? `${last}` : `${others.reverse().join(', ')} or ${last}`;
}

function shortened(text: string): string {
  return text.length > 40 ? `${[...text].slice(0, 40).join('')}…` : text;
}
