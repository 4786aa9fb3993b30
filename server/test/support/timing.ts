/** Whether two things that must not be told apart take the same time. */
import { expect } from 'vitest';

/** Welch's t above which a difference is called one: about seven chances in a million of two equal samples. */
const MOST = 4.5;

/**
 * Asks both by turns with nothing in between, so that what the left leaves to do at once falls on the right.
 * @throws when they tell something else or take another time.
 */
export async function expectSameTime(
  pairs: number,
  /** What is told: status, body, headers that may not differ. */
  left: () => Promise<unknown>,
  right: () => Promise<unknown>,
): Promise<void> {
  const [lefts, rights]: [number[], number[]] = [[], []];
  for (let n = 0; n < pairs; n++) {
    const [one, other] = [await timed(left), await timed(right)];
    expect(other.told).toEqual(one.told);
    lefts.push(one.ms);
    rights.push(other.ms);
  }
  expect(Math.abs(welch(trimmed(lefts), trimmed(rights)))).toBeLessThan(MOST);
}

async function timed(ask: () => Promise<unknown>): Promise<{ ms: number; told: unknown }> {
  const startedAt = performance.now();
  const told = await ask();
  return { ms: performance.now() - startedAt, told };
}

/** Without the slowest tenth: collections and other processes. */
function trimmed(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b).slice(0, Math.floor(values.length * 0.9));
}

function welch(a: readonly number[], b: readonly number[]): number {
  const [left, right] = [moments(a), moments(b)];
  return (left.mean - right.mean) / Math.sqrt(left.variance / a.length + right.variance / b.length);
}

function moments(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, variance };
}
