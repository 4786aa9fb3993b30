/** The dashboard's files: what is sent, and how long a browser may keep it. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Http } from '../route.ts';
import { createHttpServer } from '../server.ts';
import { dashboardRoutes } from './routes.ts';

let dir = '';
let app: Http;

async function start(dist: string): Promise<void> {
  app = createHttpServer({ log: pino({ level: 'silent' }), trustedProxies: [] });
  await dashboardRoutes(app, { dist });
}

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'headgate-dist-'));
  await mkdir(join(dir, 'dist', 'assets'), { recursive: true });
  await writeFile(join(dir, 'dist', 'index.html'), '<title>page</title>');
  await writeFile(join(dir, 'dist', 'theme.js'), 'theme');
  await writeFile(join(dir, 'dist', 'assets', 'index-abc.js'), 'hashed');
  await writeFile(join(dir, 'secret.js'), 'kept to itself');
});

afterEach(async () => {
  await app.close();
  await rm(dir, { recursive: true });
});

test('every address under /app is the page, asked for anew each time', async () => {
  await start(join(dir, 'dist'));
  for (const url of ['/app', '/app/', '/app/people/019a', '/app/settings/api-keys?env=test']) {
    const answer = await app.inject(url);
    expect([url, answer.statusCode, answer.body]).toEqual([url, 200, '<title>page</title>']);
    expect(answer.headers['content-type']).toContain('text/html');
    expect(answer.headers['cache-control']).toBe('no-cache');
  }
});

test('hashed files may be kept for a year, unhashed ones are asked for anew', async () => {
  await start(join(dir, 'dist'));
  const hashed = await app.inject('/app/assets/index-abc.js');
  expect(hashed.body).toBe('hashed');
  expect(hashed.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  const plain = await app.inject('/app/theme.js');
  expect(plain.body).toBe('theme');
  expect(plain.headers['cache-control']).toBe('no-cache');
});

test('a missing hashed file is 404, not the page: an old tab must notice that it is old', async () => {
  await start(join(dir, 'dist'));
  const answer = await app.inject('/app/assets/index-old.js');
  expect(answer.statusCode).toBe(404);
});

test('no path leads out of the folder', async () => {
  await start(join(dir, 'dist'));
  for (const url of [
    '/app/../secret.js',
    '/app/..%2fsecret.js',
    '/app/assets/..%2f..%2fsecret.js',
    '/app/%2e%2e/secret.js',
  ]) {
    expect((await app.inject(url)).body).not.toContain('kept to itself');
  }
});

test('a browser at / is led to the dashboard, an API client is told where the API is', async () => {
  await start(join(dir, 'dist'));
  const browser = await app.inject({ url: '/', headers: { accept: 'text/html,*/*;q=0.8' } });
  expect([browser.statusCode, browser.headers['location']]).toEqual([302, '/app']);
  expect((await app.inject({ url: '/', headers: { accept: 'application/json' } })).statusCode).toBe(404);
});

test('before the build the page says what to run', async () => {
  await start(join(dir, 'missing'));
  const answer = await app.inject('/app');
  expect(answer.statusCode).toBe(503);
  expect(answer.body).toContain('npm run build -w dashboard');
});
