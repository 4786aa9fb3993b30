/** `npm run check`: the checks of `npm test` without its tests. */
import { runChecks } from './lib/checks.mjs';
import { install } from './lib/prepare.mjs';

await install();
const { passed, failed } = await runChecks();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
