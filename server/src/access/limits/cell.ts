/** What is counted of one subject under one policy, and what of it the database knows. */
import type { Policy, Window } from './window.ts';

/** Of a cell that counts for nobody yet. */
const NONE: Policy = { name: '', quota: 0, windowMs: 1 };

/** In this order what a decision reads and writes lies together: with many callers it waits for memory, not for sums. */
export class Cell implements Window {
  policy: Policy;
  /** Forgotten: it counts nothing any more. */
  gone = false;
  index: number;
  current = 0;
  /** Spent and not yet told the other processes: in this cell, in the one before. */
  untold = 0;
  /** What this process let in, whatever the others did. */
  own = 0;
  /** Spent from since the last exchange with the database. */
  busy = false;
  previous = 0;
  /** Reserved with the other processes and not yet spent. */
  budget = 0;
  /** Spent ahead of any reservation in this cell. */
  ahead = 0;
  readonly subject: string;
  untoldBefore = 0;
  ownBefore = 0;
  /** The shared count had nothing left until then. */
  emptyUntil = 0;

  constructor(subject: string, policy: Policy = NONE, index = 0) {
    this.policy = policy;
    this.index = index;
    this.subject = subject;
  }
}

/** A subject with a cell in it, so that the one that most of its requests spend from is not looked up; part of a caller's meter. */
export class Spender extends Cell {
  /** Where it spent last and is not counted itself: under another policy, or with others of its name. */
  other: Cell | null = null;

  /**
   * Its own cell begins to count, or does again when it was forgotten and all that it counted is over: what others still
   * hold of it is nothing then.
   * @returns false: it is another policy's, or not over.
   */
  begin(policy: Policy, index: number): boolean {
    const over = this.gone && this.policy === policy && index > this.index + 1;
    if (this.policy !== NONE && !over) return false;
    this.policy = policy;
    this.gone = false;
    this.busy = false;
    roll(this, index);
    return true;
  }
}

/** A later cell has begun. What was reserved for the old one and not spent is lost with it. */
export function roll(cell: Cell, index: number): void {
  const next = index === cell.index + 1;
  cell.previous = next ? cell.current : 0;
  cell.ownBefore = next ? cell.own : 0;
  cell.untoldBefore = next ? cell.untold : 0;
  cell.current = 0;
  cell.own = 0;
  cell.untold = 0;
  cell.budget = 0;
  cell.ahead = 0;
  cell.emptyUntil = 0;
  cell.index = index;
}
