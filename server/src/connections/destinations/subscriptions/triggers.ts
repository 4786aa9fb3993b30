/**
 * Triggers of subscriptions: which events an action is for. The subset of FQL that Segment's own parser of triggers
 * understands (contract segment-public-api §4.7), read here because that parser takes half a statement for a whole one and
 * says of none where it is wrong; events are judged by Segment's evaluator.
 */
import { validate } from '@segment/destination-subscriptions';

type Ast = Parameters<typeof validate>[0];
type Condition = Extract<Ast, { type: 'group' }>['children'][number];
type Operator = Extract<Condition, { type: 'event' }>['operator'];

export interface Trigger {
  matches(event: object): boolean;
}

export class TriggerError extends Error {
  /** 1 is the first of each. */
  readonly line: number;
  readonly column: number;

  constructor(message: string, text: string, at: number) {
    const lines = text.slice(0, at).split('\n');
    const line = lines.length;
    const column = (lines.at(-1)?.length ?? 0) + 1;
    super(`line ${line}, character ${column}: ${message}`);
    this.line = line;
    this.column = column;
  }
}

export const MAX_TRIGGER = 10_000;
const MAX_DEPTH = 50;

/** @throws TriggerError */
export function parseTrigger(text: string): Trigger {
  const tokens = tokensOf(text);
  let next = 0;

  const peek = (): Token => tokens[next] ?? { kind: 'end', text: '', at: text.length };

  function take(): Token {
    const token = peek();
    next++;
    return token;
  }

  function fail(message: string, token: Token): never {
    const found = token.kind === 'end' ? 'the statement ends' : `there is ${JSON.stringify(token.text)}`;
    throw new TriggerError(`${message}, but ${found}`, text, token.at);
  }

  function expect(symbol: string, after: string): void {
    const token = take();
    if (token.kind !== 'symbol' || token.text !== symbol) fail(`"${symbol}" must follow ${after}`, token);
  }

  function isWord(token: Token, word: string): boolean {
    return token.kind === 'word' && token.text.toLowerCase() === word;
  }

  function list(operator: 'or' | 'and', depth: number): Condition {
    const children = [operator === 'or' ? list('and', depth) : one(depth)];
    while (isWord(peek(), operator)) {
      take();
      children.push(operator === 'or' ? list('and', depth) : one(depth));
    }
    const [only] = children;
    return only && children.length === 1 ? only : { type: 'group', operator, children };
  }

  function one(depth: number): Condition {
    const token = take();
    if (token.kind === 'symbol' && token.text === '(') {
      if (depth === MAX_DEPTH)
        throw new TriggerError(`parentheses nest deeper than ${MAX_DEPTH} levels`, text, token.at);
      const inner = list('or', depth + 1);
      expect(')', 'the condition');
      return inner;
    }
    if (token.kind === 'symbol' && token.text === '!') return call(take(), true);
    if (token.kind === 'word' && ['contains', 'match'].includes(token.text) && peek().text === '(') {
      return call(token, false);
    }
    return comparison(token);
  }

  function call(name: Token, negated: boolean): Condition {
    if (name.kind !== 'word' || !['contains', 'match'].includes(name.text)) {
      fail('"!" stands before contains(…) or match(…)', name);
    }
    expect('(', name.text);
    const place = placeOf(take());
    expect(',', 'the field');
    const value = take();
    if (value.kind !== 'string') fail(`the second argument of ${name.text} must be a text in quotes`, value);
    expect(')', 'the arguments');
    const { operator, text: wanted } =
      name.text === 'match' ? pattern(value) : { operator: 'contains', text: value.text };
    const turned = operator === '=' ? (negated ? '!=' : '=') : `${negated ? 'not_' : ''}${operator}`;
    return { ...place, operator: turned as Operator, value: wanted } as Condition;
  }

  /** `Cart*`, `*ed`, `*art*` or no asterisk at all. */
  function pattern(value: Token): { operator: string; text: string } {
    const inner = value.text.replace(/^\*|\*$/g, '');
    if (inner.includes('*') || inner.includes('?')) {
      throw new TriggerError('a pattern has its * at the beginning or at the end', text, value.at);
    }
    if (value.text === inner) return { operator: '=', text: inner };
    if (value.text === `*${inner}*`) return { operator: 'contains', text: inner };
    return { operator: value.text.startsWith('*') ? 'ends_with' : 'starts_with', text: inner };
  }

  function comparison(field: Token): Condition {
    const place = placeOf(field);
    const sign = take();
    if (sign.kind !== 'operator') fail('a comparison such as = or != must follow the field', sign);
    const operator = sign.text === '==' ? '=' : sign.text;
    const value = take();
    if (!['string', 'number', 'word'].includes(value.kind)) fail('a value must follow the comparison', value);
    if (operator !== '=' && operator !== '!=') {
      if (value.kind !== 'number') fail(`${operator} compares with a number`, value);
      return { ...place, operator, value: Number(value.text) } as Condition;
    }
    const plain = ['event-type', 'event', 'name', 'userId'].includes(place.type);
    if (value.kind === 'number' && !plain) {
      const numeric = operator === '=' ? 'number_equals' : 'number_not_equals';
      return { ...place, operator: numeric, value: Number(value.text) } as Condition;
    }
    if (value.kind === 'word' && value.text === 'null') {
      return { ...place, operator: operator === '=' ? 'not_exists' : 'exists' } as Condition;
    }
    if (value.kind === 'word' && operator === '=' && (value.text === 'true' || value.text === 'false')) {
      return { ...place, operator: `is_${value.text}` } as Condition;
    }
    return { ...place, operator, value: value.text } as Condition;
  }

  function placeOf(token: Token): { type: string; name?: string } {
    if (token.kind !== 'word') fail('a condition begins with a field or an opening parenthesis', token);
    const simple = SIMPLE[token.text];
    if (simple && Object.hasOwn(SIMPLE, token.text)) return { type: simple };
    const dot = token.text.indexOf('.');
    const group = token.text.slice(0, Math.max(dot, 0));
    const type = Object.hasOwn(GROUPS, group) ? GROUPS[group] : undefined;
    if (!type) fail(`a field is one of ${FIELDS}`, token);
    return { type, name: token.text.slice(dot + 1) };
  }

  const condition = list('or', 0);
  const rest = peek();
  if (rest.kind !== 'end') fail('"and", "or" or the end must follow a condition', rest);
  const ast: Ast = condition.type === 'group' ? condition : { type: 'group', operator: 'and', children: [condition] };
  return { matches: (event) => validate(ast, event) };
}

const SIMPLE: Readonly<Record<string, string>> = { type: 'event-type', event: 'event', name: 'name', userId: 'userId' };
const GROUPS: Readonly<Record<string, string>> = {
  properties: 'event-property',
  traits: 'event-trait',
  context: 'event-context',
};
const FIELDS = 'type, event, name, userId, properties.…, traits.… and context.…';

interface Token {
  readonly kind: 'word' | 'string' | 'number' | 'operator' | 'symbol' | 'end';
  /** Without quotes. */
  readonly text: string;
  readonly at: number;
}

const LEXEMES =
  /(?<space>\s+)|(?<string>"[^"]*"|'[^']*')|(?<number>[-+]?\d+(?:\.\d+)?(?![\w.]))|(?<word>[A-Za-z_](?:[\w-]|\\.|\.(?=[A-Za-z_\\]))*)|(?<operator>[=!<>]=|[=<>])|(?<symbol>[()!,])/y;

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    LEXEMES.lastIndex = at;
    const groups = LEXEMES.exec(text)?.groups;
    const found = Object.entries(groups ?? {}).find(([, value]) => value !== undefined);
    if (!found) {
      const what = /["']/.test(text.charAt(at)) ? 'the text in quotes does not end' : `${text.charAt(at)} is not FQL`;
      throw new TriggerError(what, text, at);
    }
    const [kind, lexeme] = found;
    if (kind === 'string') tokens.push({ kind, text: lexeme?.slice(1, -1) ?? '', at });
    else if (kind === 'word') tokens.push({ kind, text: lexeme?.replace(/\\(.)/g, '$1') ?? '', at });
    else if (kind !== 'space') tokens.push({ kind: kind as Token['kind'], text: lexeme ?? '', at });
    at += lexeme?.length ?? 1;
  }
  return tokens;
}
