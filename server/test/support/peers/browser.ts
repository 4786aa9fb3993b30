/** Chromium as a person drives it, the built dashboard, and a page on another site that loads a bundled script. */
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { build } from 'vite';

const ROOT = join(import.meta.dirname, '../../../..');
const CHROMIUM = '/usr/bin/chromium';

/** Why browser tests cannot run here; null when they can. */
export const NO_BROWSER: string | null = existsSync(CHROMIUM) ? null : `no Chromium at ${CHROMIUM}`;

/** A browser with a profile of its own that asks nobody but the server under test. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** Builds dashboard/dist unless it is up to date, as `npm start` does. */
export async function buildDashboard(): Promise<void> {
  const path = join(ROOT, 'scripts/lib/prepare.mjs');
  const prepare: { buildDashboard(): Promise<void> } = await import(path);
  await prepare.buildDashboard();
}

/** Serves a page whose only script is `code`, bundled with the packages it imports, from an origin of its own. */
export async function servePage(code: string): Promise<{ url: string; close(): void }> {
  const scripts = await bundle(code);
  const server = createServer((request, response) => {
    const script = scripts.get(request.url ?? '');
    response.setHeader('content-type', script === undefined ? 'text/html' : 'text/javascript');
    response.end(
      script ?? '<!doctype html><title>Shop</title><h1>Shop</h1><script type="module" src="/page.js"></script>',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => server.close(),
  };
}

/** Path → script. The libraries load parts of themselves later, so there are several. */
async function bundle(code: string): Promise<Map<string, string>> {
  const entry = join(ROOT, 'server/page-under-test.js');
  const result = await build({
    root: join(ROOT, 'server'),
    configFile: false,
    logLevel: 'error',
    build: { write: false, rollupOptions: { input: entry, output: { entryFileNames: 'page.js' } } },
    plugins: [
      {
        name: 'page-under-test',
        enforce: 'pre',
        resolveId: (id) => (id === entry ? id : null),
        load: (id) => (id === entry ? code : null),
      },
    ],
  });
  if (!('output' in result)) throw new Error('The page was not bundled.');
  const chunks = result.output.filter((file) => file.type === 'chunk');
  return new Map(chunks.map((chunk) => [`/${chunk.fileName}`, chunk.code]));
}
