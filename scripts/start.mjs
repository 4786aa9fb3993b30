/** `npm start`: installs and builds what is missing, then runs the server until it is stopped. */
import { buildDashboard, install } from './lib/prepare.mjs';
import { foreground, node } from './lib/run.mjs';

try {
  await install();
  await buildDashboard();
  process.exitCode = await foreground(node(), ['server/src/main.ts']);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
