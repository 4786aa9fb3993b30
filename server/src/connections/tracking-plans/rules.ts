/**
 * What becomes of a plan's rules when some are replaced, added, renamed or removed. No database here: a change is worked
 * out against what is stored, so that only rows that differ are written.
 */

import { createHash } from 'node:crypto';
import { AppError, type FieldError } from '../../errors.ts';
import { refuse } from '../problems.ts';

export const RULE_TYPES = ['COMMON', 'GROUP', 'IDENTIFY', 'PAGE', 'SCREEN', 'TRACK'] as const;
export type RuleType = (typeof RULE_TYPES)[number];

/** What the vendor's own provider allows a plan (contract segment-public-api §1.9). */
export const MAX_RULES = 2_000;
/** Of all schemas of a plan, in bytes of JSON: what fits into one call, so that every plan can be written back. */
export const MAX_SCHEMAS = 2_000_000;
export const MAX_KEY = 500;
const MAX_DESCRIPTION = 5_000;
const MAX_VERSION = 2_147_483_647;
const MAX_FIELDS = 100;

/** What tells a rule from the others of its plan; without a key is the same as with an empty one. */
export interface RuleName {
  readonly type: RuleType;
  readonly key: string | null;
  readonly version: number;
}

export interface RuleInput extends RuleName {
  /** A JSON schema (schema.ts checks it). */
  readonly schema: unknown;
  /** Where it is not part of the schema; null: none. Left out: the rule keeps the one it has. */
  readonly description?: string | null;
  /** Dotted paths into the request, for messages: of the rule, of its name, and of its schema. */
  readonly at: { readonly rule: string; readonly key: string; readonly schema: string };
}

export interface RuleUpsert extends RuleInput {
  /** The rule's key from now on. */
  readonly newKey?: string | null;
}

export interface StoredRule extends RuleName {
  readonly position: number;
  readonly description: string | null;
  /** md5 of the schema's text, and its bytes. */
  readonly digest: string;
  readonly size: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** Of a whole plan. */
export interface Totals {
  readonly count: number;
  /** Bytes of all schemas. */
  readonly size: number;
  /** The last place that is taken. */
  readonly end: number;
}

export interface RuleWrite extends RuleName {
  readonly position: number;
  readonly description: string | null;
  readonly schema: string;
  /** null: now. */
  readonly created_at: Date | null;
  readonly updated_at: Date | null;
}

export interface RuleChange {
  /** Positions of rows to delete, before `write`. */
  readonly drop: readonly number[];
  readonly write: readonly RuleWrite[];
  /** Rules before and afterwards. */
  readonly before: number;
  readonly count: number;
  /** What was done, for people. */
  readonly added: readonly string[];
  readonly updated: readonly string[];
  readonly removed: readonly string[];
}

/** `TRACK Order Completed v1` */
export function titleOf({ type, key, version }: RuleName): string {
  return `${type}${key ? ` ${key}` : ''} v${version}`;
}

function identity({ type, key, version }: RuleName): string {
  return JSON.stringify([type, key ?? '', version]);
}

/** @throws AppError validation_error telling every rule whose name or description cannot be. */
export function checkNames(rules: readonly RuleUpsert[]): void {
  if (rules.length > MAX_RULES) throw tooMany();
  const fields: FieldError[] = [];
  const tell = (field: string, problem: string) => {
    if (fields.length < MAX_FIELDS) fields.push({ field, message: `"${field}" ${problem}` });
  };
  for (const { type, key, newKey, version, description, at } of rules) {
    const keys: [string, string | null][] = [[at.key, key]];
    if (newKey !== undefined) keys.push([`${at.rule}.newKey`, newKey]);
    for (const [field, text] of keys) {
      if (type === 'TRACK' && (text ?? '') === '') tell(field, 'is required: the name of the event');
      else if (text) tellText(field, text, MAX_KEY, tell);
    }
    if (!Number.isInteger(version) || version < 0 || version > MAX_VERSION)
      tell(`${at.rule}.version`, `must be an integer between 0 and ${MAX_VERSION}`);
    if (description) tellText(`${at.rule}.description`, description, MAX_DESCRIPTION, tell);
  }
  refuse(fields);
}

export function tellText(
  field: string,
  text: string,
  max: number,
  tell: (field: string, problem: string) => void,
): void {
  if (text.length > max) tell(field, `length must be less than or equal to ${max} characters long`);
  else if (text.includes('\u0000') || !text.isWellFormed()) tell(field, 'must be text that UTF-8 has, without NUL');
}

/** Every stored rule of these types makes room for the given ones; those of other types stay. */
export function replaced(
  stored: readonly StoredRule[],
  types: ReadonlySet<RuleType>,
  rules: readonly RuleInput[],
): RuleChange {
  const named = new Map<string, RuleInput>();
  for (const rule of rules) {
    const earlier = named.get(identity(rule));
    if (earlier) throw repeated(rule, earlier);
    named.set(identity(rule), rule);
  }
  const inPlace = new Map(stored.filter(({ type }) => types.has(type)).map((rule) => [identity(rule), rule]));
  const wanted = rules.map((rule) => ({ rule, was: inPlace.get(identity(rule)) }));
  const removed = [...inPlace].filter(([name]) => !named.has(name)).map(([, rule]) => rule);
  return settle(totalsOf(stored), wanted, removed, 'as given');
}

/** What a change of some rules must know of the stored ones: those by these names. */
export function namesIn(rules: readonly (RuleName & { readonly newKey?: string | null })[]): RuleName[] {
  return rules.flatMap(({ type, key, newKey, version }) => [
    { type, key, version },
    ...(newKey === undefined ? [] : [{ type, key: newKey, version }]),
  ]);
}

/**
 * Rules of the same name get the new schema, others are added. @param stored at least those that `namesIn` names.
 * @throws AppError conflict for a new key that is taken.
 */
export function upserted(stored: readonly StoredRule[], rules: readonly RuleUpsert[], totals: Totals): RuleChange {
  const all = new Map<string, Partial<Wanted>>(stored.map((was) => [identity(was), { was }]));
  for (const [n, { newKey, ...given }] of rules.entries()) {
    const rule: RuleInput = newKey === undefined ? given : { ...given, key: newKey };
    const [from, to] = [identity(given), identity(rule)];
    const [source, target] = [all.get(from), all.get(to)];
    if (target?.rule) throw repeated(rule, target.rule);
    if (from !== to && source && target) {
      const message = `"rules.${n}.newKey" is taken: there is a rule ${titleOf(rule)} already`;
      throw new AppError('conflict', message, { fields: [{ field: `rules.${n}.newKey`, message }] });
    }
    // A rename that is sent twice finds the rule under its new key.
    const was = (source ?? target)?.was;
    if (source) all.delete(from);
    all.set(to, { rule, ...(was && { was }) });
  }
  const wanted = [...all.values()].flatMap(({ rule, was }) => (rule ? [{ rule, was }] : []));
  return settle(totals, wanted, [], 'as they are');
}

/** @param stored at least those of the names. @throws AppError not_found naming the first rule that is not there. */
export function without(stored: readonly StoredRule[], names: readonly RuleName[], totals: Totals): RuleChange {
  const all = new Map(stored.map((rule) => [identity(rule), rule]));
  const removed = new Map<string, StoredRule>();
  for (const name of names) {
    const rule = all.get(identity(name));
    if (!rule) throw new AppError('not_found', `This tracking plan has no rule ${titleOf(name).slice(0, 600)}.`);
    removed.set(identity(name), rule);
  }
  return settle(totals, [], [...removed.values()], 'as they are');
}

interface Wanted {
  readonly rule: RuleInput;
  readonly was: StoredRule | undefined;
}

/**
 * Rules keep their places, or do so as long as that is the order given; what then comes later gets a place at the end.
 * @throws AppError validation_error for too many rules or too much of them.
 */
function settle(
  totals: Totals,
  wanted: readonly Wanted[],
  removed: readonly StoredRule[],
  order: 'as given' | 'as they are',
): RuleChange {
  const drop = removed.map(({ position }) => position);
  const write: RuleWrite[] = [];
  const added: string[] = [];
  const updated: string[] = [];
  const count = totals.count - removed.length + wanted.filter(({ was }) => !was).length;
  if (count > MAX_RULES) throw tooMany();
  let size = totals.size - bytesOf(removed);
  let { end } = totals;
  let last = 0;
  for (const { rule, was } of wanted) {
    const { type, key, version, description = was?.description ?? null } = rule;
    const schema = JSON.stringify(rule.schema);
    size += Buffer.byteLength(schema) - (was?.size ?? 0);
    const stays = was !== undefined && (order === 'as they are' || was.position > last);
    const position = stays ? was.position : ++end;
    last = position;
    const same = was?.digest === md5(schema) && was.description === description && was.key === key;
    if (!was) added.push(titleOf(rule));
    else if (!same) updated.push(was.key === key ? titleOf(rule) : `${titleOf(was)} → ${titleOf(rule)}`);
    if (same && stays) continue;
    if (was) drop.push(was.position);
    const since = { created_at: was?.created_at ?? null, updated_at: same ? was.updated_at : null };
    write.push({ type, key, version, description, schema, position, ...since });
  }
  if (size > MAX_SCHEMAS) throw tooMuch(`must have at most ${MAX_SCHEMAS} bytes of JSON schemas in all`);
  return { drop, write, before: totals.count, count, added, updated, removed: removed.map(titleOf) };
}

export function totalsOf(stored: readonly StoredRule[]): Totals {
  const end = stored.reduce((last, { position }) => Math.max(last, position), 0);
  return { count: stored.length, size: bytesOf(stored), end };
}

function bytesOf(rules: readonly StoredRule[]): number {
  return rules.reduce((sum, { size }) => sum + size, 0);
}

/** What PostgreSQL's md5() says of a schema's text. */
export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

function repeated(rule: RuleInput, earlier: RuleInput): AppError {
  const field = rule.at.rule;
  const message = `"${field}" is the same rule as "${earlier.at.rule}": ${titleOf(rule).slice(0, 200)}`;
  return new AppError('validation_error', message, { fields: [{ field, message }] });
}

function tooMany(): AppError {
  return tooMuch(`must contain less than or equal to ${MAX_RULES} items: a plan has no more rules`);
}

function tooMuch(problem: string): AppError {
  const message = `"rules" ${problem}`;
  return new AppError('validation_error', message, { fields: [{ field: 'rules', message }] });
}
