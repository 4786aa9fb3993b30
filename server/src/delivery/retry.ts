/** What an answer means for a delivery, and when the next attempt is. Pure rules; docs/delivery.md has the table. */

export interface RetryPolicy {
  /** Wait after the first failed attempt; doubles with each further one. */
  readonly baseMs: number;
  readonly maxMs: number;
  /** From the delivery's creation; after it a failed attempt is the last. */
  readonly windowMs: number;
}

export const RETRY_POLICY: RetryPolicy = { baseMs: 1_000, maxMs: 600_000, windowMs: 4 * 3_600_000 };

export interface Answer {
  /** null: there was no answer. */
  readonly status: number | null;
  readonly retryAfter: string | undefined;
}

export type Verdict =
  | { readonly state: 'delivered' }
  | { readonly state: 'failed' }
  | { readonly state: 'pending'; readonly nextAttemptAt: number };

/**
 * @param attempt the number of the attempt that was answered, from 1.
 * @param createdAt of the delivery, ms.
 * @param random 0 ≤ random < 1, spreads the retries of many deliveries.
 */
export function judge(
  answer: Answer,
  delivery: { attempt: number; createdAt: number },
  { policy, now, random }: { policy: RetryPolicy; now: number; random: number },
): Verdict {
  const { status } = answer;
  if (status !== null && status >= 200 && status < 300) return { state: 'delivered' };
  if (status !== null && status >= 400 && status < 500 && status !== 408 && status !== 429) return { state: 'failed' };
  const deadline = delivery.createdAt + policy.windowMs;
  if (now >= deadline) return { state: 'failed' };
  const asked = retryAfterMs(answer.retryAfter, now) ?? 0;
  // Longer than it asks, where it asks for little: a receiver that says 0 would be tried as fast as it answers, for hours.
  const wait = Math.max(asked, backoffMs(policy, delivery.attempt, random));
  // The last attempt is made when the window closes, however long the receiver asks to wait.
  return { state: 'pending', nextAttemptAt: Math.min(now + wait, deadline) };
}

/** Doubling waits, each 20 % shorter to 20 % longer. */
export function backoffMs(policy: RetryPolicy, attempt: number, random: number): number {
  const doubled = policy.baseMs * 2 ** Math.min(attempt - 1, 30);
  return Math.round(Math.min(doubled, policy.maxMs) * (0.8 + random * 0.4));
}

/** Retry-After as seconds or as an HTTP date (RFC 9110 §10.2.3); null when there is none that can be read. */
export function retryAfterMs(value: string | undefined, now: number): number | null {
  if (value === undefined) return null;
  const text = value.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  // Only the three forms of an HTTP date begin with a day's name; Date.parse alone would take "-1" or "5.5".
  const date = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
