/** Makes one attempt of a delivery and judges it. In the test environment nothing leaves: the request is captured. */
import type { LiveDestination } from '../connections/lookup.ts';
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
   * @param payload the message as JSON text; undefined: the event is gone.
   */
  attempt(row: PendingRow, destination: LiveDestination | null, payload: string | undefined): Promise<Attempted>;
}

export function createSender({
  http,
  now,
  random,
  policy,
}: {
  http: OutboundHttp;
  now: () => Date;
  random: () => number;
  policy: RetryPolicy;
}): Sender {
  return {
    async attempt(row, destination, payload) {
      if (!destination) return withoutAttempt(row, DESTINATION_DELETED);
      if (payload === undefined) return withoutAttempt(row, 'the event is not stored any more');
      const { signingSecret, url, scope } = destination;
      const startedAt = now().getTime();
      const started = performance.now();
      let response: OutboundResponse | null = null;
      let error: string | null = null;
      if (signingSecret === null) {
        error = 'the signing secret cannot be opened: HEADGATE_SECRET is not the one it was sealed with';
      } else {
        const parts = { deliveryId: row.id, destinationId: destination.id, url, signingSecret, body: payload };
        const request = webhookRequest({ ...parts, now: now() });
        if (scope.environment === 'test') {
          const content = { ...request, body: JSON.parse(payload) as unknown };
          const captured: Captured = { scope, kind: 'http', summary: `POST ${url}`, content };
          return { outcome: { ...final(row, 'captured'), error: null }, captured, alive: true };
        }
        try {
          response = await http.request(request);
        } catch (caught) {
          error = caught instanceof OutboundError ? caught.message : 'the request could not be made';
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
        alive: response !== null,
      };
    },
  };
}

export const DESTINATION_DELETED = 'the destination was deleted';

function withoutAttempt(row: PendingRow, error: string): Attempted {
  return { outcome: { ...final(row, 'failed'), error }, captured: null, alive: true };
}

function final(row: PendingRow, state: 'failed' | 'captured') {
  return { id: row.id, state, attempts: row.attempts, nextAttemptAt: null, attempt: null, status: null };
}
