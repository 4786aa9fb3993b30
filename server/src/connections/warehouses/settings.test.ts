/** A stored secret stays with the host that it was given for, by whichever name another one comes. */
import { expect, test } from 'vitest';
import { createCatalog } from '../catalog/catalog.ts';
import { merged, movedSecrets, type Settings } from './settings.ts';

const postgres = createCatalog().warehouses.find('postgres');

function moved(stored: Settings, given: Settings): string[] {
  if (!postgres) throw new Error('The catalog has no postgres.');
  return movedSecrets(postgres, stored, merged(stored, given), given).map(({ field }) => field);
}

test.each<[string, Settings]>([
  ['the host changes', { hostname: 'b.example.com' }],
  // It wins over `hostname` when a connection is made.
  ['another name for the host is added', { host: 'b.example.com' }],
  ['the host goes', { hostname: null }],
  ['a port is added', { port: '5433' }],
  ['the secret comes back masked', { host: 'b.example.com', password: '••••••••' }],
])('secrets are to be given again when %s', (_what, given) => {
  expect(moved({ hostname: 'a.example.com', password: 'p' }, given)).toEqual(['settings.password']);
});

test('not when they come along, nothing moves, or there was no host before', () => {
  const stored = { hostname: 'a.example.com', password: 'p' };
  expect(moved(stored, { host: 'b.example.com', password: 'q' })).toEqual([]);
  expect(moved(stored, { hostname: 'a.example.com', database: 'd' })).toEqual([]);
  expect(moved({ password: 'p' }, { hostname: 'a.example.com', port: '5432' })).toEqual([]);
});
