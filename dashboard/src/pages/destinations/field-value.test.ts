import { expect, test } from 'vitest';
import { fieldValueOf, settingOf } from './field-value.ts';

test.each([
  [{ '@path': '$.userId' }, { mode: 'path', text: '$.userId' }],
  ['fixed', { mode: 'value', text: 'fixed' }],
  ['', { mode: 'value', text: '' }],
  [7, { mode: 'json', text: '7' }],
  [true, { mode: 'json', text: 'true' }],
  [{ a: { '@path': '$.b' } }, { mode: 'json', text: '{\n  "a": {\n    "@path": "$.b"\n  }\n}' }],
] as const)('%j is edited as %j and comes back the same', (value, edited) => {
  expect(fieldValueOf(value)).toEqual(edited);
  expect(settingOf(edited)).toEqual(value);
});

test('JSON that is none is refused, not sent as text', () => {
  expect(() => settingOf({ mode: 'json', text: '{a' })).toThrow(SyntaxError);
});
