/** How the rules of connections tell every failing field of an input, in the words of Segment's server. */
import { storableText } from '../db/text.ts';
import { AppError, type FieldError } from '../errors.ts';

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
  else if (storableText(value) !== value) problems.push(problem(field, 'must not contain NUL or half a character'));
  return problems;
}
