/** What is wrong with a statement, and where: thrown while it is read, shown to who wrote it. */

export interface FqlProblem {
  /** From 1. */
  readonly line: number;
  /** From 1, in characters of the line. */
  readonly column: number;
  /** `line 1, column 8: expected a value and found ")"`. */
  readonly message: string;
}

interface Fault extends Error {
  readonly fqlAt: number;
}

/** @param at position in the statement's text. */
export function fault(at: number, message: string): Error {
  return Object.assign(new Error(message), { fqlAt: at }) satisfies Fault;
}

/** @returns null for an error that is not about a statement. */
export function problemOf(error: unknown, text: string): FqlProblem | null {
  if (!(error instanceof Error) || !('fqlAt' in error)) return null;
  const before = text.slice(0, Number(error.fqlAt));
  const line = before.split('\n').length;
  const column = before.length - before.lastIndexOf('\n');
  return { line, column, message: `line ${line}, column ${column}: ${error.message}` };
}
