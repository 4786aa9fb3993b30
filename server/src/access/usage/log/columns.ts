/**
 * Requests by column: the form in which they are written and read. A request is some numbers at one index, its texts are
 * indexes into dictionaries.
 */
import type { Meter } from '../../meter.ts';

/** Requests in one set. */
export const CAPACITY = 4_096;

/** Texts by number, in the order of their first use. */
export interface Dictionary {
  readonly values: string[];
  readonly index: Map<string, number>;
  last: string;
  lastIndex: number;
  length: number;
}

/** Columns of 32 bits, in the order in which they are stored and append() of intake.ts has them. `at` is apart: milliseconds since 1970. */
export const NUMBERS = [
  'subject',
  'route',
  'status',
  'rows',
  'bytes',
  /** Tenths of a millisecond. */
  'duration',
  'ip',
  'agent',
  /** 0 live, 1 test. */
  'environment',
  /** The number within its process; with `process` the id of the request. */
  'number',
  'process',
  // 0: none; else an index into the dictionary, plus one.
  'code',
  'shadow',
  'entity',
  'idempotency',
] as const;

export const TEXTS = [
  'subjects',
  'routes',
  'ips',
  'agents',
  'processes',
  'codes',
  'shadows',
  'entities',
  'idempotencies',
] as const;

export type NumberColumn = (typeof NUMBERS)[number];
export type TextColumn = (typeof TEXTS)[number];

export type Columns = {
  count: number;
  /** Who the subjects are, in a set that was recorded here; empty in one that was read or copied. */
  readonly callers: Meter[];
  /** Of all its requests; null: of several, or none yet. */
  workspaceId: string | null;
  readonly at: Float64Array;
} & Readonly<Record<NumberColumn, Uint32Array>> &
  Readonly<Record<TextColumn, Dictionary>>;

export function createColumns(capacity: number = CAPACITY, workspaceId: string | null = null): Columns {
  const numbers = Object.fromEntries(NUMBERS.map((name) => [name, new Uint32Array(capacity)]));
  const texts = Object.fromEntries(TEXTS.map((name) => [name, createDictionary()]));
  return {
    count: 0,
    callers: [],
    workspaceId,
    at: new Float64Array(capacity),
    ...numbers,
    ...texts,
  } as unknown as Columns;
}

export function createDictionary(values: string[] = []): Dictionary {
  return { values, index: new Map(values.map((value, n) => [value, n])), last: '', lastIndex: -1, length: 0 };
}

export function numberOf(dictionary: Dictionary, value: string): number {
  // Requests come in runs of one caller.
  if (value === dictionary.last && dictionary.lastIndex >= 0) return dictionary.lastIndex;
  let index = dictionary.index.get(value);
  if (index === undefined) {
    index = dictionary.values.length;
    dictionary.values.push(value);
    dictionary.index.set(value, index);
    dictionary.length += value.length;
  }
  dictionary.last = value;
  dictionary.lastIndex = index;
  return index;
}

const PAIRS: readonly (readonly [NumberColumn, TextColumn, 0 | 1])[] = [
  ['subject', 'subjects', 0],
  ['route', 'routes', 0],
  ['ip', 'ips', 0],
  ['agent', 'agents', 0],
  ['process', 'processes', 0],
  ['code', 'codes', 1],
  ['shadow', 'shadows', 1],
  ['entity', 'entities', 1],
  ['idempotency', 'idempotencies', 1],
];
const PLAIN = ['status', 'rows', 'bytes', 'duration', 'environment', 'number'] as const;

/** Copies a request to another set, which has dictionaries of its own. */
export function copyOne(from: Columns, i: number, to: Columns): void {
  const at = to.count++;
  to.at[at] = from.at[i] ?? 0;
  for (const name of PLAIN) to[name][at] = from[name][i] ?? 0;
  for (const [name, text, shift] of PAIRS) {
    const old = (from[name][i] ?? 0) - shift;
    to[name][at] = old < 0 ? 0 : numberOf(to[text], from[text].values[old] ?? '') + shift;
  }
}

export interface UsageRoute {
  readonly method: string;
  /** The pattern, with its prefix: `/api/v1/sources/:id`. */
  readonly path: string;
  readonly operation: string | null;
  readonly scope: string;
  /** The call makes messages leave. */
  readonly sends: boolean;
}

export function routeText(route: UsageRoute): string {
  return [route.method, route.path, route.operation ?? '-', route.scope, route.sends ? 'sends' : '-'].join(' ');
}

export function readRoute(text: string): UsageRoute {
  const [method = '', path = '', operation = '-', scope = '', sends] = text.split(' ');
  return { method, path, operation: operation === '-' ? null : operation, scope, sends: sends === 'sends' };
}

/** A caller as the log names him. */
export interface Subject {
  /** `key:<number>`, `user:<uuid>`, `oauth:<client>` */
  readonly principal: string;
  /** Of a key: the first of its rotations; else `-`. */
  readonly lineage: string;
}

export function subjectText({ principal, lineage }: Subject): string {
  return `${principal} ${lineage}`;
}

export function readSubject(text: string): Subject {
  const [principal = '', lineage = '-'] = text.split(' ');
  return { principal, lineage };
}

/** The principal of a subject's text: to read all of it takes longer, and a set may have 4,096. */
export function principalOf(subject: string): string {
  return subject.slice(0, subject.indexOf(' '));
}

/** The text of an optional column. */
export function textAt(columns: Columns, name: NumberColumn, text: TextColumn, i: number): string | null {
  return columns[text].values[(columns[name][i] ?? 0) - 1] ?? null;
}
