import { expect, test } from 'vitest';
import { describeAgent } from './agent.ts';

test('browsers are named by themselves, not by those they descend from', () => {
  const chrome =
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36';
  expect(describeAgent(chrome)).toBe('Chrome on Linux');
  expect(describeAgent(`${chrome} Edg/150.0`)).toBe('Edge on Linux');
  expect(
    describeAgent(
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1',
    ),
  ).toBe('Safari on iOS');
});

test('what is not a known browser is shown as it came', () => {
  expect(describeAgent('curl/8.5.0')).toBe('curl/8.5.0');
  expect(describeAgent('<img src=x>')).toBe('<img src=x>');
  expect(describeAgent(null)).toBe('An unknown program');
});
