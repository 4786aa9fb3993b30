import { expect, test } from 'vitest';
import { checkPassword, createPasswords } from './passwords.ts';

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

function refusal(password: string, email = 'ada.lovelace@example.test'): string | null {
  try {
    checkPassword('password', password, email);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : 'something else';
  }
}

test('a new password has twelve characters and is none that everybody tries', () => {
  for (const good of [
    'correct horse battery',
    'wachs im Glas!',
    'öäüß öäüß 1x',
    'k8#mQ2vLp9Zt',
    'the lovelace engine',
  ]) {
    expect(refusal(good), good).toBeNull();
  }
  const bad = [
    'short',
    'elevenchars',
    '',
    'aaaaaaaaaaaaaaaa',
    'abababababab',
    '123456789012',
    '210987654321',
    'abcdefghijkl',
    'password1234',
    'Password1234!',
    'P@ssw0rd2026!!',
    'qwertyuiop123',
    'passwordpassword',
    'Headgate2026!!',
    'administrator1',
    'letmeinletmein',
    'correcthorsebatterystaple',
    'ada.lovelace@example.test',
    'ada.lovelace1815',
  ];
  for (const password of bad) expect(refusal(password), password).toMatch(/^password: take/);
});
