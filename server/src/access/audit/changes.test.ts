import { expect, test } from 'vitest';
import { changed, MASKED, withoutSecrets } from './changes.ts';

function after(fields: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(changed(undefined, fields).after ?? '{}');
}

test('only what differs is kept, at the first level', () => {
  const before = { name: 'a', enabled: true, settings: { url: 'x', n: 1 }, updated_at: 1, gone: 1 };
  const found = changed(before, { name: 'a', enabled: false, settings: { url: 'y', n: 1 }, updated_at: 2, come: null });
  expect(JSON.parse(found.before ?? '')).toEqual({ enabled: true, settings: { url: 'x', n: 1 }, gone: 1 });
  expect(JSON.parse(found.after ?? '')).toEqual({ enabled: false, settings: { url: 'y', n: 1 }, come: null });
  expect(changed(before, { ...before, updated_at: 9 })).toEqual({ before: null, after: null });
  expect(changed(undefined, undefined)).toEqual({ before: null, after: null });
});

test('secrets are masked by the name of their field, at any depth, and keys are shown by their end', () => {
  const kept = after({
    password: 'hunter2hunter2',
    passwordHash: 'argon2',
    client_secret: 'abc',
    refresh_token: 'abc',
    secret_sealed: Buffer.from('abc'),
    settings: { headers: [{ api_token: 'abc' }], signing_key: 'abcdefghijklmnop' },
    write_key: 'aaaaaaaaaaaaaaaaaaaaWXYZ',
    short_key: 'abcdefgh',
    recovery_codes: ['a', 'b'],
    password_min_length: 12,
    second_factor_required: true,
    token: null,
    key_id: 'k1',
    monkey: 'chimpanzee and more',
  });
  expect(kept).toEqual({
    password: MASKED,
    passwordHash: MASKED,
    client_secret: MASKED,
    refresh_token: MASKED,
    secret_sealed: MASKED,
    settings: { headers: [{ api_token: MASKED }], signing_key: '…mnop' },
    write_key: '…WXYZ',
    short_key: MASKED,
    recovery_codes: MASKED,
    password_min_length: 12,
    second_factor_required: true,
    token: null,
    key_id: 'k1',
    monkey: 'chimpanzee and more',
  });
});

test('a change of a secret is told without the secret', () => {
  expect(changed({ password: 'old' }, { password: 'new' })).toEqual({
    before: `{"password":"${MASKED}"}`,
    after: `{"password":"${MASKED}"}`,
  });
});

test('what looks like a key is masked wherever it stands', () => {
  const secrets = [
    'sk_live_hg_abcdefgh0123456789012345678901234567890123',
    'sk_test_hg_abcdefgh0123456789012345678901234567890123',
    'acme_live_hg_abcdefgh0123456789012345678901234567890123',
    `hgr_${'a'.repeat(43)}`,
    `hgi_${'a'.repeat(43)}`,
    `hgo_cs_${'a'.repeat(43)}`,
    'whsec_c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0',
    `ghp_${'a'.repeat(36)}`,
    'eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJhYmMifQ.c2lnbmF0dXJl',
  ];
  for (const secret of secrets) {
    const kept = JSON.stringify(after({ note: `see ${secret}.`, list: [secret] }));
    expect(kept).not.toContain(secret.slice(-38, -5));
    expect(JSON.stringify(after({ inner: { [secret]: 1 } }))).not.toContain(secret.slice(-38, -5));
    expect(kept).toContain('…');
  }
  const pem = '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA\n-----END PRIVATE KEY-----';
  expect(JSON.stringify(after({ pem }))).not.toContain('MC4CAQ');
  expect(withoutSecrets('https://user:pass@example.com/x?y')).toBe(`https://user:${MASKED}@example.com/x?y`);
  for (const harmless of [
    'Welcome mail',
    'https://example.com:8080/a@b',
    'anna@example.com',
    're_engagement_campaign_2026',
  ]) {
    expect(withoutSecrets(harmless)).toBe(harmless);
  }
});

test('however much there is, an entry stays small', () => {
  const html = 'x'.repeat(500_000);
  const text = String(after({ html })['html']);
  expect(text.length).toBeLessThan(700);
  expect(text).toContain('500000 characters, SHA-256');
  const deep: Record<string, unknown> = {};
  let inner = deep;
  for (let n = 0; n < 1_000; n++) {
    const next: Record<string, unknown> = {};
    inner['a'] = next;
    inner = next;
  }
  const wide = Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`f${n}`, 'y'.repeat(400)]));
  for (const fields of [{ deep }, wide, { wide }, { list: Array.from({ length: 1_000 }, () => wide) }]) {
    const { after: kept } = changed(undefined, fields);
    expect(kept?.length ?? 0).toBeLessThan(30_000);
    JSON.parse(kept ?? '');
  }
});

test('what PostgreSQL cannot hold is replaced', () => {
  const { after: kept } = changed(undefined, { a: 'x\u0000y', b: '\ud800' });
  expect(kept).not.toContain('\u0000');
  expect(kept?.isWellFormed()).toBe(true);
});
