/**
 * `npm test`: installs what is missing, then runs the checks and the whole suite. The last line is
 * `N passed, N failed` (`, N skipped` only where something was).
 *
 * The suite runs on the embedded database, or with DATABASE_URL on that server. With HEADGATE_CI it runs twice, on the
 * embedded one and on a throw-away PostgreSQL, and anything skipped counts as a failure.
 */
import { install } from './lib/prepare.mjs';
import { foreground, node } from './lib/run.mjs';
import { installSystemPackages } from './lib/system.mjs';

let problem = null;
try {
  await install();
  await installSystemPackages();
} catch (error) {
  problem = error.message;
}
if (problem === null) {
  // The suite needs the workspace's own Node, which only now is there for certain.
  process.exitCode = await foreground(node(), ['scripts/lib/suite.mjs']);
} else {
  console.error(problem);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
