/** From text to a tree, by the grammar of contract segment-public-api §4.2. Every error says where and what was expected. */
import { FUNCTIONS } from './functions.ts';
import { fault } from './problem.ts';
import { shown, type Token, tokensOf } from './tokens.ts';

export type Literal = string | number | boolean | null | readonly Literal[];

export type Comparison = '=' | '!=' | '>' | '>=' | '<' | '<=' | 'in';

export type Node =
  | { readonly op: 'literal'; readonly value: Literal }
  | { readonly op: 'path'; readonly segments: readonly string[] }
  | { readonly op: 'call'; readonly name: string; readonly args: readonly Node[] }
  | { readonly op: 'compare'; readonly by: Comparison; readonly left: Node; readonly right: Node }
  | { readonly op: 'not'; readonly of: Node }
  | { readonly op: 'and' | 'or'; readonly all: readonly Node[] };

/** Both published figures of the vendor are below or at it. */
export const MAX_BYTES = 5_120;
/** Of parentheses, `!`, lists and calls within each other: nobody writes more, and the stack is not ours to lose. */
const MAX_DEPTH = 50;

/** The specification writes AND once. */
const KEYWORDS = new Set(['and', 'or', 'AND', 'OR', 'in', 'true', 'false', 'null']);
const COMPARISONS: ReadonlySet<string> = new Set(['=', '!=', '>', '>=', '<', '<=', 'in']);

/** @throws a fault. */
export function parse(text: string): Node {
  if (Buffer.byteLength(text) > MAX_BYTES) throw fault(0, `expected at most ${MAX_BYTES} bytes`);
  const tokens = tokensOf(text);
  let position = 0;
  let depth = 0;

  const peek = (): Token => tokens[position] ?? { kind: 'end', at: text.length };
  const next = (): Token => {
    const token = peek();
    position++;
    return token;
  };
  const isSign = (sign: string): boolean => {
    const token = peek();
    return token.kind === 'sign' && token.value === sign;
  };
  const isKeyword = (...words: string[]): boolean => {
    const token = peek();
    return token.kind === 'word' && !token.escaped && words.includes(token.value);
  };
  function accept(sign: string): boolean {
    const found = isSign(sign);
    if (found) position++;
    return found;
  }
  function expected(what: string, token = peek()): Error {
    return fault(token.at, `expected ${what} and found ${shown(token)}`);
  }
  function deeper<T>(work: () => T): T {
    if (++depth > MAX_DEPTH) throw fault(peek().at, `expected at most ${MAX_DEPTH} levels within each other`);
    const result = work();
    depth--;
    return result;
  }

  function either(): Node {
    return joined('or', () => joined('and', unary));
  }

  function joined(op: 'and' | 'or', part: () => Node): Node {
    const first = part();
    const all = [first];
    while (isKeyword(op, op.toUpperCase())) {
      position++;
      all.push(part());
    }
    return all.length === 1 ? first : { op, all };
  }

  function unary(): Node {
    if (accept('!')) return { op: 'not', of: deeper(unary) };
    if (!accept('(')) return comparison();
    const inner = deeper(either);
    if (!accept(')')) throw expected('"and", "or" or ")"');
    return inner;
  }

  function comparison(): Node {
    const left = operand();
    const token = peek();
    if (token.kind !== 'sign' && !isKeyword('in')) return left;
    const by = token.kind === 'sign' || token.kind === 'word' ? token.value : '';
    if (!COMPARISONS.has(by)) return left;
    position++;
    return { op: 'compare', by: by as Comparison, left, right: operand() };
  }

  function operand(): Node {
    const token = peek();
    if (token.kind === 'word' && (token.escaped || !KEYWORDS.has(token.value))) {
      position++;
      if (!token.escaped && isSign('(')) return call(token.value, token.at);
      return path(token.value);
    }
    return { op: 'literal', value: literal('a path, a function, a text, a number, true, false, null or a list') };
  }

  function path(first: string): Node {
    const segments = [first];
    while (accept('.')) {
      const token = next();
      // After a dot even a keyword is a name.
      if (token.kind !== 'word') throw expected('a name after the dot', token);
      segments.push(token.value);
    }
    return { op: 'path', segments };
  }

  function call(name: string, at: number): Node {
    const known = FUNCTIONS.get(name);
    if (!known) throw fault(at, `expected one of the functions ${[...FUNCTIONS.keys()].join(', ')}`);
    position++;
    const args = deeper(() => listed(')', operand));
    if (args.length !== known.args) {
      throw fault(
        at,
        `expected ${known.args} argument${known.args === 1 ? '' : 's'} of ${name}, and found ${args.length}`,
      );
    }
    return { op: 'call', name, args };
  }

  function listed<T>(end: ')' | ']', item: () => T): T[] {
    const items: T[] = [];
    if (accept(end)) return items;
    for (;;) {
      items.push(item());
      if (accept(end)) return items;
      if (!accept(',')) throw expected(`"," or "${end}"`);
    }
  }

  function literal(what: string): Literal {
    const token = peek();
    if (isKeyword('true', 'false', 'null')) {
      position++;
      return isWord(token, 'null') ? null : isWord(token, 'true');
    }
    if (token.kind === 'string' || token.kind === 'number') {
      position++;
      return token.value;
    }
    if (accept('[')) return deeper(() => listed(']', () => literal('a text, a number, true, false, null or a list')));
    throw expected(what);
  }

  const tree = either();
  if (peek().kind !== 'end') throw expected('"and", "or" or the end');
  return tree;
}

function isWord(token: Token, word: string): boolean {
  return token.kind === 'word' && token.value === word;
}
