/** The checks and the whole suite, counted together. Runs under the workspace's own Node. */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { startPostgres } from '../../server/test/support/processes/postgres.ts';
import { runChecks } from './checks.mjs';
import { node, root, run } from './run.mjs';

/** Tests that need no database or bring their own: the pass on a server has nothing to add to the pass before it. */
const ANY_DATABASE = [
  'server/test/processes/**',
  'server/src/db/embedded.test.ts',
  'server/src/connections/functions/sandbox/**',
  'cli/src/scan/**',
  'cli/src/headgate.test.ts',
  'dashboard/src/**',
  'sdks/**',
];

const ci = Boolean(process.env.HEADGATE_CI);
const counts = { passed: 0, failed: 0, skipped: 0 };

add(await runChecks());
if (process.env.DATABASE_URL) {
  add(await suite('server', { databaseUrl: process.env.DATABASE_URL }));
} else {
  add(await suite('embedded'));
  if (ci) add(await onThrowAwayServer());
}
if (ci && counts.skipped > 0) {
  console.log('Here nothing may be skipped, so every skipped test counts as failed.');
  counts.failed += counts.skipped;
  counts.skipped = 0;
}
process.exitCode = counts.failed === 0 ? 0 : 1;
console.log(
  `${counts.passed} passed, ${counts.failed} failed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''}`,
);

function add({ passed, failed, skipped = 0 }) {
  counts.passed += passed;
  counts.failed += failed;
  counts.skipped += skipped;
}

async function onThrowAwayServer() {
  const postgres = await startPostgres();
  if (!postgres) {
    console.log('No PostgreSQL could be started: the suite did not run on a server.');
    return { passed: 0, failed: 0, skipped: 1 };
  }
  try {
    return await suite('server', { databaseUrl: postgres.url, exclude: ANY_DATABASE });
  } finally {
    await postgres.stop();
  }
}

/** Vitest's counts from its JSON report. What broke outside a test (a file that does not load, a worker that died) fails too. */
async function suite(name, { databaseUrl, exclude = [] } = {}) {
  console.log(`\nThe suite on the ${name === 'embedded' ? 'embedded database' : 'PostgreSQL server'}:`);
  const report = `${root}.test-output/${name}.json`;
  mkdirSync(`${root}.test-output`, { recursive: true });
  rmSync(report, { force: true });
  const args = ['run', '--config', 'server/vitest.config.ts', ...exclude.map((files) => `--exclude=${files}`)];
  const reports = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const vitest = `${root}node_modules/vitest/vitest.mjs`;
  const { code } = await run(node(), [vitest, ...args, ...reports], { env: { DATABASE_URL: databaseUrl } });
  try {
    const result = JSON.parse(readFileSync(report, 'utf8'));
    const broken = result.testResults.filter(
      (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
    ).length;
    const failed = result.numFailedTests + broken;
    return {
      passed: result.numPassedTests,
      failed: code !== 0 && failed === 0 ? 1 : failed,
      skipped: result.numPendingTests + result.numTodoTests,
    };
  } catch (error) {
    console.log(`Vitest left no report: ${error.message}`);
    return { passed: 0, failed: 1 };
  }
}
