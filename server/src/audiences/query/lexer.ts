/** The words, values and signs of a query text. */
import type { Literal, Span } from './ast.ts';
import { timeOf } from './time.ts';

export type Token = Span &
  (
    | { readonly kind: 'word'; readonly text: string }
    | { readonly kind: 'value'; readonly text: string; readonly value: Literal }
    | { readonly kind: 'sign'; readonly text: string }
    | { readonly kind: 'end'; readonly text: '' }
  );

export type Fail = (offset: number, message: string, expected?: readonly string[]) => never;

const WORD = /[A-Za-z_][A-Za-z0-9_]*/y;
const TIME = /\d{4}-\d{2}-\d{2}(?:T[0-9:.]*(?:Z|[+-]\d{2}:?\d{2})?)?/y;
const NUMBER = /-?\d+(?:\.\d+)?/y;
const SIGN = /==|!=|>=|<=|[(){},:.=<>]/y;
const SPACE = /[ \t\r\n]+/y;
const MAX_STRING = 1_000;

/** Tokens with one of kind `end` last. */
export function tokens(text: string, fail: Fail): Token[] {
  const found: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0] ?? null;
  };
  while (at < text.length) {
    const space = match(SPACE);
    if (space !== null) {
      at += space.length;
      continue;
    }
    const token = text[at] === "'" ? stringAt(text, at, fail) : (valueAt() ?? signAt());
    found.push(token);
    at = token.end;
  }
  found.push({ kind: 'end', text: '', start: text.length, end: text.length });
  return found;

  function valueAt(): Token | null {
    const word = match(WORD);
    if (word !== null) {
      const span = { start: at, end: at + word.length, text: word };
      if (word !== 'true' && word !== 'false') return { kind: 'word', ...span };
      return { kind: 'value', ...span, value: { type: 'boolean', value: word === 'true' } };
    }
    const moment = match(TIME);
    if (moment !== null) {
      const time = timeOf(moment);
      if (!time) return fail(at, `${moment} is no date`, ['2026-01-31', '2026-01-31T10:00:00Z']);
      const type = moment.length === 10 ? 'date' : 'timestamp';
      return { kind: 'value', start: at, end: at + moment.length, text: moment, value: { type, value: moment, time } };
    }
    const number = match(NUMBER);
    if (number === null) return null;
    if (number.length > 30) return fail(at, 'a number has at most 30 digits');
    const value = Number(number);
    return {
      kind: 'value',
      start: at,
      end: at + number.length,
      text: number,
      value: { type: 'number', value, text: number },
    };
  }

  function signAt(): Token {
    const sign = match(SIGN);
    if (sign !== null) return { kind: 'sign', start: at, end: at + sign.length, text: sign };
    if (text[at] === '"') return fail(at, 'strings stand in single quotes', ["'text'"]);
    if (text[at] === '!') return fail(at, 'a negation is written NOT (…)', ['NOT', '!=']);
    return fail(at, `${JSON.stringify([...text.slice(at, at + 2)][0])} is no part of the language`);
  }
}

/** `\'` and `\\` are a quote and a backslash; before anything else a backslash is itself, as in `a\.b`. */
function stringAt(text: string, start: number, fail: Fail): Token {
  let value = '';
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at];
    const next = text[at + 1];
    if (character === "'") {
      if (value.length > MAX_STRING) return fail(start, `a string has at most ${MAX_STRING} characters`);
      const well = value.toWellFormed();
      return {
        kind: 'value',
        start,
        end: at + 1,
        text: text.slice(start, at + 1),
        value: { type: 'string', value: well },
      };
    }
    if (character === '\0') return fail(at, 'a string holds no NUL');
    if (character === '\\' && (next === "'" || next === '\\')) {
      value += next;
      at++;
    } else value += character;
  }
  return fail(text.length, 'the string that began here has no end', ["'"]);
}
