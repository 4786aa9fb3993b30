/** What stands before a comparison: trait('…'), or event('…') with its filters and the reducer that makes it one value. */
import type { Condition, Extractor, Filter, Path, Reducer, Reduction, Scalar } from './ast.ts';
import type { Reader } from './reader.ts';

/** Where in the query a chain stands. */
export interface Context {
  /** ANY and ALL may stand here. */
  readonly accounts: boolean;
  readonly linked: boolean;
  /** What where() looks at; null outside. */
  readonly item: 'event' | 'entity' | null;
  /** The one around that. */
  readonly outer: 'event' | 'entity' | null;
  /** How many event() are around. */
  readonly depth: number;
}

/** What the whole text names; chains add to it. */
export interface Seen {
  primaries: number;
  depth: number;
  readonly traits: Set<string>;
  readonly events: Set<string>;
  readonly entities: Set<string>;
}

const FILTERS = ['where', 'sources', 'within', 'between', 'expires_after'] as const;
const REDUCERS = ['count', 'sum', 'avg', 'max', 'min', 'mode', 'first', 'last', 'unique'] as const;
const calls = (names: readonly string[]) => names.map((name) => `.${name}(…)`);
/** Documented (contract §1.9). */
const MAX_PRIMARIES = 50;
/** event() within event() within event(): the work grows with a power of a person's events. */
const MAX_EVENT_DEPTH = 3;
const MAX_FILTERS = 20;

export function createChains(reader: Reader, parts: { seen: Seen; condition: (context: Context) => Condition }) {
  const { seen } = parts;

  function primary(start: number): void {
    if (++seen.primaries > MAX_PRIMARIES) {
      reader.fail(start, `a definition has at most ${MAX_PRIMARIES} of trait, event, entity, property and context`);
    }
  }

  /** @param list unique() may end the chain: a computed trait can be a list. */
  function chain(context: Context, list: boolean): Scalar {
    const token = reader.peek();
    if (token.kind === 'value' || reader.isWord('literal')) {
      return reader.fail(token.start, 'a value alone stands only on the right of a comparison', starts(context));
    }
    if (token.kind !== 'word' || !reader.isSign('(', 1)) return reader.unexpected(starts(context));
    if (token.text === 'event' || token.text === 'entity') return reduction(context, list);
    return extractor(context, starts(context), true);
  }

  function extractor(context: Context, expected: readonly string[], counts: boolean): Extractor {
    const token = reader.peek();
    const { start, text } = token;
    const known = token.kind === 'word' && ['trait', 'property', 'context'].includes(text);
    if (!known || !expected.includes(`${text}(…)`)) {
      if (known && text !== 'trait') {
        const where =
          text === 'context' && context.item === 'entity'
            ? 'an entity has no context'
            : `${text}(…) stands within where(…) or a reducer`;
        return reader.fail(start, where, expected);
      }
      return reader.unexpected(expected);
    }
    reader.next();
    if (counts) primary(start);
    const { path, parent } = reader.inParentheses(() => key(context, text === 'property'));
    const span = { start, end: reader.end() };
    if (text === 'property') return { kind: 'property', path, parent, span };
    if (text === 'context') return { kind: 'context', path, span };
    seen.traits.add(path[0] ?? '');
    return { kind: 'trait', path, span };
  }

  function key(context: Context, mayBeParents: boolean): { path: Path; parent: boolean } {
    const parent = mayBeParents && reader.isWord('parent');
    if (parent) {
      if (context.outer !== 'event') {
        reader.fail(
          reader.peek().start,
          'parent is the event around: only for an event(…) within where(…) of another one',
        );
      }
      reader.next();
      reader.sign(':');
    }
    return { path: reader.path(), parent };
  }

  function reduction(context: Context, list: boolean): Reduction {
    const { start, text } = reader.next();
    const kind = text === 'event' ? 'event' : 'entity';
    if (kind === 'entity' && !context.linked) reader.fail(start, 'entity(…) is for LINKED audiences only');
    primary(start);
    const depth = context.depth + (kind === 'event' ? 1 : 0);
    if (depth > MAX_EVENT_DEPTH) reader.fail(start, `at most ${MAX_EVENT_DEPTH} event(…) within one another`);
    seen.depth = Math.max(seen.depth, depth);
    const name = reader.inParentheses(() => reader.string());
    (kind === 'event' ? seen.events : seen.entities).add(name);
    const inner: Context = { ...context, accounts: false, item: kind, outer: context.item, depth };
    const filters: Filter[] = [];
    for (;;) {
      if (!reader.isSign('.')) return reader.unexpected([...calls(FILTERS), ...calls(REDUCERS)]);
      const call = reader.peek(1);
      if (!isOneOf(FILTERS, call.text)) break;
      reader.next();
      if (filters.length === MAX_FILTERS) reader.fail(call.start, `at most ${MAX_FILTERS} filters in a row`);
      filters.push(filter(inner));
    }
    reader.next();
    const by = reducer(inner, list);
    return { kind: 'reduce', source: { kind, name }, filters, by, span: { start, end: reader.end() } };
  }

  function filter(inner: Context): Filter {
    const { text } = reader.next();
    return reader.inParentheses((): Filter => {
      switch (text) {
        case 'where':
          return { kind: 'where', condition: parts.condition(inner) };
        case 'sources': {
          if (!reader.isWord('exclude')) return reader.unexpected(['exclude:']);
          reader.next();
          reader.sign(':');
          return { kind: 'sources', exclude: reader.list(reader.string) };
        }
        case 'within': {
          const parent = reader.isWord('parent');
          if (parent) {
            if (inner.outer !== 'event') {
              reader.fail(
                reader.peek().start,
                'parent is the event around: only for an event(…) within where(…) of another one',
              );
            }
            reader.next();
            reader.sign(':');
          }
          return { kind: 'within', parent, span: reader.duration(['hour', 'day']) };
        }
        case 'between': {
          const from = reader.duration(['hour', 'day']);
          reader.sign(',');
          return { kind: 'between', from, to: reader.duration(['hour', 'day']) };
        }
        default:
          return { kind: 'expires_after', span: reader.duration(['second', 'hour', 'day']) };
      }
    });
  }

  function reducer(inner: Context, list: boolean): Reducer {
    const { kind, text } = reader.peek();
    if (kind !== 'word' || !isOneOf(REDUCERS, text)) return reader.unexpected([...calls(FILTERS), ...calls(REDUCERS)]);
    reader.next();
    if (text === 'count') {
      reader.sign('(');
      reader.sign(')');
      return { fn: 'count' };
    }
    const made = reader.inParentheses((): Reducer => {
      const of = extractor(inner, inner.item === 'event' ? ['property(…)', 'context(…)'] : ['property(…)'], false);
      if (of.kind === 'property' && of.parent) return reader.fail(of.span.start, 'a reducer looks at its own events');
      if (text === 'max' || text === 'min') return { fn: text, of, as: castOf(['number', 'string'], 'number') };
      if (text === 'unique') return { fn: text, of, count: false };
      if (text !== 'mode') return { fn: text, of };
      const as = castOf(['number', 'string', 'array'], 'string');
      reader.sign(',');
      return { fn: text, of, as, least: reader.wholeNumber(1_000_000) };
    });
    if (made.fn !== 'unique') return made;
    if (reader.isSign('.') && reader.isWord('count', 1)) {
      reader.next();
      reader.next();
      reader.sign('(');
      reader.sign(')');
      return { ...made, count: true };
    }
    return list ? made : reader.unexpected(['.count()']);
  }

  function castOf<T extends string>(allowed: readonly T[], usual: T): T {
    if (!reader.isWord('as')) return usual;
    reader.next();
    const found = allowed.find((name) => reader.isWord(name));
    if (found === undefined) return reader.unexpected(allowed);
    reader.next();
    return found;
  }

  return {
    scalar: (context: Context) => chain(context, false),
    traitValue: (context: Context) => chain(context, true),
  };
}

/** What a chain may begin with. */
function starts({ linked, item }: Context): string[] {
  return [
    'trait(…)',
    'event(…)',
    ...(linked ? ['entity(…)'] : []),
    ...(item ? ['property(…)'] : []),
    ...(item === 'event' ? ['context(…)'] : []),
  ];
}

function isOneOf<T extends string>(names: readonly T[], text: string): text is T {
  return (names as readonly string[]).includes(text);
}
