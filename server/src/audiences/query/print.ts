/** A tree as text again: one way of writing for every query. Parsing it gives the same tree. */
import type { Comparator, Condition, Duration, Extractor, Filter, Literal, Path, Reducer, Scalar } from './ast.ts';
import { SIGN_OF } from './comparators.ts';

export function printCondition(condition: Condition): string {
  return written(condition, 0);
}

/** @param around how tightly what stands around binds: 0 OR, 1 AND, 2 NOT. */
function written(condition: Condition, around: number): string {
  switch (condition.kind) {
    case 'or':
    case 'and': {
      const own = condition.kind === 'or' ? 0 : 1;
      const word = condition.kind === 'or' ? ' OR ' : ' AND ';
      // A junction of the same kind within one would join it: it keeps its parentheses.
      const text = condition.parts.map((part) => written(part, own + 1)).join(word);
      return own < around ? `(${text})` : text;
    }
    case 'not':
    case 'any':
    case 'all':
      return `${condition.kind.toUpperCase()} ${written(condition.of, 2)}`;
    case 'compare':
      return printScalar(condition.left) + printComparator(condition.by);
  }
}

export function printScalar(scalar: Scalar): string {
  if (scalar.kind !== 'reduce') return printExtractor(scalar);
  const { source, filters, by } = scalar;
  return `${source.kind}(${quoted(source.name)})${filters.map(printFilter).join('')}${printReducer(by)}`;
}

function printExtractor(extractor: Extractor): string {
  const parent = extractor.kind === 'property' && extractor.parent ? 'parent: ' : '';
  return `${extractor.kind}(${parent}${quoted(printPath(extractor.path))})`;
}

function printPath(path: Path): string {
  return path.map((step) => step.replaceAll('.', '\\.')).join('.');
}

function printFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'where':
      return `.where(${printCondition(filter.condition)})`;
    case 'sources':
      return `.sources({exclude: ${filter.exclude.map(quoted).join(', ')}})`;
    case 'within':
      return `.within(${filter.parent ? 'parent: ' : ''}${printDuration(filter.span)})`;
    case 'between':
      return `.between(${printDuration(filter.from)}, ${printDuration(filter.to)})`;
    case 'expires_after':
      return `.expires_after(${printDuration(filter.span)})`;
  }
}

function printReducer(by: Reducer): string {
  if (by.fn === 'count') return '.count()';
  const of = printExtractor(by.of);
  switch (by.fn) {
    case 'unique':
      return `.unique(${of})${by.count ? '.count()' : ''}`;
    case 'max':
    case 'min':
      return `.${by.fn}(${of}${by.as === 'string' ? ' as string' : ''})`;
    case 'mode':
      return `.mode(${of}${by.as === 'string' ? '' : ` as ${by.as}`}, ${by.least})`;
    default:
      return `.${by.fn}(${of})`;
  }
}

function printComparator(by: Comparator): string {
  switch (by.op) {
    case 'absent':
    case 'exists':
      return `.${by.op}()`;
    case 'contains':
    case 'one_of':
    case 'none_of':
      return `.${by.op}(${by.values.map(printLiteral).join(', ')})`;
    case 'omits':
    case 'starts_with':
    case 'ends_with':
      return `.${by.op}(${quoted(by.text)})`;
    case 'before_date':
    case 'after_date':
      return `.${by.op}(${printLiteral(by.written)})`;
    case 'within_last':
    case 'within_next':
    case 'before_last':
    case 'after_next':
      return `.${by.op}(${printDuration(by.span)})`;
    default:
      return ` ${SIGN_OF[by.op]} ${'kind' in by.to ? printScalar(by.to) : printLiteral(by.to)}`;
  }
}

function printDuration({ amount, unit }: Duration): string {
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`;
}

function printLiteral(value: Literal): string {
  if (value.type === 'string') return quoted(value.value);
  return value.type === 'number' ? value.text : String(value.value);
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
