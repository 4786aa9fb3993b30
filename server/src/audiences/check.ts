/** A query text while somebody writes it: whether it is a definition, and where it is not. */
import type { Subject } from './query/ast.ts';
import { parseAudience } from './query/parser.ts';
import { printCondition } from './query/print.ts';
import { type Problem, problemOf } from './query/problem.ts';

export interface CheckedQuery {
  valid: boolean;
  problem: (Omit<Problem, 'expected'> & { expected: string[] }) | null;
  printed: string | null;
  traits: string[];
  events: string[];
}

export function checkQuery(subject: Subject, text: string): CheckedQuery {
  try {
    const { root, traits, events } = parseAudience(text, { subject });
    return { valid: true, problem: null, printed: printCondition(root), traits: [...traits], events: [...events] };
  } catch (error) {
    const problem = problemOf(error);
    if (!problem) throw error;
    const { expected, ...place } = problem;
    return { valid: false, problem: { ...place, expected: [...expected] }, printed: null, traits: [], events: [] };
  }
}
