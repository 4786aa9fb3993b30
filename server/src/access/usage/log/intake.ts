/**
 * Requests as they come: a row of numbers each, which is one line of a processor's cache where sixteen columns would be
 * sixteen, and texts as indexes into dictionaries. Nothing is made for a request that outlives the call. Turned into
 * columns when the set is written.
 */
import type { Meter } from '../../meter.ts';
import {
  CAPACITY,
  type Columns,
  createDictionary,
  type Dictionary,
  NUMBERS,
  numberOf,
  subjectText,
  TEXTS,
  type TextColumn,
} from './columns.ts';

/** The time and NUMBERS, in this order. */
const WIDTH = 1 + NUMBERS.length;
/** A caller chooses the lengths of some texts, so their sum is bounded too. */
const MAX_TEXT = 1_000_000;

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
  /** With the process, the id of the request (ids.ts). */
  readonly number: number;
  readonly code: string | null;
  readonly shadow: string | null;
  readonly entity: string | null;
  readonly idempotency: string | null;
}

/** Its memory is taken once: 256 KB, plus the texts. */
export interface Intake extends Readonly<Record<TextColumn, Dictionary>> {
  count: number;
  /** Changes when the set is emptied; see Meter. */
  serial: number;
  /** Milliseconds since 1970, of the first request or before it: times are kept as differences to it. */
  since: number;
  /** `callers[n]` is always whom `subjects.values[n]` names. */
  readonly callers: Meter[];
  /** Of all its requests; null: of several, or none yet. */
  workspaceId: string | null;
  readonly rows: Uint32Array;
}

let serials = 0;

/** @param process the first part of its requests' ids. */
export function createIntake(process: string): Intake {
  return {
    count: 0,
    serial: ++serials,
    since: 0,
    callers: [],
    workspaceId: null,
    rows: new Uint32Array(CAPACITY * WIDTH),
    subjects: createDictionary(),
    routes: createDictionary(),
    ips: createDictionary(),
    agents: createDictionary(),
    processes: createDictionary([process]),
    codes: createDictionary(),
    shadows: createDictionary(),
    entities: createDictionary(),
    idempotencies: createDictionary(),
  };
}

/** For the next requests, with the memory it has. */
export function clearIntake(intake: Intake): void {
  intake.count = 0;
  intake.serial = ++serials;
  intake.callers.length = 0;
  intake.workspaceId = null;
  for (const name of TEXTS) {
    if (name === 'processes') continue;
    const dictionary = intake[name];
    dictionary.values.length = 0;
    dictionary.index.clear();
    dictionary.last = '';
    dictionary.lastIndex = -1;
    dictionary.length = 0;
  }
}

export function isFull(intake: Intake): boolean {
  return (
    intake.count === CAPACITY || intake.agents.length + intake.entities.length + intake.idempotencies.length > MAX_TEXT
  );
}

/** Ask isFull() first. @param record not before `since` of the set, and within 49 days of it. */
export function append(intake: Intake, record: UsageRecord): void {
  const { rows } = intake;
  let i = intake.count++ * WIDTH;
  rows[i] = record.at - intake.since;
  rows[++i] = placeOf(intake, record.caller);
  rows[++i] = numberOf(intake.routes, record.route);
  rows[++i] = record.status;
  rows[++i] = clamped(record.rows);
  rows[++i] = clamped(record.bytes);
  rows[++i] = clamped(record.ms * 10);
  rows[++i] = numberOf(intake.ips, record.ip);
  rows[++i] = numberOf(intake.agents, record.agent);
  rows[++i] = record.test ? 1 : 0;
  rows[++i] = record.number;
  // All of one process.
  rows[++i] = 0;
  rows[++i] = optional(intake.codes, record.code);
  rows[++i] = optional(intake.shadows, record.shadow);
  rows[++i] = optional(intake.entities, record.entity);
  rows[++i] = optional(intake.idempotencies, record.idempotency);
}

/** @param into whose numbers are overwritten. @returns the set by columns, with its own texts: until either changes. */
export function columnsOf(intake: Intake, into: Columns): Columns {
  const { count, callers, workspaceId, rows, since } = intake;
  const texts = Object.fromEntries(TEXTS.map((name) => [name, intake[name]])) as Record<TextColumn, Dictionary>;
  for (let n = 0; n < count; n++) into.at[n] = since + (rows[n * WIDTH] ?? 0);
  for (const [column, name] of NUMBERS.entries()) copyColumn(rows, 1 + column, into[name], count);
  return { ...into, ...texts, count, callers, workspaceId };
}

function copyColumn(rows: Uint32Array, column: number, to: Uint32Array, count: number): void {
  for (let n = 0; n < count; n++) to[n] = rows[n * WIDTH + column] ?? 0;
}

function placeOf(intake: Intake, caller: Meter): number {
  if (caller.set === intake.serial) return caller.place;
  if (caller.text === '') caller.text = subjectText({ principal: `key:${caller.keyId}`, lineage: caller.subject });
  const { subjects, callers } = intake;
  if (callers.length === 0) intake.workspaceId = caller.workspaceId;
  else if (intake.workspaceId !== caller.workspaceId) intake.workspaceId = null;
  const place = (caller.lasting ? undefined : samePlace(subjects, caller)) ?? callers.length;
  if (place === callers.length) {
    callers.push(caller);
    subjects.values.push(caller.text);
  }
  caller.set = intake.serial;
  caller.place = place;
  return place;
}

/** Who does not last is known by his name, so that one caller does not fill the set with it; undefined: he is new in it. */
function samePlace({ index, values }: Dictionary, { workspaceId, text }: Meter): number | undefined {
  const name = `${workspaceId} ${text}`;
  const place = index.get(name);
  if (place === undefined) index.set(name, values.length);
  return place;
}

function optional(dictionary: Dictionary, value: string | null): number {
  return value === null ? 0 : numberOf(dictionary, value) + 1;
}

function clamped(value: number): number {
  return Math.min(value, 0xffff_ffff);
}
