/**
 * Segment's filter query language: which events a filter or a transformation is about (contract segment-public-api §4).
 * A statement is compiled once into closures; asking it of an event never throws, missing and ill-typed fields are false.
 * What its functions read of one event is counted, so that none takes more than a bounded time: past it they give null.
 */
import { FUNCTIONS } from './functions.ts';
import { type Comparison, type Literal, type Node, parse } from './parse.ts';
import { type FqlProblem, problemOf } from './problem.ts';

export type Event = Readonly<Record<string, unknown>>;
export type Predicate = (event: Event) => boolean;
export type Expression = (event: Event) => unknown;

export type Compiled<T> =
  | { readonly run: T; readonly problem?: never }
  | { readonly problem: FqlProblem; readonly run?: never };

/** A whole condition. The literal `all` is true for every event. */
export function compileCondition(text: string): Compiled<Predicate> {
  if (text.trim() === 'all') return { run: () => true };
  return compiled(text, truth);
}

/** What a statement gives as a value: of a comparison true or false, of a path what stands there. */
export function compileValue(text: string): Compiled<Expression> {
  return compiled(text, value);
}

/** What functions may still read of the event that is asked about. Sixty of the longest texts; some tens of milliseconds. */
let room = 0;
const MAX_ROOM = 2_000_000;

function compiled<T>(text: string, build: (node: Node) => (event: Event) => T): Compiled<(event: Event) => T> {
  try {
    const run = build(parse(text));
    return {
      run: (event) => {
        room = MAX_ROOM;
        return run(event);
      },
    };
  } catch (error) {
    const problem = problemOf(error, text);
    if (!problem) throw error;
    return { problem };
  }
}

/** True only for what is exactly true. */
function truth(node: Node): Predicate {
  switch (node.op) {
    case 'and': {
      const all = node.all.map(truth);
      return (event) => all.every((one) => one(event));
    }
    case 'or': {
      const all = node.all.map(truth);
      return (event) => all.some((one) => one(event));
    }
    case 'not': {
      const inner = truth(node.of);
      return (event) => !inner(event);
    }
    case 'compare': {
      const [left, right] = [value(node.left), value(node.right)];
      const test = COMPARE[node.by];
      return (event) => test(left(event), right(event));
    }
    default: {
      const inner = value(node);
      return (event) => inner(event) === true;
    }
  }
}

function value(node: Node): Expression {
  switch (node.op) {
    case 'literal': {
      const constant: Literal = node.value;
      return () => constant;
    }
    case 'path':
      return valueAt(node.segments);
    case 'call': {
      const [first = () => null, second = () => null] = node.args.map(value);
      const run = FUNCTIONS.get(node.name)?.run ?? (() => null);
      return (event) => {
        const [a, b] = [first(event), second(event)];
        room -= costOf(a, b);
        return room < 0 ? null : run(a, b);
      };
    }
    default:
      return truth(node);
  }
}

/** A pattern of `match` may be looked for at each character. A list is written as text. */
function costOf(value: unknown, pattern: unknown): number {
  if (typeof value === 'string') return value.length * (typeof pattern === 'string' ? 1 + pattern.length / 4 : 1);
  return Array.isArray(value) ? 1_000 + value.length * 10 : 1;
}

/** Own fields of objects only: neither a list's places nor what every object inherits. Missing is null. */
export function valueAt(segments: readonly string[]): Expression {
  return (event) => {
    let found: unknown = event;
    for (const segment of segments) {
      if (typeof found !== 'object' || found === null || Array.isArray(found) || !Object.hasOwn(found, segment)) {
        return null;
      }
      found = (found as Record<string, unknown>)[segment];
    }
    return found ?? null;
  };
}

const number = (test: (a: number, b: number) => boolean) => (a: unknown, b: unknown) =>
  typeof a === 'number' && typeof b === 'number' && test(a, b);

const COMPARE: Readonly<Record<Comparison, (a: unknown, b: unknown) => boolean>> = {
  '=': same,
  '!=': (a, b) => !same(a, b),
  '>': number((a, b) => a > b),
  '>=': number((a, b) => a >= b),
  '<': number((a, b) => a < b),
  '<=': number((a, b) => a <= b),
  in: (item, list) => Array.isArray(list) && !isObject(item) && list.some((one) => one === item),
};

/** Same type and equal; lists element by element. Objects are no values of the language: they equal nothing. */
function same(a: unknown, b: unknown): boolean {
  if (!isObject(a) || !isObject(b)) return a === b;
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  return a.every((one, index) => same(one, b[index]));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
