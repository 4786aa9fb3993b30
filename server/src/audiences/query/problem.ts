/** What is wrong with a query text, and where exactly. */
import { AppError } from '../../errors.ts';

export interface Problem {
  readonly message: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in characters. */
  readonly column: number;
  /** From 0. */
  readonly offset: number;
  /** What could stand there; may be empty. */
  readonly expected: readonly string[];
}

const problems = new WeakMap<AppError, Problem>();

/** @param field the request's field that holds the text. */
export function queryError(problem: Problem, field = 'definition.query'): AppError {
  const message = `"${field}" line ${problem.line}, column ${problem.column}: ${problem.message}`;
  const error = new AppError('validation_error', message, { fields: [{ field, message }] });
  problems.set(error, problem);
  return error;
}

/** @returns null for any other error. */
export function problemOf(error: unknown): Problem | null {
  return error instanceof AppError ? (problems.get(error) ?? null) : null;
}

export function problemAt(
  text: string,
  offset: number,
  { message, expected = [] }: { message: string; expected?: readonly string[] },
): Problem {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  const column = [...before.slice(before.lastIndexOf('\n') + 1)].length + 1;
  return { message, line, column, offset, expected };
}
