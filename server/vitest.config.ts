/**
 * Every test of the workspace: the server's, the SDK's, the dashboard's and the command line's.
 * `dir` is the repository, so that `vitest --root server <file>` and `vitest --config server/vitest.config.ts` find the same files.
 */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

if (Number(process.versions.node.split('.')[0]) < 24) {
  throw new Error('Tests need the Node of this workspace: npm run vitest -- <file>');
}

export default defineConfig({
  test: {
    dir: fileURLToPath(new URL('..', import.meta.url)),
    include: [
      'server/src/**/*.test.ts',
      'server/test/**/*.test.ts',
      'sdks/typescript/src/**/*.test.ts',
      'dashboard/src/**/*.test.{ts,tsx}',
      'cli/src/**/*.test.ts',
    ],
    pool: 'forks',
    // Each worker starts one embedded database and keeps it for all of its files, so files share a process.
    maxWorkers: 2,
    isolate: false,
    // The walks over every route make some thousand requests each.
    testTimeout: 60_000,
    // The first hook of a worker starts and migrates the database.
    hookTimeout: 60_000,
    teardownTimeout: 20_000,
  },
});
