/** What names, descriptions and options of audiences and computed traits may be. Every failing field is told. */
import { currentContext } from '../context.ts';
import type { AudienceOptions, TraitOptions } from '../db/tables/audiences.ts';
import { storableText } from '../db/text.ts';
import { AppError, type FieldError } from '../errors.ts';

/** Documented for clients that name none (contract §1.9). */
export const DEFAULT_EXTERNAL_IDS: readonly string[] = ['user_id', 'email', 'android.idfa', 'ios.idfa'];

const MAX_NAME = 255;
const MAX_DESCRIPTION = 2_000;
const MAX_EXTERNAL_IDS = 20;
const MAX_DAYS = 3_650;
/** As identifiers are kept (people/identifiers.ts). */
const EXTERNAL_ID = /^[A-Za-z0-9_.:-]{1,64}$/;

export interface Described {
  readonly name?: string | undefined;
  readonly description?: string | null | undefined;
  readonly targetEntity?: string | null | undefined;
}

export function describedProblems({ name, description, targetEntity }: Described): FieldError[] {
  return [
    ...textProblems('name', name, MAX_NAME),
    ...(name !== undefined && name.trim() === '' ? [problem('name', 'is not allowed to be empty')] : []),
    ...textProblems('description', description, MAX_DESCRIPTION),
    ...textProblems('definition.targetEntity', targetEntity, MAX_NAME),
  ];
}

function textProblems(field: string, text: string | null | undefined, most: number): FieldError[] {
  if (text === undefined || text === null) return [];
  if (text.length > most) return [problem(field, `length must be less than or equal to ${most} characters long`)];
  return storableText(text) === text ? [] : [problem(field, 'must not contain NUL or half a character')];
}

export function audienceOptionProblems(options: AudienceOptions): FieldError[] {
  const { filterByExternalIds: ids, backfillEventDataDays: days } = options;
  const problems = dayProblems('options.backfillEventDataDays', days);
  if (ids !== undefined && (ids.length === 0 || ids.length > MAX_EXTERNAL_IDS)) {
    problems.push(problem('options.filterByExternalIds', `must contain 1 to ${MAX_EXTERNAL_IDS} items`));
  }
  for (const [index, id] of (ids ?? []).slice(0, MAX_EXTERNAL_IDS).entries()) {
    if (!EXTERNAL_ID.test(id)) {
      const rule = 'must be 1 to 64 letters, digits and _ . : -';
      problems.push(problem(`options.filterByExternalIds.${index}`, rule));
    }
  }
  return problems;
}

export function traitOptionProblems({ backfillDurationDays }: TraitOptions): FieldError[] {
  return dayProblems('options.backfillDurationDays', backfillDurationDays);
}

function dayProblems(field: string, days: number | undefined): FieldError[] {
  const fits = days === undefined || (Number.isInteger(days) && days >= 1 && days <= MAX_DAYS);
  return fits ? [] : [problem(field, `must be an integer between 1 and ${MAX_DAYS}`)];
}

export function problem(field: string, message: string): FieldError {
  return { field, message: `"${field}" ${message}` };
}

/** @throws AppError validation_error unless there are none. */
export function refuse(fields: readonly FieldError[]): void {
  const [first] = fields;
  if (first) throw new AppError('validation_error', first.message, { fields: [...fields] });
}

/** Who asks, as rows keep it: `user:<id>`, `key:<public id>`. */
export function author(): string {
  const actor = currentContext()?.actor;
  return actor && actor.id !== null ? `${actor.kind}:${actor.id}` : 'system:';
}

/** Only what was given: options that are left out come back left out. */
export function given<T extends object>(options: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
