/**
 * Every operation of the Public API that is here, called and answered as the contract has it (client.ts): one scenario a
 * noun, in scenarios/. An operation that gets a handler and no scenario fails here.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OPERATIONS } from '../../src/http/segment/protocol/contract.ts';
import { buildApp, type TestApp } from '../support/app.ts';
import { answered, type SegmentClient, segmentClient } from './client.ts';

/** What a file of scenarios/ exports. */
export interface Scenario {
  readonly run: (client: SegmentClient, app: TestApp) => Promise<void>;
}

let app: TestApp;

beforeAll(async () => {
  app = await buildApp({});
});

afterAll(() => app.stop());

describe('every answer is as the contract has it', () => {
  const scenarios = new URL('./scenarios/', import.meta.url);
  const files = readdirSync(scenarios, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  for (const file of files.sort()) {
    test(basename(file, '.ts').replaceAll('-', ' '), async () => {
      const scenario = (await import(new URL(file, scenarios).href)) as Scenario;
      await scenario.run(await segmentClient(app), app);
    });
  }

  test('no operation that is here was left out', () => {
    expect([...answered].sort()).toEqual(available());
  });
});

function available(): string[] {
  const here = app.http.declaredRoutes
    .filter(({ access }) => access.door === 'segment' && !access.unavailable)
    .map(({ schema }) => (schema as { operationId?: string }).operationId ?? '');
  return [...new Set(here)].sort();
}

test('the digest that answers are held against is that of the document, where that is at hand', () => {
  expect(OPERATIONS).toHaveLength(201);
  const url = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
  const document = url('../shared/contracts/segment-public-api.openapi.json');
  if (!existsSync(document)) return;
  const made = mkdtempSync(join(tmpdir(), 'headgate-contract-'));
  try {
    execFileSync(process.execPath, [url('scripts/segment-contract.mjs'), document, made]);
    for (const name of ['operations.json', 'schemas.json']) {
      const committed = readFileSync(url(`server/src/http/segment/protocol/contract/${name}`), 'utf8');
      expect(readFileSync(join(made, name), 'utf8') === committed, name).toBe(true);
    }
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
});

test('docs/segment-compatibility.md names every operation, and as available exactly those that are', () => {
  const page = readFileSync(new URL('../../../docs/segment-compatibility.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `(\w+)` \| (works|stored|no) \|/gm)];
  expect(rows.map(([, id]) => id).sort()).toEqual(OPERATIONS.map(({ id }) => id).sort());
  expect(rows.flatMap(([, id, state]) => (state === 'no' ? [] : [id])).sort()).toEqual(available());
});

test('an operation that is not here says so in the documented shape', async () => {
  const client = await segmentClient(app);
  const params = { spaceId: 'x', audienceId: 'y' };
  expect(await client.fails('listActivationsFromAudience', { params })).toEqual({
    status: 501,
    errors: [{ type: 'not-available', message: 'listActivationsFromAudience is not available in Headgate.' }],
  });
});
