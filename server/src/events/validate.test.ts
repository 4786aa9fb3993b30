import { describe, expect, test } from 'vitest';
import { findProblem, findUnstorable } from './validate.ts';

const track = { type: 'track', userId: 'u1', event: 'Opened' };

describe('findProblem', () => {
  test.each([
    ['a track', track],
    [
      'null where browser libraries send it',
      { ...track, userId: null, anonymousId: 'a', traits: null, messageId: null },
    ],
    ['a page without a name', { type: 'page', anonymousId: 'a' }],
    ['an alias', { type: 'alias', previousId: 'a', userId: 'u' }],
    ['a group', { type: 'group', userId: 'u', groupId: 'g', traits: { plan: 'pro' } }],
    ['times of 1970 and 2099', { ...track, timestamp: '1970-01-01T00:00:00Z', sentAt: '2099-12-31T23:59:59.999Z' }],
  ])('takes %s', (_name, event) => {
    expect(findProblem(event, null)).toBeNull();
  });

  test.each([
    ['no object', 'x', 'invalid_event'],
    ['an array', [track], 'invalid_event'],
    ['no type', { userId: 'u' }, 'invalid_type'],
    ['a type of Object.prototype', { ...track, type: 'constructor' }, 'invalid_type'],
    ['nobody', { type: 'track', event: 'x' }, 'missing_identity'],
    ['an empty user', { type: 'track', event: 'x', userId: '' }, 'missing_identity'],
    ['a number as user', { ...track, userId: 7 }, 'invalid_field'],
    ['an object as user', { ...track, userId: {} }, 'invalid_field'],
    ['a long user', { ...track, userId: 'x'.repeat(513) }, 'invalid_field'],
    ['a long message id', { ...track, messageId: 'x'.repeat(101) }, 'invalid_field'],
    ['no event name', { ...track, event: '' }, 'missing_event_name'],
    ['properties that are no object', { ...track, properties: [] }, 'invalid_field'],
    ['traits that are text', { ...track, traits: 'x' }, 'invalid_field'],
    ['no group', { type: 'group', userId: 'u' }, 'missing_group_id'],
    ['no previous id', { type: 'alias', userId: 'u' }, 'missing_identity'],
    ['a time that is none', { ...track, timestamp: 'yesterday' }, 'invalid_time'],
    ['a time as number', { ...track, timestamp: 1_700_000_000_000 }, 'invalid_time'],
    ['year 0', { ...track, timestamp: '0000-01-01T00:00:00Z' }, 'time_out_of_range'],
    ['year 9999', { ...track, originalTimestamp: '9999-12-31T23:59:59Z' }, 'time_out_of_range'],
  ])('refuses %s', (_name, event, code) => {
    expect(findProblem(event, null)?.code).toBe(code);
  });

  test('the type of the path counts, not the one in the body', () => {
    expect(findProblem({ userId: 'u', type: 'nonsense', event: 'x' }, 'track')).toBeNull();
  });
});

describe('findUnstorable', () => {
  test.each([
    ['NUL in a value', '{"a":{"b":["x\\u0000"]}}', 'nul_character'],
    ['NUL in a key', '{"a\\u0000":1}', 'nul_character'],
    ['half a surrogate pair', '{"a":"\\ud800"}', 'lone_surrogate'],
    ['half a pair in a key', '{"\\udc00x":1}', 'lone_surrogate'],
    ['a whole number beyond 2^53', '{"a":9007199254740993}', 'number_out_of_range'],
    ['infinity', '{"a":[1e400]}', 'number_out_of_range'],
    ['__proto__', '{"a":{"__proto__":{"admin":true}}}', 'forbidden_key'],
    ['an escaped __proto__', '{"\\u005f_proto__":1}', 'forbidden_key'],
    ['constructor.prototype', '{"constructor":{"prototype":{}}}', 'forbidden_key'],
  ])('finds %s', (_name, text, code) => {
    expect(findUnstorable(JSON.parse(text))?.code).toBe(code);
  });

  test('leaves what is fine', () => {
    expect(
      findUnstorable(
        JSON.parse(
          '{"a":"\\u00e9","b":1e3,"c":0.1234567890123456789,"d":9007199254740991,"constructor":"x","e":"\\ud83d\\ude00"}',
        ),
      ),
    ).toBeNull();
  });
});
