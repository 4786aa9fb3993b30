/** `npm run dev`: the server, restarted when its sources change, and the dashboard with hot reload on port 5173. */
import { install } from './lib/prepare.mjs';
import { foreground, node, root } from './lib/run.mjs';

await install();
const codes = await Promise.all([
  foreground(node(), ['--watch', '--watch-preserve-output', 'server/src/main.ts']),
  foreground(node(), [`${root}node_modules/vite/bin/vite.js`], { cwd: `${root}dashboard` }),
]);
process.exitCode = Math.max(...codes);
