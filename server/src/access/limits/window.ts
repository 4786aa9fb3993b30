/**
 * The two-cell sliding window: requests of the running cell, plus those of the one before it, weighed by the part of it
 * that still lies within a window's length. Two numbers a subject, one multiplication a decision.
 */

export interface Policy {
  /** As the RateLimit headers show it; also the name of its counts in the database. */
  readonly name: string;
  /** Units a window: a request costs one unless its route says more. */
  readonly quota: number;
  readonly windowMs: number;
}

/** Counts of one subject under one policy. */
export interface Window {
  /** Number of the running cell since 1970. */
  index: number;
  /** Units of the running cell, as far as they are known here. */
  current: number;
  /** Units of the one before. */
  previous: number;
}

/** The part of the running cell that has passed, 0 to 1. A clock that went back is at its start. */
export function elapsedOf(window: Window, at: number, windowMs: number): number {
  const elapsed = (at - window.index * windowMs) / windowMs;
  return Math.max(0, Math.min(1, elapsed));
}

/** Units that count at this moment. */
export function unitsAt(window: Window, at: number, windowMs: number): number {
  if (window.previous === 0) return window.current;
  return window.current + window.previous * (1 - elapsedOf(window, at, windowMs));
}

/** What the arithmetic of fractions may be off by, far below one unit. */
const ROUNDING = 1e-6;

export function fits(window: Window, at: number, windowMs: number, quota: number, cost: number): boolean {
  return unitsAt(window, at, windowMs) + cost <= quota + ROUNDING;
}

/**
 * Milliseconds until `cost` units fit, if nobody else takes any; 0: they fit now. Exact, so that a caller who waits that
 * long is let in and one who waits less is not.
 */
export function waitFor(window: Window, at: number, policy: Policy, quota: number, cost: number): number {
  const { windowMs } = policy;
  const { current, previous } = window;
  if (fits(window, at, windowMs, quota, cost)) return 0;
  const start = window.index * windowMs;
  const room = quota - cost;
  // Within this cell, while the one before it fades.
  if (current <= room) return Math.max(1, Math.ceil(start + windowMs * (1 - (room - current) / previous) - at));
  // In the next one, while this one fades.
  return Math.max(1, Math.ceil(start + windowMs + windowMs * (1 - room / current) - at));
}
