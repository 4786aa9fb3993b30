/**
 * Requests by column: the form they have in memory before they are written and after they are read. A request is some
 * numbers at one index, its texts are indexes into dictionaries; nothing is made for it that outlives the call.
 */

import type { Meter } from '../../meter.ts';

/** Requests in one set. Its memory is taken once: 280 KB, plus the texts. */
export const CAPACITY = 4_096;
/** A caller chooses the lengths of some texts, so their sum is bounded too. */
const MAX_TEXT = 1_000_000;

/** Texts by number, in the order of their first use. */
export interface Dictionary {
  readonly values: string[];
  readonly index: Map<string, number>;
  last: string;
  lastIndex: number;
  length: number;
}

/** Columns of 32 bits, in the order in which they are stored. `at` is apart: milliseconds since 1970. */
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
  /** Changes when the set is emptied; see Meter. */
  serial: number;
  /** Who the subjects are, while the set is filled; empty in one that was read or copied. */
  readonly callers: Meter[];
  /** Of all its requests; null: of several, or none yet. */
  workspaceId: string | null;
  readonly at: Float64Array;
} & Readonly<Record<NumberColumn, Uint32Array>> &
  Readonly<Record<TextColumn, Dictionary>>;

/** One request, for the moment of recording it. */
export interface UsageRecord {
  /** Milliseconds since 1970, when it was answered. */
  readonly at: number;
  readonly caller: Meter;
  /** routeText() of it. */
  readonly route: string;
  readonly status: number;
  readonly rows: number;
  readonly bytes: number;
  readonly ms: number;
  readonly ip: string;
  readonly agent: string;
  readonly test: boolean;
  /** `<process>-<number>`. */
  readonly requestId: string;
  readonly code: string | null;
  readonly shadow: string | null;
  readonly entity: string | null;
  readonly idempotency: string | null;
}

let serials = 0;
const DASH = 45;
const ZERO = 48;

export function createColumns(capacity: number = CAPACITY, workspaceId: string | null = null): Columns {
  const numbers = Object.fromEntries(NUMBERS.map((name) => [name, new Uint32Array(capacity)]));
  const texts = Object.fromEntries(TEXTS.map((name) => [name, createDictionary()]));
  return {
    count: 0,
    serial: ++serials,
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

/** For the next requests, with the memory it has. */
export function clearColumns(columns: Columns): void {
  columns.count = 0;
  columns.serial = ++serials;
  columns.callers.length = 0;
  columns.workspaceId = null;
  for (const name of TEXTS) {
    const dictionary = columns[name];
    dictionary.values.length = 0;
    dictionary.index.clear();
    dictionary.last = '';
    dictionary.lastIndex = -1;
    dictionary.length = 0;
  }
}

export function isFull(columns: Columns): boolean {
  return (
    columns.count === columns.at.length ||
    columns.agents.length + columns.entities.length + columns.idempotencies.length > MAX_TEXT
  );
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

/** `callers[n]` is always whom `subjects.values[n]` names. */
function placeOf(columns: Columns, caller: Meter): number {
  if (caller.set === columns.serial) return caller.place;
  if (caller.subject === '') caller.subject = subjectText({ principal: `key:${caller.keyId}`, lineage: caller.quota });
  const { subjects, callers } = columns;
  if (callers.length === 0) columns.workspaceId = caller.workspaceId;
  else if (columns.workspaceId !== caller.workspaceId) columns.workspaceId = null;
  const place = (caller.lasting ? undefined : samePlace(subjects, caller)) ?? callers.length;
  if (place === callers.length) {
    callers.push(caller);
    subjects.values.push(caller.subject);
  }
  caller.set = columns.serial;
  caller.place = place;
  return place;
}

/** Who does not last is known by his name, so that one caller does not fill the set with it; undefined: he is new in it. */
function samePlace({ index, values }: Dictionary, { workspaceId, subject }: Meter): number | undefined {
  const name = `${workspaceId} ${subject}`;
  const place = index.get(name);
  if (place === undefined) index.set(name, values.length);
  return place;
}

/** `<process>-<number>`: the part before the dash, which is nearly always the same. */
function processOf(dictionary: Dictionary, requestId: string, dash: number): number {
  const { last, lastIndex } = dictionary;
  if (lastIndex >= 0 && dash === last.length && requestId.startsWith(last)) return lastIndex;
  return numberOf(dictionary, requestId.slice(0, dash));
}

function optional(dictionary: Dictionary, value: string | null): number {
  return value === null ? 0 : numberOf(dictionary, value) + 1;
}

/** Ask isFull() first. */
export function append(columns: Columns, record: UsageRecord): void {
  const i = columns.count++;
  const { requestId } = record;
  // Read from its end, digit by digit: a copy of the digits takes longer.
  let dash = requestId.length - 1;
  let number = 0;
  for (let scale = 1; dash > 0 && requestId.charCodeAt(dash) !== DASH; dash--, scale *= 10) {
    number += (requestId.charCodeAt(dash) - ZERO) * scale;
  }
  columns.at[i] = record.at;
  columns.subject[i] = placeOf(columns, record.caller);
  columns.route[i] = numberOf(columns.routes, record.route);
  columns.status[i] = record.status;
  columns.rows[i] = clamped(record.rows);
  columns.bytes[i] = clamped(record.bytes);
  columns.duration[i] = clamped(record.ms * 10);
  columns.ip[i] = numberOf(columns.ips, record.ip);
  columns.agent[i] = numberOf(columns.agents, record.agent);
  columns.environment[i] = record.test ? 1 : 0;
  columns.number[i] = number;
  columns.process[i] = processOf(columns.processes, requestId, dash);
  columns.code[i] = optional(columns.codes, record.code);
  columns.shadow[i] = optional(columns.shadows, record.shadow);
  columns.entity[i] = optional(columns.entities, record.entity);
  columns.idempotency[i] = optional(columns.idempotencies, record.idempotency);
}

function clamped(value: number): number {
  return Math.min(value, 0xffff_ffff);
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
