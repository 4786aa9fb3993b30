/**
 * The words and signs of an FQL statement with their places (contract segment-public-api §4.2). The vendor's lexer
 * (@segment/fql-ts) knows no places, so an error could not be shown where it is; a test holds this one against it.
 */
import { fault } from './problem.ts';

const SIGNS = ['!=', '>=', '<=', '=', '>', '<', '!', '.', '(', ')', '[', ']', ','] as const;
export type Sign = (typeof SIGNS)[number];

export type Token =
  /** Part of a path, a function's name or a keyword. What has a backslash in it is never a keyword. */
  | { readonly kind: 'word'; readonly value: string; readonly escaped: boolean; readonly at: number }
  | { readonly kind: 'string'; readonly value: string; readonly at: number }
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  | { readonly kind: 'sign'; readonly value: Sign; readonly at: number }
  | { readonly kind: 'end'; readonly at: number };

const SPACE = /[ \t\r\n]/;
const WORD_START = /[A-Za-z_\\]/;
const WORD = /[A-Za-z0-9_\\-]/;
const DIGIT = /[0-9]/;

/** @throws a fault at what cannot begin, or does not end, a token. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;

  function word(): Token {
    const start = at;
    let value = '';
    let escaped = false;
    while (at < text.length && WORD.test(text.charAt(at))) {
      if (text.charAt(at) === '\\') {
        escaped = true;
        at++;
        if (at === text.length) throw fault(at, 'expected a character after the backslash and found the end');
      }
      // A character outside the basic plane is two units.
      const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
      value += character;
      at += character.length;
    }
    return { kind: 'word', value, escaped, at: start };
  }

  function string(quote: string): Token {
    const start = at;
    const end = text.indexOf(quote, start + 1);
    if (end < 0) throw fault(start, `expected a closing ${quote} for the text that begins here`);
    at = end + 1;
    return { kind: 'string', value: text.slice(start + 1, end), at: start };
  }

  function number(): Token {
    const start = at;
    const sign = text.charAt(at);
    if (sign === '-' || sign === '+') at++;
    const whole = digits();
    if (whole === '') throw fault(at, `expected a digit after the ${sign}`);
    let decimals = '';
    if (text.charAt(at) === '.') {
      at++;
      decimals = digits();
      if (decimals === '') throw fault(at, 'expected a digit after the decimal point');
      if (text.charAt(at) === '.') throw fault(at, 'expected one decimal point in a number');
    }
    return { kind: 'number', value: Number(`${sign === '-' ? '-' : ''}${whole}.${decimals}0`), at: start };
  }

  function digits(): string {
    const start = at;
    while (DIGIT.test(text.charAt(at))) at++;
    return text.slice(start, at);
  }

  while (at < text.length) {
    const character = text.charAt(at);
    if (SPACE.test(character)) {
      at++;
    } else if (character === '"' || character === "'") {
      tokens.push(string(character));
    } else if (DIGIT.test(character) || character === '-' || character === '+') {
      tokens.push(number());
    } else if (WORD_START.test(character)) {
      tokens.push(word());
    } else {
      const sign = SIGNS.find((one) => text.startsWith(one, at));
      if (!sign) throw fault(at, `${JSON.stringify(character)} cannot stand here; in a path it needs a backslash`);
      tokens.push({ kind: 'sign', value: sign, at });
      at += sign.length;
    }
  }
  tokens.push({ kind: 'end', at });
  return tokens;
}

/** As a message names it. */
export function shown(token: Token): string {
  if (token.kind === 'end') return 'the end';
  if (token.kind === 'string') return 'a text';
  return JSON.stringify(String(token.value).slice(0, 40));
}
