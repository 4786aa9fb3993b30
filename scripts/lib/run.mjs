/** Paths and child processes for the scripts. Plain JavaScript: this runs under any Node from 20 on, with nothing installed. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** The Node that the workspace installs for this platform, else the running one where it is new enough. */
export function node() {
  const exe = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  const own = `${root}node_modules/node-${process.platform}-${process.arch}/${exe}`;
  if (existsSync(own)) return own;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new Error(
    `No Node 24 comes with this workspace for ${process.platform} ${process.arch}: install Node 24 and try again.`,
  );
}

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, output?: 'inherit' | 'capture' }} options
 * @returns {Promise<{ code: number, output: string }>} code 127 where the program is missing.
 */
export function run(command, args, { cwd = root, env = {}, output = 'inherit' } = {}) {
  return new Promise((resolve) => {
    const stdio = output === 'inherit' ? 'inherit' : ['ignore', 'pipe', 'pipe'];
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (data) => {
        text += data;
      });
    }
    child.once('error', (error) => resolve({ code: 127, output: `${text}${error.message}\n` }));
    child.once('close', (code, signal) => resolve({ code: code ?? (signal ? 1 : 0), output: text }));
  });
}

/** Runs `work` with a line when it begins, one every 10 s and one at its end: a long silence looks like a hang. */
export async function withProgress(what, work) {
  const start = Date.now();
  const seconds = () => Math.round((Date.now() - start) / 1000);
  console.log(`${what} …`);
  const timer = setInterval(() => console.log(`${what} … ${seconds()} s`), 10_000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    console.log(`${what}: ${seconds()} s`);
  }
}

/** Runs a program in the foreground, passes signals on and returns its exit code. */
export function foreground(command, args, { cwd = root, env = {} } = {}) {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(error.message);
      resolve(127);
    });
    child.once('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
}
