import { expect, test } from 'vitest';
import { duration, plural, relativeTime } from './time.ts';

const now = new Date('2030-05-01T12:00:00Z');
const ago = (seconds: number) => relativeTime(new Date(now.getTime() - seconds * 1_000), now);

test('a relative time names its largest whole unit', () => {
  expect(ago(1)).toBe('just now');
  expect(ago(59)).toBe('59s ago');
  expect(ago(119)).toBe('1m ago');
  expect(ago(3 * 3_600 + 59)).toBe('3h ago');
  expect(ago(-300)).toBe('in 5m');
});

test('durations change unit at one second', () => {
  expect(duration(999.4)).toBe('999 ms');
  expect(duration(1_250)).toBe('1.3 s');
});

test('a count agrees with its noun', () => {
  expect(plural(1, 'event')).toBe('1 event');
  expect(plural(1_204, 'event')).toBe('1,204 events');
});
