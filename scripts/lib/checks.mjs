/** What `npm run check` and `npm test` look at before they run anything: format, lint, types, generated files, the build. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildDashboard } from './prepare.mjs';
import { node, root, run } from './run.mjs';

/** name → what is wrong, or null. */
const CHECKS = {
  'format and lint (biome)': () => tool('node_modules/@biomejs/biome/bin/biome', ['check', '--error-on-warnings']),
  'types of server, SDK, tests and bench (tsc)': () => tool('node_modules/typescript/bin/tsc', ['-p', '.']),
  'types of the dashboard (tsc)': () => tool('node_modules/typescript/bin/tsc', ['-p', 'dashboard']),
  'generated files are those of the routes (npm run gen)': generatedFiles,
  'the dashboard builds': () =>
    buildDashboard().then(
      () => null,
      (error) => error.message,
    ),
};

/** Runs every check, says what each found and returns the counts. */
export async function runChecks() {
  let failed = 0;
  for (const [name, check] of Object.entries(CHECKS)) {
    const start = Date.now();
    const problem = await check();
    if (problem !== null) failed++;
    console.log(`${problem === null ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
    if (problem !== null) console.log(problem);
  }
  return { passed: Object.keys(CHECKS).length - failed, failed };
}

async function tool(script, args) {
  const { code, output } = await run(node(), [join(root, script), ...args], { output: 'capture' });
  return code === 0 ? null : output;
}

const GENERATED = {
  'openapi.json': 'openapi.json',
  'types.gen.ts': 'sdks/typescript/src/types.gen.ts',
  'client.gen.ts': 'sdks/typescript/src/client.gen.ts',
};

async function generatedFiles() {
  const directory = mkdtempSync(join(tmpdir(), 'headgate-check-'));
  try {
    const { code, output } = await run(node(), ['server/src/generate.ts', directory], { output: 'capture' });
    if (code !== 0) return output;
    const stale = Object.entries(GENERATED).filter(([fresh, committed]) => {
      const path = join(root, committed);
      return !existsSync(path) || readFileSync(path, 'utf8') !== readFileSync(join(directory, fresh), 'utf8');
    });
    return stale.length === 0 ? null : `Run npm run gen: ${stale.map(([, path]) => path).join(', ')} changed.`;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
