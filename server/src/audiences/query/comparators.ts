/** The comparison at the end of a chain: `.equals(…)` and the others, and the signs that stand for them. */
import type { Comparator, Comparison, Literal, Ordering, Scalar } from './ast.ts';
import type { Context } from './chains.ts';
import type { Reader } from './reader.ts';
import { timeOf } from './time.ts';

const SIGNS: Readonly<Record<string, Ordering>> = {
  '=': 'equals',
  '==': 'equals',
  '!=': 'differs',
  '>': 'greater_than',
  '>=': 'at_least',
  '<': 'less_than',
  '<=': 'at_most',
};
export const SIGN_OF: Readonly<Record<Ordering, string>> = {
  equals: '=',
  differs: '!=',
  greater_than: '>',
  at_least: '>=',
  less_than: '<',
  at_most: '<=',
};
const CALLS = [
  ...['equals', 'differs', 'greater_than', 'at_least', 'less_than', 'at_most', 'absent', 'exists', 'contains'],
  ...['omits', 'starts_with', 'ends_with', 'one_of', 'none_of', 'before_date', 'after_date'],
  ...['within_last', 'within_next', 'before_last', 'after_next'],
];

export function createComparators(reader: Reader, parts: { scalar: (context: Context) => Scalar }) {
  function isNext(): boolean {
    const token = reader.peek();
    return token.kind === 'sign' && (Object.hasOwn(SIGNS, token.text) || token.text === '.');
  }

  function comparison(context: Context): Comparison {
    const left = parts.scalar(context);
    const by = comparator(context);
    if (reader.isSign('.')) reader.fail(reader.peek().start, 'nothing follows a comparison but AND, OR and the end');
    return { kind: 'compare', left, by, span: { start: left.span.start, end: reader.end() } };
  }

  function comparator(context: Context): Comparator {
    const token = reader.peek();
    const sign = token.kind === 'sign' && Object.hasOwn(SIGNS, token.text) ? SIGNS[token.text] : undefined;
    if (sign) {
      reader.next();
      return { op: sign, to: argument(context, sign) };
    }
    const call = reader.peek(1);
    if (!reader.isSign('.') || call.kind !== 'word' || !CALLS.includes(call.text)) {
      if (reader.isSign('.')) {
        return reader.fail(
          call.start,
          `expected a comparison, found ${call.text.slice(0, 40) || 'the end of the query'}`,
          CALLS,
        );
      }
      return reader.fail(token.start, 'expected a comparison, such as = or .exists()', [
        ...Object.keys(SIGNS),
        ...CALLS.map((name) => `.${name}(…)`),
      ]);
    }
    reader.next();
    reader.next();
    const { text } = call;
    if (text === 'absent' || text === 'exists') {
      reader.sign('(');
      reader.sign(')');
      return { op: text };
    }
    return reader.inParentheses(() => called(text, context));
  }

  function called(text: string, context: Context): Comparator {
    switch (text) {
      case 'contains':
      case 'one_of':
      case 'none_of':
        return { op: text, values: reader.list(() => reader.literal()) };
      case 'omits':
      case 'starts_with':
      case 'ends_with':
        return { op: text, text: textOf(reader.literal(["'text'"])) };
      case 'before_date':
      case 'after_date': {
        const { start } = reader.peek();
        const written = reader.literal(['timestamp', "'text'"]);
        const time = 'time' in written ? written.time : written.type === 'string' ? timeOf(written.value) : null;
        if (!time) return reader.fail(start, 'this is no date', ['2026-01-31T10:00:00Z', "'2026-01-31T10:00:00Z'"]);
        return { op: text, time, written };
      }
      case 'within_last':
      case 'within_next':
      case 'before_last':
      case 'after_next':
        return { op: text, span: reader.duration(['hour', 'day']) };
      default:
        return { op: text as Ordering, to: argument(context, text as Ordering) };
    }
  }

  function argument(context: Context, op: Ordering): Scalar | Literal {
    const { start } = reader.peek();
    if (reader.peek().kind !== 'value' && !reader.isWord('literal')) return parts.scalar(context);
    const value = reader.literal();
    if (value.type === 'boolean' && op !== 'equals' && op !== 'differs') {
      return reader.fail(start, 'true and false are neither greater nor less', ['number', "'text'", 'date']);
    }
    return value;
  }

  return { comparison, isNext };
}

function textOf(value: Literal): string {
  return String(value.value);
}
