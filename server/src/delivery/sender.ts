/** Makes one attempt of a delivery and judges it. In the test environment nothing leaves: the request is captured. */
import type { LiveDestination } from '../connections/destinations/live.ts';
import type { Target } from '../connections/destinations/targets.ts';
import type { Scope } from '../db/tx.ts';
import { OutboundError, type OutboundHttp, type OutboundResponse } from '../outbound/http.ts';
import type { Captured } from '../outbound/sandbox.ts';
import type { Outcome, PendingRow } from './queries.ts';
import { judge, type RetryPolicy } from './retry.ts';
import { webhookRequest } from './webhook.ts';

export interface Attempted {
  readonly outcome: Outcome;
  readonly captured: Captured | null;
  /** Whether the receiver answered at all. */
  readonly alive: boolean;
}

export interface Sender {
  /**
   * @param destination null: deleted meanwhile.
   * @param payload the message as JSON text, before functions; undefined: the event is gone.
   */
  attempt(row: PendingRow, destination: LiveDestination | null, payload: string | undefined): Promise<Attempted>;
}

/** What becomes of an event on its last steps: another payload, its end, or another try later. */
export type Insert = (
  destination: LiveDestination,
  payload: string,
) => Promise<{ payload: string } | { ended: string } | { later: string }> | null;

export function createSender({
  http,
  now,
  random,
  policy,
  insert,
}: {
  http: OutboundHttp;
  now: () => Date;
  random: () => number;
  policy: RetryPolicy;
  insert: Insert;
}): Sender {
  return {
    async attempt(row, destination, stored) {
      if (!destination) return withoutAttempt(row, DESTINATION_DELETED);
      if (stored === undefined) return withoutAttempt(row, 'the event is not stored any more');
      const startedAt = now().getTime();
      const started = performance.now();
      const running = destination.unreadable ? null : insert(destination, stored);
      const inserted = running === null ? { payload: stored } : await running;
      if ('ended' in inserted) return withoutAttempt(row, inserted.ended);
      const payload = 'payload' in inserted ? inserted.payload : stored;
      const requestTo = (target: Target) =>
        webhookRequest({ deliveryId: row.id, destination, target, body: payload, now: now() });
      const { scope, unreadable } = destination;
      let response: OutboundResponse | null = null;
      let error: string | null = null;
      if ('later' in inserted) {
        error = inserted.later;
      } else if (unreadable) {
        error = 'the signing secret cannot be opened: HEADGATE_SECRET is not the one it was sealed with';
      } else {
        const targets = destination.targetsOf(() => JSON.parse(payload) as object);
        if (targets.length === 0) return withoutAttempt(row, 'nothing at the destination asks for this event any more');
        if (scope.environment === 'test')
          return captured(
            row,
            scope,
            targets.map((one) => requestTo(one)),
          );
        // One after the other; the first that fails is what the delivery is judged by, and all are sent again with it.
        for (const target of targets) {
          try {
            response = await http.request(requestTo(target));
          } catch (caught) {
            response = null;
            error = caught instanceof OutboundError ? caught.message : 'the request could not be made';
          }
          if (!response || response.status < 200 || response.status >= 300) break;
        }
      }
      const durationMs = performance.now() - started;
      const attempt = row.attempts + 1;
      const status = response?.status ?? null;
      const header = response?.headers['retry-after'];
      const answer = { status, retryAfter: typeof header === 'string' ? header : header?.[0] };
      const verdict = judge(
        answer,
        { attempt, createdAt: row.created_at },
        { policy, now: now().getTime(), random: random() },
      );
      return {
        outcome: {
          id: row.id,
          state: verdict.state,
          attempts: attempt,
          nextAttemptAt: verdict.state === 'pending' ? verdict.nextAttemptAt : null,
          attempt: { startedAt, durationMs, response: response?.text ?? null },
          status,
          error: error ?? (verdict.state === 'delivered' ? null : `the receiver answered ${status}`),
        },
        captured: null,
        // A function that runs out of time is as slow as a receiver: fewer deliveries go through it at once.
        alive: response !== null,
      };
    },
  };
}

function captured(row: PendingRow, scope: Scope, requests: readonly ReturnType<typeof webhookRequest>[]): Attempted {
  const [first, ...others] = requests.map((request) => ({ ...request, body: JSON.parse(request.body) as unknown }));
  const summary = `${first?.method} ${first?.url}${others.length > 0 ? ` and ${others.length} more` : ''}`;
  const content = others.length > 0 ? { requests: [first, ...others] } : { ...first };
  return {
    outcome: { ...final(row, 'captured'), error: null },
    captured: { scope, kind: 'http', summary, content },
    alive: true,
  };
}

export const DESTINATION_DELETED = 'the destination was deleted';

function withoutAttempt(row: PendingRow, error: string): Attempted {
  return { outcome: { ...final(row, 'failed'), error }, captured: null, alive: true };
}

function final(row: PendingRow, state: 'failed' | 'captured') {
  return { id: row.id, state, attempts: row.attempts, nextAttemptAt: null, attempt: null, status: null };
}
