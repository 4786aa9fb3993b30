/** `npm run bench [-- ingest end-to-end footprint]`: runs the benches and prints Markdown, as kept in bench/results.md. */
import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { benchAudiencePreview } from './audience-preview.ts';
import { benchControlPlane } from './control-plane.ts';
import { benchCounting } from './counting.ts';
import { benchEndToEnd } from './end-to-end.ts';
import { benchFilters } from './filters.ts';
import { benchFootprint } from './footprint.ts';
import { benchIngest } from './ingest.ts';
import { benchLeaks } from './leaks.ts';
import { hasWrk } from './lib/load.ts';
import { print } from './lib/report.ts';
import { benchLimits } from './limits.ts';
import { benchPlans } from './plans.ts';
import { benchScan } from './scan.ts';
import { benchUsage } from './usage.ts';
import { benchVerifySteps } from './verify/steps.ts';
import { benchVerify } from './verify/verify.ts';

const BENCHES: Readonly<Record<string, () => Promise<void>>> = {
  ingest: benchIngest,
  'end-to-end': benchEndToEnd,
  footprint: benchFootprint,
  verify: benchVerify,
  'verify-steps': benchVerifySteps,
  scan: benchScan,
  usage: benchUsage,
  leaks: benchLeaks,
  limits: benchLimits,
  plans: benchPlans,
  'control-plane': benchControlPlane,
  'audience-preview': benchAudiencePreview,
  counting: benchCounting,
  filters: benchFilters,
};

const asked = process.argv.slice(2);
const names = asked.length > 0 ? asked : Object.keys(BENCHES);
if ((names.includes('ingest') || names.includes('verify')) && !(await hasWrk())) installWrk();
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD']).toString().trim();
print(
  `Commit ${commit}, Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model}), ${Math.round(totalmem() / 2 ** 30)} GiB\n`,
);
for (const name of names) {
  const bench = BENCHES[name];
  if (!bench) throw new Error(`There is no bench named ${name}: ${Object.keys(BENCHES).join(', ')}.`);
  await bench();
}

function installWrk(): void {
  if (process.getuid?.() !== 0) throw new Error('The ingest bench needs wrk (Debian package wrk).');
  execFileSync('apt-get', ['install', '-y', 'wrk'], { stdio: 'ignore' });
}
