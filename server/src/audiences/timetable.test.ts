import { describe, expect, test } from 'vitest';
import { nextRun, timetableProblems } from './timetable.ts';

const at = (text: string) => new Date(text);
const fields = (...asked: Parameters<typeof timetableProblems>) =>
  timetableProblems(...asked).map(({ field }) => field);

describe('when the next run is', () => {
  test.each([
    [{ interval: '15m' }, '2026-03-01T12:07:00Z', '2026-03-01T12:22:00.000Z'],
    [{ interval: '1d' }, '2026-03-01T12:07:00Z', '2026-03-02T12:07:00.000Z'],
    // A Sunday; Oslo is an hour ahead in winter, two in summer.
    [{ days: [0], hours: [13], timezone: 'Europe/Oslo' }, '2026-03-01T11:59:59Z', '2026-03-01T12:00:00.000Z'],
    [{ days: [0], hours: [13], timezone: 'Europe/Oslo' }, '2026-03-01T12:00:00Z', '2026-03-08T12:00:00.000Z'],
    [{ days: [0], hours: [13], timezone: 'Europe/Oslo' }, '2026-03-23T00:00:00Z', '2026-03-29T11:00:00.000Z'],
    [{ days: [1, 5], hours: [9, 0], timezone: 'America/New_York' }, '2026-03-06T06:00:00Z', '2026-03-06T14:00:00.000Z'],
    // Zones with half and quarter hours.
    [{ days: [3], hours: [6], timezone: 'Asia/Kolkata' }, '2026-03-01T00:00:00Z', '2026-03-04T00:30:00.000Z'],
    [{ days: [3], hours: [6], timezone: 'Asia/Kathmandu' }, '2026-03-01T00:00:00Z', '2026-03-04T00:15:00.000Z'],
    // On 29 March the clock of Oslo has no two o'clock: a week later.
    [{ days: [0], hours: [2], timezone: 'Europe/Oslo' }, '2026-03-28T00:00:00Z', '2026-04-05T00:00:00.000Z'],
    [{ days: [6], hours: [23], timezone: 'UTC' }, '2026-12-31T00:00:00Z', '2027-01-02T23:00:00.000Z'],
  ])('%j after %s', (config, from, expected) => {
    expect(nextRun(config, at(from)).toISOString()).toBe(expected);
  });
});

test('a timetable has exactly the keys of its strategy, with values that exist', () => {
  expect(fields('PERIODIC', { interval: '12h' })).toEqual([]);
  expect(fields('PERIODIC', { interval: '3h' })).toEqual(['config.interval']);
  expect(fields('PERIODIC', { interval: 'toString' })).toEqual(['config.interval']);
  expect(fields('PERIODIC', { interval: '1h', days: [1] })).toEqual(['config.days']);
  expect(fields('PERIODIC', {})).toEqual(['config.interval']);
  const good = { days: [0, 6], hours: [0, 23], timezone: 'America/Argentina/Buenos_Aires' };
  expect(fields('SPECIFIC_DAYS', good)).toEqual([]);
  expect(fields('SPECIFIC_DAYS', { ...good, days: [] })).toEqual(['config.days']);
  expect(fields('SPECIFIC_DAYS', { ...good, days: [1, 1] })).toEqual(['config.days']);
  expect(fields('SPECIFIC_DAYS', { ...good, hours: [24] })).toEqual(['config.hours']);
  expect(fields('SPECIFIC_DAYS', { ...good, hours: [1.5] })).toEqual(['config.hours']);
  expect(fields('SPECIFIC_DAYS', { ...good, hours: 5 })).toEqual(['config.hours']);
  for (const timezone of ['+01:00', 'Nowhere/City', '', 5, 'a'.repeat(100)]) {
    expect(fields('SPECIFIC_DAYS', { ...good, timezone })).toEqual(['config.timezone']);
  }
});
