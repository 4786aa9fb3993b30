/** How the rules of connections tell every failing field of an input, in the words of Segment's server. */
import { storableText } from '../db/text.ts';
import { AppError, type FieldError } from '../errors.ts';

const MAX_DEPTH = 32;
const MAX_NAME = 100;
const UNSTORABLE = 'must not contain NUL or half a character';

export function problem(field: string, what: string): FieldError {
  return { field, message: `"${field}" ${what}` };
}

/** @throws AppError validation_error when there are any. */
export function refuse(problems: readonly FieldError[]): void {
  const [first] = problems;
  if (first) throw new AppError('validation_error', first.message, { fields: [...problems] });
}

/** Of a text: storable, at most so long, and where it is a name not empty. */
export function textProblems(field: string, value: unknown, { most, least = 0 }: { most: number; least?: number }) {
  const problems: FieldError[] = [];
  if (typeof value !== 'string') return [problem(field, 'must be a string')];
  if (value.length < least) problems.push(problem(field, 'is not allowed to be empty'));
  if (value.length > most)
    problems.push(problem(field, `length must be less than or equal to ${most} characters long`));
  else if (storableText(value) !== value) problems.push(problem(field, UNSTORABLE));
  return problems;
}

/** A field named by who sent it. */
export function named(parent: string, name: string): string {
  return `${parent}.${name.length > MAX_NAME ? `${name.slice(0, MAX_NAME)}…` : name}`;
}

/** JSON that can be stored: not too deep, not too long, without what PostgreSQL cannot hold. */
export function jsonProblem(field: string, value: unknown, most: number): FieldError | null {
  // Not by recursion: what came may be deeper than the stack.
  const open: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value: inner, depth } = next;
    if (typeof inner === 'string' && storableText(inner) !== inner) return problem(field, UNSTORABLE);
    if (typeof inner !== 'object' || inner === null) continue;
    if (depth === MAX_DEPTH) return problem(field, `must not be nested deeper than ${MAX_DEPTH} levels`);
    for (const [key, item] of Object.entries(inner)) {
      if (storableText(key) !== key) return problem(field, UNSTORABLE);
      open.push({ value: item, depth: depth + 1 });
    }
  }
  if (JSON.stringify(value).length > most) return problem(field, `must not be longer than ${most} characters of JSON`);
  return null;
}
