/** Installs packages and builds the dashboard where that is missing or out of date; otherwise takes milliseconds. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { node, root, run, withProgress } from './run.mjs';

/** @throws Error with npm's own output when it fails. */
export async function install() {
  if (isInstalled()) return;
  // Not `npm ci`: it refuses a lock file that does not name the optional packages of every platform, and a lock file
  // names only those that the registry had. --no-save keeps to the locked versions and leaves the lock file alone.
  const args = ['install', '--no-save', '--loglevel=error', '--no-audit', '--no-fund'];
  const { code, output } = await withProgress('Installing packages (once, about a minute)', () => npm(args));
  if (code !== 0 || !isInstalled()) throw new Error(`npm install failed:\n${output}`);
}

/**
 * Whether node_modules holds what package-lock.json names. npm writes the list of what it installed as its last step,
 * so an install that was cut off does not count.
 */
export function isInstalled() {
  const wanted = readLock(`${root}package-lock.json`);
  const present = readLock(`${root}node_modules/.package-lock.json`);
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    // Optional ones belong to other platforms, links are the workspaces themselves: a new one must be linked once.
    if (!path.includes('node_modules/') || entry.optional) return true;
    if (entry.link) return present[path]?.link === true;
    return present[path]?.version === entry.version;
  });
}

function readLock(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : null;
}

/** npm by the Node that runs it: node_modules may hold the Node that runs this, and an install may replace it. */
function npm(args) {
  const { npm_execpath: script, npm_node_execpath: runner } = process.env;
  if (script && runner) return run(runner, [script, ...args], { output: 'capture' });
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { output: 'capture' });
}

const BUILD_INPUTS = ['dashboard', 'sdks/typescript/src', 'package-lock.json'];
const MARKER = `${root}dashboard/dist/.sources`;

/** Builds dashboard/dist, unless it was built from these very sources. @throws Error with the build's output. */
export async function buildDashboard() {
  const sources = hashOf(BUILD_INPUTS);
  if (existsSync(MARKER) && readFileSync(MARKER, 'utf8') === sources) return;
  const vite = `${root}node_modules/vite/bin/vite.js`;
  const { code, output } = await withProgress('Building the dashboard', () =>
    run(node(), [vite, 'build', '--logLevel', 'warn'], { cwd: `${root}dashboard`, output: 'capture' }),
  );
  if (code !== 0) throw new Error(`The dashboard does not build:\n${output}`);
  writeFileSync(MARKER, sources);
}

function hashOf(paths) {
  const hash = createHash('sha256');
  const add = (path) => {
    if (/(^|\/)(node_modules|dist|\.[^/]+)$/.test(path)) return;
    let entries = null;
    try {
      entries = readdirSync(join(root, path)).sort();
    } catch {
      // A file, not a directory.
    }
    if (entries) for (const name of entries) add(`${path}/${name}`);
    else
      hash
        .update(path)
        .update('\0')
        .update(readFileSync(join(root, path)))
        .update('\0');
  };
  for (const path of paths) add(path);
  return hash.digest('hex');
}
