import { isAbsolute } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

test('with nothing set there is a whole configuration', () => {
  const config = readConfig({});
  expect(config).toMatchObject({
    port: 4000,
    host: '0.0.0.0',
    databaseUrl: null,
    secret: null,
    ownerPassword: null,
    workspaceSlug: 'main',
    publicUrl: 'http://localhost:4000',
    roles: ['api', 'worker'],
    allowPrivateNetwork: false,
    trustedProxies: [],
  });
  expect(isAbsolute(config.dataDir)).toBe(true);
  expect(Object.isFrozen(config)).toBe(true);
});

test('blank means not set', () => {
  expect(readConfig({ PORT: ' ', DATABASE_URL: '', HEADGATE_ROLES: '' })).toMatchObject({
    port: 4000,
    databaseUrl: null,
    roles: ['api', 'worker'],
  });
});

test('values are read as what they are', () => {
  expect(
    readConfig({
      PORT: '0',
      HEADGATE_PUBLIC_URL: 'https://events.example.test/',
      HEADGATE_ROLES: 'worker',
      HEADGATE_TRUSTED_PROXIES: '10.0.0.0/8, 127.0.0.1',
      HEADGATE_ALLOW_PRIVATE_NETWORK: 'true',
    }),
  ).toMatchObject({
    port: 0,
    publicUrl: 'https://events.example.test',
    roles: ['worker'],
    trustedProxies: ['10.0.0.0/8', '127.0.0.1'],
    allowPrivateNetwork: true,
  });
});

test.each([
  ['PORT', 'eighty'],
  ['PORT', '65536'],
  ['PORT', '40.5'],
  ['DATABASE_URL', 'mysql://root:canary@db/x'],
  ['DATABASE_URL', 'canary'],
  ['SMTP_URL', 'http://canary'],
  ['HEADGATE_PUBLIC_URL', 'canary.example.test'],
  ['HEADGATE_SECRET', 'canary too short'],
  ['HEADGATE_WORKSPACE', 'Not A Slug'],
  ['HEADGATE_ROLES', 'api,queen'],
  ['HEADGATE_ALLOW_PRIVATE_NETWORK', 'yes'],
  ['LOG_LEVEL', 'loud'],
])('%s=%s is refused by name, without showing the value', (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(name);
  expect(() => readConfig({ [name]: value })).not.toThrow('canary');
});
