/** Countries come from a local file, which is made here: one network in the format that MaxMind publishes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApp, newWorkspace } from '../../../test/support/app.ts';
import { createGeoIp } from './geoip.ts';

const directory = mkdtempSync(join(tmpdir(), 'headgate-geoip-'));
const file = join(directory, 'country.mmdb');

beforeAll(() => writeFileSync(file, mmdb([203, 0, 113], 'NZ')));
afterAll(() => rmSync(directory, { recursive: true }));

test('tells the country of an address, and nothing of what is no address', () => {
  const geoIp = createGeoIp(file);
  expect(geoIp.countryOf('203.0.113.9')).toBe('NZ');
  expect(geoIp.countryOf('203.0.114.9')).toBeNull();
  expect(geoIp.countryOf('nonsense')).toBeNull();
});

test('a file that is missing or something else stops the start and is named', () => {
  const other = join(directory, 'other.mmdb');
  writeFileSync(other, 'not that format');
  for (const path of [other, join(directory, 'missing')])
    expect(() => createGeoIp(path)).toThrow(/HEADGATE_GEOIP_FILE/);
});

test('countries are in the summary of a key', async () => {
  const app = await buildApp({ env: { HEADGATE_GEOIP_FILE: file } });
  const workspace = await newWorkspace(app);
  const headers = workspace.ownerHeaders();
  const payload = { name: 'abroad', scopes: ['sources:read'] };
  const key = (await app.http.inject({ method: 'POST', url: '/api/v1/api-keys', headers, payload })).json();
  for (const remoteAddress of ['203.0.113.1', '203.0.113.2', '127.0.0.1']) {
    await app.http.inject({ url: '/api/v1/sources', headers: { 'x-api-key': key.key }, remoteAddress });
  }
  await app.access.usage.flush();
  const summary = await app.http.inject({ url: `/api/v1/api-keys/${key.id}/usage/summary`, headers });
  expect(summary.json().countries).toEqual([
    { country: 'NZ', requests: 2 },
    { country: '*', requests: 1 },
  ]);
  await app.stop();
});

// MaxMind DB format 2.0: a tree of 24-bit records, the data it points to, metadata behind a marker.

/** One IPv4 network of whole bytes. */
function mmdb(network: readonly number[], country: string): Buffer {
  const bits = network.flatMap((byte) => Array.from({ length: 8 }, (_, n) => (byte >> (7 - n)) & 1));
  const count = bits.length;
  const tree = Buffer.alloc(count * 6);
  for (const [n, bit] of bits.entries()) {
    const next = n === count - 1 ? count + 16 : n + 1;
    tree.writeUIntBE(bit === 0 ? next : count, n * 6, 3);
    tree.writeUIntBE(bit === 1 ? next : count, n * 6 + 3, 3);
  }
  const data = map({ country: map({ iso_code: text(country) }) });
  const metadata = map({
    node_count: uint(6, count),
    record_size: uint(5, 24),
    ip_version: uint(5, 4),
    database_type: text('Test-Country'),
    languages: Buffer.of(0, 4),
    binary_format_major_version: uint(5, 2),
    binary_format_minor_version: uint(5, 0),
    build_epoch: Buffer.of(1, 2, 1),
    description: map({}),
  });
  const marker = Buffer.concat([Buffer.of(0xab, 0xcd, 0xef), Buffer.from('MaxMind.com')]);
  return Buffer.concat([tree, Buffer.alloc(16), data, marker, metadata]);
}

function text(value: string): Buffer {
  return Buffer.concat([Buffer.of((2 << 5) | value.length), Buffer.from(value)]);
}

function uint(type: number, value: number): Buffer {
  return Buffer.of((type << 5) | 2, value >> 8, value & 0xff);
}

function map(fields: Record<string, Buffer>): Buffer {
  const entries = Object.entries(fields);
  return Buffer.concat([
    Buffer.of((7 << 5) | entries.length),
    ...entries.flatMap(([name, value]) => [text(name), value]),
  ]);
}
