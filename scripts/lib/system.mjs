/** Chromium and PostgreSQL for the tests that need them, from Debian's packages where this may install them. */
import { existsSync, readdirSync } from 'node:fs';
import { run, withProgress } from './run.mjs';

const DEBIAN = '/usr/lib/postgresql';

export function chromium() {
  return ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync) ?? null;
}

/** The directory with initdb and postgres, the newest where there are several. */
export function postgresPrograms() {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const directories = [...versions.map((version) => `${DEBIAN}/${version}/bin`), '/usr/local/bin', '/usr/bin'];
  return directories.find((path) => existsSync(`${path}/initdb`) && existsSync(`${path}/postgres`)) ?? null;
}

/** Installs what is missing as root on Debian; elsewhere says what will be skipped. */
export async function installSystemPackages() {
  const missing = () => [...(chromium() ? [] : ['chromium']), ...(postgresPrograms() ? [] : ['postgresql'])];
  const packages = missing();
  if (packages.length === 0) return;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    await withProgress(`Installing ${packages.join(' and ')} from Debian`, async () => {
      const env = { DEBIAN_FRONTEND: 'noninteractive' };
      await run('apt-get', ['update', '-qq'], { env, output: 'capture' });
      const args = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
      const { code, output } = await run('apt-get', args, { env, output: 'capture' });
      if (code !== 0) console.log(output);
    });
  }
  const skipped = { chromium: 'browser tests', postgresql: 'tests that start a PostgreSQL of their own' };
  for (const name of missing()) console.log(`Without ${name}: the ${skipped[name]} are skipped.`);
}
