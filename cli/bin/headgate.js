#!/usr/bin/env node
/** Starts the command line under a Node that runs TypeScript: the running one, else the one this workspace installs. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const main = new URL('../src/main.ts', import.meta.url);

if (Number(process.versions.node.split('.')[0]) >= 24) {
  await import(main.href);
} else {
  const path = `../../node_modules/node-${process.platform}-${process.arch}/bin/node${process.platform === 'win32' ? '.exe' : ''}`;
  const own = fileURLToPath(new URL(path, import.meta.url));
  if (existsSync(own)) {
    const { status } = spawnSync(own, [fileURLToPath(main), ...process.argv.slice(2)], { stdio: 'inherit' });
    process.exitCode = status ?? 2;
  } else {
    process.stderr.write('headgate needs Node 24: run npm start or npm test once, or install it.\n');
    process.exitCode = 2;
  }
}
