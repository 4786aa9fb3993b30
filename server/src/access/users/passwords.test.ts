import { expect, test } from 'vitest';
import { createPasswords, createSignInThrottle, networkOf } from './passwords.ts';

test('a password verifies against its own hash only, and an unknown user never', async () => {
  const passwords = createPasswords();
  const stored = await passwords.hash('correct horse');
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await passwords.verify(stored, 'correct horse')).toBe(true);
  expect(await passwords.verify(stored, 'correct horsf')).toBe(false);
  expect(await passwords.verify(null, 'correct horse')).toBe(false);
  expect(await passwords.verify(null, '\u0000nobody')).toBe(false);
});

test('more sign-ins at once than the queue holds are refused, and the others are all answered', async () => {
  const passwords = createPasswords();
  const results = await Promise.allSettled(Array.from({ length: 80 }, () => passwords.hash('p')));
  const refused = results.filter((result) => result.status === 'rejected');
  expect(refused).toHaveLength(80 - 66);
  expect(refused[0]?.reason).toMatchObject({ code: 'unavailable', details: { retryAfter: 5 } });
  await expect(passwords.hash('p')).resolves.toContain('argon2id');
});

const MINUTE = 60_000;

function throttleAt() {
  let at = 0;
  const throttle = createSignInThrottle(() => new Date(at));
  return { throttle, pass: (ms: number) => (at += ms) };
}

function tries(throttle: ReturnType<typeof createSignInThrottle>, n: number, email: string, address: string) {
  for (let i = 0; i < n; i++) throttle.attempt(email, address);
}

test('the eleventh try on an account from one network must wait for the window to end', () => {
  const { throttle, pass } = throttleAt();
  tries(throttle, 10, 'a@x.test', '10.0.0.1');
  pass(5 * MINUTE);
  expect(() => throttle.attempt('a@x.test', '10.0.0.1')).toThrow(
    expect.objectContaining({ code: 'rate_limit_exceeded', details: { retryAfter: 600 } }),
  );
  throttle.attempt('a@x.test', '10.0.0.2');
  throttle.attempt('b@x.test', '10.0.0.1');
  pass(10 * MINUTE);
  throttle.attempt('a@x.test', '10.0.0.1');
});

test('a right password clears the count of its account', () => {
  const { throttle } = throttleAt();
  tries(throttle, 9, 'a@x.test', '10.0.0.1');
  throttle.succeeded('a@x.test', '10.0.0.1');
  tries(throttle, 10, 'a@x.test', '10.0.0.1');
});

test('trying many accounts from one network is limited too', () => {
  const { throttle } = throttleAt();
  for (let i = 0; i < 60; i++) throttle.attempt(`user${i}@x.test`, '10.0.0.1');
  expect(() => throttle.attempt('another@x.test', '10.0.0.1')).toThrow('Too many');
});

test('a thousand addresses of one /64 count as one', () => {
  const { throttle } = throttleAt();
  let admitted = 0;
  for (let i = 0; i < 1_000; i++) {
    try {
      throttle.attempt('a@x.test', `2001:db8:1:2::${i.toString(16)}`);
      admitted++;
    } catch {}
  }
  expect(admitted).toBe(10);
});

test('an address belongs to its IPv4 or its /64', () => {
  expect(networkOf('192.0.2.7')).toBe('192.0.2.7');
  expect(networkOf('::ffff:192.0.2.7')).toBe('192.0.2.7');
  expect(networkOf('2001:db8::1')).toBe('2001:db8:0:0::/64');
  expect(networkOf('2001:0DB8:0:0:ffff::1')).toBe('2001:db8:0:0::/64');
  expect(networkOf('::1')).toBe('0:0:0:0::/64');
  expect(networkOf('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
});
