import { describe, expect, it } from 'vitest';
import { backoffMs, judge, RETRY_POLICY, retryAfterMs } from './retry.ts';

const CREATED = Date.parse('2026-03-01T12:00:00Z');
const HOUR = 3_600_000;

function verdict(status: number | null, options: { attempt?: number; after?: number; retryAfter?: string } = {}) {
  const { attempt = 1, after = 0, retryAfter } = options;
  const now = CREATED + after;
  return judge({ status, retryAfter }, { attempt, createdAt: CREATED }, { policy: RETRY_POLICY, now, random: 0.5 });
}

describe('judge', () => {
  it.each([200, 201, 204, 299])('takes %i as delivered', (status) =>
    expect(verdict(status)).toEqual({ state: 'delivered' }),
  );
  it.each([400, 401, 404, 410, 422, 499])('takes %i as final', (status) =>
    expect(verdict(status)).toEqual({ state: 'failed' }),
  );
  it.each([null, 301, 302, 408, 429, 500, 502, 503, 599])('tries %s again', (status) =>
    expect(verdict(status)).toEqual({ state: 'pending', nextAttemptAt: CREATED + 1_000 }),
  );

  it('doubles the wait up to ten minutes', () => {
    const waits = [1, 2, 3, 4, 10, 11, 60, 5_000].map((attempt) => backoffMs(RETRY_POLICY, attempt, 0.5));
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 512_000, 600_000, 600_000, 600_000]);
  });

  it('spreads the wait by a fifth to each side', () => {
    expect([backoffMs(RETRY_POLICY, 1, 0), backoffMs(RETRY_POLICY, 1, 0.999_999)]).toEqual([800, 1_200]);
  });

  it('makes the last attempt when four hours are over, and none after it', () => {
    expect(verdict(500, { attempt: 30, after: 4 * HOUR - 5_000 })).toEqual({
      state: 'pending',
      nextAttemptAt: CREATED + 4 * HOUR,
    });
    expect(verdict(500, { attempt: 31, after: 4 * HOUR })).toEqual({ state: 'failed' });
  });

  it('waits as long as the receiver asks, but not beyond the window', () => {
    expect(verdict(429, { retryAfter: '30' })).toEqual({ state: 'pending', nextAttemptAt: CREATED + 30_000 });
    expect(verdict(503, { retryAfter: 'Sun, 01 Mar 2026 12:01:00 GMT' })).toEqual({
      state: 'pending',
      nextAttemptAt: CREATED + 60_000,
    });
    expect(verdict(429, { retryAfter: '999999999' })).toEqual({ state: 'pending', nextAttemptAt: CREATED + 4 * HOUR });
  });

  it('waits its own time where the receiver asks for less', () => {
    expect(verdict(429, { attempt: 3, retryAfter: '0' })).toEqual({ state: 'pending', nextAttemptAt: CREATED + 4_000 });
  });
});

describe('retryAfterMs', () => {
  it.each([
    ['0', 0],
    [' 12 ', 12_000],
    ['Sun, 01 Mar 2026 11:00:00 GMT', 0],
    ['-1', null],
    ['5.5', null],
    ['1e3', null],
    ['soon', null],
    ['Mondayish', null],
    ['', null],
    [undefined, null],
  ])('reads %j as %s', (value, expected) => expect(retryAfterMs(value, CREATED)).toBe(expected));
});
